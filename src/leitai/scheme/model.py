"""What a scheme says, as frozen values; each class is also how its mapping is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from leitai.points import ROUNDINGS, PointScale
from leitai.scheme.document import Node, Plain
from leitai.scheme.readers import (
    Limit,
    as_it_stands,
    count,
    identifier,
    limit,
    number,
    one_of,
    places,
    points,
    positive_points,
    share_of_one,
    text_of,
)
from leitai.scheme.settings import MOST_GROUPS, by_id, list_of, map_of, nested, setting
from leitai.scheme.year import Year

GRADE_KINDS = ("bar", "cap", "lower", "fix")
ADJUSTMENT_KINDS = ("unranked", "bonus", "demote", *GRADE_KINDS, "commend")


@dataclass(frozen=True)
class Points:
    """How points are written and rounded (§2)."""

    line_places: int = setting(places, "2")
    total_places: int | None = setting(places, None)
    rounding: str = setting(one_of(*ROUNDINGS), "half_up")
    rank_on: str = setting(one_of("printed", "exact"), "printed")


@dataclass(frozen=True)
class Campaign:
    """A campaign (战役) and its battles (攻坚战) by id."""

    id: str = setting(identifier)
    name: str = setting(text_of)
    battles: Mapping[str, str] = setting(by_id(text_of), {})


@dataclass(frozen=True)
class Item:
    """An assessment item (考核项目)."""

    name: str = setting(text_of)


@dataclass(frozen=True)
class Indicator:
    """An indicator (指标) with its tags; the measure is still unread text (measures/)."""

    id: str = setting(identifier)
    name: str = setting(text_of)
    item: str = setting(text_of)
    measure: Node = setting(as_it_stands)
    direction: str = setting(one_of("higher_is_better", "lower_is_better"), "higher_is_better")
    area: str | None = setting(text_of, None)
    battle: str | None = setting(text_of, None)
    department: str | None = setting(text_of, None)
    unit_of_measure: str | None = setting(text_of, None)
    basis: str | None = setting(text_of, None)

    @property
    def higher(self) -> bool:
        """Whether more is better."""
        return self.direction == "higher_is_better"

    @property
    def kind(self) -> str:
        """The measure's kind as written, "" where there is none."""
        node = (self.measure.mapping or {}).get("kind")
        return (node.text if node else None) or ""


@dataclass(frozen=True)
class Sheet:
    """Full marks per indicator in line units; `outside` ones count in nothing (§3)."""

    id: str
    full: Mapping[str, int]
    outside: Mapping[str, int]

    @property
    def total(self) -> int:
        """The sheet total in line units."""
        return sum(self.full.values())

    def full_of(self, indicator: str) -> int | None:
        """Full marks inside or outside, None where the sheet lacks the indicator."""
        return self.full.get(indicator, self.outside.get(indicator))


@dataclass(frozen=True)
class TieBreaker:
    """One of: an item's score, an indicator's points, the place in the previous round (§8)."""

    item: str | None = setting(text_of, None)
    indicator: str | None = setting(text_of, None)
    previous: str | None = setting(one_of("place"), None)


@dataclass(frozen=True)
class Series:
    """A series (系列): its comparison groups and the sheets used in them."""

    id: str = setting(identifier)
    name: str = setting(text_of)
    sheet: str = setting(text_of)
    own_sheets: Mapping[str, str] = setting(map_of(text_of), {})
    groups: Mapping[str, str] = setting(by_id(text_of, MOST_GROUPS), {})
    scale_to: Fraction | None = setting(positive_points, None)
    tie_breakers: tuple[TieBreaker, ...] = setting(list_of(nested(TieBreaker)), ())
    rated_by: tuple[str, ...] = setting(list_of(text_of), ())

    def group_names(self) -> dict[str, str]:
        """Group id → name; a series without groups is one group of its own id."""
        if not self.groups:
            return {self.id: self.name}
        return {f"{self.id}/{one}": f"{self.name} · {name}" for one, name in self.groups.items()}

    def sheet_of(self, unit: str) -> str:
        """The sheet the unit is judged on."""
        return self.own_sheets.get(unit, self.sheet)


@dataclass(frozen=True)
class Level:
    """A grade level (等次) with its quota and score condition (§10)."""

    id: str = setting(identifier)
    name: str = setting(text_of)
    top: Fraction | None = setting(share_of_one, None)
    bottom: Fraction | None = setting(share_of_one, None)
    at_least: Limit | None = setting(limit, None)


DEFAULT_LEVELS = (
    Level(id="excellent", name="优秀", top=Fraction(3, 10)),
    Level(id="good", name="良好"),
    Level(id="fair", name="一般", bottom=Fraction(1, 10)),
)


@dataclass(frozen=True)
class Grades:
    """The grade rule (§10)."""

    levels: tuple[Level, ...] = setting(list_of(nested(Level)), DEFAULT_LEVELS)
    count: str = setting(one_of("floor", "half_up", "ceil"), "floor")
    tie: str = setting(one_of("exclude", "include"), "exclude")
    refill: str = setting(one_of("no", "next"), "no")

    def rank(self, level: str) -> int:
        """0 for the best level, rising downwards."""
        return [one.id for one in self.levels].index(level)


@dataclass(frozen=True)
class When:
    """A trigger of an adjustment (§9)."""

    bottom: int | None = setting(count, None)
    item: str | None = setting(text_of, None)
    indicator: str | None = setting(text_of, None)
    at_least: Fraction | None = setting(number, None)
    at_most: Fraction | None = setting(number, None)


@dataclass(frozen=True)
class Adjustment:
    """A kind of adjustment the scheme knows (§9); entries name it by id."""

    name: str = setting(text_of)
    kind: str = setting(one_of(*ADJUSTMENT_KINDS))
    cap: Fraction | None = setting(points, None)
    annual_cap: Fraction | None = setting(points, None)
    amount: str | None = setting(text_of, None)
    grade: str | None = setting(text_of, None)
    step: str | None = setting(one_of("negative", "veto"), None)
    when: When | None = setting(nested(When), None)
    department: str | None = setting(text_of, None)
    basis: str | None = setting(text_of, None)


@dataclass(frozen=True)
class Lateness:
    """What a late return costs the reporting department (§5)."""

    indicator: str = setting(text_of)
    points: Fraction = setting(positive_points)
    per: str = setting(one_of("time", "day"), "time")


@dataclass(frozen=True, eq=False)
class Scheme:
    """A whole scheme. `plain` is its text as typed, for the recount and for digests."""

    id: str
    version: str
    name: str
    made_up: bool
    valid_from: str | None
    points: Points
    areas: Mapping[str, str]
    campaigns: tuple[Campaign, ...]
    items: Mapping[str, Item]
    indicators: Mapping[str, Indicator]
    sheets: Mapping[str, Sheet]
    series: Mapping[str, Series]
    grades: Grades
    adjustments: Mapping[str, Adjustment]
    lateness: Lateness | None
    approval: tuple[str, ...]
    audience: str
    reply: str
    year: Year | None
    plain: Mapping[str, Plain] = field(repr=False)

    @cached_property
    def scale(self) -> PointScale:
        """The scale of ledger lines."""
        return PointScale(self.points.line_places, self.points.rounding)

    @property
    def total_places(self) -> int:
        """Decimals of the printed total."""
        places = self.points.total_places
        return self.points.line_places if places is None else places

    def sheet_of(self, unit: str, series: str) -> Sheet:
        """The sheet a unit is judged on."""
        return self.sheets[self.series[series].sheet_of(unit)]

    def common_total(self, series: str, unit: str = "") -> Fraction:
        """The points that shares of the whole are taken of: `scale_to`, else the sheet total."""
        return self.whole(series, self.series[series].sheet_of(unit))

    def whole(self, series: str, sheet: str) -> Fraction:
        """The same for units judged on a sheet."""
        return self.series[series].scale_to or Fraction(self.sheets[sheet].total, self.scale.one)

    def group_names(self) -> Mapping[str, str]:
        """Every comparison group: id → name, in the scheme's order."""
        return self._group_names

    @cached_property
    def _group_names(self) -> Mapping[str, str]:
        return {g: name for one in self.series.values() for g, name in one.group_names().items()}
