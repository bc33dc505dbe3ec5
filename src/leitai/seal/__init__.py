"""Seal: results as plain data that anybody can read and recompute."""
