"""Rewards and consequences of a year as tables."""

from __future__ import annotations

from collections.abc import Iterator

from leitai.board import Board
from leitai.documents.tables import Cell
from leitai.explain.outcomes import relieved_sentence, run_sentences
from leitai.explain.standing import grade_name
from leitai.explain.words import say
from leitai.year import Outcomes

REWARDS = ["group", "unit", "grade", "coefficient", "headcount", "amount-of-money"]
CONSEQUENCES = ["group", "unit", "head", "run", "then", "rule", "basis", "note"]


def reward_rows(board: Board, made: Outcomes) -> Iterator[list[Cell]]:
    """Every unit's reward, group by group in the order of places; blank where there is none."""
    for group, title in board.round.scheme.group_names().items():
        for one in board.members(group):
            reward = made.rewards.get(one.unit)
            cells = [reward.coefficient, reward.headcount, reward.amount] if reward else [""] * 3
            name = board.round.units[one.unit].name
            yield [title, name, grade_name(board, one.grade), *cells]


def consequence_rows(board: Board, made: Outcomes, lang: str) -> Iterator[list[Cell]]:
    """Every last unit of a bound series: its head, the run, what follows."""
    names = board.round.scheme.group_names()
    for unit, run in made.runs.items():
        head = made.facts.heads.get(unit, "")
        yield [
            names[board.round.units[unit].group],
            board.round.units[unit].name,
            head,
            run,
            *_rule(board, made, unit, lang),
            ("；" if lang == "zh" else "; ").join(_notes(board, made, unit, lang)),
        ]


def _rule(board: Board, made: Outcomes, unit: str, lang: str) -> list[Cell]:
    """What follows, by which rule, on what basis."""
    if unit not in made.consequences or board.round.scheme.year is None:
        return [""] * 3
    outcome = made.consequences[unit]
    rule = board.round.scheme.year.rule(outcome.rule)
    return [say(lang, f"then.{outcome.then}"), rule.name, rule.basis or ""]


def _notes(board: Board, made: Outcomes, unit: str, lang: str) -> Iterator[str]:
    yield from run_sentences(board, unit, lang)
    if unit in made.relieved:
        yield relieved_sentence(made, unit, lang)
