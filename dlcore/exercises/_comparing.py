"""|came − expected| ≤ atol + rtol·|expected|, for numbers, arrays, text, and lists and dictionaries of them.

A `Mismatch` says in words what differs, so that a reply can be made of it. Kind and shape are looked at
first, and never further than `expected` goes: an array of 10¹² elements is refused without being touched.
"""

import math
from dataclasses import dataclass

import numpy as np

from dlcore._describe import LETTERS, as_float, code, is_number, kind, named, show


@dataclass(frozen=True)
class Mismatch:
    """`reason` is "kind" (type or shape) or "value"; `came` and `expected` are words, `where` is a place."""

    reason: str
    came: str
    expected: str
    where: str = ""

    def inside(self, place):
        return Mismatch(self.reason, self.came, self.expected, place + self.where)

    def in_full(self, came, expected):
        """The same, but with the whole results where they are short enough to be taken in at a glance."""
        words = show(came), show(expected)
        short = all(len(text) <= LETTERS and "…" not in text and "shape" not in text for text in words)
        return Mismatch(self.reason, *map(code, words)) if self.where and short else self


def mismatch(came, expected, rtol, atol):
    """None where the two agree, else the first Mismatch."""
    if is_number(expected):
        return _numbers(came, expected, rtol, atol)
    if isinstance(expected, str):
        return _texts(came, expected)
    if isinstance(expected, np.ndarray):
        return _arrays(came, expected, rtol, atol)
    if isinstance(expected, (list, tuple)):
        return _sequences(came, expected, rtol, atol)
    if isinstance(expected, dict):
        return _dictionaries(came, expected, rtol, atol)
    same = came is expected or bool(came == expected)
    return None if same else Mismatch("value", kind(came), kind(expected))


def _wrong_kind(came, expected):
    return Mismatch("kind", named(came), kind(expected))


def _numbers(came, expected, rtol, atol):
    if not is_number(came) or np.iscomplexobj(came) != np.iscomplexobj(expected):
        return _wrong_kind(came, expected)
    a, b = (complex(v) if np.iscomplexobj(v) else as_float(v) for v in (came, expected))
    if a == b or abs(a - b) <= atol + rtol * abs(b) < math.inf or (a != a and b != b):
        return None
    return Mismatch("value", code(show(came)), code(show(expected)))


def _texts(came, expected):
    if not isinstance(came, str):
        return _wrong_kind(came, expected)
    same = came.strip().casefold() == expected.strip().casefold()
    return None if same else Mismatch("value", code(show(came)), code(show(expected)))


def _arrays(came, expected, rtol, atol):
    if not _fits(came, expected.shape):
        return _wrong_kind(came, expected)
    came = np.asarray(came)
    if came.dtype.kind not in "biuf":
        return Mismatch("kind", f"an array of dtype {code(str(came.dtype))}", "an array of numbers")
    bad = ~np.isclose(came.astype(float), expected.astype(float), rtol, atol, equal_nan=True)
    if not bad.any():
        return None
    index = tuple(int(i) for i in np.argwhere(bad)[0])
    place = f"[{', '.join(map(str, index))}]"
    return Mismatch("value", code(show(came[index])), code(show(expected[index])), place)


def _fits(rows, shape):
    """Is it an array, or nested lists of numbers, of this shape? (numpy hangs on a list that holds itself.)"""
    if isinstance(rows, np.ndarray):
        return rows.shape == shape
    if not shape:
        return is_number(rows)
    fits = isinstance(rows, (list, tuple)) and len(rows) == shape[0]
    return fits and all(_fits(row, shape[1:]) for row in rows)


def _sequences(came, expected, rtol, atol):
    row = isinstance(came, (list, tuple)) or (isinstance(came, np.ndarray) and came.ndim)
    if not row or len(came) != len(expected):
        return _wrong_kind(came, expected)
    faults = (
        fault.inside(f"[{i}]")
        for i, (c, e) in enumerate(zip(came, expected, strict=True))
        if (fault := mismatch(c, e, rtol, atol))
    )
    return next(faults, None)


def _dictionaries(came, expected, rtol, atol):
    if not isinstance(came, dict) or came.keys() != expected.keys():
        return Mismatch("kind", _keys(came) if isinstance(came, dict) else named(came), _keys(expected))
    faults = (
        fault.inside(f"[{show(key)}]") for key in expected if (fault := mismatch(came[key], expected[key], rtol, atol))
    )
    return next(faults, None)


def _keys(dictionary):
    return f"a dictionary with the keys {code(show(list(dictionary)))}"
