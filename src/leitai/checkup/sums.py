"""Sums: what each sheet adds up to, and what units of one group can reach on different sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from leitai.checkup.draft import Compared, Draft
from leitai.checkup.findings import NOTE, SERIOUS, WARNING, Finding, Text, names, table
from leitai.points import shown
from leitai.scheme.model import Sheet


def sums(draft: Draft) -> Iterator[Finding]:
    """What sheets add up to, and where they part the units of a group."""
    yield _sheet_sums(draft)
    for group in draft.compared():
        yield from _totals(draft, group)
        if len(group.sheets) > 1:
            yield from _maxima(draft, group)
            yield from _items(draft, group)


def items_of(draft: Draft, sheet: Sheet) -> dict[str, int]:
    """The full marks of each item of a sheet, in the scheme's order."""
    found: dict[str, int] = {}
    for item in draft.scheme.items:
        marks = [full for name, full in sheet.full.items() if _item(draft, name) == item]
        if marks:
            found[item] = sum(marks)
    return found


def most_of_sheet(draft: Draft, sheet: Sheet) -> Fraction | None:
    """What can be earned on a sheet at most, in line units; None without limit."""
    total = Fraction(0)
    for name in sheet.full:
        most = draft.most(sheet, name)
        if most is None:
            return None
        total += most
    return total


def scaled(draft: Draft, group: Compared, sheet: Sheet, units: Fraction) -> Fraction:
    """Line units of a sheet brought to the scale its series is judged by."""
    if group.series.scale_to is None:
        return units
    return Fraction(units * group.series.scale_to * draft.scheme.scale.one, sheet.total)


def _item(draft: Draft, indicator: str) -> str:
    return draft.scheme.indicators[indicator].item


def _sheet_sums(draft: Draft) -> Finding:
    scale = draft.scheme.scale
    rows = []
    for sheet in draft.scheme.sheets.values():
        items = items_of(draft, sheet).items()
        parts = tuple(f"{draft.scheme.items[one].name} {scale.show(full)}" for one, full in items)
        used = names(
            one.name
            for one in draft.scheme.series.values()
            if sheet.id in (one.sheet, *one.own_sheets.values())
        )
        rows.append((sheet.id, used or "—", scale.show(sheet.total), str(len(sheet.full)), parts))
    figures = table("sheet series total count items", rows)
    odd = (
        names(f"{draft.sheet_name(row[0])} {row[2]}" for row in rows)
        if len({row[2] for row in rows}) > 1
        else ""
    )
    args: dict[str, Text] = {"n": str(len(rows)), "odd": odd}
    return Finding("sheet-sums", WARNING if odd else NOTE, args, figures=figures)


def _totals(draft: Draft, group: Compared) -> Iterator[Finding]:
    totals = {sheet.id: draft.scheme.scale.show(sheet.total) for sheet in group.sheets}
    if len(set(totals.values())) == 1:
        return
    listed = names(f"{draft.sheet_name(sheet)} {total}" for sheet, total in totals.items())
    scale_to = group.series.scale_to
    args: dict[str, Text] = {
        "group": group.name,
        "totals": listed,
        "to": shown(scale_to) if scale_to else "",
    }
    yield Finding("totals-differ", NOTE if scale_to else SERIOUS, args, group.id)


def _maxima(draft: Draft, group: Compared) -> Iterator[Finding]:
    """Sheets on which different totals can be reached, or so much only by awards."""
    rows, seen = [], set()
    for sheet in group.sheets:
        most = most_of_sheet(draft, sheet)
        most = None if most is None else scaled(draft, group, sheet, most)
        kinds = {name: draft.bindings[name].measure.kind for name in sheet.full}
        awards = sum(full for name, full in sheet.full.items() if kinds[name] == "award")
        awarded = scaled(draft, group, sheet, Fraction(awards))
        seen.add((most, awarded))
        reach = "∞" if most is None else draft.points(most)
        rows.append((sheet.id, _on(draft, group, sheet), draft.points(awarded), reach))
    if len(seen) > 1:
        units = tuple(unit.id for unit in group.units if unit.id in group.series.own_sheets)
        args: dict[str, Text] = {
            "group": group.name,
            "sheets": names(f"{draft.sheet_name(row[0])} {row[3]}" for row in rows),
        }
        figures = table("sheet units awards most", rows)
        yield Finding("maxima-differ", WARNING, args, group.id, units, figures=figures)


def _on(draft: Draft, group: Compared, sheet: Sheet) -> tuple[str, ...] | str:
    """The units an own sheet is for; "—" for the sheet of the series."""
    own = [
        draft.unit_name(unit) for unit, one in group.series.own_sheets.items() if one == sheet.id
    ]
    return names(own) if own and sheet.id != group.series.sheet else "—"


def _items(draft: Draft, group: Compared) -> Iterator[Finding]:
    """What an own sheet weighs otherwise than the sheet of the series."""
    main = draft.scheme.sheets[group.series.sheet]
    for sheet in group.sheets:
        rows = _differing(draft, main, sheet)
        if sheet.id != main.id and rows:
            args: dict[str, Text] = {
                "group": group.name,
                "sheet": sheet.id,
                "units": _on(draft, group, sheet),
                "n": str(len(rows)),
            }
            figures = table("item full own-full", rows)
            yield Finding("items-not-compared", NOTE, args, group.id, figures=figures)


def _differing(draft: Draft, main: Sheet, own: Sheet) -> list[Sequence[str]]:
    """Items with other full marks, and indicators of equal items that give other points at most."""
    show = draft.scheme.scale.show
    theirs, mine = items_of(draft, main), items_of(draft, own)
    rows = [
        (one.name, _or_none(theirs, item, show), _or_none(mine, item, show))
        for item, one in draft.scheme.items.items()
        if theirs.get(item) != mine.get(item)
    ]
    both = [name for name in main.full if name in own.full]
    for name in both:
        item = _item(draft, name)
        pair = (draft.most(main, name), draft.most(own, name))
        if theirs[item] == mine[item] and pair[0] != pair[1]:
            most = ["∞" if one is None else draft.points(one) for one in pair]
            rows.append((draft.name(name), most[0], most[1]))
    return list(rows)


def _or_none(marks: dict[str, int], item: str, show: object) -> str:
    assert callable(show)
    return str(show(marks[item])) if item in marks else "—"
