"""Tables for people: workbooks and CSV files."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from leitai.documents.tables import Sheet, csv_text, sheet_titles, workbook

BOARD = Sheet(
    "总榜",
    "示例数据",
    ["单位", "名次", "总分", "增幅"],
    [["高村镇", 1, "88.10", "-0.50"], ["城关镇", None, "", "5%"]],
)


def opened(*sheets: Sheet) -> list[Worksheet]:
    """The sheets of the workbook, as openpyxl reads them."""
    return load_workbook(io.BytesIO(workbook(sheets))).worksheets


def test_a_sheet_has_its_notice_its_headings_and_its_rows() -> None:
    (sheet,) = opened(BOARD)
    assert list(sheet.values) == [
        ("示例数据", None, None, None),
        ("单位", "名次", "总分", "增幅"),
        ("高村镇", 1, 88.1, -0.5),
        ("城关镇", None, None, "5%"),
    ]


def test_a_caption_stands_above_the_notice_in_a_row_and_a_look_of_its_own() -> None:
    (sheet,) = opened(replace(BOARD, caption="第一季度"))
    assert [row[0] for row in sheet.values][:3] == ["第一季度", "示例数据", "单位"]
    colours = [sheet[cell].font.color and sheet[cell].font.color.rgb for cell in ("A1", "A2")]
    assert colours[0] != colours[1] == "FFC00000"
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$3", "A4")


def test_headings_stand_as_their_columns_numbers_right_and_texts_left() -> None:
    (sheet,) = opened(BOARD)
    for row in sheet["A2:D4"]:
        looks = [(cell.alignment.horizontal, cell.alignment.indent) for cell in row]
        assert looks == [("left", 1), ("right", 1), ("right", 1), ("left", 1)]
        assert {cell.alignment.vertical for cell in row} == {"center"}


def test_a_long_heading_and_a_short_row_have_their_room() -> None:
    (sheet,) = opened(Sheet("总榜", "", ["单位", "很长的指标名称" * 10], [["高村镇"]]))
    heights = [sheet.row_dimensions[row].height for row in (1, 2)]
    assert heights == pytest.approx([16 * 3 + 6, 16 + 6], abs=0.5)  # whole dots of a screen


def test_a_sheet_without_notice_begins_with_its_headings() -> None:
    (sheet,) = opened(Sheet("总榜", "", ["单位"], [["高村镇"]]))
    assert list(sheet.values) == [("单位",), ("高村镇",)]
    assert sheet.freeze_panes == "A2"


def test_points_are_numbers_that_show_exactly_their_decimals() -> None:
    points = ["88.10", "0.5", "12", "-0.250", "123456789012.345"]
    (sheet,) = opened(Sheet("总榜", "", ["总分"], [[one] for one in points]))
    shown = [(cell.value, cell.number_format) for (cell,) in sheet["A2:A6"]]
    assert shown == [
        (88.1, "0.00"),
        (0.5, "0.0"),
        (12, "0"),
        (-0.25, "0.000"),
        (123456789012.345, "0.000"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1234567890123456",
        "0.1234567890123456",
        "007",
        "+5",
        "1e5",
        "2/3",
        ".5",
        "=1+1",
        "@SUM(A1)",
        "-A1",
        "http://example.org",
        "{=1}",
        "第1名",
    ],
)
def test_every_other_text_stays_text_whatever_it_begins_with(text: str) -> None:
    (sheet,) = opened(Sheet("总榜", "", ["内容"], [[text]]))
    cell = sheet["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_titles_are_made_safe_short_and_distinct() -> None:
    assert sheet_titles(["a/b:c", "A b c", "", "'引'", "History", "长" * 40, "长" * 40]) == [
        "a b c",
        "A b c 2",
        "表",
        "引",
        "History 2",
        "长" * 31,
        "长" * 29 + " 2",
    ]
    assert sheet_titles(["𠅤" * 20]) == ["𠅤" * 15]


@given(st.lists(st.text(), max_size=5))
def test_any_titles_make_a_workbook_that_opens(titles: list[str]) -> None:
    sheets = opened(*[Sheet(title, "", ["单位"], []) for title in titles])
    assert len(sheets) == max(len(titles), 1)


@given(st.text(), st.text(), st.text())
def test_any_texts_make_a_workbook_that_opens(notice: str, heading: str, cell: str) -> None:
    (sheet,) = opened(Sheet("总榜", notice, [heading], [[cell]]))
    assert sheet.max_row <= 3


def test_columns_are_wide_enough_for_chinese() -> None:
    (sheet,) = opened(Sheet("总榜", "", ["单位", "n"], [["大黄堡镇湿地保护区", "1"]]))
    assert [round(sheet.column_dimensions[one].width) for one in "AB"] == [23, 7]


def test_pages_are_a4_across_with_the_headings_on_each() -> None:
    (sheet,) = opened(BOARD)
    page = sheet.page_setup
    assert (page.paperSize, page.orientation, page.fitToHeight) == (9, "landscape", 0)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$2", "A3")


def test_the_same_tables_give_the_same_bytes() -> None:
    assert workbook([BOARD]) == workbook([BOARD])


def test_csv_is_utf8_with_its_mark_and_quotes_what_needs_it() -> None:
    assert csv_text(["单位", "原因"], [["高村镇", '一,"二"\n三'], [1, None]]) == (
        b"\xef\xbb\xbf" + '单位,原因\r\n高村镇,"一,""二""\n三"\r\n1,\r\n'.encode()
    )


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-1-1", "@A1", "\t=1", "\r=1", "＝1+1", "-", "--1"]
)
def test_a_cell_that_would_run_as_a_formula_is_disarmed(text: str) -> None:
    assert parsed(csv_text(["a"], [[text]])) == [["a"], ["'" + text]]


@pytest.mark.parametrize("text", ["-5.00", "+3", "-12.5%", "1-1", "a=1", "'=1"])
def test_plain_numbers_and_other_texts_stay_as_they_are(text: str) -> None:
    assert parsed(csv_text(["a"], [[text]])) == [["a"], [text]]


def parsed(data: bytes) -> list[list[str]]:
    """The records of a CSV file."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
