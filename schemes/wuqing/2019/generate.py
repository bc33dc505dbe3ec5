"""Write the made-up facts of the example quarter into 2019Q1/ (示例数据，均为虚构).

It writes facts only, never points, places or grades. Every unit has a made-up strength between
0 and 1 that its figures lean on. Only random() is drawn from, whose sequence Python promises to
keep for a seed (here the folder's name), so every machine writes the same bytes.
"""

import csv
import itertools
import random
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROUND = HERE / "2019Q1"
MADE_UP = "虚构示例"

# The twelve units the source names. Nobody invents a deduction, award or adjustment for them.
NAMED = {
    "河北屯": 0.66, "大王古庄": 0.62, "高村": 0.60, "杨村": 0.60, "陈咀": 0.58, "黄庄": 0.56,
    "上马台": 0.55, "大黄堡镇": 0.55,
    "纪委监委": 0.62, "督查室": 0.56, "应急管理局": 0.59, "生态环境局": 0.65,
}  # fmt: skip
# Invented units with a part to play: the last four towns in falling order (the first of them slow
# in poverty relief), the rest of the supervision series, one lowered in grade, two special ones.
SLOW_TOWN, LOWERED, OFFICE = "例06镇", "例09公司", "例绩效办"
STEERED = {
    SLOW_TOWN: 0.36, "例13镇": 0.27, "例02街道": 0.14, "例09镇": 0.02,
    "例监督01室": 0.95, "例监督02室": 0.80, "例监督03室": 0.05,
    LOWERED: 0.74, OFFICE: 0.70, "例综合11局": 0.58,
}  # fmt: skip
# The source states the places in 协同发展; the figures behind them (actual, target) are ours.
STATED = {
    "承接疏解项目到位资金": {
        "河北屯": ("4900", "5000"), "大王古庄": ("4750", "5000"), "高村": ("3720", "4000"),
        "杨村": ("2750", "5000"), "陈咀": ("2400", "4000"), "黄庄": ("2500", "5000"),
        "上马台": ("1800", "4000"),
    },
    "交通互联任务完成量": {
        "河北屯": ("20", "20"), "大王古庄": ("19", "20"), "高村": ("49", "50"),
        "杨村": ("12", "20"), "陈咀": ("21", "40"), "黄庄": ("11", "20"), "上马台": ("10", "20"),
    },
    "扶贫助困任务进度": {SLOW_TOWN: ("48", "75")},
}  # fmt: skip
COEFFICIENTS = {"民心工程完成量": {"例04镇": "1.05", "例15镇": "1.1"}}
EXEMPTIONS = [  # unit, indicator, reason, who entered it
    ["例03街道", "地表水断面达标率", "辖区内没有考核断面（虚构）", "生态环境局"],
    ["例07园区", "营业收入增幅", "园区新设，没有上年同期数（虚构）", "例经济02局"],
]


class Dice:
    """Draws named after what they are for, so that one table never shifts another."""

    def __init__(self, purpose):
        self.roll = random.Random(f"{ROUND.name}/{purpose}").random  # noqa: S311  made-up figures

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


def read_units():
    """(name, series, group, sheet) of the 106 units."""
    with (HERE / "units.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["名称"], row["系列"], row["类别"]) for row in csv.DictReader(file)]
    return [(*row, "dahuangpu" if row[0] == "大黄堡镇" else row[1]) for row in rows]


def strengths(units):
    levels = NAMED | STEERED
    for series, group in dict.fromkeys((unit[1], unit[2]) for unit in units):
        names = [u[0] for u in units if (u[1], u[2]) == (series, group) and u[0] not in levels]
        order = Dice(f"strength/{series}/{group}").shuffled(names)
        levels |= {name: 0.48 + 0.48 * i / (len(order) - 1) for i, name in enumerate(order)}
    return levels


def write(name, heading, rows):
    with (ROUND / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([heading.split(), *rows])


# What the responsible departments report. A shape draws (actual, target, previous).
def done(low, high, *targets):
    def shape(dice, level):
        target = dice.pick(targets)
        return f"{target * dice.lean(level, low, high):.0f}", str(target), ""

    return shape


def figure(worst, best, decimals, target=""):
    return lambda dice, level: (f"{dice.lean(level, worst, best):.{decimals}f}", target, "")


def turnover(dice, level):
    previous = 100 * int(dice.between(200, 900))
    return f"{previous * dice.lean(level, 0.96, 1.14):.0f}", "", str(previous)


REPORTS = {  # (file, department): [(indicator, sheets, shape)]
    ("economy-01", "例经济01局"): [
        ("承接疏解项目到位资金", "towns parks", done(0.64, 0.90, 3000, 4000, 5000, 6000)),
        ("交通互联任务完成量", "towns parks", done(0.66, 0.90, 20, 40, 50)),
    ],
    ("economy-02", "例经济02局"): [
        ("营业收入增幅", "towns parks enterprises", turnover),
        ("税收收入", "towns parks enterprises", done(0.88, 1.08, 1600, 2500, 4000, 7200)),
    ],
    ("economy-03", "例经济03局"): [
        ("国有资产保值增值率", "enterprises", figure(97, 106, 1, "100")),
    ],
    ("economy-04", "例经济04局"): [
        ("高新技术企业数", "towns parks", figure(8, 40, 0)),
        ("研发投入强度", "towns parks enterprises", figure(1.1, 4.6, 2)),
    ],
    ("ecology-bureau", "生态环境局"): [
        ("PM2.5平均浓度", "towns", figure(66, 57, 1, "62")),
        ("地表水断面达标率", "towns parks", figure(68, 100, 1)),
        ("湿地巡护问题整改率", "dahuangpu", figure(88, 99, 1)),
    ],
    ("management-02", "例综合02局"): [("企业事项平均办理时长", "towns parks", figure(6.5, 2, 1))],
    ("management-03", "例综合03局"): [
        ("每万人越级信访量", "towns dahuangpu parks", figure(2.4, 0.6, 2)),
    ],
    ("society-01", "例社会01局"): [
        ("民心工程完成量", "towns dahuangpu parks", done(0.70, 1.02, 20, 25, 30, 40)),
    ],
    ("society-02", "例社会02局"): [
        ("扶贫助困任务进度", "towns dahuangpu", figure(72, 98, 0, "75")),
    ],
    ("inspection-office", "督查室"): [
        ("督办事项按期办结量", "towns dahuangpu parks enterprises", done(0.72, 1, 20, 25, 30, 40)),
    ],
    ("city-01", "例城建01局"): [
        ("湿地补水量", "dahuangpu", done(0.84, 0.98, 400)),
        ("湿地修复面积", "dahuangpu", done(0.84, 0.98, 60)),
        ("退养还湿面积", "dahuangpu", done(0.84, 0.98, 120)),
    ],
}  # fmt: skip


def reported(units, levels, indicator, sheets, shape):
    dice = Dice(indicator)
    exempt = {row[0] for row in EXEMPTIONS if row[1] == indicator}
    for name, _, _, sheet in units:
        if sheet in sheets.split() and name not in exempt:
            facts = shape(dice, levels[name])
            if name in STATED.get(indicator, ()):
                facts = *STATED[indicator][name], ""
            yield [name, indicator, *facts, COEFFICIENTS.get(indicator, {}).get(name, "")]


def values(units, levels):
    for (file, department), reports in REPORTS.items():
        rows = itertools.chain(*(reported(units, levels, *report) for report in reports))
        heading = "单位 指标 实际值 目标值 基期值 系数 填报人 来源"
        write(f"values-{file}", heading, [[*row, department, MADE_UP] for row in rows])


# Recorded deductions and awards.
SLIPS = {  # (file, department, indicator): [(points, reason)]
    ("discipline-commission", "纪委监委", "从严治党责任落实"): [
        ("0.50", "组织生活记录不全"), ("1.00", "巡察反馈问题整改逾期"),
        ("0.80", "责任清单更新不及时"), ("1.50", "作风问题线索处置逾期"),
    ],
    ("emergency-bureau", "应急管理局", "安全生产事故隐患"): [
        ("0.50", "安全检查台账不全"), ("1.00", "一般隐患整改逾期"),
        ("1.50", "应急值守抽查无人应答"), ("2.00", "较大隐患整改逾期"),
    ],
}  # fmt: skip
AWARDS = [
    ["例03镇", "党建先进典型", "1.00", "市级基层党建示范点", "示范点创建"],
    ["例03镇", "党建先进典型", "0.50", "区级基层党建示范点", "示范点创建"],
    ["例04园区", "党建先进典型", "1.50", "市级园区党建品牌", "品牌创建"],
    ["例05公司", "党建先进典型", "1.00", "市级国企党建示范点", "示范点创建"],
]
RESENT = [
    ["例社会06局", "评价数据报送", "0.50", "报送数据有误，退回重报", ""],
    ["例城建03局", "评价数据报送", "1.00", "两项数据口径有误，退回重报", ""],
]


def slips(units, levels, indicator, reasons):
    dice = Dice(indicator)
    for name, series, _, _ in units:
        if name not in NAMED and series in ("towns", "parks", "enterprises"):
            count = int(dice.between(0.2, 3.2) * (1.1 - levels[name]))
            yield from ([name, indicator, *slip, ""] for slip in dice.shuffled(reasons)[:count])


def write_events(file, department, rows):
    dice, noted = Dice(f"entered/{file}"), []
    for number, (*what, reason, matter) in enumerate(rows, 1):
        entered, fact = f"2019-04-{int(dice.between(1, 11)):02}", f"event-{file}-{number:02}"
        noted.append([*what, f"{reason}（虚构）", matter, entered, fact, department, MADE_UP])
    write(f"events-{file}", "单位 指标 分值 原因 事项 录入日期 编号 填报人 来源", noted)


def events(units, levels):
    for (file, department, indicator), reasons in SLIPS.items():
        write_events(file, department, slips(units, levels, indicator, reasons))
    write_events("management-01", "例综合01局", AWARDS)
    write_events("performance-office", OFFICE, RESENT)
    nil = [[indicator, "", department, f"nil-{file}"] for file, department, indicator in SLIPS]
    write("nil_returns", "指标 单位 填报人 编号", nil)


# Panels: individual ballots.
RATERS = {
    "上级部门": [f"市部门{number:02}" for number in range(1, 9)],
    "区级领导": [f"区领导{number:02}" for number in range(1, 10)],
    "服务对象代表": [f"服务对象{number:02}" for number in range(1, 11)],
}
ALL_EQUAL = ("服务对象07", "廉洁自律评议")
RECUSED = [("区领导03", "督查室", "履职情况评价"), ("市部门05", "例社会04局", "廉洁自律评议")]
WORDS = [(0.84, "好"), (0.50, "较好"), (0.22, "一般"), (-9.0, "较差")]


def points_mark(dice, level, leniency):
    return str(min(100, max(60, round(70 + 26 * level + leniency + dice.between(-4, 4)))))


def word_mark(dice, level, leniency):
    feeling = level + leniency / 15 + dice.between(-0.3, 0.3)
    return next(word for bound, word in WORDS if feeling >= bound)


def ballot(dice, who, rated, indicator, levels, mark):
    """One rater's rows; who = (rater, rater group, rater's unit)."""
    leniency = dice.between(-2.5, 2.5)
    for name in rated:
        drawn, unsure = mark(dice, levels[name], leniency), dice.roll() < 0.02
        if (who[0], indicator) == ALL_EQUAL:
            drawn, unsure = "90", False
        if (who[0], name, indicator) in RECUSED:
            drawn, unsure = "回避", False
        yield [*who, name, indicator, "不了解" if unsure else drawn]


def panels(units, levels):
    def panel(file, indicator, raters, series, mark):
        dice, rated = Dice(indicator), [unit[0] for unit in units if unit[1] == series]
        rows = [row for who in raters for row in ballot(dice, who, rated, indicator, levels, mark)]
        write(f"ballots-{file}", "评议人 评议组 评议人单位 单位 指标 评分", rows)

    def members(*groups):
        return [(rater, group, "") for group in groups for rater in RATERS[group]]

    local = [(f"{u[0]}评议人", "镇街", u[0]) for u in units if u[1] == "towns"]
    local += [(f"{u[0]}评议人", "园区", u[0]) for u in units if u[1] == "parks"][:4]
    above = members("上级部门", "区级领导")
    panel("duty", "履职情况评价", above, "supervision", points_mark)
    panel("integrity", "廉洁自律评议", members(*RATERS), "departments", points_mark)
    panel("grassroots", "服务基层评议", local + members("区级领导"), "departments", word_mark)


# The survey: 540 respondents, each asked about eight departments.
STRATA = {"企业": (200, 6000), "群众": (220, 12000), "两代表一委员": (120, 2000)}  # asked, frame
CHANNELS = {"网上问卷": 0.5, "电话访问": 0.3, "实地调查": 0.2}
CELLS = {(s, c): round(STRATA[s][0] * CHANNELS[c]) for s in STRATA for c in CHANNELS}
HAND = 8
LITTLE_KNOWN = {"例经济13局": 20, "例综合11局": 7}  # departments few respondents had dealt with
QUESTIONS = ["服务质量满意度", "办事效率满意度", "服务企业满意度"]
ANSWERS = ["非常满意", "满意", "基本满意", "不满意", "非常不满意", "不了解"]
BOUNDS = [0.72, 0.48, 0.28, 0.14, -9.0]


def hands(dice, names, respondents):
    """Departments dealt from shuffled decks, eight different ones to each respondent."""
    decks = (dice.shuffled(names) for _ in itertools.count())
    dealt = (deck[i : i + HAND] for deck in decks for i in range(0, len(names), HAND))
    return list(itertools.islice(dealt, respondents))


def answer(dice, level):
    if dice.roll() < 0.03:
        return "不了解"
    feeling = 0.30 + 0.55 * level + dice.between(-0.28, 0.28) + dice.between(-0.28, 0.28)
    return next(given for given, bound in zip(ANSWERS, BOUNDS, strict=False) if feeling >= bound)


def survey(units, levels):
    dice, counts = Dice("survey"), Counter()
    names = [u[0] for u in units if u[1] == "departments"]
    known = [name for name in names if name not in LITTLE_KNOWN]
    asked = {cell: hands(dice, known, respondents) for cell, respondents in CELLS.items()}
    for name, few in LITTLE_KNOWN.items():  # one department more for some respondents
        for number, cell in zip(range(few), itertools.cycle(CELLS), strict=False):
            asked[cell][number // len(CELLS)].append(name)
    for cell, dealt in asked.items():
        for name, question in itertools.product(itertools.chain(*dealt), QUESTIONS):
            counts[name, question, *cell, answer(dice, levels[name])] += 1
    keys = itertools.product(names, QUESTIONS, STRATA, CHANNELS, ANSWERS)
    given = [[*key, counts[key]] for key in keys if counts[key]]
    write("answers", "单位 指标 分层 渠道 答案 份数", given)
    write("frame", "分层 总数", [[stratum, size] for stratum, (_, size) in STRATA.items()])


# What the performance office enters.
ADJUSTMENTS = [  # unit, adjustment, amount, reason, matter, article
    [OFFICE, "not-ranked", "", "承办本次评价", "", "二十六"],
    ["例05镇", "highlight", "1.00", "便民服务做法在全市推广", "便民服务", "二十一"],
    ["例03园区", "highlight", "1.00", "智能工厂项目获区级通报", "智能工厂", "二十一"],
    ["例03园区", "highlight", "2.00", "智能工厂项目获市级通报", "智能工厂", "二十一"],
    ["例02公司", "highlight", "2.00", "供热保障做法在全市推广", "供热保障", "二十一"],
    ["例02公司", "highlight", "1.50", "节能改造获市级示范", "节能改造", "二十一"],
    ["例社会04局", "highlight", "1.00", "一网通办做法在全市推广", "一网通办", "二十一"],
    ["例07镇", "commendation", "", "承接项目提前开工", "", "二十二"],
    ["例城建06局", "commendation", "", "道路贯通工程提前完工", "", "二十二"],
    [SLOW_TOWN, "poverty-places", "3", "帮扶任务进度滞后", "", "二十三"],
    [LOWERED, "poverty-grade", "1", "结对帮扶任务没有按约定落实", "", "二十三"],
]


def office_tables():
    rows = []
    for number, (unit, what, amount, reason, matter, article) in enumerate(ADJUSTMENTS, 1):
        because, basis = f"{reason}（虚构）", f"示例方案第{article}条"
        entry = [unit, what, amount, because, matter, basis, f"{OFFICE}负责人", "2019-04-15"]
        rows.append([*entry, f"adjustment-{number:02}"])
    write("adjustments", "单位 调整 幅度 原因 事项 依据 批准人 录入日期 编号", rows)
    exempt = [[*row[:3], "示例方案第二十条", row[3]] for row in EXEMPTIONS]
    write("exemptions", "单位 指标 原因 依据 填报人", exempt)
    late = ["例经济02局", "营业收入增幅数据", "2", "反复核对口径（虚构）", "2019-04-12", "late-01"]
    write("late", "单位 迟报事项 天数 原因 录入日期 编号", [late])


def main():
    units = read_units()
    levels = strengths(units)
    for write_tables in (values, events, panels, survey):
        write_tables(units, levels)
    office_tables()


if __name__ == "__main__":
    main()
