"""Made-up strengths between 0 and 1, the only thing by which results are steered."""

from generator.dice import Dice
from generator.period import FIRST
from generator.units import NAMED, OFFICE, read_units

# Invented units with a part to play in the first quarter: the last four towns in falling order
# (例06镇 slow in poverty relief), the rest of the supervision series, one lowered in grade, two
# special ones.
FIRST_STEERED = {
    "例06镇": 0.36, "例13镇": 0.27, "例02街道": 0.14, "例09镇": 0.02,
    "例监督01室": 0.95, "例监督02室": 0.80, "例监督03室": 0.05,
    "例09公司": 0.74, OFFICE: 0.70, "例综合11局": 0.58,
}  # fmt: skip
# Parts over the two years, quarter by quarter (2018Q1 to Q4, 2019Q1 to Q4; = as drawn for the
# first quarter, - no such unit). The weak quarters of a year make the last of that year. From 2019
# 例18镇 is called 例02街道.
PARTS = {
    "例18镇": "0.20 0.08 0.16 0.22 - - - -",
    "例02街道": "- - - - = 0.46 0.55 0.62",
    "例06镇": "0.52 0.48 0.50 0.44 = 0.18 0.06 0.12",
    "例09镇": "0.40 0.36 0.24 0.10 = 0.20 0.42 0.50",
    "例13镇": "0.10 0.34 0.44 0.36 = 0.40 0.20 0.30",
    "例05园区": "0.22 0.34 0.15 0.20 = 0.58 0.66 0.70",
    "例02园区": "0.50 0.26 0.56 0.48 = 0.22 0.40 0.18",
    "例07园区": "0.52 0.55 0.60 0.58 = 0.50 0.24 0.55",
    "例经济07局": "0.18 0.26 0.40 0.20 = 0.55 0.52 0.60",
    "例经济12局": "0.50 0.48 0.24 0.46 = 0.20 0.30 0.36",
    "例经济06局": "0.56 0.52 0.55 0.50 = 0.46 0.44 0.20",
    "例社会08局": "0.24 0.20 0.42 0.26 = 0.34 0.16 0.22",
    "例社会12局": "0.52 0.55 0.22 0.50 = 0.20 0.48 0.52",
    "例综合01局": "0.30 0.15 0.20 0.44 = 0.22 0.28 0.40",
    "例综合05局": "0.50 0.45 0.48 0.24 = 0.50 0.46 0.18",
    "例城建09局": "0.15 0.40 0.18 0.24 = 0.52 0.56 0.58",
    "例城建10局": "0.46 0.20 0.50 0.44 = 0.16 0.22 0.45",
    "例城建12局": "0.55 0.50 0.52 0.48 = 0.50 0.48 0.20",
    "例监督02室": "0.20 0.75 0.78 0.16 = 0.82 0.14 0.78",
    "例监督03室": "0.72 0.10 0.15 0.70 = 0.12 0.74 0.10",
    "例10公司": "0.16 0.44 0.20 0.40 = 0.22 0.50 0.46",
    "例01公司": "0.40 0.20 0.48 0.22 = 0.48 0.18 0.24",
}
QUARTERS = [f"{year}Q{number}" for year in ("2018", "2019") for number in range(1, 5)]


def first_levels():
    """Strengths of the first quarter: those with a part, the others spread in a drawn order."""
    units, levels = read_units(FIRST[:4]), NAMED | FIRST_STEERED
    for series, group in dict.fromkeys((unit.series, unit.group) for unit in units):
        names = [u.name for u in units if (u.series, u.group) == (series, group)]
        names = [name for name in names if name not in levels]
        order = Dice(f"{FIRST}/strength/{series}/{group}").shuffled(names)
        levels |= {name: 0.48 + 0.48 * i / (len(order) - 1) for i, name in enumerate(order)}
    return levels


def drifted(quarter, name, level):
    width = 0.03 if name in NAMED else 0.08
    return min(1.0, level + width * Dice(f"{quarter}/drift/{name}").between(-1, 1))


def quarter_levels(quarter):
    """Strengths of a quarter: a part's, else the first quarter's with some drift."""
    first, number = first_levels(), QUARTERS.index(quarter)
    if quarter == FIRST:
        return first
    return {
        name: float(PARTS[name].split()[number])
        if name in PARTS
        else drifted(quarter, name, first[name])
        for name in (unit.name for unit in read_units(quarter[:4]))
    }


def year_levels(year):
    """Strengths of a year: the mean of its quarters."""
    quarters = [quarter_levels(quarter) for quarter in QUARTERS if quarter.startswith(year)]
    return {name: sum(levels[name] for levels in quarters) / 4 for name in quarters[0]}
