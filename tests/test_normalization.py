"""Batch and layer normalization: by hand, by properties, and how their two modes differ."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcore import BatchNorm, LayerNorm, values
from dlcore.normalization import standardize


def samples(seed=0, n=8, d=3):
    return 5 + 3 * np.random.default_rng(seed).standard_normal((n, d))


def test_batch_norm_by_hand():
    layer = BatchNorm(1, momentum=0.9, eps=1e-12)
    y = layer.forward([[1.0], [3.0]], train=True)  # mean 2, variance 1; with N − 1 below it is 2
    assert y == pytest.approx(np.array([[-1.0], [1.0]]))
    assert layer.buffers["mean"] == pytest.approx(0.9 * 0 + 0.1 * 2)
    assert layer.buffers["var"] == pytest.approx(0.9 * 1 + 0.1 * 2)
    assert layer.forward([[0.2]]) == pytest.approx(np.array([[0.0]]), abs=1e-9)
    assert layer.forward([[0.2 + np.sqrt(1.1)]]) == pytest.approx(np.array([[1.0]]))


def test_layer_norm_by_hand():
    y = LayerNorm(3, eps=1e-12).forward([[1.0, 2.0, 3.0], [10.0, 10.0, 40.0]])
    a, b = np.sqrt(3 / 2), np.sqrt(1 / 2)  # variances 2/3 and 200
    assert y == pytest.approx(np.array([[-a, 0, a], [-b, -b, 2 * b]]))


@given(st.integers(0, 10_000))
def test_batch_norm_gives_features_mean_0_and_variance_1(seed):
    y = BatchNorm(3, eps=1e-9).forward(samples(seed), train=True)
    assert y.mean(axis=0) == pytest.approx(np.zeros(3), abs=1e-9)
    assert y.var(axis=0) == pytest.approx(np.ones(3), rel=1e-6)


@given(st.integers(0, 10_000), st.floats(0.1, 100), st.floats(-100, 100))
def test_a_change_of_unit_changes_nothing(seed, scale, shift):
    x = samples(seed)
    for layer in (BatchNorm(3, eps=1e-12), LayerNorm(3, eps=1e-12)):
        y = layer.forward(x, train=True)
        assert layer.forward(scale * x + shift, train=True) == pytest.approx(y, abs=1e-6)


def test_layer_norm_gives_samples_mean_0_and_variance_1():
    y = LayerNorm(3, eps=1e-9).forward(samples())
    assert y.mean(axis=1) == pytest.approx(np.zeros(8), abs=1e-9)
    assert y.var(axis=1) == pytest.approx(np.ones(8), rel=1e-6)


def test_gamma_and_beta_scale_and_shift():
    for layer in (BatchNorm(3), LayerNorm(3)):
        plain = layer.forward(samples(), train=True)
        layer.params["gamma"][...] = [1, 2, 3]
        layer.params["beta"][...] = [4, 5, 6]
        assert layer.forward(samples(), train=True) == pytest.approx(plain * [1, 2, 3] + [4, 5, 6])


def test_batch_norm_in_training_mixes_the_batch_and_in_use_does_not():
    layer, x = BatchNorm(3), samples()
    other = np.concatenate([x[:1], 9 * x[1:]])
    assert not np.allclose(layer.forward(x, train=True)[0], layer.forward(other, train=True)[0])
    assert np.array_equal(layer.forward(x)[0], layer.forward(other)[0])


def test_batch_norm_learns_the_statistics_only_in_training():
    layer, rng = BatchNorm(2), np.random.default_rng(0)
    layer.forward(np.full((4, 2), 50.0))
    assert layer.buffers["mean"].tolist() == [0, 0] and layer.buffers["var"].tolist() == [1, 1]
    for _ in range(300):
        layer.forward(7 + 2 * rng.standard_normal((32, 2)), train=True)
    assert layer.buffers["mean"] == pytest.approx([7, 7], abs=0.5)
    assert layer.buffers["var"] == pytest.approx([4, 4], rel=0.3)


@pytest.mark.parametrize("layer", [BatchNorm(3), LayerNorm(3)], ids=repr)
def test_backward_agrees_with_the_graph(layer):
    x, dout = samples(n=4), samples(seed=1, n=4)
    layer.forward(x, train=True)
    dx, nodes = layer.backward(dout), values(x)
    x_hat, _ = standardize(nodes, layer.axis, layer.eps)
    (dout * x_hat).sum().backward()
    assert np.vectorize(lambda node: node.grad)(nodes) == pytest.approx(dx, abs=1e-9)


def test_errors():
    with pytest.raises(ValueError, match="at least 2 samples to train BatchNorm, got 1"):
        BatchNorm(3).forward(samples(n=1), train=True)
    for kind in (BatchNorm, LayerNorm):
        with pytest.raises(
            ValueError, match=rf"shape \(N, 4\) with N ≥ 1 for {kind.__name__}\(4\), got shape \(8, 3\)"
        ):
            kind(4).forward(samples())
        with pytest.raises(ValueError, match="number of features to be a whole number of at least 1, got -1"):
            kind(-1)
        with pytest.raises(ValueError, match=r"eps to be in \(0, inf\), got 0"):
            kind(3, eps=0)
        with pytest.raises(ValueError, match="float64 or float32, got int64"):
            kind(3, dtype=int)
        with pytest.raises(ValueError, match="finite inputs"):
            kind(3).forward([[np.nan, 1, 2]])
    with pytest.raises(ValueError, match=r"momentum to be in \[0, 1\), got 1"):
        BatchNorm(3, momentum=1)
