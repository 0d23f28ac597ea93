"""Figures of the introduction."""

from functools import cache

import numpy as np

from dlcore.activations import tanh
from dlcore.datasets import moons
from dlcore.figures.plane import draw_classes, draw_neuron
from dlcore.layers import Dense
from dlcore.live.style import BLUE, GREY, INK, ORANGE
from dlcore.losses import sigmoid_cross_entropy
from dlcore.network import Sequential
from dlcore.optimizers import Adam
from dlcore.perceptron import Perceptron
from dlcore.training import fit

# Minutes on a bicycle and kilometres ridden.
MINUTES = np.array([5.0, 10.0, 15.0, 20.0])
KILOMETRES = np.array([1.2, 2.4, 4.2, 4.8])
START = 0.05
BEST = np.sum(MINUTES * KILOMETRES) / np.sum(MINUTES**2)  # 0.252, where the slope is 0


def bicycle_loss(w):
    """mean of (w·minutes − kilometres)²: how wrong the weight w is."""
    return np.mean((w * MINUTES - KILOMETRES) ** 2)


def bicycle_slope(w):
    """How much the loss rises for each unit that w grows: mean of 2·(w·minutes − kilometres)·minutes."""
    return np.mean(2 * (w * MINUTES - KILOMETRES) * MINUTES)


def draw_rides(ax, w):
    """The four rides, the line that the weight draws, and the vertical distances between them."""
    x = np.array([0.0, 22.0])
    ax.vlines(MINUTES, KILOMETRES, w * MINUTES, color=GREY, linewidth=1)
    ax.plot(x, w * x, color=ORANGE)
    ax.plot(MINUTES, KILOMETRES, "o", color=BLUE)
    ax.set(xlim=(0, 22), ylim=(0, 9), xlabel="minutes $x$", ylabel="kilometres", xticks=[0, 10, 20])


def draw_loss(ax, colour=INK):
    """The loss for every weight from 0 to 0.5."""
    weights = np.linspace(0, 0.5, 51)
    ax.plot(weights, [bicycle_loss(one) for one in weights], color=colour, linewidth=1)
    ax.set(xlim=(0, 0.5), ylim=(-0.5, 14), xlabel="weight $w$", ylabel="loss", xticks=[0, 0.25, 0.5])


def one_weight(fig, w):
    """Left the four rides, and what the weight says of them; right the loss, for this weight and all others."""
    rides, loss = fig.subplots(1, 2)
    draw_rides(rides, w)
    draw_loss(loss)
    loss.plot(w, bicycle_loss(w), "o", color=ORANGE)


def one_weight_alt(w):
    return (
        f"With the weight {w:.2f} the model says {w * 20:.1f} km for 20 minutes; "
        f"its loss over the four rides is {bicycle_loss(w):.2f}."
    )


@cache
def visited(rate, steps):
    """The weights from the start through so many steps against the slope: w ← w − rate · slope."""
    weights = [START]
    for _ in range(steps):
        weights.append(weights[-1] - rate * bicycle_slope(weights[-1]))
    return tuple(weights)


def learning(fig, rate, step):
    """The machine turns its own slider: the rides, and on the loss curve the way so far, with the slope where it stands."""
    rides, loss = fig.subplots(1, 2)
    path = np.array(visited(rate, step))
    w = path[-1]
    draw_rides(rides, w)
    draw_loss(loss, GREY)
    losses = np.array([bicycle_loss(one) for one in path])
    loss.plot(path, losses, "o", markersize=4, color=BLUE)
    reach = 0.07 / np.hypot(1, bicycle_slope(w) / 40)  # about the same length on the page, however steep
    run = np.array([-reach, reach])
    loss.plot(w + run, losses[-1] + bicycle_slope(w) * run, color=INK)
    loss.plot(w, losses[-1], "o", color=ORANGE)
    loss.set_title(f"loss {losses[-1]:.4f}")
    rides.set_title(f"weight {w:.3f}")


def learning_alt(rate, step):
    w = visited(rate, step)[-1]
    steps = "1 step" if step == 1 else f"{step} steps"
    loss, slope = bicycle_loss(w), bicycle_slope(w)
    tilt = "nearly 0" if abs(slope) < 0.5 else f"{slope:.0f}".replace("-", "−")
    return (
        f"After {steps} with the learning rate {rate:g} the weight is {w:.3f} and the loss {loss:.4f}; "
        f"the slope there is {tilt}."
    )


# Rules by hand, rules learned.


def trips(seed, n=40):
    """Made-up trips: minutes and kilometres (n, 2), and 0 for a walk, 1 for a bicycle (n,).

    Walks have 3 to 6 km/h, rides 9 to 18; distances are rounded to quarters, which floats hold exactly.
    """
    rng = np.random.default_rng(seed)
    t = np.arange(n) % 2
    minutes = rng.integers(5, 61, n)
    speed = np.where(t == 1, rng.uniform(9, 18, n), rng.uniform(3, 6, n))
    return np.column_stack([minutes, np.round(4 * minutes * speed / 60) / 4]), t


TRIPS, BY_BICYCLE = trips(0)
NEW_TRIPS, NEW_BY_BICYCLE = trips(100)
TRIP_BOX = (0, 64, 0, 18)


@cache
def learned():
    """One neuron that has learned from the 40 trips."""
    neuron = Perceptron.zeros(2)
    neuron.fit(TRIPS, BY_BICYCLE)
    return neuron


def by_hand(limit):
    """The rule "farther than so many kilometres: by bicycle", as a neuron."""
    return Perceptron([0.0, 1.0], -limit)


def wrong_trips(neuron):
    return neuron.predict(TRIPS) != BY_BICYCLE


def rules(ax, limit, rule):
    """The trips, the rule's line, and a ring around each trip that the rule gets wrong."""
    neuron = learned() if rule == "learned" else by_hand(limit)
    draw_neuron(ax, neuron.w, neuron.b, TRIP_BOX)
    draw_classes(ax, TRIPS, BY_BICYCLE, size=6)
    wrong = wrong_trips(neuron)
    ax.plot(*TRIPS[wrong].T, "o", markersize=13, markerfacecolor="none", color=INK)
    ax.set(xlabel="minutes", ylabel="kilometres")
    ax.set_title(f"{int(wrong.sum())} of {len(wrong)} wrong")


def rules_alt(limit, rule):
    count = int(wrong_trips(learned() if rule == "learned" else by_hand(limit)).sum())
    told = f"it gets {count or 'none'} of the {len(TRIPS)} trips wrong"
    if rule == "learned":
        return f"A rising line, learned from the trips, with bicycle above it and walk below: {told}."
    return f"A horizontal line at {limit:g} km, with bicycle above it and walk below: {told}."


# What hidden layers do to their data.

EPOCHS = 4  # between two states of the figure


def half_moons(n=100, seed=1):
    """n points of two interleaved half circles, (n, 2), and their classes (n,)."""
    return moons(n, rng=np.random.default_rng(seed))


def surrounded(point, others):
    """Does the point lie inside the hull of the others (n, 2)? Then no straight line parts it from all of them."""
    across, up = (others - point).T
    angles = np.sort(np.arctan2(up, across))
    return bool(np.diff(angles, append=angles[0] + 2 * np.pi).max() < np.pi)


@cache
def lesson():
    """After 0, 4, 8, … 100 epochs: where the network changes its answer, and what its last neuron sees and is.

    Each state: outputs on GRID (before the step), the last hidden layer's (100, 2), last weights (2,), bias.
    """
    X, t = half_moons()
    rng = np.random.default_rng(0)
    net = Sequential([Dense(2, 8, rng=rng), tanh, Dense(8, 2, rng=rng), tanh, Dense(2, 1, rng=rng)])
    optimizer, states = Adam(0.02), []
    while True:
        seen = hidden(net, X)
        states.append((net.forward(GRID)[:, 0], seen, net.params["4.W"][:, 0].copy(), float(net.params["4.b"][0])))
        if len(states) > 100 // EPOCHS:
            return states
        fit(
            net,
            sigmoid_cross_entropy,
            optimizer,
            X,
            t[:, None],
            epochs=EPOCHS,
            batch_size=10,
            rng=rng,
            progress=False,
        )


def hidden(net, X):
    """What the last layer of the network gets for the inputs X: the outputs of all layers before it."""
    for layer in net.layers[:-1]:
        X = layer.forward(X)
    return X


ACROSS, UP = np.linspace(-1.6, 2.6, 43), np.linspace(-1.1, 1.6, 28)
GRID = np.stack(np.meshgrid(ACROSS, UP), axis=-1).reshape(-1, 2)


def layers(fig, epoch):
    """Left the inputs, with the edge of the network's answer; right the same points as the last neuron sees them."""
    inputs, last = fig.subplots(1, 2)
    X, t = half_moons()
    outputs, seen, w, b = lesson()[epoch // EPOCHS]
    outputs = outputs.reshape(len(UP), len(ACROSS))
    inputs.contourf(ACROSS, UP, outputs, levels=[0, np.inf], colors=[ORANGE], alpha=0.2)
    inputs.contour(ACROSS, UP, outputs, levels=[0], colors=[INK], linewidths=2)
    draw_classes(inputs, X, t, size=4)
    inputs.set(xlim=(-1.6, 2.6), ylim=(-1.1, 1.6), xlabel="$x_1$", ylabel="$x_2$")
    inputs.set_title(f"{mistakes_of(epoch)} of {len(t)} wrong")
    draw_neuron(last, w, b, (-1.15, 1.15, -1.15, 1.15))
    draw_classes(last, seen, t, size=4)
    last.set(xlabel="$h_1$", ylabel="$h_2$", xticks=[-1, 0, 1], yticks=[-1, 0, 1])


def mistakes_of(epoch):
    """How many of the 100 points the network gets wrong after so many epochs."""
    _, seen, w, b = lesson()[epoch // EPOCHS]
    return int(np.sum((seen @ w + b > 0) != half_moons()[1]))


def bend(epoch):
    """How far the edge of the answer, as a height over each place of ACROSS, departs from the straight line nearest to it."""
    outputs = lesson()[epoch // EPOCHS][0].reshape(len(UP), len(ACROSS))
    edge = []
    for across, column in zip(ACROSS, outputs.T, strict=True):
        falls = np.flatnonzero((column[:-1] > 0) & (column[1:] <= 0))
        if len(falls):
            i = falls[0]
            edge.append((across, UP[i] + (UP[1] - UP[0]) * column[i] / (column[i] - column[i + 1])))
    across, up = np.array(edge).T
    return abs(np.polyval(np.polyfit(across, up, 1), across) - up).max()


def layers_alt(epoch):
    count = mistakes_of(epoch)
    shape = "nearly straight" if bend(epoch) < 0.1 else "bent"
    parted = f"leaves {count} {'point' if count == 1 else 'points'} on the wrong side" if count else "parts them"
    where = "" if count else ", the circles at the upper left from the squares at the lower right"
    return (
        f"After {epoch} epochs the network gets {count or 'none'} of 100 points wrong. Left, the two half moons; the edge of "
        f"the answer is {shape}. Right, the same points after the hidden layers; the straight line there {parted}{where}."
    )


# For the exercise on learning rates.

THREE = {"A": 0.0004, "B": 0.0048, "C": 0.0016}


def three_rates(fig):
    """The weight after 0 to 8 steps with three learning rates, and the lowest point of the loss as a line."""
    for (name, rate), ax in zip(THREE.items(), fig.subplots(1, 3, sharey=True), strict=True):
        ax.axhline(BEST, color=GREY, linewidth=0.8)
        ax.plot(visited(rate, 8), "o-", color=BLUE, markersize=4)
        ax.set(title=name, xlim=(-0.5, 8.5), ylim=(0, 0.5), xticks=[0, 4, 8], xlabel="step")
        ax.set_ylabel("weight $w$" if name == "A" else "")


def three_rates_alt():
    return (
        "Three curves of the weight over eight steps, each from 0.05. A rises slowly and stays below a horizontal line at "
        "0.252. B jumps above the line and below it by turns, each time a little nearer. C rises quickly and comes to rest at "
        "the line."
    )
