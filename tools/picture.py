"""Draws the README's pictures: what `leitai plot` draws, and what a command prints on a screen.

The screens need Chromium and a monospaced font with Chinese (Debian: chromium, fonts-noto-cjk).
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
COLUMNS = 112
ROUND = "schemes/wuqing/2019/2019Q1"
PLOTS = {
    "waterfall": ("waterfall", "例06镇"),
    "heatmap": ("heatmap", "--group", "镇街系列"),
}
SCREENS = {
    "board.zh.png": ("evaluate", ROUND, "--group", "镇街系列"),
    "board.en.png": ("evaluate", ROUND, "--group", "镇街系列", "--lang", "en"),
}
PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 14px 18px; background: {background}; color: {foreground}; }}
pre {{ margin: 0; font: 15px/21px "Noto Sans Mono CJK SC", monospace; }}
{stylesheet}
</style><pre>{code}</pre>"""


def main() -> int:
    """Draws every picture; 1 when something it needs is missing."""
    for name, arguments in PLOTS.items():
        for lang in ("zh", "en"):
            file = FOLDER / f"{name}.{lang}.svg"
            _printed(("plot", ROUND, *arguments, "--lang", lang, "--out", str(file)))
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        print("需要 Chromium (Chromium is needed)", file=sys.stderr)
        return 1
    for name, arguments in SCREENS.items():
        printed = _printed(arguments)
        console = Console(record=True, width=COLUMNS, file=io.StringIO())
        console.print(Text.from_ansi(f"$ leitai {' '.join(arguments)}\n\n{printed}"))
        page = console.export_html(theme=MONOKAI, code_format=PAGE)
        _shoot(browser, page, FOLDER / name, 21 * (_lines(printed) + 4))
    return 0


def _lines(printed: str) -> int:
    """Lines on the screen, wrapped ones counted."""
    plain = Text.from_ansi(printed).plain
    return sum(1 + max(0, cell_len(line) - 1) // COLUMNS for line in plain.split("\n"))


def _printed(arguments: tuple[str, ...]) -> str:
    """What a command prints in colour on standard output."""
    settings = {
        **os.environ,
        "FORCE_COLOR": "1",
        "COLUMNS": str(COLUMNS),
        "TERM": "xterm-256color",
    }
    command = [sys.executable, "-c", "from leitai.cli import main; main()", *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env=settings, check=True
    )
    return done.stdout


def _shoot(browser: str, page: str, file: Path, height: int) -> None:
    """A page as a PNG of its own height."""
    file.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page, encoding="utf-8")
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        flags += ["--disable-background-networking", f"--user-data-dir={folder}/profile"]
        size = f"--window-size={COLUMNS * 8},{height}"
        subprocess.run(
            [browser, *flags, size, f"--screenshot={file}", source.as_uri()],
            check=True,
            capture_output=True,
        )


if __name__ == "__main__":
    sys.exit(main())
