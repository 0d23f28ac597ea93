"""|value − expected| ≤ tol: every number in the prose is computed, compared, and listed for the reader.

claim("σ′ is at most 0.25", sigmoid.derivative(z).max(), 0.25, tol=1e-12)
claim("XOR is never solved by one neuron", solved == 0)
claims()      # at the chapter's end: the table of all that was checked
"""

import html
import math
from dataclasses import dataclass

import numpy as np

from dlcore._describe import number
from dlcore.live.page import MIME, for_page

_checked = {}  # text → _Claim, in the order in which the claims were first made; one kernel, one chapter
_NOTHING = object()


class ClaimError(AssertionError):
    """A claim is false: the text, what was expected, what came, the tolerance."""


@dataclass(frozen=True)
class _Claim:
    text: str
    value: str
    expected: str
    tol: str

    def __str__(self):
        return f"{self.text}: {self.value}, expected {self.expected}" + (f" ± {self.tol}" if self.tol else "")


def claim(text, value, expected=_NOTHING, tol=0):
    """Check that |value − expected| ≤ tol for every element, or that a condition is true; remember it.

    `value` is a number, an array, text, or (without `expected`) a condition. A NaN fulfils no claim. A claim
    made again, as when a cell is run twice, replaces the first. Raises ClaimError if it is false.
    """
    if expected is _NOTHING:
        if not isinstance(value, (bool, np.bool_)):
            raise TypeError(f"{text!r}: a condition is True or False, {value!r} is neither; give `expected`")
        expected = True
    if not _holds(value, expected, tol):
        raise ClaimError(
            f"{text}: expected {_words(expected, tol)}, came {_words(value, tol)}"
            + (f", tolerance {number(tol)}" if tol else "")
        )
    _checked[text] = _Claim(text, _words(value, tol), _words(expected, tol), number(tol) if tol else "")


def _holds(value, expected, tol):
    if isinstance(expected, str):
        return isinstance(value, str) and value == expected
    value, expected = np.asarray(value), np.asarray(expected)
    if value.shape != expected.shape and expected.shape:
        return False
    if value.dtype == bool or expected.dtype == bool:
        return value.dtype == expected.dtype and bool(np.all(value == expected))
    with np.errstate(invalid="ignore"):  # inf − inf is a NaN, and fulfils nothing, unless the two are equal
        return bool(value.size and np.all((value == expected) | (np.abs(value - expected) <= tol)))


def _words(value, tol):
    """At most six significant digits, and none far below the tolerance: those differ between processors."""
    if isinstance(value, str):
        return value
    value = np.asarray(value)
    if value.size > 8:
        return f"{value.size} numbers, {_words(value.min(), tol)} to {_words(value.max(), tol)}"
    digits = 1 - math.floor(math.log10(tol)) if tol else 15
    words = [_word(v, digits) for v in value.ravel().tolist()]
    return words[0] if value.shape == () else f"[{', '.join(words)}]"


def _word(value, digits):
    if isinstance(value, bool):
        return str(value).lower()
    return number(round(value, digits) if isinstance(value, float) else value)


class Claims:
    """The table of checked claims."""

    caption = "What this chapter claims, recomputed each time the book is built"
    columns = ("Claim", "Computed", "Expected", "Tolerance")

    def __init__(self, rows):
        self.rows = tuple(rows)

    def __len__(self):
        return len(self.rows)

    def __repr__(self):
        return "\n".join([f"{self.caption}:", *map(str, self.rows)])

    def _repr_html_(self):
        return "".join(block.get("html") or html.escape(block["markdown"]) for block in self._blocks())

    def _blocks(self):
        """An HTML table whose claims, which may hold formulas, are markdown."""
        head = "".join(f'<th scope="col">{name}</th>' for name in self.columns)
        yield {
            "html": f'<table class="dlcore-claims"><caption>{self.caption}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>"
        }
        for row in self.rows:
            yield {"html": '<tr><th scope="row">'}
            yield {"markdown": row.text}
            cells = "".join(f"<td>{html.escape(cell)}</td>" for cell in (row.value, row.expected, row.tol))
            yield {"html": f"</th>{cells}</tr>"}
        yield {"html": "</tbody></table>"}

    def _repr_mimebundle_(self, include=None, exclude=None):
        bundle = {"text/plain": repr(self), "text/html": self._repr_html_()}
        if for_page():
            bundle[MIME] = {"blocks": list(self._blocks())}
        return bundle


def claims():
    """The table of all claims checked so far."""
    return Claims(_checked.values())
