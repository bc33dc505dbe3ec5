"""One run of planned parts over the units: aggregates over groups, ranks, points, checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

import polars as pl

from leitai.columns.whole import Levels
from leitai.facts.layout import Layout
from leitai.facts.numbers import ends, filled
from leitai.places import competition
from leitai.scoring.inputs import Facts
from leitai.scoring.plan import Plan, columns
from leitai.scoring.program import Program

AS_PLANNED = pl.QueryOptFlags.none()  # programs hold what is needed, once; nothing to find out
FEW = 10_000  # units whose explanations are made together; of more, those of one group


@dataclass(frozen=True, eq=False)
class Run:
    """Points and checks are made at once, what explains them when somebody asks.

    `points` and `checks` have a row a unit, `of_groups` (checks, with `group`) one a group.
    """

    plans: Sequence[Plan]
    facts: pl.DataFrame
    points: pl.DataFrame
    of_groups: pl.DataFrame

    @staticmethod
    def of(plans: Sequence[tuple[Facts, Plan]], layout: Layout) -> Run:
        """Everything planned, in one frame of facts."""
        found = [layout.groups.alias("group")]
        found += [one.alias(name) for name, one in columns(plans, layout).items()]
        facts, mine = pl.DataFrame(found), [plan for _, plan in plans]
        return Run(mine, facts, *_made([plan.program for plan in mine], facts))

    def failing(self, check: str) -> list[int]:
        """The units a check finds."""
        if not self._finds[check]:
            return []
        if check in self.points.columns:
            return self.points[check].arg_true().to_list()
        groups = self.of_groups.filter(pl.col(check))["group"]
        return self.facts["group"].is_in(groups.implode()).arg_true().to_list()

    @cached_property
    def _finds(self) -> Mapping[str, bool]:
        """Whether each check finds anybody."""
        found: dict[str, bool] = {}
        for frame in (self.points, self.of_groups):
            checks = [name for name in frame.columns if "!" in name]
            if checks:
                found |= frame.select(pl.col(checks).any()).row(0, named=True)
        return found

    def answer(self, name: str, index: int) -> int | bool | None:
        """What explains a unit's points, by the name its plan gives it."""
        if self._few:
            return self._answers[name][index]
        group = pl.col("group") == self.facts["group"][index]
        mine = self.facts.with_row_index("row").filter(group)
        at = int(mine["row"].search_sorted(index))
        found: int | bool | None = _answers(self.plans, mine.drop("row"))[name][at]
        return found

    @cached_property
    def _few(self) -> bool:
        return len(self.facts) <= FEW

    @cached_property
    def _answers(self) -> Mapping[str, list[int | bool | None]]:
        return _answers(self.plans, self.facts).to_dict(as_series=False)


def _answers(plans: Sequence[Plan], facts: pl.DataFrame) -> pl.DataFrame:
    return _made([plan.answers for plan in plans], facts)[0]


def _made(programs: Sequence[Program], facts: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What programs want of units and of groups."""
    of_facts = [one.of_facts for one in programs]
    groups = _of_groups(programs, _with_steps(facts.lazy(), of_facts))
    names = [name for one in programs for name in one.looked_up]
    if names:
        facts = facts.hstack(groups.select(names)[_rows(groups["group"]).gather(facts["group"])])
    ranks = _joined([one.ranks for one in programs])
    if ranks:
        facts = facts.hstack(_places(_with_steps(facts.lazy(), of_facts).select(**ranks), facts))
    frame = _with_steps(_with_steps(facts.lazy(), of_facts), [one.of_both for one in programs])
    wanted = _joined([one.units for one in programs])
    units = frame.select("group", **wanted).drop("group")  # beside it constants are as long
    return units.collect(optimizations=AS_PLANNED), groups


def _of_groups(programs: Sequence[Program], frame: pl.LazyFrame) -> pl.DataFrame:
    """The aggregates and what is made of them, a row a group."""
    aggregates = _joined([one.aggregates for one in programs])
    if not aggregates:
        return pl.DataFrame({"group": pl.Series([], dtype=pl.UInt32)})
    made = _with_steps(
        frame.group_by("group").agg(**aggregates), [one.of_groups for one in programs]
    )
    names = [name for one in programs for name in one.looked_up]
    wanted = _joined([one.groups for one in programs])
    return made.select("group", *names, **wanted).collect(optimizations=AS_PLANNED)


def _places(scores: pl.LazyFrame, facts: pl.DataFrame) -> list[pl.Series]:
    """The place of each score in its group, the largest first.

    Not by `rank().over()`: in a lazy frame it may hand back the rows group by group.
    """
    return [
        competition(one, facts["group"])[0].alias(one.name)
        for one in scores.collect(optimizations=AS_PLANNED)
    ]


def _rows(groups: pl.Series) -> pl.Series:
    """In which row each group stands."""
    rows = filled(0, ends(groups)[1] + 1, pl.UInt32)
    return rows.scatter(groups, pl.int_range(len(groups), dtype=pl.UInt32, eager=True))


def _joined(found: Sequence[Mapping[str, pl.Expr]]) -> dict[str, pl.Expr]:
    return {name: expr for one in found for name, expr in one.items()}


def _with_steps(frame: pl.LazyFrame, steps: Sequence[Levels]) -> pl.LazyFrame:
    """The frame with the kept steps of all plans, level by level."""
    for level in zip_longest(*steps, fillvalue={}):
        frame = frame.with_columns(**_joined(level))
    return frame
