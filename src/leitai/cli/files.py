"""Opens and writes files: the one place of the engine that touches the disk."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

from leitai.cli.ending import Stop

_WORKBOOK = b"PK\x03\x04"  # how an .xlsx begins, as every zipped file
# Files read and written since the command began, by device and number: a hard link is one of them.
_met: set[tuple[int, int]] = set()


def start() -> None:
    """Forgets what an earlier command in this process read and wrote."""
    _met.clear()


def meet(file: Path) -> None:
    """Takes a file as read: no output of this command replaces it."""
    found = file.stat()
    _met.add((found.st_dev, found.st_ino))


def contents(files: list[Path]) -> Mapping[str, bytes]:
    """The bytes of files by name."""
    return {readable(one.name): read_bytes(one) for one in files}


def readable(name: str) -> str:
    """A file's name as it can be written: bytes that are no text stand as \\xNN."""
    return os.fsencode(name).decode(errors="backslashreplace")


def read_bytes(file: Path) -> bytes:
    """A file's bytes."""
    try:
        if not file.is_file():
            raise Stop("file-is-folder" if file.is_dir() else "file-missing", path=file)
        meet(file)
        return file.read_bytes()
    except OSError as error:
        raise Stop("file-unreadable", path=file, detail=error.strerror or "") from None


def read_text(file: Path) -> str:
    """A file's text: UTF-8, or GBK as some editors still save."""
    data = read_bytes(file)
    if data.startswith(_WORKBOOK):
        raise Stop("file-is-workbook", path=file)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Stop("file-garbled", path=file)


def write(file: Path, data: bytes) -> None:
    """Writes a file whole or not at all, its folder made where it is missing.

    A folder of facts is no place for output: it would replace what was reported, or be read as it.
    """
    if any((folder / "round.yaml").is_file() for folder in (_real(file).parent, file)):
        raise Stop("output-among-facts", path=file)
    _put(file, data)


def write_facts(file: Path, data: bytes) -> None:
    """Writes a new file of facts, which may lie beside a round.yaml; none is ever replaced."""
    if _real(file).exists():
        raise Stop("file-exists", path=file)
    _put(file, data)


def _real(file: Path) -> Path:
    """A file in its real folder: one still to be made may be left again by `..`."""
    return Path(os.path.realpath(file.parent), file.name)


def _put(file: Path, data: bytes) -> None:
    place = _real(file)
    try:
        _check_free(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        _replace(place, data)
        meet(place)
    except OSError as error:
        raise Stop("file-unwritable", path=file, detail=error.strerror or "") from None


def _check_free(file: Path) -> None:
    """Refuses what is no plain file (a folder, a link, a device), and what this command met."""
    try:
        found = file.lstat()
    except FileNotFoundError:
        return
    if not S_ISREG(found.st_mode):
        raise Stop("output-no-file", path=file)
    if (found.st_dev, found.st_ino) in _met:
        raise Stop("output-in-use", path=file)


def _replace(file: Path, data: bytes) -> None:
    beside = file.with_name(f".{file.name}.part")
    try:
        beside.unlink(missing_ok=True)  # a link left there would lead the bytes elsewhere
        beside.write_bytes(data)
        beside.replace(file)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise
