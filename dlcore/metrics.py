"""Metrics: how good predictions are, judged after training. Unlike a loss, a metric needs no slope."""

import numpy as np

from dlcore.checks import as_floats, check_count, check_labels, check_samples


def predicted_labels(y, *, threshold=0.5):
    """The class each output stands for, integers (N,).

    Rows of scores (N, K): the argmax. One output a sample, (N,) or (N, 1): 1 if y > threshold, else 0; threshold is
    0.5 for probabilities, 0 for logits. Integer labels (N,) or (N, 1): as they are.
    """
    y = np.asarray(y)
    if y.dtype.kind in "iub" and y.shape in ((y.size,), (y.size, 1)):
        return check_labels(y).reshape(-1)
    y = as_floats(y, "the outputs")
    if y.ndim == 2 and y.shape[1] > 1:
        return y.argmax(axis=1)
    if y.ndim not in (1, 2):
        raise ValueError(f"Expected outputs of shape (N,), (N, 1) or (N, K), got shape {y.shape}.")
    return (y.reshape(len(y)) > threshold).astype(int)


def accuracy(y, t, *, threshold=0.5):
    """The share of samples, from 0 to 1, whose predicted label is t. y: what `predicted_labels` takes.

    t: labels (N,), or (N, 1), or one-hot (N, K).
    """
    y, t = _labels(y, t, threshold)
    return float((y == t).mean())


def confusion_matrix(y, t, classes, *, threshold=0.5):
    """C (classes, classes), counts: C[i, j] samples of class i were predicted as class j; the diagonal is right."""
    check_count(classes, "classes", 2)
    y, t = _labels(y, t, threshold)
    C = np.zeros((classes, classes), dtype=int)
    np.add.at(C, (check_labels(t, classes), check_labels(y, classes)), 1)
    return C


def _labels(y, t, threshold):
    y, t = predicted_labels(y, threshold=threshold), np.asarray(t)
    t = t.argmax(axis=1) if t.ndim == 2 and t.shape[1] > 1 else check_labels(t).reshape(-1)
    check_samples(y, t)
    return y, t
