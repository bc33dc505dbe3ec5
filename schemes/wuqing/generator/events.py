"""Recorded deductions and awards, and who answers for there being no others."""

from generator.units import NAMED, OFFICE

SLIPS = {  # file: department, indicator
    "discipline-commission": ("纪委监委", "从严治党责任落实"),
    "emergency-bureau": ("应急管理局", "安全生产事故隐患"),
}


def slips(period, indicator, reasons, series):
    """The weaker an invented unit, the more deductions; none for a unit the source names."""
    dice = period.dice(indicator)
    for unit in period.units:
        if unit.name not in NAMED and unit.series in series:
            count = int(dice.between(0.2, 3.2) * (1.1 - period.levels[unit.name]))
            for points, reason in dice.shuffled(reasons)[:count]:
                yield [unit.name, indicator, points, reason, ""]


def write_events(period, file, department, rows):
    dice, noted = period.dice(f"entered/{file}"), []
    for number, (*what, reason, matter) in enumerate(rows, 1):
        entered, fact = period.day(int(dice.between(1, 11))), f"event-{file}-{number:02}"
        noted.append([*what, f"{reason}（虚构）", matter, entered, fact])
    heading = "单位 指标 分值 原因 事项 录入日期 编号"
    period.write_reported(f"events-{file}", heading, noted, department)


def nil_returns(period, returns):
    """Each department says that its other units have nothing to be deducted."""
    rows = [[indicator, "", department, f"nil-{file}"] for file, department, indicator in returns]
    period.write("nil_returns", "指标 单位 填报人 编号", rows)


def yearly_events(period, story):
    department, indicator = "纪委监委", "党建工作责任"
    series = ("towns", "parks", "departments", "enterprises")
    rows = slips(period, indicator, story.party, series)
    write_events(period, "discipline-commission", department, rows)
    nil_returns(period, [("discipline-commission", department, indicator)])


def quarterly_events(period, story):
    reasons = {"discipline-commission": story.party, "emergency-bureau": story.safety}
    for file, (department, indicator) in SLIPS.items():
        rows = slips(period, indicator, reasons[file], ("towns", "parks", "enterprises"))
        write_events(period, file, department, rows)
    awards = [[unit, "党建先进典型", *what] for unit, *what in story.awards]
    write_events(period, "management-01", "例综合01局", awards)
    resent = [[unit, "评价数据报送", *what, ""] for unit, *what in story.resent]
    write_events(period, "performance-office", OFFICE, resent)
    nil_returns(period, [(file, *SLIPS[file]) for file in SLIPS])
