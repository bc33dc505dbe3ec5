"""What commands print: problems, boards and tables, in colour where there is a terminal."""

from __future__ import annotations

import codecs
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, cast

from rich.console import Console, JustifyMethod
from rich.measure import Measurement
from rich.table import Table

from leitai.explain.problem_text import problem_text
from leitai.explain.words import say
from leitai.problems import Problem, blocking, in_order

LISTED = 20  # Problems of one kind; more would bury the others
_ANY = 10_000  # columns of a screen that no table needs

out = Console(highlight=False, markup=False, emoji=False)
err = Console(stderr=True, highlight=False, markup=False, emoji=False)
_IN_NARROW_SETS = str.maketrans("−≈", "-~")  # signs of ours that GBK lacks


def use_streams() -> None:
    """Lets both streams print whatever their encoding has, and ? for the rest."""
    codecs.register_error("leitai", _narrow)
    for stream in (sys.stdout, sys.stderr):
        cast("TextIOWrapper", stream).reconfigure(errors="leitai")


def _narrow(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    lacking = error.object[error.start : error.end].translate(_IN_NARROW_SETS)
    return lacking if lacking.isascii() else "?" * len(lacking), error.end


@contextmanager
def working(lang: str, key: str) -> Iterator[None]:
    """Shows what is going on while it takes time; nothing where nobody looks."""
    with err.status(say(lang, f"working.{key}")):
        yield


def print_json(value: Any) -> None:
    """A value as JSON on standard output."""
    narrow = "utf" not in (sys.stdout.encoding or "").casefold()
    sys.stdout.write(json.dumps(value, ensure_ascii=narrow, indent=1) + "\n")


def print_text(text: str, style: str = "") -> None:
    """A text as it is: nothing in it is markup."""
    out.print(text, style=style or None, soft_wrap=True)


def print_problems(problems: Sequence[Problem], lang: str) -> None:
    """Blocking Problems in red, warnings in yellow, on standard error; the first of each kind."""
    kinds = Counter(one.code for one in problems)
    printed: Counter[str] = Counter()
    for one in problems:
        printed[one.code] += 1
        if printed[one.code] <= LISTED:
            style = "yellow" if one.warning else "red"
            err.print(problem_text(one, lang), style=style, soft_wrap=True)
        elif printed[one.code] == kinds[one.code]:
            more = kinds[one.code] - LISTED
            err.print(say(lang, "problems.more", n=more), style="bold")


def print_found(problems: Sequence[Problem], lang: str) -> None:
    """Blocking Problems, then the warnings under a heading of their own, each once."""
    found = in_order(problems)
    warnings = [one for one in found if one.warning]
    print_problems(blocking(found), lang)
    if warnings:
        err.print(say(lang, "evaluate.warnings", n=len(warnings)), style="bold")
        print_problems(warnings, lang)


def print_notice(made_up: bool, lang: str) -> None:
    """The notice every output of made-up figures carries."""
    if made_up:
        print_text(say(lang, "made-up"), style="bold yellow")


def table(headings: Sequence[tuple[str, JustifyMethod]]) -> Table:
    """An empty table; headings with their justification."""
    made = Table(
        header_style="bold",
        box=None,  # lines are drawn two columns wide by many Chinese fonts
        padding=(0, 2, 0, 0),
    )
    for heading, justify in headings:
        made.add_column(heading, justify=justify, overflow="fold")
    return made


def print_table(title: str, made: Table) -> None:
    """A table under its title, which may be wider than the table.

    No cell is parted: rows too wide for the screen go on where it ends.
    """
    print_text(title, style="bold cyan")
    whole = Measurement.get(out, out.options.update(max_width=_ANY), made).maximum
    if whole > out.width:
        made.width = whole
    out.print(made, crop=False, no_wrap=True, overflow="ignore")
