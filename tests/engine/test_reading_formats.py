"""A number in a workbook is read where the cell shows that number, and told where it does not."""

import io

import pytest
from openpyxl import Workbook

from leitai.facts.read_xlsx import read_xlsx
from leitai.facts.xlsx_cells import shown_text
from leitai.facts.xlsx_formats import misleads


def read(number: object, number_format: str) -> list[str]:
    """The actual value read from a cell, or the codes of what is wrong with it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "数据"
    sheet.append(["单位", "指标", "实际值"])
    sheet.append(["甲镇", "产值", number])
    sheet["C2"].number_format = number_format
    memory = io.BytesIO()
    book.save(memory)
    rows, problems = read_xlsx("数据.xlsx", memory.getvalue())
    return [row["actual"] for row in rows] or [f"{one.code} {one.where}" for one in problems]


@pytest.mark.parametrize(
    ("number", "number_format", "text"),
    [
        (12.5, "General", "12.5"),
        (12.5, "G/通用格式", "12.5"),
        (1234.5, "#,##0.00", "1234.5"),
        (-3, "0_ ;[Red]-0 ", "-3"),
        (-3, "#,##0;(#,##0)", "-3"),
        (-3, "0.00", "-3"),
        (3, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "3"),
        (0, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0"),
        (12, '0"个"', "12"),
        (12, "0.00分", "12"),
        (1234.5, "0.00E+00", "1234.5"),
        (-5, "0.00_);(0.00)", "-5"),
        (5, "¥#,##0.00", "5"),
        (-5, "¥#,##0.00;[红色]¥-#,##0.00", "-5"),
        (5, "@", "5"),
        (95, '0"％"', "95%"),
        (5, '0.00"(分)"', "5"),
        (5, "0.00\\(分\\)", "5"),
        (-5, "0.00;\\(0.00\\)", "-5"),
        (0, "# ?/?", "0"),
        (0, '0.00;-0.00;"—"', "0"),
        (5, "[$¥-804]#,##0.00", "5"),
        ("90", "0;-0;0;@", "90"),
        ("90", '0.00;-0.00;"-"', "90"),
        (12, "[DBNum1][$-804]General", "12"),
        (0.955, "0.0%", "95.5%"),
        (-0.5, "0%;-0%", "-50%"),
        (95, '0"%"', "95%"),
        (0.5, "# ?/?", "0.5"),
    ],
)
def test_what_is_seen_is_read(number: object, number_format: str, text: str) -> None:
    assert read(number, number_format) == [text]


@pytest.mark.parametrize(
    ("number", "number_format"),
    [
        (12, ";;;"),
        (12, '"1.00"'),
        (12, ";-0"),
        (9000, "0,"),
        (9_000_000, '0.0,,"百万"'),
        (5, '0"万"'),
        (5, "0万"),
        (5, "0!.0"),
        (5, '0"."0'),
        (5, "0*9"),
        (5, "*-0"),
        (5, "0[$0]"),
        (5, "0[$万]"),
        (5, '0"０"'),
        (5, '0"五"'),
        (5, '0"仟"'),
        (0.5, "0%%"),
        (0.5, '0%"％"'),
        (5, '"' + "a" * 300 + '"0'),
        ("90", ';;;"30"'),
        ("90", ";;;"),
        (5, "0\\0"),
        (-5, "0;0"),
        (-5, "0;[Red]0"),
        (5, "\\-0"),
        (0, '0;-0;""'),
        (0, "0;-0;"),
        (5, "[>100]0;0"),
        (5, '[=5]"9";0'),
    ],
)
def test_a_format_that_shows_something_else_is_told_with_its_cell(
    number: object, number_format: str
) -> None:
    assert misleads(number_format, number)
    assert read(number, number_format) == ["fact.format-misleads 数据.xlsx!C2"]


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (12.3000000001, "0.00", "12.30"),
        (12.3000000001, "General", "12.3"),
        (12.345, "0.00", "12.35"),
        (12.345, "0.0_ ", "12.3"),
        (12.5, "0", "13"),
        (12.5, "#,##0.0##", "12.5"),
        (12.34567, "0.00##", "12.3457"),
        (12345678901.54, "General", "12345678902"),
        (0.12345, "0.0%", "12.3%"),
        (95, '0"%"', "95%"),
        (0.1 + 0.2, "", "0.3"),
        (1234567890123, "G/通用格式", "1234567890123"),
        (-2.5, "0", "-3"),
        (0.5, f"0.{'0' * 30}", f"0.5{'0' * 29}"),
        (10**18 - 1, f"0.{'0' * 98}%", f"99999999999999999900.{'0' * 98}%"),
        (-(10**18) + 1, "0.0", "-999999999999999999.0"),
        (10**18, "0.0", "1000000000000000000"),
        (-(10.0**28), "0.0", "-10000000000000000000000000000"),
        (float("inf"), "0.0", "Infinity"),
        (True, "0", "TRUE"),
        ("文字", "0.00", "文字"),
        (None, "0.00", ""),
    ],
)
def test_what_a_format_shows_of_a_number(value: object, number_format: str, shown: str) -> None:
    assert shown_text(value, number_format) == shown
