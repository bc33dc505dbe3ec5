"""The canonical form: one sequence of bytes for what plain values say (RFC 8785; docs/seal.md)."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, NoReturn
from unicodedata import normalize

from leitai.problems import Refused
from leitai.signs import REMEMBERED

# One row at a time the library rfc8785 is five times slower; a test holds both to the same bytes.
_quoted_as_it_is = json.JSONEncoder(ensure_ascii=False).encode
_WORDS = {None: "null", True: "true", False: "false"}


class Unordered(list[Any]):
    """A list whose order says nothing: its members are written in the order of their bytes."""


def canonical(value: Any) -> bytes:
    """RFC 8785 JSON of a plain value: whole numbers as texts, texts and keys in NFC.

    Raises Refused seal.key-doubled for two keys of one NFC, TypeError for fractions, ValueError
    for characters that UTF-8 cannot write.
    """
    return _written(value).encode()


def _written(value: Any) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, dict):
        members = [
            f"{quoted}:{_quoted(one) if type(one := value[key]) is str else _written(one)}"
            for key, quoted in _keys(tuple(value))
        ]
        return f"{{{','.join(members)}}}"
    if isinstance(value, list | tuple):
        members = [_written(one) for one in value]
        return f"[{','.join(sorted(members) if isinstance(value, Unordered) else members)}]"
    if value is None or isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, int):
        return f'"{value}"'
    raise TypeError(type(value))


@lru_cache(maxsize=REMEMBERED)
def _quoted(text: str) -> str:
    return _quoted_as_it_is(normalize("NFC", text))


@lru_cache(maxsize=100)  # rows of a table have the same keys
def _keys(keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """An object's keys in their order, each as it stands and as it is written."""
    named = {normalize("NFC", key): key for key in keys}
    if len(named) < len(keys):
        raise Refused("seal.key-doubled")
    return tuple((named[key], _quoted(key)) for key in sorted(named, key=_as_utf16))


def _as_utf16(key: str) -> bytes:
    """RFC 8785 sorts keys by their UTF-16 units: 𠮷 (D842 DFB7) stands before Ａ (FF21)."""
    return key.encode("utf-16-be")


def read_plain(data: bytes) -> Any:
    """The plain value of canonical bytes.

    Raises Refused seal.not-canonical for bytes that `canonical` would not have written.
    """
    try:
        found = json.loads(data.decode(), parse_int=_no_number, parse_float=_no_number)
        if canonical(found) == data:
            return found
    except (ValueError, TypeError, RecursionError):
        pass
    raise Refused("seal.not-canonical")


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)
