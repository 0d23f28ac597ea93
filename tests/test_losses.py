"""Losses: values worked by hand or published, identities between them, and their errors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcore import (
    binary_cross_entropy,
    cross_entropy,
    mae,
    mse,
    one_hot,
    sigmoid,
    sigmoid_cross_entropy,
    softmax,
    softmax_cross_entropy,
)

logits = st.floats(-12, 12)  # further out, a probability may fall below the smallest that counts


def test_mse_and_mae_worked_by_hand():
    y, t = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 2.0], [5.0, 1.0]])
    assert mse(y, t) == (1 + 0 + 4 + 9) / 4
    assert mse.gradient(y, t).tolist() == [[0.5, 0], [-1, 1.5]]
    assert mae(y, t) == (1 + 0 + 2 + 3) / 4
    assert mae.gradient(y, t).tolist() == [[0.25, 0], [-0.25, 0.25]]


def test_cross_entropy_as_published():
    """Saito, Deep Learning from Scratch, section 4.2: 0.51 for the right answer, 2.30 for a wrong one."""
    right = np.array([[0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0]])
    wrong = np.array([[0.1, 0.05, 0.1, 0.0, 0.05, 0.1, 0.0, 0.6, 0.0, 0.0]])
    assert cross_entropy(right, [2]) == pytest.approx(0.510825457)
    assert cross_entropy(wrong, [2]) == pytest.approx(2.302584093)
    assert cross_entropy(right, one_hot([2], 10)) == cross_entropy(right, [2])


def test_cross_entropies_worked_by_hand():
    y, t = np.array([[0.25], [0.5], [0.5]]), np.array([[1.0], [0.0], [1.0]])
    assert binary_cross_entropy(y, t) == pytest.approx(np.log(4 * 2 * 2) / 3)
    assert binary_cross_entropy.gradient(y, t) == pytest.approx(np.array([[-4], [2], [-2]]) / 3)
    p = np.array([[0.5, 0.25, 0.25], [0.1, 0.1, 0.8]])
    assert cross_entropy(p, [1, 2]) == pytest.approx(np.log(4 / 0.8) / 2)
    assert cross_entropy.gradient(p, [1, 2]) == pytest.approx(np.array([[0, -4, 0], [0, 0, -1.25]]) / 2)
    assert softmax_cross_entropy(np.zeros((3, 10)), [0, 5, 9]) == pytest.approx(np.log(10))
    assert softmax_cross_entropy.gradient(np.zeros((2, 2)), [0, 1]).tolist() == [[-0.25, 0.25], [0.25, -0.25]]
    assert sigmoid_cross_entropy([0.0], [1.0]) == pytest.approx(np.log(2))
    assert sigmoid_cross_entropy.gradient([0.0], [1.0]).tolist() == [-0.5]


@given(st.lists(st.tuples(logits, logits, logits), min_size=1, max_size=5))
def test_logits_and_probabilities_agree(rows):
    z = np.array(rows)
    t = np.arange(len(z)) % 3
    assert softmax_cross_entropy(z, t) == pytest.approx(cross_entropy(softmax(z), t), rel=1e-6, abs=1e-9)
    yes = (z > 1).astype(float)
    expected = binary_cross_entropy(sigmoid(z), yes)
    assert sigmoid_cross_entropy(z, yes) == pytest.approx(expected, rel=1e-6, abs=1e-8)


@given(st.tuples(logits, logits, logits), st.floats(-1e6, 1e6))
def test_softmax_cross_entropy_ignores_a_shift(z, shift):
    z = np.array([z])
    shifted = softmax_cross_entropy(z + shift, [1])
    assert shifted == pytest.approx(softmax_cross_entropy(z, [1]), rel=1e-6, abs=1e-8)


def test_perfect_outputs_cost_nothing_and_certain_mistakes_stay_finite():
    assert mse([1.0], [1.0]) == mae([1.0], [1.0]) == 0
    assert binary_cross_entropy([1.0, 0.0], [1.0, 0.0]) == 0
    assert cross_entropy([[1.0, 0.0]], [0]) == 0
    assert binary_cross_entropy([0.0], [1.0]) == pytest.approx(12 * np.log(10))
    assert np.isfinite(binary_cross_entropy.gradient([0.0], [1.0])).all()
    assert np.isfinite(cross_entropy.gradient([[1.0, 0.0]], [1])).all()
    assert sigmoid_cross_entropy([-1000.0, 1000.0], [1.0, 1.0]) == 500
    assert softmax_cross_entropy([[1000.0, 0.0]], [1]) == 1000


def test_soft_targets():
    z, t = np.array([[1.0, 2.0, 3.0]]), [[0.2, 0.3, 0.5]]
    expected = -(np.array(t) * np.log(softmax(z))).sum()
    assert softmax_cross_entropy(z, t) == pytest.approx(expected)


def test_one_hot():
    assert one_hot([2, 0], 3).tolist() == [[0, 0, 1], [1, 0, 0]]
    assert one_hot(np.array([1.0]), 2).tolist() == [[0, 1]]  # whole floats are labels too


def test_errors():
    with pytest.raises(ValueError, match=r"outputs' shape \(3, 1\), not empty, got shape \(3,\).*broadcast"):
        mse(np.ones((3, 1)), np.ones(3))
    with pytest.raises(ValueError, match=r"labels from 0 to 2, got labels from 0 to 3"):
        softmax_cross_entropy(np.ones((2, 3)), [0, 3])
    with pytest.raises(ValueError, match=r"labels from 0 to 2, got labels from -1 to 0"):
        softmax_cross_entropy(np.ones((2, 3)), [0, -1])
    with pytest.raises(ValueError, match="integer class labels, got dtype float64"):
        softmax_cross_entropy(np.ones((2, 3)), [0.5, 1])
    with pytest.raises(ValueError, match="integer class labels, got dtype <U3"):
        cross_entropy(np.full((2, 2), 0.5), ["cat", "dog"])
    with pytest.raises(ValueError, match=r"K ≥ 2 classes, got \(2, 1\): for one yes-or-no output take binary"):
        softmax_cross_entropy(np.ones((2, 1)), [0, 0])
    with pytest.raises(ValueError, match="one-hot or probabilities that sum to 1, got sums from 1 to 2"):
        softmax_cross_entropy(np.ones((2, 2)), [[1, 0], [1, 1]])
    with pytest.raises(ValueError, match="labels of shape"):
        one_hot([[1]], 2)
    with pytest.raises(ValueError, match=r"probabilities from 0 to 1, got outputs from -1 to 2: .*sigmoid_cross"):
        binary_cross_entropy([-1.0, 2.0], [0.0, 1.0])
    with pytest.raises(ValueError, match=r"probabilities from 0 to 1, .* use softmax_cross_entropy"):
        cross_entropy([[-1.0, 2.0]], [0])
    with pytest.raises(ValueError, match=r"sum to 1, got sums from 0.4 to 0.4: put a softmax before"):
        cross_entropy([[0.2, 0.2]], [0])
    for loss in (binary_cross_entropy, sigmoid_cross_entropy):
        with pytest.raises(ValueError, match=r"targets from 0 to 1, got -1.0 to 1.0: a target is a probability"):
            loss([0.5, 0.5], [-1.0, 1.0])
    with pytest.raises(ValueError, match="targets to be finite, got 1 NaN or infinite of 2"):
        mse([1.0, 2.0], [np.nan, 1.0])
    with pytest.raises(ValueError, match=r"finite loss, got inf: .*lower the learning rate"):
        mse([1e200], [0.0])
    with pytest.raises(ValueError, match="array of objects: give every row the same length"):
        mse(np.ones(2), np.array([[1], [2, 3]], dtype=object))
