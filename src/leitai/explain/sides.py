"""The two boards of a comparison, and what their rounds know of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from leitai.explain.difference import ABSENT, Plain
from leitai.explain.words import say
from leitai.facts.round import Round
from leitai.facts.settle import level_names
from leitai.points import shown

Pair = tuple[str, str]


@dataclass(frozen=True)
class Side:
    """A plain board and its round; a board from a file has none, its ids stay ids."""

    board: Plain
    round: Round | None = None

    def title(self, lang: str) -> str:
        """The round by name and id."""
        round_id: str = self.board["round"]
        name = self.round.name if self.round else ""
        return say(lang, "diff.named", name=name, id=round_id) if name else round_id

    def scheme(self, lang: str) -> str:
        """The scheme by name and version, "" where it is not known."""
        if self.round is None:
            return ""
        scheme = self.round.scheme
        return say(lang, "diff.named", name=scheme.name, id=scheme.version)

    @cached_property
    def grades(self) -> Mapping[str, str]:
        """Names of the grade levels."""
        return level_names(self.round.scheme) if self.round else {}

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """Names of comparison groups."""
        return self.round.scheme.group_names() if self.round else {}

    @cached_property
    def members(self) -> Mapping[str, set[str]]:
        """The units of each comparison group that has any."""
        found: dict[str, set[str]] = {}
        for unit, one in self.board["units"].items():
            found.setdefault(one["group"], set()).add(unit)
        return found

    def judged(self, group: str) -> set[str]:
        """The indicators any unit of a group is judged on."""
        units = self.board["units"]
        return {name for unit in self.members.get(group, ()) for name in units[unit]["points"]}

    def full(self, unit: str, indicator: str) -> str:
        """A unit's full marks for an indicator, "" where they are not known."""
        if self.round is None or unit not in self.round.units:
            return ""
        scheme = self.round.scheme
        full = scheme.sheet_of(unit, self.round.units[unit].series).full_of(indicator)
        return "" if full is None else shown(Fraction(full, scheme.scale.one))

    def whole(self, unit: str) -> str:
        """A unit's full marks altogether, "" where they are not known."""
        if self.round is None or unit not in self.round.units:
            return ""
        return shown(self.round.scheme.common_total(self.round.units[unit].series, unit))


@dataclass(frozen=True)
class Sides:
    """Both sides; where they name something differently the later name holds."""

    before: Side
    after: Side

    @property
    def one_round(self) -> bool:
        """Whether both are results of the same round."""
        return bool(self.before.board["round"] == self.after.board["round"])

    @cached_property
    def _rounds(self) -> list[Round]:
        return [one.round for one in (self.before, self.after) if one.round is not None]

    @cached_property
    def units(self) -> Mapping[str, str]:
        """Names of units."""
        return {u.id: u.name for one in self._rounds for u in one.units.values()}

    @cached_property
    def indicators(self) -> Mapping[str, str]:
        """Names of indicators."""
        return {i.id: i.name for one in self._rounds for i in one.scheme.indicators.values()}

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """Names of comparison groups, in the order of the later scheme."""
        later, earlier = self.after.groups, self.before.groups
        ids = dict.fromkeys([*later, *earlier, *self.after.members, *self.before.members])
        return {one: later.get(one, earlier.get(one, one)) for one in ids}

    def grade(self, grades: tuple[str | None, str | None]) -> Pair:
        """The names of a grade before and after."""
        other = {**self.before.grades, **self.after.grades}
        sides = self.before.grades, self.after.grades
        old, new = (
            side.get(grade, other.get(grade, grade)) if grade else ABSENT
            for side, grade in zip(sides, grades, strict=True)
        )
        return old, new

    def fulls(self, unit: str, indicator: str) -> Pair:
        """Full marks for an indicator before and after, where both are known and differ."""
        return _differing(*(one.full(unit, indicator) for one in (self.before, self.after)))

    def wholes(self, unit: str) -> Pair:
        """Full marks altogether before and after, where both are known and differ."""
        return _differing(*(one.whole(unit) for one in (self.before, self.after)))

    def members(self, group: str) -> set[str]:
        """The units that were or are in a comparison group."""
        return {one for side in (self.before, self.after) for one in side.members.get(group, ())}

    def predecessors(self, unit: str, gone: Collection[str]) -> list[str]:
        """Those among the units that are gone which successions name as the unit's own before."""
        rows = self.after.round.rows("successions") if self.after.round else ()
        named = {row["predecessor"] for row in rows if row["unit"] == unit}
        return [self.units.get(g, g) for g in gone if named & {g, self.units.get(g, g)}]


def _differing(old: str, new: str) -> Pair:
    return (old, new) if old and new and old != new else ("", "")
