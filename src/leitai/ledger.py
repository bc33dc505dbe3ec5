"""The ledger: every point a unit gains or loses, as a line with its kind and cause (rules §1)."""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """One ledger line. `units` are points in 10^-line_places.

    `item` and `indicator` are "" where §1 says there is none; a bonus line's `indicator` is its
    adjustment's id. `part` is 0, or the part of a chain. `source` is the id of the one fact that
    caused it, or "". `reason` is what a person wrote; `case` picks the sentence for the rest.
    """

    unit: str
    item: str
    indicator: str
    part: int
    kind: str
    units: int
    source: str = ""
    reason: str = ""
    case: str = ""
