"""Finds out which sheet of a workbook is which table of the indicator workbook."""

from __future__ import annotations

from collections.abc import Sequence

from leitai.facts.xlsx_file import SheetOfCells
from leitai.near import near
from leitai.problems import Problem, problem, warning
from leitai.signs import quoted
from leitai.workbook.found import Found, find, headings_known
from leitai.workbook.tables import ASIDE, TABLES, Table, bare

MAIN = TABLES["indicators"]


def tables_of(file: str, opened: Sequence[SheetOfCells]) -> tuple[dict[str, Found], list[Problem]]:
    """The tables of a workbook by key, and Problems of sheets that are unclear or hidden."""
    sheets = [one for one in opened if one.cells and bare(one.title) not in ASIDE]
    problems = [
        warning("fact.sheet-hidden" if not one.visible else "fact.cells-hidden", _place(file, one))
        for one in sheets
        if not one.visible or one.hides_cells
    ]
    found: dict[str, Found] = {}
    seen = [one for one in sheets if one.visible]
    for sheet in seen:
        table = _table(sheet, seen)
        if table is None:
            problems.append(_unread(file, sheet))
        elif table.key in found:
            words = {"table": table.name, "first": found[table.key].place}
            problems.append(problem("workbook.table-doubled", _place(file, sheet), **words))
        else:
            found[table.key] = find(sheet, table, file)
    problems += [one for table in found.values() for one in table.problems]
    if MAIN.key not in found:
        problems.append(problem("workbook.no-indicators", file))
    return found, problems


def _place(file: str, sheet: SheetOfCells) -> str:
    return f"{file}!{sheet.title}"


def _table(sheet: SheetOfCells, all_: Sequence[SheetOfCells]) -> Table | None:
    """The table a sheet's title names, else the indicators where its headings say so."""
    named = next((table for table in TABLES.values() if table.is_called(sheet.title)), None)
    by_headings = headings_known(sheet, MAIN) > 0
    if named is None or not headings_known(sheet, named):
        alone = len(all_) == 1
        return MAIN if by_headings or (named is None and alone) else named
    return named


def _unread(file: str, sheet: SheetOfCells) -> Problem:
    alike = near(bare(sheet.title), [table.name for table in TABLES.values()])
    return warning("workbook.sheet-unread", _place(file, sheet), near=quoted(alike))
