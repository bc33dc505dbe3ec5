"""The parts of dev.py that need no environment: its digest, its usage, its remedies, the locks."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import dev

LOCKS = sorted(dev.ROOT.joinpath("requirements").glob("*.lock"))
PINNED = re.compile(r"^([a-z0-9-]+)==\S+")


def pinned(lock: Path) -> dict[str, str]:
    entries = lock.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return {match[1]: entry for entry in entries if (match := PINNED.match(entry))}


def project() -> dict:
    return tomllib.loads(dev.ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8"))


def plain_names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~;\[ ]", text)[0].lower().replace("_", "-") for text in requirements}


def test_the_same_parts_give_the_same_digest() -> None:
    assert dev.digest_of(b"lock", b"3.11") == dev.digest_of(b"lock", b"3.11")


@pytest.mark.parametrize("parts", [(b"lock!", b"3.11"), (b"lock", b"3.12"), (b"loc", b"k3.11")])
def test_any_changed_part_changes_the_digest(parts: tuple[bytes, ...]) -> None:
    assert dev.digest_of(*parts) != dev.digest_of(b"lock", b"3.11")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dev.Environment:
    """An environment whose locks and packaging lie in a folder of the test."""
    for name in ("uv.lock", "own.lock", "pyproject.toml"):
        tmp_path.joinpath(name).write_text("[project]\n\n[tool.ruff]\n", encoding="utf-8")
    monkeypatch.setattr(dev, "UV_LOCK", tmp_path / "uv.lock")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    return dev.Environment(tmp_path / "packages", tmp_path / "own.lock", 1)


@pytest.mark.parametrize("changed", ["uv.lock", "own.lock", "pyproject.toml"])
def test_a_changed_lock_or_dependency_asks_for_a_new_environment(
    home: dev.Environment, changed: str
) -> None:
    before = dev.setup_digest(home)

    text = "[project]\nname = 'x'\n\n[tool.ruff]\n"
    home.lock.with_name(changed).write_text(text, encoding="utf-8")

    assert dev.setup_digest(home) != before


def test_a_changed_tool_setting_keeps_the_environment(home: dev.Environment) -> None:
    before = dev.setup_digest(home)

    text = "[project]\n\n[tool.ruff]\nline-length = 1\n"
    home.lock.with_name("pyproject.toml").write_text(text, encoding="utf-8")

    assert dev.setup_digest(home) == before


def test_an_environment_that_bears_its_stamp_is_not_made_anew(
    home: dev.Environment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made: list[dev.Environment] = []
    home.folder.mkdir()
    monkeypatch.setattr(dev, "make_venv", made.append)
    monkeypatch.setattr(dev, "install", made.append)

    dev.prepare(home)
    dev.prepare(home)

    assert made == [home, home]  # made and filled, once
    assert "正在准备环境 packages" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "lock", "command"),
    [
        (["--spark", "-k", "x"], "spark.lock", ["-m", "pytest", "tests/spark", "-k", "x"]),
        (["-k", "x"], "", ["-m", "not slow", "-k", "x"]),
    ],
)
def test_spark_is_tested_in_an_environment_of_its_own_and_only_when_asked_for(
    monkeypatch: pytest.MonkeyPatch, words: list[str], lock: str, command: list[str]
) -> None:
    prepared: list[str] = []
    ran: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "prepare", lambda home: prepared.append(home.lock.name))
    monkeypatch.setattr(dev, "run", lambda *words, **_: ran.append(words) or 0)

    assert dev.test(*words) == 0

    assert prepared == [lock] * bool(lock)
    assert list(ran[0][-len(command) :]) == command
    assert (".venv-spark" in ran[0][0]) is bool(lock)


@pytest.mark.parametrize(
    "words",
    [[], ["dmeo"], ["demo", "--twice"], ["check", "x"], ["shell", "x"], ["bench"], ["bench", "x"]],
)
def test_what_is_not_understood_gets_the_usage(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(words) == 2
    assert capsys.readouterr().err == dev.USAGE + "\n"


@pytest.mark.parametrize(
    "words", [["demo"], ["demo", "--once"], ["test", "-k", "x"], ["test", "--spark"], ["check"]]
)
def test_what_the_usage_promises_is_understood(words: list[str]) -> None:
    assert dev.is_understood(words)


def test_no_command_is_exit_code_2_for_the_shell_too() -> None:
    done = subprocess.run([sys.executable, dev.ROOT / "dev.py"], capture_output=True, check=False)

    assert done.returncode == 2


def test_a_python_too_old_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 10, 1))

    with pytest.raises(SystemExit) as refusal:
        dev.main(["demo"])

    assert refusal.value.code == (
        "需要 Python 3.11 或更新版本，这里是 3.10 (Python 3.11 or newer is needed, this is 3.10)"
    )


def test_dev_py_can_be_read_by_an_old_python() -> None:
    ast.parse(Path(dev.__file__).read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize(
    ("printed", "remedy"),
    [
        ("OSError: [Errno 28] No space left on device", "free 1 GB of disk space"),
        ("Hash mismatch for `polars`", "use a package index you trust"),
        ("Temporary failure in name resolution", "check the network or proxy"),
        ("error: client error (Connect)", "check the network or proxy"),
        ("something else", "mend what stands above"),
    ],
)
def test_a_failed_step_says_what_to_do(printed: str, remedy: str) -> None:
    lines = dev.advice("1\n2\n3\n" + printed).splitlines()

    assert lines[-2] == "  | " + printed
    assert remedy in lines[-1]


def test_a_failed_step_shows_its_errors_and_not_its_traceback() -> None:
    printed = "Retrying\nERROR: no space left\nTraceback\n  File x\nCalledProcessError: y"

    assert dev.advice(printed) == (
        "  | ERROR: no space left\n"
        "环境没有准备好：请腾出 1 GB 磁盘空间，再运行同一命令 "
        "(the environment is not ready: free 1 GB of disk space, then run the same command again)"
    )


def test_four_locks_are_kept() -> None:
    assert [lock.name for lock in LOCKS] == ["dev.lock", "runtime.lock", "spark.lock", "uv.lock"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_host(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")

    assert "http" not in text
    assert "://" not in text
    assert "index-url" not in text


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_a_digest(lock: Path) -> None:
    assert pinned(lock)
    assert [name for name, entry in pinned(lock).items() if "--hash=sha256:" not in entry] == []


def test_the_locks_hold_what_pyproject_asks_for() -> None:
    locked, runtime, spark = (pinned(lock) for lock in LOCKS[:3])
    wanted = project()

    assert plain_names(wanted["project"]["dependencies"]) <= runtime.keys()
    assert plain_names(wanted["dependency-groups"]["dev"]) <= locked.keys()
    assert plain_names(wanted["build-system"]["requires"]) <= locked.keys()
    assert plain_names(wanted["project"]["optional-dependencies"]["spark"]) <= spark.keys()
    assert plain_names(wanted["dependency-groups"]["spark"]) <= spark.keys()
    assert runtime.items() <= locked.items()
    assert runtime.items() <= spark.items()


def test_nothing_that_is_ignored_is_kept_in_the_repository() -> None:
    command = ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"]
    listed = subprocess.run(command, cwd=dev.ROOT, capture_output=True, text=True, check=True)

    assert listed.stdout == ""
