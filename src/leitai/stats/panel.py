"""Panels 评议: ballots are voided, merged, trimmed and tallied; tallies make a score (rules §6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from leitai.points import rounded
from leitai.problems import Problem, problem, warning
from leitai.scheme.readers import (
    Limit,
    count,
    limit,
    number,
    or_none,
    places,
    positive,
    share_of_one,
    text_of,
    yes_no,
)
from leitai.scheme.settings import by_id, map_of, setting
from leitai.stats.tally import Tally


@dataclass(frozen=True)
class Panel:
    """Rater groups with weights, the scale of marks, and how ballots are tallied."""

    groups: Mapping[str, Fraction] = setting(by_id(share_of_one))
    highest: Fraction = setting(positive)
    lowest: Fraction = setting(number, "0")
    anchors: Mapping[str, Fraction] = setting(map_of(number), {})
    merge: Mapping[str, str] = setting(map_of(text_of), {})
    merge_below: int = setting(count, "5")
    trim: Limit = setting(limit, "20%")
    trim_from: int = setting(count, "6")
    quorum: int = setting(count, "3")
    void_equal: bool = setting(yes_no, "yes")
    top_quota: Limit | None = setting(or_none(limit), None)
    round_mean: int | None = setting(or_none(places), None)

    def weighted(self, mean: Fraction, rounding: str) -> Fraction:
        """A group's mean as it is weighted: rounded first where `round_mean` says so."""
        if self.round_mean is None:
            return mean
        one = 10**self.round_mean
        return Fraction(rounded(mean * one, rounding), one)


@dataclass(frozen=True)
class Mark:
    """What one rater said of one unit; `value` is None for no basis to judge and for recusal."""

    rater: str
    group: str
    unit: str
    value: Fraction | None


def tally(marks: Sequence[Mark], p: Panel, indicator: str) -> tuple[list[Tally], list[Problem]]:
    """Tallies per unit and rater group, and the warnings on the way (§6, steps 2 to 4)."""
    kept, problems = _without_void(marks, p, indicator)
    merged, more = _merged(marks, p, indicator)
    cells: dict[tuple[str, str], list[Fraction]] = defaultdict(list)
    for mark in kept:
        if mark.value is not None:
            cells[mark.unit, merged[mark.group]].append(mark.value)
    order = list(p.groups)
    keys = sorted(cells, key=lambda cell: (cell[0], order.index(cell[1].partition("+")[0])))
    tallies = [_tally(unit, group, cells[unit, group], p) for unit, group in keys]
    return tallies, problems + more


def _without_void(
    marks: Sequence[Mark], p: Panel, indicator: str
) -> tuple[list[Mark], list[Problem]]:
    """The marks of valid ballots; a warning for each void one (step 2)."""
    ballots: dict[tuple[str, str], list[Fraction]] = defaultdict(list)
    for mark in marks:
        if mark.value is not None:
            ballots[mark.group, mark.rater].append(mark.value)
    reasons = {key: _void_reason(values, p) for key, values in ballots.items()}
    void = {key: reason for key, reason in reasons.items() if reason}
    problems = [
        warning("panel.ballot-void", indicator=indicator, group=group, rater=rater, reason=reason)
        for (group, rater), reason in sorted(void.items())
    ]
    return [mark for mark in marks if (mark.group, mark.rater) not in void], problems


def _void_reason(values: Sequence[Fraction], p: Panel) -> str:
    if p.void_equal and len(values) >= 3 and len(set(values)) == 1:
        return "all-equal"
    if p.top_quota is not None:
        allowed = p.top_quota.points
        if p.top_quota.share is not None:
            allowed = Fraction(int(p.top_quota.share * len(values)))
        if sum(value == p.highest for value in values) > allowed:
            return "too-many-top-marks"
    return ""


def _merged(
    marks: Sequence[Mark], p: Panel, indicator: str
) -> tuple[dict[str, str], list[Problem]]:
    """The name each rater group is tallied under (step 3), warnings for small ones."""
    members = {group: len({m.rater for m in marks if m.group == group}) for group in p.groups}
    small = [group for group in p.groups if members[group] < p.merge_below]
    into: dict[str, list[str]] = {group: [group] for group in p.groups}
    for group in small:
        if group in p.merge:
            into[p.merge[group]] += into.pop(group)
    names = {group: "+".join(groups) for groups in into.values() for group in groups}
    problems = [
        warning("panel.group-small", indicator=indicator, group=group, members=members[group])
        for group in small
        if group not in p.merge and members[group]
    ]
    return names, problems


def _tally(unit: str, group: str, values: Sequence[Fraction], p: Panel) -> Tally:
    one = lcm(*(value.denominator for value in values))
    kept = _trimmed(sorted(value.numerator * (one // value.denominator) for value in values), p)
    mean, spread = Fraction(sum(kept), len(kept) * one), Fraction(kept[-1] - kept[0], one)
    cut = (len(values) - len(kept)) // 2
    return Tally(unit, group, len(values), mean, spread=spread, cut=cut)


def _trimmed(values: Sequence[int], p: Panel) -> Sequence[int]:
    """Without the k highest and k lowest (step 4)."""
    if len(values) < p.trim_from:
        return values
    if p.trim.share is None:
        cut = int(p.trim.points)
    else:
        cut = max(1, int(p.trim.share * len(values))) if p.trim.share else 0
    return values[cut : len(values) - cut]


def score(
    tallies: Iterable[Tally], expected: Iterable[str], p: Panel, rounding: str, **about: str
) -> tuple[Fraction | None, list[Problem]]:
    """The weighted mean of the groups with a quorum (step 5); None with a Problem without any."""
    by_group = {one.group: one for one in tallies}
    kept: dict[str, Fraction] = {}
    problems: list[Problem] = []
    for group in expected:
        found = by_group.get(group)
        if found is None or found.mean is None or found.n < p.quorum:
            n = found.n if found else 0
            problems.append(warning("panel.quorum", group=group, n=n, quorum=p.quorum, **about))
        else:
            kept[group] = p.weighted(found.mean, rounding)
    weights = {group: sum(p.groups[one] for one in group.split("+")) for group in kept}
    whole = sum(weights.values())
    if not whole:
        return None, [*problems, problem("panel.no-group-left", **about)]
    weighted = sum((weights[group] * mean for group, mean in kept.items()), Fraction(0))
    return Fraction(weighted, whole), problems


def expected_groups(tallies: Iterable[Tally], p: Panel, rated_by: Sequence[str]) -> list[str]:
    """The group names a unit's tallies should carry: the scheme's, after merging."""
    found = dict.fromkeys(tally.group for tally in tallies)
    merged = [one for one in found if "+" in one and set(one.split("+")) <= set(p.groups)]
    swallowed = {group for name in merged for group in name.split("+")}
    names = [*(group for group in p.groups if group not in swallowed), *sorted(merged)]
    if not rated_by:
        return names
    return [name for name in names if set(name.split("+")) & set(rated_by)]
