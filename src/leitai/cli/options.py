"""Options and arguments that several commands have."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Lang(StrEnum):
    """The language of what is printed."""

    zh = "zh"
    en = "en"


RoundFolder = Annotated[
    Path, typer.Argument(metavar="ROUND", help="一期评价的文件夹 · the folder of a round")
]
LangOption = Annotated[Lang, typer.Option("--lang", help="输出语言 · language of the output")]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")]
