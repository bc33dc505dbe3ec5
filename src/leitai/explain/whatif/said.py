"""Changes as they are typed on one line: 高村镇,pm25,actual=35."""

from __future__ import annotations

import re

from leitai.explain.whatif.changes import Added, Change, Gone, Setting, Value
from leitai.problems import Refused
from leitai.signs import clean_text

_UNCLEAR = {
    "fact": "whatif.fact-unclear",
    "without": "whatif.without-unclear",
    "add": "whatif.add-unclear",
    "set": "whatif.set-unclear",
}
_COMMA = re.compile("[,，]")
_EQUALS = re.compile("[=＝]")
_COLON = re.compile("[:：]")
_NEXT_CELL = re.compile("[,，](?=[^,，=＝]*[=＝])")  # a comma inside a reason stays


def said(option: str, text: str) -> Change:
    """The change an option states. Raises Refused where that is not clear."""
    where, text = f"--{option} {text}", clean_text(text)
    if option == "without" and text:
        return Gone(text, where)
    first, between, value = _parted(_EQUALS, text)
    if option == "set" and first and between:
        return Setting(first, value, where)
    named = [part.strip() for part in _COMMA.split(first)]
    if option == "fact" and len(named) == 3 and all(named) and between:
        return Value(named[0], named[1], {named[2]: value}, where)
    table, between, cells = _parted(_COLON, text)
    if option == "add" and table and between:
        return Added(table, _cells(cells), where)
    raise Refused(_UNCLEAR[option])


def _cells(text: str) -> dict[str, str]:
    """Cells by column: unit=甲镇,points=1,reason=未按时，也未说明."""
    pairs = [_parted(_EQUALS, cell) for cell in _NEXT_CELL.split(text)]
    cells = {column: value for column, _, value in pairs}
    if len(cells) < len(pairs) or not all(column and between for column, between, _ in pairs):
        raise Refused(_UNCLEAR["add"])
    return cells


def _parted(sign: re.Pattern[str], text: str) -> tuple[str, str, str]:
    """What stands before the first such sign, the sign, and what stands behind it."""
    found = sign.search(text)
    if found is None:
        return text.strip(), "", ""
    return text[: found.start()].strip(), found[0], text[found.end() :].strip()
