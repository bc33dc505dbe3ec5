"""A what-if is the edited round evaluated: nothing more, nothing less, and it can be undone."""

from __future__ import annotations

from random import Random
from typing import Any

from leitai.evaluate import evaluate
from leitai.explain.difference import difference
from leitai.explain.whatif.apply import changed_round
from leitai.explain.whatif.changes import Added, Change, Gone, Setting, Value
from leitai.explain.whatif.reasons import reasons
from leitai.facts.round import Round
from leitai.problems import blocking
from leitai.scheme.document import entry_names
from leitai.seal.digest import round_digests
from leitai.seal.plain import plain_board, plain_figures, plain_round
from tests.engine.rounds.build import build
from tests.engine.rounds.changes import figures
from tests.engine.rounds.draws import Draws
from tests.engine.rounds.examples import SMALL, for_any_round, suppose
from tests.engine.rounds.made import Made, evaluated
from tests.engine.test_properties_seal import at, changed, round_of, texts_in

TEXTS = ("1", "2", "0", "-3.5", "50%", "half_even", "none", "yes", "last", "include", "good", "x")


def outcome(round_: Round | None, problems: Any) -> dict[str, Any] | set[str]:
    """The figures of a round's board, or the codes of what blocks it."""
    if round_ is None:
        return {one.code for one in blocking(problems)}
    board, found = evaluate(round_)
    return figures(plain_figures(board)) if board else {one.code for one in blocking(found)}


def edited(made: Made, draws: Draws) -> tuple[Change, Made]:
    """A change of facts, and the made round in which the texts say so."""
    table = draws.pick([table for table, rows in made.facts.items() if rows])
    row = draws.pick(made.rows(table))
    others = [one for one in made.rows(table) if one is not row]
    if table == "values" and draws.chance(60):
        cells = {draws.pick(["actual", "target", "previous"]): draws.pick(["1", "7.5", "120"])}
        rows = [{**one, **cells} if one is row else one for one in made.rows(table)]
        change = Value(row["unit"], row["indicator"], cells, "--fact")
        return change, made.with_rows(values=rows)
    if draws.chance(50):
        again = {**row, "id": "again"}
        without_id = {name: text for name, text in again.items() if name != "id"}
        cells = again if table in ("values", "events", "adjustments", "late") else without_id
        return Added(table, cells, "--add"), made.with_rows(**{table: [*made.rows(table), again]})
    return Gone(row["id"], "--without"), made.with_rows(**{table: others})


def named(scheme: Any, path: tuple[Any, ...]) -> str:
    """The address of a place in a plain scheme."""
    names = []
    for step in path:
        names.append(entry_names(scheme)[step] if isinstance(scheme, list) else step)
        scheme = scheme[step]
    return ".".join(names)


@for_any_round
def test_changed_facts_give_the_board_of_the_edited_texts(random: Random) -> None:
    made, draws = build(random, SMALL), Draws(random)
    change, other = edited(made, draws)
    round_, problems = changed_round(round_of(made), [change])
    expected, board, found = evaluated(other)
    if expected is None or board is None:
        assert outcome(round_, problems) == {one.code for one in found}
    else:
        assert outcome(round_, problems) == figures(plain_figures(board))


@for_any_round
def test_changed_settings_give_the_board_of_the_edited_scheme(random: Random) -> None:
    made, draws = build(random, SMALL), Draws(random)
    path = draws.pick([path for path in texts_in(made.scheme) if path[-1] not in ("id", "name")])
    text = draws.pick([*TEXTS, *made.marks(made.units[0]["unit"])])
    round_ = round_of(made)
    change = Setting(named(made.scheme, path), text, "--set")
    other, problems = changed_round(round_, [change])
    expected, board, found = evaluated(
        Made(changed(made.scheme, path, text), made.units, made.facts)
    )
    if expected is None or board is None:
        assert outcome(other, problems) == {one.code for one in found}
    else:
        assert outcome(other, problems) == figures(plain_figures(board))
        back = Setting(change.path, at(made.scheme, path), "--set")
        again, _ = changed_round(other or round_, [back])
        assert outcome(again, []) == outcome(round_, [])


@for_any_round
def test_no_change_is_no_difference_and_a_change_undone_is_none(random: Random) -> None:
    made, draws = build(random, SMALL), Draws(random)
    round_ = round_of(made)
    plain = plain_round(round_)
    same, _ = changed_round(round_, [])
    assert same is not None
    assert plain_round(same) == plain
    table = draws.pick([table for table, rows in made.facts.items() if rows])
    row = draws.pick(made.rows(table))
    less, _ = changed_round(round_, [Gone(row["id"], "--without")])
    assert less is not None
    cells = {name: text for name, text in row.items() if table != "ballots" or name != "id"}
    suppose(table in ("values", "events", "adjustments", "late", "nil_returns", "exemptions"))
    again, problems = changed_round(less, [Added(table, cells, "--add")])
    assert again is not None, problems
    suppose(table != "adjustments" and table != "events")  # what was read first may be another
    assert round_digests(plain_round(again)) == round_digests(plain)
    assert plain_round(round_) == plain


@for_any_round
def test_reasons_account_for_every_point_and_every_place(random: Random) -> None:
    made, draws = build(random, SMALL), Draws(random)
    change, _ = edited(made, draws)
    before = board_of(round_of(made))
    after = board_of(changed_round(before.round, [change])[0])
    suppose(before is not None and after is not None)
    boards = before, after
    for one in difference(*(plain_board(board) for board in boards)).units:
        told = {reason.code: reason.args for reason in reasons(boards, one)}
        old, new = (board.results[one.unit] for board in boards)
        if one.moved or one.grade[0] != one.grade[1]:
            assert told
        if old.place and new.place:
            ahead = {code: len(args["units"]) for code, args in told.items() if "units" in args}
            gone = ahead.get("passed", 0) + ahead.get("left-by", 0)
            come = ahead.get("passed-by", 0) + ahead.get("joined-by", 0)
            assert new.place - old.place == come - gone
        for code, change_of_side in (("passed-total", 1), ("passed-by-total", -1)):
            for other in told.get(code, {"units": ()})["units"]:
                assert sides_of(boards, one.unit, other) in TURNS[change_of_side], code
        indicators = [r.args["indicator"] for r in reasons(boards, one) if "indicator" in r.args]
        assert indicators == list(one.points)


TURNS = {1: {(-1, 0), (-1, 1)}, -1: {(0, -1), (1, -1)}}  # behind, level, ahead: before and after


def sides_of(boards: tuple[Any, Any], unit: str, other: str) -> tuple[int, int]:
    """Whether the unit stands ahead of another before demotions (1), level (0) or behind (-1)."""
    places = [[board.results[one].base_place for one in (unit, other)] for board in boards]
    before, after = ((mine < theirs) - (mine > theirs) for mine, theirs in places)
    return before, after


def board_of(round_: Round | None) -> Any:
    """The board of a round that has one."""
    suppose(round_ is not None)
    assert round_ is not None
    return evaluate(round_)[0]
