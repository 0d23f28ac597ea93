"""value → a few words: how a value is written for a reader.

Short, at most six significant digits, the same on every processor, and without asking an unknown object for
its own `repr`, which may be long, slow or broken.
"""

import math
import numbers
import types
from itertools import islice

import numpy as np

ITEMS = 6  # of a list or dictionary shown before "…"
DEPTH = 4  # of nested lists shown
LETTERS = 60
FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType)


def number(value, digits=6):
    """0.123456789 → "0.123457", 2.0 → "2", −0.0 → "0"."""
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, numbers.Integral):
        return str(int(value)) if abs(int(value)) < 10**15 else number(as_float(value), digits)
    if isinstance(value, (complex, np.complexfloating)):
        return f"{complex(value):.{digits}g}"
    value = as_float(value)
    return "0" if value == 0 else f"{value:.{digits}g}"


def as_float(value):
    """The float nearest to `value`; an integer too large for one becomes infinite."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def is_number(value):
    """A scalar, or an array without axes."""
    return isinstance(value, (numbers.Number, np.bool_)) or (
        isinstance(value, np.ndarray) and value.shape == () and value.dtype.kind in "biufc"
    )


def show(value, depth=DEPTH):
    """The value as Python would write it, shortened: `[1, 2, 3, …]`, `'text'`, `array of shape (100, 64)`."""
    if is_number(value):
        return number(value.item() if isinstance(value, np.ndarray) else value)
    if value is None or value is ...:
        return "None" if value is None else "..."
    if isinstance(value, str):
        return repr(str(value[:LETTERS]) + ("…" if len(value) > LETTERS else ""))
    if isinstance(value, np.ndarray):
        return _show_array(np.asarray(value), depth)
    if isinstance(value, (list, tuple, dict)):
        return _show_items(value, depth) if depth else "…"
    return kind(value).replace("`", "")


def _show_array(array, depth):
    if array.size > ITEMS * ITEMS or max(array.shape, default=0) > ITEMS or array.dtype.kind == "O":
        return f"array of shape {array.shape}"
    return show(array.tolist(), depth) if array.size else f"empty array of shape {array.shape}"


def _show_items(value, depth):
    if isinstance(value, dict):
        items = [f"{show(key, depth - 1)}: {show(value[key], depth - 1)}" for key in islice(value, ITEMS)]
    else:
        items = [show(item, depth - 1) for item in value[:ITEMS]]
    items += ["…"] * (len(value) > ITEMS)
    opening, closing = ("{", "}") if isinstance(value, dict) else "()" if isinstance(value, tuple) else "[]"
    comma = "," if isinstance(value, tuple) and len(value) == 1 else ""
    return opening + ", ".join(items) + comma + closing


def kind(value):
    """What sort of thing it is, with its article: "a number", "an array of shape (3,)", "a function"."""
    if value is None:
        return "nothing (`None`)"
    if isinstance(value, (bool, np.bool_)):
        return "`True` or `False`"
    if is_number(value):
        return "a complex number" if np.iscomplexobj(value) else "a number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, np.ndarray):
        return f"an array of shape {np.asarray(value).shape}"
    if isinstance(value, (list, tuple, dict)):
        name = "list" if isinstance(value, list) else "tuple" if isinstance(value, tuple) else "dictionary"
        return f"a {name} of {len(value)} item{'s' * (len(value) != 1)}"
    if isinstance(value, type):
        return f"the class {code(value.__name__)}"
    return "a function" if isinstance(value, FUNCTIONS) else f"an object of type {code(type(value).__name__)}"


def named(value):
    """The kind, with the value if it is short: "the text `'0.5'`", "the number `3`", "a list of 2 items"."""
    if isinstance(value, str):
        return f"the text {code(show(value))}"
    if isinstance(value, (bool, np.bool_)):
        return code(show(value))
    return f"the number {code(show(value))}" if is_number(value) else kind(value)


def code(text):
    """The text as code in markdown: nothing in it can end the code or start a formula."""
    return "`" + " ".join(text.replace("`", "ˋ").split()) + "`"
