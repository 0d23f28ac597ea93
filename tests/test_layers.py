"""Dense layers and initializers: worked by hand, and their errors."""

import numpy as np
import pytest

from dlcore import INITIALIZERS, Dense, Dropout, values, xavier
from dlcore.initializers import he, normal


def rng(seed=0):
    return np.random.default_rng(seed)


def dense_by_hand():
    layer = Dense(2, 3, init="zeros")
    layer.params["W"][...] = [[1, 2, 3], [4, 5, 6]]
    layer.params["b"][...] = [0.5, 0, -1]
    return layer


def test_forward_and_backward_worked_by_hand():
    layer = dense_by_hand()
    x = np.array([[1.0, 1.0], [2.0, 0.0]])
    assert layer.forward(x, train=True).tolist() == [[5.5, 7, 8], [2.5, 4, 5]]
    dx = layer.backward(np.array([[1.0, 0, 0], [0, 1.0, -1.0]]))
    assert layer.grads["W"].tolist() == [[1, 2, -2], [1, 0, 0]]
    assert layer.grads["b"].tolist() == [1, 1, -1]
    assert dx.tolist() == [[1, 4], [-1, -1]]


def test_formula_runs_on_graph_values():
    layer, x = Dense(3, 2, rng=rng()), rng(1).standard_normal((4, 3))
    dout = rng(2).standard_normal((4, 2))
    layer.forward(x, train=True)
    dx = layer.backward(dout)
    graph = Dense(3, 2, rng=rng())
    graph.params = {name: values(p) for name, p in layer.params.items()}
    nodes = values(x)
    (dout * graph.forward(nodes)).sum().backward()
    for name, p in graph.params.items():
        assert np.vectorize(lambda node: node.grad)(p) == pytest.approx(layer.grads[name], abs=1e-14)
    assert np.vectorize(lambda node: node.grad)(nodes) == pytest.approx(dx, abs=1e-14)


def test_same_seed_same_weights():
    assert np.array_equal(Dense(5, 4, rng=rng(1)).params["W"], Dense(5, 4, rng=rng(1)).params["W"])
    assert not np.array_equal(Dense(5, 4, rng=rng(1)).params["W"], Dense(5, 4, rng=rng(2)).params["W"])


@pytest.mark.parametrize("init, deviation", [("he", 0.1), ("xavier", np.sqrt(2 / 1000)), ("normal", 0.01)])
def test_initial_weights_have_their_deviation(init, deviation):
    W = INITIALIZERS[init]((200, 800), rng())
    assert W.std() == pytest.approx(deviation, rel=0.01) and W.mean() == pytest.approx(0, abs=deviation / 100)
    assert np.array_equal(W, {"he": he, "xavier": xavier, "normal": normal}[init]((200, 800), rng()))


def test_initial_weights_without_chance():
    assert not Dense(3, 2, init="zeros").params["W"].any()
    assert (Dense(3, 2, init="ones").params["W"] == 1).all()
    assert not Dense(3, 2, rng=rng()).params["b"].any()
    layer = Dense(3, 2, init=lambda shape, rng: 0.5 * he(shape, rng), rng=rng())
    assert np.array_equal(layer.params["W"], 0.5 * he((3, 2), rng()))


def test_float32_by_choice():
    layer = Dense(3, 2, rng=rng(), dtype=np.float32)
    x = np.ones((4, 3))
    assert layer.forward(x, train=True).dtype == layer.backward(np.ones((4, 2))).dtype == np.float32
    assert layer.grads["W"].dtype == layer.grads["b"].dtype == np.float32
    assert layer.forward([[1, 2, 3]]).dtype == np.float32


def test_repr():
    assert repr(Dense(3, 2, rng=rng())) == "Dense(3, 2)"
    assert repr(Dropout(0.25, rng=rng())) == "Dropout(0.25)"


@pytest.mark.parametrize("init", ["he", "xavier", "normal"])
def test_random_weights_require_a_generator(init):
    with pytest.raises(ValueError, match=r"rng to be a numpy Generator, got None: pass rng=np.random.default_rng"):
        Dense(2, 3, init=init)


def test_errors():
    layer = Dense(2, 3, rng=rng())
    for x in (np.ones((4, 3)), np.ones(2), np.ones((1, 4, 2)), np.ones((0, 2)), 1.0):
        with pytest.raises(ValueError, match=r"shape \(N, 2\) with N ≥ 1 for Dense\(2, 3\), got shape"):
            layer.forward(x)
    for bad in (np.nan, np.inf):
        with pytest.raises(ValueError, match=r"finite inputs for Dense\(2, 3\), got NaN or inf"):
            layer.forward([[bad, 1.0]])
    with pytest.raises(ValueError, match="real numbers, got dtype"):
        layer.forward([["a", "b"]])
    with pytest.raises(ValueError, match="n_in to be a whole number of at least 1, got 0"):
        Dense(0, 3, rng=rng())
    with pytest.raises(ValueError, match=r"n_out to be a whole number of at least 1, got 2.5"):
        Dense(2, 2.5, rng=rng())
    with pytest.raises(ValueError, match="n_out to be a whole number of at least 1, got True"):
        Dense(2, True, rng=rng())
    with pytest.raises(ValueError, match=r"init to be one of he, xavier, .* or a function, got 'hee'"):
        Dense(2, 3, rng=rng(), init="hee")
    with pytest.raises(ValueError, match=r"weights of shape \(2, 3\), got \(3, 2\)"):
        Dense(2, 3, rng=rng(), init=lambda shape, rng: np.ones((3, 2)))
    with pytest.raises(ValueError, match="float64 or float32, got int64"):
        Dense(2, 3, rng=rng(), dtype=int)


def test_large_finite_inputs_are_no_error():
    layer = Dense(2, 1, init="zeros")
    with np.errstate(over="ignore"):
        assert layer.forward([[1e308, 1e308]]).tolist() == [[0]]
