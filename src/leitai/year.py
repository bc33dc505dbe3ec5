"""The year: rewards, who is last for how many years running, and what follows (rules §11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from leitai.facts.round import Round
from leitai.intake.year import Past, Standing, YearFacts
from leitai.points import decimal_text, exact, rounded
from leitai.problems import Problem, problem, warning
from leitai.scheme.year import HEAD, Rewards, Year

Grades = Mapping[str, str | None]
CENTS = 2


@dataclass(frozen=True)
class Reward:
    """What a unit's staff is paid together; headcount and coefficient as typed."""

    headcount: str
    coefficient: str
    cents: int

    @property
    def amount(self) -> str:
        """The money as text."""
        return decimal_text(self.cents, CENTS)


@dataclass(frozen=True)
class Outcome:
    """A consequence that speaks for a unit: its rule's id, after how many years running.

    `head` is "" where runs follow the unit and no head is named.
    """

    rule: str
    then: str
    run: int
    head: str


@dataclass(frozen=True)
class Outcomes:
    """What the year came to.

    `last`: all last units; `runs`: the years running of those whose series is bound. `relieved`:
    for units that were last in the year before under another head, that head.
    """

    facts: YearFacts
    rewards: Mapping[str, Reward]
    consequences: Mapping[str, Outcome]
    last: Sequence[str]
    runs: Mapping[str, int]
    relieved: Mapping[str, str]


def outcomes(
    round_: Round, facts: YearFacts, standings: Mapping[str, Standing], grades: Grades
) -> tuple[Outcomes, list[Problem]]:
    """Rewards and consequences of an annual round; missing headcounts as Problems."""
    rule = round_.scheme.year
    assert rule is not None
    rewards, problems = _rewards(round_, rule.rewards, facts, grades)
    last = [unit for unit, one in standings.items() if one.is_last(rule.last_on)]
    bound = [unit for unit in last if round_.units[unit].series in rule.bound]
    runs = {unit: 1 + len(earlier(rule, facts, unit)) for unit in bound}
    found = {unit: _outcome(round_, rule, facts, unit, years) for unit, years in runs.items()}
    spoken = {unit: one for unit, one in found.items() if one is not None}
    return Outcomes(facts, rewards, spoken, last, runs, _relieved(rule, facts)), problems


def earlier(rule: Year, facts: YearFacts, unit: str) -> list[list[Past]]:
    """The last places of each directly preceding year that make the run, latest year first."""
    found: list[list[Past]] = []
    while past := _last_in(rule, facts, unit, facts.year - 1 - len(found)):
        found.append(past)
    return found


def _last_in(rule: Year, facts: YearFacts, unit: str, year: int) -> list[Past]:
    """Where the unit's head, or the unit itself, was last in a year."""
    if rule.follow == HEAD:
        of_year = facts.by_year.get(year, {}).values()
        results = [one for one in of_year if one.head == facts.heads[unit]]
    else:
        own = facts.result(unit, year)
        results = [own] if own is not None else []
    return [one for one in results if one.standing.is_last(rule.last_on)]


def _outcome(round_: Round, rule: Year, facts: YearFacts, unit: str, years: int) -> Outcome | None:
    """The rule with the longest completed run; none where no run is completed."""
    series = round_.units[unit].series
    completed = [
        one for one in rule.consequences if series in one.series and years >= one.when.years_running
    ]
    if not completed:
        return None
    longest = max(completed, key=lambda one: one.when.years_running)
    return Outcome(longest.id, longest.then, years, facts.heads.get(unit, ""))


def _relieved(rule: Year, facts: YearFacts) -> dict[str, str]:
    """The earlier heads of units that were last in the year before under somebody else."""
    found: dict[str, str] = {}
    for unit, head in facts.heads.items():
        before = facts.result(unit, facts.year - 1)
        if before is not None and before.standing.is_last(rule.last_on):
            found |= {unit: before.head} if before.head not in ("", head) else {}
    return found


def _rewards(
    round_: Round, rule: Rewards | None, facts: YearFacts, grades: Grades
) -> tuple[dict[str, Reward], list[Problem]]:
    """The amount of every graded unit, one rounding each."""
    found: dict[str, Reward] = {}
    problems: list[Problem] = []
    for unit in round_.units.values() if rule is not None else ():
        assert rule is not None
        grade = grades.get(unit.id)
        if grade is None:
            problems.append(warning("year.no-grade", unit=unit.name))
        elif unit.id not in facts.headcounts:
            problems.append(problem("year.headcount-missing", unit=unit.name))
        else:
            count, coefficient = facts.headcounts[unit.id], rule.coefficients[grade]
            money = exact(coefficient) * rule.base * exact(count)
            cents = rounded(money * Fraction(10**CENTS), round_.scheme.points.rounding)
            found[unit.id] = Reward(count, coefficient, cents)
    return found, problems
