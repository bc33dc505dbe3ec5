"""Wrong places and grades: ties, tie-breakers, demotions, quotas, verdicts.

Each function plants one bug: it puts a wrong version in place of a function of the engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from leitai import grades, places, ranking, results, totals
from leitai.adjustments import slots, verdicts
from leitai.scheme import model

Patch = pytest.MonkeyPatch


def broken_by_position(patch: Patch) -> None:
    def competition(scores: pl.Series, groups: pl.Series) -> tuple[pl.Series, pl.Series]:
        frame = pl.DataFrame({"score": scores, "group": groups})
        made = frame.select(
            pl.col("score")
            .rank("ordinal", descending=True)
            .over("group")
            .cast(pl.Int64)
            .alias("a"),
            pl.col("score")
            .rank("ordinal", descending=False)
            .over("group")
            .cast(pl.Int64)
            .alias("b"),
        )
        return made["a"], made["b"]

    patch.setattr(ranking, "competition", competition)
    patch.setattr(results, "competition", competition)


def ids_break_ties(patch: Patch) -> None:
    right = ranking._base_places

    def base_places(round_: Any, *given: Any) -> places.Places:
        found, layout = right(round_, *given), round_.layout
        for group in layout.names:
            mine = [at for at in layout.members(group) if found.top[at] is not None]
            mine.sort(key=lambda at: (found.top[at], layout.units[at]))
            found = found.having(layout, places.places_of([[layout.units[at]] for at in mine]))
        return found

    patch.setattr(ranking, "_base_places", base_places)


def own_sheets_by_the_look_of_an_id(patch: Patch) -> None:
    def sheet_of(self: Any, unit: str) -> str:
        return str(self.own_sheets.get(unit, self.sheet) if unit.startswith("u") else self.sheet)

    patch.setattr(model.Series, "sheet_of", sheet_of)


def bottom_is_counted_down(patch: Patch) -> None:
    def competition(scores: pl.Series, groups: pl.Series) -> tuple[pl.Series, pl.Series]:
        top, _ = places.competition(scores, groups)
        frame = pl.DataFrame({"top": top, "group": groups})
        return top, frame.select(pl.col("top").count().over("group") + 1 - pl.col("top"))["top"]

    def places_of(ties: Sequence[Sequence[str]]) -> dict[str, tuple[int, int]]:
        n = sum(len(tie) for tie in ties)
        return {unit: (top, n + 1 - top) for unit, (top, _) in places.places_of(ties).items()}

    patch.setattr(ranking, "competition", competition)
    patch.setattr(results, "competition", competition)
    patch.setattr(ranking, "places_of", places_of)


def every_item_is_comparable(patch: Patch) -> None:
    patch.setattr(totals.Totals, "comparable", lambda self, item: self.items[item].is_not_null())


def exact_totals_always_rank(patch: Patch) -> None:
    patch.setattr(totals.Totals, "deciding", property(lambda self: self.exact))


def exempt_units_break_ties(patch: Patch) -> None:
    right = totals.Totals.tie_value

    def tie_value(self: Any, taken: Any, *given: Any) -> Any:
        return right(self, replace(taken, exempt={}), *given)

    patch.setattr(totals.Totals, "tie_value", tie_value)


def unranked_units_are_ranked(patch: Patch) -> None:
    right = ranking._Kinds.units
    patch.setattr(
        ranking._Kinds, "units", lambda self, *kinds: right(self, *(set(kinds) - {"unranked"}))
    )


def sorted_by_place_and_fall(patch: Patch) -> None:
    def demote(base: dict[str, int], falls: dict[str, Any]) -> list[list[str]]:
        def key(unit: str) -> tuple[bool, int, int]:
            fall = falls.get(unit, 0)
            last = fall == slots.LAST
            return last, base[unit] + (0 if last else fall), 0 if last else fall

        return [[u for u in base if key(u) == one] for one in sorted({key(u) for u in base})]

    patch.setattr(slots, "demote", demote)
    patch.setattr(ranking, "demote", demote)


def demoted_ones_split_ties(patch: Patch) -> None:
    patch.setattr(slots, "_ties_together", lambda found, _others: list(dict.fromkeys(found)))


def demoted_ones_pass_their_betters(patch: Patch) -> None:
    patch.setattr(slots, "_undemoted_first", lambda found, _others: list(found))


def taken_slots_send_behind(patch: Patch) -> None:
    def free_start(block: Any, taken: Any) -> int:
        start = block.wanted
        while any(start + step in taken for step in range(len(block.units))):
            start += 1
        return start

    patch.setattr(slots, "_free_start", free_start)


def nearest_slots_first(patch: Patch) -> None:
    def from_the_front(found: Any, key: Any = None) -> Any:
        return sorted(found) if key is None else sorted(found, key=lambda one: one.wanted)

    patch.setattr(slots, "sorted", from_the_front, raising=False)


def ties_pass_the_line(patch: Patch) -> None:
    right = grades._within
    patch.setattr(
        grades,
        "_within",
        lambda first, last, count, rule: right(first, last, count, replace(rule, tie="include")),
    )


def the_line_splits_ties(patch: Patch) -> None:
    def within(first: pl.Series, last: pl.Series, count: pl.Series, _rule: Any) -> pl.Series:
        ties, inside = Counter[Any](), []
        for place, end, most in zip(first, last, count, strict=True):
            inside.append(place is not None and place + ties[place, end, most] <= most)
            ties[place, end, most] += 1
        return pl.Series(inside)

    patch.setattr(grades, "_within", within)


def quotas_round_down(patch: Patch) -> None:
    right = grades.quota
    patch.setattr(grades, "quota", lambda share, n, _count: right(share, n, "floor"))


def quotas_may_be_nobody(patch: Patch) -> None:
    patch.setattr(grades, "quota", lambda share, n, _count: int((share or 0) * n))


def unranked_units_count_in_n(patch: Patch) -> None:
    right_graded, right_quota, gone = ranking._graded, grades.quota, [0]

    def graded(round_: Any, kinds: Any, *given: Any) -> Any:
        gone[0] = len(kinds.units("unranked"))
        return right_graded(round_, kinds, *given)

    patch.setattr(ranking, "_graded", graded)
    patch.setattr(grades, "quota", lambda share, n, count: right_quota(share, n + gone[0], count))


def bars_free_their_place(patch: Patch) -> None:
    right = grades._inside_top
    patch.setattr(
        grades,
        "_inside_top",
        lambda standings, n, rule: right(standings, n, replace(rule, refill="next")),
    )


def a_veto_comes_first(patch: Patch) -> None:
    patch.setattr(verdicts, "STEPS", ("veto", "negative"))
