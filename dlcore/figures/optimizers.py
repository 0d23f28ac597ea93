"""Figures of the chapter on optimizers."""

from functools import cache

import numpy as np
from contourpy import contour_generator
from matplotlib.collections import LineCollection

from dlcore.activations import relu
from dlcore.datasets import digits, stratified_split
from dlcore.figures.plane import draw_path, in_box
from dlcore.layers import Dense
from dlcore.live.style import BLUE, BROWN, GREEN, GREY, INK, ORANGE, PINK
from dlcore.losses import softmax_cross_entropy
from dlcore.metrics import accuracy
from dlcore.network import Sequential
from dlcore.optimizers import SGD, Adagrad, Adam, Momentum, RMSprop
from dlcore.training import fit

RULES = {"SGD": SGD, "Momentum": Momentum, "Adagrad": Adagrad, "RMSprop": RMSprop, "Adam": Adam}
COLOURS = {"SGD": BLUE, "Momentum": ORANGE, "Adagrad": GREEN, "RMSprop": PINK, "Adam": BROWN}

# Landscapes: a loss of two weights and its gradient. w is (2,), or (2, …) for a whole grid.

STEEP = 25.0  # how much more the valley is curved across than along


def valley(w):
    return 0.5 * (w[0] ** 2 + STEEP * w[1] ** 2)


def valley_slope(w):
    return np.array([w[0], STEEP * w[1]])


ANGLE = np.pi / 6
TURN = np.array([[np.cos(ANGLE), -np.sin(ANGLE)], [np.sin(ANGLE), np.cos(ANGLE)]])


def tilted(w):
    """The same valley, turned by 30°."""
    return valley(np.tensordot(TURN.T, w, axes=1))


def tilted_slope(w):
    return TURN @ valley_slope(TURN.T @ w)


def hollows(w):
    """A shallow hollow on the left, a deeper one on the right."""
    return 0.25 * (w[0] ** 2 - 1) ** 2 - 0.1 * w[0] + 0.5 * w[1] ** 2


def hollows_slope(w):
    return np.array([w[0] * (w[0] ** 2 - 1) - 0.1, w[1]])


BOX = (-2.5, 2.5, -1.4, 1.4)
START = np.array([-2.0, 1.0])
# name: (loss, gradient, start, deepest point, levels of the contour lines)
LANDSCAPES = {
    "valley": (valley, valley_slope, START, (0.0, 0.0), (0.2, 1, 3, 7, 13, 21)),
    "tilted": (tilted, tilted_slope, TURN @ START, (0.0, 0.0), (0.2, 1, 3, 7, 13, 21)),
}


def walk(slope, optimizer, start, steps):
    """Where an optimizer goes: the start and the places after each step, (steps + 1, 2)."""
    w = np.array(start, dtype=float)
    path = [w.copy()]
    for _ in range(steps):
        optimizer.step({"w": w}, {"w": slope(w)})
        path.append(w.copy())
    return np.array(path)


@cache
def path_of(landscape, rule, steps, **settings):
    """`walk` on a landscape, up to the first step that ends far outside the picture."""
    _, slope, start, _, _ = LANDSCAPES[landscape]
    optimizer, path = RULES[rule](**settings), [np.array(start)]
    w = np.array(start)
    while len(path) <= steps and np.abs(path[-1]).max() < 20:
        optimizer.step({"w": w}, {"w": slope(w)})
        path.append(w.copy())
    return np.array(path)


@cache
def contours(landscape):
    """The lines of equal loss, each (n, 2)."""
    left, right, bottom, top = BOX
    x, y = np.meshgrid(np.linspace(left, right, 61), np.linspace(bottom, top, 35))
    loss, _, _, _, levels = LANDSCAPES[landscape]
    lines = contour_generator(x, y, loss(np.array([x, y]))).lines
    return [line.round(3) for level in levels for line in lines(level)]


def draw_landscape(ax, landscape):
    """Lines of equal loss, and a star at the deepest point."""
    ax.add_collection(LineCollection(contours(landscape), colors=GREY, linewidths=0.6))
    ax.plot(*LANDSCAPES[landscape][3], "*", color=INK, markersize=9)
    ax.set(xlim=BOX[:2], ylim=BOX[2:], xlabel="$w_1$", ylabel="$w_2$", aspect="equal")
    ax.grid(visible=False)


def place(w):
    return f"({w[0]:.2f}, {w[1]:.2f})".replace("-0.00", "0.00").replace("-", "−")


def short(loss):
    """A loss in two significant digits; how near to 0 it comes in the end depends on rounding, and is not told."""
    if loss >= 1e-3:
        return f"{float(f'{loss:.2g}'):,g}"
    if loss < 1e-12:
        return "less than 10⁻¹²"
    head, power = f"{loss:.0e}".split("e-")
    return f"{head}·10⁻{str(int(power)).translate(str.maketrans('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹'))}"


def _with_loss(fig, path, lost, steps, lowest):
    """A path through the valley above, its loss after each step below."""
    plane, curve = fig.subplots(2, 1, height_ratios=(1.7, 1))
    draw_landscape(plane, "valley")
    draw_path(plane, path)
    curve.semilogy(lost, color=ORANGE)
    curve.set(xlim=(0, steps), ylim=(lowest, 100), xlabel="step", ylabel="loss $L$")


def _end(path, lost, steps):
    if len(path) <= steps:
        return "is thrown out of the picture"
    if not in_box(path[-1], BOX):
        return f"is outside the picture after {steps} steps, with the loss {short(lost[-1])}"
    return f"is at {place(path[-1])} after {steps} steps, with the loss {short(lost[-1])}"


ZIGZAG_STEPS = 40
RATE = 0.075


def zigzag(fig):
    """Plain descent in the valley, near the largest η that is stable."""
    path = path_of("valley", "SGD", ZIGZAG_STEPS, lr=RATE)
    _with_loss(fig, path, valley(path.T), ZIGZAG_STEPS, 1e-3)


def zigzag_alt():
    path = path_of("valley", "SGD", ZIGZAG_STEPS, lr=RATE)
    return (
        "A narrow valley along w₁. From (−2, 1) on the left the path jumps across the floor at every step, less far each time, "
        f"and {_end(path, valley(path.T), ZIGZAG_STEPS)}. Below, the loss falls with every step, quickly at first, then slowly."
    )


MOMENTUM_STEPS = 60
BETAS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98)


def rolling(fig, beta):
    """Momentum in the valley, for one coefficient."""
    path = path_of("valley", "Momentum", MOMENTUM_STEPS, lr=RATE, momentum=beta)
    _with_loss(fig, path, valley(path.T), MOMENTUM_STEPS, 1e-12)


def rolling_alt(beta):
    path = path_of("valley", "Momentum", MOMENTUM_STEPS, lr=RATE, momentum=beta)
    far = path[:, 0].max()
    past = f"rolls past the bottom as far as w₁ = {far:.2f}" if far > 0.005 else "never rolls past the bottom along w₁"
    swing = f"from step 5 on it comes as far as {np.abs(path[5:, 1]).max():.2f} from the floor"
    return f"With β = {beta:g} it {past}; {swing}, and {_end(path, valley(path.T), MOMENTUM_STEPS)}."


# The length of each step while the gradient stays the same, in units of η.

STRIDES = ("SGD", "Momentum", "Adagrad", "RMSprop", "Adam without correction", "Adam")
STRIDE_STEPS = 200


class UncorrectedAdam(Adam):
    """Adam as it would be without the correction for the start at 0."""

    def update(self, w, g, m, v):
        m += (1 - self.beta1) * (g - m)
        v += (1 - self.beta2) * (g * g - v)
        w -= self.lr * m / (np.sqrt(v) + self.eps)


@cache
def strides(rule, gradient):
    """The lengths of the steps in units of η, (STRIDE_STEPS,), for a gradient that stays the same."""
    optimizer = (RULES | {"Adam without correction": UncorrectedAdam})[rule](lr=1.0)
    path = walk(lambda w: np.full(1, gradient), optimizer, [0.0], STRIDE_STEPS)
    return np.abs(np.diff(path[:, 0]))


def stride(ax, rule, gradient):
    """How long each step is, for a constant gradient."""
    ax.axhline(1, color=INK, linewidth=1, linestyle="--")
    ax.loglog(np.arange(1, STRIDE_STEPS + 1), strides(rule, gradient), ".-", color=BLUE, markersize=4)
    ax.set(xlim=(0.9, STRIDE_STEPS * 1.1), ylim=(3e-3, 3e3), xlabel="step", ylabel="length of the step / η")


def stride_alt(rule, gradient):
    lengths = strides(rule, gradient)
    first, tenth, last = (f"{float(f'{lengths[k]:.3g}'):,g}" for k in (0, 9, -1))
    return (
        f"{rule}, gradient {gradient:g} in every step: step 1 has the length {first} η, step 10 {tenth} η, "
        f"step {STRIDE_STEPS} {last} η."
    )


RATES = (0.01, 0.07, 0.3)
STEPS = (20, 100)
LANDSCAPE_NAMES = {"valley": "narrow valley", "tilted": "tilted valley"}


def race(ax, landscape, rule, lr, steps):
    """One optimizer on one landscape."""
    draw_landscape(ax, landscape)
    draw_path(ax, path_of(landscape, rule, steps, lr=lr), COLOURS[rule])


def race_alt(landscape, rule, lr, steps):
    path = path_of(landscape, rule, steps, lr=lr)
    end = _end(path, LANDSCAPES[landscape][0](path.T), steps)
    if (landscape, rule, lr, steps) == ("tilted", "RMSprop", 0.07, 100):  # where exactly depends on rounding
        end = f"hops about near the bottom, and is less than 0.15 away from it after {steps} steps"
    return f"{LANDSCAPE_NAMES[landscape].capitalize()}: {rule} with η = {lr:g} {end}."


# The same network trained by each rule with each learning rate.

SWEEP_RATES = tuple(float(10.0**k) for k in np.arange(-4, 0.6, 0.5))
SWEEP_SEEDS = (0, 1, 2)
SWEEP_EPOCHS = 5
GUESSING = 0.1  # one of ten digits


@cache
def sweep_data():
    """(X_train, t_train), (X_held, t_held): the ten digits, pixels from 0 to 1, a quarter held back.

    1347 to train with; trained on are the first 1344, which is 42 whole batches of 32.
    """
    X, t = digits(scale=True)
    return stratified_split(X, t, test=0.25, rng=np.random.default_rng(0))


WHOLE = 42 * 32  # training pictures that make whole batches


def train(rule, lr, seed, epochs=SWEEP_EPOCHS):
    """The accuracy of a new network 64-32-10 on the digits held back, after a training with one rule and one rate."""
    (X, t), (X_held, t_held) = sweep_data()
    rng = np.random.default_rng(seed)
    net = Sequential([Dense(64, 32, rng=rng), relu, Dense(32, 10, rng=rng)])
    settings = {"epochs": epochs, "batch_size": 32, "rng": rng, "progress": False}
    try:
        fit(net, softmax_cross_entropy, RULES[rule](lr=lr), X[:WHOLE], t[:WHOLE], **settings)
    except ValueError:  # the loss became infinite
        return GUESSING
    return accuracy(net.forward(X_held), t_held)


@cache
def swept():
    """Accuracies of all trainings by rule: (number of rates, number of seeds).

    What is below 30 % counts as guessing: wild trainings end differently on different processors.
    """
    shares = {rule: np.array([[train(rule, lr, seed) for seed in SWEEP_SEEDS] for lr in SWEEP_RATES]) for rule in RULES}
    return {rule: np.where(share < 0.3, GUESSING, share) for rule, share in shares.items()}


def middle(rule):
    """The middle one of the seeds' accuracies, for each rate."""
    return np.median(swept()[rule], axis=1)


def sweep(ax, rule):
    """Accuracy against learning rate: every rule in grey, the chosen one in colour, from its worst seed to its best."""
    for name in RULES:
        if name != rule:
            ax.semilogx(SWEEP_RATES, 100 * middle(name), color=GREY, linewidth=0.7)
    shares = 100 * swept()[rule]
    ax.fill_between(SWEEP_RATES, shares.min(axis=1), shares.max(axis=1), color=COLOURS[rule], alpha=0.25, linewidth=0)
    ax.semilogx(SWEEP_RATES, 100 * middle(rule), "o-", color=COLOURS[rule], markersize=5)
    ax.set(xlabel="learning rate η", ylabel="right on held-back digits, %", xlim=(8e-5, 4), ylim=(0, 102))


def sweep_alt(rule):
    shares = 100 * middle(rule)
    rates = np.array(SWEEP_RATES)
    best, good = rates[shares > shares.max() - 1e-9], rates[shares > 88]
    return (
        f"{rule}: highest with η = {' and '.join(f'{lr:.1g}' for lr in best)}, {shares.max():.0f} % right; above 88 % from η = {good[0]:.1g} to "
        f"{good[-1]:.1g}, which is {len(good)} of the {len(shares)} rates."
    )


_THOUSANDTHS = "1 2 5 10 20 30 40 50 60 70 100 150 200 300 500 700 1000 1500 2000"
FINE_RATES = tuple(int(number) / 1000 for number in _THOUSANDTHS.split())


def steps_needed(landscape, rule, **settings):
    """The fewest steps, over FINE_RATES, after which the loss stays below 0.01 up to step 300; and that rate."""
    loss, found = LANDSCAPES[landscape][0], []
    for lr in FINE_RATES:
        path = path_of(landscape, rule, 300, lr=lr, **settings)
        above = np.flatnonzero(loss(path.T) >= 0.01)
        if len(path) == 301 and above[-1] < 300:
            found.append((int(above[-1]) + 1, lr))
    return min(found)


# Four paths without names, for an exercise.

PANELS = {"A": ("Momentum", 0.02), "B": ("RMSprop", 0.3), "C": ("SGD", 0.076), "D": ("Adagrad", 0.15)}
PANEL_STEPS = 50


def panels(fig):
    """Four paths from one start, by four rules."""
    for ax, (name, (rule, lr)) in zip(fig.subplots(2, 2).ravel(), PANELS.items(), strict=True):
        draw_landscape(ax, "valley")
        draw_path(ax, path_of("valley", rule, PANEL_STEPS, lr=lr))
        ax.set_title(name)


def panels_alt():
    return (
        "Four paths of 50 steps in the valley, all from (−2, 1). A crosses the floor in wide swings, runs on beyond the "
        "bottom along the floor, and comes back. B sets out diagonally with long steps, is near the bottom soon, and in the end hops across it. C jumps from side to "
        "side across the floor and moves on a little each time, without passing the bottom. D sets out diagonally too; its steps shrink, and it "
        "ends far from the bottom."
    )
