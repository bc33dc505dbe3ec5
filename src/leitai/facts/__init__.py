"""Facts: what was reported, as rows of text with the place each was read from."""
