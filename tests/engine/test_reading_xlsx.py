"""Workbooks become rows of facts."""

import io
import random
import zipfile
from collections.abc import Callable
from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from leitai.facts.grid import letters
from leitai.facts.read_xlsx import read_xlsx
from leitai.facts.rows import Row
from leitai.problems import Problem, problem, warning
from leitai.signs import quoted

HEADINGS = ["单位", "指标", "分值", "原因"]
ENTRY = ["甲镇", "安全", 1, "迟到"]
Table = list[list[object]]


def book(**sheets: Table) -> Workbook:
    """A workbook with these sheets."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return made


def saved(made: Workbook) -> bytes:
    """The bytes of a workbook."""
    memory = io.BytesIO()
    made.save(memory)
    return memory.getvalue()


def events(*rows: list[object], change: Callable[[Worksheet], object] = id) -> bytes:
    """A workbook with the one sheet 扣分, changed as wished."""
    made = book(扣分=[HEADINGS, *rows])
    change(made["扣分"])
    return saved(made)


def found(data: bytes) -> list[Problem]:
    """The problems of 扣分表.xlsx."""
    return read_xlsx("扣分表.xlsx", data)[1]


def column(data: bytes, name: str) -> list[str]:
    """One column of a workbook that has no problems."""
    rows, problems = read_xlsx("扣分表.xlsx", data)
    assert problems == []
    return [row[name] for row in rows]


def test_a_row_knows_its_place_and_each_cell_its_address() -> None:
    assert read_xlsx("扣分表.xlsx", events(ENTRY)) == (
        [
            Row(
                "events",
                "扣分表.xlsx!扣分!2",
                "扣分表.xlsx!扣分!2",
                {"unit": "甲镇", "indicator": "安全", "points": "1", "reason": "迟到"},
                {
                    "unit": "扣分表.xlsx!A2",
                    "indicator": "扣分表.xlsx!B2",
                    "points": "扣分表.xlsx!C2",
                    "reason": "扣分表.xlsx!D2",
                },
            )
        ],
        [],
    )


def test_addresses_name_the_sheet_where_several_sheets_are_tables() -> None:
    data = saved(book(扣分=[HEADINGS, ENTRY], 加分=[HEADINGS, ENTRY], 说明=[["请逐行填写"]]))
    rows, problems = read_xlsx("上报.xlsx", data)
    assert problems == []
    assert [(row.table, row.where, row.spot("unit")) for row in rows] == [
        ("events", "上报.xlsx!扣分!2", "上报.xlsx!扣分!A2"),
        ("events", "上报.xlsx!加分!2", "上报.xlsx!加分!A2"),
    ]


def test_column_letters_go_on_after_z() -> None:
    assert [letters(number) for number in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]


def test_a_title_above_the_headings_is_skipped_even_when_merged() -> None:
    made = book(扣分=[["一季度扣分表"], [], ["序号", *HEADINGS], [1, *ENTRY]])
    made["扣分"].merge_cells("A1:E1")
    rows, problems = read_xlsx("扣分表.xlsx", saved(made))
    assert problems == []
    assert [(row.where, row.spot("unit")) for row in rows] == [
        ("扣分表.xlsx!扣分!4", "扣分表.xlsx!B4")
    ]


def test_numbers_are_read_as_excel_shows_them_in_full() -> None:
    points = [0.1, 0.1 + 0.2, 12.0, 1.25, "０．５０", "1.50"]
    data = events(*[["甲镇", "安全", one, "迟到"] for one in points])
    assert column(data, "points") == ["0.1", "0.3", "12", "1.25", "0.50", "1.50"]


@pytest.mark.parametrize(
    ("number", "text"),
    [(1e18, f"1{'0' * 18}"), (1e28, f"1{'0' * 28}"), (10**30, f"1{'0' * 30}"),
     (-1e40, f"-1{'0' * 40}")],
)  # fmt: skip
@pytest.mark.parametrize("number_format", ["General", "0.00", "0.00;[Red]-0.00"])
def test_a_number_far_too_large_is_told_at_its_cell(
    number: float, text: str, number_format: str
) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C3"].number_format = number_format

    told = found(events(ENTRY, ["甲镇", "安全", number, "错位"], change=change))
    words = {"column": "分值", "column_name": "points", "text": quoted(text)}
    assert told == [problem("fact.too-many-digits", "扣分表.xlsx!C3", **words)]


def test_a_share_shown_in_percent_is_read_as_percent() -> None:
    made = book(
        数据=[["单位", "指标", "实际值"], ["甲镇", "完成率", 0.95], ["乙镇", "完成率", 0.955]]
    )
    for row in (2, 3):
        made["数据"].cell(row, 3).number_format = "0%"
    assert column(saved(made), "actual") == ["95%", "95.5%"]


def test_dates_and_times_are_read_as_iso_text() -> None:
    headings = [*HEADINGS, "录入日期", "来源"]
    data = saved(
        book(
            扣分=[
                headings,
                [*ENTRY, datetime.fromisoformat("2019-03-05"), time(9, 30)],
                [*ENTRY, datetime.fromisoformat("2019-03-05T09:30"), True],
                [*ENTRY, "2019/3/5", 0.25],
            ]
        )
    )
    assert column(data, "entered") == ["2019-03-05", "2019-03-05T09:30:00", "2019-03-05"]
    assert column(data, "source") == ["09:30:00", "TRUE", "0.25"]


def test_hidden_sheets_and_sheets_for_the_reader_are_skipped() -> None:
    made = book(
        README=[["x"]], 填表说明=[["x"]], 选项=[["x"]], 草稿=[["x"]], Sheet2=[], 扣分=[HEADINGS]
    )
    made["草稿"].sheet_state = "hidden"
    hidden = warning("fact.sheet-hidden", "扣分表.xlsx!草稿")
    assert read_xlsx("扣分表.xlsx", saved(made)) == ([], [hidden])


def test_the_workbook_names_the_table_where_its_only_sheet_does_not() -> None:
    assert column(saved(book(Sheet1=[HEADINGS, ENTRY], 说明=[["x"]])), "unit") == ["甲镇"]


def test_a_second_sheet_without_a_table_name_is_not_guessed_at() -> None:
    made = book(扣分=[HEADINGS, ENTRY], 零汇报=[HEADINGS, ENTRY])
    rows, problems = read_xlsx("扣分表.xlsx", saved(made))
    assert [row.where for row in rows] == ["扣分表.xlsx!扣分!2"]
    assert problems == [
        problem("fact.table-unknown", "扣分表.xlsx!零汇报", name="零汇报", near="零报告")
    ]


def test_cells_far_away_without_content_do_no_harm() -> None:
    def style_the_last_cell(sheet: Worksheet) -> None:
        sheet.cell(1_048_576, 16_384).number_format = "0%"

    assert column(events(ENTRY, change=style_the_last_cell), "unit") == ["甲镇"]


def test_the_result_of_a_formula_counts() -> None:
    data = with_results(events(["甲镇", "安全", "=1+1", '=""'], [*ENTRY[:3], "=A1"]))
    rows, problems = read_xlsx("扣分表.xlsx", data)
    assert [(row["points"], row["reason"]) for row in rows] == [("1", "迟到")]
    assert problems == [
        problem("fact.cell-blank", "扣分表.xlsx!D2", column="原因", column_name="reason")
    ]


def with_results(data: bytes) -> bytes:
    """The workbook as Excel saves it: formulas with their results, one of them a blank text."""
    return changed(
        data,
        "xl/worksheets/sheet1.xml",
        ("<f>1+1</f><v />", "<f>1+1</f><v>2</v>"),
        ('<c r="D2"><f>""</f><v />', '<c r="D2" t="str"><f>""</f><v></v>'),
        ('<c r="D3"><f>A1</f><v />', '<c r="D3" t="str"><f>A1</f><v>迟到</v>'),
    )


def changed(data: bytes, name: str, *pairs: tuple[str, str]) -> bytes:
    """The workbook with texts in one of its parts replaced."""
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(memory, "w") as after:
        for part in before.namelist():
            text = before.read(part)
            for old, new in pairs if part == name else ():
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            after.writestr(part, text, zipfile.ZIP_DEFLATED)
    return memory.getvalue()


def test_a_formula_without_a_result_is_told() -> None:
    assert found(events(["甲镇", "安全", "=1+1", "迟到"])) == [
        problem("fact.formula-uncalculated", "扣分表.xlsx!C2", text="")
    ]


def test_an_error_value_is_told() -> None:
    assert found(events(["甲镇", "安全", "#DIV/0!", "迟到"])) == [
        problem("fact.cell-error", "扣分表.xlsx!C2", text="#DIV/0!")
    ]


def test_yes_and_no_are_no_numbers() -> None:
    words = {"text": "TRUE", "column": "分值", "column_name": "points"}
    assert found(events(["甲镇", "安全", True, "迟到"])) == [
        problem("fact.not-a-number", "扣分表.xlsx!C2", **words)
    ]


def test_merged_units_are_told_once_with_their_range() -> None:
    rows: Table = [ENTRY, [None, "安全", 2, "迟到"], [None, "安全", 3, "迟到"]]
    assert found(events(*rows, change=lambda sheet: sheet.merge_cells("A2:A4"))) == [
        problem("fact.merged-cells", "扣分表.xlsx!A2", range="A2:A4")
    ]


def test_merged_cells_without_content_are_blank() -> None:
    data = events(ENTRY, change=lambda sheet: sheet.merge_cells("A5:D6"))
    assert column(data, "unit") == ["甲镇"]


def test_a_heading_over_two_rows_is_told() -> None:
    made = book(扣分=[HEADINGS, [None, None, "分", "由"], ENTRY])
    made["扣分"].merge_cells("A1:A2")
    codes = [one.code for one in found(saved(made))]
    assert codes == ["fact.merged-cells", "fact.not-a-number", "fact.cell-blank"]


def test_an_unknown_heading_and_a_cell_under_none_are_told_with_their_address() -> None:
    made = book(扣分=[[*HEADINGS, "附注"], [*ENTRY, "x", "边上"]])
    words = {"heading": "附注", "table": "扣分", "table_name": "events", "near": ""}
    assert found(saved(made)) == [
        problem("fact.heading-unknown", "扣分表.xlsx!E1", **words),
        problem("fact.cell-outside", "扣分表.xlsx!F2", text="边上"),
    ]


def test_a_missing_heading_is_told_with_its_row() -> None:
    assert found(saved(book(扣分=[["单位", "指标", "分值"], ["甲镇", "安全", 1]]))) == [
        problem(
            "fact.heading-missing",
            "扣分表.xlsx!扣分!1",
            column="原因",
            column_name="reason",
            table="扣分",
            table_name="events",
        )
    ]


UNREADABLE = ([], [problem("fact.workbook-unreadable", "扣分表.xlsx")])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
        b"not a workbook",
        events(ENTRY)[:-40],
        events(ENTRY)[: len(events(ENTRY)) // 2],
    ],
    ids=["empty", "beginning of a zip", "old .xls or encrypted", "text", "end cut off", "half"],
)
def test_what_is_no_whole_workbook_is_unreadable(data: bytes) -> None:
    assert read_xlsx("扣分表.xlsx", data) == UNREADABLE


def test_a_zip_that_is_no_workbook_is_unreadable() -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert read_xlsx("扣分表.xlsx", memory.getvalue()) == UNREADABLE


def test_entities_that_swell_or_fetch_are_unreadable() -> None:
    swelling = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet'
    data = changed(events(ENTRY), "xl/worksheets/sheet1.xml", ("<worksheet", swelling))
    assert read_xlsx("扣分表.xlsx", data) == UNREADABLE


TOO_LARGE = problem("fact.workbook-too-large", "扣分表.xlsx", megabytes=50, cells=1_000_000)


def test_a_workbook_that_unpacks_to_more_than_50_megabytes_is_refused_unopened() -> None:
    for size, problems in ((49 * 2**20, []), (50 * 2**20, [TOO_LARGE])):
        memory = io.BytesIO(events(ENTRY))
        with zipfile.ZipFile(memory, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/media/image1.png", bytes(size))
        assert found(memory.getvalue()) == problems


@pytest.mark.parametrize(
    "xml",
    [
        '<mergeCells count="1"><mergeCell ref="A3:XFD1048576"/></mergeCells>',
        '<mergeCells count="1"><mergeCell ref="a3:zz30000"/></mergeCells>',
        '<mergeCells count="1"><mergeCell ref="$A$3:$ZZ$30000"/></mergeCells>',
        '<mergeCells count="1"><mergeCell ref="A:Z"/></mergeCells>',
        '<mergeCells count="1"><mergeCell ref="3:9000"/></mergeCells>',
        '<hyperlinks><hyperlink ref="A3:XFD1048576" location="A1"/></hyperlinks>',
        '<hyperlinks><hyperlink ref="ZZ30000:A3" location="A1"/></hyperlinks>',
        "<x>" + "<a/>" * 3_000_001 + "</x>",
    ],
    ids=lambda xml: xml[:60],
)
def test_a_part_that_opens_into_something_enormous_is_refused_unopened(xml: str) -> None:
    data = changed(
        events(ENTRY), "xl/worksheets/sheet1.xml", ("</sheetData>", "</sheetData>" + xml)
    )
    assert found(data) == [TOO_LARGE]


def test_a_formula_that_thousands_of_cells_share_is_refused_unopened() -> None:
    long = "+".join(["A1"] * 2_000)
    shared = "".join(f'<c r="F{row}"><f t="shared" si="0"/></c>' for row in range(9, 1009))
    first = f'<c r="F8"><f t="shared" ref="F8:F1008" si="0">{long}</f></c>'
    rows = f'<row r="8">{first}{shared}</row></sheetData>'
    data = changed(events(ENTRY), "xl/worksheets/sheet1.xml", ("</sheetData>", rows))
    assert found(data) == [TOO_LARGE]


def test_a_single_merged_cell_and_a_link_do_no_harm() -> None:
    xml = '</sheetData><hyperlinks><hyperlink ref="A2" location="A1"/></hyperlinks>'
    data = changed(events(ENTRY), "xl/worksheets/sheet1.xml", ("</sheetData>", xml))
    assert column(data, "unit") == ["甲镇"]


def test_a_hidden_sheet_named_after_a_table_is_warned_of() -> None:
    made = book(扣分=[HEADINGS, ENTRY], 加分=[HEADINGS, ENTRY])
    made["加分"].sheet_state = "hidden"
    rows, problems = read_xlsx("扣分表.xlsx", saved(made))
    assert len(rows) == 1
    assert problems == [warning("fact.sheet-hidden", "扣分表.xlsx!加分")]


def test_rows_above_the_headings_are_warned_of_where_they_may_be_facts() -> None:
    made = book(扣分=[["某局扣分表"], ENTRY, HEADINGS, ENTRY])
    rows, problems = read_xlsx("扣分表.xlsx", saved(made))
    assert len(rows) == 1
    assert problems == [warning("fact.row-above-headings", "扣分表.xlsx!扣分!2", row=3)]


def test_a_cell_that_turns_the_direction_of_writing_is_told() -> None:
    assert found(events(["\u202e镇甲", *ENTRY[1:]])) == [
        problem("fact.misleading-text", "扣分表.xlsx!A2", text="镇甲")
    ]


@given(st.binary())
def test_whatever_the_bytes_reading_never_raises(data: bytes) -> None:
    assert read_xlsx("扣分表.xlsx", data) == UNREADABLE


@given(st.randoms(use_true_random=False))
def test_however_a_part_is_spoilt_reading_never_raises(chance: random.Random) -> None:
    whole = zipfile.ZipFile(io.BytesIO(events(ENTRY, ["乙镇", "安全", "=1", "x"])))
    spoilt = chance.choice(whole.namelist())
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name in whole.namelist():
            part = bytearray(whole.read(name))
            for _ in range(3 if name == spoilt else 0):
                part[chance.randrange(len(part))] = chance.choice(b'0123456789<>"/=xX -')
            archive.writestr(name, bytes(part))
    _, problems = read_xlsx("扣分表.xlsx", memory.getvalue())
    assert all(one.code.startswith("fact.") for one in problems)


@pytest.mark.parametrize("hide", ["row", "column"])
def test_hidden_rows_and_columns_are_read_and_warned_of(hide: str) -> None:
    def change(sheet: Worksheet) -> None:
        if hide == "row":
            sheet.row_dimensions[2].hidden = True
        else:
            sheet.column_dimensions["C"].hidden = True

    rows, problems = read_xlsx("扣分表.xlsx", events(ENTRY, change=change))
    assert len(rows) == 1
    assert problems == [warning("fact.cells-hidden", "扣分表.xlsx!扣分")]
