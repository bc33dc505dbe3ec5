"""Puts the answers of all partitions together again: one table in the round's order."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from io import BytesIO

import polars as pl

from leitai.problems import Problem, blocking, in_order
from leitai.spark.part import ROW, Answer

_FIGURES = re.compile(r"(\d*)(\D*)")


def gather(answers: Sequence[Answer], units: int) -> tuple[pl.DataFrame | None, Sequence[Problem]]:
    """The standings of a round of so many units, or every Problem any partition found."""
    groups = [number for answer in answers for number in json.loads(answer.groups)]
    assert len(groups) == len(set(groups)), "a comparison group was split: its places are wrong"
    found = [Problem(*one) for answer in answers for one in json.loads(answer.problems)]
    problems = in_order(sorted(found, key=_in_reading_order))
    if blocking(problems):
        return None, problems
    table = pl.concat([pl.read_ipc(BytesIO(answer.standings)) for answer in answers]).sort(ROW)
    assert table[ROW].equals(pl.int_range(units, eager=True)), "units were lost or doubled"
    return table.drop(ROW), problems


def _in_reading_order(one: Problem) -> tuple[str, list[tuple[int, str]], str]:
    """By kind and place, row 4 before row 31: whatever partition found it."""
    parts = [(int(part or 0), rest) for part, rest in _FIGURES.findall(one.where)]
    return one.code, parts, str(one.key)
