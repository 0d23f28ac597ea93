"""Data sets: shapes, geometry, the real digits, and the stratified split."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcore import Perceptron, blobs, curve, digits, moons, noisy_sine, spirals, stratified_split


def rng(seed=0):
    return np.random.default_rng(seed)


MADE = {
    "moons": lambda n, g: moons(n, rng=g),
    "spirals": lambda n, g: spirals(n, rng=g),
    "blobs": lambda n, g: blobs(n, rng=g),
    "noisy_sine": lambda n, g: noisy_sine(n, rng=g),
}


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_same_seed_same_data(make):
    (X1, t1), (X2, t2), (X3, _) = make(60, rng(1)), make(60, rng(1)), make(60, rng(2))
    assert np.array_equal(X1, X2) and np.array_equal(t1, t2) and not np.array_equal(X1, X3)
    assert len(X1) == len(t1) == 60


@pytest.mark.parametrize("make, classes", [(MADE["moons"], 2), (MADE["spirals"], 3), (MADE["blobs"], 2)])
def test_classes_are_balanced_and_mixed(make, classes):
    _, t = make(60, rng())
    assert np.bincount(t).tolist() == [60 // classes] * classes
    assert not np.array_equal(t, np.sort(t)) and not np.array_equal(t, np.arange(60) % classes)


def test_moons_lie_on_their_circles():
    X, t = moons(100, noise=0, rng=rng())
    upper, lower = X[t == 0], X[t == 1]
    assert np.hypot(*upper.T) == pytest.approx(np.ones(50)) and (upper[:, 1] >= 0).all()
    assert np.hypot(*(lower - [1, 0.5]).T) == pytest.approx(np.ones(50)) and (lower[:, 1] <= 0.5).all()


def test_spirals_turn_with_the_radius():
    X, t = spirals(90, noise=0, rng=rng())
    r = np.hypot(*X.T)
    assert r.max() <= 1
    assert np.allclose(X, np.stack([r * np.sin(4 * (t + r)), r * np.cos(4 * (t + r))], axis=1))


def test_blobs_surround_their_centers():
    X, t = blobs(3000, centers=[[0.0, 0, 5], [9, 9, 9]], spread=0.1, rng=rng())
    assert X.shape == (3000, 3)
    assert X[t == 1].mean(axis=0) == pytest.approx([9, 9, 9], abs=0.02)
    assert X[t == 0].std(axis=0) == pytest.approx([0.1, 0.1, 0.1], rel=0.1)


def test_curves():
    X, t = curve(lambda x: 3 * x, 500, low=2, high=4, noise=0.5, rng=rng())
    assert X.shape == t.shape == (500, 1)
    assert (np.diff(X[:, 0]) >= 0).all() and X.min() >= 2 and X.max() < 4
    assert (t - 3 * X).std() == pytest.approx(0.5, rel=0.1)
    X, t = noisy_sine(20, noise=0, rng=rng())
    assert t == pytest.approx(np.sin(X)) and abs(X).max() <= np.pi


def test_digits_are_the_ones_of_uci():
    X, t = digits()
    assert X.shape == (1797, 64) and X.dtype == float and X.min() == 0 and X.max() == 16
    assert np.bincount(t).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]  # sklearn's
    assert X[0, :16].tolist() == [0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0] and t[0] == 0


def test_digits_selected_and_scaled():
    X, t = digits((0, 1), scale=True)
    assert X.shape == (360, 64) and set(t) == {0, 1} and X.max() == 1
    assert Perceptron.zeros(64).fit(X, t)[-1] == 0  # zeros and ones are linearly separable
    with pytest.raises(ValueError, match="labels from 0 to 9, got labels from 3 to 10"):
        digits((3, 10))
    with pytest.raises(ValueError, match=r"sequence of digits such as \(0, 1\), got 3"):
        digits(3)


@given(st.integers(0, 10_000), st.floats(0.1, 0.9))
def test_split_keeps_every_sample_once_and_every_share(seed, test):
    t = np.repeat([0, 1, 2], [10, 20, 40])
    X = np.arange(70.0).reshape(70, 1)
    (X1, t1), (X2, t2) = stratified_split(X, t, test=test, rng=rng(seed))
    assert sorted(np.concatenate([X1, X2]).ravel()) == list(range(70))
    assert (t[X1.ravel().astype(int)] == t1).all() and (t[X2.ravel().astype(int)] == t2).all()
    assert np.bincount(t2).tolist() == [round(test * 10), round(test * 20), round(test * 40)]


def test_split_repeats_and_shuffles():
    X, t = digits()
    first, again = (stratified_split(X, t, rng=rng(3)) for _ in range(2))
    (X_train, t_train), (X_test, t_test) = first
    assert np.array_equal(X_train, again[0][0]) and np.array_equal(X_test, again[1][0])
    assert len(t_test) == pytest.approx(0.2 * 1797, abs=5)
    assert len(set(t_test[:20])) > 4 and len(set(t_train[:20])) > 4


def test_errors():
    with pytest.raises(ValueError, match="enough samples of class 1 for both parts, got 1"):
        stratified_split(np.ones((6, 2)), [0, 0, 0, 0, 0, 1], rng=rng())
    with pytest.raises(ValueError, match=r"test to be in \(0, 1\), got 1.5"):
        stratified_split(np.ones((4, 2)), [0, 0, 1, 1], test=1.5, rng=rng())
    with pytest.raises(ValueError, match="integer class labels, got dtype float64"):
        stratified_split(np.ones((2, 2)), [0.5, 1.0], rng=rng())
    with pytest.raises(ValueError, match="numpy Generator, got None"):
        moons(10, rng=None)
    with pytest.raises(TypeError, match="rng"):
        moons(10)
    with pytest.raises(ValueError, match=r"noise to be in \[0, inf\), got -1"):
        moons(10, noise=-1, rng=rng())
    with pytest.raises(ValueError, match="n to be a whole number of at least 3, got 2"):
        spirals(2, rng=rng())
    with pytest.raises(ValueError, match=r"centers of shape \(K, D\)"):
        blobs(10, centers=[1.0, 2.0], rng=rng())
    with pytest.raises(ValueError, match="low < high, got low=2 and high=1"):
        curve(np.sin, 10, low=2, high=1, rng=rng())
