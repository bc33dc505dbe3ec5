"""A round evaluated by Spark, for a command: what stands in the way is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from leitai.cli.ending import Stop
from leitai.cli.files import meet, read_text, readable
from leitai.cli.round_folder import RoundFile, about_round, fact_files, unread_folders
from leitai.cli.rounds import refuse
from leitai.cli.screen import working
from leitai.problems import Problem, blocking, in_order
from leitai.scheme.model import Scheme
from leitai.spark.cluster import Absent, Failed, answers, session
from leitai.spark.gather import gather
from leitai.spark.order import Order, Outline, look_over


def evaluated_on_spark(
    folder: Path, lang: str
) -> tuple[pl.DataFrame, Scheme, RoundFile, Sequence[Problem]]:
    """The standings of a folder; raises Refused after printing every Problem."""
    about, problems = about_round(folder)
    if about is None:
        refuse(problems, lang)
    file = folder / about.units
    _check_alone(folder, about, file)
    scheme_file = folder / about.scheme
    order = Order(
        about.round, about.name, read_text(scheme_file), scheme_file.name, readable(file.name)
    )
    meet(file)
    with working(lang, "read"):
        outline, found = look_over(order, file)
    problems += found + unread_folders(folder)
    if outline is None or blocking(problems):
        refuse(problems, lang)
    with working(lang, "evaluate"):
        table, more = _made(order, outline, file)
    problems += more
    if table is None:
        refuse(problems, lang)
    return table, outline.scheme, about, in_order(problems)


def _check_alone(folder: Path, about: RoundFile, file: Path) -> None:
    """Only a round that is one wide table can be divided by groups: facts beside it are refused."""
    if file.suffix.casefold() != ".parquet":
        raise Stop("spark-needs-parquet", path=about.units)
    if not file.is_file():
        raise Stop("file-missing", path=file)
    beside = [readable(one.name) for one in fact_files(folder, file)]
    linked = [name for name in ("year", "quarters", "history") if getattr(about, name)]
    if beside or linked:
        named = [*beside, *(f"round.yaml: {name}" for name in linked)]
        raise Stop("spark-facts-beside", files="、".join(named))


def _made(
    order: Order, outline: Outline, file: Path
) -> tuple[pl.DataFrame | None, Sequence[Problem]]:
    try:
        with session() as spark:
            return gather(answers(spark, order, outline, file), outline.units)
    except Absent as absent:
        raise Stop(f"spark-without-{absent}") from None
    except Failed as failed:
        raise Stop("spark-failed", detail=failed) from None
