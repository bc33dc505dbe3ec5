"""How many random rounds a test tries, and how hypothesis hands out their choices."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import UnsatisfiedAssumption

from tests.engine.rounds.build import build
from tests.engine.rounds.made import Made, evaluated
from tests.engine.rounds.scope import Limits

EXAMPLES = int(os.environ.get("LEITAI_EXAMPLES", "100"))
ROUNDS = max(100, EXAMPLES // 10)
SMALL = Limits(indicators=(1, 4), units=(1, 5), without=frozenset({"triggers"}))


def for_any_round(test: Callable[..., None]) -> Callable[..., None]:
    """A property of whole rounds, which `build` makes from the random source it is given.

    A whole round costs hundreds of choices and two evaluations: it is tried on a tenth of the
    examples a small property gets, but never on fewer than a hundred.
    """
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    drawn = given(random=st.randoms(use_true_random=False))(test)
    return settings(max_examples=ROUNDS, suppress_health_check=slow)(drawn)


def suppose(condition: object) -> None:
    """Gives up an example that a property says nothing of; also where hypothesis is not running."""
    if not condition:
        raise UnsatisfiedAssumption


def legal_rounds(seeds: range, limits: Limits | None = None) -> Iterator[tuple[Made, Any, Any]]:
    """Made rounds of fixed seeds with the engine's round and board; illegal ones are left out."""
    for seed in seeds:
        made = build(Random(seed), limits)
        round_, board, _ = evaluated(made)
        if board is not None:
            yield made, round_, board
