"""Schedules, clipping, penalties, early stopping and grid search."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dlcore import (
    L1,
    L2,
    CosineDecay,
    Dense,
    EarlyStopping,
    ExponentialDecay,
    StepDecay,
    Trial,
    Warmup,
    clip_by_norm,
    clip_by_value,
    global_norm,
    grid_search,
    numerical_gradient,
)

gradients = arrays(float, (3, 2), elements=st.floats(-1e3, 1e3))


def test_schedules_by_hand():
    assert [StepDecay(1.0, every=2, factor=0.5)(e) for e in range(5)] == [1, 1, 0.5, 0.5, 0.25]
    assert [ExponentialDecay(1.0, factor=0.5)(e) for e in range(3)] == [1, 0.5, 0.25]
    assert [Warmup(1.0, epochs=4)(e) for e in range(6)] == [0.25, 0.5, 0.75, 1, 1, 1]
    cosine = CosineDecay(1.0, epochs=4, low=0.2)
    assert [cosine(e) for e in (0, 2, 4, 9)] == pytest.approx([1, 0.6, 0.2, 0.2])
    assert cosine(1) == pytest.approx(0.6 + 0.4 * np.sqrt(0.5))


def test_schedules_refuse_bad_settings():
    with pytest.raises(ValueError, match=r"lr to be in \(0, inf\), got 0"):
        StepDecay(0, every=2)
    with pytest.raises(ValueError, match="every to be a whole number"):
        StepDecay(1.0, every=0)
    with pytest.raises(ValueError, match=r"factor to be in \(0, 1\], got 1.5"):
        ExponentialDecay(1.0, factor=1.5)
    with pytest.raises(ValueError, match=r"lr to be in \(0.1, inf\), got 0.05"):
        CosineDecay(0.05, epochs=3, low=0.1)
    with pytest.raises(ValueError, match=r"low to be in \(0, inf\), got -1"):
        CosineDecay(0.05, epochs=3, low=-1)
    with pytest.raises(ValueError, match="epochs to be a whole number"):
        CosineDecay(0.05, epochs=0)
    with pytest.raises(ValueError, match="epochs to be a whole number"):
        Warmup(0.05, epochs=0)


def test_clipping_by_hand():
    grads = {"W": np.array([[3.0]]), "b": np.array([4.0])}
    assert global_norm(grads) == 5
    assert {k: g.item() for k, g in clip_by_norm(grads, 1.0).items()} == pytest.approx({"W": 0.6, "b": 0.8})
    assert {k: g.item() for k, g in clip_by_norm(grads, 10.0).items()} == {"W": 3, "b": 4}
    assert {k: g.item() for k, g in clip_by_value(grads, 3.5).items()} == {"W": 3, "b": 3.5}
    assert grads["b"].item() == 4  # untouched


@given(gradients, st.floats(0.01, 10))
def test_clipped_gradients_keep_within_the_limit(g, limit):
    kept, grads = g.copy(), {"W": g}
    clipped = clip_by_norm(grads, limit)
    assert global_norm(clipped) <= limit * (1 + 1e-12)
    assert np.allclose(clipped["W"] * global_norm(grads), g * global_norm(clipped))  # the same direction
    assert abs(clip_by_value(grads, limit)["W"]).max() <= limit
    assert np.array_equal(g, kept)


def test_clipping_refuses_bad_limits():
    for clip in (clip_by_norm, clip_by_value):
        with pytest.raises(ValueError, match=r"limit to be in \(0, inf\), got 0"):
            clip({"W": np.ones(2)}, 0)


def test_penalties_by_hand():
    params = {"0.W": np.array([[3.0, -4.0]]), "0.b": np.array([100.0]), "1.gamma": np.array([100.0])}
    assert L1(0.1)(params) == pytest.approx(0.7)
    assert L2(0.1)(params) == pytest.approx(0.5 * 0.1 * 25)
    assert L1(0.1).gradient(params)["0.W"].tolist() == [[0.1, -0.1]]
    assert L2(0.1).gradient(params)["0.W"].tolist() == pytest.approx(np.array([[0.3, -0.4]]))
    assert list(L2(0.1).gradient(params)) == ["0.W"]  # biases, γ and β are left alone
    assert list(L2(0.1).gradient({"W": np.ones(2)})) == ["W"]  # a layer alone


@pytest.mark.parametrize("penalty", [L1(0.3), L2(0.3)])
def test_penalty_gradients_agree_with_differences(penalty):
    W = np.random.default_rng(0).standard_normal((3, 2))
    numeric = numerical_gradient(lambda W: penalty({"W": W}), W)
    assert penalty.gradient({"W": W})["W"] == pytest.approx(numeric, abs=1e-8)


def test_penalties_refuse_a_negative_strength():
    with pytest.raises(ValueError, match=r"strength to be in \[0, inf\), got -1"):
        L2(-1)


def test_early_stopping_by_hand():
    net, stopping = Dense(1, 1, init="zeros"), EarlyStopping(patience=2, min_delta=0.1)
    answers = []
    for epoch, value in enumerate([1.0, 0.5, 0.45, 0.41]):  # 0.45 and 0.41 are no better by 0.1
        net.params["W"][...] = epoch
        answers.append(stopping.should_stop(epoch, value, net))
    assert answers == [False, False, False, True]
    assert (stopping.best, stopping.best_epoch) == (0.5, 1)
    stopping.restore(net)
    assert net.params["W"].item() == 1
    stopping.start()
    assert not stopping.should_stop(0, 7.0, net) and stopping.best == 7


def test_early_stopping_refuses_bad_settings():
    with pytest.raises(ValueError, match="patience to be a whole number of at least 1, got 0"):
        EarlyStopping(patience=0)
    with pytest.raises(ValueError, match=r"min_delta to be in \[0, inf\), got -1"):
        EarlyStopping(min_delta=-1)


def test_grid_search_tries_all_and_puts_the_best_first():
    trials = grid_search(lambda a, b: -((a - 2) ** 2) - b, {"a": [1, 2, 3], "b": [0, 5]})
    assert len(trials) == 6
    assert trials[0] == Trial(0.0, {"a": 2, "b": 0})
    assert [t.settings for t in trials[1:3]] == [{"a": 1, "b": 0}, {"a": 3, "b": 0}]  # equal: the grid's order
    assert trials[-1].score == -6


def test_grid_search_refuses_nothing_and_nan():
    for grid in ({}, {"a": []}):
        with pytest.raises(ValueError, match="at least one setting with at least one value"):
            grid_search(lambda a: a, grid)
    with pytest.raises(ValueError, match=r"finite score for \{'a': 1\}, got nan"):
        grid_search(lambda a: np.nan, {"a": [1]})
