"""Figures of the chapter on gradient descent."""

import re
from functools import cache
from typing import NamedTuple

import numpy as np

from dlcore.activations import sigmoid
from dlcore.figures.plane import draw_digits
from dlcore.figures.words import counted
from dlcore.live.style import BLUE, GREEN, GREY, INK, ORANGE
from dlcore.losses import sigmoid_cross_entropy
from dlcore.perceptron import Perceptron
from dlcore.schedules import CosineDecay, ExponentialDecay, StepDecay, Warmup


def minus_sign(text):
    """With a true minus sign for each hyphen, and none before a number that is rounded to 0."""
    return re.sub(r"-(?!0\.0+(?!\d))", "−", text).replace("-", "")


# One parameter: the parabola L = 5w².

RATES = (0.01, 0.05, 0.1, 0.15, 0.19, 0.2, 0.203)


def parabola(w):
    """5w², with the slope 10w."""
    return 5 * w**2


@cache
def parabola_walk(rate, steps):
    """The weights from 1 through so many steps of gradient descent on 5w²."""
    weights = [1.0]
    for _ in range(steps):
        weights.append(weights[-1] - rate * (10 * weights[-1]))
    return tuple(weights)


def steps_needed(rate, goal=0.01, most=1000):
    """How many steps on 5w² bring w from 1 to |w| ≤ goal; None if `most` do not."""
    w = 1.0
    for steps in range(most + 1):
        if abs(w) <= goal:
            return steps
        w = w - rate * (10 * w)
    return None


def one_parameter(fig, rate, step):
    """Left the walk on the parabola, with the slope where it stands; right the weight after each step."""
    valley, course = fig.subplots(1, 2)
    path = np.array(parabola_walk(rate, step))
    w = path[-1]
    grid = np.linspace(-1.5, 1.5, 61)
    valley.plot(grid, parabola(grid), color=GREY, linewidth=1)
    valley.plot(path, parabola(path), "o-", color=BLUE, markersize=4, linewidth=0.8)
    reach = 0.5 / np.hypot(1, 10 * w / 5)  # about the same length on the page, however steep
    run = np.array([-reach, reach])
    valley.plot(w + run, parabola(w) + 10 * w * run, color=INK)
    valley.plot(w, parabola(w), "o", color=ORANGE)
    valley.set(xlim=(-1.6, 1.6), ylim=(-1.5, 12), xlabel="weight $w$", ylabel="loss $L$", xticks=[-1, 0, 1])
    valley.set_title(minus_sign(f"slope {10 * w:.3f}"))
    course.axhline(0, color=GREY, linewidth=0.8)
    course.plot(path, "o-", color=BLUE, markersize=4, linewidth=0.8)
    course.plot(step, w, "o", color=ORANGE)
    course.set(xlim=(-0.5, 10.5), ylim=(-1.6, 1.6), xlabel="step", ylabel="weight $w$", xticks=[0, 5, 10])
    course.set_title(minus_sign(f"weight {w:.4f}"))


def one_parameter_alt(rate, step):
    w = parabola_walk(rate, step)[-1]
    return minus_sign(
        f"After {counted(step, 'step')} with η = {rate:g} the weight is {w:.4f} and the loss {parabola(w):.4f}; "
        f"the slope there is {10 * w:.3f}."
    )


# Two parameters: the valley L = ½w₁² + 5w₂².

VALLEY_START = (2.0, 1.0)


def valley(w1, w2):
    """½·w₁² + 5·w₂², with the partial derivatives w₁ and 10·w₂."""
    return 0.5 * w1**2 + 5 * w2**2


@cache
def valley_walk(rate, steps):
    """(w₁, w₂) from the start through so many steps."""
    points = [VALLEY_START]
    for _ in range(steps):
        w1, w2 = points[-1]
        points.append((w1 - rate * w1, w2 - rate * (10 * w2)))
    return tuple(points)


def draw_valley(ax):
    """The valley from above, by lines of equal height; the cross is its lowest point."""
    turn = np.linspace(0, 2 * np.pi, 73)
    for height in (0.25, 1, 3, 7, 13):
        ax.plot(np.sqrt(2 * height) * np.cos(turn), np.sqrt(height / 5) * np.sin(turn), color=GREY, linewidth=0.8)
    ax.plot(0, 0, "+", color=INK, markersize=9)
    ax.set(xlim=(-2.6, 2.6), ylim=(-1.7, 1.7), xticks=range(-2, 3), yticks=[-1, 0, 1], aspect="equal")


def two_parameters(fig, rate, step):
    """Above the valley from above, with the way so far; below both weights after each step."""
    plan, course = fig.subplots(2, 1, height_ratios=(1.6, 1))
    path = np.array(valley_walk(rate, step))
    draw_valley(plan)
    plan.plot(*path.T, "o-", color=BLUE, markersize=4, linewidth=1)
    plan.plot(*path[-1], "o", color=ORANGE)
    plan.set(xlabel="$w_1$", ylabel="$w_2$")
    w1, w2 = path[-1]
    plan.set_title(minus_sign(f"loss {valley(w1, w2):.4f}"))
    course.axhline(0, color=GREY, linewidth=0.8)
    course.plot(path[:, 0], "s-", color=BLUE, markersize=3.5, linewidth=1, label="$w_1$")
    course.plot(path[:, 1], "^--", color=GREEN, markersize=4, linewidth=1, label="$w_2$")
    course.set(xlim=(-0.5, 12.5), ylim=(-1.8, 3.2), xlabel="step", ylabel="weights", xticks=[0, 4, 8, 12])
    course.legend(loc="upper right", ncols=2)


def two_parameters_alt(rate, step):
    w1, w2 = valley_walk(rate, step)[-1]
    return minus_sign(
        f"After {counted(step, 'step')} with η = {rate:g}: w₁ = {w1:.3f}, w₂ = {w2:.3f}, and the loss is {valley(w1, w2):.4f}."
    )


# Hills: two dips in a plain.

STEPS_IN_HILLS = 100
HILL_RATES = {"small, 0.1": 0.1, "middle, 1.2": 1.2, "large, 1.6": 1.6}
DIPS = ((-1.5, 0.6, 0.35), (1.5, 1.5, 1.0))  # centre, depth and width of each: left a narrow one, right a wide one
HILLTOP = -0.7029217873273541  # between the two dips the slope is 0 here


def hills(w, dips=DIPS):
    """2 − Σ depth·exp(−(w − centre)² / (2·width²))."""
    return 2 - sum(depth * np.exp(-((w - c) ** 2) / (2 * s**2)) for c, depth, s in dips)


def hills_slope(w, dips=DIPS):
    """The derivative of `hills`."""
    return sum(depth * np.exp(-((w - c) ** 2) / (2 * s**2)) * (w - c) / s**2 for c, depth, s in dips)


@cache
def hills_walk(start, rate, steps=STEPS_IN_HILLS, dips=DIPS):
    """The weights from the start through so many steps."""
    weights = [start]
    for _ in range(steps):
        weights.append(weights[-1] - rate * float(hills_slope(weights[-1], dips)))
    return tuple(weights)


def draw_hills(ax):
    grid = np.linspace(-4, 6.5, 211)
    ax.plot(grid, hills(grid), color=GREY, linewidth=1)
    ax.set(xlim=(-4, 6.5), ylim=(0.3, 2.25), xlabel="weight $w$", ylabel="loss $L$", xticks=range(-4, 7, 2))


def landscape(fig, start, rate):
    """Above all places of a walk on the hills, first and last marked; below the weight after each step."""
    view, course = fig.subplots(2, 1, height_ratios=(1.4, 1))
    path = np.array(hills_walk(start, rate))
    draw_hills(view)
    view.plot(path, hills(path), ".", color=BLUE, markersize=5)
    view.plot(start, hills(start), "s", color=GREEN)
    view.plot(path[-1], hills(path[-1]), "o", color=ORANGE)
    course.plot(path, ".-", color=BLUE, linewidth=0.8, markersize=3)
    course.plot(0, start, "s", color=GREEN)
    course.plot(len(path) - 1, path[-1], "o", color=ORANGE)
    course.set(xlim=(-3, 104), ylim=(-4, 6.5), xlabel="step", ylabel="weight $w$", yticks=[-4, 0, 4])


def end_on_hills(start, rate):
    """In words, where a walk has got to."""
    before, w = hills_walk(start, rate)[-2:]
    if abs(w - before) > 0.5:
        return "still jumping from one wall of the right, deep dip to the other"
    if abs(w - start) < 0.25 and hills(w) > 1.9:
        return "on the plain, not far from where it began"
    if abs(w + 1.5) < 0.1:
        return "in the left, shallow dip"
    if abs(w - 1.5) < 0.1:
        return "in the right, deep dip"
    return "still on its way down"


def landscape_alt(start, rate):
    w = hills_walk(start, rate)[-1]
    return minus_sign(
        f"From {start:g} with η = {rate:g}: after {STEPS_IN_HILLS} steps the weight is {w:.2f} and the loss {hills(w):.2f}; it is "
        f"{end_on_hills(start, rate)}."
    )


# A saddle: L = ½w₁² − ½w₂² + ¼w₂⁴.

SADDLE_RATE = 0.1
SADDLE_STARTS = {"0": 0.0, "0.000001": 1e-6, "0.001": 1e-3, "0.1": 0.1}


def saddle_loss(w1, w2):
    """½·w₁² − ½·w₂² + ¼·w₂⁴, with the partial derivatives w₁ and w₂³ − w₂."""
    return w1**2 / 2 - w2**2 / 2 + w2**4 / 4


@cache
def saddle_walk(start):
    """(w₁, w₂) through 200 steps from (1.5, start)."""
    points = [(1.5, start)]
    for _ in range(200):
        w1, w2 = points[-1]
        points.append((w1 - SADDLE_RATE * w1, w2 - SADDLE_RATE * (w2**3 - w2)))
    return tuple(points)


@cache
def saddle_grid():
    across, up = np.linspace(-0.6, 1.8, 49), np.linspace(-1.5, 1.5, 61)
    w1, w2 = np.meshgrid(across, up)
    return across, up, saddle_loss(w1, w2)


def saddle(fig, start, step):
    """Left the saddle from above, with the way so far; right the loss after each step."""
    plan, course = fig.subplots(1, 2)
    path = np.array(saddle_walk(start))[: step + 1]
    plan.contour(*saddle_grid(), levels=[-0.2, -0.1, 0, 0.1, 0.3, 0.6, 1], colors=[GREY], linewidths=0.8)
    plan.plot([0, 0], [-1, 1], "+", color=INK, markersize=9)
    plan.plot(0, 0, "x", color=INK, markersize=7)
    plan.plot(*path.T, ".-", color=BLUE, markersize=4, linewidth=1)
    plan.plot(*path[-1], "o", color=ORANGE)
    plan.set(xlim=(-0.6, 1.8), ylim=(-1.5, 1.5), xlabel="$w_1$", ylabel="$w_2$", xticks=[0, 1], yticks=[-1, 0, 1])
    loss = saddle_loss(*path.T)
    course.plot(loss, color=BLUE)
    course.plot(step, loss[-1], "o", color=ORANGE)
    course.set(xlim=(-5, 205), ylim=(-0.4, 1.25), xlabel="step", ylabel="loss", xticks=[0, 100, 200])
    course.set_title(minus_sign(f"loss {loss[-1]:.3f}"))


def saddle_alt(start, step):
    w1, w2 = saddle_walk(start)[step]
    where = "on its way"
    if np.hypot(w1, w2) < 0.1:
        where = "close to the saddle"
    elif np.hypot(w1, w2 - 1) < 0.1:
        where = "close to the upper minimum"
    name = next(name for name, w2 in SADDLE_STARTS.items() if w2 == start)
    return minus_sign(
        f"From (1.5, {name}), after {counted(step, 'step')}: w₁ = {w1:.3f}, w₂ = {w2:.3f}, {where}; the loss is {saddle_loss(w1, w2):.3f}."
    )


# Batches: a line through 64 points.

SAMPLES = 64
LINE_START = (-1.0, 2.0)
LINE_RATE = 0.1
BATCHES = (64, 16, 4, 1)


@cache
def line_data():
    """64 points around the line y = x: x (64,) and t (64,)."""
    rng = np.random.default_rng(0)
    x = rng.uniform(-2, 2, SAMPLES)
    return x, x + rng.normal(0, 1, SAMPLES)


@cache
def best_line():
    """(w, b) of the line with the smallest mean squared error."""
    x, t = line_data()
    return tuple(map(float, np.polyfit(x, t, 1)))


def line_loss(w, b):
    """The mean squared error of y = wx + b over all 64 points; w and b are numbers, or arrays of one shape."""
    x, t = line_data()
    return np.mean((np.multiply.outer(w, x) + np.asarray(b)[..., None] - t) ** 2, axis=-1)


@cache
def line_walk(batch, seed, rates):
    """(w, b) at the start and after each step: one epoch for each learning rate in `rates`, every one in a new order."""
    x, t = line_data()
    rng = np.random.default_rng(seed)
    w, b = LINE_START
    path = [(w, b)]
    for rate in rates:
        order = rng.permutation(SAMPLES)
        for start in range(0, SAMPLES, batch):
            some = order[start : start + batch]
            error = w * x[some] + b - t[some]
            w, b = w - rate * 2 * np.mean(error * x[some]), b - rate * 2 * np.mean(error)
            path.append((float(w), float(b)))
    return np.array(path)


def noisy_path(batch, epochs, seed):
    """The steps of so many epochs with one learning rate."""
    return line_walk(batch, seed, (LINE_RATE,) * epochs)


@cache
def line_grid():
    across, up = np.linspace(-1.5, 2.5, 41), np.linspace(-1.2, 2.6, 39)
    w, b = np.meshgrid(across, up)
    return across, up, line_loss(w, b)


def batches(fig, batch, epochs, seed):
    """Left the loss over w and b from above, with the way so far; right the loss of all points after each step."""
    plan, course = fig.subplots(1, 2)
    path = noisy_path(batch, epochs, seed)
    plan.contour(*line_grid(), levels=[1.2, 2, 3.5, 6, 9, 13], colors=[GREY], linewidths=0.8)
    plan.plot(*path.T, ".-", color=BLUE, markersize=3, linewidth=0.8)
    plan.plot(*best_line(), "+", color=INK, markersize=12, markeredgewidth=2)
    plan.plot(*path[-1], "o", color=ORANGE)
    plan.set(xlim=(-1.5, 2.5), ylim=(-1.2, 2.6), xlabel="$w$", ylabel="$b$", xticks=[-1, 0, 1, 2], yticks=[-1, 0, 1, 2])
    plan.set_title(counted(len(path) - 1, "step"))
    seen = np.arange(len(path)) * batch / SAMPLES
    course.plot(seen, line_loss(*path.T), color=BLUE, linewidth=1)
    course.plot(epochs, line_loss(*path[-1]), "o", color=ORANGE)
    course.axhline(line_loss(*best_line()), color=GREY, linewidth=0.8)
    course.set(xlim=(-0.3, 8.5), ylim=(0.7, 30), yscale="log", xlabel="epochs", ylabel="loss", xticks=[0, 2, 4, 6, 8])
    course.set_yticks([1, 3, 10, 30], ["1", "3", "10", "30"])
    course.set_yticks([], minor=True)
    course.set_title(f"loss {line_loss(*path[-1]):.3f}")


def batches_alt(batch, epochs, seed):
    path = noisy_path(batch, epochs, seed)
    w, b = path[-1]
    off = np.hypot(*(path[-1] - best_line()))
    return minus_sign(
        f"Batches of {batch}, {counted(epochs, 'epoch')}: {counted(len(path) - 1, 'step')}. Now w = {w:.2f} and b = {b:.2f}, "
        f"{off:.2f} away from the lowest point; the loss over all points is {line_loss(w, b):.3f}."
    )


# Schedules.

EPOCHS = 40
SCHEDULES = {
    "constant, 0.1": lambda epoch: 0.1,
    "constant, 0.002": lambda epoch: 0.002,
    "StepDecay": StepDecay(0.1, every=10, factor=0.25),
    "ExponentialDecay": ExponentialDecay(0.1, factor=0.9),
    "CosineDecay": CosineDecay(0.1, epochs=EPOCHS, low=0.001),
    "Warmup": Warmup(0.1, epochs=10),
}


def schedule_rates(kind):
    """The learning rate of each epoch."""
    return tuple(SCHEDULES[kind](epoch) for epoch in range(EPOCHS))


@cache
def excess(kind, seed, batch=4):
    """How far the loss over all points is above the lowest, after each epoch."""
    path = line_walk(batch, seed, schedule_rates(kind))[:: SAMPLES // batch]
    return line_loss(*path.T) - line_loss(*best_line())


def schedules(fig, kind, seed):
    """Above the learning rate in each epoch; below what is left of the loss above its lowest value."""
    rates, left = fig.subplots(2, 1, height_ratios=(1, 1.5))
    rates.step(range(EPOCHS + 1), [*schedule_rates(kind), schedule_rates(kind)[-1]], where="post", color=BLUE)
    rates.set(xlim=(-1, 41), ylim=(-0.005, 0.115), ylabel="rate η", yticks=[0, 0.05, 0.1])
    left.plot(excess("constant, 0.1", seed), color=GREY, linewidth=4, alpha=0.6)
    left.plot(excess(kind, seed), color=BLUE)
    left.plot(EPOCHS, excess(kind, seed)[-1], "o", color=ORANGE)
    left.set(xlim=(-1, 41), ylim=(3e-7, 30), yscale="log", xlabel="epoch", ylabel="loss − lowest")
    left.set_yticks([1e-5, 1e-3, 1e-1, 10], ["0.00001", "0.001", "0.1", "10"])
    left.set_yticks([], minor=True)


def schedules_alt(kind, seed):
    rates = schedule_rates(kind)
    return (
        f"{kind}: the learning rate is {rates[0]:.3g} in the first epoch and {rates[-1]:.2g} in the last. "
        f"After {EPOCHS} epochs the loss is {excess(kind, seed)[-1]:.6f} above its lowest value."
    )


# For the exercise on rates.

FOUR = {"A": 0.18, "B": 0.03, "C": 0.205, "D": 0.1}


def four_paths(fig):
    """Eight steps in the same valley with four learning rates."""
    for (name, rate), ax in zip(FOUR.items(), fig.subplots(2, 2, sharex=True, sharey=True).ravel(), strict=True):
        draw_valley(ax)
        path = np.array(valley_walk(rate, 8))
        ax.plot(*path.T, "o-", color=BLUE, markersize=4, linewidth=1)
        ax.plot(*path[0], "s", color=GREEN)
        ax.set_title(name)
        ax.set_xlabel("$w_1$" if name in "CD" else "")
        ax.set_ylabel("$w_2$" if name in "AC" else "")


def four_paths_alt():
    return (
        "Four paths of eight steps from (2, 1), in the valley seen from above. A jumps across the floor of the valley each time, and "
        "each jump is shorter than the one before. B comes down to the floor in many small steps, without crossing it. C jumps "
        "across the floor each time, and each jump is a little longer. D reaches the floor in its first step and then walks along "
        "it."
    )


# Logistic regression on two digits.


def logistic_steps(X, t, steps, lr=1.0):
    """Yield (w, b) of logistic regression after each step of full-batch gradient descent, from zeros."""
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        error = (sigmoid(X @ w + b) - t) / len(t)
        w, b = w - lr * (X.T @ error), b - lr * error.sum()
        yield w, b


def logistic(X, t):
    """A function that tells the class of samples, after 100 steps."""
    *_, (w, b) = logistic_steps(X, t, 100)
    return lambda inputs: inputs @ w + b > 0


def perceptron(X, t):
    """The same for a perceptron that has learned to the end."""
    neuron = Perceptron.zeros(X.shape[1])
    neuron.fit(X, t)
    return neuron.predict


class State(NamedTuple):
    """What logistic regression has come to after some steps."""

    training: float  # loss
    test: float  # loss
    length: float  # of the weights
    separated: bool  # all training samples on their sides
    wrong_certainty: float  # mean of the larger probability, over the test samples that are told wrongly


def long_descent(X, t, X_test, t_test, shown=(1000, 30000)):
    """The states after so many steps."""
    states = []
    for step, (w, b) in enumerate(logistic_steps(X, t, max(shown)), 1):
        if step in shown:
            z, z_test = X @ w + b, X_test @ w + b
            wrong = (z_test > 0) != t_test
            losses = sigmoid_cross_entropy(z, t), sigmoid_cross_entropy(z_test, t_test)
            certainty = float(np.mean(sigmoid(np.abs(z_test[wrong]))))
            states.append(State(*losses, float(np.linalg.norm(w)), bool(np.all((z > 0) == t)), certainty))
    return states


def missed(fig, pictures, p):
    """Pictures, each with the probability of an 8 that the neuron gave it."""
    draw_digits(fig, pictures, [f"{one:.2f}" for one in p], columns=len(pictures))


def missed_alt(t, p):
    said = [f"{'an 8' if kind else 'a 3'} that got the probability {one:.2f}" for kind, one in zip(t, p, strict=True)]
    return f"Above each picture the probability of an 8: {', and '.join(said)}."
