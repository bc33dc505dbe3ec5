"""Totals: item scores, the common scale, the bonus, the printed figure (rules §1 to §3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from leitai.bind import Bound
from leitai.columns.sums import times
from leitai.facts.numbers import filled
from leitai.facts.round import Round
from leitai.intake.model import Intake
from leitai.ledger import Line
from leitai.scheme.model import Scheme, Sheet, TieBreaker
from leitai.scoring.points import Points


@dataclass(frozen=True, eq=False)
class Totals:
    """Sums in the layout's order; `exact` in line units, `printed` in 10^-total_places.

    `items` is null where a unit's sheet lacks the item.
    """

    round: Round
    items: Mapping[str, pl.Series]
    bonus: Mapping[str, int]
    scale: pl.Series
    exact: pl.Series
    printed: pl.Series

    @property
    def deciding(self) -> pl.Series:
        """The totals that decide places: printed or exact, whole numbers either way."""
        return self.exact if self.round.scheme.points.rank_on == "exact" else self.printed

    @property
    def one(self) -> int:
        """How many units of the deciding total make a point."""
        scheme = self.round.scheme
        on_exact = scheme.points.rank_on == "exact"
        return scheme.scale.one if on_exact else int(10**scheme.total_places)

    def comparable(self, item: str) -> pl.Series:
        """Whether a unit's full marks in an item are its series' (§8)."""
        scheme, layout = self.round.scheme, self.round.layout
        marks = [
            int(
                _same_marks(
                    scheme, item, scheme.sheets[own], scheme.sheets[scheme.series[one].sheet]
                )
            )
            for one, own in layout.kinds
        ]
        return layout.of_kind(marks) > 0

    def tie_value(
        self, taken: Intake, points: Points, unit: str, rule: TieBreaker
    ) -> int | Fraction | None:
        """What a tie-breaker compares (larger is better), None where the unit lacks it (§8)."""
        if rule.previous is not None:
            place = taken.previous.get((unit, "place"))
            return None if place is None else -place
        scheme, layout = self.round.scheme, self.round.layout
        index = layout.index[unit]
        if rule.item is not None:
            score: int | None = self.items[rule.item][index]
            return score if self.comparable(rule.item)[index] else None
        name = rule.indicator or ""
        series, own = layout.kinds[layout.judged[index]]
        common = scheme.sheets[scheme.series[series].sheet]
        if scheme.sheets[own].full_of(name) != common.full_of(name) or (unit, name) in taken.exempt:
            return None
        value: int | None = points.by_indicator[name][index]
        return value

    def lines(self, at: Sequence[int] | None = None) -> Iterator[Line]:
        """The `scale` and `round` lines, of the units at some places in the layout or of all."""
        scheme, layout = self.round.scheme, self.round.layout
        rows = list(range(len(layout)) if at is None else at)
        if self.scale.null_count() < len(layout):
            for row, units in zip(rows, self.scale.gather(rows), strict=True):
                if units is not None:
                    yield Line(layout.units[row], "", "", 0, "scale", units)
        if scheme.total_places < scheme.scale.places:
            finer = int(10 ** (scheme.scale.places - scheme.total_places))
            off = self.printed.gather(rows) * finer - self.exact.gather(rows)
            for row, units in zip(rows, off, strict=True):
                yield Line(layout.units[row], "", "", 0, "round", units)


def _same_marks(scheme: Scheme, item: str, own: Sheet, common: Sheet) -> bool:
    marks = item_full(own, scheme, item)
    return marks is not None and marks == item_full(common, scheme, item)


def item_full(sheet: Sheet, scheme: Scheme, item: str) -> int | None:
    """An item's full marks on a sheet, None where the sheet lacks the item."""
    marks = [full for name, full in sheet.full.items() if scheme.indicators[name].item == item]
    return sum(marks) if marks else None


def totals(
    round_: Round, bindings: Mapping[str, Bound], points: Points, bonus: Sequence[Line]
) -> Totals:
    """All sums of a round."""
    items = _items(round_, bindings, points)
    earned = _added({"": list(items.values())}, len(round_.layout))[""].fill_null(0)
    scaled = _scaled(round_, earned)
    credited: dict[str, int] = {}
    for line in bonus:
        credited[line.unit] = credited.get(line.unit, 0) + line.units
    exact = _with_bonus(round_, scaled.zip_with(scaled.is_not_null(), earned), credited)
    return Totals(round_, items, credited, scaled - earned, exact, _printed(round_.scheme, exact))


def _items(round_: Round, bindings: Mapping[str, Bound], points: Points) -> dict[str, pl.Series]:
    """Item scores by unit; indicators outside a unit's sheet count in nothing."""
    counted: dict[str, list[pl.Series]] = {item: [] for item in round_.scheme.items}
    for bound in bindings.values():
        counted[bound.indicator.item].append(_inside(round_, bound, points.by_indicator[bound.id]))
    return _added(counted, len(round_.layout))


def _inside(round_: Round, bound: Bound, earned: pl.Series) -> pl.Series:
    """The points of an indicator, null for units whose sheet lists it outside."""
    sheets = round_.layout.sheets(round_.scheme)
    if not any(bound.id in sheet.outside for sheet in sheets):
        return earned
    inside = round_.layout.of_kind([int(bound.id in sheet.full) for sheet in sheets]) > 0
    return earned.set(~inside, None)


def _added(columns: Mapping[str, Sequence[pl.Series]], n: int) -> dict[str, pl.Series]:
    """The sum of each list of columns, null where all of them are."""
    names = {key: [f"{key}#{at}" for at in range(len(mine))] for key, mine in columns.items()}
    frame = pl.DataFrame(
        one.alias(name)
        for key, mine in columns.items()
        for one, name in zip(mine, names[key], strict=True)
    )
    made = frame.select(**{key: _sum(mine) for key, mine in names.items() if mine})
    return {key: made[key] if names[key] else filled(None, n, pl.Int64) for key in columns}


def _sum(names: Sequence[str]) -> pl.Expr:
    some = pl.any_horizontal(pl.col(name).is_not_null() for name in names)
    return pl.when(some).then(pl.sum_horizontal(names))


def _scaled(round_: Round, earned: pl.Series) -> pl.Series:
    """Σ items brought to the series' common scale, one rounding (§3); null without one."""
    scheme, layout = round_.scheme, round_.layout
    made = filled(None, len(layout), pl.Int64)
    for kind, (series, sheet) in enumerate(layout.kinds):
        scale_to = scheme.series[series].scale_to
        if scale_to is not None:
            mine = (layout.judged == kind).arg_true()
            ratio = Fraction(scale_to * scheme.scale.one, scheme.sheets[sheet].total)
            made.scatter(mine, times(earned.gather(mine), ratio, scheme.scale.rounding))
    return made


def _with_bonus(round_: Round, earned: pl.Series, credited: Mapping[str, int]) -> pl.Series:
    made = earned.clone()
    for unit, units in credited.items():
        at = round_.layout.index[unit]
        made.scatter(at, earned[at] + units)
    return made


def _printed(scheme: Scheme, exact: pl.Series) -> pl.Series:
    """The printed totals in their own units."""
    finer = Fraction(1, 10 ** (scheme.scale.places - scheme.total_places))
    return times(exact, finer, scheme.scale.rounding)
