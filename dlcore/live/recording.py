"""A figure's every state, recorded: the first as a picture, each other as its difference to the first.

A recording is what the static page plays back (book/_static/live.js):

    controls   the controls' values, texts and kinds
    start      the number of the first state (the one whose picture is in the page)
    edits      every distinct change to the first picture, once:
                 [i, {attribute: value or null}]   of the i-th element, counted in document order
                 [i, "text"]                       its text
                 [i, from, to, "markup"]           its children from … to − 1 replaced
    states     for each state, row-major over the controls, the numbers of its edits
    sentences  for each state, what the picture shows
"""

from __future__ import annotations

import gc
import gzip
import hashlib
import itertools
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import numpy

import dlcore
from dlcore.live.controls import Control
from dlcore.live.drawing import Scene, markup


def record(scene: Scene, alt: Callable, controls: list[Control]) -> tuple[dict, float]:
    """(the recording, its processor time in seconds): every state of the grid is drawn.

    An exception in any of them names the state and goes on up.
    """
    began = time.process_time()  # unlike the clock, it hardly grows while the machine is busy
    states = [
        dict(zip((c.name for c in controls), v, strict=True)) for v in itertools.product(*(c.values for c in controls))
    ]
    start = 0
    for control in controls:
        start = start * len(control.values) + control.start
    first = scene.svg(states[start])
    numbered: dict[str, int] = {}  # edit as JSON -> its number
    with _seldom_collecting():
        played = [
            [numbered.setdefault(edit, len(numbered)) for edit in _state_edits(scene, first, values)]
            for values in states
        ]
    recording = {
        "controls": [{"name": c.name, "kind": c.kind, "values": c.values, "texts": c.texts} for c in controls],
        "start": start,
        "edits": [json.loads(edit) for edit in numbered],
        "states": played,
        "sentences": [alt(**values) for values in states],
    }
    return recording, time.process_time() - began


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Python looks for garbage after every 700 new objects, and a picture has thousands: a quarter of the drawing."""
    usual = gc.get_threshold()
    gc.freeze()  # what is there already need not be looked at again
    gc.set_threshold(200_000)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def _state_edits(scene: Scene, first: ElementTree.Element, values: dict) -> list[str]:
    try:
        return [json.dumps(edit) for edit in difference(first, scene.svg(values))]
    except Exception as error:
        raise RuntimeError(f"figure {scene.name!r} cannot draw its state {values}: {error!r}") from error


def difference(first: ElementTree.Element, other: ElementTree.Element) -> list[list]:
    """The edits that turn the picture `first` into the picture `other`."""
    number = {element: i for i, element in enumerate(first.iter())}
    edits: list[list] = []
    _compare(first, other, number, edits)
    return edits


def _compare(a: ElementTree.Element, b: ElementTree.Element, number: dict, edits: list[list]) -> None:
    changed = {key: b.get(key) for key in sorted({*a.keys(), *b.keys()}) if a.get(key) != b.get(key)}
    if changed:
        edits.append([number[a], changed])
    if a.text != b.text:
        edits.append([number[a], b.text or ""])
    if len(a) == len(b) and all(x.tag == y.tag for x, y in zip(a, b, strict=True)):
        pairs = zip(a, b, strict=True)
    else:
        head, tail = _common_ends(list(a), list(b))
        middle = "".join(markup(child) for child in b[head : len(b) - tail])
        edits.append([number[a], head, len(a) - tail, middle])
        pairs = zip([*a[:head], *a[len(a) - tail :]], [*b[:head], *b[len(b) - tail :]], strict=True)
    for x, y in pairs:
        _compare(x, y, number, edits)


def _common_ends(a: list[ElementTree.Element], b: list[ElementTree.Element]) -> tuple[int, int]:
    """How many children both lists share at the front and at the back, alike in shape (not in numbers)."""
    shapes_a, shapes_b = [_shape(x) for x in a], [_shape(x) for x in b]
    most = min(len(a), len(b))
    head = next((i for i in range(most) if shapes_a[i] != shapes_b[i]), most)
    tail = next((i for i in range(most - head) if shapes_a[-1 - i] != shapes_b[-1 - i]), most - head)
    return head, tail


def _shape(element: ElementTree.Element) -> str:
    return f"<{element.tag} {len(element)} {element.get('style')}>" + "".join(_shape(child) for child in element)


def recorded(scene: Scene, alt: Callable, controls: list[Control], cache: Path) -> tuple[bytes, dict]:
    """(the recording, compressed; its figures for the report), from `cache` if nothing it rests on has changed.

    What a function written in a notebook rests on, nobody knows: such a figure is recorded each time.
    """
    file = cache / f"{scene.name}-{_fingerprint(scene, alt, controls)}.json.gz"
    report = file.with_suffix("").with_suffix(".report.json")
    if not (file.exists() and _has_a_name(scene.draw) and _has_a_name(alt)):
        recording, seconds = record(scene, alt, controls)
        # mtime=0: the same recording gives the same bytes at any time
        packed = gzip.compress(json.dumps(recording, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0)
        cache.mkdir(parents=True, exist_ok=True)
        took = {
            "seconds": round(seconds, 2),
            "states": len(recording["states"]),
            "bytes": len(packed),
        }
        _write(report, json.dumps({"name": scene.name, **took}).encode())
        _write(file, packed)
    return file.read_bytes(), json.loads(report.read_text())


def _write(file: Path, content: bytes) -> None:
    """All or nothing, so that an interrupted build leaves no half recording behind."""
    partial = file.with_name(f"{file.name}.{os.getpid()}")
    partial.write_bytes(content)
    partial.replace(file)


def _has_a_name(function: Callable) -> bool:
    """Will a later process find this very function by its module and name?"""
    module, name = getattr(function, "__module__", "__main__"), getattr(function, "__qualname__", "<unnamed>")
    return module != "__main__" and "<" not in name


def _fingerprint(scene: Scene, alt: Callable, controls: list[Control]) -> str:
    """A hash of all a recording depends on: dlcore's sources and data, the libraries, the controls and the size."""
    root = Path(dlcore.__file__).parent
    parts = [
        matplotlib.__version__,
        numpy.__version__,
        *(f"{f.__module__}.{f.__qualname__}" for f in (scene.draw, alt) if _has_a_name(f)),
        repr((scene.size, scene.boxes)),
    ]
    parts += [repr(control) for control in controls]
    digest = hashlib.sha256("\n".join(parts).encode())
    for file in sorted(p for p in root.rglob("*") if p.suffix in (".py", ".npz", ".mplstyle")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
