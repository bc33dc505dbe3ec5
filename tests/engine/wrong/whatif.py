"""Wrong what-ifs: changes that are not made, or made elsewhere, and wrong reasons.

Each function plants one bug: it puts a wrong version in place of a function of the engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from leitai.board import Board, Result
from leitai.explain.whatif import apply, paths, reasons

Patch = pytest.MonkeyPatch


def facts_stay(patch: Patch) -> None:
    patch.setattr(apply, "_leave_out", lambda _tables, _one: None)


def rows_come_unsettled(patch: Patch) -> None:
    patch.setattr(apply, "_to_settle", lambda _tables, _round, _scheme: {})


def figures_of_the_first_row_change(patch: Patch) -> None:
    right = apply._put_value

    def put(tables: Any, one: Any, round_: Any) -> Any:
        first = tables["values"][0]
        return right(tables, replace(one, unit=first["unit"], indicator=first["indicator"]), round_)

    patch.setattr(apply, "_put_value", put)


def settings_stay(patch: Patch) -> None:
    patch.setattr(paths, "_put", lambda value, _steps, _new: value)


def every_entry_of_a_list_changes(patch: Patch) -> None:
    right = paths._put

    def put(value: Any, steps: Any, new: Any) -> Any:
        if steps and isinstance(value, list):
            return [
                right(one, steps[1:], new) if isinstance(one, Mapping) else new for one in value
            ]
        return right(value, steps, new)

    patch.setattr(paths, "_put", put)


def base_places_pass(patch: Patch) -> None:
    def ahead(board: Board, mine: Result, _place: object) -> set[str]:
        return {
            one.unit
            for one in board.members(mine.group)
            if one.base_place is not None and one.base_place < (mine.base_place or 0)
        }

    patch.setattr(reasons, "_ahead", ahead)


def points_have_no_reason(patch: Patch) -> None:
    patch.setattr(reasons, "_points", lambda _boards, _change: ())
