"""leitai whatif: facts or settings changed, who moves and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from leitai.board import Board
from leitai.cli.ending import Stop
from leitai.cli.files import read_text, readable
from leitai.cli.options import JsonOption, Lang, LangOption, RoundFolder
from leitai.cli.rounds import evaluated, refuse
from leitai.cli.screen import err, print_json, print_notice, print_problems, print_text, working
from leitai.evaluate import evaluate
from leitai.explain.difference import BoardChange, difference
from leitai.explain.whatif.apply import changed_round
from leitai.explain.whatif.assumed import Assumed, assumed
from leitai.explain.whatif.changes import Change, read_changes
from leitai.explain.whatif.reasons import reasons
from leitai.explain.whatif.said import said
from leitai.explain.whatif.text import whatif_text
from leitai.explain.words import say
from leitai.problems import Problem, Refused, blocking
from leitai.seal.plain import plain_figures


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        short_help="假如数据或方案改了，谁会变动 · what if it were otherwise",
        help="假如数据或方案改了：谁的名次、等次会变，为什么。原文件不变。\n\n"
        "What if facts or settings were others: who would move, and why. No file is changed.",
        epilog="例 Example: leitai whatif schemes/wuqing/2019/2019Q1 "
        "--fact 例06镇,pm25,actual=30 --set grades.levels.excellent.top=40%",
    )(whatif)


def whatif(
    folder: RoundFolder,
    fact: Annotated[
        list[str] | None,
        typer.Option(
            metavar="UNIT,INDICATOR,COLUMN=VALUE", help="改一个数据 · change a reported figure"
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="FACT", help="去掉一条数据，写编号或位置 · leave out a fact"),
    ] = None,
    add: Annotated[
        list[str] | None,
        typer.Option(metavar="TABLE:COLUMN=VALUE,…", help="增加一条数据 · add a fact"),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="PATH=VALUE", help="改方案的一处 · change a setting"),
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help="写有以上各种改动的 YAML · a YAML file of changes")
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.zh,
) -> None:
    """Evaluates twice and prints the difference; problems of the changes end with exit code 1."""
    typed = {"fact": fact, "without": without, "add": add, "set": set_}
    if file is None and not any(typed.values()):
        raise Stop("whatif.nothing")
    before = evaluated(folder, lang.value)
    changes, problems = _changes(typed, file)
    after = _changed(before, changes, problems, lang.value)
    boards = before, after
    done = assumed((before.round, after.round), changes)
    change = difference(plain_figures(before), plain_figures(after))
    if as_json:
        print_json(_plain(boards, done, change))
    else:
        _print(boards, done, change, lang.value)


def _print(
    boards: tuple[Board, Board], done: Sequence[Assumed], change: BoardChange, lang: str
) -> None:
    """The round, what is assumed and what comes of it."""
    before, after = boards
    scheme, round_ = before.round.scheme, before.round.name
    print_text(say(lang, "board.title", scheme=scheme.name, round=round_), style="bold")
    print_notice(scheme.made_up, lang)
    for line in whatif_text(boards, done, change, lang):
        print_text(line)
    new = _new(after.warnings, before)
    if new:
        err.print(say(lang, "whatif.warnings", n=len(new)), style="yellow")
        print_problems(new, lang)


def _changes(
    typed: dict[str, list[str] | None], file: Path | None
) -> tuple[list[Change], list[Problem]]:
    """What was typed and what the file says, with every Problem."""
    changes: list[Change] = []
    problems: list[Problem] = []
    if file is not None:
        changes, problems = read_changes(read_text(file), readable(file.name))
    for option, texts in typed.items():
        for text in map(readable, texts or ()):
            try:
                changes.append(said(option, text))
            except Refused as refused:
                problems.append(refused.at(f"--{option} {text}"))
    return changes, problems


def _changed(before: Board, changes: Sequence[Change], problems: list[Problem], lang: str) -> Board:
    """The board as it would be; raises Refused after printing every Problem."""
    after = None
    with working(lang, "evaluate"):
        round_, found = changed_round(before.round, changes)
        problems += found
        if round_ is not None and not blocking(problems):
            after, more = evaluate(round_)
            problems += more
    if after is None:
        new = _new(problems, before)
        trigger = any(one.code == "adjustment.trigger-not-met" for one in new)
        refuse(new, lang, "whatif.refused-trigger" if trigger else "whatif.refused")
    return after


def _plain(
    boards: tuple[Board, Board], done: Sequence[Assumed], change: BoardChange
) -> dict[str, Any]:
    """What is assumed, and the difference with the reasons of every unit."""
    scheme = boards[0].round.scheme
    units = [
        {**asdict(one), "reasons": [asdict(each) for each in reasons(boards, one)]}
        for one in change.units
    ]
    return {
        "round": boards[0].round.id,
        "made_up": scheme.made_up,
        "assumed": [asdict(one) for one in done],
        "units": units,
        "lines_only": change.lines_only,
        "outcomes": [asdict(one) for one in change.outcomes],
    }


def _new(problems: Sequence[Problem], before: Board) -> list[Problem]:
    """What is not warned of already, whatever the changes are."""
    known = {_said(one) for one in before.warnings}
    return [one for one in problems if _said(one) not in known]


def _said(one: Problem) -> tuple[object, ...]:
    return one.code, *sorted(one.args.items())
