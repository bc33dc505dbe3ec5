"""Makes the fonts of pictures: Noto Sans CJK SC cut down to the signs that officials write.

Usage: python tools/fonts.py REGULAR.ttc BOLD.ttc Unihan_OtherMappings.txt.bz2
(Debian: fonts-noto-cjk 1:20220127+repack1-1, unicode-data 15.0.0-1)
"""

from __future__ import annotations

import bz2
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "src" / "leitai" / "documents" / "fonts"
FAMILY = (
    "Leitai Sans SC"  # an own name: the file is changed, and must not pass for an installed one
)
SIMPLIFIED = 2  # the number of Noto Sans CJK SC in the collection
WRITTEN = ("schemes", "cases", "src")  # where the project itself writes Chinese
SIGNS = (  # Latin, punctuation, figures, arrows, mathematics, shapes, full-width forms
    (0x20, 0x7E), (0xA0, 0x17F), (0x2000, 0x209F), (0x2100, 0x22FF), (0x2460, 0x24FF),
    (0x2500, 0x27BF), (0x3000, 0x303F), (0xFF00, 0xFFEF),
)  # fmt: skip
TABLES = ["BASE", "GPOS", "GSUB", "VORG", "vhea", "vmtx", "DSIG"]  # of no use to pictures


def main(regular: str, bold: str, unihan: str) -> int:
    """Writes both fonts."""
    signs = {*_gb2312(), *_standard(Path(unihan)), *_project(), *_ranges()}
    for source, style in ((regular, "Regular"), (bold, "Bold")):
        font = TTFont(source, fontNumber=SIMPLIFIED, recalcTimestamp=False)
        _cut(font, signs)
        _rename(font, style)
        file = FONTS / f"{FAMILY.replace(' ', '')}-{style}.otf"
        font.save(file)
        print(file, file.stat().st_size)
    return 0


def _gb2312() -> Iterator[int]:
    """Every sign of GB 2312."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            yield from map(ord, bytes([row, cell]).decode("gb2312", "ignore"))


def _standard(unihan: Path) -> Iterator[int]:
    """The 8,105 characters of the 通用规范汉字表, all three levels."""
    for line in bz2.decompress(unihan.read_bytes()).decode("utf-8").splitlines():
        found = re.match(r"U\+([0-9A-F]+)\tkTGH\t", line)
        if found:
            yield int(found[1], 16)


def _project() -> Iterator[int]:
    """What the project's own texts are written with."""
    for folder in WRITTEN:
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in (".yaml", ".csv", ".toml", ".py"):
                yield from map(ord, file.read_text(encoding="utf-8"))


def _ranges() -> Iterator[int]:
    for first, last in SIGNS:
        yield from range(first, last + 1)


def _cut(font: TTFont, signs: set[int]) -> None:
    """Leaves the outlines of the signs and what is needed to place them."""
    options = Options(layout_features=[], hinting=False, notdef_outline=True)
    options.drop_tables += TABLES
    cutter = Subsetter(options)
    cutter.populate(unicodes=sorted(signs))
    cutter.subset(font)


def _rename(font: TTFont, style: str) -> None:
    """The own family name, in the names people see and in the outlines; the rights stay."""
    script = f"{FAMILY.replace(' ', '')}-{style}"
    names = {1: FAMILY, 2: style, 3: f"{script};Noto Sans CJK SC 2.004", 4: f"{FAMILY} {style}"}
    table = font["name"]
    kept = [one for one in table.names if one.nameID in (0, 5, 13, 14) and one.langID == 0x409]
    table.names = kept
    for number, text in {**names, 6: script}.items():
        table.setName(text, number, 3, 1, 0x409)
    outlines = font["CFF "].cff
    outlines.fontNames = [script]
    outlines[0].FullName, outlines[0].FamilyName = f"{FAMILY} {style}", FAMILY


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) == 4 else __doc__)
