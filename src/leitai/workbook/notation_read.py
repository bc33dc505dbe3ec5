"""Reads the notation of the indicator workbook strictly: every word is known or refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from leitai.measures import MEASURES
from leitai.measures.kind import Label, Measure
from leitai.near import near
from leitai.problems import Problem, Refused, problem
from leitai.scheme.document import Node
from leitai.signs import alike, quoted
from leitai.workbook.notation import NOTHING, Labels
from leitai.workbook.quoting import as_number
from leitai.workbook.tokens import Clause, Group, Value, Word, cut

_FIGURES = frozenset("0123456789")
_FIGURES_BEHIND = re.compile("(?<=.)[0-9.%％０-９]+$")


def read_measure(cell: Node) -> tuple[Node, list[Problem]]:
    """The measure that a cell states."""
    return _read(cell, lambda reading, whole: reading.measure(whole, {}))


def read_parts(cell: Node, labels: Labels) -> tuple[Node, list[Problem]]:
    """The settings that a cell states, such as 考核项目 生态环保；倒数名次 3."""
    return _read(cell, lambda reading, whole: reading.settings(whole.clauses, labels, cell))


def read_value(cell: Node, label: Label) -> tuple[Node, list[Problem]]:
    """The value of one setting, where a cell holds nothing else."""
    return _read(cell, lambda reading, whole: reading.cell(whole, label))


def _read(cell: Node, read: Callable[[_Reading, Group], Node]) -> tuple[Node, list[Problem]]:
    reading = _Reading(cell)
    try:
        return read(reading, cut(cell.text or "")), reading.problems
    except Refused as refused:
        return cell, [refused.at(cell.where), *reading.problems]


class _Reading:
    """One cell being read; all that is wrong with it is collected."""

    def __init__(self, cell: Node) -> None:
        self.where = cell.where
        self.problems: list[Problem] = []

    def _refuse(self, code: str, **args: object) -> None:
        self.problems.append(problem(code, self.where, **args))

    def _node(self, value: str | dict[str, Node] | list[Node]) -> Node:
        return Node(value, self.where)

    def measure(self, group: Group, more: Labels) -> Node:
        """A measure: its name, then its settings."""
        name = _single(group.clauses[0][0]) if group.clauses else None
        if name is None or len(group.clauses[0]) > 1:
            raise Refused("workbook.measure-unclear")
        measure = self._measure_named(name.text)
        labels = {**measure.labels, **more}
        settings = self._settings(group.clauses[1:], labels, measure.words["zh"]["name"])
        return self._node({"kind": self._node(measure.kind), **settings})

    def _measure_named(self, word: str) -> Measure:
        names = {one.words["zh"]["name"]: one for one in MEASURES.values()}
        known = {**{name.removesuffix("法"): one for name, one in names.items()}, **names}
        known |= {one.kind: one for one in MEASURES.values()}
        if word not in known:
            words = {"text": quoted(word), "near": near(word, names), "known": "|".join(names)}
            raise Refused("workbook.measure-unknown", **words)
        return known[word]

    def settings(self, clauses: Iterable[Clause], labels: Labels, cell: Node) -> Node:
        """Settings alone."""
        return self._node(self._settings(clauses, labels, quoted(cell.text or "")))

    def _settings(self, clauses: Iterable[Clause], labels: Labels, of: str) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for clause in clauses:
            key, values = _named(clause, labels)
            if key is None:
                names = [one.name for one in labels.values()]
                word = _FIGURES_BEHIND.sub("", _shown(clause[0][:1]))
                known = "|".join(names) or NOTHING
                words = {"text": quoted(word), "of": of, "near": near(word, names)}
                self._refuse("workbook.label-unknown", known=known, **words)
            elif key in found:
                self._refuse("workbook.label-doubled", label=labels[key].name)
            else:
                found[key] = self._value(values, labels[key])
        return found

    def cell(self, group: Group, label: Label) -> Node:
        """A value that a cell holds without its name; clauses in a list are its values."""
        return self._value([value for clause in group.clauses for value in clause], label)

    def _value(self, values: list[Value], label: Label) -> Node:
        if label.measure or label.parts:
            return self._groups(values, label)
        if label.form == "map":
            return self._map(values, label)
        if label.form == "list":
            return self._list(values, label)
        word = _single(values[0]) if len(values) == 1 else None
        if word is None:
            return self._unclear(values, label)
        return self._word(word, label)

    def _word(self, word: Word, label: Label) -> Node:
        """A word of the notation as the scheme's word; any other text as it is."""
        for text, name in label.words.items():
            if not word.quoted and alike(word.text) in (alike(name), alike(text)):
                return self._node(text)
        if label.words and not word.quoted and not _FIGURES & set(as_number(word.text)):
            words = {"label": label.name, "text": quoted(word.text)}
            known = "|".join(label.words.values())
            self._refuse("workbook.word-unknown", known=known, **words)
        return self._node(word.text)

    def _groups(self, values: list[Value], label: Label) -> Node:
        """Settings or measures in brackets, one or several."""
        atoms = [atom for value in values for atom in value]
        groups = [atom for atom in atoms if isinstance(atom, Group)]
        if label.form == "list" and _is_nothing(values):
            return self._node([])
        if not groups or len(groups) < len(atoms) or (label.form == "one" and len(groups) > 1):
            return self._unclear(values, label, "workbook.brackets-wanted")
        nodes = [self._nested(group, label) for group in groups]
        return nodes[0] if label.form == "one" else self._node(nodes)

    def _nested(self, group: Group, label: Label) -> Node:
        if label.measure:
            return self.measure(group, label.parts)
        return self._node(self._settings(group.clauses, label.parts, label.name))

    def _list(self, values: list[Value], label: Label) -> Node:
        if _is_nothing(values):
            return self._node([])
        words = [_single(value) for value in values]
        if None in words:
            return self._unclear(values, label, "workbook.list-unclear")
        return self._node([self._node(word.text) for word in words if word])

    def _map(self, values: list[Value], label: Label) -> Node:
        if _is_nothing(values):
            return self._node("none") if "none" in label.words else self._node({})
        found: dict[str, Node] = {}
        for value in values:
            if len(value) != 2 or not all(isinstance(atom, Word) for atom in value):
                return self._unclear(values, label, "workbook.map-unclear")
            name, text = (atom.text for atom in value if isinstance(atom, Word))
            if name in found:
                self._refuse("workbook.label-doubled", label=quoted(name))
            found[name] = self._node(text)
        return self._node(found)

    def _unclear(
        self, values: list[Value], label: Label, code: str = "workbook.value-unclear"
    ) -> Node:
        text = "、".join(_shown(value) for value in values)
        self._refuse(code, label=label.name, text=quoted(text))
        return self._node("")


def _single(value: Value) -> Word | None:
    """The word a value consists of."""
    return value[0] if len(value) == 1 and isinstance(value[0], Word) else None


def _is_nothing(values: list[Value]) -> bool:
    return len(values) == 1 and values[0] == (Word(NOTHING),)


def _named(clause: Clause, labels: Labels) -> tuple[str | None, list[Value]]:
    """The setting a clause begins with, and its values; the name may be glued to a number."""
    (first, *rest), *others = clause if clause[0] else ((Word(""),), *clause)
    if not isinstance(first, Word) or first.quoted:
        return None, []
    keys = {**{key: key for key in labels}, **{one.name: key for key, one in labels.items()}}
    if first.text in keys:
        return keys[first.text], [tuple(rest), *others]
    for name in sorted(keys, key=len, reverse=True):
        glued = as_number(first.text.removeprefix(name))
        if glued != first.text and glued[0] in _FIGURES:
            return keys[name], [(Word(glued), *rest), *others]
    return None, []


def _shown(value: Value) -> str:
    """A value as a message quotes it."""
    return " ".join(atom.text if isinstance(atom, Word) else "（…）" for atom in value)
