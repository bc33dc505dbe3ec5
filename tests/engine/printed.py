"""A board as a page prints it: the figure that belongs under each heading of a worked table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from leitai.board import Board
from leitai.points import shown
from leitai.scheme.model import GRADE_KINDS
from leitai.seal.plain import plain_board
from leitai.stats.tally import Tally

HEADING = re.compile(r"(?P<name>[^（）]+)(?:（(?P<about>.+)）)?")
FREE = {"算式", "说明"}  # the derivation in words; no figure stands only there


@dataclass(frozen=True)
class Printed:
    """Cells of one board. `about` is the indicator, item or rater group a heading names."""

    board: Board

    def cell(self, unit: str, heading: str) -> str:
        """What belongs under a heading, "—" for nothing."""
        match = HEADING.fullmatch(heading)
        assert match is not None, heading
        found = COLUMNS[match["name"]](self, unit, match["about"] or "")
        return "—" if found in (None, "") else str(found)

    @cached_property
    def units(self) -> dict[str, Any]:
        return dict(plain_board(self.board)["units"])

    @cached_property
    def by_name(self) -> dict[str, str]:
        return {unit.name: unit.id for unit in self.board.round.units.values()}

    def indicator(self, about: str) -> str:
        """The indicator of that name; without a name the only one there is."""
        named = {one.name: one.id for one in self.board.round.scheme.indicators.values()}
        assert about or len(named) == 1, "several indicators: write 得分（指标名）"
        return named[about or next(iter(named))]

    def item(self, unit: str, about: str) -> dict[str, Any]:
        """The unit's score in the item of that name, or in the only one."""
        items = self.board.round.scheme.items
        assert about or len(items) == 1, "several items: write 项目得分（项目名）"
        wanted = next(key for key, one in items.items() if about in ("", one.name))
        return dict(self.units[unit]["items"].get(wanted, {}))

    def lines(self, unit: str, kind: str) -> str | None:
        """Σ of the unit's lines of this kind, None without any."""
        found = [line.units for line in self.board.by_unit[unit] if line.kind == kind]
        return self.board.round.scheme.scale.show(sum(found)) if found else None

    def part(self, unit: str, number: int) -> str:
        """The points of a part of the only indicator."""
        index = self.board.points.layout.units.index(unit)
        units = self.board.points.parts[self.indicator(""), number][index]
        return self.board.round.scheme.scale.show(units)

    def fact(self, unit: str, column: str, about: str) -> str:
        """The value as it was reported."""
        row = self.board.taken.values.get((unit, self.indicator(about)))
        return row[column] if row else ""

    def evidence(self, unit: str, name: str, about: str) -> str | None:
        """A figure on the way to the points, such as the best value of the group."""
        value = self._evidence(unit, name, about)
        return None if value is None else shown(value)

    def rate(self, unit: str, name: str, about: str) -> str | None:
        """The same as a percentage."""
        value = self._evidence(unit, name, about)
        return None if value is None else f"{shown(value * 100, 2)}%"

    def _evidence(self, unit: str, name: str, about: str) -> Fraction | None:
        index = self.board.points.layout.units.index(unit)
        parts = [one for one in self.board.points.worked if one.bound.id == self.indicator(about)]
        return next((found[name] for one in parts if name in (found := one.evidence(index))), None)

    def tally(self, unit: str, group: str) -> Tally:
        """The unit's only tally, or the one of the rater group named."""
        kept = [made for (one, _), made in self.board.taken.tallies.items() if one == unit]
        (found,) = [one for made in kept for one in made if group in ("", one.group)]
        return found

    def mean(self, unit: str, group: str) -> str | None:
        """The mean of that tally."""
        value = self.tally(unit, group).mean
        return None if value is None else shown(value)

    def fall(self, unit: str) -> int | None:
        """Final place minus base place."""
        one = self.board.results[unit]
        return None if one.place is None or one.base_place is None else one.place - one.base_place

    def grade(self, unit: str, before: bool = False) -> str | None:
        """The level's name, or the one before negative evaluation and veto."""
        steps = [s for s in self.board.steps if s.unit == unit and s.kind in GRADE_KINDS]
        wanted = steps[0].before if before and steps else self.board.results[unit].grade
        levels = self.board.round.scheme.grades.levels
        return next((level.name for level in levels if level.id == wanted), None)

    def of_year(self, part: str, unit: str, key: str) -> str | None:
        """A figure of the unit's reward or consequence."""
        found = plain_board(self.board)["year"][part].get(unit, {})
        return None if key not in found else str(found[key])

    def consequence(self, unit: str) -> str | None:
        """The name of the rule that speaks for the unit."""
        rule, year = self.of_year("consequences", unit, "rule"), self.board.round.scheme.year
        return None if rule is None or year is None else year.rule(rule).name


Column = Callable[[Printed, str, str], object]


def _of_unit(key: str) -> Column:
    return lambda board, unit, _: board.units[unit][key]


def _of_item(key: str) -> Column:
    return lambda board, unit, about: board.item(unit, about).get(key)


def _lines(kind: str) -> Column:
    return lambda board, unit, _: board.lines(unit, kind)


def _part(number: int) -> Column:
    return lambda board, unit, _: board.part(unit, number)


def _fact(column: str) -> Column:
    return lambda board, unit, about: board.fact(unit, column, about)


def _evidence(name: str) -> Column:
    return lambda board, unit, about: board.evidence(unit, name, about)


def _rate(name: str) -> Column:
    return lambda board, unit, about: board.rate(unit, name, about)


COLUMNS: dict[str, Column] = {
    "得分": lambda board, unit, about: board.units[unit]["points"].get(board.indicator(about)),
    "第1部分": _part(1),
    "第2部分": _part(2),
    "项目得分": _of_item("points"),
    "项目名次": _of_item("place"),
    "项目倒数": _of_item("bottom"),
    "加分合计": _of_unit("bonus"),
    "精确总分": _of_unit("exact"),
    "总分": _of_unit("total"),
    "原名次": _of_unit("base_place"),
    "名次": _of_unit("place"),
    "倒数": _of_unit("bottom"),
    "应降": lambda board, unit, _: board.board.results[unit].fall.replace("last", "末位"),
    "实降": lambda board, unit, _: board.fall(unit),
    "原等次": lambda board, unit, _: board.grade(unit, before=True),
    "等次": lambda board, unit, _: board.grade(unit),
    "满分": _lines("full"),
    "失分": _lines("loss"),
    "超额得分": _lines("gain"),
    "扣分": _lines("event"),
    "加分": _lines("event"),
    "保底": _lines("floor"),
    "封顶": _lines("cap"),
    "加分项": _lines("bonus"),
    "免考核折算": _lines("exempt"),
    "季度挂钩": _lines("quarter"),
    "折算": _lines("scale"),
    "修约": _lines("round"),
    "实际": _fact("actual"),
    "目标": _fact("target"),
    "基期": _fact("previous"),
    "系数": lambda board, unit, about: board.fact(unit, "coefficient", about) or "1",
    "完成率": _rate("rate"),
    "增幅": _rate("growth"),
    "增量": _evidence("growth"),
    "最优值": _evidence("best"),
    "平均值": _evidence("mean"),
    "不允许值": _evidence("low"),
    "满意值": _evidence("high"),
    "组内名次": _evidence("place"),
    "同组单位": _evidence("peers"),
    "评议得分": _evidence("score"),
    "满意度": _evidence("score"),
    "平均分": lambda board, unit, group: board.mean(unit, group),
    "有效票": lambda board, unit, group: board.tally(unit, group).n,
    "人数": lambda board, unit, _: board.of_year("rewards", unit, "headcount"),
    "奖励系数": lambda board, unit, _: board.of_year("rewards", unit, "coefficient"),
    "奖励": lambda board, unit, _: board.of_year("rewards", unit, "amount"),
    "负责人": lambda board, unit, _: plain_board(board.board)["year"]["heads"].get(unit),
    "连续年数": lambda board, unit, _: board.of_year("consequences", unit, "run"),
    "后果": lambda board, unit, _: board.consequence(unit),
    "有效答卷": lambda board, unit, _: board.tally(unit, "").n,
}
