"""Leitai 擂台: an evaluation engine whose every point is a line with its reason."""

__version__ = "0.1.0"
