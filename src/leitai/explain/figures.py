"""Figures for sentences: exact ratios shown as people read them."""

from __future__ import annotations

from fractions import Fraction

from leitai.points import shown


class Figure:
    """A ratio that a sentence may show as a number ({x}) or as a percentage ({x:%})."""

    def __init__(self, value: Fraction | None) -> None:
        self.value = value

    def __format__(self, spec: str) -> str:
        if self.value is None:
            return "—"
        return f"{shown(self.value * 100, 2)}%" if spec == "%" else shown(self.value, 4)

    def __str__(self) -> str:
        return format(self, "")
