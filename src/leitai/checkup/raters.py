"""Raters: leniency, flat ballots and ballots that look copied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from leitai.checkup.ballots import Ballots
from leitai.checkup.copies import copies
from leitai.checkup.findings import SERIOUS, WARNING, Finding, Text, names, table
from leitai.points import shown

FEWEST = 3  # marks; a shorter ballot says nothing of its rater
APART = Fraction(1, 10)  # of the scale: how far from the others a rater is lenient or strict
FLAT = Fraction(1, 20)  # of the scale: marks that lie closer together are nearly equal


def raters(ballots: Ballots) -> Iterator[Finding]:
    """What the ballots of one panel say of those who cast them."""
    yield from _leniency(ballots)
    yield from _flat(ballots)
    yield from _copied(ballots)


def leniency(ballots: Ballots) -> dict[tuple[str, str], tuple[int, Fraction]]:
    """(Rater group, rater) → marks compared, their mean distance from the group's mean mark.

    Units that nobody else of the group marked are left out.
    """
    by_rater = ballots.by_rater()
    cells: dict[tuple[str, str], list[Fraction]] = defaultdict(list)
    for (group, _), marks in by_rater.items():
        for unit, value in marks.items():
            cells[group, unit].append(value)
    found: dict[tuple[str, str], tuple[int, Fraction]] = {}
    for (group, rater), marks in by_rater.items():
        away = [
            value - Fraction(sum(cells[group, unit]), len(cells[group, unit]))
            for unit, value in marks.items()
            if len(cells[group, unit]) > 1
        ]
        if len(away) >= FEWEST:
            found[group, rater] = len(away), Fraction(sum(away), len(away))
    return found


def _leniency(ballots: Ballots) -> Iterator[Finding]:
    """Raters a tenth of the scale or more above or below their group."""
    apart = {
        key: one for key, one in leniency(ballots).items() if abs(one[1]) >= APART * ballots.width
    }
    if apart:
        ordered = sorted(apart.items(), key=lambda one: -abs(one[1][1]))
        rows = [(rater, group, str(n), _signed(mean)) for (group, rater), (n, mean) in ordered]
        yield _finding("rater-leniency", WARNING, ballots, "rater rater-group marks away", rows)


def _signed(value: Fraction) -> str:
    text = shown(value, 2).lstrip("≈")
    return text if value < 0 else f"+{text}"


def _flat(ballots: Ballots) -> Iterator[Finding]:
    """Raters whose marks are all within a twentieth of the scale."""
    rows = []
    for (group, rater), marks in ballots.by_rater().items():
        low, high = min(marks.values()), max(marks.values())
        if len(marks) >= FEWEST and high - low <= FLAT * ballots.width:
            rows.append((rater, group, str(len(marks)), shown(low), shown(high)))
    if rows:
        yield _finding("rater-flat", WARNING, ballots, "rater rater-group marks low high", rows)


def _copied(ballots: Ballots) -> Iterator[Finding]:
    """Pairs of one rater group whose ballots are the same or nearly so."""
    by_rater = ballots.by_rater()
    rows = []
    for group in dict.fromkeys(group for group, _ in by_rater):
        columns = {rater: marks for (own, rater), marks in by_rater.items() if own == group}
        rows += [
            (pair.one, pair.other, group, f"{pair.same}/{pair.of}") for pair in copies(columns)
        ]
    if rows:
        yield _finding(
            "raters-copied", SERIOUS, ballots, "rater other-rater rater-group same", rows
        )


def _finding(
    code: str, severity: str, ballots: Ballots, heads: str, rows: Sequence[Sequence[Text]]
) -> Finding:
    args: dict[str, Text] = {
        "indicator": ballots.bound.indicator.name,
        "n": str(len(rows)),
        "raters": names(row[0] for row in rows),
    }
    return Finding(code, severity, args, indicators=(ballots.bound.id,), figures=table(heads, rows))
