"""leitai import-history: past results of an office's own tables become a table of facts."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import Annotated

import typer

from leitai.cli.ending import Refused as Ended
from leitai.cli.ending import Stop
from leitai.cli.files import contents, read_bytes, readable, write_facts
from leitai.cli.options import Lang, LangOption
from leitai.cli.screen import err, print_found, working
from leitai.documents.tables import csv_text
from leitai.explain.words import LANGUAGES, joined, say
from leitai.facts.doubles import doubles
from leitai.facts.grid import Grid
from leitai.facts.names import names_of
from leitai.facts.past_places import placed
from leitai.facts.past_results import PastResult, past_results
from leitai.facts.read_csv import csv_grid
from leitai.facts.read_files import read_files
from leitai.facts.read_xlsx import xlsx_grids
from leitai.facts.rows import Row
from leitai.facts.spelling import one_spelling
from leitai.facts.tables import TABLES
from leitai.near import near_name
from leitai.problems import Problem, Refused, blocking, in_order, problem, warning

_COLUMNS = [one for one in TABLES["history"].columns if one.name != "id"]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        name="import-history",
        short_help="导入历年结果 · import results of past years",
        help="导入历年结果：原有的名次、等次、总分表，核对后转为“历史结果”，用于连续年数和对比。\n\n"
        "Import past places, grades and totals, checked, as the table history.",
        epilog="例 Example: leitai import-history 2017年考评.xlsx --year 2017 --out history.csv",
    )(import_history)


def import_history(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="CSV 或 XLSX 文件 · files")
    ],
    year: Annotated[
        str | None,
        typer.Option(help="没有“年度”栏的行是哪一年 · the year of rows that name none"),
    ] = None,
    units: Annotated[
        Path | None, typer.Option(help="现在的单位名单，用来核对名称 · the units of today")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="写到哪里 · where to write it")] = None,
    lang: LangOption = Lang.zh,
) -> None:
    """Writes the table; problems end with exit code 1 and write nothing."""
    if year is not None and not (len(year) == 4 and year.isascii() and year.isdigit()):
        raise Stop("import-history.year", year=year)
    with working(lang.value, "read"):
        results, problems = _results(files, year or "")
        rows, found = _checked(results, units)
    problems += found
    print_found(problems, lang.value)
    if wrong := blocking(in_order(problems)):
        err.print(say(lang.value, "import-history.refused", n=len(wrong)), style="bold red")
        raise Ended
    _write(rows, out, lang.value)
    _summary(rows, out, lang.value)


def _results(files: Sequence[Path], year: str) -> tuple[list[PastResult], list[Problem]]:
    """Every result of every sheet."""
    results: list[PastResult] = []
    problems: list[Problem] = []
    for name, data in _contents(files):
        try:
            grids, found = _grids(name, data)
        except Refused as refused:
            problems.append(refused.at(name))
            continue
        problems += found
        for grid in grids:
            more, found = past_results(grid, year)
            results += more
            problems += found
    return results, problems


def _contents(files: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """The bytes of each file and its name, with its folder where several have the same name."""
    times = Counter(file.name for file in files)
    read: set[Path] = set()
    for file in files:
        data = read_bytes(file)
        if file.resolve() in read:
            raise Stop("import-history.file-twice", path=file)
        read.add(file.resolve())
        yield readable(file.name if times[file.name] == 1 else str(file)), data


def _grids(name: str, data: bytes) -> tuple[list[Grid], list[Problem]]:
    """The sheets of a file. Raises Refused where it cannot be read."""
    ending = PurePath(name).suffix.casefold()
    if ending == ".xlsx":
        grids, problems = xlsx_grids(name, data)
        standings = _standings_alone(name, grids)
        if standings is None:
            return grids, problems
        return [standings], [*problems, warning("history.own-workbook", standings.name)]
    if ending != ".csv":
        raise Refused("fact.file-kind", ending=ending or name)
    return [csv_grid(name, data)], []


def _standings_alone(name: str, grids: Sequence[Grid]) -> Grid | None:
    """The standings of a workbook that `evaluate` wrote, whose other sheets are no results."""
    by_title = {one.name.removeprefix(f"{name}!"): one for one in grids}
    for lang in LANGUAGES:
        standings, ledger = (say(lang, f"sheet.{one}") for one in ("standings", "ledger"))
        if {standings, ledger} <= set(by_title):
            return by_title[standings]
    return None


def _checked(results: Sequence[PastResult], units: Path | None) -> tuple[list[Row], list[Problem]]:
    """The rows with their bottom places, each unit once a year, names compared with today's."""
    made, problems = placed(results)
    rows = [one.row for one in made]
    _, found = doubles(one_spelling({"history": rows}), {})
    problems += found
    if units is not None:
        problems += _strangers(rows, units)
    return rows, problems


def _strangers(rows: Sequence[Row], units: Path) -> Iterator[Problem]:
    """Units that are none of today's: old ones, or slips."""
    tables, problems = read_files(contents([units]))
    yield from problems
    names = names_of({row["unit"]: row["name"] for row in tables.get("units", ())})
    for row in rows:
        meant = names.meant(row["unit"])
        if len(meant) > 1:
            words = {"unit": row["unit"], "ids": ", ".join(meant)}
            yield problem("fact.unit-ambiguous", row.spot("unit"), **words)
        elif not meant:
            alike = near_name(row["unit"], names.words)
            yield warning("history.unit-unknown", row.spot("unit"), unit=row["unit"], near=alike)


def _write(rows: Sequence[Row], out: Path | None, lang: str) -> None:
    """The table with its headings, to a new file or to standard output."""
    used = [one for one in _COLUMNS if one.required or any(row[one.name] for row in rows)]
    headings = [one.zh if lang == "zh" else one.name for one in used]
    data = csv_text(headings, [[row[one.name] for one in used] for row in rows])
    if out is not None:
        write_facts(out, data)
    else:
        sys.stdout.write(data.decode("utf-8-sig"))


def _summary(rows: Sequence[Row], out: Path | None, lang: str) -> None:
    years = sorted({row["year"] for row in rows})
    said = {"n": len(rows), "years": joined(lang, years)}
    err.print(say(lang, "import-history.done", **said), style="green")
    if out is not None:
        err.print(say(lang, "evaluate.written", path=out))
