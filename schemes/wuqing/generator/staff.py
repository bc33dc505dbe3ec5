"""Who heads a unit at the end of a year, how many work there, and what it was called before."""

from generator.dice import Dice
from generator.units import NAMED, read_units

# No persons: 百家姓 and 天干, the traditional stand-ins, marked 例. For the units which the source
# names nobody is invented: their head is called after the office.
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
STEMS = "甲乙丙"
FORMER = {"例02街道": "例18镇"}  # today's name: name in 2018
BOUND = ("towns", "parks", "departments")
# 2019: unit → the new head, or the unit whose head of 2018 has come; and since when.
CHANGES = {
    "例综合01局": ("例郑壬", "2019-06-03"),
    "例02街道": ("例陈壬", "2019-01-21"),
    "例经济06局": ("例经济07局", "2019-02-18"),
    "例经济07局": ("例经济06局", "2019-02-18"),
    "例城建03局": ("例城建09局", "2019-03-04"),
    "例城建09局": ("例卫壬", "2019-03-04"),
    "例16镇": ("例冯癸", "2019-03-11"),
    "例04园区": ("例蒋癸", "2019-05-06"),
    "例社会05局": ("例韩壬", "2019-08-12"),
}
STAFF = {  # series: fewest, most
    "towns": (60, 130), "parks": (30, 70), "departments": (25, 90),
    "supervision": (40, 90), "enterprises": (20, 60),
}  # fmt: skip


def first_heads():
    """The heads of 2018 and since when, by the unit's name then."""
    names = [unit.name for unit in read_units("2018") if unit.series in BOUND]
    dice = Dice("heads")
    drawn = dice.shuffled([f"例{surname}{stem}" for surname in SURNAMES for stem in STEMS])
    heads = {}
    for name, head in zip(names, drawn, strict=False):
        year, month, day = 2013 + int(5 * dice.roll()), 1 + int(12 * dice.roll()), dice.roll()
        since = f"{year}-{month:02}-{1 + int(28 * day):02}"
        heads[name] = (f"{name}主要负责人", "") if name in NAMED else (head, since)
    return heads


def heads(period):
    first = first_heads()
    changes = CHANGES if period.year == "2019" else {}
    rows = []
    for unit in period.units:
        if unit.series in BOUND:
            who, since = changes.get(unit.name) or first[FORMER.get(unit.name, unit.name)]
            rows.append([unit.name, first[who][0] if who in first else who, since])
    period.write("heads", "单位 负责人 任职日期", rows)


def headcounts(period):
    """About as many people every year."""
    rows = []
    for unit in period.units:
        usual = Dice(f"headcount/{FORMER.get(unit.name, unit.name)}").between(*STAFF[unit.series])
        change = period.dice(f"headcount/{unit.name}").between(-2, 3)
        rows.append([unit.name, int(usual + change)])
    period.write("headcounts", "单位 人数", rows)


def staff(period):
    heads(period)
    headcounts(period)
    if period.year == "2019":
        successions = [[today, "2018", former] for today, former in FORMER.items()]
        period.write("successions", "单位 年度 前身", successions)
