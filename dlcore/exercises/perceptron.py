"""Exercises of the chapter on the perceptron."""

import numpy as np

from dlcore.datasets import digits, stratified_split
from dlcore.exercises import Exercise, Wrong
from dlcore.gates import gate
from dlcore.perceptron import Perceptron


def _weighted_sum(x, w, b):
    return np.dot(w, x) + b


def _without_bias(x, w, b):
    return np.dot(w, x)


def _bias_times_sum(x, w, b):
    return np.sum(np.multiply(w, x) + b)


weighted_sum = Exercise(
    "perceptron.weighted_sum",
    solution=_weighted_sum,
    inputs=lambda rng: [
        (np.array([1.0, 2.0]), np.array([0.5, -1.0]), 0.25),
        (np.array([0.0, 0.0]), np.array([3.0, 4.0]), -1.5),
        (rng.normal(size=5), rng.normal(size=5), rng.normal()),
    ],
    hints=(
        "Multiply each input by its weight, add the products, then add the bias once.",
        "`np.dot(w, x)` is the sum of the products.",
    ),
    wrong=(
        Wrong(_without_bias, "That is the weighted sum without the bias. Add $b$ at the end."),
        Wrong(_bias_times_sum, "The bias is added once for every input here. It belongs to the neuron: add it once."),
    ),
)


def _fires(x, w, theta):
    return 1 if np.dot(w, x) > theta else 0


def _fires_at_threshold(x, w, theta):
    return 1 if np.dot(w, x) >= theta else 0


def _adds_threshold(x, w, theta):
    return 1 if np.dot(w, x) + theta > 0 else 0


fires = Exercise(
    "perceptron.fires",
    solution=_fires,
    inputs=[
        (np.array([1.0, 1.0]), np.array([0.5, 0.5]), 0.75),
        (np.array([1.0, 1.0]), np.array([0.5, 0.5]), 1.0),
        (np.array([1.0, 0.0]), np.array([0.5, 0.5]), 0.75),
        (np.array([0.0, 0.0]), np.array([2.0, 2.0]), -0.5),
    ],
    hints=(
        "Compute the sum of the products first, then compare it with the threshold.",
        "The neuron fires where the sum is *greater than* θ; a sum equal to θ does not fire in this book.",
    ),
    wrong=(
        Wrong(
            _fires_at_threshold,
            "Nearly: yours fires when the sum *equals* the threshold. That is a convention, and other books choose it, "
            "but in this book the sum has to exceed θ. Use `>`.",
        ),
        Wrong(
            _adds_threshold, "You added the threshold. The bias is its *negative*: $z = w·x − θ$ is compared with 0."
        ),
    ),
)


corner = Exercise(
    "perceptron.corner",
    solution=np.array([-1.0, 1.0, -0.5]),
    observe=lambda weights: Perceptron(weights[:2], weights[2]).predict(gate("AND")[0]),
    hints=(
        "Input $x_1$ has to speak against firing and $x_2$ for it: one weight is negative, the other positive.",
        "With weights −1 and 1 the sums at (0, 0), (0, 1), (1, 0), (1, 1) are 0, 1, −1, 0. Which bias leaves only the 1 "
        "above zero?",
    ),
    wrong=(
        Wrong(
            np.array([1.0, -1.0, -0.5]), "This neuron fires at (1, 0) alone: the roles of the two inputs are swapped."
        ),
        Wrong(
            np.array([-1.0, 1.0, 0.5]),
            "This neuron fires at (0, 1), but at (0, 0) and (1, 1) too: it fires too easily. Which number decides that?",
        ),
    ),
    explanation="Any positive multiple does as well, and many other lines: the exercise asks what the neuron *does*. "
    "Written as an array: `np.array([-1.0, 1.0, -0.5])` is $(w_1, w_2, b)$.",
)


def _update(w, b, x, t, lr):
    y = 1 if np.dot(w, x) + b > 0 else 0
    error = t - y
    return w + lr * error * x, b + lr * error


def _wrong_way(w, b, x, t, lr):
    error = (1 if np.dot(w, x) + b > 0 else 0) - t
    return w + lr * error * x, b + lr * error


def _forgot_bias(w, b, x, t, lr):
    error = t - (1 if np.dot(w, x) + b > 0 else 0)
    return w + lr * error * x, b


def _bias_after_weights(w, b, x, t, lr):
    error = t - (1 if np.dot(w, x) + b > 0 else 0)
    w = w + lr * error * x
    return w, b + lr * (t - (1 if np.dot(w, x) + b > 0 else 0))


update = Exercise(
    "perceptron.update",
    solution=_update,
    inputs=lambda rng: [
        (np.array([0.0, 0.0]), 0.0, np.array([4.0, 3.0]), 1, 1.0),
        (np.array([4.0, 3.0]), 1.0, np.array([0.0, 4.0]), 0, 1.0),
        (np.array([1.0, 1.0]), -6.0, np.array([5.0, 6.0]), 1, 1.0),
        (np.array([0.5, -0.25]), 0.5, np.array([2.0, 1.0]), 0, 0.5),
        (rng.normal(size=3), 0.25, rng.normal(size=3), 1, 0.125),
    ],
    hints=(
        "Three lines: the output $y$, the error $t − y$, and the new weights and bias.",
        "The error is 1 (should have fired), −1 (should not have) or 0. Both $w$ and $b$ use the same error.",
    ),
    wrong=(
        Wrong(
            _wrong_way,
            "The sign is turned round: each update makes the neuron *more* wrong. The error is target minus output, "
            "$t − y$.",
        ),
        Wrong(
            _forgot_bias, "The weights are right, but the bias does not learn. It is the weight of a constant input 1."
        ),
        Wrong(
            _bias_after_weights,
            "The error is computed a second time after the weights have changed. Compute it once, from the old values, "
            "and use it for both.",
        ),
    ),
)


def _train(X, t, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, target in zip(X, t, strict=True):
            z = np.dot(w, x) + b
            error = target - (1 if z > 0 else 0)
            w = w + error * x
            b = b + error
    return w, b


def _error_of_sum(X, t, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, target in zip(X, t, strict=True):
            error = target - (np.dot(w, x) + b)
            w = w + error * x
            b = b + error
    return w, b


def _one_pass(X, t, epochs):
    return _train(X, t, 1)


def _learns_to_be_wrong(X, t, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, target in zip(X, t, strict=True):
            error = (1 if np.dot(w, x) + b > 0 else 0) - target
            w = w + error * x
            b = b + error
    return w, b


train = Exercise(
    "perceptron.train",
    solution=_train,
    inputs=[
        (*gate("AND"), 6),
        (*gate("NAND"), 10),
        (np.array([[2.0, 1.0], [0.0, 1.0], [1.0, -1.0]]), np.array([1, 0, 0]), 4),
    ],
    hints=(
        "Compare the code with the two equations of the neuron, line by line. One of them is missing.",
        "The rule needs the error of the *output* $y$, which is 0 or 1. What does the code subtract from the target?",
    ),
    wrong=(
        Wrong(
            _error_of_sum,
            "The error is still measured from the sum $z$, not from the output $y$ = step($z$). (With a small learning "
            "rate that is a rule of its own, Widrow and Hoff's of 1960, but it is not the perceptron's.)",
        ),
        Wrong(
            _one_pass, "You found the bug, but this makes only one pass over the data. Keep the loop over the epochs."
        ),
        Wrong(_learns_to_be_wrong, "The step is there now, but the sign of the error is turned round: it is $t − y$."),
    ),
)


half_rate = Exercise(
    "perceptron.half_rate",
    solution=np.array([0.5, 0.5, -3.0]),
    hints=(
        "From zero, every correction adds η times a whole mango. Which corrections happen does not depend on η.",
        "So each of the three numbers is multiplied by the same factor.",
    ),
    wrong=(
        Wrong(
            np.array([1.0, 1.0, -6.0]), "That is the same *line*, but these are the numbers for η = 1. Halve the steps."
        ),
        Wrong(
            np.array([2.0, 2.0, -12.0]), "That is the same line, but with half the learning rate the steps are shorter."
        ),
        Wrong(np.array([0.5, 0.5, -6.0]), "The weights are right. The bias learns with the same η: it is halved too."),
    ),
    explanation="All three numbers are sums of corrections, and every correction is multiplied by η. So they are halved, "
    "and $0.5x_1 + 0.5x_2 − 3 = 0$ is the same line as $x_1 + x_2 − 6 = 0$.",
)


def _margin(X, t, w, b):
    signs = 2 * np.asarray(t) - 1
    return np.min(signs * (X @ w + b)) / np.linalg.norm(w)


def _margin_unscaled(X, t, w, b):
    return np.min((2 * np.asarray(t) - 1) * (X @ w + b))


def _margin_unsigned(X, t, w, b):
    return np.min(np.abs(X @ w + b)) / np.linalg.norm(w)


margin = Exercise(
    "perceptron.margin",
    solution=_margin,
    inputs=lambda rng: [
        (np.array([[4.0, 3.0], [0.0, 4.0], [1.0, 1.0]]), np.array([1, 0, 0]), np.array([1.0, 1.0]), -6.0),
        (np.array([[4.0, 3.0], [0.0, 4.0], [1.0, 1.0]]), np.array([1, 1, 0]), np.array([1.0, 1.0]), -6.0),
        (rng.normal(size=(6, 3)), np.array([0, 1, 0, 1, 1, 0]), rng.normal(size=3), 0.5),
    ],
    hints=(
        "The distance of a point from the line is $|w·x + b|$ divided by the length of $w$, `np.linalg.norm(w)`.",
        "Points on the wrong side count as negative: multiply $z$ by +1 for class 1 and by −1 for class 0, then take the "
        "smallest.",
    ),
    wrong=(
        Wrong(_margin_unscaled, "That is the smallest $z$, not a distance: divide by the length of $w$."),
        Wrong(_margin_unsigned, "A point on the *wrong* side must make the margin negative; `abs` hides that."),
    ),
)


def ones_and_sevens():
    """The 1s (target 0) and 7s (target 1) to learn from: X (N, 64) with pixels from 0 to 1, and t (N,)."""
    return _split_of_ones_and_sevens()[0]


def _split_of_ones_and_sevens():
    X, labels = digits(classes=(1, 7), scale=True)
    return stratified_split(X, (labels == 7).astype(int), test=0.25, rng=np.random.default_rng(1))


def _digits_seen(neuron):
    _, (X, t) = _split_of_ones_and_sevens()
    return np.mean(neuron.predict(X) == t)


def _digit_neuron():
    X, t = ones_and_sevens()
    neuron = Perceptron.zeros(64)
    neuron.fit(X, t)
    return neuron


def _swapped_targets():
    X, t = ones_and_sevens()
    neuron = Perceptron.zeros(64)
    neuron.fit(X, 1 - t)
    return neuron


digit_neuron = Exercise(
    "perceptron.digit_neuron",
    solution=_digit_neuron,
    made=True,
    observe=_digits_seen,
    accept=lambda accuracy: accuracy >= 0.95,
    expect="at least 95 % of the held-back digits told rightly",
    hints=(
        "Make a neuron with 64 inputs, `Perceptron.zeros(64)`, and let it learn with `fit`.",
        "`X, t = exercises.ones_and_sevens()` gives what `fit` needs.",
    ),
    wrong=(
        Wrong(
            lambda: Perceptron.zeros(64),
            "This neuron tells about half of the digits rightly, as guessing would. Has it learned? Call `fit`.",
            when=lambda accuracy: 0.3 <= accuracy <= 0.7,
        ),
        Wrong(
            _swapped_targets,
            "This neuron is wrong nearly always, which takes as much knowledge as being right: its targets are swapped. "
            "A 7 is to give 1.",
            when=lambda accuracy: accuracy < 0.3,
        ),
    ),
)
