"""Exercises of the chapter on loss functions."""

from functools import cache

import numpy as np

from dlcore.exercises import Exercise, Wrong
from dlcore.figures import loss as figures
from dlcore.losses import softmax_cross_entropy


def _rmse(y, t):
    return np.sqrt(np.mean((y - t) ** 2))


def _no_root(y, t):
    return np.mean((y - t) ** 2)


def _root_of_each(y, t):
    return np.mean(np.sqrt((y - t) ** 2))


def _root_of_sum(y, t):
    return np.sqrt(np.sum((y - t) ** 2))


def _root_over_n(y, t):
    return np.sqrt(np.sum((y - t) ** 2)) / np.size(y)


def _root_of_mean_error(y, t):
    return np.abs(np.mean(y - t))


rmse = Exercise(
    "loss.rmse",
    solution=_rmse,
    inputs=[
        (np.array([3.0, 5.0]), np.array([2.0, 12.0])),
        (np.array([1.5, 2.0, 0.0]), np.array([1.0, 4.0, -1.0])),
        (np.array([[1.0, 2.0], [0.5, -3.0]]), np.array([[0.0, 2.5], [4.0, -1.0]])),
    ],
    hints=(
        "First the mean squared error, one number. Then one root of that number.",
        "`np.mean(...)` of all squared errors, and `np.sqrt(...)` around it.",
    ),
    wrong=(
        Wrong(_no_root, "That is the MSE. Take the root of it."),
        Wrong(
            _root_of_each,
            "You take the root of every square *before* the mean. Such a root is only the size of the error, so "
            "that is the MAE. The root comes last.",
        ),
        Wrong(
            _root_of_sum,
            "That is the root of the *sum* of the squares: with more samples it grows. Take the mean first.",
        ),
        Wrong(
            _root_over_n,
            "You divide by $N$ after the root. The mean, with its division by $N$, belongs inside the root.",
        ),
        Wrong(_root_of_mean_error, "Here errors of different sign cancel. Square each error before anything is added."),
    ),
    explanation="Its unit is that of the targets, like the MAE's, but large errors count more in it.",
)


def _baseline(labels, K):
    total = 0.0
    for k in range(K):
        share = np.mean(labels == k)
        if share > 0:
            total -= share * np.log(share)
    return total


def _uniform(labels, K):
    return np.log(K)


def _empty_class(labels, K):
    shares = np.array([np.mean(labels == k) for k in range(K)])
    return -np.sum(shares * np.log(shares))


def _positive_logs(labels, K):
    return -_baseline(labels, K)


def _unweighted(labels, K):
    shares = np.array([np.mean(labels == k) for k in range(K)])
    return -np.mean(np.log(shares[shares > 0]))


def _largest_only(labels, K):
    return -np.log(max(np.mean(labels == k) for k in range(K)))


def _shares_of_k(labels, K):
    shares = np.array([np.sum(labels == k) / K for k in range(K)])
    shares = shares[shares > 0]
    return -np.sum(shares * np.log(shares))


def _sum_over_samples(labels, K):
    return len(labels) * _baseline(labels, K)


baseline = Exercise(
    "loss.baseline",
    solution=_baseline,
    inputs=[
        (np.array([0, 1, 0, 0]), 2),
        (np.array([2, 0, 1, 2, 2, 1, 2, 2]), 3),
        (np.array([1, 1, 0, 3, 1]), 4),
    ],
    hints=(
        "The best constant probabilities are the shares of the classes. A sample of class $k$ then costs $−\\ln$ of its "
        "share. What share of the samples pays that?",
        "`np.mean(labels == k)` is the share of class $k$. Add up share · (−ln share), and leave out a class that never occurs.",
    ),
    wrong=(
        Wrong(
            _uniform,
            "That is the loss of saying 1/K always. A constant that knows the shares does better, unless all are equal.",
        ),
        Wrong(
            _empty_class,
            "A class that never occurs gives 0 · ln 0, which numpy makes `nan`. Nobody pays for that class: leave it out.",
        ),
        Wrong(
            _positive_logs, "The sign: the logarithm of a share is negative, and a surprise is *minus* the logarithm."
        ),
        Wrong(
            _unweighted,
            "You take the mean over the *classes*. The loss is the mean over the *samples*: weigh each class with its share.",
        ),
        Wrong(_largest_only, "That is what the samples of the most frequent class pay. The others pay too."),
        Wrong(_shares_of_k, "You divide the counts by `K`. A share is a count divided by the number of samples."),
        Wrong(_sum_over_samples, "That is the sum over all samples. The loss is their mean."),
    ),
    explanation="This number is called the entropy (엔트로피) of the shares. A classifier is worth something if its loss on new data is below it.",
)


def _cross_entropy_rows(p, t):
    surprise = -t * np.log(p)
    return np.mean(np.sum(surprise, axis=1))


def _as_given(p, t):
    surprise = -t * np.log(p)
    return np.mean(surprise)


def _summed(p, t):
    return -np.sum(t * np.log(p))


def _each_row(p, t):
    return -np.sum(t * np.log(p), axis=1)


def _over_columns(p, t):
    return np.sum(-t * np.log(p)) / p.shape[1]


def _columns_first(p, t):
    return np.sum(-t * np.log(p), axis=0)


def _wrong_sign(p, t):
    return np.mean(np.sum(t * np.log(p), axis=1))


def _all_classes(p, t):
    return np.mean(np.sum(-np.log(p), axis=1))


def _base_two(p, t):
    return np.mean(np.sum(-t * np.log2(p), axis=1))


def _largest_probability(p, t):
    return np.mean(-np.log(np.max(p, axis=1)))


def _other_classes(p, t):
    return np.mean(np.sum(-(1 - t) * np.log(p), axis=1))


cross_entropy_rows = Exercise(
    "loss.cross_entropy_rows",
    solution=_cross_entropy_rows,
    inputs=[
        (np.array([[0.5, 0.25, 0.25]]), np.array([[1.0, 0.0, 0.0]])),
        (np.array([[0.5, 0.25, 0.25], [0.1, 0.2, 0.7]]), np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])),
        (
            np.array([[0.125, 0.375, 0.25, 0.25], [0.6, 0.1, 0.2, 0.1], [0.05, 0.15, 0.5, 0.3]]),
            np.array([[0.0, 0.0, 0.0, 1.0], [1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]]),
        ),
    ],
    hints=(
        "One sample with the probabilities (½, ¼, ¼), and the first class is right. What should it cost, and what does the code say?",
        "Print `surprise` and its shape. How many of its entries are not 0, and by how many does `np.mean` divide?",
    ),
    wrong=(
        Wrong(
            _as_given,
            "This is still the code as it was given: compute the surprise of this one sample by hand, and compare.",
            when=None,
        ),
        Wrong(
            _summed,
            "That is the *sum* over the samples: with twice as many samples it is twice as large. The loss is their mean.",
        ),
        Wrong(_each_row, "These are the surprises, one for each sample. The loss is one number: their mean."),
        Wrong(_over_columns, "You divide by the number of classes. Divide by the number of samples."),
        Wrong(_columns_first, "You added up each *column*. A sample is a row: `axis=1`, and then the mean."),
        Wrong(
            _base_two,
            "That logarithm has the base 2. In this book a surprise is minus the *natural* logarithm, `np.log`.",
        ),
        Wrong(_wrong_sign, "The sign is turned round: a surprise is minus the logarithm."),
        Wrong(
            _all_classes,
            "You add the logarithms of *all* classes. Only the class that is right counts: `t` picks it out.",
        ),
        Wrong(
            _largest_probability,
            "You take the class with the *largest* probability. What counts is the class that is right, however small its "
            "probability is.",
        ),
        Wrong(_other_classes, "You take the logarithms of the classes that are *not* right."),
    ),
    explanation="`np.mean` of the whole table divides by $N·K$, though only $N$ of its entries can differ from 0: the loss comes "
    "out $K$ times too small. It has the right sign, it falls during training, and it fits no baseline: saying 1/K always would not cost "
    "ln K.",
)


_FOUR = ["absolute", "wrong", "squared", "cross-entropy"]
_OFFERED = ("squared", "absolute", "cross-entropy", "wrong")


def _words(answer):
    """The words of a learner's list, however they are spelled; [] if it is no list."""
    if not isinstance(answer, (list, tuple)):
        return []
    words = [" ".join(str(word).lower().replace("_", " ").replace("-", " ").split()) for word in answer]
    return [{"cross entropy": "cross-entropy", "crossentropy": "cross-entropy"}.get(word, word) for word in words]


def _is(*words):
    return lambda answer: _words(answer) == list(words)


def _right_up_to(k):
    return lambda answer: _words(answer)[:k] == _FOUR[:k] and _words(answer)[k] != _FOUR[k]


scores = Exercise(
    "loss.scores",
    solution=_FOUR,
    accept=lambda answer: _words(answer) == _FOUR,
    expect="the right word for each of the four",
    hints=(
        "The target is 1 and the neuron says σ(z). One of the four can take only two values. One has no upper limit.",
        "Two are left, which both start near 1. At $z = 0$ the neuron says 0.5: what is the size of the error, and what is its square?",
    ),
    wrong=(
        Wrong(
            ["squared", "wrong", "absolute", "cross-entropy"],
            "Two are swapped. At $z = 0$ the neuron says 0.5: read off the curves there.",
            when=_is("squared", "wrong", "absolute", "cross-entropy"),
        ),
        Wrong(
            ["absolute", "wrong", "cross-entropy", "squared"],
            "Which of the two can grow without limit? The output of a sigmoid is between 0 and 1, and so is the error.",
            when=_is("absolute", "wrong", "cross-entropy", "squared"),
        ),
        Wrong(
            _FOUR[:3],
            "Answer with a list of exactly 4 words, each in quotation marks.",
            when=lambda answer: len(_words(answer)) != 4,
        ),
        Wrong(
            ["mse", *_FOUR[1:]],
            'Something in your list is none of the four words `"squared"`, `"absolute"`, `"cross-entropy"`, `"wrong"`.',
            when=lambda answer: not set(_words(answer)) <= set(_OFFERED),
        ),
        Wrong(
            ["wrong", "absolute", "squared", "cross-entropy"],
            "Look again at A: what is its value at $z = 0$, and does it jump?",
            when=_right_up_to(0),
        ),
        Wrong(
            ["absolute", "squared", "wrong", "cross-entropy"],
            "A is right. Look again at B: how many different values does it take?",
            when=_right_up_to(1),
        ),
        Wrong(
            ["absolute", "wrong", "wrong", "cross-entropy"], "A and B are right. Look again at C.", when=_right_up_to(2)
        ),
        Wrong(
            ["absolute", "wrong", "squared", "squared"], "A, B and C are right. Look again at D.", when=_right_up_to(3)
        ),
    ),
    explanation="At $z = −6$ the neuron is badly wrong. There A and C are nearly flat, B is exactly flat, and D alone is steep.",
)


def _total_cost(p, t, threshold, miss, alarm):
    yes = p > threshold
    misses = np.sum(~yes & (t == 1))
    alarms = np.sum(yes & (t == 0))
    return miss * misses + alarm * alarms


def _swapped_costs(p, t, threshold, miss, alarm):
    return _total_cost(p, t, threshold, alarm, miss)


def _half_always(p, t, threshold, miss, alarm):
    return _total_cost(p, t, 0.5, miss, alarm)


def _yes_at_threshold(p, t, threshold, miss, alarm):
    yes = p >= threshold
    return miss * np.sum(~yes & (t == 1)) + alarm * np.sum(yes & (t == 0))


def _mean_cost(p, t, threshold, miss, alarm):
    return _total_cost(p, t, threshold, miss, alarm) / len(p)


def _only_counts(p, t, threshold, miss, alarm):
    return np.sum((p > threshold) != (t == 1))


def _all_yes_pay(p, t, threshold, miss, alarm):
    yes = p > threshold
    return miss * np.sum(~yes) + alarm * np.sum(yes)


def _only_misses(p, t, threshold, miss, alarm):
    return _total_cost(p, t, threshold, miss, 0)


total_cost = Exercise(
    "loss.total_cost",
    solution=_total_cost,
    inputs=[
        (np.array([0.75, 0.25, 0.625, 0.5]), np.array([1, 1, 0, 1]), 0.5, 10.0, 1.0),
        (np.array([0.75, 0.25, 0.625, 0.5]), np.array([1, 1, 0, 1]), 0.125, 10.0, 1.0),
        (np.array([0.875, 0.125, 0.5, 0.75, 0.25, 0.375]), np.array([0, 0, 1, 0, 1, 0]), 0.25, 3.0, 0.5),
    ],
    hints=(
        "Two kinds of mistakes: target 1 and not above the threshold (a miss), target 0 and above it (a false alarm). Count each.",
        "`np.sum((p > threshold) & (t == 0))` counts the false alarms: `&` is *and*, element by element.",
    ),
    wrong=(
        Wrong(_swapped_costs, "The two costs are swapped: `miss` is for samples of class 1 that were not recognised."),
        Wrong(_half_always, "You cut at ½. The threshold comes as an argument: use it."),
        Wrong(
            _yes_at_threshold,
            "Yours says yes at the threshold itself. In this book the probability must exceed it: use `>`.",
        ),
        Wrong(_mean_cost, "That is the cost for each sample. Asked is the total."),
        Wrong(_only_counts, "You count the mistakes, as accuracy does. Here the two kinds have different prices."),
        Wrong(_all_yes_pay, "Right answers pay in yours too. Compare with the target as well."),
        Wrong(_only_misses, "You count the misses only. The false alarms cost something too."),
    ),
)


def _logit_loss(z, t):
    # ln(1 + e^z) is z + ln(1 + e^(−z)): take whichever form has the exponent below 0
    return np.mean(np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z))) - t * z)


def _overflowing(z, t):
    return np.mean(np.log(1 + np.exp(z)) - t * z)


def _through_probabilities(z, t):
    y = 1 / (1 + np.exp(-z))
    return -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))


def _clipped(z, t):
    y = np.clip(1 / (1 + np.exp(-z)), 1e-12, 1 - 1e-12)
    return -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))


def _other_form(z, t):
    return np.mean(z + np.log(1 + np.exp(-z)) - t * z)


def _without_target(z, t):
    return np.mean(np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z))))


def _sum_of_losses(z, t):
    return len(z) * _logit_loss(z, t)


def _one_for_each(z, t):
    return np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z))) - t * z


def _sign_of_target(z, t):
    return np.mean(np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z))) + t * z)


logit_loss = Exercise(
    "loss.logit_loss",
    solution=_logit_loss,
    inputs=[
        (np.array([2.0, -1.0]), np.array([0.0, 1.0])),
        (np.array([0.5, -3.0, 1.5]), np.array([1.0, 0.0, 0.0])),
        (np.array([1000.0, 2.0]), np.array([0.0, 1.0])),
        (np.array([-1000.0, -2.0]), np.array([1.0, 0.0])),
        (np.array([800.0, -800.0]), np.array([1.0, 0.0])),
    ],
    hints=(
        "The trouble is $e^z$ for a large $z$. Take $e^z$ out of the bracket: $1 + e^z = e^z(1 + e^{-z})$. What is the logarithm of that?",
        "$\\ln(1 + e^z) = z + \\ln(1 + e^{-z})$. The left form is safe for negative $z$, the right one for positive $z$. "
        "`np.maximum(z, 0)` and `np.abs(z)` write both as one.",
    ),
    wrong=(
        Wrong(
            _overflowing,
            "The formula is right, but $e^{1000}$ does not fit into a float. Rewrite the logarithm before you code it.",
        ),
        Wrong(
            _through_probabilities,
            "You go through the probability. For a large logit it is rounded to exactly 0 or 1, and the logarithm of 0 is infinite. "
            "Compute from $z$ directly.",
        ),
        Wrong(
            _clipped,
            "Clipping keeps the number finite, but it is not the loss any more: it can never exceed 27.7, and its slope is gone. "
            "Compute from $z$ directly.",
        ),
        Wrong(_other_form, "That is safe for large positive logits. Now a large *negative* one overflows."),
        Wrong(_without_target, "The term $−t·z$ is missing: it is the only place where the target comes in."),
        Wrong(_sum_of_losses, "That is the sum over the samples. The loss is their mean."),
        Wrong(_one_for_each, "These are the losses, one for each sample. Return their mean."),
        Wrong(
            _sign_of_target,
            "The sign of the last term: a logit that agrees with the target 1 must make the loss smaller.",
        ),
    ),
    explanation="`np.logaddexp(0, z)` computes $\\ln(e^0 + e^z)$ in the same way.",
)


def overconfident_logits():
    """(Z, t): the logits (359, 10) that an overtrained network gives the validation digits, and their labels (359,)."""
    Z, t = figures.validation_logits(0)
    return Z.copy(), t.copy()


@cache
def _smallest_loss():
    return min(_cooled(T) for T in np.arange(10, 60) / 20)


def _cooled(T):
    Z, t = figures.validation_logits(0)
    return softmax_cross_entropy(Z / T, t)


def _temperature():
    Z, t = overconfident_logits()
    choices = [k / 10 for k in range(5, 51)]
    losses = [softmax_cross_entropy(Z / T, t) for T in choices]
    return choices[int(np.argmin(losses))]


def _good_temperature(T):
    if isinstance(T, bool) or not isinstance(T, (int, float, np.number)):
        return False
    return bool(T > 0) and _cooled(float(T)) <= 1.01 * _smallest_loss()


temperature = Exercise(
    "loss.temperature",
    solution=_temperature,
    made=True,
    accept=_good_temperature,
    expect="a temperature whose loss on the validation digits is within 1 % of the smallest possible",
    hints=(
        "Try many temperatures: for each, `softmax_cross_entropy(Z / T, t)`. Which gives the smallest loss?",
        "Make a list of temperatures from 0.5 to 5 and a list of their losses; `np.argmin(losses)` is the place of the smallest.",
    ),
    wrong=(
        Wrong(
            lambda: 1.0,
            "With $T = 1$ nothing changes. Is there a temperature with a lower loss?",
            when=lambda T: T == 1,
        ),
        Wrong(
            lambda: 0.5,
            "Below 1 the probabilities become *sharper*, and this network is too sure already. (Divide the logits by $T$.)",
            when=lambda T: 0 < T < 1,
        ),
        Wrong(
            lambda: 1.5,
            "The right direction, but another temperature near it has a lower loss still. Try steps of 0.1.",
            when=lambda T: 1 < T <= 2.5,
        ),
        Wrong(
            lambda: 5.0,
            "That is too hot: the network is now less sure than it may be. In the limit every class gets one tenth.",
            when=lambda T: T > 2.5,
        ),
        Wrong(
            lambda: -1.0,
            "A temperature is greater than 0: nothing can be divided by 0, and a negative number would turn the order of the classes round.",
            when=lambda T: T <= 0,
        ),
    ),
    explanation="Not one answer has changed, only how sure the network says it is. This is called temperature scaling (Guo and others, 2017).",
)
