"""Properties 15 and 17: one rater's influence is bounded, and nobody marks the own unit.

Beside them the oracle: ballots voided, merged, cut and weighted as the text of §6 says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from leitai.board import Board
from leitai.scheme.settings import read_settings
from leitai.stats import panel as engine_panel
from tests.engine.oracle.rounding import to_places
from tests.engine.rounds.build import build
from tests.engine.rounds.changes import changed_rows
from tests.engine.rounds.draws import Draws
from tests.engine.rounds.examples import for_any_round, suppose
from tests.engine.rounds.made import Cells, Made, board_of, codes_of, node_of
from tests.engine.rounds.scope import Limits

VOTED = Limits(
    indicators=(2, 3),
    units=(1, 4),
    kinds=("attain", *["panel"] * 4),
    always=frozenset({"ballots"}),
    without=frozenset({"adjustments", "exemptions"}),
)
INSPECTING = replace(VOTED, series=(2, 2), always=frozenset({"ballots", "rated_by"}))


def number_of(made: Made, row: Cells) -> Fraction | None:
    """The mark of a ballot's row, None where it is none."""
    anchors = made.indicator(row["indicator"])["measure"].get("anchors", {})
    text = anchors.get(row["mark"], row["mark"])
    return None if text in ("不了解", "回避") else Fraction(text)


def never_void(made: Made) -> Made:
    """The round in which no ballot is void, so that one mark is all that changes."""
    scheme = made.copied().scheme
    for one in scheme["indicators"]:
        if one["measure"]["kind"] == "panel":
            one["measure"]["void_equal"] = "no"
            one["measure"].pop("top_quota", None)
    return Made(scheme, made.units, made.facts)


@for_any_round
def test_one_mark_moves_one_score_no_further_than_the_others_marks_allow(random: Random) -> None:
    made, draws = never_void(build(random, VOTED)), Draws(random)
    marks = [row for row in made.rows("ballots") if number_of(made, row) is not None]
    suppose(marks)
    row = draws.pick(marks)
    measure = made.indicator(row["indicator"])["measure"]
    lowest = Fraction(measure.get("lowest", "0"))
    mark = draws.pick(
        [text for text in ("5", "1", "2", measure["highest"]) if lowest <= Fraction(text)]
    )
    again = changed_rows(made, "ballots", lambda one: one == row, lambda one: {**one, "mark": mark})
    before, after = board_of(made), board_of(again)
    key = (row["unit"], row["indicator"])
    for other, score in before.taken.scores.items():
        if other != key:
            assert after.taken.scores[other] == score
    moved = abs(after.taken.scores[key] - before.taken.scores[key])
    assert moved <= reach(made, before, row)


def reach(made: Made, board: Board, row: Cells) -> Fraction:
    """How far one mark can move a score: what is left of it after the cut, times its weight.

    With k marks cut from each end, a mark can move the mean of the n − 2k that are left from
    where it is the lowest to where it is the highest: the sum of the others changes by the
    distance of the k-th and the (n − k)-th of them.
    """
    measure = made.indicator(row["indicator"])["measure"]
    tallies = {one.group: one for one in board.taken.tallies[row["unit"], row["indicator"]]}
    name = next(group for group in tallies if row["rater_group"] in group.split("+"))
    others = sorted(
        mark
        for one in made.rows("ballots")
        if (one["unit"], one["indicator"]) == (row["unit"], row["indicator"])
        and one["rater_group"] in name.split("+")
        and one["rater"] != row["rater"]
        and (mark := number_of(made, one)) is not None
    )
    n = len(others) + 1
    quorum = int(measure.get("quorum", "3"))
    if n < quorum:
        return Fraction(0)
    cut = cut_of(measure, n)
    lowest, highest = Fraction(measure.get("lowest", "0")), Fraction(measure["highest"])
    ends = (others[cut - 1], others[n - 1 - cut]) if cut else (lowest, highest)
    whole = sum(weight(measure, group) for group, one in tallies.items() if one.n >= quorum)
    places = measure.get("round_mean", "none")
    slack = Fraction(0) if places == "none" else Fraction(1, 10 ** int(places))
    return ((ends[1] - ends[0]) / (n - 2 * cut) + slack) * weight(measure, name) / whole


def cut_of(measure: Mapping[str, Any], n: int) -> int:
    """How many marks are cut from each end of n."""
    trim = measure.get("trim", "20%")
    if n < int(measure.get("trim_from", "6")):
        return 0
    if not trim.endswith("%"):
        return int(trim)
    share = Fraction(trim[:-1]) / 100
    return max(1, share.numerator * n // share.denominator) if share else 0


def weight(measure: Mapping[str, Any], name: str) -> Fraction:
    """The weight of a group, merged ones added up."""
    return sum((Fraction(measure["groups"][one][:-1]) for one in name.split("+")), Fraction(0))


@for_any_round
def test_the_score_of_a_panel_is_the_weighted_mean_of_the_groups_with_a_quorum(
    random: Random,
) -> None:
    made = build(random, VOTED)
    board = board_of(made)
    rounding = made.scheme["points"].get("rounding", "half_up")
    for (unit, indicator), score in board.taken.scores.items():
        measure = made.indicator(indicator)["measure"]
        kept = [
            one
            for one in board.taken.tallies[unit, indicator]
            if one.n >= int(measure.get("quorum", "3"))
        ]
        places = measure.get("round_mean", "none")
        means = {
            one.group: one.mean if places == "none" else to_places(one.mean, int(places), rounding)
            for one in kept
            if one.mean is not None
        }
        weights = {group: weight(measure, group) for group in means}
        assert score == sum(weights[g] * means[g] for g in means) / sum(weights.values())


@for_any_round
def test_a_tally_is_the_mean_of_the_marks_on_valid_ballots_without_both_ends(
    random: Random,
) -> None:
    made = build(random, VOTED)
    board = board_of(made)
    for (unit, indicator), tallies in board.taken.tallies.items():
        measure = made.indicator(indicator)["measure"]
        rows = [row for row in made.rows("ballots") if row["indicator"] == indicator]
        for one in tallies if rows else ():
            marks = sorted(
                mark
                for row in rows
                if row["unit"] == unit
                and row["rater_group"] in one.group.split("+")
                and not is_void(made, measure, [r for r in rows if r["rater"] == row["rater"]])
                and (mark := number_of(made, row)) is not None
            )
            cut = cut_of(measure, len(marks))
            kept = marks[cut : len(marks) - cut]
            assert (one.n, one.mean) == (len(marks), sum(kept) / Fraction(len(kept)))
        assert {one.group for one in tallies} <= homes(measure, rows) if rows else True


def is_void(made: Made, measure: Mapping[str, Any], ballot: list[Cells]) -> bool:
    """All equal marks, at least three; or more highest ones than allowed."""
    marks = [mark for row in ballot if (mark := number_of(made, row)) is not None]
    if measure.get("void_equal", "yes") == "yes" and len(marks) >= 3 and len(set(marks)) == 1:
        return True
    quota = measure.get("top_quota", "none")
    if quota == "none":
        return False
    share = Fraction(quota[:-1]) / 100 if quota.endswith("%") else None
    allowed = Fraction(quota) if share is None else share * len(marks) // 1
    return marks.count(Fraction(measure["highest"])) > allowed


def homes(measure: Mapping[str, Any], rows: list[Cells]) -> set[str]:
    """The groups that are tallied: a small one named in `merge` goes to the other."""
    members = {
        g: len({r["rater"] for r in rows if r["rater_group"] == g}) for g in measure["groups"]
    }
    least = int(measure.get("merge_below", "5"))
    gone = {g: other for g, other in measure.get("merge", {}).items() if members[g] < least}
    return {
        "+".join([group, *(small for small, other in gone.items() if other == group)])
        for group in measure["groups"]
        if group not in gone
    }


@for_any_round
def test_nobody_marks_the_own_unit(random: Random) -> None:
    made, draws = build(random, VOTED), Draws(random)
    marks = [row for row in made.rows("ballots") if number_of(made, row) is not None]
    suppose(marks)
    row = draws.pick(marks)
    own = changed_rows(
        made, "ballots", lambda one: one == row, lambda one: {**one, "rater_unit": row["unit"]}
    )
    assert "fact.own-unit" in codes_of(own)


@for_any_round
def test_units_that_inspect_are_rated_by_the_named_groups_alone(random: Random) -> None:
    made, draws = build(random, INSPECTING), Draws(random)
    rows = [row for row in made.rows("ballots") if number_of(made, row) is not None]
    suppose(rows)
    row = draws.pick(rows)
    series = made.series_of(row["unit"])
    groups = made.indicator(row["indicator"])["measure"]["groups"]
    strangers = [group for group in groups if group not in series["rated_by"]]
    officers = [one["unit"] for one in made.units if one["series"] != series["id"]]
    if strangers:
        other = {**row, "rater": "somebody", "rater_group": strangers[0]}
        rated = made.with_rows(ballots=[*made.rows("ballots"), {**other, "id": "more"}])
        assert "fact.group-not-allowed" in codes_of(rated)
    inspected = changed_rows(
        made, "ballots", lambda one: one == row, lambda one: {**one, "rater_unit": officers[0]}
    )
    assert "fact.inspected-officer" in codes_of(inspected)


MARKS = st.lists(st.integers(0, 10).map(Fraction), min_size=1, max_size=12)


@given(MARKS, st.sampled_from(("20%", "0%", "1", "2", "40%")), st.integers(5, 8))
def test_a_cut_takes_as_many_from_the_top_as_from_the_bottom(
    marks: list[Fraction], trim: str, least: int
) -> None:
    measure = {"trim": trim, "trim_from": str(least)}
    settings = panel_settings(trim, least)
    rows = [engine_panel.Mark(f"r{n}", "all", "unit", mark) for n, mark in enumerate(marks)]
    tallies, _ = engine_panel.tally(rows, settings, "评议")
    cut = cut_of(measure, len(marks))
    kept = sorted(marks)[cut : len(marks) - cut]
    assert [(one.n, one.mean) for one in tallies] == [(len(marks), sum(kept) / Fraction(len(kept)))]


def panel_settings(trim: str, least: int) -> engine_panel.Panel:
    """The settings of a panel of one group without void ballots."""
    texts = {"trim": trim, "trim_from": str(least), "highest": "10", "void_equal": "no"}
    node = node_of({**texts, "groups": {"all": "100%"}})
    settings, problems = read_settings(engine_panel.Panel, node)
    assert settings is not None, problems
    return settings
