"""A spoilt round gives Problems, or a board the recount agrees with: never an exception.

One text of a legal round is replaced by another that does not belong there, one is left out, or a
list or mapping stands where none should.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from leitai.seal.plain import plain_board, plain_round
from leitai.seal.recount import first_difference, recount
from tests.engine.rounds.build import build
from tests.engine.rounds.draws import Draws
from tests.engine.rounds.examples import for_any_round
from tests.engine.rounds.made import Made, evaluated
from tests.engine.rounds.scope import Limits

ANY = Limits(indicators=(1, 5), units=(1, 4))
NUMBERS = ("0", "-1", "1", "2.0", "1.5", "3", "50", "999999999999999999", "0.000000001", "-0", "+5")
SHARES = ("100%", "0%", "10%", "-50%", "150%", "30 %")
ODD = ("abc", "", "  ", "1e3", "٣", "1/3", "5/0", "00012", "1.005", "999999999999999999999")
WORDS = ("none", "peers", "yes", "no", "last", "excellent", "half_even", "if_full", "place", "top")
NAMES = ("u1", "i1", "i2", "item1", "superiors", "leaders", "满意", "exempt", "group_mean", "fair")
TEXTS = (*NUMBERS, *SHARES, *ODD, *WORDS, *NAMES)
SHAPES: tuple[Any, ...] = ([], {}, ["x"], {"a": "1"}, [["x"]])
Path = tuple["str | int", ...]


def places_in(value: Any, path: Path = ()) -> Iterator[Path]:
    """The path of every text, list and mapping inside."""
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, one in inner:
        yield (*path, key)
        yield from places_in(one, (*path, key))


def places_of(made: Made) -> list[Path]:
    """Where something stands in the facts: a small round may need none."""
    return list(places_in(made.facts, ("facts",)))


def spoilt(made: Made, draws: Draws) -> tuple[Made, Path, object]:
    """The round with one thing wrong, and what it is."""
    made = made.copied()
    parts = {"scheme": made.scheme, "units": made.units, "facts": made.facts}
    part = draws.pick(("scheme", "scheme", "facts" if places_of(made) else "units", "units"))
    path = draws.pick([one for one in places_in(parts[part], (part,)) if one[-1] != "id"])
    parent: Any = parts
    for key in path[:-1]:
        parent = parent[key]
    thing: object = draws.pick(TEXTS)
    if part == "scheme" and draws.chance(30):
        thing = draws.pick(SHAPES)
    if isinstance(parent[path[-1]], str) or part == "scheme":
        parent[path[-1]] = thing
    else:
        del parent[path[-1]]
    return made, path, thing


@for_any_round
def test_a_spoilt_round_has_problems_or_a_board_the_recount_agrees_with(random: Random) -> None:
    made, path, thing = spoilt(build(random, ANY), Draws(random))
    round_, board, problems = evaluated(made)
    assert (board is None) == bool(problems), (path, thing)
    if board is not None:
        assert round_ is not None
        difference = first_difference(recount(plain_round(round_)), plain_board(board))
        assert difference is None, (path, thing)
