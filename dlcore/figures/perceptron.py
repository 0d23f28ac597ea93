"""Figures of the chapter on the perceptron."""

from functools import cache

import numpy as np

from dlcore.datasets import digits, stratified_split
from dlcore.figures.plane import boundary, draw_classes, draw_digits, draw_image, draw_neuron
from dlcore.gates import gate
from dlcore.live.style import BLUE, GREEN, GREY, INK, ORANGE
from dlcore.perceptron import Perceptron

# Eight mangos: softness and sweetness, 0 to 6, and whether somebody found them ripe.
MANGOS = np.array([[4, 3], [0, 4], [3, 0], [5, 6], [2, 6], [1, 2], [6, 2], [1, 1]], dtype=float)
RIPE = np.array([1, 0, 0, 1, 1, 0, 1, 0])
MANGO_BOX = (-0.6, 6.6, -0.6, 6.6)
FAR = ((3.0, -3.0), 6.0)  # a start that tells half of them wrongly, from far away


def line_text(w, b):
    """w₁x₁ + w₂x₂ + b with the numbers in place, as it stands in a title or a sentence."""
    return f"{w[0]:g}·x₁ {w[1]:+g}·x₂ {b:+g}".replace("-", "−").replace(" +", " + ").replace(" −", " − ")


CORNER_BOX = (-0.6, 1.6, -0.6, 1.6)


def corners(ax, w1, w2, b):
    """The four corner points, the region in which the neuron fires, its line, and the weights as an arrow."""
    X, _ = gate("AND")
    fires = Perceptron([w1, w2], b).predict(X)
    draw_neuron(ax, (w1, w2), b, CORNER_BOX)
    draw_classes(ax, X, fires, size=13)
    for x, y in zip(X, fires, strict=True):
        ax.annotate(f"{y:.0f}", x, color="white", ha="center", va="center", fontweight="bold")
    if w1 or w2:
        w, middle = np.array([w1, w2]), np.array([0.5, 0.5])
        foot = middle - (middle @ w + b) / (w @ w) * w  # the point of the line nearest to the middle
        foot = foot if np.all(np.abs(foot - middle) <= 1.1) else middle
        ax.annotate("", foot + 0.2 * w, foot, arrowprops={"color": GREEN, "width": 2, "headwidth": 8})
    ax.set(xticks=[0, 1], yticks=[0, 1], xlabel="$x_1$", ylabel="$x_2$", aspect="equal")


def corners_alt(w1, w2, b):
    X, _ = gate("AND")
    firing = [f"({x:g}, {y:g})" for x, y in X[Perceptron([w1, w2], b).predict(X) == 1]]
    line = "There is no line: all weights are 0"
    if w1 or w2:
        seen = len(boundary((w1, w2), b, CORNER_BOX)) > 0
        line = f"The line is {line_text((w1, w2), b)} = 0{'' if seen else ', outside the picture'}"
    return f"{line}; the neuron fires at {', '.join(firing) or 'none of the four corners'}."


SUMS = np.array([0.0, 0.4, 0.8, 1.2])  # w = (0.4, 0.8) at the four corners
CORNERS = ("(0, 0)", "(1, 0)", "(0, 1)", "(1, 1)")


def fires_above(theta):
    """Which of the four sums exceed θ; a sum equal to θ, up to the noise of floats, does not."""
    return SUMS > theta + 1e-9


def threshold(fig, theta):
    """The same neuron twice: its sum against a threshold, and its sum plus bias against zero."""
    with_threshold, with_bias = fig.subplots(2, 1)
    fires = fires_above(theta).astype(int)
    for ax, values, edge in ((with_threshold, SUMS, theta), (with_bias, SUMS - theta, 0.0)):
        ax.plot([-2, edge, edge, 3], [0, 0, 1, 1], color=INK)
        draw_classes(ax, np.stack([values, fires], axis=-1), fires)
        for name, x, y in zip(CORNERS, values, fires, strict=True):
            ax.annotate(name, (x, y), (0, 8), textcoords="offset points", ha="center", fontsize=9)
        ax.set(xlim=(-1.8, 2), ylim=(-0.3, 1.7), yticks=[0, 1], ylabel="output $y$")
    with_threshold.set_xlabel("$s = w_1x_1 + w_2x_2$")
    with_bias.set_xlabel("$z = s + b$")


def threshold_alt(theta):
    firing = [name for name, fires in zip(CORNERS, fires_above(theta), strict=True) if fires]
    return (
        f"Threshold {theta:g} above, bias {0.0 - theta:g} below. The neuron fires for "
        f"{', '.join(firing) or 'none of the four inputs'}, in both pictures."
    ).replace("-", "−")


@cache
def lesson(start, rate):
    """Every visit of the learning rule to a mango, up to the end of the first round without a mistake.

    start: "zero" or "far"; rate: η. Returns a tuple of (sample number, error, (w₁, w₂), b) after each visit.
    """
    neuron = Perceptron.zeros(2) if start == "zero" else Perceptron(*FAR)
    visits, errors = [], [1]
    while any(errors):
        errors = []
        for i, (mango, ripe) in enumerate(zip(MANGOS, RIPE, strict=True)):
            errors.append(neuron.update(mango, ripe, rate))
            visits.append((i, errors[-1], tuple(map(float, neuron.w)), neuron.b))
    return tuple(visits)


def mango_axes(ax):
    ax.set(xlabel="softness $x_1$", ylabel="sweetness $x_2$", xticks=range(0, 7, 2), yticks=range(0, 7, 2))


def learning(ax, visit):
    """The line after so many visits; the mango just visited in a ring, thick if it was told wrongly.

    After a correction the line before it stays, dashed.
    """
    w, b = (0.0, 0.0), 0.0
    if visit:
        i, error, w, b = lesson("zero", 1.0)[visit - 1]
        ax.plot(*MANGOS[i], "o", markersize=18, markerfacecolor="none", color=INK, markeredgewidth=3 if error else 1)
        if error and visit > 1:
            _, _, old_w, old_b = lesson("zero", 1.0)[visit - 2]
            ax.plot(*boundary(old_w, old_b, MANGO_BOX).T, "--", color=INK, linewidth=1)
    draw_neuron(ax, w, b, MANGO_BOX)
    draw_classes(ax, MANGOS, RIPE)
    mango_axes(ax)
    ax.set_title(f"$z$ = {line_text(w, b)}")


def learning_alt(visit):
    if visit == 0:
        return "Before the first visit all weights and the bias are 0: there is no line, and the neuron never fires."
    i, error, w, b = lesson("zero", 1.0)[visit - 1]
    said = {0: "was right, nothing changes", 1: "did not fire but should have", -1: "fired but should not have"}[error]
    mango = f"({MANGOS[i][0]:g}, {MANGOS[i][1]:g})"
    right = int(np.sum(Perceptron(w, b).predict(MANGOS) == RIPE))
    return f"Visit {visit}, mango {mango}, target {RIPE[i]}: the neuron {said}. Now z = {line_text(w, b)}, right on {right} of the 8 mangos."


def rates(ax, rate, start):
    """The line with which the lesson ends, for one learning rate and one start."""
    _, _, w, b = lesson(start, rate)[-1]
    draw_neuron(ax, w, b, MANGO_BOX)
    draw_classes(ax, MANGOS, RIPE)
    mango_axes(ax)
    ax.set_title(f"{mistakes(start, rate)} mistakes")


def mistakes(start, rate):
    """How many corrections the lesson took."""
    return sum(error != 0 for _, error, _, _ in lesson(start, rate))


def rates_alt(rate, start):
    _, _, w, b = lesson(start, rate)[-1]
    begin = "all zeros" if start == "zero" else "far-off weights"
    eta = f"{rate:g}" if rate >= 1 else f"1/{1 / rate:g}"
    left, right = (f"{0.0 - (b + x * w[0]) / w[1]:.2f}".replace("-", "−") for x in (0, 6))
    return (
        f"From {begin} with η = {eta}: {mistakes(start, rate)} mistakes. "
        f"The line crosses softness 0 at sweetness {left} and softness 6 at {right}."
    )


@cache
def ordered_neurons():
    """Ten perceptrons that learned the mangos from zero, each in an order of its own."""
    neurons = []
    for seed in range(10):
        order, neuron = np.random.default_rng(seed).permutation(8), Perceptron.zeros(2)
        neuron.fit(MANGOS[order], RIPE[order])
        neurons.append(neuron)
    return neurons


def distinct_lines():
    """How many different lines the ten perceptrons found: lines are equal if their numbers are proportional."""
    return len({(n.w[0] / n.w[1], n.b / n.w[1]) for n in ordered_neurons()})


def orders(ax):
    """The lines found in ten different orders of the same eight mangos."""
    for neuron in ordered_neurons():
        ax.plot(*boundary(neuron.w, neuron.b, MANGO_BOX).T, color=GREY, linewidth=1)
    draw_classes(ax, MANGOS, RIPE)
    ax.set(xlim=MANGO_BOX[:2], ylim=MANGO_BOX[2:])
    mango_axes(ax)


def orders_alt():
    return (
        f"{distinct_lines()} different grey lines, from ten orders of the same mangos; on one side of each lie the "
        "four ripe mangos, on the other, or on the line itself, the unripe ones."
    )


@cache
def threes_and_eights():
    """(X_train, t_train), (X_test, t_test): the 3s (target 0) and 8s (target 1), pixels from 0 to 1, a quarter for testing."""
    X, labels = digits(classes=(3, 8), scale=True)
    return stratified_split(X, (labels == 8).astype(int), test=0.25, rng=np.random.default_rng(0))


def samples(fig):
    """Six 3s above six 8s from the training data."""
    (X, t), _ = threes_and_eights()
    draw_digits(fig, np.concatenate([X[t == 0][:6], X[t == 1][:6]]), ["3"] * 6 + ["8"] * 6)


def samples_alt():
    return "Two rows of small grey pictures, 8 by 8 pixels each: six handwritten 3s above six handwritten 8s."


@cache
def digit_lesson():
    """(w, b, train accuracy, test accuracy) after each correction, from zero weights, one pass after the other."""
    (X, t), (X_test, t_test) = threes_and_eights()
    neuron, states, clean = Perceptron.zeros(64), [], 0
    states.append((neuron.w.copy(), neuron.b, np.mean(t == 0), np.mean(t_test == 0)))
    while clean < len(X):
        for x, target in zip(X, t, strict=True):
            clean = 0 if neuron.update(x, target) else clean + 1
            if clean == 0:
                right, right_test = np.mean(neuron.predict(X) == t), np.mean(neuron.predict(X_test) == t_test)
                states.append((neuron.w.copy(), neuron.b, right, right_test))
    return states


def digit_weights(fig, corrections):
    """The 64 weights as a picture, and how many digits are told rightly, after so many corrections."""
    states = digit_lesson()
    image, curve = fig.subplots(1, 2, width_ratios=(1, 1.3))
    w, _, _, right = states[corrections]
    draw_image(image, w, cmap="PuOr_r", vmin=-10, vmax=10)
    image.set_title("weights")
    curve.plot([100 * state[3] for state in states], color=BLUE, linewidth=1)
    curve.plot(corrections, 100 * right, "o", color=ORANGE)
    curve.set(xlabel="corrections", ylabel="right on test data, %", ylim=(40, 102))


def digit_weights_alt(corrections):
    w, _, train, test = digit_lesson()[corrections]
    row, column = divmod(int(np.argmax(w)), 8)
    where = f"a strongest vote for 8 is in row {row + 1}, column {column + 1}" if w.any() else "all weights are 0"
    return (
        f"After {corrections} correction{'s' if corrections != 1 else ''} {where}; {100 * train:.1f} % of the training "
        f"digits and {100 * test:.1f} % of the test digits are told rightly."
    )


def misread(fig):
    """Every test digit that the trained neuron tells wrongly."""
    _, (X, t) = threes_and_eights()
    neuron = digit_neuron()
    wrong = neuron.predict(X) != t
    draw_digits(fig, X[wrong], [f"a {8 if k else 3}" for k in t[wrong]], columns=int(wrong.sum()))


def misread_alt():
    return "A 3 with dark pixels on its left side, near the top and in the middle; the neuron takes it for an 8."


@cache
def digit_neuron():
    w, b, _, _ = digit_lesson()[-1]
    return Perceptron(w, b)


def new_mango(ax):
    """The neuron after its lesson, and one more mango, a star, that it takes for ripe."""
    draw_neuron(ax, (1, 1), -6, MANGO_BOX)
    draw_classes(ax, MANGOS, RIPE)
    ax.plot(5, 3, "*", color=BLUE, markersize=18)
    mango_axes(ax)


def new_mango_alt():
    return "The line from (0, 6) to (6, 0) with four ripe mangos above it, four unripe ones below it, and a star above it at (5, 3)."
