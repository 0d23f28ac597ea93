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


def _halved(y, t):
    return np.mean((y - t) ** 2) / 2


def _rounded(y, t):
    return round(float(_rmse(y, t)), 2)


def _over_rows(y, t):
    return np.sqrt(np.sum((y - t) ** 2) / len(y))


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
            "That is the MAE. (A root of each square, before the mean, gives it too.) Take the mean of the squares "
            "first, then one root.",
        ),
        Wrong(
            _root_of_sum,
            "That is the root of the *sum* of the squares: with more samples it grows. Take the mean first.",
        ),
        Wrong(
            _root_over_n,
            "You divide by $N$ after the root. The mean, with its division by $N$, belongs inside the root.",
        ),
        Wrong(
            _halved,
            "That is half the MSE. (Python reads `** 1/2` as `** 1`, then `/ 2`. Write `** 0.5` or `np.sqrt`.)",
        ),
        Wrong(_rounded, "Hand over the number as it is: do not round it."),
        Wrong(
            _over_rows,
            "`len` of an array of shape (2, 2) is 2, the number of its rows. `np.mean` divides by the number of *elements*.",
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


def _without_zero(labels, K):
    shares = np.array([np.mean(labels == k) for k in range(1, K + 1)])
    shares = shares[shares > 0]
    return -np.sum(shares * np.log(shares))


def _without_share(labels, K):
    shares = np.array([np.mean(labels == k) for k in range(K)])
    return -np.sum(np.log(shares[shares > 0]))


def _first_only(labels, K):
    share = np.mean(labels == 0)
    return -share * np.log(share)


def _bits(labels, K):
    return _baseline(labels, K) / np.log(2)


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
        Wrong(_without_zero, "Class 0 is missing. The classes are numbered from 0 to K − 1, which is `range(K)`."),
        Wrong(
            _without_share,
            "You add up the surprises of the classes. Weigh each with the share of the samples that pay it.",
        ),
        Wrong(_first_only, "That is class 0 alone. Is your `return` inside the loop? Then it ends in its first round."),
        Wrong(
            _bits, "That logarithm has the base 2. In this book a surprise is minus the *natural* logarithm, `np.log`."
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


def _without_targets(p, t):
    return np.mean(-np.log(p))


def _wrong_sign_as_given(p, t):
    return np.mean(t * np.log(p))


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
            "This does what the code did as it was given: compute the surprise of this one sample by hand, and compare.",
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
            _without_targets,
            "Now `t` is not used at all. It was needed: it picks out the class that is right.",
        ),
        Wrong(
            _wrong_sign_as_given,
            "A surprise is *minus* the logarithm: that sign was right as it was given.",
        ),
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
            "Which of the two can grow without limit? The output of a sigmoid is between 0 and 1, and so is the size of the error.",
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
    misses = np.sum((p <= threshold) & (t == 1))
    alarms = np.sum((p > threshold) & (t == 0))
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


def _only_alarms(p, t, threshold, miss, alarm):
    return _total_cost(p, t, threshold, 0, alarm)


def _miss_price_for_both(p, t, threshold, miss, alarm):
    return _total_cost(p, t, threshold, miss, miss)


def _alarm_price_for_both(p, t, threshold, miss, alarm):
    return _total_cost(p, t, threshold, alarm, alarm)


def _first_sample(p, t, threshold, miss, alarm):
    return _total_cost(p[:1], t[:1], threshold, miss, alarm)


def _no_brackets(p, t, threshold, miss, alarm):
    misses = np.sum(p <= threshold & t == 1)
    return miss * misses + alarm * np.sum(p > threshold & t == 0)


def _and(p, t, threshold, miss, alarm):
    misses = np.sum(p <= threshold and t == 1)
    return miss * misses + alarm * np.sum(p > threshold and t == 0)


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
            "What happens where the probability *equals* the threshold? It does not exceed it, so that is a no.",
        ),
        Wrong(_mean_cost, "That is the cost for each sample. Asked is the total."),
        Wrong(_only_counts, "You count every mistake as 1. Here the two kinds have different prices."),
        Wrong(_all_yes_pay, "Right answers pay in yours too. Compare with the target as well."),
        Wrong(_only_misses, "You count the misses only. The false alarms cost something too."),
        Wrong(_only_alarms, "You count the false alarms only. The misses cost something too."),
        Wrong(_miss_price_for_both, "Both kinds of mistakes cost `miss` in yours. A false alarm costs `alarm`."),
        Wrong(_alarm_price_for_both, "Both kinds of mistakes cost `alarm` in yours. A miss costs `miss`."),
        Wrong(
            _first_sample,
            "That is the first sample alone. Is your `return` inside the loop? Then it ends in its first round.",
        ),
        Wrong(
            _and,
            "`and`, `or`, `not` and `if` take one truth value, no array. For arrays write `(…) & (…)`, with the brackets.",
        ),
        Wrong(
            _no_brackets,
            "Python computes `&` before it compares. Write `(…) & (…)`, with the brackets, around each comparison.",
        ),
    ),
    explanation="With both prices 1 this is the number of mistakes. Accuracy is the share of all other answers.",
)


def _logit_loss(z, t):
    # ln(1 + e^z) is z + ln(1 + e^(−z)): take the one whose
    # exponent is not above 0
    softplus = np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z)))
    return np.mean(softplus - t * z)


def _two_cases(z, t):
    return np.mean(np.where(t == 1, np.log(1 + np.exp(-z)), np.log(1 + np.exp(z))))


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


def _one_truth(z, t):
    return np.mean((z if z > 0 else 0) + np.log(1 + np.exp(-np.abs(z))) - t * z)


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
            _two_cases,
            "On paper both cases are right. But either an $e^{1000}$ does not fit into a float, or a probability was rounded to 0, whose logarithm is infinite. Compute from $z$ directly, and rewrite the logarithm.",
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
        Wrong(
            _one_truth,
            "`if`, `and`, `or`, `not` and `max` want one truth value, no array of them. Loop over the samples, or write one "
            "formula for both signs of $z$.",
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
    Z, t = figures.logits_of(0, 1)
    return Z.copy(), t.copy()


@cache
def _smallest_loss():
    return min(_cooled(T) for T in np.arange(10, 60) / 20)


def _cooled(T):
    Z, t = figures.logits_of(0, 1)
    return softmax_cross_entropy(Z / T, t)


def _number(T):
    """T as a float, from an array of one element too; None for anything else."""
    if isinstance(T, (bool, str)) or np.size(T) != 1 or not np.issubdtype(np.asarray(T).dtype, np.number):
        return None
    return None if np.iscomplexobj(T) else float(np.ravel(T)[0])


def _good_temperature(T):
    T = _number(T)
    return T is not None and T > 0 and bool(_cooled(T) <= 1.01 * _smallest_loss())


temperature = Exercise(
    "loss.temperature",
    solution=2.0,
    accept=_good_temperature,
    expect="a temperature whose loss on the validation digits is within 1 % of the smallest possible",
    hints=(
        "Try many temperatures: for each, `softmax_cross_entropy(Z / T, t)`. Which gives the smallest loss?",
        "Make a list of temperatures from 0.5 to 5 and a list of their losses; `np.argmin(losses)` is the place of the smallest.",
    ),
    wrong=(
        Wrong(
            "2.0", "The quotation marks make it text: write a number without them.", when=lambda T: isinstance(T, str)
        ),
        Wrong(
            1.0,
            "With $T = 1$ nothing changes. Is there a temperature with a lower loss?",
            when=lambda T: _number(T) == 1,
        ),
        Wrong(
            0.5,
            "Below 1 the probabilities become *sharper*, and this network is too sure already. (Divide the logits by $T$.)",
            when=lambda T: 0 < T < 1,
        ),
        Wrong(
            1.5,
            "The right direction, but not far enough: a higher temperature has a lower loss. Try steps of 0.1.",
            when=lambda T: 1 < T < 2,
        ),
        Wrong(
            3.0,
            "That is too hot: a temperature nearer to 1 has a lower loss. Try steps of 0.1.",
            when=lambda T: T > 2,
        ),
        Wrong(
            -1.0,
            "A temperature is greater than 0: nothing can be divided by 0, and a negative number would turn the order of the classes round.",
            when=lambda T: T <= 0,
        ),
    ),
    explanation="The smallest loss is at about 2.0. Not one answer has changed, only how sure the network says it is. This is called "
    "temperature scaling (Guo and others, 2017). These digits served to choose $T$, so they flatter it; judge it on the test digits. "
    "There $T = 2$ lowers the loss by about 30 %, in each of the five trainings.",
    note="```python\n"
    "Z, t = exercises.overconfident_logits()\n"
    "choices = [k / 10 for k in range(5, 51)]\n"
    "losses = [softmax_cross_entropy(Z / T, t) for T in choices]\n"
    "temperature = choices[np.argmin(losses)]\n"
    "```",
)
