"""leitai explain: why a unit stands where it stands."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from leitai.cli.options import JsonOption, Lang, LangOption, RoundFolder
from leitai.cli.rounds import evaluated, unit_named
from leitai.cli.screen import print_json, print_text
from leitai.explain.trail import trail
from leitai.explain.trail_text import unit_text


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        short_help="说明一个单位的名次和每一个失分点 · explain a unit's place",
        help="说明一个单位的名次：每一项得分，每一个失分点及其原因。\n\n"
        "Explain a unit's place: every item, every lost point and its cause.",
        epilog="例 Example: leitai explain schemes/wuqing/2019/2019Q1 高村",
    )(explain)


def explain(
    folder: RoundFolder,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="单位名称或编号 · name or id")],
    as_json: JsonOption = False,
    lang: LangOption = Lang.zh,
) -> None:
    """Prints the unit's trail."""
    board = evaluated(folder, lang.value)
    named = unit_named(board, unit)
    if as_json:
        found = asdict(trail(board, named, lang.value))
        print_json({"unit": named, "made_up": board.round.scheme.made_up, **found})
    else:
        print_text(unit_text(board, named, lang.value))
