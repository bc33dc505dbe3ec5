"""The workbook a department fills in: its own units and indicators, and nothing to get wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from leitai.documents.book import write_book
from leitai.documents.template_events import write_events, write_nil_returns
from leitai.documents.template_form import (
    AWARDS,
    DEDUCTIONS,
    NIL_RETURNS,
    VALUES,
    Form,
    TemplateIndicator,
    styles_of,
    write_choices,
)
from leitai.documents.template_notes import write_notes
from leitai.documents.template_values import write_values
from leitai.facts.names import labels

if TYPE_CHECKING:
    from leitai.documents.book import Workbook

__all__ = ["TemplateIndicator", "template"]


def template(
    department_name: str,
    indicators: Sequence[TemplateIndicator],
    units: Sequence[tuple[str, str]],
    made_up: bool,
) -> bytes:
    """An XLSX form that the readers of facts take back as it is; `units` are ids with names.

    Sheets: 说明; as far as the indicators need them 数据, 扣分, 零报告, 加分; and hidden 选项.
    """

    def fill(book: Workbook) -> None:
        form = Form(
            book=book,
            styles=styles_of(book),
            department=department_name,
            made_up=made_up,
            indicators=tuple(indicators),
            units=labels(units),
            names=labels([(one.id, one.name) for one in indicators]),
        )
        _write_sheets(form)

    return write_book(fill)


def _write_sheets(form: Form) -> None:
    sheets: dict[str, Callable[[], None]] = {}
    if form.values:
        sheets[VALUES] = lambda: write_values(form)
    if DEDUCTIONS in form.events:
        sheets[DEDUCTIONS] = lambda: write_events(form, DEDUCTIONS)
        sheets[NIL_RETURNS] = lambda: write_nil_returns(form)
    if AWARDS in form.events:
        sheets[AWARDS] = lambda: write_events(form, AWARDS)
    write_notes(form, list(sheets))
    for write in sheets.values():
        write()
    write_choices(form)
