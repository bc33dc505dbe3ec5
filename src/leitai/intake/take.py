"""Takes in a round's facts whole: everything typed, every gap and contradiction a Problem."""

from __future__ import annotations

from collections.abc import Mapping

from leitai.bind import Bound
from leitai.facts.round import Round
from leitai.intake.entries import entries, previous
from leitai.intake.events import events, missing_events, nil_returns, quarters
from leitai.intake.exemptions import exemptions
from leitai.intake.model import Intake
from leitai.intake.panels import panels
from leitai.intake.surveys import surveys
from leitai.intake.values import missing_values, values
from leitai.problems import Problem


def take(round_: Round, bindings: Mapping[str, Bound]) -> tuple[Intake, list[Problem]]:
    """Everything evaluation reads, with all Problems found on the way."""
    exempt, problems = exemptions(round_, bindings)
    rows, from_values = values(round_, bindings)
    recorded, from_events = events(round_, bindings)
    nil, from_nil = nil_returns(round_, bindings, recorded)
    graded, from_quarters = quarters(round_, bindings)
    earlier, from_previous = previous(round_, bindings)
    scores, tallies, from_panels = panels(round_, bindings, exempt)
    surveyed = surveys(round_, bindings, exempt, earlier)
    adjustments, from_entries = entries(round_)
    problems += [*from_values, *from_events, *from_nil, *from_quarters, *from_previous]
    problems += [*from_panels, *surveyed.problems, *from_entries]
    problems += missing_values(round_, bindings, rows, exempt)
    problems += missing_events(round_, bindings, recorded, nil, exempt)
    taken = Intake(
        values=rows,
        events={**recorded, **graded},
        scores={**scores, **surveyed.scores},
        tallies={**tallies, **surveyed.tallies},
        exempt={**exempt, **surveyed.exempt},
        entries=adjustments,
        previous=earlier,
        nil=nil,
    )
    return taken, problems
