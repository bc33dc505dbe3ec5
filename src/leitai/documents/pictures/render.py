"""Draws a page as SVG or PNG: the same page gives the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any, TypeAlias, cast

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text as Writing

from leitai.documents.pictures.letters import INSTEAD, Letters, letters_for
from leitai.documents.pictures.marks import Box, Line, Mark, Page, Text

Look: TypeAlias = dict[str, Any]

_DPI = 200  # twice a screen's: sharp on paper as well
_MOST_PIXELS = 60_000  # Agg draws no more in one direction
_SETTINGS: Any = {"svg.hashsalt": "leitai", "svg.fonttype": "path", "hatch.linewidth": 0.7}
_MIDDLE = 0.37  # of an em: how far the baseline is below the middle of a Chinese character


@dataclass(frozen=True)
class Drawn:
    """A picture's bytes, and the letters they were drawn with."""

    data: bytes
    letters: Letters


def draw(page: Page, form: str) -> Drawn:
    """The page in a form: ".svg" or ".png"."""
    letters = letters_for(one.text for one in page.marks if isinstance(one, Text))
    with mpl.rc_context():
        mpl.rcdefaults()  # nobody's own settings change the picture
        mpl.rcParams.update(_SETTINGS)
        figure = Figure(figsize=(page.width, page.height), facecolor="white")
        for mark in page.marks:
            figure.add_artist(_artist(mark, page, figure, letters))
        return Drawn(_svg(figure, page) if form == ".svg" else _png(figure, page), letters)


def _artist(mark: Mark, page: Page, figure: Figure, letters: Letters) -> Artist:
    inches: Look = {"transform": figure.dpi_scale_trans, "zorder": 1}  # one above the other
    y = page.height - mark.y  # matplotlib counts upwards
    if isinstance(mark, Text):
        return _writing(mark, y, inches, letters)
    if isinstance(mark, Box):
        look: Look = {"facecolor": mark.fill, "edgecolor": mark.edge or "none", "linewidth": 0.8}
        look |= {"hatch": mark.hatch} if mark.hatch else {}
        return Rectangle((mark.x, y - mark.height), mark.width, mark.height, **look, **inches)
    if isinstance(mark, Line):
        look = {"color": mark.colour, "linewidth": mark.weight, "solid_capstyle": "butt"}
        look |= {"linestyle": (0, (4, 3))} if mark.dashed else {}
        return Line2D([mark.x, mark.to_x], [y, page.height - mark.to_y], **look, **inches)
    look = {"marker": "o", "markersize": mark.size, "markeredgecolor": "white"}
    return Line2D([mark.x], [y], color=mark.colour, **look, **inches)


def _writing(mark: Text, y: float, inches: Look, letters: Letters) -> Writing:
    """A text as it stands: a dollar sign in it begins no formula."""
    text = "".join(INSTEAD if sign in letters.lacking else sign for sign in mark.text)
    weight = "bold" if mark.bold else "regular"
    font = FontProperties(family=list(letters.families), size=mark.size, weight=weight)
    below = mark.size / 72 * _MIDDLE
    return Writing(
        mark.x, y - below, text, color=mark.colour, fontproperties=font, parse_math=False,
        horizontalalignment=mark.side, verticalalignment="baseline", **inches,
    )  # fmt: skip


def _svg(figure: Figure, page: Page) -> bytes:
    """SVG with a title and a description for those who cannot see it, and without a date."""
    held = BytesIO()
    about = {"Date": None, "Creator": "Leitai", "Title": page.title}
    cast("Any", FigureCanvasSVG(figure)).print_svg(held, metadata=about)
    title = f"<title>{escape(page.title, quote=False)}</title>"
    head, found, rest = held.getvalue().decode("utf-8").partition(title)
    assert found, "the title stands in the SVG as it was given"
    described = f"{title}\n <desc>{escape(page.description, quote=False)}</desc>"
    return (head.replace("<svg ", '<svg role="img" ', 1) + described + rest).encode("utf-8")


def _png(figure: Figure, page: Page) -> bytes:
    held = BytesIO()
    figure.set_dpi(min(_DPI, _MOST_PIXELS / max(page.width, page.height)))
    about = {"Software": "Leitai", "Title": page.title, "Description": page.description}
    cast("Any", FigureCanvasAgg(figure)).print_png(held, metadata=about)
    return held.getvalue()
