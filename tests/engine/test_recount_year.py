"""Property 14 for the year: engine and recount agree on rewards, runs and consequences.

Random annual rounds with a count of what they reached, the cases that are years, and wrong
recounts, each of which the random rounds must find out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from leitai.casebook.read import read_case
from leitai.evaluate import evaluate
from leitai.facts.round import Round
from leitai.seal import recount as right
from leitai.seal.plain import plain_board, plain_round
from leitai.seal.recount import first_difference, recount
from tests.engine.rounds.annual import annual, answered
from tests.engine.rounds.examples import EXAMPLES
from tests.engine.rounds.situations import SITUATIONS, situations
from tests.engine.rounds.years import build_year

CASES = sorted((Path(__file__).resolve().parents[2] / "cases" / "year").glob("*.yaml"))
ANNUAL = max(200, EXAMPLES // 10)
SHARES = 4

Plain = dict[str, Any]


@pytest.mark.parametrize("share", range(SHARES))
def test_engine_and_recount_agree_on_random_years(share: int) -> None:
    for seed in range(share, ANNUAL, SHARES):
        _, given, board = annual(seed)
        assert first_difference(recount(given), board) is None, seed


def test_engine_and_recount_agree_on_the_small_years_of_the_oracle() -> None:
    for seed in range(ANNUAL // 4):
        given, board = answered(build_year(Random(seed)))
        assert first_difference(recount(given), board) is None, seed


def test_random_years_reach_every_situation() -> None:
    counts = Counter(name for seed in range(ANNUAL) for name in situations(*annual(seed)[::2]))
    print(*(f"{counts[name]:5}  {name}" for name in SITUATIONS), sep="\n")
    # 10 of 1,000 rounds; of the quick ones each situation must at least occur.
    wanted = 10 if ANNUAL >= 1000 else 1
    assert {name: counts[name] for name in SITUATIONS if counts[name] < wanted} == {}


@cache
def year_cases() -> dict[str, Round]:
    """The rounds of the cases that are years and give a board."""
    cases = {path.stem: read_case(path.read_text("utf-8"), path.name)[0] for path in CASES}
    return {
        name: case.round
        for name, case in cases.items()
        if case is not None and case.round is not None and not case.expect.problems
    }


def test_the_cases_of_the_year_have_their_year_recounted() -> None:
    recounted = 0
    for name, round_ in year_cases().items():
        board, _ = evaluate(round_)
        assert board is not None, name
        mine = recount(plain_round(round_))
        assert first_difference(mine, plain_board(board)) is None, name
        recounted += "year" in mine
    assert recounted >= 20


# Wrong recounts, each of which the random years must find out


def own_row_first(year: Any, unit: str, then: int) -> Any:
    return year.results.get((unit, then)) or own_result(year, unit, then)


def own_row_only(year: Any, unit: str, then: int) -> Any:
    return year.results.get((unit, then))


def succession_followed_on(year: Any, unit: str, then: int) -> Any:
    name = unit
    for _ in range(2):
        name = year.predecessors.get((name, then), name)
    return year.results.get((name, then))


def head_in_own_unit(year: Any, unit: str, then: int) -> bool:
    if not year.follows_head:
        return counts(year, unit, then)
    one = year.results.get((unit, then))
    return one is not None and one.last and one.head == right.spelling(year.heads[unit])


def gaps_skipped(year: Any, unit: str) -> int:
    return 1 + sum(right.counts(year, unit, then) for then in range(2010, year.number))


def mildest(year: Any, unit: Any) -> Any:
    mine = sorted(year.rules_for(unit), key=right.years_running)
    run = right.run_of(year, unit.id) if mine else 0
    if not mine or right.years_running(mine[0]) > run:
        return None
    head = year.heads.get(unit.id)
    return {"rule": mine[0]["id"], "then": mine[0]["then"], "run": run, "head": head}


def exactly_as_long(year: Any, unit: Any) -> Any:
    found = consequence(year, unit)
    asked = [right.years_running(rule) for rule in year.rules_for(unit)]
    return found if found and found["run"] in asked else None


def final_places_only(year: Any, figures: Plain) -> bool:
    return right.is_last(figures["place"], figures["bottom"])


def past_by_final(row: Plain, last_on: str) -> Any:
    return result(row, "final")


def last_though_all_tie(place: int | None, bottom: int | None) -> bool:
    return bottom == 1


def half_up_only(value: Any, places: int, rule: str) -> Any:
    return rounded(value, places, "half_up")


def half_even_only(value: Any, places: int, rule: str) -> Any:
    return rounded(value, places, "half_even")


# The right ones, kept, since the wrong ones lean on them while they stand in their place.
own_result, counts, consequence = right.own_result, right.counts, right.consequence
result, rounded = right.result, right.rounded
WRONG: dict[str, tuple[str, Callable[..., object]]] = {
    "own row before the predecessor's": ("own_result", own_row_first),
    "successions ignored": ("own_result", own_row_only),
    "successions followed on": ("own_result", succession_followed_on),
    "head only in the unit itself": ("counts", head_in_own_unit),
    "gaps skipped": ("run_of", gaps_skipped),
    "the rule that asks for least": ("consequence", mildest),
    "a rule speaks only once": ("consequence", exactly_as_long),
    "this year by final places": ("is_last_now", final_places_only),
    "earlier years by final places": ("result", past_by_final),
    "last though everybody is tied": ("is_last", last_though_all_tie),
    "always half up": ("rounded", half_up_only),
    "always half even": ("rounded", half_even_only),
    "no head is followed": ("counts", lambda *_: False),
}


@pytest.mark.parametrize("name", WRONG)
def test_random_years_find_out_a_wrong_recount(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(right, *WRONG[name])
    assert any(
        first_difference(recount(given), board) is not None
        for _, given, board in map(annual, range(ANNUAL))
    )
