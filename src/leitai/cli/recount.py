"""leitai recount: a round recomputed by the independent recount and compared."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from leitai.cli.boards import board_json
from leitai.cli.ending import Refused, Stop
from leitai.cli.options import Lang, LangOption, RoundFolder
from leitai.cli.rounds import evaluated
from leitai.cli.screen import err, print_notice, print_text, working
from leitai.explain.words import say
from leitai.seal import recount as independent
from leitai.seal.board_file import first_unequal
from leitai.seal.plain import plain_board, plain_round

_UNIT = re.compile(r"unit ([^,]+), ")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        name="recount",
        short_help="由另一套独立程序复算一期 · recount independently",
        help="由另一套独立程序复算一期，逐个数字比较。\n\n"
        "Recount a round with an independent program and compare every figure.",
        epilog="例 Example: leitai recount schemes/wuqing/2019/2019Q1",
    )(recount)


def recount(
    folder: RoundFolder,
    board: Annotated[
        Path | None, typer.Option(help="与这个榜单 JSON 比较 · compare with this board JSON")
    ] = None,
    lang: LangOption = Lang.zh,
) -> None:
    """Exit code 1 and the first difference by name where the two disagree."""
    mine = evaluated(folder, lang.value)
    own = plain_board(mine)
    other = own if board is None else board_json(board, lang.value)
    if other["round"] != own["round"]:
        raise Stop("recount-other-round", path=board, found=other["round"], round=own["round"])
    with working(lang.value, "recount"):
        counted = independent.recount(plain_round(mine.round))
        found = independent.first_difference(counted, dict(other))
    other_than_figures = first_unequal(own, other)
    print_notice(mine.round.scheme.made_up, lang.value)
    if found:
        unit = _UNIT.match(found)
        name = mine.round.name_of(unit[1]) if unit else ""
        said = say(lang.value, "recount.different", difference=found, unit=name)
        err.print(said, style="bold red", soft_wrap=True)
        raise Refused
    if other_than_figures:
        said = say(lang.value, "recount.other-than-figures", where=other_than_figures)
        err.print(said, style="bold red", soft_wrap=True)
        raise Refused
    count = {"units": len(mine.results), "lines": len(mine.ledger)}
    print_text(say(lang.value, "recount.same", **count), style="green")
