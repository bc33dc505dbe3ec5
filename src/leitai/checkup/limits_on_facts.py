"""Limits on these facts: coefficients that lift panels above full, bands nobody falls into."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from leitai.board import Board
from leitai.checkup.departments import value_of
from leitai.checkup.findings import NOTE, WARNING, Finding, Text, names
from leitai.measures.bands import Bands
from leitai.points import exact

FEW = 5  # units; that fewer leave a band empty says nothing


def limits_on_facts(board: Board) -> Iterator[Finding]:
    """What the facts show of limits."""
    yield from _coefficients(board)
    yield from _empty_bands(board)


def _coefficients(board: Board) -> Iterator[Finding]:
    """Panels in which a coefficient above 1 lifts units above what others can reach."""
    for bound in board.bindings.values():
        if bound.measure.kind != "panel":
            continue
        lifted = [
            unit
            for unit in board.round.units
            if (row := board.taken.values.get((unit, bound.id))) is not None
            and row["coefficient"]
            and exact(row["coefficient"]) > 1
        ]
        if lifted:
            listed = names(board.round.units[unit].name for unit in lifted)
            args: dict[str, Text] = {"names": names([bound.indicator.name]), "units": listed}
            units, ids = tuple(lifted), (bound.id,)
            yield Finding("coefficient-uncapped", WARNING, args, units=units, indicators=ids)


def _empty_bands(board: Board) -> Iterator[Finding]:
    """Bands into which no unit fell."""
    for bound in board.bindings.values():
        for part in bound.parts:
            if isinstance(part.settings, Bands):
                values = [value_of(board, unit, bound.id) for unit in board.round.units]
                reached = [
                    _band(part.settings, bound.indicator.higher, value)
                    for value in values
                    if value is not None
                ]
                empty = [n for n in range(len(part.settings.bands)) if n not in reached]
                if len(reached) >= FEW and empty:
                    listed = names(_bound_text(part.settings, n) for n in empty)
                    args: dict[str, Text] = {"indicator": bound.indicator.name, "bands": listed}
                    yield Finding("bands-empty", NOTE, args, indicators=(bound.id,))


def _band(p: Bands, higher: bool, value: Fraction) -> int:
    """The number of the first band whose bound the value reaches."""
    return next(
        number
        for number, edge in enumerate(p.bounds(higher))
        if edge is None or (value >= edge if higher else value <= edge)
    )


def _bound_text(p: Bands, number: int) -> str:
    """A band as people read it: ≥ 95, ≤ 30; the last one by what lies before it."""
    band = p.bands[number]
    if band.from_ is not None:
        return f"≥{band.from_.text}"
    if band.to is not None:
        return f"≤{band.to.text}"
    before = p.bands[number - 1]
    return f"<{before.from_.text}" if before.from_ is not None else f">{_to(before.to)}"


def _to(limit: object) -> str:
    return str(getattr(limit, "text", ""))
