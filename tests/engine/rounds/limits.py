"""Limits and steps as texts: shares of full marks or points, legal on every sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tests.engine.rounds.draws import Draws


def value_of(text: str, full: Fraction) -> Fraction:
    """A limit in points: with % a share of full marks, bare a number of points."""
    if text.endswith("%"):
        return Fraction(text[:-1]) * full / 100
    return Fraction(text)


@dataclass(frozen=True)
class Slot:
    """Where a measure is put: full marks on each sheet, decimals of a line, peers, direction."""

    fulls: Sequence[Fraction]
    places: int
    lower: bool
    least_peers: int
    most_peers: int

    def everywhere(self, test: Callable[[Fraction], bool]) -> bool:
        """Whether it holds for the full marks of every sheet."""
        return all(test(full) for full in self.fulls)

    def within(self, text: str) -> bool:
        """Whether a limit lies between 0 and full."""
        return self.everywhere(lambda full: 0 <= value_of(text, full) <= full)

    def not_above(self, low: str, high: str) -> bool:
        """Whether one limit is nowhere above another."""
        return self.everywhere(lambda full: value_of(low, full) <= value_of(high, full))

    def is_whole(self, text: str) -> bool:
        """Whether bare points are no finer than a line."""
        return text.endswith("%") or (Fraction(text) * 10**self.places).denominator == 1


def draw_limit(
    draws: Draws, options: Sequence[str], fits: Callable[[str], bool] = lambda _text: True
) -> str:
    """One of the limits that fit; the first option always does."""
    return draws.pick([text for text in options if fits(text)])


def draw_held(draws: Draws, slot: Slot, *, capped: bool = False) -> dict[str, str]:
    """A floor and a cap, each written down or left to its default, the cap not under the floor."""
    caps = ("100%", "120%", "80%", "9.5", "66.7%", *(() if capped else ("none", "none")))
    floor = draw_limit(
        draws,
        ("0", "20%", "1", "0.335", "-2", "-7.5%", "-200%"),
        lambda text: slot.not_above(text, "100%"),
    )
    cap = draw_limit(
        draws,
        caps,
        lambda text: text == "none" or slot.not_above(floor, text),
    )
    held = {} if floor == "0" and draws.chance(50) else {"floor": floor}
    return held if cap == "100%" and draws.chance(50) else {**held, "cap": cap}


def draw_peers_min(draws: Draws, slot: Slot) -> dict[str, str]:
    """A number of peers that every group has."""
    if slot.least_peers >= 3:
        return draws.maybe(20, "peers_min", ("3", "1", "0"))
    return {"peers_min": str(draws.number(1, max(1, slot.least_peers)))}


def falling(draws: Draws, slot: Slot, count: int) -> list[str]:
    """Points from better to worse, between 0 and full on every sheet."""
    if draws.chance(25):
        bare = [text for text in ("4", "3.5", "3", "2.25", "1", "0.105", "0") if slot.within(text)]
        return fill(draws, bare, count)
    return fill(draws, ["100%", "95%", "90%", "85%", "70%", "66.6%", "50%", "12.5%", "0%"], count)


def fill(draws: Draws, options: Sequence[str], count: int) -> list[str]:
    """So many of the options in their order, the last one again where they do not suffice."""
    chosen = draws.some(options, least=1, most=count)
    return chosen + [chosen[-1]] * (count - len(chosen))
