"""The trail of a unit as plain text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from leitai.board import Board
from leitai.explain.trail import Caused, ItemRow, trail
from leitai.explain.words import joined, say


def unit_text(board: Board, unit: str, lang: str) -> str:
    """Everything the trail says, section by section."""
    found = trail(board, unit, lang)
    stop, between = ("。", "。") if lang == "zh" else (".", ". ")
    lines = [found.title]
    if board.round.scheme.made_up:
        lines.append(say(lang, "made-up"))
    lines.append(between.join(found.standing) + stop)
    lines += _section(lang, "adjustments", [text + stop for text in found.adjustments])
    lines += _section(lang, "year", [text + stop for text in found.year])
    lines += _section(lang, "history", list(found.history))
    lines += _section(lang, "items", [_item(one, lang) for one in found.items])
    lost = _each(found.lost, lambda one: _caused(one, lang))
    lines += _section(lang, "lost", lost or [say(lang, "section.no-loss")])
    lines += _section(lang, "unearned", [_unearned(one, lang) for one in found.unearned])
    lines += _section(lang, "other", _each(found.other, lambda one: [_caused(one, lang)[0]]))
    if found.clean:
        lines += ["", say(lang, "section.clean", indicators=joined(lang, list(found.clean)))]
    lines += _section(lang, "certainty", list(found.certainty))
    return "\n".join(lines + _section(lang, "warnings", list(found.warnings)))


def _section(lang: str, name: str, lines: Sequence[str]) -> list[str]:
    """A heading with its lines behind it; nothing where there are none."""
    return ["", say(lang, f"section.{name}"), *(f"  {line}" for line in lines)] if lines else []


def _each(found: Sequence[Caused], show: Callable[[Caused], list[str]]) -> list[str]:
    return [line for one in found for line in show(one)]


def _item(row: ItemRow, lang: str) -> str:
    points = f"{row.points}/{row.full}" if row.full else row.points
    return f"{row.item} {points} {_item_place(row, lang)}"


def _item_place(row: ItemRow, lang: str) -> str:
    if row.place is None:
        return say(lang, "item.incomparable" if row.ranked else "item.unranked")
    key = "item.tied" if row.tied > 1 else "item.place"
    return say(lang, key, n=row.n, tied=row.tied, place=row.place, bottom=row.bottom)


def _title(one: Caused, lang: str) -> str:
    return " · ".join(part for part in (one.item, one.indicator) if part) + (
        "：" if lang == "zh" else ": "
    )


def _caused(one: Caused, lang: str) -> list[str]:
    """The loss and its cause; under it the rule, its basis and who answers for the data."""
    points = one.points.replace("-", "−")
    source = f" [{one.source}]" if one.source else ""
    between = "分。" if lang == "zh" else ". "
    first = f"{_title(one, lang)}{points}{between}{one.cause}{source}"
    about = [
        say(lang, "rule.full", full=one.full),
        say(lang, "rule.line", rule=one.rule),
        say(lang, "rule.basis", basis=one.basis) if one.basis else "",
        say(lang, "rule.department", department=one.department) if one.department else "",
    ]
    return [first, "    " + ("；" if lang == "zh" else "; ").join(part for part in about if part)]


def _unearned(one: Caused, lang: str) -> str:
    key = "unearned.none" if one.cause else "unearned.award"
    return _title(one, lang) + say(lang, key, points=one.points, full=one.full, cause=one.cause)
