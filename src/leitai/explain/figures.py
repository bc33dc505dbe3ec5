"""Figures for sentences: exact ratios shown as people read them."""

from __future__ import annotations

from fractions import Fraction

from leitai.points import shown

PLACES = 4  # decimals of figures in sentences; percentages have 2


class Figure:
    """A ratio that a sentence may show as a number ({x}) or as a percentage ({x:%})."""

    def __init__(self, value: Fraction | None, unit: str = "") -> None:
        self.value = value
        self.unit = unit

    def __format__(self, spec: str) -> str:
        if self.value is None:
            return "—"
        return (
            f"{shown(self.value * 100, 2)}%"
            if spec == "%"
            else shown(self.value, PLACES) + self.unit
        )


class Absent:
    """A setting that is not there, whatever way a sentence would show it."""

    def __init__(self, word: str) -> None:
        self.word = word

    def __format__(self, spec: str) -> str:
        return self.word
