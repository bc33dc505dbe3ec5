"""The trail of a unit: where it stands, why, and the cause of every lost point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leitai.adjustments.verdicts import Step
from leitai.board import Board, Result
from leitai.explain.causes import cause
from leitai.explain.certainty import certainty_sentences
from leitai.explain.words import joined, say
from leitai.ledger import Line
from leitai.points import decimal_text


@dataclass(frozen=True)
class ItemRow:
    """One item of the unit's sheet."""

    item: str
    points: str
    full: str
    place: int | None
    bottom: int | None


@dataclass(frozen=True)
class Caused:
    """A ledger line with its cause in words; `source` leads to the fact."""

    item: str
    indicator: str
    kind: str
    points: str
    cause: str
    source: str
    department: str


@dataclass(frozen=True)
class Trail:
    """Everything a unit must be able to read about its result."""

    title: str
    standing: Sequence[str]
    adjustments: Sequence[str]
    items: Sequence[ItemRow]
    lost: Sequence[Caused]
    other: Sequence[Caused]
    clean: Sequence[str]
    certainty: Sequence[str]


def trail(board: Board, unit: str, lang: str) -> Trail:
    """The trail of one unit."""
    round_, result = board.round, board.results[unit]
    group = round_.scheme.group_names()[result.group]
    name = round_.units[unit].name
    lines = board.by_unit[unit]
    lost = sorted((one for one in lines if _is_lost(one)), key=lambda one: one.units)
    other = [one for one in lines if not _is_lost(one) and one.kind != "full"]
    return Trail(
        title=say(lang, "standing.title", unit=name, group=group, round=round_.name),
        standing=tuple(_standing(board, result, lang)),
        adjustments=tuple(_adjustments(board, result, lang)),
        items=tuple(_items(board, result)),
        lost=tuple(_caused(board, one, lang) for one in lost),
        other=tuple(_caused(board, one, lang) for one in other),
        clean=tuple(_clean(board, lines)),
        certainty=tuple(certainty_sentences(board, unit, lang)),
    )


def _is_lost(line: Line) -> bool:
    return line.units < 0 and line.kind in ("loss", "event", "quarter")


def _standing(board: Board, result: Result, lang: str) -> Iterator[str]:
    """Total, place, ties, grade, neighbours."""
    yield say(lang, "standing.total", total=_total(board, result))
    if result.bonus:
        points = board.round.scheme.scale.show(result.bonus)
        yield say(lang, "standing.bonus", points=points)
    if result.place is None:
        yield say(lang, "standing.unranked")
        return
    ranked = [one for one in board.members(result.group) if one.place is not None]
    yield say(lang, "standing.place", n=len(ranked), place=result.place, bottom=result.bottom)
    tied = [one for one in ranked if one.place == result.place and one.unit != result.unit]
    if tied:
        yield say(lang, "standing.tied", units=_names(board, tied, lang))
    yield _grade_sentence(board, result, lang)
    yield from _neighbours(board, result, ranked, lang)


def _grade_sentence(board: Board, result: Result, lang: str) -> str:
    if result.grade is None:
        return say(lang, "standing.ungraded")
    return say(lang, "standing.grade", grade=grade_name(board, result.grade))


def _neighbours(board: Board, result: Result, ranked: Sequence[Result], lang: str) -> Iterator[str]:
    """Who stands just ahead and just behind, and how far away, where points put them there."""
    places = sorted({one.place for one in ranked if one.place is not None})
    here = places.index(result.place or 0)
    for key, index in (("standing.ahead", here - 1), ("standing.behind", here + 1)):
        if 0 <= index < len(places):
            others = [one for one in ranked if one.place == places[index]]
            away = others[0].total - result.total
            if away * (1 if index < here else -1) >= 0:
                gap = decimal_text(abs(away), board.round.scheme.total_places)
                names, total = _names(board, others, lang), _total(board, others[0])
                yield say(lang, key, units=names, total=total, gap=gap)


def _names(board: Board, results: Sequence[Result], lang: str) -> str:
    return joined(lang, [board.round.units[one.unit].name for one in results])


def _total(board: Board, result: Result) -> str:
    return decimal_text(result.total, board.round.scheme.total_places)


def grade_name(board: Board, grade: str | None) -> str:
    """A level's name, "—" for none."""
    levels = board.round.scheme.grades.levels
    return next((level.name for level in levels if level.id == grade), "—")


def _adjustments(board: Board, result: Result, lang: str) -> Iterator[str]:
    """Every step that touched the unit, and a place changed by others' steps."""
    mine = [step for step in board.steps if step.unit == result.unit]
    for step in mine:
        yield step_text(board, step, lang)
    demoted = any(step.kind == "demote" for step in mine)
    if result.base_place != result.place and not demoted:
        yield say(lang, "step.passed", before=result.base_place, after=result.place)


def step_text(board: Board, step: Step, lang: str) -> str:
    """One adjustment as a sentence with its basis."""
    levels = {level.id: level.name for level in board.round.scheme.grades.levels}
    key = f"step.{step.kind}"
    if step.kind == "demote" and step.amount == "last":
        key = "step.demote-last"
    text = say(
        lang,
        key,
        name=board.round.scheme.adjustments[step.adjustment].name,
        reason=step.reason,
        amount=levels.get(step.amount, step.amount),
        before=levels.get(step.before, step.before),
        after=levels.get(step.after, step.after),
    )
    return text + (say(lang, "step.basis", basis=step.basis) if step.basis else "")


def _items(board: Board, result: Result) -> Iterator[ItemRow]:
    scheme = board.round.scheme
    sheet = scheme.sheet_of(result.unit, board.round.units[result.unit].series)
    for item, score in result.items.items():
        full = sum(f for name, f in sheet.full.items() if scheme.indicators[name].item == item)
        points = scheme.scale.show(score.units)
        name, marks = scheme.items[item].name, scheme.scale.show(full)
        yield ItemRow(name, points, marks, score.place, score.bottom)


def _caused(board: Board, line: Line, lang: str) -> Caused:
    scheme = board.round.scheme
    item = scheme.items[line.item].name if line.item else ""
    indicator = scheme.indicators.get(line.indicator)
    adjustment = scheme.adjustments.get(line.indicator)
    named = indicator or adjustment
    return Caused(
        item=item,
        indicator=named.name if named else "",
        kind=line.kind,
        points=scheme.scale.show(line.units),
        cause=cause(board, line, lang),
        source=line.source,
        department=(indicator.department if indicator else None) or "",
    )


def _clean(board: Board, lines: Sequence[Line]) -> Iterator[str]:
    """The indicators whose full marks stand untouched."""
    touched = {line.indicator for line in lines if line.kind != "full"}
    for name in dict.fromkeys(line.indicator for line in lines if line.kind == "full"):
        if name not in touched:
            yield board.round.scheme.indicators[name].name


def unit_text(board: Board, unit: str, lang: str) -> str:
    """The trail as plain text."""
    found = trail(board, unit, lang)
    lines = [found.title]
    if board.round.scheme.made_up:
        lines.append(say(lang, "made-up"))
    stop = "。" if lang == "zh" else ". "
    lines.append(stop.join(found.standing) + ("。" if lang == "zh" else "."))
    lines += found.adjustments
    lines += ["", say(lang, "section.items")]
    lines += [f"  {_item_text(one, lang)}" for one in found.items]
    lines += ["", say(lang, "section.lost")]
    lines += [_caused_text(one, lang) for one in found.lost] or [say(lang, "section.no-loss")]
    if found.other:
        lines += ["", say(lang, "section.other"), *(_caused_text(one, lang) for one in found.other)]
    if found.clean:
        lines += ["", say(lang, "section.clean", indicators=joined(lang, list(found.clean)))]
    if found.certainty:
        lines += ["", say(lang, "section.certainty"), *(f"  {one}" for one in found.certainty)]
    return "\n".join(lines)


def _item_text(row: ItemRow, lang: str) -> str:
    return f"{row.item} {row.points}/{row.full} {_item_place(row, lang)}"


def _item_place(row: ItemRow, lang: str) -> str:
    if row.place is None:
        return say(lang, "item.incomparable")
    return say(lang, "item.place", place=row.place, bottom=row.bottom)


def _caused_text(one: Caused, lang: str) -> str:
    title = " · ".join(part for part in (one.item, one.indicator) if part)
    between, colon = ("分。", "：") if lang == "zh" else (". ", ": ")
    source = f" [{one.source}]" if one.source else ""
    return f"  {title}{colon if title else ''}{one.points}{between}{one.cause}{source}"
