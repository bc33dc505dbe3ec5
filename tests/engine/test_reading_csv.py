"""CSV files become rows of facts."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leitai.facts.read_csv import read_csv
from leitai.facts.rows import Row
from leitai.problems import Problem, problem

EVENTS = "单位,指标,分值,原因\n高村镇,安全生产,0.50,无证经营\n"
ROW = Row(
    "events",
    "events.csv:2",
    "events.csv:2",
    {"unit": "高村镇", "indicator": "安全生产", "points": "0.50", "reason": "无证经营"},
)


def found(name: str, text: str) -> list[Problem]:
    """The problems of a CSV text."""
    return read_csv(name, text.encode())[1]


def cells(name: str, text: str) -> list[dict[str, str]]:
    """The cells of a CSV text that has no problems."""
    rows, problems = read_csv(name, text.encode())
    assert problems == []
    return [dict(row.cells) for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_the_usual_chinese_encodings_give_the_same_rows(encoding: str) -> None:
    assert read_csv("events.csv", EVENTS.encode(encoding)) == ([ROW], [])


def test_characters_outside_gbk_are_read_from_gb18030() -> None:
    rows, problems = read_csv("events.csv", EVENTS.replace("高村", "㙟村").encode("gb18030"))
    assert ([row["unit"] for row in rows], problems) == (["㙟村镇"], [])


def test_tabs_may_stand_between_cells() -> None:
    assert read_csv("events.csv", EVENTS.replace(",", "\t").encode()) == ([ROW], [])


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_read(ending: str) -> None:
    assert read_csv("events.csv", EVENTS.replace("\n", ending).encode()) == ([ROW], [])


def test_english_and_chinese_headings_may_be_mixed_and_spaced() -> None:
    text = "\ufeff Unit ,指 标,Points*,原因（请写明）\n高村镇,安全生产,0.50,无证经营\n"
    assert read_csv("events.csv", text.encode()) == ([ROW], [])


def test_a_title_above_the_headings_is_skipped() -> None:
    text = "一季度扣分表,,,\n,,,\n单位,指标,分值,原因\n甲镇,安全,1,迟到\n"
    rows, problems = read_csv("events.csv", text.encode())
    assert ([row.where for row in rows], problems) == (["events.csv:4"], [])


def test_a_column_that_counts_the_rows_is_left_aside() -> None:
    text = "序号,单位,指标,分值,原因\n1,甲镇,安全,1,迟到\n2,,,,\n"
    assert cells("events.csv", text) == [
        {"unit": "甲镇", "indicator": "安全", "points": "1", "reason": "迟到"}
    ]


def test_a_quoted_cell_may_hold_line_breaks_and_commas_and_counts_as_one_row() -> None:
    text = '单位,指标,分值,原因\n甲镇,安全,1,"一,\n""二"""\n乙镇,安全,2,三\n'
    rows, problems = read_csv("events.csv", text.encode())
    assert problems == []
    assert [(row.where, row["reason"]) for row in rows] == [
        ("events.csv:2", '一, "二"'),
        ("events.csv:3", "三"),
    ]


def test_blank_rows_are_skipped_and_still_counted() -> None:
    text = "单位,指标,分值,原因\n\n , ,\u3000,\n甲镇,安全,1,迟到\n"
    assert [row.where for row in read_csv("events.csv", text.encode())[0]] == ["events.csv:4"]


def test_the_id_of_a_row_is_its_own_id_or_its_place() -> None:
    text = "单位,指标,分值,原因,编号\n甲镇,安全,1,迟到,K-7\n乙镇,安全,1,迟到,\n"
    rows, _ = read_csv("sub/events.csv", text.encode())
    assert [row.id for row in rows] == ["K-7", "sub/events.csv:3"]


def test_numbers_are_cleaned_in_number_columns_only() -> None:
    text = "单位,指标,实际值,目标值,来源\n甲镇,１２,１２．５０％,＋８,（１２）％\n"
    assert cells("values.csv", text) == [
        {
            "unit": "甲镇",
            "indicator": "１２",
            "actual": "12.50%",
            "target": "8",
            "source": "（１２）％",
        }
    ]


def test_a_tally_may_state_its_mean_as_a_ratio() -> None:
    text = "单位,指标,有效数,平均分\n甲镇,满意度,3,２５７／３\n"
    assert cells("tallies.csv", text)[0]["mean"] == "257/3"


def test_marks_and_amounts_may_be_words() -> None:
    ballots = "评议人,评议组,单位,指标,评分\n张三,领导,甲镇,履职,优秀\n张三,领导,乙镇,履职,９５\n"
    assert [row["mark"] for row in cells("ballots.csv", ballots)] == ["优秀", "95"]
    adjustments = "单位,调整,幅度,原因\n甲镇,poverty,last,不力\n乙镇,poverty,３,不力\n"
    assert [row["amount"] for row in cells("adjustments.csv", adjustments)] == ["last", "3"]


def test_dates_of_entry_become_comparable() -> None:
    text = "单位,指标,分值,原因,录入日期\n甲镇,安全,1,迟到,2019/3/5 9:30\n"
    assert cells("events.csv", text)[0]["entered"] == "2019-03-05T09:30"


def test_a_value_that_is_not_there_yet_is_skipped_without_a_word() -> None:
    text = "单位,指标,实际值,目标值\n甲镇,收入,,\n乙镇,收入,5,4\n"
    assert [row["unit"] for row in cells("values.csv", text)] == ["乙镇"]


def test_a_panel_may_have_a_coefficient_without_an_actual_value() -> None:
    text = "单位,指标,实际值,系数\n甲镇,履职,,1.05\n"
    assert cells("values.csv", text) == [
        {"unit": "甲镇", "indicator": "履职", "coefficient": "1.05"}
    ]


@pytest.mark.parametrize(
    "name",
    [
        "events.csv",
        "Events-agri.csv",
        "events_2.CSV",
        "扣分.csv",
        "扣分表.csv",
        "加分（一季度）.csv",
        "扣分加分.csv",
        "一季度.csv",
    ],
)
def test_the_file_name_tells_the_table_else_the_headings_do(name: str) -> None:
    rows, problems = read_csv(name, EVENTS.encode())
    assert ([row.table for row in rows], problems) == (["events"], [])


def test_headings_that_fit_no_table_do_not_tell_it() -> None:
    assert found("eventz.csv", "甲,乙\n1,2\n") == [
        problem("fact.table-unknown", "eventz.csv", name="eventz", near="events")
    ]


def test_one_heading_is_too_little_to_tell_a_table() -> None:
    assert found("一季度.csv", "单位,指标\n甲镇,安全\n") == [
        problem("fact.table-unknown", "一季度.csv", name="一季度", near="")
    ]
    assert cells("零报告.csv", "指标\n安全\n") == [{"indicator": "安全"}]


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf\xff\xff", b"\xff\xfe\x00\xd8", b"\x80\x81\xff"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    assert read_csv("events.csv", data) == ([], [problem("fact.encoding", "events.csv")])


@pytest.mark.parametrize("data", [b"unit\0,indicator", "unit,\n".encode("utf-16-le")])
def test_a_sign_that_no_table_has_is_told(data: bytes) -> None:
    assert read_csv("events.csv", data) == ([], [problem("fact.nul-sign", "events.csv")])


def test_an_open_quotation_mark_is_told_with_the_row_it_begins_in() -> None:
    assert found("events.csv", EVENTS + '乙镇,安全,1,"无证\n丙镇,安全,1,x\n') == [
        problem("fact.quotation-mark", "events.csv", row=3)
    ]


def test_a_cell_beyond_every_measure_is_told_likewise() -> None:
    assert found("events.csv", EVENTS + "乙镇,安全,1," + "长" * 200_000) == [
        problem("fact.quotation-mark", "events.csv", row=3)
    ]


def test_unknown_doubled_and_missing_headings_are_told_at_once() -> None:
    assert found("values.csv", "单位,单 位,实际植,指标\n甲镇,,1,收入\n") == [
        problem("fact.heading-doubled", "values.csv:1", heading="单 位"),
        problem(
            "fact.heading-unknown",
            "values.csv:1",
            heading="实际植",
            table="数据",
            table_name="values",
            near="实际值",
        ),
        problem(
            "fact.heading-missing",
            "values.csv:1",
            column="实际值",
            column_name="actual",
            table="数据",
            table_name="values",
        ),
    ]


def test_an_empty_file_lacks_every_heading() -> None:
    assert [one.args["column_name"] for one in found("frame.csv", "")] == ["stratum", "size"]


def test_rows_under_an_unknown_heading_are_still_looked_at() -> None:
    codes = [one.code for one in found("values.csv", "单位,指标,实际值,备考\n甲镇,收入,1e5,x\n")]
    assert codes == ["fact.heading-unknown", "fact.exponent"]


def test_every_problem_of_a_row_is_told_and_the_row_is_not_taken() -> None:
    text = "单位,指标,分值,原因\n,安全,1,5,无证\n乙镇,安全,1,x\n"
    rows, problems = read_csv("events.csv", text.encode())
    assert [row["unit"] for row in rows] == ["乙镇"]
    assert problems == [
        problem("fact.cell-outside", "events.csv:2", text="无证"),
        problem("fact.cell-blank", "events.csv:2", column="单位", column_name="unit"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('"1,234"', "fact.thousands-separator"),
        ("1e5", "fact.exponent"),
        ("一", "fact.not-a-number"),
        ("1234567890123456789", "fact.too-many-digits"),
    ],
)
def test_a_doubtful_number_is_told_with_its_column(text: str, code: str) -> None:
    typed = text.strip('"')
    assert found("values.csv", f"单位,指标,实际值\n甲镇,收入,{text}\n") == [
        problem(code, "values.csv:2", text=typed, column="实际值", column_name="actual")
    ]


def test_an_entry_without_a_calendar_day_is_told() -> None:
    assert found("events.csv", "单位,指标,分值,原因,录入日期\n甲镇,安全,1,x,昨天\n") == [
        problem(
            "fact.not-a-date", "events.csv:2", text="昨天", column="录入日期", column_name="entered"
        )
    ]


@pytest.mark.parametrize("unit", ["合计", "合　计", "总计：", "镇街小计", "平均", "Total", "SUM"])
def test_a_row_of_totals_is_refused(unit: str) -> None:
    assert found("values.csv", f"单位,指标,实际值\n甲镇,收入,1\n{unit},收入,1\n") == [
        problem("fact.total-row", "values.csv:3", unit=unit)
    ]


def test_a_row_of_totals_is_found_beside_the_unit_and_in_the_frame() -> None:
    assert found("values.csv", "序号,单位,指标,实际值\n合计,,,9\n") == [
        problem("fact.total-row", "values.csv:2", unit="合计")
    ]
    assert found("frame.csv", "分层,总数\n城镇,5\n合计,5\n") == [
        problem("fact.total-row", "frame.csv:3", unit="合计")
    ]


def test_a_reason_may_speak_of_totals() -> None:
    text = "单位,指标,分值,原因\n甲镇,安全,1,合计\n"
    assert cells("events.csv", text)[0]["reason"] == "合计"


def test_a_message_quotes_no_more_than_it_needs() -> None:
    (one,) = found("values.csv", f"单位,指标,实际值\n甲镇,收入,{'长' * 500}\n")
    assert one.args["text"] == "长" * 39 + "…"


@given(st.sampled_from(["events.csv", "values.csv", "x.csv"]), st.binary())
@example("events.csv", b"\xff\xfe")
@example("x.csv", b'"')
def test_whatever_the_bytes_reading_never_raises(name: str, data: bytes) -> None:
    rows, problems = read_csv(name, data)
    assert rows == []
    assert problems


@given(st.lists(st.lists(st.text(max_size=6), max_size=7), max_size=6))
def test_whatever_stands_below_the_headings_reading_never_raises(table: list[list[str]]) -> None:
    below = "\n".join(",".join(row) for row in table)
    rows, _ = read_csv("values.csv", f"单位,指标,实际值,目标值\n{below}".encode())
    assert all(row["unit"] and row["indicator"] for row in rows)
    assert all(row["actual"] or row["target"] for row in rows)  # half a row is found missing later


def test_a_table_of_coefficients_alone_needs_no_column_of_actual_values() -> None:
    text = "单位,指标,系数\n甲镇,履职,1.05\n"
    assert cells("values.csv", text) == [
        {"unit": "甲镇", "indicator": "履职", "coefficient": "1.05"}
    ]
