"""`explore`: a draw function and its controls as one object that every kind of viewer can show."""

from __future__ import annotations

import base64
import inspect
import os
import re
import traceback
from collections.abc import Callable
from functools import cached_property
from html import escape
from pathlib import Path

import ipywidgets as widgets

from dlcore.live.controls import Control, read_controls
from dlcore.live.drawing import Scene, markup
from dlcore.live.markup import figure_html
from dlcore.live.page import MIME, VARIABLE, for_page
from dlcore.live.recording import recorded
from dlcore.live.widgets import view

_shown: dict[str, widgets.Widget] = {}  # by figure name: what a cell showed last, closed when it is run again


def explore(
    draw: Callable, *, name: str, alt: Callable, size: tuple[float, float] = (5.0, 3.5), caption=True, **controls
) -> LivingFigure:
    """A figure that answers its controls, with a kernel and without one.

    - draw: pure function of one state, draw(ax, **values), or draw(fig, **values) for several axes
    - name: letters, digits and hyphens, unique in the book: ids, addresses and recordings are made from it
    - alt: alt(**values) gives one sentence that says what the picture of that state shows
    - size: in inches; text is 10 points high, so 5 wide still reads well on a phone
    - caption: False where the sentence should be read aloud but not printed, because it would answer a question
    - controls: for each keyword of `draw` an ipywidgets control or interact's abbreviation: (min, max, step),
      a list of choices, True or False; none at all gives a still figure

    Raises ValueError where a name, a control or a start value cannot be used.
    """
    return LivingFigure(draw, name=name, alt=alt, size=size, controls=controls, caption=caption)


class LivingFigure:
    """What `explore` returns: shows itself as widgets, as a recorded page, or as the first state's picture."""

    def __init__(
        self, draw: Callable, *, name: str, alt: Callable, size: tuple[float, float], controls: dict, caption=True
    ):
        if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
            raise ValueError(f"a figure's name has lower-case letters, digits and hyphens; {name!r} has not.")
        taken = list(inspect.signature(draw).parameters)[1:]
        if sorted(taken) != sorted(controls):
            raise ValueError(
                f"figure {name!r}: draw takes {taken}, but the controls are {list(controls)}; name them alike."
            )
        self.alt, self.caption = alt, caption
        self.controls: list[Control] = read_controls(controls)
        self.scene = Scene(draw, name, size).laid_out(self.values)

    @property
    def values(self) -> dict:
        """The state the controls stand at."""
        return {control.name: control.value() for control in self.controls}

    def __repr__(self) -> str:
        return f"Figure {self.scene.name}: {self.alt(**self.values)}"

    def svg(self, values: dict | None = None) -> str:
        """The picture of a state (the present one unless told) as SVG text."""
        return markup(self.scene.svg(self.values if values is None else values))

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        bundle = {
            "text/plain": repr(self),
            "image/svg+xml": self._svg_for_notebooks(),
            "image/png": base64.b64encode(self.scene.png(self.values)).decode(),
        }
        if for_page():
            bundle[MIME] = self._page()
        elif self.controls:
            bundle = view(self._widgets) | bundle
        return bundle

    @property
    def _width(self) -> str:
        """In a notebook, where nothing but the picture itself keeps a small one small."""
        return f"{self.scene.size[0] * 1.25:.3g}in"

    def _svg_for_notebooks(self) -> str:
        picture = self.scene.svg(self.values)
        picture.set("width", self._width)
        picture.set("style", f"{picture.get('style')}; max-width: 100%")
        return markup(picture)

    def _page(self) -> dict:
        """The figure for a static page; its recording comes from the build's folder or is made now."""
        recording, report = b"", None
        if self.controls:
            recording, report = recorded(self.scene, self.alt, self.controls, Path(os.environ[VARIABLE]))
        html = figure_html(
            self.scene.name,
            self.svg(),
            self.alt(**self.values),
            self.controls,
            recording,
            self.scene.size[0],
            self.caption,
        )
        return {"blocks": [{"html": html}], "report": report}

    @cached_property
    def _widgets(self) -> widgets.Widget:
        """Controls, picture and sentence, redrawn in Python at every change; shown twice, they are still the same."""
        picture, sentence = widgets.HTML(), widgets.HTML()

        def redraw(_change=None):
            # ipywidgets would swallow an exception raised here; the reader is to see it
            try:
                picture.value, sentence.value = self.svg(), escape(self.alt(**self.values))
            except Exception:
                sentence.value = f"<pre>{escape(traceback.format_exc())}</pre>"

        for control in self.controls:
            control.widget.style.description_width = "initial"
            control.widget.observe(redraw, "value")
        redraw()
        picture.layout.max_width = self._width
        box = widgets.VBox([*(control.widget for control in self.controls), picture, sentence])
        _replace(self.scene.name, box)
        return box


def _replace(name: str, box: widgets.Widget) -> None:
    """Close what an earlier run of the same cell left: ipywidgets keeps every open widget for ever."""
    if name in _shown:
        _close(_shown[name])
    _shown[name] = box


def _close(widget: widgets.Widget) -> None:
    """A widget with its children, its layout and its style, each a widget of its own."""
    for part in (*getattr(widget, "children", ()), widget.layout, getattr(widget, "style", None)):
        if isinstance(part, widgets.DOMWidget):
            _close(part)
        elif part is not None:
            part.close()
    widget.close()
