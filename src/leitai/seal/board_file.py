"""A board that comes back as JSON: read strictly, compared in everything."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from types import NoneType
from typing import Any, TypeAlias

from leitai.problems import Refused
from leitai.signs import clean_text, quoted

Shape: TypeAlias = "tuple[type, ...] | Mapping[str, Shape] | list[Shape]"
_EACH = "*"  # as the only key: any keys, each with this shape
_TEXT = (str,)
_TEXT_OR_NONE = (str, NoneType)
_PLACE = (int, NoneType)
_UNIT: Shape = {
    "group": _TEXT,
    "points": {_EACH: _TEXT},
    "items": {_EACH: {"points": _TEXT, "place": _PLACE, "bottom": _PLACE}},
    **dict.fromkeys(("bonus", "exact", "total"), _TEXT),
    **dict.fromkeys(("base_place", "base_bottom", "place", "bottom"), _PLACE),
    "grade": _TEXT_OR_NONE,
}
_LINE: Shape = {
    **dict.fromkeys(("unit", "kind", "points"), _TEXT),
    **dict.fromkeys(("item", "indicator", "source"), _TEXT_OR_NONE),
    "part?": (int,),
}
_YEAR: Shape = {
    "year": _TEXT,
    "heads": {_EACH: _TEXT},
    "rewards": {_EACH: dict.fromkeys(("headcount", "coefficient", "amount"), _TEXT)},
    "consequences": {
        _EACH: {**dict.fromkeys(("rule", "then"), _TEXT), "run": (int,), "head": _TEXT_OR_NONE}
    },
}
_BOARD: Shape = {
    **dict.fromkeys(("format", "round", "engine"), _TEXT),
    "made_up": (bool,),
    "units": {_EACH: _UNIT},
    "lines": [_LINE],
    "warnings": [{_EACH: _TEXT}],
    "year?": _YEAR,
    "digests": dict.fromkeys(("scheme", "facts", "board"), _TEXT),
}


def read_board(text: str) -> dict[str, Any]:
    """A plain board from its JSON text (docs/case-format.md).

    Raises Refused board.unreadable (no JSON, or a key twice) or board.ill-formed with the place.
    """
    try:
        board = json.loads(text, object_pairs_hook=_without_doubles)
    except (ValueError, RecursionError):
        raise Refused("board.unreadable") from None
    where = "format"
    if isinstance(board, dict) and board.get("format") == "leitai-board-1":
        where = next(_misfits(board, _BOARD, ""), "")
    if where:
        raise Refused("board.ill-formed", where=quoted(clean_text(where)))
    found: dict[str, Any] = board
    return found


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError
    return dict(pairs)


def _misfits(value: Any, shape: Shape, path: str) -> Iterator[str]:
    """The places that have not the shape they should have."""
    if isinstance(shape, tuple):
        if not _is_one_of(value, shape):
            yield path
    elif isinstance(shape, list):
        if isinstance(value, list):
            for number, one in enumerate(value):
                yield from _misfits(one, shape[0], f"{path}[{number}]")
        else:
            yield path
    elif isinstance(value, dict):
        yield from _misfits_of_keys(value, shape, path)
    else:
        yield path


def _is_one_of(value: Any, types: tuple[type, ...]) -> bool:
    """Whether a value is of one of the types; whole numbers (places, parts, years) count from 1."""
    if isinstance(value, bool):
        return bool in types
    return isinstance(value, types) and not (isinstance(value, int) and value < 1)


def _misfits_of_keys(value: dict[str, Any], shape: Mapping[str, Shape], path: str) -> Iterator[str]:
    every = shape.get(_EACH)
    known = {key.rstrip("?"): one for key, one in shape.items()} if every is None else {}
    needed = {key for key in shape if not key.endswith("?")} if every is None else set()
    for key in sorted(needed - set(value)):
        yield f"{path}.{key}".lstrip(".")
    for key, one in value.items():
        place = f"{path}.{key}".lstrip(".")
        wanted = known.get(key) if every is None else every
        if wanted is None:
            yield place
        else:
            yield from _misfits(one, wanted, place)


def first_unequal(one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """The first place in which two plain boards differ, "" where they are the same.

    The order of lines means nothing, nor does which version of the engine made the board.
    """
    mine, theirs = (
        {**board, "lines": sorted(board["lines"], key=json.dumps), "engine": ""}
        for board in (one, other)
    )
    return next(_unequal(mine, theirs, ""), "")


def _unequal(one: Any, other: Any, path: str) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in [*one, *(key for key in other if key not in one)]:
            yield from _unequal(one.get(key), other.get(key), f"{path}.{key}".lstrip("."))
    elif _is_list(one) and _is_list(other) and len(one) == len(other):
        for number, (mine, theirs) in enumerate(zip(one, other, strict=True)):
            yield from _unequal(mine, theirs, f"{path}[{number}]")
    elif one != other:
        yield path


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
