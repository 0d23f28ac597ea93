"""Numbers the course tells its readers, found again with the library."""

from itertools import pairwise

import numpy as np
import pytest

from dlcore import (
    SGD,
    Adam,
    Dense,
    Perceptron,
    Sequential,
    accuracy,
    digits,
    fit,
    gate,
    he,
    mse,
    relu,
    sigmoid,
    sigmoid_cross_entropy,
    softmax_cross_entropy,
    spirals,
    stratified_split,
    tanh,
)


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("lr", [0.001, 1.0, 1000.0])
@pytest.mark.parametrize("name, mistakes", [("AND", 10), ("NAND", 11), ("OR", 4)])
def test_from_zero_weights_the_rate_changes_no_mistake_and_no_line(name, mistakes, lr):
    p, one = Perceptron.zeros(2), Perceptron.zeros(2)
    one.fit(*gate(name))
    assert sum(p.fit(*gate(name), lr=lr)) == mistakes
    assert np.append(p.w, p.b) / lr == pytest.approx(np.append(one.w, one.b))


def test_one_sigmoid_neuron_ends_at_one_half_on_xor():
    X, t = gate("XOR")
    net = Sequential([Dense(2, 1, rng=rng()), sigmoid])
    fit(net, mse, SGD(1.0), X, t[:, np.newaxis], epochs=3000, batch_size=4, rng=rng())
    assert net.forward(X) == pytest.approx(np.full((4, 1), 0.5), abs=1e-3)


@pytest.mark.parametrize("w, b, first, last", [(0.6, 0.9, 0.82, 0.09), (2.0, 2.0, 0.98, 0.20)])
def test_a_badly_wrong_neuron_learns_slowly(w, b, first, last):
    """Nielsen, Neural Networks and Deep Learning, chapter 3: loss ½·(a − 0)², η = 0.15, 300 steps."""
    neuron = Dense(1, 1, init="zeros")
    neuron.params["W"][...], neuron.params["b"][...] = w, b
    net = Sequential([neuron, sigmoid])
    assert net.forward([[1.0]]).item() == pytest.approx(first, abs=0.005)
    fit(net, mse, SGD(0.15 / 2), [[1.0]], [[0.0]], epochs=300, batch_size=1, rng=rng())  # mse has no ½
    assert net.forward([[1.0]]).item() == pytest.approx(last, abs=0.005)


def test_where_squared_loss_and_cross_entropy_are_steepest():
    z = np.linspace(-8, 8, 1601)[:, np.newaxis]
    a = sigmoid(z)
    squared = a * sigmoid.derivative(z)  # ∂½a²/∂z
    assert a[squared.argmax()].item() == pytest.approx(2 / 3, abs=0.002)
    assert np.interp(0.99, a[:, 0], squared[:, 0]) == pytest.approx(0.0098, abs=5e-5)
    crossed = sigmoid_cross_entropy.gradient(z, np.zeros_like(z))
    assert crossed.argmax() == len(z) - 1


@pytest.mark.parametrize("lr, steps", [(0.001, 459), (0.199, 459), (0.1, 1), (0.2, None), (0.201, None)])
def test_learning_rates_on_5w_squared(lr, steps):
    w, optimizer, path = np.array([1.0]), SGD(lr), []
    for _ in range(1000):
        optimizer.step({"w": w}, {"w": 10 * w})
        path.append(abs(w).item())
    needed = next((n for n, distance in enumerate(path, start=1) if distance <= 0.01), None)
    assert needed == steps
    assert (path[-1] > 1e4) == (lr > 0.2)


def test_backpropagation_takes_all_updates_from_old_values():
    """y = w₂·w₁, both 1, target 0, ½e², η = 0.5: (0.5, 0.5), where updating on the way would give w₁ = 0.75."""
    net = Sequential([Dense(1, 1, init="ones"), Dense(1, 1, init="ones")])
    y = net.forward([[1.0]], train=True)
    net.backward(y - 0.0)
    SGD(0.5).step(net.params, net.grads)
    assert net.params["0.W"].item() == net.params["1.W"].item() == 0.5


def test_thirty_one_parameters_wide_or_deep():
    wide = Sequential([Dense(1, 10, rng=rng()), relu, Dense(10, 1, rng=rng())])
    widths = [1, 2, 2, 2, 2, 2, 1]
    deep = Sequential([Dense(a, b, rng=rng()) for a, b in pairwise(widths)])
    assert wide.n_params == deep.n_params == 31
    assert Sequential([Dense(64, 64, rng=rng()), relu, Dense(64, 10, rng=rng())]).n_params == 4810


@pytest.mark.parametrize("scale, low, high", [(0.5, 1 / 1000, 1 / 250), (1.0, 0.5, 2.0), (2.0, 250, 1000)])
def test_he_keeps_gradients_and_other_scales_do_not(scale, low, high):
    """Ten ReLU layers of 100: ∂L/∂activation after the first layer, divided by that after the last."""
    g = rng()
    layers = [Dense(100, 100, rng=g, init=lambda shape, rng: scale * he(shape, rng)) for _ in range(10)]
    net = Sequential([part for layer in layers for part in (layer, relu)])
    y = net.forward(g.standard_normal((200, 100)), train=True)
    gradients = [g.standard_normal(y.shape)]
    for layer in reversed(net.layers):
        gradients.append(layer.backward(gradients[-1]))
    last, first = gradients[0], gradients[-3]
    assert low < first.std() / last.std() < high


def test_spirals_need_more_than_a_line():
    X, t = spirals(300, rng=rng())
    line = Dense(2, 3, rng=rng())
    fit(line, softmax_cross_entropy, Adam(0.05), X, t, epochs=100, batch_size=32, rng=rng())
    net = Sequential([Dense(2, 100, rng=rng()), relu, Dense(100, 3, rng=rng())])
    fit(net, softmax_cross_entropy, Adam(0.01), X, t, epochs=200, batch_size=32, rng=rng())
    assert accuracy(line.forward(X), t) < 0.65 and accuracy(net.forward(X), t) > 0.97


def test_dense_networks_see_no_shapes():
    X, t = digits(scale=True)
    order = rng(5).permutation(64)
    seen = {}
    for name, pixels in (("plain", X), ("permuted", X[:, order])):
        train, (X_test, t_test) = stratified_split(pixels, t, rng=rng())
        net = Sequential([Dense(64, 64, rng=rng()), tanh, Dense(64, 10, rng=rng())])
        fit(net, softmax_cross_entropy, Adam(0.003), *train, epochs=30, batch_size=32, rng=rng())
        seen[name] = accuracy(net.forward(X_test), t_test)
        if name == "plain":
            shifted = np.roll(X_test.reshape(-1, 8, 8), 1, axis=2).reshape(-1, 64)
            seen["shifted"] = accuracy(net.forward(shifted), t_test)
    assert abs(seen["plain"] - seen["permuted"]) < 0.015 and seen["shifted"] < 0.6
