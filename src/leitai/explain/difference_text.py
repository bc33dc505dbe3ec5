"""The difference of two boards as lines of text, group by group: who moved, and by what points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leitai.explain.difference import BoardChange, UnitChange, counts
from leitai.explain.moves import move_lines, rest_line, with_full
from leitai.explain.outcome_change import outcomes_text
from leitai.explain.sides import Pair, Sides
from leitai.explain.words import joined, say

_FOLLOW_MOVES = {"base_place", "base_bottom", "bottom", "items"}
_FOLLOW_POINTS = {"exact", "items"}


def difference_text(change: BoardChange, sides: Sides, lang: str) -> Iterator[str]:
    """What is compared, then a section for each group, then units of one side, then the year."""
    yield from _heading(change, sides, lang)
    if change.nothing:
        yield say(lang, "diff.same")
        return
    yield say(lang, "diff.count", **counts(change.units))
    for group in sides.groups:
        found = [one for one in change.units if one.group[1] == group]
        if found:
            yield ""
            yield from _section(found, group, sides, lang)
    yield from _strangers(change, sides, lang)
    for unit in change.lines_only:
        yield say(lang, "diff.lines-only", unit=sides.units.get(unit, unit))
    if change.outcomes:
        yield ""
        yield from outcomes_text(change.outcomes, sides.units, lang)


def _heading(change: BoardChange, sides: Sides, lang: str) -> Iterator[str]:
    """Which rounds, and whether they are judged by different schemes."""
    before, after = sides.before, sides.after
    if sides.one_round:
        yield say(lang, "diff.one-round", round=after.title(lang))
    else:
        yield say(lang, "diff.rounds", before=before.title(lang), after=after.title(lang))
    if change.schemes_differ:
        yield _schemes(before.scheme(lang), after.scheme(lang), lang)


def _schemes(before: str, after: str, lang: str) -> str:
    """That the schemes differ; full marks can be told only where both are known."""
    if not (before and after):
        return say(lang, "diff.scheme-edited")
    key = "diff.scheme-edited" if before == after else "diff.schemes"
    return say(lang, key, before=before, after=after) + say(lang, "diff.fulls")


def _section(changes: Sequence[UnitChange], group: str, sides: Sides, lang: str) -> Iterator[str]:
    """One comparison group: the moves, the points behind them, then what else changed."""
    told = sorted((one for one in changes if one.counted), key=_order)
    yield say(lang, "diff.section", group=sides.groups[group], **counts(changes))
    for one in told:
        yield from _moves(one, sides, lang)
    yield from _points(told, group, sides, lang)
    rest = [one for one in changes if not one.counted]
    if rest:
        yield rest_line(rest, [sides.units.get(one.unit, one.unit) for one in rest], lang)


def _order(one: UnitChange) -> tuple[bool, bool, int, str]:
    """Those whose place or grade changed first; by the new place, units without one last."""
    return not (one.moved or one.graded), one.place[1] is None, one.place[1] or 0, one.unit


def _moves(one: UnitChange, sides: Sides, lang: str) -> Iterator[str]:
    """Place, total and grade, and what does not follow from them."""
    name = sides.units.get(one.unit, one.unit)
    yield from move_lines(one, name, sides.grade(one.grade), lang, sides.wholes(one.unit))
    if one.group[0] != one.group[1]:
        yield say(lang, "diff.from-group", group=sides.groups[one.group[0]])
    also = [kind for kind in one.also if kind not in _following(one)]
    if also:
        named = joined(lang, [say(lang, f"diff.{kind}") for kind in also])
        yield say(lang, "diff.also", what=named)
    ranked_alike = None not in one.place and one.group[0] == one.group[1]
    if one.moved and ranked_alike and not one.scored:
        yield say(lang, "diff.pushed" if "base_place" in one.also else "diff.adjusted")


def _following(one: UnitChange) -> set[str]:
    """What must have changed, or means nothing, given what is told."""
    return {
        "group",
        *(_FOLLOW_POINTS if one.scored else ()),
        *(_FOLLOW_MOVES if one.moved else ()),
        *(("base_bottom",) if {"base_place", "bottom"} & {*one.also} else ()),
    }


def _points(changes: Sequence[UnitChange], group: str, sides: Sides, lang: str) -> Iterator[str]:
    """What each unit gained or lost by indicator; two rounds' own indicators are only named."""
    lone = _lone(changes, group, sides)
    for side, names in zip(_side_names(sides, lang), lone, strict=True):
        if names:
            named = joined(lang, [sides.indicators.get(name, name) for name in names])
            yield say(lang, "diff.only-judged", side=side, indicators=named)
    texts = ((one, _of_unit(one, {*lone[0], *lone[1]}, sides, lang)) for one in changes)
    lines = [
        say(lang, "diff.of-unit", unit=sides.units.get(one.unit, one.unit), what=text)
        for one, text in texts
        if text
    ]
    if lines:
        yield say(lang, "diff.points-head")
        yield from lines


def _lone(
    changes: Sequence[UnitChange], group: str, sides: Sides
) -> tuple[Sequence[str], Sequence[str]]:
    """The indicators of a group that only the earlier, and only the later of two rounds has."""
    if sides.one_round:
        return (), ()
    names = dict.fromkeys(name for one in changes for name in one.points)
    before, after = (side.judged(group) for side in (sides.before, sides.after))
    return [one for one in names if one not in after], [one for one in names if one not in before]


def _of_unit(one: UnitChange, told: set[str], sides: Sides, lang: str) -> str:
    """A unit's points by indicator, but for those told of the whole group."""
    parts = [
        _points_text(name, pair, sides.fulls(one.unit, name), sides, lang)
        for name, pair in one.points.items()
        if name not in told
    ]
    if one.bonus[0] != one.bonus[1]:
        parts.append(say(lang, "diff.bonus", before=one.bonus[0], after=one.bonus[1]))
    return ("；" if lang == "zh" else "; ").join(parts)


def _points_text(name: str, points: Pair, fulls: Pair, sides: Sides, lang: str) -> str:
    before, after = (with_full(*pair, lang) for pair in zip(points, fulls, strict=True))
    named = sides.indicators.get(name, name)
    return say(lang, "diff.points", indicator=named, before=before, after=after)


def _strangers(change: BoardChange, sides: Sides, lang: str) -> Iterator[str]:
    """Units of one board only, and whom they succeed."""
    if not (change.only_before or change.only_after):
        return
    before, after = _side_names(sides, lang)
    yield ""
    for unit in change.only_before:
        yield say(lang, "diff.only", unit=sides.units.get(unit, unit), side=before)
    for unit in change.only_after:
        words = {"unit": sides.units.get(unit, unit), "side": after}
        words["predecessors"] = joined(lang, sides.predecessors(unit, change.only_before))
        yield say(lang, "diff.only", **words)


def _side_names(sides: Sides, lang: str) -> Pair:
    """What both sides are called: their rounds, or the first and the second result."""
    if sides.one_round:
        return say(lang, "diff.first"), say(lang, "diff.second")
    return sides.before.title(lang), sides.after.title(lang)
