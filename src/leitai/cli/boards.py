"""A board that a command is given as a JSON file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from leitai.cli.ending import Stop
from leitai.cli.files import read_text
from leitai.cli.screen import err
from leitai.explain.words import say
from leitai.problems import Refused
from leitai.seal.board_file import read_board
from leitai.seal.digest import is_sealed


def board_json(path: Path, lang: str) -> Mapping[str, Any]:
    """The board of a file; that it does not fit its digest is told."""
    try:
        board = read_board(read_text(path))
    except Refused as refused:
        raise Stop(refused.code, path=path, **refused.args_of_problem) from None
    if not is_sealed(board):
        err.print(say(lang, "board-changed", path=path), style="bold yellow", soft_wrap=True)
    return board
