"""Figures of the chapter on the perceptron."""

from functools import cache

import numpy as np

from dlcore.datasets import digits, stratified_split
from dlcore.figures.plane import draw_classes, draw_neuron
from dlcore.gates import gate
from dlcore.live.style import BLUE, GREEN, GREY, INK, ORANGE
from dlcore.perceptron import Perceptron

# Eight mangos: softness and sweetness, 0 to 6, and whether somebody found them ripe.
MANGOS = np.array([[4, 3], [0, 4], [3, 0], [5, 6], [2, 6], [1, 2], [6, 2], [1, 1]], dtype=float)
RIPE = np.array([1, 0, 0, 1, 1, 0, 1, 0])
MANGO_BOX = (-0.6, 6.6, -0.6, 6.6)
FAR = ((3.0, -3.0), 6.0)  # a start that has nearly everything wrong


def line_text(w, b):
    """w₁x₁ + w₂x₂ + b with the numbers in place, as it stands in a title or a sentence."""
    return f"{w[0]:g}·x₁ {w[1]:+g}·x₂ {b:+g}".replace("-", "−").replace(" +", " + ").replace(" −", " − ")


def corners(ax, w1, w2, b):
    """The four corner points, the region in which the neuron fires, its line, and the weights as an arrow."""
    box = (-0.6, 1.6, -0.6, 1.6)
    X, _ = gate("AND")
    fires = Perceptron([w1, w2], b).predict(X)
    draw_neuron(ax, (w1, w2), b, box)
    draw_classes(ax, X, fires, size=13)
    for x, y in zip(X, fires, strict=True):
        ax.annotate(f"{y:.0f}", x, color="white", ha="center", va="center", fontweight="bold")
    if w1 or w2:
        middle = np.array([0.5, 0.5])
        foot = middle - ((w1 * 0.5 + w2 * 0.5 + b) / (w1**2 + w2**2)) * np.array([w1, w2])
        ax.annotate("", foot + 0.2 * np.array([w1, w2]), foot, arrowprops={"color": GREEN, "width": 2, "headwidth": 8})
    ax.set(xticks=[0, 1], yticks=[0, 1], xlabel="$x_1$", ylabel="$x_2$", aspect="equal")


def corners_alt(w1, w2, b):
    X, _ = gate("AND")
    firing = [f"({x:g}, {y:g})" for x, y in X[Perceptron([w1, w2], b).predict(X) == 1]]
    line = "There is no line: all weights are 0" if w1 == w2 == 0 else f"The line is {line_text((w1, w2), b)} = 0"
    return f"{line}; the neuron fires at {', '.join(firing) or 'none of the four corners'}."


def threshold(fig, theta):
    """The same neuron twice: its sum against a threshold, and its sum plus bias against zero."""
    sums = np.array([0.0, 0.4, 0.8, 1.2])  # w = (0.4, 0.8) at the four corners
    with_threshold, with_bias = fig.subplots(2, 1)
    for ax, values, edge in ((with_threshold, sums, theta), (with_bias, sums - theta, 0.0)):
        ax.plot([-2, edge, edge, 3], [0, 0, 1, 1], color=INK)
        fires = (values > edge + 1e-9).astype(int)
        draw_classes(ax, np.stack([values, fires], axis=-1), fires)
        ax.set(xlim=(-2, 3), ylim=(-0.3, 1.3), yticks=[0, 1], ylabel="output $y$")
    with_threshold.set_xlabel("sum  $s = w_1x_1 + w_2x_2$: fires where it exceeds θ")
    with_bias.set_xlabel("$z = s + b$ with $b = −θ$: fires where it exceeds 0")


def threshold_alt(theta):
    count = int(np.sum(np.array([0.0, 0.4, 0.8, 1.2]) > theta + 1e-9))
    return (
        f"Threshold {theta:g}, or bias {0.0 - theta:g}: {count} of the four inputs fire, in both pictures the same ones."
    ).replace("-", "−")


@cache
def lesson(start, rate):
    """Every visit of the learning rule to a mango, until a whole round has no mistake.

    start: "zero" or "far"; rate: η. Returns a tuple of (sample number, error, (w₁, w₂), b) after each visit.
    """
    neuron = Perceptron.zeros(2) if start == "zero" else Perceptron(*FAR)
    visits, right = [], 0
    while right < len(MANGOS):
        i = len(visits) % len(MANGOS)
        error = neuron.update(MANGOS[i], RIPE[i], rate)
        right = 0 if error else right + 1
        visits.append((i, error, tuple(neuron.w), neuron.b))
    return tuple(visits)


def mango_axes(ax):
    ax.set(xlabel="softness $x_1$", ylabel="sweetness $x_2$", xticks=range(0, 7, 2), yticks=range(0, 7, 2))


def learning(ax, visit):
    """The line after so many visits, with the mango just visited in a ring."""
    w, b = (0.0, 0.0), 0.0
    if visit:
        i, error, w, b = lesson("zero", 1.0)[visit - 1]
        ax.plot(*MANGOS[i], "o", markersize=18, markerfacecolor="none", color=ORANGE if error else GREEN)
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
    return f"Visit {visit}, mango {mango}, target {RIPE[i]}: the neuron {said}. Now z = {line_text(w, b)}."


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
    left, right = (f"{0.0 - (b + x * w[0]) / w[1]:.2f}".replace("-", "−") for x in (0, 6))
    return (
        f"From {begin} with η = {rate:g}: {mistakes(start, rate)} mistakes. "
        f"The line crosses softness 0 at sweetness {left} and softness 6 at {right}."
    )


def orders(ax):
    """The lines found in ten different orders of the same eight mangos."""
    for seed in range(10):
        neuron = Perceptron.zeros(2)
        neuron.fit(MANGOS, RIPE, rng=np.random.default_rng(seed))
        x = np.array(MANGO_BOX[:2])
        ax.plot(x, -(neuron.w[0] * x + neuron.b) / neuron.w[1], color=GREY, linewidth=1)
    draw_classes(ax, MANGOS, RIPE)
    ax.set(xlim=MANGO_BOX[:2], ylim=MANGO_BOX[2:])
    mango_axes(ax)


def orders_alt():
    return (
        "Grey lines, found from ten orders of the same mangos: each separates the classes, and hardly two are the same."
    )


@cache
def threes_and_eights():
    """(X_train, t_train), (X_test, t_test): the 3s (target 0) and 8s (target 1), pixels from 0 to 1, a quarter for testing."""
    X, labels = digits(classes=(3, 8), scale=True)
    return stratified_split(X, (labels == 8).astype(int), test=0.25, rng=np.random.default_rng(0))


def draw_image(ax, pixels, **style):
    """One 8×8 picture, its first row on top. (A mesh and not an image: its file is the same on every machine.)"""
    ax.pcolormesh(pixels.reshape(8, 8)[::-1], edgecolors="face", linewidth=0.2, **style)
    ax.set(xticks=[], yticks=[], aspect="equal")
    ax.spines[:].set_visible(False)


def draw_digits(fig, pictures, titles, columns=6):
    """Handwritten digits in rows, dark ink on white, each under its title."""
    rows = -(-len(pictures) // columns)
    axes = fig.subplots(rows, columns, squeeze=False).ravel()
    for ax in axes[len(pictures) :]:
        ax.remove()
    for ax, picture, title in zip(axes, pictures, titles, strict=False):
        draw_image(ax, picture, cmap="Greys", vmin=0, vmax=1)
        ax.set_title(title)


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
    draw_image(image, w, cmap="PuOr_r", vmin=-6, vmax=6)
    image.set_title("weights")
    curve.plot([100 * state[3] for state in states], color=BLUE, linewidth=1)
    curve.plot(corrections, 100 * right, "o", color=ORANGE)
    curve.set(xlabel="corrections", ylabel="right on test data, %", ylim=(40, 102))


def digit_weights_alt(corrections):
    w, _, train, test = digit_lesson()[corrections]
    strongest = (
        "all weights are 0" if not w.any() else f"the largest weight is {w.max():.2f}, the smallest {w.min():.2f}"
    )
    return (
        f"After {corrections} corrections {strongest}; {100 * train:.1f} % of the training digits "
        f"and {100 * test:.1f} % of the test digits are told rightly."
    ).replace("-", "−")


def misread(fig):
    """Every test digit that the trained neuron tells wrongly."""
    _, (X, t) = threes_and_eights()
    neuron = digit_neuron()
    wrong = neuron.predict(X) != t
    draw_digits(fig, X[wrong], [f"a {8 if k else 3}" for k in t[wrong]], columns=int(wrong.sum()))


def misread_alt():
    _, (X, t) = threes_and_eights()
    return f"The test digits that the neuron tells wrongly: {int(np.sum(digit_neuron().predict(X) != t))} of {len(t)}."


@cache
def digit_neuron():
    w, b, _, _ = digit_lesson()[-1]
    return Perceptron(w, b)
