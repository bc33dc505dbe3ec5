"""The pages of the rules cannot drift: worked tables and parameters are what the engine says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from leitai.board import Board
from leitai.casebook.read import read_case
from leitai.casebook.run import Outcome, run
from leitai.explain.figures import Figure
from leitai.explain.trail import grade_name
from leitai.intake.model import Key
from leitai.measures import MEASURES
from leitai.scheme.model import (
    GRADE_KINDS,
    Adjustment,
    Grades,
    Indicator,
    Lateness,
    Level,
    Points,
    Series,
    TieBreaker,
    When,
)
from leitai.seal.plain import plain_board
from leitai.stats.panel import Panel
from leitai.stats.survey import Survey

DOCS = Path(__file__).parents[2] / "docs"
INDEX = DOCS / "algorithms" / "README.md"
PAGES = [path for path in sorted(INDEX.parent.glob("*.md")) if path != INDEX]
WORKED = re.compile(r"^```yaml case\n(?P<case>.*?)^```\n\n(?P<table>(?:\|.*\n)+)", re.M | re.S)
TABLE = re.compile(r"(?:^\|.*\n)+", re.M)
HEADING = re.compile(r"(?P<name>[^（）]+)(?:（(?P<about>.+)）)?")
SECTIONS = ["用途", "规则", "参数", "算例", "边界情形", "手工复算", "何时不出榜", "English"]
SETTINGS: dict[str, list[type[Any]]] = {
    **{kind: [one.settings] for kind, one in MEASURES.items() if fields(one.settings)},
    "adjustments": [Adjustment, When],
    "grades": [Grades, Level],
    "missing": [Lateness],
    "numbers": [Points],
    "panels": [Panel],
    "places": [TieBreaker],
    "scheme": [Series, Indicator],
    "surveys": [Survey],
}
SCORES = "非常满意 100，满意 80，基本满意 60，不满意 30，非常不满意 0"
ELSEWHERE = {  # defaults that no text in the class states: rules §2, §7, §9, §10
    (Points, "total_places"): {"同 `line_places`", "as `line_places`"},
    (Survey, "scores"): {SCORES},
    (Survey, "dont_know"): {"`[不了解]`"},
    (Adjustment, "step"): {"`negative`"},
    (Grades, "levels"): {
        "优秀前 30%、良好、一般后 10%",
        "excellent top 30%, good, fair bottom 10%",
    },
}
NOT_STATED = {("place", "step"), ("place", "table"), ("bands", "bands"), ("survey", "scores")}
REQUIRED, ABSENT = {"必填", "required"}, {"无", "none"}

Cells = dict[str, str]


def cells_of(table: str) -> list[Cells]:
    """A Markdown table as rows of heading → cell."""
    rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in table.splitlines()]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[2:]]


@dataclass(frozen=True)
class Printed:
    """A case's board as a page prints it: the cell of a unit under a heading."""

    board: Board

    @cached_property
    def units(self) -> dict[str, Any]:
        return dict(plain_board(self.board)["units"])

    @cached_property
    def by_name(self) -> dict[str, str]:
        return {unit.name: unit.id for unit in self.board.round.units.values()}

    def indicator(self, about: str) -> str:
        """The indicator of that name; without a name the only one there is."""
        named = {one.name: one.id for one in self.board.round.scheme.indicators.values()}
        assert about or len(named) == 1, "several indicators: write 得分（指标名）"
        return named[about or next(iter(named))]

    def item(self, unit: str, about: str) -> dict[str, Any]:
        items = self.board.round.scheme.items
        assert about or len(items) == 1, "several items: write 项目得分（项目名）"
        wanted = next(key for key, one in items.items() if about in ("", one.name))
        return dict(self.units[unit]["items"].get(wanted, {}))

    def lines(self, unit: str, kinds: Sequence[str], about: str) -> str | None:
        """Σ of the unit's lines of these kinds, None without any."""
        found = [line for line in self.board.by_unit[unit] if line.kind in kinds]
        if about:
            found = [line for line in found if line.indicator == self.indicator(about)]
        if not found:
            return None
        return self.board.round.scheme.scale.show(sum(line.units for line in found))

    def part(self, unit: str, number: int) -> str:
        index = self.board.points.layout.units.index(unit)
        units = self.board.points.parts[self.indicator(""), number][index]
        return self.board.round.scheme.scale.show(units)

    def fact(self, unit: str, column: str, about: str) -> str | None:
        row = self.board.taken.values.get((unit, self.indicator(about)))
        return row[column] if row else None

    def evidence(self, unit: str, name: str, about: str) -> Figure:
        index = self.board.points.layout.units.index(unit)
        indicator = self.indicator(about)
        worked = [
            one.evidence(index) for one in self.board.points.worked if one.bound.id == indicator
        ]
        return Figure(next((one[name] for one in worked if name in one), None))

    def tally(self, unit: str, about: str) -> Any:
        """The tally of the unit, of the rater group named."""
        keys: list[Key] = [key for key in self.board.taken.tallies if key[0] == unit]
        (found,) = [
            one for key in keys for one in self.board.taken.tallies[key] if about in ("", one.group)
        ]
        return found

    def fall(self, unit: str) -> int | None:
        one = self.board.results[unit]
        return None if one.place is None or one.base_place is None else one.place - one.base_place

    def grade(self, unit: str, before: bool = False) -> str:
        steps = [s for s in self.board.steps if s.unit == unit and s.kind in GRADE_KINDS]
        now = self.board.results[unit].grade
        return grade_name(self.board, steps[0].before if before and steps else now)

    def cell(self, unit: str, heading: str) -> str:
        """What belongs under a heading."""
        match = HEADING.fullmatch(heading)
        assert match is not None, heading
        found = COLUMNS[match["name"]](self, unit, match["about"] or "")
        return "—" if found is None or found == "" else str(found)


Column = Callable[[Printed, str, str], Any]


def _figures() -> Iterator[tuple[str, Column]]:
    """Every heading a worked table may carry and what the board says under it."""
    for heading, name in {
        "总分": "total",
        "精确总分": "exact",
        "加分合计": "bonus",
        "原名次": "base_place",
        "名次": "place",
        "倒数": "bottom",
    }.items():
        yield heading, lambda p, u, _, name=name: p.units[u][name]
    for heading, name in {"项目得分": "points", "项目名次": "place", "项目倒数": "bottom"}.items():
        yield heading, lambda p, u, a, name=name: p.item(u, a).get(name)
    for heading, kinds in {
        "满分": "full",
        "失分": "loss",
        "超额得分": "gain",
        "扣分": "event",
        "加分": "event",
        "保底": "floor",
        "封顶": "cap",
        "加分项": "bonus",
        "免考核折算": "exempt",
        "季度挂钩": "quarter",
        "折算": "scale",
        "修约": "round",
    }.items():
        yield heading, lambda p, u, a, kinds=kinds: p.lines(u, (kinds,), a)
    for heading, name in {"实际": "actual", "目标": "target", "基期": "previous"}.items():
        yield heading, lambda p, u, a, name=name: p.fact(u, name, a)
    for heading, name in {
        "步数": "steps",
        "最优值": "best",
        "不允许值": "low",
        "满意值": "high",
        "组内名次": "place",
        "同组单位": "peers",
        "平均值": "mean",
        "增量": "growth",
        "评议得分": "score",
        "满意度": "score",
    }.items():
        yield heading, lambda p, u, a, name=name: str(p.evidence(u, name, a))
    for heading, name in {"完成率": "rate", "增幅": "growth", "与平均之差": "share"}.items():
        yield heading, lambda p, u, a, name=name: format(p.evidence(u, name, a), "%")
    for number in (1, 2, 3):
        yield f"第{number}部分", lambda p, u, _, number=number: p.part(u, number)


COLUMNS: dict[str, Column] = {
    **dict(_figures()),
    "得分": lambda p, u, a: p.units[u]["points"].get(p.indicator(a)),
    "系数": lambda p, u, a: p.fact(u, "coefficient", a) or "1",
    "有效票": lambda p, u, a: p.tally(u, a).n,
    "有效答卷": lambda p, u, _: p.tally(u, "").n,
    "平均分": lambda p, u, a: Figure(p.tally(u, a).mean),
    "原等次": lambda p, u, _: p.grade(u, before=True),
    "等次": lambda p, u, _: p.grade(u),
    "应降": lambda p, u, _: p.board.results[u].fall.replace("last", "末位"),
    "实降": lambda p, u, _: p.fall(u),
}
FREE = {"算式", "说明"}  # the derivation in words; no figure stands only there


def worked(page: Path) -> list[tuple[str, str]]:
    """The fenced cases of a page, each with the table that follows it."""
    return [(one["case"], one["table"]) for one in WORKED.finditer(page.read_text("utf-8"))]


EXAMPLES = [
    pytest.param(case, table, id=f"{page.stem}-{number}")
    for page in PAGES
    for number, (case, table) in enumerate(worked(page), start=1)
]


def outcome(text: str) -> Outcome:
    case, problems = read_case(text, "page.yaml")
    assert case is not None, problems
    return run(case)


def differences(board: Board, table: str) -> list[str]:
    """Where a printed table says something else than the board."""
    printed = Printed(board)
    rows = cells_of(table)
    assert sorted(row["单位"] for row in rows) == sorted(printed.by_name)
    return [
        f"{row['单位']} {heading}: {cell} ≠ {found}"
        for row in rows
        for heading, cell in row.items()
        if heading != "单位" and heading not in FREE
        if (found := printed.cell(printed.by_name[row["单位"]], heading)) != cell
    ]


@pytest.mark.parametrize(("case", "table"), EXAMPLES)
def test_a_worked_table_is_what_the_engine_computes(case: str, table: str) -> None:
    made = outcome(case)
    assert list(made.differences) == []
    assert made.case.expect, "a case that expects nothing shows nothing"
    assert made.board is not None
    assert differences(made.board, table) == []


def test_a_changed_figure_in_a_worked_table_is_caught() -> None:
    case, table = worked(INDEX.parent / "completion.md")[0]
    board = outcome(case).board
    assert board is not None
    assert differences(board, table.replace("9.17", "9.16")) == ["戊镇 得分: 9.16 ≠ 9.17"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_its_sections_and_a_table_after_each_case(page: Path) -> None:
    text = page.read_text("utf-8")
    assert re.findall(r"^## (.+)$", text, re.M) == SECTIONS
    assert len(worked(page)) == text.count("```yaml case") >= 1


def parameter_tables(page: Path) -> list[list[Cells]]:
    """The tables of parameters, Chinese ones first."""
    tables = [cells_of(one) for one in TABLE.findall(page.read_text("utf-8"))]
    return [rows for rows in tables if next(iter(rows[0])) in ("参数", "parameter")]


def accepted(kind: type[Any], name: str, default: object) -> set[str]:
    """The words that state a default."""
    if (kind, name) in ELSEWHERE:
        return ELSEWHERE[kind, name]
    if isinstance(default, str):
        return {f"`{default}`"}
    return ABSENT if default in (None, (), {}) else REQUIRED


@pytest.mark.parametrize("page", SETTINGS)
def test_the_parameters_are_those_of_the_engine(page: str) -> None:
    tables = parameter_tables(INDEX.parent / f"{page}.md")
    assert len(tables) == 2 * len(SETTINGS[page])
    for rows, kind in zip(tables, SETTINGS[page] * 2, strict=True):
        stated = {cell[0].strip("`"): cell[1] for cell in (list(row.values()) for row in rows)}
        wanted = {
            one.name.rstrip("_"): accepted(kind, one.name, one.metadata["default"])
            for one in fields(kind)
        }
        assert list(stated) == list(wanted)
        assert [name for name, text in stated.items() if text not in wanted[name]] == []


def stated_default(row: str, name: str) -> str:
    """What docs/case-format.md puts in brackets behind a parameter, or behind its list."""
    match = re.search(rf"(?<![\w`]){name}\b[^()]*\((?:list, )?(?P<stated>[^;()]*)", row)
    assert match is not None, name
    return match["stated"]


@pytest.mark.parametrize("kind", [kind for kind in MEASURES if kind in SETTINGS])
def test_the_defaults_of_a_measure_are_those_of_the_case_format(kind: str) -> None:
    text = (DOCS / "case-format.md").read_text("utf-8")
    (row,) = re.findall(rf"^\| {kind} \| (.+) \|$", text, re.M)
    for rows in parameter_tables(INDEX.parent / f"{kind}.md"):
        for cell in (list(row.values()) for row in rows):
            name, default = cell[0].strip("`"), cell[1]
            if (kind, name) in NOT_STATED:
                continue
            stated = stated_default(row, name)
            words = REQUIRED if stated == "required" else {f"`{stated}`"}
            assert default in (ABSENT if stated in ("none", "[]", "{}") else words), name


def test_every_measure_kind_has_a_page_under_its_name() -> None:
    for kind, measure in MEASURES.items():
        text = (INDEX.parent / f"{kind}.md").read_text("utf-8")
        assert text.startswith(f"# {measure.words['zh']['name']} `{kind}`\n")


def test_every_page_is_linked_from_the_index() -> None:
    linked = set(re.findall(r"\]\(([\w-]+\.md)\)", INDEX.read_text("utf-8")))
    assert linked == {page.name for page in PAGES}


@pytest.mark.parametrize("page", [INDEX, *PAGES], ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [one for one in targets if not (page.parent / one).exists()] == []


def test_every_section_of_the_rules_is_cited() -> None:
    cited = {number for page in PAGES for number in re.findall(r"§(\d+)", page.read_text("utf-8"))}
    sections = re.findall(r"^## (\d+)\. ", (DOCS / "rules.md").read_text("utf-8"), re.M)
    assert set(sections) == {str(number) for number in range(1, 11)}
    assert cited >= set(sections)
