"""Figures of the chapter on activation functions."""

from functools import cache

import numpy as np

from dlcore.activations import LeakyReLU, identity, relu, sigmoid, sign, softmax, step, tanh
from dlcore.datasets import digits, stratified_split
from dlcore.figures.plane import draw_digits
from dlcore.figures.words import minus
from dlcore.layers import Dense
from dlcore.live.style import BLUE, GREEN, GREY, INK, ORANGE
from dlcore.losses import one_hot, sigmoid_cross_entropy, softmax_cross_entropy
from dlcore.network import Sequential
from dlcore.optimizers import Adam
from dlcore.training import fit

VISIBLE_LEAK = LeakyReLU(0.1)  # the usual slope of 0.01 could not be seen
LEAKY = "Leaky ReLU (a = 0.1)"
ACTIVATIONS = {
    "step": step,
    "sign": sign,
    "identity": identity,
    "sigmoid": sigmoid,
    "tanh": tanh,
    "ReLU": relu,
    LEAKY: VISIBLE_LEAK,
}
BREAKS = {"step": "jump", "sign": "jump", "ReLU": "kink", LEAKY: "kink"}  # what happens at z = 0


def branches(f, derivative=False):
    """(z, f(z) or f′(z)) left and right of 0, so that no line is drawn through a jump."""
    for low, high in ((-4.5, -1e-9), (1e-9, 4.5)):
        z = np.linspace(low, high, 46)
        yield z, f.derivative(z) if derivative else f(z)


def overview(fig):
    """Six activations, each with its derivative dashed."""
    names = ("step", "sigmoid", "tanh", "identity", "ReLU", LEAKY)
    for ax, name in zip(fig.subplots(2, 3, sharex=True, sharey=True).ravel(), names, strict=True):
        for z, y in branches(ACTIVATIONS[name]):
            ax.plot(z, y, color=BLUE)
        for z, slope in branches(ACTIVATIONS[name], derivative=True):
            ax.plot(z, slope, color=ORANGE, linestyle="--", linewidth=1.5)
        ax.set(xlim=(-4, 4), ylim=(-1.3, 2.3), xticks=[-4, 0, 4], yticks=[-1, 0, 1, 2], title=name.split(" (")[0])
    for ax in fig.axes[3:]:
        ax.set_xlabel("sum $z$")
    for ax in fig.axes[::3]:
        ax.set_ylabel("$f$, $f$′")


def overview_alt():
    return (
        "Six small plots from z = −4 to 4, the function solid and its slope dashed. Step: 0, then 1, slope 0. "
        "Sigmoid: an S from 0 to 1, slope at most 0.25. Tanh: an S from −1 to 1, slope at most 1. Identity: a "
        "straight line, slope 1. ReLU: 0, then a straight line; slope 0, then 1. Leaky ReLU: the same, with the small "
        "slope 0.1 on the left."
    )


def tangent(fig, activation, z):
    """The function with its tangent at z above, its derivative below."""
    f = ACTIVATIONS[activation]
    above, below = fig.subplots(2, 1, height_ratios=(2.2, 1), sharex=True)
    for part, y in branches(f):
        above.plot(part, y, color=BLUE)
    for part, slope in branches(f, derivative=True):
        below.plot(part, slope, color=ORANGE)
    y, slope = float(f(z)), float(f.derivative(z))
    broken = z == 0 and activation in BREAKS
    if not broken:
        ends = np.array([z - 1.5, z + 1.5])
        above.plot(ends, y + slope * (ends - z), color=ORANGE)
    above.plot(z, y, "o", color=INK)
    below.plot(z, slope, "o", color=INK, markerfacecolor="none" if broken else INK)
    low = -4 if activation == "identity" else -1  # room for the only one that goes so far down
    above.set(xlim=(-4.5, 4.5), ylim=(low - 0.6, 4.6), yticks=[low, 0, 1, 4], ylabel="output $f(z)$")
    below.set(ylim=(-0.12, 1.2), yticks=[0, 0.25, 1], xlabel="sum $z$", ylabel="slope $f$′($z$)")
    below.set_xticks([-4, -2, 0, 2, 4])
    # titles are plain text, as formulas would take a third of the time that a state takes to draw
    above.set_title(minus(f"f({z:g}) = {y:.3g}, slope {'–' if broken else f'{slope:.3g}'}"))


def tangent_alt(activation, z):
    f = ACTIVATIONS[activation]
    place = f"{activation[0].upper()}{activation[1:]} at z = {z:g}: output {float(f(z)):.3g}"
    if z == 0 and activation in BREAKS:
        usual = float(f.derivative(z))
        return f"{place}. The curve has a {BREAKS[activation]} here, so there is no tangent; dlcore takes the slope {usual:g}."
    slope = float(f.derivative(z))
    return minus(f"{place}, slope of the tangent {slope:.3g}{', a flat line' if slope == 0 else ''}.")


DEPTH_ENDS = np.array([-3.0, 3.0])
DEPTH_WIDTH = 6
BENDS = {"none": identity, "ReLU": relu, "tanh": tanh}


def zeros(x, z):
    """The places, in order, at which one of the sums z (n, neurons), straight between the places x (n,), changes its sign."""
    i, k = np.nonzero(z[:-1] * z[1:] < 0)
    return np.unique(x[i] + z[i, k] / (z[i, k] - z[i + 1, k]) * (x[i + 1] - x[i]))


@cache
def stack(activation, layers, weights):
    """(x, y, news): a network with random weights as a curve, and for each hidden layer how many places it bends at first.

    One input, hidden layers of six neurons, one output; its weights are scaled so that y reaches from −1 to 1.
    Exact for curves of straight pieces: x holds the two ends and every place where the sum of a ReLU is 0.
    """
    f, rng, width, news = BENDS[activation], np.random.default_rng(weights), 1, []
    x = DEPTH_ENDS if activation == "ReLU" else np.linspace(*DEPTH_ENDS, 301)
    out = x[:, np.newaxis]
    for _ in range(layers):
        W, b = np.sqrt(2 / width) * rng.standard_normal((width, DEPTH_WIDTH)), rng.standard_normal(DEPTH_WIDTH)
        z, width = out @ W + b, DEPTH_WIDTH
        if activation == "ReLU":
            new = zeros(x, z)
            between = np.union1d(x, new)
            z = np.column_stack([np.interp(between, x, column) for column in z.T])
            x, news = between, [*news, len(new)]
        out = f(z)
    y = (out @ rng.standard_normal((width, 1)))[:, 0]
    return x, 2 * (y - y.min()) / (y.max() - y.min()) - 1, tuple(news)


def bends(x, y):
    """Which of the points (x, y), joined by straight lines, are bends: there the slope changes."""
    return np.flatnonzero(np.abs(np.diff(np.diff(y) / np.diff(x))) > 1e-6) + 1


def depth(ax, activation, layers, weights):
    """What the network makes of its one input."""
    x, y, _ = stack(activation, layers, weights)
    ax.plot(x, y, color=BLUE)
    if activation == "ReLU":
        at = bends(x, y)
        ax.plot(x[at], y[at], "o", color=ORANGE, markersize=4)
    ax.set(xlim=(-3, 3), ylim=(-1.15, 1.15), xlabel="input $x$", ylabel="output $y$", yticks=[-1, 0, 1])


def depth_alt(activation, layers, weights):
    x, y, _ = stack(activation, layers, weights)
    made = f"{layers} hidden layer{'s' * (layers != 1)}, activation {activation}, weights number {weights}"
    if activation == "none" or layers == 0:
        return f"{made}: one straight line, {'rising' if y[-1] > y[0] else 'falling'} from left to right."
    if activation == "tanh":
        left, right = (round(float(end), 1) + 0.0 for end in (y[0], y[-1]))  # + 0.0 makes −0.0 plain 0
        return minus(f"{made}: a smooth curve from {left:g} at the left end to {right:g} at the right.")
    n = len(bends(x, y))
    return f"{made}: straight pieces with {n} bend{'s' * (n != 1)} between them."


SAMPLES = np.array([-7, -5, -3, -1, 1, 3, 5, 7]) / 8  # exact in binary
TARGETS = SAMPLES + 1
LEAKS = {"ReLU": LeakyReLU(0), "Leaky ReLU 0.01": LeakyReLU(0.01), "Leaky ReLU 0.1": LeakyReLU(0.1)}


@cache
def lesson(activation, bias, passes):
    """(w, b) after so many passes of w ← w + η·(t − y)·f′(z)·x over the samples, η = 1/8, from w = 1 and the bias."""
    w, b, samples = 1.0, bias, SAMPLES.tolist()  # plain floats: many times quicker here than arrays of one number
    for _ in range(passes):
        for x, t in zip(samples, TARGETS.tolist(), strict=True):
            z = w * x + b
            slope = 1.0 if z > 0 else LEAKS[activation].slope
            change = (t - slope * z) * slope / 8
            w, b = w + change * x, b + change
    return w, b


def alive(w, b):
    """How many of the samples have a positive sum."""
    return int(np.sum(w * SAMPLES + b > 0))


def dying(fig, activation, bias, passes):
    """Left the sums of the eight samples on the activation's curve, right what the neuron says beside the targets."""
    f = LEAKS[activation]
    w, b = lesson(activation, bias, passes)
    sums, said = fig.subplots(1, 2)
    z, x = np.linspace(-4.2, 2.4, 133), np.linspace(-1, 1, 41)
    sums.axvspan(-4.2, 0, color=GREY, alpha=0.12, linewidth=0)
    sums.plot(z, f(z), color=INK, linewidth=1)
    sums.plot(w * SAMPLES + b, f(w * SAMPLES + b), "o", color=ORANGE, markersize=6)
    sums.set(
        xlim=(-4.2, 2.4), ylim=(-0.6, 2.4), xlabel="sum $z$", ylabel="output $f(z)$", xticks=[-4, 0], yticks=[0, 1, 2]
    )
    said.plot(x, f(w * x + b), color=ORANGE)
    said.plot(SAMPLES, TARGETS, "s", color=BLUE, markersize=6)
    said.set(xlim=(-1, 1), ylim=(-0.6, 2.4), xlabel="input $x$", xticks=[-1, 0, 1], yticks=[0, 1, 2])
    said.set_title(minus(f"w = {w:.2f}, b = {b:.2f}"))
    sums.set_title(f"z > 0: {alive(w, b)} of 8")


def dying_alt(activation, bias, passes):
    w, b = lesson(activation, bias, passes)
    n = alive(w, b)
    when = "Before learning" if passes == 0 else f"After {passes} pass{'es' * (passes != 1)}"
    start = f"{activation}, started with bias {bias:g}"
    sums = f"{n or 'none'} of the 8 inputs {'has' if n == 1 else 'have'} a positive sum"
    far = np.max(np.abs(LEAKS[activation](w * SAMPLES + b) - TARGETS))
    return minus(
        f"{start}. {when}, w = {w:.2f} and b = {b:.2f}; {sums}, and the output is at most {far:.2f} away from the targets."
    )


def bars(ax, heights, colours, texts):
    for k, (height, colour, text) in enumerate(zip(heights, colours, texts, strict=True), 1):
        ax.bar(k, height, color=colour, width=0.6)
        ax.annotate(text, (k, height), (0, 3), textcoords="offset points", ha="center", fontsize=9)
    ax.set(xlim=(0.4, 3.6), xticks=[1, 2, 3], xlabel="class")


def logits(fig, z1, z2, z3):
    """Three logits left, their softmax right."""
    z = np.array([z1, z2, z3], dtype=float)
    p = softmax(z)
    left, right = fig.subplots(1, 2)
    bars(left, z, (BLUE, ORANGE, GREEN), [minus(f"{v:g}") for v in z])
    bars(right, p, (BLUE, ORANGE, GREEN), [f"{v:.3f}" for v in p])
    left.set(ylim=(0, 4.9), ylabel="logit $z$", yticks=[0, 2, 4])
    right.set(ylim=(0, 1.12), ylabel="softmax $p$", yticks=[0, 0.5, 1])


def logits_alt(z1, z2, z3):
    p = softmax(np.array([z1, z2, z3], dtype=float))
    return minus(
        f"Logits {z1:g}, {z2:g} and {z3:g} become the probabilities {p[0]:.3f}, {p[1]:.3f} and {p[2]:.3f}; "
        f"p₃ is {p[2] / p[1]:.3g} times p₂."
    )


def tiny(p):
    """A probability with five decimals; never 0, which a softmax never is."""
    return "<0.00001" if p < 5e-6 else f"{p:.5f}"


def moved_logits(add, times):
    """(1, 2, 3) multiplied first, then shifted."""
    return times * np.array([1.0, 2.0, 3.0]) + add


def moved(ax, add, times):
    """The softmax of the logits 1, 2, 3 after all are multiplied, and one number is added to all."""
    z = moved_logits(add, times)
    p = softmax(z)
    bars(ax, p, (BLUE, ORANGE, GREEN), [tiny(v) for v in p])
    ax.set_xticks([1, 2, 3], [minus(f"$z_{k}$ = {v:g}") for k, v in enumerate(z, 1)])
    ax.set(ylim=(0, 1.12), xlabel="", ylabel="softmax $p$", yticks=[0, 0.5, 1])


def moved_alt(add, times):
    z = moved_logits(add, times)
    p = softmax(z)
    return minus(
        f"Logits {z[0]:g}, {z[1]:g} and {z[2]:g}: softmax gives {tiny(p[0])}, {tiny(p[1])} and {tiny(p[2])}, "
        + ("all three are alike." if times == 0 else "the third is the largest.")
    )


@cache
def digit_split():
    """(X, t) to learn from and (X, t) to judge with: digits 0 to 9, pixels from 0 to 1, a quarter held back."""
    X, labels = digits(scale=True)
    return stratified_split(X, labels, test=0.25, rng=np.random.default_rng(0))


@cache
def digit_heads():
    """Two trained output layers for the digits 0 to 4, five neurons each: (with softmax, with five sigmoids)."""
    (X, t), _ = digit_split()
    known = t < 5
    heads = []
    for loss, targets in ((softmax_cross_entropy, t[known]), (sigmoid_cross_entropy, one_hot(t[known], 5))):
        rng = np.random.default_rng(0)
        net = Sequential([Dense(64, 5, rng=rng)])
        fit(net, loss, Adam(0.01), X[known], targets, epochs=40, batch_size=32, rng=rng, progress=False)
        heads.append(net)
    return tuple(heads)


def strangers(fig):
    """Digits from 5 to 9 about which the softmax is surest, with what it says."""
    _, (X, t) = digit_split()
    X, t = X[t >= 5], t[t >= 5]
    p = softmax(digit_heads()[0].forward(X))
    surest = np.argsort(-p.max(axis=1))[:6]
    draw_digits(fig, X[surest], [f"{p[i].argmax()}? {p[i].max():.4f}" for i in surest], columns=3)


def strangers_alt():
    _, (X, t) = digit_split()
    X, t = X[t >= 5], t[t >= 5]
    p = softmax(digit_heads()[0].forward(X))
    said = [f"a {t[i]} taken for a {p[i].argmax()}" for i in np.argsort(-p.max(axis=1))[:6]]
    return f"Six handwritten digits that the softmax has no class for, and its surest answers: {', '.join(said)}."


UNKNOWN_SLOPES = (("A", tanh), ("B", VISIBLE_LEAK), ("C", sigmoid), ("D", relu))


def slopes(fig):
    """The derivatives of four activations, without their names."""
    for ax, (letter, f) in zip(fig.subplots(2, 2, sharex=True, sharey=True).ravel(), UNKNOWN_SLOPES, strict=True):
        for z, slope in branches(f, derivative=True):
            ax.plot(z, slope, color=ORANGE)
        ax.set(xlim=(-4, 4), ylim=(-0.1, 1.15), xticks=[-4, 0, 4], yticks=[0, 0.25, 0.5, 1], title=letter)
    for ax in fig.axes[2:]:
        ax.set_xlabel("sum $z$")
    for ax in fig.axes[::2]:
        ax.set_ylabel("slope")


def slopes_alt():
    return (
        "Four plots of slopes from z = −4 to 4. A: a bell of height 1 around 0. B: 0.1 left of 0, 1 right of it. "
        "C: a flat bell of height 0.25 around 0. D: 0 left of 0, 1 right of it."
    )
