"""The sheet 说明: what to fill in, how, and by which rule it will be counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leitai.documents.book import set_up_page
from leitai.documents.template_form import (
    AWARDS,
    DEDUCTIONS,
    NIL_RETURNS,
    VALUES,
    Form,
    TemplateIndicator,
    protect,
    write_head,
)
from leitai.facts.tables import TABLES

_WIDTHS = (32, 14, 28, 60)
_HEADINGS = ("指标", "计量单位", "请填写", "计分办法")
_FIRST = "请只填写浅黄色单元格；灰色单元格不需要填写，其余单元格已经锁定。"
_OF_VALUES = (
    "“数据”表：每行一个单位的一项指标。数字按下表的计量单位填写，不写计量单位，不用千分位逗号。"
    "没有数据的请留空，不要填0：留空表示尚缺数据，0表示实际结果就是0。"
)
_OF_DEDUCTIONS = (
    "“扣分”表：每扣一次分填一行，单位和指标从下拉列表中选择，分值填正数。"
    "原因请写明时间、事实和依据，它将原样印发给被扣分的单位。"
)
_OF_NIL_RETURNS = (
    "“零报告”表：没有扣分的指标，请在“指标”栏选择该指标，选择即为报告；"
    "“单位”栏留空，表示凡未列入“扣分”表的单位均无扣分。不选择不视为没有扣分，结果将无法生成。"
)
_OF_AWARDS = (
    "“加分”表：每加一次分填一行，分值填正数。同一事项请在“事项”栏写同样的名称，"
    "同一事项多次加分的，只计最高的一次。"
)
_BY_TITLE = {
    VALUES: _OF_VALUES,
    DEDUCTIONS: _OF_DEDUCTIONS,
    NIL_RETURNS: _OF_NIL_RETURNS,
    AWARDS: _OF_AWARDS,
}
_LAST = (
    "请不要改动工作表名称和标题行，不要合并单元格，不要添加合计行。",
    "填好后仍存为 .xlsx 文件，交回发表单位。",
)


def write_notes(form: Form, titles: Sequence[str]) -> None:
    """The sheet, with a paragraph for each sheet that follows."""
    sheet = form.book.add_worksheet("说明")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    row = write_head(form, sheet, f"{form.department}　填报表")
    for number, paragraph in enumerate(_paragraphs(titles), start=1):
        sheet.merge_range(row, 0, row, len(_WIDTHS) - 1, "", form.styles["text"])
        sheet.write_string(row, 0, f"{number}. {paragraph}", form.styles["text"])
        sheet.set_row(row, 34)
        row += 1
    for line, cells in enumerate(_table(form), start=row):
        style = form.styles["heading" if line == row else "fixed"]
        sheet.set_row(line, _height(cells))
        for column, cell in enumerate(cells):
            sheet.write_string(line, column, cell, style)
    set_up_page(sheet, 0)
    protect(sheet)


def _height(cells: Sequence[str]) -> int:
    """Room for the longest cell, which wraps within its column."""
    pairs = zip(cells, _WIDTHS, strict=True)
    lines = max(1 + 2 * len(cell) // width for cell, width in pairs)  # a Chinese letter is two wide
    return 16 * lines + 2


def _paragraphs(titles: Sequence[str]) -> Iterator[str]:
    yield _FIRST
    yield from (_BY_TITLE[title] for title in titles)
    yield from _LAST


def _table(form: Form) -> Iterator[tuple[str, ...]]:
    yield _HEADINGS
    for one in form.indicators:
        yield form.names[one.id], one.unit_of_measure, _what_to_fill(one), one.measure_sentence


def _what_to_fill(indicator: TemplateIndicator) -> str:
    if indicator.takes_events:
        return "“加分”表" if indicator.adds else "“扣分”表，没有扣分的填“零报告”表"
    chinese = {column.name: column.zh for column in TABLES["values"].columns}
    return "、".join(chinese[name] for name in indicator.needs) or "本表不填"
