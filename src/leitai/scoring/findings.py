"""What a worked measure's checks find, as Problems that name units or groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leitai.facts.round import Round
from leitai.intake.model import Intake
from leitai.measures.kind import Check
from leitai.points import LARGEST
from leitai.problems import Problem, problem, warning
from leitai.scoring.worked import Worked


def findings(worked: Worked, round_: Round, taken: Intake) -> Iterator[Problem]:
    """The Problems a part's checks find, and points no ledger can hold."""
    layout = round_.layout
    for number, check in enumerate(worked.score.checks):
        failing = [
            index
            for index in worked.failing(number)
            if _measured(worked, taken, layout.units[index])
        ]
        yield from _findings(check, failing, worked, round_, taken)
    for index in worked.beyond(LARGEST):
        name = round_.units[layout.units[index]].name
        yield problem("fact.points-too-large", unit=name, indicator=worked.bound.indicator.name)


def _measured(worked: Worked, taken: Intake, unit: str) -> bool:
    key = (unit, worked.bound.id)
    return key in taken.values or key in taken.scores


def _findings(
    check: Check,
    failing: Sequence[int],
    worked: Worked,
    round_: Round,
    taken: Intake,
) -> Iterator[Problem]:
    """One Problem a unit, or one a group where the check is about groups."""
    make, layout = (warning if check.warning else problem), round_.layout
    indicator = worked.bound.indicator.name
    if check.of_group:
        for group in sorted({layout.groups[index] for index in failing}):
            names = [layout.units[i] for i in failing if layout.groups[i] == group]
            units = "|".join(round_.units[unit].name for unit in names)
            title = round_.scheme.group_names()[layout.names[group]]
            yield make(check.code, indicator=indicator, group=title, units=units)
        return
    for index in failing:
        unit = layout.units[index]
        row = taken.values.get((unit, worked.bound.id))
        where = row.where if row else ""
        yield make(check.code, where, indicator=indicator, unit=round_.units[unit].name)
