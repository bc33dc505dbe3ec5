"""The speed figures: `python3 dev.py bench engine` (bench/README.md)."""
