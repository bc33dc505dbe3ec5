"""Wrong years: who is last, which years count, which rule speaks, what is paid.

Each function plants one bug: it puts a wrong version in place of a function of the engine.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from leitai import year
from leitai.intake.year import Past, Standing, YearFacts
from leitai.points import rounded

Patch = pytest.MonkeyPatch


def nobody_need_be_ahead(patch: Patch) -> None:
    def is_last(self: Standing, on: str) -> bool:
        return (self.bottom if on == "final" else self.base_bottom) == 1

    patch.setattr(Standing, "is_last", is_last)


def the_first_are_last(patch: Patch) -> None:
    def is_last(self: Standing, on: str) -> bool:
        return self.place == 1 and self.bottom != 1

    patch.setattr(Standing, "is_last", is_last)


def last_is_always_final(patch: Patch) -> None:
    right = Standing.is_last
    patch.setattr(Standing, "is_last", lambda self, _on: right(self, "final"))


def gaps_are_bridged(patch: Patch) -> None:
    def earlier(rule: Any, facts: YearFacts, unit: str) -> list[list[Past]]:
        years = sorted(facts.by_year, reverse=True)
        found = [year._last_in(rule, facts, unit, one) for one in years]
        return [one for one in found if one]

    patch.setattr(year, "earlier", earlier)


def only_one_year_back(patch: Patch) -> None:
    right = year.earlier
    patch.setattr(year, "earlier", lambda *given: right(*given)[:1])


def runs_follow_the_unit(patch: Patch) -> None:
    right = year._last_in
    patch.setattr(
        year, "_last_in", lambda rule, *given: right(replace(rule, follow="unit"), *given)
    )


def heads_count_in_their_own_unit_only(patch: Patch) -> None:
    right = year._last_in

    def last_in(rule: Any, facts: YearFacts, unit: str, of: int) -> list[Past]:
        return [one for one in right(rule, facts, unit, of) if one.unit == unit]

    patch.setattr(year, "_last_in", last_in)


def successions_are_forgotten(patch: Patch) -> None:
    patch.setattr(YearFacts, "result", lambda self, unit, of: self.by_year.get(of, {}).get(unit))


def own_results_count_beside_the_predecessors(patch: Patch) -> None:
    right = YearFacts.result

    def result(self: YearFacts, unit: str, of: int) -> Past | None:
        own = self.by_year.get(of, {}).get(unit)
        return own if own and own.standing.is_last("final") else right(self, unit, of)

    patch.setattr(YearFacts, "result", result)


def imported_results_do_not_count(patch: Patch) -> None:
    right = year._last_in
    patch.setattr(
        year,
        "_last_in",
        lambda *given: [one for one in right(*given) if not one.row["imported"]],
    )


def the_first_rule_speaks(patch: Patch) -> None:
    right = year._outcome

    def outcome(round_: Any, rule: Any, facts: YearFacts, unit: str, years: int) -> Any:
        return right(round_, replace(rule, consequences=rule.consequences[:1]), facts, unit, years)

    patch.setattr(year, "_outcome", outcome)


def runs_must_be_longer(patch: Patch) -> None:
    right = year._outcome

    def outcome(round_: Any, rule: Any, facts: YearFacts, unit: str, years: int) -> Any:
        found = right(round_, rule, facts, unit, years - 1)
        return found and replace(found, run=years)

    patch.setattr(year, "_outcome", outcome)


def cents_are_cut_off(patch: Patch) -> None:
    patch.setattr(year, "rounded", lambda value, _rule: value.numerator // value.denominator)


def halves_always_go_up(patch: Patch) -> None:
    patch.setattr(year, "rounded", lambda value, _rule: rounded(value, "half_up"))
