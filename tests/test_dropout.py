"""Dropout, whose mean gradient checks cannot see."""

import numpy as np
import pytest

from dlcore import Dropout


def layer(p, seed=0):
    return Dropout(p, rng=np.random.default_rng(seed))


@pytest.mark.parametrize("p", [0.0, 0.2, 0.5, 0.9])
def test_keeps_the_mean_and_drops_the_share(p):
    x = np.full((1000, 200), 3.0)
    y = layer(p).forward(x, train=True)
    assert (y == 0).mean() == pytest.approx(p, abs=0.005)
    assert y.mean() == pytest.approx(3.0, rel=0.02)
    assert set(np.round(np.unique(y), 9)) <= {0.0, round(3 / (1 - p), 9)}


def test_does_nothing_in_use():
    x = np.arange(6.0).reshape(2, 3)
    assert layer(0.5).forward(x) is x


def test_backward_uses_the_mask_of_forward():
    dropout, x = layer(0.5), np.ones((4, 50))
    y = dropout.forward(x, train=True)
    assert np.array_equal(dropout.backward(np.ones((4, 50))), y)


def test_every_pass_has_a_new_mask_and_every_seed_its_own():
    dropout, x = layer(0.5), np.ones((4, 50))
    first, second = dropout.forward(x, train=True), dropout.forward(x, train=True)
    assert not np.array_equal(first, second)
    assert np.array_equal(layer(0.5).forward(x, train=True), first)
    assert not np.array_equal(layer(0.5, seed=1).forward(x, train=True), first)


def test_keeps_float32():
    x = np.ones((4, 5), np.float32)
    dropout = layer(0.5)
    assert dropout.forward(x, train=True).dtype == dropout.backward(x).dtype == np.float32


@pytest.mark.parametrize("p", [-0.1, 1.0, 1.5, np.nan, "0.5", None])
def test_refuses_impossible_probabilities(p):
    with pytest.raises(ValueError, match=r"probability of dropping, to be .*in \[0, 1\), got"):
        layer(p)


def test_requires_a_generator():
    with pytest.raises(ValueError, match="numpy Generator, got None"):
        Dropout(0.5)
