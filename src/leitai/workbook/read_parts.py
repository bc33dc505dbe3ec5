"""Reads the further sheets: items, series, levels, adjustments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leitai.scheme.document import Node
from leitai.signs import quoted
from leitai.workbook.found import Row
from leitai.workbook.labels import (
    ADJUSTMENT_KINDS,
    LAST,
    OWN_SHEETS,
    RATED_BY,
    STEPS,
    TIE_BREAKERS,
    WHEN,
)
from leitai.workbook.reading import Reading, filled, made_ids, number


def rows_of(reading: Reading, table: str) -> list[Row]:
    """The rows of a sheet that say something, none where there is no such sheet."""
    found = reading.tables.get(table)
    rows = found.rows if found else ()
    return [row for row in rows if any(cell.text for cell in row.cells.values())]


def ids_of(rows: Sequence[Row], stem: str, name: str = "name", given: str = "id") -> list[str]:
    """The id of each row's thing, made up where none is given."""
    return made_ids([(row.text(name), row.text(given), f"{stem}{row.number}") for row in rows])


def given_id(row: Row, made: str) -> Node:
    """The cell of a row's id, or the id made up for it."""
    return row["id"] or Node(made, row.where("name"))


def keyed(
    reading: Reading, rows: Sequence[Row], ids: Sequence[str], values: Sequence[Node]
) -> dict[str, Node]:
    """Values by id; an id that stands twice is a Problem."""
    found: dict[str, Node] = {}
    for row, one, value in zip(rows, ids, values, strict=True):
        if one in found:
            reading.refuse("scheme.id-doubled", row.where("id"), id=one)
        found[one] = value
    return found


def read_units(reading: Reading) -> None:
    """The ids of units whose names stand in the other tables."""
    rows = rows_of(reading, "units")
    ids = [row.text("id") or row.text("name") for row in rows]
    names = [row["name"] or Node("", row.where("name")) for row in rows]
    found = keyed(reading, rows, ids, names)
    reading.know("unit", [(one, name.text or "") for one, name in found.items()])


def read_items(reading: Reading, names: Mapping[str, Node]) -> Node:
    """The items of their own sheet, or those that the indicators name."""
    place = reading.tables["indicators"].place
    rows = rows_of(reading, "items")
    if "items" in reading.tables:
        ids = ids_of(rows, "项目")
        nodes = [Node(filled({"name": row["name"]}), row.where("name")) for row in rows]
        found = keyed(reading, rows, ids, nodes)
        reading.know("item", [(one, row.text("name")) for one, row in zip(ids, rows, strict=True)])
        return Node(found, reading.tables["items"].place)
    ids = made_ids([(name, "", f"项目{n}") for n, name in enumerate(names, start=1)])
    reading.know("item", zip(ids, names, strict=True))
    cells = zip(ids, names.values(), strict=True)
    return Node({one: Node({"name": cell}, cell.where) for one, cell in cells}, place)


def read_series(reading: Reading) -> Node:
    """The series, each in the rows of its groups; one without its name begins a series too."""
    rows = rows_of(reading, "series")
    blocks: list[list[Row]] = []
    for row in rows:
        if not blocks or any(row[key] is not None for key in ("name", "id", "sheet")):
            blocks.append([])
        blocks[-1].append(row)
    heads = [block[0] for block in blocks]
    ids = ids_of(heads, "系列")
    nodes = [_series(reading, block, one) for block, one in zip(blocks, ids, strict=True)]
    return Node(nodes, reading.tables["series"].place)


def _series(reading: Reading, block: Sequence[Row], one: str) -> Node:
    head = block[0]
    rows = [row for row in block if row["group"] is not None]
    ids = ids_of(rows, "类别", "group", "group_id")
    names = [row["group"] or Node("", row.where("group")) for row in rows]
    sheet, breakers = head["sheet"], head["tie_breakers"]
    own, rated = head["own_sheets"], head["rated_by"]
    given = {
        "id": given_id(head, one),
        "name": head["name"],
        "sheet": sheet,
        "own_sheets": own and _own_sheets(reading, own),
        "groups": Node(keyed(reading, rows, ids, names), head.where("group")) if rows else None,
        "scale_to": number(head["scale_to"]),
        "tie_breakers": breakers and _tie_breakers(reading, breakers),
        "rated_by": rated and reading.value(rated, RATED_BY),
    }
    return Node({**filled(given), **reading.more(head)}, head.where("name"))


def _own_sheets(reading: Reading, cell: Node) -> Node:
    read = reading.value(cell, OWN_SHEETS)
    pairs = (read.mapping or {}).items()
    found: dict[str, Node] = {}
    for name, sheet in pairs:
        unit = reading.unit_meant(Node(name, cell.where)).text or ""
        if unit in found:
            reading.refuse("workbook.label-doubled", cell.where, label=quoted(name))
        found[unit] = sheet
    return Node(found, cell.where)


def _tie_breakers(reading: Reading, cell: Node) -> Node:
    read = reading.value(cell, TIE_BREAKERS)
    return Node([with_ids(reading, one) for one in read.items or ()], cell.where)


def with_ids(reading: Reading, node: Node) -> Node:
    """Settings in which an item or an indicator is named, with its id."""
    found = dict(node.mapping or {})
    for kind in ("item", "indicator"):
        if kind in found:
            found[kind] = reading.id_meant(kind, found[kind])
    return Node(found, node.where)


def read_levels(reading: Reading) -> list[Node]:
    """The levels, best first."""
    rows = rows_of(reading, "levels")
    ids = ids_of(rows, "等次")
    reading.know("level", [(o, row.text("name")) for o, row in zip(ids, rows, strict=True)])
    return [
        Node(
            {
                **filled({"id": given_id(row, one), "name": row["name"]}),
                **filled({key: number(row[key]) for key in ("top", "bottom", "at_least")}),
                **reading.more(row),
            },
            row.where("name"),
        )
        for row, one in zip(rows, ids, strict=True)
    ]


def read_adjustments(reading: Reading) -> dict[str, Node]:
    """The adjustments by id."""
    rows = rows_of(reading, "adjustments")
    if not rows:
        return {}
    nodes = [_adjustment(reading, row) for row in rows]
    found = keyed(reading, rows, ids_of(rows, "调整"), nodes)
    return {"adjustments": Node(found, reading.tables["adjustments"].place)}


def _adjustment(reading: Reading, row: Row) -> Node:
    kind, step, when, grade = row["kind"], row["step"], row["when"], row["grade"]
    department = row["department"]
    given = {
        "name": row["name"],
        "kind": kind and reading.word(kind, ADJUSTMENT_KINDS, "类别"),
        "cap": number(row["cap"]),
        "annual_cap": number(row["annual_cap"]),
        "amount": _amount(number(row["amount"])),
        "grade": grade and reading.id_meant("level", grade),
        "step": step and reading.word(step, STEPS, "环节"),
        "when": when and with_ids(reading, reading.parts(when, WHEN.parts)),
        "department": department and reading.unit_meant(department),
        "basis": row["basis"],
    }
    return Node({**filled(given), **reading.more(row)}, row.where("name"))


def _amount(cell: Node | None) -> Node | None:
    if cell is not None and cell.text == LAST["last"]:
        return Node("last", cell.where)
    return cell
