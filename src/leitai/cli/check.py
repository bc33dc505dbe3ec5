"""leitai check: what is wrong or fragile in a scheme, before it is adopted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.padding import Padding

from leitai.board import Board
from leitai.checkup.draft import Draft, draft_of, unranked_units
from leitai.checkup.findings import SEVERITIES, Finding, in_order
from leitai.checkup.run import check_board, check_draft
from leitai.checkup.text import Chapter, Told, chapters, sentence
from leitai.cli.ending import Refused
from leitai.cli.options import JsonOption, Lang, LangOption
from leitai.cli.round_folder import load_draft, load_round
from leitai.cli.rounds import refuse
from leitai.cli.screen import (
    err,
    out,
    print_json,
    print_notice,
    print_problems,
    print_text,
    table,
    working,
)
from leitai.evaluate import evaluate, wrong_besides
from leitai.explain.words import say
from leitai.facts.units import Unit
from leitai.problems import Problem, blocking
from leitai.scheme.model import Scheme

LISTED = 12  # findings of one kind
_STYLES = dict(zip(SEVERITIES, ("bold red", "bold yellow", "bold cyan"), strict=True))


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        short_help="体检一份方案，看漏洞和不稳之处 · check a scheme's weak points",
        help="体检一份方案：够不着的等次、没有封顶、拉不开的指标、不稳的名次、异常的评议票。\n\n"
        "Check a scheme before it is adopted: what cannot be reached, what has no cap,\n"
        "what does not tell units apart, how steady places are, which ballots look odd.",
        epilog="例 Example: leitai check schemes/wuqing/2019/scheme.yaml "
        "--facts schemes/wuqing/2019/2019Q1",
    )(check)


def check(
    scheme: Annotated[
        Path,
        typer.Argument(
            metavar="SCHEME",
            help="方案文件或一期评价的文件夹 · a scheme.yaml, or the folder of a round",
        ),
    ],
    facts: Annotated[
        Path | None,
        typer.Option(
            metavar="ROUND", help="用这一期的数据试算 · try it on the facts of this round"
        ),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.zh,
) -> None:
    """Prints what was found; findings are advice, so only Problems end with exit code 1."""
    with working(lang.value, "check"):
        read, units, problems = load_draft(scheme)
    if read is None or blocking(problems):
        refuse(problems, lang.value, "check.refused")
    with working(lang.value, "check"):
        board, units, wrong = _tried(read, facts, units)
        draft, found = draft_of(read, units, unranked_units(board) if board else frozenset())
        if blocking(found):
            refuse(found, lang.value, "check.refused")
        findings = in_order([*check_draft(draft), *(check_board(board) if board else ())])
    if as_json:
        print_json(_plain(draft, board, findings, lang.value))
    else:
        _print(draft, board, facts, findings, lang.value)
    print_problems([one for one in problems if one.code != "scheme.indicator-unused"], lang.value)
    if wrong:
        print_problems(wrong, lang.value)
        other = "" if facts == scheme else facts
        said = say(lang.value, "check.facts-refused", path=other)
        err.print(said, style="bold red", soft_wrap=True)
        raise Refused


def _tried(
    scheme: Scheme, facts: Path | None, units: Mapping[str, Unit]
) -> tuple[Board | None, Mapping[str, Unit], Sequence[Problem]]:
    """The facts evaluated by the scheme: the board, the units, or why there is no board."""
    if facts is None:
        return None, units, ()
    round_, problems = load_round(facts, by=scheme)
    if round_ is None:
        return None, units, problems
    if blocking(problems):
        return None, units or round_.units, blocking([*problems, *wrong_besides(round_)])
    board, found = evaluate(round_)
    return board, units or round_.units, [] if board else blocking(found)


def _plain(
    draft: Draft, board: Board | None, findings: Sequence[Finding], lang: str
) -> Mapping[str, Any]:
    """The findings as plain JSON, each with its sentence."""
    return {
        "format": "leitai-checkup-1",
        "scheme": draft.scheme.id,
        "version": draft.scheme.version,
        "round": board.round.id if board else None,
        "made_up": draft.scheme.made_up,
        "findings": [{**asdict(one), "text": sentence(one, lang)} for one in findings],
    }


def _print(
    draft: Draft, board: Board | None, facts: Path | None, findings: Sequence[Finding], lang: str
) -> None:
    scheme = draft.scheme
    print_text(say(lang, "check.title", scheme=scheme.name, version=scheme.version), style="bold")
    print_notice(scheme.made_up, lang)
    if board is not None:
        print_text(say(lang, "check.on-facts", round=board.round.name))
    count = Counter(one.severity for one in findings)
    print_text(say(lang, "check.count", **{one: count[one] for one in SEVERITIES}))
    for chapter in chapters(findings, lang):
        _print_chapter(chapter, lang)
    out.print()
    if not draft.units:
        print_text(say(lang, "check.no-units"))
    if facts is None:
        print_text(say(lang, "check.no-facts"))


def _print_chapter(chapter: Chapter, lang: str) -> None:
    """A heading, what it means, what was found, what to do."""
    severity = say(lang, f"check.severity.{chapter.severity}")
    out.print()
    print_text(f"【{severity}】{chapter.title}" if lang == "zh" else
               f"[{severity}] {chapter.title}", style=_STYLES[chapter.severity])  # fmt: skip
    print_text("  " + say(lang, "check.meaning", text=chapter.meaning))
    for told in chapter.told[:LISTED]:
        _print_told(told, lang)
    if len(chapter.told) > LISTED:
        print_text("  " + say(lang, "check.more-lines", n=len(chapter.told) - LISTED))
    print_text("  " + say(lang, "check.do", text=chapter.do))


def _print_told(told: Told, lang: str) -> None:
    print_text(f"  · {told.sentence}")
    if told.rows:
        made = table([(head, "left") for head in told.heads])
        for row in told.rows:
            made.add_row(*row)
        out.print(Padding(made, (0, 0, 0, 4)))
    if told.left_out:
        print_text("    " + say(lang, "check.more-rows", n=told.left_out))
