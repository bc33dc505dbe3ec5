"""Scoring: measures run over all units at once; facts become points (rules §4, §5)."""
