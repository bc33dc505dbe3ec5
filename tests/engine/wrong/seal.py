"""Wrong seals: what should be sealed is left out, and what says nothing is sealed.

Each function plants one bug: it puts a wrong version in place of a function of the engine.
"""

from __future__ import annotations

from typing import Any

import pytest

from leitai.seal import canonical, rebuild, unordered

Patch = pytest.MonkeyPatch


def rows_keep_their_order(patch: Patch) -> None:
    patch.setattr(unordered, "Unordered", list)


def indicators_keep_their_order(patch: Patch) -> None:
    patch.setattr(unordered, "SETS", unordered.SETS - {"indicators"})


def levels_have_no_order(patch: Patch) -> None:
    patch.setattr(unordered, "SETS", unordered.SETS | {"levels", "bands", "tie_breakers"})


def what_was_read_first_is_forgotten(patch: Patch) -> None:
    patch.setattr(unordered, "_READ_FIRST", {})


def places_are_sealed(patch: Patch) -> None:
    patch.setattr(unordered, "_cells", lambda row: {k: v for k, v in row.items() if v})


def _leaving_out(patch: Patch, *columns: str) -> None:
    right = unordered._cells

    def cells(row: Any) -> dict[str, str]:
        return {column: text for column, text in right(row).items() if column not in columns}

    patch.setattr(unordered, "_cells", cells)


def reasons_are_left_out(patch: Patch) -> None:
    _leaving_out(patch, "reason", "basis", "approved")


def own_ids_are_left_out(patch: Patch) -> None:
    _leaving_out(patch, "id")


def characters_stay_decomposed(patch: Patch) -> None:
    patch.setattr(canonical, "_quoted", canonical._quoted_as_it_is)  # past what is remembered


def brackets_are_sorted(patch: Patch) -> None:
    right = canonical._written

    def written(value: Any) -> str:
        in_order = isinstance(value, list) and all(isinstance(one, dict) for one in value)
        return right(canonical.Unordered(value) if in_order else value)

    patch.setattr(canonical, "_written", written)


def own_ids_become_places(patch: Patch) -> None:
    right = rebuild._row

    def row(table: str, cells: dict[str, str]) -> Any:
        return right(table, {key: text for key, text in cells.items() if key != "at"})

    patch.setattr(rebuild, "_row", row)
