"""What a scheme may not say: unknown ids and settings that quarrel (§3, §9 to §11)."""

from __future__ import annotations

from collections.abc import Iterator

from leitai.points import whole
from leitai.problems import Problem, Refused, problem, warning
from leitai.scheme.check_levels import check_levels
from leitai.scheme.check_year import check_year
from leitai.scheme.document import Node
from leitai.scheme.model import Adjustment, Scheme, Series, Sheet, When
from leitai.scheme.places import Places, known, quarrel
from leitai.signs import alike


def check(scheme: Scheme, root: Node) -> list[Problem]:
    """All Problems of a scheme whose parts were read."""
    places = Places(root)
    return [
        *_points(scheme, places),
        *_indicators(scheme, places),
        *_sheets(scheme, places),
        *_series(scheme, places),
        *check_levels(scheme, places),
        *_adjustments(scheme, places),
        *_lateness(scheme, places),
        *check_year(scheme, places),
        *_names(scheme, places),
    ]


def _name(scheme: Scheme, indicator: str) -> str:
    """An indicator's name, its id where there is no such indicator."""
    return scheme.indicators[indicator].name if indicator in scheme.indicators else indicator


def _points(scheme: Scheme, places: Places) -> Iterator[Problem]:
    where = places.at("points", "total_places")
    if scheme.total_places > scheme.points.line_places:
        yield quarrel(where, "total-finer-than-lines")
    elif scheme.total_places < scheme.points.line_places:
        yield warning("scheme.stepwise-rounding", where)


def _indicators(scheme: Scheme, places: Places) -> Iterator[Problem]:
    battles = [battle for one in scheme.campaigns for battle in one.battles]
    for battle in sorted({one for one in battles if battles.count(one) > 1}):
        yield problem("scheme.id-doubled", places.at("campaigns"), id=battle)
    used = {one for sheet in scheme.sheets.values() for one in (*sheet.full, *sheet.outside)}
    for index, one in enumerate(scheme.indicators.values()):
        at = ("indicators", index)
        yield from known(one.item, scheme.items, "item", places.at(*at, "item"))
        yield from known(one.area, scheme.areas, "area", places.at(*at, "area"))
        yield from known(one.battle, battles, "battle", places.at(*at, "battle"))
        if one.id not in used:
            yield warning("scheme.indicator-unused", places.at(*at), indicator=one.name)


def _sheets(scheme: Scheme, places: Places) -> Iterator[Problem]:
    for sheet in scheme.sheets.values():
        for indicator, full in (*sheet.full.items(), *sheet.outside.items()):
            where = places.at("sheets", sheet.id, indicator)
            yield from known(indicator, scheme.indicators, "indicator", where)
            if indicator in scheme.indicators:
                yield from _full_marks(scheme, indicator, full, where)
        for indicator in sorted(set(sheet.full) & set(sheet.outside)):
            where = places.at("sheets", sheet.id, "outside", indicator)
            yield quarrel(where, "inside-and-outside", indicator=_name(scheme, indicator))


def _full_marks(scheme: Scheme, indicator: str, full: int, where: str) -> Iterator[Problem]:
    quarters = scheme.indicators[indicator].kind == "quarters"
    if quarters and full != 0:
        yield quarrel(where, "quarters-full-not-zero", indicator=_name(scheme, indicator))
    if not quarters and full <= 0:
        shown = scheme.scale.show(full)
        yield problem("scheme.value-refused", where, key=indicator, value=shown, wanted="positive")


def _series(scheme: Scheme, places: Places) -> Iterator[Problem]:
    for index, one in enumerate(scheme.series.values()):
        at = ("series", index)
        for unit, sheet in (("", one.sheet), *one.own_sheets.items()):
            key = ("own_sheets", unit) if unit else ("sheet",)
            yield from known(sheet, scheme.sheets, "sheet", places.at(*at, *key))
        yield from _totals(scheme, one, places.at(*at))
        for number, breaker in enumerate(one.tie_breakers):
            where = places.at(*at, "tie_breakers", number)
            named = (breaker.item, breaker.indicator, breaker.previous)
            if sum(name is not None for name in named) != 1:
                yield quarrel(where, "tie-breaker-not-one")
            yield from known(breaker.item, scheme.items, "item", where)
            yield from known(breaker.indicator, scheme.indicators, "indicator", where)


def _used_sheets(scheme: Scheme, series: Series) -> list[Sheet]:
    names = dict.fromkeys((series.sheet, *series.own_sheets.values()))
    return [scheme.sheets[name] for name in names if name in scheme.sheets]


def _totals(scheme: Scheme, series: Series, where: str) -> Iterator[Problem]:
    sheets = _used_sheets(scheme, series)
    for sheet in sheets:
        if sheet.total <= 0:
            yield quarrel(where, "sheet-without-marks", sheet=sheet.id)


def _adjustments(scheme: Scheme, places: Places) -> Iterator[Problem]:
    for name, one in scheme.adjustments.items():
        at = ("adjustments", name)
        yield from _adjustment_settings(one, scheme, places.at(*at))
        levels = [level.id for level in scheme.grades.levels]
        yield from known(one.grade, levels, "level", places.at(*at, "grade"))
        if one.when is not None:
            yield from _trigger(scheme, one, one.when, places.at(*at, "when"))


def _adjustment_settings(one: Adjustment, scheme: Scheme, where: str) -> Iterator[Problem]:
    allowed = {
        "bonus": {"cap", "annual_cap", "amount"},
        "demote": {"amount"},
        "lower": {"amount", "step"},
        "cap": {"grade", "step"},
        "fix": {"grade", "step"},
        "bar": {"step"},
    }.get(one.kind, set())
    for key in ("cap", "annual_cap", "amount", "grade", "step"):
        if getattr(one, key) is not None and key not in allowed:
            yield quarrel(where, "setting-not-of-kind", key=key, kind=one.kind)
    if one.amount is not None and "amount" in allowed and not _amount_fits(one, scheme):
        yield quarrel(where, "amount-not-of-kind", amount=one.amount, kind=one.kind)
    for key in ("cap", "annual_cap"):
        value = getattr(one, key)
        if value is not None and value < 0:
            yield quarrel(where, "cap-negative", key=key)
        if value is not None and (value * scheme.scale.one).denominator != 1:
            yield problem("scheme.too-fine", where, key=key, places=scheme.scale.places)


def _amount_fits(one: Adjustment, scheme: Scheme) -> bool:
    """Whether the amount is points (bonus), places or `last` (demote), levels (lower)."""
    try:
        if one.kind == "bonus":
            return scheme.scale.read(one.amount or "") > 0
        return (one.kind == "demote" and one.amount == "last") or whole(one.amount or "") >= 1
    except Refused:
        return False


def _trigger(scheme: Scheme, one: Adjustment, when: When, where: str) -> Iterator[Problem]:
    by_place = when.bottom is not None and when.indicator is None
    by_value = when.indicator is not None and when.bottom is None and when.item is None
    limits = (when.at_least is not None) + (when.at_most is not None)
    if one.kind in ("unranked", "bonus") or not (
        (by_place and not limits) or (by_value and limits == 1)
    ):
        yield quarrel(where, "trigger-unclear")
    yield from known(when.item, scheme.items, "item", where)
    yield from known(when.indicator, scheme.indicators, "indicator", where)
    indicator = scheme.indicators.get(when.indicator or "")
    if indicator is not None and indicator.kind in ("panel", "survey", "quarters"):
        yield quarrel(where, "trigger-without-value", indicator=indicator.name)


def _names(scheme: Scheme, places: Places) -> Iterator[Problem]:
    """A thing whose id or name is another's of its kind: facts could not tell them apart."""
    kinds: dict[str, dict[str, str]] = {
        "items": {key: one.name for key, one in scheme.items.items()},
        "indicators": {key: one.name for key, one in scheme.indicators.items()},
        "series": {key: one.name for key, one in scheme.series.items()},
        "adjustments": {key: one.name for key, one in scheme.adjustments.items()},
        "grades": {level.id: level.name for level in scheme.grades.levels},
        "year": {one.id: one.name for one in scheme.year.consequences} if scheme.year else {},
        **{f"series {one.id}": dict(one.groups) for one in scheme.series.values()},
    }
    shared = {alike(word) for one in scheme.adjustments.items() for word in (one[0], one[1].name)}
    for one in scheme.indicators.values():  # `about` of a previous value may be either
        if not shared.isdisjoint({alike(one.id), alike(one.name)}):
            where = places.at("adjustments")
            yield problem("scheme.name-doubled", where, name=one.name, first=one.id)
    for part, names in kinds.items():
        owners: dict[str, str] = {}
        for key, name in names.items():
            for word in {alike(key), alike(name)}:
                if owners.setdefault(word, key) != key:
                    where = places.at(part.partition(" ")[0])
                    yield problem("scheme.name-doubled", where, name=name, first=owners[word])


def _lateness(scheme: Scheme, places: Places) -> Iterator[Problem]:
    late = scheme.lateness
    if late is None:
        return
    where = places.at("lateness")
    yield from known(late.indicator, scheme.indicators, "indicator", where)
    if late.indicator in scheme.indicators and scheme.indicators[late.indicator].kind != "deduct":
        yield quarrel(where, "lateness-not-deduct", indicator=_name(scheme, late.indicator))
    if (late.points * scheme.scale.one).denominator != 1:
        yield problem("scheme.too-fine", where, key="points", places=scheme.scale.places)
