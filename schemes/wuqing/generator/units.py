"""The units of a year and who of them is named by the source."""

import csv
from dataclasses import dataclass
from pathlib import Path

SCHEMES = Path(__file__).resolve().parents[1]

# The twelve units the source names, with made-up strengths. Nobody invents a deduction, award or
# adjustment for them.
NAMED = {
    "河北屯": 0.66, "大王古庄": 0.62, "高村": 0.60, "杨村": 0.60, "陈咀": 0.58, "黄庄": 0.56,
    "上马台": 0.55, "大黄堡镇": 0.55,
    "纪委监委": 0.62, "督查室": 0.56, "应急管理局": 0.59, "生态环境局": 0.65,
}  # fmt: skip
OFFICE = "例绩效办"  # it runs the evaluation and is not ranked


@dataclass(frozen=True)
class Unit:
    name: str
    series: str
    group: str

    @property
    def sheet(self):
        return "dahuangpu" if self.name == "大黄堡镇" else self.series


def read_units(year):
    """The 106 units of a year, as its hand-written units.csv lists them."""
    with (SCHEMES / year / "units.csv").open(encoding="utf-8", newline="") as file:
        return [Unit(row["名称"], row["系列"], row["类别"]) for row in csv.DictReader(file)]
