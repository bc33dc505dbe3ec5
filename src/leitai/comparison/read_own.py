"""Reads an office's own workbook: headings that name indicators, items, totals, places, grades."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from leitai.board import Board
from leitai.comparison.own import Figure, Key, Own
from leitai.comparison.sheets import UNIT, heading_row, is_beside, is_overview, part_heading
from leitai.facts.clean import number_cell
from leitai.facts.grid import letters
from leitai.facts.names import Names, names_of
from leitai.facts.totals import is_total
from leitai.facts.xlsx_file import SheetCell, SheetOfCells, open_sheets
from leitai.near import near, near_name
from leitai.points import exact
from leitai.problems import Problem, Refused, problem, warning
from leitai.signs import alike, half_width, quoted

LISTED = 10  # absent units named; more are counted
_FIXED: Mapping[str, tuple[str, ...]] = {
    "total": ("总分", "总得分", "综合得分", "合计", "得分", "最终得分", "总计", "total"),
    "place": ("名次", "排名", "位次", "总名次", "place"),
    "grade": ("等次", "等级", "评价等次", "考评等次", "grade"),
    "bonus": ("加分", "加分项", "附加分", "bonus"),
}
_FOR_READERS = (
    "序号", "备注", "系列", "类别", "倒数", "原名次", "remarks", "no.", "series", "group",
    "frombottom", "baseplace",
)  # fmt: skip
_PLACE = re.compile(r"(?:并列)?第?([0-9]+)名?")
_NOTHING = ("", "-", "—", "/", "－", "无", "免考核")


@dataclass
class _Reading:
    """One workbook being read beside a board."""

    board: Board
    figures: dict[Key, Figure] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    as_shown: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        scheme, units = self.board.round.scheme, self.board.round.units
        self.level_names = {level.id: level.name for level in scheme.grades.levels}
        self.units = names_of({one.id: one.name for one in units.values()})
        self.levels = names_of(self.level_names)
        self.kinds: dict[str, Names] = {
            "indicator": names_of({key: one.name for key, one in scheme.indicators.items()}),
            "item": names_of({key: one.name for key, one in scheme.items.items()}),
        }

    def sheet(self, file: str, sheet: SheetOfCells) -> None:
        """The figures of one sheet."""
        place = f"{file}!{sheet.title}"
        top = heading_row(sheet)
        heads = {column: cell.text for (r, column), cell in sheet.cells.items() if r == top}
        if unread := self._unread(place, heads):
            self.problems.append(unread)
            return
        if sheet.hides_cells:
            self.problems.append(warning("fact.cells-hidden", place))
        units = next(column for column, text in heads.items() if alike(text) in UNIT)
        of_items = is_overview(sheet)
        named = {
            column: self._column(text, f"{place}!{letters(column)}{top}", of_items=of_items)
            for column, text in heads.items()
            if column != units
        }
        columns = {column: one for column, one in named.items() if one is not None}
        for row in sorted({row for row, _ in sheet.cells if row > top}):
            self._row(sheet, place, row, units, columns)

    def _unread(self, place: str, heads: Mapping[int, str]) -> Problem | None:
        """A warning where a sheet has no row for each unit."""
        if not heads:
            return warning("compare.sheet-unread", place)
        names = [one for names in self.kinds.values() for one in names.words]
        heading = part_heading(one for one in heads.values() if one not in names)
        return warning("compare.sheet-of-parts", place, heading=heading) if heading else None

    def _column(self, heading: str, where: str, *, of_items: bool) -> tuple[str, str] | None:
        """What a column holds: kind and id; None where nothing reads it."""
        word = alike(heading)
        items = self.kinds["item"].meant(heading)
        if of_items and len(items) == 1 and word not in (*_FIXED["total"], *_FIXED["place"]):
            return "item", items[0]
        fixed = next((kind for kind, words in _FIXED.items() if word in words), None)
        if fixed:
            return fixed, ""
        meant = [(kind, one) for kind, n in self.kinds.items() for one in n.meant(heading)]
        if len(meant) == 1:
            return meant[0]
        if meant:
            ids = "|".join(one for _, one in meant)
            self.problems.append(
                problem("compare.heading-unclear", where, heading=quoted(heading), ids=ids)
            )
        elif word not in _FOR_READERS:
            known = [one for names in self.kinds.values() for one in names.words]
            words = {"heading": quoted(heading), "near": near(heading, known)}
            self.problems.append(warning("compare.column-unread", where, **words))
        return None

    def _row(
        self,
        sheet: SheetOfCells,
        place: str,
        row: int,
        units: int,
        columns: Mapping[int, tuple[str, str]],
    ) -> None:
        cell = sheet.cells.get((row, units))
        if cell is None or not cell.text or is_total(cell.text):
            return
        meant = self.units.meant(cell.text)
        if len(meant) != 1:
            where = f"{place}!{letters(units)}{row}"
            words = {"unit": quoted(cell.text), "near": near_name(cell.text, self.units.words)}
            self.problems.append(problem("compare.unit-unknown", where, **words))
            return
        for column, (kind, one) in columns.items():
            figure = sheet.cells.get((row, column), SheetCell(""))
            self._take(Key(meant[0], kind, one), figure, f"{place}!{letters(column)}{row}")

    def _take(self, key: Key, cell: SheetCell, where: str) -> None:
        if cell.flaw:
            self.problems.append(problem(cell.flaw, where, text=quoted(cell.text)))
            return
        try:
            figure = self._figure(key.kind, cell, where)
        except Refused as refused:
            column = {"column": key.id or key.kind, "column_name": key.id or key.kind}
            self.problems.append(refused.at(where, **column))
            return
        first = self.figures.setdefault(key, figure)
        if not _same(first, figure):
            words = {"first": first.where, "text": self._said(first), "other": self._said(figure)}
            self.problems.append(problem("compare.figure-doubled", where, **words))

    def _said(self, figure: Figure) -> str:
        """A figure in a sentence: a grade by its name, a dash for a blank cell."""
        return self.level_names.get(figure.text, figure.text) or "—"

    def _figure(self, kind: str, cell: SheetCell, where: str) -> Figure:
        if half_width(cell.text) in _NOTHING:
            return Figure("", where)
        if kind == "grade":
            meant = self.levels.meant(cell.text)
            if len(meant) != 1:
                alike_ = near(cell.text, self.levels.words)
                raise Refused("compare.grade-unknown", grade=quoted(cell.text), near=alike_)
            return Figure(meant[0], where)
        text = cell.shown
        if kind == "place":
            match = _PLACE.fullmatch(half_width(text))
            text = match[1] if match else text
        number = number_cell(text.removesuffix("分"))
        cut = cell.shown != cell.text and exact(number) != exact(number_cell(cell.text))
        if cut:
            self.as_shown.append(where)
        return Figure(number, where, exact(number), cut)


def _same(one: Figure, other: Figure) -> bool:
    """Whether two cells say the same: 91.7 and 91.70 do."""
    return one.value == other.value and (one.value is not None or one.text == other.text)


def read_own(file: str, data: bytes, board: Board) -> Own:
    """The figures of a workbook, read as its cells show them, with everything unclear in it."""
    try:
        sheets = open_sheets(data)
    except Refused as refused:
        return Own({}, [refused.at(file)])
    reading = _Reading(board)
    for sheet in sheets:
        if not sheet.cells or is_beside(sheet):
            continue
        if sheet.visible:
            reading.sheet(file, sheet)
        else:
            reading.problems.append(warning("fact.sheet-hidden", f"{file}!{sheet.title}"))
    if reading.as_shown:
        words = {"n": len(reading.as_shown)}
        reading.problems.append(warning("compare.as-shown", reading.as_shown[0], **words))
    if not reading.figures:
        reading.problems.append(problem("compare.no-figures", file))
    reading.problems += _absent(reading)
    return Own(reading.figures, reading.problems)


def _absent(reading: _Reading) -> list[Problem]:
    """A warning of units the workbook does not have."""
    named = {key.unit for key in reading.figures}
    absent = [one.name for one in reading.board.round.units.values() if one.id not in named]
    if not absent or not named:
        return []
    more = len(absent) - LISTED
    words = {"units": "|".join(absent[:LISTED]), "more": str(more) if more > 0 else ""}
    return [warning("compare.units-absent", n=str(len(absent)), **words)]
