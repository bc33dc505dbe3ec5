"""The ledger lines of scored indicators, made when somebody asks (rules §1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from leitai.facts.round import Round
from leitai.intake.model import Intake
from leitai.ledger import Line
from leitai.scoring.points import Points
from leitai.scoring.worked import Worked

Inside = Mapping[str, Sequence[int | None]]


def lines(
    points: Points, round_: Round, taken: Intake, at: Sequence[int] | None = None
) -> Iterator[Line]:
    """Lines of all indicators inside the sheets, unit by unit within an indicator.

    `at` are the places of some units in the layout; None is all of them.
    """
    layout, scheme = points.layout, round_.scheme
    rows = list(range(len(layout)) if at is None else at)
    units = [layout.units[row] for row in rows]
    inside = {
        name: [sheet.full.get(name) for sheet in layout.sheets(scheme)]
        for name in scheme.indicators
    }
    for one in points.worked:
        yield from _part_lines(one, points, taken, rows, inside[one.bound.id])
    asked = set(units)
    for (unit, indicator), made in points.events.items():
        if unit in asked and layout.mark(inside[indicator], layout.index[unit]) is not None:
            item = scheme.indicators[indicator].item
            for line in made:
                yield Line(unit, item, indicator, 0, *line.written)
    for (unit, indicator), credit in points.credits.items():
        if unit in asked:
            item, source = scheme.indicators[indicator].item, taken.exempt[unit, indicator].source
            yield Line(unit, item, indicator, 0, "exempt", credit.units, source)


def _part_lines(
    one: Worked, points: Points, taken: Intake, rows: list[int], inside: Sequence[int | None]
) -> Iterator[Line]:
    """`full`, and `loss` or `gain` where the points differ from it."""
    layout, indicator, number = points.layout, one.bound.id, one.part.number
    item, closed = one.bound.indicator.item, points.closed.get((indicator, number))
    kinds, earned = layout.judged.gather(rows), points.parts[indicator, number].gather(rows)
    for row, kind, units in zip(rows, kinds.to_list(), earned.to_list(), strict=True):
        mark = inside[kind]
        if units is None or mark is None:
            continue
        unit, full = layout.units[row], mark if one.part.full is None else one.part.full
        source = taken.values.source(unit, indicator)
        yield Line(unit, item, indicator, number, "full", full, source)
        if units != full:
            case = "closed" if closed is not None and closed[row] else ""
            kind_of_line = "loss" if units < full else "gain"
            yield Line(unit, item, indicator, number, kind_of_line, units - full, source, "", case)
