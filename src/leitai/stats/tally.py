"""A tally: how many valid marks or answers, and their exact mean."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Tally:
    """What one rater group (panels) or one survey says of a unit.

    `mean` is None where n is 0; `variance` of the mean is None where it cannot be known; `source`
    is the id of the fact when the tally was entered as such; `cut` how many of the highest and as
    many of the lowest marks the mean leaves out.
    """

    unit: str
    group: str
    n: int
    mean: Fraction | None
    spread: Fraction | None = None
    variance: Fraction | None = None
    source: str = ""
    empty_cells: int = 0
    cut: int = 0
