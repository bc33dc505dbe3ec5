"""What the indicator workbook calls the parts of a scheme outside its measures."""

from __future__ import annotations

from collections.abc import Mapping

from leitai.measures.kind import YES_NO, Label

DIRECTIONS = {"higher_is_better": "越高越好", "lower_is_better": "越低越好"}
ADJUSTMENT_KINDS = {
    "unranked": "不参加排名",
    "bonus": "加分",
    "demote": "降低名次",
    "bar": "不得评为最优等次",
    "lower": "降低等次",
    "cap": "等次不高于",
    "fix": "定为等次",
    "commend": "表扬",
}
STEPS = {"negative": "负面评价", "veto": "一票否决"}
LAST = {"last": "末位"}

WHEN = Label(
    "触发条件",
    parts={
        "bottom": Label("倒数名次"),
        "item": Label("考核项目"),
        "indicator": Label("指标"),
        "at_least": Label("不低于"),
        "at_most": Label("不高于"),
    },
)
TIE_BREAKERS = Label(
    "并列时依次比较",
    form="list",
    parts={
        "item": Label("考核项目"),
        "indicator": Label("指标"),
        "previous": Label("上期", {"place": "名次"}),
    },
)
OWN_SHEETS = Label("个别单位另用评分表", form="map")
RATED_BY = Label("只由这些评议组评议", form="list")

SETTINGS: Mapping[tuple[str, ...], Label] = {
    ("scheme",): Label("方案编号"),
    ("version",): Label("版本"),
    ("name",): Label("方案名称"),
    ("made_up",): Label("数据系虚构", YES_NO),
    ("valid_from",): Label("生效日期"),
    ("points", "line_places"): Label("得分明细小数位"),
    ("points", "total_places"): Label("总分小数位"),
    ("points", "rounding"): Label("修约", {"half_up": "四舍五入", "half_even": "四舍六入五成双"}),
    ("points", "rank_on"): Label("排名依据", {"printed": "公布的总分", "exact": "修约前的总分"}),
    ("grades", "count"): Label(
        "名额取整", {"floor": "舍去尾数", "half_up": "四舍五入", "ceil": "进一"}
    ),
    ("grades", "tie"): Label("名额线上并列", {"exclude": "都不列入", "include": "都列入"}),
    ("grades", "refill"): Label("让出的名额", {"no": "不递补", "next": "依次递补"}),
    ("lateness", "indicator"): Label("迟报扣分的指标"),
    ("lateness", "points"): Label("迟报每次或每天扣分"),
    ("lateness", "per"): Label("迟报计扣方式", {"time": "按次", "day": "按天"}),
    ("approval",): Label("审批程序", form="list"),
    ("audience",): Label(
        "结果可见范围", {"participants": "参评单位", "own-unit": "本单位", "public": "公众"}
    ),
    ("reply",): Label("公示未答复视为", {"agreed": "无异议", "objected": "有异议"}),
}
