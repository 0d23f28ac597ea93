"""|came − expected| ≤ atol + rtol·|expected|, for numbers, arrays, text, and lists and dictionaries of them.

A `Mismatch` says what differs in words, so that a reply can be made of it. Kind and shape are looked at before
any value: an array of 10¹² elements is refused without being touched.
"""
import math
from dataclasses import dataclass

import numpy as np

from dlcore._describe import as_float, code, is_number, kind, named, show


@dataclass(frozen=True)
class Mismatch:
    """`reason` is "kind" (type or shape) or "value"; `came`, `expected` are words in markdown; `where` is a place."""
    reason: str
    came: str
    expected: str
    where: str = ""

    def inside(self, place):
        return Mismatch(self.reason, self.came, self.expected, place + self.where)


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
    if not is_number(came) or isinstance(came, complex) != isinstance(expected, complex):
        return _wrong_kind(came, expected)
    a, b = (complex(v) if isinstance(v, complex) else as_float(v) for v in (came, expected))
    if a == b or abs(a - b) <= atol + rtol * abs(b) < math.inf or (a != a and b != b):
        return None
    return Mismatch("value", code(show(came)), code(show(expected)))


def _texts(came, expected):
    if not isinstance(came, str):
        return _wrong_kind(came, expected)
    same = came.strip().casefold() == expected.strip().casefold()
    return None if same else Mismatch("value", code(show(came)), code(show(expected)))


def _arrays(came, expected, rtol, atol):
    if isinstance(came, (list, tuple)) and expected.ndim and len(came) == len(expected):
        came = _as_array(came)
    if not isinstance(came, np.ndarray) or came.shape != expected.shape:
        return _wrong_kind(came, expected)
    came = np.asarray(came)
    if came.dtype.kind not in "biuf":
        return Mismatch("kind", f"an array of dtype {code(str(came.dtype))}", "an array of numbers")
    bad = ~np.isclose(came.astype(float), expected.astype(float), rtol, atol, equal_nan=True)
    if not bad.any():
        return None
    index = tuple(int(i) for i in np.argwhere(bad)[0])
    return _numbers(came[index], expected[index], 0, 0).inside(f"[{', '.join(map(str, index))}]")


def _as_array(rows):
    try:
        return np.asarray(rows)
    except (ValueError, TypeError, OverflowError):  # ragged, or not numbers: reported as it is
        return rows


def _sequences(came, expected, rtol, atol):
    row = isinstance(came, (list, tuple)) or (isinstance(came, np.ndarray) and came.ndim)
    if not row or len(came) != len(expected):
        return _wrong_kind(came, expected)
    faults = (fault.inside(f"[{i}]") for i, (c, e) in enumerate(zip(came, expected, strict=True))
              if (fault := mismatch(c, e, rtol, atol)))
    return next(faults, None)


def _dictionaries(came, expected, rtol, atol):
    if not isinstance(came, dict) or came.keys() != expected.keys():
        return Mismatch("kind", _keys(came) if isinstance(came, dict) else named(came), _keys(expected))
    faults = (fault.inside(f"[{show(key)}]") for key in expected
              if (fault := mismatch(came[key], expected[key], rtol, atol)))
    return next(faults, None)


def _keys(dictionary):
    return f"a dictionary with the keys {code(show(list(dictionary)))}"
