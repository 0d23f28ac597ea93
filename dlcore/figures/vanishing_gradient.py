"""Figures of the chapter on vanishing and exploding gradients."""

from functools import cache
from itertools import pairwise

import numpy as np

from dlcore.activations import leaky_relu, relu, sigmoid, tanh
from dlcore.clipping import clip_by_norm
from dlcore.datasets import digits, moons, stratified_split
from dlcore.figures.words import power_of_ten, signed
from dlcore.initializers import he, xavier
from dlcore.layers import Dense
from dlcore.live.style import BLUE, GREEN, GREY, ORANGE, PINK
from dlcore.losses import mse, sigmoid_cross_entropy, softmax_cross_entropy
from dlcore.metrics import accuracy
from dlcore.network import Sequential
from dlcore.optimizers import SGD, Adam, Momentum
from dlcore.schedules import CosineDecay
from dlcore.training import fit

ACTIVATIONS = {"sigmoid": sigmoid, "tanh": tanh, "ReLU": relu}


def size_text(number):
    """A positive number in words that suit its size: 0.25, 64, 9.5·10⁻⁷; exactly 0 is "0"."""
    if number == 0 or 0.001 <= number < 999.5:
        return f"{number:.3g}"
    if 999.5 <= number < 9999.5:
        return f"{number:.0f}"
    mantissa, exponent = f"{number:.1e}".split("e")
    return f"{mantissa}·{power_of_ten(int(exponent))}"


# A chain: one neuron a layer, every sum at the same place.

CHAIN = 10
CHAIN_WEIGHTS = [0.5, 1.0, 2.0, 4.0, 8.0]
CHAIN_SUMS = [-2.0, 0.0, 2.0, 4.0]
CHAIN_LIMITS = (1e-16, 1e10)


def chain_factor(activation, w, z):
    """w·f′(z): what one layer of the chain multiplies a gradient by on its way back."""
    return float(w * ACTIVATIONS[activation].derivative(z))


def chain(fig, activation, w, z):
    """The slope f′ with the chain's place on it, and ∂y/∂h at each of the layers 0 … 10, the output first from the right."""
    f = ACTIVATIONS[activation]
    slopes, sizes = fig.subplots(1, 2, width_ratios=(1, 1.5))
    grid = np.linspace(-6, 6, 241)
    slopes.plot(grid, f.derivative(grid), color=BLUE)
    slopes.plot(z, f.derivative(z), "o", color=ORANGE)
    slopes.set(xlim=(-6.3, 6.3), ylim=(-0.05, 1.08), xlabel="sum $z$", ylabel="slope $f$′($z$)")
    layers, factor = np.arange(CHAIN + 1), chain_factor(activation, w, z)
    gradients = factor ** (CHAIN - layers).astype(float)
    draw_sizes(sizes, layers, gradients, CHAIN_LIMITS, 4, color=ORANGE)
    sizes.set(xlim=(-0.6, CHAIN + 0.6), xticks=range(0, CHAIN + 1, 2), xlabel="layer", ylabel="gradient")


def power_axis(ax, limits, step):
    """A logarithmic axis for log10 of numbers: ticks at every `step`th power of ten. (Quicker to draw than a log scale.)"""
    low, high = (round(np.log10(limit)) for limit in limits)
    powers = np.arange(-(-low // step) * step, high + 1, step)
    ax.set(ylim=(low, high), yticks=powers)
    ax.set_yticklabels([power_of_ten(k) for k in powers.tolist()])


def draw_sizes(ax, layers, values, limits, step, **style):
    """Numbers from 0 up on a logarithmic axis; what lies below it (0 too) as triangles at its foot."""
    low, high = np.log10(limits)
    places, inside = np.asarray(layers), values >= limits[0]
    ax.axhline(0, color=GREY, linewidth=0.8)
    ax.plot(places[inside], np.log10(values[inside]), marker="o", markersize=4, **style)
    if not inside.all():
        foot = np.full(np.sum(~inside), low + 0.03 * (high - low))
        ax.plot(places[~inside], foot, marker="v", markersize=5, **style | {"linestyle": "none"})
    power_axis(ax, limits, step)


def chain_alt(activation, w, z):
    slope, factor = float(ACTIVATIONS[activation].derivative(z)), chain_factor(activation, w, z)
    head = f"{activation} with all weights {signed(w)} and all sums {signed(z)}"
    if factor == 0:
        return f"{head}: the slope is 0, and below the output every gradient is exactly 0."
    there = size_text(factor**CHAIN)
    trend = "shrinks" if factor < 1 else "grows" if factor > 1 else "stays as it is"
    return (
        f"{head}: each layer multiplies by {signed(w)} · {size_text(slope)} = {size_text(factor)}. On the way back through ten layers "
        f"the gradient {trend}, from 1 at the output to {there} at layer 0."
    )


# Whole layers: how large the gradient is at each of them, at the start.

WIDTH = 100
DEPTHS = [5, 10, 20]
SEEDS = range(5)
STARTS = {
    "0.01": "normal",
    "half of He": lambda shape, rng: 0.5 * he(shape, rng),
    "Xavier": xavier,
    "He": he,
    "twice He": lambda shape, rng: 2 * he(shape, rng),
}
SHOWN = ["activations", "weights"]
LAYER_LIMITS = (1e-20, 1e8)


def deep_network(f, start, depth, rng, *, n_in=WIDTH, width=WIDTH, n_out=10):
    """`depth` hidden layers of one width with the activation f, and an output layer, all started alike."""
    sizes = [n_in, *[width] * depth]
    hidden = [layer for m, n in pairwise(sizes) for layer in (Dense(m, n, init=start, rng=rng), f)]
    return Sequential([*hidden, Dense(width, n_out, init=start, rng=rng)])


@cache
def gradient_sizes(activation, start, depth, seed):
    """(‖∂L/∂h‖, ‖∂L/∂W‖) for each hidden layer, first to last, of a network at its start: two arrays (depth,).

    50 random samples of 100 features with random labels, softmax cross-entropy.
    """
    rng = np.random.default_rng(seed)
    X, t = rng.normal(size=(50, WIDTH)), rng.integers(10, size=50)
    net = deep_network(ACTIVATIONS[activation], STARTS[start], depth, rng)
    dout = softmax_cross_entropy.gradient(net.forward(X, train=True), t)
    dout = net.layers[-1].backward(dout)
    of_activations, of_weights = [], []
    for k in reversed(range(depth)):
        dense, f = net.layers[2 * k], net.layers[2 * k + 1]
        of_activations.append(np.linalg.norm(dout))
        dout = dense.backward(f.backward(dout))
        of_weights.append(np.linalg.norm(dense.grads["W"]))
    return np.array(of_activations[::-1]), np.array(of_weights[::-1])


def ratios(activation, start, depth, shown="activations"):
    """First layer's gradient divided by the last hidden layer's, for each of the five seeds."""
    which = SHOWN.index(shown)
    sizes = [gradient_sizes(activation, start, depth, seed)[which] for seed in SEEDS]
    return np.array([one[0] / one[-1] for one in sizes])


def layers(ax, shown, activation, start, depth):
    """The size of the gradient at each hidden layer, divided by that at the last one; five random starts."""
    which, places = SHOWN.index(shown), np.arange(1, depth + 1)
    for seed in SEEDS:
        sizes = gradient_sizes(activation, start, depth, seed)[which]
        draw_sizes(ax, places, sizes / sizes[-1], LAYER_LIMITS, 4, color=ORANGE if which == 0 else BLUE, linewidth=1)
    ax.set(xlim=(0.4, 20.6), xticks=[1, 5, 10, 15, 20], xlabel="hidden layer", ylabel="gradient / gradient at the last")


def share_text(ratio):
    """A ratio as it reads best: 1/508, 0.26, 516."""
    return f"1/{size_text(1 / ratio)}" if ratio < 0.1 else size_text(ratio)


def layers_alt(shown, activation, start, depth):
    found = np.sort(ratios(activation, start, depth, shown))
    low, high, middle = (size_text(r) if found[0] <= 1e-4 else share_text(r) for r in found[[0, -1, 2]])
    of = "∂L/∂activation" if shown == "activations" else "∂L/∂weights"
    return (
        f"{depth} {activation} layers, start {start}: the size of {of} at the first hidden layer, divided by that at the last, is "
        f"between {low} and {high} in five random starts, in the middle {middle}."
    )


# Handwritten digits: ten hidden layers, twelve ways to begin.

DIGIT_ACTIVATIONS = ACTIVATIONS | {"Leaky ReLU": leaky_relu}
DIGIT_WIDTH, DIGIT_EPOCHS, DIGIT_RATE = 32, 10, 0.01
DIGIT_STARTS = {"0.01": "normal", "Xavier": "xavier", "He": "he"}


@cache
def digit_data(seed):
    """(X_train, t_train), (X_test, t_test): all ten digits, a quarter for testing."""
    return stratified_split(*digits(scale=True), test=0.25, rng=np.random.default_rng(seed))


@cache
def digit_lesson(activation, start, seed, depth=10, lr=DIGIT_RATE, adam=None):
    """Share of test digits told rightly after each of ten epochs: momentum, batches of 32, η falling to about a fortieth.

    start: a name from DIGIT_STARTS. adam: the η of Adam in place of momentum.
    """
    rng = np.random.default_rng(seed)
    net = deep_network(DIGIT_ACTIVATIONS[activation], DIGIT_STARTS[start], depth, rng, n_in=64, width=DIGIT_WIDTH)
    return train_on_digits(net, seed, rng, Momentum(lr) if adam is None else Adam(adam))


def train_on_digits(net, seed, rng, optimizer):
    """Share of test digits told rightly after each of ten epochs, with the optimizer's η falling to about a fortieth."""
    (X, t), test = digit_data(seed)
    lr = optimizer.lr
    schedule = CosineDecay(lr, DIGIT_EPOCHS, low=lr / 1000)
    settings = {"batch_size": 32, "rng": rng, "validation": test, "metric": accuracy, "schedule": schedule}
    history = fit(net, softmax_cross_entropy, optimizer, X, t, epochs=DIGIT_EPOCHS, **settings)
    return history.val_metric


def digit_shares(activation, start, **settings):
    """The share right after the last epoch, for each of the five seeds."""
    return np.array([digit_lesson(activation, start, seed, **settings)[-1] for seed in SEEDS])


def digits_saved(sigmoid_start, seed):
    """The share right of ten sigmoid layers that start with sigmoid_start(n_in, n_out, rng) → W, b; η from 0.1."""
    rng = np.random.default_rng(seed)
    net = deep_network(sigmoid, "xavier", 10, rng, n_in=64, width=DIGIT_WIDTH)
    for dense in net.layers[:-1:2]:
        dense.params["W"][:], dense.params["b"][:] = sigmoid_start(*dense.params["W"].shape, rng)
    return train_on_digits(net, seed, rng, Momentum(0.1))[-1]


def plain_xavier(n_in, n_out, rng):
    """W by Xavier, b = 0."""
    return xavier((n_in, n_out), rng), np.zeros(n_out)


@cache
def equal_starts(seed):
    """(different hidden neurons, share right) of 2-4-1 with tanh after 60 epochs on two moons, from zeros, ones and Xavier."""
    found = []
    for init in ("zeros", "ones", "xavier"):
        rng = np.random.default_rng(seed)
        points, classes = moons(200, rng=rng)
        wanted = classes[:, np.newaxis].astype(float)
        net = Sequential([Dense(2, 4, init=init, rng=rng), tanh, Dense(4, 1, init=init, rng=rng)])
        fit(net, sigmoid_cross_entropy, Momentum(0.2), points, wanted, epochs=60, batch_size=20, rng=rng)
        neurons = np.vstack([net.params["0.W"], net.params["0.b"]]).T
        found.append((len(np.unique(neurons.round(3), axis=0)), np.mean((net.forward(points) > 0) == wanted)))
    return found


def digit_curves(ax, activation, start):
    """Five networks of ten hidden layers learn to read digits: right on test data, epoch by epoch."""
    for seed in SEEDS:
        shares = 100 * digit_lesson(activation, start, seed)
        ax.plot(range(1, DIGIT_EPOCHS + 1), shares, color=ORANGE, linewidth=1.2, marker="o", markersize=3)
    ax.axhline(10, color=GREY, linewidth=0.8)
    ax.set(xlim=(0.5, 10.5), ylim=(0, 102), xticks=range(2, 11, 2), xlabel="epoch", ylabel="right on test data, %")


def digit_curves_alt(activation, start):
    shares = 100 * digit_shares(activation, start)
    low, high = f"{shares.min():.0f}", f"{shares.max():.0f}"
    ends = f"all five end at {low} %" if low == high else f"the five end between {low} % and {high} %"
    kind = "normal numbers times 0.01" if start == "0.01" else start
    return f"Ten hidden layers of 32 with {activation}, start {kind}: {ends} of the test digits right."


# A cliff: one recurrent weight, used ten times.

CLIFF_TIMES, CLIFF_TARGET = 10, 0.5
CLIFF_RATE, CLIFF_LIMIT = 0.02, 1.0
CLIFF_SHOWN = 20
CLIFF_BOX = (0.55, 1.4)


def cliff_loss(w):
    """½(w¹⁰ − 0.5)²: the loss of a recurrent neuron that starts with the state 1 and should end with 0.5."""
    return 0.5 * (w**CLIFF_TIMES - CLIFF_TARGET) ** 2


def cliff_slope(w):
    return (w**CLIFF_TIMES - CLIFF_TARGET) * CLIFF_TIMES * w ** (CLIFF_TIMES - 1)


@cache
def cliff_walk(start, clipped):
    """The weight at the start and after each step, up to 20 steps or until it is far out of the picture."""
    path = [start]
    while len(path) <= CLIFF_SHOWN and abs(path[-1]) < 10:
        g = cliff_slope(path[-1])
        if clipped:
            g *= CLIFF_LIMIT / max(abs(g), CLIFF_LIMIT)
        path.append(path[-1] - CLIFF_RATE * g)
    return path


def cliff(ax, start, clipped, step):
    """The loss over the recurrent weight, and the weight after each step so far, as far as it is in the picture."""
    low, high = CLIFF_BOX
    w = np.linspace(low, high, 341)
    ax.plot(w, np.log10(np.maximum(cliff_loss(w), 1e-6)), color=BLUE)
    path = np.array(cliff_walk(start, clipped)[: step + 1])
    earlier = path[:-1] if len(path) > step else path
    for places, colour, size in ((earlier, GREY, 4), (path[step:], ORANGE, 8)):
        places = places[(places > low) & (places < high)]
        ax.plot(places, np.log10(np.maximum(cliff_loss(places), 2e-5)), "o", color=colour, markersize=size)
    power_axis(ax, (1e-5, 1e3), 1)
    ax.set(xlim=CLIFF_BOX, xlabel="recurrent weight $w$", ylabel="loss $L$")


def cliff_alt(start, clipped, step):
    path = cliff_walk(start, clipped)
    how = "clipped" if clipped else "not clipped"
    if step >= len(path):
        last = len(path) - 1
        return f"Step {step}, {how}: no weight to show; after step {last} it was {far_text(path[-1])}, and the next step leads farther out."
    w = path[step]
    head = "Start" if step == 0 else f"Step {step}"
    where = "" if CLIFF_BOX[0] < w < CLIFF_BOX[1] else ", outside the picture"
    return (
        f"{head}, {how}: w = {far_text(w)}{where}, loss {size_text(cliff_loss(w))}, slope {far_text(cliff_slope(w))}."
    )


def far_text(number):
    """A number of any size, with three decimals if it is small."""
    sign = "−" if number < 0 else ""
    return signed(round(number, 3)) if abs(number) < 1000 else sign + size_text(abs(number))


# A recurrent layer that is to remember the first of twenty numbers.

MEMORY_STEPS, MEMORY_TIME, MEMORY_WIDTH = 300, 20, 20


@cache
def memory_losses(scale, limit, seed, lr=0.2, parts="UWbVc"):
    """The loss in each of 300 steps; fewer if it exceeds a million, which ends the training.

    h ← tanh(x·U + h·W + b), 20 neurons, 20 time steps, 32 sequences of numbers between −1 and 1 a step; the output after the last
    should be the first number. W: normal, variance scale²/20. limit: of the norm of the gradient for `parts`, or None.
    """
    rng = np.random.default_rng(seed)
    P = _memory_start(scale, rng)
    losses = []
    while len(losses) < MEMORY_STEPS and (not losses or losses[-1] < 1e6):
        X = rng.uniform(-1, 1, size=(MEMORY_TIME, 32, 1))
        loss, grads = _memory_gradients(P, X, X[0])
        losses.append(loss)
        if limit is not None:
            grads |= clip_by_norm({name: grads[name] for name in parts}, limit)
        SGD(lr).step(P, grads)
    return np.array(losses)


def memory_reach(scale, seed):
    """At the start: the gradient for the state after the first number, divided by that for the last state."""
    rng = np.random.default_rng(seed)
    P, X = _memory_start(scale, rng), rng.uniform(-1, 1, size=(MEMORY_TIME, 32, 1))
    states = [np.zeros((32, MEMORY_WIDTH))]
    for x in X:
        states.append(np.tanh(x @ P["U"] + states[-1] @ P["W"] + P["b"]))
    last = dh = mse.gradient(states[-1] @ P["V"] + P["c"], X[0]) @ P["V"].T
    for after in states[:1:-1]:
        dh = dh * (1 - after**2) @ P["W"].T
    return np.linalg.norm(dh) / np.linalg.norm(last)


def _memory_start(scale, rng):
    H = MEMORY_WIDTH
    return {
        "U": rng.normal(size=(1, H)),
        "W": scale * rng.normal(size=(H, H)) / np.sqrt(H),
        "b": np.zeros(H),
        "V": rng.normal(size=(H, 1)) / np.sqrt(H),
        "c": np.zeros(1),
    }


def _memory_gradients(P, X, T):
    """Mean squared error and its gradients: forward through time, keeping the states, then back."""
    states = [np.zeros((X.shape[1], MEMORY_WIDTH))]
    for x in X:
        states.append(np.tanh(x @ P["U"] + states[-1] @ P["W"] + P["b"]))
    y = states[-1] @ P["V"] + P["c"]
    dy = mse.gradient(y, T)
    grads = {name: np.zeros_like(p) for name, p in P.items()} | {"V": states[-1].T @ dy, "c": dy.sum(axis=0)}
    dh = dy @ P["V"].T
    for x, before, after in zip(X[::-1], states[-2::-1], states[:0:-1], strict=True):
        dz = dh * (1 - after**2)
        grads["U"] += x.T @ dz
        grads["W"] += before.T @ dz
        grads["b"] += dz.sum(axis=0)
        dh = dz @ P["W"].T
    return mse(y, T), grads


# Exercises and quiz.

PUZZLE = {  # letter: (activation, start), ten layers, one seed
    "A": ("ReLU", "twice He"),
    "B": ("sigmoid", "He"),
    "C": ("ReLU", "half of He"),
    "D": ("tanh", "Xavier"),
}


def puzzle(ax):
    """Four networks of ten layers: the gradient at each layer, divided by that at the last one."""
    places = np.arange(1, 11)
    for (letter, (activation, start)), colour in zip(PUZZLE.items(), (BLUE, ORANGE, GREEN, PINK), strict=True):
        sizes = gradient_sizes(activation, start, 10, 0)[0]
        sizes = np.log10(sizes / sizes[-1])
        ax.plot(places, sizes, color=colour, marker="o", markersize=3)
        ax.annotate(letter, (1, sizes[0]), (-8, 0), textcoords="offset points", ha="right", va="center",
                    color=colour, fontweight="bold")  # fmt: skip
    power_axis(ax, (1e-7, 1e5), 2)
    ax.set(xlim=(0, 10.4), xticks=range(1, 11), xlabel="hidden layer", ylabel="∂L/∂activation, last = 1")


def puzzle_alt():
    return (
        "Four curves over the hidden layers 1 to 10, all at 1 in layer 10. Towards layer 1, A rises to about 430; D falls slowly, to "
        "about 0.4; C falls to about 1/650; B falls to about 3.5·10⁻⁵."
    )


def falling_by_four(ax):
    """∂L/∂activation of a network of eight layers that falls to a quarter at each."""
    ax.plot(range(1, 9), 0.25 ** (8 - np.arange(1.0, 9)), "o-", color=ORANGE)
    ax.set(yscale="log", ylim=(1e-5, 10), xlabel="layer", ylabel="gradient")


def two_losses(ax):
    """The loss of two recurrent networks over 60 steps, one of which leaves the picture."""
    ax.plot(memory_losses(0.5, None, 0)[:60], color=BLUE)
    ax.plot(memory_losses(2.0, None, 0)[:60], color=ORANGE, linestyle="--")
    ax.set(yscale="log", ylim=(0.05, 1000), xlim=(-1, 60), xlabel="step", ylabel="loss")
