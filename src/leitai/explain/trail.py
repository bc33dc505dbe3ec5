"""The trail of a unit: where it stands, why, and the cause of every lost point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leitai.board import Board, Result
from leitai.explain.causes import cause
from leitai.explain.certainty import certainty_sentences
from leitai.explain.outcomes import history_sentences, outcome_sentences
from leitai.explain.problem_text import problem_text
from leitai.explain.rule_text import rule_text
from leitai.explain.standing import standing
from leitai.explain.steps import adjustment_sentences
from leitai.explain.words import say
from leitai.ledger import Line

LOSSES = ("loss", "event", "quarter")


@dataclass(frozen=True)
class ItemRow:
    """One item of the unit's sheet; `n` units were compared, `tied` of them share the place."""

    item: str
    points: str
    full: str
    place: int | None
    bottom: int | None
    n: int
    tied: int
    ranked: bool


@dataclass(frozen=True)
class Caused:
    """A ledger line with its cause in words; `source` leads to the fact.

    `full`, `rule`, `basis` and `department` are the indicator's; "" for lines of no indicator.
    """

    item: str
    indicator: str
    kind: str
    points: str
    cause: str
    source: str
    full: str = ""
    rule: str = ""
    basis: str = ""
    department: str = ""


@dataclass(frozen=True)
class Trail:
    """Everything a unit must be able to read about its result."""

    title: str
    standing: Sequence[str]
    adjustments: Sequence[str]
    items: Sequence[ItemRow]
    lost: Sequence[Caused]
    other: Sequence[Caused]
    unearned: Sequence[Caused]
    clean: Sequence[str]
    certainty: Sequence[str]
    year: Sequence[str]
    history: Sequence[str]
    warnings: Sequence[str]


def trail(board: Board, unit: str, lang: str) -> Trail:
    """The trail of one unit."""
    round_, result = board.round, board.results[unit]
    name, lines = round_.units[unit].name, board.by_unit[unit]
    group = round_.scheme.group_names()[result.group]
    lost = sorted((one for one in lines if is_lost(one)), key=lambda one: one.units)
    other = [one for one in lines if not is_lost(one) and one.kind != "full"]
    return Trail(
        title=say(lang, "standing.title", unit=name, group=group, round=round_.name),
        standing=tuple(standing(board, result, lang)),
        adjustments=tuple(adjustment_sentences(board, result, lang)),
        items=tuple(_items(board, result)),
        lost=tuple(_caused(board, one, lang) for one in lost),
        other=tuple(_caused(board, one, lang) for one in other),
        unearned=tuple(_unearned(board, unit, lang)),
        clean=tuple(_clean(board, lines)),
        certainty=tuple(certainty_sentences(board, unit, lang)),
        year=tuple(outcome_sentences(board, unit, lang)),
        history=tuple(history_sentences(board, unit, lang)),
        warnings=tuple(problem_text(w, lang) for w in board.warnings if w.args.get("unit") == name),
    )


def is_lost(line: Line) -> bool:
    """Whether a line took points for what the unit did."""
    return line.units < 0 and line.kind in LOSSES


def _items(board: Board, result: Result) -> Iterator[ItemRow]:
    scheme = board.round.scheme
    sheet = scheme.sheet_of(result.unit, board.round.units[result.unit].series)
    for item, score in result.items.items():
        full = sum(f for name, f in sheet.full.items() if scheme.indicators[name].item == item)
        members = [
            one.items[item].place for one in board.members(result.group) if item in one.items
        ]
        yield ItemRow(
            item=scheme.items[item].name,
            points=scheme.scale.show(score.units),
            full=scheme.scale.show(full) if full else "",
            place=score.place,
            bottom=score.bottom,
            n=sum(place is not None for place in members),
            tied=members.count(score.place),
            ranked=result.place is not None,
        )


def _caused(board: Board, line: Line, lang: str) -> Caused:
    scheme = board.round.scheme
    if line.item:
        return _of_indicator(
            board, line.unit, line.indicator, line.kind, scheme.scale.show(line.units),
            cause(board, line, lang), line.source, lang,
        )  # fmt: skip
    adjustment = scheme.adjustments.get(line.indicator)
    title = adjustment.name if adjustment else say(lang, f"kind-of-line.{line.kind}")
    points, reason = scheme.scale.show(line.units), cause(board, line, lang)
    return Caused("", title, line.kind, points, reason, line.source)


def _of_indicator(
    board: Board, unit: str, indicator: str, kind: str, points: str, reason: str, source: str,
    lang: str,
) -> Caused:  # fmt: skip
    """A line of an indicator with everything about it that a unit may ask."""
    scheme, bound = board.round.scheme, board.bindings[indicator]
    sheet = scheme.sheet_of(unit, board.round.units[unit].series)
    return Caused(
        item=scheme.items[bound.indicator.item].name,
        indicator=bound.indicator.name,
        kind=kind,
        points=points,
        cause=reason,
        source=source,
        full=scheme.scale.show(sheet.full[indicator]),
        rule=rule_text(bound, lang),
        basis=bound.indicator.basis or "",
        department=board.round.name_of(bound.indicator.department),
    )


def _unearned(board: Board, unit: str, lang: str) -> Iterator[Caused]:
    """Awards and exemption credits short of full marks: not earned, yet not lost."""
    scheme = board.round.scheme
    sheet = scheme.sheet_of(unit, board.round.units[unit].series)
    for indicator, full in sheet.full.items():
        bound, points = board.bindings[indicator], board.points_of(unit, indicator) or 0
        award = bound.measure.kind == "award"
        if points < full and (award or (unit, indicator) in board.points.credits):
            reason = bound.measure.words[lang]["none"] if award and not points else ""
            shown = scheme.scale.show(points)
            yield _of_indicator(board, unit, indicator, "unearned", shown, reason, "", lang)


def _clean(board: Board, lines: Sequence[Line]) -> Iterator[str]:
    """The indicators whose full marks stand untouched."""
    touched = {line.indicator for line in lines if line.kind != "full"}
    for name in dict.fromkeys(line.indicator for line in lines if line.kind == "full"):
        if name not in touched:
            yield board.round.scheme.indicators[name].name
