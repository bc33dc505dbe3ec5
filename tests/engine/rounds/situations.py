"""What happens in a random annual round: the situations of rules §11 that its board shows."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests.engine.rounds.annual import THIS
from tests.engine.rounds.made import Cells, Made

Plain = dict[str, Any]
Situation = Callable[[Made, Plain], bool]


def situations(made: Made, board: Plain) -> list[str]:
    """The names of what occurs in a round and its plain board."""
    return [name for name, occurs in SITUATIONS.items() if occurs(made, board)]


def section(made: Made) -> Plain:
    return dict(made.scheme["year"])


def follows(made: Made) -> str:
    return str(section(made).get("follow", "head"))


def past(made: Made, ago: int) -> list[Cells]:
    """The rows of history of so many years ago."""
    return [row for row in made.rows("history") if row["year"] == str(THIS - ago)]


def same(one: str, other: str) -> bool:
    """Whether two names are one, as far as this generator writes them."""
    return bare(one) == bare(other)


def bare(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def was_last(made: Made, row: Cells) -> bool:
    """Whether a row of history is last."""
    base = section(made).get("last_on") == "base" and "base_place" in row
    prefix = "base_" if base else ""
    return row.get(f"{prefix}bottom") == "1" and int(row[f"{prefix}place"]) > 1


def last_by(board: Plain, prefix: str = "") -> set[str]:
    """The units that are last by final or (`base_`) by base places."""
    return {
        unit
        for unit, one in board["units"].items()
        if one[f"{prefix}bottom"] == 1 and one[f"{prefix}place"] > 1
    }


def last_now(made: Made, board: Plain) -> set[str]:
    return last_by(board, "base_" if section(made).get("last_on") == "base" else "")


def spoken(board: Plain) -> dict[str, Plain]:
    return dict(board["year"]["consequences"])


def rules_of(made: Made, unit: str) -> list[Plain]:
    """The rules that name a unit's series."""
    series = made.series_of(unit)["id"]
    return [rule for rule in section(made).get("consequences", []) if series in rule["series"]]


def years(rule: Plain) -> int:
    return int(rule["when"].get("years_running", "1"))


def lasts_of_head(made: Made, head: str, ago: int) -> list[Cells]:
    """The rows in which somebody of this name was last so many years ago."""
    return [
        row
        for row in past(made, ago)
        if was_last(made, row) and "head" in row and same(row["head"], head)
    ]


def by_head(made: Made, board: Plain) -> list[tuple[str, Plain]]:
    """The consequences that follow the head, by unit."""
    return list(spoken(board).items()) if follows(made) == "head" else []


def by_unit(made: Made, board: Plain) -> list[tuple[str, Plain]]:
    """The consequences that follow the unit, by unit."""
    return list(spoken(board).items()) if follows(made) == "unit" else []


def head_moved(made: Made, board: Plain) -> bool:
    """A run goes on though the head was last in other units only."""
    return any(
        one["run"] > 1 and all(row["unit"] != unit for row in lasts_of_head(made, one["head"], 1))
        for unit, one in by_head(made, board)
    )


def head_written_otherwise(made: Made, board: Plain) -> bool:
    """A run rests on rows all of which write the head in another way than this round."""
    heads = {row["unit"]: row["head"] for row in made.rows("heads")}
    return any(
        one["run"] > 1
        and all(row["head"] != heads[unit] for row in lasts_of_head(made, one["head"], 1))
        for unit, one in by_head(made, board)
    )


def new_head_of_last(made: Made, board: Plain) -> bool:
    """The unit was last the year before, its head of today was not."""
    return any(
        one["run"] == 1
        and any(row["unit"] == unit and was_last(made, row) for row in past(made, 1))
        for unit, one in by_head(made, board)
    )


def gap_for_head(made: Made, board: Plain) -> bool:
    """A run of one though the head was last two years ago."""
    return any(
        one["run"] == 1 and lasts_of_head(made, one["head"], 2) for _, one in by_head(made, board)
    )


def gap_for_unit(made: Made, board: Plain) -> bool:
    """A run of one though the unit was last two years ago under its own name."""
    return any(
        one["run"] == 1
        and any(row["unit"] == unit and was_last(made, row) for row in past(made, 2))
        for unit, one in by_unit(made, board)
    )


def successions(made: Made, unit: str) -> list[str]:
    """The predecessors of a unit the year before."""
    return [
        row["predecessor"]
        for row in made.rows("successions")
        if row["unit"] == unit and row["year"] == str(THIS - 1)
    ]


def last_under(made: Made, name: str) -> bool:
    """Whether the result under a name was last the year before."""
    return any(same(row["unit"], name) and was_last(made, row) for row in past(made, 1))


def run_through_predecessor(made: Made, board: Plain) -> bool:
    """A run goes on with the predecessor's result, without one of the unit's own name."""
    return any(
        one["run"] > 1 and successions(made, unit) and not last_under(made, unit)
        for unit, one in by_unit(made, board)
    )


def own_row_replaced(made: Made, board: Plain) -> bool:
    """A run stops at the predecessor, though the row under the own name was last."""
    return any(
        one["run"] == 1 and successions(made, unit) and last_under(made, unit)
        for unit, one in by_unit(made, board)
    )


def succession_not_followed_on(made: Made, board: Plain) -> bool:
    """The predecessor has a predecessor of its own, whose result would change the run."""
    return any(
        last_under(made, further) != (one["run"] > 1)
        for unit, one in by_unit(made, board)
        for name in successions(made, unit)
        for further in successions(made, name)
    )


def predecessor_written_otherwise(made: Made, board: Plain) -> bool:
    return any(
        one["run"] > 1 and all(row["unit"] != name for row in past(made, 1))
        for unit, one in by_unit(made, board)
        for name in successions(made, unit)
    )


def tied_for_last(made: Made, board: Plain) -> bool:
    """Two units of one group are last, and a rule speaks for both."""
    groups = [board["units"][unit]["group"] for unit in spoken(board)]
    return len(set(groups)) < len(groups)


def everybody_tied(made: Made, board: Plain) -> bool:
    """All ranked units of a group, more than one, share the place."""
    return any(
        len(ranked) > 1 and all(one["bottom"] == one["place"] == 1 for one in ranked)
        for ranked in ranked_groups(made, board)
    )


def alone(made: Made, board: Plain) -> bool:
    """A group has one ranked unit."""
    return any(len(ranked) == 1 for ranked in ranked_groups(made, board))


def ranked_groups(made: Made, board: Plain) -> list[list[Plain]]:
    return [
        [board["units"][unit] for unit in units if board["units"][unit]["place"] is not None]
        for units in made.groups().values()
    ]


def base_against_final(on: str) -> Situation:
    """By this setting other units are last than by the other, and a rule speaks for one of them."""

    def occurs(made: Made, board: Plain) -> bool:
        if section(made).get("last_on", "final") != on:
            return False
        mine, other = last_now(made, board), last_by(board, "" if on == "base" else "base_")
        return bool((mine - other) & set(spoken(board)))

    return occurs


def history_on_base(made: Made, board: Plain) -> bool:
    """A row that is last by its base places only, or by its final ones only."""
    return section(made).get("last_on") == "base" and any(
        was_last(made, row) != (row.get("bottom") == "1" and row["place"] != "1")
        for row in made.rows("history")
    )


def strictest_of_several(made: Made, board: Plain) -> bool:
    """More than one rule could speak for a unit."""
    return any(
        len([rule for rule in rules_of(made, unit) if years(rule) <= one["run"]]) > 1
        for unit, one in spoken(board).items()
    )


def longer_than_any_rule(made: Made, board: Plain) -> bool:
    """A run longer than the largest `years_running`: the rule speaks again."""
    return any(
        one["run"] > max(map(years, rules_of(made, unit))) for unit, one in spoken(board).items()
    )


def last_without_rule(made: Made, board: Plain) -> bool:
    """A unit is last, and no rule names its series."""
    return any(not rules_of(made, unit) for unit in last_now(made, board))


def rule_not_reached(made: Made, board: Plain) -> bool:
    """A unit is last, but not for as many years as its rules ask for."""
    return any(rules_of(made, unit) and unit not in spoken(board) for unit in last_now(made, board))


def last_without_head(made: Made, board: Plain) -> bool:
    return any(one["head"] is None for one in spoken(board).values())


def half_cent(made: Made, board: Plain) -> bool:
    """An amount on which the two rules of rounding differ."""
    if "rewards" not in section(made):
        return False
    base = Fraction(section(made)["rewards"]["base"])
    cents = [
        Fraction(one["coefficient"]) * base * Fraction(one["headcount"]) * 100
        for one in board["year"]["rewards"].values()
    ]
    return any(exact % 1 == Fraction(1, 2) and exact // 1 % 2 == 0 for exact in cents)


def half_cent_by(rule: str) -> Situation:
    """The same under one of the two rules."""
    return lambda made, board: (
        half_cent(made, board) and made.scheme["points"].get("rounding", "half_up") == rule
    )


def no_grade(made: Made, board: Plain) -> bool:
    """A unit without a grade, where others get a reward."""
    got = board["year"]["rewards"]
    return bool(got) and len(got) < len(board["units"])


def reward_after_veto(made: Made, board: Plain) -> bool:
    return any(row["unit"] in board["year"]["rewards"] for row in made.entries("fix"))


SITUATIONS: dict[str, Situation] = {
    "follow head": lambda made, board: bool(by_head(made, board)),
    "follow unit": lambda made, board: bool(by_unit(made, board)),
    "head who was last in another unit": head_moved,
    "head written in another way": head_written_otherwise,
    "new head of a unit that was last": new_head_of_last,
    "gap in the years of a head": gap_for_head,
    "gap in the years of a unit": gap_for_unit,
    "run through a predecessor": run_through_predecessor,
    "own row replaced by the predecessor's": own_row_replaced,
    "succession that is not followed further": succession_not_followed_on,
    "predecessor written in another way": predecessor_written_otherwise,
    "tie for last": tied_for_last,
    "everybody tied": everybody_tied,
    "group with one ranked unit": alone,
    "last by base places only": base_against_final("base"),
    "last by final places only": base_against_final("final"),
    "row of history that base places decide": history_on_base,
    "several rules that could speak": strictest_of_several,
    "run longer than any rule asks for": longer_than_any_rule,
    "last in a series without a rule": last_without_rule,
    "rules that ask for more years": rule_not_reached,
    "consequence without a head": last_without_head,
    "half a cent, half_up": half_cent_by("half_up"),
    "half a cent, half_even": half_cent_by("half_even"),
    "unit without a grade": no_grade,
    "reward of a grade after a veto": reward_after_veto,
    "no rewards": lambda made, _: "rewards" not in section(made),
}
