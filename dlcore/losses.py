"""Losses: how wrong outputs y are for targets t, as one number, and its gradient ∂L/∂y.

loss(y, t) is a float and loss.gradient(y, t) has the shape of y. Every loss is one method, `formulas`, which holds
the value and the gradient on neighbouring lines; it also runs on object arrays of graph values.
"""

import math

import numpy as np

from dlcore.activations import sigmoid
from dlcore.checks import as_floats, as_numbers, check_labels
from dlcore.sums import sum_columns

SMALLEST = 1e-12  # a probability below this counts as this, so that no logarithm is infinite


class Loss:
    """A function of outputs y and targets t that is 0 for the best outputs and larger for worse ones."""

    def formulas(self, y, t):
        """(loss, ∂loss/∂y) for targets that `targets` has prepared."""
        raise NotImplementedError

    def __call__(self, y, t):
        return self._checked(y, t)[0]

    def gradient(self, y, t):
        """∂loss/∂y, of the shape of y."""
        return self._checked(y, t)[1]

    @np.errstate(over="ignore", invalid="ignore")  # what overflows shows in the value, which is checked
    def _checked(self, y, t):
        y = as_numbers(y, "the outputs")
        return self.value_and_gradient(y, self.targets(t, y.shape, y.dtype))

    def value_and_gradient(self, y, t):
        """Both at once, for targets that `targets` has prepared. Raises ValueError if the loss is not finite."""
        self.check_outputs(y)
        value, gradient = self.formulas(y, t)
        if y.dtype.kind == "O":
            return value, gradient
        if not math.isfinite(value):
            raise ValueError(
                f"Expected a finite loss, got {value}: the outputs or targets hold NaN or inf, or the "
                "training diverges. Check the data, scale it, or lower the learning rate."
            )
        return float(value), gradient

    def check_outputs(self, y):
        """Raise ValueError for outputs this loss is not meant for."""

    def targets(self, t, shape, dtype):
        """t as floats of the outputs' shape. Raises ValueError for anything else."""
        t = as_floats(t, "the targets")
        if t.shape != shape or t.size == 0:
            raise ValueError(
                f"Expected targets of the outputs' shape {shape}, not empty, got shape {t.shape}: "
                "reshape one of the two; numpy would broadcast (N,) against (N, 1) to (N, N)."
            )
        return t if dtype.kind == "O" else t.astype(dtype, copy=False)

    def __repr__(self):
        return type(self).__name__


class MSE(Loss):
    """mse = mean of (y − t)² over all elements, in the targets' unit squared.

    Gradient 2·(y − t) / number of elements. y, t: any one shape. PyTorch: MSELoss; Keras: MeanSquaredError.
    """

    def formulas(self, y, t):
        error = y - t
        return (error**2).mean(), 2 / error.size * error


class MAE(Loss):
    """mae = mean of |y − t| over all elements, in the targets' unit.

    Gradient sign(y − t) / number of elements, so 0 at the kink y = t, by convention. y, t: any one shape.
    PyTorch: L1Loss; Keras: MeanAbsoluteError.
    """

    def formulas(self, y, t):
        error = y - t
        return abs(error).mean(), np.sign(error) / error.size


class _Targets01(Loss):
    def targets(self, t, shape, dtype):
        t = super().targets(t, shape, dtype)
        if t.min() < 0 or t.max() > 1:
            raise ValueError(f"Expected targets from 0 to 1, got {t.min()} to {t.max()}: a target is a probability.")
        return t


class BinaryCrossEntropy(_Targets01):
    """binary_cross_entropy = −mean of t·ln y + (1 − t)·ln(1 − y) over all elements, in nats; y: probabilities.

    Gradient (−t/y + (1 − t)/(1 − y)) / number of elements. y, t: one shape, from 0 to 1; for outputs of a sigmoid.
    PyTorch: BCELoss; Keras: BinaryCrossentropy.
    """

    def check_outputs(self, y):
        _check_probabilities(y, "sigmoid_cross_entropy")

    def formulas(self, y, t):
        yes, no = np.maximum(SMALLEST, y), np.maximum(SMALLEST, 1 - y)
        value = -(t * np.log(yes) + (1 - t) * np.log(no)).mean()
        return value, ((1 - t) / no - t / yes) / y.size


class SigmoidCrossEntropy(_Targets01):
    """sigmoid_cross_entropy = mean of ln(1 + e^z) − t·z over all elements, in nats; z: logits.

    The same number as binary_cross_entropy(sigmoid(z), t), for logits of any size. Gradient (σ(z) − t) / number of
    elements. z, t: one shape, t from 0 to 1. PyTorch: BCEWithLogitsLoss; Keras:
    BinaryCrossentropy(from_logits=True).
    """

    def formulas(self, z, t):
        m = np.maximum(0 * z, z)  # ln(e^0 + e^z) with the larger exponent taken out
        value = (m + np.log(np.exp(-m) + np.exp(z - m)) - t * z).mean()
        return value, (sigmoid(z) - t) / z.size


class _Classes(Loss):
    def targets(self, t, shape, dtype):
        """t one-hot, (N, K). Takes labels (N,) from 0 to K − 1, or rows that are probabilities (N, K)."""
        if len(shape) != 2 or shape[0] == 0 or shape[1] < 2:
            raise ValueError(
                f"Expected outputs of shape (N, K) with N ≥ 1 samples and K ≥ 2 classes, got {shape}: "
                "for one yes-or-no output take binary_cross_entropy or sigmoid_cross_entropy."
            )
        dtype = float if dtype.kind == "O" else dtype
        if np.ndim(t) == 1:
            return super().targets(one_hot(t, shape[1]), shape, np.dtype(dtype))
        t = super().targets(t, shape, np.dtype(dtype))
        if t.min() < 0 or not np.allclose(t.sum(axis=1), 1, atol=1e-4):
            raise ValueError(
                "Expected every row of the targets to be one-hot or probabilities that sum to 1, "
                f"got sums from {t.sum(axis=1).min():g} to {t.sum(axis=1).max():g}."
            )
        return t


class CrossEntropy(_Classes):
    """cross_entropy = −mean over rows of Σₖ tₖ·ln yₖ, in nats; y: probabilities (N, K), such as softmax gives.

    t: labels (N,) or one-hot (N, K). Gradient −t/y / N. Keras: CategoricalCrossentropy (one-hot) and
    SparseCategoricalCrossentropy (labels); PyTorch: NLLLoss, which takes ln y.
    """

    def check_outputs(self, y):
        _check_probabilities(y, "softmax_cross_entropy")
        if y.dtype.kind == "f" and not np.allclose(y.sum(axis=1), 1, atol=1e-2):
            raise ValueError(
                f"Expected rows of probabilities that sum to 1, got sums from {y.sum(axis=1).min():g} "
                f"to {y.sum(axis=1).max():g}: put a softmax before, or use softmax_cross_entropy."
            )

    def formulas(self, y, t):
        y = np.maximum(SMALLEST, y)
        return -(t * np.log(y)).sum(axis=1).mean(), -t / y / len(y)


class SoftmaxCrossEntropy(_Classes):
    """softmax_cross_entropy = mean over rows of ln Σₖ e^zₖ − Σₖ tₖ·zₖ, in nats; z: logits (N, K).

    The same number as cross_entropy(softmax(z), t), for logits of any size. Gradient (softmax(z) − t) / N.
    t: labels (N,) or one-hot (N, K). PyTorch: CrossEntropyLoss; Keras: CategoricalCrossentropy(from_logits=True).
    """

    def formulas(self, z, t):
        if not abs(z).max() < 80:  # then an exponential might overflow, or all of a row vanish, even in float32
            z = z - z.max(axis=1, keepdims=True)  # changes nothing, as Σₖ tₖ = 1
        e = np.exp(z)
        total = sum_columns(e)
        value = (np.log(total).sum() - np.dot(t.ravel(), z.ravel())) / len(z)
        return value, (e / total - t) / len(z)


mse = MSE()
mae = MAE()
binary_cross_entropy = BinaryCrossEntropy()
cross_entropy = CrossEntropy()
sigmoid_cross_entropy = SigmoidCrossEntropy()
softmax_cross_entropy = SoftmaxCrossEntropy()


def one_hot(t, classes):
    """Rows with a 1 at the label's place, else 0: (N, classes) floats for labels t (N,) from 0 to classes − 1."""
    t = check_labels(t, classes)
    if t.ndim != 1:
        raise ValueError(f"Expected labels of shape (N,), got shape {t.shape}.")
    return np.eye(classes)[t]


def _check_probabilities(y, other):
    if y.dtype.kind == "f" and y.size and (y.min() < 0 or y.max() > 1):
        raise ValueError(
            f"Expected probabilities from 0 to 1, got outputs from {y.min():g} to {y.max():g}: for logits use {other}."
        )
