"""The commands of `leitai`, and how each of them ends."""

from __future__ import annotations

import gc
import re
import sys
import tempfile
import traceback
from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import typer

from leitai.cli.ending import Refused, Stop
from leitai.cli.files import start
from leitai.cli.screen import err, use_streams
from leitai.explain.words import LANGUAGES, say

COMMANDS = (
    "evaluate",
    "explain",
    "trace",
    "diff",
    "whatif",
    "advise",
    "check",
    "compare",
    "plot",
    "cases",
    "recount",
    "template",
    "scheme",
    "import-history",
)
_BLANK = re.compile("--[a-z-]+=")
SELDOM = 100_000  # new objects between looks for garbage: a command ends soon and drops little


def app_for(word: str) -> typer.Typer:
    """The program with the command asked for, with all where none is: each costs time to load."""
    app = typer.Typer(
        name="leitai",
        help="擂台：评价一期，说明每一分，复算每一个名次。\n\n"
        "Leitai: evaluate a round, explain every point, recount every place.",
        epilog="例 Example: leitai evaluate schemes/wuqing/2019/2019Q1",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_program)
    for name in (word,) if word in COMMANDS else COMMANDS:
        import_module(f"leitai.cli.{name.replace('-', '_')}").register(app)
    return app


def _program() -> None:
    """Keeps the command's name in what is typed, also where it is the only one loaded."""


def main() -> None:
    """Runs a command: exit code 0 fine, 1 problems in the input, 2 wrong use, 3 our own bug."""
    use_streams()
    gc.set_threshold(SELDOM)
    start()
    try:
        _refuse_blank_words(["leitai", *sys.argv[1:]])
        app_for(sys.argv[1] if len(sys.argv) > 1 else "")()
    except SystemExit as ended:  # the parser has told what is wrong, in English only
        if ended.code == 2 and len(sys.argv) > 1:
            err.print(say(_language(), "usage"), style="red", soft_wrap=True)
        raise
    except Refused:
        sys.exit(1)
    except Stop as stop:
        err.print(say(_language(), stop.key, **stop.args_of_sentence), style="red", soft_wrap=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        err.print(
            say(_language(), "disk", detail=error.strerror or ""), style="red", soft_wrap=True
        )
        sys.exit(2)
    except Exception:  # noqa: BLE001 a bug of ours: the details go to a file, never to the user
        err.print(
            say(_language(), "bug", path=_kept(traceback.format_exc())), style="red", soft_wrap=True
        )
        sys.exit(3)


def _refuse_blank_words(words: Sequence[str]) -> None:
    """A blank path would be the current folder; it mostly comes from a variable without a value."""
    for before, word in pairwise(words):
        if not word or _BLANK.fullmatch(word):
            raise Stop("word-blank", before=word.removesuffix("=") or before)


def _language() -> str:
    """The language asked for, found without the parser, which may be what failed."""
    for before, word in zip(["", *sys.argv], sys.argv, strict=False):
        for lang in LANGUAGES:
            if word == f"--lang={lang}" or (before == "--lang" and word == lang):
                return lang
    return "zh"


def _kept(details: str) -> Path:
    """Where the details of a bug were put."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="leitai-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(details)
    return Path(file.name)
