"""A claim holds or raises; what is shown of it is short, the same everywhere, and readable with or without a page."""

from importlib import import_module

import numpy as np
import pytest

from dlcore.claiming import ClaimError, claim, claims
from dlcore.live.page import MIME, VARIABLE


@pytest.fixture(autouse=True)
def no_claims_before(monkeypatch):
    monkeypatch.setattr(import_module("dlcore.claiming"), "_checked", {})


@pytest.mark.parametrize(
    ("value", "expected", "tol"),
    [
        (0.25, 0.25, 0),
        (0.2504, 0.25, 5e-4),
        (np.array([1.0, 2.0]), [1, 2], 0),
        (np.array([0.9, 1.1]), 1, 0.11),
        (np.float32(0.5), 0.5, 0),
        (np.inf, np.inf, 0),
        (True, True, 0),
        ("AND", "AND", 0),
        (459, 459, 0),
    ],
)
def test_true_claims_are_remembered(value, expected, tol):
    assert claim("so it is", value, expected, tol) is None
    assert len(claims()) == 1


@pytest.mark.parametrize(
    ("value", "expected", "tol"),
    [
        (0.2506, 0.25, 5e-4),
        (0.25, 0.26, 0),
        (float("nan"), float("nan"), 1),
        (float("nan"), 0, 1e300),
        (np.array([1.0, np.nan]), 1, 0.5),
        (np.array([1.0, 2.0]), [1.0, 2.0, 3.0], 1),
        (np.ones((1, 2)), [1.0, 1.0], 0),
        (np.array([]), 1, 0),
        (-np.inf, np.inf, 0),
        (True, 1, 0),
        (1, True, 0),
        ("AND", "OR", 0),
        (1, "1", 0),
    ],
)
def test_false_claims_raise_and_are_not_listed(value, expected, tol):
    with pytest.raises(ClaimError):
        claim("so it is not", value, expected, tol)
    assert len(claims()) == 0


def test_a_false_claim_names_text_expected_came_and_tolerance():
    with pytest.raises(ClaimError) as caught:
        claim("σ′ is at most a quarter", 0.26, 0.25, tol=0.001)
    assert str(caught.value) == "σ′ is at most a quarter: expected 0.25, came 0.26, tolerance 0.001"


def test_a_condition_needs_no_expected_value():
    claim("XOR is never solved", np.bool_(True))
    with pytest.raises(ClaimError, match="expected true, came false"):
        claim("XOR is solved", np.arange(3).sum() == 7)
    with pytest.raises(TypeError, match="give `expected`"):
        claim("forgot what is expected", 0.25)
    with pytest.raises(TypeError, match="give `expected`"):
        claim("several at once", np.array([True, True]))


def test_a_cell_run_again_replaces_its_claims_and_keeps_their_order():
    claim("first", 1, 1)
    claim("second", 2, 2)
    claim("first", 3, 3)
    assert [(row.text, row.value) for row in claims().rows] == [("first", "3"), ("second", "2")]


@pytest.mark.parametrize(
    ("value", "expected", "tol", "shown"),
    [
        (1 / 3, 1 / 3, 0, "0.333333"),
        (1.1e-16, 0, 1e-9, "0"),  # another processor's last digits must not show
        (-1e-12, 0, 1e-9, "0"),
        (0.97341, 0.97, 0.01, "0.973"),
        (123456.789, 123456.789, 0, "123457"),
        (1234567, 1234567, 0, "1234567"),
        (np.array([1.0, 0.5]), [1, 0.5], 0, "[1, 0.5]"),
        (np.linspace(0, 1, 20), 0.5, 0.5, "20 numbers, 0 to 1"),
        (True, True, 0, "true"),
    ],
)
def test_values_are_shown_short_and_alike_on_every_processor(value, expected, tol, shown):
    claim("shown", value, expected, tol)
    assert claims().rows[0].value == shown


def test_the_table_reads_as_text_as_html_and_on_the_page(monkeypatch):
    claim("$|w| < 1$", 0.5, 0.5, tol=0.01)
    claim("a condition", True)
    table = claims()
    assert repr(table).splitlines()[1:] == ["$|w| < 1$: 0.5, expected 0.5 ± 0.01", "a condition: true, expected true"]
    html = table._repr_mimebundle_()["text/html"]
    assert html.count('scope="col"') == 4 and html.count('scope="row"') == 2 and "<caption>" in html
    assert "$|w| &lt; 1$" in html and "<td>0.5</td><td>0.5</td><td>0.01</td>" in html
    assert MIME not in table._repr_mimebundle_()
    monkeypatch.setenv(VARIABLE, "")
    blocks = table._repr_mimebundle_()[MIME]["blocks"]
    assert {"markdown": "$|w| < 1$"} in blocks
    assert "".join(block.get("html", "") for block in blocks).count("</tr>") == 3


def test_a_table_shown_keeps_its_claims_when_more_are_made():
    claim("first", 1, 1)
    table = claims()
    claim("second", 2, 2)
    assert len(table) == 1


def test_several_truths_are_told_one_by_one():
    claim("two truths", np.array([True, False]), [True, False])
    assert repr(claims()).endswith("two truths: [true, false], expected [true, false]")
