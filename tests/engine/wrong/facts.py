"""Wrong intake: gaps, late returns, panels, surveys, what is written out.

Each function plants one bug: it puts a wrong version in place of a function of the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from leitai.intake import events, panels, surveys, take
from leitai.stats import panel, survey
from tests.engine import test_properties_order

Patch = pytest.MonkeyPatch


def gaps_are_zero(patch: Patch) -> None:
    patch.setattr(take, "missing_values", lambda *_given: ())


def no_event_needs_no_return(patch: Patch) -> None:
    patch.setattr(take, "missing_events", lambda *_given: ())


def late_returns_are_forgotten(patch: Patch) -> None:
    patch.setattr(events, "_late", lambda *_given: None)


def written_without_entry_dates(patch: Patch) -> None:
    right = test_properties_order.plain_round

    def plain(round_: Any) -> dict[str, Any]:
        made = right(round_)
        for rows in made["facts"].values():
            for row in rows:
                row.pop("entered", None)
        return made

    patch.setattr(test_properties_order, "plain_round", plain)


def nothing_is_cut(patch: Patch) -> None:
    patch.setattr(panel, "_trimmed", lambda values, _p: values)


def cut_at_the_top_only(patch: Patch) -> None:
    right = panel._trimmed

    def trimmed(values: Sequence[Fraction], p: Any) -> Sequence[Fraction]:
        return values[: len(right(values, p))]

    patch.setattr(panel, "_trimmed", trimmed)


def cut_before_the_quorum(patch: Patch) -> None:
    right = panel._tally

    def tally(unit: str, group: str, values: Sequence[Fraction], p: Any) -> Any:
        return replace(right(unit, group, values, p), n=len(panel._trimmed(sorted(values), p)))

    patch.setattr(panel, "_tally", tally)


def void_ballots_count(patch: Patch) -> None:
    patch.setattr(panel, "_without_void", lambda marks, _p, _indicator: (list(marks), []))


def small_groups_stay(patch: Patch) -> None:
    patch.setattr(panel, "_merged", lambda _m, p, _i: ({group: group for group in p.groups}, []))


def own_units_are_marked(patch: Patch) -> None:
    patch.setattr(panels, "_refusals", lambda *_given: ())


def few_answers_are_scored(patch: Patch) -> None:
    def fall_back(_r: Any, bound: Any, one: Any, _s: Any, _p: Any, made: Any) -> None:
        made.scores[one.unit, bound.id] = one.mean or Fraction(0)

    patch.setattr(surveys, "_fall_back", fall_back)


def weights_are_not_renormalised(patch: Patch) -> None:
    right = survey._tally

    def tally(unit: str, cells: Any, weight: Any) -> Any:
        made = right(unit, cells, weight)
        used = sum(weight[cell] for cell in cells)
        mean = made.mean * Fraction(used, survey.MILLION) if made.mean is not None else None
        return replace(made, mean=mean if used else made.mean)

    patch.setattr(survey, "_tally", tally)


def survey_means_of_all_groups(patch: Patch) -> None:
    right = surveys._fall_back

    def fall_back(round_: Any, *given: Any) -> None:
        units = {key: replace(unit, group="") for key, unit in round_.units.items()}
        right(replace(round_, units=units), *given)

    patch.setattr(surveys, "_fall_back", fall_back)
