"""Exercises of the chapter on vanishing and exploding gradients."""

import numpy as np

from dlcore._describe import named
from dlcore.activations import sigmoid
from dlcore.exercises import Exercise, Wrong, letters, misses, spells

# How many layers until less than a thousandth is left? Each has the factor 2 · 0.25.

how_deep = Exercise(
    "vanishing_gradient.how_deep",
    solution=10,
    hints=(
        "What does one layer multiply the gradient by? Its weight times the slope of the sigmoid at 0.",
        "Each layer halves it. Which is the first power of ½ that is smaller than 1/1000?",
    ),
    wrong=(
        Wrong(5, "That is right for weights of 1. The weight is a factor as well."),
        Wrong(9, "Nearly: $0.5^9 = 1/512$ is still more than a thousandth."),
        Wrong(11, "One layer too many: less than a thousandth is left before that."),
        Wrong(
            1024,
            "That tells how much is left. Asked is the number of layers.",
            when=lambda value: value == 1024 or abs(value - 1 / 1024) < 1e-5,
        ),
        Wrong(500, "Layers multiply, they do not subtract."),
        Wrong(2000, "Layers multiply, they do not divide by their number."),
    ),
    explanation="Each layer multiplies by $2·0.25 = 0.5$, and $0.5^{10} = 1/1024$ is the first power below a thousandth.",
)


# The start for a Leaky ReLU.


def _leaky_std(n_in, slope):
    return np.sqrt(2 / ((1 + slope**2) * n_in))


def _leaky_variance(n_in, slope):
    return 2 / ((1 + slope**2) * n_in)


def _leaky_as_relu(n_in, slope):
    return np.sqrt(2 / n_in)


def _leaky_slope_not_squared(n_in, slope):
    return np.sqrt(2 / ((1 + slope) * n_in))


def _leaky_sum_squared(n_in, slope):
    return np.sqrt(2 / ((1 + slope) ** 2 * n_in))


def _leaky_multiplied(n_in, slope):
    return np.sqrt(2 * (1 + slope**2) / n_in)


def _leaky_as_identity(n_in, slope):
    return np.sqrt(1 / n_in)


def _leaky_without_half(n_in, slope):
    return np.sqrt(1 / ((1 + slope**2) * n_in))


leaky_std = Exercise(
    "vanishing_gradient.leaky_std",
    solution=_leaky_std,
    inputs=[(8, 0.0), (100, 0.5), (50, 0.1), (18, 0.75)],
    hints=(
        "Half of the sums are positive and pass as they are; the other half is multiplied by the slope. What happens to the *squares* of that half?",
        "The mean square after the Leaky ReLU is $(1 + a^2)/2$ times the one before. One layer multiplies the mean square by $n_\\text{in}s^2$ and by this; "
        "together that is to be 1.",
    ),
    wrong=(
        Wrong(_leaky_variance, "That is the variance $s^2$. The standard deviation is its root."),
        Wrong(_leaky_as_relu, "That is right for slope 0 only. With a slope the negative half is not lost altogether."),
        Wrong(
            _leaky_slope_not_squared, "It is squares that are averaged: what does the slope do to the square of a sum?"
        ),
        Wrong(
            _leaky_sum_squared,
            "Each sum is *either* positive *or* negative: square the two factors, 1 and the slope, one by one.",
        ),
        Wrong(
            _leaky_multiplied,
            "A larger slope lets more through. Then the weights must be smaller, and yours are larger.",
        ),
        Wrong(_leaky_as_identity, "That is right for slope 1, where nothing is bent. Here half of the sums shrink."),
        Wrong(_leaky_without_half, "Nearly: only *half* of the sums keep their square. Where is the other factor?"),
    ),
    explanation="For slope 0 this is the start of He, for slope 1 the one without any bend.",
)


# Find the bug: clipping a whole network.


def _clip_all(grads, limit):
    total = 0.0
    for g in grads.values():
        total = total + (g * g).sum()
    scale = min(1, limit / np.sqrt(total))
    clipped = {}
    for name, g in grads.items():
        clipped[name] = scale * g
    return clipped


def _clip_each(grads, limit):
    return {name: g * min(1, limit / np.sqrt((g * g).sum())) for name, g in grads.items()}


def _clip_always(grads, limit):
    norm = np.sqrt(sum((g * g).sum() for g in grads.values()))
    return {name: g * limit / norm for name, g in grads.items()}


def _clip_values(grads, limit):
    return {name: np.clip(g, -limit, limit) for name, g in grads.items()}


def _clip_without_root(grads, limit):
    total = sum((g * g).sum() for g in grads.values())
    return {name: g * min(1, limit / total) for name, g in grads.items()}


def _clip_sum_of_norms(grads, limit):
    total = sum(np.sqrt((g * g).sum()) for g in grads.values())
    return {name: g * min(1, limit / total) for name, g in grads.items()}


def _clip_largest(grads, limit):
    largest = max(np.sqrt((g * g).sum()) for g in grads.values())
    return {name: g * min(1, limit / largest) for name, g in grads.items()}


clip_all = Exercise(
    "vanishing_gradient.clip_all",
    solution=_clip_all,
    inputs=[
        ({"W": np.array([[3.0, 0.0], [0.0, 4.0]]), "b": np.array([12.0])}, 6.5),
        ({"W": np.array([[3.0, 0.0], [0.0, 4.0]]), "b": np.array([12.0])}, 12.5),
        ({"W": np.array([[3.0, 0.0], [0.0, 4.0]]), "b": np.array([12.0])}, 20.0),
        ({"0.W": np.array([[1.0, -2.0]]), "0.b": np.array([2.0, 0.0]), "2.W": np.array([[4.0], [0.5]])}, 0.5),
    ],
    hints=(
        "Take the first case. The gradient of this network has five numbers, 3, 0, 0, 4 and 12. Which direction has it before, and which after?",
        "A gradient keeps its direction if *all* of its numbers are multiplied by the same factor. How many factors does the code compute?",
    ),
    wrong=(
        Wrong(
            _clip_each,
            "This does what the code did as it was given. Compare it with what `clip_by_norm` returns for this case.",
        ),
        Wrong(
            _clip_always,
            "A gradient shorter than the limit must stay as it is; yours always gets the length of the limit.",
        ),
        Wrong(_clip_values, "That is clipping by value. Here the norm is to be limited, and the direction to be kept."),
        Wrong(_clip_without_root, "The norm is the *root* of the sum of squares."),
        Wrong(_clip_sum_of_norms, "The norms of parts do not add up to the norm of the whole; squares do."),
        Wrong(_clip_largest, "One factor for all: good. But the norm of the longest array is not that of the whole."),
    ),
    explanation="There is one gradient, over all parameters. Clipped array by array it would point in another direction.",
)


# Predict a plot: four networks.


which_network = Exercise(
    "vanishing_gradient.which_network",
    solution="CABD",
    accept=spells("CABD"),
    expect="the four letters in the order asked for",
    hints=(
        "One of the four explodes. Which start makes every layer's weights too large for ReLU?",
        "Nine steps lead back from layer 10 to layer 1. Half of He halves nine times; a sigmoid's slope is never more than a quarter.",
    ),
    wrong=(
        Wrong(
            "CAB",
            "Write four letters: each of A, B, C and D once.",
            when=misses("ABCD"),
        ),
        Wrong(
            "ACBD",
            "The first two are swapped: half of the weights make the gradient smaller on its way back.",
            when=spells("ACBD"),
        ),
        Wrong("CADB", "The last two are swapped: whose slope is at most 0.25?", when=spells("CADB")),
        Wrong(
            "ABCD",
            "Begin with the first, half of He: it halves the gradient about nine times. What is left?",
            when=lambda text: not letters(text).startswith("C"),
        ),
        Wrong(
            "CBAD",
            "The first letter is right. The second is not: what does twice He do to the gradient at each layer?",
            when=lambda text: letters(text)[1] != "A",
        ),
    ),
    explanation="A about doubles at each layer and C about halves: $2^9 = 512$. B, the sigmoid, falls fastest. D, tanh with Xavier, loses a little "
    "at nearly every layer, because the slope of tanh is below 1 away from 0.",
)


# A recurrent neuron: the gradient of its last state for its one weight.


def _memory_slope(w, x):
    states = [0.0]
    for value in x:
        states.append(np.tanh(w * states[-1] + value))
    dh, dw = 1.0, 0.0
    for k in range(len(x), 0, -1):
        dz = dh * (1 - states[k] ** 2)
        dw = dw + dz * states[k - 1]
        dh = dz * w
    return dw


def _memory(w, x, *, weight=None, slope=lambda h: 1 - h**2, shared=True, after=False, through=True):
    states = [0.0]
    for value in x:
        states.append(float(np.tanh(w * states[-1] + value)))
    dh, dw = 1.0, 0.0
    for k in range(len(x), 0, -1):
        dz = dh * slope(states[k])
        dw = (dw if shared else 0.0) + dz * states[k if after else k - 1]
        dh = (dz if through else dh) * (w if weight is None else weight)
    return dw


def _memory_overwritten(w, x):
    return _memory(w, x, shared=False)


def _memory_last(w, x):
    return _memory(w, x, weight=0.0)


def _memory_no_slope(w, x):
    return _memory(w, x, slope=lambda h: 1.0)


def _memory_no_weight(w, x):
    return _memory(w, x, weight=1.0)


def _memory_sigmoid(w, x):
    return _memory(w, x, slope=lambda h: h * (1 - h))


def _memory_twice(w, x):
    return _memory(w, x, slope=lambda h: 1 - np.tanh(h) ** 2)


def _memory_slope_at_sum(w, x):
    return _memory(w, x, slope=lambda h: 1 - np.arctanh(h) ** 2)


def _memory_state_after(w, x):
    return _memory(w, x, after=True)


def _memory_back_without_slope(w, x):
    return _memory(w, x, through=False)


def _memory_parts(w, x):
    return _memory(w, x, weight=1.0, through=False)


def _memory_state(w, x):
    h = 0.0
    for value in x:
        h = np.tanh(w * h + value)
    return h


def _memory_to_the_start(w, x):
    states, product = [0.0], 1.0
    for value in x:
        states.append(np.tanh(w * states[-1] + value))
        product *= w * (1 - states[-1] ** 2)
    return product


memory_slope = Exercise(
    "vanishing_gradient.memory_slope",
    solution=_memory_slope,
    inputs=[(0.5, [1.0, 0.0]), (2.0, [0.5, -1.0, 0.25]), (-1.5, [0.25, 0.5, 0.0, 1.0]), (0.75, [2.0])],
    hints=(
        "First forward, and keep all the states. Then walk back from the last: at each time step times the slope of tanh; and the weight is used at *every* step.",
        "Backward, with `dh = 1` at the end: `dz = dh * (1 - h**2)`. This step gives the weight `dz` times the state *before*, which is added to what came "
        "from the other steps; then `dh = dz * w`.",
    ),
    wrong=(
        Wrong(
            _memory_overwritten,
            "The weight is used at every step. Is what comes back from the later steps still in your result?",
        ),
        Wrong(
            _memory_last,
            "That is the part of the last time step. The weight was used at the earlier ones too; go on back.",
        ),
        Wrong(_memory_no_slope, "The slope of tanh is missing: $1 - h^2$ at each step."),
        Wrong(_memory_no_weight, "On the way from one state back to the one before a factor is missing: the weight."),
        Wrong(_memory_sigmoid, "$h(1-h)$ is the slope of the sigmoid. Here it is tanh, with $1 - h^2$."),
        Wrong(_memory_twice, "You took tanh twice. The slope is wanted at the sum, and there it is $1 - h^2$."),
        Wrong(_memory_slope_at_sum, "The slope of tanh is $1 - h^2$, with the state, not with the sum."),
        Wrong(
            _memory_state_after,
            "At each step the weight is multiplied by the state *before* that step. You took the state after it.",
        ),
        Wrong(
            _memory_back_without_slope,
            "On the way from one state back to the one before, the slope of tanh is missing: only the weight is there.",
        ),
        Wrong(
            _memory_parts,
            "You add what each step gives directly. But on its way back to an earlier step the gradient passes the later ones: times w and the slope of each.",
        ),
        Wrong(_memory_state, "That is the last state itself. Asked for is its derivative with respect to the weight."),
        Wrong(
            _memory_to_the_start,
            "That is how the last state changes with the state at the very start. Asked for is the change with the weight.",
        ),
    ),
)


# Stretch: a start that saves the sigmoid.


NOTHING = "nothing (`None`)"
NOT_TWO = "no pair `W, b`"
ALIKE = "neurons that start alike, with the same weights and the same bias"


def first_over_last(start, seed):
    """The size of a random gradient after its way back from the last of ten sigmoid layers of 50 to the first, divided by its size before.

    In words what came, if it was no such start.
    """
    rng = np.random.default_rng(seed)
    h = sigmoid(rng.normal(size=(40, 50)))
    sums, matrices = [], []
    for _ in range(9):
        made = start(50, 50, rng)
        if made is ...:
            return made
        if not isinstance(made, (tuple, list)) or len(made) != 2:
            return NOTHING if made is None else NOT_TWO
        W, b = (np.asarray(part, dtype=float) for part in made)
        if W.shape != (50, 50) or b.shape != (50,):
            return f"`W` of shape {W.shape} and `b` of shape {b.shape} from `sigmoid_start(50, 50, rng)`"
        if np.unique(np.vstack([W, b]), axis=1).shape[1] < 50:
            return ALIKE
        sums.append(h @ W + b)
        matrices.append(W)
        h = sigmoid(sums[-1])
    last = dh = rng.normal(size=h.shape)
    for W, z in zip(matrices[::-1], sums[::-1], strict=True):
        dh = dh * sigmoid.derivative(z) @ W.T
    return float(np.linalg.norm(dh) / np.linalg.norm(last))


def _survives(ratio):
    return 0.2 <= ratio <= 5


def _worst_ratio(start):
    """The first of three seeds' ratios that is not accepted, or the last."""
    for seed in range(3):
        ratio = first_over_last(start, seed)
        if not isinstance(ratio, float) or not _survives(ratio):
            break
    return ratio


def _sigmoid_start(n_in, n_out, rng):
    s = 4 * np.sqrt(2 / (n_in + n_out))
    W = s * rng.standard_normal((n_in, n_out))
    b = -0.5 * W.sum(axis=0)
    return W, b


def _start_xavier(n_in, n_out, rng):
    return np.sqrt(2 / (n_in + n_out)) * rng.standard_normal((n_in, n_out)), np.zeros(n_out)


def _start_without_bias(n_in, n_out, rng):
    return 4 * np.sqrt(1 / n_in) * rng.standard_normal((n_in, n_out)), np.zeros(n_out)


def _start_too_large(n_in, n_out, rng):
    W = 16 * np.sqrt(1 / n_in) * rng.standard_normal((n_in, n_out))
    return W, -0.5 * W.sum(axis=0)


def _start_nothing(n_in, n_out, rng):
    _sigmoid_start(n_in, n_out, rng)


def _start_only_weights(n_in, n_out, rng):
    return _sigmoid_start(n_in, n_out, rng)[0]


def _start_alike(n_in, n_out, rng):
    return np.ones((n_in, n_out)) * 4 / n_in, np.full(n_out, -2.0)


def _start_turned(n_in, n_out, rng):
    W, b = _sigmoid_start(n_in, n_out, rng)
    return W, b[:, np.newaxis]


sigmoid_start = Exercise(
    "vanishing_gradient.sigmoid_start",
    solution=_sigmoid_start,
    observe=_worst_ratio,
    accept=lambda ratio: isinstance(ratio, float) and _survives(ratio),
    expect="a ratio between 0.2 and 5",
    got=lambda ratio: ratio if isinstance(ratio, str) else named(ratio),
    hints=(
        "Remember the chain. Which weight makes a sigmoid's factor 1, and which bias keeps its sum at 0 although its input is 0.5 and not 0?",
        "The inputs of a layer lie around 0.5, so a neuron's sum lies around half the sum of its weights; let its bias take that away. Then the sums are "
        "small, the slope is about ¼, and the weights may be four times as large as for an activation of slope 1.",
    ),
    wrong=(
        Wrong(
            _start_without_bias,
            "Too little comes back, though more than with Xavier. Are the sums near 0 (a sigmoid's outputs are around 0.5)? If so, are the weights large enough?",
            when=lambda ratio: 1e-4 <= ratio < 0.2,
        ),
        Wrong(
            _start_xavier,
            "Nearly nothing comes back: the factor of a layer is far below 1. Are the weights too small to make up for the slope, or the sums so far from 0 that it is flat?",
            when=lambda ratio: ratio < 1e-4,
        ),
        Wrong(_start_nothing, "End your function with `return W, b`.", when=lambda ratio: ratio == NOTHING),
        Wrong(_start_only_weights, "Return both, with a comma: `return W, b`.", when=lambda ratio: ratio == NOT_TWO),
        Wrong(
            _start_alike,
            "Neurons that start equal stay equal, and are worth one: make the weights random.",
            when=lambda ratio: ratio == ALIKE,
        ),
        Wrong(
            _start_turned,
            "`W` is to have the shape (n_in, n_out) and `b` the shape (n_out,).",
            when=lambda ratio: isinstance(ratio, str) and ratio.startswith("`W` of shape"),
        ),
        Wrong(_start_too_large, "Now the gradient explodes on its way back.", when=lambda ratio: ratio > 5),
    ),
    explanation="A sigmoid is a tanh made flatter and shifted: $\\sigma(z) = \\frac12 + \\frac12\\tanh(z/2)$. One start that passes undoes both: weights four times as large as Xavier's, and biases that keep the sums around 0. "
    "Passing shows that the gradient survives at the start, not that the network learns.",
)
