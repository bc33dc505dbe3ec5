"""Lays a scheme out in the tables of the indicator workbook, without loss."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import cast

from leitai.facts.names import labels
from leitai.scheme.document import Plain
from leitai.scheme.model import Scheme
from leitai.signs import clean_text
from leitai.workbook.labels import (
    ADJUSTMENT_KINDS,
    DIRECTIONS,
    LAST,
    OWN_SHEETS,
    RATED_BY,
    STEPS,
    TIE_BREAKERS,
    WHEN,
)
from leitai.workbook.laid import Laid, Settings, text_cell, value_cell
from leitai.workbook.lay_out_settings import lay_out_settings
from leitai.workbook.notation import measure_text, settings_text
from leitai.workbook.quoting import in_cell
from leitai.workbook.read_indicators import OUTSIDE
from leitai.workbook.tables import AREA, BATTLE, CAMPAIGN, MARKS, MORE, TABLES, Table


def lay_out(
    scheme: Scheme, sentences: Mapping[str, str], units: Mapping[str, str] | None = None
) -> list[Laid]:
    """All tables; `sentences` are the measures of the indicators in words.

    `units` are names of units by id: those that the scheme names stand by their names, and a table
    of their own gives the ids back.
    """
    return _Laying(scheme, units or {}).sheets(sentences)


def _json(settings: Settings) -> str:
    """The cell of settings that have no column."""
    return in_cell(json.dumps(settings, ensure_ascii=False)) if settings else ""


def _columns(table: Table, rows: Sequence[Mapping[str, str]]) -> list[str]:
    """The columns of a table; the one for what has no column only where it is needed."""
    keys = [column.key for column in table.columns]
    return keys if any(row[MORE] for row in rows if MORE in row) else [k for k in keys if k != MORE]


def _laid(key: str, rows: Sequence[Mapping[str, str]]) -> Laid:
    table = TABLES[key]
    keys = _columns(table, rows)
    names = {column.key: column.name for column in table.columns}
    cells = [[row.get(one, "") for one in keys] for row in rows]
    return Laid(table, [names[one] for one in keys], cells)


class _Laying:
    """One scheme being laid out: its plain texts, and the names that stand for ids."""

    def __init__(self, scheme: Scheme, units: Mapping[str, str]) -> None:
        self.plain: Settings = scheme.plain
        self.scheme = scheme
        battles = [pair for one in scheme.campaigns for pair in one.battles.items()]
        self.names = {
            "item": labels([(key, one.name) for key, one in scheme.items.items()]),
            "indicator": labels([(key, one.name) for key, one in scheme.indicators.items()]),
            "level": labels([(one.id, one.name) for one in scheme.grades.levels]),
            "area": labels(list(scheme.areas.items())),
            "battle": labels(battles),
            "campaign": labels([(one.id, one.name) for one in scheme.campaigns]),
        }
        named = dict.fromkeys(_units_named(scheme))
        self.units = labels([(one, clean_text(units.get(one, one))) for one in named])

    def sheets(self, sentences: Mapping[str, str]) -> list[Laid]:
        """All tables in the order of the sheets."""
        return [
            self._indicators(sentences),
            _laid("items", [_named(key, one) for key, one in self._map("items")]),
            _laid("series", [row for one in self._list("series") for row in self._series(one)]),
            self._sheets(),
            _laid("levels", [self._level(one) for one in self._levels()]),
            _laid("adjustments", [self._adjustment(*one) for one in self._map("adjustments")]),
            _laid("tags", list(self._tags())),
            *self._units(),
            lay_out_settings(self.plain, self.names["indicator"]),
        ]

    def _map(self, key: str) -> list[tuple[str, Settings]]:
        return list(cast("Mapping[str, Settings]", self.plain.get(key, {})).items())

    def _list(self, key: str) -> Sequence[Settings]:
        return cast("Sequence[Settings]", self.plain.get(key, []))

    def _levels(self) -> Sequence[Settings]:
        grades = cast("Mapping[str, Sequence[Settings]]", self.plain.get("grades", {}))
        return grades.get("levels", [])

    def _refer(self, kind: str, plain: Plain | None) -> str:
        return "" if plain is None else text_cell(self.names[kind][clean_text(cast("str", plain))])

    def _unit(self, plain: Plain | None) -> str:
        """The cell of a unit: its name where one is known."""
        return "" if plain is None else text_cell(self.units[clean_text(cast("str", plain))])

    def _units(self) -> list[Laid]:
        """The names that stand for ids of units, none where the ids themselves stand there."""
        rows = [{"name": text_cell(name), "id": in_cell(one)} for one, name in self.units.items()]
        return (
            [_laid("units", rows)] if any(one != name for one, name in self.units.items()) else []
        )

    def _named_parts(self, plain: Plain) -> Plain:
        """Settings with the names of items and indicators for their ids."""
        found = dict(cast("Settings", plain))
        for kind in ("item", "indicator"):
            if kind in found:
                found[kind] = self.names[kind][clean_text(cast("str", found[kind]))]
        return found

    def _indicators(self, sentences: Mapping[str, str]) -> Laid:
        table, sheets = TABLES["indicators"], list(self.scheme.sheets)
        rows = [self._indicator(one) for one in self._list("indicators")]
        keys = _columns(table, rows)
        names = {column.key: column.name for column in table.columns}
        heads: list[str] = []
        for key in keys:
            heads += [self._marks_heading(one) for one in sheets] if key == MARKS else [names[key]]
            heads += ["计分办法说明"] if key == "measure" else []
        cells = [
            [cell for key in keys for cell in self._cells(key, row, sheets, sentences)]
            for row in rows
        ]
        first = keys.index(MARKS)
        return Laid(table, heads, cells, _runs(cells), dict(enumerate(sheets, start=first)))

    def _cells(
        self,
        key: str,
        row: Mapping[str, str],
        sheets: Sequence[str],
        sentences: Mapping[str, str],
    ) -> list[str]:
        if key == MARKS:
            return [self._mark(sheet, row["key"]) for sheet in sheets]
        return [row[key], *([sentences[row["key"]]] if key == "measure" else [])]

    def _marks_heading(self, sheet: str) -> str:
        return "\n".join([f"分值（{sheet}）", *self._users(sheet)])

    def _indicator(self, one: Settings) -> dict[str, str]:
        known = ("id", "name", "item", "area", "battle", "department", "unit_of_measure",
                 "direction", "measure", "basis")  # fmt: skip
        return {
            **{key: text_cell(one.get(key)) for key in known if key != "measure"},
            **{kind: self._refer(kind, one.get(kind)) for kind in ("item", "area", "battle")},
            "department": self._unit(one.get("department")),
            "direction": DIRECTIONS.get(str(one.get("direction")), ""),
            "measure": in_cell(measure_text(one["measure"])),
            MORE: _json({key: value for key, value in one.items() if key not in known}),
            "key": clean_text(str(one["id"])),
        }

    def _mark(self, sheet: str, indicator: str) -> str:
        marks = cast("Mapping[str, Settings]", self.plain["sheets"])[sheet]
        outside = cast("Settings", marks.get("outside", {}))
        if indicator in outside:
            return f"{outside[indicator]}{OUTSIDE}"
        return str(marks.get(indicator, ""))

    def _series(self, one: Settings) -> Iterator[dict[str, str]]:
        known = ("id", "name", "sheet", "own_sheets", "groups", "scale_to", "tie_breakers",
                 "rated_by")  # fmt: skip
        breakers = [
            self._named_parts(b) for b in cast("Sequence[Plain]", one.get("tie_breakers", []))
        ]
        own_sheets = cast("Settings", one.get("own_sheets", {}))
        head = {
            **{key: text_cell(one.get(key)) for key in ("id", "name", "sheet", "scale_to")},
            "tie_breakers": value_cell(breakers, TIE_BREAKERS),
            "rated_by": value_cell(one.get("rated_by", []), RATED_BY),
            "own_sheets": value_cell(
                {self.units[unit]: sheet for unit, sheet in own_sheets.items()}, OWN_SHEETS
            ),
            MORE: _json({key: value for key, value in one.items() if key not in known}),
        }
        groups = list(cast("Settings", one.get("groups", {})).items())
        for number, (group, name) in enumerate(groups or [("", "")]):
            own = {"group": text_cell(name), "group_id": in_cell(group)} if groups else {}
            yield {**(head if number == 0 else {}), **own}

    def _sheets(self) -> Laid:
        rows = [
            {
                "id": in_cell(sheet.id),
                "used": "、".join(self._users(sheet.id)),
                "total": self.scheme.scale.show(sheet.total),
            }
            for sheet in self.scheme.sheets.values()
        ]
        return _laid("sheets", rows)

    def _users(self, sheet: str) -> Iterator[str]:
        for one in self.scheme.series.values():
            if one.sheet == sheet:
                yield one.name
            yield from (self.units[unit] for unit, own in one.own_sheets.items() if own == sheet)

    def _level(self, one: Settings) -> dict[str, str]:
        known = ("id", "name", "top", "bottom", "at_least")
        more = {key: value for key, value in one.items() if key not in known}
        return {**{key: text_cell(one.get(key)) for key in known}, MORE: _json(more)}

    def _adjustment(self, key: str, one: Settings) -> dict[str, str]:
        texts = ("name", "cap", "annual_cap", "amount", "department", "basis")
        known = (*texts, "kind", "grade", "step", "when")
        when = one.get("when")
        amount = str(one.get("amount", ""))
        return {
            **{name: text_cell(one.get(name)) for name in texts},
            "department": self._unit(one.get("department")),
            "amount": LAST.get(amount, text_cell(amount) if amount else ""),
            "kind": ADJUSTMENT_KINDS[str(one["kind"])],
            "grade": self._refer("level", one.get("grade")),
            "step": STEPS.get(str(one.get("step")), ""),
            "when": in_cell(settings_text(self._named_parts(when), WHEN.parts)) if when else "",
            "id": in_cell(key),
            MORE: _json({name: value for name, value in one.items() if name not in known}),
        }

    def _tags(self) -> Iterator[dict[str, str]]:
        for key, name in cast("Settings", self.plain.get("areas", {})).items():
            yield {"kind": AREA, "name": text_cell(name), "id": in_cell(key)}
        for one in self._list("campaigns"):
            more = {key: v for key, v in one.items() if key not in ("id", "name", "battles")}
            yield {
                "kind": CAMPAIGN,
                "name": text_cell(one["name"]),
                "id": text_cell(one["id"]),
                MORE: _json(more),
            }
            for key, name in cast("Settings", one.get("battles", {})).items():
                owner = self._refer("campaign", one["id"])
                yield {
                    "kind": BATTLE,
                    "name": text_cell(name),
                    "campaign": owner,
                    "id": in_cell(key),
                }


def _units_named(scheme: Scheme) -> Iterator[str]:
    """The units that a scheme names, departments first."""
    departments = [one.department for one in scheme.indicators.values()]
    departments += [one.department for one in scheme.adjustments.values()]
    yield from (one for one in departments if one is not None)
    for series in scheme.series.values():
        yield from series.own_sheets


def _named(key: str, one: Settings) -> dict[str, str]:
    return {"name": text_cell(one["name"]), "id": in_cell(key)}


def _runs(rows: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """The runs of rows with the same first cell."""
    runs: list[tuple[int, int]] = []
    for _, run in groupby(enumerate(rows), key=lambda pair: pair[1][0]):
        numbers = [number for number, _ in run]
        if len(numbers) > 1:
            runs.append((numbers[0], numbers[-1]))
    return runs
