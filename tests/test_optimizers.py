"""Optimizers: steps worked by hand from their papers, and what each is known for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcore import SGD, Adagrad, Adam, Momentum, RMSprop


def path(optimizer, gradients, start=1.0):
    w, seen = np.array([start]), []
    for g in gradients:
        optimizer.step({"w": w}, {"w": np.array([g])})
        seen.append(w.item())
    return seen


def test_sgd_by_hand():
    assert path(SGD(0.1), [2.0, -1.0]) == pytest.approx([0.8, 0.9])


def test_momentum_by_hand():
    assert path(Momentum(0.1, momentum=0.5), [2.0, 2.0, 0.0]) == pytest.approx([0.8, 0.5, 0.35])  # v: −.2, −.3, −.15


def test_adagrad_by_hand():
    assert path(Adagrad(0.1), [3.0, 4.0]) == pytest.approx([0.9, 0.9 - 0.1 * 4 / 5])  # √9, √(9 + 16)


def test_rmsprop_by_hand():
    expected = [1 - 0.1 * 2 / 1, 1 - 0.1 * 2 / 1 - 0.1 * 2 / np.sqrt(1.75)]  # s: 4/4 = 1, 3/4 + 4/4
    assert path(RMSprop(0.1, rho=0.75), [2.0, 2.0]) == pytest.approx(expected)


def test_adam_by_hand():
    """g = 1, then −1: m̂ = 1, v̂ = 1; then m = 0.09 − 0.1 = −0.01, m̂ = −0.01 / 0.19, v̂ = 1."""
    assert path(Adam(0.1), [1.0, -1.0]) == pytest.approx([0.9, 0.9 + 0.1 * 0.01 / 0.19])


@given(st.floats(1e-3, 1e6), st.sampled_from([-1, 1]))
def test_adams_first_step_is_the_learning_rate_whatever_the_gradient(size, sign):
    assert path(Adam(0.01), [sign * size], start=0.0) == pytest.approx([-sign * 0.01], rel=1e-4)


@given(st.floats(1e-3, 1e3))
def test_adaptive_rules_ignore_the_scale_of_the_loss(scale):
    gradients = np.array([1.0, -2.0, 0.5, 3.0])
    for make in (Adagrad, RMSprop, Adam):
        scaled = path(make(0.1), scale * gradients)
        assert scaled == pytest.approx(path(make(0.1), gradients), rel=1e-4)


def test_momentum_tends_to_lr_over_one_minus_beta():
    steps = np.diff(path(Momentum(0.01, momentum=0.9), [1.0] * 200))
    assert steps[-1] == pytest.approx(-0.01 / (1 - 0.9))


def test_adagrads_steps_shrink_and_rmsprops_do_not():
    adagrad, rmsprop = (abs(np.diff(path(make(0.1), [1.0] * 100))) for make in (Adagrad, RMSprop))
    assert adagrad[-1] == pytest.approx(0.1 / np.sqrt(100)) and (np.diff(adagrad) < 0).all()
    assert rmsprop[-1] == pytest.approx(0.1, rel=1e-3)


def test_learning_rate_may_change_on_the_way():
    optimizer, w = SGD(0.1), np.array([1.0])
    optimizer.step({"w": w}, {"w": np.array([1.0])})
    optimizer.lr = 0.5
    optimizer.step({"w": w}, {"w": np.array([1.0])})
    assert w.item() == pytest.approx(0.4)


@pytest.mark.parametrize(
    "make, name",
    [
        (lambda: SGD(0), "lr"),
        (lambda: SGD(np.nan), "lr"),
        (lambda: SGD("0.1"), "lr"),
        (lambda: SGD(np.inf), "lr"),
        (lambda: Momentum(0.1, momentum=1), "momentum"),
        (lambda: Adagrad(0.1, eps=0), "eps"),
        (lambda: RMSprop(0.1, rho=-0.1), "rho"),
        (lambda: RMSprop(0.1, eps=-1), "eps"),
        (lambda: Adam(0.1, beta1=1.0), "beta1"),
        (lambda: Adam(0.1, beta2=2), "beta2"),
        (lambda: Adam(0.1, eps=0), "eps"),
    ],
)
def test_refuses_bad_settings(make, name):
    with pytest.raises(ValueError, match=rf"Expected {name} to be .*in .0, (1|inf)\), got"):
        make()
