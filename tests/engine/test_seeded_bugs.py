"""Seeded bugs: each property, run against an engine with one wrong function, must fail.

`BUGS` is the table: the property, the test that must fail, the bugs that it must kill (`wrong/`).
A bug that lives on for so many fixed seeds says that its property is too weak.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

import pytest
from hypothesis.errors import UnsatisfiedAssumption

from tests.engine import test_columns_agree as columns
from tests.engine import test_properties_events as recorded
from tests.engine import test_properties_grades as grading
from tests.engine import test_properties_groups as grouping
from tests.engine import test_properties_ledger as ledger
from tests.engine import test_properties_order as order
from tests.engine import test_properties_panels as panels
from tests.engine import test_properties_places as placing
from tests.engine import test_properties_seal as sealing
from tests.engine import test_properties_surveys as surveys
from tests.engine import test_properties_whatif as supposing
from tests.engine import test_properties_year as years
from tests.engine import test_recount as recounting
from tests.engine.rounds.scope import Limits
from tests.engine.wrong import facts, measures, places, seal, sums, whatif
from tests.engine.wrong import year as outcomes

SEEDS = 400
Plant = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Bug:
    """A wrong function in the engine, and the test of a property that must fail for it."""

    property: int
    test: Any
    plant: Plant


def killed_by(number: int, test: Any, *plants: Plant) -> list[Bug]:
    """Bugs that one property's test must kill."""
    return [Bug(number, test, plant) for plant in plants]


def on_seed(test: Any, seed: int) -> None:
    """One example of a test: a property on the round of this seed, or the whole of a plain test."""
    inner = getattr(test, "hypothesis", None)
    if inner is not None:
        inner.inner_test(random=Random(seed))
    else:
        test(Random(seed))


def killed_at(test: Any) -> int | None:
    """The first seed on which the test fails, None where it fails on none."""
    for seed in range(SEEDS):
        try:
            on_seed(test, seed)
        except UnsatisfiedAssumption:
            continue
        except AssertionError:
            return seed
    return None


def agreeing_on(*kinds: str) -> Callable[[Random], None]:
    """Engine and recount on rounds of some kinds of measures."""
    limits = Limits(indicators=(2, 4), units=(3, 6), kinds=("attain", *kinds * 3))
    return partial(recounting.agree, limits=limits)


def small_boards(_random: Random) -> None:
    placing.test_every_small_board_is_demoted_as_the_text_of_the_slot_rule_says(most=4)


BUGS = (
    *killed_by(
        1,
        order.test_the_order_of_units_indicators_and_rows_does_not_matter,
        places.broken_by_position,
        sums.first_read_counts,
    ),
    *killed_by(
        2,
        placing.test_one_more_deduction_never_lifts_its_unit_nor_lowers_another,
        sums.floor_gives_everything_back,
    ),
    *killed_by(
        3,
        ledger.test_every_score_is_the_sum_of_its_lines,
        sums.losses_without_a_line,
        sums.caps_without_a_line,
        sums.round_line_of_nothing,
    ),
    *killed_by(
        3,
        ledger.test_scale_and_round_lines_are_the_one_rounding_of_what_they_round,
        sums.bonus_is_scaled,
        sums.negative_halves_go_up,
    ),
    *killed_by(
        4,
        placing.test_final_places_are_those_of_the_slot_rule,
        places.sorted_by_place_and_fall,
        places.unranked_units_are_ranked,
    ),
    *killed_by(
        4,
        small_boards,
        places.sorted_by_place_and_fall,
        places.demoted_ones_split_ties,
        places.demoted_ones_pass_their_betters,
        places.taken_slots_send_behind,
        places.nearest_slots_first,
    ),
    *killed_by(
        5,
        grading.test_grades_are_those_found_by_trying,
        places.ties_pass_the_line,
        places.quotas_round_down,
        places.quotas_may_be_nobody,
        places.unranked_units_count_in_n,
        places.bars_free_their_place,
        places.a_veto_comes_first,
    ),
    *killed_by(
        5,
        grading.test_units_in_one_place_have_one_grade_unless_an_entry_names_them,
        places.the_line_splits_ties,
    ),
    *killed_by(
        6,
        order.test_the_same_round_gives_the_same_bytes_whatever_was_evaluated_in_between,
        sums.full_marks_are_remembered,
    ),
    *killed_by(
        7,
        ledger.test_points_stay_within_the_floor_and_the_cap_of_their_measure,
        sums.caps_do_not_hold,
        sums.floor_is_forgotten,
        sums.credits_exceed_full_marks,
    ),
    *killed_by(
        7,
        recorded.test_awards_and_bonuses_count_one_matter_once_up_to_their_caps,
        sums.same_matter_counts_twice,
    ),
    *killed_by(
        7,
        recorded.test_what_each_bonus_credits_is_its_counting_entries_up_to_its_caps,
        sums.the_year_forgets_its_bonus,
    ),
    *killed_by(
        7,
        recorded.test_a_deduction_takes_its_points_until_the_floor_gives_the_rest_back,
        facts.late_returns_are_forgotten,
    ),
    *killed_by(
        7,
        ledger.test_parts_of_a_chain_stay_within_theirs_and_wait_for_full_ones,
        measures.chains_never_close,
    ),
    *killed_by(
        8,
        order.test_renaming_units_renames_them_on_the_board_and_nothing_else,
        places.own_sheets_by_the_look_of_an_id,
        places.ids_break_ties,
    ),
    *killed_by(
        9, order.test_units_that_report_the_same_stand_in_the_same_place, places.ids_break_ties
    ),
    *killed_by(
        10,
        grouping.test_a_group_evaluated_alone_has_the_figures_it_has_beside_others,
        measures.peers_of_all_groups,
        facts.survey_means_of_all_groups,
    ),
    *killed_by(
        11,
        ledger.test_a_fact_that_is_missing_is_named_and_never_taken_for_zero,
        facts.gaps_are_zero,
        facts.no_event_needs_no_return,
    ),
    *killed_by(11, ledger.test_a_blank_cell_that_a_measure_needs_is_named, facts.gaps_are_zero),
    *killed_by(
        11,
        ledger.test_an_exempt_credit_is_full_marks_times_the_rate_of_the_rest,
        sums.exempt_units_get_full_marks,
        sums.credits_are_rounded_twice,
    ),
    *killed_by(
        12,
        supposing.test_changed_facts_give_the_board_of_the_edited_texts,
        whatif.facts_stay,
        whatif.rows_come_unsettled,
        whatif.figures_of_the_first_row_change,
    ),
    *killed_by(
        12,
        supposing.test_changed_settings_give_the_board_of_the_edited_scheme,
        whatif.settings_stay,
        whatif.every_entry_of_a_list_changes,
    ),
    *killed_by(
        12,
        supposing.test_no_change_is_no_difference_and_a_change_undone_is_none,
        whatif.facts_stay,
    ),
    *killed_by(
        12,
        supposing.test_reasons_account_for_every_point_and_every_place,
        whatif.base_places_pass,
        whatif.points_have_no_reason,
    ),
    *killed_by(
        13,
        order.test_a_round_written_as_plain_json_and_read_again_gives_the_same_board,
        facts.written_without_entry_dates,
    ),
    *killed_by(
        13,
        sealing.test_the_order_of_units_rows_and_indicators_is_not_sealed,
        seal.rows_keep_their_order,
        seal.indicators_keep_their_order,
    ),
    *killed_by(
        13,
        sealing.test_files_may_be_split_and_renamed_and_their_rows_change_places,
        seal.places_are_sealed,
        seal.rows_keep_their_order,
    ),
    *killed_by(
        13,
        sealing.test_facts_of_one_digest_have_one_board,
        seal.what_was_read_first_is_forgotten,
    ),
    *killed_by(
        13,
        sealing.test_no_text_changes_without_its_digest,
        seal.levels_have_no_order,
        seal.reasons_are_left_out,
        seal.own_ids_are_left_out,
    ),
    *killed_by(
        13,
        sealing.test_composed_and_decomposed_characters_are_sealed_alike,
        seal.characters_stay_decomposed,
    ),
    *killed_by(
        13,
        sealing.test_a_canonical_round_is_read_back_and_rebuilt_without_loss,
        seal.brackets_are_sorted,
        seal.own_ids_become_places,
    ),
    *killed_by(14, agreeing_on("place", "bands"), measures.higher_is_always_better),
    *killed_by(14, agreeing_on("place"), measures.one_peer_more_ahead),
    *killed_by(14, agreeing_on("bands"), measures.bounds_are_outside),
    *killed_by(
        14, agreeing_on("best_ratio", "versus_mean"), measures.units_without_a_value_are_peers
    ),
    *killed_by(14, agreeing_on("completion"), measures.threshold_after_the_coefficient),
    *killed_by(14, agreeing_on("chain"), measures.chains_never_close),
    *killed_by(14, agreeing_on("award"), sums.same_matter_counts_twice),
    *killed_by(14, agreeing_on("deduct"), facts.late_returns_are_forgotten),
    *killed_by(
        14,
        columns.test_integer_columns_and_fractions_give_the_same_board,
        measures.halves_to_even_in_columns,
    ),
    *killed_by(
        15,
        panels.test_one_mark_moves_one_score_no_further_than_the_others_marks_allow,
        facts.nothing_is_cut,
        facts.cut_at_the_top_only,
    ),
    *killed_by(
        15,
        panels.test_a_tally_is_the_mean_of_the_marks_on_valid_ballots_without_both_ends,
        facts.cut_before_the_quorum,
        facts.void_ballots_count,
        facts.small_groups_stay,
    ),
    *killed_by(
        16,
        years.test_consequences_and_runs_are_those_found_by_trying,
        outcomes.nobody_need_be_ahead,
        outcomes.last_is_always_final,
        outcomes.gaps_are_bridged,
        outcomes.only_one_year_back,
        outcomes.runs_follow_the_unit,
        outcomes.heads_count_in_their_own_unit_only,
        outcomes.successions_are_forgotten,
        outcomes.own_results_count_beside_the_predecessors,
        outcomes.imported_results_do_not_count,
        outcomes.the_first_rule_speaks,
        outcomes.runs_must_be_longer,
    ),
    *killed_by(
        16,
        years.test_two_years_last_is_this_year_and_the_one_before_and_nothing_else,
        outcomes.gaps_are_bridged,
        outcomes.runs_follow_the_unit,
        outcomes.runs_must_be_longer,
    ),
    *killed_by(
        16,
        years.test_a_unit_that_improves_never_gets_a_harder_consequence,
        outcomes.the_first_are_last,
    ),
    *killed_by(
        16,
        years.test_of_two_units_of_a_group_the_better_one_has_no_harder_consequence,
        outcomes.the_first_are_last,
    ),
    *killed_by(
        16,
        years.test_rewards_are_the_nearest_cents,
        outcomes.cents_are_cut_off,
        outcomes.halves_always_go_up,
    ),
    *killed_by(17, panels.test_nobody_marks_the_own_unit, facts.own_units_are_marked),
    *killed_by(
        17,
        panels.test_units_that_inspect_are_rated_by_the_named_groups_alone,
        facts.own_units_are_marked,
    ),
    *killed_by(
        18,
        surveys.test_what_few_answers_say_can_be_derived_from_no_figure_of_the_board,
        facts.few_answers_are_scored,
    ),
    *killed_by(
        18,
        surveys.test_few_answers_are_not_scored_but_replaced_as_the_measure_says,
        facts.few_answers_are_scored,
    ),
    *killed_by(
        18,
        surveys.test_enough_answers_are_scored_by_the_cells_they_come_from,
        facts.weights_are_not_renormalised,
    ),
    *killed_by(
        19,
        grouping.test_a_changed_fact_leaves_every_figure_of_other_groups_as_it_was,
        measures.peers_of_all_groups,
    ),
    *killed_by(
        20,
        placing.test_a_board_of_negated_scores_is_the_board_upside_down,
        places.bottom_is_counted_down,
    ),
    *killed_by(
        20,
        placing.test_base_places_and_item_places_count_the_better_and_the_worse,
        places.every_item_is_comparable,
        places.exact_totals_always_rank,
    ),
    *killed_by(
        20,
        placing.test_ties_are_broken_by_the_tie_breakers_of_the_series_in_their_order,
        places.exempt_units_break_ties,
    ),
)


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: f"{bug.property} kills {bug.plant.__name__}")
def test_a_property_kills_the_bug(bug: Bug, monkeypatch: pytest.MonkeyPatch) -> None:
    bug.plant(monkeypatch)
    assert killed_at(bug.test) is not None, f"lives on after {SEEDS} seeds"


@pytest.mark.parametrize("seed", range(3))
def test_without_a_bug_nothing_is_killed(seed: int) -> None:
    for test in {bug.test for bug in BUGS if bug.test is not small_boards}:
        try:
            on_seed(test, seed)
        except UnsatisfiedAssumption:
            continue
