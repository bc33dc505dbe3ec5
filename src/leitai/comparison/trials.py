"""Boards of the same round by other rules: whoever counted so comes to their figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from fractions import Fraction
from functools import cached_property, partial
from typing import Any, cast

from leitai.board import Board
from leitai.evaluate import evaluate
from leitai.facts.rows import Row
from leitai.facts.units import Unit
from leitai.measures import MEASURES
from leitai.scheme.read import read_scheme
from leitai.scheme.write import scheme_text

FINEST = 9  # decimals of a line at most
LOWEST = "-1000000"
Plain = dict[str, Any]
Edit = Callable[[Plain], None]
Facts = Mapping[str, Sequence[Row]]


class Trials:
    """Trial boards of one round, each evaluated when it is first asked for.

    Lines have nine decimals, so that what is not yet rounded shows; a board is None where the
    round has Problems under the other rules.
    """

    def __init__(self, board: Board) -> None:
        self.board = board
        self._graded: dict[tuple[str, str], Board | None] = {}
        self.fine = self._evaluated(lambda _plain: None)

    def _evaluated(
        self,
        edit: Edit,
        facts: Facts | None = None,
        units: Mapping[str, Unit] | None = None,
    ) -> Board | None:
        round_ = self.board.round
        plain = cast("Plain", deepcopy(dict(round_.scheme.plain)))
        points = {"line_places": str(FINEST), "total_places": str(FINEST)}
        plain["points"] = {**plain.get("points", {}), **points}
        edit(plain)
        scheme, _ = read_scheme(scheme_text(plain))
        if scheme is None:
            return None
        changed = replace(round_, scheme=scheme, units=units or round_.units)
        return evaluate(replace(changed, facts=facts or round_.facts))[0]

    @cached_property
    def uncapped(self) -> list[Board]:
        """No measure has a cap."""
        return self._with_limit("cap", "none")

    @cached_property
    def unfloored(self) -> list[Board]:
        """No measure has a floor."""
        return self._with_limit("floor", LOWEST)

    def _with_limit(self, key: str, text: str) -> list[Board]:
        """All indicators at once; where that has Problems, one after the other."""
        at_once = self._evaluated(lambda plain: _set_limits(plain["indicators"], key, text))
        if at_once is not None:
            return [at_once]
        names = self.board.round.scheme.indicators
        single = (self._evaluated(partial(_set_limit_of, name, key, text)) for name in names)
        return [one for one in single if one is not None]

    @cached_property
    def without_coefficient(self) -> Board | None:
        """No coefficient of difficulty is applied."""
        rows = [_without(row, "coefficient") for row in self.board.round.rows("values")]
        return self._evaluated(lambda _plain: None, {**self.board.round.facts, "values": rows})

    @cached_property
    def undemoted(self) -> Board | None:
        """No demotion is applied."""
        kinds = self.board.round.scheme.adjustments
        rows = [
            row
            for row in self.board.round.rows("adjustments")
            if kinds[row["adjustment"]].kind != "demote"
        ]
        return self._evaluated(lambda _plain: None, {**self.board.round.facts, "adjustments": rows})

    @cached_property
    def whole_series(self) -> Board | None:
        """The units of a series are one group."""
        units = {key: replace(one, group=one.series) for key, one in self.board.round.units.items()}
        return self._evaluated(_without_groups, units=units)

    def by_grade_rule(self, key: str, text: str) -> Board | None:
        """Grades by another rule of quotas."""
        if (key, text) not in self._graded:
            self._graded[key, text] = self._evaluated(partial(_set_grade_rule, key, text))
        return self._graded[key, text]


def points_on(board: Board | None, unit: str, indicator: str) -> Fraction | None:
    """A unit's points on a trial board."""
    units = board.points_of(unit, indicator) if board else None
    return None if board is None or units is None else Fraction(units, board.round.scheme.scale.one)


def _without(row: Row, column: str) -> Row:
    return replace(row, cells={key: text for key, text in row.cells.items() if key != column})


def _without_groups(plain: Plain) -> None:
    for one in plain["series"]:
        one.pop("groups", None)


def _set_grade_rule(key: str, text: str, plain: Plain) -> None:
    plain["grades"] = {**plain.get("grades", {}), key: text}


def _set_limit_of(indicator: str, key: str, text: str, plain: Plain) -> None:
    _set_limits([one for one in plain["indicators"] if one["id"] == indicator], key, text)


def _set_limits(indicators: Sequence[Plain], key: str, text: str) -> None:
    """Sets a limit wherever a measure has it; what awards earn is capped by their lines alone."""
    for one in indicators:
        measure = one["measure"]
        for part in (measure, *measure.get("parts", ()), *filter(None, [measure.get("by")])):
            kind = MEASURES[part["kind"]]
            if key in kind.labels and (key == "floor" or kind.lines is None):
                part[key] = text
