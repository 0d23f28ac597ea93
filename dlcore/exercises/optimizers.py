"""Exercises of the chapter on optimizers."""

from copy import deepcopy
from functools import cache

import numpy as np

from dlcore.activations import tanh
from dlcore.datasets import moons
from dlcore.exercises import Exercise, Wrong, letters, misses, spells
from dlcore.layers import Dense
from dlcore.losses import sigmoid_cross_entropy
from dlcore.metrics import accuracy
from dlcore.network import Sequential
from dlcore.optimizers import SGD, Adam, Optimizer, RMSprop
from dlcore.training import fit

top_speed = Exercise(
    "optimizers.top_speed",
    solution=-0.24,
    atol=5e-4,
    hints=(
        "When the velocity no longer changes, the old $v$ and the new one are the same number. Write that as an equation.",
        "$v = 0.75·v − 0.02·3$. Bring the two $v$ to one side.",
    ),
    wrong=(
        Wrong(0.24, "The size is right. But the gradient is positive, and the weight has to go against it."),
        Wrong(-0.06, "That is the velocity after the first step. The next steps add to it."),
        Wrong(0.06, "That is the length of the first step. The next steps add to it; and which sign has the velocity?"),
        Wrong(-0.6, "That would be so with β = 0.9. Here it is 0.75."),
        Wrong(-0.105, "That is the velocity after two steps: $−0.75·0.06 − 0.06$. It goes on growing in size."),
        Wrong(-0.08, "Two numbers are mixed up: was the gradient 3 used, and $1 − β$?"),
    ),
    explanation="$v = 0.75·v − 0.06$ gives $0.25·v = −0.06$, so $v = −0.24$: four plain steps in one, and $1/(1 − β) = 4$.",
)


def _nesterov(slope, w, v, lr, beta):
    v = beta * v - lr * slope(w + beta * v)
    return w + v, v


def _plain_momentum(slope, w, v, lr, beta):
    v = beta * v - lr * slope(w)
    return w + v, v


def _looks_too_far(slope, w, v, lr, beta):
    v = beta * v - lr * slope(w + v)
    return w + v, v


def _looks_back(slope, w, v, lr, beta):
    v = beta * v - lr * slope(w - beta * v)
    return w + v, v


def _goes_uphill(slope, w, v, lr, beta):
    v = beta * v + lr * slope(w + beta * v)
    return w + v, v


def _stays_ahead(slope, w, v, lr, beta):
    ahead = w + beta * v
    v = beta * v - lr * slope(ahead)
    return ahead + v, v


def _part_of_the_step(slope, w, v, lr, beta):
    v = beta * v - lr * slope(w + beta * v)
    return w + beta * v, v


def _looks_from_zero(slope, w, v, lr, beta):
    v = beta * v - lr * slope(beta * v)
    return w + v, v


def _only_the_weights(slope, w, v, lr, beta):
    return _nesterov(slope, w, v, lr, beta)[0]


def _order_swapped(slope, w, v, lr, beta):
    w, v = _nesterov(slope, w, v, lr, beta)
    return v, w


def steep_bowl(w):
    """The gradient of L = 2·w₁² + w₂² / 2."""
    return np.array([4.0, 1.0]) * w


nesterov = Exercise(
    "optimizers.nesterov",
    solution=_nesterov,
    inputs=[
        (steep_bowl, np.array([1.0, 2.0]), np.array([0.0, 0.0]), 0.125, 0.5),
        (steep_bowl, np.array([1.0, 2.0]), np.array([-0.5, 0.25]), 0.125, 0.5),
        (steep_bowl, np.array([-0.5, 3.0]), np.array([1.0, -2.0]), 0.0625, 0.75),
    ],
    hints=(
        "Begin as in momentum. The only change: *where* the slope is taken.",
        "The place to look at is `w + beta * v`, with the old `v`. The step itself starts from `w`.",
    ),
    wrong=(
        Wrong(_plain_momentum, "That is momentum itself: it takes the slope at $w$. Look ahead first."),
        Wrong(
            _looks_too_far,
            "You look ahead by the whole $v$. Without a gradient the next step would be $βv$: look there.",
        ),
        Wrong(_looks_back, "You look at $w − βv$, which is behind. Ahead is $w + βv$."),
        Wrong(_goes_uphill, "The sign before the gradient is turned round: this climbs."),
        Wrong(
            _stays_ahead, "The slope is right. But you start the step from the place ahead; only the *look* goes there."
        ),
        Wrong(_part_of_the_step, "The new $v$ is right. The step is the whole of it: $w + v$, as in momentum."),
        Wrong(_looks_from_zero, "You look at $βv$ alone. That is only the way ahead; it starts from $w$."),
        Wrong(_only_the_weights, "The new $w$ is right. Return the new $v$ as well: `return w, v`."),
        Wrong(_order_swapped, "Both are right, in the wrong order: first $w$, then $v$."),
    ),
)


def _rmsprop_all(params, gradients, lr, rho):
    params, s = dict(params), dict.fromkeys(params, 0.0)
    for grads in gradients:
        for name in params:
            g = grads[name]
            s[name] = rho * s[name] + (1 - rho) * g * g
            params[name] = params[name] - lr * g / (np.sqrt(s[name]) + 1e-8)
    return params


def _one_memory_for_all(params, gradients, lr, rho):
    params, s = dict(params), 0.0
    for grads in gradients:
        for name in params:
            g = grads[name]
            s = rho * s + (1 - rho) * g * g
            params[name] = params[name] - lr * g / (np.sqrt(s) + 1e-8)
    return params


def _forgets_each_step(params, gradients, lr, rho):
    params = dict(params)
    for grads in gradients:
        for name, g in grads.items():
            s = (1 - rho) * g * g
            params[name] = params[name] - lr * g / (np.sqrt(s) + 1e-8)
    return params


def _new_memory_each_step(params, gradients, lr, rho):
    params = dict(params)
    for grads in gradients:
        s = 0.0
        for name in params:
            g = grads[name]
            s = rho * s + (1 - rho) * g * g
            params[name] = params[name] - lr * g / (np.sqrt(s) + 1e-8)
    return params


def _empty_memory(params, gradients, lr, rho):
    params, s = dict(params), {}
    for grads in gradients:
        for name in params:
            g = grads[name]
            s[name] = rho * s[name] + (1 - rho) * g * g
            params[name] = params[name] - lr * g / (np.sqrt(s[name]) + 1e-8)
    return params


def _adds_up(params, gradients, lr, rho):
    params, s = dict(params), dict.fromkeys(params, 0.0)
    for grads in gradients:
        for name in params:
            g = grads[name]
            s[name] = s[name] + g * g
            params[name] = params[name] - lr * g / (np.sqrt(s[name]) + 1e-8)
    return params


def _without_root(params, gradients, lr, rho):
    params, s = dict(params), dict.fromkeys(params, 0.0)
    for grads in gradients:
        for name in params:
            g = grads[name]
            s[name] = rho * s[name] + (1 - rho) * g * g
            params[name] = params[name] - lr * g / (s[name] + 1e-8)
    return params


rmsprop_all = Exercise(
    "optimizers.rmsprop_all",
    solution=_rmsprop_all,
    inputs=[
        ({"w": 1.0, "b": 0.5}, [{"w": 4.0, "b": 1.0}], 0.125, 0.75),
        ({"w": 1.0, "b": 0.5}, [{"w": 4.0, "b": 1.0}, {"w": -2.0, "b": 3.0}], 0.125, 0.75),
        ({"w1": 0.0, "w2": -1.0, "b": 2.0}, [{"w1": 0.5, "w2": 30.0, "b": -1.0}] * 3, 0.1, 0.9),
    ],
    hints=(
        "With a single parameter this code is right. Follow two parameters through one step, and write down `s` each time.",
        "How many moving averages should there be for two parameters, and how many names for them does the code have?",
    ),
    wrong=(
        Wrong(
            _one_memory_for_all,
            "This does what the code did as it was given. Take the first case, and write down every number that `s` takes, "
            "in order.",
        ),
        Wrong(
            _forgets_each_step,
            "Now nothing is remembered from one step to the next: the old average has to come in, with the factor ρ.",
        ),
        Wrong(
            _new_memory_each_step,
            "Starting again at 0 in every step loses what RMSprop is to remember, and within a step the average still passes "
            "from one parameter to the next.",
        ),
        Wrong(
            _empty_memory,
            "A new dictionary is empty, and cannot be asked for a name. Put a 0 into it for each name first.",
        ),
        Wrong(_adds_up, "The memories are separate now, but you add the squares up: that is Adagrad."),
        Wrong(_without_root, "The memories are separate now, but the root is missing."),
    ),
    explanation="One `s` served all parameters, so each was divided by what the others had left in it, in the order of their "
    "names. Every parameter needs a memory of its own.",
)


which_paths = Exercise(
    "optimizers.which_paths",
    solution="CADB",
    accept=spells("CADB"),
    expect="the four letters in the right order",
    hints=(
        "Two paths begin across the valley, where it is steepest; two begin diagonally. Which rules divide by the size of the slope?",
        "Of the first two, one runs on beyond the bottom: something carries it. Of the other two, one has steps that only shrink.",
    ),
    wrong=(
        Wrong(
            "ABC",
            "Four letters are asked for, each of A, B, C and D once, in the order SGD, momentum, Adagrad, RMSprop.",
            when=misses("ABCD"),
        ),
        Wrong(
            "ACDB",
            "Two are right. Which of A and C runs on beyond the bottom *along* the valley? Plain descent cannot, with an η that is stable across.",
            when=spells("ACDB"),
        ),
        Wrong(
            "CABD",
            "Two are right. Compare the steps in B and D: which rule has steps that only shrink here, so that it may stop short?",
            when=spells("CABD"),
        ),
        Wrong(
            "ACBD",
            "Both pairs are swapped. Look for the one that runs on beyond the bottom, and for the one whose steps only shrink.",
            when=spells("ACBD"),
        ),
        Wrong(
            "BDAC",
            "An adaptive rule stands among your first two letters. A rule that divides by the size of the slope has a first step of equal "
            "length in both directions: it begins diagonally.",
            when=lambda answer: set(letters(answer)[:2]) != set("AC"),
        ),
    ),
    explanation="C zig-zags and creeps, and never passes the bottom: SGD. A is carried beyond it: momentum. D and B begin diagonally, with equal lengths in both "
    "directions; D's steps shrink and it stops short, Adagrad; B is there soon and then hops across the bottom, RMSprop.",
)


def _too_long(k, beta1, beta2):
    return (1 - beta1**k) / np.sqrt(1 - beta2**k)


def _without_root_of_v(k, beta1, beta2):
    return (1 - beta1**k) / (1 - beta2**k)


def _turned_round(k, beta1, beta2):
    return np.sqrt(1 - beta2**k) / (1 - beta1**k)


def _betas_swapped(k, beta1, beta2):
    return (1 - beta2**k) / np.sqrt(1 - beta1**k)


def _first_step_only(k, beta1, beta2):
    return (1 - beta1) / np.sqrt(1 - beta2)


def _only_the_denominator(k, beta1, beta2):
    return 1 / np.sqrt(1 - beta2**k)


def _counts_from_zero(k, beta1, beta2):
    return (1 - beta1 ** (k + 1)) / np.sqrt(1 - beta2 ** (k + 1))


too_long = Exercise(
    "optimizers.too_long",
    solution=_too_long,
    inputs=[(1, 0.75, 0.96), (2, 0.5, 0.8), (3, 0.9, 0.99), (10, 0.9, 0.999), (1, 0.9, 0.5)],
    hints=(
        "With the gradient always $g$, $m$ after $k$ steps is $(1 − β_1^k)\\,g$. What is $s$?",
        "The step without correction is $η·m/\\sqrt{s}$. The one with correction is exactly η, for any $k$.",
    ),
    wrong=(
        Wrong(_without_root_of_v, "Nearly. $s$ is an average of *squares*, and the step divides by its root."),
        Wrong(_turned_round, "That is one over the factor: how much the correction shortens the step."),
        Wrong(_betas_swapped, "The two β are swapped: β₁ belongs to the average above, β₂ to the one below."),
        Wrong(_first_step_only, "That is right for the first step. How far have the averages filled after $k$ steps?"),
        Wrong(_only_the_denominator, "The average in the numerator, $m$, starts at 0 as well."),
        Wrong(_counts_from_zero, "Off by one: after the first step, $k = 1$, the average is $(1 − β_1)\\,g$."),
    ),
)


SQUEEZE = 100.0


def squeezed_moons():
    """The two moons, the second coordinate divided by 100: X (300, 2), t (300, 1)."""
    return _squeezed(0)


@cache
def _squeezed(seed):
    X, t = moons(300, noise=0.1, rng=np.random.default_rng(seed))
    return X / [1.0, SQUEEZE], t[:, None]


def _moons_told(optimizer):
    """The percentage of other moons told rightly by a network that the optimizer has trained."""
    if isinstance(optimizer, type):
        return "a class"
    if not isinstance(optimizer, Optimizer):
        return "something that is no optimizer"
    if optimizer.t:
        return "an optimizer that has made steps before"
    rng = np.random.default_rng(0)
    net = Sequential([Dense(2, 16, rng=rng), tanh, Dense(16, 1, rng=rng)])
    try:
        fit(
            net,
            sigmoid_cross_entropy,
            deepcopy(optimizer),
            *squeezed_moons(),
            epochs=30,
            batch_size=20,
            rng=rng,
            progress=False,
        )
    except ValueError:
        return "a training that diverged"
    X, t = _squeezed(1)
    return round(100 * accuracy(net.forward(X), t, threshold=0), 1)


def _my_optimizer():
    return Adam(lr=0.03)


def _used_optimizer():
    optimizer = Adam(lr=0.03)
    optimizer.step({"w": np.zeros(1)}, {"w": np.ones(1)})
    return optimizer


my_optimizer = Exercise(
    "optimizers.my_optimizer",
    solution=_my_optimizer,
    made=True,
    observe=_moons_told,
    accept=lambda percent: not isinstance(percent, str) and percent >= 95,
    expect="at least 95 % of the held-back points told rightly",
    got=lambda seen: seen if isinstance(seen, str) else f"{seen:g} %",
    hints=(
        "The weights of the second input get gradients that are about 100 times too small. Which rules take that out?",
        "Take one of the rules that divide by the size of the gradient, and try several η: 0.001, 0.01, 0.1.",
    ),
    wrong=(
        Wrong(
            lambda: Adam,
            "That is the class. Make an optimizer of it, with a learning rate: `SGD(lr=0.1)`, for example.",
            when=lambda percent: percent == "a class",
        ),
        Wrong(
            lambda: 0.01,
            "Hand over an optimizer of dlcore, such as `SGD(lr=0.1)`.",
            when=lambda percent: percent == "something that is no optimizer",
        ),
        Wrong(
            _used_optimizer,
            "It remembers the gradients of other weights. Make a new one for this training.",
            when=lambda percent: percent == "an optimizer that has made steps before",
        ),
        Wrong(
            lambda: SGD(lr=0.1),
            "A network that sees only the first coordinate does about as well, or better. Either this rule does not take out the factor of 100, or its η "
            "is too small or too large.",
            when=lambda percent: not isinstance(percent, str) and percent <= 79,
        ),
        Wrong(
            lambda: RMSprop(lr=0.01),
            "So the second coordinate does count. With another η this may become enough: try one three times as large, then one three times as small.",
            when=lambda percent: not isinstance(percent, str) and 79 < percent < 95,
        ),
    ),
    explanation="Dividing by the size of the gradients takes the factor of 100 out of them. The weights of the second input still have "
    "100 times as far to go, hence the large η. (The other cure is to scale the inputs before training.)",
    note="The starter wants the optimizer itself: `my_optimizer = Adam(lr=0.03)`.",
)
