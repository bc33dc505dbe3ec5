"""Adjustments as sentences: what was ordered, on what basis, and what it changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leitai.adjustments.slots import LAST
from leitai.adjustments.verdicts import Step
from leitai.board import Board, Result
from leitai.explain.words import say

MARK = "*"  # beside a grade that points and quotas alone do not explain; narrow in every font


def remarks(board: Board, results: Sequence[Result], lang: str) -> dict[str, str]:
    """What adjustments did to place or grade, of the units that any touched, in one line each."""
    touched = {step.unit for step in board.steps if step.kind != "commend"}
    ending = "；" if lang == "zh" else "; "
    return {
        one.unit: ending.join(adjustment_sentences(board, one, lang))
        for one in results
        if one.unit in touched
    }


def adjustment_sentences(board: Board, result: Result, lang: str) -> Iterator[str]:
    """Every step that touched the unit, and what came of it."""
    mine = [step for step in board.steps if step.unit == result.unit]
    for step in mine:
        yield step_text(board, step, lang)
    if any(step.kind == "demote" for step in mine):
        yield _demoted(result, lang)
    elif result.base_place != result.place:
        yield say(lang, "step.passed", before=result.base_place, after=result.place)


def _demoted(result: Result, lang: str) -> str:
    """What all demotions together came to; why when it is not what was ordered."""
    places = {"before": result.base_place, "after": result.place}
    actual = (result.place or 0) - (result.base_place or 0)
    key = "step.demoted" if result.fall in (LAST, str(actual)) else "step.demoted-differs"
    return say(lang, key if actual else f"{key}-stays", ordered=result.fall, **places)


def step_text(board: Board, step: Step, lang: str) -> str:
    """One adjustment as a sentence with its basis."""
    levels = {level.id: level.name for level in board.round.scheme.grades.levels}
    text = say(
        lang,
        _key(board, step),
        name=board.round.scheme.adjustments[step.adjustment].name,
        reason=step.reason,
        amount=levels.get(step.amount, step.amount),
        before=levels.get(step.before, step.before),
        after=levels.get(step.after, step.after),
    )
    return text + (say(lang, "step.basis", basis=step.basis) if step.basis else "")


def _key(board: Board, step: Step) -> str:
    """The sentence that fits what the step did."""
    if step.kind == "demote":
        return "step.demote-last" if step.amount == LAST else "step.demote"
    if step.kind == "bar" and board.round.scheme.grades.refill == "next":
        return "step.bar-refill"
    if step.before and step.before == step.after:
        return f"step.{step.kind}-kept"
    return f"step.{step.kind}"
