"""Problems: everything wrong with an input, as values that name their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input.

    `code` such as "fact.unit-unknown" picks the sentence (explain/words); `where` is a place a
    person can open, such as "扣分表.xlsx!B7" or "scheme.yaml:12"; `args` fill the sentence.
    A problem blocks the board, a warning only accompanies it.
    """

    code: str
    where: str = ""
    args: Mapping[str, str] = field(default_factory=dict)
    warning: bool = False

    @property
    def key(self) -> tuple[bool, str, str, tuple[tuple[str, str], ...]]:
        """A total order that does not depend on the order of input."""
        return self.warning, self.code, self.where, tuple(sorted(self.args.items()))


def problem(code: str, where: str = "", **args: object) -> Problem:
    """A Problem that blocks the board."""
    return Problem(code, where, {name: str(value) for name, value in args.items()})


def warning(code: str, where: str = "", **args: object) -> Problem:
    """A Problem that only accompanies the board."""
    return Problem(code, where, {name: str(value) for name, value in args.items()}, warning=True)


def blocking(problems: Iterable[Problem]) -> list[Problem]:
    """Those that block the board."""
    return [one for one in problems if not one.warning]


class Refused(Exception):
    """A text that is not what it should be; readers turn it into a located Problem."""

    def __init__(self, code: str, **args: object) -> None:
        super().__init__(code)
        self.code = code
        self.args_of_problem = {name: str(value) for name, value in args.items()}

    def at(self, where: str, **more: object) -> Problem:
        """The Problem at a place."""
        return problem(self.code, where, **{**more, **self.args_of_problem})


def in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Problems without doubles: blocking ones first, in the order they were found."""
    unique = list({one.key: one for one in problems}.values())
    return tuple(sorted(unique, key=lambda one: one.warning))
