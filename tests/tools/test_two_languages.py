"""The rules and the formats say the same in both languages, as far as a machine can tell."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [
    page
    for pattern in ("*.md", "docs/**/*.md", "bench/*.md", "schemes/**/*.md")
    for page in ROOT.glob(pattern)
]
CODE = re.compile(r"`([^`\n]+)`")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def sections(name: str) -> list[str]:
    """The text before the first heading, and each section."""
    return re.split(r"(?m)^## .*$", (DOCS / name).read_text(encoding="utf-8"))


def codes(section: str) -> set[str]:
    """The settings and words of the program that a section names, file links aside."""
    found = (code for code in CODE.findall(section) if not code.endswith(".md"))
    return {code for code in found if not NOT_ASCII.search(code) and not code.startswith("{id:")}


def shape(section: str) -> dict[str, int]:
    """How many list items, rows of tables and blocks of code it has."""
    patterns = {"items": r"(?m)^ *(?:-|\d\.) ", "rows": r"(?m)^\|", "blocks": r"(?m)^```"}
    return {name: len(re.findall(pattern, section)) for name, pattern in patterns.items()}


@pytest.mark.parametrize(
    "name",
    ["rules", "case-format", "seal", "checkup", "first-quarter", "scale", "advice", "mutation"],
)
def test_both_languages_have_the_same_sections_lists_and_settings(name: str) -> None:
    english, chinese = sections(f"{name}.md"), sections(f"{name}.zh-CN.md")
    assert len(english) == len(chinese)
    for number, (one, other) in enumerate(zip(english, chinese, strict=True)):
        assert shape(one) == shape(other), number
        assert codes(one) ^ codes(other) == set(), number


def test_a_setting_named_in_one_language_alone_is_seen() -> None:
    assert codes("`floor` and `cap: none`") ^ codes("`floor`，无") == {"cap: none"}
    assert shape("- a\n- b\n") != shape("- a，b\n")


def test_every_page_begins_with_its_title() -> None:
    assert ROOT / "CHANGELOG.md" in PAGES
    untitled = [page for page in PAGES if not page.read_text(encoding="utf-8").startswith("# ")]
    assert untitled == []
