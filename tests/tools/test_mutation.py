"""The mutants: what is changed, what is left, their names; and what a run of them fails for."""

import ast
from pathlib import Path

import pytest
from mutants import Mutant, changes, mutants, mutated
from mutation import KILLED, SURVIVED, TIMED_OUT, all_mutants, shortcomings, table, tried

ROOT = Path(__file__).parents[2]


def reads(source: str) -> list[str]:
    """How the changes of a text read."""
    return [change.reads for change in changes(ast.parse(source))]


def made(source: str) -> list[str]:
    """The text of every mutant."""
    texts = []
    for index in range(len(reads(source))):
        tree = ast.parse(source)
        list(changes(tree))[index].make()
        texts.append(ast.unparse(tree))
    return texts


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("a < b", ["a <= b"]),
        ("a >= b", ["a > b"]),
        ("a == b", ["a != b"]),
        ("a is not b", ["a is b"]),
        ("a in b", ["a not in b"]),
        ("a < b <= c", ["a <= b <= c", "a < b < c"]),
        ("a + b", ["a - b"]),
        ("a * b", ["a + b"]),
        ("a & b", ["a | b"]),
        ("-a", ["a"]),
        ("~a", ["a"]),
        ("a and b", ["a or b", "not a and b", "a and (not b)"]),
        ("a or 0", ["a and 0", "not a or 0", "a or 1"]),
        ("1", ["2"]),
        ("True", ["False"]),
        ("f(a, b)", ["f(b, a)"]),
        ("f(a, b, c)", ["f(b, a, c)", "f(a, c, b)"]),
        ("f(k=a)", ["f()"]),
        ("min(a, b)", ["max(a, b)"]),
        ("any(a)", ["all(a)"]),
        ("a.least(b)", ["a.largest(b)"]),
        ("a if b else c", ["a if not b else c"]),
        ("a if not b else c", ["a if b else c"]),
        ("[a for a in b if c]", ["[a for a in b if not c]"]),
        ("lambda: a", ["lambda: None"]),
        ("'code'", ["'codeXX'"]),
        ("'60%'", ["'61%'"]),
        ("'3'", ["'4'"]),
        ("''", ["'XX'"]),
        ("f'{a}-ahead'", ["f'{a}-aheadXX'"]),
    ],
)
def test_an_expression_is_made_wrong_in_each_way(source: str, texts: list[str]) -> None:
    found = [text.removeprefix("x = ") for text in made(f"x = {source}")]

    assert found == texts


@pytest.mark.parametrize(
    ("body", "bodies"),
    [
        ("return a", ["return None"]),
        ("return", []),
        ("return None", []),
        ("return False", ["return True"]),
        ("f(a)", ["pass"]),
        ("yield a", ["pass"]),
        ("a += b", ["pass", "a -= b"]),
        ("if a:\n        f", ["if not a:\n        f", "if a:\n        pass"]),
        ("while a < b:\n        continue", ["while a <= b:\n        continue", "while a < b:\n        break"]),
        ("c = a", []),
        ("c = a\n    c = b", ["c = a\n    pass"]),
        ("c[a] = b\n    c[b] = a", ["pass\n    c[b] = a", "c[a] = b\n    pass"]),
    ],
)  # fmt: skip
def test_a_statement_is_made_wrong_or_removed(body: str, bodies: list[str]) -> None:
    head = "def g():\n    "

    assert [text.removeprefix(head) for text in made(head + body)] == bodies


@pytest.mark.parametrize(
    "source",
    [
        '"""What it is for."""',
        "from a import b",
        "assert a < b",
        "x = '得分'",
        "x = 'so many points'",
        "x = Label(form='list', parts={'a': 1})",
        "x = {'none': '无', 'yes': '是'}",
        "x = zip(a, strict=True)",
        "x: TypeAlias = int | str",
        "x: dict[str, Literal[1]] = y",
        "@dataclass(frozen=True)\nclass A(B[1]):\n    pass",
        "def f(a: int | None) -> int | str:\n    pass",
    ],
)
def test_words_and_what_only_describes_are_left(source: str) -> None:
    assert reads(source) == []


def test_the_words_of_a_measure_are_left_and_its_other_settings_are_not() -> None:
    source = "MEASURE = Measure(kind='a', words={'zh': {'name': 'x'}}, labels={'b': 1})"

    assert reads(source) == ["Measure: kind= removed", '"a" → "aXX"']


def test_a_name_says_file_function_line_and_change_and_tells_equal_ones_apart() -> None:
    source = "class A:\n    def f(self):\n        return x.y + x.y - x.y + 1\n"

    assert [one.name for one in mutants("a.py", source)] == [
        "a.py · A.f · return x.y + x.y - x.y + 1 · return None",
        "a.py · A.f · return x.y + x.y - x.y + 1 · + → -",
        "a.py · A.f · return x.y + x.y - x.y + 1 · - → +",
        "a.py · A.f · return x.y + x.y - x.y + 1 · + → - · 2",
        "a.py · A.f · return x.y + x.y - x.y + 1 · 1 → 2",
    ]


def test_a_line_further_down_keeps_its_name() -> None:
    before, after = mutants("a.py", "x = a < b"), mutants("a.py", "y = 0\n\nx = a < b")

    assert [one.name for one in before] == [one.name for one in after[1:]]


def test_every_mutant_is_another_program() -> None:
    for file in sorted((ROOT / "src" / "leitai" / "measures").glob("pl*.py")):
        source = file.read_text(encoding="utf-8")
        right = compile(source, "a.py", "exec")
        for one in mutants("a.py", source):
            assert mutated(source, one.index, "a.py") != right, one.name


A, B = Mutant("a.py", 0, "a.py · f · a · x"), Mutant("b.py", 0, "b.py · f · b · x")
KILLED_BY_NINETEEN = [(A, KILLED)] * 19


def test_survivors_and_time_outs_must_be_listed() -> None:
    for verdict in (SURVIVED, TIMED_OUT):
        (found,) = shortcomings([*KILLED_BY_NINETEEN, (B, verdict)], "- `b.py · f · b · y`")
        assert found.endswith("(not in docs/mutation.md): b.py · f · b · x")
        assert shortcomings([*KILLED_BY_NINETEEN, (B, verdict)], f"- `{B.name}`: equal") == []


def test_a_listed_mutant_that_is_killed_must_leave_the_list() -> None:
    (found,) = shortcomings([(A, KILLED)], f"- `{A.name}`: equal")
    assert "still in docs/mutation.md" in found


def test_fewer_than_95_percent_is_too_few_though_all_are_listed() -> None:
    listed = f"- `{B.name}`: equal"
    assert shortcomings([*KILLED_BY_NINETEEN, (B, SURVIVED)], listed) == []
    (found,) = shortcomings([*KILLED_BY_NINETEEN[1:], (B, TIMED_OUT)], listed)
    assert "95" in found


def test_the_table_has_a_line_for_each_file_and_one_for_all() -> None:
    verdicts = [(A, KILLED), (A, KILLED), (A, SURVIVED), (B, TIMED_OUT)]
    assert [line.split() for line in table(verdicts)[1:]] == [
        ["a.py", "3", "2", "1", "0", "66.6"],
        ["b.py", "1", "0", "0", "1", "0.0"],
        ["all", "4", "2", "1", "1", "50.0"],
    ]


def test_every_name_is_another() -> None:
    names = [one.name for one in all_mutants()]
    assert len(names) == len(set(names))


def test_a_mutant_of_the_engine_is_killed_in_a_process_of_its_own() -> None:
    name = "measures/attain.py · score · reached = x.actual >= x.target if x.higher else x.actual <= x.target · >= → >"
    (mutant,) = (one for one in all_mutants() if one.name == name)
    assert list(tried([mutant])) == [(mutant, KILLED)]
