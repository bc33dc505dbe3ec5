"""Loads a round from its folder: scheme, units, facts, and the rounds it is linked to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from leitai.bind import wrong_measures
from leitai.cli.ending import Stop
from leitai.cli.files import contents, read_bytes, read_text, readable
from leitai.cli.linked import LinkedBoard, Links, linked_rows
from leitai.evaluate import evaluate
from leitai.facts.read_files import is_ignored, read_files
from leitai.facts.round import Round, assemble, with_facts
from leitai.facts.rows import Row
from leitai.facts.units import Unit
from leitai.facts.wide import assemble_wide, read_wide
from leitai.problems import Problem, Refused, blocking, problem, warning
from leitai.scheme.document import Node, parse
from leitai.scheme.model import Scheme
from leitai.scheme.read import read_scheme
from leitai.scheme.readers import identifier, path_of, text_of, year_figures
from leitai.scheme.settings import by_id, list_of, read_settings, setting
from leitai.seal.board_file import read_board
from leitai.seal.digest import is_sealed
from leitai.seal.plain import plain_board


@dataclass(frozen=True)
class RoundFile:
    """round.yaml: what a round's folder says of itself."""

    round: str = setting(identifier)
    name: str = setting(text_of)
    scheme: str = setting(text_of)
    units: str = setting(text_of)
    year: str | None = setting(year_figures, None)
    quarters: Mapping[str, Node] = setting(by_id(path_of), {})
    history: tuple[Node, ...] = setting(list_of(path_of), ())


Opened: TypeAlias = "dict[Path, tuple[LinkedBoard | None, list[Problem]] | None]"
"""Linked rounds by their place; None for those that are being opened."""


def load_round(
    folder: Path, by: Scheme | None = None, opened: Opened | None = None
) -> tuple[Round | None, list[Problem]]:
    """A round from its folder, with every Problem of scheme, units and facts at once.

    Rows with a Problem are not in the round; there is none without a scheme that can be used.
    `by` is another scheme, to try the facts on. Rounds it is linked to are evaluated for their
    boards, each once; `opened` are those that were met already.
    """
    about, problems = about_round(folder)
    if about is None:
        return None, problems
    scheme, found = (by, []) if by else load_scheme(folder / about.scheme)
    problems += found
    unit_file = folder / about.units
    if _is_wide(unit_file):
        round_, found = _load_wide(folder, about, scheme, unit_file)
        return round_, problems + found
    units, found = read_files(contents([unit_file]))
    problems += found
    tables, found = read_files(contents(fact_files(folder, unit_file)))
    problems += found + _out_of_place(units, tables) + unread_folders(folder)
    if scheme is None:
        return None, problems
    rows = units.get("units", [])
    links = Links(folder, about.quarters, about.history, {r["unit"] for r in rows}, scheme.made_up)
    opened = {folder.resolve(): None} if opened is None else opened
    linked, found = linked_rows(links, lambda path: _open_board(path, opened))
    problems += found
    tables = {name: [*linked.get(name, ()), *tables.get(name, ())] for name in {**linked, **tables}}
    round_, found = assemble(about.round, about.name, scheme, rows, tables, about.year or "")
    return round_, problems + found


def _load_wide(
    folder: Path, about: RoundFile, scheme: Scheme | None, file: Path
) -> tuple[Round | None, list[Problem]]:
    """A round whose units and values stand in one wide table; its other facts beside it."""
    tables, problems = read_files(contents(fact_files(folder, file)))
    problems += _out_of_place({}, tables) + unread_folders(folder)
    round_, found = _read_table(about, scheme, file)
    problems = found + problems
    if round_ is None or not tables:
        return round_, problems
    round_, found = with_facts(round_, tables)
    return round_, problems + found


def _is_wide(file: Path) -> bool:
    return file.suffix.casefold() == ".parquet"


def _read_table(
    about: RoundFile, scheme: Scheme | None, file: Path
) -> tuple[Round | None, list[Problem]]:
    """The round of a wide table alone."""
    where = readable(file.name)
    table, problems = read_wide(read_bytes(file), where)
    if about.year or about.quarters or about.history:
        problems.append(problem("wide.no-year", "round.yaml"))
    if scheme is not None and scheme.year:
        problems.append(problem("wide.no-year", Path(about.scheme).name))
    if scheme is None or table is None:
        return None, problems
    round_, found = assemble_wide(about.round, about.name, scheme, table, where)
    return None if problems else round_, problems + found


def _open_board(path: Path, opened: Opened) -> tuple[LinkedBoard | None, list[Problem]]:
    """The board of a linked round's folder or JSON file; a way back to itself is told."""
    if not _exists(path):
        return None, [problem("linked.missing")]
    place = path.resolve()
    if place not in opened:
        opened[place] = None
        opened[place] = _read_board(path) if path.is_file() else _evaluated(path, opened)
    return opened[place] or (None, [problem("linked.circle")])


def _exists(path: Path) -> bool:
    """Whether something is there; a path no disk can have leads nowhere either."""
    with suppress(OSError):
        return path.exists()
    return False


def _read_board(file: Path) -> tuple[LinkedBoard | None, list[Problem]]:
    try:
        board = read_board(read_text(file))
    except Refused:
        return None, [problem("linked.not-a-board")]
    if not is_sealed(board):
        return None, [problem("linked.changed")]
    return LinkedBoard(board, {}), []


def _evaluated(folder: Path, opened: Opened) -> tuple[LinkedBoard | None, list[Problem]]:
    if not (folder / "round.yaml").is_file():
        return None, [problem("linked.missing")]
    round_, problems = load_round(folder, opened=opened)
    board = None
    if round_ is not None and not blocking(problems):
        board, found = evaluate(round_)
        problems += found
    if board is None:
        wrong = blocking(problems)
        return None, [problem("linked.refused", n=len(wrong)), *wrong]
    names = {unit.id: unit.name for unit in board.round.units.values()}
    return LinkedBoard(plain_board(board), names), []


def load_units(folder: Path) -> tuple[Round | None, list[Problem]]:
    """A round with its scheme and its units; nothing is reported yet but in a wide table."""
    about, problems = about_round(folder)
    if about is None:
        return None, problems
    scheme, found = load_scheme(folder / about.scheme)
    problems += found
    unit_file = folder / about.units
    if _is_wide(unit_file):
        round_, found = _read_table(about, scheme, unit_file)
        return round_, problems + found
    tables, found = read_files(contents([unit_file]))
    problems += found
    if scheme is None:
        return None, problems
    round_, found = assemble(about.round, about.name, scheme, tables.get("units", []), {})
    return round_, problems + found


def load_draft(path: Path) -> tuple[Scheme | None, Mapping[str, Unit], Sequence[Problem]]:
    """A scheme, and the units where the path is a round's folder (or its round.yaml)."""
    if path.name == "round.yaml":
        path = path.parent
    if path.is_file():
        scheme, problems = load_scheme(path)
        return scheme, {}, problems
    if not (path / "round.yaml").is_file():
        raise Stop("check.no-scheme", path=path)
    round_, problems = load_units(path)
    return (round_.scheme, round_.units, problems) if round_ else (None, {}, problems)


def load_scheme(file: Path) -> tuple[Scheme | None, list[Problem]]:
    """A scheme from its file; where it is refused also what is wrong with its measures."""
    text = read_text(file)
    scheme, problems = read_scheme(text, file.name)
    return scheme, [*problems, *(wrong_measures(text, file.name) if scheme is None else ())]


def about_round(folder: Path) -> tuple[RoundFile | None, list[Problem]]:
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


def fact_files(folder: Path, unit_file: Path) -> list[Path]:
    """The files of a round's folder that hold its facts."""
    units = unit_file.resolve()
    return sorted(
        one
        for one in folder.iterdir()
        if one.is_file() and not is_ignored(one.name) and one.resolve() != units
    )


def unread_folders(folder: Path) -> list[Problem]:
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
