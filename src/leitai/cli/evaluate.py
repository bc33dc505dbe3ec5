"""leitai evaluate: the boards of a round."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.console import JustifyMethod

from leitai.board import FEW, Board, Result
from leitai.cli.ending import Stop
from leitai.cli.files import write
from leitai.cli.on_spark import evaluated_on_spark
from leitai.cli.options import JsonOption, Lang, LangOption, RoundFolder
from leitai.cli.outcomes import print_outcomes
from leitai.cli.rounds import evaluated, group_named
from leitai.cli.screen import (
    err,
    out,
    print_json,
    print_notice,
    print_problems,
    print_table,
    print_text,
    table,
    working,
)
from leitai.documents.board_tables import board_sheets
from leitai.documents.standings import parquet, standings
from leitai.documents.tables import Sheet, csv_text, sheet_titles, workbook
from leitai.explain.announce import item_announcement, items_of
from leitai.explain.standing import grade_name
from leitai.explain.steps import MARK, remarks
from leitai.explain.words import say
from leitai.points import decimal_text, shown
from leitai.problems import Problem
from leitai.scheme.model import Scheme
from leitai.seal.plain import plain_board, plain_round

SHOWN = 16  # hexadecimal figures of a digest on the screen


class Engine(StrEnum):
    """Where a round is evaluated."""

    one = "one"
    spark = "spark"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        short_help="评价一期：各类别总榜和各单项名次 · evaluate a round",
        help="评价一期：各类别总榜和各单项名次。\n\nEvaluate a round: boards by group and item.",
        epilog="例 Example: leitai evaluate schemes/wuqing/2019/2019Q1 --xlsx out/2019Q1.xlsx",
    )(evaluate)


def evaluate(
    folder: RoundFolder,
    group: Annotated[
        str | None,
        typer.Option(help="屏幕上只看一个类别 · one comparison group only, on the screen"),
    ] = None,
    xlsx: Annotated[Path | None, typer.Option(help="写入工作簿 · write a workbook")] = None,
    csv: Annotated[Path | None, typer.Option(help="写入 CSV 文件夹 · write CSV files")] = None,
    parquet_file: Annotated[
        Path | None,
        typer.Option("--parquet", help="写入 Parquet 名次表 · write the standings as Parquet"),
    ] = None,
    write_round: Annotated[
        Path | None, typer.Option(help="写出复算所需的 JSON · write the JSON the recount reads")
    ] = None,
    engine: Annotated[
        Engine,
        typer.Option(help="在一个进程或 Spark 中评价（见 docs/scale.zh-CN.md） · where it is done"),
    ] = Engine.one,
    as_json: JsonOption = False,
    lang: LangOption = Lang.zh,
) -> None:
    """Evaluates and prints; problems end with exit code 1."""
    _check_places(xlsx, csv, parquet_file, write_round)
    if engine is Engine.spark:
        if parquet_file is None or as_json or any((group, xlsx, csv, write_round)):
            raise Stop("spark-writes-parquet")
        _on_spark(folder, parquet_file, lang.value)
        return
    board = evaluated(folder, lang.value)
    groups = list(board.round.scheme.group_names())
    if group is not None:
        groups = [group_named(board, group)]
        if as_json or any((xlsx, csv, parquet_file, write_round)):
            err.print(say(lang, "evaluate.files-whole"), style="yellow", soft_wrap=True)
    _write_files(board, xlsx, csv, write_round, lang.value)
    if parquet_file is not None:
        _write_standings(parquet_file, standings(board), board.round.scheme, board.round.id, lang)
    if as_json:
        print_json(plain_board(board))
    elif len(board.round.units) > FEW and group is None:
        _print_summary(board.round.scheme, board.round.name, board.round.layout.groups, lang)
        print_text(say(lang, "evaluate.not-listed"))
        _print_warnings(board.warnings, lang)
    else:
        _print_boards(board, groups, lang.value)


def _check_places(
    xlsx: Path | None, csv: Path | None, parquet_file: Path | None, round_file: Path | None
) -> None:
    """Told before the work begins rather than after it."""
    files = {"xlsx": xlsx, "parquet": parquet_file, "json": round_file}
    for ending, file in files.items():
        if file is not None and file.suffix.casefold() != f".{ending}":
            raise Stop(f"not-{ending}", path=file)
    if csv is not None and csv.is_file():
        raise Stop("not-a-folder", path=csv)
    for place in (csv, parquet_file and parquet_file.parent):
        if place is not None and (place / "round.yaml").is_file():
            raise Stop("output-among-facts", path=place)


def _on_spark(folder: Path, file: Path, lang: str) -> None:
    table, scheme, about, warnings = evaluated_on_spark(folder, lang)
    _write_standings(file, table, scheme, about.round, lang)
    _print_summary(scheme, about.name, table["group"], lang)
    _print_warnings(warnings, lang)


def _write_standings(
    file: Path, table: pl.DataFrame, scheme: Scheme, round_id: str, lang: str
) -> None:
    with working(lang, "write"):
        write(file, parquet(table, scheme, round_id))
    err.print(say(lang, "evaluate.written", path=file))


def _print_summary(scheme: Scheme, name: str, groups: pl.Series, lang: str) -> None:
    """What is said of a round that is not printed unit by unit."""
    print_text(say(lang, "board.title", scheme=scheme.name, round=name), style="bold")
    print_notice(scheme.made_up, lang)
    print_text(say(lang, "evaluate.summary", units=len(groups), groups=groups.n_unique()))


def _print_warnings(warnings: Sequence[Problem], lang: str) -> None:
    if warnings:
        err.print()
        err.print(say(lang, "evaluate.warnings", n=len(warnings)), style="yellow")
        print_problems(warnings, lang)


def _print_boards(board: Board, groups: Sequence[str], lang: str) -> None:
    scheme = board.round.scheme
    title = say(lang, "board.title", scheme=scheme.name, round=board.round.name)
    print_text(title, style="bold")
    print_notice(scheme.made_up, lang)
    for group in groups:
        members = board.members(group)
        if members:
            out.print()
            _print_group(board, group, members, lang)
            out.print()
            for item in items_of(board, group):
                print_text(item_announcement(board, group, item, lang))
    print_outcomes(board, groups, lang)
    if len(board.round.units) <= FEW:  # a seal takes every line of the ledger
        out.print()
        print_text(digests_text(board, lang), style="dim")
    _print_warnings(board.warnings, lang)


def digests_text(board: Board, lang: str) -> str:
    """The digests of scheme, facts and board, as long as somebody compares by eye."""
    digests = plain_board(board)["digests"]
    return say(lang, "evaluate.digests", **{key: one[:SHOWN] for key, one in digests.items()})


def _print_group(board: Board, group: str, members: Sequence[Result], lang: str) -> None:
    scheme = board.round.scheme
    name = scheme.group_names()[group]
    moved = any(one.base_place != one.place for one in members)
    heads = ["place", "bottom", "unit", "total", "bonus", "grade", *(["base"] if moved else [])]
    sides: dict[str, JustifyMethod] = {"unit": "left", "grade": "left"}
    made = table([(say(lang, f"head.{head}"), sides.get(head, "right")) for head in heads])
    notes = remarks(board, members, lang)
    for one in members:
        cells = [_number(one.place), _number(one.bottom), board.round.units[one.unit].name]
        cells += [decimal_text(one.total, scheme.total_places)]
        cells += [scheme.scale.show(one.bonus) if one.bonus else ""]
        grade = grade_name(board, one.grade) + (MARK if one.unit in notes else "")
        made.add_row(*cells, grade, *([_base(one)] if moved else []), style=_style(board, one))
    title = say(lang, "board.group", group=name, n=len(members), full=_full(board, members[0]))
    print_table(title, made)
    for unit, text in notes.items():
        about = board.round.units[unit].name
        print_text(say(lang, "board.remark", mark=MARK, unit=about, text=text))


def _full(board: Board, one: Result) -> str:
    """The full marks all units of a group are judged by."""
    return shown(board.round.scheme.common_total(board.round.units[one.unit].series, one.unit))


def _number(value: int | None) -> str:
    return "—" if value is None else str(value)


def _base(one: Result) -> str:
    """The place before demotions, and how far the unit fell or rose, where it moved."""
    if one.place is None or one.base_place is None or one.place == one.base_place:
        return ""
    moved = one.place - one.base_place
    return f"{one.base_place} {'↓' if moved > 0 else '↑'}{abs(moved)}"


def _style(board: Board, one: Result) -> str:
    """Green for the best level, red for the last."""
    levels = [level.id for level in board.round.scheme.grades.levels]
    if one.grade == levels[0]:
        return "green"
    return "red" if one.grade == levels[-1] else ""


def _write_files(
    board: Board, xlsx: Path | None, csv: Path | None, round_file: Path | None, lang: str
) -> None:
    """The workbook, the CSV files, the JSON for the recount: what was asked for."""
    written: list[Path] = []
    if xlsx is not None or csv is not None:
        with working(lang, "write"):
            sheets = board_sheets(board, lang)
            if xlsx is not None:
                write(xlsx, workbook(sheets))
                written.append(xlsx)
            if csv is not None:
                titles = sheet_titles([sheet.title for sheet in sheets])
                named = zip(titles, sheets, strict=True)
                written += [_write_csv(csv, board, title, sheet) for title, sheet in named]
    if round_file is not None:
        write(round_file, _json_bytes(plain_round(board.round)))
        written.append(round_file)
    for path in written:
        err.print(say(lang, "evaluate.written", path=path))


def _write_csv(folder: Path, board: Board, title: str, sheet: Sheet) -> Path:
    """One table as a CSV file, what stands above it in its first row."""
    file = folder / f"{board.round.id}-{title}.csv"
    above = "　".join(sheet.above)
    write(file, csv_text([above], [sheet.headings, *sheet.rows]))
    return file


def _json_bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
