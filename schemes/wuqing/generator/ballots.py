"""Panels as individual ballots."""

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


def members(*groups):
    return [(rater, group, "") for group in groups for rater in RATERS[group]]


def panel(period, file, indicator, raters, series, mark):
    dice, rated = period.dice(indicator), period.names(series)
    ballots = (ballot(dice, who, rated, indicator, period.levels, mark) for who in raters)
    rows = [row for rows in ballots for row in rows]
    period.write(f"ballots-{file}", "评议人 评议组 评议人单位 单位 指标 评分", rows)


def ballots(period):
    local = [(f"{name}评议人", "镇街", name) for name in period.names("towns")]
    local += [(f"{name}评议人", "园区", name) for name in period.names("parks")[:4]]
    above = members("上级部门", "区级领导")
    panel(period, "duty", "履职情况评价", above, "supervision", points_mark)
    panel(period, "integrity", "廉洁自律评议", members(*RATERS), "departments", points_mark)
    panel(
        period, "grassroots", "服务基层评议", local + members("区级领导"), "departments", word_mark
    )
