"""What the performance office enters: adjustments, exemptions, late returns, credited bonus."""

from generator.units import OFFICE


def adjustments(period, entries):
    rows = []
    for number, (unit, what, amount, reason, matter, article) in enumerate(entries, 1):
        because, basis = f"{reason}（虚构）", f"示例方案第{article}条"
        entry = [unit, what, amount, because, matter, basis, f"{OFFICE}负责人", period.day(15)]
        rows.append([*entry, f"adjustment-{number:02}"])
    period.write("adjustments", "单位 调整 幅度 原因 事项 依据 批准人 录入日期 编号", rows)


def exemptions(period, story):
    exempt = [
        [*row[:2], f"{row[2]}（虚构）", "示例方案第二十条", row[3]] for row in story.exemptions
    ]
    period.write("exemptions", "单位 指标 原因 依据 填报人", exempt)


def yearly_office(period, story):
    adjustments(period, story.adjustments)
    if story.exemptions:
        exemptions(period, story)


def quarterly_office(period, story):
    adjustments(period, story.adjustments)
    exemptions(period, story)
    late = [
        [*row[:3], f"{row[3]}（虚构）", period.day(12), f"late-{number:02}"]
        for number, row in enumerate(story.late, 1)
    ]
    period.write("late", "单位 迟报事项 天数 原因 录入日期 编号", late)
    if story.credited:
        credited = [[unit, "工作亮点", points] for unit, points in story.credited.items()]
        period.write("previous", "单位 内容 数值", credited)
