"""The skeleton of a random round: who is judged on what, before any measure has its settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.engine.rounds.draws import Draws, decimal
from tests.engine.rounds.scope import MARKS, RATER_GROUPS, VALUE_KINDS, Limits

Sheet = dict[str, int]


@dataclass
class Skeleton:
    """Units in groups, indicators in items, full marks on sheets (in line units), exemptions."""

    limits: Limits
    points: dict[str, str]
    places: int
    items: list[str]
    kinds: dict[str, str]
    item_of: dict[str, str]
    lower: dict[str, bool]
    parts: dict[str, list[int]]
    inside: dict[str, Sheet] = field(default_factory=dict)
    outside: dict[str, Sheet] = field(default_factory=dict)
    series: list[dict[str, Any]] = field(default_factory=list)
    units: list[dict[str, str]] = field(default_factory=list)
    sheet_of: dict[str, str] = field(default_factory=dict)
    exempt: list[tuple[str, str]] = field(default_factory=list)
    models: dict[str, str] = field(default_factory=dict)

    @property
    def anchor(self) -> str:
        """The indicator that every sheet has and nobody is exempt from."""
        return next(iter(self.kinds))

    def on_sheet(self, unit: str) -> list[str]:
        """The indicators of a unit's sheet, outside ones last."""
        name = self.sheet_of[unit]
        return [*self.inside[name], *self.outside[name]]

    def holders(self, indicator: str) -> list[str]:
        """The units who must be measured on an indicator."""
        return [
            row["unit"]
            for row in self.units
            if indicator in self.on_sheet(row["unit"])
            and (row["unit"], indicator) not in self.exempt
        ]

    def group_of(self, unit: str) -> str:
        """The comparison group of a unit."""
        row = next(row for row in self.units if row["unit"] == unit)
        return f"{row['series']}/{row.get('group', '')}"

    def peers(self, indicator: str) -> dict[str, list[str]]:
        """The peers of an indicator, group by group, without groups that have none."""
        found: dict[str, list[str]] = {}
        for unit in self.holders(indicator):
            found.setdefault(self.group_of(unit), []).append(unit)
        return found

    def fulls(self, indicator: str) -> list[Fraction]:
        """The full marks, in points, that any sheet gives the indicator."""
        marks = [
            sheet[indicator]
            for sheets in (self.inside, self.outside)
            for sheet in sheets.values()
            if indicator in sheet
        ]
        return [Fraction(mark, 10**self.places) for mark in dict.fromkeys(marks)]

    def of_kind(self, *kinds: str) -> list[str]:
        """The indicators of some kinds."""
        return [name for name, kind in self.kinds.items() if kind in kinds]


def draw_skeleton(draws: Draws, limits: Limits) -> Skeleton:
    """Everything that stands before the measures are set."""
    points, places = draw_points(draws)
    items = [f"item{n}" for n in range(1, draws.number(1, 4) + 1)]
    kinds = draw_kinds(draws, limits)
    made = Skeleton(
        limits=limits,
        points=points,
        places=places,
        items=items,
        kinds=kinds,
        item_of={name: draws.pick(items) for name in kinds},
        lower={name: kind in (*VALUE_KINDS,) and draws.chance(40) for name, kind in kinds.items()},
        parts={
            name: [draws.pick((4, 6, 2, 10)) * 10**places for _ in range(draws.number(2, 3))]
            for name, kind in kinds.items()
            if kind == "chain"
        },
    )
    for number in range(1, draws.number(*limits.series) + 1):
        add_series(draws, made, f"series{number}")
    if draws.chance(limits.odds("twins", 70)):
        made.models = draw_models(draws, made)
    if limits.has("exemptions"):
        made.exempt = draw_exemptions(draws, made)
    return made


def draw_points(draws: Draws) -> tuple[dict[str, str], int]:
    """How points are written and rounded, and the decimals of a line."""
    places = draws.pick((2, 0, 1, 3))
    points = {} if places == 2 and draws.chance(50) else {"line_places": str(places)}
    if draws.chance(50):
        points["total_places"] = str(draws.number(0, places))
    points |= draws.maybe(60, "rounding", ("half_even", "half_up"))
    points |= draws.maybe(50, "rank_on", ("exact", "printed"))
    return points, places


def draw_kinds(draws: Draws, limits: Limits) -> dict[str, str]:
    """The kind of each indicator; the first one is the anchor."""
    anchors = [kind for kind in limits.anchors if kind in limits.kinds]
    count = draws.number(*limits.indicators)
    kinds = [draws.pick(anchors), *(draws.pick(limits.kinds) for _ in range(count - 1))]
    return {f"i{number}": kind for number, kind in enumerate(kinds, start=1)}


def add_series(draws: Draws, made: Skeleton, name: str) -> None:
    """One series with its sheets and its units."""
    one: dict[str, Any] = {"id": name, "name": f"{name} 系列", "sheet": f"{name}-sheet"}
    made.inside[one["sheet"]], made.outside[one["sheet"]] = draw_sheet(draws, made)
    if draws.chance(made.limits.odds("scale", 35)):
        one["scale_to"] = draws.pick(("100", "50", "33.3", "7"))
    groups = draws.pick(((), ("alpha", "beta")))
    if groups:
        one["groups"] = {group: f"{group} 类" for group in groups}
    for group in groups or ("",):
        for _ in range(draws.number(*made.limits.units)):
            unit = f"u{len(made.units) + 1}"
            row = {"unit": unit, "name": f"{unit} 镇", "series": name}
            made.units.append(row | ({"group": group} if group else {}))
            made.sheet_of[unit] = one["sheet"]
    if draws.chance(made.limits.odds("own sheets", 60)):
        add_own_sheets(draws, made, one)
    if made.of_kind("panel") and draws.chance(made.limits.odds("rated_by", 40)):
        one["rated_by"] = list(RATER_GROUPS[: draws.number(1, 2)])
    made.series.append(one)


def draw_mark(draws: Draws, made: Skeleton, indicator: str) -> int:
    """Full marks in line units."""
    if made.kinds[indicator] == "quarters":
        return 0
    if indicator in made.parts:
        return sum(made.parts[indicator])
    mark = draws.pick(made.limits.marks) * 10**made.places
    return mark + (5 * 10 ** (made.places - 1) if made.places and draws.chance(15) else 0)


def draw_sheet(draws: Draws, made: Skeleton) -> tuple[Sheet, Sheet]:
    """Full marks of a series: those that count, and those outside."""
    others = [name for name in made.kinds if name != made.anchor]
    inside = [made.anchor, *draws.some(others, least=max(0, len(others) - 2))]
    left = [name for name in others if name not in inside and made.kinds[name] != "quarters"]
    outside = draws.some(left, most=2)
    marks = [{name: draw_mark(draws, made, name) for name in names} for names in (inside, outside)]
    return marks[0], marks[1]


def add_own_sheets(draws: Draws, made: Skeleton, one: dict[str, Any]) -> None:
    """Another sheet for one or two units, of the same total unless the series is scaled."""
    mine = [row["unit"] for row in made.units if row["series"] == one["id"]]
    name = f"{one['id']}-own"
    change = draws.pick((moved, swapped, *((dropped, raised) if "scale_to" in one else ())))
    sheet = dict(made.inside[one["sheet"]])
    change(draws, made, sheet)
    made.inside[name] = sheet
    made.outside[name] = {
        indicator: mark
        for indicator, mark in made.outside[one["sheet"]].items()
        if indicator not in sheet and draws.chance(70)
    }
    chosen = draws.some(mine, least=1, most=2)
    one["own_sheets"] = dict.fromkeys(chosen, name)
    made.sheet_of |= one["own_sheets"]


def loose(made: Skeleton, sheet: Sheet) -> list[str]:
    """The indicators of a sheet whose full marks may differ from sheet to sheet."""
    return [name for name in sheet if made.kinds[name] not in ("chain", "quarters")]


def moved(draws: Draws, made: Skeleton, sheet: Sheet) -> None:
    """Marks moved from one indicator to another."""
    names = draws.some(loose(made, sheet), least=2, most=2)
    if len(names) == 2:
        step = min(sheet[names[0]] - 1, draws.pick((1, 2)) * 10**made.places)
        sheet[names[0]] -= step
        sheet[names[1]] += step


def swapped(draws: Draws, made: Skeleton, sheet: Sheet) -> None:
    """One indicator in place of another, with the same marks."""
    free = [name for name in loose(made, dict.fromkeys(made.kinds, 0)) if name not in sheet]
    gone = [name for name in loose(made, sheet) if name != made.anchor]
    if free and gone:
        new, old = draws.pick(free), draws.pick(gone)
        sheet[new] = sheet.pop(old)


def dropped(draws: Draws, made: Skeleton, sheet: Sheet) -> None:
    """One indicator fewer."""
    names = [name for name in sheet if name != made.anchor]
    if names:
        del sheet[draws.pick(names)]


def raised(draws: Draws, made: Skeleton, sheet: Sheet) -> None:
    """Other marks for one indicator."""
    names = loose(made, sheet)
    if names:
        sheet[draws.pick(names)] = draws.pick(MARKS) * 10**made.places


def draw_models(draws: Draws, made: Skeleton) -> dict[str, str]:
    """Twins: units that report the same as an earlier one of their group, so that totals tie."""
    models: dict[str, str] = {}
    for index, row in enumerate(made.units):
        unit = row["unit"]
        earlier = [
            other["unit"]
            for other in made.units[:index]
            if made.group_of(other["unit"]) == made.group_of(unit)
            and made.sheet_of[other["unit"]] == made.sheet_of[unit]
            and other["unit"] not in models
        ]
        if earlier and draws.chance(50):
            models[unit] = draws.pick(earlier)
    return models


def draw_exemptions(draws: Draws, made: Skeleton) -> list[tuple[str, str]]:
    """Who is exempt from what: never from the anchor, from awards or from quarters."""
    drawn = [
        (row["unit"], name)
        for row in made.units
        for name in made.on_sheet(row["unit"])
        if name != made.anchor
        and made.kinds[name] not in ("award", "quarters")
        and row["unit"] not in made.models
        and draws.chance(made.limits.exempting)
    ]
    same = [(twin, name) for twin, model in made.models.items() for u, name in drawn if u == model]
    return drawn + same


def with_twins(made: Skeleton, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows, those of twins replaced by copies of their models' rows."""
    own = [row for row in rows if row["unit"] not in made.models]
    copies = [
        {**row, "unit": twin}
        for twin, model in made.models.items()
        for row in own
        if row["unit"] == model
    ]
    return own + copies


def plain_sheets(made: Skeleton) -> dict[str, Any]:
    """The sheets as a scheme writes them."""

    def texts(sheet: Sheet) -> dict[str, str]:
        return {name: decimal(mark, made.places) for name, mark in sheet.items()}

    return {
        name: {
            **texts(sheet),
            **({"outside": texts(made.outside[name])} if made.outside[name] else {}),
        }
        for name, sheet in made.inside.items()
    }
