"""The cause of each ledger line as a sentence: facts as typed, figures the measure saw."""

from __future__ import annotations

from typing import Any

from leitai.bind import Bound
from leitai.board import Board
from leitai.explain.figures import Figure
from leitai.explain.opinions import group_sentences, survey_sentence
from leitai.explain.rule_text import setting_words
from leitai.explain.words import say
from leitai.ledger import Line
from leitai.measures import MEASURES
from leitai.points import shown
from leitai.scoring.worked import Worked


def cause(board: Board, line: Line, lang: str) -> str:
    """Why a line is what it is, in one sentence."""
    if line.kind == "full" and not _kept_whole(board, line):
        return say(lang, "line.full")
    if line.kind == "exempt":
        return _exempt(board, line, lang)
    if line.kind in ("scale", "round"):
        return _closing(board, line, lang)
    shown_points = board.round.scheme.scale.show(abs(line.units))
    args = {"points": shown_points, "lost": shown_points, "reason": line.reason}
    if not line.item:
        text = say(lang, f"line.bonus-{line.case}" if line.case else "line.bonus", **args)
        basis = next((one.basis for one in board.taken.entries if one.id == line.source), "")
        return text + (say(lang, "step.basis", basis=basis) if basis else "")
    bound = board.bindings[line.indicator]
    if bound.by_events:
        words = {**setting_words(bound.parts[0], "", lang), **args}
        return bound.measure.words[lang][line.case or "reason"].format(**words)
    return _measured(board, bound, line, lang)


def _kept_whole(board: Board, line: Line) -> bool:
    """Whether a full line of a measured part is all there is to say of it."""
    points = board.points.parts.get((line.indicator, line.part))
    return points is not None and points[_index(board, line.unit)] == line.units


def _index(board: Board, unit: str) -> int:
    return board.round.layout.index[unit]


def _exempt(board: Board, line: Line, lang: str) -> str:
    """The credit for an exempt indicator: why, at what rate, of what full marks."""
    key = (line.unit, line.indicator)
    exemption, credit = board.taken.exempt[key], board.points.credits[key]
    scale = board.round.scheme.scale
    full = board.round.layout.mark(board.points.full[line.indicator], _index(board, line.unit)) or 0
    args: dict[str, Any] = {
        "points": scale.show(line.units),
        "full": scale.show(full),
        "rate": Figure(credit.rate),
        "scope": say(lang, "scope.item" if credit.of_item else "scope.sheet"),
    }
    if exemption.source:
        return say(lang, "line.exempt", reason=exemption.reason, basis=exemption.basis, **args)
    bound = board.bindings[line.indicator]
    said = survey_sentence(board, line.unit, bound, lang)
    return say(lang, "line.exempt-few", need=bound.settings.score_from, **said, **args)


def _closing(board: Board, line: Line, lang: str) -> str:
    """The lines that close a sheet: the common scale, the printed total."""
    scheme, series = board.round.scheme, board.round.units[line.unit].series
    if line.kind == "round":
        return say(lang, "line.round", places=scheme.total_places)
    sheet = scheme.scale.show(scheme.sheet_of(line.unit, series).total)
    scale_to = scheme.series[series].scale_to
    return say(lang, "line.scale", sheet=sheet, full=shown(scale_to) if scale_to else "")


def _measured(board: Board, bound: Bound, line: Line, lang: str) -> str:
    """The sentence of a measure of values, with a part's number before it in a chain."""
    worked = board.points.by_part[bound.id, line.part]
    number = worked.part.number
    chain = MEASURES["chain"].words[lang]
    if line.case == "closed":
        return chain["closed"].format(part=number)
    before = chain["reason"].format(part=number) if number else ""
    return before + _sentence(board, worked, line.unit, lang)


def _sentence(board: Board, worked: Worked, unit: str, lang: str) -> str:
    index, part = _index(board, unit), worked.part
    args = _figures(board, worked, unit, lang)
    case = worked.case(index) or _fallback(board, worked.bound, unit)
    text = part.measure.words[lang][case or "reason"].format_map(args)
    if args.get("coefficient", "1") != "1":
        text += say(lang, "line.coefficient", coefficient=args["coefficient"])
    held = worked.held(index)
    return text + (say(lang, f"held.{held}") if held else "")


def _figures(board: Board, worked: Worked, unit: str, lang: str) -> dict[str, Any]:
    """Everything a measure's sentence may name."""
    index, part, bound = _index(board, unit), worked.part, worked.bound
    measured_in = bound.indicator.unit_of_measure or ""
    args: dict[str, Any] = {**setting_words(part, measured_in, lang)}
    args.update(_facts(board, unit, bound.id, measured_in))
    args.update(group_sentences(board, unit, bound, lang))
    args.update(survey_sentence(board, unit, bound, lang))
    for name, value in worked.evidence(index).items():
        args[name] = Figure(value, measured_in if name in part.measure.in_unit else "")
    earned = board.points.parts[bound.id, part.number][index]
    return {**args, "points": board.round.scheme.scale.show(earned)}


def _fallback(board: Board, bound: Bound, unit: str) -> str:
    """The case of a survey score that stands in for too few answers."""
    tallies = board.taken.tallies.get((unit, bound.id), ())
    if bound.measure.kind != "survey" or tallies[0].n >= bound.settings.score_from:
        return ""
    return str(bound.settings.fallback)


def _facts(board: Board, unit: str, indicator: str, measured_in: str) -> dict[str, str]:
    """Facts as typed, with the unit of measure behind them."""
    row = board.taken.values.get((unit, indicator))
    if row is None:
        return {}
    facts = {name: row[name] + measured_in for name in ("actual", "target", "previous")}
    return {**facts, "coefficient": row["coefficient"] or "1"}
