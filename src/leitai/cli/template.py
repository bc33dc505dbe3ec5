"""leitai template: the workbook a department fills in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leitai.bind import Bound, bind
from leitai.cli.ending import Stop
from leitai.cli.files import write
from leitai.cli.options import Lang, LangOption, RoundFolder
from leitai.cli.rounds import loaded, refuse
from leitai.cli.screen import print_text
from leitai.documents.tables import sheet_titles
from leitai.documents.template import template as form
from leitai.documents.template_form import TemplateIndicator
from leitai.explain.rule_text import rule_text
from leitai.explain.words import say
from leitai.facts.round import Round
from leitai.near import near
from leitai.problems import blocking


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        short_help="生成责任部门的填报表 · write a department's form",
        help="生成责任部门的填报表：单位已列好，下拉选择，标题受保护。\n\n"
        "Write the workbook a responsible department fills in.",
        epilog="例 Example: leitai template schemes/wuqing/2019/2019Q1 生态环境局",
    )(template)


def template(
    folder: RoundFolder,
    department: Annotated[
        str, typer.Argument(metavar="DEPARTMENT", help="责任部门的名称或编号 · name or id")
    ],
    out: Annotated[Path | None, typer.Option(help="写到哪里 · where to write it")] = None,
    lang: LangOption = Lang.zh,
) -> None:
    """Writes the workbook of one department."""
    round_ = loaded(folder, lang.value)
    bindings, problems = bind(round_.scheme)
    if blocking(problems):
        refuse(problems, lang.value)
    named, title = _department(round_, department)
    mine = [
        _indicator(one, round_, lang.value)
        for one in bindings.values()
        if one.indicator.department == named and "score" not in one.needs
    ]
    if not mine:
        raise Stop("department-without-form", department=department)
    units = [(unit.id, unit.name) for unit in round_.units.values()]
    file = out or Path(f"{sheet_titles([title])[0]}-{round_.id}.xlsx")
    if file.exists():
        raise Stop("file-exists", path=file)
    write(file, form(f"{title} · {round_.name}", mine, units, round_.scheme.made_up))
    print_text(say(lang.value, "evaluate.written", path=file))


def _department(round_: Round, text: str) -> tuple[str, str]:
    """The department's id and name; departments need not be units."""
    known = {one.department for one in round_.scheme.indicators.values() if one.department}
    names = {round_.units[one].name: one for one in known if one in round_.units}
    found = text if text in known else names.get(text)
    if found is None:
        raise Stop("department-unknown", department=text, near=near(text, [*names, *known]))
    return found, round_.units[found].name if found in round_.units else found


def _indicator(bound: Bound, round_: Round, lang: str) -> TemplateIndicator:
    indicator = bound.indicator
    units = [
        unit.id
        for unit in round_.units.values()
        if round_.scheme.sheet_of(unit.id, unit.series).full_of(indicator.id) is not None
    ]
    return TemplateIndicator(
        id=indicator.id,
        name=indicator.name,
        unit_of_measure=indicator.unit_of_measure or "",
        needs=(*bound.needs, *bound.takes),
        takes_events=bound.by_events,
        units=tuple(units),
        measure_sentence=rule_text(bound, lang),
        adds=bound.measure.kind == "award",
    )
