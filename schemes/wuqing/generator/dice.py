"""Named draws: one table's figures never shift another's, on any machine."""

import random


class Dice:
    """Draws for one purpose. Only random() is drawn from: Python keeps its sequence for a seed."""

    def __init__(self, seed):
        self.roll = random.Random(seed).random  # noqa: S311  made-up figures

    def between(self, low, high):
        return low + (high - low) * self.roll()

    def pick(self, choices):
        return choices[int(len(choices) * self.roll())]

    def shuffled(self, things):
        return [thing for _, thing in sorted((self.roll(), thing) for thing in things)]

    def lean(self, level, worst, best):
        """A figure between worst and best, near the unit's strength."""
        near = min(1.0, max(0.0, level + self.between(-0.16, 0.16)))
        return worst + (best - worst) * near
