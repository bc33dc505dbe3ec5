"""Exemptions: units not assessed on an indicator, by name, with reason and basis (§5)."""

from __future__ import annotations

from collections.abc import Mapping

from leitai.bind import Bound
from leitai.facts.round import Round
from leitai.intake.model import Exemption, Key
from leitai.intake.values import on_sheet
from leitai.problems import Problem, problem


def exemptions(
    round_: Round, bindings: Mapping[str, Bound]
) -> tuple[dict[Key, Exemption], list[Problem]]:
    """Who is exempt from what; exemptions out of place as Problems."""
    found: dict[Key, Exemption] = {}
    problems: list[Problem] = []
    for row in round_.rows("exemptions"):
        bound = bindings[row["indicator"]]
        names = {"unit": round_.units[row["unit"]].name, "indicator": bound.indicator.name}
        if not on_sheet(round_, row["unit"], bound.id):
            problems.append(problem("fact.not-on-sheet", row.where, **names))
        elif bound.measure.kind in ("award", "quarters"):
            problems.append(problem("fact.exempt-not-possible", row.where, **names))
        else:
            found[row["unit"], bound.id] = Exemption(row["reason"], row["basis"], row.id)
    return found, problems
