"""Surveys: answers checked and tallied, tallies made into scores or their fallback (§7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from leitai.bind import Bound
from leitai.facts.round import Round
from leitai.facts.rows import Row
from leitai.intake.model import Exemption, Key
from leitai.intake.tallies import entered_tallies, off_scale, raw_rows, units_with
from leitai.near import near
from leitai.points import whole
from leitai.problems import Problem, Refused, problem, warning
from leitai.stats.survey import Answers, Survey, tally
from leitai.stats.tally import Tally


@dataclass
class Surveyed:
    """What surveys yield: scores, tallies, and units exempt for want of answers."""

    scores: dict[Key, Fraction] = field(default_factory=dict)
    tallies: dict[Key, Sequence[Tally]] = field(default_factory=dict)
    exempt: dict[Key, Exemption] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def surveys(
    round_: Round,
    bindings: Mapping[str, Bound],
    exempt: Mapping[Key, Exemption],
    previous: Mapping[Key, Fraction],
) -> Surveyed:
    """Scores by unit and survey indicator, fallbacks applied."""
    made = Surveyed()
    entered, made.problems = entered_tallies(round_, bindings, "survey", "answers")
    frame = _frame(round_, made.problems)
    answers = _answers(round_, bindings, frame, made.problems)
    for bound in bindings.values():
        if bound.measure.kind == "survey":
            found = entered.get(bound.id, [])
            made.problems += off_scale(found, Fraction(0), Fraction(100), bound.indicator.name)
            if bound.id in answers and found:
                continue
            if bound.id in answers:
                found = tally(answers[bound.id], frame, bound.settings)
            _score_units(round_, bound, found, exempt, previous, made)
    return made


def _score_units(
    round_: Round,
    bound: Bound,
    found: Sequence[Tally],
    exempt: Mapping[Key, Exemption],
    previous: Mapping[Key, Fraction],
    made: Surveyed,
) -> None:
    by_unit = {one.unit: one for one in found}
    for unit in units_with(round_, bound.id):
        key, one = (unit, bound.id), by_unit.get(unit)
        names = {"unit": round_.units[unit].name, "indicator": bound.indicator.name}
        if key in exempt:
            if one is not None:
                made.problems.append(problem("fact.exempt-has-data", **names))
        elif one is None:
            department = round_.name_of(bound.indicator.department)
            lack = problem("fact.missing", column="score", department=department, **names)
            made.problems.append(lack)
        else:
            made.tallies[key] = (one,)
            if one.empty_cells:
                made.problems.append(warning("survey.cells-empty", cells=one.empty_cells, **names))
            if one.n >= bound.settings.score_from and one.mean is not None:
                made.scores[key] = one.mean
    scored = {unit for unit, indicator in made.scores if indicator == bound.id}
    for unit, one in by_unit.items():
        if unit not in scored and (unit, bound.id) in made.tallies:
            _fall_back(round_, bound, one, scored, previous, made)


def _fall_back(
    round_: Round,
    bound: Bound,
    one: Tally,
    scored: set[str],
    previous: Mapping[Key, Fraction],
    made: Surveyed,
) -> None:
    """What stands in for a score with too few answers (§7 step 5)."""
    p: Survey = bound.settings
    key = (one.unit, bound.id)
    names = {"unit": round_.units[one.unit].name, "indicator": bound.indicator.name}
    need, instead = p.score_from, p.fallback
    few = warning("survey.not-scored", n=one.n, need=need, fallback=instead, **names)
    made.problems.append(few)
    if p.fallback == "exempt":
        made.exempt[key] = Exemption("too-few-answers")
    elif p.fallback == "last_round":
        if key in previous:
            made.scores[key] = previous[key]
        else:
            made.problems.append(problem("survey.last-round-missing", **names))
    else:
        group = round_.units[one.unit].group
        means = [
            made.scores[unit, bound.id] for unit in scored if round_.units[unit].group == group
        ]
        if means:
            made.scores[key] = Fraction(sum(means, Fraction(0)), len(means))
        else:
            made.problems.append(problem("survey.group-unscored", **names))


def _frame(round_: Round, problems: list[Problem]) -> dict[str, int]:
    frame: dict[str, int] = {}
    for row in round_.rows("frame"):
        size = _size(row, "size", problems)
        if size is not None:
            frame[row["stratum"]] = size
    if frame and not any(frame.values()):
        problems.append(problem("fact.frame-empty", round_.rows("frame")[0].where))
        return {}
    return frame


def _size(row: Row, column: str, problems: list[Problem]) -> int | None:
    try:
        value = whole(row[column])
    except Refused as refused:
        problems.append(refused.at(row.spot(column)))
        return None
    if value < 0:
        problems.append(problem("fact.count-refused", row.spot(column), text=row[column]))
        return None
    return value


def _answers(
    round_: Round, bindings: Mapping[str, Bound], frame: Mapping[str, int], problems: list[Problem]
) -> dict[str, list[Answers]]:
    found: dict[str, list[Answers]] = defaultdict(list)
    known = {one.id: _words(one, frame) for one in bindings.values()}
    for row, bound, wrong in raw_rows(round_, bindings, "answers", "survey"):
        problems += wrong
        if bound is None:
            continue
        count = _size(row, "count", problems)
        strange = [one for one in known[bound.id] if row[one[0]] not in one[2]]
        for column, code, words in strange:
            spot, text = row.spot(column), row[column]
            problems.append(problem(code, spot, text=text, near=near(text, words)))
        if count is not None and not strange:
            found[bound.id].append(
                Answers(row["unit"], row["stratum"], row["channel"], row["answer"], count)
            )
    return found


def _words(bound: Bound, frame: Mapping[str, int]) -> list[tuple[str, str, set[str]]]:
    """Columns of a survey that do not take every word: the column, its Problem, the words."""
    if bound.measure.kind != "survey":
        return []
    p: Survey = bound.settings
    known = [
        ("answer", "fact.answer-unknown", {*p.scores, *p.dont_know}),
        ("stratum", "fact.stratum-unknown", set(frame)),
        ("channel", "fact.channel-unknown", set(p.channels or ())),
    ]
    return [(column, code, words) for column, code, words in known if words]
