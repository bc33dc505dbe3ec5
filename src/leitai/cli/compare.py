"""leitai compare: an office's own workbook beside the board, with the cause of each difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from leitai.board import Board
from leitai.cli.ending import Refused, Stop
from leitai.cli.files import read_bytes, readable, write
from leitai.cli.options import JsonOption, Lang, LangOption, RoundFolder
from leitai.cli.rounds import evaluated
from leitai.cli.screen import err, print_found, print_json, print_notice, print_text, working
from leitai.comparison.compare import compare
from leitai.comparison.in_words import shown, what, why
from leitai.comparison.own import Difference, Own
from leitai.comparison.read_own import read_own
from leitai.documents.tables import Cell, Sheet, workbook
from leitai.explain.problem_text import problem_text
from leitai.explain.words import say
from leitai.problems import blocking
from leitai.seal.plain import plain_problem


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        name="compare",
        short_help="把原有的表与榜对照 · compare an office's own workbook",
        help="把本单位原有的表与榜对照：哪些数不同，各是什么原因。\n\n"
        "Compare an office's own workbook with the board, each difference with its cause.",
        epilog="例 Example: leitai compare ROUND 本单位的表.xlsx --out 对照.xlsx",
    )(compare_own)


def compare_own(
    folder: RoundFolder,
    own: Annotated[
        Path, typer.Argument(metavar="OWN", help="本单位原有的表 · the own workbook (xlsx)")
    ],
    out: Annotated[Path | None, typer.Option(help="写入工作簿 · write a workbook")] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.zh,
) -> None:
    """Exit code 1 where the own workbook has Problems; what could be compared is told anyway."""
    if own.suffix.casefold() != ".xlsx":
        raise Stop("not-a-workbook", path=own)
    if out is not None and out.suffix.casefold() != ".xlsx":
        raise Stop("not-xlsx", path=out)
    data = read_bytes(own)
    board = evaluated(folder, lang.value)
    figures = read_own(readable(own.name), data, board)
    print_found(figures.problems, lang.value)
    with working(lang.value, "compare"):
        found = compare(board, figures)
    if out is not None:
        write(out, workbook(_sheets(board, figures, found, lang.value)))
        err.print(say(lang.value, "evaluate.written", path=out))
    if as_json:
        print_json(_json(board, figures, found, lang.value))
    elif figures.figures:
        _print(board, figures, found, lang.value)
    if blocking(figures.problems):
        raise Refused


def _print(board: Board, own: Own, found: Sequence[Difference], lang: str) -> None:
    print_text(say(lang, "compare.title", round=board.round.name), style="bold")
    print_notice(board.round.scheme.made_up, lang)
    print_text(_count(own, found, lang))
    unit = ""
    for one in found:
        if one.key.unit != unit:
            unit = one.key.unit
            print_text(board.round.units[unit].name, style="bold cyan")
        print_text(f"  {_line(board, one, lang)}")


def _line(board: Board, one: Difference, lang: str) -> str:
    words = {
        "what": what(board, one.key, lang),
        "own": shown(board, one, one.own, lang),
        "board": shown(board, one, one.board, lang),
        "why": why(board, one, lang),
    }
    return say(lang, "compare.line", **words)


def _count(own: Own, found: Sequence[Difference], lang: str) -> str:
    """How much was compared, how much of it differs, and how much was not compared."""
    unread = len(own.unread) or ""
    if not found:
        units = len({key.unit for key in own.figures})
        words = {"figures": len(own.figures), "units": units, "unread": unread}
        return say(lang, "compare.same", **words)
    counts = {
        "figures": len(own.figures),
        "differences": len(found),
        "units": len({one.key.unit for one in found}),
        "unexplained": sum(one.cause.code == "unexplained" for one in found),
    }
    return say(lang, "compare.count", **counts, unread=unread)


def _json(board: Board, own: Own, found: Sequence[Difference], lang: str) -> dict[str, Any]:
    return {
        "round": board.round.id,
        "made_up": board.round.scheme.made_up,
        "figures": len(own.figures),
        "unread": [plain_problem(one) for one in own.unread],
        "differences": [
            {
                **one.key._asdict(),
                "own": one.own,
                "board": one.board,
                "cause": {"code": one.cause.code, **one.cause.args},
                "why": why(board, one, lang),
                "where": one.where,
            }
            for one in found
        ],
    }


def _sheets(board: Board, own: Own, found: Sequence[Difference], lang: str) -> list[Sheet]:
    """The differences, how often each cause occurs, and what was not compared."""
    scheme = board.round.scheme
    title = say(lang, "compare.title", round=board.round.name)
    notice = say(lang, "made-up") if scheme.made_up else ""
    heads = [say(lang, f"head.{one}") for one in ("unit", "what", "own", "board", "cause", "where")]
    rows = [
        [
            board.round.units[one.key.unit].name,
            what(board, one.key, lang),
            shown(board, one, one.own, lang),
            shown(board, one, one.board, lang),
            why(board, one, lang),
            one.where,
        ]
        for one in found
    ]
    causes = Counter(why(board, one, lang) for one in found)
    times: list[list[Cell]] = [[cause, count] for cause, count in causes.most_common()]
    made = [
        Sheet(say(lang, "sheet.differences"), notice, heads, rows, caption=title),
        Sheet(
            say(lang, "sheet.causes"),
            notice,
            [say(lang, "head.cause"), say(lang, "head.times")],
            times,
            caption=title,
        ),
    ]
    unread: list[list[Cell]] = [[problem_text(one, lang)] for one in own.unread]
    if unread:
        note = [say(lang, "head.note")]
        made.append(Sheet(say(lang, "sheet.unread"), notice, note, unread, caption=title))
    return made
