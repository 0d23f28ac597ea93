"""The HTML of a figure on the static page: native controls, the first state's picture, its sentence, the recording.

Without scripts the picture and its sentence stand there and the controls stay hidden; book/_static/live.js
unpacks the recording and shows them. `data-state` always names the state whose picture is shown.
"""

from __future__ import annotations

import base64
import json
from html import escape

from dlcore.live.controls import Control

REM_PER_INCH = 7.6  # 5 inches fill the text's width, and 10 points read like the text around them


def figure_html(
    name: str, svg: str, sentence: str, controls: list[Control], recording: bytes, width: float, caption: bool
) -> str:
    """One <figure class="dlcore-live">; without controls a still picture in the same dress."""
    state = json.dumps({c.name: c.values[c.start] for c in controls}, ensure_ascii=False)
    parts = [
        f'<figure class="dlcore-live" id="figure-{name}" data-name="{name}" data-state="{escape(state)}">',
        f'<div class="dl-picture" role="img" aria-label="{escape(sentence)}" '
        f'style="max-width: {width * REM_PER_INCH:.4g}rem">{svg}</div>',
    ]
    if controls:
        parts += [
            f'<form class="dl-controls" aria-label="Controls of {name}" hidden>',
            *(_control(name, control) for control in controls),
            '<button type="reset" class="dl-button">Start again</button></form>',
        ]
    if caption or controls:  # a still figure's sentence is its picture's label already
        parts += [f'<figcaption class="dl-sentence" aria-live="polite">{escape(sentence)}</figcaption>']
    if controls:
        parts += [f'<script type="text/plain" class="dl-recording">{base64.b64encode(recording).decode()}</script>']
    return "".join([*parts, "</figure>"])


def _control(figure: str, control: Control) -> str:
    return {"range": _range, "play": _range, "select": _select, "checkbox": _checkbox}.get(control.kind, _radios)(
        f"{figure}-{control.name}", control
    )


def _range(id_: str, control: Control) -> str:
    text = escape(control.texts[control.start])
    play = ""
    if control.kind == "play":
        play = f'<button type="button" class="dl-button dl-play" data-interval="{control.interval}">Play</button>'
    return (
        f'<div class="dl-control"><label for="{id_}">{escape(control.label)}</label>{play}'
        f'<input type="range" id="{id_}" name="{control.name}" min="0" max="{len(control.values) - 1}" step="1" '
        f'value="{control.start}" aria-valuetext="{text}">'
        f'<output for="{id_}">{text}</output></div>'
    )


def _select(id_: str, control: Control) -> str:
    options = "".join(
        f'<option value="{i}"{" selected" if i == control.start else ""}>{escape(text)}</option>'
        for i, text in enumerate(control.texts)
    )
    return (
        f'<div class="dl-control"><label for="{id_}">{escape(control.label)}</label>'
        f'<select id="{id_}" name="{control.name}">{options}</select></div>'
    )


def _checkbox(id_: str, control: Control) -> str:
    checked = " checked" if control.start else ""
    return (
        f'<div class="dl-control"><input type="checkbox" id="{id_}" name="{control.name}"{checked}>'
        f'<label for="{id_}">{escape(control.label)}</label></div>'
    )


def _radios(id_: str, control: Control) -> str:
    choices = "".join(
        f'<label><input type="radio" name="{control.name}" value="{i}"{" checked" if i == control.start else ""}>'
        f"<span>{escape(text)}</span></label>"
        for i, text in enumerate(control.texts)
    )
    return (
        f'<fieldset class="dl-control dl-{control.kind}"><legend>{escape(control.label)}</legend>{choices}</fieldset>'
    )
