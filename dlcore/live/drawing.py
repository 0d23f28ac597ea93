"""One state of a figure as a picture: matplotlib draws it, and the SVG is made fit for pages.

Matplotlib's SVG is trimmed to what a page can use: no metadata, no ids that nothing refers to (they would collide
between figures), coordinates in hundredths of a point (so that another processor's last digits do not show), and
the style's colours as CSS variables (so that the same picture suits a light page, a dark page and paper).
"""

from __future__ import annotations

import inspect
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from unittest.mock import patch
from xml.etree import ElementTree

import matplotlib.text
from matplotlib import RcParams, rc_context, rc_params_from_file
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.textpath import TextToPath

from dlcore.live.style import THEME

_LONG_NUMBER = re.compile(r"-?\d*\.\d{3,}(?:e-?\d+)?")
_GEOMETRY = {"d", "x", "y", "x1", "y1", "x2", "y2", "width", "height", "points", "transform", "r", "cx", "cy"}
_COLOUR = re.compile("|".join(THEME), re.IGNORECASE)
_FONTS = re.compile(r"'DejaVu Sans'(?:, [^;]*?sans-serif)?")


@dataclass(frozen=True)
class Scene:
    """A draw function and all that its states share: name, size in inches, and where the axes stand.

    The axes are laid out once, for the first state; so nothing jumps while a slider moves, and a state is drawn
    in half the time.
    """

    draw: Callable
    name: str
    size: tuple[float, float]
    boxes: tuple[tuple[float, float, float, float], ...] = ()

    def laid_out(self, values: dict) -> Scene:
        """The same scene with the axes where matplotlib's constrained layout puts them for this state."""
        with _book_style(self.name):
            fig = self.figure(values)
            fig.set_layout_engine("constrained")
            fig.draw_without_rendering()
        # rounded: the last digits of a layout differ from run to run
        places = (ax.get_position(original=True).bounds for ax in fig.axes)
        return replace(self, boxes=tuple(tuple(round(number, 4) for number in place) for place in places))

    def figure(self, values: dict) -> Figure:
        """draw(ax, **values), or draw(fig, **values) for several axes, on a new figure."""
        fig = Figure(figsize=self.size, layout="none")
        FigureCanvasAgg(fig)
        first = next(iter(inspect.signature(self.draw).parameters))
        self.draw(fig if first == "fig" else fig.add_subplot(), **values)
        if self.boxes and len(fig.axes) != len(self.boxes):
            raise ValueError(
                f"figure {self.name!r} has {len(self.boxes)} axes in its first state, {len(fig.axes)} for {values}."
            )
        for ax, box in zip(fig.axes, self.boxes, strict=bool(self.boxes)):
            ax.set_position(box)
        return fig

    def svg(self, values: dict) -> ElementTree.Element:
        """The tidied SVG tree of one state."""
        file = io.BytesIO()
        with _book_style(self.name), patch.object(matplotlib.text, "TextToPath", _one_typesetter):
            self.figure(values).savefig(file, format="svg", metadata={"Date": None})
        return tidy(ElementTree.fromstring(file.getvalue()))

    def png(self, values: dict) -> bytes:
        """One state as pixels, for viewers that show no SVG."""
        file = io.BytesIO()
        with _book_style(self.name):
            self.figure(values).savefig(file, format="png", metadata={"Software": None})
        return file.getvalue()


@cache
def _one_typesetter() -> TextToPath:
    """It remembers the formulas it has set; matplotlib makes a new one for each picture, which takes half the time."""
    return TextToPath()


@cache
def _style() -> RcParams:
    return rc_params_from_file(files("dlcore.live") / "book.mplstyle", use_default_template=False)


def _book_style(name: str):
    """The book's style; the figure's name salts the SVG's ids, so that no two figures of a page share one."""
    return rc_context({**_style(), "svg.hashsalt": name})


def markup(svg: ElementTree.Element) -> str:
    """The tree as text that stands both in an HTML page and in a file."""
    return ElementTree.tostring(svg, encoding="unicode")


def tidy(svg: ElementTree.Element) -> ElementTree.Element:
    """Matplotlib's SVG tree made small, stable and themeable; changes and returns its argument."""
    for child in [child for child in svg if _is_head_matter(child)]:
        svg.remove(child)
    svg.set("style", "stroke-linejoin: round; stroke-linecap: butt")
    for element in svg.iter():
        element.tag = _local(element.tag)
        element.attrib = {_local(key): value for key, value in element.attrib.items()}
        element.tail = None
        if element.text is not None and not element.text.strip():
            element.text = None
    used = _references(svg)
    for element in svg.iter():
        if element.get("id") not in used:
            element.attrib.pop("id", None)
        for key, value in element.attrib.items():
            element.set(key, _trimmed(key, value))
    for key in ("width", "height", "version"):  # the page's style sheet decides; viewBox keeps the proportions
        svg.attrib.pop(key, None)
    svg.set("xmlns", "http://www.w3.org/2000/svg")
    return svg


def _is_head_matter(child: ElementTree.Element) -> bool:
    """Metadata, and the style sheet that matplotlib puts first: its `*` would reach every SVG of the page."""
    return _local(child.tag) == "metadata" or (len(child) == 1 and _local(child[0].tag) == "style")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _references(svg: ElementTree.Element) -> set[str]:
    """The ids that something points to, as url(#id) or href="#id"."""
    pointers = (value for element in svg.iter() for value in element.attrib.values() if "#" in value)
    return {name for value in pointers for name in re.findall(r"#([\w-]+)", value)}


def _trimmed(key: str, value: str) -> str:
    if key in _GEOMETRY:
        return _LONG_NUMBER.sub(_hundredths, value).replace("\n", "").rstrip()
    if key == "style":
        value = _LONG_NUMBER.sub(_hundredths, _FONTS.sub("var(--dl-font, sans-serif)", value))
        return _COLOUR.sub(lambda match: f"var({THEME[match[0].lower()][0]}, {match[0].lower()})", value)
    return value


def _hundredths(number: re.Match) -> str:
    text = f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
