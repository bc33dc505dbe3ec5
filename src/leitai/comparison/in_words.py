"""Differences as people read them: what, both figures, the cause in a sentence."""

from __future__ import annotations

from leitai.board import Board
from leitai.comparison.own import Difference, Key
from leitai.explain.words import joined, say


def what(board: Board, key: Key, lang: str) -> str:
    """What a figure is of: an indicator's or item's name, or a word."""
    scheme = board.round.scheme
    if key.kind == "indicator":
        return scheme.indicators[key.id].name
    if key.kind == "item":
        return say(lang, "compare.item", item=scheme.items[key.id].name)
    return say(lang, f"head.{key.kind}")


def shown(board: Board, one: Difference, text: str, lang: str) -> str:
    """A figure of either side; a grade by its name, a blank in words."""
    levels = {level.id: level.name for level in board.round.scheme.grades.levels}
    name = levels.get(text, text) if one.key.kind == "grade" else text
    return name or say(lang, "compare.nothing")


def why(board: Board, one: Difference, lang: str) -> str:
    """The cause as a sentence."""
    args = dict(one.cause.args)
    if "rule" in args:
        args["rule"] = say(lang, f"compare.rule.{args['rule']}")
    if "of" in args:
        parts = (part.partition(":") for part in args["of"].split("|"))
        keys = [Key(one.key.unit, kind, name) for kind, _, name in parts]
        args["of"] = joined(lang, [what(board, key, lang) for key in keys])
    return say(lang, f"cause.{one.cause.code}", **args)
