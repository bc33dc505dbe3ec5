"""The sheet 说明 of the indicator workbook: how to fill it in, and every word of the measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from leitai.documents.book import display_width, set_up_page
from leitai.measures import MEASURES
from leitai.measures.kind import Label

if TYPE_CHECKING:
    from leitai.documents.book import Format, Workbook

_WIDTHS = (16, 14, 100)
_PARAGRAPHS = (
    (
        "“指标”表每行一项指标。“分值（…）”每张评分表一列；不计入总分的，写作“1（不计入总分）”。"
        "“合计”行只用来核对，不作为指标读取。"
    ),
    (
        "“计分办法”先写办法名称，再写各项参数，用分号隔开，参数名和内容之间空一格，如："
        "完成率法；保底 40%；封顶 105%。一项参数有几个值的，用顿号隔开，如：各名次得分 10、8、6。"
        "没有写的参数按默认。"
    ),
    (
        "参数里面还有参数的，写在括号里，如：分档计分；各档（不低于 95；得 100%）（得 30%）；"
        "增幅法；再按（功效系数法；基础分 60%）；"
        "组合法；各部分（达标法；满分 4）（名次法；满分 4；每名相差 0.5）。"
    ),
    (
        '名称中有空格、标点的，用引号括起来，如：评议组 "甲、乙组" 40%、丙组 60%。'
        "“计分办法说明”“用于”两栏由程序写出，供阅读，不读取。"
    ),
    (
        "“编号”供程序引用，可以不改；新加的行可以留空，读取时自动编号。“责任部门”写“单位名称”表中的名称，没有这张表的原样读取。"
    ),
)
_HEADINGS = ("计分办法", "方案中的名称", "参数（方案中的名称；可填的词）")


def write_notes(book: Workbook, styles: Mapping[str, Format]) -> None:
    """The sheet, last in the workbook."""
    sheet = book.add_worksheet("说明")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, "填写说明", styles["title"])
    sheet.set_row(0, 26)
    row = 1
    for number, paragraph in enumerate(_PARAGRAPHS, start=1):
        text = f"{number}. {paragraph}"
        sheet.merge_range(row, 0, row, len(_WIDTHS) - 1, "", styles["text"])
        sheet.write_string(row, 0, text, styles["text"])
        sheet.set_row(row, 16 * -(-display_width(text) // (sum(_WIDTHS) - 4)) + 4)
        row += 1
    for line, cells in enumerate(_table(), start=row):
        for column, cell in enumerate(cells):
            sheet.write_string(line, column, cell, styles["heading" if line == row else "text"])
        sheet.set_row(line, 16 * -(-display_width(cells[-1]) // (_WIDTHS[-1] - 2) or 1) + 4)
    set_up_page(sheet, 0)


def _table() -> Iterator[Sequence[str]]:
    yield _HEADINGS
    for measure in sorted(MEASURES.values(), key=lambda one: one.kind):
        labels = "；".join(_label(key, one) for key, one in measure.labels.items())
        yield measure.words["zh"]["name"], measure.kind, labels or "无"


def _label(key: str, label: Label) -> str:
    """A setting with its name in the scheme, its words, its parts."""
    words = "、".join(label.words.values())
    parts = "，".join(_label(one, part) for one, part in label.parts.items())
    inside = "；".join(text for text in (key, words and f"可填{words}", parts) if text)
    return f"{label.name}（{inside}）"
