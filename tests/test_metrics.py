"""Metrics, worked by hand."""

import numpy as np
import pytest

from dlcore import accuracy, confusion_matrix, one_hot, predicted_labels

SCORES = np.array([[0.1, 0.9, 0.0], [0.8, 0.1, 0.1], [0.2, 0.3, 0.5], [0.4, 0.5, 0.1]])  # 1, 0, 2, 1


def test_predicted_labels():
    assert predicted_labels(SCORES).tolist() == [1, 0, 2, 1]
    assert predicted_labels([0.2, 0.5, 0.7]).tolist() == [0, 0, 1]
    assert predicted_labels([[0.2], [0.7]]).tolist() == [0, 1]
    assert predicted_labels([-0.2, 0.2], threshold=0).tolist() == [0, 1]
    assert predicted_labels([3, 0, 2]).tolist() == [3, 0, 2]
    assert predicted_labels([[3], [0]]).tolist() == [3, 0]
    assert predicted_labels([True, False]).tolist() == [1, 0]


def test_accuracy():
    assert accuracy(SCORES, [1, 0, 2, 0]) == 0.75
    assert accuracy(SCORES, one_hot([1, 0, 2, 0], 3)) == 0.75
    assert accuracy([1, 0, 2, 1], [1, 0, 2, 0]) == 0.75
    assert accuracy([[0.9], [0.2]], [[1.0], [1.0]]) == 0.5
    assert accuracy([[3.0], [0.2]], [1, 1], threshold=0) == 1


def test_confusion_matrix_has_truth_in_rows():
    C = confusion_matrix(SCORES, [1, 0, 2, 0], 3)
    assert C.tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 1]]
    assert C.sum() == 4 and C.dtype.kind == "i"
    assert np.trace(C) / C.sum() == accuracy(SCORES, [1, 0, 2, 0])


def test_errors():
    with pytest.raises(ValueError, match="one target a sample"):
        accuracy(SCORES, [1, 0])
    with pytest.raises(ValueError, match=r"at least one sample and one feature, got inputs of shape \(0,\)"):
        accuracy([], [])
    with pytest.raises(ValueError, match="outputs to be finite, got 1 NaN"):
        accuracy([np.nan, 1.0], [0, 1])
    with pytest.raises(ValueError, match=r"shape \(N,\), \(N, 1\) or \(N, K\), got shape \(1, 1, 1\)"):
        accuracy([[[0.5]]], [1])
    with pytest.raises(ValueError, match="labels from 0 to 1, got labels from 0 to 2"):
        confusion_matrix(SCORES, [1, 0, 2, 0], 2)
    with pytest.raises(ValueError, match="classes to be a whole number of at least 2, got 1"):
        confusion_matrix(SCORES, [1, 0, 2, 0], 1)
    with pytest.raises(ValueError, match="labels from 0, got labels from -1 to 0"):
        accuracy([0, -1], [0, 1])
