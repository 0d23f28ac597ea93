"""Exercises of the chapter on backpropagation."""

import numpy as np

from dlcore.exercises import Exercise, Wrong

# L = (a·b + c)², three gradients.


def _square_gradients(a, b, c):
    u = a * b + c
    du = 2 * u
    return du * b, du * a, du


def _without_outer(a, b, c):
    return b, a, 1.0


def _own_factor(a, b, c):
    du = 2 * (a * b + c)
    return du * a, du * b, du


def _without_two(a, b, c):
    u = a * b + c
    return u * b, u * a, u


def _outer_only(a, b, c):
    du = 2 * (a * b + c)
    return du, du, du


def _product_with_c(a, b, c):
    du = 2 * (a * b + c)
    return du * b, du * a, du * c


def _as_sum(a, b, c):
    du = 2 * (a + b + c)
    return du * b, du * a, du


square_gradients = Exercise(
    "backprop.square_gradients",
    solution=_square_gradients,
    inputs=[(2.0, 3.0, 1.0), (-1.5, 2.0, 0.5), (0.0, 4.0, -2.0)],
    hints=(
        "Name the inside: $u = ab + c$, $L = u^2$. First the outer derivative, $\\partial L/\\partial u$.",
        "Each gradient is $2u$ times a local derivative of $u$: for $a$ it is $b$, for $b$ it is $a$, for $c$ it is 1.",
    ),
    wrong=(
        Wrong(
            _without_outer, "Those are the inner derivatives only. Each one is still to be multiplied by the outer one."
        ),
        Wrong(_own_factor, "The two factors are swapped: if $a$ grows by 1, the product $ab$ grows by $b$."),
        Wrong(_without_two, "A factor is missing everywhere: what is the derivative of $u^2$?"),
        Wrong(_outer_only, "Those are three times the outer derivative. Multiply each one by its inner derivative."),
        Wrong(_product_with_c, "The first two are right. $c$ is added: how much does $ab + c$ grow if $c$ grows by 1?"),
        Wrong(_as_sum, "The inside is $ab + c$: $a$ and $b$ are multiplied, not added."),
    ),
)


# Read a graph: L = (a·b)·(a + c) at a = 3, b = 2, c = 4; ∂L/∂a = 7·2 + 6·1.

shared = Exercise(
    "backprop.shared",
    solution=20,
    hints=(
        "First the gradients at $u$ and at $v$. In a product each factor gets the other one.",
        "The gradient at $u$ is 7, at $v$ it is 6. Two ways lead back to $a$: through $u$ with the local derivative $b = 2$, "
        "through $v$ with the local derivative 1. What is done with what comes back along two arrows?",
    ),
    wrong=(
        Wrong(14, "That is what comes back through $u$. Another way leads to $a$."),
        Wrong(6, "That is what comes back through $v$. Another way leads to $a$."),
        Wrong(42, "That is $L$ itself, from the forward pass. How does $L$ change if $a$ grows a little?"),
        Wrong(9, "Two arrows leave $a$. Along each way factors multiply; only then what comes back is added."),
        Wrong(84, "What comes back on two ways is not multiplied. Only along one way do factors multiply."),
        Wrong(
            13,
            "7 and 6 arrive at $u$ and at $v$. On the way to $a$ each is still to be multiplied by a local derivative.",
        ),
        Wrong(
            19, "The two local derivatives are swapped: $u = ab$ changes by $b$ if $a$ grows by 1, $v = a + c$ by 1."
        ),
        Wrong(27, "Nearly: if $a$ grows by 1, $u = ab$ grows by $b$, not by $a$."),
    ),
    explanation="$\\partial L/\\partial u = v = 7$ and $\\partial L/\\partial v = u = 6$. Through $u$ comes $7·2 = 14$, through $v$ comes "
    "$6·1 = 6$, together 20.",
)


# Two neurons in a row.


def _chain_gradients(w1, w2, x, t):
    h = np.tanh(w1 * x)
    y = np.tanh(w2 * h)
    dz2 = (y - t) * (1 - y**2)
    dh = dz2 * w2
    dz1 = dh * (1 - h**2)
    return dz1 * x, dz2 * h


def _chain(w1, w2, x, t, *, out=lambda y: 1 - y**2, hid=lambda h: 1 - h**2, sign=1.0, through=True):
    h = np.tanh(w1 * x)
    y = np.tanh(w2 * h)
    dz2 = sign * (y - t) * out(y)
    return dz2 * (w2 if through else 1.0) * hid(h) * x, dz2 * h


def _no_output_slope(w1, w2, x, t):
    return _chain(w1, w2, x, t, out=lambda y: 1.0)


def _no_hidden_slope(w1, w2, x, t):
    return _chain(w1, w2, x, t, hid=lambda h: 1.0)


def _slope_of_output(w1, w2, x, t):
    return _chain(w1, w2, x, t, out=lambda y: 1 - np.tanh(y) ** 2, hid=lambda h: 1 - np.tanh(h) ** 2)


def _sigmoid_slope(w1, w2, x, t):
    return _chain(w1, w2, x, t, out=lambda y: y * (1 - y), hid=lambda h: h * (1 - h))


def _chain_sign(w1, w2, x, t):
    return _chain(w1, w2, x, t, sign=-1.0)


def _chain_doubled(w1, w2, x, t):
    return _chain(w1, w2, x, t, sign=2.0)


def _chain_skips_weight(w1, w2, x, t):
    return _chain(w1, w2, x, t, through=False)


def _chain_without_input(w1, w2, x, t):
    dw1, dw2 = _chain(w1, w2, x, t)
    return dw1 / x, dw2


def _chain_own_weight(w1, w2, x, t):
    dw1, dw2 = _chain(w1, w2, x, t)
    return dw1, dw2 / np.tanh(w1 * x) * w2


def _chain_swapped(w1, w2, x, t):
    return _chain(w1, w2, x, t)[::-1]


chain_gradients = Exercise(
    "backprop.chain_gradients",
    solution=_chain_gradients,
    inputs=[(0.5, 2.0, 1.0, 0.0), (1.0, -1.5, 0.5, 0.25), (-0.75, 0.5, 2.0, 1.0)],
    hints=(
        "Forward first, and keep $h$ and $y$. The derivative of tanh at $z$ is $1 - \\tanh^2(z)$, and the tanh is there already.",
        "Backward: $y - t$, times $1 - y^2$; that is the gradient at $z_2$. From there one way leads to $w_2$ (times $h$) and one to "
        "$h$ (times $w_2$), then on through the other tanh to $w_1$.",
    ),
    wrong=(
        Wrong(
            _no_output_slope, "The slope of the output neuron's tanh is missing: $1 - y^2$ belongs to both gradients."
        ),
        Wrong(
            _no_hidden_slope,
            "The gradient for $w_2$ is right. On the way to $w_1$ the slope of the hidden tanh is missing.",
        ),
        Wrong(
            _slope_of_output,
            "You took tanh twice: `1 - np.tanh(h)**2` is the slope at $h$. The slope is wanted at $z$, and there it is $1 - h^2$.",
        ),
        Wrong(_sigmoid_slope, "$h(1-h)$ is the slope of the sigmoid. These neurons have tanh, with $1 - h^2$."),
        Wrong(_chain_sign, "The sign is turned round: the derivative of ½(y − t)² is $y - t$."),
        Wrong(_chain_doubled, "Both are twice too large: the derivative of ½(y − t)² is $y - t$, without a 2."),
        Wrong(
            _chain_skips_weight,
            "The gradient for $w_2$ is right. On the way from $z_2$ back to $h$ a factor is missing.",
        ),
        Wrong(
            _chain_without_input,
            "The gradient for $w_2$ is right. For $w_1$ the last factor is missing: how does $w_1 x$ change if $w_1$ grows by 1?",
        ),
        Wrong(
            _chain_own_weight,
            "The gradient for $w_1$ is right. In $w_2 h$ the local derivative for $w_2$ is the *other* factor.",
        ),
        Wrong(_chain_swapped, "The two numbers are right, but swapped: first the gradient for $w_1$."),
    ),
)


# Find the bug: a weight that is used twice.


def _one_weight(w, x, t):
    h = np.tanh(w * x)
    y = w * h
    dy = y - t
    dw = dy * h
    dh = dy * w
    dz = dh * (1 - h**2)
    dw = dw + dz * x
    return dw


def _overwritten(w, x, t):
    h = np.tanh(w * x)
    return (w * h - t) * w * (1 - h**2) * x


def _first_way_only(w, x, t):
    h = np.tanh(w * x)
    return (w * h - t) * h


def _ways_multiplied(w, x, t):
    h = np.tanh(w * x)
    dy = w * h - t
    return dy * h * dy * w * (1 - h**2) * x


def _both_ways(w, x, t):
    h = np.tanh(w * x)
    dy = w * h - t
    return dy * h, dy * w * (1 - h**2) * x


def _ways_subtracted(w, x, t):
    return 2 * _first_way_only(w, x, t) - _one_weight(w, x, t)


def _ways_averaged(w, x, t):
    return _one_weight(w, x, t) / 2


one_weight = Exercise(
    "backprop.one_weight",
    solution=_one_weight,
    inputs=[(0.5, 2.0, 1.0), (-1.0, 0.5, 0.25), (1.5, -0.5, 2.0)],
    hints=(
        "Draw the graph. How many arrows leave $w$?",
        "Follow the name `dw` through the code. What is in it after the last line, and what was in it before?",
    ),
    wrong=(
        Wrong(
            _overwritten,
            "This does what the code did as it was given. Draw its graph, and compare its answer with that of "
            "`numerical_gradient`.",
        ),
        Wrong(_first_way_only, "This follows only the way on which $w$ multiplies $h$. $w$ is also inside the tanh."),
        Wrong(
            _ways_multiplied, "What comes back on two ways does not multiply. Only along one way do factors multiply."
        ),
        Wrong(_both_ways, "Those are the two parts, and $w$ has one gradient. What is done with them?"),
        Wrong(_ways_subtracted, "You subtract what comes back on the second way. It is added."),
        Wrong(_ways_averaged, "This is half of the right answer: what comes back on the two ways is not averaged."),
    ),
    explanation="$w$ is used twice, so two ways lead back to it, and they add. The code given overwrote the first by the second.",
)


# A layer of the learner's own: y = a·x + c, one a and one c for each feature.


def _scale_backward(X, a, dY):
    dX = dY * a
    da = (dY * X).sum(axis=0)
    dc = dY.sum(axis=0)
    return dX, da, dc


def _scale_not_summed(X, a, dY):
    return dY * a, dY * X, dY


def _scale_keeps_rows(X, a, dY):
    return dY * a, (dY * X).sum(axis=0, keepdims=True), dY.sum(axis=0, keepdims=True)


def _scale_over_features(X, a, dY):
    return dY * a, (dY * X).sum(axis=1), dY.sum(axis=1)


def _scale_means(X, a, dY):
    return dY * a, (dY * X).mean(axis=0), dY.mean(axis=0)


def _scale_input_passes(X, a, dY):
    return dY, (dY * X).sum(axis=0), dY.sum(axis=0)


def _scale_all_summed(X, a, dY):
    return dY * a, (dY * X).sum(), dY.sum()


def _scale_like_dense(X, a, dY):
    return dY * a, X.T @ dY, dY.sum(axis=0)


def _scale_without_input(X, a, dY):
    return dY * a, dY.sum(axis=0), dY.sum(axis=0)


def _scale_only_input(X, a, dY):
    return dY * a


def _scale_input_last(X, a, dY):
    dX, da, dc = _scale_backward(X, a, dY)
    return da, dc, dX


def _scale_swapped(X, a, dY):
    dX, da, dc = _scale_backward(X, a, dY)
    return dX, dc, da


scale_backward = Exercise(
    "backprop.scale_backward",
    solution=_scale_backward,
    inputs=[
        (
            np.array([[1.0, 2.0], [3.0, 4.0]]),
            np.array([2.0, 0.5]),
            np.array([[1.0, 0.5], [-1.0, 2.0]]),
        ),
        (np.array([[0.5, -2.0, 1.5]]), np.array([1.0, -3.0, 0.25]), np.array([[2.0, 1.0, -1.5]])),
    ],
    hints=(
        "Think of one number first: $y = ax + c$. The local derivatives are $a$ for $x$, $x$ for $a$ and 1 for $c$.",
        "Every row of the batch uses the *same* $a$ and $c$: they are shared, so what comes back from the rows adds up. Each result has the shape "
        "of what it belongs to.",
    ),
    wrong=(
        Wrong(
            _scale_not_summed,
            "The products are right, but `a` and `c` have one number for each feature, and all rows use it: add up what comes "
            "back from the rows.",
        ),
        Wrong(
            _scale_keeps_rows,
            "The numbers are right, but your `da` and `dc` have the shape (1, D). Wanted is (D,), the shape of `a`.",
        ),
        Wrong(
            _scale_over_features,
            "You added up each row. `a` and `c` have one number for each feature, and all rows share it: add over the rows.",
        ),
        Wrong(
            _scale_means, "Add up over the rows; do not average. The loss has divided by N already, where it is a mean."
        ),
        Wrong(
            _scale_input_passes,
            "On the way back to `X` the local derivative is missing: $y$ changes by $a$ if $x$ grows by 1.",
        ),
        Wrong(
            _scale_all_summed, "You added up everything. Each feature has its own $a$ and $c$: sum over the rows only."
        ),
        Wrong(
            _scale_like_dense,
            "`X.T @ dY` is for a dense layer, where every input meets every output. Here feature 1 meets only output 1: "
            "multiply entry by entry.",
        ),
        Wrong(_scale_without_input, "The gradient for `a` is not that for `c`: $y$ changes by $x$ if $a$ grows by 1."),
        Wrong(_scale_only_input, "Three results are asked for, and one array came: return `dX, da, dc`."),
        Wrong(_scale_input_last, "The three are right, but in another order: `dX`, `da`, `dc`."),
        Wrong(_scale_swapped, "The three are right, but `da` comes before `dc`."),
    ),
)


# Predict a plot: three gradient checks.

faulty_check = Exercise(
    "backprop.faulty_check",
    solution="B",
    hints=(
        "A difference comes closer to the true slope as $h$ shrinks, until rounding spoils it. What does the error do if the "
        "gradient it is compared with is not the true slope?",
        "The differences approach the true slope. If the gradient is off by some per cent, how close can any comparison with it come?",
    ),
    wrong=(
        Wrong("A", "This one comes as close as about one part in ten thousand million. It cannot do that by luck."),
        Wrong(
            "C",
            "Down to $h = 10^{-7}$ its error shrinks about ten times whenever $h$ does: a right gradient, and a difference to one side only.",
        ),
    ),
    explanation="B stays at 0.01: this gradient is 1 % off, and no $h$ helps. A and C are right gradients, compared with differences "
    "to both sides (A) and to one side (C). The rise at small $h$ is rounding.",
)


# Stretch: a layer that adds its input to its output.


def _skip_backward(X, W, dY):
    dZ = dY * (X @ W > 0)
    return dY + dZ @ W.T, X.T @ dZ


def _skip_forgotten(X, W, dY):
    dZ = dY * (X @ W > 0)
    return dZ @ W.T, X.T @ dZ


def _skip_only(X, W, dY):
    dZ = dY * (X @ W > 0)
    return dY, X.T @ dZ


def _skip_without_relu(X, W, dY):
    return dY + dY @ W.T, X.T @ dY


def _skip_relu_itself(X, W, dY):
    dZ = dY * np.maximum(0, X @ W)
    return dY + dZ @ W.T, X.T @ dZ


def _skip_not_transposed(X, W, dY):
    dZ = dY * (X @ W > 0)
    return dY + dZ @ W, X.T @ dZ


def _skip_wrong_mask(X, W, dY):
    dZ = dY * (X + np.maximum(0, X @ W) > 0)
    return dY + dZ @ W.T, X.T @ dZ


def _skip_own_input(X, W, dY):
    dZ = dY * (X @ W > 0)
    return dY + dZ @ W.T, X @ dZ


def _skip_input_alone(X, W, dY):
    return _skip_backward(X, W, dY)[0]


def _skip_swapped(X, W, dY):
    return _skip_backward(X, W, dY)[::-1]


def _skip_masked(X, W, dY):
    dZ = dY * (X @ W > 0)
    return dZ + dZ @ W.T, X.T @ dZ


skip_backward = Exercise(
    "backprop.skip_backward",
    solution=_skip_backward,
    inputs=[
        (
            np.array([[1.0, 2.0], [-1.0, 0.5]]),
            np.array([[1.0, -2.0], [0.5, 0.25]]),
            np.array([[1.0, -0.5], [2.0, 3.0]]),
        ),
        (
            np.array([[1.0, 0.5, -2.0], [0.25, 1.0, 1.5], [-1.0, 2.0, 0.5]]),
            np.array([[0.5, -1.0, 2.0], [1.5, 0.25, -0.5], [-0.75, 1.0, 1.25]]),
            np.array([[0.5, 1.0, -1.0], [2.0, -0.25, 0.75], [1.25, -2.0, 3.0]]),
        ),
    ],
    hints=(
        "`X` is used twice: two ways lead back to it. One passes through the product and the ReLU, the other through nothing.",
        "Start with the ReLU: `dZ = dY * (Z > 0)` with `Z = X @ W`. From there it is a dense layer without bias; then think of the short way.",
    ),
    wrong=(
        Wrong(
            _skip_forgotten, "The gradient for `W` is right. To `X` leads a second way, on which it is added unchanged."
        ),
        Wrong(_skip_only, "The gradient for `W` is right. To `X` leads a second way, through the ReLU and `W`."),
        Wrong(_skip_without_relu, "The ReLU is missing: where its sum is not above 0 it lets nothing back through."),
        Wrong(_skip_relu_itself, "You multiply by the ReLU of the sum. Backward it is its *slope*, 1 or 0."),
        Wrong(
            _skip_not_transposed,
            "Nearly: on the way back through a product `X @ W` the weights are transposed, `W.T`. The shapes do not show it here, because $W$ is square.",
        ),
        Wrong(_skip_wrong_mask, "The ReLU's slope is decided by its own sum, `X @ W > 0`, not by the layer's output."),
        Wrong(
            _skip_own_input,
            "For `W` you took `X @ dZ`. Which of the two must be transposed, so that the result has the shape of `W` for every N?",
        ),
        Wrong(_skip_input_alone, "Two results are asked for, and one array came: return `dX, dW`."),
        Wrong(_skip_swapped, "The two are right, but swapped: `dX` first."),
        Wrong(_skip_masked, "The short way does not pass through the ReLU: there `dY` comes back whole."),
    ),
    explanation="This is a *residual* layer. However small what comes back through `W` is, the short way hands `dY` back whole; that is one "
    "reason why networks of a hundred such layers can be trained.",
)
