"""Opens and writes files: the one place of the engine that touches the disk."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from leitai.cli.ending import Stop
from leitai.facts.read_files import is_ignored, read_files
from leitai.facts.round import Round, assemble
from leitai.facts.rows import Row
from leitai.problems import Problem, problem, warning
from leitai.scheme.document import parse
from leitai.scheme.model import Scheme
from leitai.scheme.read import read_scheme
from leitai.scheme.readers import identifier, text_of
from leitai.scheme.settings import read_settings, setting


@dataclass(frozen=True)
class RoundFile:
    """round.yaml: what a round's folder says of itself."""

    round: str = setting(identifier)
    name: str = setting(text_of)
    scheme: str = setting(text_of)
    units: str = setting(text_of)


def load_round(folder: Path, by: Scheme | None = None) -> tuple[Round | None, list[Problem]]:
    """A round from its folder, with every Problem of scheme, units and facts at once.

    Rows with a Problem are not in the round; there is none without a scheme that can be used.
    `by` is another scheme, to try the facts on.
    """
    about, problems = _about(folder)
    if about is None:
        return None, problems
    scheme, found = (by, []) if by else load_scheme(folder / about.scheme)
    problems += found
    unit_file = folder / about.units
    units, found = read_files(contents([unit_file]))
    problems += found
    tables, found = read_files(contents(_fact_files(folder, unit_file)))
    problems += found + _out_of_place(units, tables) + _unread_folders(folder)
    if scheme is None:
        return None, problems
    rows = units.get("units", [])
    round_, found = assemble(about.round, about.name, scheme, rows, tables)
    return round_, problems + found


def load_units(folder: Path) -> tuple[Round | None, list[Problem]]:
    """A round with its scheme and its units, and nothing reported yet."""
    about, problems = _about(folder)
    if about is None:
        return None, problems
    scheme, found = load_scheme(folder / about.scheme)
    problems += found
    tables, found = read_files(contents([folder / about.units]))
    problems += found
    if scheme is None:
        return None, problems
    round_, found = assemble(about.round, about.name, scheme, tables.get("units", []), {})
    return round_, problems + found


def load_scheme(file: Path) -> tuple[Scheme | None, list[Problem]]:
    """A scheme from its file."""
    scheme, problems = read_scheme(read_text(file), file.name)
    return scheme, list(problems)


def _about(folder: Path) -> tuple[RoundFile | None, list[Problem]]:
    """What a folder says of the round in it."""
    file = folder / "round.yaml"
    if not folder.exists():
        raise Stop("folder-missing", path=folder)
    if not file.is_file():
        raise Stop("folder-unknown", path=folder)
    root, problems = parse(read_text(file), file.name)
    if root is None:
        return None, problems
    about, found = read_settings(RoundFile, root)
    return about, problems + found


def _fact_files(folder: Path, unit_file: Path) -> list[Path]:
    """The files of a round's folder that hold its facts."""
    units = unit_file.resolve()
    return sorted(
        one
        for one in folder.iterdir()
        if one.is_file() and not is_ignored(one.name) and one.resolve() != units
    )


def _unread_folders(folder: Path) -> list[Problem]:
    """Warnings of folders beside the facts that hold tables: only the round's own are read."""
    return [
        warning("fact.folder-unread", readable(one.name))
        for one in sorted(folder.iterdir())
        if one.is_dir() and any(f.suffix.casefold() in (".csv", ".xlsx") for f in one.rglob("*"))
    ]


def _out_of_place(
    units: Mapping[str, Sequence[Row]], tables: Mapping[str, Sequence[Row]]
) -> list[Problem]:
    """Facts in the file of the units, and units among the facts: nobody would read them."""
    strays = [
        *tables.get("units", ()),
        *(r for name in units if name != "units" for r in units[name]),
    ]
    places = dict.fromkeys(
        row.where.rpartition("!")[0] or row.where.rpartition(":")[0] for row in strays
    )
    return [problem("fact.table-out-of-place", where) for where in places]


def contents(files: list[Path]) -> Mapping[str, bytes]:
    """The bytes of files by name."""
    return {readable(one.name): read_bytes(one) for one in files}


def readable(name: str) -> str:
    """A file's name as it can be written: bytes that are no text stand as \\xNN."""
    return os.fsencode(name).decode(errors="backslashreplace")


def read_bytes(file: Path) -> bytes:
    """A file's bytes."""
    try:
        if not file.is_file():
            raise Stop("file-missing", path=file)
        return file.read_bytes()
    except OSError as error:
        raise Stop("file-unreadable", path=file, detail=error.strerror or "") from None


def read_text(file: Path) -> str:
    """A file's text: UTF-8, or GBK as some editors still save."""
    data = read_bytes(file)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Stop("file-garbled", path=file)


def write(file: Path, data: bytes) -> None:
    """Writes a file whole or not at all, its folder made where it is missing.

    A folder of facts is no place for output: it would replace what was reported, or be read as it.
    """
    if any((folder / "round.yaml").is_file() for folder in (file.parent, file)):
        raise Stop("output-among-facts", path=file)
    beside = file.with_name(f".{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(file)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise Stop("file-unwritable", path=file, detail=error.strerror or "") from None
