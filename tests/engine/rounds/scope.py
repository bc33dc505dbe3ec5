"""The scope of a random round: how large it may be, what may occur in it, what always does."""

from __future__ import annotations

from dataclasses import dataclass, replace

VALUE_KINDS = (
    "completion",
    "place",
    "efficacy",
    "baseline",
    "best_ratio",
    "bands",
    "growth",
    "attain",
    "versus_mean",
    "chain",
)
KINDS = (*VALUE_KINDS, "growth", "deduct", "award", "panel", "survey", "survey", "quarters")
ANCHORS = ("completion", "place", "efficacy", "attain", "deduct", "deduct")
RATER_GROUPS = ("superiors", "leaders", "public")
MARKS = (10, 20, 5, 8, 4, 6, 12, 30)


@dataclass(frozen=True)
class Limits:
    """How large a random round may be, and what it leaves out."""

    indicators: tuple[int, int] = (1, 7)
    series: tuple[int, int] = (1, 2)
    units: tuple[int, int] = (1, 7)
    kinds: tuple[str, ...] = KINDS
    anchors: tuple[str, ...] = ANCHORS
    marks: tuple[int, ...] = MARKS
    exempting: int = 8
    without: frozenset[str] = frozenset()
    always: frozenset[str] = frozenset()

    def having_no(self, *features: str) -> Limits:
        """The same without some features."""
        return replace(self, without=self.without | set(features))

    def has(self, feature: str) -> bool:
        """Whether a feature may occur."""
        return feature not in self.without

    def odds(self, feature: str, usual: int) -> int:
        """In how many of a hundred cases a feature occurs."""
        return 100 if feature in self.always else usual if self.has(feature) else 0
