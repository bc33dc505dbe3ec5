"""Reads an indicator workbook: its bytes in, a Scheme or Problems out (docs/case-format.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from leitai.bind import bind
from leitai.facts.xlsx_file import SheetOfCells, open_sheets
from leitai.measures import MEASURES
from leitai.problems import Problem, Refused, blocking, in_order
from leitai.scheme.document import Node
from leitai.scheme.model import DEFAULT_LEVELS, Scheme
from leitai.scheme.read import scheme_from
from leitai.scheme.settings import read_settings as read_settings_of
from leitai.workbook.in_words import in_words, without_consequences
from leitai.workbook.missing import note_missing
from leitai.workbook.read_indicators import (
    ONLY_SHEET,
    check_totals,
    indicator_ids,
    indicator_rows,
    item_names,
    read_indicators,
    read_sheets,
)
from leitai.workbook.read_parts import (
    read_adjustments,
    read_items,
    read_levels,
    read_series,
    read_units,
)
from leitai.workbook.read_settings import check_sheet_totals, read_settings
from leitai.workbook.read_tags import read_tags
from leitai.workbook.reading import Reading, is_id
from leitai.workbook.which import tables_of

_EVERYBODY = "全部单位"


def read_workbook(file: str, data: bytes) -> tuple[Scheme | None, tuple[Problem, ...]]:
    """A scheme from the bytes of a workbook. Without a Scheme at least one Problem blocks.

    Warnings are what was assumed, and what was left unread.
    """
    try:
        return read_opened(file, open_sheets(data))
    except Refused as refused:
        return None, (refused.at(file),)


def read_opened(
    file: str, sheets: Sequence[SheetOfCells]
) -> tuple[Scheme | None, tuple[Problem, ...]]:
    """The same from sheets that are open."""
    tables, problems = tables_of(file, sheets)
    if any(one.code in ("workbook.heading-missing", "workbook.no-indicators") for one in problems):
        return None, in_order(problems)
    reading = Reading(file, tables, problems)
    root = _root(reading)
    scheme, found = scheme_from(root)
    found += bind(scheme)[1] if scheme is not None else _wrong_measures(root)
    told = {one.where for one in blocking(reading.problems)}
    problems = reading.problems + [
        in_words(one, reading)
        for one in without_consequences(found, reading)
        if one.where not in told or one.warning
    ]
    return (None if blocking(problems) else scheme), in_order(problems)


def _wrong_measures(root: Node) -> list[Problem]:
    """What is wrong with single measures, where the scheme itself could not be read."""
    problems: list[Problem] = []
    for one in (root.mapping or {})["indicators"].items or ():
        measure = (one.mapping or {}).get("measure")
        kind = ((measure and measure.mapping) or {}).get("kind")
        if measure is not None and kind is not None:
            settings = MEASURES[kind.text or ""].settings
            problems += read_settings_of(settings, measure, also=("kind",))[1]
    return problems


def _root(reading: Reading) -> Node:
    """The scheme as located nodes, as a YAML file would give it."""
    rows = indicator_rows(reading)
    ids = indicator_ids(reading, rows)
    reading.know("indicator", [(o, row.text("name")) for o, row in zip(ids, rows, strict=True)])
    read_units(reading)
    settings = read_settings(reading)
    tags = read_tags(reading, rows)
    named = item_names(rows)
    note_missing(reading, named)
    items = read_items(reading, named)
    indicators = read_indicators(reading, rows, ids)
    sheets = read_sheets(reading, rows, ids)
    check_totals(reading)
    check_sheet_totals(reading, sheets)
    levels = read_levels(reading)
    if not levels:
        reading.know("level", [(level.id, level.name) for level in DEFAULT_LEVELS])
    given = {
        **_named(reading, settings),
        **tags,
        "items": items,
        "indicators": indicators,
        "sheets": sheets,
        "series": _series(reading, sheets),
        **_grades(settings, levels, reading.file),
        **read_adjustments(reading),
    }
    return Node(given, reading.file)


def _named(reading: Reading, settings: Mapping[str, Node]) -> dict[str, Node]:
    """The settings with an id, a version and a name for the scheme."""
    stem = PurePath(reading.file).stem
    title = reading.tables["indicators"].title or stem
    usual = {
        "scheme": (stem if is_id(stem) else "scheme", "workbook.id-assumed"),
        "version": ("1", "workbook.version-assumed"),
        "name": (title, "workbook.title-assumed"),
    }
    for key, (text, code) in usual.items():
        if key not in settings:
            reading.assume(code, reading.file, text=text)
    made = {key: Node(text, reading.file) for key, (text, _) in usual.items()}
    return {**made, **settings}


def _grades(settings: Mapping[str, Node], levels: Sequence[Node], file: str) -> dict[str, Node]:
    node = settings.get("grades") or Node({}, file)
    given = dict(node.mapping or {})
    if levels:
        given["levels"] = Node(levels, levels[0].where)
    return {"grades": Node(given, node.where)} if given else {}


def _series(reading: Reading, sheets: Node) -> Node:
    """The series of their sheet, else one for each score sheet."""
    if "series" in reading.tables:
        return read_series(reading)
    place = reading.tables["indicators"].place
    names = list(sheets.mapping or {})
    nodes = [_whole_series(name, place) for name in names]
    series = "|".join(one.mapping["name"].text or "" for one in nodes if one.mapping)
    reading.assume("workbook.series-assumed", place, series=series)
    return Node(nodes, place)


def _whole_series(sheet: str, where: str) -> Node:
    name = _EVERYBODY if sheet == ONLY_SHEET else sheet
    texts = {"id": name, "name": name, "sheet": sheet}
    return Node({key: Node(text, where) for key, text in texts.items()}, where)
