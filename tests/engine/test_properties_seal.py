"""Property 13: one content, one sequence of bytes; another content, other bytes; nothing is lost."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from random import Random
from typing import Any
from unicodedata import normalize

from leitai.evaluate import evaluate
from leitai.facts.round import Round, assemble
from leitai.facts.rows import Row
from leitai.seal.canonical import canonical, read_plain
from leitai.seal.digest import round_digests
from leitai.seal.plain import plain_board, plain_round
from leitai.seal.rebuild import round_from_plain
from leitai.seal.unordered import SETS
from tests.engine.rounds.build import build
from tests.engine.rounds.changes import figures, shuffled, with_dates
from tests.engine.rounds.draws import Draws
from tests.engine.rounds.examples import SMALL, for_any_round, suppose
from tests.engine.rounds.made import Made, assembled, plain_of

Path = tuple[Any, ...]
PLACES = ("at", "id")


def round_of(made: Made) -> Round:
    """The round of texts that have no Problems."""
    round_, problems = assembled(made)
    assert round_ is not None, problems
    return round_


def digests(made: Made) -> dict[str, str]:
    """All three digests of a made round."""
    return dict(plain_of(made)["digests"])


@for_any_round
def test_the_order_of_units_rows_and_indicators_is_not_sealed(random: Random) -> None:
    made = build(random, SMALL)
    assert digests(shuffled(made, Draws(random))) == digests(with_dates(made))


def from_files(made: Made, draws: Draws) -> Round:
    """The round read from files of any names, its rows without ids of their own in any order."""
    scheme = round_of(made).scheme
    tables = {}
    for table, rows in made.facts.items():
        cells = [{key: text for key, text in row.items() if key != "id"} for row in rows]
        file = draws.pick(["a.csv", "数据.xlsx!表", "zz.csv"])
        read = enumerate(draws.shuffled(cells), start=2)
        tables[table] = [Row(table, f"{file}:{n}", f"{file}:{n}", row) for n, row in read]
    units = [Row("units", row["unit"], "units.csv:1", row) for row in draws.shuffled(made.units)]
    round_, _ = assemble("random", "随机一期", scheme, units, tables)
    return round_


@for_any_round
def test_files_may_be_split_and_renamed_and_their_rows_change_places(random: Random) -> None:
    made, draws = with_dates(build(random, SMALL)), Draws(random)
    one, other = (evaluate(from_files(made, draws))[0] for _ in range(2))
    assert one is not None
    assert other is not None
    assert plain_board(one)["digests"] == plain_board(other)["digests"]


@for_any_round
def test_facts_of_one_digest_have_one_board(random: Random) -> None:
    """Where the order of rows does say something it is sealed."""
    made, draws = build(random, SMALL), Draws(random)
    other = made.with_facts({table: draws.shuffled(rows) for table, rows in made.facts.items()})
    one, two = plain_of(made), plain_of(other)
    suppose(one["digests"]["facts"] == two["digests"]["facts"])
    assert one["digests"] == two["digests"]
    assert figures(one) == figures(two)


def texts_in(value: Any, *path: Any) -> Iterator[Path]:
    """Where every text of a plain value stands."""
    if isinstance(value, str):
        yield path
    for key, one in value.items() if isinstance(value, dict) else ():
        yield from texts_in(one, *path, key)
    for number, one in enumerate(value if isinstance(value, list) else ()):
        yield from texts_in(one, *path, number)


def ordered_lists(value: Any, *path: Any) -> Iterator[Path]:
    """Where the lists of a plain scheme stand whose order says something."""
    for key, one in value.items() if isinstance(value, dict) else ():
        if isinstance(one, list) and len(one) > 1 and key not in SETS:
            yield (*path, key)
        yield from ordered_lists(one, *path, key)
    for number, one in enumerate(value if isinstance(value, list) else ()):
        yield from ordered_lists(one, *path, number)


def changed(plain: Any, path: Path, text: Any) -> Any:
    """The plain value with something else at a place."""
    other = copy.deepcopy(plain)
    inner = other
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = text
    return other


def at(plain: Any, path: Path) -> Any:
    """What stands at a place."""
    for key in path:
        plain = plain[key]
    return plain


@for_any_round
def test_no_text_changes_without_its_digest(random: Random) -> None:
    draws = Draws(random)
    plain = plain_round(round_of(build(random, SMALL)))
    paths = [path for path in texts_in(plain) if path[-1] != "at" and path != ("format",)]
    path = draws.pick(paths)
    other = changed(plain, path, at(plain, path) + draws.pick(["0", " ", "\u200b", "甲"]))
    part = "scheme" if path[0] == "scheme" else "facts"
    before, after = round_digests(plain), round_digests(other)
    assert {key for key in before if before[key] != after[key]} == {part}
    for lists in ordered_lists(plain["scheme"], "scheme"):
        turned = changed(plain, lists, at(plain, lists)[::-1])
        suppose(at(turned, lists) != at(plain, lists))
        assert round_digests(turned)["scheme"] != before["scheme"]


@for_any_round
def test_composed_and_decomposed_characters_are_sealed_alike(random: Random) -> None:
    plain = plain_round(round_of(build(random, SMALL)))
    path = next(texts_in(plain["facts"], "facts"))
    plain = changed(plain, path, at(plain, path) + "é")
    assert round_digests(decomposed(plain)) == round_digests(plain)


def decomposed(value: Any) -> Any:
    """The same plain value in NFD."""
    if isinstance(value, str):
        return normalize("NFD", value)
    if isinstance(value, list):
        return [decomposed(one) for one in value]
    return {normalize("NFD", key): decomposed(one) for key, one in value.items()}


@for_any_round
def test_a_canonical_round_is_read_back_and_rebuilt_without_loss(random: Random) -> None:
    plain = plain_round(round_of(build(random, SMALL)))
    again = read_plain(canonical(plain))
    assert again == plain
    round_, problems = round_from_plain(again)
    assert round_ is not None, problems
    assert plain_round(round_) == plain
