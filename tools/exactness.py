"""Refuse source that could let a float, a clock or chance into a score."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ENGINE = Path(__file__).resolve().parent.parent / "src" / "leitai"
EXEMPT = (
    "cli",  # nothing these two compute reaches a score
    "documents",
    "stats/spread.py",  # standard errors, shown only
    "facts/xlsx_cells.py",  # a workbook holds floats; this is where they become text
)

MODULES = {
    "decimal": "keeps a fixed number of digits, not all",
    "statistics": "answers in floats",
    "numpy": "answers in floats",
    "random": "the same input must give the same bytes",
    "time": "evaluation knows no clock",
}
EXACT_MATH = {
    "ceil", "comb", "factorial", "floor", "gcd", "isqrt", "lcm", "perm", "prod", "trunc",
}  # fmt: skip
NAMES = {
    "Decimal": "keeps a fixed number of digits, not all",
    "Float16": "is a float column",
    "Float32": "is a float column",
    "Float64": "is a float column",
    "truediv": "divides into a float",
}
METHODS = {
    "mean": "answers in floats: sum exactly and divide with `over`",
    "median": "answers in floats: sort, and take the middle exactly",
    "std": "answers in floats",
    "var": "answers in floats",
    "quantile": "answers in floats: sort, and take the rank exactly",
    "round": "is not the scheme's named rule",
    "now": "evaluation knows no clock",
    "utcnow": "evaluation knows no clock",
    "today": "evaluation knows no clock",
}
FLOAT_FORMAT = re.compile(r"[eEfFgG%]$")


class Finding(NamedTuple):
    line: int
    why: str


def findings(source: str) -> list[Finding]:
    """Every refused thing in one module's text, in order of lines."""
    tree = ast.parse(source)
    math, guards = names_of_math(tree), guards_against_float(tree)
    found = [
        Finding(node.lineno, why)
        for node in ast.walk(tree)
        if isinstance(node, ast.expr | ast.stmt) and node not in guards
        for why in complaints(node, math)
    ]
    return sorted(found)


def names_of_math(tree: ast.AST) -> set[str]:
    """The names under which the module calls `math`."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    aliases = [alias for node in imports for alias in node.names]
    return {alias.asname or alias.name for alias in aliases if alias.name == "math"}


def guards_against_float(tree: ast.AST) -> set[ast.AST]:
    """`float` where it only asks what a value is: isinstance(x, float), case float()."""
    guards: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="isinstance"), args=[_, kinds]):
                guards.update(ast.walk(kinds))
            case ast.MatchClass(cls=kind):
                guards.add(kind)
    return guards


def complaints(node: ast.expr | ast.stmt, math: set[str]) -> Iterator[str]:
    yield from arithmetic(node)
    yield from calls(node)
    yield from names(node, math)
    yield from imports(node)


def arithmetic(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Constant(value=float() | complex() as value):
            yield f"the literal {value} is a float: write an integer or Fraction('…')"
        case ast.BinOp(op=ast.Div()):
            yield "`/` makes floats: divide with `over` or Fraction, join paths with joinpath"
        case ast.AugAssign(op=ast.Div()):
            yield "`/=` makes floats: divide with `over` or Fraction"
        case ast.BinOp(op=ast.Pow(), right=ast.UnaryOp(op=ast.USub())):
            yield "a negative power of an integer is a float: use Fraction"
        case ast.FormattedValue(
            format_spec=ast.JoinedStr(values=[*_, ast.Constant(value=str(spec))])
        ) if FLOAT_FORMAT.search(spec):
            yield f"the format {spec} prints through a float: use the points' own text"


def calls(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Name(id="round")):
            yield "`round(` is not the scheme's named rule"
        case ast.Call(func=ast.Attribute(attr=method)) if method in METHODS:
            yield f"`.{method}(` {METHODS[method]}"


def names(node: ast.AST, math: set[str]) -> Iterator[str]:
    match node:
        case ast.Name(id="float"):
            yield "`float` is not exact"
        case ast.Attribute(value=ast.Name(id=module), attr=name) if module in math:
            yield from inexact_math(name)
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in NAMES:
            yield f"`{name}` {NAMES[name]}"


def inexact_math(name: str) -> Iterator[str]:
    if name not in EXACT_MATH:
        yield f"`math.{name}` is not exact"


def imports(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=aliases):
            for alias in aliases:
                yield from refused_module(alias.name)
        case ast.ImportFrom(module=str(module), names=aliases):
            yield from refused_module(module)
            for alias in aliases:
                yield from refused_import(module, alias.name)


def refused_module(module: str) -> Iterator[str]:
    top = module.partition(".")[0]
    if top in MODULES:
        yield f"import of {top}: {MODULES[top]}"


def refused_import(module: str, name: str) -> Iterator[str]:
    if module == "math":
        yield from inexact_math(name)
    elif name in NAMES:
        yield f"`{name}` {NAMES[name]}"
    elif module == "polars" and name in METHODS:
        yield f"`{name}` {METHODS[name]}"


def is_exempt(file: Path, engine: Path) -> bool:
    inside = file.relative_to(engine).as_posix()
    return any(inside == name or inside.startswith(name + "/") for name in EXEMPT)


def main(engine: Path) -> int:
    """Print `file:line: why` for all that is refused; 1 for any, or nothing to see."""
    files = [file for file in sorted(engine.rglob("*.py")) if not is_exempt(file, engine)]
    lines = [
        f"{file}:{finding.line}: {finding.why}"
        for file in files
        for finding in findings(file.read_text(encoding="utf-8"))
    ]
    print("\n".join(lines) if files else f"{engine}: no Python file here to look at")
    return 1 if lines or not files else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ENGINE))
