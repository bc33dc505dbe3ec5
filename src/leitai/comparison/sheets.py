"""Which sheets of a workbook hold a row for each unit, and in which row their headings stand."""

from __future__ import annotations

from collections.abc import Iterable

from leitai.explain.words import LANGUAGES, catalogue, say
from leitai.facts.xlsx_file import SheetOfCells
from leitai.signs import alike

ROWS_SEARCHED = 10
UNIT = ("单位", "单位名称", "被考评单位", "被考核单位", "参评单位", "考核单位", "unit")
_PART = ("考核项目", "项目", "指标", "考核指标", "指标名称", "item", "indicator")
_BESIDE = (  # what `evaluate` writes beside its boards: no sheet has a row for each unit
    "items", "lost", "ledger", "entries", "steps", "warnings", "rewards", "consequences",
)  # fmt: skip


def heading_row(sheet: SheetOfCells) -> int:
    """The first of the first ten rows that has a heading for units; 0 where there is none."""
    rows = sorted(row for (row, _), cell in sheet.cells.items() if alike(cell.text) in UNIT)
    return next((row for row in rows if row <= ROWS_SEARCHED), 0)


def part_heading(headings: Iterable[str]) -> str:
    """The heading of a column that names items or indicators; "" where none does.

    Then a unit has a row for each of them, and 得分 is no total.
    """
    return next((one for one in headings if alike(one) in _PART), "")


def is_beside(sheet: SheetOfCells) -> bool:
    """Whether `evaluate` wrote a sheet beside its boards: by title and headings, without totals."""
    return alike(sheet.title) in _said("sheet", _BESIDE) and any(
        headings <= _headings() and headings.isdisjoint(_said("head", ("total",)))
        for headings in _rows(sheet)
    )


def is_overview(sheet: SheetOfCells) -> bool:
    """Whether a sheet has the title of those whose columns are items."""
    return any(alike(sheet.title).startswith(one) for one in _said("sheet", ("overview",)))


def _rows(sheet: SheetOfCells) -> list[set[str]]:
    """What stands in each of the first rows."""
    rows = {row for row, _ in sheet.cells if row <= ROWS_SEARCHED}
    return [{alike(cell.text) for (r, _), cell in sheet.cells.items() if r == n} for n in rows]


def _said(kind: str, names: Iterable[str]) -> set[str]:
    return {alike(say(lang, f"{kind}.{one}")) for lang in LANGUAGES for one in names}


def _headings() -> set[str]:
    """Every heading of a sheet, in each language."""
    words = (pair for lang in LANGUAGES for pair in catalogue(lang).items())
    return {alike(text) for key, text in words if key.startswith("head.")}
