"""What the responsible departments report: actual, target and earlier figures."""

import itertools

FINE_DUST = {  # season: worst, best, decimals, target
    "Q1": (66, 57, 1, "62"), "Q2": (54, 45, 1, "50"),
    "Q3": (46, 37, 1, "42"), "Q4": (64, 55, 1, "60"),
}  # fmt: skip
TRADE = {"Q1": 100, "Q2": 107, "Q3": 111, "Q4": 124}  # turnover, the first quarter being 100


# A shape draws (actual, target, previous); `usual` is what it drew for the unit before, or None.
def done(low, high, *targets):
    def shape(dice, level, usual):
        target = int(usual[1]) if usual else dice.pick(targets)
        return f"{target * dice.lean(level, low, high):.0f}", str(target), ""

    return shape


def figure(worst, best, decimals, target=""):
    return lambda dice, level, _usual: (f"{dice.lean(level, worst, best):.{decimals}f}", target, "")


def turnover(year, season):
    """The figure of 2018 is the earlier figure of 2019."""

    def shape(dice, level, usual):
        if usual:
            middle = int(usual[2]) * TRADE[season] // 100
        else:
            middle = 100 * int(dice.between(200, 900))
        growth = dice.lean(level, 0.96, 1.14)
        if year == "2018":
            return str(middle), "", f"{middle / growth:.0f}"
        return f"{middle * growth:.0f}", "", str(middle)

    return shape


def quarterly(year, season):
    """{(file, department): [(indicator, sheets, shape)]}"""
    return {
        ("economy-01", "例经济01局"): [
            ("承接疏解项目到位资金", "towns parks", done(0.64, 0.90, 3000, 4000, 5000, 6000)),
            ("交通互联任务完成量", "towns parks", done(0.66, 0.90, 20, 40, 50)),
        ],
        ("economy-02", "例经济02局"): [
            ("营业收入增幅", "towns parks enterprises", turnover(year, season)),
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
            ("PM2.5平均浓度", "towns", figure(*FINE_DUST[season])),
            ("地表水断面达标率", "towns parks", figure(68, 100, 1)),
            ("湿地巡护问题整改率", "dahuangpu", figure(88, 99, 1)),
        ],
        ("management-02", "例综合02局"): [
            ("企业事项平均办理时长", "towns parks", figure(6.5, 2, 1)),
        ],
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
            ("督办事项按期办结量", "towns dahuangpu parks enterprises",
             done(0.72, 1, 20, 25, 30, 40)),
        ],
        ("city-01", "例城建01局"): [
            ("湿地补水量", "dahuangpu", done(0.84, 0.98, 400)),
            ("湿地修复面积", "dahuangpu", done(0.84, 0.98, 60)),
            ("退养还湿面积", "dahuangpu", done(0.84, 0.98, 120)),
        ],
    }  # fmt: skip


YEARLY = {
    ("economy-01", "例经济01局"): [
        ("固定资产投资", "towns parks", done(0.70, 1.02, 30000, 42000, 56000)),
    ],
    ("economy-02", "例经济02局"): [
        ("一般公共预算收入", "towns parks", done(0.82, 1.08, 8000, 12000, 16000)),
    ],
    ("economy-03", "例经济03局"): [("利润总额", "enterprises", done(0.70, 1.02, 900, 1500, 2400))],
    ("economy-04", "例经济04局"): [("签约项目开工量", "parks", done(0.60, 1.02, 20, 25, 40))],
    ("society-01", "例社会01局"): [
        ("年度民心工程完成量", "towns dahuangpu", done(0.70, 1.02, 80, 100, 120)),
    ],
    ("city-01", "例城建01局"): [("湿地保护修复年度任务", "dahuangpu", done(0.84, 0.98, 50))],
    ("inspection-office", "督查室"): [
        ("年度重点工作完成量", "departments enterprises", done(0.74, 1.01, 40, 50, 60)),
    ],
}  # fmt: skip


def usual_figures(period, story, reports):
    """{(indicator, unit): its figures with a target or an earlier figure}, exempt units too."""
    found = {}
    for indicator, sheets, shape in itertools.chain(*reports.values()):
        for row in reported(period, story, {}, indicator, sheets, shape):
            found[indicator, row[0]] = row[2:5]
        for unit in period.units:
            if unit.sheet in sheets.split() and (indicator, unit.name) not in found:
                dice = period.dice(f"exempt/{indicator}/{unit.name}")
                found[indicator, unit.name] = shape(dice, period.levels[unit.name], None)
    return {key: figures for key, figures in found.items() if any(figures[1:])}


def reported(period, story, usual, indicator, sheets, shape):
    dice = period.dice(indicator)
    exempt = {row[0] for row in story.exemptions if row[1] == indicator}
    stated = story.stated.get(indicator, {})
    coefficients = story.coefficients.get(indicator, {})
    for unit in period.units:
        if unit.sheet in sheets.split() and unit.name not in exempt:
            facts = shape(dice, period.levels[unit.name], usual.get((indicator, unit.name)))
            if unit.name in stated:
                facts = *stated[unit.name], ""
            yield [unit.name, indicator, *facts, coefficients.get(unit.name, "")]


def values(period, story, reports, usual):
    """One file for each department that reports figures; `usual` keeps targets and sizes alike."""
    for (file, department), shapes in reports.items():
        rows = itertools.chain(*(reported(period, story, usual, *one) for one in shapes))
        heading = "单位 指标 实际值 目标值 基期值 系数"
        period.write_reported(f"values-{file}", heading, rows, department)
