"""Totals: item scores, the common scale, the bonus, the printed figure (rules §1 to §3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from leitai.bind import Bound
from leitai.facts.round import Round
from leitai.intake.model import Intake
from leitai.ledger import Line
from leitai.points import rounded
from leitai.scheme.model import Scheme, Sheet, TieBreaker
from leitai.scoring.points import Points


@dataclass(frozen=True)
class Totals:
    """Sums in the layout's order; `exact` in line units, `printed` in 10^-total_places."""

    units: tuple[str, ...]
    items: Mapping[str, Sequence[int | None]]
    bonus: Mapping[str, int]
    exact: Sequence[int]
    printed: Sequence[int]
    lines: Sequence[Line]

    def deciding(self, scheme: Scheme) -> Sequence[int]:
        """The totals that decide places: printed or exact, whole numbers either way."""
        return self.exact if scheme.points.rank_on == "exact" else self.printed

    def deciding_points(self, scheme: Scheme, unit: str) -> Fraction:
        """A unit's deciding total in points."""
        index = self.units.index(unit)
        if scheme.points.rank_on == "exact":
            return Fraction(self.exact[index], scheme.scale.one)
        return Fraction(self.printed[index], int(10**scheme.total_places))

    def comparable(self, round_: Round, unit: str, item: str) -> bool:
        """Whether the unit's full marks in an item are its series' (§8)."""
        series = round_.scheme.series[round_.units[unit].series]
        own, common = round_.scheme.sheet_of(unit, series.id), round_.scheme.sheets[series.sheet]
        marks = _item_full(own, round_.scheme, item)
        return marks is not None and marks == _item_full(common, round_.scheme, item)

    def tie_value(
        self, round_: Round, taken: Intake, points: Points, unit: str, rule: TieBreaker
    ) -> int | Fraction | None:
        """What a tie-breaker compares (larger is better), None where the unit lacks it (§8)."""
        if rule.previous is not None:
            place = taken.previous.get((unit, "place"))
            return None if place is None else -place
        index = self.units.index(unit)
        if rule.item is not None:
            comparable = self.comparable(round_, unit, rule.item)
            return self.items[rule.item][index] if comparable else None
        name = rule.indicator or ""
        series = round_.scheme.series[round_.units[unit].series]
        own = round_.scheme.sheet_of(unit, series.id).full_of(name)
        if own != round_.scheme.sheets[series.sheet].full_of(name) or (unit, name) in taken.exempt:
            return None
        value: int | None = points.by_indicator[name][index]
        return value


def _item_full(sheet: Sheet, scheme: Scheme, item: str) -> int | None:
    """An item's full marks on a sheet, None where the sheet lacks the item."""
    marks = [full for name, full in sheet.full.items() if scheme.indicators[name].item == item]
    return sum(marks) if marks else None


def totals(
    round_: Round, bindings: Mapping[str, Bound], points: Points, bonus: Sequence[Line]
) -> Totals:
    """All sums of a round, with its `scale` and `round` lines."""
    scheme, units = round_.scheme, points.layout.units
    sheets = [scheme.sheet_of(unit.id, unit.series) for unit in round_.units.values()]
    items = _items(scheme, bindings, points, sheets)
    bonuses: dict[str, int] = defaultdict(int)
    for line in bonus:
        bonuses[line.unit] += line.units
    lines: list[Line] = []
    exact: list[int] = []
    printed: list[int] = []
    for index, (unit, sheet) in enumerate(zip(units, sheets, strict=True)):
        earned = sum(scores[index] or 0 for scores in items.values())
        scale = _scale_line(round_, unit, sheet, earned)
        whole = earned + (scale.units if scale else 0) + bonuses.get(unit, 0)
        total, off = _printed(scheme, whole)
        exact.append(whole)
        printed.append(total)
        lines += [scale] if scale else []
        if scheme.total_places < scheme.scale.places:
            lines.append(Line(unit, "", "", 0, "round", off))
    return Totals(units, items, dict(bonuses), exact, printed, lines)


def _items(
    scheme: Scheme, bindings: Mapping[str, Bound], points: Points, sheets: Sequence[Sheet]
) -> dict[str, list[int | None]]:
    """Item scores by unit, None where the sheet lacks the item."""
    found: dict[str, list[int | None]] = {}
    for item in scheme.items:
        names = [one.id for one in bindings.values() if one.indicator.item == item]
        columns = {name: points.by_indicator[name].to_list() for name in names}
        scores: list[int | None] = []
        for index, sheet in enumerate(sheets):
            mine = [columns[name][index] for name in names if name in sheet.full]
            scores.append(sum(value for value in mine if value is not None) if mine else None)
        found[item] = scores
    return found


def _scale_line(round_: Round, unit: str, sheet: Sheet, earned: int) -> Line | None:
    """Σ items brought to the series' common scale, one rounding (§3)."""
    scale_to = round_.scheme.series[round_.units[unit].series].scale_to
    if scale_to is None:
        return None
    scale = round_.scheme.scale
    scaled = scale.line(Fraction(earned * scale_to * scale.one, sheet.total))
    return Line(unit, "", "", 0, "scale", scaled - earned)


def _printed(scheme: Scheme, exact: int) -> tuple[int, int]:
    """The printed total in its own units, and what its rounding did in line units."""
    finer = int(10 ** (scheme.scale.places - scheme.total_places))
    total = rounded(Fraction(exact, finer), scheme.scale.rounding)
    return total, total * finer - exact
