"""Spread: whether an indicator or a total still tells units apart (compression, no variance)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from leitai.board import Board, Result
from leitai.checkup.findings import NOTE, SERIOUS, WARNING, Finding, Text, names, table
from leitai.checkup.measured import Column
from leitai.points import shown

MANY = Fraction(1, 2)  # of a group at full marks: worth a warning
MOST = Fraction(2, 3)  # serious: the indicator tells only the others apart
FEW = 5  # units; shares of fewer mean little
NARROW = Fraction(1, 50)  # of the common total: the width of a narrow band


def spread(board: Board, columns: Sequence[Column]) -> Iterator[Finding]:
    """Compression and lack of variance on these facts."""
    yield from _full_marks(board, columns)
    yield from _no_variance(board, columns)
    for group in board.round.scheme.group_names():
        ranked = [one for one in board.members(group) if one.base_place is not None]
        if len(ranked) >= FEW:
            yield from _full_totals(board, group, ranked)
            yield from _narrow(board, group, ranked)


def has_events(board: Board, indicator: str) -> bool:
    """Whether anything was recorded on an indicator of events."""
    return any(found and name == indicator for (_, name), found in board.taken.events.items())


def percent(part: int, whole: int) -> str:
    """A share in whole percent, as people read it."""
    return f"{shown(Fraction(100 * part, whole), 0).lstrip('≈')}%"


def _full_marks(board: Board, columns: Sequence[Column]) -> Iterator[Finding]:
    """Indicators in which at least half of a group has full marks, one finding each."""
    crowded: dict[str, list[Column]] = defaultdict(list)
    for one in columns:
        if len(one.units) >= FEW and not one.flat and one.at_full >= MANY * len(one.units):
            crowded[one.indicator].append(one)
    for indicator, found in crowded.items():
        most = max(Fraction(one.at_full, len(one.units)) for one in found)
        event = board.bindings[indicator].by_events
        severity = _severity(most, event)
        rows = [_row(board, one) for one in sorted(found, key=_fullness, reverse=True)]
        args: dict[str, Text] = {
            "indicator": board.round.scheme.indicators[indicator].name,
            "groups": names(f"{row[0]} {row[2]}/{row[1]}" for row in rows),
        }
        yield Finding(
            "full-marks", severity, args, indicators=(indicator,),
            figures=table("group measured at-full share", rows),
        )  # fmt: skip


def _severity(share: Fraction, event: bool) -> str:
    """How grave it is; that most have no deduction is what one hopes for, so a step less."""
    grave = share >= MOST
    if event:
        return WARNING if grave else NOTE
    return SERIOUS if grave else WARNING


def _fullness(one: Column) -> Fraction:
    return Fraction(one.at_full, len(one.units))


def _row(board: Board, one: Column) -> tuple[str, str, str, str]:
    name = board.round.scheme.group_names()[one.group]
    n = len(one.units)
    return name, str(n), str(one.at_full), percent(one.at_full, n)


def _no_variance(board: Board, columns: Sequence[Column]) -> Iterator[Finding]:
    """Indicators that give everybody in a group the same, one finding each."""
    flat: dict[str, list[Column]] = defaultdict(list)
    for one in columns:
        silent = board.bindings[one.indicator].measure.kind == "deduct" and not has_events(
            board, one.indicator
        )
        if one.flat and not silent:
            flat[one.indicator].append(one)
    for indicator, found in flat.items():
        listed = names(_same(board, one) for one in found)
        args: dict[str, Text] = {
            "indicator": board.round.scheme.indicators[indicator].name,
            "groups": listed,
        }
        yield Finding("no-variance", WARNING, args, indicators=(indicator,))


def _same(board: Board, one: Column) -> str:
    scheme = board.round.scheme
    shown_points = scheme.scale.show(one.points[0])
    return f"{scheme.group_names()[one.group]} {shown_points}/{scheme.scale.show(one.fulls[0])}"


def _full_totals(board: Board, group: str, ranked: Sequence[Result]) -> Iterator[Finding]:
    """Groups in which many units reach the full marks of the whole sheet."""
    full = sum(one.exact >= _common(board, one) for one in ranked)
    if full >= MANY * len(ranked):
        severity = SERIOUS if full >= MOST * len(ranked) else WARNING
        yield Finding("full-totals", severity, _of(board, group, full, len(ranked)), group)


def _common(board: Board, one: Result) -> Fraction:
    """The common total of a unit in line units."""
    scheme, series = board.round.scheme, board.round.units[one.unit].series
    return scheme.common_total(series, one.unit) * scheme.scale.one


def _narrow(board: Board, group: str, ranked: Sequence[Result]) -> Iterator[Finding]:
    """Groups of which at least half lie within one narrow band of totals."""
    width = NARROW * _common(board, ranked[0])
    totals = sorted(one.exact for one in ranked)
    within = [sum(low <= total <= low + width for total in totals) for low in totals]
    most = max(within)
    if most >= MANY * len(ranked):
        low = totals[within.index(most)]
        scale = board.round.scheme.scale
        high = max(total for total in totals if total <= low + width)
        args: dict[str, Text] = {
            **_of(board, group, most, len(ranked)),
            "width": shown(Fraction(width, scale.one)),
            "low": scale.show(low),
            "high": scale.show(high),
        }
        yield Finding("totals-narrow", WARNING, args, group)


def _of(board: Board, group: str, part: int, whole: int) -> dict[str, Text]:
    return {
        "group": board.round.scheme.group_names()[group],
        "n": str(part),
        "of": str(whole),
        "share": percent(part, whole),
    }
