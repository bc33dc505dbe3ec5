#!/usr/bin/env python3
"""Run the project's everyday commands in an environment that is prepared on the way.

Standard library only, in a syntax that Python 3.6 can read: an old Python gets a sentence.
"""

import hashlib
import importlib.util
import io
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Callable, Dict, NamedTuple

NEEDED = (3, 11)
ROOT = Path(__file__).resolve().parent
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
SUFFIX = ".exe" if os.name == "nt" else ""
UV_LOCK = ROOT / "requirements" / "uv.lock"


class Environment(NamedTuple):
    """A folder of packages, the lock that says which, and how many MB have to be downloaded."""

    folder: Path
    lock: Path
    size: int

    @property
    def stamp(self) -> Path:
        return self.folder / "prepared.txt"

    def tool(self, name: str) -> str:
        return str(self.folder / SCRIPTS / (name + SUFFIX))


EVERYDAY = Environment(ROOT / ".venv", ROOT / "requirements" / "dev.lock", 100)
SPARK = Environment(ROOT / ".venv-spark", ROOT / "requirements" / "spark.lock", 550)

USAGE = """用法 (usage): python3 dev.py <命令 command>

  demo [--once]     评一个季度，并给出下一步 (evaluate one quarter, then say what to try next;
                    --once: do so and stop; nothing keeps running yet, so it changes nothing)
  test [--all] ...  运行测试 (run the tests; --all: the slow ones too, with 10,000 examples, then
                    again with every branch counted; --spark: only those that need Spark, in an
                    environment of their own, and Java 17;
                    whatever else is given goes to pytest)
  test --mutation   逐一改错计分的程序，看测试能否发现 (make the code that makes points wrong, bit
                    by bit: a test must fail each time; docs/mutation.md)
  check             检查格式、写法、类型、依赖方向、精确性 (format, lint, types, layers, exactness)
  bench engine      测速度，与普通做法对比 (measure the speed; bench/README.md)
  bench spark       测 Spark 与一个进程的比例 (one process beside Spark; docs/scale.md)
  shell             打开能 import leitai 的 Python (a Python that can import leitai)
"""
ROUND = "schemes/wuqing/2019/2019Q1"
NEXT_STEPS = (
    ("每一分从哪里来 (where the points come from)", "explain " + ROUND + " 例06镇"),
    ("用独立程序重算核对 (recompute with the independent program)", "recount " + ROUND),
    (
        "一条数据影响了谁 (what one fact touched)",
        "trace " + ROUND + " values-ecology-bureau.csv:14",
    ),
    ("怎样再上一个名次 (what would lift a unit one place)", "advise " + ROUND + " 例06镇"),
    (
        "方案体检，名次稳不稳 (weak points of a scheme, how steady the places are)",
        "check schemes/wuqing/2019/scheme.yaml --facts " + ROUND,
    ),
    (
        "画一个单位从满分到总分 (draw a unit's way from full marks to its total)",
        "plot " + ROUND + " waterfall 例06镇 --out out/waterfall.svg",
    ),
    (
        "生成填报表格 (make a workbook to fill in)",
        "template " + ROUND + " 生态环境局 --out out/生态环境局.xlsx",
    ),
    ("看规则的实例 (see the rules at work)", "cases"),
)
COVERAGE = (  # of every branch, by the examples of the quick run
    "--cov=leitai",
    "--cov-branch",
    "--cov-report=term-missing:skip-covered",
    "--cov-fail-under=100",
)
CHECKS = (
    ("格式 (ruff format)", ("ruff", "format", "--check", ".")),
    ("写法 (ruff check)", ("ruff", "check", ".")),
    ("类型 (mypy)", ("mypy",)),
    ("依赖方向 (lint-imports)", ("lint-imports",)),
    ("精确性 (exactness)", ("python", str(Path("tools", "exactness.py")))),
)
TOO_OLD = "需要 Python 3.11 或更新版本，这里是 {0} (Python 3.11 or newer is needed, this is {0})"
PREPARING = "正在准备环境 {0}，约一分钟 (preparing the environment {0}, about a minute) …"
DOWNLOADING = "正在安装锁定的软件包，下载约 {0} MB (installing the locked packages, about {0} MB) …"
NO_VENV = (
    "这个 Python 缺少 venv 或 ensurepip，请安装完整的 Python 3.11 或更新版本 "
    "(this Python lacks venv or ensurepip: install a complete Python 3.11 or newer)"
)
NOT_ROOT = (
    "缺少系统软件包，请先运行下面的命令，再运行同一命令 "
    "(a system package is missing: run this, then the same command again)\n  sudo sh -c '{}'"
)
INTERRUPTED = "已中断，再运行同一命令即可 (interrupted: run the same command again)"
SYSTEM_ERROR = "请检查权限和磁盘空间 (check permissions and disk space, then run again): {}"
NOT_READY = (
    "环境没有准备好：请{}，再运行同一命令 "
    "(the environment is not ready: {}, then run the same command again)"
)
REMEDIES = (  # a sign in what a tool printed, and what to do; the first match speaks
    ("no space left|not enough space|quota", "腾出 1 GB 磁盘空间", "free 1 GB of disk space"),
    ("hash mismatch|not match the hashes", "换可信的软件源", "use a package index you trust"),
    ("resol|dns|connect|timed? ?out|retrying", "检查网络或代理", "check the network or proxy"),
    ("", "处理上面所说的问题", "mend what stands above"),
)


class StepFailedError(Exception):
    """A tool of the set-up failed; carries what it printed."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def prepare(home: Environment) -> None:
    """Make an environment as the locks say; the stamp comes last, without it all is made anew."""
    digest = setup_digest(home)
    if home.stamp.is_file() and home.stamp.read_text(encoding="utf-8") == digest:
        return
    say(PREPARING.format(home.folder.name))
    home.stamp.unlink(missing_ok=True)
    try:
        make_venv(home)
        install(home)
    except StepFailedError as failure:
        raise SystemExit(advice(str(failure))) from None
    home.stamp.write_text(digest, encoding="utf-8")
    say("环境已就绪 (the environment is ready)")


def setup_digest(home: Environment) -> str:
    """What it depends on: locks, packaging, Python, and its place, which scripts name."""
    packaging = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("\n[tool.")[0]
    known = packaging, sys.version, str(ROOT)
    return digest_of(UV_LOCK.read_bytes(), home.lock.read_bytes(), *(k.encode() for k in known))


def digest_of(*parts: bytes) -> str:
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def make_venv(home: Environment) -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        install_system_package()
    run_step(sys.executable, "-m", "venv", "--clear", "--without-pip", str(home.folder))
    run_step(home.tool("python"), "-m", "ensurepip")  # by itself, since venv hides what it prints


def install_system_package() -> None:
    """Debian and Ubuntu keep `ensurepip` in a package of its own."""
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    command = "apt-get update && apt-get install -y " + package
    if shutil.which("apt-get") is None:
        raise SystemExit(NO_VENV)
    if os.geteuid() != 0:
        raise SystemExit(NOT_ROOT.format(command))
    say("正在安装 {0} (installing {0}) …".format(package))
    run_step("sh", "-c", command, DEBIAN_FRONTEND="noninteractive")


def install(home: Environment) -> None:
    """Install the locked set with uv, or where uv will not do with pip; then link the project."""
    lock = str(home.lock)
    try:
        say("正在安装 uv (installing uv) …")
        pip(home, "install", "--require-hashes", "-r", str(UV_LOCK))
        say(DOWNLOADING.format(home.size))
        uv(home, "sync", "--require-hashes", "--compile-bytecode", lock, **pip_mirror(home))
    except StepFailedError:
        say("uv 没有成功，改用较慢的 pip (uv did not succeed: now with pip, which is slower) …")
        pip(home, "install", "--require-hashes", "--no-deps", "-r", lock)
    say("正在接入本项目 (linking the project) …")
    link = ("--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    pip(home, "install", *link)


def pip_mirror(home: Environment) -> Dict[str, str]:
    """uv does not read pip's settings, so a mirror that was given to pip is handed over."""
    if "UV_DEFAULT_INDEX" in os.environ or "UV_INDEX_URL" in os.environ:
        return {}
    pattern = r"^(?::env:|global|install)\.index-url='(.+)'$"
    found = re.findall(pattern, pip(home, "config", "list"), re.MULTILINE)
    return {"UV_DEFAULT_INDEX": found[0]} if found else {}


def pip(home: Environment, *arguments: str) -> str:
    return run_step(home.tool("python"), "-m", "pip", "--retries", "2", *arguments, PIP_USER="0")


def uv(home: Environment, *arguments: str, **settings: str) -> str:
    python = home.tool("python")
    return run_step(home.tool("uv"), "pip", *arguments, "--python", python, **settings)


def run_step(*command: str, **settings: str) -> str:
    """Run one tool of the set-up, its output held back for the case that it fails."""
    done = run_held_back(*command, PIP_DISABLE_PIP_VERSION_CHECK="1", **settings)
    if done.returncode != 0:
        raise StepFailedError(done.stdout)
    return done.stdout


def run_held_back(*command: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command,
        check=False,
        cwd=str(ROOT),
        env=dict(os.environ, **settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


def advice(output: str) -> str:
    """The errors that a failed tool named, else its last lines, and a sentence on what to do."""
    lines = output.strip().splitlines()
    errors = [line for line in lines if re.match(r"error|e:|\s*[×╰]", line, re.IGNORECASE)]
    signs = [remedy for remedy in REMEDIES if re.search(remedy[0], output, re.IGNORECASE)]
    printed = ["  | " + line for line in (errors or lines)[-3:]]
    return "\n".join([*printed, NOT_READY.format(*signs[0][1:])])


def run(*command: str, **settings: str) -> int:
    """Hand the terminal to a command, Ctrl-C included; the answer is its exit code."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        code = subprocess.call(command, cwd=str(ROOT), env=dict(os.environ, **settings))
    finally:
        signal.signal(signal.SIGINT, before)
    return code if code >= 0 else 128 - code


def demo(*_: str) -> int:
    (ROOT / "out").mkdir(exist_ok=True)
    code = run(EVERYDAY.tool("leitai"), "evaluate", ROUND, "--xlsx", "out/2019Q1.xlsx")
    if code == 0:
        print(next_steps())
    return code


def next_steps() -> str:
    leitai = (EVERYDAY.folder / SCRIPTS / "leitai").relative_to(ROOT)
    lines = ["", "接下来可以试 (what to try next):"]
    if Path.cwd() != ROOT:
        lines.append("  cd {}".format(ROOT))
    for purpose, rest in NEXT_STEPS:
        lines += ["  # " + purpose, "  {} {}".format(leitai, rest)]
    return "\n".join(lines)


def test(*options: str) -> int:
    rest = [one for one in options if one not in ("--all", "--spark", "--mutation")]
    if "--spark" in options:
        prepare(SPARK)
        return run(SPARK.tool("python"), "-m", "pytest", "tests/spark", *rest)
    if "--mutation" in options:
        return run(EVERYDAY.tool("python"), str(Path("tools", "mutation.py")), *rest)
    if "--all" not in options:
        return pytest("-m", "not slow", *rest)
    return pytest(*rest, LEITAI_EXAMPLES="10000") or pytest(*COVERAGE, *rest)


def pytest(*options: str, **settings: str) -> int:
    workers = str(os.cpu_count() or 1)
    return run(EVERYDAY.tool("python"), "-m", "pytest", "-n", workers, *options, **settings)


def check(*_: str) -> int:
    failed = [name for name, command in CHECKS if not passes(name, command)]
    if failed:
        say("没有通过 (failed): " + ", ".join(failed))
    return 1 if failed else 0


def passes(name: str, command: "tuple[str, ...]") -> bool:
    done = run_held_back(EVERYDAY.tool(command[0]), *command[1:])
    print("✗" if done.returncode else "✓", name, flush=True)
    if done.returncode:
        print(done.stdout.rstrip(), flush=True)
    return done.returncode == 0


def shell(*_: str) -> int:
    return run(EVERYDAY.tool("python"), "-i", "-c", "import leitai; print('import leitai ✓')")


def bench(name: str, *rest: str) -> int:
    home = SPARK if name == "spark" else EVERYDAY
    prepare(home)
    return run(home.tool("python"), "-m", "bench." + name, *rest)


COMMANDS: Dict[str, Callable[..., int]] = {
    "demo": demo,
    "test": test,
    "check": check,
    "bench": bench,
    "shell": shell,
}
OPTIONS = {
    "demo": ["--once"],
    "check": [],
    "bench": ["engine", "spark"],
    "shell": [],
}  # test hands on what it does not know


def is_understood(arguments: "list[str]") -> bool:
    name, options = (arguments or [""])[0], arguments[1:]
    if name == "bench" and not options:
        return False
    return name in COMMANDS and all(option in OPTIONS.get(name, options) for option in options)


def main(arguments: "list[str]") -> int:
    if sys.version_info < NEEDED:
        raise SystemExit(TOO_OLD.format("{}.{}".format(*sys.version_info[:2])))
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    if not is_understood(arguments):
        say(USAGE)
        return 2
    try:
        prepare(EVERYDAY)
        return COMMANDS[arguments[0]](*arguments[1:])
    except KeyboardInterrupt:
        say(INTERRUPTED)
        return 130
    except OSError as error:
        raise SystemExit(SYSTEM_ERROR.format(error)) from None


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `| head` ends it without a word
    sys.exit(main(sys.argv[1:]))
