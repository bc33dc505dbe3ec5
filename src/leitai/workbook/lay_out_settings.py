"""Lays out the settings at the top of a scheme: known ones by their names, others as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import cast

from leitai.scheme.document import Plain
from leitai.signs import clean_text
from leitai.workbook.labels import SETTINGS
from leitai.workbook.laid import Laid, Settings, text_cell, value_cell
from leitai.workbook.notation import NOTHING
from leitai.workbook.quoting import in_cell
from leitai.workbook.tables import TABLES

Path = tuple[str, ...]
_ELSEWHERE = ("areas", "campaigns", "items", "indicators", "sheets", "series", "adjustments")


def lay_out_settings(plain: Settings, indicators: Mapping[str, str]) -> Laid:
    """Every setting with its value, blank where the scheme says nothing, and its choices."""
    rows = [
        [label.name, _cell(plain, path, indicators), "、".join(label.words.values())]
        for path, label in SETTINGS.items()
    ]
    rows += [[".".join(path), _json_cell(one), ""] for path, one in _others(plain)]
    return Laid(TABLES["settings"], ["设置", "内容", "说明"], rows)


def _cell(plain: Settings, path: Path, indicators: Mapping[str, str]) -> str:
    found = plain.get(path[0])
    if found is not None and len(path) > 1:
        found = cast("Settings", found).get(path[1])
    if found is None:
        return ""
    if path == ("lateness", "indicator"):
        return text_cell(indicators[clean_text(cast("str", found))])
    label = SETTINGS[path]
    if label.words or label.form == "list":
        return value_cell(found, label) or NOTHING
    return text_cell(found)


def _others(plain: Settings) -> Iterator[tuple[Path, Plain]]:
    """What stands at the top of the scheme and has no place in any table."""
    nested = {path[0] for path in SETTINGS if len(path) > 1}
    for key, one in plain.items():
        if key in nested:
            inner = cast("Settings", one).items()
            yield from (((key, name), value) for name, value in inner if _is_other(key, name))
        elif (key,) not in SETTINGS and key not in _ELSEWHERE:
            yield (key,), one


def _is_other(key: str, name: str) -> bool:
    return (key, name) not in SETTINGS and (key, name) != ("grades", "levels")


def _json_cell(plain: Plain) -> str:
    return in_cell(json.dumps(plain, ensure_ascii=False))
