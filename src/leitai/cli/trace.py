"""leitai trace: what a fact touched."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from leitai.cli.ending import Stop
from leitai.cli.options import JsonOption, Lang, LangOption, RoundFolder
from leitai.cli.rounds import evaluated
from leitai.cli.screen import print_json, print_notice, print_text
from leitai.explain.trace import Trace, fact_ids, trace
from leitai.explain.words import say
from leitai.near import near


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        name="trace",
        short_help="追踪一条数据影响了哪些单位 · trace a fact to its units",
        help="追踪一条数据：形成了哪些明细，影响了哪些单位。\n\n"
        "Trace a fact: the lines it made, the units it touched.",
        epilog="例 Example: leitai trace schemes/wuqing/2019/2019Q1 values-ecology-bureau.csv:14",
    )(trace_fact)


def trace_fact(
    folder: RoundFolder,
    fact: Annotated[
        str, typer.Argument(metavar="FACT", help="数据的编号或位置 · the fact's id or place")
    ],
    as_json: JsonOption = False,
    lang: LangOption = Lang.zh,
) -> None:
    """Prints what every fact of this id touched."""
    board = evaluated(folder, lang.value)
    found = trace(board, fact, lang.value)
    if not found:
        raise Stop("trace.unknown", fact=fact, near=near(fact, fact_ids(board)))
    if as_json:
        print_json([asdict(one) for one in found])
        return
    print_notice(board.round.scheme.made_up, lang.value)
    for one in found:
        _print(one, lang.value)


def _print(one: Trace, lang: str) -> None:
    print_text(one.fact, style="bold")
    for heading, text in one.cells:
        print_text(f"  {heading}：{text}" if lang == "zh" else f"  {heading}: {text}")
    print_text(say(lang, "trace.lines" if one.lines else "trace.no-lines"), style="bold cyan")
    for line in (*one.lines, *one.touched):
        print_text(f"  {line}")
