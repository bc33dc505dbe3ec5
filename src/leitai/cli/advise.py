"""leitai advise: the smallest single improvements that lift a unit one place or one grade."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from leitai.board import Board
from leitai.cli.options import JsonOption, Lang, LangOption, RoundFolder
from leitai.cli.rounds import evaluated, unit_named
from leitai.cli.screen import print_json, print_notice, print_text, working
from leitai.explain.advise.search import Advice, Improvement, advice
from leitai.explain.advise.text import advice_text
from leitai.points import decimal_text, shown


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        short_help="怎样再上一名、再上一等 · what would lift a unit",
        help="一个单位怎样再上一名、再上一等：逐项找出单独做到所需的最小改进。\n\n"
        "The smallest single improvements that would lift a unit one place or one grade.",
        epilog="例 Example: leitai advise schemes/wuqing/2019/2019Q1 例06镇",
    )(advise)


def advise(
    folder: RoundFolder,
    unit: Annotated[
        str, typer.Argument(metavar="UNIT", help="单位名称或编号 · the unit's name or id")
    ],
    as_json: JsonOption = False,
    lang: LangOption = Lang.zh,
) -> None:
    """Prints what each single improvement would take."""
    board = evaluated(folder, lang.value)
    name = unit_named(board, unit)
    with working(lang.value, "advise"):
        found = advice(board, name)
    if as_json:
        print_json(_plain(board, name, found))
        return
    print_notice(board.round.scheme.made_up, lang.value)
    for line in advice_text(board, name, found, lang.value):
        print_text(line)


def _plain(board: Board, unit: str, found: tuple[Advice | None, Advice | None]) -> dict[str, Any]:
    goals = {
        goal: None if one is None else _goal(board, one)
        for goal, one in zip(("place", "grade"), found, strict=True)
    }
    made_up = board.round.scheme.made_up
    return {"round": board.round.id, "unit": unit, "made_up": made_up, **goals}


def _goal(board: Board, found: Advice) -> dict[str, Any]:
    return {
        "improvements": [_improvement(board, one) for one in found.improvements],
        "short": [{"kind": one.kind, "name": one.name} for one in found.short],
    }


def _improvement(board: Board, one: Improvement) -> dict[str, Any]:
    lever, result = one.lever, one.result
    return {
        "kind": lever.kind,
        "name": lever.name,
        "now": shown(lever.now),
        "after": shown(lever.after(one.steps)),
        "total": decimal_text(result.total, board.round.scheme.total_places),
        "place": result.place,
        "grade": result.grade,
    }
