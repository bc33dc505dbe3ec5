"""leitai diff: what changed between two boards."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from leitai.cli.boards import board_json
from leitai.cli.options import JsonOption, Lang, LangOption
from leitai.cli.rounds import evaluated, group_among
from leitai.cli.screen import print_json, print_notice, print_text
from leitai.explain.difference import difference, only_units
from leitai.explain.difference_text import difference_text
from leitai.explain.sides import Side, Sides
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
    group: Annotated[
        str | None, typer.Option(help="只看一个类别 · one comparison group only")
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.zh,
) -> None:
    """Prints the difference of two boards, each a round's folder or a board's JSON."""
    sides = Sides(*(_side(one, lang.value) for one in (a, b)))
    boards = sides.before.board, sides.after.board
    change = difference(*boards)
    if group is not None:
        change = only_units(change, sides.members(group_among(sides.groups, group)))
    if as_json:
        print_json(asdict(change))
        return
    print_notice(any(one["made_up"] for one in boards), lang.value)
    for line in difference_text(change, sides, lang.value):
        print_text(line)


def _side(path: Path, lang: str) -> Side:
    """The plain board of a path, with its round where the path is a folder."""
    if path.suffix == ".json" and path.is_file():
        return Side(board_json(path, lang))
    board = evaluated(path, lang)
    return Side(plain_board(board), board.round)
