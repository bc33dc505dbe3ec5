"""Mutation testing: each mutant of the modules that make points must fail a test.

Usage: python tools/mutation.py [PART OF A NAME …]
Each mutant meets its tests in a process of its own, forked from one that has imported the
libraries and nothing of Leitai. A mutant is killed when a test fails; one that uses up its time
counts as a survivor, and every survivor must stand, by its name, in docs/mutation.md.
"""

from __future__ import annotations

import importlib.abc
import importlib.util
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import Any

from mutants import Mutant, mutants, mutated
from mutation_tests import suites

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "leitai"
LISTED = ROOT / "docs" / "mutation.md"
FILES = ("measures/*.py", "places.py", "adjustments/*.py", "grades.py", "year.py")
LIBRARIES = ["polars", "pytest", "hypothesis", "yaml", "openpyxl", "xlsxwriter"]
SETTINGS = {"LEITAI_EXAMPLES": "20", "CI": "1", "POLARS_MAX_THREADS": "1"}
OPTIONS = (
    *("-x", "-q", "--tb=no", "--no-header", "-p", "no:cacheprovider", "-m", "not slow"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # of what LIBRARIES imported before it
)
CPU_SECONDS = 10, 40, 60  # of the processor, for each of a file's suites
WALL_SECONDS = 1800  # for a process that waits for ever and so takes no time of the processor
MEMORY = 8 << 30  # bytes, for lists without an end
ENOUGH = 95  # percent
UNCHANGED = Mutant("", -1, "")  # meets the tests of all files
KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed out"


class Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Makes one module from its text with a change in it; all others are found as ever."""

    def __init__(self, file: str, index: int) -> None:
        parts = ("leitai", *Path(file).with_suffix("").parts)
        self.name = ".".join(part for part in parts if part != "__init__")
        self.file, self.index = SOURCE / file, index

    def find_spec(self, fullname: str, *_where: object) -> ModuleSpec | None:
        """The module's spec, if it is the one."""
        if fullname != self.name:
            return None
        inside = [str(self.file.parent)] if self.file.stem == "__init__" else None
        return importlib.util.spec_from_file_location(
            fullname, self.file, loader=self, submodule_search_locations=inside
        )

    def exec_module(self, module: ModuleType) -> None:
        """Runs the mutated text, past every cache."""
        source = self.file.read_text(encoding="utf-8")
        exec(mutated(source, self.index, str(self.file)), module.__dict__)


class Hasty:
    """Lets hypothesis end with the first example that fails: nobody reads the smallest one."""

    def pytest_sessionstart(self) -> None:
        """Once the tests have set their own profile."""
        from hypothesis import Phase, settings  # as pytest, only where tests run

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("hasty", settings.get_profile("leitai"), phases=phases)
        settings.load_profile("hasty")


def try_one(file: str, index: int) -> None:
    """Ends the process with 0 where all tests of the file pass, with 1 at the first failure."""
    _be_quiet()
    assert not any(name.partition(".")[0] == "leitai" for name in sys.modules)
    os.chdir(ROOT)
    sys.dont_write_bytecode = False  # each process reads the same modules anew
    if file:
        sys.meta_path.insert(0, Mutated(file, index))
    import pytest  # here, since whoever only lists mutants needs no tests

    for seconds, tests in zip(CPU_SECONDS, suites(file, ROOT), strict=True):
        if file:
            _limit(seconds)
        if pytest.main([*OPTIONS, *tests], plugins=[Hasty()]) != 0:
            os._exit(1)
    os._exit(0)  # without waiting for the threads of a library


def _limit(seconds: int) -> None:
    """Seconds of the processor from now on, whatever else the machine does."""
    if sys.platform != "win32":
        import resource  # is not on Windows, where only the time on the clock is limited

        until = int(time.process_time()) + 1 + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _be_quiet() -> None:
    """What tests print goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


@dataclass(frozen=True)
class Trial:
    """A mutant in the hands of a process."""

    mutant: Mutant
    process: BaseProcess
    until: float

    @property
    def verdict(self) -> str | None:
        """What came out, None while it runs; a process that a signal ended used up its limits."""
        if self.process.exitcode is None:
            return TIMED_OUT if time.monotonic() > self.until else None
        if self.process.exitcode < 0:
            return TIMED_OUT
        return KILLED if self.process.exitcode else SURVIVED


def tried(chosen: Sequence[Mutant]) -> Iterator[tuple[Mutant, str]]:
    """Every mutant with its verdict, as they come, as many at once as there are processors."""
    waiting, running = list(reversed(chosen)), list[Trial]()
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            running.append(_started(waiting.pop()))
        wait([trial.process.sentinel for trial in running], timeout=10)
        done = [(trial, verdict) for trial in running if (verdict := trial.verdict)]
        for trial, verdict in done:
            trial.process.kill()
            trial.process.join()
            running.remove(trial)
            yield trial.mutant, verdict


def _started(mutant: Mutant) -> Trial:
    process = _context().Process(target=try_one, args=(mutant.file, mutant.index), daemon=True)
    process.start()
    return Trial(mutant, process, time.monotonic() + WALL_SECONDS)


def _context() -> Any:
    """Processes that share imported libraries where the system can; Polars must not have run."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", *LIBRARIES])
    return context


def all_mutants() -> list[Mutant]:
    """Those of every file, in order."""
    found = sorted(file for pattern in FILES for file in SOURCE.glob(pattern))
    names = [(file, file.relative_to(SOURCE).as_posix()) for file in found]
    return [one for file, name in names for one in mutants(name, file.read_text(encoding="utf-8"))]


def table(verdicts: Sequence[tuple[Mutant, str]]) -> list[str]:
    """A line for each file, and one for all."""
    counts = Counter[tuple[str, str]]()
    for mutant, verdict in verdicts:
        counts[mutant.file, verdict] += 1
        counts["all", verdict] += 1
    files = [*dict.fromkeys(mutant.file for mutant, _ in verdicts), "all"]
    heads = ("mutants", KILLED, SURVIVED, TIMED_OUT, "%")
    lines = [f"{'':26}" + "".join(f"{head:>11}" for head in heads)]
    for file in files:
        figures = [counts[file, verdict] for verdict in (KILLED, SURVIVED, TIMED_OUT)]
        shown = [sum(figures), *figures, _percent(figures[0], sum(figures))]
        lines.append(f"{file:26}" + "".join(f"{figure:>11}" for figure in shown))
    return lines


def _percent(part: int, whole: int) -> str:
    """Rounded down, so that 100 says all."""
    tenths = part * 1000 // max(whole, 1)
    return f"{tenths // 10}.{tenths % 10}"


def shortcomings(verdicts: Sequence[tuple[Mutant, str]], listed: str) -> list[str]:
    """What the run fails for: too few killed, survivors not listed, listed ones killed."""
    killed = sum(verdict == KILLED for _, verdict in verdicts)
    found = []
    if killed * 100 < ENOUGH * len(verdicts):
        found.append(f"杀死的不到{ENOUGH}% (fewer than {ENOUGH} % are killed)")
    for mutant, verdict in verdicts:
        is_listed = f"`{mutant.name}`" in listed
        if verdict != KILLED and not is_listed:
            found.append(f"{verdict}，文档未列 (not in docs/mutation.md): {mutant.name}")
        if verdict == KILLED and is_listed:
            found.append(f"{verdict}，文档仍列 (still in docs/mutation.md): {mutant.name}")
    return found


def main(words: Sequence[str]) -> int:
    """Tries the mutants whose names hold one of the words, all without words."""
    os.environ.update(SETTINGS)
    chosen = [one for one in all_mutants() if not words or any(word in one.name for word in words)]
    files = list(dict.fromkeys(one.file for one in chosen))
    if not all(verdict == SURVIVED for _, verdict in tried([UNCHANGED])):
        print("没有变异，测试就不通过 (the tests fail without any mutation)")
        return 1
    verdicts = list(_told(chosen))
    verdicts.sort(key=lambda one: (files.index(one[0].file), one[0].index))
    print("\n".join(table(verdicts)))
    found = shortcomings(verdicts, LISTED.read_text(encoding="utf-8"))
    print("\n".join(found) or "✓")
    return 1 if found else 0


def _told(chosen: Sequence[Mutant]) -> Iterator[tuple[Mutant, str]]:
    """The verdicts, survivors printed at once and the progress now and then."""
    for number, (mutant, verdict) in enumerate(tried(chosen), start=1):
        if verdict != KILLED:
            print(f"{verdict}: {mutant.name}", flush=True)
        if number % 50 == 0 or number == len(chosen):
            print(f"{number}/{len(chosen)}", flush=True)
        yield mutant, verdict


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
