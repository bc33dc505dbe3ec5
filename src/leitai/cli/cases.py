"""leitai cases: every worked case, evaluated and compared."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from leitai.casebook.read import read_case
from leitai.casebook.run import run
from leitai.cli.ending import Refused, Stop
from leitai.cli.files import read_text
from leitai.cli.options import JsonOption, Lang, LangOption
from leitai.cli.screen import err, print_json, print_problems, print_text
from leitai.explain.words import say

Failures = dict[str, list[str]]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        short_help="核对手工算出的案例 · check cases worked by hand",
        help="核对案例：手工算出的得分、名次和说明，逐一与程序比较。\n\n"
        "Check the cases: points, places and sentences worked by hand.",
        epilog="例 Example: leitai cases cases/demotion",
    )(cases)


def cases(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="文件或文件夹 · files or folders"),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.zh,
) -> None:
    """Exit code 1 where a case does not hold."""
    files = [file for path in paths or [Path("cases")] for file in _files(path)]
    failures: Failures = {}
    with Progress(console=err, transient=True) as progress:
        for file in progress.track(files, description=say(lang.value, "working.cases")):
            found = _differences(file, lang.value)
            if found:
                failures[str(file)] = found
    if as_json:
        print_json({"cases": len(files), "failed": failures})
    else:
        _print(files, failures, lang.value)
    if failures:
        raise Refused


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    found = sorted(path.rglob("*.yaml"))
    if not found:
        raise Stop("file-missing" if not path.exists() else "cases.none", path=path)
    return found


def _differences(file: Path, lang: str) -> list[str]:
    case, problems = read_case(read_text(file), file.name)
    if case is None:
        print_problems(problems, lang)
        return [one.code for one in problems]
    return [
        say(lang, "cases.difference", what=one.what, expected=one.expected, found=one.found)
        for one in run(case).differences
    ]


def _print(files: list[Path], failures: Failures, lang: str) -> None:
    for file, differences in failures.items():
        print_text(file, style="bold red")
        for line in differences:
            print_text(line)
    if failures:
        print_text(say(lang, "cases.failed", n=len(files), failed=len(failures)), style="red")
    else:
        print_text(say(lang, "cases.passed", n=len(files)), style="green")
