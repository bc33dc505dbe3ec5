"""How commands end: 0 fine, 1 problems in the input, 2 wrong use."""

from __future__ import annotations


class Stop(Exception):
    """Wrong use: one sentence by key, exit code 2."""

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(key)
        self.key = key
        self.args_of_sentence = args


class Refused(Exception):
    """The input has Problems: they were printed, exit code 1."""
