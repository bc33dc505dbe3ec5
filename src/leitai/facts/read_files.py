"""A whole folder of files becomes tables of rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from leitai.facts.read_csv import read_csv
from leitai.facts.rows import Row
from leitai.problems import Problem, problem


def _read_workbook(name: str, data: bytes) -> tuple[list[Row], list[Problem]]:
    # here, for the library of workbooks is slow to load and most rounds have none
    from leitai.facts.read_xlsx import read_xlsx

    return read_xlsx(name, data)


_NO_FACTS = ("round.yaml", "thumbs.db", "desktop.ini")
_READERS = {".csv": read_csv, ".xlsx": _read_workbook}


def read_files(files: Mapping[str, bytes]) -> tuple[dict[str, list[Row]], list[Problem]]:
    """The rows of every table, in the order of the files' names, with all Problems at once."""
    tables: dict[str, list[Row]] = {}
    problems: list[Problem] = []
    first: dict[bytes, str] = {}
    for name in sorted(files):
        if is_ignored(name):
            continue
        if files[name] and first.setdefault(files[name], name) != name:
            problems.append(problem("fact.file-copied", name, first=first[files[name]]))
            continue
        rows, found = _read_file(name, files[name])
        problems += found
        for row in rows:
            tables.setdefault(row.table, []).append(row)
    return tables, problems


def is_ignored(name: str) -> bool:
    """Files that hold no facts: hidden ones, locks of open workbooks, round.yaml, README texts."""
    file = PurePath(name.casefold())
    is_readme = file.name.startswith("readme") and file.suffix in ("", ".md", ".txt")
    return is_readme or file.name.startswith((".", "~$")) or file.name in _NO_FACTS


def _read_file(name: str, data: bytes) -> tuple[list[Row], list[Problem]]:
    ending = PurePath(name).suffix
    reader = _READERS.get(ending.casefold())
    if reader is None:
        return [], [problem("fact.file-kind", name, ending=ending or PurePath(name).name)]
    return reader(name, data)
