"""A figure's controls: ipywidgets (or interact's abbreviations) read as finite lists of values.

A slider with a kernel and a slider on the static page must offer the same states, so both come from one
`Control`, which numbers the values of an ordinary ipywidgets control from 0 to n − 1.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import ipywidgets as widgets
from ipywidgets.widgets.widget_selection import _Selection


@dataclass(frozen=True)
class Control:
    """One knob of a figure: its label, the values it can take, how they read, and where it starts."""

    name: str
    kind: str  # "range", "select", "radio", "buttons", "checkbox" or "play"
    label: str
    values: tuple[Any, ...]
    texts: tuple[str, ...]
    start: int
    widget: widgets.Widget = field(compare=False, repr=False)
    interval: int = 0  # milliseconds between the steps of a "play"

    def index(self, value) -> int:
        """The number of the recorded value nearest to `value` (a slider's floats carry rounding noise)."""
        if value in self.values:
            return self.values.index(value)
        return min(range(len(self.values)), key=lambda i: abs(self.values[i] - value))

    def value(self):
        """The recorded value the widget stands at now."""
        return self.values[self.index(self.widget.value)]


def read_controls(controls: dict[str, Any]) -> list[Control]:
    """The figure's controls in order; abbreviations such as (0, 1, 0.1), a list or True are as for `interact`."""
    return [_read(name, given) for name, given in controls.items()]


def _read(name: str, given) -> Control:
    widget = given if isinstance(given, widgets.Widget) else _from_abbreviation(name, given)
    kind, values, texts = _choices(name, widget)
    if widget.value not in values and kind not in ("range", "play"):
        raise ValueError(f"control {name!r} starts at {widget.value!r}, which is not among its choices {values}.")
    control = Control(name, kind, widget.description or name, values, texts, 0, widget, getattr(widget, "interval", 0))
    start = control.index(widget.value)
    if kind in ("range", "play") and abs(values[start] - widget.value) > 1e-9 * max(1, abs(widget.value)):
        raise ValueError(
            f"control {name!r} starts at {widget.value!r}, but its steps are {values[0]!r}, {values[1]!r}, …, "
            f"{values[-1]!r}; let it start on one of them."
        )
    _check_travels(name, values)
    return Control(name, kind, control.label, values, texts, start, widget, control.interval)


def _check_travels(name: str, values: tuple) -> None:
    """States travel as JSON and must come back as they were."""
    try:
        same = json.loads(json.dumps(values, allow_nan=False)) == list(values)
    except (TypeError, ValueError):
        same = False
    if not same:
        raise ValueError(f"control {name!r} offers {values!r}; let its values be finite numbers, strings or booleans.")


def _from_abbreviation(name: str, given) -> widgets.Widget:
    widget = widgets.interactive.widget_from_abbrev(given)
    if widget is None:
        raise ValueError(
            f"control {name!r} is {given!r}; give an ipywidgets control, (min, max), (min, max, step), "
            "a list of choices, or True/False."
        )
    return widget


def _choices(name: str, widget) -> tuple[str, tuple, tuple[str, ...]]:
    """(kind, values, how each reads) of an ipywidgets control."""
    if isinstance(widget, (widgets.Checkbox, widgets.ToggleButton)):
        return "checkbox", (False, True), ("no", "yes")
    if isinstance(widget, _Selection):
        if not widget._options_full:
            raise ValueError(f"control {name!r} has no choices; give it some.")
        kinds = {widgets.Dropdown: "select", widgets.RadioButtons: "radio", widgets.ToggleButtons: "buttons"}
        texts, values = zip(*widget._options_full, strict=True)
        return kinds.get(type(widget), "range"), tuple(values), tuple(texts)
    if isinstance(widget, (widgets.FloatSlider, widgets.FloatLogSlider, widgets.IntSlider, widgets.Play)):
        values = _steps(widget)
        kind = "play" if isinstance(widget, widgets.Play) else "range"
        return kind, values, tuple(_read_out(v, getattr(widget, "readout_format", "d")) for v in values)
    raise ValueError(
        f"control {name!r} is a {type(widget).__name__}; a living figure knows FloatSlider, FloatLogSlider, IntSlider, "
        "SelectionSlider, Dropdown, RadioButtons, ToggleButtons, ToggleButton, Checkbox and Play."
    )


def _steps(widget) -> tuple:
    """min, min + step, …, max; for a logarithmic slider the powers of its base."""
    n = int((widget.max - widget.min) / widget.step + 1e-9) + 1
    points = [widget.min + i * widget.step for i in range(n)]
    if isinstance(widget, widgets.FloatLogSlider):
        return tuple(float(f"{widget.base**p:.6g}") for p in points)
    return tuple(round(p, 10) + 0 for p in points)  # 0.1 + 0.2 is to read 0.3; + 0 makes −0.0 plain 0


def _read_out(value, how: str) -> str:
    return format(value, how).replace("-", "−")
