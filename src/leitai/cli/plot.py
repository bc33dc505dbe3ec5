"""leitai plot: a board as pictures."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leitai.board import Board
from leitai.cli.boards import board_json
from leitai.cli.ending import Stop
from leitai.cli.files import write
from leitai.cli.options import Lang, LangOption, RoundFolder
from leitai.cli.rounds import evaluated, group_named, unit_named
from leitai.cli.screen import err, print_notice, print_text, working
from leitai.explain.words import say
from leitai.seal.plain import plain_board

if TYPE_CHECKING:
    from leitai.documents.pictures.marks import Page
    from leitai.documents.pictures.render import Drawn

MOST_UNITS = 2000  # more could neither be read nor drawn in good time


class Kind(StrEnum):
    """The kinds of pictures."""

    waterfall = "waterfall"
    board = "board"
    ranges = "ranges"
    heatmap = "heatmap"


class By(StrEnum):
    """What the columns of a heat map are."""

    items = "items"
    indicators = "indicators"


FORMS = (".svg", ".png")
TAKES = {  # what each kind may be given besides the round
    Kind.waterfall: {"UNIT"},
    Kind.board: {"--group", "--before"},
    Kind.ranges: {"--group"},
    Kind.heatmap: {"--group", "--by"},
}


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        short_help="画图：单位得分、总榜、名次范围、热力图 · draw pictures",
        help="画图：waterfall 一个单位从满分到总分，board 总分和名次，ranges 名次可能范围，"
        "heatmap 各单位各项得分。\n\n"
        "Draw a picture: the waterfall of a UNIT, the board, likely ranges of places, a heat map.",
        epilog="例 Example: leitai plot schemes/wuqing/2019/2019Q1 waterfall 例06镇 "
        "--out out/例06镇.svg",
    )(plot)


def plot(
    folder: RoundFolder,
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help="图的种类 · the kind of picture")],
    unit: Annotated[
        str | None,
        typer.Argument(metavar="UNIT", help="waterfall 的单位名称或编号 · name or id"),
    ] = None,
    *,
    out: Annotated[Path, typer.Option(help="写到哪里：.svg 或 .png · where to write it")],
    group: Annotated[
        str | None, typer.Option(help="只画一个类别 · one comparison group only")
    ] = None,
    before: Annotated[
        Path | None,
        typer.Option(help="board 与之相比的另一期或榜单 JSON · another round or board JSON"),
    ] = None,
    by: Annotated[
        By | None, typer.Option(help="heatmap 的各列是考核项目还是指标 · columns of a heat map")
    ] = None,
    lang: LangOption = Lang.zh,
) -> None:
    """Writes one picture; the file's ending says in which form."""
    options = {"UNIT": unit, "--group": group, "--before": before, "--by": by}
    _check(kind, options, out, lang.value)
    board = evaluated(folder, lang.value)
    groups = _groups(board, group)
    named = unit_named(board, unit) if unit is not None else ""
    other = None if before is None else _plain(before, lang.value)
    with working(lang.value, "draw"):
        drawn = _drawn(_page(kind, board, groups, named, other, by or By.items, lang.value), out)
    write(out, drawn.data)
    print_notice(board.round.scheme.made_up, lang.value)
    print_text(say(lang.value, "evaluate.written", path=out))
    _tell_of_letters(drawn, lang.value)


def _check(kind: Kind, given: Mapping[str, object], out: Path, lang: str) -> None:
    """Told before the work begins rather than after it."""
    if out.suffix.casefold() not in FORMS:
        raise Stop("plot-form", path=out)
    if kind is Kind.waterfall and given["UNIT"] is None:
        raise Stop("plot-unit-missing")
    for name, value in given.items():
        if value is not None and name not in TAKES[kind]:
            words = {"kind": say(lang, f"plot-kind.{kind.value}"), "kind_word": kind.value}
            key = "plot-unit-needless" if name == "UNIT" else "plot-not-for-kind"
            raise Stop(key, option=name, unit=value, **words)


def _groups(board: Board, group: str | None) -> list[str]:
    """The groups to draw: those that have units."""
    wanted = board.round.scheme.group_names() if group is None else [group_named(board, group)]
    found = [one for one in wanted if board.members(one)]
    if not found:
        raise Stop("plot-no-units", group=group)
    n = sum(len(board.members(one)) for one in found)
    if n > MOST_UNITS:
        raise Stop("plot-too-many", n=n, most=MOST_UNITS)
    return found


def _plain(path: Path, lang: str) -> Mapping[str, Any]:
    """The other board, from its JSON or its round."""
    if path.suffix == ".json" and path.is_file():
        return board_json(path, lang)
    return plain_board(evaluated(path, lang))


def _page(
    kind: Kind, board: Board, groups: Sequence[str], unit: str, other: Mapping[str, Any] | None,
    by: By, lang: str,
) -> Page:  # fmt: skip
    _let_nobody_meddle()
    # here, for matplotlib would slow the start of every command
    from leitai.documents.pictures.heatmap import heatmap
    from leitai.documents.pictures.standings import standings
    from leitai.documents.pictures.waterfall import waterfall

    pages: Mapping[Kind, Callable[[], Page]] = {
        Kind.waterfall: lambda: waterfall(board, unit, lang),
        Kind.board: lambda: standings(board, groups, other, lang),
        Kind.ranges: lambda: _ranges(board, groups, lang),
        Kind.heatmap: lambda: heatmap(board, groups, by.value, lang),
    }
    return pages[kind]()


def _let_nobody_meddle() -> None:
    """Before matplotlib is loaded: it would choose a window system and tell of fonts in English."""
    os.environ.pop("MPLBACKEND", None)
    logging.getLogger("matplotlib").setLevel(logging.ERROR)


def _ranges(board: Board, groups: Sequence[str], lang: str) -> Page:
    # here, for matplotlib would slow the start of every command
    from leitai.documents.pictures.likely_places import likely_places
    from leitai.documents.pictures.ranges import ranges

    found = likely_places(board, groups)
    if not found:
        raise Stop("plot-no-ranges")
    return ranges(board, groups, say(lang, "plot.range-weights"), found, lang)


def _drawn(page: Page, out: Path) -> Drawn:
    # here, for matplotlib would slow the start of every command
    from leitai.documents.pictures.render import draw

    return draw(page, out.suffix.casefold())


def _tell_of_letters(drawn: Drawn, lang: str) -> None:
    """Signs our own fonts lack: taken from this machine, or replaced."""
    letters = drawn.letters
    for key, signs in (("plot.borrowed", letters.borrowed), ("plot.lacking", letters.lacking)):
        if signs:
            families = "、".join(letters.families[1:])
            err.print(
                say(lang, key, signs=signs, families=families), style="yellow", soft_wrap=True
            )
