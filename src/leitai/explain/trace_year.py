"""What a fact of the year touched: a reward, a consequence, a run of years."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from leitai.board import Board
from leitai.explain.outcomes import consequence_sentence, past_sentence, reward_sentence
from leitai.explain.words import say
from leitai.facts.rows import Row
from leitai.scheme.year import Year
from leitai.year import Outcomes, earlier

Touched = Iterator[str]


def year_touched(board: Board, row: Row, lang: str) -> Touched:
    """The sentences of one fact; none of other tables, nor in rounds that are no year."""
    made, rule = board.outcomes, board.round.scheme.year
    if made is not None and rule is not None and row.table in _BY_TABLE:
        yield from _BY_TABLE[row.table](board, made, rule, row, lang)


def _head(board: Board, made: Outcomes, _rule: Year, row: Row, lang: str) -> Touched:
    unit = row["unit"]
    if unit in made.consequences:
        yield consequence_sentence(board, made.consequences[unit], unit, lang)
    else:
        yield say(lang, "trace.no-consequence", unit=board.round.name_of(unit))


def _headcount(board: Board, made: Outcomes, rule: Year, row: Row, lang: str) -> Touched:
    if rule.rewards is not None:
        yield reward_sentence(board, made, rule, row["unit"], lang)


def _history(board: Board, made: Outcomes, rule: Year, row: Row, lang: str) -> Touched:
    counting = [
        unit
        for unit in made.runs
        if any(one.row is row for of_year in earlier(rule, made.facts, unit) for one in of_year)
    ]
    for unit in counting:
        yield say(lang, "trace.history", unit=board.round.name_of(unit), run=made.runs[unit])
    if not counting:
        yield say(lang, "trace.no-history")


def _succession(board: Board, made: Outcomes, _rule: Year, row: Row, lang: str) -> Touched:
    unit, year = row["unit"], int(row["year"])
    words = {"year": year, "predecessor": board.round.name_of(row["predecessor"])}
    past = made.facts.result(unit, year)
    if past is None:
        yield say(lang, "trace.no-succession", **words)
    else:
        name, result = board.round.name_of(unit), past_sentence(board, past, unit, lang)
        yield say(lang, "trace.succession", unit=name, result=result, **words)


_BY_TABLE: Mapping[str, Callable[[Board, Outcomes, Year, Row, str], Touched]] = {
    "heads": _head,
    "headcounts": _headcount,
    "history": _history,
    "successions": _succession,
}
