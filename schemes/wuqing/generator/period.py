"""A quarter or a year whose facts are made: its units, their strengths and its folder."""

import csv
from dataclasses import dataclass

from generator.dice import Dice
from generator.units import SCHEMES, Unit

FIRST = "2019Q1"  # the quarter that was made first and in full: single ballots, single answers
MADE_UP = "虚构示例"


@dataclass(frozen=True)
class Period:
    """`month` is when the facts are entered, such as 2019-04; `levels` is strength by unit."""

    year: str
    name: str
    month: str
    units: tuple[Unit, ...]
    levels: dict[str, float]

    @property
    def season(self):
        return self.name[4:]

    def dice(self, purpose):
        return Dice(f"{self.name}/{purpose}")

    def names(self, series):
        return [unit.name for unit in self.units if unit.series == series]

    def day(self, number):
        return f"{self.month}-{number:02}"

    def write(self, table, heading, rows):
        folder = SCHEMES / self.year / ("annual" if self.name == self.year else self.name)
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([heading.split(), *rows])

    def write_reported(self, table, heading, rows, department):
        """Rows with the department that reports them, in the first quarter also with a source."""
        signed, heads = [department], "填报人"
        if self.name == FIRST:
            signed, heads = [department, MADE_UP], "填报人 来源"
        self.write(table, f"{heading} {heads}", [[*row, *signed] for row in rows])
