"""Reads the sheet of indicators: items, indicators, full marks, the row of totals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from leitai.facts.totals import is_total
from leitai.points import decimal_text, some_points
from leitai.problems import Refused, blocking
from leitai.scheme.document import Node
from leitai.signs import half_width, quoted
from leitai.workbook.found import Found, Row, is_blank_mark
from leitai.workbook.labels import DIRECTIONS
from leitai.workbook.quoting import as_number
from leitai.workbook.reading import Reading, filled, is_id, made_ids

OUTSIDE = "（不计入总分）"
_OUTSIDE = re.compile(r"(.*?)\s*\(不计.*\)")
_DIRECTIONS = {"正向": "higher_is_better", "逆向": "lower_is_better", "反向": "lower_is_better"}
_TEXTS = ("unit_of_measure", "basis")
ONLY_SHEET = "评分表"


def indicator_rows(reading: Reading) -> list[Row]:
    """The rows of indicators, an item's name standing for the blank cells below it."""
    found = reading.tables["indicators"]
    rows = [row for row in found.rows if not _is_total(row) and _says_something(row)]
    item: Node | None = None
    kept: list[Row] = []
    for row in rows:
        if row["item"] is None and item is not None:
            reading.assume("workbook.item-above", row.where("item"), item=item.text)
            kept.append(_with_item(row, item))
        else:
            item = row["item"]
            kept.append(row)
    return kept


def _with_item(row: Row, item: Node) -> Row:
    column = next(number for number, key in row.columns.items() if key == "item")
    return Row(row.number, row.place, row.columns, {**row.cells, column: item})


def _says_something(row: Row) -> bool:
    return any(cell.text for cell in row.cells.values())


def _is_total(row: Row) -> bool:
    """Whether a row holds totals: it names them, and no measure stands in it."""
    words = [row.text("item"), row.text("name")]
    return row["measure"] is None and any(map(is_total, words))


def item_names(rows: Sequence[Row]) -> dict[str, Node]:
    """The items that the rows name, each where it stands first."""
    names: dict[str, Node] = {}
    for row in rows:
        cell = row["item"]
        if cell and cell.text:
            names.setdefault(cell.text, cell)
    return names


def indicator_ids(reading: Reading, rows: Sequence[Row]) -> list[str]:
    """The id of each row's indicator, made up where none is given."""
    named = [(row.text("name"), row.text("id"), f"指标{row.number}") for row in rows]
    made = [row for row in rows if not row.text("id")]
    if made:
        reading.assume("workbook.ids-made", made[0].place, n=len(made))
    return made_ids(named)


def read_indicators(reading: Reading, rows: Sequence[Row], ids: Sequence[str]) -> Node:
    """The list of indicators."""
    found = reading.tables["indicators"]
    if "direction" not in found.columns.values():
        reading.assume("workbook.direction-assumed", found.place)
    nodes = [_indicator(reading, row, one) for row, one in zip(rows, ids, strict=True)]
    return Node(nodes, found.place)


def _indicator(reading: Reading, row: Row, one: str) -> Node:
    item, measure, direction = row["item"], row["measure"], row["direction"]
    department = row["department"]
    given = {
        "id": row["id"] or Node(one, row.where("name")),
        "name": row["name"],
        "item": item and reading.id_meant("item", item),
        "area": _tag(reading, row, "area"),
        "battle": _tag(reading, row, "battle"),
        **{key: row[key] for key in _TEXTS},
        "department": department and reading.unit_meant(department),
        "direction": direction and _direction(reading, direction),
        "measure": measure and reading.measure(measure),
    }
    return Node({**filled(given), **reading.more(row)}, row.where("name"))


def _tag(reading: Reading, row: Row, kind: str) -> Node | None:
    cell = row[kind]
    return cell and reading.id_meant(kind, cell)


def _direction(reading: Reading, cell: Node) -> Node:
    word = _DIRECTIONS.get(half_width(cell.text or "").removesuffix("指标"))
    return Node(word, cell.where) if word else reading.word(cell, DIRECTIONS, "方向")


def sheet_ids(reading: Reading) -> dict[int, str]:
    """The score sheet of each column of marks."""
    found = reading.tables["indicators"]
    names: dict[int, str] = {}
    for number, name in found.marks.items():
        one = name if is_id(name) else "" if name else ONLY_SHEET
        if not one or one in names.values():
            reading.refuse("workbook.sheet-unclear", found.place, heading=found.heads[number])
        names[number] = one
    return names


def read_sheets(reading: Reading, rows: Sequence[Row], ids: Sequence[str]) -> Node:
    """Full marks by sheet and indicator."""
    place = reading.tables["indicators"].place
    return Node(
        {sheet: _sheet(rows, ids, number, place) for number, sheet in sheet_ids(reading).items()},
        place,
    )


def _sheet(rows: Sequence[Row], ids: Sequence[str], column: int, place: str) -> Node:
    inside: dict[str, Node] = {}
    outside: dict[str, Node] = {}
    for row, one in zip(rows, ids, strict=True):
        cell = row.cells.get(column)
        if cell is not None and not is_blank_mark(cell.text or ""):
            text, is_outside = _mark(cell.text or "")
            (outside if is_outside else inside)[one] = Node(text, cell.where)
    return Node({**inside, **({"outside": Node(outside, place)} if outside else {})}, place)


def _mark(text: str) -> tuple[str, bool]:
    """Full marks as a number, and whether they stand outside the total."""
    plain = half_width(text)
    match = _OUTSIDE.fullmatch(plain)
    return as_number((match[1] if match else plain).removesuffix("分")), match is not None


def check_totals(reading: Reading) -> None:
    """Compares rows of totals with the sums; 小计 counts from the 小计 before.

    A total that its program has not worked out yet says nothing, and harms nothing; where a mark
    is no number, which is told, no total can be compared.
    """
    found = reading.tables["indicators"]
    totals = [row for row in found.rows if _is_total(row)]
    blank = {cell.where for row in totals for cell in row.cells.values() if not cell.text}
    unsaid = [one for one in reading.problems if one.where in blank]
    reading.problems = [one for one in reading.problems if one not in unsaid]
    for column in filter(lambda one: _is_clear(reading, one), found.marks):
        for row, sums in _totals(found, column):
            compare_total(reading, row.cells.get(column), sums)


def _totals(found: Found, column: int) -> Iterator[tuple[Row, Fraction]]:
    whole = part = Fraction(0)
    for row in found.rows:
        if _is_total(row):
            partial = "小计" in row.text("item") + row.text("name")
            yield row, part if partial else whole
            part = Fraction(0)
            continue
        mark = _inside(row.cells.get(column))
        whole, part = whole + mark, part + mark


def _inside(cell: Node | None) -> Fraction:
    text, is_outside = _mark((cell and cell.text) or "")
    return Fraction(0) if is_outside else _points_or_none(text)


def _is_clear(reading: Reading, column: int) -> bool:
    """Whether every mark in a column is a number or blank."""
    told = {one.where for one in blocking(reading.problems)}
    rows = (row for row in reading.tables["indicators"].rows if not _is_total(row))
    cells = [cell for row in rows if (cell := row.cells.get(column))]
    texts = [_mark(cell.text or "")[0] for cell in cells]
    numbers = all(is_blank_mark(text) or is_points(text) for text in texts)
    return numbers and not any(cell.where in told for cell in cells)


def is_points(text: str) -> bool:
    """Whether a text is a number of points that a sheet may give."""
    try:
        return some_points(text) >= 0
    except Refused:
        return False


def _points_or_none(text: str) -> Fraction:
    """Points as typed; 0 for what is none."""
    return some_points(text) if is_points(text) else Fraction(0)


def compare_total(reading: Reading, cell: Node | None, wanted: Fraction) -> None:
    """Refuses a total that is not the sum."""
    if cell is None or is_blank_mark(cell.text or ""):
        return
    try:
        same = some_points(_mark(cell.text or "")[0]) == wanted
    except Refused:
        same = False
    if not same:
        units = int(wanted * 10**9)
        shown = decimal_text(units, 9).rstrip("0").rstrip(".")
        text = quoted(cell.text or "")
        reading.refuse("workbook.total-differs", cell.where, total=text, sum=shown)
