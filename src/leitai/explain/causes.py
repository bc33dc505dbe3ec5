"""The cause of each ledger line as a sentence: facts as typed, figures the measure saw."""

from __future__ import annotations

from typing import Any

from leitai.bind import Bound, Part
from leitai.board import Board
from leitai.explain.figures import Figure
from leitai.explain.rule_text import setting_words
from leitai.explain.words import joined, say
from leitai.ledger import Line
from leitai.measures import MEASURES
from leitai.scoring.work import Worked


def cause(board: Board, line: Line, lang: str) -> str:
    """Why a line is what it is, in one sentence."""
    scale = board.round.scheme.scale
    args: dict[str, Any] = {
        "points": scale.show(abs(line.units)),
        "lost": scale.show(abs(line.units)),
        "reason": line.reason,
    }
    if line.kind == "full" and not _kept_whole(board, line):
        return say(lang, "line.full", **args)
    if line.kind in ("scale", "round", "exempt") or not line.item:
        return _adjusting(board, line, lang, args)
    bound = board.bindings[line.indicator]
    if bound.by_events:
        return _event(bound, line, lang, args)
    return _value(board, bound, line, lang)


def _kept_whole(board: Board, line: Line) -> bool:
    """Whether a full line of a measured part is all there is to say of it."""
    points = board.points.parts.get((line.indicator, line.part))
    index = board.points.layout.units.index(line.unit)
    return points is not None and points[index] == line.units


def _adjusting(board: Board, line: Line, lang: str, args: dict[str, Any]) -> str:
    """Lines of no measure: credits, scale, rounding, bonus."""
    if line.kind == "exempt":
        return _exempt(board, line, lang, args)
    if line.kind in ("scale", "round"):
        return say(lang, f"line.{line.kind}", **{**args, "points": _signed(board, line)})
    name = board.round.scheme.adjustments[line.indicator].name
    key = f"line.bonus-{line.case}" if line.case else "line.bonus"
    return say(lang, key, name=name, **args)


def _signed(board: Board, line: Line) -> str:
    return ("+" if line.units > 0 else "") + board.round.scheme.scale.show(line.units)


def _exempt(board: Board, line: Line, lang: str, args: dict[str, Any]) -> str:
    exemption = board.taken.exempt[line.unit, line.indicator]
    if exemption.source:
        about = {**args, "reason": exemption.reason, "basis": exemption.basis}
        return say(lang, "line.exempt", **about)
    n = board.taken.tallies[line.unit, line.indicator][0].n
    need = board.bindings[line.indicator].settings.score_from
    return say(lang, "line.exempt-few", n=n, need=need, **args)


def _event(bound: Bound, line: Line, lang: str, args: dict[str, Any]) -> str:
    words = bound.measure.words[lang]
    return words[line.case or "reason"].format(**{**setting_words(bound.parts[0], lang), **args})


def _value(board: Board, bound: Bound, line: Line, lang: str) -> str:
    """The sentence of a measure of values, with a part's number before it in a chain."""
    worked = next(
        one
        for one in board.points.worked
        if one.bound.id == bound.id and one.part.number == line.part
    )
    part = worked.part
    chain = MEASURES["chain"].words[lang]
    if line.case == "closed":
        return chain["closed"].format(part=part.number)
    before = chain["reason"].format(part=part.number) if part.number else ""
    return before + _measured(board, worked, part, line.unit, lang)


def _measured(board: Board, worked: Worked, part: Part, unit: str, lang: str) -> str:
    index = board.points.layout.units.index(unit)
    scale, indicator = board.round.scheme.scale, worked.bound.id
    full = board.points.full[indicator][index] if part.full is None else part.full
    earned = board.points.parts[indicator, part.number][index]
    args: dict[str, Any] = setting_words(part, lang)
    args.update(_facts(board, unit, indicator))
    args.update(_opinions(board, unit, indicator, lang))
    args.update({name: Figure(value) for name, value in worked.evidence(index).items()})
    short = (full or 0) - earned
    args.update(points=scale.show(earned), full=scale.show(full or 0), lost=scale.show(short))
    case = worked.case(index) or _fallback(board, worked.bound, unit)
    return part.measure.words[lang][case or "reason"].format(**args)


def _fallback(board: Board, bound: Bound, unit: str) -> str:
    """The case of a survey score that stands in for too few answers."""
    tallies = board.taken.tallies.get((unit, bound.id), ())
    if bound.measure.kind != "survey" or tallies[0].n >= bound.settings.score_from:
        return ""
    return str(bound.settings.fallback)


def _facts(board: Board, unit: str, indicator: str) -> dict[str, str]:
    """Facts as typed, with the unit of measure behind them."""
    row = board.taken.values.get((unit, indicator))
    if row is None:
        return {}
    measured_in = board.round.scheme.indicators[indicator].unit_of_measure or ""
    facts = {name: row[name] + measured_in for name in ("actual", "target", "previous")}
    return {**facts, "coefficient": row["coefficient"] or "1"}


def _opinions(board: Board, unit: str, indicator: str, lang: str) -> dict[str, str]:
    """What panels and surveys say: the number of answers, the mean of each rater group."""
    tallies = board.taken.tallies.get((unit, indicator), ())
    groups = [
        say(lang, "line.tally", group=one.group, mean=Figure(one.mean), n=one.n)
        for one in tallies
        if one.group
    ]
    return {"n": str(sum(one.n for one in tallies)), "groups": joined(lang, groups)}
