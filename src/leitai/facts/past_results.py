"""An office's own table of past results: its headings, its ways of writing a place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from leitai.facts.clean import number_cell, year_cell
from leitai.facts.grid import Cell, Grid
from leitai.facts.headings import ROWS_SEARCHED, heading_key
from leitai.facts.rows import Row
from leitai.facts.tables import TABLES
from leitai.facts.totals import is_total
from leitai.points import whole
from leitai.problems import Problem, Refused, problem, warning
from leitai.signs import half_width, quoted

_HEADINGS: Mapping[str, str] = {  # of several in one table the word named first is taken
    "unit": "单位 单位名称 被考核单位 被考评单位 考核单位 考评单位 参评单位 考核对象 考评对象 名称 "
    "unit name",
    "year": "年度 年份 考核年度 考评年度 年 year",
    "place": "名次 最终名次 总名次 排名 最终排名 总排名 位次 考核名次 考评名次 place rank",
    "bottom": "倒数名次 倒数 倒数第几 倒数排名 倒数位次 bottom",
    "base_place": "基础名次 原名次 base_place",
    "base_bottom": "基础倒数名次 原倒数名次 base_bottom",
    "grade": "等次 等级 考核等次 考评等次 评价等次 评定等次 考核等级 考核结果 考评结果 grade",
    "total": "总分 总得分 最终得分 综合得分 考核得分 考评得分 得分 成绩 total score",
    "head": "负责人 主要负责人 单位负责人 党政主要负责人 主要领导 一把手 head",
    "group": "类别 组别 分组 考核类别 考评类别 系列 group series",
}
_UNIT = TABLES["history"].columns[0]
_RESULTS = ("place", "grade", "total")
_PLACES = ("place", "bottom", "base_place", "base_bottom")
_MERGED = ("group", "year")  # one cell across several rows speaks for all of them
_NOTHING = ("-", "--", "—", "——", "/", "无", "未评", "不评", "不定等次", "未排名", "不排名")
_PLACE = re.compile(r"(?:并列)?(?:倒数)?第?([0-9]+|[一二三四五六七八九十]+)名?\(?(?:并列)?\)?")
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class PastResult:
    """One row: `row` is as the table history has it, `group` what its places are counted in.

    `stated`: whether the table itself names the group; else all rows of the sheet are taken.
    """

    row: Row
    group: str
    stated: bool


@dataclass
class _Reading:
    """One sheet being read: where its columns are, what merged cells said last."""

    grid: Grid
    columns: Mapping[str, int]
    year: str
    above: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def past_results(grid: Grid, year: str) -> tuple[list[PastResult], list[Problem]]:
    """The results of one sheet; rows without a year of their own are of `year` ("" for none)."""
    row, columns = _headings(grid)
    if not columns:
        return [], [problem("history.no-headings", grid.name)]
    reading = _Reading(grid, columns, year)
    reading.problems += _unread(grid, row, columns)
    found = [_result(reading, number) for number in grid.rows if number > row]
    return [one for one in found if one is not None], reading.problems


def _headings(grid: Grid) -> tuple[int, dict[str, int]]:
    """The first row that names a unit and a result, and the column of each name."""
    for number in [row for row in grid.rows if row <= ROWS_SEARCHED]:
        keys = {heading_key(text): spot for spot, text in _from_right(grid, number)}
        columns = {
            name: next(keys[word] for word in words.split() if word in keys)
            for name, words in _HEADINGS.items()
            if not keys.keys().isdisjoint(words.split())
        }
        if "unit" in columns and not columns.keys().isdisjoint(_RESULTS):
            return number, columns
    return 0, {}


def _from_right(grid: Grid, row: int) -> list[tuple[int, str]]:
    """The texts of a row, the last first: of two alike headings the one on the left counts."""
    return sorted(grid.texts(row).items(), reverse=True)


def _unread(grid: Grid, row: int, columns: Mapping[str, int]) -> Iterator[Problem]:
    """A warning of the columns that say nothing this program understands."""
    texts = grid.texts(row)
    unread = [text for spot, text in texts.items() if spot not in columns.values()]
    named = [text for text in unread if heading_key(text) not in ("序号", "no.", "备注", "remarks")]
    if named:
        yield warning("history.columns-unread", grid.where(row), columns="|".join(named))


def _result(reading: _Reading, number: int) -> PastResult | None:
    """One row, None where it states no result or has a Problem."""
    raw = reading.grid.rows[number]
    before = len(reading.problems)
    cells = {name: _cell(reading, number, name) for name in reading.columns}
    told = {name: text for name, text in cells.items() if text}
    if not set(told) - {*_MERGED}:
        return None
    where = reading.grid.where(number)
    reading.problems += _wrong(reading, told, where)
    if len(reading.problems) > before:
        return None
    group = told.pop("group", "")
    told = {"year": reading.year, **told, "imported": "yes"}
    spots = {n: reading.grid.spot(number, c) for n, c in reading.columns.items() if c in raw}
    return PastResult(
        Row("history", where, where, told, spots if reading.grid.sheet else {}),
        group or reading.grid.name,
        "group" in reading.columns,
    )


def _wrong(reading: _Reading, told: Mapping[str, str], where: str) -> Iterator[Problem]:
    """What is wrong with a row as a whole."""
    if "unit" not in told:
        yield problem("fact.cell-blank", where, column=_UNIT.zh, column_name=_UNIT.name)
    elif is_total(told["unit"]):
        yield problem("fact.total-row", where, unit=quoted(told["unit"]))
    elif told.keys().isdisjoint((*_PLACES, "grade", "total")):
        yield warning("history.row-empty", where, unit=quoted(told["unit"]))
    elif not (reading.year or "year" in told):
        yield problem("history.year-missing", where, unit=quoted(told["unit"]))


def _cell(reading: _Reading, number: int, name: str) -> str:
    """The clean text of a cell, "" for a blank one or one with a Problem."""
    column = reading.columns[name]
    cell: Cell = reading.grid.rows[number].get(column, "")
    if isinstance(cell, Problem):
        if name in _MERGED and cell.code == "fact.merged-cells":
            return reading.above.get(name, "")
        reading.problems.append(cell)
        return ""
    if name in _MERGED:
        reading.above[name] = _read(reading, number, name, cell)
        return reading.above[name]
    return _read(reading, number, name, cell)


def _read(reading: _Reading, number: int, name: str, cell: str) -> str:
    if not cell or half_width(cell) in _NOTHING:
        return ""
    try:
        return _READERS.get(name, str)(cell)
    except Refused as refused:
        where = reading.grid.spot(number, reading.columns[name])
        title = next(one.zh for one in TABLES["history"].columns if one.name == name)
        reading.problems.append(refused.at(where, column=title, column_name=name))
        return ""


def _place(text: str) -> str:
    """A place as figures: 第三名（并列） → 3. Raises Refused history.place-refused."""
    plain = "".join(half_width(text).split())
    match = _PLACE.fullmatch(plain)
    try:
        place = whole(match[1] if match and match[1].isascii() else plain)
    except Refused:
        place = _chinese(match[1]) if match else 0
    if place < 1:
        raise Refused("history.place-refused", text=quoted(text))
    return str(place)


def _chinese(text: str) -> int:
    """Chinese figures up to 九十九; 0 for what is no number."""
    if "十" not in text:
        return _DIGITS.index(text) if len(text) == 1 else 0
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or ones == "十":
        return 0
    return 10 * (_DIGITS.index(tens) if tens else 1) + (_DIGITS.index(ones) if ones else 0)


def _total(text: str) -> str:
    return number_cell(half_width(text).removesuffix("分"))


_READERS: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(_PLACES, _place),
    "year": year_cell,
    "total": _total,
}
