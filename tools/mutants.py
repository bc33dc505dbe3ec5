"""Every way in which one module is made wrong: a list that is the same each time it is made.

A change is one node of the syntax tree put in place of another. Words for people (texts with
blanks or Chinese, `words`, `labels`), docstrings, annotations, decorators, imports and assertions
stay as they are.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType
from typing import Any, NamedTuple

COMPARISONS: dict[type[ast.cmpop], tuple[str, str, type[ast.cmpop]]] = {
    ast.Lt: ("<", "<=", ast.LtE),
    ast.LtE: ("<=", "<", ast.Lt),
    ast.Gt: (">", ">=", ast.GtE),
    ast.GtE: (">=", ">", ast.Gt),
    ast.Eq: ("==", "!=", ast.NotEq),
    ast.NotEq: ("!=", "==", ast.Eq),
    ast.Is: ("is", "is not", ast.IsNot),
    ast.IsNot: ("is not", "is", ast.Is),
    ast.In: ("in", "not in", ast.NotIn),
    ast.NotIn: ("not in", "in", ast.In),
}
OPERATORS: dict[type[ast.operator], tuple[str, str, type[ast.operator]]] = {
    ast.Add: ("+", "-", ast.Sub),
    ast.Sub: ("-", "+", ast.Add),
    ast.Mult: ("*", "+", ast.Add),
    ast.FloorDiv: ("//", "*", ast.Mult),
    ast.Mod: ("%", "*", ast.Mult),
    ast.Pow: ("**", "*", ast.Mult),
    ast.BitAnd: ("&", "|", ast.BitOr),
    ast.BitOr: ("|", "&", ast.BitAnd),
}
WORDS: dict[type[ast.boolop], tuple[str, str, type[ast.boolop]]] = {
    ast.And: ("and", "or", ast.Or),
    ast.Or: ("or", "and", ast.And),
}
SIGNS = {ast.USub: "-", ast.Not: "not", ast.Invert: "~"}
NAMES = {
    "min": "max", "max": "min", "any": "all", "all": "any",
    "least": "largest", "largest": "least", "sorted": "list", "reversed": "iter",
}  # fmt: skip
ORDERLESS = ("min", "max", "one_of", "setting")  # swapped, these say the same or nothing at all
LEFT_ARGUMENTS = ("words", "labels", "strict")  # words for people; an assertion of `zip`
LEFT = (ast.Import, ast.ImportFrom, ast.Assert, ast.expr_context)
NOT_SEEN = ("annotation", "returns", "decorator_list", "bases")


@dataclass(frozen=True)
class Mutant:
    """One change: the how-manieth of its file, and a name that outlives changes elsewhere."""

    file: str
    index: int
    name: str


class Change(NamedTuple):
    """`new` in place of what stands in a field of `parent`; how it reads, where it stands."""

    parent: ast.AST
    field: str
    at: int | None
    new: ast.AST
    reads: str
    inside: str
    line: int

    def make(self) -> None:
        """Puts it into the tree."""
        if self.at is None:
            setattr(self.parent, self.field, self.new)
        else:
            getattr(self.parent, self.field)[self.at] = self.new


class Spot(NamedTuple):
    """A node, what holds it, and the function, class or name it belongs to."""

    node: ast.AST
    parent: ast.AST
    field: str
    at: int | None
    inside: str


def mutants(file: str, source: str) -> list[Mutant]:
    """All mutants of a module's text; `file` is how their names call it."""
    lines, seen, made = source.splitlines(), Counter[str](), []
    for index, change in enumerate(changes(ast.parse(source))):
        text = lines[change.line - 1].strip()
        name = f"{file} · {change.inside} · {text} · {change.reads}"
        seen[name] += 1
        again = f" · {seen[name]}" if seen[name] > 1 else ""
        made.append(Mutant(file, index, name + again))
    return made


def mutated(source: str, index: int, file: str) -> CodeType:
    """The module's code with one change made in it."""
    tree = ast.parse(source)
    list(changes(tree))[index].make()
    return compile(ast.fix_missing_locations(tree), file, "exec", dont_inherit=True)


def changes(tree: ast.Module) -> Iterator[Change]:
    """All changes, in the order of the text."""
    bound: dict[str, set[str]] = {}
    for spot in _spots(tree, ""):
        line = getattr(spot.node, "lineno", 0)
        for new, reads in _in_place_of(spot, bound.setdefault(spot.inside, set())):
            placed = ast.copy_location(new, spot.node)
            yield Change(spot.parent, spot.field, spot.at, placed, reads, spot.inside, line)


def _spots(parent: ast.AST, inside: str) -> Iterator[Spot]:
    for field, value in ast.iter_fields(parent):
        if field in NOT_SEEN:
            continue
        for at, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST) and not _is_left(node):
                here = _inside(node, inside)
                yield Spot(node, parent, field, at, here)
                yield from _spots(node, here)


def _is_left(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.ClassDef(name="Label"):
            return True
        case ast.Call(func=ast.Name(id="Label" | "TypeVar")):
            return True
        case ast.keyword(arg=name):
            return name in LEFT_ARGUMENTS
        case ast.Dict(values=[_, *_] as values):
            return all(
                isinstance(one, ast.Constant) and _is_for_people(one.value) for one in values
            )
        case ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
            return True
    return isinstance(node, LEFT)


def _inside(node: ast.AST, outside: str) -> str:
    """The dotted name of the function or class; at the top also that of what is assigned."""
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return f"{outside}.{name}" if outside else name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return outside or name
    return outside


def _in_place_of(spot: Spot, bound: set[str]) -> Iterator[tuple[ast.AST, str]]:
    node = spot.node
    if isinstance(node, ast.stmt):
        yield from _statements(node, bound)
    elif isinstance(node, ast.Constant):
        yield from _constants(node, in_text=isinstance(spot.parent, ast.JoinedStr))
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    else:
        yield from _operators(node)
    if isinstance(node, ast.expr) and _is_condition(spot):
        yield ast.UnaryOp(ast.Not(), node), f"{_brief(node)} → not"


def _statements(node: ast.stmt, bound: set[str]) -> Iterator[tuple[ast.AST, str]]:
    match node:
        case ast.Return(value=ast.expr() as value) if not _is_nothing(value):
            yield ast.Return(ast.Constant(None)), "return None"
        case ast.Expr() | ast.AugAssign():
            yield ast.Pass(), "statement removed"
        case ast.Assign(targets=targets) if _rebinds(targets, bound):
            yield ast.Pass(), "statement removed"
        case ast.Continue():
            yield ast.Break(), "continue → break"
        case ast.Break():
            yield ast.Continue(), "break → continue"
    if isinstance(node, ast.AugAssign):
        old, new, operator = OPERATORS[type(node.op)]
        yield ast.AugAssign(node.target, operator(), node.value), f"{old}= → {new}="


def _is_nothing(value: ast.expr) -> bool:
    """Whether a result says no anyway."""
    return isinstance(value, ast.Constant) and (value.value is None or value.value is False)


def _rebinds(targets: list[ast.expr], bound: set[str]) -> bool:
    """Whether an assignment only changes what is there without it."""
    names = {one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)}
    known = names <= bound or isinstance(targets[0], ast.Subscript)
    bound |= names
    return known


def _constants(node: ast.Constant, in_text: bool) -> Iterator[tuple[ast.AST, str]]:
    value: Any = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value), f"{value} → {not value}"
    elif isinstance(value, int):
        yield ast.Constant(value + 1), f"{value} → {value + 1}"
    elif isinstance(value, str) and not _is_for_people(value):
        other = _other_text(value, in_text)
        yield ast.Constant(other), f'"{value}" → "{other}"'


def _is_for_people(value: object) -> bool:
    """Whether it is a text with Chinese or blanks."""
    return isinstance(value, str) and (not value.isascii() or bool(re.search(r"\s", value)))


def _other_text(text: str, in_text: bool) -> str:
    """Another number for one that is written as text, else what no name is called."""
    found = re.fullmatch(r"(\d+)(%?)", text)
    return f"{int(found[1]) + 1}{found[2]}" if found and not in_text else f"{text}XX"


def _calls(node: ast.Call) -> Iterator[tuple[ast.AST, str]]:
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name in NAMES:
        yield _call(node, func=_renamed(node.func)), f"{name} → {NAMES[name]}"
    for at in range(len(node.args) - 1 if name not in ORDERLESS else 0):
        args = list(node.args)
        args[at : at + 2] = args[at + 1], args[at]
        yield (
            _call(node, args=args),
            f"{_brief(node.func)}: arguments {at + 1} and {at + 2} swapped",
        )
    for one in node.keywords:
        if one.arg is not None and one.arg not in LEFT_ARGUMENTS:
            rest = [other for other in node.keywords if other is not one]
            yield _call(node, keywords=rest), f"{_brief(node.func)}: {one.arg}= removed"


def _call(node: ast.Call, **other: Any) -> ast.Call:
    return ast.Call(**{"func": node.func, "args": node.args, "keywords": node.keywords, **other})


def _renamed(func: ast.expr) -> ast.expr:
    if isinstance(func, ast.Attribute):
        return ast.Attribute(func.value, NAMES[func.attr], func.ctx)
    assert isinstance(func, ast.Name)
    return ast.Name(NAMES[func.id], func.ctx)


def _operators(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            old, new, operator = OPERATORS[type(op)]
            yield ast.BinOp(left, operator(), right), f"{old} → {new}"
        case ast.BoolOp(op=op, values=values):
            old, new, word = WORDS[type(op)]
            yield ast.BoolOp(word(), values), f"{old} → {new}"
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            for at, one in enumerate(ops):
                old, new, other = COMPARISONS[type(one)]
                changed = [*ops[:at], other(), *ops[at + 1 :]]
                yield ast.Compare(left, changed, comparators), f"{old} → {new}"
        case ast.UnaryOp(op=sign, operand=operand) if type(sign) in SIGNS:
            yield operand, f"{SIGNS[type(sign)]} removed"
        case ast.Lambda(args=args):
            yield ast.Lambda(args, ast.Constant(None)), "lambda: None"


def _is_condition(spot: Spot) -> bool:
    """Whether it decides something and has no operator that is changed anyway."""
    decides = spot.field in ("test", "ifs") or (
        spot.field == "values" and isinstance(spot.parent, ast.BoolOp)
    )
    changed_anyway = ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Constant
    return decides and not isinstance(spot.node, changed_anyway)


def _brief(node: ast.AST) -> str:
    return re.sub(r"\s+", " ", ast.unparse(node))[:40]
