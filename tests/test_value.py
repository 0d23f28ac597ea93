"""The computation graph: derivatives by hand and by differences, shared nodes, long chains, numpy, the drawing."""

import math

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcore import Value, values

numbers = st.floats(-5, 5).filter(lambda x: abs(x) > 0.1)


def test_apples_and_oranges_with_tax():
    """Saito, Deep Learning from Scratch, section 5.4: 2 apples at 100, 3 oranges at 150, 10 % tax, 715 to pay."""
    apple, apples, orange, oranges, tax = map(Value, (100, 2, 150, 3, 1.1))
    price = (apple * apples + orange * oranges) * tax
    price.backward()
    assert price.data == pytest.approx(715)
    expected = [2.2, 110, 3.3, 165, 650]
    assert [v.grad for v in (apple, apples, orange, oranges, tax)] == pytest.approx(expected)


OPERATIONS = [
    (lambda a, b: a + b, lambda a, b: (1, 1)),
    (lambda a, b: a - b, lambda a, b: (1, -1)),
    (lambda a, b: a * b, lambda a, b: (b, a)),
    (lambda a, b: a / b, lambda a, b: (1 / b, -a / b**2)),
    (lambda a, b: 2 - a + 3 * b, lambda a, b: (-1, 3)),
    (lambda a, b: 2 / a + b / 4, lambda a, b: (-2 / a**2, 0.25)),
    (lambda a, b: 1 + a**3 - -b, lambda a, b: (3 * a**2, 1)),
    (lambda a, b: np.exp(a) * np.tanh(b), lambda a, b: (math.exp(a) * math.tanh(b), math.exp(a) / math.cosh(b) ** 2)),
    (lambda a, b: np.log(a * a) + np.sqrt(b * b), lambda a, b: (2 / a, math.copysign(1, b))),
    (lambda a, b: abs(a) * b**0, lambda a, b: (math.copysign(1, a), 0)),
]


@pytest.mark.parametrize("f, slopes", OPERATIONS)
@given(a=numbers, b=numbers)
def test_every_operation_has_its_derivatives(f, slopes, a, b):
    x, y = Value(a), Value(b)
    result = f(x, y)
    result.backward()
    assert result.data == pytest.approx(f(a, b))
    assert (x.grad, y.grad) == pytest.approx(slopes(a, b), rel=1e-6)


def test_a_shared_node_adds_what_comes_back():
    x = Value(3.0)
    square = x * x
    y = square + square * x  # x² + x³
    y.backward()
    assert x.grad == 2 * 3 + 3 * 3**2
    assert square.grad == 1 + 3


def test_many_paths_cost_no_more_than_their_nodes():
    x = y = Value(1.0)
    for _ in range(200):
        y = y + y  # 2²⁰⁰ paths
    y.backward()
    assert x.grad == 2.0**200


def test_a_long_chain_is_no_problem():
    x = y = Value(1.0)
    for _ in range(50_000):
        y = y + 1.0
    y.backward()
    assert x.grad == 1 and len(y.graph()) == 100_001


def test_backward_overwrites():
    x = Value(2.0)
    y = x * x
    y.backward()
    y.backward()
    assert x.grad == 4
    (3 * x).backward()
    assert x.grad == 3


def test_graph_puts_parents_first():
    a, b = Value(1.0), Value(2.0)
    c = a * b
    d = c + a
    order = d.graph()
    assert len(order) == 4 and order[-1] is d
    assert order.index(a) < order.index(c) > order.index(b)


def test_comparisons_look_at_data():
    a, b = Value(1.0), Value(2.0)
    assert a < b and a <= b and b > a and b >= a and not a > b
    assert a < 2 and a <= 1 and a > 0 and a >= 1 and a > 0
    assert a != Value(1.0) and len({a, Value(1.0)}) == 2  # two nodes, even with one number


def test_numpy_works_on_arrays_of_values():
    W = values([[1.0, 2.0], [3.0, 4.0]])
    assert W.shape == (2, 2) and W[1, 0].data == 3
    x = np.array([5.0, 6.0])
    (x @ W).sum().backward()
    assert [w.grad for w in W.ravel()] == [5, 5, 6, 6]
    assert isinstance(Value(2.0) * x, np.ndarray) and (Value(2.0) * x)[1].data == 12
    assert (Value(2.0) + x)[0].data == 7 and (Value(10.0) / x)[0].data == 2
    assert (x / Value(2.0))[0].data == 2.5 and (Value(2.0) - x)[0].data == -3 and (Value(2.0) / x)[0].data == 0.4
    assert isinstance(np.float64(2.0) * Value(3.0), Value)
    assert values(1.5)[()].data == 1.5


def test_abs_has_slope_0_at_its_kink():
    x = Value(0.0)
    abs(x).backward()
    assert x.grad == 0


def test_repr():
    x = Value(2, name="x")
    (x * x).backward()
    assert repr(x) == "Value(2, grad=4, name='x')" and repr(Value(0.5)) == "Value(0.5, grad=0)"


def test_errors():
    with pytest.raises(ValueError, match="positive number for log, got -1"):
        Value(-1).log()
    with pytest.raises(ValueError, match="positive number for sqrt, got 0"):
        Value(0).sqrt()
    with pytest.raises(TypeError, match="fixed number as exponent"):
        Value(2) ** Value(3)
    with pytest.raises(TypeError):
        Value(None)
    with pytest.raises(ZeroDivisionError):
        Value(1) / Value(0)


def texts(ax):
    return [text.get_text() for text in ax.texts if text.get_text()]


def test_draw_shows_every_node_and_every_arrow():
    x, w = Value(3.0, name="x"), Value(-2.0, name="w")
    y = x * w + x
    y.backward()
    ax = y.draw()
    assert set(texts(ax)) == {"x\n3\ngrad -1", "w\n-2\ngrad 3", "×\n-6\ngrad 1", "+\n-3\ngrad 1"}
    assert sum(not text.get_text() for text in ax.texts) == 4  # x→×, w→×, ×→+, x→+
    plt.close("all")


def test_draw_goes_from_left_to_right_without_overlaps_onto_given_axes():
    x = Value(1.0)
    y = np.exp(x + 1) * x
    _, ax = plt.subplots()
    assert y.draw(ax) is ax
    places = [text.get_position() for text in ax.texts if text.get_text()]
    assert len(set(places)) == len(y.graph()) == 5
    assert max(places)[0] == 3 and min(places)[0] == 0
    plt.close("all")
