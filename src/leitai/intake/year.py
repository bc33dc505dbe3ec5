"""Facts of an annual round: heads, headcounts, results of earlier years, successions (§11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from leitai.facts.round import Round
from leitai.facts.rows import Row
from leitai.facts.tables import TABLES
from leitai.intake.entries import is_nobody
from leitai.near import near
from leitai.points import exact, whole
from leitai.problems import Problem, Refused, problem, warning
from leitai.scheme.year import HEAD, Year

_TABLES = ("heads", "headcounts", "history", "successions")
_PLACES = (("place", "bottom"), ("base_place", "base_bottom"))


@dataclass(frozen=True)
class Standing:
    """Final and base places of a unit; all None where it was not ranked."""

    place: int | None
    bottom: int | None
    base_place: int | None
    base_bottom: int | None

    def is_last(self, on: str) -> bool:
        """Whether nobody is behind while somebody is ahead, by final or base places."""
        final = (self.place, self.bottom)
        place, bottom = final if on == "final" else (self.base_place, self.base_bottom)
        return bottom == 1 and place is not None and place > 1


@dataclass(frozen=True)
class Past:
    """A unit's result in an earlier year; `unit` may be one of old, `head` is "" where unknown."""

    unit: str
    year: int
    standing: Standing
    head: str
    row: Row


@dataclass(frozen=True)
class YearFacts:
    """What is known of the year and of those before it.

    `successions`: (unit, year) → the row that names its predecessor of that year.
    """

    year: int
    heads: Mapping[str, str]
    headcounts: Mapping[str, str]
    past: Sequence[Past]
    successions: Mapping[tuple[str, int], Row]

    @cached_property
    def by_year(self) -> Mapping[int, Mapping[str, Past]]:
        """Results of each earlier year, by unit."""
        found: dict[int, dict[str, Past]] = {}
        for one in self.past:
            found.setdefault(one.year, {})[one.unit] = one
        return found

    def result(self, unit: str, year: int) -> Past | None:
        """The result of a unit of today in an earlier year, by its succession."""
        succession = self.successions.get((unit, year))
        name = succession["predecessor"] if succession is not None else unit
        return self.by_year.get(year, {}).get(name)


def take_year(round_: Round) -> tuple[YearFacts | None, list[Problem]]:
    """The facts of an annual round, None for other rounds; all Problems at once."""
    rule = round_.scheme.year
    if rule is None:
        return None, list(_unused(round_))
    problems: list[Problem] = []
    year = _year_of(round_.year, "", problems)
    problems += [one for row in round_.rows("heads") for one in _nobody(round_, row)]
    problems += [one for row in round_.rows("heads") for one in _later(round_, row, year)]
    facts = YearFacts(
        year=year,
        heads={row["unit"]: row["head"] for row in round_.rows("heads")},
        headcounts=_headcounts(round_, problems),
        past=_past(round_, year, problems),
        successions={
            (row["unit"], _earlier(round_, row, year, problems)): row
            for row in round_.rows("successions")
        },
    )
    return facts, [*problems, *_gaps(round_, rule, facts)]


def _unused(round_: Round) -> Iterator[Problem]:
    """Warnings of tables that only annual rounds read."""
    for table in _TABLES:
        if round_.rows(table):
            names = {"table": TABLES[table].zh, "table_name": table}
            yield warning("year.facts-unused", round_.rows(table)[0].where, **names)


def _year_of(text: str, where: str, problems: list[Problem]) -> int:
    """A year of four figures; 0 with a Problem for any other text."""
    if len(text) == 4 and text.isascii() and text.isdigit() and text[0] != "0":
        return int(text)
    refused = problem("fact.not-a-year", where, text=text) if text else problem("year.missing")
    problems.append(refused)
    return 0


def _nobody(round_: Round, row: Row) -> Iterator[Problem]:
    """A head whose cell names nobody: two vacant posts would be one person two years running."""
    if row["head"] and is_nobody(row["head"]):
        words = {"unit": round_.name_of(row["unit"]), "text": row["head"]}
        yield problem("year.head-unclear", row.spot("head"), **words)


def _later(round_: Round, row: Row, year: int) -> Iterator[Problem]:
    """A head who took office after the year: somebody else was in office when it ended."""
    if row["since"] > f"{year}-12-31":
        words = {"unit": round_.name_of(row["unit"]), "head": row["head"], "since": row["since"]}
        yield warning("year.head-later", row.spot("since"), year=f"{year}", **words)


def _headcounts(round_: Round, problems: list[Problem]) -> dict[str, str]:
    """Headcounts by unit, as typed."""
    found: dict[str, str] = {}
    for row in round_.rows("headcounts"):
        name = round_.name_of(row["unit"])
        try:
            if exact(row["headcount"]) <= 0:
                words = {"unit": name, "text": row["headcount"]}
                problems.append(problem("year.headcount-refused", row.spot("headcount"), **words))
        except Refused as refused:
            problems.append(refused.at(row.spot("headcount")))
        found[row["unit"]] = row["headcount"]
    return found


def _past(round_: Round, this: int, problems: list[Problem]) -> list[Past]:
    found: list[Past] = []
    for row in round_.rows("history"):
        year = _earlier(round_, row, this, problems)
        problems += _nobody(round_, row)
        if row["imported"] not in ("", "yes"):
            words = {"text": row["imported"]}
            problems.append(problem("year.imported-refused", row.spot("imported"), **words))
        standing = _standing(round_, row, problems)
        found.append(Past(row["unit"], year, standing, row["head"], row))
    return found


def _earlier(round_: Round, row: Row, this: int, problems: list[Problem]) -> int:
    """The year a row speaks of, which must lie before the round's."""
    year = _year_of(row["year"], row.spot("year"), problems)
    if this and year >= this:
        words = {"unit": round_.name_of(row["unit"]), "year": row["year"], "this": this}
        problems.append(problem("year.not-past", row.spot("year"), **words))
    return year


def _standing(round_: Round, row: Row, problems: list[Problem]) -> Standing:
    """The places of a row, base places the final ones where none are given."""
    unit = round_.name_of(row["unit"])
    places = {name: _place(row, name, unit, problems) for pair in _PLACES for name in pair}
    for pair in _PLACES:
        if bool(row[pair[0]]) != bool(row[pair[1]]):
            words = {"unit": unit, "year": row["year"], "column": "|".join(pair)}
            problems.append(problem("year.half-placed", row.where, **words))
    if places["base_place"] is None:
        places |= {"base_place": places["place"], "base_bottom": places["bottom"]}
    return Standing(**places)


def _place(row: Row, column: str, unit: str, problems: list[Problem]) -> int | None:
    if not row[column]:
        return None
    try:
        place = whole(row[column])
    except Refused as refused:
        problems.append(refused.at(row.spot(column)))
        return None
    if place < 1:
        words = {"text": row[column], "unit": unit}
        problems.append(problem("year.place-refused", row.spot(column), **words))
    return place


def _gaps(round_: Round, rule: Year, facts: YearFacts) -> Iterator[Problem]:
    """What a run cannot be told without: heads, the year before, names that lead somewhere."""
    if rule.follow == HEAD:
        for unit in round_.units.values():
            if unit.series in rule.bound and unit.id not in facts.heads:
                yield problem("year.head-missing", unit=unit.name)
    if any(one.when.years_running > 1 for one in rule.consequences):
        if facts.year and facts.year - 1 not in facts.by_year:
            yield warning("year.no-history", year=facts.year - 1)
        yield from _headless(round_, rule, facts)
    yield from _lost_names(round_, facts)


def _headless(round_: Round, rule: Year, facts: YearFacts) -> Iterator[Problem]:
    """Warnings of results that would count for a head nobody wrote down."""
    unbound = {unit.id for unit in round_.units.values() if unit.series not in rule.bound}
    for one in facts.past if rule.follow == HEAD else ():
        was_last = one.standing.is_last(rule.last_on)
        if was_last and not one.head and one.unit not in unbound:
            words = {"unit": round_.name_of(one.unit), "year": one.year}
            yield warning("year.head-unknown", one.row.where, **words)


def _lost_names(round_: Round, facts: YearFacts) -> Iterator[Problem]:
    """Warnings of names that look like slips: they lead from no unit to no result."""
    today = [word for unit in round_.units.values() for word in (unit.id, unit.name)]
    named = {(row["predecessor"], year) for (_, year), row in facts.successions.items()}
    for one in facts.past:
        if one.unit not in round_.units and (one.unit, one.year) not in named:
            alike = near(one.unit, today)
            if alike:
                where = one.row.spot("unit")
                yield warning("year.unit-of-old", where, unit=one.unit, alike=alike)
    for (_, year), row in facts.successions.items():
        of_year = facts.by_year.get(year, {})
        if of_year and row["predecessor"] not in of_year:
            words = {"predecessor": round_.name_of(row["predecessor"]), "year": year}
            alike = near(row["predecessor"], of_year)
            yield warning("year.predecessor-unknown", row.spot("predecessor"), near=alike, **words)
