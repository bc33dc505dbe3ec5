"""Reads the sheets of other settings and of score sheets."""

from __future__ import annotations

from fractions import Fraction

from leitai.measures.kind import Label
from leitai.near import near
from leitai.points import some_points
from leitai.scheme.document import Node
from leitai.signs import alike, quoted
from leitai.workbook.found import Row
from leitai.workbook.labels import SETTINGS
from leitai.workbook.read_indicators import compare_total, is_points
from leitai.workbook.read_parts import rows_of
from leitai.workbook.reading import Reading, number

_TEXTS = ("scheme", "version", "name", "valid_from")


def read_settings(reading: Reading) -> dict[str, Node]:
    """The settings at the top of a scheme; those without a name here stand as JSON."""
    found: dict[tuple[str, ...], Node] = {}
    for row in rows_of(reading, "settings"):
        path, cell = _path(reading, row), row["value"]
        if cell is None or path is None:
            continue
        if path in found:
            reading.refuse("workbook.label-doubled", row.where("key"), label=row.text("key"))
        label = SETTINGS.get(path)
        found[path] = _value(reading, cell, path, label) if label else reading.json(cell)
    return _nested(found)


def _path(reading: Reading, row: Row) -> tuple[str, ...] | None:
    """Where a setting stands in the scheme."""
    word = row.text("key")
    for path, label in SETTINGS.items():
        if alike(word) in (alike(label.name), ".".join(path)):
            return path
    if word.isascii() and word:
        return tuple(word.split("."))
    names = [label.name for label in SETTINGS.values()]
    words = {"text": quoted(word), "of": "其他设置", "near": near(word, names)}
    known = "|".join(names)
    reading.refuse("workbook.label-unknown", row.where("key"), known=known, **words)
    return None


def _value(reading: Reading, cell: Node, path: tuple[str, ...], label: Label) -> Node:
    if path == ("lateness", "indicator"):
        return reading.id_meant("indicator", cell)
    if path[-1] in _TEXTS:
        return cell
    if label.words or label.form == "list":
        return reading.value(cell, label)
    return number(cell) or cell


def _nested(found: dict[tuple[str, ...], Node]) -> dict[str, Node]:
    """The settings in mappings as deep as their paths."""
    made: dict[str, Node] = {}
    for (first, *rest), node in found.items():
        before = made.get(first)
        inner = dict(before.mapping or {}) if before else {}
        where = before.where if before else node.where
        made[first] = Node({**inner, ".".join(rest): node}, where) if rest else node
    return made


def check_sheet_totals(reading: Reading, sheets: Node) -> None:
    """Compares the totals of the sheet of score sheets with the sums."""
    known = sheets.mapping or {}
    for row in rows_of(reading, "sheets"):
        cell = row["id"]
        if cell is None or not cell.text or cell.text not in known:
            words = {"name": quoted(row.text("id")), "ids": "", "kind": "sheet"}
            alike_ = near(row.text("id"), known)
            reading.refuse("workbook.name-unknown", row.where("id"), near=alike_, **words)
            continue
        marks = _marks(known[cell.text])
        if all(map(is_points, marks)):
            compare_total(reading, row["total"], sum(map(some_points, marks), Fraction(0)))


def _marks(sheet: Node) -> list[str]:
    nodes = (sheet.mapping or {}).items()
    return [mark.text or "" for key, mark in nodes if key != "outside"]
