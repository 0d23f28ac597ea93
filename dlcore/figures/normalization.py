"""Figures of the chapter on normalization."""

from copy import deepcopy
from functools import cache

import numpy as np

from dlcore.activations import relu
from dlcore.datasets import digits, stratified_split
from dlcore.figures.plane import draw_path, in_box
from dlcore.figures.words import minus
from dlcore.layers import Dense
from dlcore.live.style import BLUE, GREEN, GREY, INK, ORANGE
from dlcore.losses import softmax_cross_entropy
from dlcore.metrics import accuracy
from dlcore.network import Sequential
from dlcore.normalization import BatchNorm, LayerNorm
from dlcore.optimizers import SGD
from dlcore.training import fit

# Boards: every length from 1 to 5 metres with every width from 100 to 500 millimetres. In metres and in steps of
# 100 mm both features have the mean 3 and the variance 2, and know nothing of each other.

SPREAD = 2.0
BEST = np.array([4.0, 2.0])  # euros for each metre of length, euros for each 100 mm of width


def boards():
    """X (25, 2): length in metres, width in thousandths of a metre; t (25,): the price."""
    length, width = np.repeat(np.arange(1.0, 6.0), 5), np.tile(np.arange(1.0, 6.0), 5)
    return np.column_stack([length, 100 * width]), 1 + 4 * length + 2 * width


UNITS = (100, 50, 25, 10)  # of width, in millimetres
RATES = (0.004, 0.03, 0.06, 0.1, 0.25, 0.45)
STEPS = 20
BOX = (-0.8, 9, -0.6, 4.6)


def bowl(w, unit):
    """The mean squared error of w (2, …), the features measured from their means, with the best bias."""
    factor = 100 / unit
    return SPREAD * ((w[0] - BEST[0]) ** 2 + (factor * w[1] - BEST[1]) ** 2)


def bowl_slope(w, unit):
    factor = 100 / unit
    return 2 * SPREAD * np.array([w[0] - BEST[0], factor * (factor * w[1] - BEST[1])])


def descent(unit, lr):
    """The start (0, 0) and the weights after each step, up to the first that lies outside the picture."""
    path = [np.zeros(2)]
    while len(path) <= STEPS and in_box(path[-1], BOX):
        path.append(path[-1] - lr * bowl_slope(path[-1], unit))
    return np.array(path)


LEVELS = (2, 10, 22, 40)


def draw_bowl(ax, unit):
    """Lines of equal loss, ellipses, and a star at the bottom."""
    around = np.linspace(0, 2 * np.pi, 121)
    factor = 100 / unit
    for level in LEVELS:
        radius = np.sqrt(level / SPREAD)
        ax.plot(
            BEST[0] + radius * np.cos(around), (BEST[1] + radius * np.sin(around)) / factor, color=GREY, linewidth=0.7
        )
    ax.plot(BEST[0], BEST[1] / factor, "*", color=INK, markersize=10)
    ax.set(xlim=BOX[:2], ylim=BOX[2:], aspect="equal", xlabel="$w_1$ (length)", ylabel="$w_2$ (width)")
    ax.grid(visible=False)


def valley(ax, unit, lr):
    """Twenty steps of gradient descent, with the width in one unit."""
    draw_bowl(ax, unit)
    draw_path(ax, descent(unit, lr))


def valley_alt(unit, lr):
    path = descent(unit, lr)
    shape = "round" if unit == 100 else f"{100 / unit:g} times as long along w₁ as along w₂"
    if not in_box(path[-1], BOX):
        end = f"is thrown out of the picture in step {len(path) - 1}"
    else:
        loss = bowl(path[-1], unit)
        left = "less than 0.01" if loss < 0.01 else f"{loss:.3g}"
        end = f"has the loss {left} after {STEPS} steps, from {bowl(path[0], unit):g} at the start"
    return f"Width in units of {unit:g} mm: the bowl is {shape}. With η = {lr:g} gradient descent {end}."


# Clouds of two features and the bowls that belong to them, for an exercise. The mean squared error of a neuron
# w·x rises from its bottom as the mean of (w·x)², so the clouds' second moments say all.

CLOUDS = {"1": ((9, 0), (0, 1)), "2": ((4, 3), (3, 4)), "3": ((1, 0), (0, 9)), "4": ((4, -3), (-3, 4))}
BOWLS = {"A": "2", "B": "4", "C": "1", "D": "3"}


@cache
def cloud(number):
    """60 samples of two features, with means 0 and exactly the second moments of the table."""
    X = np.random.default_rng(4).standard_normal((60, 2))
    X = np.linalg.qr(X - X.mean(axis=0))[0] * np.sqrt(60)
    return X @ np.linalg.cholesky(np.array(CLOUDS[number], dtype=float)).T


def clouds(fig):
    """Four clouds above, four bowls below."""
    above, below = fig.subplots(2, 4)
    around = np.linspace(0, 2 * np.pi, 121)
    for ax, number in zip(above, CLOUDS, strict=True):
        ax.plot(*cloud(number).T, ".", color=BLUE, markersize=3)
        ax.set(xlim=(-9, 9), ylim=(-9, 9), xlabel="$x_1$", title=number)
    for ax, (letter, number) in zip(below, BOWLS.items(), strict=True):
        size, turn = np.linalg.eigh(np.array(CLOUDS[number], dtype=float))
        for radius in (1, 2, 3):
            ring = turn @ (radius * np.array([np.cos(around), np.sin(around)]) / np.sqrt(size)[:, None])
            ax.plot(*ring, color=ORANGE, linewidth=1)
        ax.set(xlim=(-4, 4), ylim=(-4, 4), xlabel="$w_1$")
        ax.text(-3.7, 3.7, letter, va="top", fontsize=11)
    above[0].set_ylabel("$x_2$")
    below[0].set_ylabel("$w_2$")
    for ax in (*above, *below):
        ax.set(aspect="equal", xticks=[0], yticks=[0], xticklabels=[], yticklabels=[])


def clouds_alt():
    return (
        "Above, four clouds of points, x₁ to the right, x₂ upwards. 1 is wide along x₁. 2 rises from lower left to upper right. "
        "3 is wide along x₂. 4 falls from upper left to lower right. Below, four bowls in lines of equal loss, w₁ to the right, w₂ "
        "upwards. A falls from upper left to lower right. B rises from lower left to upper right. C is wide along w₂. D is wide along w₁."
    )


# One sample in many random batches.

SIZES = (2, 3, 4, 8, 16, 32, 64, 128)
BATCHES = 2000
PLACES = (0.0, 1.0, 2.0)


@cache
def normalized(size, place):
    """x̂ of one sample, `place` standard deviations above the mean, in 2000 batches of normal random numbers."""
    others = np.random.default_rng(size).standard_normal((BATCHES, size - 1))
    batches = np.column_stack([np.full(BATCHES, place), others])
    return (place - batches.mean(axis=1)) / batches.std(axis=1)


EDGES = np.arange(-65, 67, 2) / 16  # so that −1 and 1, all that comes out of batches of 2, lie inside bins


def share_in_bins(batch, place):
    """The share of the batches in each bin, in percent."""
    return 100 * np.histogram(normalized(batch, place), EDGES)[0] / BATCHES


def small_batches(ax, batch, place):
    """How often which x̂ comes out, for one sample in many batches."""
    ax.bar(EDGES[:-1], share_in_bins(batch, place), np.diff(EDGES), align="edge", color=BLUE, linewidth=0)
    ax.axvline(place, color=ORANGE, linestyle="--")
    ax.set(xlim=(-4, 4), ylim=(0, 100), xlabel="normalized value of the sample", ylabel="batches, %")


def small_batches_alt(batch, place):
    values = normalized(batch, place)
    text = (
        f"The sample at {place:g}, in 2000 batches of {batch}: normalized it lies between {values.min():.2f} and "
        f"{values.max():.2f}, with standard deviation {values.std():.2f}."
    )
    return minus(text)


def refuses_one():
    """Whether BatchNorm refuses to train with a batch of one."""
    try:
        BatchNorm(1).forward([[3.0]], train=True)
    except ValueError:
        return True
    return False


# A network with batch normalization, and its test pictures in batches of many kinds.


@cache
def split():
    """(X_train, t_train), (X_test, t_test): the ten digits, a quarter kept for testing."""
    return stratified_split(*digits(scale=True), test=0.25, rng=np.random.default_rng(0))


WHOLE = 42 * 32  # training pictures that make whole batches


@cache
def reader():
    """64-32-10 with a BatchNorm before its ReLU, trained for ten epochs of 42 batches, all of 32 pictures."""
    rng = np.random.default_rng(0)
    net = Sequential([Dense(64, 32, rng=rng), BatchNorm(32), relu, Dense(32, 10, rng=rng)])
    X, t = split()[0]
    fit(net, softmax_cross_entropy, SGD(0.1), X[:WHOLE], t[:WHOLE], epochs=10, batch_size=32, rng=rng, progress=False)
    return net


ORDERS = ("shuffled", "sorted")
MODES = ("evaluation", "training")
TEST_SIZES = (2, 5, 10, 25, 50, 150, 450)


@cache
def answers(mode, order, size):
    """(answers, targets) of a copy of the network for the test pictures, batch after batch, in one mode."""
    X, t = split()[1]
    if order == "sorted":
        places = np.argsort(t, kind="stable")
        X, t = X[places], t[places]
    net = deepcopy(reader())
    logits = [net.forward(X[k : k + size], train=mode == "training") for k in range(0, len(X), size)]
    return np.concatenate(logits).argmax(axis=1), t


def share_right(mode, order, size):
    y, t = answers(mode, order, size)
    return np.mean(y == t)


def modes(ax, mode, order, batch):
    """The share of each digit that is recognized."""
    y, t = answers(mode, order, batch)
    right = [100 * np.mean(y[t == k] == k) for k in range(10)]
    ax.bar(range(10), right, color=BLUE if mode == "evaluation" else ORANGE)
    ax.set(xticks=range(10), ylim=(0, 101), xlabel="digit", ylabel="recognized, %")
    ax.set_title(f"all: {100 * np.mean(y == t):.0f} %")
    ax.grid(visible=False, axis="x")


def modes_alt(mode, order, batch):
    y, t = answers(mode, order, batch)
    right = [100 * np.mean(y[t == k] == k) for k in range(10)]
    return (
        f"{mode.capitalize()} mode, test pictures {order}, in batches of {batch}: {100 * np.mean(y == t):.0f} % are recognized; "
        f"of the single digits, from {min(right):.0f} to {max(right):.0f} %."
    )


# Four samples with five features, normalized by column or by row.

TABLE = np.array([[2, 1, 6, 3, 4], [4, 3, 5, 2, 1], [0, 5, 1, 4, 0], [2, 3, 2, 3, 5]], dtype=float)
CHANGES = ("nothing", "the third column times 10", "the second row times 10")
NORMS = ("BatchNorm", "LayerNorm")


def changed(change):
    """The table after the change."""
    x = TABLE.copy()
    if change == CHANGES[1]:
        x[:, 2] *= 10
    elif change == CHANGES[2]:
        x[1] *= 10
    return x


def normed(norm, x):
    """x̂ in training mode, with a tiny ε."""
    return {"BatchNorm": BatchNorm, "LayerNorm": LayerNorm}[norm](5, eps=1e-12).forward(x, train=True)


def tables(fig, norm, change):
    """The table on top, what becomes of it below; what differs from the untouched table is shaded."""
    x = changed(change)
    pairs = ((x, TABLE, "{:g}"), (normed(norm, x), normed(norm, TABLE), "{:.2f}"))
    for ax, (now, before, form), name in zip(fig.subplots(2, 1), pairs, ("before", "after"), strict=True):
        for (row, column), value in np.ndenumerate(now):
            if abs(value - before[row, column]) > 5e-3:
                ax.fill(*_cell(row, column), color=ORANGE, alpha=0.3, linewidth=0)
            text = form.format(value).replace("-0.00", "0.00").replace("-", "−")
            ax.text(column + 0.5, row + 0.5, text, ha="center", va="center")
        _draw_groups(ax, norm)
        ax.set(xlim=(-0.05, 5.05), ylim=(4.05, -0.05), xticks=[], ylabel=name)
        ax.set(yticks=np.arange(4) + 0.5, yticklabels=[f"sample {k}" for k in range(1, 5)])
        ax.tick_params(length=0)
        ax.spines[:].set_visible(False)
        ax.grid(visible=False)
    ax.set_xlabel("feature")
    ax.set(xticks=np.arange(5) + 0.5, xticklabels=range(1, 6))


def _cell(row, column):
    return np.array([(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)], dtype=float).T


def _draw_groups(ax, norm):
    """A frame around the numbers that share a mean and a variance."""
    for k in range(5 if norm == "BatchNorm" else 4):
        left, right, top, bottom = (k, k + 1, 0, 4) if norm == "BatchNorm" else (0, 5, k, k + 1)
        gap = 0.04
        ax.plot(
            [left + gap, right - gap, right - gap, left + gap, left + gap],
            [top + gap, top + gap, bottom - gap, bottom - gap, top + gap],
            color=GREEN,
            linewidth=1.2,
        )


def tables_alt(norm, change):
    group = "columns" if norm == "BatchNorm" else "rows"
    before, now = normed(norm, TABLE), normed(norm, changed(change))
    moved = int(np.sum(abs(now - before) > 5e-3))
    if change == CHANGES[0]:
        end = "nothing is changed in the table"
    else:
        end = f"with {change}, {moved or 'none'} of the 20 normalized numbers change{'s' if moved == 1 else ''}"
    return f"{norm} takes means over the {group}; {end}."


# Deeper networks on the digits.

NETS = ("neither", "BatchNorm", "LayerNorm")
COLOURS = dict(zip(NETS, (INK, BLUE, ORANGE), strict=True))
SWEEP_RATES = (0.01, 0.04, 0.16, 0.64, 2.56)
STARTS = (0.5, 1.0, 2.0)
SEEDS = (0, 1, 2)
DEPTH, WIDTH, EPOCHS, BATCH = 5, 32, 5, 64
GUESSING = 0.1


def deep_net(kind, start, rng):
    """Five hidden layers of 32, each normalized before its ReLU or not; first weights `start` times those of He."""
    layers, n_in = [], 64
    for _ in range(DEPTH):
        layers += [Dense(n_in, WIDTH, rng=rng), *_norm(kind), relu]
        n_in = WIDTH
    net = Sequential([*layers, Dense(WIDTH, 10, rng=rng)])
    for name, weights in net.params.items():
        if name.endswith("W"):
            weights *= start
    return net


def _norm(kind):
    return {"neither": [], "BatchNorm": [BatchNorm(WIDTH)], "LayerNorm": [LayerNorm(WIDTH)]}[kind]


@cache
def trained_share(kind, start, lr, seed, epochs=EPOCHS):
    """The share of test pictures recognized after the training; what is below 30 %, or overflows, counts as guessing."""
    (X, t), (X_test, t_test) = split()
    rng = np.random.default_rng(seed)
    net = deep_net(kind, start, rng)
    settings = {"epochs": epochs, "batch_size": BATCH, "rng": rng, "progress": False}
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            fit(net, softmax_cross_entropy, SGD(lr), X[:WHOLE], t[:WHOLE], **settings)
            share = accuracy(net.forward(X_test), t_test)
    except ValueError:  # the loss or the outputs became infinite
        return GUESSING
    return share if share >= 0.3 else GUESSING


def shares(kind, start):
    """(rates, seeds)"""
    return np.array([[trained_share(kind, start, lr, seed) for seed in SEEDS] for lr in SWEEP_RATES])


LOWEST = (
    65  # %, the lower edge of the picture; what is below it is drawn there (wild trainings end differently elsewhere)
)


def sweep(ax, start):
    """Share recognized against learning rate; the lines are the middle seeds, the bands reach from worst to best."""
    for kind, style in zip(NETS, ("s:", "o-", "^--"), strict=True):
        percent = np.maximum(100 * shares(kind, start), LOWEST)
        ax.fill_between(
            SWEEP_RATES, percent.min(axis=1), percent.max(axis=1), color=COLOURS[kind], alpha=0.2, linewidth=0
        )
        ax.semilogx(SWEEP_RATES, np.median(percent, axis=1), style, color=COLOURS[kind], markersize=5, label=kind)
    ax.set(xlim=(0.008, 3.4), ylim=(LOWEST - 1, 101), xlabel="learning rate η", ylabel="right on test pictures, %")
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncol=3)


def above(kind, start, share=0.8):
    """For how many of the rates the middle seed is above the share."""
    return int(np.sum(np.median(shares(kind, start), axis=1) > share))


def sweep_alt(start):
    parts = []
    for kind in NETS:
        best = 100 * np.median(shares(kind, start), axis=1).max()
        count = f"{above(kind, start)} of {len(SWEEP_RATES)}"
        if kind == "LayerNorm":  # one is too near 80 % to be counted the same on every computer
            count = "one or two"
        name = "without normalization" if kind == "neither" else f"with {kind}"
        parts.append(f"{name} {count}" + (f", at best {best:.0f} %" if best >= LOWEST else ""))
    return f"First weights {start:g} times those of He. Learning rates with which the middle seed gets above 80 %: {'; '.join(parts)}."
