"""What one quarter or year tells besides its figures, as the stories of the years fill it in."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Story:
    """Rows without dates and ids; every text is made up, and marked so when it is written.

    party, safety: [(points, reason)] that deductions are drawn from; awards: [unit, points, what,
    matter]; resent: [department, points, reason]; late: [department, about, days, reason];
    exemptions: [unit, indicator, reason, by]; adjustments: [unit, adjustment, amount, reason,
    matter, article]; credited: {unit: highlight points credited earlier in the year};
    stated: {indicator: {unit: (actual, target)}}; coefficients: {indicator: {unit: coefficient}}.
    """

    party: list
    adjustments: list
    exemptions: list = field(default_factory=list)
    safety: list = field(default_factory=list)
    awards: list = field(default_factory=list)
    resent: list = field(default_factory=list)
    late: list = field(default_factory=list)
    credited: dict = field(default_factory=dict)
    stated: dict = field(default_factory=dict)
    coefficients: dict = field(default_factory=dict)
