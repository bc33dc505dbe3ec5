"""Opens and writes files: the one place of the engine that touches the disk."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from leitai.cli.ending import Stop


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
            raise Stop("file-missing", path=file)
        return file.read_bytes()
    except OSError as error:
        raise Stop("file-unreadable", path=file, detail=error.strerror or "") from None


def read_text(file: Path) -> str:
    """A file's text: UTF-8, or GBK as some editors still save."""
    data = read_bytes(file)
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
    if any((folder / "round.yaml").is_file() for folder in (file.parent, file)):
        raise Stop("output-among-facts", path=file)
    _put(file, data)


def write_facts(file: Path, data: bytes) -> None:
    """Writes a new file of facts, which may lie beside a round.yaml; none is ever replaced."""
    if file.exists():
        raise Stop("file-exists", path=file)
    _put(file, data)


def _put(file: Path, data: bytes) -> None:
    beside = file.with_name(f".{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(file)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise Stop("file-unwritable", path=file, detail=error.strerror or "") from None
