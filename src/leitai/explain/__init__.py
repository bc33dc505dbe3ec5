"""Explanations: codes and figures become sentences, every figure led back to its cause."""
