"""Exercises of the chapter on activation functions."""

import numpy as np

from dlcore.exercises import Exercise, Wrong


def _leaky(z, slope):
    return np.where(z > 0, z, slope * z)


def _slope_itself(z, slope):
    return np.where(z > 0, z, slope)


def _no_leak(z, slope):
    return np.where(z > 0, z, 0.0)


def _leaks_upwards(z, slope):
    return np.where(z > 0, z, slope * np.abs(z))


def _the_usual_slope(z, slope):
    return np.where(z > 0, z, 0.01 * z)


def _branches_swapped(z, slope):
    return np.where(z > 0, slope * z, z)


def _one_question_for_all(z, slope):
    return z if z > 0 else slope * z


def _one_question_for_a_row(z, slope):
    return np.array([v if v > 0 else slope * v for v in z])


leaky = Exercise(
    "activations.leaky",
    solution=_leaky,
    inputs=lambda rng: [
        (np.array([-2.0, -0.5, 0.0, 3.0]), 0.125),
        (np.array([-4.0, 1.5]), 0.01),
        (rng.normal(size=(3, 4)), 0.25),
    ],
    hints=(
        "Where z is positive the result is z itself. Elsewhere it is the slope *times* z.",
        "`np.where(condition, a, b)` takes from `a` where the condition holds and from `b` elsewhere, for every element.",
    ),
    wrong=(
        Wrong(
            _slope_itself,
            "Left of 0 yours returns the slope, one and the same number for every z. That is flat again: multiply by z.",
        ),
        Wrong(_no_leak, "That is the plain ReLU. Left of 0 the leaky one keeps a small part of z."),
        Wrong(_leaks_upwards, "Yours goes *up* to the left. A negative z has a negative output: slope times z."),
        Wrong(_the_usual_slope, "You wrote 0.01 into the function. The slope comes as an argument: use it."),
        Wrong(
            _branches_swapped,
            "The branches are swapped: yours leaks on the right. z itself belongs where z is positive.",
        ),
        Wrong(
            _one_question_for_all,
            "`if`, and Python's own `max`, want one yes or no, but a comparison of arrays gives one for each element. "
            "`np.where(condition, a, b)` decides for every element by itself.",
        ),
        Wrong(
            _one_question_for_a_row,
            "If `z` has rows, a loop over `z` takes whole rows. `np.where(condition, a, b)` works for any shape.",
        ),
    ),
)


SAME_WORD = {"sigmoids": "sigmoid", "leakyrelu": "leaky relu", "leaky": "leaky relu"}


def _words(answer):
    """The words of a learner's list or array, however they are spelled; [] if it is neither."""
    row = isinstance(answer, (list, tuple)) or (isinstance(answer, np.ndarray) and answer.ndim == 1)
    words = [str(word).strip().lower().replace("_", " ").replace("-", " ") for word in answer] if row else []
    return [SAME_WORD.get(word, word) for word in words]


class _Seen(str):
    """How many words are right, in words; and the words themselves."""

    words = ()


def _right_words(solution):
    """answer → _Seen, or `...` while one stands in the answer."""

    def observe(answer):
        if isinstance(answer, (list, tuple)) and any(word is ... for word in answer):
            return ...
        words, n = _words(answer), len(solution)
        right = sum(word == s for word, s in zip(words, solution, strict=False))
        seen = _Seen(f"{right} of {n} right" if len(words) == n else f"no list of {n} words")
        seen.words = words
        return seen

    return observe


def _is(*words):
    return lambda seen: seen.words == list(words)


def _unlike(words, offered):
    """Replies to lists of words that have the wrong length, or a strange word, or the first wrong word at some place."""
    n, known = len(words), ", ".join(f'`"{word}"`' for word in offered)
    return (
        Wrong(
            list(words[:-1]),
            f"Answer with a list of exactly {n} words, each in quotation marks.",
            when=lambda seen: len(seen.words) != n,
        ),
        Wrong(
            ["linear", *words[1:]],
            f"Something in your list is none of the four words {known}; each is written in quotation marks.",
            when=lambda seen: not set(seen.words) <= set(offered),
        ),
        *(
            Wrong(
                [*words[:k], next(word for word in offered if word != words[k]), *words[k + 1 :]],
                f"Look again at word {k + 1} of your list"
                + (f"; the {k} before it {'are' if k > 1 else 'is'} right." if k else "."),
                when=lambda seen, k=k: seen.words[:k] == words[:k] and seen.words[k] != words[k],
            )
            for k in range(n)
        ),
    )


_FIVE = ["identity", "sigmoid", "softmax", "sigmoid", "identity"]

output_layers = Exercise(
    "activations.output_layers",
    solution=_FIVE,
    observe=_right_words(_FIVE),
    hints=(
        "For each task ask: is the answer a number, or one of two, or one of many, or any subset of many?",
        "Two of the five want a number, one wants exactly one of many; the others are yes-or-no questions.",
    ),
    wrong=(
        Wrong(
            ["identity", "sigmoid", "softmax", "softmax", "identity"],
            "A photo may deserve several tags at once, or none. Softmax must hand out exactly 1 in all, so the tags would "
            "compete.",
            when=_is("identity", "sigmoid", "softmax", "softmax", "identity"),
        ),
        Wrong(
            ["identity", "sigmoid", "softmax", "sigmoid", "relu"],
            "It may freeze tomorrow: ReLU can never answer with a number below 0.",
            when=_is("identity", "sigmoid", "softmax", "sigmoid", "relu"),
        ),
        Wrong(
            ["identity", "sigmoid", "sigmoid", "sigmoid", "identity"],
            "A picture shows exactly one of the ten digits. Ten sigmoids could say yes to several of them, or to none.",
            when=_is("identity", "sigmoid", "sigmoid", "sigmoid", "identity"),
        ),
        Wrong(
            ["relu", "sigmoid", "softmax", "sigmoid", "identity"],
            "A price is never negative, and that is why ReLU is tempting. But where its sum is negative it has slope 0 and "
            "does not learn. Take the usual choice for a number.",
            when=_is("relu", "sigmoid", "softmax", "sigmoid", "identity"),
        ),
        Wrong(
            ["identity", "softmax", "softmax", "sigmoid", "identity"],
            "A softmax over one neuron says 1 whatever the sum is: it has nothing to compare. Which activation answers one "
            "yes-or-no question?",
            when=_is("identity", "softmax", "softmax", "sigmoid", "identity"),
        ),
        *_unlike(_FIVE, ("identity", "sigmoid", "softmax", "relu")),
    ),
    explanation="Regression: identity. Two classes, or several labels: one sigmoid for each question. Exactly one of many: softmax.",
)


def _count_dead(X, W, b):
    Z = X @ W + b  # (N, H): one row for each input, one column for each neuron
    return int(np.sum(np.all(Z <= 0, axis=0)))


def _silent_once(X, W, b):
    return int(np.sum(np.any(X @ W + b <= 0, axis=0)))


def _silent_pairs(X, W, b):
    return int(np.sum(X @ W + b <= 0))


def _rows_for_columns(X, W, b):
    return int(np.sum(np.all(X @ W + b <= 0, axis=1)))


def _zero_counts_as_alive(X, W, b):
    return int(np.sum(np.all(X @ W + b < 0, axis=0)))


def _dead_without_bias(X, W, b):
    return int(np.sum(np.all(X @ W <= 0, axis=0)))


def _one_answer_a_neuron(X, W, b):
    return np.all(X @ W + b <= 0, axis=0)


def _count_living(X, W, b):
    return W.shape[1] - _count_dead(X, W, b)


count_dead = Exercise(
    "activations.count_dead",
    solution=_count_dead,
    inputs=lambda rng: [
        (np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([[1.0, -1.0, 1.0]]), np.array([-5.0, 0.0, -2.0])),
        (np.array([[0.0, 1.0], [2.0, 0.0]]), np.array([[-1.0, 1.0, 2.0], [0.0, 1.0, -1.0]]), np.array([0.0, 0.0, 0.0])),
        (rng.normal(size=(6, 3)), rng.normal(size=(3, 20)), rng.normal(size=20) - 1),
    ],
    hints=(
        "`X @ W + b` has one row for each input and one column for each neuron. A neuron is a whole column.",
        "A neuron is dead if *all* sums in its column are 0 or less: `np.all(…, axis=0)` asks that of every column. "
        "Then count the columns.",
    ),
    wrong=(
        Wrong(
            _silent_once,
            "You counted every neuron that is silent for *some* input. That is healthy. Dead means silent for all of them.",
        ),
        Wrong(
            _silent_pairs,
            "You counted pairs of input and neuron. Asked is how many *neurons* are silent for every input.",
        ),
        Wrong(
            _rows_for_columns,
            "You counted *inputs* for which no neuron fires. The neurons are the columns of `X @ W + b`: use `axis=0`.",
        ),
        Wrong(
            _zero_counts_as_alive,
            "A sum of exactly 0 has the slope 0 too, by the convention of this book: use `<=`.",
        ),
        Wrong(_dead_without_bias, "The biases are missing: the sums are `X @ W + b`."),
        Wrong(
            _one_answer_a_neuron,
            "That is one `True` or `False` for each neuron, all of them right. Now count the `True`s.",
        ),
        Wrong(_count_living, "Those are the neurons that live. Asked is how many are dead."),
    ),
)


def _softmax_rows(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _as_given(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def _one_maximum(z):
    with np.errstate(invalid="ignore"):
        e = np.exp(z - z.max())
        return e / e.sum(axis=1, keepdims=True)


def _columns(z):
    with np.errstate(invalid="ignore"):
        e = np.exp(z - z.max(axis=0))
        return e / e.sum(axis=0)


def _without_keepdims(z):
    e = np.exp(z - z.max(axis=1))
    return e / e.sum(axis=1)


def _only_the_maximum(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum()


def _keepdims_once(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1)


def _shifted_by_the_mean(z):
    e = np.exp(z - z.mean(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _without_shift(z):
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.exp(z)
        return e / e.sum(axis=1, keepdims=True)


def _without_shift_or_axis(z):
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.exp(z)
        return e / e.sum()


def _one_maximum_without_keepdims(z):
    e = np.exp(z - z.max())
    return e / e.sum(axis=1)


softmax_rows = Exercise(
    "activations.softmax_rows",
    solution=_softmax_rows,
    inputs=lambda rng: [
        np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]),
        rng.normal(size=(3, 3)),
        np.array([[0.0, 1.0], [1000.0, 999.0], [-1000.0, -1000.0]]),
        np.array([[0.0, 2000.0], [2000.0, 0.0], [0.0, 1000.0]]),
    ],
    hints=(
        "Print the result for `[[1, 2, 3], [0, 0, 0]]`. What does each row sum to, and what should it?",
        "`z.max(axis=1, keepdims=True)` has the shape (N, 1): the largest of each row, ready to be subtracted from its row. "
        "Does anything else in the code need the same?",
    ),
    wrong=(
        Wrong(_as_given, "This is still the code as it was given: run it on this array and compare."),
        Wrong(
            _one_maximum,
            "The rows sum to 1 now. But the number you subtract is still the largest of the *whole* array: a row far below "
            "it becomes 0/0.",
        ),
        Wrong(
            _only_the_maximum,
            "The shift is right now. But you still divide by the sum of the *whole* array, so no row sums to 1.",
        ),
        Wrong(
            _keepdims_once,
            "The shift is right now. The sum needs the same care: `e.sum(axis=1)` has the shape (N,), and numpy cannot line "
            "it up with the rows.",
        ),
        Wrong(
            _shifted_by_the_mean,
            "You shift each row by its *mean*. A logit far above the mean still overflows: only the largest is safe.",
        ),
        Wrong(
            _one_maximum_without_keepdims,
            "`axis=1` is right in the sum. But `sum(axis=1)` has the shape (N,), and numpy cannot line it up with the rows: "
            "`keepdims=True` makes it (N, 1).",
        ),
        Wrong(_columns, "Yours makes the *columns* sum to 1. A sample is a row: `axis=1`."),
        Wrong(
            _without_keepdims,
            "The axis is right. But `z.max(axis=1)` has the shape (N,), and numpy cannot line it up with the rows: "
            "`keepdims=True` makes it (N, 1).",
        ),
        Wrong(
            _without_shift,
            "The rows sum to 1 now, but the shift is gone: with a logit of 1000 the exponential overflows.",
        ),
        Wrong(
            _without_shift_or_axis,
            "You still divide by the sum of the *whole* array. And now the shift is gone: with a logit of 1000 the exponential "
            "overflows.",
        ),
    ),
)


_FOUR = ["tanh", "leaky relu", "sigmoid", "relu"]

named_slopes = Exercise(
    "activations.named_slopes",
    solution=_FOUR,
    observe=_right_words(_FOUR),
    hints=(
        "Two of the slopes are bells, two are steps. Which functions are S-shaped, and which have a kink?",
        "The steepest slope of the sigmoid is 0.25. A ReLU has exactly the slope 0 where its sum is negative.",
    ),
    wrong=(
        Wrong(
            ["sigmoid", "leaky relu", "tanh", "relu"],
            "The two bells are swapped. How steep is each of the two S-curves in its middle?",
            when=_is("sigmoid", "leaky relu", "tanh", "relu"),
        ),
        Wrong(
            ["tanh", "relu", "sigmoid", "leaky relu"],
            "The two steps are swapped. Which function still has a slope where the sum is negative?",
            when=_is("tanh", "relu", "sigmoid", "leaky relu"),
        ),
        Wrong(
            ["sigmoid", "relu", "tanh", "leaky relu"],
            "The kinds are right, but within each pair the two are swapped: look at the heights.",
            when=_is("sigmoid", "relu", "tanh", "leaky relu"),
        ),
        *_unlike(_FOUR, ("sigmoid", "tanh", "relu", "leaky relu")),
    ),
)


def _local_line(x, W1, b1, W2, b2):
    on = x @ W1 + b1 > 0  # (H,): which hidden neurons fire for this x
    return (W1 * on) @ W2, (b1 * on) @ W2 + b2


def _as_if_all_were_on(x, W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2 + b2


def _kept_every_bias(x, W1, b1, W2, b2):
    on = x @ W1 + b1 > 0
    return (W1 * on) @ W2, b1 @ W2 + b2


def _on_without_bias(x, W1, b1, W2, b2):
    on = x @ W1 > 0
    return (W1 * on) @ W2, (b1 * on) @ W2 + b2


def _last_bias_forgotten(x, W1, b1, W2, b2):
    on = x @ W1 + b1 > 0
    return (W1 * on) @ W2, (b1 * on) @ W2


def _bias_first(x, W1, b1, W2, b2):
    W, b = _local_line(x, W1, b1, W2, b2)
    return b, W


local_line = Exercise(
    "activations.local_line",
    solution=_local_line,
    inputs=lambda rng: [
        (np.array([1.0]), np.array([[1.0, -1.0]]), np.array([0.5, 0.25]), np.array([[2.0], [3.0]]), np.array([-1.0])),
        (np.array([1.0]), np.array([[1.0, -1.0]]), np.array([0.5, 1.25]), np.array([[2.0], [3.0]]), np.array([-1.0])),
        (
            rng.normal(size=2),
            rng.normal(size=(2, 5)),
            rng.normal(size=5),
            rng.normal(size=(5, 3)),
            rng.normal(size=3),
        ),
    ],
    hints=(
        "For this one x, every hidden ReLU is either on and passes its sum on, or off and passes 0 on. Find out which are on.",
        "With `on = x @ W1 + b1 > 0`, `W1 * on` keeps the columns of the neurons that are on and makes the others 0. What has "
        "to happen to `b1`? Then collapse, as with two linear layers.",
    ),
    wrong=(
        Wrong(
            _as_if_all_were_on,
            "That is the collapse of two *linear* layers. Here the ReLUs that are off for this x contribute nothing.",
        ),
        Wrong(_kept_every_bias, "The weights are right. A neuron that is off passes nothing on, its bias neither."),
        Wrong(_on_without_bias, "Whether a neuron is on depends on its whole sum: you left out the bias."),
        Wrong(_last_bias_forgotten, "The bias of the output layer, `b2`, is missing."),
        Wrong(_bias_first, "Both are right, in the wrong order: `return W, b`."),
    ),
)


def _silu_slope(z):
    s = 1 / (1 + np.exp(-z))
    return s + z * s * (1 - s)


def _only_outer(z):
    s = 1 / (1 + np.exp(-z))
    return z * s * (1 - s)


def _product_of_slopes(z):
    s = 1 / (1 + np.exp(-z))
    return s * (1 - s)


def _only_inner(z):
    return 1 / (1 + np.exp(-z))


def _u_forgotten(z):
    s = 1 / (1 + np.exp(-z))
    return s + s * (1 - s)


def _subtracted(z):
    s = 1 / (1 + np.exp(-z))
    return s - z * s * (1 - s)


def _silu(z):
    return z / (1 + np.exp(-z))


silu_slope = Exercise(
    "activations.silu_slope",
    solution=_silu_slope,
    inputs=lambda rng: [np.array([0.0, 1.0, -1.0]), 3 * rng.normal(size=6)],
    hints=(
        "A product of two functions has the derivative $(uv)′ = u′v + uv′$. Here $u = z$ and $v = σ(z)$.",
        "So it is $1·σ(z) + z·σ′(z)$, and you know $σ′$ from the chapter.",
    ),
    wrong=(
        Wrong(_only_outer, "That is $z·σ′(z)$, the second half of the product rule. The first, $1·σ(z)$, is missing."),
        Wrong(
            _product_of_slopes,
            "You multiplied the two slopes, $1·σ′(z)$. The derivative of a product is $u′v + uv′$.",
        ),
        Wrong(_silu, "That is SiLU itself, $z·σ(z)$. Asked is its slope."),
        Wrong(_only_inner, "That is $1·σ(z)$, the first half of the product rule. The second is missing."),
        Wrong(_u_forgotten, "That is $σ(z) + σ′(z)$. In the second half, $uv′$, the factor $u = z$ is missing."),
        Wrong(_subtracted, "Mind the sign: the two halves of the product rule are *added*."),
    ),
    rtol=1e-4,  # slopes measured with a small step are welcome
    atol=1e-5,
    explanation="At 0 the slope is ½; far right it tends to 1 and far left to 0, as for ReLU, but without a kink.",
)
