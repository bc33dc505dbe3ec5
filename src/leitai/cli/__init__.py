"""The command line: `leitai …`."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs a command; an interruption ends it quietly, also while it is still starting."""
    try:
        from leitai.cli.app import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)
