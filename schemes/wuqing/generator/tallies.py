"""Panels and surveys as tallies: how many were counted, and their mean."""

from generator.answers import LITTLE_KNOWN, QUESTIONS

HEADING = "单位 指标 评议组 有效数 平均分"


def rated(period, file, indicator, series, groups, lowest, highest):
    """Panel tallies; groups: {rater group: members}, marks between lowest and highest."""
    dice, rows = period.dice(f"tallies/{file}"), []
    for name in [name for one in series for name in period.names(one)]:
        for group, members in groups.items():
            counted = members - int(dice.between(0, 2.2))
            mean = dice.lean(period.levels[name], lowest + 1, highest - 1)
            rows.append([name, indicator, group, counted, f"{mean:.2f}"])
    period.write(f"tallies-{file}", HEADING, rows)


def asked(period, file, questions, series, many, few):
    """Survey tallies of the third party; few answers about some."""
    dice, rows = period.dice(f"tallies/{file}"), []
    for name in [name for one in series for name in period.names(one)]:
        for question in questions:
            counted = int(few.get(name, many) * dice.between(0.88, 1.1))
            mean = dice.lean(period.levels[name], 61, 97)
            rows.append([name, question, "", counted, f"{mean:.2f}"])
    period.write(f"tallies-{file}", HEADING, rows)


ABOVE = {"上级部门": 8, "区级领导": 9}


def yearly_tallies(period):
    rated(period, "duty", "年度履职情况评价", ["supervision"], ABOVE, 70, 98)
    judged = ["towns", "parks", "departments", "enterprises"]
    rated(period, "leaders", "区级领导和上级部门评价", judged, ABOVE, 66, 98)
    asked(period, "public", ["群众满意度"], judged[:3], 400, {})


def tallies(period):
    local = {"镇街": 29, "园区": 8, "区级领导": 9}
    rated(period, "duty", "履职情况评价", ["supervision"], ABOVE, 70, 98)
    served = ABOVE | {"服务对象代表": 10}
    rated(period, "integrity", "廉洁自律评议", ["departments"], served, 70, 98)
    rated(period, "grassroots", "服务基层评议", ["departments"], local, 5, 10)
    asked(period, "survey", QUESTIONS, ["departments"], 84, LITTLE_KNOWN)
