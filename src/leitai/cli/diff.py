"""leitai diff: what changed between two boards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from leitai.cli.ending import Stop
from leitai.cli.files import read_text
from leitai.cli.options import JsonOption, Lang, LangOption
from leitai.cli.rounds import evaluated
from leitai.cli.screen import print_json, print_notice, print_text
from leitai.explain.difference import difference, difference_text
from leitai.problems import Refused
from leitai.seal.board_file import read_board
from leitai.seal.plain import plain_board


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        short_help="比较两个结果：谁的名次变了 · compare two boards",
        help="比较两期或同一期的两个结果：谁的名次变了，为什么。\n\n"
        "Compare two boards: who moved, and where the points changed.",
        epilog="例 Example: leitai evaluate ROUND --json > old.json; leitai diff old.json ROUND",
    )(diff)


def diff(
    a: Annotated[Path, typer.Argument(metavar="A", help="文件夹或榜单 JSON · folder or board")],
    b: Annotated[Path, typer.Argument(metavar="B", help="文件夹或榜单 JSON · folder or board")],
    as_json: JsonOption = False,
    lang: LangOption = Lang.zh,
) -> None:
    """Prints the difference of two boards, each a round's folder or a board's JSON."""
    names: dict[str, str] = {}
    grades: dict[str, str] = {}
    before, after = (_board(one, lang.value, names, grades) for one in (a, b))
    change = difference(before, after)
    if as_json:
        print_json(asdict(change))
        return
    print_notice(bool(before.get("made_up") or after.get("made_up")), lang.value)
    for line in difference_text(change, names, grades, lang.value):
        print_text(line)


def _board(
    path: Path, lang: str, names: dict[str, str], grades: dict[str, str]
) -> Mapping[str, Any]:
    """The plain board; names of units, indicators and grades are collected where known."""
    if path.suffix == ".json" and path.is_file():
        return board_json(path)
    board = evaluated(path, lang)
    scheme = board.round.scheme
    names.update({one.id: one.name for one in board.round.units.values()})
    names.update({one.id: one.name for one in scheme.indicators.values()})
    grades.update({level.id: level.name for level in scheme.grades.levels})
    return plain_board(board)


def board_json(path: Path) -> Mapping[str, Any]:
    """A board read from its JSON file."""
    try:
        return read_board(read_text(path))
    except Refused as refused:
        raise Stop(refused.code, path=path, **refused.args_of_problem) from None
