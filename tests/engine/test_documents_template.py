"""The workbook a department fills in."""

import io
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from leitai.documents.template import TemplateIndicator, template
from leitai.facts.read_xlsx import read_xlsx
from leitai.facts.resolve import resolve

PM25 = TemplateIndicator(
    "pm25", "PM2.5浓度", "微克/立方米", ("actual",), False, ("jia", "yi"), "按名次计分"
)
GDP = TemplateIndicator(
    "gdp", "生产总值", "亿元", ("actual", "target"), False, ("yi", "bing"), "按完成率计分"
)
SAFETY = TemplateIndicator("safety", "安全生产", "", (), True, ("jia", "yi"), "按次扣分")
MERIT = TemplateIndicator("merit", "工作亮点", "", (), True, ("bing",), "按项加分", adds=True)
RATING = TemplateIndicator("rating", "履职评价", "", ("coefficient",), False, ("jia",), "评议")
UNITS = [("jia", "甲镇"), ("yi", "乙镇"), ("bing", "丙镇")]


def form(*indicators: TemplateIndicator, made_up: bool = False) -> Workbook:
    """The form of the ecology bureau, as openpyxl reads it."""
    data = template("生态环境局", indicators, UNITS, made_up)
    return load_workbook(io.BytesIO(data))


def read_back(made: Workbook) -> list[dict[str, str]]:
    """The cells that the readers find in a filled form, names resolved, without any problem."""
    memory = io.BytesIO()
    made.save(memory)
    rows, problems = read_xlsx("生态环境局.xlsx", memory.getvalue())
    assert problems == []
    indicators = {one.id: one.name for one in (PM25, GDP, SAFETY, MERIT, RATING)}
    tables, problems = resolve({"all": rows}, dict(UNITS), indicators)
    assert problems == []
    return [{"table": row.table, **row.cells} for row in tables["all"]]


def put(sheet: Worksheet, **cells: object) -> None:
    """Type into cells, which must be unlocked, as a person would."""
    for address, content in cells.items():
        assert not sheet[address].protection.locked
        sheet[address] = content


def test_the_sheets_are_those_that_the_indicators_need() -> None:
    assert form(PM25, GDP, SAFETY, MERIT).sheetnames == [
        "说明",
        "数据",
        "扣分",
        "零报告",
        "加分",
        "选项",
    ]
    assert form(PM25).sheetnames == ["说明", "数据", "选项"]
    assert form(MERIT).sheetnames == ["说明", "加分", "选项"]


def test_values_are_laid_out_by_indicator_and_by_the_units_that_have_it() -> None:
    assert list(form(PM25, GDP)["数据"].values)[1:] == [
        ("单位", "指标", "实际值", "目标值", "填报人", "来源"),
        ("甲镇", "PM2.5浓度", None, None, None, None),
        ("乙镇", "PM2.5浓度", None, None, None, None),
        ("乙镇", "生产总值", None, None, None, None),
        ("丙镇", "生产总值", None, None, None, None),
    ]


def test_only_what_the_measure_needs_is_unlocked_and_the_rest_is_grey() -> None:
    sheet = form(PM25, GDP)["数据"]
    locked = {cell.coordinate: cell.protection.locked for cell in (*sheet[3], *sheet[5])}
    assert [address for address, is_locked in locked.items() if not is_locked] == [
        "C3",
        "E3",
        "F3",
        "C5",
        "D5",
        "E5",
        "F5",
    ]
    assert [sheet[one].fill.fgColor.rgb for one in ("D3", "D5")] == ["FFD9D9D9", "FFFFF9DB"]


@pytest.mark.parametrize("title", ["说明", "数据", "扣分", "零报告", "加分", "选项"])
def test_every_sheet_is_protected_without_a_password(title: str) -> None:
    protection = form(PM25, SAFETY, MERIT)[title].protection
    assert (protection.sheet, protection.password) == (True, None)


@pytest.mark.parametrize("title", ["数据", "扣分", "零报告", "加分"])
def test_tables_print_on_a4_across_with_their_headings(title: str) -> None:
    sheet = form(PM25, SAFETY, MERIT)[title]
    page = sheet.page_setup
    assert (page.paperSize, page.orientation, page.fitToHeight) == (9, "landscape", 0)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$2", "A3")


def test_a_blank_form_is_read_without_rows_and_without_problems() -> None:
    assert read_back(form(PM25, GDP, SAFETY, MERIT, made_up=True)) == []


def test_a_filled_form_is_read_back_as_it_was_filled_in() -> None:
    made = form(PM25, GDP, SAFETY, MERIT)
    put(made["数据"], C3=35.5, E3="张三", C5=12, D5=10.25, F5="统计月报")
    put(made["扣分"], A3="甲镇", B3="安全生产", C3=0.5, D3="=无证经营", G3="李四")
    put(made["扣分"], F3=datetime.fromisoformat("2019-03-05"))
    put(made["零报告"], A3="安全生产", C3="李四")
    put(made["加分"], A3="丙镇", B3="工作亮点", C3=1, D3="全国现场会", E3="现场会")
    made["扣分"]["D3"].data_type = "s"
    assert read_back(made) == [
        {"table": "values", "unit": "jia", "indicator": "pm25", "actual": "35.5", "by": "张三"},
        {
            "table": "values",
            "unit": "yi",
            "indicator": "gdp",
            "actual": "12",
            "target": "10.25",
            "source": "统计月报",
        },
        {
            "table": "events",
            "unit": "jia",
            "indicator": "safety",
            "points": "0.5",
            "reason": "=无证经营",
            "entered": "2019-03-05",
            "by": "李四",
        },
        {"table": "nil_returns", "indicator": "safety", "by": "李四"},
        {
            "table": "events",
            "unit": "bing",
            "indicator": "merit",
            "points": "1",
            "reason": "全国现场会",
            "matter": "现场会",
        },
    ]


def test_a_coefficient_alone_is_read_back_too() -> None:
    made = form(RATING)
    put(made["数据"], D3=1.05)
    assert read_back(made) == [
        {"table": "values", "unit": "jia", "indicator": "rating", "coefficient": "1.05"}
    ]


def test_every_blank_row_can_be_filled_and_the_row_after_the_last_cannot() -> None:
    made = form(SAFETY)
    put(made["扣分"], A202="甲镇", B202="安全生产", C202=1, D202="迟到")
    assert [row["reason"] for row in read_back(made)] == ["迟到"]
    assert made["扣分"]["A203"].protection.locked


def test_drop_downs_offer_the_units_and_indicators_of_their_sheet() -> None:
    made = form(SAFETY, MERIT)
    assert list(made["选项"].values) == [
        ("扣分单位", "扣分指标", "加分单位", "加分指标"),
        ("甲镇", "安全生产", "丙镇", "工作亮点"),
        ("乙镇", None, None, None),
    ]
    assert made["选项"].sheet_state == "hidden"
    offered = {
        title: [(str(one.sqref), one.formula1) for one in lists_of(made[title])]
        for title in ("扣分", "零报告", "加分")
    }
    assert offered == {
        "扣分": [("A3:A202", "'选项'!$A$2:$A$3"), ("B3:B202", "'选项'!$B$2:$B$2")],
        "零报告": [("A3:A22", "'选项'!$B$2:$B$2"), ("B3:B22", "'选项'!$A$2:$A$3")],
        "加分": [("A3:A202", "'选项'!$C$2:$C$2"), ("B3:B202", "'选项'!$D$2:$D$2")],
    }


def lists_of(sheet: Worksheet) -> list[object]:
    """The drop-down lists of a sheet."""
    return [one for one in sheet.data_validations.dataValidation if one.type == "list"]


def test_numbers_are_checked_while_typing_and_decimals_are_allowed() -> None:
    checks = {
        title: [
            (str(one.sqref), one.type, one.operator, one.formula1)
            for one in form(PM25, SAFETY)[title].data_validations.dataValidation
            if one.type != "list"
        ]
        for title in ("数据", "扣分")
    }
    assert checks == {
        "数据": [("C3:C4", "decimal", None, "-999999999999999")],
        "扣分": [("C3:C202", "decimal", "greaterThan", "0")],
    }


def test_a_department_with_many_deductions_has_a_nil_return_for_each() -> None:
    many = [
        TemplateIndicator(f"d{number}", f"扣分{number}", "", (), True, ("jia",), "扣分")
        for number in range(30)
    ]
    assert not form(*many)["零报告"]["A32"].protection.locked
    assert form(*many)["零报告"]["A33"].protection.locked


def test_the_notes_say_what_to_do_on_each_sheet_and_how_it_will_count() -> None:
    texts = [
        cell for row in form(GDP, SAFETY, MERIT, RATING)["说明"].values for cell in row if cell
    ]
    assert texts[0] == "生态环境局　填报表"
    assert [text[:6] for text in texts[1:8]] == [
        "1. 请只填",
        "2. “数据",
        "3. “扣分",
        "4. “零报",
        "5. “加分",
        "6. 请不要",
        "7. 填好后",
    ]
    assert texts[8:] == [
        *("指标", "计量单位", "请填写", "计分办法"),
        *("生产总值", "亿元", "实际值、目标值", "按完成率计分"),
        *("安全生产", "“扣分”表，没有扣分的填“零报告”表", "按次扣分"),
        *("工作亮点", "“加分”表", "按项加分"),
        *("履职评价", "系数", "评议"),
    ]


def test_every_visible_sheet_says_that_figures_are_made_up_and_no_sheet_says_so_otherwise() -> None:
    notice = "本表中的单位、指标和数字均系虚构，仅供演示。"
    titles = ["说明", "数据", "扣分", "零报告", "加分"]
    made_up = form(PM25, SAFETY, MERIT, made_up=True)
    real = form(PM25, SAFETY, MERIT)
    assert [made_up[title]["A2"].value for title in titles] == [notice] * 5
    assert notice not in [real[title]["A2"].value for title in titles]


def test_names_that_do_not_tell_units_apart_give_way_to_ids() -> None:
    units = [("jia", "城关镇"), ("yi", "城关镇"), ("bing", "jia")]
    same = TemplateIndicator("pm25", "浓度", "", ("actual",), False, ("jia", "yi", "bing"), "")
    sheet = load_workbook(io.BytesIO(template("局", [same], units, False)))["数据"]
    assert [sheet.cell(row, 1).value for row in (3, 4, 5)] == ["jia", "yi", "bing"]


def test_names_that_look_like_formulas_stay_text() -> None:
    evil = TemplateIndicator("x", "=1+1", "@a", ("actual",), False, ("jia",), "+2")
    made = load_workbook(io.BytesIO(template("=局", [evil], [("jia", "-甲")], False)))
    cells = [cell for sheet in made.worksheets for row in sheet.rows for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}


def test_the_same_form_has_the_same_bytes() -> None:
    assert template("局", [PM25, SAFETY], UNITS, True) == template(
        "局", [PM25, SAFETY], UNITS, True
    )
