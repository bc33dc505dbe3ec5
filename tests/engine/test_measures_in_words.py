"""Every kind of measure as a sentence, with settings that say each of its words."""

from __future__ import annotations

import pytest

from leitai.explain.rule_text import rule_text
from tests.engine.binding import LOWER, bound

SAID = [
    (
        "kind: attain",
        "达标法：达到目标得满分，未达到不得分",
        "attainment: full marks at the target, none short of it",
    ),
    (
        "kind: award",
        "加分法：从零起逐项加分，同一事项只计最高一次，最高满分",
        "awards: from zero, each recorded merit adds points, one matter once, at most full marks",
    ),
    (
        "kind: award, cap: '5'",
        "加分法：从零起逐项加分，同一事项只计最高一次，最高5分",
        "awards: from zero, each recorded merit adds points, one matter once, at most 5 points",
    ),
    (
        "kind: bands, bands: [{from: '9', points: '20'}, {from: '5', points: '60%'}, {points: '0'}]",
        "分档计分：按所在档次计分：≥9得20分；≥5得满分的60%；其余得0分",
        "bands: points by band: ≥9: 20 points; ≥5: 60% of full; else: 0 points",
    ),
    (
        "kind: bands, bands: [{to: '3', points: '100%'}, {points: '5'}]",
        "分档计分：按所在档次计分：≤3得满分；其余得5分",
        "bands: points by band: ≤3: full marks; else: 5 points",
    ),
    (
        "kind: baseline, per: '2', step: '1'",
        "基准增减法：达到目标得满分，比目标每优或劣2吨，加减1分，最低0分，最高满分",
        "baseline with steps: full marks at target, ± 1 point for each 2吨 better or worse, at least 0 points, at most full marks",
    ),
    (
        "kind: baseline, per: '5%', step: '10%', base: '80%', whole: yes, floor: '2', cap: none",
        "基准增减法：达到目标得满分的80%，比目标每优或劣目标的5%，加减满分的10%，不足一档的不计，最低2分，最高不限",
        "baseline with steps: 80% of full at target, ± 10% of full for each 5% of the target better or worse, completed steps only, at least 2 points, at most no limit",
    ),
    (
        "kind: best_ratio",
        "最优比例法：同组最优者得满分，其余按与最优值之比得分",
        "ratio to the best: the best of the group gets full marks, the others in proportion",
    ),
    (
        "kind: completion",
        "完成率法：得分＝满分×完成率（有难度系数的再乘系数），最低0分，最高满分",
        "completion rate: points = full × completion rate (× difficulty coefficient if any), at least 0 points, at most full marks",
    ),
    (
        "kind: completion, threshold: '62.5%', floor: '5', cap: '19'",
        "完成率法：得分＝满分×完成率（有难度系数的再乘系数），最低5分，最高19分，完成率低于62.5%不得分",
        "completion rate: points = full × completion rate (× difficulty coefficient if any), at least 5 points, at most 19 points, nothing below a rate of 62.5%",
    ),
    (
        "kind: deduct",
        "扣分法：从满分起逐项扣分，最低0分",
        "deductions: full marks minus each recorded event, not under 0 points",
    ),
    (
        "kind: deduct, floor: '60%'",
        "扣分法：从满分起逐项扣分，最低满分的60%",
        "deductions: full marks minus each recorded event, not under 60% of full",
    ),
    (
        "kind: efficacy",
        "功效系数法：不允许值得满分的60%，满意值得满分，其间按比例（不允许值：同组最差值，满意值：同组最优值）",
        "efficacy coefficient: 60% of full at the unacceptable value (the worst), full marks at the satisfactory one (the best), in proportion between",
    ),
    (
        "kind: efficacy, base: '12', unacceptable: '3', satisfactory: '9'",
        "功效系数法：不允许值得12分，满意值得满分，其间按比例（不允许值：3吨，满意值：9吨）",
        "efficacy coefficient: 12 points at the unacceptable value (3吨), full marks at the satisfactory one (9吨), in proportion between",
    ),
    (
        "kind: efficacy, unacceptable: '3'",
        "功效系数法：不允许值得满分的60%，满意值得满分，其间按比例（不允许值：3吨，满意值：同组最优值）",
        "efficacy coefficient: 60% of full at the unacceptable value (3吨), full marks at the satisfactory one (the best), in proportion between",
    ),
    (
        "kind: efficacy, satisfactory: '3'",
        "功效系数法：不允许值得满分的60%，满意值得满分，其间按比例（不允许值：同组最差值，满意值：3吨）",
        "efficacy coefficient: 60% of full at the unacceptable value (the worst), full marks at the satisfactory one (3吨), in proportion between",
    ),
    (
        "kind: growth, by: {kind: efficacy}",
        "增幅法：先算比基期的增幅，再按功效系数法：不允许值得满分的60%，满意值得满分，其间按比例（不允许值：同组最差值，满意值：同组最优值）",
        "growth: growth over the base period first, then efficacy coefficient: 60% of full at the unacceptable value (the worst), full marks at the satisfactory one (the best), in proportion between",
    ),
    (
        "kind: growth, by: {kind: place, step: '1'}",
        "增幅法：先算比基期的增幅，再按名次法：按同组名次计分：第1名得满分，其后每名减1分，最低0分",
        "growth: growth over the base period first, then points by place: points by place in the group, full marks for the first, then 1 point less a place, at least 0 points",
    ),
    (
        "kind: growth, by: {kind: bands, bands: [{from: '5%', points: '9'}, {points: '1'}]}",
        "增幅法：先算比基期的增幅，再按分档计分：按所在档次计分：≥5%得9分；其余得1分",
        "growth: growth over the base period first, then bands: points by band: ≥5%: 9 points; else: 1 point",
    ),
    (
        "kind: panel, highest: '10', groups: {g: '100%'}",
        "评议法：按各评议组加权平均分折算，最高10分为满分",
        "panel rating: weighted mean of the rater groups; 10 is full marks",
    ),
    (
        "kind: place, step: '1'",
        "名次法：按同组名次计分：第1名得满分，其后每名减1分，最低0分",
        "points by place: points by place in the group, full marks for the first, then 1 point less a place, at least 0 points",
    ),
    (
        "kind: place, step: '5%', floor: '60%'",
        "名次法：按同组名次计分：第1名得满分，其后每名减满分的5%，最低满分的60%",
        "points by place: points by place in the group, full marks for the first, then 5% of full less a place, at least 60% of full",
    ),
    (
        "kind: place, table: ['20', '90%', '12']",
        "名次法：按同组名次计分：自第1名起依次得20分、满分的90%、12分",
        "points by place: points by place in the group, from the first: 20 points, 90% of full, 12 points",
    ),
    (
        "kind: place, table: ['20', '15'], step: '2', floor: '1'",
        "名次法：按同组名次计分：自第1名起依次得20分、15分，其后每名减2分，最低1分",
        "points by place: points by place in the group, from the first: 20 points, 15 points, then 2 points less a place, at least 1 point",
    ),
    (
        "kind: place, table: ['5', '10'], from: bottom",
        "名次法：按同组名次计分：自最后一名起依次得5分、10分",
        "points by place: points by place in the group, from the last: 5 points, 10 points",
    ),
    (
        "kind: place, table: ['5', '10'], from: bottom, step: '3'",
        "名次法：按同组名次计分：自最后一名起依次得5分、10分，再往前每名加3分，最高满分",
        "points by place: points by place in the group, from the last: 5 points, 10 points, then 3 points more a place, at most full",
    ),
    (
        "kind: quarters, quarters: [Q1], excellent: '1', fair: '2'",
        "季度挂钩：季度评为最优等次的每次加1分，评为末等次的每次扣2分",
        "quarters' effect: +1 for each quarter at the best level, −2 at the last",
    ),
    (
        "kind: survey",
        "满意度调查：得分＝满分×满意度得分÷100；有效答卷不足30份的，不计分，按免于考核折算",
        "satisfaction survey: full × satisfaction ÷ 100; fewer than 30 answers credited as if exempt",
    ),
    (
        "kind: survey, fallback: group_mean",
        "满意度调查：得分＝满分×满意度得分÷100；有效答卷不足30份的，按同组平均满意度计",
        "satisfaction survey: full × satisfaction ÷ 100; fewer than 30 answers take the group's mean satisfaction",
    ),
    (
        "kind: survey, fallback: last_round",
        "满意度调查：得分＝满分×满意度得分÷100；有效答卷不足30份的，按上期满意度计",
        "satisfaction survey: full × satisfaction ÷ 100; fewer than 30 answers take last round's satisfaction",
    ),
    (
        "kind: versus_mean, base: '10'",
        "比平均法：达到同组平均得10分；优于平均：不计；劣于平均：不计；最低0分，最高满分",
        "distance from the mean: 10 points at the group's mean; better: nothing; worse: nothing; at least 0 points, at most full marks",
    ),
    (
        "kind: versus_mean, base: '10', above: [{to: '5', step: '1'}, {to: '8', step: '0.5'}, {step: '2%'}], below: [{step: '1'}], floor: '1', cap: none",
        "比平均法：达到同组平均得10分；优于平均：5%以内每差1%加1分，5%至8%每差1%加0.5分，8%以上每差1%加满分的2%；劣于平均：每差1%减1分；最低1分，最高不限",
        "distance from the mean: 10 points at the group's mean; better: up to 5% +1 point per 1%, 5% to 8% +0.5 points per 1%, beyond 8% +2% of full per 1%; worse: −1 point per 1%; at least 1 point, at most no limit",
    ),
    (
        "kind: versus_mean, base: '60%', difference: absolute, above: [{to: '5', step: '1'}, {step: '2'}]",
        "比平均法：达到同组平均得满分的60%；优于平均：5以内每差1加1分，5以上每差1加2分；劣于平均：不计；最低0分，最高满分",
        "distance from the mean: 60% of full at the group's mean; better: up to 5 +1 point per 1, beyond 5 +2 points per 1; worse: nothing; at least 0 points, at most full marks",
    ),
    (
        "kind: chain, parts: [{kind: attain, full: '12'}, {kind: completion, full: '8'}]",
        "第1部分：达标法：达到目标得满分，未达到不得分；第2部分：完成率法：得分＝满分×完成率（有难度系数的再乘系数），最低0分，最高满分",
        "part 1: attainment: full marks at the target, none short of it; part 2: completion rate: points = full × completion rate (× difficulty coefficient if any), at least 0 points, at most full marks",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "zh", "en"), SAID)
def test_a_measure_says_what_it_does(settings: str, zh: str, en: str) -> None:
    direction = LOWER if "to: '3'" in settings else "higher_is_better"
    marks = "0" if "kind: quarters" in settings else "20"

    measure, problems, _ = bound(settings, direction, (marks,))

    assert problems == []
    assert measure is not None
    assert (rule_text(measure, "zh"), rule_text(measure, "en")) == (zh, en)
