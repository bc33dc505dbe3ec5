"""leitai scheme: a scheme as the office's own indicator workbook, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leitai.bind import bind
from leitai.cli.ending import Stop
from leitai.cli.files import read_bytes, readable, write
from leitai.cli.options import Lang, LangOption
from leitai.cli.round_folder import load_draft
from leitai.cli.rounds import refuse
from leitai.cli.screen import print_found, print_notice, print_text
from leitai.documents.scheme_book import scheme_book
from leitai.explain.rule_text import rule_text
from leitai.explain.words import say
from leitai.problems import blocking
from leitai.scheme.model import Scheme
from leitai.scheme.write import scheme_text
from leitai.workbook.laid import too_long
from leitai.workbook.lay_out import lay_out
from leitai.workbook.read import read_workbook

_app = typer.Typer(
    short_help="方案与指标体系表互相转换 · a scheme as a workbook, and back",
    help="方案与指标体系表互相转换。\n\nA scheme as an indicator workbook, and back.",
    epilog="例 Example: leitai scheme export schemes/wuqing/2019/scheme.yaml --out 指标体系表.xlsx",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    _app.command(
        name="export",
        short_help="把方案写成指标体系表 · write a scheme as an indicator workbook",
        help="把方案写成指标体系表（工作簿），不丢失任何内容。\n\n"
        "Write a scheme as an indicator workbook, without loss. Its headings and the notation\n"
        "of measures are Chinese, in either language: it is the office's own table.",
        epilog="例 Example: leitai scheme export schemes/wuqing/2019/2019Q1 --out 指标体系表.xlsx",
    )(export_scheme)
    _app.command(
        name="import",
        short_help="把指标体系表读成方案 · read an indicator workbook into a scheme",
        help="把指标体系表读成方案；本单位原有的表也可以读取，假定了什么逐条说明。\n\n"
        "Read an indicator workbook, also an office's own, into a scheme.",
        epilog="例 Example: leitai scheme import 指标体系表.xlsx --out scheme.yaml",
    )(import_scheme)
    app.add_typer(_app, name="scheme")


def export_scheme(
    scheme: Annotated[
        Path,
        typer.Argument(
            metavar="SCHEME",
            help="方案文件，或一期评价的文件夹（责任部门等写名称）"
            " · a scheme.yaml, or the folder of a round, for the names of its units",
        ),
    ],
    out: Annotated[Path, typer.Option(help="写到哪里 · where to write it")],
    lang: LangOption = Lang.zh,
) -> None:
    """Writes the workbook."""
    _check_place(out, ".xlsx", "not-xlsx")
    found, units, problems = load_draft(scheme)
    bindings, more = bind(found) if found else ({}, [])
    if found is None or blocking([*problems, *more]):
        refuse([*problems, *more], lang.value, "scheme-not-exported")
    names = {unit: one.name for unit, one in units.items()}
    sheets = lay_out(found, {key: rule_text(one, "zh") for key, one in bindings.items()}, names)
    if long := too_long(sheets):
        refuse(long, lang.value, "scheme-not-exported")
    write(out, scheme_book(found.name, found.made_up, sheets))
    _tell(found, out, lang.value, "scheme-exported")


def import_scheme(
    workbook: Annotated[
        Path, typer.Argument(metavar="WORKBOOK", help="指标体系表 · the workbook (xlsx)")
    ],
    out: Annotated[Path, typer.Option(help="写到哪里 · where to write it")],
    lang: LangOption = Lang.zh,
) -> None:
    """Writes the scheme, and says what was assumed."""
    if workbook.suffix.casefold() != ".xlsx":
        raise Stop("not-a-workbook", path=workbook)
    _check_place(out, ".yaml", "not-yaml")
    found, problems = read_workbook(readable(workbook.name), read_bytes(workbook))
    if found is None:
        refuse(problems, lang.value, "scheme-not-imported")
    write(out, scheme_text(found.plain).encode())
    print_found(problems, lang.value)
    _tell(found, out, lang.value, "scheme-imported")


def _check_place(out: Path, ending: str, key: str) -> None:
    """Nothing is overwritten: a scheme may have comments, a workbook what a clerk changed."""
    if out.suffix.casefold() != ending:
        raise Stop(key, path=out)
    if out.exists():
        raise Stop("file-exists", path=out)


def _tell(scheme: Scheme, out: Path, lang: str, then: str) -> None:
    """What was written, and what to do with it."""
    print_notice(scheme.made_up, lang)
    counts = {"indicators": len(scheme.indicators), "sheets": len(scheme.sheets)}
    print_text(say(lang, "scheme-written", path=out, series=len(scheme.series), **counts))
    print_text(say(lang, then, path=out))
