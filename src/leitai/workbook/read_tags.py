"""Reads areas, campaigns and battles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leitai.scheme.document import Node
from leitai.workbook.found import Row
from leitai.workbook.read_parts import given_id, ids_of, keyed, rows_of
from leitai.workbook.reading import Reading, filled, made_ids
from leitai.workbook.tables import AREA, BATTLE, CAMPAIGN

_TAGS = {"area": AREA, "campaign": CAMPAIGN, "battle": BATTLE}


def read_tags(reading: Reading, indicators: Sequence[Row]) -> dict[str, Node]:
    """Areas, campaigns and battles: those of their sheet, else those the indicators name."""
    if "tags" not in reading.tables:
        return _named_by(reading, indicators)
    rows = rows_of(reading, "tags")
    kinds: dict[str, list[Row]] = {kind: [] for kind in _TAGS}
    owner: dict[int, Row] = {}
    for row in rows:
        cell = row["kind"] or Node("", row.where("kind"))
        kind = reading.word(cell, _TAGS, "类别").text or ""
        kinds.get(kind, []).append(row)
        owner[row.number] = kinds["campaign"][-1] if kinds["campaign"] else row
    ids = {kind: ids_of(mine, _TAGS[kind]) for kind, mine in kinds.items()}
    for kind, mine in kinds.items():
        names = [row.text("name") for row in mine]
        reading.know(kind, zip(ids[kind], names, strict=True))
    place = reading.tables["tags"].place
    areas = [row["name"] or Node("", row.where("name")) for row in kinds["area"]]
    found = {
        "areas": Node(keyed(reading, kinds["area"], ids["area"], areas), place),
        "campaigns": Node(_campaigns(reading, kinds, ids, owner), place),
    }
    return {key: node for key, node in found.items() if node.value}


def _campaigns(
    reading: Reading,
    kinds: Mapping[str, Sequence[Row]],
    ids: Mapping[str, Sequence[str]],
    above: Mapping[int, Row],
) -> list[Node]:
    battles: dict[int, dict[str, Node]] = {row.number: {} for row in kinds["campaign"]}
    for row, one in zip(kinds["battle"], ids["battle"], strict=True):
        number = _campaign_of(reading, row, above[row.number], kinds["campaign"], ids["campaign"])
        battles.get(number, {})[one] = row["name"] or Node("", row.where("name"))
    campaigns = []
    for row, one in zip(kinds["campaign"], ids["campaign"], strict=True):
        mine = battles[row.number]
        held = {"battles": Node(mine, row.where("name"))} if mine else {}
        given = filled({"id": given_id(row, one), "name": row["name"]})
        campaigns.append(Node({**given, **held, **reading.more(row)}, row.where("name")))
    return campaigns


def _campaign_of(
    reading: Reading, battle: Row, above: Row, rows: Sequence[Row], ids: Sequence[str]
) -> int:
    """The row of the campaign a battle belongs to: the one it names, or the one above it."""
    cell = battle["campaign"]
    named = dict(zip((row.number for row in rows), ids, strict=True))
    if cell is None:
        if above.number not in named:
            reading.refuse("workbook.battle-alone", battle.where("campaign"))
        return above.number
    meant = reading.names["campaign"].meant(cell.text or "")
    if named.get(above.number) in meant:
        return above.number
    one = reading.id_meant("campaign", cell).text
    return next((number for number, other in named.items() if other == one), 0)


def _named_by(reading: Reading, rows: Sequence[Row]) -> dict[str, Node]:
    """Tags that stand in the rows of indicators only; battles then make one campaign."""
    place = reading.tables["indicators"].place
    made: dict[str, dict[str, Node]] = {}
    for kind in ("area", "battle"):
        cells = {cell.text or "": cell for row in reversed(rows) if (cell := row[kind])}
        names = list(reversed(cells))
        ids = made_ids([(name, "", f"{_TAGS[kind]}{n}") for n, name in enumerate(names, start=1)])
        reading.know(kind, zip(ids, names, strict=True))
        made[kind] = {one: cells[name] for one, name in zip(ids, names, strict=True)}
    found = {"areas": Node(made["area"], place)} if made["area"] else {}
    if not made["battle"]:
        return found
    reading.assume("workbook.campaign-assumed", place, n=len(made["battle"]))
    texts = {key: Node(CAMPAIGN, place) for key in ("id", "name")}
    campaign = Node({**texts, "battles": Node(made["battle"], place)}, place)
    return {**found, "campaigns": Node([campaign], place)}
