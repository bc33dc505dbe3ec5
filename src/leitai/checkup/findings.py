"""Findings: what a check-up has to say, as values with codes and figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

NOTE, WARNING, SERIOUS = "note", "warning", "serious"
SEVERITIES = (SERIOUS, WARNING, NOTE)
CODES = (  # in the order in which they are told, those of the scheme first
    "totals-differ",
    "maxima-differ",
    "items-not-compared",
    "level-unreachable",
    "level-crowded-out",
    "group-ungraded",
    "peers-too-few",
    "full-unreachable",
    "threshold-at-cap",
    "bounds-without-effect",
    "bonus-unreachable",
    "uncapped",
    "coefficient-uncapped",
    "demotion-unlimited",
    "self-judging",
    "raters-unknown",
    "basis-missing",
    "department-missing",
    "indicator-unused",
    "sheet-sums",
    "full-totals",
    "full-marks",
    "totals-narrow",
    "no-variance",
    "no-event",
    "department-flat",
    "columns-copied",
    "bands-empty",
    "tie-at-line",
    "ties",
    "grades-fragile",
    "places-fragile",
    "rater-decisive",
    "raters-copied",
    "rater-leniency",
    "rater-flat",
    "rater-influence",
)

Text = str | tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """A table: words for the headings (`head.*`), rows of texts; a cell may be a list of texts."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True)
class Finding:
    """One thing a check-up found.

    `code` picks the sentences (explain/words, `check.*`), `args` fill them, lists of names as
    tuples; `units` and `indicators` are the ids of what it concerns.
    """

    code: str
    severity: str
    args: Mapping[str, Text] = field(default_factory=dict)
    group: str = ""
    units: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    figures: Figures | None = None


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The gravest first, then as the codes are listed; otherwise as they were found."""
    return tuple(
        sorted(findings, key=lambda one: (SEVERITIES.index(one.severity), CODES.index(one.code)))
    )


def names(parts: Iterable[object]) -> tuple[str, ...]:
    """A list of names, each once, as an argument of a sentence."""
    return tuple(dict.fromkeys(str(one) for one in parts))


def table(heads: str, rows: Iterable[Sequence[Text]]) -> Figures:
    """Figures from headings written in one text."""
    return Figures(tuple(heads.split()), tuple(tuple(row) for row in rows))
