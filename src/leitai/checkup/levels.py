"""Levels: grades nobody can reach, or that no group has room for (rules §10)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from leitai.checkup.draft import Compared, Draft
from leitai.checkup.findings import SERIOUS, WARNING, Finding, Text, names
from leitai.checkup.sums import most_of_sheet, scaled
from leitai.grades import quota
from leitai.points import shown
from leitai.scheme.model import Level, Sheet


def levels(draft: Draft) -> Iterator[Finding]:
    """Everything wrong with the levels."""
    for level in draft.scheme.grades.levels:
        yield from _out_of_reach(draft, level)
    if draft.units:
        yield from _crowded(draft)
        yield from _ungraded(draft)


def _out_of_reach(draft: Draft, level: Level) -> Iterator[Finding]:
    """A score condition above everything a sheet and the bonus can give."""
    bonus = _bonus_at_most(draft)
    if level.at_least is None or bonus is None:
        return
    short: dict[str, str] = {}
    groups = []
    for group in draft.compared():
        for sheet in group.sheets:
            most = most_of_sheet(draft, sheet)
            if most is None:
                continue
            reach = scaled(draft, group, sheet, most) + bonus
            if reach < level.at_least.of(_common(draft, group, sheet)) * draft.scheme.scale.one:
                short[sheet.id] = draft.points(reach)
                groups.append(group.name)
    if short:
        args: dict[str, Text] = {
            "level": level.name,
            "needed": level.at_least.text,
            "reach": names(f"{draft.sheet_name(sheet)} {most}" for sheet, most in short.items()),
            "groups": names(groups),
        }
        yield Finding("level-unreachable", SERIOUS, args)


def _common(draft: Draft, group: Compared, sheet: Sheet) -> Fraction:
    """The points that shares of the whole are taken of."""
    return group.series.scale_to or Fraction(sheet.total, draft.scheme.scale.one)


def _bonus_at_most(draft: Draft) -> Fraction | None:
    """Line units that all kinds of bonus can add, None without limit."""
    total = Fraction(0)
    for one in draft.scheme.adjustments.values():
        if one.kind == "bonus":
            caps = [cap for cap in (one.cap, one.annual_cap) if cap is not None]
            if not caps:
                return None
            total += min(caps) * draft.scheme.scale.one
    return total


def _ranked(draft: Draft, group: Compared) -> int:
    return sum(unit.id not in draft.unranked for unit in group.units)


def _crowded(draft: Draft) -> Iterator[Finding]:
    """Groups in which both quotas together leave no room for the levels between them."""
    rule = draft.scheme.grades
    first, last = rule.levels[0], rule.levels[-1]
    between = rule.levels[1:-1]
    if not between or first.top is None or first.at_least is not None:
        return
    full = []
    for group in draft.compared():
        n = _ranked(draft, group)
        top, bottom = (quota(share, n, rule.count) for share in (first.top, last.bottom))
        if n >= 3 and top + bottom >= n:
            full.append(f"{group.name} {top}+{bottom}/{n}")
    if full:
        args: dict[str, Text] = {
            "levels": names(one.name for one in between),
            "groups": names(full),
        }
        yield Finding("level-crowded-out", WARNING, args)


def _ungraded(draft: Draft) -> Iterator[Finding]:
    """Groups too small for quotas, in a scheme without score conditions."""
    if any(level.at_least for level in draft.scheme.grades.levels):
        return
    small = [group for group in draft.compared() if _ranked(draft, group) < 3]
    if small:
        listed = names(f"{group.name} {shown(Fraction(_ranked(draft, group)))}" for group in small)
        yield Finding("group-ungraded", WARNING, {"groups": listed})
