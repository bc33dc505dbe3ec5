"""Tallies entered as such, and the rule that one indicator has raw rows or tallies, not both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from leitai.bind import Bound
from leitai.facts.round import Round
from leitai.facts.rows import Row
from leitai.intake.values import on_sheet
from leitai.points import exact, ratio, whole
from leitai.problems import Problem, Refused, problem
from leitai.stats.panel import Panel
from leitai.stats.tally import Tally


def entered_tallies(
    round_: Round, bindings: Mapping[str, Bound], kind: str, raw: str
) -> tuple[dict[str, list[Tally]], list[Problem]]:
    """Indicator → its tallies as entered; `raw` names the table of ballots or answers."""
    found: dict[str, list[Tally]] = {}
    problems: list[Problem] = []
    with_raw = {row["indicator"] for row in round_.rows(raw)}
    for row in round_.rows("tallies"):
        bound = bindings[row["indicator"]]
        if bound.measure.kind not in ("panel", "survey") and kind == "panel":
            problems.append(_out_of_place(row, bound))
        if bound.measure.kind == kind:
            problems += _row_problems(row, bound, round_, with_raw)
            tally = _tally(row, problems)
            if tally is not None:
                found.setdefault(bound.id, []).append(tally)
    for indicator, tallies in found.items():
        problems += _overlaps(tallies, bindings[indicator].indicator.name)
    return found, problems


def _overlaps(tallies: list[Tally], indicator: str) -> Iterator[Problem]:
    """A rater group that stands in two tallied groups: its weight would count twice."""
    standing: dict[str, str] = {}
    for one in tallies:
        parts = one.group.split("+")
        for part in parts:
            other = standing.setdefault(part, one.group)
            if other != one.group or parts.count(part) > 1:
                words = {"group": one.group, "other": other, "indicator": indicator}
                yield problem("fact.rater-groups-overlap", one.source, **words)
                break


def _out_of_place(row: Row, bound: Bound) -> Problem:
    return problem("fact.tally-unwanted", row.where, indicator=bound.indicator.name)


def _row_problems(row: Row, bound: Bound, round_: Round, with_raw: set[str]) -> Iterator[Problem]:
    names = {"unit": round_.units[row["unit"]].name, "indicator": bound.indicator.name}
    if bound.id in with_raw:
        yield problem("fact.raw-and-tally", row.where, **names)
    if not on_sheet(round_, row["unit"], bound.id):
        yield problem("fact.not-on-sheet", row.where, **names)
    if bound.measure.kind == "panel":
        other, *merged = row["group"].split("+")
        p: Panel = bound.settings
        if other not in p.groups or any(p.merge.get(group) != other for group in merged):
            group = row["group"]
            yield problem("fact.rater-group-unknown", row.spot("group"), group=group, **names)
    elif row["group"]:
        yield problem("fact.group-unwanted", row.spot("group"), group=row["group"], **names)


def _tally(row: Row, problems: list[Problem]) -> Tally | None:
    try:
        n, mean = whole(row["n"]), ratio(row["mean"])
        spread = exact(row["spread"]) if row["spread"] else None
    except Refused as refused:
        problems.append(refused.at(row.where))
        return None
    if n < 0:
        problems.append(problem("fact.count-refused", row.spot("n"), text=row["n"]))
    return Tally(row["unit"], row["group"], n, mean if n else None, spread, source=row.id)


def off_scale(
    tallies: list[Tally], low: Fraction, high: Fraction, indicator: str
) -> Iterator[Problem]:
    """Means that no marks on the scale can have."""
    for one in tallies:
        if one.mean is not None and not low <= one.mean <= high:
            yield problem(
                "fact.mark-off-scale", one.source, mark=str(one.mean), indicator=indicator
            )


def raw_rows(
    round_: Round, bindings: Mapping[str, Bound], table: str, kind: str
) -> Iterator[tuple[Row, Bound | None, list[Problem]]]:
    """Ballots or answers with their indicator; None and a Problem where they are out of place."""
    wrong: dict[tuple[str, str], str] = {}  # looked up once for all rows of a unit and indicator
    for row in round_.rows(table):
        unit, indicator = key = row.cells["unit"], row.cells["indicator"]
        bound = bindings[indicator]
        if key not in wrong:
            misplaced = "" if on_sheet(round_, unit, indicator) else "fact.not-on-sheet"
            wrong[key] = misplaced if bound.measure.kind == kind else "fact.tally-unwanted"
        if wrong[key]:
            names = {"unit": round_.units[unit].name, "indicator": bound.indicator.name}
            yield row, None, [problem(wrong[key], row.where, **names)]
        else:
            yield row, bound, []


def units_with(round_: Round, indicator: str) -> list[str]:
    """The units whose sheet has the indicator."""
    return [unit for unit in round_.units if on_sheet(round_, unit, indicator)]
