"""The comparison 对照: an office's own workbook beside the board, and why they differ."""
