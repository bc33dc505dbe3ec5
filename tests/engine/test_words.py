"""Every code in the source has its sentence in both languages, made of what is really passed."""

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import leitai
from leitai.casebook.read import read_case
from leitai.evaluate import evaluate
from leitai.explain.problem_text import problem_text
from leitai.explain.words import LANGUAGES, catalogue, in_number, say
from leitai.problems import Problem

SOURCE = Path(leitai.__file__).parent
CASES = sorted((Path(__file__).parents[2] / "cases").glob("*/*.yaml"))
FILES = (
    "fact",
    "scheme",
    "measure",
    "opinion",
    "adjustment",
    "case",
    "board_file",
    "seal",
    "whatif",
    "wide",
    "workbook",
    "year",
)
WORDS_OF_ARGS = ("wanted.", "kind.", "void.", "column.", "fallback.")
FAMILIES = "fact|scheme|value|measure|panel|survey|adjustment|demotion|grade|exempt|late|case|board|quarrel|seal|whatif|wide|workbook|compare|year|linked|history"
CODE = re.compile(rf"({FAMILIES})\.(?!yaml$|toml$|csv$|json$)[a-z]+(-[a-z]+)*")
NARROW_SIGN = re.compile(r"[\u4e00-\u9fff][,;:!?'\"()]|[,;:!?'\"()][\u4e00-\u9fff]")
NEVER_PRINTED = {"scheme.many"}  # only carries other Problems upwards
MAKERS = {  # where the code is
    **dict.fromkeys(("problem", "warning", "Refused", "refuse", "_refuse", "assume"), 0),
    **dict.fromkeys(("Check", "quarrel"), 1),
}
BY_HAND = {  # what is passed through variables, each read in the source
    code: set(args.split())
    for codes, args in (
        ("fact.cell-error fact.format-misleads fact.misleading-text", "text"),
        ("fact.answer-unknown fact.stratum-unknown fact.channel-unknown", "text"),
        ("fact.not-a-number fact.not-a-date", "text column column_name"),
        ("board.unreadable", "path"),
        ("board.ill-formed", "path where"),
        ("fact.exponent fact.thousands-separator", "text column column_name"),
        ("fact.unit-unknown", "unit"),
        ("linked.missing linked.circle linked.not-a-board linked.changed", "path"),
        ("linked.refused", "path n"),
        ("linked.made-up", "path"),
        ("year.unit-of-old", "unit alike"),  # told only where something is alike
        ("fact.unit-ambiguous", "unit ids"),
        ("fact.indicator-unknown", "indicator"),
        ("fact.indicator-ambiguous", "indicator ids"),
        ("fact.ballot-doubled", "rater unit indicator first"),
        ("fact.coefficient-not-positive", "unit indicator"),
        ("fact.exempt-has-data", "unit indicator"),
        ("fact.missing", "unit indicator column"),
        ("panel.quorum", "group n quorum unit indicator"),
        ("panel.no-group-left", "unit indicator"),
        ("workbook.value-unclear workbook.list-unclear workbook.map-unclear", "label text"),
        ("workbook.brackets-wanted", "label text"),
        ("workbook.id-assumed workbook.version-assumed workbook.title-assumed", "text"),
        ("workbook.name-unknown", "kind name"),
        ("workbook.heading-unknown", "heading near"),
        ("workbook.name-unclear", "kind name ids"),
        ("scheme.value-refused", "value wanted"),  # an empty value is shown as “”
        ("scheme.value-refused+of", "value wanted key"),
        ("scheme.settings-quarrel", "why"),  # the printer puts the sentence of quarrel.* there
    )
    for code in codes.split()
}


@dataclass(frozen=True)
class Site:
    """A place in the source that makes a Problem, and the args that are never empty there."""

    code: str
    args: frozenset[str]


class Function:
    """What one function passes: dictionaries and texts put into local names first."""

    def __init__(self, node: ast.AST) -> None:
        self.node = node
        self.names: dict[str, ast.expr] = {}
        for one in ast.walk(node):
            if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name):
                self.names[one.targets[0].id] = one.value

    def sites(self) -> Iterator[Site]:
        for one in ast.walk(self.node):
            if isinstance(one, ast.Call):
                code = _code(one, getattr(one.func, "id", getattr(one.func, "attr", "")))
                if code:
                    yield Site(code, frozenset(self._args(one)))

    def _args(self, call: ast.Call) -> Iterator[str]:
        if isinstance(call.func, ast.Name) and call.func.id == "Check":
            of_group = any(one.arg == "of_group" for one in call.keywords)
            yield from ("indicator", "group", "units") if of_group else ("indicator", "unit")
            return
        for one in call.keywords:
            if one.arg is None:
                yield from self._spread(one.value)
            elif not self._may_be_empty(one.value):
                yield one.arg

    def _spread(self, node: ast.expr) -> Iterator[str]:
        node = self.names.get(node.id, node) if isinstance(node, ast.Name) else node
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_title":
            yield from ("column", "column_name")
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and not self._may_be_empty(value):
                    yield str(key.value)

    def _may_be_empty(self, node: ast.expr) -> bool:
        node = self.names.get(node.id, node) if isinstance(node, ast.Name) else node
        if isinstance(node, ast.BoolOp):
            return self._may_be_empty(node.values[-1])
        if isinstance(node, ast.Call):
            return getattr(node.func, "id", "") in ("near", "near_name")
        return isinstance(node, ast.Constant) and node.value == ""


def _code(call: ast.Call, maker: str) -> str:
    place = MAKERS.get(maker)
    if place is None or len(call.args) <= place:
        return ""
    code = call.args[place]
    if not isinstance(code, ast.Constant):
        return ""
    return f"quarrel.{code.value}" if maker == "quarrel" else str(code.value)


def found_in(text: str) -> Iterator[Site]:
    """The sites of one module; of codes that pass through variables only the code is known."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield from Function(node).sites()
            if node.name == "quarrels":
                yield from _yielded(node)


def _yielded(quarrels: ast.FunctionDef) -> Iterator[Site]:
    for one in ast.walk(quarrels):
        if isinstance(one, ast.Yield) and isinstance(one.value, ast.Constant):
            if one.value.value == "too-fine":  # `bind` makes scheme.too-fine of it
                continue
            yield Site(f"quarrel.{one.value.value}", frozenset({"indicator"}))


@cache
def texts() -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in sorted(SOURCE.rglob("*.py"))}


@cache
def nodes() -> tuple[tuple[Path, ast.AST], ...]:
    """Every node of the source with its file."""
    return tuple((path, one) for path, text in texts().items() for one in ast.walk(ast.parse(text)))


@cache
def args() -> dict[str, set[str]]:
    """What every site of a code passes, never empty."""
    common: dict[str, set[str]] = {}
    for text in texts().values():
        for site in found_in(text):
            common[site.code] = common.get(site.code, set(site.args)) & site.args
    return common


@cache
def codes() -> set[str]:
    """Every code, also those that stand in the source as bare texts and are no other words."""
    bare = {text for _, node in nodes() for text in _text(node) if CODE.fullmatch(text)}
    others = set(catalogue("zh")) - set(sentences("zh"))
    return ((bare - others) | set(args())) - NEVER_PRINTED


def _text(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def passed(name: str) -> Iterator[ast.expr]:
    """What is passed as `name=`, and the first argument of functions called `_name`."""
    for _, node in nodes():
        if isinstance(node, ast.keyword) and node.arg == name:
            yield node.value
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == f"_{name}":
            yield node.args[0]


def words_wanted() -> Iterator[str]:
    yield from (text for node in passed("wanted") for text in _text(node))


def kinds_of_ids() -> Iterator[str]:
    """The third argument of `known` in the checks of a scheme, the first of `id_meant`."""
    for path, node in nodes():
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "id_meant":
            yield from _text(node.args[0])
        called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "known"
        if called and path.parent.name == "scheme":
            yield from _text(node.args[2])


def columns_needed() -> Iterator[str]:
    """The fact columns that measures need, and those asked for on their own."""
    for node in (*passed("needs"), *passed("column")):
        inside = [node] if isinstance(node, ast.Constant) else _tuples(node)
        yield from (text for one in inside for text in _text(one))


def void_reasons() -> Iterator[str]:
    """What `_void_reason` in stats/panel.py returns."""
    for _, node in nodes():
        if isinstance(node, ast.FunctionDef) and node.name == "_void_reason":
            returned = [one.value for one in ast.walk(node) if isinstance(one, ast.Return)]
            yield from (text for one in returned if one for text in _text(one) if text)


def _tuples(node: ast.AST) -> Iterator[ast.expr]:
    for one in ast.walk(node):
        if isinstance(one, ast.Tuple):
            yield from one.elts


def sentences(language: str) -> dict[str, str]:
    """The sentences of Problems: the files of this test, each key in one file only."""
    found: dict[str, str] = {}
    for name in FILES:
        path = SOURCE / "explain" / "words" / language / f"{name}.toml"
        more = tomllib.loads(path.read_text(encoding="utf-8"))
        assert not set(found) & set(more)
        found |= more
    return found


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def of_problems(language: str) -> dict[str, str]:
    words = sentences(language)
    return {key: text for key, text in words.items() if not key.startswith(WORDS_OF_ARGS)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence_and_every_sentence_a_code(language: str) -> None:
    written = {key for key in of_problems(language) if "+" not in key}
    assert {"no sentence": codes() - written, "no code": written - codes()} == {
        "no sentence": set(),
        "no code": set(),
    }
    assert {key.partition("+")[0] for key in BY_HAND} <= codes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_variant_belongs_to_a_sentence_and_to_an_arg_of_its_sites(language: str) -> None:
    source = "\n".join(texts().values())
    written = of_problems(language)
    for key in written:
        code, plus, arg = key.partition("+")
        if plus:
            assert code in written, key
            assert re.search(rf"\b{arg}=|\"{arg}\":", source), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_use_only_what_every_site_passes(language: str) -> None:
    wrong = {}
    for key, sentence in of_problems(language).items():
        code, _, arg = key.partition("+")
        passed_on = BY_HAND.get(key, BY_HAND.get(code, args().get(code, set())))
        unknown = placeholders(sentence) - passed_on - {arg}
        if unknown:
            wrong[key] = unknown
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_args_that_are_codes_have_words(language: str) -> None:
    words = {key for key in sentences(language) if key.startswith(WORDS_OF_ARGS)}
    wanted = {f"wanted.{one}" for one in words_wanted()}
    kinds = {f"kind.{one}" for one in kinds_of_ids()}
    columns = {f"column.{one}" for one in columns_needed()}
    reasons = {f"void.{one}" for one in void_reasons()}
    fallbacks = {f"fallback.{one}" for one in ("exempt", "group_mean", "last_round")}
    assert words == wanted | kinds | columns | reasons | fallbacks


def test_one_is_said_in_the_singular_in_english() -> None:
    said = [say("en", "board.group", group="A", n=n, full="1.00") for n in (1, 21)]
    assert said == ["A (1 unit, full marks 1.00)", "A (21 units, full marks 1.00)"]
    points = [say("en", "limit.points", points=points) for points in ("1", "1.00", "0.1")]
    assert points == ["1 point", "1.00 points", "0.1 points"]


def test_both_languages_have_the_same_keys() -> None:
    assert set(catalogue("zh")) == set(catalogue("en"))
    assert set(sentences("zh")) == set(sentences("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_whole_and_in_their_own_language(language: str) -> None:
    for key, sentence in of_problems(language).items():
        if sentence == "{why}":
            continue
        bare = re.sub(r"“[^”]*”|\{[^}]*\}", "", sentence)
        assert "数据有误" not in sentence
        if language == "zh":
            assert sentence.endswith("。"), key
            assert not NARROW_SIGN.search(bare), key
        else:
            assert sentence.endswith("."), key
            assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", sentence), key


@cache
def problems_of_the_cases() -> tuple[Problem, ...]:
    found: list[Problem] = []
    for path in CASES:
        case, problems = read_case(path.read_text(encoding="utf-8"), path.name)
        found += problems
        if case is not None:
            found += case.problems
            found += evaluate(case.round)[1] if case.round is not None else ()
    return tuple(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_of_the_cases_is_printed_as_a_sentence(language: str) -> None:
    assert len({one.code for one in problems_of_the_cases()}) > 50
    for one in problems_of_the_cases():
        text = problem_text(one, language)
        assert text.endswith((".", "。")), one
        assert not re.search(r"[{}]|“”", text), one


def test_the_search_sees_codes_and_args_however_they_are_passed() -> None:
    seeded = """
def one(row, near, Refused):
    names = {"unit": row.name, "department": row.department or ""}
    problem("a.b", row.where, column="x", near=near("y", []), **names)
    warning("a.c", rater="", **unknown)
    raise Refused("a.d", text=row)
    quarrel(row.where, "e", key="cap")
    Check(row, "a.f", of_group=True)
def quarrels(p, use):
    yield "g"
    yield "too-fine"
"""
    assert set(found_in(seeded)) == {
        Site("a.b", frozenset({"column", "unit"})),
        Site("a.c", frozenset()),
        Site("a.d", frozenset({"text"})),
        Site("quarrel.e", frozenset({"key"})),
        Site("a.f", frozenset({"indicator", "group", "units"})),
        Site("quarrel.g", frozenset({"indicator"})),
    }


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1 points lost, 0.1 points left of 1.00 points", "1 point lost, 0.1 points left of 1.00 points"),
        ("21 units, 1 units, 1 unitsets", "21 units, 1 unit, 1 unitsets"),
        ("place 14 of 14, 1 from the bottom", "place 14 of 14, last"),
        ("place 4, 11 from the bottom", "place 4, 11 from the bottom"),
        ("they share place 1 from the bottom", "they share place 1 from the bottom"),
    ],
)  # fmt: skip
def test_english_tells_one_from_many_and_the_last_from_the_others(written: str, said: str) -> None:
    assert in_number("en", written) == said
    assert in_number("zh", written) == written


def test_names_are_listed_as_the_language_lists_them() -> None:
    small = Problem("grade.group-too-small", args={"group": "甲组", "units": "甲镇|乙镇"})
    assert "甲镇、乙镇" in problem_text(small, "zh")
    assert "甲镇, 乙镇" in problem_text(small, "en")
