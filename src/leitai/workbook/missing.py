"""Notes what is taken in place of a sheet that a workbook does not have."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from leitai.problems import Problem, warning
from leitai.scheme.model import DEFAULT_LEVELS
from leitai.workbook.reading import Reading

_ALWAYS = ("levels", "adjustments")  # an exported workbook has the others too


def note_missing(reading: Reading, items: Iterable[str]) -> None:
    """A note for each sheet, most of them only where the workbook has others of its kind.

    `items` are the names that the indicators give them. Series are told where they are made.
    """
    alone = len(reading.tables) == 1
    reading.problems += [
        note
        for key, note in _notes(reading.file, items).items()
        if key not in reading.tables and (key in _ALWAYS or not alone)
    ]


def _notes(file: str, items: Iterable[str]) -> dict[str, Problem]:
    """What is said of each sheet that is missing."""
    first, last = DEFAULT_LEVELS[0], DEFAULT_LEVELS[-1]
    shares = {"top": _percent(first.top), "bottom": _percent(last.bottom)}
    levels = "|".join(level.name for level in DEFAULT_LEVELS)
    return {
        "items": warning("workbook.without-items", file, items="|".join(items)),
        "sheets": warning("workbook.without-sheets", file),
        "levels": warning("workbook.without-levels", file, levels=levels, **shares),
        "adjustments": warning("workbook.without-adjustments", file),
        "tags": warning("workbook.without-tags", file),
        "settings": warning("workbook.without-settings", file),
    }


def _percent(share: Fraction | None) -> str:
    return f"{100 * (share or Fraction(0))}%"
