"""What grade levels may not say: each must be reachable, and nothing may fall through (§10)."""

from __future__ import annotations

from collections.abc import Iterator

from leitai.problems import Problem, problem
from leitai.scheme.model import Level, Scheme
from leitai.scheme.places import Places, quarrel


def check_levels(scheme: Scheme, places: Places) -> Iterator[Problem]:
    """All Problems of the levels."""
    levels = scheme.grades.levels
    where = places.at("grades", "levels")
    if len(levels) < 2:
        yield quarrel(where, "too-few-levels")
        return
    if len({one.id for one in levels}) < len(levels):
        doubled = next(one.id for one in levels if [o.id for o in levels].count(one.id) > 1)
        yield problem("scheme.id-doubled", where, id=doubled)
    for index, level in enumerate(levels):
        yield from _level(levels, index, level, places.at("grades", "levels", index))
    for index, level in enumerate(levels):
        above = [
            one for one in levels[:index] if one.top is None and _shuts_out(scheme, one, level)
        ]
        if above:
            where = places.at("grades", "levels", index)
            yield quarrel(where, "level-not-below", level=level.name, above=above[0].name)


def _level(levels: tuple[Level, ...], index: int, level: Level, where: str) -> Iterator[Problem]:
    first, last = index == 0, index == len(levels) - 1
    if level.top is not None and not first:
        yield quarrel(where, "top-not-first", level=level.name)
    if level.bottom is not None and not last:
        yield quarrel(where, "bottom-not-last", level=level.name)
    if level.at_least is not None and last:
        yield quarrel(where, "last-level-with-condition", level=level.name)
    if level.top == 0:
        yield quarrel(where, "quota-zero", level=level.name)
    untested = level.top is None and level.at_least is None
    before_quota = not first and index == len(levels) - 2 and levels[-1].bottom is not None
    if untested and not last and not before_quota:
        yield problem(
            "scheme.unreachable-level", where, level=level.name, below=levels[index + 1].name
        )
    elif len(levels) > 3 and level.at_least is None and index < len(levels) - 2:
        yield quarrel(where, "many-levels-without-condition", level=level.name)


def _shuts_out(scheme: Scheme, above: Level, level: Level) -> bool:
    """Whether in some series whoever meets the condition of `level` meets that of `above`."""
    if above.at_least is None or level.at_least is None:
        return False
    judged = (one.id for one in scheme.series.values() if one.sheet in scheme.sheets)
    totals = [scheme.common_total(series) for series in judged]
    return any(above.at_least.of(total) <= level.at_least.of(total) for total in totals)
