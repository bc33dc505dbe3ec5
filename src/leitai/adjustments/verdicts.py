"""Negative evaluation and veto: bars, caps, lowered and fixed grades, each a step (rules §9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leitai.facts.round import Round
from leitai.intake.model import Entry
from leitai.points import whole
from leitai.problems import Problem, warning
from leitai.scheme.model import GRADE_KINDS, Grades, Scheme

STEPS = ("negative", "veto")


@dataclass(frozen=True)
class Step:
    """One recorded adjustment: what stood before and after, on whose word.

    For a demotion `before` and `after` are places, for grade kinds level ids, "" otherwise.
    """

    unit: str
    adjustment: str
    kind: str
    amount: str
    before: str
    after: str
    reason: str
    basis: str
    source: str


def verdicts(
    round_: Round, entries: Sequence[Entry], grades: Mapping[str, str | None]
) -> tuple[dict[str, str | None], list[Step], list[Problem]]:
    """Grades after steps 5 and 6, with every step taken."""
    scheme, now = round_.scheme, dict(grades)
    steps: list[Step] = []
    problems: list[Problem] = []
    for step in STEPS:
        for kind in GRADE_KINDS:
            for entry in _of(scheme, entries, step, kind):
                before = now[entry.unit]
                if before is None:
                    problems.append(without_effect(round_, entry))
                    continue
                now[entry.unit] = after = _after(kind, before, entry.amount, scheme.grades)
                steps.append(record(entry, kind, before, after))
    return now, steps, problems


def _of(scheme: Scheme, entries: Sequence[Entry], step: str, kind: str) -> list[Entry]:
    """Entries of one kind in one step; of several fixes the worst comes last and so stands."""
    found = [
        entry
        for entry in entries
        if scheme.adjustments[entry.adjustment].kind == kind
        and (scheme.adjustments[entry.adjustment].step or "negative") == step
    ]
    return sorted(found, key=lambda e: scheme.grades.rank(e.amount)) if kind == "fix" else found


def record(entry: Entry, kind: str, before: str, after: str) -> Step:
    """The step an entry took."""
    return Step(
        entry.unit,
        entry.adjustment,
        kind,
        entry.amount,
        before,
        after,
        entry.reason,
        entry.basis,
        entry.id,
    )


def without_effect(round_: Round, entry: Entry) -> Problem:
    """The warning that an entry's unit has no place or no grade for it to act on."""
    unit, name = round_.units[entry.unit].name, round_.scheme.adjustments[entry.adjustment].name
    return warning("adjustment.no-effect", entry.where, unit=unit, adjustment=name)


def _after(kind: str, before: str, amount: str, grades: Grades) -> str:
    """The level after one bar, cap, lowering or fix."""
    rank, last = grades.rank(before), len(grades.levels) - 1
    if kind == "bar":
        rank = max(rank, 1)
    elif kind == "cap":
        rank = max(rank, grades.rank(amount))
    elif kind == "lower":
        rank = min(rank + whole(amount), last)
    else:
        rank = grades.rank(amount)
    return grades.levels[rank].id
