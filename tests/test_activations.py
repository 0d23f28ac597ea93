"""Activations: values worked by hand, properties, and derivatives against differences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcore import LeakyReLU, identity, leaky_relu, relu, sigmoid, sign, softmax, step, tanh

ELEMENTWISE = [step, sign, identity, sigmoid, tanh, relu, leaky_relu, LeakyReLU(0.2)]
sums = st.floats(-30, 30)


def test_values_worked_by_hand():
    z = np.array([-2.0, 0.0, 3.0])
    assert step(z).tolist() == [0, 0, 1]
    assert sign(z).tolist() == [-1, 0, 1]
    assert identity(z).tolist() == [-2, 0, 3]
    assert relu(z).tolist() == [0, 0, 3]
    assert leaky_relu(z).tolist() == [-0.02, 0, 3]
    assert sigmoid(np.log(3.0)) == pytest.approx(3 / 4)  # 1 / (1 + 1/3)
    assert tanh(np.log(2.0)) == pytest.approx(3 / 5)  # (2 − 1/2) / (2 + 1/2)


def test_derivatives_worked_by_hand():
    z = np.array([-2.0, 0.0, 3.0])
    assert step.derivative(z).tolist() == [0, 0, 0]
    assert sign.derivative(z).tolist() == [0, 0, 0]
    assert identity.derivative(z).tolist() == [1, 1, 1]
    assert relu.derivative(z).tolist() == [0, 0, 1]  # 0 at the kink, by convention
    assert leaky_relu.derivative(z).tolist() == [0.01, 0.01, 1]
    assert sigmoid.derivative(0.0) == 0.25
    assert sigmoid.derivative(np.log(3.0)) == pytest.approx(3 / 16)
    assert tanh.derivative(0.0) == 1
    assert tanh.derivative(np.log(2.0)) == pytest.approx(16 / 25)


@pytest.mark.parametrize("f", ELEMENTWISE, ids=repr)
@given(z=sums.filter(lambda z: abs(z) > 1e-3))
def test_derivative_is_the_slope(f, z):
    h = 1e-5
    assert f.derivative(z) == pytest.approx((f(z + h) - f(z - h)) / (2 * h), abs=1e-8, rel=1e-6)


@pytest.mark.parametrize("f", [*ELEMENTWISE, softmax], ids=repr)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_keeps_its_input_its_shape_and_its_dtype(f, dtype):
    z = np.linspace(-3, 3, 12, dtype=dtype).reshape(4, 3)
    before = z.copy()
    y = f(z)
    assert y.shape == (4, 3)
    assert y.dtype == (int if f in (step, sign) else dtype)
    slopes = f.jacobian(z) if f is softmax else f.derivative(z)
    assert slopes.dtype == dtype
    assert np.array_equal(z, before)


@pytest.mark.parametrize("f", ELEMENTWISE, ids=repr)
def test_takes_python_numbers_lists_and_integers(f):
    assert np.ndim(f(2)) == 0 and np.ndim(f.derivative(2)) == 0
    assert np.array_equal(f([-1, 2]), f(np.array([-1.0, 2.0])))
    assert np.array_equal(f.derivative([-1, 2]), f.derivative(np.array([-1.0, 2.0])))


def test_sigmoid_saturates_without_overflow():
    assert sigmoid(np.array([-1000.0, 1000.0])).tolist() == [0, 1]
    assert sigmoid(-30.0) == pytest.approx(np.exp(-30.0), rel=1e-12)


@given(z=sums)
def test_sigmoid_and_tanh_are_one_curve(z):
    assert tanh(z) == pytest.approx(2 * sigmoid(2 * z) - 1)
    assert sigmoid(-z) == pytest.approx(1 - sigmoid(z))
    assert sigmoid.derivative(z) <= 0.25


def test_nan_stays_visible():
    for f in (identity, sigmoid, tanh, relu, leaky_relu):
        assert np.isnan(f(np.nan)), f


def test_softmax_worked_by_hand():
    assert softmax(np.log([1.0, 2.0, 5.0])) == pytest.approx([1 / 8, 2 / 8, 5 / 8])
    assert softmax([1.0, 2.0, 3.0])[2] == pytest.approx(0.665, abs=5e-4)
    assert softmax([10.0, 20.0, 30.0])[2] == pytest.approx(0.99995, abs=5e-6)


@given(st.lists(sums, min_size=1, max_size=6), st.floats(-1e6, 1e6))
def test_softmax_sums_to_one_and_ignores_a_shift(z, shift):
    z = np.array(z)
    assert softmax(z).sum() == pytest.approx(1)
    assert softmax(z + shift) == pytest.approx(softmax(z), rel=1e-6, abs=1e-9)


def test_softmax_jacobian():
    z, h = np.array([0.3, -1.2, 0.7]), 1e-6
    numeric = np.stack([(softmax(z + h * e) - softmax(z - h * e)) / (2 * h) for e in np.eye(3)], axis=1)
    assert softmax.jacobian(z) == pytest.approx(numeric, abs=1e-9)
    batch = np.stack([z, 2 * z])
    assert softmax.jacobian(batch).shape == (2, 3, 3)
    assert softmax.jacobian(batch)[1] == pytest.approx(softmax.jacobian(2 * z))
    dout = np.array([[0.1, 0.5, -2.0], [1.0, 0.0, 3.0]])
    expected = np.stack([d @ softmax.jacobian(row) for d, row in zip(dout, batch, strict=True)])
    assert softmax.backward(batch, dout) == pytest.approx(expected)


def test_errors():
    with pytest.raises(TypeError, match="use jacobian"):
        softmax.derivative([1.0, 2.0])
    with pytest.raises(ValueError, match=r"at least one class .* got shape \(\)"):
        softmax(3.0)
    with pytest.raises(ValueError, match=r"slope of LeakyReLU to be in \[0, 1\), got 1.5"):
        LeakyReLU(1.5)
    for f in (sigmoid, relu, step):
        with pytest.raises(ValueError, match="real numbers, got dtype"):
            f(["a", "b"])
        with pytest.raises(ValueError, match="real numbers, got dtype complex128"):
            f(1j)
