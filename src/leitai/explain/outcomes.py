"""What the year came to as sentences: reward, consequence, change of head, earlier years."""

from __future__ import annotations

from collections.abc import Iterator

from leitai.board import Board
from leitai.explain.words import joined, say
from leitai.facts.settle import level_names
from leitai.intake.year import Past
from leitai.points import shown
from leitai.scheme.year import HEAD, Year
from leitai.year import Outcome, Outcomes, earlier


def outcome_sentences(board: Board, unit: str, lang: str) -> Iterator[str]:
    """Everything the year means for a unit; nothing for rounds that are no year."""
    made, rule = board.outcomes, board.round.scheme.year
    if made is None or rule is None:
        return
    if rule.rewards is not None:
        yield reward_sentence(board, made, rule, unit, lang)
    if unit in made.consequences:
        yield consequence_sentence(board, made.consequences[unit], unit, lang)
        yield from run_sentences(board, unit, lang)
    elif unit in made.last:
        yield say(lang, "outcome.nothing" if unit in made.runs else "outcome.unbound")
    if rule.follow == HEAD and unit in made.relieved:
        yield relieved_sentence(made, unit, lang)


def reward_sentence(board: Board, made: Outcomes, rule: Year, unit: str, lang: str) -> str:
    """The amount and what it is made of."""
    if unit not in made.rewards or rule.rewards is None:
        return say(lang, "outcome.no-reward")
    reward = made.rewards[unit]
    grade = level_names(board.round.scheme)[board.results[unit].grade or ""]
    return say(
        lang,
        "outcome.reward",
        amount=reward.amount,
        grade=grade,
        coefficient=reward.coefficient,
        base=shown(rule.rewards.base, 18),
        headcount=reward.headcount,
    )


def consequence_sentence(board: Board, outcome: Outcome, unit: str, lang: str) -> str:
    """Which rule speaks, for whom, on what basis."""
    assert board.round.scheme.year is not None
    rule = board.round.scheme.year.rule(outcome.rule)
    key = "outcome.consequence" if outcome.run == 1 else "outcome.consequence-running"
    text = say(
        lang,
        key,
        run=outcome.run,
        rule=rule.name,
        then=say(lang, f"then.{outcome.then}"),
        head=outcome.head,
        unit=board.round.units[unit].name,
    )
    return text + (say(lang, "step.basis", basis=rule.basis) if rule.basis else "")


def run_sentences(board: Board, unit: str, lang: str) -> Iterator[str]:
    """Where the earlier last places of a run were."""
    made, rule = board.outcomes, board.round.scheme.year
    assert made is not None
    assert rule is not None
    for past in earlier(rule, made.facts, unit):
        names = [past_name(board, one) for one in past]
        yield say(lang, "outcome.earlier", year=past[0].year, units=joined(lang, names))


def relieved_sentence(made: Outcomes, unit: str, lang: str) -> str:
    """That the year before does not count for the head of today."""
    head, before = made.facts.heads[unit], made.relieved[unit]
    return say(lang, "outcome.relieved", year=made.facts.year - 1, before=before, head=head)


def history_sentences(board: Board, unit: str, lang: str) -> Iterator[str]:
    """The unit's places of earlier years, latest first, imported ones marked."""
    made = board.outcomes
    for year in sorted(made.facts.by_year, reverse=True) if made is not None else ():
        past = made.facts.result(unit, year) if made is not None else None
        if past is not None:
            yield past_sentence(board, past, unit, lang)


def past_sentence(board: Board, past: Past, unit: str, lang: str) -> str:
    """A result of an earlier year, under the name the unit had."""
    standing, row = past.standing, past.row
    parts = [
        say(lang, "past.unranked")
        if standing.place is None
        else say(lang, "past.place", place=standing.place, bottom=standing.bottom),
    ]
    grade = level_names(board.round.scheme).get(row["grade"], row["grade"])
    named = {"grade": grade, "total": row["total"], "head": past.head}
    parts += [say(lang, f"past.{key}", value=text) for key, text in named.items() if text]
    parts += [say(lang, "past.name", value=past_name(board, past))] if past.unit != unit else []
    parts += [say(lang, "past.imported")] if row["imported"] else []
    return say(lang, "past", year=past.year, parts=("，" if lang == "zh" else ", ").join(parts))


def past_name(board: Board, past: Past) -> str:
    """The name of a unit of an earlier year: today's where it still exists."""
    return board.round.name_of(past.unit)
