"""Integer columns and fractions are one algebra: whatever is computed, the same digits come out."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leitai.columns import Exact, Mask, TooWide
from leitai.columns.base import Peers
from leitai.columns.fraction import FractionColumn, FractionMask, FractionPeers
from leitai.columns.integer import IntegerColumn, IntegerMask
from leitai.columns.peers import PeerColumns
from leitai.columns.sums import times
from leitai.columns.whole import Of, Span, Steps, Whole
from leitai.points import rounded

GROUPS = (0, 0, 1, 1, 1)
Values = list[int | None]
numbers = st.lists(st.one_of(st.none(), st.integers(-(10**6), 10**6)), min_size=5, max_size=5)


def integer(name: str, values: Values, scale: int, steps: Steps) -> IntegerColumn:
    known = [value for value in values if value is not None]
    span = Span(min(known, default=0), max(known, default=0))
    return IntegerColumn(Whole(pl.col(name), span, of=Of.FACTS, steps=steps), Whole.constant(scale))


def compute(frame: pl.DataFrame, peers: PeerColumns, *made: pl.Expr) -> list[list[object]]:
    """What expressions come to after steps, aggregates and ranks."""
    steps = peers.steps
    ranks = {name: one.rank("min", descending=True) for name, one in peers.ranks.items()}
    frame = frame.with_columns(**{n: r.over("group").cast(pl.Int64) for n, r in ranks.items()})
    for level in steps.of_facts:
        frame = frame.with_columns(**level)
    if peers.aggregates:
        groups = frame.group_by("group").agg(**peers.aggregates)
        for level in steps.of_groups:
            groups = groups.with_columns(**level)
        frame = frame.join(groups, on="group", how="left", maintain_order="left")
    for level in steps.of_both:
        frame = frame.with_columns(**level)
    return [frame.select(one).to_series().to_list() for one in made]


def both(x: Values, y: Values) -> tuple[tuple[Exact, Exact], tuple[Exact, Exact], PeerColumns]:
    """The same two columns either way; y is a ratio of hundredths."""
    steps = Steps("t.")
    integers = (integer("x", x, 10, steps), integer("y", y, 100, steps))
    fractions = tuple(
        FractionColumn([None if v is None else Fraction(v, scale) for v in values])
        for values, scale in ((x, 10), (y, 100))
    )
    return integers, (fractions[0], fractions[1]), PeerColumns(steps, 3)


Formula = Callable[[Exact, Exact], Exact]
FORMULAS: dict[str, Formula] = {
    "sum": lambda a, b: a + b - 3,
    "product": lambda a, b: a * b * Fraction(2, 3),
    "quotient": lambda a, b: a.over(b * b + 1),
    "signed quotient": lambda a, b: (b > 0).choose(a.over(b), a - b),
    "whole": lambda a, b: (a * b).over(7).whole(),
    "between": lambda a, b: (a * b).between(-5, Fraction(11, 3)),
    "between columns": lambda a, b: a.between(b, b + 2),
    "either": lambda a, b: ((a < b) | (a <= -1)).choose(a, b),
    "both": lambda a, b: ((a > b) & ~(b >= 1)).choose(a.over(3), b),
    "nested": lambda a, b: a.between(0, 9).over(2).between(1, b).not_under(-4),
}


@given(numbers, numbers)
@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
def test_every_formula_gives_the_same_digits_either_way(
    formula: Formula, x: Values, y: Values
) -> None:
    integers, fractions, peers = both(x, y)
    fast, slow = formula(*integers), formula(*fractions)
    assert isinstance(fast, IntegerColumn)
    assert isinstance(slow, FractionColumn)
    known = [a is not None and b is not None for a, b in zip(x, y, strict=True)]
    frame = pl.DataFrame(
        {"group": GROUPS, "x": x, "y": y}, schema_overrides={"x": pl.Int64, "y": pl.Int64}
    )
    for rule in ("half_up", "half_even"):
        expected = [None if v is None else rounded(v, rule) for v in slow.values]
        (found,) = compute(frame, peers, fast.rounded(rule).column)
        assert [v for v, k in zip(found, known, strict=True) if k] == [
            v for v, k in zip(expected, known, strict=True) if k
        ]


def seen(peers: Peers, of: Exact) -> list[Exact]:
    """All that may be known of the peers of each unit."""
    ends = [peers.least(of), peers.largest(of), peers.total(of), peers.count(of)]
    return [*ends, peers.place(of, True), peers.place(of, False)]


@given(numbers, numbers)
def test_peers_look_the_same_either_way(x: Values, y: Values) -> None:
    integers, fractions, peers = both(x, y)
    slow_peers = FractionPeers(GROUPS)
    fast, slow = seen(peers, integers[0]), seen(slow_peers, fractions[0])
    some, other = peers.any(integers[0] < 0), slow_peers.any(fractions[0] < 0)
    assert isinstance(some, IntegerMask)
    assert isinstance(other, FractionMask)
    frame = pl.DataFrame(
        {"group": GROUPS, "x": x, "y": y}, schema_overrides={"x": pl.Int64, "y": pl.Int64}
    )
    columns = [IntegerColumn.made(one).rounded("half_up").column for one in fast]
    found = compute(frame, peers, *columns, some.expr)
    listed = [one.values for one in slow if isinstance(one, FractionColumn)]
    expected = [[None if v is None else rounded(v, "half_up") for v in one] for one in listed]
    assert len(expected) == len(slow)
    assert found[:6] == expected
    assert [bool(v) for v in found[6]] == [bool(v) for v in other.values]


def test_what_128_bits_cannot_hold_is_refused_before_it_is_computed() -> None:
    steps = Steps("t.")
    huge = IntegerColumn(
        Whole(pl.col("x"), Span(-(10**30), 10**30), True, steps=steps), Whole.constant(1)
    )
    with pytest.raises(TooWide):
        huge * huge
    with pytest.raises(TooWide):
        PeerColumns(steps, 10**9).total(huge)


def test_what_is_of_facts_and_of_groups_is_not_added_beyond_128_bits() -> None:
    steps = Steps("t.")
    half = Span(-(2**126), 2**126)
    facts, groups = (
        Whole(pl.col("x"), half, True, of, steps=steps) for of in (Of.FACTS, Of.GROUPS)
    )
    with pytest.raises(TooWide):
        (facts + groups) * 2


@example([4_015_578_004_624], Fraction(13_945_691, 14))  # 64 bits hold it, no ledger does
@given(
    st.lists(st.none() | st.integers(-(10**18), 10**18), min_size=1, max_size=5),
    st.fractions(min_value=0, max_value=10**6, max_denominator=10**9),
)
def test_a_column_is_scaled_as_each_of_its_values_is(
    values: list[int | None], ratio: Fraction
) -> None:
    made = times(pl.Series(values, dtype=pl.Int64), ratio, "half_up")
    beyond = 4 * 10**18  # what no ledger can hold stays recognisably so
    exact = [None if one is None else rounded(one * ratio, "half_up") for one in values]
    assert made.to_list() == [e if e is None else max(-beyond, min(e, beyond)) for e in exact]


def test_aggregates_are_not_aggregated_again() -> None:
    steps = Steps("t.")
    peers = PeerColumns(steps, 3)
    column = integer("x", [1, 2, 3, 4, 5], 1, steps)
    derived = peers.least(column)
    ratio = column.over(column)
    for value in (derived, ratio):
        with pytest.raises(TooWide):
            peers.largest(value)
        with pytest.raises(TooWide):
            peers.place(value, True)
    with pytest.raises(TooWide):
        peers.any(derived < 1)


def test_constants_are_computed_at_once() -> None:
    two, three = IntegerColumn.made(2), IntegerColumn.made(Fraction(3, 4))
    total = two + three
    assert isinstance(total, IntegerColumn)
    assert (total.top.expr, total.bottom.expr) == (11, 4)
    chosen: Mask = two < three
    picked = chosen.choose(1, 2)
    assert isinstance(picked, IntegerColumn)
    assert pl.DataFrame({"group": [0]}).select(picked.top.column).item() == 2
    minus = two.over(-4)
    assert isinstance(minus, IntegerColumn)
    assert (minus.top.expr, minus.bottom.expr) == (-1, 2)
