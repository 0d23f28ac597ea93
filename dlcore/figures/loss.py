"""Figures of the chapter on loss functions."""

from functools import cache

import numpy as np

from dlcore.activations import relu, sigmoid, softmax
from dlcore.figures.pictures import digit_parts
from dlcore.figures.plane import draw_classes, draw_digits
from dlcore.figures.words import counted, minus
from dlcore.layers import Dense
from dlcore.live.style import BLUE, GREEN, GREY, INK, ORANGE
from dlcore.losses import mae, mse, sigmoid_cross_entropy, softmax_cross_entropy
from dlcore.metrics import accuracy
from dlcore.network import Sequential
from dlcore.optimizers import Adam
from dlcore.training import fit

# Eight mangos: how sweet they smell, and whether somebody found them ripe. No edge gets all of them right.
SWEETNESS = np.array([0.6, 1.1, 1.9, 2.6, 3.4, 3.9, 4.6, 5.4])
RIPE = np.array([0, 0, 0, 1, 0, 1, 1, 1])
EDGES = np.linspace(0, 6, 481)


def says(edge):
    """The outputs of the neuron σ(2·(x − edge)) for the eight mangos, (8,); it says ripe to the right of the edge."""
    return sigmoid(2 * (SWEETNESS - edge))


def right_at(edge):
    """How many of the eight mangos the neuron gets right."""
    return int(np.sum((says(edge) > 0.5) == RIPE))


def loss_at(edge):
    """Its mean squared error."""
    return mse(says(edge), RIPE)


def staircase(fig, edge):
    """The neuron and its mangos; below, how many it gets right and its loss, for every edge up to this one."""
    # places written out: a layout computed for three rows differs in its last digit from run to run
    curve, right, loss = fig.subplots(3, 1, sharex=True)
    for ax, bottom, height in ((curve, 0.665, 0.325), (right, 0.385, 0.25), (loss, 0.105, 0.25)):
        ax.set_position((0.11, bottom, 0.87, height))
    curve.plot(EDGES, sigmoid(2 * (EDGES - edge)), color=INK)
    curve.axvline(edge, color=INK, linestyle=":", linewidth=1)
    draw_classes(curve, np.column_stack([SWEETNESS, RIPE]), RIPE)
    wrong = (says(edge) > 0.5) != RIPE
    curve.plot(SWEETNESS[wrong], RIPE[wrong], "o", markersize=16, markerfacecolor="none", color=INK)
    curve.set(ylim=(-0.25, 1.25), yticks=[0, 1], ylabel="output $y$")
    for low, high in zip([0, *SWEETNESS], [*SWEETNESS, 6], strict=True):
        if low < edge:
            right.plot([low, min(high, edge)], 2 * [right_at((low + high) / 2)], color=BLUE, solid_capstyle="butt")
    right.plot(edge, right_at(edge), "o", color=ORANGE)
    right.set(ylim=(3.4, 7.9), yticks=[4, 5, 6, 7], ylabel="right of 8")
    passed = EDGES[edge >= EDGES]
    loss.plot(passed, [loss_at(e) for e in passed], color=BLUE)
    loss.plot(edge, loss_at(edge), "o", color=ORANGE)
    loss.set(xlim=(-0.1, 6.1), ylim=(0, 0.48), ylabel="loss", xlabel="sweetness $x$, and place of the edge")


def staircase_alt(edge):
    return (
        f"Edge at {edge:g}: the neuron gets {right_at(edge)} of the 8 mangos right, the others stand in rings; "
        f"the loss is {loss_at(edge):.3f}."
    )


# Five deliveries in minutes; the last one moves.
FOUR_TIMES = np.array([20.0, 23.0, 24.0, 28.0])
CONSTANTS = np.linspace(10, 60, 101)  # with every kink of the MAE that is in the picture


def times(last):
    """The five delivery times, (5,)."""
    return np.append(FOUR_TIMES, last)


def constant_loss(loss, constant, last):
    """What it costs to predict the same number for all five."""
    return loss(np.full(5, float(constant)), times(last))


def outlier(fig, last):
    """Five times on a line with their mean and median; below, both losses of every constant."""
    axes = fig.subplot_mosaic([["line", "line"], ["mse", "mae"]], height_ratios=(1, 2))
    mean, median = times(last).mean(), np.median(times(last))
    line = axes["line"]
    line.plot(FOUR_TIMES, np.zeros(4), "s", color=INK, markersize=7)
    line.plot(last, 0, "D", color=GREEN, markersize=9)
    line.plot([mean, mean], [-0.8, 0.8], color=BLUE)
    line.plot([median, median], [-0.8, 0.8], "--", color=ORANGE)
    line.set(xlim=(-3, 93), ylim=(-1, 1), yticks=[], xlabel="minutes")
    for name, loss, best, colour, top in (("mse", mse, mean, BLUE, 1600), ("mae", mae, median, ORANGE, 45)):
        ax = axes[name]
        ax.plot(CONSTANTS, [constant_loss(loss, c, last) for c in CONSTANTS], color=colour)
        ax.plot(best, constant_loss(loss, best, last), "o", color=INK)
        ax.set(xlim=(10, 60), ylim=(-0.05 * top, top), xticks=[20, 40, 60], xlabel="constant", title=name.upper())


def outlier_alt(last):
    mean, median = times(last).mean(), np.median(times(last))
    return (
        f"Times 20, 23, 24, 28 and {last:g} minutes. The MSE is smallest, {constant_loss(mse, mean, last):.4g}, for the "
        f"constant {mean:g}; the MAE is smallest, {constant_loss(mae, median, last):.4g}, for the constant {median:g}."
    )


# One sigmoid neuron whose target is 0, judged by two losses as functions of its sum z.
Z = np.linspace(-6, 6, 241)
LOSSES = {
    "squared error": (lambda z: 0.5 * sigmoid(z) ** 2, lambda z: sigmoid(z) ** 2 * (1 - sigmoid(z))),
    "cross-entropy": (lambda z: np.log1p(np.exp(z)), sigmoid),
}


def slope_in_z(fig, loss, z):
    """The loss of a sigmoid neuron with target 0 and its tangent at z; below, the slope at every sum up to z."""
    f, slope = LOSSES[loss]
    above, below = fig.subplots(2, 1, height_ratios=(2, 1.2), sharex=True)
    above.plot(Z, f(Z), color=BLUE)
    ends = np.array([z - 1.5, z + 1.5])
    above.plot(ends, f(z) + slope(z) * (ends - z), color=ORANGE)
    above.plot(z, f(z), "o", color=INK)
    squared = loss == "squared error"
    above.set(xlim=(-6.2, 6.2), ylim=(-0.05, 0.75) if squared else (-0.6, 8), ylabel="loss")
    passed = Z[z + 1e-9 >= Z]
    below.plot(passed, slope(passed), color=ORANGE)
    below.plot(z, slope(z), "o", color=INK)
    below.set(xlim=(-6.2, 6.2), ylim=(-0.01, 0.2) if squared else (-0.06, 1.2), xlabel="sum $z$", ylabel="slope")
    above.set_title(minus(f"z = {z:g}: y = {sigmoid(z):.3f}, target 0"))


def slope_in_z_alt(loss, z):
    f, slope = LOSSES[loss]
    name = "half the squared error" if loss == "squared error" else "the cross-entropy"
    place = minus(f"z = {z:g}")
    said, cost, steepness = (_digits(value) for value in (sigmoid(z), f(z), slope(z)))
    return f"At {place} the neuron says {said}; {name} is {cost}, its slope {steepness}."


def _digits(value):
    """Three significant digits, without a power of ten."""
    return np.format_float_positional(value, precision=3, fractional=False, trim="-")


STARTS = {"0.6 and 0.9": (0.6, 0.9), "2 and 2": (2.0, 2.0)}
STEPS = 300


@cache
def lesson(loss, start):
    """The outputs before the first step and after each of the 300, (301,): x = 1, target 0, η = 0.15."""
    w, b = STARTS[start]
    outputs = []
    for _ in range(STEPS + 1):
        outputs.append(float(sigmoid(w + b)))
        slope = float(LOSSES[loss][1](w + b))
        w, b = w - 0.15 * slope, b - 0.15 * slope
    return np.array(outputs)


def lessons(ax, start, steps):
    """The output of one neuron while it learns from two losses, up to so many steps."""
    at = np.arange(steps + 1)
    for loss, colour, dashes in (("squared error", BLUE, "-"), ("cross-entropy", ORANGE, "--")):
        outputs = lesson(loss, start)
        ax.plot(at, outputs[: steps + 1], dashes, color=colour)
        ax.plot(steps, outputs[steps], "s" if colour == BLUE else "o", color=colour)
    ax.set(xlim=(-8, 308), ylim=(0, 1.05), xlabel="steps", ylabel="output $y$, target 0")


def lessons_alt(start, steps):
    squared, entropy = (lesson(loss, start)[steps] for loss in ("squared error", "cross-entropy"))
    return (
        f"Start with w and b = {start}, after {counted(steps, 'step')}: the neuron that learns from the squared error (solid, "
        f"square) says {squared:.3f}, the one that learns from cross-entropy (dashed, circle) says {entropy:.3f}."
    )


@cache
def eight_detector():
    """One sigmoid neuron (its logit) that has learned to tell the 8s from all other digits."""
    (X, t), _, _ = digit_parts()
    rng = np.random.default_rng(0)
    neuron = Sequential([Dense(64, 1, rng=rng)])
    fit(
        neuron,
        sigmoid_cross_entropy,
        Adam(0.01),
        X,
        (t == 8)[:, None].astype(float),
        epochs=30,
        batch_size=32,
        rng=rng,
        progress=False,
    )
    return neuron


@cache
def eight_probabilities(part):
    """(p, is_eight) for one part of the data, 0 training, 1 validation, 2 test: what the neuron says, and the truth."""
    X, t = digit_parts()[part]
    return sigmoid(eight_detector().forward(X)[:, 0]), (t == 8).astype(int)


def tallies(threshold, part=1):
    """(hits, misses, false alarms, correct rejections) at this threshold; with a sum over classes it is all samples."""
    p, eight = eight_probabilities(part)
    alarm = p > threshold
    return tuple(int(np.sum(alarm[eight == k] == says)) for k, says in ((1, 1), (1, 0), (0, 1), (0, 0)))


def threshold(fig, threshold):
    """How often the neuron says which probability, for 8s above and other digits below, cut at the threshold."""
    p, eight = eight_probabilities(1)
    hits, misses, alarms, rejections = tallies(threshold)
    bins = np.linspace(0, 1, 21)
    axes = fig.subplots(2, 1, sharex=True)
    parts = ((axes[0], 1, ORANGE, misses, hits, "8s"), (axes[1], 0, BLUE, rejections, alarms, "others"))
    for ax, k, colour, left, right, name in parts:
        heights, _ = np.histogram(p[eight == k], bins)
        ax.bar((bins[:-1] + bins[1:]) / 2, heights, width=0.044, color=colour)
        ax.axvline(threshold, color=INK)
        ax.annotate(f"{left}", (threshold, 500), (-8, 0), textcoords="offset points", ha="right", va="center")
        ax.annotate(f"{right}", (threshold, 500), (8, 0), textcoords="offset points", ha="left", va="center")
        ax.set(xlim=(-0.06, 1.06), yscale="log", ylim=(0.7, 1200), yticks=[1, 10, 100], yticklabels=["1", "10", "100"])
        ax.set_ylabel(name)
        ax.minorticks_off()
    axes[1].set_xlabel("probability $p$ of an 8")


def threshold_alt(threshold):
    hits, misses, alarms, rejections = tallies(threshold)
    total = hits + misses + alarms + rejections
    return (
        f"Threshold {threshold:g}: of the {hits + misses} eights the neuron finds {hits} and misses {misses}; of "
        f"the {alarms + rejections} other digits it rejects {rejections} and gives {counted(alarms, 'false alarm')}. "
        f"Right on {100 * (hits + rejections) / total:.1f} %."
    )


EPOCHS = 200
SEEDS = (0, 1, 2, 3, 4)


@cache
def training(seed, epochs=EPOCHS):
    """(History, network): 32 hidden neurons that have learned the training digits for so many epochs."""
    (X, t), validation, _ = digit_parts()
    rng = np.random.default_rng(seed)
    net = Sequential([Dense(64, 32, rng=rng), relu, Dense(32, 10, rng=rng)])
    settings = {"epochs": epochs, "batch_size": 32, "rng": rng, "validation": validation, "metric": accuracy}
    return fit(net, softmax_cross_entropy, Adam(0.01), X, t, progress=False, **settings), net


def best_epoch(seed):
    """The epoch, from 1, with the lowest validation loss."""
    return int(training(seed)[0].val_loss.argmin()) + 1


def parts_of_loss(seed, epochs):
    """(from right answers, from mistakes): the two parts of the validation loss after so many epochs."""
    X, t = digit_parts()[1]
    Z = training(seed, epochs)[1].forward(X)
    costs = -np.log(softmax(Z)[np.arange(len(t)), t])
    mistaken = Z.argmax(axis=1) != t
    return costs[~mistaken].sum() / len(t), costs[mistaken].sum() / len(t)


def loss_and_accuracy(fig, epochs, seed):
    """Loss and accuracy on the training and the validation digits, epoch by epoch up to so many."""
    history, at = training(seed)[0], np.arange(1, epochs + 1)
    loss, share = fig.subplots(2, 1, sharex=True)
    for values, colour, dashes in ((history.loss, GREY, ":"), (history.val_loss, BLUE, "-")):
        loss.plot(at, values[:epochs], dashes, color=colour)
    for values, colour, dashes in ((history.metric, GREY, ":"), (history.val_metric, BLUE, "-")):
        share.plot(at, 100 * values[:epochs], dashes, color=colour)
    loss.plot(epochs, history.val_loss[epochs - 1], "o", color=ORANGE)
    share.plot(epochs, 100 * history.val_metric[epochs - 1], "o", color=ORANGE)
    loss.set(ylim=(0, 0.19), yticks=[0, 0.05, 0.1, 0.15], ylabel="loss")
    share.set(xlim=(0, EPOCHS + 5), ylim=(92, 100.5), yticks=[92, 96, 100], ylabel="right, %", xlabel="epochs")


def loss_and_accuracy_alt(epochs, seed):
    history, i = training(seed)[0], epochs - 1
    return (
        f"After {counted(epochs, 'epoch')}, training digits (dotted): loss {history.loss[i]:.3f}, {100 * history.metric[i]:.1f} % right; "
        f"validation digits (solid): loss {history.val_loss[i]:.3f}, {100 * history.val_metric[i]:.1f} % right."
    )


@cache
def mistakes():
    """(pictures, labels, answers, p of the label): the validation digits that the network of draw 0 gets wrong."""
    X, t = digit_parts()[1]
    p = softmax(training(0)[1].forward(X))
    wrong = p.argmax(axis=1) != t
    return X[wrong], t[wrong], p[wrong].argmax(axis=1), p[wrong, t[wrong]]


def expensive(fig):
    """These digits, each under what it is, what the network says, and the probability left for what it is."""
    pictures, labels, answers, p = mistakes()
    titles = [f"{t}, says {y}\n{100 * share:.2g} %" for t, y, share in zip(labels, answers, p, strict=True)]
    draw_digits(fig, pictures, titles, columns=4)


def _a(digit):
    return f"an {digit}" if digit == 8 else f"a {digit}"


def expensive_alt():
    _, labels, answers, p = mistakes()
    told = [f"{_a(t)} taken for {_a(y)}, {100 * share:.2g} %" for t, y, share in zip(labels, answers, p, strict=True)]
    return f"{len(told)} handwritten digits that the network gets wrong, in rows of four, with the probability left for the right class: {'; '.join(told)}."


@cache
def logits_of(seed, part):
    """(Z, t): what the trained network says to one part of the digits, 0 training, 1 validation, 2 test; their labels."""
    X, t = digit_parts()[part]
    return training(seed)[1].forward(X), t


# For an exercise: four ways to score a sigmoid neuron whose target is 1.
SCORES = {
    "A": lambda y: 1 - y,
    "B": lambda y: np.where(y > 0.5, 0.0, 1.0),
    "C": lambda y: (1 - y) ** 2,
    "D": lambda y: -np.log(y),
}


def four_scores(fig):
    """The four scores against the sum z, each in a picture with its letter."""
    for ax, (letter, score) in zip(fig.subplots(2, 2, sharex=True, sharey=True).ravel(), SCORES.items(), strict=True):
        for low, high in ((-6, 0), (1e-9, 6)):
            z = np.linspace(low, high, 121)
            ax.plot(z, score(sigmoid(z)), color=BLUE)
        ax.set(xlim=(-6, 6), ylim=(-0.1, 2.1), xticks=[-6, 0, 6], yticks=[0, 0.25, 0.5, 1, 2], title=letter)
    for ax in fig.axes[2:]:
        ax.set_xlabel("sum $z$")
    for ax in fig.axes[::2]:
        ax.set_ylabel("score")


def four_scores_alt():
    return (
        "Four curves against z from −6 to 6; all end near 0 on the right. A comes from near 1 on the left, flat, through 0.5 at "
        "0. B is 1 left of 0 and 0 right of it. C comes from near 1, flat, through 0.25 at 0. D comes down from above the "
        "picture, steep, through 0.69 at 0."
    )
