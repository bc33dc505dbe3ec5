"""Digests of scheme, facts and board: sha256 of their canonical forms (docs/seal.md)."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from leitai.problems import Refused
from leitai.seal.canonical import canonical
from leitai.seal.unordered import unordered_board, unordered_facts, unordered_scheme

Plain = Mapping[str, Any]


def round_digests(round_: Plain) -> dict[str, str]:
    """The digests of a plain round: what it is judged by, and what was reported."""
    return {
        "scheme": digest(unordered_scheme(round_["scheme"])),
        "facts": digest(unordered_facts(round_)),
    }


def board_digest(board: Plain) -> str:
    """The digest of a plain board, which holds those of its scheme and facts."""
    return digest(unordered_board(board))


def is_sealed(board: Plain) -> bool:
    """Whether a plain board is the one its digest was made of."""
    stated: str = board["digests"]["board"]
    try:
        return board_digest(board) == stated
    except (Refused, UnicodeEncodeError):  # content that has no canonical form
        return False


def digest(value: Any) -> str:
    """sha256 of a value's canonical form."""
    return sha256(canonical(value)).hexdigest()
