"""A round: its scheme, its units and its facts, names resolved to ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import polars as pl

from leitai.facts.doubles import doubles
from leitai.facts.layout import Layout
from leitai.facts.numbers import Numbers
from leitai.facts.resolve import blanks, resolve
from leitai.facts.rows import Row
from leitai.facts.settle import id_of, settle
from leitai.facts.units import Unit
from leitai.near import near
from leitai.problems import Problem, Refused, problem
from leitai.scheme.model import Scheme
from leitai.scheme.readers import id_of_thing
from leitai.signs import alike

FACTS = ("actual", "target", "previous", "coefficient")


@dataclass(frozen=True)
class Round:
    """One round with facts as rows of text; nothing is scored yet.

    `year` is the year of an annual round in four figures, "" for other rounds; `figures` are values
    that came as columns instead of rows, by indicator and fact (`actual` …).
    """

    id: str
    name: str
    scheme: Scheme
    units: Mapping[str, Unit]
    facts: Mapping[str, Sequence[Row]]
    year: str = ""
    figures: Mapping[tuple[str, str], Numbers] = field(default_factory=dict, repr=False)

    @cached_property
    def layout(self) -> Layout:
        """The units as columns."""
        return Layout.of(self.units, self.scheme)

    def rows(self, table: str) -> Sequence[Row]:
        """The rows of a table, none when it is absent."""
        return self.facts.get(table, ())

    def figure_row(self, unit: str, indicator: str) -> Row | None:
        """The row of a value that came in columns, None where the unit has none."""
        at = self.layout.index[unit]
        held = {fact: self.figures.get((indicator, fact)) for fact in FACTS}
        cells = {fact: one.text(at) for fact, one in held.items() if one is not None}
        if not any(cells.values()):
            return None
        name = f"{unit}/{indicator}"
        return Row("values", name, name, {"unit": unit, "indicator": indicator, **cells})

    def figure_rows(self) -> Iterator[Row]:
        """The rows of all values that came in columns."""
        for indicator in dict.fromkeys(name for name, _ in self.figures):
            for unit in self.layout.units:
                row = self.figure_row(unit, indicator)
                if row is not None:
                    yield row

    def in_rows(self) -> Round:
        """The same round with a row for every value."""
        if not self.figures:
            return self
        values = (*self.rows("values"), *self.figure_rows())
        return replace(self, facts={**self.facts, "values": values}, figures={})

    def name_of(self, text: str | None) -> str:
        """A unit's name by its id; any other text (a department that is no unit) as it is."""
        unit = self.units.get(text or "")
        return unit.name if unit else text or ""

    def in_group(self, group: str) -> list[Unit]:
        """The units of a comparison group."""
        return [self.units[self.layout.units[at]] for at in self.layout.members(group)]


def assemble(
    round_id: str,
    name: str,
    scheme: Scheme,
    unit_rows: Sequence[Row],
    tables: Mapping[str, Sequence[Row]],
    year: str = "",
) -> tuple[Round, list[Problem]]:
    """A round from rows as read: units placed in groups, names settled, doubled rows found."""
    units, problems = _units(unit_rows, scheme)
    round_ = Round(round_id, name, scheme, units, {}, year)
    if not units:  # then no row could be placed, and every one would be told
        return round_, problems
    round_, more = with_facts(round_, tables)
    return round_, problems + more


def with_facts(round_: Round, tables: Mapping[str, Sequence[Row]]) -> tuple[Round, list[Problem]]:
    """The same round with rows as read."""
    names = {unit.id: unit.name for unit in round_.units.values()}
    indicators = {one.id: one.name for one in round_.scheme.indicators.values()}
    resolved, problems = resolve({k: list(v) for k, v in tables.items()}, names, indicators)
    settled, more = settle(resolved, round_.scheme)
    facts, doubled = doubles(settled, {**indicators, **names})
    return replace(round_, facts=facts), [*problems, *more, *doubled]


def _units(rows: Sequence[Row], scheme: Scheme) -> tuple[dict[str, Unit], list[Problem]]:
    units: dict[str, Unit] = {}
    problems: list[Problem] = [*_unclear_units(rows)]
    for row in rows:
        lacking = blanks(row)
        problems += lacking
        unit = None if lacking else _unit(row, scheme, problems)
        if row["unit"] in units:
            problems.append(problem("fact.unit-doubled", row.spot("unit"), unit=row["unit"]))
        elif unit is not None:
            units[unit.id] = unit
    if not rows:
        problems.append(problem("fact.no-units"))
    return units, problems + strangers(units, scheme) + unequal_sheets(units, scheme)


def _unclear_units(rows: Sequence[Row]) -> Iterator[Problem]:
    """Ids that are none, and units whose id or name is another's name."""
    owners: dict[str, str] = {}
    for row in rows:
        if blanks(row):
            continue
        try:
            id_of_thing(row["unit"])
        except Refused as refused:
            yield refused.at(row.spot("unit"))
        for word in {alike(row["unit"]), alike(row["name"])}:
            if owners.setdefault(word, row["unit"]) != row["unit"]:
                first = owners[word]
                yield problem("fact.unit-unclear", row.spot("name"), unit=row["name"], first=first)


def _unit(row: Row, scheme: Scheme, problems: list[Problem]) -> Unit | None:
    names = {key: one.name for key, one in scheme.series.items()}
    series = id_of(row["series"], names)
    if series not in names:
        words = {"series": row["series"], "near": near(row["series"], [*names, *names.values()])}
        problems.append(problem("fact.series-unknown", row.spot("series"), **words))
        return None
    groups = scheme.series[series].groups
    group = id_of(row["group"], groups)
    if group not in (groups or {"": ""}):
        alike = near(row["group"], [*groups, *groups.values()])
        words = {"group": row["group"], "series": names[series], "near": alike}
        problems.append(problem("fact.group-unknown", row.spot("group"), **words))
        return None
    return Unit(row["unit"], row["name"], series, f"{series}/{group}" if group else series)


def strangers(units: Mapping[str, Unit], scheme: Scheme) -> list[Problem]:
    """Own sheets for units that are not there."""
    return [
        problem(
            "scheme.own-sheet-unit-unknown", series=series.name, unit=unit, near=near(unit, units)
        )
        for series in scheme.series.values()
        for unit in series.own_sheets
        if unit not in units or units[unit].series != series.id
    ]


def unequal_sheets(units: Mapping[str, Unit], scheme: Scheme) -> list[Problem]:
    """Groups whose units are judged on sheets of different totals without `scale_to` (§3)."""
    layout = Layout.of(units, scheme)
    if len(layout.kinds) < 2:
        return []
    problems: list[Problem] = []
    pairs = pl.DataFrame({"group": layout.groups, "kind": layout.judged}).unique().sort("group")
    for (group,), kinds in pairs.group_by("group", maintain_order=True):
        judged = [layout.kinds[kind] for kind in kinds["kind"].sort()]
        totals = {sheet: scheme.sheets[sheet].total for _, sheet in judged}
        unscaled = all(scheme.series[series].scale_to is None for series, _ in judged)
        if unscaled and len(set(totals.values())) > 1:
            name = scheme.group_names()[layout.names[int(group)]]
            shown = "，".join(f"{one} {scheme.scale.show(total)}" for one, total in totals.items())
            problems.append(problem("scheme.totals-differ", group=name, totals=shown))
    return problems
