"""Advice: the smallest single improvements that would lift a unit one place or one grade."""
