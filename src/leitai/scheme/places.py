"""Where the parts of a scheme stand in its file, and the Problems that name such a place."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from leitai.near import near
from leitai.problems import Problem, problem
from leitai.scheme.document import Node


class Places:
    """Where each part of the scheme stands in its file."""

    def __init__(self, root: Node) -> None:
        self.root = root

    def at(self, *path: str | int) -> str:
        """The place of the part at this path, or of its nearest parent that is written down."""
        node = self.root
        for step in path:
            child = self._child(node, step)
            if child is None:
                break
            node = child
        return node.where

    @staticmethod
    def _child(node: Node, step: str | int) -> Node | None:
        if isinstance(step, int):
            items = node.items
            return items[step] if items is not None and step < len(items) else None
        return (node.mapping or {}).get(step)


def quarrel(where: str, code: str, **args: object) -> Problem:
    """Two settings nobody could explain together; `code` says which and what to choose."""
    return problem("scheme.settings-quarrel", where, quarrel=code, **args)


def known(word: str | None, ids: Collection[str], kind: str, where: str) -> Iterator[Problem]:
    """The Problem of a word that is no id of its kind; none where nothing is named."""
    if word is not None and word not in ids:
        yield problem("scheme.id-unknown", where, kind=kind, id=word, near=near(word, ids))
