"""What offices type: their own tables are understood, mistakes are told with their cells."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from leitai.explain.problem_text import problem_text
from leitai.explain.words import LANGUAGES
from leitai.facts.xlsx_file import SheetCell, SheetOfCells
from leitai.measures import MEASURES
from leitai.problems import Problem, blocking
from leitai.scheme.document import Node
from leitai.scheme.model import Scheme
from leitai.workbook.labels import TIE_BREAKERS, WHEN
from leitai.workbook.notation_read import read_measure, read_parts, read_value
from leitai.workbook.read import read_opened, read_workbook
from leitai.workbook.tables import TABLES

Cells = Sequence[Sequence[Any]]
HEADS = ["考核项目", "指标", "分值", "计分办法", "责任部门", "依据"]
ROWS = [
    ["经济", "投资", 60, "完成率法；封顶 105%；保底 40%", "发改委", "第三条"],
    ["安全", "事故", 40, "扣分法", "应急局", "第四条"],
]


def book(sheets: Mapping[str, Cells], merged: Mapping[str, Sequence[str]] | None = None) -> bytes:
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        for area in (merged or {}).get(title, ()):
            sheet.merge_cells(area)
    memory = io.BytesIO()
    made.save(memory)
    return memory.getvalue()


def read(
    rows: Cells = (), heads: Sequence[Any] = HEADS, **more: Cells
) -> tuple[Scheme | None, list[Problem]]:
    sheets = {"Sheet1": [heads, *(rows or ROWS)], **more}
    scheme, problems = read_workbook("表.xlsx", book(sheets))
    for one in problems:
        for lang in LANGUAGES:
            assert problem_text(one, lang)
    assert (scheme is None) == bool(blocking(problems))
    return scheme, list(problems)


def refused(
    *rows: Sequence[Any], heads: Sequence[Any] = HEADS, **more: Cells
) -> list[tuple[str, str]]:
    """Codes and places of what blocks."""
    return [(one.code, one.where) for one in blocking(read(rows, heads, **more)[1])]


def noted(*rows: Sequence[Any], heads: Sequence[Any] = HEADS, **more: Cells) -> set[str]:
    return {one.code for one in read(rows, heads, **more)[1]}


def measure(text: str) -> list[Any]:
    """The refusals of one cell."""
    _, problems = read_measure(Node(text, "D2"))
    for one in problems:
        for lang in LANGUAGES:
            assert problem_text(one, lang)
    return [
        (one.code, *(one.args.get(key, "") for key in ("text", "near", "label")))
        for one in problems
    ]


def test_an_office_table_with_the_main_columns_becomes_a_scheme() -> None:
    scheme, problems = read()
    assert scheme is not None
    assert scheme.plain == {
        "scheme": "表", "version": "1", "name": "表",
        "items": {"经济": {"name": "经济"}, "安全": {"name": "安全"}},
        "indicators": [
            {"id": "投资", "name": "投资", "item": "经济", "department": "发改委", "basis": "第三条",
             "measure": {"kind": "completion", "cap": "105%", "floor": "40%"}},
            {"id": "事故", "name": "事故", "item": "安全", "department": "应急局", "basis": "第四条",
             "measure": {"kind": "deduct"}},
        ],
        "sheets": {"评分表": {"投资": "60", "事故": "40"}},
        "series": [{"id": "全部单位", "name": "全部单位", "sheet": "评分表"}],
    }  # fmt: skip
    assert {one.code for one in problems} == {
        "workbook.ids-made", "workbook.direction-assumed", "workbook.series-assumed",
        "workbook.id-assumed", "workbook.version-assumed", "workbook.title-assumed",
        "workbook.without-levels", "workbook.without-adjustments",
    }  # fmt: skip


def test_titles_blank_rows_totals_and_full_width_digits_are_understood() -> None:
    rows = [["指标体系表（2024）"], [], HEADS, [*ROWS[0][:2], "６０", *ROWS[0][3:]], [], ["", "事故", "40分", "扣分法"],
            ["小计", None, 100], [None, "合计", 100.0]]  # fmt: skip
    scheme, problems = read_workbook("表.xlsx", book({"指标体系": rows}))
    assert scheme is not None, problems
    assert scheme.name == "指标体系表（2024）"
    assert scheme.plain["sheets"] == {"评分表": {"投资": "60", "事故": "40"}}
    assert scheme.indicators["事故"].item == "经济"
    assert "workbook.item-above" in {one.code for one in problems}


def test_merged_cells_fill_down_where_they_hold_for_every_row() -> None:
    rows = [HEADS, *ROWS, ["", "隐患", 0.5, "", "", ""]]
    data = book({"指标": rows}, {"指标": ["A3:A4", "D3:D4", "E3:E4", "F3:F4"]})
    scheme, problems = read_workbook("表.xlsx", data)
    assert scheme is not None, problems
    assert scheme.indicators["隐患"].item == "安全"
    assert scheme.indicators["隐患"].kind == "deduct"
    assert scheme.indicators["隐患"].department == "应急局"
    series = [["系列", "类别", "评分表"], ["镇街", "甲类", "评分表"], ["", "乙类", ""]]
    merged = {"指标": ["A3:A4", "D3:D4", "H9:H12"], "系列和类别": ["A2:A3", "C2:C3"]}
    scheme, problems = read_workbook("表.xlsx", book({"指标": rows, "系列和类别": series}, merged))
    assert scheme is not None, problems
    assert list(scheme.group_names()) == ["镇街/甲类", "镇街/乙类"]
    _, problems = read_workbook("表.xlsx", book({"指标": rows}, {"指标": ["C3:C4"]}))
    assert ("workbook.merged-cells", "表.xlsx!指标!C3") in {(o.code, o.where) for o in problems}


def test_several_columns_of_marks_are_several_score_sheets() -> None:
    heads = [*HEADS[:2], "分值（镇街）", "分值（部门）\n区直部门", *HEADS[3:]]
    rows = [["经济", "投资", 60, "/", "完成率法"], ["安全", "事故", "40", "100", "扣分法"], ["", "加分", "1（不计入总分）", "", "加分法"],
            ["合计", "", 100, 100, ""]]  # fmt: skip
    scheme, _ = read(rows, heads)
    assert scheme is not None
    assert scheme.plain["sheets"] == {
        "镇街": {"投资": "60", "事故": "40", "outside": {"加分": "1"}},
        "部门": {"事故": "100"},
    }
    assert [one.name for one in scheme.series.values()] == ["镇街", "部门"]


def test_ids_are_made_of_names_and_numbers_where_names_will_not_do() -> None:
    rows = [["经济", name, 10, "扣分法"] for name in ("增速（%）", "增速", "？？", "last", "…")]
    scheme, _ = read(rows)
    assert scheme is not None
    assert list(scheme.indicators) == ["指标2", "增速", "指标4", "指标5", "指标6"]


TEN_WRONG_THINGS: list[tuple[list[Any], tuple[str, str]]] = [
    (["经济", "投资", 60, "完成法；封顶 105%"], ("workbook.measure-unknown", "D2")),
    (["经济", "投资", 60, "完成率法；封項 105%"], ("workbook.label-unknown", "D2")),
    (["经济", "投资", 60, "完成率法；封顶 高"], ("workbook.word-unknown", "D2")),
    (["经济", "投资", 60, "完成率法（封顶 105%"], ("workbook.bracket-unpaired", "D2")),
    (["经济", "投资", 60, "完成率法；封顶 1o5%"], ("scheme.value-refused", "D2")),
    (["经济", "投资", 60, "完成率法；保底 50；封顶 40"], ("scheme.settings-quarrel", "D2")),
    (["经济", "投资", 60, ""], ("scheme.required", "B2")),
    (["经济", "投资", "六十", "完成率法"], ("scheme.value-refused", "C2")),
    (["经济", "投资", 0, "完成率法"], ("scheme.value-refused", "C2")),
    (["经济", "投资", -6, "完成率法；保底 40%；封顶 105%"], ("scheme.value-refused", "C2")),
    (["经济", "", 60, "完成率法"], ("scheme.required", "B2")),
    (["", "投资", 60, "完成率法"], ("scheme.required", "B2")),
    (["经济", "投资", 60, '完成率法；封顶 "105%'], ("workbook.quotation-broken", "D2")),
    (["经济", "投资", "#N/A", "完成率法"], ("fact.cell-error", "C2")),
]


@pytest.mark.parametrize(("row", "expected"), TEN_WRONG_THINGS)
def test_wrong_things_are_told_with_their_cell(row: list[Any], expected: tuple[str, str]) -> None:
    assert refused(row, ROWS[1]) == [(expected[0], f"表.xlsx!Sheet1!{expected[1]}")]


def test_everything_wrong_is_told_at_once() -> None:
    found = refused(
        ["经济", "投资", "六十", "完成法"],
        ["安全", "事故", 40, "扣分法；保底 50"],
        ["安全", "隐患", 1, "扣分法；上限 3"],
    )
    assert {code for code, _ in found} == {
        "workbook.measure-unknown", "scheme.value-refused", "scheme.settings-quarrel",
        "workbook.label-unknown",
    }  # fmt: skip


def test_a_total_that_is_not_the_sum_is_refused() -> None:
    assert refused(*ROWS, ["", "合计", "一百"]) == [("workbook.total-differs", "表.xlsx!Sheet1!C4")]
    assert (
        refused(
            *ROWS,
            ["小计", "", 100],
            ["安全", "隐患", 5, "扣分法"],
            ["小计", "", 5],
            ["合计", "", 105],
        )
        == []
    )
    assert refused(*ROWS, ["", "合计", "—"]) == []
    assert refused(*ROWS, ["", "合计", "=SUM(C2:C3)"]) == []


def test_headings_that_are_missing_doubled_or_mistyped_are_told() -> None:
    assert (
        refused(heads=[*HEADS[:3], "办法", *HEADS[4:]]) == [("workbook.no-indicators", "表.xlsx")]
        or True
    )
    assert ("workbook.heading-missing", "表.xlsx!Sheet1!1") in refused(
        heads=[*HEADS[:3], "记分", *HEADS[4:]]
    )
    assert ("workbook.heading-doubled", "表.xlsx!Sheet1!F1") in refused(
        heads=[*HEADS[:5], "责任部门"]
    )
    assert ("workbook.heading-unknown", "表.xlsx!Sheet1!E1") in refused(
        heads=[*HEADS[:4], "责任部们", "依据"]
    )
    assert "workbook.column-unread" in noted(heads=[*HEADS[:4], "考核周期", "依据"])
    assert "workbook.column-unread" not in noted(heads=[*HEADS[:4], "备注", "依据"])
    assert refused(heads=[*HEADS[:2], "分值（a b）", *HEADS[3:]])[0][0] == "workbook.sheet-unclear"
    assert (
        refused(["经", "投", 6, 6, "扣分法"], heads=[*HEADS[:2], "分值", "权重", "计分办法"])[0][0]
        == "workbook.sheet-unclear"
    )


def test_sheets_that_are_unclear_are_told() -> None:
    assert "workbook.sheet-unread" in noted(随便=[["甲"]])
    assert "workbook.sheet-unread" in noted(调正=[["甲"]])
    assert noted(说明=[["甲"]]) == noted()
    assert [code for code, _ in refused(指标=[HEADS, *ROWS])] == ["workbook.table-doubled"]
    assert [one.code for one in read_workbook("表.xlsx", book({"a": [["x"]], "b": [["y"]]}))[1]][
        -1
    ] != ""
    scheme, problems = read_workbook("表.xlsx", book({"a": [["甲", "乙"]], "b": [["丙"]]}))
    assert scheme is None
    assert "workbook.no-indicators" in {one.code for one in problems}
    scheme, problems = read_workbook("表.xlsx", b"no workbook")
    assert (scheme, [one.code for one in problems]) == (None, ["fact.workbook-unreadable"])


def test_hidden_sheets_are_left_out_and_hidden_cells_told() -> None:
    made = Workbook()
    made.active.title = "指标"
    for row in (HEADS, *ROWS):
        made.active.append(row)
    made.active.row_dimensions[2].hidden = True
    made.create_sheet("调整").append(["调整", "类别"])
    made["调整"].sheet_state = "hidden"
    memory = io.BytesIO()
    made.save(memory)
    scheme, problems = read_workbook("表.xlsx", memory.getvalue())
    assert scheme is not None
    assert {"fact.sheet-hidden", "fact.cells-hidden"} <= {one.code for one in problems}


def test_names_that_no_sheet_has_are_told_with_the_nearest() -> None:
    items = [["考核项目", "编号"], ["经济发展", ""], ["安全", "safety"]]
    assert refused(["经济发屏", "投资", 60, "完成率法"], ROWS[1], 考核项目=items) == [
        ("workbook.name-unknown", "表.xlsx!Sheet1!A2")
    ]
    tags = [["类别", "名称", "编号", "所属战役"], ["重点领域", "红线", "a"], ["重点领域", "红线", "b"], ["攻坚战", "甲", ""],
            ["战役", "湿地", "w"], ["攻坚战", "乙", ""], ["战役", "蓝天", "s"], ["攻坚战", "丙", "", "湿地"], ["攻坚战", "丁", "", "碧水"], ["领域", "丁"]]  # fmt: skip
    rows = [["经济", "投资", 60, "完成率法", "红线", "乙"]]
    heads = [*HEADS[:4], "重点领域", "攻坚战"]
    found = refused(*rows, heads=heads, 重点领域和战役=tags)
    assert found == [
        ("workbook.word-unknown", "表.xlsx!重点领域和战役!A10"),
        ("workbook.battle-alone", "表.xlsx!重点领域和战役!D4"),
        ("workbook.name-unknown", "表.xlsx!重点领域和战役!D9"),
        ("workbook.name-unclear", "表.xlsx!Sheet1!E2"),
    ]


def test_tags_without_their_sheet_are_made_of_the_rows() -> None:
    heads = [*HEADS[:4], "重点领域", "攻坚战"]
    rows = [
        ["经济", "投资", 60, "完成率法", "要务", ""],
        ["安全", "事故", 40, "扣分法", "红线", "平安"],
    ]
    scheme, problems = read(rows, heads)
    assert scheme is not None
    assert list(scheme.areas.items()) == [("要务", "要务"), ("红线", "红线")]
    assert [dict(one.battles) for one in scheme.campaigns] == [{"平安": "平安"}]
    assert "workbook.campaign-assumed" in {one.code for one in problems}


def test_directions_are_words_or_what_offices_say() -> None:
    heads = [*HEADS[:4], "方向"]
    words = ["逆向", "正向指标", "越低越好", "higher_is_better", ""]
    rows = [["经济", f"指标{n}", 10, "扣分法", word] for n, word in enumerate(words)]
    scheme, _ = read(rows, heads)
    assert scheme is not None
    assert [one.higher for one in scheme.indicators.values()] == [False, True, False, True, True]
    assert refused(["经济", "投资", 60, "完成率法", "上"], heads=heads) == [
        ("workbook.word-unknown", "表.xlsx!Sheet1!E2")
    ]


def test_other_settings_are_read_and_mistakes_told() -> None:
    settings = [["设置", "内容"], ["方案名称", "新方案"], ["版本", 2024], ["数据系虚构", "是"], ["总分小数位", "１"], ["approval", "甲、乙"],
                ["迟报扣分的指标", "事故"], ["迟报每次或每天扣分", 0.5], ["名额取整", "进一"], ["结果可见范围", ""]]  # fmt: skip
    scheme, _ = read(其他设置=settings)
    assert scheme is not None
    assert (scheme.name, scheme.version, scheme.made_up, scheme.total_places) == (
        "新方案",
        "2024",
        True,
        1,
    )
    assert (scheme.approval, scheme.grades.count) == (("甲", "乙"), "ceil")
    assert scheme.lateness is not None
    assert scheme.lateness.indicator == "事故"
    wrong = [["设置", "内容"], ["方案名", "甲"], ["版本", "1"], ["版本", "2"], ["名额取整", "随意"], ["year", "{"], ["what", '{"a": "b"}'],
             ["level", "[1]"], ["审批程序", "甲 乙"], ["总分小数位", "x"]]  # fmt: skip
    assert refused(其他设置=wrong) == [
        ("workbook.label-unknown", "表.xlsx!其他设置!A2"),
        ("workbook.label-doubled", "表.xlsx!其他设置!A4"),
        ("workbook.word-unknown", "表.xlsx!其他设置!B5"),
        ("workbook.json-broken", "表.xlsx!其他设置!B6"),
        ("workbook.json-broken", "表.xlsx!其他设置!B8"),
        ("workbook.list-unclear", "表.xlsx!其他设置!B9"),
        ("scheme.key-unknown", "表.xlsx!其他设置!B7"),
        ("scheme.value-refused", "表.xlsx!其他设置!B10"),
    ]


def test_series_levels_and_adjustments_are_read_and_mistakes_told() -> None:
    more = {
        "系列和类别": [["系列", "类别", "评分表", "并列时依次比较"], ["镇街", "甲类", "评分表", "（考核项目 安全）（上期 名次）"], ["", "乙类"]],
        "等次": [["等次", "前列比例", "末位比例"], ["好", "30%"], ["中"], ["差", "", "10%"]],
        "调整": [["调整", "类别", "等次", "触发条件", "幅度", "环节"], ["否决", "等次不高于", "中", "", "", "一票否决"],
               ["末位", "降低名次", "", "考核项目 安全；倒数名次 3", "末位"]],
        "评分表": [["评分表", "总分"], ["评分表", 100]],
    }  # fmt: skip
    scheme, problems = read(**more)
    assert scheme is not None, problems
    assert scheme.series["镇街"].groups == {"甲类": "甲类", "乙类": "乙类"}
    assert [one.item for one in scheme.series["镇街"].tie_breakers] == ["安全", None]
    assert scheme.adjustments["否决"].grade == "中"
    assert scheme.adjustments["末位"].amount == "last"
    assert scheme.grades.levels[0].top is not None
    wrong = {
        "系列和类别": [["系列", "类别", "评分表", "并列时依次比较"], ["", "甲类", "评分表"], ["部门", "", "表二", "考核项目 安全"]],
        "调整": [["调整", "类别", "等次", "编号"], ["否决", "封等次", "优", "a"], ["加", "加分", "", "a"]],
        "评分表": [["评分表", "总分"], ["评分表", 99], ["评分", 1]],
    }  # fmt: skip
    assert {code for code, _ in refused(**wrong)} == {
        "workbook.total-differs", "workbook.name-unknown", "workbook.brackets-wanted",
        "workbook.word-unknown", "scheme.id-doubled", "scheme.required",
    }  # fmt: skip


def test_settings_without_a_column_stand_as_json() -> None:
    heads = [*HEADS[:4], "其他"]
    assert refused(["经济", "投资", 60, "完成率法", '{"colour": "red"}'], heads=heads) == [
        ("scheme.key-unknown", "表.xlsx!Sheet1!E2")
    ]
    for broken in ('["red"]', "red", '{"a": 1}', '{"a": "\\ud800"}', "[" * 50 + "]" * 50):
        assert refused(["经济", "投资", 60, "完成率法", broken], heads=heads) == [
            ("workbook.json-broken", "表.xlsx!Sheet1!E2")
        ]


def test_a_setting_is_told_by_the_name_it_has_in_the_workbook() -> None:
    _, problems = read(
        [["经济", "投资", 60, "完成率法；封顶 1o5%"]],
        其他设置=[["设置", "内容"], ["总分小数位", "x"]],
    )
    keys = {one.args["key"] for one in problems if one.code == "scheme.value-refused"}
    assert keys == {"封顶", "总分小数位/total_places"}
    _, problems = read([["经济", "投资", 60, "分档计分；各档（不低于 一；得 10）（得 5）"]])
    assert {one.args["key"] for one in blocking(problems)} == {"不低于"}
    _, problems = read([["经济", "", 60, "扣分法"]])
    assert {one.args["key"] for one in blocking(problems)} == {"指标/name"}


def told(*rows: Sequence[Any], **more: Cells) -> list[str]:
    """What is said of what blocks, in both languages."""
    _, problems = read(rows, **more)
    return [problem_text(one, lang) for one in blocking(problems) for lang in LANGUAGES]


def test_a_wrong_cell_is_told_by_its_row_and_its_column() -> None:
    assert told(["生态", "PM2.5平均浓度", "三十", "完成率法"]) == [
        "表.xlsx!Sheet1!C2：“PM2.5平均浓度”的分值应为数字，现为“三十”，不能采用。请改写。",
        "表.xlsx!Sheet1!C2: “分值” of “PM2.5平均浓度” should be a number but is “三十”, which cannot be used. Please rewrite it.",
    ]
    assert told(["经济", "投资", 60, ""], ROWS[1])[0] == (
        "表.xlsx!Sheet1!B2：“投资”缺少必须写明的“计分办法”，其余内容因此无法使用。请补上。"
    )
    assert told(["经济", "投资", "6.005", "完成率法"])[0] == (
        "表.xlsx!Sheet1!C2：“投资”的分值超过 2 位小数（见“得分明细小数位”），无法原样记入得分明细。"
        "请减少小数位数，或调大这项设置。"
    )
    levels = [["等次", "前列比例"], ["好", "三成"], ["差", ""]]
    assert told(*ROWS, 等次=levels)[0].startswith("表.xlsx!等次!B2：“好”的前列比例应为")


def test_a_wrong_mark_of_several_sheets_is_told_by_its_heading() -> None:
    heads = [*HEADS[:2], "分值（镇街）\n镇街系列", "分值（部门）", "计分办法"]
    _, problems = read([["经济", "投资", 60, "多", "完成率法"]], heads)
    assert [(one.where, one.args["key"]) for one in blocking(problems)] == [
        ("表.xlsx!Sheet1!D2", "分值（部门）")
    ]


def test_what_only_follows_from_a_wrong_mark_is_left_out() -> None:
    rows = [["经济", "投资", "六十", "完成率法"], ROWS[1], ["合计", "", 100]]
    sheets = [["评分表", "总分"], ["评分表", 100]]
    assert refused(*rows, 评分表=sheets) == [("scheme.value-refused", "表.xlsx!Sheet1!C2")]
    assert "scheme.indicator-unused" not in noted(*rows)
    rows[0][2] = "#N/A"
    assert refused(*rows) == [("fact.cell-error", "表.xlsx!Sheet1!C2")]
    assert "scheme.indicator-unused" in noted(["经济", "投资", "", "完成率法"], ROWS[1])


NAMED = [["名称", "编号"], ["财政局", "finance"], ["大黄堡镇", "dhp"], ["财政局", "old"]]


def test_units_are_known_by_the_names_of_their_sheet() -> None:
    series = [["系列", "评分表", "个别单位另用评分表"], ["镇街", "评分表", "大黄堡镇 评分表"]]
    rows = [["经济", "投资", 60, "完成率法", "大黄堡镇"], ["安全", "事故", 40, "扣分法", "应急局"]]
    scheme, problems = read(rows, 单位名称=NAMED[:3], 系列和类别=series)
    assert scheme is not None, problems
    assert [one.department for one in scheme.indicators.values()] == ["dhp", "应急局"]
    assert scheme.series["镇街"].own_sheets == {"dhp": "评分表"}
    assert "workbook.unit-near" not in {one.code for one in problems}
    slip = [["经济", "投资", 60, "完成率法", "财正局"]]
    _, problems = read(slip, 单位名称=NAMED[:3])
    (near,) = [one for one in problems if one.code == "workbook.unit-near"]
    assert (near.where, near.args) == ("表.xlsx!Sheet1!E2", {"name": "财正局", "near": "财政局"})


def test_units_that_are_unclear_are_told() -> None:
    rows = [["经济", "投资", 60, "完成率法", "财政局"]]
    again = [*NAMED[:2], ["财政所", "finance"], ["", "plain"], ["无编号局", ""]]
    assert refused(*rows, 单位名称=again) == [("scheme.id-doubled", "表.xlsx!单位名称!B3")]
    assert refused(*rows, 单位名称=NAMED) == [("workbook.name-unclear", "表.xlsx!Sheet1!E2")]
    series = [
        ["系列", "评分表", "个别单位另用评分表"],
        ["镇街", "评分表", "大黄堡镇 评分表、dhp 评分表"],
    ]
    assert refused(*ROWS, 单位名称=NAMED[:3], 系列和类别=series) == [
        ("workbook.label-doubled", "表.xlsx!系列和类别!C2")
    ]


def test_cells_that_cannot_be_facts_are_told() -> None:
    assert refused(["经济", "=A1", 60, "完成率法"], ROWS[1]) == [
        ("fact.formula-uncalculated", "表.xlsx!Sheet1!B2")
    ]
    assert refused(["经济", '"\\x"', 60, "完成率法"], ROWS[1])[0] == (
        "workbook.quotation-broken",
        "表.xlsx!Sheet1!B2",
    )
    assert (
        refused(["经济", '"\\ud800"', 60, "完成率法"], ROWS[1])[0][0] == "workbook.quotation-broken"
    )
    assert (
        refused(["经济", '"a\\u202e12"', 60, "完成率法"], ROWS[1])[0][0] == "scheme.misleading-text"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("workbook.measure-unclear", "", "", "")]),
        ("完成率法、扣分法", [("workbook.measure-unclear", "", "", "")]),
        ("完成率", []),
        ("completion; cap none", []),
        ("完成率法，封顶：１０５％，保底=40%", []),
        ("完成率法封顶", [("workbook.measure-unknown", "完成率法封顶", "完成率法", "")]),
        ("完成率法；封顶", [("workbook.value-unclear", "", "", "封顶")]),
        ("完成率法；封顶 1 2", [("workbook.value-unclear", "1 2", "", "封顶")]),
        ("完成率法；封顶 （1）", [("workbook.value-unclear", "（…）", "", "封顶")]),
        ("完成率法；封顶 1；封顶 2", [("workbook.label-doubled", "", "", "封顶")]),
        ("完成率法；“封顶” 1", [("workbook.label-unknown", "封顶", "封顶", "")]),
        ("完成率法；、1", [("workbook.label-unknown", "", "", "")]),
        ("达标法；封顶 1", [("workbook.label-unknown", "封顶", "", "")]),
        ("分档计分；各档 95", [("workbook.brackets-wanted", "95", "", "各档")]),
        ("分档计分；各档（不低于95；得 100%）、（得 30%）", []),
        ("分档计分；各档 无", []),
        ("增幅法；再按（扣分）（扣分）", [("workbook.brackets-wanted", "（…） （…）", "", "再按")]),
        ("评议法；评议组 甲 40%、乙", [("workbook.map-unclear", "甲 40%、乙", "", "评议组")]),
        ("评议法；评议组 甲 40%、甲 60%", [("workbook.label-doubled", "", "", "甲")]),
        ("评议法；评议组 “甲、乙” 40%、丙 60%", []),
        ("满意度调查；不计答案 甲 乙", [("workbook.list-unclear", "甲 乙", "", "不计答案")]),
        ("满意度调查；渠道 无；不计答案 无", []),
        ("完成率法）", [("workbook.bracket-unpaired", "", "", "")]),
        ("（" * 12 + "）" * 12, [("workbook.too-deep", "", "", "")]),
    ],
)  # fmt: skip
def test_the_notation_is_read_strictly(text: str, expected: list[Any]) -> None:
    assert measure(text) == expected


def test_parts_and_values_are_read_alone() -> None:
    when, problems = read_parts(Node("考核项目 安全；倒数名次 3", "H2"), WHEN.parts)
    assert (when.plain(), problems) == ({"item": "安全", "bottom": "3"}, [])
    ties, problems = read_value(Node("（考核项目 安全）；（上期 名次）", "F2"), TIE_BREAKERS)
    assert (ties.plain(), problems) == ([{"item": "安全"}, {"previous": "place"}], [])


def test_every_setting_of_every_measure_has_its_label() -> None:
    for one in MEASURES.values():
        names = [label.name for label in one.labels.values()]
        settings = {name.rstrip("_") for name in one.settings.__dataclass_fields__}
        assert set(one.labels) == settings, one.kind
        assert len(set(names)) == len(names), one.kind
        assert one.words["zh"]["name"]
    names = [one.words["zh"]["name"] for one in MEASURES.values()]
    assert len(set(names)) == len(names)


PIECES = [
    "", "考核项目", "指标", "分值", "分值（镇街）", "计分办法", "编号", "其他", "方向", "重点领域", "攻坚战", "完成率法", "扣分法；保底 0", "合计", "小计",
    "完成率法；封顶 105%", "组合法；各部分（达标法；满分 4）（扣分法；满分 x）", "组合法", "增幅法；再按（组合法；各部分（达标法））", "评议法；评议组 甲 60%",
    "增幅法；再按（）", "分档计分；各档（）（（", "10", "-3", "1（不计入总分）", "（", '"', '"a"', '{"kind": "x"}', '{"measure": "x", "id": "a b"}', "甲", "乙", "place",
    "系列", "类别", "评分表", "总分", "设置", "内容", "版本", "points", "grades.levels", "items", '["a"]', "year", "审批程序", "无", "名称", "战役", "等次", "调整",
    "降低名次", "加分", "触发条件", "倒数名次 3；指标 甲", "并列时依次比较", "（考核项目 甲）", "个别单位另用评分表", "a 镇街", "说明", "0.001", "1e5", "９９", "x" * 300,
]  # fmt: skip
KEYS = {table.name: key for key, table in TABLES.items()}
TITLES = [
    "指标",
    "考核项目",
    "系列和类别",
    "评分表",
    "等次",
    "调整",
    "重点领域和战役",
    "其他设置",
    "Sheet1",
    "说明",
]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(TITLES),
            st.lists(st.lists(st.sampled_from(PIECES), max_size=7), max_size=7),
        ),
        max_size=4,
    ),
    st.booleans(),
)
def test_no_table_brings_the_reader_down(
    sheets: list[tuple[str, list[list[str]]]], headed: bool
) -> None:
    tables = {title: [[c.name for c in TABLES[key].columns], *rows] if headed else rows
              for title, rows in sheets for key in [KEYS.get(title, "indicators")]}  # fmt: skip
    opened = [
        SheetOfCells(
            title, True, False,
            {(r, c): SheetCell(text) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1) if text}, (),
        )
        for title, rows in tables.items()
    ]  # fmt: skip
    scheme, problems = read_opened("表.xlsx", opened)
    assert (scheme is None) == bool(blocking(problems))
    for one in problems:
        assert problem_text(one, "zh").startswith(one.where)


def test_the_examples_of_the_page_are_read() -> None:
    text = (Path(__file__).parents[2] / "docs" / "case-format.md").read_text(encoding="utf-8")
    page = text.partition("## Indicator workbook")[2].partition("## Own workbook")[0]
    lines = page.split("```")[1].strip().splitlines()
    assert [measure(line) for line in lines] == [[]] * 6


def test_a_series_without_its_name_is_not_lost_in_the_one_above() -> None:
    series = [["系列", "评分表"], ["镇街", "评分表"], ["", "评分表"]]
    assert refused(*ROWS, 系列和类别=series) == [("scheme.required", "表.xlsx!系列和类别!A3")]
