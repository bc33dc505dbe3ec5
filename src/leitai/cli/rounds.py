"""A round for a command: loaded, evaluated, or its Problems printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from leitai.board import Board
from leitai.cli.ending import Refused, Stop
from leitai.cli.round_folder import load_round
from leitai.cli.screen import err, print_found, working
from leitai.evaluate import evaluate, wrong_besides
from leitai.explain.words import say
from leitai.facts.round import Round
from leitai.near import near, near_name
from leitai.problems import Problem, blocking, in_order


def loaded(folder: Path, lang: str) -> Round:
    """The round of a folder; raises Refused after printing what is wrong with it."""
    with working(lang, "read"):
        round_, problems = load_round(folder)
    if round_ is None or blocking(problems):
        refuse(problems, lang)
    return round_


def evaluated(folder: Path, lang: str) -> Board:
    """The board of a folder; raises Refused after printing every Problem of scheme and facts."""
    with working(lang, "read"):
        round_, problems = load_round(folder)
    board = None
    if round_ is not None:
        with working(lang, "evaluate"):
            if blocking(problems):
                found = wrong_besides(round_)
            else:
                board, found = evaluate(round_)
        problems = [*problems, *found]
    if board is None:
        refuse(problems, lang)
    return replace(board, warnings=in_order(problems))


def refuse(problems: Sequence[Problem], lang: str, sentence: str = "evaluate.refused") -> NoReturn:
    """Prints Problems, each once, and ends with exit code 1 and a sentence on what to do."""
    print_found(problems, lang)
    count = len(blocking(in_order(problems)))
    err.print(say(lang, sentence, n=count), style="bold red", soft_wrap=True)
    raise Refused


def unit_named(board: Board, text: str) -> str:
    """The unit a text names by id or name."""
    units = board.round.units
    names = {unit.name: unit.id for unit in units.values()}
    if text in units:
        return text
    if text in names:
        return names[text]
    raise Stop("unit-unknown", unit=text, near=near_name(text, [*names, *units]))


def group_named(board: Board, text: str) -> str:
    """The comparison group a text names by id or name."""
    return group_among(board.round.scheme.group_names(), text)


def group_among(names: Mapping[str, str], text: str) -> str:
    """The same among comparison groups by id."""
    if text in names:
        return text
    for group, name in names.items():
        if text in (name, name.rpartition(" · ")[2]):
            return group
    raise Stop("group-unknown", group=text, near=near(text, [*names, *names.values()]))
