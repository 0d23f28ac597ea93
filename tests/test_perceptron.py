"""The perceptron and its learning rule."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcore import Perceptron, digits, gate


def test_weighted_sum_and_prediction_by_hand():
    p = Perceptron([2.0, -1.0], b=0.5)
    assert p.weighted_sum([1.0, 2.0]) == 0.5  # 2 − 2 + 0.5
    assert p.weighted_sum([[1.0, 2.0], [0.0, 1.0], [0.0, 0.5]]).tolist() == [0.5, -0.5, 0.0]
    assert p.predict([[1.0, 2.0], [0.0, 1.0], [0.0, 0.5]]).tolist() == [1, 0, 0]  # a sum of 0 does not fire


def test_copies_its_arguments():
    w = np.array([1, 2])
    p = Perceptron(w)
    p.update([1.0, 1.0], 0)
    assert w.tolist() == [1, 2] and p.w.tolist() == [0.0, 1.0] and p.w.dtype == float


def test_one_update_by_hand():
    p = Perceptron([0.5, -0.5], b=0.1)
    assert p.update([1.0, 2.0], 1, lr=0.1) == 1  # the sum is −0.4: it should have fired
    assert p.w == pytest.approx([0.6, -0.3]) and p.b == pytest.approx(0.2)
    assert p.update([1.0, 0.0], 0, lr=0.1) == -1  # the sum is 0.8: it should not have fired
    assert p.w == pytest.approx([0.5, -0.3]) and p.b == pytest.approx(0.1)
    assert p.update([1.0, 0.0], 1, lr=0.1) == 0
    assert p.w == pytest.approx([0.5, -0.3]) and p.b == pytest.approx(0.1)


def test_learns_and_by_hand():
    p = Perceptron.zeros(2)
    assert p.fit(*gate("AND"))[-1] == 0
    assert p.w.tolist() == [2.0, 1.0] and p.b == -2.0  # followed on paper, six epochs
    assert p.separates(*gate("AND"))


def test_never_converges_on_xor():
    p = Perceptron.zeros(2)
    mistakes = p.fit(*gate("XOR"), epochs=50)
    assert len(mistakes) == 50 and min(mistakes) > 0
    assert not p.separates(*gate("XOR"))


@given(st.sampled_from([2.0**k for k in range(-10, 11)]))
def test_from_zero_the_learning_rate_changes_only_the_scale(lr):
    X, t = gate("NAND")
    one, other = Perceptron.zeros(2), Perceptron.zeros(2)
    assert one.fit(X, t) == other.fit(X, t, lr=lr)
    assert other.w.tolist() == (lr * one.w).tolist() and other.b == lr * one.b


@given(st.integers(0, 1000))
def test_mistakes_stay_below_novikoffs_bound(seed):
    rng = np.random.default_rng(seed)
    X = rng.uniform(-1, 1, (30, 2))
    margin = X @ [0.6, 0.8]
    X, t = X[abs(margin) > 0.1], (margin[abs(margin) > 0.1] > 0).astype(int)
    R2 = (X**2).sum(axis=1).max() + 1  # +1 for the bias's constant input
    assert sum(Perceptron.zeros(2).fit(X, t, epochs=2000)) <= R2 / 0.1**2


def test_shuffling_needs_nothing_but_rng_and_repeats():
    X, t = digits((0, 1), scale=True)
    runs = [Perceptron.zeros(64).fit(X, t, rng=np.random.default_rng(seed)) for seed in (0, 0, 1)]
    assert runs[0] == runs[1] != runs[2]
    assert runs[0][-1] == 0


def test_fit_leaves_data_alone():
    X, t = gate("OR")
    Perceptron.zeros(2).fit(X, t, rng=np.random.default_rng(0))
    assert np.array_equal(X, gate("OR")[0]) and np.array_equal(t, gate("OR")[1])


def test_repr_builds_the_same_perceptron():
    p = Perceptron([1.0, -2.0], b=0.5)
    assert repr(p) == "Perceptron(w=[1.0, -2.0], b=0.5)"


def test_errors():
    with pytest.raises(ValueError, match=r"shape \(D,\), one for each input, got shape \(1, 2\)"):
        Perceptron([[1.0, 2.0]])
    with pytest.raises(ValueError, match="weights to be finite, got 1 NaN or infinite of 2"):
        Perceptron([np.nan, 1.0])
    with pytest.raises(ValueError, match="n_inputs to be a whole number of at least 1, got 0"):
        Perceptron.zeros(0)
    p = Perceptron.zeros(2)
    with pytest.raises(ValueError, match=r"shape \(2,\) or \(N, 2\).* got shape \(4, 3\)"):
        p.predict(np.ones((4, 3)))
    with pytest.raises(ValueError, match="use fit for a batch"):
        p.update([[0.0, 1.0]], 1)
    with pytest.raises(ValueError, match=r"targets 0 or 1, got \[-1  1\]"):
        p.fit(np.ones((2, 2)), [-1, 1])
    with pytest.raises(ValueError, match=r"one target a sample, got inputs of shape \(3, 2\)"):
        p.fit(np.ones((3, 2)), [0, 1])
    with pytest.raises(ValueError, match=r"lr to be in \(0, inf\), got 0"):
        p.update([0.0, 1.0], 1, lr=0)
    with pytest.raises(ValueError, match="numpy Generator, got 7"):
        p.fit(*gate("AND"), rng=7)
    with pytest.raises(ValueError, match="epochs to be a whole number"):
        p.fit(*gate("AND"), epochs=0.5)
