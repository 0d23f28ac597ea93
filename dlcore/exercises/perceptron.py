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


def _bias_each_time(x, w, b):
    return np.sum(np.multiply(w, x) + b)


def _activated(x, w, b):
    return 1 if np.dot(w, x) + b > 0 else 0


def _two_inputs_only(x, w, b):
    return x[0] * w[0] + x[1] * w[1] + b


def _not_added(x, w, b):
    return np.multiply(w, x) + b


weighted_sum = Exercise(
    "perceptron.weighted_sum",
    solution=_weighted_sum,
    inputs=[
        (np.array([3.0, 2.0]), np.array([0.5, -1.0]), 0.25),
        (np.array([0.0, 0.0]), np.array([3.0, 4.0]), -1.5),
        (np.array([1.0, 2.0, 4.0]), np.array([1.0, 0.5, 0.25]), 10.0),
    ],
    hints=(
        "Multiply each input by its weight, add the products, then add the bias once.",
        "`np.dot(w, x)` is the sum of the products.",
    ),
    wrong=(
        Wrong(_without_bias, "That is the weighted sum without the bias. Add $b$ at the end."),
        Wrong(_bias_each_time, "The bias is added once for every input here. It belongs to the neuron: add it once."),
        Wrong(
            _activated, "That is the neuron's output $y$, 0 or 1. The exercise asks for the sum $z$ before the step."
        ),
        Wrong(_two_inputs_only, "That is right for two inputs. Make it work for any number: a loop, or `np.dot`."),
        Wrong(_not_added, "These are the products, one for each input. They still have to be added up."),
    ),
)


def _fires(x, w, theta):
    return 1 if np.dot(w, x) > theta else 0


def _fires_at_threshold(x, w, theta):
    return 1 if np.dot(w, x) >= theta else 0


def _adds_threshold(x, w, theta):
    return 1 if np.dot(w, x) + theta > 0 else 0


def _ignores_threshold(x, w, theta):
    return 1 if np.dot(w, x) > 0 else 0


fires = Exercise(
    "perceptron.fires",
    solution=_fires,
    inputs=[
        (np.array([1.0, 1.0]), np.array([0.5, 0.25]), 0.5),
        (np.array([1.0, 1.0]), np.array([0.5, 0.25]), 0.75),
        (np.array([1.0, 0.0]), np.array([0.5, 0.25]), 0.75),
        (np.array([0.0, 1.0]), np.array([0.5, -2.0]), -0.5),
        (np.array([0.0, 0.0]), np.array([2.0, 2.0]), -0.5),
        (np.array([1.0, 0.0]), np.array([0.5, 0.25]), -0.75),
        (np.array([1.0, 2.0, 4.0]), np.array([1.0, 0.5, 0.25]), 2.5),
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
        Wrong(_ignores_threshold, "You compared the sum with 0. Here it is compared with the threshold `theta`."),
    ),
)


def _where_it_fires(weights):
    """The corners where the neuron (w₁, w₂, b) fires, in words."""
    if isinstance(weights, Perceptron):
        weights = np.append(weights.w, weights.b)
    if np.shape(weights) != (3,):
        return f"something of shape {np.shape(weights)}, not the three numbers (w₁, w₂, b)"
    if weights[0] > -2:
        return "a neuron whose w₁ is greater than −2"
    X, _ = gate("AND")
    firing = X[Perceptron(weights[:2], weights[2]).predict(X) == 1]
    return f"a neuron that fires at {', '.join(f'({x1:g}, {x2:g})' for x1, x2 in firing) or 'no corner'}"


corner = Exercise(
    "perceptron.corner",
    solution=np.array([-2.0, 2.0, -1.0]),
    observe=_where_it_fires,
    hints=(
        "$x_1$ has to speak against firing and $x_2$ for it: one weight is negative, the other positive.",
        "With weights −2 and 2 the sums at (0, 0), (1, 0), (0, 1), (1, 1) are 0, −2, 2, 0, before the bias. Which bias "
        "leaves only the 2 above zero?",
    ),
    wrong=(
        Wrong(
            np.array([-2.0, 2.0, 1.0]),
            "It fires at (0, 0) too, where the bias alone decides. What sign should the bias have?",
        ),
        Wrong(
            np.array([-2.0, 2.0, -2.0]),
            "Its sum at (0, 1), $w_2 + b$, is not greater than 0, so not even that corner fires. $x_2$ has to speak *for* "
            "firing, strongly enough to outweigh the bias.",
        ),
        Wrong(
            np.array([-2.0, 3.0, -0.5]),
            "It fires at (1, 1) too, where both inputs count: let $x_1$ speak more strongly against firing, or $x_2$ less strongly for "
            "it, or lower the bias.",
        ),
        Wrong(
            np.array([-2.0, -2.0, 1.0]),
            "It fires where no input is 1. $x_2$ should speak *for* firing: give it a positive weight.",
        ),
    ),
    explanation="`np.array([-2.0, 2.0, -1.0])` is $(w_1, w_2, b)$. Any multiple by a factor above 1 does as well, and many other lines: "
    "the exercise asks what the neuron *does*.",
)


def _update_signed(w, x, t, lr):
    y = 1 if np.dot(w, x) > 0 else -1
    return w + lr * t * x if y != t else w


def _twice_as_far(w, x, t, lr):
    y = 1 if np.dot(w, x) > 0 else -1
    return w + lr * (t - y) * x


def _always_corrects(w, x, t, lr):
    return w + lr * t * x


def _wrong_way(w, x, t, lr):
    y = 1 if np.dot(w, x) > 0 else -1
    return w - lr * t * x if y != t else w


def _output_of_zero(w, x, t, lr):
    y = 1 if np.dot(w, x) > 0 else 0
    return w + lr * t * x if y != t else w


def _fires_at_zero(w, x, t, lr):
    y = 1 if np.dot(w, x) >= 0 else -1
    return w + lr * t * x if y != t else w


def _sign_of_sum(w, x, t, lr):
    return w + lr * t * x if np.sign(np.dot(w, x)) != t else w


def _corrects_right_answers(w, x, t, lr):
    y = 1 if np.dot(w, x) > 0 else -1
    return w + lr * t * x if y == t else w


def _without_rate(w, x, t, lr):
    return _update_signed(w, x, t, 1)


update_signed = Exercise(
    "perceptron.update_signed",
    solution=_update_signed,
    inputs=[
        (np.array([1.0, 1.0, -6.0]), np.array([4.0, 3.0, 1.0]), 1, 1.0),
        (np.array([1.0, 1.0, -6.0]), np.array([1.0, 2.0, 1.0]), 1, 1.0),
        (np.array([1.0, 1.0, -6.0]), np.array([5.0, 3.0, 1.0]), -1, 0.5),
        (np.array([1.0, 1.0, -6.0]), np.array([1.0, 1.0, 1.0]), -1, 0.5),
        (np.array([0.0, 0.0]), np.array([2.0, 1.0]), 1, 0.25),
        (np.array([0.0, 0.0]), np.array([2.0, 1.0]), -1, 0.25),
    ],
    hints=(
        "First the output: `y = 1 if … else -1`. Only if it differs from `t` do the weights change.",
        "The new weights are `w + lr * t * x`; make no use of `+=`, which would change the array you were given.",
    ),
    wrong=(
        Wrong(
            _twice_as_far,
            "The direction is right, but the step is twice as long: with targets −1 and +1 the difference $t − y$ is ±2. "
            "Use $t$ itself.",
        ),
        Wrong(
            _always_corrects,
            "You correct right answers too. Compute the output, and change nothing where it equals $t$.",
        ),
        Wrong(_wrong_way, "The sign is turned round: this makes the neuron *more* wrong."),
        Wrong(_output_of_zero, "Your neuron says 0 where it does not fire. Here the other class is −1."),
        Wrong(
            _fires_at_zero,
            "Your neuron fires when its sum is exactly 0. By the convention of this book it should not: use `>`.",
        ),
        Wrong(
            _sign_of_sum,
            "Nearly: where the sum is exactly 0, `np.sign` says 0, which is neither class. The output is −1 there.",
        ),
        Wrong(_corrects_right_answers, "You correct the right answers and leave the wrong ones as they are: use `!=`."),
        Wrong(_without_rate, "The learning rate is missing: the correction is $η\\,t\\,x$."),
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


def _sign_for_step(X, t, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, target in zip(X, t, strict=True):
            error = target - np.sign(np.dot(w, x) + b)
            w = w + error * x
            b = b + error
    return w, b


def _bias_never_learns(X, t, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, target in zip(X, t, strict=True):
            w = w + (target - (1 if np.dot(w, x) + b > 0 else 0)) * x
    return w, b


def _train_firing_at_zero(X, t, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, target in zip(X, t, strict=True):
            error = target - (1 if np.dot(w, x) + b >= 0 else 0)
            w = w + error * x
            b = b + error
    return w, b


train = Exercise(
    "perceptron.train",
    solution=_train,
    inputs=[
        (np.array([[4.0, 3.0], [0.0, 4.0]]), np.array([1, 0]), 1),
        (*gate("AND"), 3),
        (*gate("NAND"), 10),
        (np.array([[2.0, 0.5], [0.25, 1.0], [1.0, -1.5]]), np.array([1, 0, 0]), 4),
    ],
    hints=(
        "Compare the code with the two equations of the neuron, line by line. One of them is missing.",
        "The rule needs the error of the *output* $y$, which is 0 or 1. What does the code subtract from the target?",
    ),
    wrong=(
        Wrong(
            _error_of_sum,
            "This does what the code did as it was given. Follow one sample through it with a pencil, beside the section "
            "*Two corrections by hand*.",
        ),
        Wrong(
            _one_pass,
            "You found the bug, but after all epochs this has learned from one pass only. Does it keep its weights from epoch "
            "to epoch?",
        ),
        Wrong(_learns_to_be_wrong, "The step is there now, but the sign of the error is turned round: it is $t − y$."),
        Wrong(_sign_for_step, "`np.sign` says −1 where the sum is negative. Here the other class is 0: use a step."),
        Wrong(_bias_never_learns, "The weights learn now, but the bias does not any more. It takes the same error."),
        Wrong(
            _train_firing_at_zero,
            "The bug is gone, but your neuron fires when its sum is exactly 0. Use `>`, as this book does.",
        ),
    ),
    explanation="The error was measured from the sum $z$ instead of the output $y$ = step($z$). (With a small learning rate "
    "that is a rule of its own, Widrow and Hoff's of 1960, but it is not the perceptron's.)",
)


after_star = Exercise(
    "perceptron.after_star",
    solution=4,
    hints=(
        "The star's sum is $5 + 3 − 6 = 2$: it fires and should not. So the error is −1. Which numbers does the rule arrive at?",
        "$w = (1 − 5, 1 − 3)$ and $b = −6 − 1$. What sign do the sums of the old mangos have now?",
    ),
    wrong=(
        Wrong(8, "A correction does not look at the other mangos. Work out the new weights and their sums."),
        Wrong(7, "More than one mango pays for this correction. Work out the new weights and their sums."),
        Wrong(0, "Not that bad: whoever says 'not ripe' to all of them is right about some. About how many?"),
    ),
    explanation="The star is subtracted: $w = (1 − 5, 1 − 3) = (−4, −2)$ and $b = −6 − 1 = −7$. With all three numbers "
    "negative no mango fires any more, so the four unripe ones are told rightly and the four ripe ones are not. One sample "
    "has undone the whole lesson. (And no line tells all nine rightly: the star lies between ripe mangos. With it among "
    "the samples the rule would never end.)",
)


def _margin(X, t, w, b):
    signs = 2 * np.asarray(t) - 1
    return np.min(signs * (X @ w + b)) / np.linalg.norm(w)


def _margin_unscaled(X, t, w, b):
    return np.min((2 * np.asarray(t) - 1) * (X @ w + b))


def _margin_unsigned(X, t, w, b):
    return np.min(np.abs(X @ w + b)) / np.linalg.norm(w)


def _margin_without_target(X, t, w, b):
    return np.min(X @ w + b) / np.linalg.norm(w)


def _margin_times_target(X, t, w, b):
    return np.min(np.asarray(t) * (X @ w + b)) / np.linalg.norm(w)


def _nearest_sample(X, t, w, b):
    return min((2 * np.asarray(t) - 1) * (X @ w + b), key=abs) / np.linalg.norm(w)


def _margin_without_bias(X, t, w, b):
    return np.min((2 * np.asarray(t) - 1) * (X @ w)) / np.linalg.norm(w)


def _all_distances(X, t, w, b):
    return (2 * np.asarray(t) - 1) * (X @ w + b) / np.linalg.norm(w)


def _margin_other_side(X, t, w, b):
    return np.min((1 - 2 * np.asarray(t)) * (X @ w + b)) / np.linalg.norm(w)


margin = Exercise(
    "perceptron.margin",
    solution=_margin,
    inputs=[
        (np.array([[4.0, 6.0], [0.0, 4.0], [1.0, 1.0]]), np.array([1, 0, 0]), np.array([3.0, 4.0]), -20.0),
        (np.array([[4.0, 6.0], [0.0, 4.0], [1.0, 1.0]]), np.array([1, 1, 0]), np.array([3.0, 4.0]), -20.0),
        (np.array([[10.0, 10.0], [4.0, 6.0], [0.0, 4.0]]), np.array([0, 1, 0]), np.array([3.0, 4.0]), -20.0),
        (np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0]]), np.array([0, 1]), np.array([2.0, -1.0, 2.0]), -1.5),
    ],
    hints=(
        "`X @ w + b` gives the sums of all samples at once; `np.linalg.norm(w)` is the length of $w$, for any number of inputs.",
        "Multiply each $z$ by +1 where the target is 1 and by −1 where it is 0, divide by the length, take the smallest.",
    ),
    wrong=(
        Wrong(_margin_unscaled, "That is the smallest signed $z$, not a distance: divide by the length of $w$."),
        Wrong(_margin_unsigned, "A sample on the *wrong* side must make the margin negative; `abs` hides that."),
        Wrong(
            _margin_without_target,
            "The targets have no say here. A sample with the target 0 should have a *negative* $z$: turn the sign of its $z$ round.",
        ),
        Wrong(
            _margin_times_target,
            "A target of 0 makes the $z$ of its sample 0, wherever the sample lies. Multiply by −1 instead where the target is 0.",
        ),
        Wrong(
            _nearest_sample,
            "That is the sample nearest to the line. The smallest signed distance is another: −10 is smaller than 0.8.",
        ),
        Wrong(_margin_without_bias, "The bias is missing: $z = w·x + b$."),
        Wrong(_all_distances, "These are the signed distances of all samples. The margin is the smallest of them."),
        Wrong(_margin_other_side, "The signs are swapped: class 1 is to have positive sums, class 0 negative ones."),
    ),
)


def ones_and_sevens():
    """The 1s (target 0) and 7s (target 1) to learn from: X (N, 64) with pixels from 0 to 1, and t (N,)."""
    return _split_of_ones_and_sevens()[0]


def _split_of_ones_and_sevens():
    X, labels = digits(classes=(1, 7), scale=True)
    return stratified_split(X, (labels == 7).astype(int), test=0.25, rng=np.random.default_rng(1))


NO_NEURON, IN_BRACKETS, A_LIST = "something that is no neuron", "a neuron in brackets", "a list"


def _digits_seen(neuron):
    """The percentage of the held-back digits told rightly, or words where that cannot be had."""
    if isinstance(neuron, (list, tuple)) and any(isinstance(item, Perceptron) for item in neuron):
        return IN_BRACKETS
    if not isinstance(neuron, Perceptron):
        return A_LIST if isinstance(neuron, list) else NO_NEURON
    _, (X, t) = _split_of_ones_and_sevens()
    return round(100 * np.mean(neuron.predict(X) == t), 1)


def _digit_neuron():
    X, t = ones_and_sevens()
    neuron = Perceptron.zeros(64)
    neuron.fit(X, t)
    return neuron


def _untrained():
    return Perceptron.zeros(64)


def _in_brackets():
    return [_digit_neuron()]


def _list_of_mistakes():
    X, t = ones_and_sevens()
    return Perceptron.zeros(64).fit(X, t)


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
    accept=lambda percent: not isinstance(percent, str) and percent >= 95,
    expect="a neuron that tells at least 95 % of the held-back digits rightly",
    got=lambda seen: seen if isinstance(seen, str) else f"one that tells {seen:g} % rightly",
    hints=(
        "Make a neuron with 64 inputs, `Perceptron.zeros(64)`, give it a name, and let it learn with `fit`.",
        "`X, t = exercises.ones_and_sevens()` gives what `fit` needs. `fit` changes the neuron; hand over the neuron.",
    ),
    wrong=(
        Wrong(
            _in_brackets,
            "Take it out of the brackets, and hand over the neuron alone.",
            when=lambda percent: percent == IN_BRACKETS,
        ),
        Wrong(
            _list_of_mistakes,
            "`fit` returns a list, its mistakes. Give the neuron a name first, then call `fit`, then hand over the neuron.",
            when=lambda percent: percent == A_LIST,
        ),
        Wrong(
            lambda: (np.zeros(64), 0.0),
            "Hand over the neuron itself, a `Perceptron`: it knows its weights and its bias.",
            when=lambda percent: percent == NO_NEURON,
        ),
        Wrong(
            _untrained,
            "This neuron tells about half of the digits rightly, as guessing would. Has it learned, and from these digits?",
            when=lambda percent: 40 <= percent <= 60,
        ),
        Wrong(
            _swapped_targets,
            "This neuron is wrong nearly always, which takes as much knowledge as being right: its targets are swapped. "
            "A 7 is to give 1.",
            when=lambda percent: percent < 10,
        ),
    ),
    note="The starter wants the neuron itself: the same lines without `def` and `return`, and "
    "`digit_neuron = neuron` at the end.",
)
