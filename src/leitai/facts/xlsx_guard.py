"""Refuses workbooks that are small on disk and enormous once opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipFile

from defusedxml.ElementTree import iterparse

from leitai.problems import Refused

MEGABYTES = 50
CELLS = 1_000_000
ELEMENTS = 3_000_000
FORMULA_SIGNS = 5_000_000
_RANGE = re.compile(r"\$?([A-Z]+)\$?([0-9]+):\$?([A-Z]+)\$?([0-9]+)")


def refuse_enormous(data: bytes) -> None:
    """Raise Refused fact.workbook-too-large; whatever zipfile raises where the file is broken."""
    with ZipFile(BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > MEGABYTES * 2**20:
            raise _too_large()
        work = _Work()
        for name in archive.namelist():
            with archive.open(name) as part:
                work.count(part)


@dataclass
class _Work:
    """What opening a workbook makes: elements and cells, and signs of formulas that it shares."""

    elements: int = 0
    cells: int = 0
    longest_formula: int = 0
    shared_formulas: int = 0

    def count(self, part: IO[bytes]) -> None:
        """Counts one part, as far as it is XML, and stops as soon as it is too much."""
        for element in _elements(part):
            self._add(element, element.tag.rpartition("}")[2])
            signs = self.longest_formula * self.shared_formulas
            if self.elements > ELEMENTS or self.cells > CELLS or signs > FORMULA_SIGNS:
                raise _too_large()

    def _add(self, element: Element, name: str) -> None:
        self.elements += 1
        if name == "c":
            self.cells += 1
        elif name in ("mergeCell", "hyperlink"):
            self.cells += _area(element.get("ref", ""))
        elif name == "f":
            self.longest_formula = max(self.longest_formula, len(element.text or ""))
            self.shared_formulas += element.get("t") == "shared"


def _too_large() -> Refused:
    return Refused("fact.workbook-too-large", megabytes=MEGABYTES, cells=CELLS)


def _elements(part: IO[bytes]) -> Iterator[Element]:
    """The elements of an XML part, as far as it is one: pictures and printer settings are not."""
    try:
        for _, element in iterparse(part):
            yield element
            element.clear()
    except ParseError:
        return


def _area(ref: str) -> int:
    """The cells a range covers: one of whole columns or rows counts as too many."""
    match = _RANGE.fullmatch(ref.upper())
    if not match:
        return CELLS if ":" in ref else 1
    width, height = _number(match[3]) - _number(match[1]), int(match[4]) - int(match[2])
    return (abs(width) + 1) * (abs(height) + 1)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
