"""Refuses workbooks that are small on disk and enormous once opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import IO
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipFile

from defusedxml.ElementTree import iterparse

from leitai.problems import Refused

MEGABYTES = 50
CELLS = 1_000_000
_RANGE = re.compile(r"\$?([A-Z]+)\$?([0-9]+):\$?([A-Z]+)\$?([0-9]+)")


def refuse_enormous(data: bytes) -> None:
    """Raise Refused fact.workbook-too-large; whatever zipfile raises where the file is broken."""
    with ZipFile(BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > MEGABYTES * 2**20:
            raise _too_large()
        if sum(_cells_in(archive, name) for name in archive.namelist()) > CELLS:
            raise _too_large()


def _too_large() -> Refused:
    return Refused("fact.workbook-too-large", megabytes=MEGABYTES, cells=CELLS)


def _cells_in(archive: ZipFile, name: str) -> int:
    """How many cells opening this part makes: those it lists and those its ranges cover."""
    with archive.open(name) as part:
        return sum(map(_cells_of, _elements(part)))


def _elements(part: IO[bytes]) -> Iterator[Element]:
    """The elements of an XML part, as far as it is one: pictures and printer settings are not."""
    try:
        for _, element in iterparse(part):
            yield element
            element.clear()
    except ParseError:
        return


def _cells_of(element: Element) -> int:
    name = element.tag.rpartition("}")[2]
    if name == "c":
        return 1
    return _area(element.get("ref", "")) if name in {"mergeCell", "hyperlink"} else 0


def _area(ref: str) -> int:
    match = _RANGE.fullmatch(ref)
    if not match:
        return 0
    return (_number(match[3]) - _number(match[1]) + 1) * (int(match[4]) - int(match[2]) + 1)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
