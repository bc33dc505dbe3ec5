"""An independent recount of an evaluation round.

This file recomputes a whole board from "The rules of evaluation" and from the round as plain
JSON. It shares nothing with the program that made the board. It follows the sections of the
rules in their order, and every function names the section (§) it restates. It is written to
be read: slow, plain, one thought per function, and exact (ratios of whole numbers only).
It takes the round to be free of Problems; where one shows all the same, it refuses to answer.

    python3 recount.py round.json               prints the board's units and lines (and year)
    python3 recount.py round.json board.json    compares: 0 same, 1 different, 2 unreadable
"""

from __future__ import annotations

import io
import json
import re
import sys
import unicodedata
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

    def __str__(self) -> str:
        """The sentence, safe to print."""
        return visible(super().__str__())


def visible(text: str) -> str:
    """A text safe to print: signs that steer a terminal or show nothing are escaped as in JSON."""
    hidden = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return "".join(
        json.dumps(sign)[1:-1] if unicodedata.category(sign) in hidden else sign for sign in text
    )


def short(text: str) -> str:
    """A text as a sentence shows it, cut where it is long."""
    return text if len(text) <= 40 else f"{text[:40]}..."


def quoted(value: object) -> str:
    """A value as a sentence shows it: a text in quotation marks, anything else as its JSON."""
    return repr(short(value)) if isinstance(value, str) else short(plain(value))


# §1  The ledger ------------------------------------------------------------------------------


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


# §2  Numbers ---------------------------------------------------------------------------------

NUMBER = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?")


def number(text: object) -> Fraction:
    """§2: a number comes in as text and is exact inside.

    It has at most 18 digits, leading zeros not counted, and at most 18 decimals.
    """
    found = NUMBER.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise Refusal(f"{quoted(text)} is not a number written as text")
    sign, head, tail = found.groups("")
    if len((head + tail).lstrip("0")) > 18:
        raise Refusal(f"the number {quoted(text)} has more than 18 digits")
    if len(tail) > 18:
        raise Refusal(f"the number {quoted(text)} has more than 18 decimals")
    return Fraction(f"{sign}{head.lstrip('0') or '0'}.{tail or '0'}")


def whole(text: object) -> int:
    """§2: a number that has to be whole."""
    value = number(text)
    if value.denominator != 1:
        raise Refusal(f"{quoted(text)} is not a whole number")
    return value.numerator


def decimals(name: str, text: object) -> int:
    """§2, §6: the setting of this name says how many decimals, from 0 to 9."""
    places = whole(text)
    if not 0 <= places <= 9:
        raise Refusal(f"{name} is from 0 to 9, not {places}")
    return places


def is_percent(text: object) -> bool:
    """§4: whether a text is written with %."""
    return isinstance(text, str) and text.endswith("%")


def share(text: object) -> Fraction:
    """§4: a share is written with %: `30%` is 30/100, and so is `30 %` (§2)."""
    if not is_percent(text):
        raise Refusal(f"{quoted(text)} is not a share written with %")
    return number(str(text)[:-1].rstrip()) * Fraction(1, 100)


def limit(full: Fraction, text: object) -> Fraction:
    """§4: with % a share of `full` (full marks; a target; 1 in growth), bare a number."""
    return full * share(text) if is_percent(text) else number(text)


def ratio(text: str) -> Fraction:
    """§6: a mean is a number or a ratio `a/b`."""
    above, _, below = text.partition("/")
    return Fraction(number(above), number(below)) if below else number(text)


def ten_to(places: int) -> int:
    """§2: ten to the power of `places`: a one and so many noughts."""
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
    return Fraction(sum(values, ZERO), len(values))


# §3  The scheme ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sheet:
    """§3: full marks per indicator, those that count and those under `outside:`."""

    inside: dict[str, Fraction]
    outside: dict[str, Fraction]

    @property
    def marks(self) -> dict[str, Fraction]:
        """§3: the full marks of every indicator, outside ones last."""
        return {**self.inside, **self.outside}

    @property
    def total(self) -> Fraction:
        """§3: the sheet total; indicators under `outside:` are not counted."""
        return sum(self.inside.values(), ZERO)


@dataclass(frozen=True)
class Unit:
    """§3: what is judged: its series, group, own sheet and (for §8) its series' sheet."""

    id: str
    series: Row
    group: str
    sheet: Sheet
    series_sheet: Sheet


@dataclass(frozen=True)
class Book:
    """The scheme and the facts of one round, with the look-ups that every section needs."""

    scheme: Row
    facts: dict[str, list[Row]]
    indicators: dict[str, Row]
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
        return decimals("line_places", self.points_setting("line_places", "2"))

    @property
    def total_places(self) -> int:
        """§2: decimals of a printed total (as many as a line's)."""
        default = str(self.line_places)
        return decimals("total_places", self.points_setting("total_places", default))

    @property
    def rounding(self) -> str:
        """§2: the scheme's rounding rule (half_up)."""
        return self.points_setting("rounding", "half_up")

    def line_points(self, value: Fraction) -> Fraction:
        """§2: the one rounding that turns an exact ratio into a line."""
        return rounded(value, self.line_places, self.rounding)

    def rows(self, table: str, indicator: str | None = None, unit: str | None = None) -> list[Row]:
        """Formats: the rows of a table in the order read, of one indicator or unit if named."""
        return [
            row
            for row in self.facts.get(table, [])
            if indicator in (None, row.get("indicator")) and unit in (None, row.get("unit"))
        ]

    def measure(self, indicator: str) -> Row:
        """§3: the measure of an indicator."""
        return dict(self.indicators[indicator]["measure"])

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
            if indicator in unit.sheet.marks and (unit.id, indicator) not in self.exempt
        ]

    def groups(self) -> dict[str, list[str]]:
        """§3: the comparison groups and the units of each."""
        groups: dict[str, list[str]] = {}
        for unit in self.units.values():
            groups.setdefault(unit.group, []).append(unit.id)
        return groups


def read_sheet(marks: Row) -> Sheet:
    """§3: one sheet; the word `outside` is no indicator."""
    inside = {name: number(text) for name, text in marks.items() if name != "outside"}
    outside = {name: number(text) for name, text in marks.get("outside", {}).items()}
    return Sheet(inside, outside)


def read_unit(scheme: Row, sheets: dict[str, Sheet], row: Row) -> Unit:
    """§3: a unit's series, group (without groups the series is one) and sheet (or its own)."""
    series = {one["id"]: one for one in scheme["series"]}[row["series"]]
    sheet = series.get("own_sheets", {}).get(row["unit"], series["sheet"])
    group = f"{series['id']}/{row['group']}" if series.get("groups") else series["id"]
    return Unit(row["unit"], series, group, sheets[sheet], sheets[series["sheet"]])


def keyed(rows: list[Row], second: str) -> dict[Key, Row]:
    """Formats: rows by unit and a second word; two rows for one key contradict each other."""
    found: dict[Key, Row] = {}
    for row in rows:
        key = (str(row["unit"]), str(row[second]))
        if key in found:
            raise Refusal(f"there are two rows for {key[0]} and {key[1]}")
        found[key] = row
    return found


def read_book(source: Row) -> Book:
    """Formats: the whole round, opened for the sections that follow."""
    scheme, facts = source["scheme"], source.get("facts", {})
    sheets = {name: read_sheet(marks) for name, marks in scheme["sheets"].items()}
    exempt = keyed(facts.get("exemptions", []), "indicator")
    previous = keyed(facts.get("previous", []), "about")
    return Book(
        scheme=scheme,
        facts=facts,
        indicators={one["id"]: one for one in scheme["indicators"]},
        units={row["unit"]: read_unit(scheme, sheets, row) for row in source["units"]},
        values=keyed(facts.get("values", []), "indicator"),
        previous={key: number(row["value"]) for key, row in previous.items()},
        exempt={key: row.get("id") for key, row in exempt.items()},
        scores={},
    )


# §4  Measures that work on values ------------------------------------------------------------

Figures = dict[str, Fraction]
"""§4: what was reported for one unit and indicator: actual, target, previous, coefficient."""


@dataclass(frozen=True)
class Question:
    """§4: one unit's figures, its peers' (itself included) and the rule that judges them."""

    settings: Row
    full: Fraction
    lower: bool
    own: Figures
    peers: list[Figures]

    @property
    def actual(self) -> Fraction:
        """§4: the unit's own actual value."""
        return self.own["actual"]

    def actuals(self) -> list[Fraction]:
        """§3: the actual values of the peers."""
        return [peer["actual"] for peer in self.peers]

    def setting(self, name: str, default: str) -> Fraction:
        """§4: a limit of the measure by its name, or its default."""
        return limit(self.full, self.settings.get(name, default))

    def held(self, points: Fraction) -> Fraction:
        """§4: max(floor, min(cap, points)); `cap: none` holds nothing down."""
        if self.settings.get("cap") != "none":
            points = min(points, self.setting("cap", "100%"))
        return max(points, self.setting("floor", "0"))

    def better(self, one: Fraction, other: Fraction) -> bool:
        """§3: whether one figure is strictly better than another, by the direction."""
        return one < other if self.lower else one > other


def read_figures(row: Row) -> Figures:
    """§4: the figures of one row of values; a missing one is never zero (§5)."""
    words = ("actual", "target", "previous", "coefficient")
    return {word: number(row[word]) for word in words if word in row}


def between(low: Fraction, high: Fraction, points: Fraction) -> Fraction:
    """§4: "held between a and b" is max(a, min(b, .))."""
    return max(low, min(high, points))


def completion(ask: Question) -> Fraction:
    """§4 completion: full x rate x coefficient, held; under the threshold 0."""
    target = ask.own["target"]
    if ask.lower and ask.actual <= 0:
        return ask.setting("cap", "100%")
    rate = Fraction(target, ask.actual) if ask.lower else Fraction(ask.actual, target)
    threshold = ask.settings.get("threshold", "none")
    if threshold != "none" and rate < share(threshold):
        return ZERO
    return ask.held(ask.full * rate * ask.own.get("coefficient", ONE))


def baseline(ask: Question) -> Fraction:
    """§4 baseline: base + k x step, held; `whole` cuts k towards zero."""
    target = ask.own["target"]
    distance = target - ask.actual if ask.lower else ask.actual - target
    steps = Fraction(distance, limit(target, ask.settings["per"]))
    if ask.settings.get("whole", "no") == "yes":
        steps = Fraction(int(steps))
    return ask.held(ask.setting("base", "100%") + steps * limit(ask.full, ask.settings["step"]))


def best_ratio(ask: Question) -> Fraction:
    """§4 best_ratio: full x own / best; lower: full x best / own; between 0 and full."""
    if ask.lower:
        part = Fraction(min(ask.actuals()), ask.actual)
    else:
        part = Fraction(ask.actual, max(ask.actuals()))
    return between(ZERO, ask.full, ask.full * part)


def efficacy(ask: Question) -> Fraction:
    """§4 efficacy: b + (full - b) x (actual - lo) / (hi - lo), between 0 and full."""
    peers = sorted(ask.actuals(), reverse=ask.lower)
    low, high = (
        peer if ask.settings.get(name, "peers") == "peers" else limit(ONE, ask.settings[name])
        for name, peer in (("unacceptable", peers[0]), ("satisfactory", peers[-1]))
    )
    if high == low:
        return ask.full
    base = ask.setting("base", "60%")
    way = Fraction(ask.actual - low, high - low)
    return between(ZERO, ask.full, base + (ask.full - base) * way)


def place(ask: Question) -> Fraction:
    """§4 place: p = 1 + the strictly better peers, or q = m + 1 - p; by table, then by step."""
    ahead = sum(1 for other in ask.actuals() if ask.better(other, ask.actual))
    bottom = ask.settings.get("from", "top") == "bottom"
    entry = len(ask.peers) - ahead if bottom else ahead + 1
    table = [limit(ask.full, text) for text in ask.settings.get("table", [])]
    if entry <= len(table):
        return table[entry - 1]
    known = table or [ask.full]
    way = (entry - len(known)) * limit(ask.full, ask.settings["step"])
    if bottom:
        return min(ask.full, known[-1] + way)
    return max(ask.setting("floor", "0"), known[-1] - way)


def bands(ask: Question) -> Fraction:
    """§4 bands: the first band whose bound the actual reaches (the bound is inside), or open."""
    word = "to" if ask.lower else "from"
    reached = [
        band["points"]
        for band in ask.settings["bands"]
        if word not in band or not ask.better(limit(ONE, band[word]), ask.actual)
    ]
    return limit(ask.full, reached[0])


def growth(ask: Question) -> Fraction:
    """§4 growth: another measure, with the growth in place of the actual."""
    absolute = any(peer["previous"] <= 0 for peer in ask.peers)
    grown = replace(
        ask,
        settings=ask.settings["by"],
        own=grown_figures(ask.own, absolute),
        peers=[grown_figures(peer, absolute) for peer in ask.peers],
    )
    return VALUE_MEASURES[grown.settings["kind"]](grown)


def grown_figures(figures: Figures, absolute: bool) -> Figures:
    """§4 growth: (actual - previous) / previous, or the absolute change."""
    change = figures["actual"] - figures["previous"]
    return {"actual": change if absolute else Fraction(change, figures["previous"])}


def attain(ask: Question) -> Fraction:
    """§4 attain: full where the target is reached, else 0."""
    return ZERO if ask.better(ask.own["target"], ask.actual) else ask.full


def versus_mean(ask: Question) -> Fraction:
    """§4 versus_mean: base, and so much for each 1 of distance from the peers' mean."""
    mean = mean_of(ask.actuals())
    distance = mean - ask.actual if ask.lower else ask.actual - mean
    if ask.settings.get("difference", "percent") == "percent":
        distance = Fraction(distance, mean) * 100
    points = limit(ask.full, ask.settings["base"])
    points += bracketed(ask, ask.settings.get("above", []), max(distance, ZERO))
    points -= bracketed(ask, ask.settings.get("below", []), max(-distance, ZERO))
    return ask.held(points)


def bracketed(ask: Question, brackets: list[Row], distance: Fraction) -> Fraction:
    """§4 versus_mean: like income tax, each bracket's step for what lies inside it."""
    points, start = ZERO, ZERO
    for bracket in brackets:
        end = number(bracket["to"]) if "to" in bracket else max(distance, start)
        inside = max(min(distance, end) - start, ZERO)
        points += inside * limit(ask.full, bracket["step"])
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


# §4  From points earned to lines -------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """§4: one indicator on one unit's sheet, about to be measured; `row` is its row of values."""

    book: Book
    unit: str
    indicator: str
    full: Fraction
    measure: Row
    row: Row

    def line(
        self, kind: str, points: Fraction, source: str | None = None, part: int | None = None
    ) -> Line:
        """§1: one line of this unit and indicator."""
        item = self.book.item(self.indicator)
        return Line(self.unit, item, self.indicator, kind, points, source, part)

    def line_limit(self, name: str, default: str) -> Fraction:
        """§2: a floor or cap that becomes a line; a share of full is rounded before it acts."""
        return self.book.line_points(limit(self.full, self.measure.get(name, default)))

    def earned(
        self, exact: Fraction, full: Fraction, source: str | None, part: int | None = None
    ) -> list[Line]:
        """§1, §2: `full`, and `loss` or `gain` where the rounded points are different."""
        points = self.book.line_points(exact)
        lines = [self.line("full", full, source, part)]
        if points != full:
            kind = "loss" if points < full else "gain"
            lines.append(self.line(kind, points - full, source, part))
        return lines


def value_lines(entry: Entry, ask: Question) -> list[Line]:
    """§4: the points earned by a measure on values become a line by one rounding."""
    exact = VALUE_MEASURES[entry.measure["kind"]](ask)
    return entry.earned(exact, entry.full, entry.row.get("id"))


def chain_lines(entry: Entry, ask: Question) -> list[Line]:
    """§4 chain: every part by itself; with `if_full` only while all before it were full."""
    always = entry.measure.get("then", "if_full") == "always"
    counts, lines = True, list[Line]()
    for position, part in enumerate(entry.measure["parts"], start=1):
        asked = replace(ask, settings=part, full=number(part["full"]))
        exact = VALUE_MEASURES[part["kind"]](asked) if counts else ZERO
        mine = entry.earned(exact, asked.full, entry.row.get("id"), position)
        lines += mine
        counts = always or (counts and total_of(mine) >= asked.full)
    return lines


def deduct_lines(entry: Entry) -> list[Line]:
    """§4 deduct: full, every event taken off, and what the floor gives back."""
    events = entry.book.rows("events", entry.indicator, entry.unit)
    lines = [entry.line("full", entry.full)]
    lines += [entry.line("event", -number(row["points"]), row.get("id")) for row in events]
    lines += late_lines(entry)
    back = entry.line_limit("floor", "0") - total_of(lines)
    return lines + ([entry.line("floor", back)] if back > 0 else [])


def late_lines(entry: Entry) -> list[Line]:
    """§5: each late return is an event of `points`, or of `points` x days late."""
    lateness = entry.book.scheme.get("lateness", {})
    if lateness.get("indicator") != entry.indicator:
        return []
    by_day, points = lateness.get("per", "time") == "day", number(lateness["points"])
    return [
        entry.line("event", -points * (number(row["days"]) if by_day else ONE), row.get("id"))
        for row in entry.book.rows("late", unit=entry.unit)
    ]


def credited(rows: list[Row], points: list[Fraction]) -> list[Fraction]:
    """§4 award, §9: of rows with the same matter only the one with the most points counts.

    Among equals the first entered: the smallest date (blank last), then the row read first.
    """
    values, matters = list(points), set[str | None]()
    dated = [("entered" not in row, row.get("entered", "")) for row in rows]
    for index in sorted(range(len(rows)), key=lambda one: (-points[one], dated[one])):
        matter = rows[index].get("matter")
        if matter is not None and matter in matters:
            values[index] = ZERO
        matters.add(matter)
    return values


def award_lines(entry: Entry) -> list[Line]:
    """§4 award: from 0 up, every counting event, and what the cap takes back."""
    rows = entry.book.rows("events", entry.indicator, entry.unit)
    points = credited(rows, [number(row["points"]) for row in rows])
    lines = [
        entry.line("event", value, row.get("id")) for row, value in zip(rows, points, strict=True)
    ]
    above = total_of(lines) - entry.line_limit("cap", "100%")
    return lines + ([entry.line("cap", -above)] if above > 0 else [])


def opinion_lines(entry: Entry) -> list[Line]:
    """§4 panel, survey: full x score / the highest score, x coefficient."""
    score = entry.book.scores[entry.unit, entry.indicator]
    way = Fraction(score, number(entry.measure.get("highest", "100")))
    coefficient = number(entry.row.get("coefficient", "1"))
    return entry.earned(entry.full * way * coefficient, entry.full, None)


def quarter_lines(entry: Entry) -> list[Line]:
    """§4 quarters: + for the best level, - for the last, else 0; one line for each quarter."""
    rows = keyed(entry.book.rows("quarters"), "quarter")
    ids = [level["id"] for level in levels_of(entry.book)]
    worth = {ids[-1]: -number(entry.measure["fair"]), ids[0]: number(entry.measure["excellent"])}
    mine = [rows[entry.unit, quarter] for quarter in entry.measure["quarters"]]
    return [entry.line("quarter", worth.get(row["grade"], ZERO), row.get("id")) for row in mine]


FACT_MEASURES: dict[str, Callable[[Entry], list[Line]]] = {
    "deduct": deduct_lines,
    "award": award_lines,
    "panel": opinion_lines,
    "survey": opinion_lines,
    "quarters": quarter_lines,
}


def measured(book: Book) -> dict[Key, list[Line]]:
    """§4: the lines of every unit for every indicator it is not exempt from."""
    found: dict[Key, list[Line]] = {}
    for indicator in book.indicators:
        holders = book.holders(indicator)
        for group in book.groups().values():
            found |= group_lines(book, indicator, [unit for unit in group if unit in holders])
    return found


def group_lines(book: Book, indicator: str, peers: list[str]) -> dict[Key, list[Line]]:
    """§4: the lines of the peers of one group, by the kind of the indicator's measure."""
    measure, kind = book.measure(indicator), book.kind(indicator)
    lower = book.indicators[indicator].get("direction") == "lower_is_better"
    rows = {unit: book.values.get((unit, indicator), {}) for unit in peers}
    figures = {unit: read_figures(row) for unit, row in rows.items()}
    found: dict[Key, list[Line]] = {}
    for unit in peers:
        full = book.units[unit].sheet.marks[indicator]
        entry = Entry(book, unit, indicator, full, measure, rows[unit])
        ask = Question(measure, full, lower, figures[unit], list(figures.values()))
        if kind in FACT_MEASURES:
            found[unit, indicator] = FACT_MEASURES[kind](entry)
        else:
            found[unit, indicator] = (chain_lines if kind == "chain" else value_lines)(entry, ask)
    return found


# §5  Exempt credit ---------------------------------------------------------------------------


def credit_rate(book: Book, unit: Unit, item: str, points: dict[str, Fraction]) -> Fraction:
    """§5: points / full over the indicators of the item, else of the sheet; 0 to 1.

    Those that can lend a rate are inside, not exempt, and neither award nor quarters.
    """
    every = [
        indicator
        for indicator in unit.sheet.inside
        if (unit.id, indicator) not in book.exempt
        and book.kind(indicator) not in ("award", "quarters")
    ]
    lenders = [indicator for indicator in every if book.item(indicator) == item] or every
    earned = sum((points[indicator] for indicator in lenders), ZERO)
    full = sum((unit.sheet.inside[indicator] for indicator in lenders), ZERO)
    return between(ZERO, ONE, Fraction(earned, full))


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


# §6  Panels ----------------------------------------------------------------------------------

NO_MARKS = ("不了解", "no-basis", "回避", "recused")
"""§6: no basis to judge, and recused, are not marks."""


@dataclass(frozen=True)
class Tally:
    """§6: what one rater group (or several merged ones) says of one unit."""

    weight: Fraction
    n: Fraction
    mean: Fraction


def valid_rows(measure: Row, rows: list[Row]) -> list[Row]:
    """§6.2: the rows with a mark (as a number) on a ballot, all of a rater's marks, not void."""
    anchors, ballots = measure.get("anchors", {}), dict[str, list[Row]]()
    for row in rows:
        if row["mark"] not in NO_MARKS:
            mark = number(anchors.get(row["mark"], row["mark"]))
            ballots.setdefault(row["rater"], []).append({**row, "mark": mark})
    return [
        row
        for ballot in ballots.values()
        if not is_void(measure, [row["mark"] for row in ballot])
        for row in ballot
    ]


def is_void(measure: Row, ballot: list[Fraction]) -> bool:
    """§6.2: at least three marks all equal, or more highest marks than the quota allows."""
    equal = len(ballot) >= 3 and len(set(ballot)) == 1
    if equal and measure.get("void_equal", "yes") == "yes":
        return True
    quota = measure.get("top_quota", "none")
    highest = ballot.count(number(measure["highest"]))
    return quota != "none" and highest > limit(Fraction(len(ballot)), quota)


def merged_groups(measure: Row, rows: list[Row]) -> list[list[str]]:
    """§6.3: groups with too few members (different raters with a row) join the one named."""
    least, merge = whole(measure.get("merge_below", "5")), measure.get("merge", {})
    homes: dict[str, list[str]] = {}
    for group in measure["groups"]:
        members = {row["rater"] for row in rows if row["rater_group"] == group}
        home = merge.get(group, group) if len(members) < least else group
        if home != group and home in merge:
            raise Refusal(f"the rater group {home} is to take in others and to be merged itself")
        homes.setdefault(home, []).append(group)
    return list(homes.values())


def cut(measure: Row, marks: list[Fraction]) -> list[Fraction]:
    """§6.4: from `trim_from` marks on, k are cut from each end."""
    n, trim = len(marks), measure.get("trim", "20%")
    if n < whole(measure.get("trim_from", "6")):
        return marks
    k = int(limit(Fraction(n), trim))
    if is_percent(trim) and share(trim) > 0:
        k = max(k, 1)
    return sorted(marks)[k : n - k]


def weight_of(measure: Row, groups: Iterable[str]) -> Fraction:
    """§6.3: the weights of merged groups add up."""
    return sum((share(measure["groups"][group]) for group in groups), ZERO)


def ballot_tallies(book: Book, indicator: str) -> dict[str, list[Tally]]:
    """§6.2-4: a unit's tallies from the ballots; n counts before the cut, no mark is n = 0."""
    measure, rows = book.measure(indicator), book.rows("ballots", indicator)
    valid, found = valid_rows(measure, rows), dict[str, list[Tally]]()
    for groups in merged_groups(measure, rows):
        weight, mine = weight_of(measure, groups), [r for r in valid if r["rater_group"] in groups]
        for unit in {row["unit"] for row in mine}:
            marks = [row["mark"] for row in mine if row["unit"] == unit]
            tally = Tally(weight, Fraction(len(marks)), mean_of(cut(measure, marks)))
            found.setdefault(unit, []).append(tally)
    return found


def entered_tallies(book: Book, indicator: str) -> dict[str, list[Tally]]:
    """§6: tallies entered as such; `other+group` is a merged group."""
    found: dict[str, list[Tally]] = {}
    for row in book.rows("tallies", indicator):
        weight = weight_of(book.measure(indicator), row["group"].split("+"))
        tally = Tally(weight, number(row["n"]), ratio(row["mean"]))
        found.setdefault(row["unit"], []).append(tally)
    return found


def panel_score(book: Book, measure: Row, tallies: list[Tally]) -> Fraction:
    """§6.5: sum of weight x mean (by `round_mean`) over sum of weight, of groups with a quorum."""
    places = measure.get("round_mean", "none")
    left = [tally for tally in tallies if tally.n >= number(measure.get("quorum", "3"))]
    weighted = ZERO
    for tally in left:
        mean = tally.mean
        if places != "none":
            mean = rounded(mean, decimals("round_mean", places), book.rounding)
        weighted += tally.weight * mean
    return Fraction(weighted, sum((tally.weight for tally in left), ZERO))


def panel_scores(book: Book, indicator: str) -> dict[Key, Fraction]:
    """§6: the score of every unit for a panel, from ballots or from tallies entered as such."""
    entered = entered_tallies(book, indicator)
    tallies = entered or ballot_tallies(book, indicator)
    measure = book.measure(indicator)
    return {
        (unit, indicator): panel_score(book, measure, tallies.get(unit, []))
        for unit in book.holders(indicator)
    }


# §7  Surveys ---------------------------------------------------------------------------------

ANSWERS = {"非常满意": "100", "满意": "80", "基本满意": "60", "不满意": "30", "非常不满意": "0"}
"""§7.1: the scores of the answers where the measure gives none."""

Cells = dict[Key, tuple[Fraction, Fraction]]
"""§7.2: for each stratum and channel, how many scored answers and the sum of their scores."""


def frame_shares(book: Book) -> dict[str, Fraction]:
    """§7.2: each stratum's part of the frame; without a frame one stratum."""
    sizes = {row["stratum"]: number(row["size"]) for row in book.rows("frame")}
    if len(sizes) != len(book.rows("frame")):
        raise Refusal("a stratum stands twice in the frame")
    whole_frame = sum(sizes.values(), ZERO)
    return {stratum: Fraction(size, whole_frame) for stratum, size in sizes.items()} or {"": ONE}


def channel_shares(measure: Row) -> dict[str, Fraction]:
    """§7.2: the channels' shares; without `channels`, or with `none`, they are not told apart."""
    channels = measure.get("channels", "none")
    if channels == "none":
        return {"": ONE}
    shares = {channel: share(text) for channel, text in channels.items()}
    if sum(shares.values(), ZERO) != 1:
        raise Refusal("the channel shares of a survey do not add up to 100%")
    return shares


def answers_by_cell(book: Book, measure: Row, rows: list[Row]) -> Cells:
    """§7.1, §7.2: the scored answers of each cell, those that do not know left out."""
    framed, told_apart = book.rows("frame"), measure.get("channels", "none") != "none"
    scores, cells = measure.get("scores", ANSWERS), Cells()
    for row in rows:
        count = number(row["count"])
        if row["answer"] not in measure.get("dont_know", ["不了解"]) and count > 0:
            cell = (row["stratum"] if framed else "", row["channel"] if told_apart else "")
            n, points = cells.get(cell, (ZERO, ZERO))
            cells[cell] = (n + count, points + number(scores[row["answer"]]) * count)
    return cells


def survey_tally(book: Book, measure: Row, rows: list[Row]) -> tuple[Fraction, Fraction]:
    """§7.2, §7.3: n, and sum of weight x cell mean over sum of weight of cells with answers.

    A cell's weight is stratum share x channel share in whole millionths, rounded half up.
    """
    strata, channels = frame_shares(book), channel_shares(measure)
    cells = answers_by_cell(book, measure, rows)
    weights = {
        (stratum, channel): nearest(strata[stratum] * channels[channel] * 1000000, "half_up")
        for stratum, channel in cells
    }
    n = sum((count for count, _ in cells.values()), ZERO)
    reached = sum(weights.values())
    if reached == 0:
        everything = sum((points for _, points in cells.values()), ZERO)
        return n, Fraction(everything, n) if n else ZERO
    weighted = sum(
        (weights[cell] * Fraction(cells[cell][1], cells[cell][0]) for cell in cells), ZERO
    )
    return n, Fraction(weighted, reached)


def survey_tallies(book: Book, indicator: str) -> dict[str, tuple[Fraction, Fraction]]:
    """§7: n and mean of every unit, entered as such or counted from the answers."""
    entered = keyed(book.rows("tallies", indicator), "indicator")
    found = {}
    for unit in book.holders(indicator):
        answers, row = book.rows("answers", indicator, unit), entered.get((unit, indicator))
        if row is not None:
            found[unit] = number(row["n"]), ratio(row["mean"])
        elif answers:
            found[unit] = survey_tally(book, book.measure(indicator), answers)
        else:
            raise Refusal(f"the unit {unit} has neither answers nor a tally for {indicator}")
    return found


def survey_scores(book: Book, indicator: str) -> dict[Key, Fraction | None]:
    """§7.5: every unit's score, or what stands in with few answers; none means exempt."""
    measure, tallies = book.measure(indicator), survey_tallies(book, indicator)
    least, fallback = number(measure.get("score_from", "30")), measure.get("fallback", "exempt")
    scored = {unit: mean for unit, (n, mean) in tallies.items() if n >= least}
    found: dict[Key, Fraction | None] = {}
    for unit in tallies:
        score = scored.get(unit)
        if score is None and fallback == "group_mean":
            group = book.units[unit].group
            score = mean_of([scored[one] for one in scored if book.units[one].group == group])
        elif score is None and fallback == "last_round":
            score = book.previous[unit, indicator]
        found[unit, indicator] = score
    return found


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


# §1, §3, §9  Items, scale, bonus, totals -----------------------------------------------------


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


def item_sums(book: Book, values: dict[str, Fraction]) -> dict[str, Fraction]:
    """§1: points or full marks of indicators, summed for each item."""
    sums: dict[str, Fraction] = {}
    for indicator, value in values.items():
        item = book.item(indicator)
        sums[item] = sums.get(item, ZERO) + value
    return sums


def scale_lines(book: Book, unit: Unit, items: Fraction) -> list[Line]:
    """§3: `scale_to` brings the items to the common scale by one line, also when 0."""
    if "scale_to" not in unit.series:
        return []
    exact = Fraction(items * number(unit.series["scale_to"]), unit.sheet.total)
    return [Line(unit.id, None, None, "scale", book.line_points(exact) - items)]


def entries_of(book: Book, kind: str, unit: str | None = None) -> list[Row]:
    """§9: the approved entries of a kind, each with its adjustment; the others do nothing."""
    bodies = book.scheme.get("adjustments", {})
    return [
        {**row, "body": bodies[row["adjustment"]]}
        for row in book.rows("adjustments", unit=unit)
        if bodies[row["adjustment"]]["kind"] == kind and row.get("approved")
    ]


def amount_of(entry: Row) -> str | None:
    """Formats: the amount (or level) that the scheme states, else the entry."""
    word = "grade" if entry["body"]["kind"] in ("cap", "fix") else "amount"
    amount: str | None = entry["body"].get(word, entry.get("amount"))
    return amount


def bonus_lines(book: Book, unit: str) -> list[Line]:
    """§9.1: one line for each entry (0 by the same-matter rule), then the caps."""
    rows = entries_of(book, "bonus", unit)
    points = credited(rows, [number(amount_of(row)) for row in rows])
    lines = [
        Line(unit, None, row["adjustment"], "bonus", value, row.get("id"))
        for row, value in zip(rows, points, strict=True)
    ]
    return lines + bonus_caps(book, unit, lines)


def bonus_caps(book: Book, unit: str, lines: list[Line]) -> list[Line]:
    """§9.1: above `cap`, or what is left of `annual_cap` (at least 0), one line takes back."""
    caps = []
    for key, body in book.scheme.get("adjustments", {}).items():
        mine = total_of(line for line in lines if line.indicator == key)
        limits = [number(body["cap"])] if "cap" in body else []
        if "annual_cap" in body:
            earlier = book.previous.get((unit, key), ZERO)
            limits.append(max(ZERO, number(body["annual_cap"]) - earlier))
        least = min([mine, *limits])
        if least < mine:
            caps.append(Line(unit, None, key, "cap", least - mine))
    return caps


def round_lines(book: Book, unit: str, exact: Fraction) -> list[Line]:
    """§2: with fewer `total_places` one line brings the total there, also when 0."""
    if book.total_places == book.line_places:
        return []
    printed = rounded(exact, book.total_places, book.rounding)
    return [Line(unit, None, None, "round", printed - exact)]


def account_of(book: Book, unit: Unit, found: dict[Key, list[Line]]) -> Account:
    """§1: exact total = items + scale + bonus; total = exact total + round."""
    own = {name: lines for (holder, name), lines in found.items() if holder == unit.id}
    points = {indicator: total_of(lines) for indicator, lines in own.items()}
    credit = exempt_lines(book, unit, points)
    points |= {str(line.indicator): line.points for line in credit}
    items = item_sums(book, {name: points[name] for name in unit.sheet.inside})
    lines = [line for name in unit.sheet.inside for line in own.get(name, [])] + credit
    lines += scale_lines(book, unit, total_of(lines))
    bonus = bonus_lines(book, unit.id)
    exact = total_of(lines + bonus)
    lines += bonus + round_lines(book, unit.id, exact)
    return Account(unit, lines, points, items, total_of(bonus), exact, total_of(lines))


# §8  Places ----------------------------------------------------------------------------------

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


def item_value(book: Book, account: Account, item: str) -> Fraction | None:
    """§8: the item score; none where the item's full marks are not those of the series."""
    mine = item_sums(book, account.unit.sheet.inside).get(item)
    series = item_sums(book, account.unit.series_sheet.inside).get(item)
    return account.items[item] if mine is not None and mine == series else None


def breaker_value(book: Book, account: Account, breaker: Row) -> Fraction | None:
    """§8: what a tie-breaker compares (larger is better); none where the value is lacking."""
    if "item" in breaker:
        return item_value(book, account, breaker["item"])
    if "indicator" in breaker:
        name, unit = breaker["indicator"], account.unit
        alike = unit.sheet.marks.get(name) == unit.series_sheet.marks.get(name)
        return account.points.get(name) if alike and (unit.id, name) not in book.exempt else None
    before = book.previous.get((account.unit.id, "place"))
    return None if before is None else -before


def known(values: dict[str, Fraction | None]) -> dict[str, Fraction]:
    """§8: the values that are not lacking."""
    return {unit: value for unit, value in values.items() if value is not None}


def item_places(book: Book, ranked: list[Account], item: str) -> Places:
    """§8: places on the item score, among those who can have one."""
    scores = known({one.unit.id: item_value(book, one, item) for one in ranked})
    return places_of(ordered(list(scores), scores))


def ranking_total(book: Book, account: Account) -> Fraction:
    """§2: the total that `rank_on` names."""
    on = book.points_setting("rank_on", "printed")
    return account.exact if on == "exact" else account.total


def base_order(book: Book, ranked: list[Account], breakers: list[Row]) -> Order:
    """§8: by the total, then each remaining tie by each tie-breaker that no unit of it lacks."""
    totals = {one.unit.id: ranking_total(book, one) for one in ranked}
    order = ordered(list(totals), totals)
    for breaker in breakers:
        values = known({one.unit.id: breaker_value(book, one, breaker) for one in ranked})
        order = [
            piece
            for tie in order
            for piece in (ordered(tie, values) if values.keys() >= set(tie) else [tie])
        ]
    return order


# §9  Demotion: the slot rule -----------------------------------------------------------------


@dataclass(frozen=True)
class Block:
    """§9: units that stay together in the order; `fall` is N, 0 for undemoted ones."""

    units: list[str]
    base: int
    fall: int


def falls_of(book: Book) -> dict[str, int | None]:
    """§9 slot rule 1: N, the sum of a unit's orders; none for `last`, which beats numbers."""
    falls: dict[str, int | None] = {}
    for entry in entries_of(book, "demote"):
        unit, amount = entry["unit"], amount_of(entry)
        before = falls.get(unit, 0)
        falls[unit] = None if amount == "last" or before is None else before + whole(amount)
    return falls


def final_order(order: Order, falls: dict[str, int | None]) -> Order:
    """§9: base order to final order; those ordered `last` stand behind everybody else."""
    sequence = in_slots(falling_blocks(order, falls))
    for tied in sorted({block.base for block in sequence if block.fall == 0}):
        sequence = together(sequence, tied)
    last = without(order, {unit for block in sequence for unit in block.units})
    return [block.units for block in never_ahead(sequence)] + last


def without(order: Order, names: set[str]) -> Order:
    """§9: the order without some of its units."""
    left = [[unit for unit in tie if unit not in names] for tie in order]
    return [tie for tie in left if tie]


def falling_blocks(order: Order, falls: dict[str, int | None]) -> list[Block]:
    """§9 slot rule 1: demoted units of the same base place and N are one block."""
    blocks: dict[tuple[int, int], list[str]] = {}
    for unit, (base, _) in places_of(order).items():
        fall = falls.get(unit, 0)
        if fall is not None:
            blocks.setdefault((base, fall), []).append(unit)
    return [Block(units, base, fall) for (base, fall), units in blocks.items()]


def in_slots(blocks: list[Block]) -> list[Block]:
    """§9 slot rules 2 and 3: demoted blocks take slots, the others fill what is free."""
    taken: dict[int, Block] = {}
    demoted = [block for block in blocks if block.fall > 0]
    for block in sorted(demoted, key=lambda one: (-one.base - one.fall, -one.base)):
        start = block.base + block.fall
        while any(start + step in taken for step in range(len(block.units))):
            start -= 1
        taken |= {start + step: block for step in range(len(block.units))}
    slot = 1
    for unit, base in [(unit, one.base) for one in blocks if one.fall == 0 for unit in one.units]:
        while slot in taken:
            slot += 1
        taken[slot] = Block([unit], base, 0)
    return [taken[slot] for slot in sorted(taken) if taken[slot] is not taken.get(slot - 1)]


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
        result += [sequence[i] for i in moved if moved[i] == k]
        result += [] if k in moved else [block]
    return result


# §10  Grades ---------------------------------------------------------------------------------


LEVELS = [{"id": "excellent", "top": "30%"}, {"id": "good"}, {"id": "fair", "bottom": "10%"}]
"""§10: the levels of a scheme that names none."""


def grade_setting(book: Book, name: str, default: str) -> str:
    """§10: one of the scheme's settings for grades."""
    return str(book.scheme.get("grades", {}).get(name, default))


def levels_of(book: Book) -> list[Row]:
    """§10: the levels, best first."""
    return list(book.scheme.get("grades", {}).get("levels", LEVELS))


def inside_quota(book: Book, order: Order, text: str, n: int, side: int) -> set[str]:
    """§10: who stands inside a share of n, from the top (side 0) or the bottom (side 1).

    The count is at least 1 for a share above 0; a whole tie has to lie inside it (`exclude`).
    """
    exact, count = share(text) * n, grade_setting(book, "count", "floor")
    k = {"floor": exact // 1, "half_up": nearest(exact, "half_up"), "ceil": -(-exact // 1)}[count]
    k = max(k, 1) if exact > 0 else k
    include, places = grade_setting(book, "tie", "exclude") == "include", places_of(order)
    return {
        unit
        for tie in order
        for unit in tie
        if places[unit][side] + (0 if include else len(tie) - 1) <= k
    }


def in_top(book: Book, order: Order, n: int) -> set[str] | None:
    """§10, §9: the units inside the top quota (none without one); `refill` skips the barred."""
    top = levels_of(book)[0].get("top")
    if top is None:
        return None
    if grade_setting(book, "refill", "no") == "next":
        order = without(order, {entry["unit"] for entry in entries_of(book, "bar")})
    return inside_quota(book, order, top, n, side=0)


def meets(book: Book, account: Account, level: Row) -> bool:
    """§10: whether the total meets a level's `at_least` (with none: yes)."""
    if "at_least" not in level:
        return True
    series = account.unit.series
    common = number(series["scale_to"]) if "scale_to" in series else account.unit.sheet.total
    return ranking_total(book, account) >= limit(common, level["at_least"])


def graded(book: Book, account: Account, top: set[str] | None, bottom: set[str]) -> int:
    """§10: the first level by quota and `at_least`, the last by quota, else the next met."""
    levels, unit = levels_of(book), account.unit.id
    inside = "at_least" in levels[0] if top is None else unit in top
    if inside and meets(book, account, levels[0]):
        return 0
    met = [i for i in range(1, len(levels)) if meets(book, account, levels[i])]
    return met[0] if met and unit not in bottom else len(levels) - 1


def grades_by_quota(book: Book, ranked: list[Account], order: Order) -> dict[str, int]:
    """§9.4, §10: the ranked units' grades on the final places; under three units no quotas."""
    n, levels = len(ranked), levels_of(book)
    if n < 3 and not any("at_least" in level for level in levels):
        return {}
    top = in_top(book, order, n) if n >= 3 else None
    text = levels[-1].get("bottom", "0%") if n >= 3 else "0%"
    bottom = inside_quota(book, order, text, n, side=1)
    return {one.unit.id: graded(book, one, top, bottom) for one in ranked}


# §9.5, §9.6  Negative evaluation and veto ----------------------------------------------------


def named_level(book: Book, entry: Row) -> int:
    """§9: the level that an entry names; `fix` without any: the last."""
    ids = [level["id"] for level in levels_of(book)]
    name = amount_of(entry)
    return len(ids) - 1 if name is None else ids.index(name)


def after_step(book: Book, unit: str, grade: int, step: str) -> int:
    """§9: `bar`, then `cap`, then `lower`, then `fix`; a larger number is a worse level."""
    bar, cap, lower, fix = (
        [one for one in entries_of(book, kind, unit) if one["body"].get("step", "negative") == step]
        for kind in ("bar", "cap", "lower", "fix")
    )
    last = len(levels_of(book)) - 1
    if bar:
        grade = max(grade, min(1, last))
    grade = max([grade, *(named_level(book, entry) for entry in cap)])
    grade = min(grade + sum(whole(amount_of(entry)) for entry in lower), last)
    return max((named_level(book, entry) for entry in fix), default=grade)


def final_grade(book: Book, unit: str, grade: int | None) -> str | None:
    """§9.5, §9.6: negative evaluation, then veto; who has no grade stays without one."""
    if grade is None:
        return None
    for step in ("negative", "veto"):
        grade = after_step(book, unit, grade, step)
    return str(levels_of(book)[grade]["id"])


# §11  The year --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Result:
    """§11.3: an earlier year's result: whether it was last, and whose it was (blank: nobody's)."""

    last: bool
    head: str | None


@dataclass(frozen=True)
class Year:
    """§11: a round that is a year; results and predecessors by unit and year, heads by unit."""

    book: Book
    text: str
    heads: dict[str, str]
    results: dict[tuple[str, int], Result]
    predecessors: dict[tuple[str, int], str]

    @property
    def section(self) -> Row:
        """§11: what the scheme says of the year."""
        return dict(self.book.scheme["year"])

    @property
    def number(self) -> int:
        """§11: which year it is."""
        return calendar_year(self.text)

    @property
    def rules(self) -> list[Row]:
        """§11.6: the rules on units that are last."""
        return list(self.section.get("consequences", []))

    @property
    def follows_head(self) -> bool:
        """§11.5: whether the years running are those of the head (the default), not the unit."""
        return bool(self.section.get("follow", "head") == "head")

    def rules_for(self, unit: Unit) -> list[Row]:
        """§11.6: the rules that name the unit's series."""
        return [rule for rule in self.rules if unit.series["id"] in rule["series"]]


def calendar_year(text: object) -> int:
    """§11: four figures say which year it is."""
    if not isinstance(text, str) or re.fullmatch("[0-9]{4}", text) is None:
        raise Refusal(f"{quoted(text)} is not a year of four figures")
    return int(text)


def spelling(name: str) -> str:
    """§11.5: a name without what does not count: blanks, full or half width of signs, case."""
    usual = unicodedata.normalize("NFC", "".join(half_width(sign) for sign in name))
    return "".join(usual.split()).casefold()


def half_width(sign: str) -> str:
    """§11.5: the usual form of a sign that is only wider or narrower than it; else the sign."""
    form, _, code = unicodedata.decomposition(sign).partition(" ")
    return chr(int(code, 16)) if form in ("<wide>", "<narrow>") else sign


def told_once(book: Book, table: str, word: str) -> dict[str, str]:
    """Formats: what a table says of each unit, in one row."""
    rows = book.rows(table)
    found = {row["unit"]: row[word] for row in rows}
    if len(found) != len(rows):
        raise Refusal(f"a unit has two rows in {table}")
    return found


def by_year(book: Book, table: str, this: int) -> dict[tuple[str, int], Row]:
    """§11.3, §11.4: rows of years before the round's, one for each name and year."""
    found: dict[tuple[str, int], Row] = {}
    for row in book.rows(table):
        key = (spelling(row["unit"]), calendar_year(row["year"]))
        if key[1] >= this:
            raise Refusal(f"{table} has a row for {key[1]}, which is not before {this}")
        if key in found:
            raise Refusal(f"there are two rows in {table} for {quoted(row['unit'])} in {key[1]}")
        found[key] = row
    return found


def read_year(book: Book, text: object) -> Year:
    """§11: a year, its heads, the results of earlier years and the names they stand under."""
    this, on = calendar_year(text), book.scheme["year"].get("last_on", "final")
    successions = by_year(book, "successions", this)
    year = Year(
        book=book,
        text=str(text),
        heads=told_once(book, "heads", "head"),
        results={key: result(row, on) for key, row in by_year(book, "history", this).items()},
        predecessors={key: spelling(row["predecessor"]) for key, row in successions.items()},
    )
    headless = [unit for unit in book.units.values() if unit.id not in year.heads]
    for unit in headless if year.follows_head else []:
        if year.rules_for(unit):
            raise Refusal(f"the unit {unit.id} has no head")
    return year


# §11.1  Rewards ------------------------------------------------------------------------------


def rewards(year: Year, grades: dict[str, str | None]) -> dict[str, Row]:
    """§11.1: what each unit with a grade gets, where the scheme has rewards."""
    if "rewards" not in year.section:
        return {}
    staff = told_once(year.book, "headcounts", "headcount")
    return {
        unit: reward(year, staff[unit], grade)
        for unit, grade in grades.items()
        if grade is not None
    }


def reward(year: Year, headcount: str, grade: str) -> Row:
    """§11.1: coefficient of the grade x base x headcount, one rounding to the cent."""
    rule = year.section["rewards"]
    coefficient = rule["coefficients"][grade]
    exact = number(coefficient) * number(rule["base"]) * number(headcount)
    amount = written(rounded(exact, 2, year.book.rounding), 2)
    return {"headcount": headcount, "coefficient": coefficient, "amount": amount}


# §11.2, §11.3  Who is last -------------------------------------------------------------------


def is_last(place: int | None, bottom: int | None) -> bool:
    """§11.2: bottom place 1 and a place above 1; without places not."""
    return place is not None and place > 1 and bottom == 1


def is_last_now(year: Year, figures: Row) -> bool:
    """§11.2: whether a unit is last in this round, by final or by base places."""
    prefix = "base_" if year.section.get("last_on", "final") == "base" else ""
    return is_last(figures[prefix + "place"], figures[prefix + "bottom"])


def result(row: Row, last_on: str) -> Result:
    """§11.3: a row of history; blank base places are the final ones of the row."""
    final, base = past_places(row, ""), past_places(row, "base_")
    last = is_last(*(base if last_on == "base" and base != (None, None) else final))
    return Result(last, spelling(row.get("head", "")) or None)


def past_places(row: Row, prefix: str) -> tuple[int | None, int | None]:
    """§11.3: place and bottom place of a row, both or neither, whole numbers from 1."""
    place, bottom = (
        whole(row[prefix + word]) if prefix + word in row else None for word in ("place", "bottom")
    )
    if (place is None) != (bottom is None):
        raise Refusal(f"a row of history for {quoted(row['unit'])} has only one of two places")
    if place is not None and bottom is not None and min(place, bottom) < 1:
        raise Refusal(f"a row of history for {quoted(row['unit'])} has a place under 1")
    return place, bottom


# §11.4, §11.5  Years running -----------------------------------------------------------------


def own_result(year: Year, unit: str, then: int) -> Result | None:
    """§11.4: a unit's result of an earlier year, under the name it then had and no other."""
    name = spelling(unit)
    return year.results.get((year.predecessors.get((name, then), name), then))


def counts(year: Year, unit: str, then: int) -> bool:
    """§11.5: the head of today was last that year, wherever; or the unit's own result was."""
    if not year.follows_head:
        own = own_result(year, unit, then)
        return own is not None and own.last
    head = spelling(year.heads[unit])
    return any(
        one.last and one.head == head for (_, when), one in year.results.items() if when == then
    )


def run_of(year: Year, unit: str) -> int:
    """§11.5: 1, and 1 for each year directly before, until the first that does not count."""
    run = 1
    while counts(year, unit, year.number - run):
        run += 1
    return run


# §11.6  Consequences -------------------------------------------------------------------------


def years_running(rule: Row) -> int:
    """§11.6: how many years running a rule asks for (1)."""
    return whole(rule.get("when", {}).get("years_running", "1"))


def consequence(year: Year, unit: Unit) -> Row | None:
    """§11.6: of the rules that could speak for a unit that is last, the one that asks for most."""
    if not (mine := year.rules_for(unit)):
        return None
    run = run_of(year, unit.id)
    asked = {years_running(rule): rule for rule in mine}
    if len(asked) != len(mine):
        raise Refusal(f"two rules for the series of {unit.id} ask for as many years running")
    reached = [years for years in asked if years <= run]
    if not reached:
        return None
    rule, head = asked[max(reached)], year.heads.get(unit.id)
    return {"rule": rule["id"], "then": rule["then"], "run": run, "head": head}


def consequences(year: Year, shown: dict[str, Row]) -> dict[str, Row]:
    """§11.6: what follows for each unit that is last, where a rule speaks for it."""
    last = [unit for unit in year.book.units.values() if is_last_now(year, shown[unit.id])]
    found = {unit.id: consequence(year, unit) for unit in last}
    return {unit: one for unit, one in found.items() if one is not None}


def year_figures(book: Book, text: object, shown: dict[str, Row]) -> Row:
    """Formats: the board's `year`, from the units as the board shows them."""
    year = read_year(book, text)
    return {
        "year": year.text,
        "heads": year.heads,
        "rewards": rewards(year, {unit: figures["grade"] for unit, figures in shown.items()}),
        "consequences": consequences(year, shown),
    }


# The board -----------------------------------------------------------------------------------


def standing(places: Places, unit: str, prefix: str = "") -> Row:
    """Formats: a unit's places from both ends; null where it has none (§8, §9.0)."""
    top, bottom = places.get(unit, (None, None))
    return {prefix + "place": top, prefix + "bottom": bottom}


def unit_figures(book: Book, account: Account, places: dict[str, Places]) -> Row:
    """Formats: points of the sheet's indicators (no exempt outside ones), items, and sums."""
    decimals, points = book.line_places, account.points
    return {
        "group": account.unit.group,
        "points": {
            indicator: written(points[indicator], decimals)
            for indicator in account.unit.sheet.marks
            if indicator in points
        },
        "items": {
            item: {"points": written(score, decimals), **standing(places[item], account.unit.id)}
            for item, score in account.items.items()
        },
        "bonus": written(account.bonus, decimals),
        "exact": written(account.exact, decimals),
        "total": written(account.total, book.total_places),
    }


def group_units(book: Book, accounts: list[Account]) -> dict[str, Row]:
    """§9: one comparison group, from step 0 to step 6, as the board shows it."""
    left = {entry["unit"] for entry in entries_of(book, "unranked")}
    ranked = [one for one in accounts if one.unit.id not in left]
    base = base_order(book, ranked, accounts[0].unit.series.get("tie_breakers", []))
    final = final_order(base, falls_of(book))
    grades = grades_by_quota(book, ranked, final)
    items = {item: item_places(book, ranked, item) for item in book.scheme["items"]}
    return {
        one.unit.id: {
            **unit_figures(book, one, items),
            **standing(places_of(base), one.unit.id, "base_"),
            **standing(places_of(final), one.unit.id),
            "grade": final_grade(book, one.unit.id, grades.get(one.unit.id)),
        }
        for one in accounts
    }


def line_json(book: Book, line: Line) -> Row:
    """Formats: one line of the board; only a chain's part has `part`."""
    shown = {**vars(line), "points": written(line.points, book.line_places)}
    return {word: value for word, value in shown.items() if word != "part" or value is not None}


def recount(given: dict[str, Any]) -> dict[str, Any]:
    """Formats: the board's `units`, `lines` and (§11) `year` of a round given as plain JSON."""
    book = with_scores(read_book(given))
    found = measured(book)
    accounts = {unit.id: account_of(book, unit, found) for unit in book.units.values()}
    shown: dict[str, Row] = {}
    for group in book.groups().values():
        shown |= group_units(book, [accounts[unit] for unit in group])
    lines = [line_json(book, line) for one in accounts.values() for line in one.lines]
    board: dict[str, Any] = {"units": {unit: shown[unit] for unit in book.units}, "lines": lines}
    if "year" in book.scheme:
        board["year"] = year_figures(book, given["round"].get("year"), board["units"])
    return board


# Comparing two boards ------------------------------------------------------------------------

Named = dict[tuple[str, ...], list[str]]
"""Figures by their names, a unit's id first; each figure is its JSON text."""


def plain(value: object) -> str:
    """A figure as its JSON text, so that 2 and "2" are different."""
    return json.dumps(value, ensure_ascii=False)


def figures_of(value: object, *name: str) -> Named:
    """Every figure inside the units; an object also counts as present."""
    if not isinstance(value, dict):
        return {name: [plain(value)]}
    found: Named = {name: ["present"]}
    for key, inner in value.items():
        found |= figures_of(inner, *name, key)
    return found


def year_of(board: dict[str, Any]) -> Named:
    """Every figure of the year; none where the board has no year."""
    return figures_of(board["year"]) if "year" in board else {}


def lines_of(lines: list[Row]) -> Named:
    """The points of all lines of the same name, in order of their text: a multiset."""
    found: Named = {}
    for line in lines:
        unit, item, indicator, part, kind = (
            plain(line.get(word)) for word in ("unit", "item", "indicator", "part", "kind")
        )
        name = (unit, f"{kind} lines of item {item}, indicator {indicator}, part {part}")
        found.setdefault(name, []).append(plain(line.get("points")))
    return {name: sorted(points) for name, points in found.items()}


def check_board(board: dict[str, Any]) -> None:
    """Formats: refuses a board whose units or year are no objects or whose lines are ill-formed."""
    units, lines = board.get("units"), board.get("lines")
    if not isinstance(units, dict) or not isinstance(lines, list):
        raise Refusal("the board's units are not an object or its lines not a list")
    for unit, figures in units.items():
        if not isinstance(figures, dict):
            raise Refusal(f"the unit {unit} of the board is not an object")
    if not isinstance(board.get("year", {}), dict):
        raise Refusal("the year of the board is not an object")
    for position, line in enumerate(lines, start=1):
        check_line(line, f"line {position} of the board")


def check_line(line: object, name: str) -> None:
    """Formats: refuses what is no line; only a chain's part has `part`, a whole number."""
    if not isinstance(line, dict):
        raise Refusal(f"{name} is not an object")
    for word in ("unit", "item", "indicator", "kind", "points"):
        if not isinstance(line.get(word, 0), str | None):
            raise Refusal(f"{name} has no text (or null) as its {word}")
    part = line.get("part")
    if not isinstance(part, int | None) or isinstance(part, bool):
        raise Refusal(f"{name} has no whole number as its part")


def sentence(what: str, here: str, there: str) -> str:
    """One difference; quotation marks only where nothing else tells the figures apart."""
    bare = [text.replace('"', "") for text in (what, here, there)]
    what, one, other = bare if bare[1] != bare[2] else (bare[0], here, there)
    return visible(f"{what}: here {one}, there {other}")


def heading_of(given: dict[str, Any]) -> Row:
    """Formats: what a board says of the whole round given: its id, and whether it is made up."""
    about, made_up = given.get("round"), given["scheme"].get("made_up", "no")
    name = about.get("round") if isinstance(about, dict) else None
    if not isinstance(name, str):
        raise Refusal("the round file does not say the id of its round")
    if made_up not in ("yes", "no"):
        raise Refusal(f"made_up is yes or no, not {quoted(made_up)}")
    return {"round": name, "made_up": made_up == "yes"}


def heading_difference(given: dict[str, Any], board: dict[str, Any]) -> str | None:
    """Formats: a sentence naming what a board says otherwise of the whole round given."""
    for word, mine in heading_of(given).items():
        here, there = plain(mine), plain(board[word]) if word in board else "absent"
        if here != there:
            return sentence(word, here, there)
    return None


def named(name: tuple[str, ...]) -> str:
    """What a figure of a unit or a line is called in a sentence."""
    return f"unit {name[0]}, {' of '.join(reversed(name[1:])) or 'the unit itself'}"


def named_of_year(name: tuple[str, ...]) -> str:
    """What a figure of the year is called: what, then the unit, then the part of a figure."""
    what, unit, *parts = *name, *("",) * (2 - len(name))
    ending = " of ".join([*reversed(parts), *([what] if what else []), "the year"])
    return f"unit {unit}, {ending}" if unit else ending


def first_difference(mine: dict[str, Any], board: dict[str, Any]) -> str | None:
    """Formats: a sentence naming unit, what, here and there; none where all is the same."""
    check_board(board)
    units = figures_of(mine["units"]), figures_of(board["units"])
    lines = lines_of(mine["lines"]), lines_of(board["lines"])
    years = year_of(mine), year_of(board)
    for (here, there), nothing, called in (
        (units, ["absent"], named),
        (lines, ["none"], named),
        (years, ["absent"], named_of_year),
    ):
        for name in [*here, *there]:
            if here.get(name) != there.get(name):
                one, other = (" and ".join(every.get(name, nothing)) for every in (here, there))
                return sentence(called(name), one, other)
    return None


# The command line ----------------------------------------------------------------------------


def unique(pairs: list[tuple[str, Any]]) -> Row:
    """§3: doubled keys are refused."""
    if len({key for key, _ in pairs}) != len(pairs):
        raise Refusal("an object of the input has the same key twice")
    return dict(pairs)


def small(text: str) -> int:
    """§2: a whole number of the JSON itself (a place, a part), of at most 18 digits."""
    if len(text.lstrip("-")) > 18:
        raise Refusal(f"the number {short(text)} has more than 18 digits")
    return int(text)


def no_figure(text: str) -> Row:
    """Formats: figures with a point are text, and NaN is none."""
    raise Refusal(f"the number {short(text)} is not written as text")


def read_text(path: str) -> str:
    """Formats: a file of text in UTF-8."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Refusal(f"the file {path} cannot be read: {error.strerror}") from error
    except UnicodeError as error:
        raise Refusal(f"the file {path} is not text in UTF-8") from error
    if not text.strip():
        raise Refusal(f"the file {path} is empty")
    return text


def read_json(path: str, form: str) -> Row:
    """Formats: one JSON file of the format named, without doubled keys or numbers with a point."""
    try:
        found = json.loads(
            read_text(path),
            object_pairs_hook=unique,
            parse_int=small,
            parse_float=no_figure,
            parse_constant=no_figure,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Refusal(f"the file {path} is not JSON ({where})") from error
    except RecursionError as error:
        raise Refusal(f"the file {path} is nested too deeply") from error
    if not isinstance(found, dict) or found.get("format") != form:
        raise Refusal(f"the file {path} is not of the format {form}")
    return found


def difference(given: Row, mine: Row, board: Row) -> str | None:
    """Formats: the first difference between the round given, its recount and a board."""
    check_board(board)
    return heading_difference(given, board) or first_difference(mine, board)


def answer(arguments: list[str]) -> tuple[int, str]:
    """Formats: what to print and how to end."""
    if len(arguments) not in (1, 2):
        raise Refusal("usage: recount.py round.json [board.json]")
    given = read_json(arguments[0], "leitai-round-1")
    mine = recount(given)
    if len(arguments) == 1:
        shown = json.dumps(mine, ensure_ascii=False, indent=1)
        return 0, "\n".join(visible(line) for line in shown.split("\n"))
    found = difference(given, mine, read_json(arguments[1], "leitai-board-1"))
    return (1, found) if found else (0, "same")


BAD: dict[type[Exception], str] = {
    RecursionError: "it is nested too deeply",
    ArithmeticError: "something would have to be divided by zero",
    LookupError: "a list is too short",
    AttributeError: "a text, a list or an object stands where something else is expected",
    TypeError: "a text, a list or an object stands where something else is expected",
    ValueError: "a value is none of those expected",
}
"""What goes wrong by itself where the input is not what the formats say."""


def complaint(error: Exception) -> str:
    """Formats: one sentence on what went wrong by itself."""
    if isinstance(error, KeyError):
        return visible(f"the input names {error} or needs it, but does not have it")
    what = next(what for kind, what in BAD.items() if isinstance(error, kind))
    return f"the input is unreadable or contradictory: {what}"


def main(arguments: list[str]) -> int:
    """Formats: 0 same (or printed), 1 different, 2 one sentence on unreadable input."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code, text = answer(arguments)
    except Refusal as refusal:
        code, text = 2, str(refusal)
    except tuple(BAD) as error:
        code, text = 2, complaint(error)
    print(text, file=sys.stderr if code == 2 else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
