"""Ties: equal totals that these facts lead to, and those on the line between two grades."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leitai.board import Board, Result
from leitai.checkup.findings import NOTE, WARNING, Finding, Text, names, table
from leitai.grades import quota
from leitai.scheme.model import Level


def ties(board: Board) -> Iterator[Finding]:
    """Ties of every group, and those a quota runs through."""
    for group, name in board.round.scheme.group_names().items():
        ranked = [one for one in board.members(group) if one.place is not None]
        yield from _tied(board, group, name, ranked)
        yield from _at_lines(board, group, name, ranked)


def _tied(board: Board, group: str, name: str, ranked: Sequence[Result]) -> Iterator[Finding]:
    """Units that share a base place."""
    sets = [same for same in _sets(ranked, "base_place") if len(same) > 1]
    if sets:
        rows = [(str(one[0].base_place), _unit_names(board, one)) for one in sets]
        args: dict[str, Text] = {
            "group": name,
            "n": str(sum(map(len, sets))),
            "of": str(len(ranked)),
            "places": names(f"{place}×{len(units)}" for place, units in rows),
        }
        units = tuple(one.unit for same in sets for one in same)
        yield Finding("ties", NOTE, args, group, units, figures=table("place units", rows))


def _sets(ranked: Sequence[Result], side: str) -> list[list[Result]]:
    """Units of equal place, best place first."""
    found: dict[int, list[Result]] = {}
    for one in ranked:
        found.setdefault(getattr(one, side), []).append(one)
    return [found[place] for place in sorted(found)]


def _unit_names(board: Board, found: Sequence[Result]) -> tuple[str, ...]:
    return tuple(board.round.units[one.unit].name for one in found)


def _at_lines(board: Board, group: str, name: str, ranked: Sequence[Result]) -> Iterator[Finding]:
    """Ties of which a quota would take some and leave some; groups under 3 have no quotas."""
    rule = board.round.scheme.grades
    first, last = rule.levels[0], rule.levels[-1]
    lines = ((first, "place", first.top), (last, "bottom", last.bottom))
    for level, side, share in lines if len(ranked) >= 3 else ():
        count = quota(share, len(ranked), rule.count)
        before = 0
        for same in _sets(ranked, side):
            if before < count < before + len(same):
                yield _line(board, group, name, level, side, count, same)
            before += len(same)


def _line(
    board: Board, group: str, name: str, level: Level, side: str, count: int, same: list[Result]
) -> Finding:
    units = tuple(one.unit for one in same)
    args: dict[str, Text] = {
        "group": name,
        "level": level.name,
        "count": str(count),
        "place": str(getattr(same[0], side)),
        "units": _unit_names(board, same),
        "included": "yes" if board.round.scheme.grades.tie == "include" else "",
        "bottom": "yes" if side == "bottom" else "",
    }
    return Finding("tie-at-line", WARNING, args, group, units)
