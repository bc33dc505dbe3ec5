"""Events: recorded deductions and awards, nil returns, and late returns turned into events (§5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from leitai.bind import Bound
from leitai.facts.round import Round
from leitai.facts.rows import Row
from leitai.facts.settle import level_names
from leitai.intake.model import Exemption, Key
from leitai.intake.values import on_sheet
from leitai.measures.kind import Event
from leitai.measures.quarters import Quarters
from leitai.near import near
from leitai.points import LARGEST, exact
from leitai.problems import Problem, Refused, problem, warning

Found = dict[Key, list[Event]]


def entered(row: Row, order: int) -> tuple[bool, str, int]:
    """What "first entered" compares: the date, blank ones last, then the order of reading."""
    return (not row["entered"], row["entered"], order)


def events(round_: Round, bindings: Mapping[str, Bound]) -> tuple[Found, list[Problem]]:
    """Events by unit and indicator, with what late returns cost."""
    found: Found = defaultdict(list)
    problems: list[Problem] = []
    for order, row in enumerate(round_.rows("events")):
        event = _event(row, order, round_, bindings, problems)
        if event is not None:
            found[row["unit"], row["indicator"]].append(event)
    for order, row in enumerate(round_.rows("late")):
        event = _late(row, order, round_, problems)
        if event is not None and round_.scheme.lateness is not None:
            found[row["unit"], round_.scheme.lateness.indicator].append(event)
    for (unit, indicator), recorded in found.items():
        if sum(one.units for one in recorded) > LARGEST:
            about = bindings[indicator].indicator.name
            name = round_.units[unit].name
            problems.append(problem("fact.points-too-large", unit=name, indicator=about))
    return found, problems


def _event(
    row: Row, order: int, round_: Round, bindings: Mapping[str, Bound], problems: list[Problem]
) -> Event | None:
    bound = bindings[row["indicator"]]
    names = {"unit": round_.units[row["unit"]].name, "indicator": bound.indicator.name}
    if bound.measure.kind not in ("deduct", "award"):
        problems.append(problem("fact.not-an-event-indicator", row.where, **names))
        return None
    if not on_sheet(round_, row["unit"], bound.id):
        problems.append(problem("fact.not-on-sheet", row.where, **names))
    try:
        units = round_.scheme.scale.read(row["points"])
    except Refused as refused:
        problems.append(refused.at(row.spot("points"), **names))
        return None
    if units <= 0:
        problems.append(problem("fact.points-not-positive", row.spot("points"), **names))
    return Event(row.id, units, row["reason"], row["matter"], entered(row, order))


def _late(row: Row, order: int, round_: Round, problems: list[Problem]) -> Event | None:
    rule = round_.scheme.lateness
    unit = round_.units[row["unit"]].name
    if rule is None or not on_sheet(round_, row["unit"], rule.indicator):
        problems.append(warning("late.not-scored", row.where, unit=unit, about=row["about"]))
        return None
    points = rule.points * round_.scheme.scale.one
    if rule.per == "day":
        if not row["days"]:
            problems.append(problem("late.days-missing", row.where, unit=unit, about=row["about"]))
            return None
        try:
            days = exact(row["days"])
        except Refused as refused:
            problems.append(refused.at(row.spot("days"), unit=unit))
            return None
        if days <= 0 or days.denominator != 1:
            problems.append(problem("fact.days-refused", row.spot("days"), unit=unit))
        points = points * days
    reason = "：".join(part for part in (row["about"], row["reason"]) if part)
    return Event(row.id, int(points), reason, "", entered(row, order), case="late")


def nil_returns(
    round_: Round, bindings: Mapping[str, Bound], found: Found
) -> tuple[dict[Key, str], list[Problem]]:
    """(unit, indicator) → the nil return that speaks for it; unit "" speaks for all others."""
    nil: dict[Key, str] = {}
    problems: list[Problem] = []
    for row in round_.rows("nil_returns"):
        bound = bindings[row["indicator"]]
        names = {"indicator": bound.indicator.name}
        if bound.measure.kind != "deduct":
            problems.append(problem("fact.nil-return-unwanted", row.where, **names))
        elif row["unit"] and found.get((row["unit"], bound.id)):
            name = round_.units[row["unit"]].name
            problems.append(problem("fact.nil-return-contradicted", row.where, unit=name, **names))
        else:
            nil[row["unit"], bound.id] = row.id
    return nil, problems


def missing_events(
    round_: Round,
    bindings: Mapping[str, Bound],
    found: Found,
    nil: Mapping[Key, str],
    exempt: Mapping[Key, Exemption],
) -> Iterator[Problem]:
    """Deduction indicators with neither an event nor a nil return (§4 deduct)."""
    late = round_.scheme.lateness.indicator if round_.scheme.lateness else ""
    deducting = _deducting(round_, bindings)
    for unit in round_.units.values() if any(deducting.values()) else ():
        for bound in deducting[round_.scheme.sheet_of(unit.id, unit.series).id]:
            key = (unit.id, bound.id)
            names = {"unit": unit.name, "indicator": bound.indicator.name}
            if key in exempt:
                if found.get(key) or key in nil:
                    yield problem("fact.exempt-has-data", **names)
            elif not (found.get(key) or key in nil or ("", bound.id) in nil or bound.id == late):
                department = round_.name_of(bound.indicator.department)
                yield problem("fact.no-nil-return", department=department, **names)


def _deducting(round_: Round, bindings: Mapping[str, Bound]) -> dict[str, list[Bound]]:
    """The indicators of each sheet that deduct."""
    return {
        sheet.id: [
            bindings[name]
            for name in (*sheet.full, *sheet.outside)
            if bindings[name].measure.kind == "deduct"
        ]
        for sheet in round_.scheme.sheets.values()
    }


def quarters(round_: Round, bindings: Mapping[str, Bound]) -> tuple[Found, list[Problem]]:
    """The grades of the listed quarters as events: best, last, between or not-assessed."""
    rows = {(row["unit"], row["quarter"]): row for row in round_.rows("quarters")}
    found: Found = defaultdict(list)
    measured = [bound for bound in bindings.values() if bound.measure.kind == "quarters"]
    listed = {quarter for bound in measured for quarter in bound.settings.quarters}
    problems = [
        warning("fact.quarter-not-listed", row.spot("quarter"), quarter=row["quarter"])
        for row in rows.values()
        if row["quarter"] not in listed
    ]
    for bound in measured:
        for unit in round_.units:
            if on_sheet(round_, unit, bound.id):
                found[unit, bound.id] = _unit_quarters(unit, bound, rows, round_, problems)
    return found, problems


def _unit_quarters(
    unit: str, bound: Bound, rows: Mapping[Key, Row], round_: Round, problems: list[Problem]
) -> list[Event]:
    settings: Quarters = bound.settings
    made: list[Event] = []
    for order, quarter in enumerate(settings.quarters):
        row = rows.get((unit, quarter))
        name = round_.units[unit].name
        if row is None:
            problems.append(problem("fact.quarter-missing", unit=name, quarter=quarter))
            continue
        effect = _effect(row, round_, problems)
        level = level_names(round_.scheme).get(row["grade"], row["reason"])
        about = f"{quarter}（{level}）"
        made.append(Event(row.id, 0, about, "", (False, "", order), case=effect))
    return made


def _effect(row: Row, round_: Round, problems: list[Problem]) -> str:
    levels = round_.scheme.grades.levels
    grade = row["grade"]
    if grade == "not-assessed":
        if not row["reason"]:
            problems.append(problem("fact.reason-missing", row.where, quarter=row["quarter"]))
        return "not-assessed"
    if grade not in [level.id for level in levels]:
        alike = near(grade, [level.name for level in levels])
        problems.append(problem("fact.grade-unknown", row.spot("grade"), grade=grade, near=alike))
    if grade == levels[0].id:
        return "best"
    return "last" if grade == levels[-1].id else "between"
