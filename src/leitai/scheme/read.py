"""Reads a scheme: YAML text in, a Scheme or Problems out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from leitai.points import PointScale
from leitai.problems import Problem, Refused, blocking, in_order, problem
from leitai.scheme.check import check
from leitai.scheme.document import Node, Plain, parse
from leitai.scheme.model import (
    Adjustment,
    Campaign,
    Grades,
    Indicator,
    Item,
    Lateness,
    Points,
    Scheme,
    Series,
    Sheet,
)
from leitai.scheme.readers import (
    as_it_stands,
    id_of_thing,
    identifier,
    one_of,
    points,
    text_of,
    yes_no,
)
from leitai.scheme.settings import by_id, list_of, nested, read_settings, setting
from leitai.scheme.year import Year


@dataclass(frozen=True)
class _Top:
    """The top level of the file."""

    scheme: str = setting(identifier)
    version: str = setting(text_of)
    name: str = setting(text_of)
    made_up: bool = setting(yes_no, "no")
    valid_from: str | None = setting(text_of, None)
    points: Points = setting(nested(Points), "{}")
    areas: Mapping[str, str] = setting(by_id(text_of), {})
    campaigns: tuple[Campaign, ...] = setting(list_of(nested(Campaign)), ())
    items: Mapping[str, Item] = setting(by_id(nested(Item)))
    indicators: tuple[Indicator, ...] = setting(list_of(nested(Indicator)))
    sheets: Node = setting(as_it_stands)
    series: tuple[Series, ...] = setting(list_of(nested(Series)))
    grades: Grades = setting(nested(Grades), "{}")
    adjustments: Mapping[str, Adjustment] = setting(by_id(nested(Adjustment)), {})
    lateness: Lateness | None = setting(nested(Lateness), None)
    approval: tuple[str, ...] = setting(list_of(text_of), ("office-clerk", "office-head"))
    audience: str = setting(one_of("participants", "own-unit", "public"), "participants")
    reply: str = setting(one_of("agreed", "objected"), "agreed")
    year: Year | None = setting(nested(Year), None)


def read_scheme(text: str, name: str = "scheme.yaml") -> tuple[Scheme | None, tuple[Problem, ...]]:
    """A scheme from its YAML text. Without a Scheme at least one Problem blocks."""
    root, problems = parse(text, name)
    if root is None:
        return None, tuple(problems)
    scheme, more = scheme_from(root)
    problems += more
    return (None if blocking(problems) else scheme), in_order(problems)


def scheme_from(root: Node) -> tuple[Scheme | None, list[Problem]]:
    """A scheme from located nodes."""
    top, problems = read_settings(_Top, root)
    if top is None:
        return None, problems
    places = PointScale(top.points.line_places, top.points.rounding)
    sheets, more = _sheets(top.sheets, places)
    problems += more
    problems += _doubled([one.id for one in top.indicators], root, "indicators")
    problems += _doubled([one.id for one in top.series], root, "series")
    scheme = _scheme(top, sheets, root)
    return scheme, problems + check(scheme, root)


def _scheme(top: _Top, sheets: dict[str, Sheet], root: Node) -> Scheme:
    return Scheme(
        id=top.scheme,
        version=top.version,
        name=top.name,
        made_up=top.made_up,
        valid_from=top.valid_from,
        points=top.points,
        areas=top.areas,
        campaigns=top.campaigns,
        items=top.items,
        indicators={one.id: one for one in top.indicators},
        sheets=sheets,
        series={one.id: one for one in top.series},
        grades=top.grades,
        adjustments=top.adjustments,
        lateness=top.lateness,
        approval=top.approval,
        audience=top.audience,
        reply=top.reply,
        year=top.year,
        plain=cast("Mapping[str, Plain]", root.plain()),
    )


def _sheets(node: Node, places: PointScale) -> tuple[dict[str, Sheet], list[Problem]]:
    problems: list[Problem] = []
    sheets: dict[str, Sheet] = {}
    if node.mapping is None:
        return sheets, [_no_mapping(node)]
    for name, sheet in node.mapping.items():
        try:
            id_of_thing(name)
        except Refused as refused:
            problems.append(refused.at(sheet.where))
        outside = (sheet.mapping or {}).get("outside")
        problems += [_no_mapping(one) for one in (sheet, outside) if one and one.mapping is None]
        inside = {key: one for key, one in (sheet.mapping or {}).items() if key != "outside"}
        full = _marks(inside, places, problems)
        aside = _marks((outside and outside.mapping) or {}, places, problems)
        sheets[name] = Sheet(name, full, aside)
    return sheets, problems


def _no_mapping(node: Node) -> Problem:
    value = node.text or "[…]"
    return problem("scheme.value-refused", node.where, value=value, wanted="mapping")


def _marks(
    nodes: Mapping[str, Node], places: PointScale, problems: list[Problem]
) -> dict[str, int]:
    marks: dict[str, int] = {}
    for indicator, node in nodes.items():
        try:
            units = points(node) * places.one
        except Refused as refused:
            problems.append(refused.at(node.where, key=indicator))
            continue
        marks[indicator] = int(units)
        if units.denominator != 1:
            finest = places.places
            problems.append(problem("scheme.too-fine", node.where, key=indicator, places=finest))
    return marks


def _doubled(ids: Sequence[str], root: Node, key: str) -> list[Problem]:
    """Entries of a list that repeat an id."""
    nodes = (root.mapping or {})[key].items or ()
    return [
        problem("scheme.id-doubled", node.where, id=one)
        for number, (one, node) in enumerate(zip(ids, nodes, strict=True))
        if one in ids[:number]
    ]
