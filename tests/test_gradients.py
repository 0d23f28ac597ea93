"""Numerical gradients, and a checker that must not be fooled."""

from copy import deepcopy

import numpy as np
import pytest

from dlcore import (
    BatchNorm,
    Dense,
    Dropout,
    GradientError,
    Sequential,
    check_gradients,
    mse,
    numerical_gradient,
    relu,
    softmax_cross_entropy,
    tanh,
)


def rng(seed=0):
    return np.random.default_rng(seed)


def net_and_data(f=tanh):
    g = rng()
    net = Sequential([Dense(3, 5, rng=g), f, Dense(5, 2, rng=g)])
    return net, softmax_cross_entropy, rng(1).standard_normal((4, 3)), [0, 1, 1, 0]


class Wrong(Dense):
    """A dense layer with a fault in one gradient."""

    def __init__(self, name, fault):
        super().__init__(3, 2, rng=rng())
        self.name, self.fault = name, fault

    def backward(self, dout):
        dx = super().backward(dout)
        if self.name == "x":
            return self.fault(dx)
        self.grads[self.name][...] = self.fault(self.grads[self.name])
        return dx


def test_numerical_gradient_by_hand():
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    kept = x.copy()
    assert numerical_gradient(lambda x: (x**2).sum(), x) == pytest.approx(2 * x)
    assert numerical_gradient(lambda x: x[0, 0] * x[1, 1], x) == pytest.approx(np.array([[4.0, 0], [0, 1]]))
    assert numerical_gradient(lambda x: np.sin(x).item(), 0.3) == pytest.approx(np.cos(0.3))
    assert np.array_equal(x, kept)


def test_its_error_falls_with_the_square_of_h():
    errors = [numerical_gradient(lambda x: (x**3).sum(), np.array([1.0]), h=h).item() - 3 for h in (0.1, 0.01)]
    assert errors == pytest.approx([0.01, 0.0001])


def test_a_right_network_passes_and_is_left_alone():
    net, *data = net_and_data()
    before = deepcopy(net.params)
    errors = check_gradients(net, *data)
    assert set(errors) == {"x", "0.W", "0.b", "2.W", "2.b"} and max(errors.values()) < 1e-7
    assert all(np.array_equal(p, before[name]) for name, p in net.params.items())
    assert not any(g.any() for g in net.grads.values())


def test_dropout_and_batch_norm_are_checked_with_one_mask_and_left_alone():
    g = rng()
    net = Sequential([Dense(3, 6, rng=g), tanh, BatchNorm(6), Dropout(0.5, rng=g), Dense(6, 2, rng=g)])
    buffers, state = deepcopy(net.buffers), deepcopy(g.bit_generator.state)
    check_gradients(net, softmax_cross_entropy, rng(1).standard_normal((8, 3)), [0, 1] * 4)
    assert all(np.array_equal(b, buffers[name]) for name, b in net.buffers.items())
    assert g.bit_generator.state == state


@pytest.mark.parametrize("name", ["x", "W", "b"])
@pytest.mark.parametrize("fault", [lambda g: -g, lambda g: 2 * g, lambda g: g + 1e-3, np.zeros_like], ids="−2+0")
def test_every_fault_is_found_where_it_is(name, fault):
    X, t = rng(1).standard_normal((4, 3)), rng(2).standard_normal((4, 2))
    with pytest.raises(GradientError, match=rf"backward to agree .* for '{name}'; worst at \[") as caught:
        check_gradients(Wrong(name, fault), mse, X, t)
    assert caught.value.errors[name] > 1e-4
    assert check_gradients(Wrong(name, fault), mse, X, t, tol=np.inf)[name] > 1e-4


def test_a_dead_network_is_refused():
    net, *data = net_and_data(relu)
    net.params["0.b"][...] = -100
    with pytest.raises(GradientError, match="not 0 throughout, got zeros: their agreement proves nothing"):
        check_gradients(net, *data)


def test_zero_gradients_can_be_named():
    g = rng()
    net = Sequential([Dense(3, 4, rng=g), BatchNorm(4), tanh, Dense(4, 1, rng=g)])
    X, t = rng(1).standard_normal((6, 3)), rng(2).standard_normal((6, 1))
    with pytest.raises(GradientError, match=r"'0.b' that is not 0 throughout") as caught:
        check_gradients(net, mse, X, t)
    assert set(caught.value.errors) == {"x", "0.W"}
    assert check_gradients(net, mse, X, t, zero=("0.b",))["0.b"] == 0


def test_a_kink_is_refused():
    net = Sequential([Dense(2, 1, init="ones"), relu])
    with pytest.raises(GradientError, match=r"smooth loss around x\[0, 0\], got slope .* a kink"):
        check_gradients(net, mse, [[1.0, -1.0]], [[3.0]])


def test_errors():
    net, loss, X, t = net_and_data()
    with pytest.raises(ValueError, match=r"h to be in \(0, inf\), got 0"):
        check_gradients(net, loss, X, t, h=0)
    with pytest.raises(ValueError, match="one target a sample"):
        check_gradients(net, loss, X, t[:2])
    with pytest.raises(ValueError, match="X to be finite"):
        check_gradients(net, loss, np.full((4, 3), np.nan), t)
