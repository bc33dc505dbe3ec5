"""One run of planned parts over the units: aggregates over groups, ranks, points, checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

import polars as pl

from leitai.facts.layout import Layout
from leitai.scoring.inputs import Facts
from leitai.scoring.plan import Plan, columns

Levels = list[list[pl.Expr]]
FEW = 10_000  # units whose explanations are made together; of more, those of one group


@dataclass(frozen=True, eq=False)
class Run:
    """Points and checks are made at once, what explains them when somebody asks."""

    plans: Sequence[Plan]
    facts: pl.DataFrame
    made: pl.DataFrame

    @staticmethod
    def of(plans: Sequence[tuple[Facts, Plan]], layout: Layout) -> Run:
        """Everything planned, in one frame of facts."""
        found = [layout.groups.alias("group")]
        found += [one.alias(name) for name, one in columns(plans, layout).items()]
        facts, mine = pl.DataFrame(found), [plan for _, plan in plans]
        wanted = {plan.name: plan.points for plan in mine}
        wanted |= {name: expr for plan in mine for name, expr in plan.checks.items()}
        return Run(mine, facts, _made(mine, facts, wanted))

    @property
    def points(self) -> pl.DataFrame:
        """The points of each plan by its name."""
        return self.made

    def failing(self, check: str) -> list[int]:
        """The units a check finds."""
        return self.made[check].arg_true().to_list() if self._finds[check] else []

    @cached_property
    def _finds(self) -> Mapping[str, bool]:
        """Whether each check finds anybody."""
        checks = [name for plan in self.plans for name in plan.checks]
        return self.made.select(pl.col(checks).any()).row(0, named=True) if checks else {}

    def answer(self, name: str, index: int) -> int | bool | None:
        """What explains a unit's points, by the name its plan gives it."""
        if len(self.facts) <= FEW:
            return self._answers[name][index]
        group = pl.col("group") == self.facts["group"][index]
        mine = self.facts.with_row_index("row").filter(group)
        at = int(mine["row"].search_sorted(index))
        found: int | bool | None = _answers(self.plans, mine.drop("row"))[name][at]
        return found

    @cached_property
    def _answers(self) -> Mapping[str, list[int | bool | None]]:
        return _answers(self.plans, self.facts).to_dict(as_series=False)


def _answers(plans: Sequence[Plan], facts: pl.DataFrame) -> pl.DataFrame:
    wanted = {name: expr for plan in plans for name, expr in plan.answers.items()}
    return _made(plans, facts, wanted)


def _made(
    plans: Sequence[Plan], facts: pl.DataFrame, wanted: Mapping[str, pl.Expr]
) -> pl.DataFrame:
    """Some expressions of the plans over all units; steps nothing wanted needs are left out."""
    base = [plan.steps.base for plan in plans]
    frame = _with_steps(_with_aggregates(facts, base, plans).lazy(), base)
    ranks = [one for plan in plans for one in plan.inputs.peers.ranks]
    frame = _with_steps(frame.with_columns(ranks), [plan.steps.derived for plan in plans])
    exprs = [expr.alias(name) for name, expr in wanted.items()]
    return frame.select("group", *exprs).drop("group").collect()  # beside it constants are as long


def _with_aggregates(
    facts: pl.DataFrame, base: Sequence[Levels], plans: Sequence[Plan]
) -> pl.DataFrame:
    """The facts with what their groups come to, looked up by the group's number."""
    aggregates = [one for plan in plans for one in plan.inputs.peers.aggregates]
    if not aggregates:
        return facts
    made = _with_steps(facts.lazy(), base).group_by("group").agg(aggregates).collect()
    largest = int(made["group"].max())  # type: ignore[arg-type]
    row = pl.repeat(0, largest + 1, dtype=pl.UInt32, eager=True)
    row.scatter(made["group"], pl.int_range(len(made), dtype=pl.UInt32, eager=True))
    return facts.hstack(made.drop("group")[row.gather(facts["group"])])


def _with_steps(frame: pl.LazyFrame, steps: Sequence[Levels]) -> pl.LazyFrame:
    """The frame with the kept steps of all plans, level by level."""
    for level in zip_longest(*steps, fillvalue=[]):
        frame = frame.with_columns([step for plan in level for step in plan])
    return frame
