"""What reading a workbook needs everywhere: its tables, its names, what was found wrong so far."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, islice

from leitai.facts.names import Names, names_of
from leitai.measures import MEASURES
from leitai.measures.kind import Label
from leitai.near import near, near_name
from leitai.problems import Problem, Refused, problem, warning
from leitai.scheme.document import DEEPEST, Node
from leitai.scheme.readers import id_of_thing
from leitai.signs import alike, clean_lines, quoted
from leitai.workbook.found import Found, Row
from leitai.workbook.notation import Labels
from leitai.workbook.notation_read import read_measure, read_parts, read_value
from leitai.workbook.quoting import as_number
from leitai.workbook.tables import MORE


@dataclass
class Reading:
    """One workbook being read.

    `names` are those of each kind of thing, once they are known; `measures` the labels of the
    measure in each cell.
    """

    file: str
    tables: Mapping[str, Found]
    problems: list[Problem] = field(default_factory=list)
    names: dict[str, Names] = field(default_factory=dict)
    measures: dict[str, Labels] = field(default_factory=dict)

    def refuse(self, code: str, where: str, **args: object) -> None:
        """Notes a Problem."""
        self.problems.append(problem(code, where, **args))

    def assume(self, code: str, where: str, **args: object) -> None:
        """Notes what was assumed."""
        self.problems.append(warning(code, where, **args))

    def know(self, kind: str, named: Iterable[tuple[str, str]]) -> None:
        """The ids and names of a kind of thing."""
        self.names[kind] = names_of(dict(named))

    def id_meant(self, kind: str, cell: Node) -> Node:
        """The id of the thing a cell names."""
        word = cell.text or ""
        meant = self.names[kind].meant(word)
        if len(meant) == 1:
            return Node(meant[0], cell.where)
        code = "workbook.name-unclear" if meant else "workbook.name-unknown"
        words = {"kind": kind, "name": quoted(word), "ids": "|".join(meant)}
        self.refuse(code, cell.where, near=near(word, self.names[kind].words), **words)
        return cell

    def unit_meant(self, cell: Node) -> Node:
        """The id of a unit where its name is listed; any other text stands for itself."""
        word = cell.text or ""
        if self.names["unit"].meant(word):
            return self.id_meant("unit", cell)
        if alike_ := near_name(word, self.names["unit"].words):
            self.assume("workbook.unit-near", cell.where, name=quoted(word), near=alike_)
        return cell

    def word(self, cell: Node, words: Mapping[str, str], label: str) -> Node:
        """A cell's word as the scheme's."""
        for text, name in words.items():
            if alike(cell.text or "") in (alike(name), alike(text)):
                return Node(text, cell.where)
        known = "|".join(words.values())
        text = quoted(cell.text or "")
        self.refuse("workbook.word-unknown", cell.where, label=label, text=text, known=known)
        return cell

    def measure(self, cell: Node) -> Node:
        """The measure a cell states."""
        node = self._taken(read_measure(cell))
        kind = (node.mapping or {}).get("kind")
        self.measures[cell.where] = MEASURES[kind.text or ""].labels if kind else {}
        return node

    def parts(self, cell: Node, labels: Labels) -> Node:
        """The settings a cell states."""
        return self._taken(read_parts(cell, labels))

    def value(self, cell: Node, label: Label) -> Node:
        """The value a cell states."""
        return self._taken(read_value(cell, label))

    def _taken(self, read: tuple[Node, list[Problem]]) -> Node:
        node, problems = read
        self.problems += problems
        return node

    def more(self, row: Row) -> dict[str, Node]:
        """Settings that have no column, as JSON."""
        cell = row[MORE]
        node = self.json(cell) if cell else None
        if node is None or node.mapping is not None:
            return dict(node.mapping or {}) if node else {}
        assert cell is not None
        self.refuse("workbook.json-broken", cell.where)
        return {}

    def json(self, cell: Node) -> Node:
        """A cell's JSON of texts, lists and mappings as nodes."""
        try:
            return _located(json.loads(cell.text or ""), cell.where)
        except (ValueError, RecursionError):
            self.refuse("workbook.json-broken", cell.where)
            return Node({}, cell.where)


def _located(value: object, where: str, depth: int = 0) -> Node:
    """Raises ValueError for what is neither text, list nor mapping, and for what is too deep."""
    if depth > DEEPEST:
        raise ValueError
    if isinstance(value, str):
        return Node(_clean(value), where)
    if isinstance(value, list):
        return Node([_located(one, where, depth + 1) for one in value], where)
    if isinstance(value, dict):
        named = value.items()
        return Node({_clean(key): _located(one, where, depth + 1) for key, one in named}, where)
    raise ValueError


def _clean(text: str) -> str:
    text.encode()  # raises ValueError for half of a rare character
    return clean_lines(text)


def filled(cells: Mapping[str, Node | None]) -> dict[str, Node]:
    """The settings that have a cell."""
    return {key: cell for key, cell in cells.items() if cell is not None}


def number(cell: Node | None) -> Node | None:
    """A cell's number in half width."""
    return cell and Node(as_number(cell.text or ""), cell.where)


def made_ids(named: Sequence[tuple[str, str, str]]) -> list[str]:
    """An id for each name, given id ("" for none) and stem: the name without other signs, or
    the stem, whatever is nobody's id or name yet."""
    taken = {alike(word) for name, given, _ in named for word in (name, given)}
    ids: list[str] = []
    for name, given, stem in named:
        word = "".join(sign for sign in name if sign.isalnum() or sign in "-_.")
        tries = (f"{stem}-{n}" for n in count(2))
        free = (
            one
            for one in (word, stem, *islice(tries, len(named)))
            if is_id(one) and (alike(one) == alike(name) or alike(one) not in taken)
        )
        ids.append(given or next(one for one in free if one not in ids))
        taken.add(alike(ids[-1]))
    return ids


def is_id(text: str) -> bool:
    """Whether a text may be an id."""
    try:
        return id_of_thing(text) != ""
    except Refused:
        return False
