"""The pages of the rules cannot drift: worked tables and parameters are what the engine says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any

import pytest

from leitai.board import Board
from leitai.casebook.read import read_case
from leitai.casebook.run import Outcome, run
from leitai.measures import MEASURES
from leitai.scheme import year
from leitai.scheme.model import (
    DEFAULT_LEVELS,
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
from leitai.scheme.year import Consequence, Rewards, Year
from leitai.stats.panel import Panel
from leitai.stats.survey import Survey
from tests.engine.printed import FREE, Printed

DOCS = Path(__file__).parents[2] / "docs"
FOLDER = DOCS / "algorithms"
INDEX = FOLDER / "README.md"
PAGES = [path for path in sorted(FOLDER.glob("*.md")) if path != INDEX]
WORKED = re.compile(r"^```yaml case\n(?P<case>(?s:.*?))^```\n\n(?P<table>(?:\|.*\n)+)", re.M)
TABLE = re.compile(r"(?:^\|.*\n)+", re.M)
SECTIONS = ["用途", "规则", "参数", "算例", "边界情形", "手工复算", "何时不出榜", "English"]
SETTINGS: Mapping[str, list[type[Any]]] = {
    **{kind: [one.settings] for kind, one in MEASURES.items() if fields(one.settings)},
    "adjustments": [Adjustment, When],
    "grades": [Grades, Level],
    "missing": [Lateness],
    "numbers": [Points],
    "panels": [Panel],
    "places": [TieBreaker],
    "scheme": [Series, Indicator],
    "surveys": [Survey],
    "year": [Year, Rewards, Consequence, year.When],
}
REQUIRED, ABSENT = {"必填", "required"}, {"无", "none"}
BY_RULE = {  # defaults that the rules state and the class leaves open
    ("Points", "total_places"): {"同 `line_places`", "as `line_places`"},  # §2
    ("Adjustment", "step"): {"`negative`"},  # §9
}
NOT_IN_CASE_FORMAT = {
    ("place", "step"),
    ("place", "table"),
    ("bands", "bands"),
    ("survey", "scores"),
}


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def rows_of(table: str) -> list[dict[str, str]]:
    """A Markdown table as rows of heading → cell."""
    heads, _, *rows = (
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()
    )
    return [dict(zip(heads, row, strict=True)) for row in rows]


def worked(page: Path) -> list[tuple[str, str]]:
    """The fenced cases of a page, each with the table that follows it."""
    return [(one["case"], one["table"]) for one in WORKED.finditer(text_of(page))]


def outcome(text: str) -> Outcome:
    case, problems = read_case(text, "page.yaml")
    assert case is not None, problems
    return run(case)


def differences(board: Board, table: str) -> list[str]:
    """Where a printed table says something else than the board."""
    printed, rows = Printed(board), rows_of(table)
    assert sorted(row["单位"] for row in rows) == sorted(printed.by_name)
    return [
        f"{row['单位']} {heading}: {cell} ≠ {found}"
        for row in rows
        for heading, cell in row.items()
        if heading not in {"单位", *FREE}
        if (found := printed.cell(printed.by_name[row["单位"]], heading)) != cell
    ]


@pytest.mark.parametrize(
    ("case", "table"),
    [
        pytest.param(case, table, id=f"{page.stem}-{number}")
        for page in PAGES
        for number, (case, table) in enumerate(worked(page), start=1)
    ],
)
def test_a_worked_table_is_what_the_engine_computes(case: str, table: str) -> None:
    made = outcome(case)
    assert list(made.differences) == []
    assert made.case.expect, "a case that expects nothing shows nothing"
    assert made.board is not None
    assert differences(made.board, table) == []


def test_a_changed_figure_in_a_worked_table_is_caught() -> None:
    case, table = worked(FOLDER / "completion.md")[0]
    board = outcome(case).board
    assert board is not None
    assert differences(board, table.replace("9.17", "9.16")) == ["戊镇 得分: 9.16 ≠ 9.17"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_its_sections_and_a_table_after_each_case(page: Path) -> None:
    assert re.findall(r"^## (.+)$", text_of(page), re.M) == SECTIONS
    assert len(worked(page)) == text_of(page).count("```yaml case") >= 1


def parameters(page: str) -> list[dict[str, str]]:
    """Name → default of each table of parameters, Chinese tables first."""
    tables = [rows_of(one) for one in TABLE.findall(text_of(FOLDER / f"{page}.md"))]
    cells = [
        [list(row.values()) for row in rows]
        for rows in tables
        if next(iter(rows[0])) in ("参数", "parameter")
    ]
    return [{name.strip("`"): default for name, default, *_ in rows} for rows in cells]


def defaults(kind: type[Any]) -> dict[str, set[str]]:
    """Setting → the ways to state its default."""
    return {
        one.name.rstrip("_"): BY_RULE.get((kind.__name__, one.name), _stated(one))
        for one in fields(kind)
    }


def _stated(one: Field[Any]) -> set[str]:
    default = one.metadata["default"]
    if isinstance(default, str):
        return {f"`{default}`"}
    if default == DEFAULT_LEVELS:
        zh = "、".join(_level(one, one.name, "前", "后") for one in DEFAULT_LEVELS)
        return {zh, ", ".join(_level(one, one.id, "top ", "bottom ") for one in DEFAULT_LEVELS)}
    if default in (None, (), {}):
        return ABSENT
    if isinstance(default, tuple):
        return {f"`[{', '.join(default)}]`"}
    if isinstance(default, dict):
        return {"，".join(f"{name} {value}" for name, value in default.items())}
    assert one.default is MISSING
    return REQUIRED


def _level(level: Level, name: str, top: str, bottom: str) -> str:
    if level.top is not None:
        return f"{name} {top}{level.top * 100}%"
    return name if level.bottom is None else f"{name} {bottom}{level.bottom * 100}%"


@pytest.mark.parametrize("page", SETTINGS)
def test_the_parameters_and_defaults_are_those_of_the_engine(page: str) -> None:
    wanted = [defaults(kind) for kind in SETTINGS[page]] * 2
    stated = parameters(page)
    assert [list(table) for table in stated] == [list(table) for table in wanted]
    for table, allowed in zip(stated, wanted, strict=True):
        assert {name: text for name, text in table.items() if text not in allowed[name]} == {}


def in_case_format(kind: str, name: str) -> set[str]:
    """The default that docs/case-format.md puts in brackets behind a parameter or its list."""
    row = re.findall(rf"^\| {kind} \| (.+) \|$", text_of(DOCS / "case-format.md"), re.M)[0]
    match = re.search(rf"(?<![\w`]){name}\b[^()]*\((?:list, )?(?P<default>[^;()]*)", row)
    assert match is not None, f"{kind} {name}"
    if match["default"] in ("none", "[]", "{}"):
        return ABSENT
    return REQUIRED if match["default"] == "required" else {f"`{match['default']}`"}


@pytest.mark.parametrize("kind", [kind for kind in MEASURES if kind in SETTINGS])
def test_the_defaults_of_a_measure_are_those_of_the_case_format(kind: str) -> None:
    for table in parameters(kind):
        for name, default in table.items():
            if (kind, name) not in NOT_IN_CASE_FORMAT:
                assert default in in_case_format(kind, name), name


def test_every_measure_kind_has_a_page_under_its_name_in_the_rules() -> None:
    rules = text_of(DOCS / "rules.md")
    names = dict(re.findall(r"^\*\*`(\w+)` (\S+)\.\*\*", rules, re.M))
    assert set(names) == set(MEASURES)
    for kind, name in names.items():
        title = text_of(FOLDER / f"{kind}.md").partition("\n")[0]
        assert re.fullmatch(f"# {name}.* `{kind}`", title)


def test_every_page_is_linked_from_the_index() -> None:
    linked = set(re.findall(r"\]\(([\w-]+\.md)\)", text_of(INDEX)))
    assert linked == {page.name for page in PAGES}


@pytest.mark.parametrize("page", [INDEX, *PAGES], ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text_of(page))
    assert [one for one in targets if not (page.parent / one).exists()] == []


def test_every_section_of_the_rules_is_cited() -> None:
    sections = re.findall(r"^## (\d+)\. ", text_of(DOCS / "rules.md"), re.M)
    assert sections == [str(number) for number in range(1, 12)]
    cited = {number for page in PAGES for number in re.findall(r"§(\d+)", text_of(page))}
    assert cited >= set(sections)
