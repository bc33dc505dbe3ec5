"""Robustness: places and grades that hang on the exact weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leitai.board import Board
from leitai.checkup.draws import DRAWS, factors
from leitai.checkup.findings import NOTE, WARNING, Finding, Text, names, table
from leitai.checkup.shaken import Steadiness, steadiness
from leitai.points import decimal_text

WIDE = 3  # places, or a fifth of the group where that is more
SELDOM = DRAWS // 20  # draws with another grade that are not worth a word


def robustness(board: Board) -> Iterator[Finding]:
    """What becomes of places and grades under 1000 draws of weights ±10 %."""
    drawn = factors(board.bindings)
    for group in board.round.scheme.group_names():
        found = steadiness(board, group, drawn)
        if found:
            yield _places(board, group, found)
            yield from _grades(board, group, found)


def is_wide(one: Steadiness, n: int) -> bool:
    """Whether a unit's likely range is wide for a group of n."""
    return one.width >= WIDE and 5 * one.width >= n


def _places(board: Board, group: str, found: Sequence[Steadiness]) -> Finding:
    """The likely range of every unit of a group, the widest first."""
    wide = [one for one in found if is_wide(one, len(found))]
    rows = [
        (
            _name(board, one),
            str(one.place),
            f"{one.high}–{one.low}",
            f"{one.best}–{one.worst}",
            _share(one.kept),
        )
        for one in sorted(found, key=lambda one: -one.width)
    ]
    args: dict[str, Text] = {
        "group": board.round.scheme.group_names()[group],
        "n": str(len(wide)) if wide else "",
        "of": str(len(found)),
        "kept": _share(sum(one.kept for one in found) // len(found)),
        "most": str(max(one.width for one in found)),
    }
    figures = table("unit place likely extremes kept", rows)
    severity = WARNING if wide else NOTE
    units = tuple(one.unit for one in wide)
    return Finding("places-fragile", severity, args, group, units, figures=figures)


def _grades(board: Board, group: str, found: Sequence[Steadiness]) -> Iterator[Finding]:
    """Units that have another grade in at least one draw of twenty."""
    levels = {level.id: level.name for level in board.round.scheme.grades.levels}
    flipping = sorted((one for one in found if one.flips >= SELDOM), key=lambda one: -one.flips)
    if flipping:
        rows = [
            (_name(board, one), str(one.place), levels[one.grade], levels[one.other],
             _share(one.flips))
            for one in flipping
        ]  # fmt: skip
        args: dict[str, Text] = {
            "group": board.round.scheme.group_names()[group],
            "n": str(len(rows)),
            "of": str(len(found)),
            "units": names(row[0] for row in rows),
        }
        figures = table("unit place grade other-grade flips", rows)
        units = tuple(one.unit for one in flipping)
        yield Finding("grades-fragile", WARNING, args, group, units, figures=figures)


def _name(board: Board, one: Steadiness) -> str:
    return board.round.units[one.unit].name


def _share(draws: int) -> str:
    """A count of 1000 draws in percent."""
    return f"{decimal_text(draws, 1)}%"
