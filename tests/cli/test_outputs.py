"""Outputs replace nothing that the same command has read or written, and nothing but files."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest

from leitai.cli import files
from leitai.cli.ending import Stop
from tests.cli.conftest import Leitai
from tests.engine import spark_stand_in as stand_in
from tests.engine.rounds.wide import scheme_text, table, write_round

IN_USE = "是本次读取过或刚写出的文件"
NO_FILE = "不是普通文件，没有往里写"


@pytest.fixture
def named_json(leitai: Leitai, small: Path) -> Path:
    """A round whose scheme, units and linked quarter end as the file of the recount does."""
    root = small.parent
    board = leitai("evaluate", small, "--json").out
    (root / "quarter.json").write_text(board, encoding="utf-8")
    (root / "scheme.yaml").rename(root / "scheme.json")
    os.link(root / "units.csv", root / "units.json")
    about = (small / "round.yaml").read_text(encoding="utf-8").replace(".yaml", ".json")
    (small / "round.yaml").write_text(f"{about}quarters: {{2019Q1: ../quarter.json}}\n", "utf-8")
    assert leitai("evaluate", small, "--write-round", root / "free.json").code == 0
    return small


@pytest.fixture
def far_table(tmp_path: Path) -> Path:
    """A wide round whose table does not lie in its folder."""
    folder = write_round(tmp_path / "round", table(300, 9), scheme_text(9))
    (folder / "units.parquet").rename(tmp_path / "units.parquet")
    about = (folder / "round.yaml").read_text(encoding="utf-8")
    text = about.replace("units.parquet", "../units.parquet")
    (folder / "round.yaml").write_text(text, encoding="utf-8")
    return folder


def files_below(folder: Path) -> dict[Path, bytes]:
    return {one: one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def said(leitai: Leitai, *arguments: object) -> str:
    """What a command says that ends with 2."""
    ended = leitai(*arguments)
    assert (ended.code, ended.out) == (2, ""), ended
    return ended.err.replace("\n", "")


@pytest.mark.parametrize("target", ["scheme.json", "units.json", "2019Q1/../quarter.json"])
def test_what_the_command_read_is_not_replaced_by_what_it_writes(
    leitai: Leitai, named_json: Path, target: str
) -> None:
    before = files_below(named_json.parent)
    out = named_json.parent / target
    assert IN_USE in said(leitai, "evaluate", named_json, "--write-round", out)
    assert files_below(named_json.parent) == before


def test_without_the_check_the_scheme_would_be_gone(
    leitai: Leitai, named_json: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_check_free", lambda _: None)
    scheme = named_json.parent / "scheme.json"
    assert leitai("evaluate", named_json, "--write-round", scheme).code == 0
    assert "leitai-round-1" in scheme.read_text(encoding="utf-8")


@pytest.mark.parametrize("engine", ["one", "spark"])
def test_the_wide_table_is_not_replaced_by_the_standings(
    leitai: Leitai, far_table: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in.put_in_place(monkeypatch)
    for name in ("SPARK_LOCAL_IP", "PYSPARK_PYTHON"):
        monkeypatch.setenv(name, "")
    out = far_table.parent / "units.parquet"
    before = out.read_bytes()
    arguments = ["evaluate", far_table, "--engine", engine, "--parquet", out]
    assert IN_USE in said(leitai, *arguments)
    assert out.read_bytes() == before


def test_the_offices_own_workbook_is_not_replaced_by_the_comparison(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own.xlsx"
    book = openpyxl.Workbook()
    for row in (["单位", "总分"], ["甲镇", 100]):
        book.worksheets[0].append(row)
    book.save(own)
    before = own.read_bytes()
    assert IN_USE in leitai("compare", small, own, "--out", own).err.replace("\n", "")
    assert own.read_bytes() == before
    assert leitai("compare", small, own, "--out", tmp_path / "other.xlsx").code == 0


def test_an_output_does_not_replace_another_of_the_same_command(tmp_path: Path) -> None:
    files.start()
    files.write(tmp_path / "a.json", b"1")
    with pytest.raises(Stop) as stop:
        files.write(tmp_path / "x" / ".." / "a.json", b"2")
    assert stop.value.key == "output-in-use"
    files.start()
    files.write(tmp_path / "a.json", b"2")
    assert (tmp_path / "a.json").read_bytes() == b"2"


@pytest.mark.parametrize("kind", ["folder", "pipe", "link", "link to nothing"])
def test_only_a_plain_file_is_replaced(
    leitai: Leitai, small: Path, tmp_path: Path, kind: str
) -> None:
    out, aim = tmp_path / "out.json", tmp_path / "aim.json"
    if kind == "folder":
        out.mkdir()
    elif kind == "pipe":
        os.mkfifo(out)
    else:
        out.symlink_to(aim)
    if kind == "link":
        aim.write_text("before", encoding="utf-8")
    assert NO_FILE in said(leitai, "evaluate", small, "--write-round", out)
    assert (out.is_dir(), out.is_fifo(), out.is_symlink()) == (
        kind == "folder", kind == "pipe", kind in ("link", "link to nothing")
    )  # fmt: skip
    assert not aim.exists() or aim.read_text(encoding="utf-8") == "before"


def test_a_link_in_the_place_of_the_part_is_not_followed(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    scheme = tmp_path / "scheme.yaml"
    before = scheme.read_bytes()
    (tmp_path / ".out.json.part").symlink_to(scheme)
    assert leitai("evaluate", small, "--write-round", tmp_path / "out.json").code == 0
    assert scheme.read_bytes() == before
    assert not (tmp_path / ".out.json.part").is_symlink()


def test_a_table_of_history_is_not_replaced_by_a_roundabout_way(
    leitai: Leitai, tmp_path: Path
) -> None:
    (tmp_path / "2017.csv").write_text("单位,年度,名次\n甲镇,2017,1\n", encoding="utf-8")
    (tmp_path / "history.csv").write_text("checked", encoding="utf-8")
    out = tmp_path / "new" / ".." / "history.csv"
    assert "已经存在" in said(leitai, "import-history", tmp_path / "2017.csv", "--out", out)
    assert (tmp_path / "history.csv").read_text(encoding="utf-8") == "checked"


def test_what_could_not_be_written_whole_leaves_nothing_behind(
    leitai: Leitai, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    out = tmp_path / "out"
    assert "No space left" in said(leitai, "evaluate", small, "--write-round", out / "r.json")
    assert list(out.iterdir()) == []
