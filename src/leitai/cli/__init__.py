"""The command line: `leitai …`."""

from leitai.cli.app import main

__all__ = ["main"]
