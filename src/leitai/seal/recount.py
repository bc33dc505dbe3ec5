"""An independent recount of an evaluation round.

This file recomputes a whole board from "The rules of evaluation" and from the round as plain
JSON. It shares nothing with the program that made the board. It follows the sections of the
rules in their order, and every function names the section (§) it restates. It is written to
be read: slow, plain, one thought per function, and exact (ratios of whole numbers only).

    python3 recount.py round.json               prints the board's units and lines
    python3 recount.py round.json board.json    compares: 0 same, 1 different, 2 unreadable
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

Row = dict[str, Any]
"""One object of the plain JSON: a fact, a measure, a series ..."""

Key = tuple[str, str]
"""A unit and an indicator (or whatever else the second word of a fact is)."""

ZERO = Fraction(0)
ONE = Fraction(1)


class Refusal(Exception):
    """The input cannot be recounted; the text is one sentence saying why."""


# ---------------------------------------------------------------------------------------------
# §1  The ledger
# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """§1: one ledger line; `part` is the number of a chain's part."""

    unit: str
    item: str | None
    indicator: str | None
    kind: str
    points: Fraction
    source: str | None = None
    part: int | None = None


def total_of(lines: Iterable[Line]) -> Fraction:
    """§1: a score is the sum of its lines and nothing else."""
    return sum((line.points for line in lines), ZERO)


# ---------------------------------------------------------------------------------------------
# §2  Numbers
# ---------------------------------------------------------------------------------------------

NUMBER = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?")


def number(text: object) -> Fraction:
    """§2: a number comes in as text and is exact inside; at most 18 digits."""
    found = NUMBER.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise Refusal(f"{text!r} is not a number written as text")
    sign, before, after = found.group(1), found.group(2), found.group(3) or ""
    if len(before + after) > 18:
        raise Refusal(f"the number {text!r} has more than 18 digits")
    size = Fraction(int(before + after), ten_to(len(after)))
    return -size if sign == "-" else size


def whole(text: object) -> int:
    """§2: a number that has to be whole."""
    value = number(text)
    if value.denominator != 1:
        raise Refusal(f"{text!r} is not a whole number")
    return value.numerator


def is_percent(text: object) -> bool:
    """§4: whether a text is written with %."""
    return isinstance(text, str) and text.endswith("%")


def share(text: object) -> Fraction:
    """§4: `30%` is 30/100; a number without % is taken as it stands."""
    if isinstance(text, str) and is_percent(text):
        return number(text[:-1].strip()) * Fraction(1, 100)
    return number(text)


def divided(above: Fraction, below: Fraction) -> Fraction:
    """§2: an exact ratio; a division by zero has no answer."""
    if below == 0:
        raise Refusal("the round asks for a division by zero")
    return Fraction(above, below)


def ratio(text: object) -> Fraction:
    """§6: a mean is a number or a ratio `a/b`."""
    if isinstance(text, str) and "/" in text:
        above, _, below = text.partition("/")
        return divided(number(above.strip()), number(below.strip()))
    return number(text)


def ten_to(places: int) -> int:
    """§2: ten to the power of `places`: a one and so many noughts."""
    if not 0 <= places <= 18:
        raise Refusal(f"{places} decimals are not possible")
    return int("1" + "0" * places)


def nearest(value: Fraction, rule: str) -> int:
    """§2: the nearest whole number; a half goes away from zero, or to the even neighbour."""
    below, rest = divmod(abs(value), 1)
    half = Fraction(1, 2)
    up = rest > half or (rest == half and (rule == "half_up" or below % 2 == 1))
    size = below + 1 if up else below
    return -size if value < 0 else size


def rounded(value: Fraction, places: int, rule: str) -> Fraction:
    """§2: one rounding to so many decimals, by the rule named."""
    if rule not in ("half_up", "half_even"):
        raise Refusal(f"the rounding {rule!r} is not known")
    return Fraction(nearest(value * ten_to(places), rule), ten_to(places))


def written(value: Fraction, places: int) -> str:
    """§2: points go out as text with exactly so many decimals, zero without a sign."""
    scaled = value * ten_to(places)
    if scaled.denominator != 1:
        raise Refusal(f"the points {value} are finer than {places} decimals")
    digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
    head, tail = digits[: len(digits) - places], digits[len(digits) - places :]
    return ("-" if scaled < 0 else "") + head + ("." + tail if places else "")


def mean_of(values: list[Fraction]) -> Fraction:
    """§4, §6, §7: a plain mean, exact."""
    return divided(sum(values, ZERO), Fraction(len(values)))


# ---------------------------------------------------------------------------------------------
# §3  The scheme
# ---------------------------------------------------------------------------------------------

LEVELS: list[Row] = [
    {"id": "excellent", "name": "优秀", "top": "30%"},
    {"id": "good", "name": "良好"},
    {"id": "fair", "name": "一般", "bottom": "10%"},
]
"""§10: the levels of a scheme that names none."""


@dataclass(frozen=True)
class Sheet:
    """§3: full marks per indicator, those that count and those under `outside:`."""

    inside: dict[str, Fraction]
    outside: dict[str, Fraction]

    def has(self, indicator: str) -> bool:
        """§3: whether the sheet has the indicator, inside or outside."""
        return indicator in self.inside or indicator in self.outside

    def full(self, indicator: str) -> Fraction | None:
        """§1: the indicator's full marks, inside or outside; none where the sheet lacks it."""
        return self.inside.get(indicator, self.outside.get(indicator))

    def everything(self) -> list[str]:
        """§3: every indicator of the sheet, outside ones last."""
        return [*self.inside, *self.outside]

    def total(self) -> Fraction:
        """§3: the sheet total; indicators under `outside:` are not counted."""
        return sum(self.inside.values(), ZERO)


@dataclass(frozen=True)
class Unit:
    """§3: what is judged: its series, its comparison group and the sheet it is judged by."""

    id: str
    series: Row
    group: str
    sheet: Sheet


@dataclass(frozen=True)
class Book:
    """The scheme and the facts of one round, with the look-ups that every section needs."""

    scheme: Row
    facts: dict[str, list[Row]]
    indicators: dict[str, Row]
    sheets: dict[str, Sheet]
    units: dict[str, Unit]
    values: dict[Key, Row]
    previous: dict[Key, Fraction]
    exempt: dict[Key, str | None]
    scores: dict[Key, Fraction]

    def points_setting(self, name: str, default: str) -> str:
        """§2: one of the scheme's settings for points."""
        return str(self.scheme.get("points", {}).get(name, default))

    @property
    def line_places(self) -> int:
        """§2: decimals of a line (2)."""
        return whole(self.points_setting("line_places", "2"))

    @property
    def total_places(self) -> int:
        """§2: decimals of a printed total (as many as a line's)."""
        return whole(self.points_setting("total_places", str(self.line_places)))

    @property
    def rounding(self) -> str:
        """§2: the scheme's rounding rule (half_up)."""
        return self.points_setting("rounding", "half_up")

    def line_points(self, value: Fraction) -> Fraction:
        """§2: the one rounding that turns an exact ratio into a line."""
        return rounded(value, self.line_places, self.rounding)

    def table(self, name: str) -> list[Row]:
        """The rows of one table of facts, in the order in which they were read."""
        return self.facts.get(name, [])

    def measure(self, indicator: str) -> Row:
        """§3: the measure of an indicator."""
        found = self.indicators[indicator]["measure"]
        if not isinstance(found, dict):
            raise Refusal(f"the measure of the indicator {indicator} is not readable")
        return found

    def kind(self, indicator: str) -> str:
        """§4: the kind of an indicator's measure."""
        return str(self.measure(indicator)["kind"])

    def item(self, indicator: str) -> str:
        """§3: the item of an indicator."""
        return str(self.indicators[indicator]["item"])

    def holders(self, indicator: str) -> list[str]:
        """§3: the units whose sheet has the indicator and who are not exempt from it."""
        return [
            unit.id
            for unit in self.units.values()
            if unit.sheet.has(indicator) and (unit.id, indicator) not in self.exempt
        ]


def by_id_or_name(entries: dict[str, str], text: str, what: str) -> str:
    """Formats: an id, or the name that stands for it."""
    if text in entries:
        return text
    found = [entry for entry, name in entries.items() if name == text]
    if len(found) != 1:
        raise Refusal(f"{what} {text!r} is not known")
    return found[0]


def names_of(entries: Iterable[Row]) -> dict[str, str]:
    """Formats: the ids of a list of entries, each with its name."""
    return {str(entry["id"]): str(entry.get("name", "")) for entry in entries}


def read_sheet(marks: Row) -> Sheet:
    """§3: one sheet; the word `outside` is no indicator."""
    inside = {name: number(text) for name, text in marks.items() if name != "outside"}
    outside = {name: number(text) for name, text in marks.get("outside", {}).items()}
    return Sheet(inside, outside)


def read_group(series: Row, text: str) -> str:
    """§3: the comparison group's id; a series without groups is one group of the same id."""
    groups = series.get("groups") or {}
    if not groups:
        return str(series["id"])
    names = {str(key): str(name) for key, name in groups.items()}
    return f"{series['id']}/{by_id_or_name(names, text, 'the group')}"


def read_unit(scheme: Row, sheets: dict[str, Sheet], row: Row) -> Unit:
    """§3: a unit belongs to one series and group; `own_sheets` gives it another sheet."""
    every = scheme["series"]
    series_id = by_id_or_name(names_of(every), str(row["series"]), "the series")
    series = next(one for one in every if one["id"] == series_id)
    sheet = series.get("own_sheets", {}).get(row["unit"], series["sheet"])
    group = read_group(series, str(row.get("group", "")))
    return Unit(str(row["unit"]), series, group, sheets[sheet])


def keyed(rows: list[Row], second: str) -> dict[Key, Row]:
    """Formats: rows by unit and a second word; two rows for one key contradict each other."""
    found: dict[Key, Row] = {}
    for row in rows:
        key = (str(row["unit"]), str(row[second]))
        if key in found:
            raise Refusal(f"there are two rows for {key[0]} and {key[1]}")
        found[key] = row
    return found


def read_previous(scheme: Row, rows: list[Row]) -> dict[Key, Fraction]:
    """Formats: previous values by unit and what they are about (id, or an adjustment's name)."""
    names = {str(body.get("name", "")): key for key, body in scheme.get("adjustments", {}).items()}
    said = [{**row, "about": names.get(row["about"], row["about"])} for row in rows]
    return {key: number(row["value"]) for key, row in keyed(said, "about").items()}


def read_book(source: Row) -> Book:
    """Formats: the whole round, opened for the sections that follow."""
    scheme, facts = source["scheme"], source.get("facts", {})
    sheets = {name: read_sheet(marks) for name, marks in scheme["sheets"].items()}
    units = [read_unit(scheme, sheets, row) for row in source["units"]]
    if len({unit.id for unit in units}) != len(units):
        raise Refusal("a unit stands twice in the list of units")
    exemptions = keyed(facts.get("exemptions", []), "indicator")
    return Book(
        scheme=scheme,
        facts=facts,
        indicators={str(one["id"]): one for one in scheme["indicators"]},
        sheets=sheets,
        units={unit.id: unit for unit in units},
        values=keyed(facts.get("values", []), "indicator"),
        previous=read_previous(scheme, facts.get("previous", [])),
        exempt={key: row.get("id") for key, row in exemptions.items()},
        scores={},
    )


def groups_of(book: Book) -> dict[str, list[str]]:
    """§3: the comparison groups and the units of each."""
    groups: dict[str, list[str]] = {}
    for unit in book.units.values():
        groups.setdefault(unit.group, []).append(unit.id)
    return groups


def peers_of(book: Book, group: list[str], indicator: str) -> list[str]:
    """§3: the units of the group whose sheet has the indicator, exempt ones left out."""
    holders = set(book.holders(indicator))
    return [unit for unit in group if unit in holders]


# ---------------------------------------------------------------------------------------------
# §4  Measures that work on values
# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Figures:
    """§4: what was reported for one unit and indicator."""

    actual: Fraction
    target: Fraction | None
    previous: Fraction | None
    coefficient: Fraction


@dataclass(frozen=True)
class Question:
    """§4: one unit's figures, its peers' (itself included) and the rule that judges them."""

    settings: Row
    full: Fraction
    lower: bool
    own: Figures
    peers: list[Figures]

    def actuals(self) -> list[Fraction]:
        """§3: the actual values of the peers."""
        return [peer.actual for peer in self.peers]

    def limit(self, text: object) -> Fraction:
        """§4: a limit: with % a share of full, bare a number of points."""
        return self.full * share(text) if is_percent(text) else number(text)

    def setting(self, name: str, default: str) -> Fraction:
        """§4: a limit of the measure by its name, or its default."""
        return self.limit(self.settings.get(name, default))

    def held(self, points: Fraction) -> Fraction:
        """§4: max(floor, min(cap, points)); `cap: none` holds nothing down."""
        if self.settings.get("cap", "100%") != "none":
            points = min(points, self.setting("cap", "100%"))
        return max(points, self.setting("floor", "0"))

    def better(self, one: Fraction, other: Fraction) -> bool:
        """§3: whether one figure is strictly better than another, by the direction."""
        return one < other if self.lower else one > other


def needed(value: Fraction | None, what: str) -> Fraction:
    """§5: missing is never zero."""
    if value is None:
        raise Refusal(f"a {what} is missing")
    return value


def read_figures(row: Row | None) -> Figures:
    """§4: the figures of one row of values."""
    if row is None or "actual" not in row:
        raise Refusal("an actual value is missing")
    target, previous = row.get("target"), row.get("previous")
    return Figures(
        actual=number(row["actual"]),
        target=None if target is None else number(target),
        previous=None if previous is None else number(previous),
        coefficient=number(row.get("coefficient", "1")),
    )


def between(low: Fraction, high: Fraction, points: Fraction) -> Fraction:
    """§4: "held between a and b" is max(a, min(b, .))."""
    return max(low, min(high, points))


def completion(ask: Question) -> Fraction:
    """§4 completion: full x rate x coefficient, held; under the threshold 0."""
    target = needed(ask.own.target, "target")
    if ask.lower and ask.own.actual <= 0:
        return completion_at_cap(ask)
    rate = divided(target, ask.own.actual) if ask.lower else divided(ask.own.actual, target)
    threshold = ask.settings.get("threshold", "none")
    if threshold != "none" and rate < share(threshold):
        return ZERO
    return ask.held(ask.full * rate * ask.own.coefficient)


def completion_at_cap(ask: Question) -> Fraction:
    """§4 completion: lower is better and the actual is not above 0: the cap."""
    if ask.settings.get("cap", "100%") == "none":
        raise Refusal("an actual value of 0 or less has no completion rate without a cap")
    return ask.setting("cap", "100%")


def baseline(ask: Question) -> Fraction:
    """§4 baseline: base + k x step, held; `whole` cuts k towards zero."""
    target = needed(ask.own.target, "target")
    distance = target - ask.own.actual if ask.lower else ask.own.actual - target
    per = ask.settings["per"]
    steps = divided(distance, target * share(per) if is_percent(per) else number(per))
    if ask.settings.get("whole", "no") == "yes":
        steps = Fraction(int(steps))
    return ask.held(ask.setting("base", "100%") + steps * ask.setting("step", "0"))


def best_ratio(ask: Question) -> Fraction:
    """§4 best_ratio: full x own / best; lower: full x best / own; between 0 and full."""
    if ask.lower:
        part = divided(min(ask.actuals()), ask.own.actual)
    else:
        part = divided(ask.own.actual, max(ask.actuals()))
    return between(ZERO, ask.full, ask.full * part)


def efficacy_limit(ask: Question, name: str, smallest: bool) -> Fraction:
    """§4 efficacy: a limit that is a number (in growth: with %), or taken from the peers."""
    text = ask.settings.get(name, "peers")
    if text != "peers":
        return share(text)
    return min(ask.actuals()) if smallest else max(ask.actuals())


def efficacy(ask: Question) -> Fraction:
    """§4 efficacy: b + (full - b) x (actual - lo) / (hi - lo), between 0 and full."""
    low = efficacy_limit(ask, "unacceptable", smallest=not ask.lower)
    high = efficacy_limit(ask, "satisfactory", smallest=ask.lower)
    if high == low:
        return ask.full
    base = ask.setting("base", "60%")
    way = divided(ask.own.actual - low, high - low)
    return between(ZERO, ask.full, base + (ask.full - base) * way)


def place(ask: Question) -> Fraction:
    """§4 place: 1 + the number of strictly better peers, by step or by table."""
    ahead = sum(1 for other in ask.actuals() if ask.better(other, ask.own.actual))
    table = [ask.limit(text) for text in ask.settings.get("table", [])]
    if not table:
        return max(ask.setting("floor", "0"), ask.full - ahead * ask.limit(ask.settings["step"]))
    if ask.settings.get("from", "top") == "bottom":
        return place_from_bottom(ask, table, len(ask.peers) - ahead)
    return place_from_top(ask, table, ahead + 1)


def place_from_top(ask: Question, table: list[Fraction], entry: int) -> Fraction:
    """§4 place: the p-th entry; beyond the table down by step, not under the floor."""
    if entry <= len(table):
        return table[entry - 1]
    fallen = table[-1] - (entry - len(table)) * ask.limit(ask.settings["step"])
    return max(ask.setting("floor", "0"), fallen)


def place_from_bottom(ask: Question, table: list[Fraction], entry: int) -> Fraction:
    """§4 place: entry q = m + 1 - p; beyond the table up by step, not above full."""
    if entry <= len(table):
        return table[entry - 1]
    risen = table[-1] + (entry - len(table)) * ask.limit(ask.settings["step"])
    return min(ask.full, risen)


def bands(ask: Question) -> Fraction:
    """§4 bands: the first band whose bound the actual reaches; the bound is inside."""
    word = "to" if ask.lower else "from"
    for band in ask.settings["bands"]:
        bound = share(band[word]) if word in band else ask.own.actual
        if not ask.better(bound, ask.own.actual):
            return ask.limit(band["points"])
    raise Refusal("a list of bands has no open last band")


def growth(ask: Question) -> Fraction:
    """§4 growth: another measure, with the growth in place of the actual."""
    absolute = any(needed(peer.previous, "previous value") <= 0 for peer in ask.peers)
    if absolute and not judges_changes(ask.settings["by"]):
        raise Refusal("growth from a previous value of 0 or less has no rate")
    grown = replace(
        ask,
        settings=ask.settings["by"],
        own=grown_figures(ask.own, absolute),
        peers=[grown_figures(peer, absolute) for peer in ask.peers],
    )
    return VALUE_MEASURES[str(ask.settings["by"]["kind"])](grown)


def judges_changes(by: Row) -> bool:
    """§4 growth: whether the measure can be put to absolute changes."""
    fixed = {by.get("unacceptable", "peers"), by.get("satisfactory", "peers")} != {"peers"}
    return by["kind"] == "place" or (by["kind"] == "efficacy" and not fixed)


def grown_figures(figures: Figures, absolute: bool) -> Figures:
    """§4 growth: (actual - previous) / previous, or the absolute change."""
    previous = needed(figures.previous, "previous value")
    change = figures.actual - previous
    return replace(figures, actual=change if absolute else divided(change, previous))


def attain(ask: Question) -> Fraction:
    """§4 attain: full where the target is reached, else 0."""
    missed = ask.better(needed(ask.own.target, "target"), ask.own.actual)
    return ZERO if missed else ask.full


def versus_mean(ask: Question) -> Fraction:
    """§4 versus_mean: base, and so much for each 1 of distance from the peers' mean."""
    mean = mean_of(ask.actuals())
    distance = ask.own.actual - mean
    if ask.settings.get("difference", "percent") == "percent":
        distance = divided(distance, mean) * 100
    if ask.lower:
        distance = -distance
    points = ask.limit(ask.settings["base"])
    points += bracketed(ask, ask.settings.get("above", []), max(distance, ZERO))
    points -= bracketed(ask, ask.settings.get("below", []), max(-distance, ZERO))
    return ask.held(points)


def bracketed(ask: Question, brackets: list[Row], distance: Fraction) -> Fraction:
    """§4 versus_mean: like income tax, each bracket's step for what lies inside it."""
    points, start = ZERO, ZERO
    for bracket in brackets:
        end = number(bracket["to"]) if "to" in bracket else max(distance, start)
        inside = max(min(distance, end) - start, ZERO)
        points += inside * ask.limit(bracket["step"])
        start = end
    return points


VALUE_MEASURES: dict[str, Callable[[Question], Fraction]] = {
    "completion": completion,
    "baseline": baseline,
    "best_ratio": best_ratio,
    "efficacy": efficacy,
    "place": place,
    "bands": bands,
    "growth": growth,
    "attain": attain,
    "versus_mean": versus_mean,
}


# ---------------------------------------------------------------------------------------------
# §4  From points earned to lines
# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """§4: one indicator on one unit's sheet, about to be measured."""

    book: Book
    unit: str
    indicator: str
    full: Fraction

    @property
    def measure(self) -> Row:
        """§4: the indicator's measure."""
        return self.book.measure(self.indicator)

    def line(
        self, kind: str, points: Fraction, source: str | None = None, part: int | None = None
    ) -> Line:
        """§1: one line of this unit and indicator."""
        item = self.book.item(self.indicator)
        return Line(self.unit, item, self.indicator, kind, points, source, part)

    def limit(self, text: object) -> Fraction:
        """§4: a limit in points; a share of full is brought to a line's decimals."""
        if is_percent(text):
            return self.book.line_points(self.full * share(text))
        return number(text)

    def rows(self, table: str) -> list[Row]:
        """§5: the rows of a table for this unit and indicator."""
        return [
            row
            for row in self.book.table(table)
            if row.get("unit") == self.unit and row.get("indicator") == self.indicator
        ]


def earned_lines(
    entry: Entry, full: Fraction, earned: Fraction, source: str | None, part: int | None = None
) -> list[Line]:
    """§1: `full`, and `loss` or `gain` where the points earned are different."""
    lines = [entry.line("full", full, source, part)]
    if earned != full:
        kind = "loss" if earned < full else "gain"
        lines.append(entry.line(kind, earned - full, source, part))
    return lines


def value_question(entry: Entry, peers: dict[str, Figures]) -> Question:
    """§4: the question that a measure on values has to answer."""
    direction = entry.book.indicators[entry.indicator].get("direction", "higher_is_better")
    return Question(
        settings=entry.measure,
        full=entry.full,
        lower=direction == "lower_is_better",
        own=peers[entry.unit],
        peers=list(peers.values()),
    )


def value_lines(entry: Entry, peers: dict[str, Figures]) -> list[Line]:
    """§2, §4: the points earned become a line by one rounding."""
    earned = points_earned(entry.book, value_question(entry, peers))
    return earned_lines(entry, entry.full, earned, value_source(entry))


def value_source(entry: Entry) -> str | None:
    """§1: the id of the row of values that caused the lines."""
    return entry.book.values.get((entry.unit, entry.indicator), {}).get("id")


def chain_lines(entry: Entry, peers: dict[str, Figures]) -> list[Line]:
    """§4 chain: every part by itself; with `if_full` only while all before it were full."""
    always = entry.measure.get("then", "if_full") == "always"
    ask, counts, lines = value_question(entry, peers), True, list[Line]()
    for number_of_part, part in enumerate(entry.measure["parts"], start=1):
        asked = replace(ask, settings=part, full=number(part["full"]))
        earned = points_earned(entry.book, asked) if counts else ZERO
        lines += earned_lines(entry, asked.full, earned, value_source(entry), number_of_part)
        counts = always or (counts and earned >= asked.full)
    return lines


def points_earned(book: Book, ask: Question) -> Fraction:
    """§2, §4: the points of one measure on values, after its one rounding."""
    return book.line_points(VALUE_MEASURES[str(ask.settings["kind"])](ask))


def deduct_lines(entry: Entry) -> list[Line]:
    """§4 deduct: full, every event taken off, and what the floor gives back."""
    events = entry.rows("events") + late_events(entry)
    lines = [entry.line("full", entry.full)]
    lines += [entry.line("event", -number(row["points"]), row.get("id")) for row in events]
    floor = entry.limit(entry.measure.get("floor", "0"))
    left = total_of(lines)
    return lines + ([entry.line("floor", floor - left)] if left < floor else [])


def late_events(entry: Entry) -> list[Row]:
    """§5: each late return is one event on the reporting department's own sheet."""
    lateness = entry.book.scheme.get("lateness") or {}
    if lateness.get("indicator") != entry.indicator:
        return []
    late = [row for row in entry.book.table("late") if row["unit"] == entry.unit]
    return [{"id": row.get("id"), "points": late_points(entry, lateness, row)} for row in late]


def late_points(entry: Entry, lateness: Row, row: Row) -> str:
    """§5: `points` per time, or `points` x days late."""
    points = number(lateness["points"])
    if lateness.get("per", "time") == "day":
        points *= number(row.get("days"))
    return written(points, entry.book.line_places)


def entered_order(rows: list[Row], index: int) -> tuple[bool, str, int]:
    """Formats: first entered is the smallest date (blank last), then the row read first."""
    entered = str(rows[index].get("entered", ""))
    return (entered == "", entered, index)


def credited(rows: list[Row], points: list[Fraction]) -> list[Fraction]:
    """§4 award, §9: of rows with the same matter only the one with the most points counts."""
    order = sorted(range(len(rows)), key=lambda i: (-points[i], entered_order(rows, i)))
    values, matters = list(points), set[str]()
    for index in order:
        matter = str(rows[index].get("matter", ""))
        if matter and matter in matters:
            values[index] = ZERO
        matters.add(matter)
    return values


def award_lines(entry: Entry) -> list[Line]:
    """§4 award: from 0 up, every counting event, and what the cap takes back."""
    rows = entry.rows("events")
    points = [number(row["points"]) for row in rows]
    lines = [
        entry.line("event", value, row.get("id"))
        for row, value in zip(rows, credited(rows, points), strict=True)
    ]
    cap = min(entry.full, entry.limit(entry.measure.get("cap", "100%")))
    above = total_of(lines) - cap
    return lines + ([entry.line("cap", -above)] if above > 0 else [])


def opinion_lines(entry: Entry) -> list[Line]:
    """§4 panel, survey: full x score / the highest score, x coefficient."""
    top = number(entry.measure["highest"]) if entry.measure["kind"] == "panel" else Fraction(100)
    row = entry.book.values.get((entry.unit, entry.indicator), {})
    score = entry.book.scores[entry.unit, entry.indicator]
    exact = divided(entry.full * score, top) * number(row.get("coefficient", "1"))
    return earned_lines(entry, entry.full, entry.book.line_points(exact), None)


def quarter_lines(entry: Entry) -> list[Line]:
    """§4 quarters: one line for each quarter, also when 0."""
    rows = keyed(entry.book.table("quarters"), "quarter")
    lines = []
    for quarter in entry.measure["quarters"]:
        if (entry.unit, quarter) not in rows:
            raise Refusal(f"the unit {entry.unit} has no row for the quarter {quarter}")
        row = rows[entry.unit, quarter]
        lines.append(entry.line("quarter", quarter_points(entry, row), row.get("id")))
    return lines


def quarter_points(entry: Entry, row: Row) -> Fraction:
    """§4 quarters: + for the best level, - for the last, 0 otherwise or when not assessed."""
    if row["grade"] in ("not-assessed", "未评"):
        return ZERO
    levels = levels_of(entry.book)
    grade = by_id_or_name(names_of(levels), str(row["grade"]), "the grade")
    if grade == levels[0]["id"]:
        return number(entry.measure["excellent"])
    return -number(entry.measure["fair"]) if grade == levels[-1]["id"] else ZERO


def lines_of(entry: Entry, peers: dict[str, Figures]) -> list[Line]:
    """§4: the lines of one unit for one indicator, by the kind of its measure."""
    kind = str(entry.measure["kind"])
    if kind in VALUE_MEASURES:
        return value_lines(entry, peers)
    if kind == "chain":
        return chain_lines(entry, peers)
    others = {"deduct": deduct_lines, "award": award_lines, "quarters": quarter_lines}
    return others.get(kind, opinion_lines)(entry)


def peer_figures(book: Book, peers: list[str], indicator: str) -> dict[str, Figures]:
    """§3, §4: the figures of all peers, where the measure works on values."""
    kind = book.kind(indicator)
    if kind != "chain" and kind not in VALUE_MEASURES:
        return {}
    return {unit: read_figures(book.values.get((unit, indicator))) for unit in peers}


def measured(book: Book) -> dict[Key, list[Line]]:
    """§4: the lines of every unit for every indicator it is not exempt from."""
    found: dict[Key, list[Line]] = {}
    for group in groups_of(book).values():
        for indicator in book.indicators:
            peers = peers_of(book, group, indicator)
            figures = peer_figures(book, peers, indicator)
            for unit in peers:
                full = needed(book.units[unit].sheet.full(indicator), "full mark")
                entry = Entry(book, unit, indicator, full)
                found[unit, indicator] = lines_of(entry, figures)
    return found


# ---------------------------------------------------------------------------------------------
# §5  Exempt credit
# ---------------------------------------------------------------------------------------------


def crediting(book: Book, unit: Unit) -> list[str]:
    """§5: the indicators that can lend a rate: inside, not exempt, no award, no quarters."""
    return [
        indicator
        for indicator in unit.sheet.inside
        if (unit.id, indicator) not in book.exempt
        and book.kind(indicator) not in ("award", "quarters")
    ]


def credit_rate(book: Book, unit: Unit, item: str, points: dict[str, Fraction]) -> Fraction:
    """§5: points / full over such indicators of the item, else of the sheet; 0 to 1."""
    every = crediting(book, unit)
    lenders = [indicator for indicator in every if book.item(indicator) == item] or every
    if not lenders:
        raise Refusal(f"nothing on the sheet of {unit.id} can lend a rate to an exempt indicator")
    earned = sum((points[indicator] for indicator in lenders), ZERO)
    full = sum((unit.sheet.inside[indicator] for indicator in lenders), ZERO)
    return between(ZERO, ONE, divided(earned, full))


def exempt_lines(book: Book, unit: Unit, points: dict[str, Fraction]) -> list[Line]:
    """§5: one line for each exempt indicator inside the sheet: full x rate, rounded once."""
    lines = []
    for indicator, full in unit.sheet.inside.items():
        if (unit.id, indicator) in book.exempt:
            item = book.item(indicator)
            credit = book.line_points(full * credit_rate(book, unit, item, points))
            source = book.exempt[unit.id, indicator]
            lines.append(Line(unit.id, item, indicator, "exempt", credit, source))
    return lines


# ---------------------------------------------------------------------------------------------
# §6  Panels
# ---------------------------------------------------------------------------------------------

NO_MARKS = ("不了解", "回避")
"""§6: no basis to judge, and recused, are not marks."""


@dataclass(frozen=True)
class Tally:
    """§6: what one rater group says of one unit; no mean where there is no mark."""

    weight: Fraction
    n: Fraction
    mean: Fraction | None


def of_indicator(book: Book, table: str, indicator: str) -> list[Row]:
    """§6, §7: the rows of a table for one indicator."""
    return [row for row in book.table(table) if row.get("indicator") == indicator]


def mark_of(measure: Row, row: Row) -> Fraction | None:
    """§6: the mark of one row: a number, or the number behind an anchor word."""
    text = row["mark"]
    if text in NO_MARKS:
        return None
    return number(measure.get("anchors", {}).get(text, text))


def ballots_by_rater(measure: Row, rows: list[Row]) -> dict[str, list[Fraction]]:
    """§6.2: a ballot is all the rater's marks for the indicator."""
    ballots: dict[str, list[Fraction]] = {}
    for row in rows:
        mark = mark_of(measure, row)
        if mark is not None:
            ballots.setdefault(str(row["rater"]), []).append(mark)
    return ballots


def is_void(measure: Row, ballot: list[Fraction]) -> bool:
    """§6.2: at least three marks all equal, or more highest marks than the quota allows."""
    equal = len(ballot) >= 3 and len(set(ballot)) == 1
    if equal and measure.get("void_equal", "yes") == "yes":
        return True
    quota = measure.get("top_quota", "none")
    if quota == "none":
        return False
    allowed = share(quota) * len(ballot) // 1 if is_percent(quota) else number(quota)
    return ballot.count(number(measure["highest"])) > allowed


def members(rows: list[Row], group: str) -> int:
    """§6.3: different raters with a row for the indicator, whatever they answered."""
    return len({row["rater"] for row in rows if row["rater_group"] == group})


def home_of(measure: Row, rows: list[Row], group: str) -> str:
    """§6.3: the group itself, or the one that a small group is merged into."""
    least, merge = whole(measure.get("merge_below", "5")), measure.get("merge", {})
    visited: list[str] = []
    while group in merge and members(rows, group) < least:
        if group in visited:
            raise Refusal(f"the rater group {group} is merged into itself")
        visited.append(group)
        group = str(merge[group])
    return group


def merged_groups(measure: Row, rows: list[Row]) -> dict[str, list[str]]:
    """§6.3: the groups that are left, each with the groups that it stands for."""
    homes: dict[str, list[str]] = {}
    for group in measure["groups"]:
        homes.setdefault(home_of(measure, rows, group), []).append(group)
    return homes


def weight_of(measure: Row, groups: Iterable[str]) -> Fraction:
    """§6.3: the weights of merged groups add up."""
    return sum((share(measure["groups"][group]) for group in groups), ZERO)


def valid_rows(measure: Row, rows: list[Row]) -> list[Row]:
    """§6.1, §6.2: the rows that hold a mark on a ballot that is not void."""
    ballots = ballots_by_rater(measure, rows)
    void = {rater for rater, ballot in ballots.items() if is_void(measure, ballot)}
    marked = [row for row in rows if mark_of(measure, row) is not None]
    for row in marked:
        if row["rater_group"] not in measure["groups"]:
            raise Refusal(f"the rater group {row['rater_group']} is not known")
    return [row for row in marked if row["rater"] not in void]


def cut(measure: Row, marks: list[Fraction]) -> list[Fraction]:
    """§6.4: from `trim_from` marks on, k are cut from each end."""
    n, trim = len(marks), measure.get("trim", "20%")
    if n < whole(measure.get("trim_from", "6")):
        return marks
    k = whole(trim) if not is_percent(trim) else int(share(trim) * n)
    if is_percent(trim) and share(trim) > 0:
        k = max(k, 1)
    return sorted(marks)[k : n - k]


def tally_of(measure: Row, groups: list[str], rows: list[Row]) -> Tally:
    """§6.4: n counts the valid marks before the cut; the mean is that of the rest."""
    marks = [needed(mark_of(measure, row), "mark") for row in rows if row["rater_group"] in groups]
    rest = cut(measure, marks)
    if marks and not rest:
        raise Refusal("the cut of the highest and lowest marks leaves none")
    mean = mean_of(rest) if rest else None
    return Tally(weight_of(measure, groups), Fraction(len(marks)), mean)


def ballot_tallies(book: Book, indicator: str) -> dict[str, list[Tally]]:
    """§6.2-4: the tallies of every unit, from the ballots."""
    measure, rows = book.measure(indicator), of_indicator(book, "ballots", indicator)
    homes, valid = merged_groups(measure, rows), valid_rows(measure, rows)
    return {
        unit: [
            tally_of(measure, groups, [row for row in valid if row["unit"] == unit])
            for groups in homes.values()
        ]
        for unit in book.holders(indicator)
    }


def entered_tallies(book: Book, indicator: str) -> dict[str, list[Tally]]:
    """§6: tallies entered as such; `other+group` is a merged group."""
    measure, found = book.measure(indicator), dict[str, list[Tally]]()
    for row in of_indicator(book, "tallies", indicator):
        weight = weight_of(measure, str(row["group"]).split("+"))
        mean = ratio(row["mean"]) if "mean" in row else None
        found.setdefault(str(row["unit"]), []).append(Tally(weight, number(row["n"]), mean))
    return found


def panel_score(book: Book, measure: Row, tallies: list[Tally]) -> Fraction:
    """§6.5: sum of weight x mean over sum of weight, over the groups with a quorum."""
    quorum = number(measure.get("quorum", "3"))
    weighted, weights = ZERO, ZERO
    for tally in tallies:
        if tally.mean is not None and tally.n >= quorum:
            weighted += tally.weight * panel_mean(book, measure, tally.mean)
            weights += tally.weight
    if weights == 0:
        raise Refusal("a unit has no rater group with a quorum")
    return divided(weighted, weights)


def panel_mean(book: Book, measure: Row, mean: Fraction) -> Fraction:
    """§6.5: a group's mean, brought to `round_mean` decimals where the measure says so."""
    places = measure.get("round_mean", "none")
    return mean if places == "none" else rounded(mean, whole(places), book.rounding)


def panel_scores(book: Book, indicator: str) -> dict[Key, Fraction | None]:
    """§6: the score of every unit for a panel indicator."""
    entered, ballots = (of_indicator(book, name, indicator) for name in ("tallies", "ballots"))
    if entered and ballots:
        raise Refusal(f"the indicator {indicator} has both ballots and tallies")
    tallies = (entered_tallies if entered else ballot_tallies)(book, indicator)
    measure = book.measure(indicator)
    return {
        (unit, indicator): panel_score(book, measure, tallies.get(unit, []))
        for unit in book.holders(indicator)
    }


# ---------------------------------------------------------------------------------------------
# §7  Surveys
# ---------------------------------------------------------------------------------------------

ANSWERS: Row = {
    "非常满意": "100",
    "满意": "80",
    "基本满意": "60",
    "不满意": "30",
    "非常不满意": "0",
}
"""§7.1: the scores of the answers where the measure gives none."""


@dataclass(frozen=True)
class SurveyTally:
    """§7.3: how many scored answers, and their weighted mean (none without an answer)."""

    n: Fraction
    mean: Fraction | None


def frame_shares(book: Book) -> dict[str, Fraction]:
    """§7.2: each stratum's part of the frame; without a frame one stratum."""
    rows = book.table("frame")
    if not rows:
        return {"": ONE}
    sizes = {str(row["stratum"]): number(row["size"]) for row in rows}
    if len(sizes) != len(rows):
        raise Refusal("a stratum stands twice in the frame")
    whole_frame = sum(sizes.values(), ZERO)
    return {stratum: divided(size, whole_frame) for stratum, size in sizes.items()}


def channel_shares(measure: Row) -> dict[str, Fraction]:
    """§7.2: the channels' shares; without `channels` they are not told apart."""
    channels = measure.get("channels", "none")
    if channels == "none":
        return {"": ONE}
    return {channel: share(text) for channel, text in channels.items()}


def cell_weights(book: Book, measure: Row) -> dict[Key, int]:
    """§7.2: stratum share x channel share in whole millionths, rounded once, half up."""
    return {
        (stratum, channel): nearest(part * portion * 1000000, "half_up")
        for stratum, part in frame_shares(book).items()
        for channel, portion in channel_shares(measure).items()
    }


def cell_of(book: Book, measure: Row, row: Row) -> Key:
    """§7.2: the cell of one answer: a stratum of the frame and a channel."""
    stratum = str(row.get("stratum", "")) if book.table("frame") else ""
    channel = str(row.get("channel", "")) if "" not in channel_shares(measure) else ""
    return (stratum, channel)


def answer_score(measure: Row, answer: str) -> Fraction | None:
    """§7.1: the score of an answer; none for those that do not know."""
    if answer in measure.get("dont_know", ["不了解"]):
        return None
    scores = measure.get("scores", ANSWERS)
    if answer not in scores:
        raise Refusal(f"the answer {answer!r} has no score")
    return number(scores[answer])


def answers_by_cell(book: Book, measure: Row, rows: list[Row]) -> dict[Key, SurveyTally]:
    """§7.3: number and sum of the scored answers of each cell (here `mean` holds the sum)."""
    cells: dict[Key, SurveyTally] = {}
    for row in rows:
        score, count = answer_score(measure, str(row["answer"])), number(row["count"])
        if score is not None and count > 0:
            cell = cell_of(book, measure, row)
            old = cells.get(cell, SurveyTally(ZERO, ZERO))
            cells[cell] = SurveyTally(old.n + count, (old.mean or ZERO) + score * count)
    return cells


def cell_mean(cell: SurveyTally) -> Fraction:
    """§7.3: the mean of the scored answers of one cell."""
    return divided(needed(cell.mean, "cell sum"), cell.n)


def survey_tally(book: Book, measure: Row, rows: list[Row]) -> SurveyTally:
    """§7.3: sum of weight x cell mean over sum of weight, over the cells with answers."""
    weights, cells = cell_weights(book, measure), answers_by_cell(book, measure, rows)
    if not set(cells) <= set(weights):
        raise Refusal("an answer comes from a stratum or channel that is not listed")
    n = sum((cell.n for cell in cells.values()), ZERO)
    reached = sum(weights[key] for key in cells)
    if n == 0:
        return SurveyTally(n, None)
    if reached == 0:
        everything = sum((needed(cell.mean, "cell sum") for cell in cells.values()), ZERO)
        return SurveyTally(n, divided(everything, n))
    weighted = sum((weights[key] * cell_mean(cell) for key, cell in cells.items()), ZERO)
    return SurveyTally(n, divided(weighted, Fraction(reached)))


def survey_tallies(book: Book, indicator: str) -> dict[str, SurveyTally]:
    """§7: the tally of every unit, entered as such or counted from the answers."""
    measure, answers = book.measure(indicator), of_indicator(book, "answers", indicator)
    entered = keyed(of_indicator(book, "tallies", indicator), "indicator")
    if entered and answers:
        raise Refusal(f"the indicator {indicator} has both answers and tallies")
    found: dict[str, SurveyTally] = {}
    for unit in book.holders(indicator):
        rows = [row for row in answers if row["unit"] == unit]
        if (unit, indicator) in entered:
            row = entered[unit, indicator]
            found[unit] = SurveyTally(number(row["n"]), ratio(row["mean"]))
        elif rows:
            found[unit] = survey_tally(book, measure, rows)
        else:
            raise Refusal(f"the unit {unit} has neither answers nor a tally for {indicator}")
    return found


def is_scored(measure: Row, tally: SurveyTally) -> bool:
    """§7.5: enough answers to be scored."""
    return tally.n >= number(measure.get("score_from", "30"))


def survey_score(
    book: Book, indicator: str, unit: str, tallies: dict[str, SurveyTally]
) -> Fraction | None:
    """§7.5: the score, or what stands in for it with few answers; none means exempt."""
    measure = book.measure(indicator)
    if is_scored(measure, tallies[unit]):
        return needed(tallies[unit].mean, "survey score")
    fallback = measure.get("fallback", "exempt")
    if fallback == "group_mean":
        return group_mean(book, measure, unit, tallies)
    if fallback == "last_round":
        return needed(book.previous.get((unit, indicator)), "survey score of the last round")
    return None


def group_mean(book: Book, measure: Row, unit: str, tallies: dict[str, SurveyTally]) -> Fraction:
    """§7.5: the mean of the scores of the group's scored units."""
    group = book.units[unit].group
    scored = [
        needed(tally.mean, "survey score")
        for other, tally in tallies.items()
        if book.units[other].group == group and is_scored(measure, tally)
    ]
    if not scored:
        raise Refusal(f"the group of {unit} has no unit with enough answers")
    return mean_of(scored)


def survey_scores(book: Book, indicator: str) -> dict[Key, Fraction | None]:
    """§7: the score of every unit for a survey indicator; none means exempt."""
    tallies = survey_tallies(book, indicator)
    return {
        (unit, indicator): survey_score(book, indicator, unit, tallies)
        for unit in book.holders(indicator)
    }


def with_scores(book: Book) -> Book:
    """§6, §7: all scores; a unit with too few answers is exempt in every respect."""
    found: dict[Key, Fraction | None] = {}
    for indicator in book.indicators:
        if book.kind(indicator) == "panel":
            found |= panel_scores(book, indicator)
        if book.kind(indicator) == "survey":
            found |= survey_scores(book, indicator)
    exempt = {key: None for key, score in found.items() if score is None}
    scores = {key: score for key, score in found.items() if score is not None}
    return replace(book, exempt={**book.exempt, **exempt}, scores=scores)


# ---------------------------------------------------------------------------------------------
# §1, §3, §9  Items, scale, bonus, totals
# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Account:
    """§1: one unit's lines and the sums that they make."""

    unit: Unit
    lines: list[Line]
    points: dict[str, Fraction]
    items: dict[str, Fraction]
    bonus: Fraction
    exact: Fraction
    total: Fraction


def item_scores(book: Book, unit: Unit, points: dict[str, Fraction]) -> dict[str, Fraction]:
    """§1: the sum of the points of an item's indicators; outside ones enter no item."""
    scores: dict[str, Fraction] = {}
    for indicator in unit.sheet.inside:
        item = book.item(indicator)
        scores[item] = scores.get(item, ZERO) + points[indicator]
    return scores


def scale_lines(book: Book, unit: Unit, items: Fraction) -> list[Line]:
    """§3: `scale_to` brings the items to the common scale by one line, also when 0."""
    if "scale_to" not in unit.series:
        return []
    exact = divided(items * number(unit.series["scale_to"]), unit.sheet.total())
    return [Line(unit.id, None, None, "scale", book.line_points(exact) - items)]


def entries_of(book: Book, kind: str, unit: str | None = None) -> list[Row]:
    """§9: the approved entries of a kind, each with its adjustment; the others do nothing."""
    bodies = book.scheme.get("adjustments") or {}
    names = {str(key): str(body.get("name", "")) for key, body in bodies.items()}
    found = []
    for row in book.table("adjustments"):
        key = by_id_or_name(names, str(row["adjustment"]), "the adjustment")
        if bodies[key]["kind"] == kind and row.get("approved") and unit in (None, row["unit"]):
            found.append({**row, "adjustment": key, "body": bodies[key]})
    return found


def amount_of(entry: Row) -> str | None:
    """Formats: the amount (or level), from the scheme or from the entry."""
    word = "grade" if entry["body"]["kind"] in ("cap", "fix") else "amount"
    stated, said = entry["body"].get(word), entry.get("amount")
    if stated is not None and said is not None and not same_amount(stated, said):
        raise Refusal(f"an entry for {entry['unit']} states another amount than the scheme")
    amount = said if stated is None else stated
    return None if amount is None else str(amount)


def same_amount(one: str, other: str) -> bool:
    """Formats: whether two amounts are the same, as words or as numbers."""
    if one == other:
        return True
    return all(NUMBER.fullmatch(text) for text in (one, other)) and number(one) == number(other)


def bonus_lines(book: Book, unit: str) -> list[Line]:
    """§9.1: one line for each entry (0 by the same-matter rule), then the caps."""
    rows = entries_of(book, "bonus", unit)
    points = [number(amount_of(row)) for row in rows]
    lines = [
        Line(unit, None, row["adjustment"], "bonus", value, row.get("id"))
        for row, value in zip(rows, credited(rows, points), strict=True)
    ]
    return lines + bonus_caps(book, unit, lines)


def bonus_caps(book: Book, unit: str, lines: list[Line]) -> list[Line]:
    """§9.1: for each adjustment, the sum above its limit is taken back by one line."""
    caps = []
    for key, body in (book.scheme.get("adjustments") or {}).items():
        mine = total_of(line for line in lines if line.indicator == key)
        limits = bonus_limits(book, unit, key, body)
        if limits and mine > min(limits):
            caps.append(Line(unit, None, key, "cap", min(limits) - mine))
    return caps


def bonus_limits(book: Book, unit: str, key: str, body: Row) -> list[Fraction]:
    """§9.1: `cap`, and what is left of `annual_cap` (never less than 0)."""
    limits = [number(body["cap"])] if "cap" in body else []
    if "annual_cap" in body:
        earlier = book.previous.get((unit, key), ZERO)
        limits.append(max(ZERO, number(body["annual_cap"]) - earlier))
    return limits


def round_lines(book: Book, unit: str, exact: Fraction) -> list[Line]:
    """§2: with fewer `total_places` one line brings the total there, also when 0."""
    if book.total_places == book.line_places:
        return []
    printed = rounded(exact, book.total_places, book.rounding)
    return [Line(unit, None, None, "round", printed - exact)]


def account_of(book: Book, unit: Unit, found: dict[Key, list[Line]]) -> Account:
    """§1: everything one unit gained and lost, summed up."""
    own = {name: lines for (holder, name), lines in found.items() if holder == unit.id}
    points = {indicator: total_of(lines) for indicator, lines in own.items()}
    credit = exempt_lines(book, unit, points)
    points |= {str(line.indicator): line.points for line in credit}
    inside = [line for name in unit.sheet.inside for line in own.get(name, [])] + credit
    return summed(book, unit, points, inside)


def summed(book: Book, unit: Unit, points: dict[str, Fraction], inside: list[Line]) -> Account:
    """§1: exact total = items + scale + bonus; total = exact total + round."""
    items = item_scores(book, unit, points)
    scale = scale_lines(book, unit, sum(items.values(), ZERO))
    bonus = bonus_lines(book, unit.id)
    exact = total_of(inside + scale + bonus)
    closing = round_lines(book, unit.id, exact)
    lines = inside + scale + bonus + closing
    return Account(unit, lines, points, items, total_of(bonus), exact, total_of(lines))


# ---------------------------------------------------------------------------------------------
# §8  Places
# ---------------------------------------------------------------------------------------------

Order = list[list[str]]
"""§8: units from best to worst; those of one inner list are tied."""

Places = dict[str, tuple[int, int]]
"""§8: each unit's place from the top and from the bottom."""


def ordered(units: list[str], value: dict[str, Fraction]) -> Order:
    """§8: from the largest value down, equal values tied."""
    steps = sorted({value[unit] for unit in units}, reverse=True)
    return [[unit for unit in units if value[unit] == step] for step in steps]


def places_of(order: Order) -> Places:
    """§8: place = 1 + units strictly ahead; bottom = 1 + units strictly behind."""
    found: Places = {}
    everyone, ahead = sum(len(tie) for tie in order), 0
    for tie in order:
        behind = everyone - ahead - len(tie)
        found |= dict.fromkeys(tie, (ahead + 1, behind + 1))
        ahead += len(tie)
    return found


def item_full(book: Book, sheet: Sheet, item: str) -> Fraction | None:
    """§8: the full marks a sheet gives an item; none where it lacks the item."""
    marks = [full for name, full in sheet.inside.items() if book.item(name) == item]
    return sum(marks, ZERO) if marks else None


def series_sheet(book: Book, unit: Unit) -> Sheet:
    """§3: the sheet that the unit's series names."""
    return book.sheets[unit.series["sheet"]]


def in_item(book: Book, unit: Unit, item: str) -> bool:
    """§8: whether the unit can have a place in the item."""
    mine = item_full(book, unit.sheet, item)
    return mine is not None and mine == item_full(book, series_sheet(book, unit), item)


def item_places(book: Book, ranked: list[Account], item: str) -> Places:
    """§8: places on the item score, among those who can have one."""
    scores = {one.unit.id: one.items[item] for one in ranked if in_item(book, one.unit, item)}
    return places_of(ordered(list(scores), scores))


def all_item_places(book: Book, ranked: list[Account]) -> dict[str, Places]:
    """§8: the places in every item of the scheme."""
    items = {book.item(indicator) for indicator in book.indicators}
    return {item: item_places(book, ranked, item) for item in sorted(items)}


def ranking_total(book: Book, account: Account) -> Fraction:
    """§2: the total that `rank_on` names."""
    on = book.points_setting("rank_on", "printed")
    return account.exact if on == "exact" else account.total


def breaker_value(book: Book, account: Account, breaker: Row) -> Fraction | None:
    """§8: what a tie-breaker compares (larger is better); none where the value is lacking."""
    unit = account.unit
    if "item" in breaker:
        return account.items[breaker["item"]] if in_item(book, unit, breaker["item"]) else None
    if "indicator" in breaker:
        return indicator_value(book, account, breaker["indicator"])
    before = book.previous.get((unit.id, "place"))
    return None if before is None else -before


def indicator_value(book: Book, account: Account, indicator: str) -> Fraction | None:
    """§8: points of an indicator; lacking where full marks differ or the unit is exempt."""
    full = account.unit.sheet.full(indicator)
    if full is None or full != series_sheet(book, account.unit).full(indicator):
        return None
    if (account.unit.id, indicator) in book.exempt:
        return None
    return account.points[indicator]


def broken(tie: list[str], values: dict[str, Fraction | None]) -> Order:
    """§8: one tie after one tie-breaker; skipped where a value is lacking."""
    known = {unit: value for unit, value in values.items() if value is not None}
    if any(unit not in known for unit in tie):
        return [tie]
    return ordered(tie, known)


def base_order(book: Book, ranked: list[Account]) -> Order:
    """§8: by the total, then tie-breaker after tie-breaker, each remaining tie by itself."""
    totals = {one.unit.id: ranking_total(book, one) for one in ranked}
    order = ordered(list(totals), totals)
    for breaker in ranked[0].unit.series.get("tie_breakers", []) if ranked else []:
        values = {one.unit.id: breaker_value(book, one, breaker) for one in ranked}
        order = [piece for tie in order for piece in broken(tie, values)]
    return order


# ---------------------------------------------------------------------------------------------
# §9  Demotion: the slot rule
# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Block:
    """§9: units that stay together in the order; `fall` is N, 0 for undemoted ones."""

    units: list[str]
    base: int
    fall: int

    @property
    def wanted(self) -> int:
        """§9 slot rule 1: base place + N."""
        return self.base + self.fall


def falls_of(book: Book) -> dict[str, int | None]:
    """§9 slot rule 1: N, the sum of a unit's orders; none for `last`, which beats numbers."""
    falls: dict[str, int | None] = {}
    for entry in entries_of(book, "demote"):
        unit, amount = str(entry["unit"]), amount_of(entry)
        before = falls.get(unit, 0)
        falls[unit] = None if amount == "last" or before is None else before + whole(amount)
    return falls


def final_order(order: Order, falls: dict[str, int | None]) -> Order:
    """§9: base order to final order; those ordered `last` stand behind everybody else."""
    last = [[unit for unit in tie if falls.get(unit, 0) is None] for tie in order]
    blocks = falling_blocks(order, falls)
    sequence = in_slots(blocks)
    for tied in sorted({block.base for block in sequence if block.fall == 0}):
        sequence = together(sequence, tied)
    sequence = never_ahead(sequence)
    return [block.units for block in sequence] + [tie for tie in last if tie]


def falling_blocks(order: Order, falls: dict[str, int | None]) -> list[Block]:
    """§9 slot rule 1: units of the same base place and the same N are one block."""
    base, blocks = places_of(order), []
    for tie in order:
        mine = {unit: falls.get(unit, 0) for unit in tie}
        for fall in sorted({fall for fall in mine.values() if fall is not None}):
            if fall < 0:
                raise Refusal("a demotion has to be by one place or more")
            units = [unit for unit in tie if mine[unit] == fall]
            blocks.append(Block(units, base[tie[0]][0], fall))
    return blocks


def in_slots(blocks: list[Block]) -> list[Block]:
    """§9 slot rules 2 and 3: demoted blocks take slots, the others fill what is free."""
    taken: dict[int, Block] = {}
    demoted = [block for block in blocks if block.fall > 0]
    for block in sorted(demoted, key=lambda one: (-one.wanted, -one.base)):
        start = free_start(taken, block)
        taken |= {start + step: block for step in range(len(block.units))}
    singles = [replace(one, units=[unit]) for one in blocks if one.fall == 0 for unit in one.units]
    slot = 1
    for single in singles:
        while slot in taken:
            slot += 1
        taken[slot] = single
    return read_slots(taken)


def free_start(taken: dict[int, Block], block: Block) -> int:
    """§9 slot rule 2: the wanted start, otherwise the nearest one ahead with room for all."""
    start = block.wanted
    while any(start + step in taken for step in range(len(block.units))):
        start -= 1
    return start


def read_slots(taken: dict[int, Block]) -> list[Block]:
    """§9 slot rule 3: reading all slots in order gives a sequence."""
    sequence: list[Block] = []
    for slot in sorted(taken):
        if not sequence or sequence[-1] is not taken[slot]:
            sequence.append(taken[slot])
    return sequence


def together(sequence: list[Block], base: int) -> list[Block]:
    """§9 slot rule 4: a tied block of others stays together; intruders go ahead or behind."""
    spots = [i for i, one in enumerate(sequence) if one.fall == 0 and one.base == base]
    first, last = spots[0], spots[-1]
    span = sequence[first : last + 1]
    tied = Block([unit for one in span if one.fall == 0 for unit in one.units], base, 0)
    strangers = [one for one in span if one.fall > 0 and one.base != base]
    kin = [one for one in span if one.fall > 0 and one.base == base]
    return sequence[:first] + strangers + [tied] + kin + sequence[last + 1 :]


def never_ahead(sequence: list[Block]) -> list[Block]:
    """§9 slot rule 5: no demoted unit ahead of an undemoted one of equal or better base."""
    moved: dict[int, int] = {}
    for i, block in enumerate(sequence):
        ahead = [k for k in range(i) if sequence[k].fall > 0 and sequence[k].base >= block.base]
        if block.fall == 0 and ahead:
            moved[i] = ahead[0]
    result: list[Block] = []
    for k, block in enumerate(sequence):
        result += [sequence[i] for i in sorted(moved) if moved[i] == k]
        result += [] if k in moved else [block]
    return result


# ---------------------------------------------------------------------------------------------
# §10  Grades
# ---------------------------------------------------------------------------------------------


def grade_setting(book: Book, name: str, default: str) -> str:
    """§10: one of the scheme's settings for grades."""
    return str((book.scheme.get("grades") or {}).get(name, default))


def levels_of(book: Book) -> list[Row]:
    """§10: the levels, best first."""
    return list((book.scheme.get("grades") or {}).get("levels", LEVELS))


def quota(book: Book, text: object, n: int) -> int:
    """§10: the count of a share of n; at least 1 from n >= 3, for a share above 0."""
    exact, count = share(text) * n, grade_setting(book, "count", "floor")
    if count == "half_up":
        k = nearest(exact, "half_up")
    else:
        k = -int(-exact // 1) if count == "ceil" else int(exact // 1)
    return max(k, 1) if n >= 3 and exact > 0 else k


def is_inside(book: Book, k: int, standing: int, tie: int) -> bool:
    """§10: inside a quota of k: with the whole tie, or (`include`) with its place."""
    if grade_setting(book, "tie", "exclude") == "include":
        return standing <= k
    return standing + tie - 1 <= k


def without(order: Order, names: set[str]) -> Order:
    """§9 refill: the order without some of its units."""
    left = [[unit for unit in tie if unit not in names] for tie in order]
    return [tie for tie in left if tie]


def inside_quota(book: Book, order: Order, k: int, from_top: bool) -> set[str]:
    """§10: the units of an order that stand inside a quota of k, from the top or the bottom."""
    places = places_of(order)
    side = 0 if from_top else 1
    return {
        unit for tie in order for unit in tie if is_inside(book, k, places[unit][side], len(tie))
    }


def in_top(book: Book, order: Order, n: int) -> set[str]:
    """§10, §9: the units inside the top quota; with `refill: next` among the unbarred."""
    top = levels_of(book)[0].get("top")
    if top is None:
        return set()
    if grade_setting(book, "refill", "no") == "next":
        order = without(order, {str(entry["unit"]) for entry in entries_of(book, "bar")})
    return inside_quota(book, order, quota(book, top, n), from_top=True)


def in_bottom(book: Book, order: Order, n: int) -> set[str]:
    """§10: the units inside the bottom quota."""
    bottom = levels_of(book)[-1].get("bottom")
    if bottom is None:
        return set()
    return inside_quota(book, order, quota(book, bottom, n), from_top=False)


def meets(book: Book, account: Account, level: Row) -> bool:
    """§10: whether the total meets a level's `at_least` (with none: yes)."""
    text = level.get("at_least")
    if text is None:
        return True
    series = account.unit.series
    common = number(series["scale_to"]) if "scale_to" in series else account.unit.sheet.total()
    bound = common * share(text) if is_percent(text) else number(text)
    return ranking_total(book, account) >= bound


def graded(book: Book, account: Account, top: set[str], bottom: set[str]) -> int:
    """§10: the first level by quota and `at_least`, the last by quota, else the next met."""
    levels, unit = levels_of(book), account.unit.id
    first = levels[0]
    conditional = "top" in first or "at_least" in first
    if conditional and ("top" not in first or unit in top) and meets(book, account, first):
        return 0
    if unit in bottom:
        return len(levels) - 1
    met = [i for i in range(1, len(levels)) if meets(book, account, levels[i])]
    return met[0] if met else len(levels) - 1


def graded_in_small_group(book: Book, account: Account) -> int | None:
    """§10: fewer than three units: by `at_least` alone, levels with only a quota passed over."""
    levels = levels_of(book)
    if not any("at_least" in level for level in levels):
        return None
    for i, level in enumerate(levels):
        only_quota = "at_least" not in level and ("top" in level or "bottom" in level)
        if not only_quota and meets(book, account, level):
            return i
    return None


def grades_by_quota(book: Book, ranked: list[Account], order: Order) -> dict[str, int | None]:
    """§9.4, §10: the grade of every ranked unit of a group, on the final places."""
    n = len(ranked)
    if n < 3:
        return {one.unit.id: graded_in_small_group(book, one) for one in ranked}
    top, bottom = in_top(book, order, n), in_bottom(book, order, n)
    return {one.unit.id: graded(book, one, top, bottom) for one in ranked}


# ---------------------------------------------------------------------------------------------
# §9.5, §9.6  Negative evaluation and veto
# ---------------------------------------------------------------------------------------------


def step_entries(book: Book, kind: str, step: str, unit: str) -> list[Row]:
    """§9: a unit's approved entries of one kind and one step."""
    entries = entries_of(book, kind, unit)
    return [one for one in entries if one["body"].get("step", "negative") == step]


def named_level(book: Book, entry: Row) -> int:
    """§9: the level that an entry names; `fix` without any: the last."""
    ids = [str(level["id"]) for level in levels_of(book)]
    name = amount_of(entry)
    if name is None and entry["body"]["kind"] == "fix":
        return len(ids) - 1
    if name not in ids:
        raise Refusal(f"an entry for {entry['unit']} names the unknown level {name}")
    return ids.index(name)


def after_step(book: Book, unit: str, grade: int, step: str) -> int:
    """§9: `bar`, then `cap`, then `lower`, then `fix`; a larger number is a worse level."""
    last = len(levels_of(book)) - 1
    if step_entries(book, "bar", step, unit):
        grade = min(max(grade, 1), last)
    caps = [named_level(book, entry) for entry in step_entries(book, "cap", step, unit)]
    grade = max([grade, *caps])
    down = sum(whole(amount_of(entry)) for entry in step_entries(book, "lower", step, unit))
    grade = min(grade + down, last)
    fixed = [named_level(book, entry) for entry in step_entries(book, "fix", step, unit)]
    return max(fixed) if fixed else grade


def final_grade(book: Book, unit: str, grade: int | None) -> str | None:
    """§9.5, §9.6: negative evaluation, then veto; who has no grade stays without one."""
    if grade is None:
        return None
    for step in ("negative", "veto"):
        grade = after_step(book, unit, grade, step)
    return str(levels_of(book)[grade]["id"])


# ---------------------------------------------------------------------------------------------
# The board
# ---------------------------------------------------------------------------------------------

NOWHERE: tuple[None, None] = (None, None)
"""§8, §9.0: the places of a unit that has none."""


def unit_points(book: Book, account: Account) -> dict[str, str]:
    """Formats: points of every indicator of the sheet; an exempt outside one is absent."""
    return {
        indicator: written(account.points[indicator], book.line_places)
        for indicator in account.unit.sheet.everything()
        if indicator in account.points
    }


def unit_items(book: Book, account: Account, places: dict[str, Places]) -> Row:
    """Formats: every item of the sheet with its score and places."""
    found = {}
    for item, score in account.items.items():
        top, bottom = places[item].get(account.unit.id, NOWHERE)
        points = written(score, book.line_places)
        found[item] = {"points": points, "place": top, "bottom": bottom}
    return found


def unit_sums(book: Book, account: Account) -> Row:
    """Formats: bonus and exact total with a line's decimals, the total with its own."""
    return {
        "bonus": written(account.bonus, book.line_places),
        "exact": written(account.exact, book.line_places),
        "total": written(account.total, book.total_places),
    }


def group_units(book: Book, accounts: list[Account]) -> dict[str, Row]:
    """§9: one comparison group, from step 0 to step 6, as the board shows it."""
    left = {str(entry["unit"]) for entry in entries_of(book, "unranked")}
    ranked = [one for one in accounts if one.unit.id not in left]
    base = base_order(book, ranked)
    final = final_order(base, falls_of(book))
    grades = grades_by_quota(book, ranked, final)
    items = all_item_places(book, ranked)
    return {
        one.unit.id: {
            "group": one.unit.group,
            "points": unit_points(book, one),
            "items": unit_items(book, one, items),
            **unit_sums(book, one),
            **unit_places(one.unit.id, places_of(base), places_of(final)),
            "grade": final_grade(book, one.unit.id, grades.get(one.unit.id)),
        }
        for one in accounts
    }


def unit_places(unit: str, base: Places, final: Places) -> Row:
    """Formats: base and final places from both ends; null where the unit has none."""
    start, end = base.get(unit, NOWHERE), final.get(unit, NOWHERE)
    return {
        "base_place": start[0],
        "base_bottom": start[1],
        "place": end[0],
        "bottom": end[1],
    }


def line_json(book: Book, line: Line) -> Row:
    """Formats: one line of the board; only a chain's part has `part`."""
    shown: Row = {
        "unit": line.unit,
        "item": line.item,
        "indicator": line.indicator,
        "kind": line.kind,
        "points": written(line.points, book.line_places),
        "source": line.source,
    }
    return shown if line.part is None else {**shown, "part": line.part}


def recount(given: dict[str, Any]) -> dict[str, Any]:
    """Formats: the board's `units` and `lines` of a round given as plain JSON."""
    book = with_scores(read_book(given))
    found = measured(book)
    accounts = {unit.id: account_of(book, unit, found) for unit in book.units.values()}
    shown: dict[str, Row] = {}
    for group in groups_of(book).values():
        shown |= group_units(book, [accounts[unit] for unit in group])
    lines = [line_json(book, line) for one in accounts.values() for line in one.lines]
    return {"units": {unit: shown[unit] for unit in book.units}, "lines": lines}


# ---------------------------------------------------------------------------------------------
# Comparing two boards
# ---------------------------------------------------------------------------------------------


def plain(value: object) -> str:
    """A value as the sentence shows it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def differing(what: list[str], here: object, there: object) -> str | None:
    """The first difference inside one unit: mine in my order, then what only the board has."""
    if isinstance(here, dict) and isinstance(there, dict):
        for key in [*here, *(key for key in there if key not in here)]:
            found = differing([*what, key], here.get(key, "absent"), there.get(key, "absent"))
            if found:
                return found
        return None
    if type(here) is type(there) and here == there:
        return None
    name = " of ".join(reversed(what[1:])) or "the unit itself"
    return f"unit {what[0]}, {name}: here {plain(here)}, there {plain(there)}"


def line_name(line: object) -> tuple[str, ...]:
    """What a line is besides its points: unit, item, indicator, part, kind."""
    if not isinstance(line, dict):
        raise Refusal("a line of the board is not an object")
    return tuple(plain(line.get(word)) for word in ("unit", "item", "indicator", "part", "kind"))


def line_points(lines: list[Row]) -> dict[tuple[str, ...], list[str]]:
    """The points of all lines of the same name, in order of their text: a multiset."""
    found: dict[tuple[str, ...], list[str]] = {}
    for line in lines:
        found.setdefault(line_name(line), []).append(json.dumps(line.get("points")))
    return {name: sorted(points) for name, points in found.items()}


def differing_lines(here: list[Row], there: list[Row]) -> str | None:
    """The first name whose lines do not have the same points, as often."""
    mine, theirs = line_points(here), line_points(there)
    for name in [*mine, *(name for name in theirs if name not in mine)]:
        one, other = mine.get(name, []), theirs.get(name, [])
        if one != other:
            unit, item, indicator, part, kind = name
            what = f"{kind} lines of item {item}, indicator {indicator}, part {part}"
            return f"unit {unit}, {what}: here {spoken(one)}, there {spoken(other)}"
    return None


def spoken(points: list[str]) -> str:
    """The points of some lines as the sentence shows them."""
    return " and ".join(text.strip('"') for text in points) or "none"


def first_difference(mine: dict[str, Any], board: dict[str, Any]) -> str | None:
    """Formats: a sentence naming unit, what, here and there; none where all is the same."""
    units, lines = board.get("units"), board.get("lines")
    if not isinstance(units, dict) or not isinstance(lines, list):
        raise Refusal("the board has no units or no lines")
    for unit in [*mine["units"], *(unit for unit in units if unit not in mine["units"])]:
        if unit not in mine["units"] or unit not in units:
            here, there = ("present" if unit in one else "absent" for one in (mine["units"], units))
            return f"unit {unit}, the unit itself: here {here}, there {there}"
        found = differing([unit], mine["units"][unit], units[unit])
        if found:
            return found
    return differing_lines(mine["lines"], lines)


# ---------------------------------------------------------------------------------------------
# The command line
# ---------------------------------------------------------------------------------------------


def unique(pairs: list[tuple[str, Any]]) -> Row:
    """§3: doubled keys are refused."""
    if len({key for key, _ in pairs}) != len(pairs):
        raise Refusal("an object of the input has the same key twice")
    return dict(pairs)


def read_json(path: str, form: str) -> Row:
    """Formats: one JSON file of the format named; numbers with a point stay text."""
    with Path(path).open(encoding="utf-8-sig") as file:
        found = json.load(file, object_pairs_hook=unique, parse_float=str)
    if not isinstance(found, dict) or found.get("format") != form:
        raise Refusal(f"the file {path} is not of the format {form}")
    return found


def answer(arguments: list[str]) -> tuple[int, str]:
    """Formats: what to print and how to end."""
    if len(arguments) not in (1, 2):
        raise Refusal("usage: recount.py round.json [board.json]")
    mine = recount(read_json(arguments[0], "leitai-round-1"))
    if len(arguments) == 1:
        return 0, json.dumps(mine, ensure_ascii=False, indent=1)
    found = first_difference(mine, read_json(arguments[1], "leitai-board-1"))
    return (1, found) if found else (0, "same")


def main(arguments: list[str]) -> int:
    """Formats: 0 same (or printed), 1 different, 2 one sentence on unreadable input."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code, text = answer(arguments)
    except Refusal as refusal:
        code, text = 2, str(refusal)
    except KeyError as missing:
        code, text = 2, f"the input names {missing} or needs it, but does not have it"
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        what = f"{type(error).__name__}: {error}"
        code, text = 2, f"the input is unreadable or contradictory ({what})"
    print(" ".join(text.split()) if code else text, file=sys.stderr if code == 2 else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
