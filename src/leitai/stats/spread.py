"""How sure a survey score is: margins and rank intervals, shown only, never in a score (§7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

Z95 = 1.96


@dataclass(frozen=True)
class Certainty:
    """A score's standard error and 95 % margin, and the best and worst place it may hold."""

    error: float | None
    margin: float | None
    best: int | None = None
    worst: int | None = None

    @property
    def margin_text(self) -> str:
        """The margin as people read it, "" without one."""
        return "" if self.margin is None else f"{self.margin:.2f}"


def certainties(scores: Mapping[str, tuple[Fraction, Fraction | None]]) -> dict[str, Certainty]:
    """Of units whose (score, variance of it) are compared with one another."""
    margins = {unit: _margin(variance) for unit, (_, variance) in scores.items()}
    return {unit: _certainty(unit, scores, margins) for unit in scores}


def _margin(variance: Fraction | None) -> float | None:
    return None if variance is None else Z95 * sqrt(float(variance))


def _certainty(
    unit: str,
    scores: Mapping[str, tuple[Fraction, Fraction | None]],
    margins: Mapping[str, float | None],
) -> Certainty:
    margin = margins[unit]
    if margin is None:
        return Certainty(None, None)
    own = float(scores[unit][0])
    others = [(float(s), margins[one] or 0.0) for one, (s, _) in scores.items() if one != unit]
    ahead = sum(score - spread > own + margin for score, spread in others)
    behind = sum(score + spread < own - margin for score, spread in others)
    return Certainty(margin / Z95, margin, 1 + ahead, len(scores) - behind)
