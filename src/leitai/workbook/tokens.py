"""The notation of measures cut into clauses, values, words and brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from leitai.problems import Refused
from leitai.signs import quoted
from leitai.workbook.quoting import as_number, unquoted

DEEPEST = 10  # brackets inside brackets
_TOKEN = re.compile(
    r'(?P<blank>[\s:：=＝]+)|(?P<json>"(?:[^"\\]|\\.)*")|“(?P<chinese>[^”]*)”'
    r'|(?P<clause>[;；,，。])|(?P<value>、)|(?P<open>[(（])|(?P<close>[)）])|(?P<broken>["“”])'
    r'|(?P<word>[^\s:：=＝"“”;；,，。、()（）]+)'
)


@dataclass(frozen=True)
class Word:
    """A name or a value; a quoted one is never a word of the notation itself."""

    text: str
    quoted: bool = False


@dataclass(frozen=True)
class Group:
    """What stands in brackets, or the whole text: clauses, parted by semicolons."""

    clauses: tuple[Clause, ...]


Atom: TypeAlias = Word | Group
Value: TypeAlias = tuple[Atom, ...]
Clause: TypeAlias = tuple[Value, ...]
"""Values, parted by 、; the first one begins with the clause's name."""


def cut(text: str) -> Group:
    """The text as clauses. Raises Refused: workbook.bracket-unpaired, workbook.quotation-broken,
    workbook.too-deep."""
    tokens = _tokens(text)
    group, closed = _group(tokens, 0)
    if closed:
        raise Refused("workbook.bracket-unpaired")
    return group


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "broken":
            raise Refused("workbook.quotation-broken", text=quoted(text[match.start() :]))
        if kind != "blank":
            yield kind, match[kind]


def _group(tokens: Iterator[tuple[str, str]], depth: int) -> tuple[Group, bool]:
    """The clauses up to the closing bracket, and whether there was one."""
    if depth > DEEPEST:
        raise Refused("workbook.too-deep")
    clauses: list[list[list[Atom]]] = [[[]]]
    for kind, text in tokens:
        if kind == "close":
            return _frozen(clauses), True
        if kind == "clause":
            clauses.append([[]])
        elif kind == "value":
            clauses[-1].append([])
        else:
            clauses[-1][-1].append(_atom(kind, text, tokens, depth))
    return _frozen(clauses), False


def _atom(kind: str, text: str, tokens: Iterator[tuple[str, str]], depth: int) -> Atom:
    if kind == "open":
        group, closed = _group(tokens, depth + 1)
        if not closed:
            raise Refused("workbook.bracket-unpaired")
        return group
    if kind == "json":
        return Word(unquoted(text), quoted=True)
    return Word(text, quoted=True) if kind == "chinese" else Word(as_number(text))


def _frozen(clauses: list[list[list[Atom]]]) -> Group:
    """The clauses that say something."""
    return Group(tuple(tuple(map(tuple, one)) for one in clauses if one != [[]]))
