"""What the section `year:` may not say: unknown series and levels, rules that quarrel (§11)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from leitai.problems import Problem, problem
from leitai.scheme.model import Scheme
from leitai.scheme.places import Places, known, quarrel
from leitai.scheme.year import Consequence, Rewards


def check_year(scheme: Scheme, places: Places) -> Iterator[Problem]:
    """All Problems of the section."""
    if scheme.year is None:
        return
    if scheme.year.rewards is not None:
        yield from _rewards(scheme, scheme.year.rewards, places)
    rules = scheme.year.consequences
    for index, rule in enumerate(rules):
        yield from _rule(scheme, rule, index, places)
        if rule.id in [one.id for one in rules[:index]]:
            where = places.at("year", "consequences", index)
            yield problem("scheme.id-doubled", where, id=rule.id)
    for (_, one), (index, other) in combinations(enumerate(rules), 2):
        yield from _equal(scheme, one, other, places.at("year", "consequences", index))


def _rewards(scheme: Scheme, rewards: Rewards, places: Places) -> Iterator[Problem]:
    """Every level has its coefficient, and nothing else has one."""
    at = ("year", "rewards", "coefficients")
    levels = {level.id: level.name for level in scheme.grades.levels}
    for word in rewards.coefficients:
        yield from known(word, levels, "level", places.at(*at, word))
    for level, name in levels.items():
        if level not in rewards.coefficients:
            yield quarrel(places.at(*at), "level-without-reward", level=name)


def _rule(scheme: Scheme, rule: Consequence, index: int, places: Places) -> Iterator[Problem]:
    at = ("year", "consequences", index, "series")
    if not rule.series:
        yield quarrel(places.at(*at), "consequence-binds-nobody", rule=rule.name)
    for number, series in enumerate(rule.series):
        yield from known(series, scheme.series, "series", places.at(*at, number))


def _equal(scheme: Scheme, one: Consequence, other: Consequence, where: str) -> Iterator[Problem]:
    """Two rules that would both speak for the same units."""
    shared = [s for s in other.series if s in one.series and s in scheme.series]
    if shared and one.when == other.when:
        names = {"rule": other.name, "first": one.name, "series": scheme.series[shared[0]].name}
        yield quarrel(where, "consequences-equal", **names)
