"""Wrong sums and lines: floors, caps, bonus, credits, rounding.

Each function plants one bug: it puts a wrong version in place of a function of the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import polars as pl
import pytest

from leitai import board, points, ranking, totals
from leitai.adjustments import bonus
from leitai.columns import base as columns
from leitai.columns.integer import IntegerColumn
from leitai.facts.layout import Layout
from leitai.ledger import Line
from leitai.measures import MEASURES, award
from leitai.measures.kind import EventLine
from leitai.scoring import lines as ledger
from leitai.scoring import points as scoring

Patch = pytest.MonkeyPatch


def floor_gives_everything_back(patch: Patch) -> None:
    right = MEASURES["deduct"].lines
    assert right is not None

    def lines(p: Any, found: Any, full: int, use: Any) -> list[EventLine]:
        made = right(p, found, full, use)
        if made[-1].kind != "floor":
            return made
        return [*made[:-1], EventLine("floor", full - sum(line.units for line in made[:-1]))]

    patch.setitem(MEASURES, "deduct", replace(MEASURES["deduct"], lines=lines))


def floor_is_forgotten(patch: Patch) -> None:
    right = MEASURES["deduct"].lines
    assert right is not None

    def lines(*given: Any) -> list[EventLine]:
        return [line for line in right(*given) if line.kind != "floor"]

    patch.setitem(MEASURES, "deduct", replace(MEASURES["deduct"], lines=lines))


def losses_without_a_line(patch: Patch) -> None:
    right = ledger._part_lines
    patch.setattr(
        ledger, "_part_lines", lambda *given: [one for one in right(*given) if one.kind != "loss"]
    )


def caps_without_a_line(patch: Patch) -> None:
    right = board.lines
    patch.setattr(
        board, "lines", lambda *given: [one for one in right(*given) if one.kind != "cap"]
    )


def round_line_of_nothing(patch: Patch) -> None:
    right = totals.Totals.lines

    def lines(*given: Any) -> list[Line]:
        made = right(*given)
        return [one._replace(units=0) if one.kind == "round" else one for one in made]

    patch.setattr(totals.Totals, "lines", lines)


def bonus_is_scaled(patch: Patch) -> None:
    right_bonus, right_scaled, credited = ranking.bonus_lines, totals._scaled, dict[str, int]()

    def bonus_lines(*given: Any) -> list[Line]:
        made = right_bonus(*given)
        credited.clear()
        for line in made:
            credited[line.unit] = credited.get(line.unit, 0) + line.units
        return made

    def scaled(round_: Any, earned: pl.Series) -> pl.Series:
        return right_scaled(round_, totals._with_bonus(round_, earned, credited))

    patch.setattr(ranking, "bonus_lines", bonus_lines)
    patch.setattr(totals, "_scaled", scaled)


def negative_halves_go_up(patch: Patch) -> None:
    def times(values: pl.Series, ratio: Fraction, rounding: str) -> pl.Series:
        return pl.Series([rounded(one * ratio, rounding) for one in values], dtype=pl.Int64)

    def rounded(value: Fraction, rounding: str) -> int:
        half = value.denominator == 2 and value < 0 and rounding == "half_up"
        return points.rounded(value, rounding) + half

    patch.setattr(totals, "times", times)


def caps_do_not_hold(patch: Patch) -> None:
    patch.setattr(columns.Exact, "not_over", lambda self, _high: self)
    patch.setattr(IntegerColumn, "not_over", lambda self, _high: self)


def exempt_units_get_full_marks(patch: Patch) -> None:
    patch.setattr(scoring, "_rate", lambda *_given: Fraction(1))


def credits_are_rounded_twice(patch: Patch) -> None:
    right = scoring._rate

    def rate(*given: Any) -> Fraction | None:
        found = right(*given)
        return None if found is None else Fraction(points.rounded(found * 100, "half_up"), 100)

    patch.setattr(scoring, "_rate", rate)


def credits_exceed_full_marks(patch: Patch) -> None:
    def rate(names: Any, index: int, measured: Any, full: Any) -> Fraction | None:
        earned = sum(measured[name][index] for name in names)
        marks = sum(full[name] for name in names)
        return Fraction(earned, marks) if names else None

    patch.setattr(scoring, "_rate", rate)


def same_matter_counts_twice(patch: Patch) -> None:
    def everything(found: Sequence[Any]) -> set[str]:
        return {one.source for one in found}

    patch.setattr(award, "counting", everything)
    patch.setattr(bonus, "counting", everything)


def first_read_counts(patch: Patch) -> None:
    def counting(found: Sequence[Any]) -> set[str]:
        best: dict[str, Any] = {}
        for one in found:
            best.setdefault(one.matter or one.source, one)
        return {one.source for one in best.values()}

    patch.setattr(award, "counting", counting)
    patch.setattr(bonus, "counting", counting)


def the_year_forgets_its_bonus(patch: Patch) -> None:
    right = bonus._limit
    patch.setattr(bonus, "_limit", lambda kind, _credited, scheme: right(kind, Fraction(0), scheme))


def full_marks_are_remembered(patch: Patch) -> None:
    right, known = Layout.full, dict[str, Any]()

    def full(self: Layout, scheme: Any, indicator: str) -> Any:
        now = right(self, scheme, indicator)
        owner, answer, latest = known.get(indicator, (self, now, now))
        if owner is not self:
            answer = latest if len(latest) == len(now) else now
        known[indicator] = self, answer, now
        return answer

    patch.setattr(Layout, "full", full)
