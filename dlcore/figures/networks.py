"""Figures of the chapter on networks."""

from functools import cache
from itertools import pairwise

import numpy as np

from dlcore.activations import relu, tanh
from dlcore.figures.plane import draw_digits
from dlcore.figures.words import counted, minus
from dlcore.layers import Dense
from dlcore.live.style import BLUE, GREEN, GREY, INK, ORANGE, PAPER
from dlcore.network import Sequential

# The mango network, 2-3-2: softness and smell in; ripe, mushy, green between; price and days out.
W1 = np.array([[1.0, 2.0, -2.0], [1.0, -1.0, 1.0]])
B1 = np.array([-6.0, -3.0, 1.0])
W2 = np.array([[2.0, -1.0], [-1.0, -1.0], [-1.0, 2.0]])
B2 = np.array([6.0, 9.0])
FAR = 2.0**20  # stands for the whole line: a power of two, so that bends of hand-set networks come out exactly


# One hidden layer: hinges that add up.

PLACES = np.array([1.0, 3.0, 5.0])  # where the hinges start


def hinges(ax, v1, v2, v3):
    """Three hinges, each times its output weight, and their sum."""
    x = np.array([0.0, 1.0, 3.0, 5.0, 6.0])
    parts = relu(x[:, np.newaxis] - PLACES) * (v1, v2, v3)  # (5, 3): one column a hidden neuron
    for part, colour, style in zip(parts.T, (BLUE, ORANGE, GREEN), (":", "--", "-."), strict=True):
        ax.plot(x, part, style, color=colour, linewidth=1.5)
    y = parts.sum(axis=1)
    ax.plot(x, y, color=INK, linewidth=3)
    ax.plot(x[1:4], y[1:4], "o", color=INK)
    ax.set(xlim=(0, 6), ylim=(-7.5, 10.5), xlabel="softness $x$", ylabel="output $y$")


def hinges_alt(v1, v2, v3):
    slopes = np.cumsum([v1, v2, v3])
    ends = "; it ends flat at 0" if slopes[2] == 0 and 4 * v1 + 2 * v2 == 0 else ""
    return minus(
        f"The thick line is 0 up to softness 1, then has slope {slopes[0]} up to 3, slope {slopes[1]} up to 5 "
        f"and slope {slopes[2]} after 5{ends}."
    )


# Forward propagation.


def mango_sums(x1, x2):
    """z, h, y of the mango network for one mango."""
    z = np.array([x1, x2]) @ W1 + B1
    h = relu(z)
    return z, h, h @ W2 + B2


def forward(ax, x1, x2, reached):
    """The mango network as a diagram, with its weights and biases; layers not yet reached show no numbers."""
    z, h, y = mango_sums(x1, x2)
    left, middle, right = [(0, 2.3), (0, 0.7)], [(2, 3), (2, 1.5), (2, 0)], [(4, 2.3), (4, 0.7)]
    draw_edges(ax, left, middle, W1, (0.3, 0.3))
    draw_edges(ax, middle, right, W2, (0.23, 0.5, 0.23))
    for k, (place, value) in enumerate(zip(left, (x1, x2), strict=True), 1):
        draw_node(ax, place, f"{value:g}", "s", BLUE, f"$x_{k}$")
    for k, (place, value, total, bias) in enumerate(zip(middle, h, z, B1, strict=True), 1):
        known = reached >= 1
        draw_node(ax, place, f"{value:g}" if known else "?", "o", ORANGE if known and value > 0 else None, f"$h_{k}$")
        name = f"$b$ = {bias:g}" + (f", $z$ = {total:g}" if known else "")
        below(ax, place, minus(name))
    for k, (place, value, bias) in enumerate(zip(right, y, B2, strict=True), 1):
        known = reached == 2
        draw_node(ax, place, f"{value:g}" if known else "?", "o", GREEN if known else None, f"$y_{k}$")
        below(ax, place, f"$b$ = {bias:g}")
    ax.set(xlim=(-0.4, 4.4), ylim=(-0.6, 3.6))
    ax.axis("off")


LABEL = {"boxstyle": "square,pad=0.1", "facecolor": PAPER, "edgecolor": "none"}


def below(ax, place, text):
    """A line under a node, on paper so that edges do not cross it."""
    ax.annotate(
        text, place, (0, -23), textcoords="offset points", ha="center", va="center", fontsize=9, bbox=LABEL, zorder=1.6
    )


def draw_edges(ax, starts, ends, W, places):
    """Every start with every end, dashed where the weight is negative; the weight stands at its start's place, 0 to 1."""
    for start, row, along in zip(starts, W, places, strict=True):
        for end, weight in zip(ends, row, strict=True):
            style = ("-", GREY) if weight > 0 else ("--", BLUE)
            ax.plot(*zip(start, end, strict=True), style[0], color=style[1], linewidth=0.9 * abs(weight), zorder=1)
            x, height = (a + along * (b - a) for a, b in zip(start, end, strict=True))
            ax.text(x, height, minus(f"{weight:g}"), fontsize=9, ha="center", va="center", bbox=LABEL, zorder=1.5)


def draw_node(ax, place, text, shape, colour, name):
    """A number in a circle or square, below its name; without a colour it is hollow."""
    ax.plot(
        *place,
        shape,
        markersize=27,
        color=colour or PAPER,
        markeredgecolor=colour or GREY,
        markeredgewidth=1.5,
        zorder=2,
    )
    ax.annotate(minus(text), place, color=PAPER if colour else INK, ha="center", va="center", fontweight="bold")
    ax.annotate(name, place, (0, 23), textcoords="offset points", ha="center", va="center")


def forward_alt(x1, x2, reached):
    z, h, y = mango_sums(x1, x2)
    inputs = f"Inputs {x1} and {x2}"
    if reached == 0:
        return f"{inputs}; nothing has been computed yet."
    sums, outputs = (", ".join(f"{value:g}" for value in values) for values in (z, h))
    hidden = f"the hidden neurons have the sums {sums} and, after ReLU, send on {outputs}"
    if reached == 1:
        return minus(f"{inputs}; {hidden}.")
    return minus(f"{inputs}; {hidden}; the outputs are price {y[0]:g} and days {y[1]:g}.")


# Counting.


def layer_sizes(inputs, layers, width):
    return [inputs, *[width] * layers, 1]


def edges_and_biases(sizes):
    """How many edges and how many neurons outside the input layer a fully connected network has."""
    edges = sum(before * after for before, after in pairwise(sizes))
    return edges, sum(sizes[1:])


def counting(ax, inputs, layers, width):
    """A fully connected network as a diagram: inputs are squares, neurons circles, each with its bias."""
    sizes = layer_sizes(inputs, layers, width)
    xs = np.linspace(0, 4, len(sizes)) if layers else [0, 4]
    columns = [[(x, (size - 1) / 2 - i) for i in range(size)] for x, size in zip(xs, sizes, strict=True)]
    for starts, ends in pairwise(columns):
        for start in starts:
            for end in ends:
                ax.plot(*zip(start, end, strict=True), color=GREY, linewidth=0.8, zorder=1)
    for i, column in enumerate(columns):
        ax.plot(*np.transpose(column), "o" if i else "s", markersize=13, color=ORANGE if i else BLUE, zorder=2)
    edges, biases = edges_and_biases(sizes)
    ax.set_title(f"{'-'.join(map(str, sizes))}:  {edges} + {biases} = {edges + biases}")
    ax.set(xlim=(-0.3, 4.3), ylim=(-2.9, 2.9))
    ax.axis("off")


def counting_alt(inputs, layers, width):
    sizes = layer_sizes(inputs, layers, width)
    edges, biases = edges_and_biases(sizes)
    return (
        f"A network {'-'.join(map(str, sizes))}: {counted(edges, 'edge')} and {biases} "
        f"bias{'' if biases == 1 else 'es'}, {edges + biases} parameters."
        f"{'' if layers else ' Without hidden layers the number of neurons in each changes nothing.'}"
    )


# The functions of networks with one input: broken lines.


def random_network(width, depth, seed, random_biases=True):
    """1-width-…-width-1 with `depth` hidden ReLU layers, He weights, and biases from N(0, 1) or 0."""
    rng = np.random.default_rng(seed)
    sizes = [1, *[width] * depth]
    layers = []
    for before, after in pairwise(sizes):
        layers += [Dense(before, after, rng=rng), relu]
    net = Sequential([*layers, Dense(width, 1, rng=rng)])
    for name, p in net.params.items():
        if random_biases and name.endswith("b"):
            p[:] = rng.standard_normal(p.shape)
    return net


def bends(net, low=-FAR, high=FAR):
    """Where, between low and high, the slope of a one-input ReLU network changes: sorted x.

    Layer by layer: between two known bends every sum is a straight line, so a neuron bends where its line crosses 0.
    """
    knots = np.array([low, high])
    for k in range(sum("W" not in layer.params for layer in net.layers)):
        z = _traced(net, knots)[0][k]
        i, j = np.nonzero(z[:-1] * z[1:] < 0)
        crossings = knots[i] + z[i, j] / (z[i, j] - z[i + 1, j]) * (knots[i + 1] - knots[i])
        knots = np.unique(np.concatenate([knots, crossings]))
    slopes = _traced(net, (knots[:-1] + knots[1:]) / 2)[1]
    return knots[1:-1][np.abs(np.diff(slopes)) > 1e-9]


def _traced(net, x):
    """The sums before each ReLU, and the slope dy/dx, at the points x."""
    h, slope, sums = x[:, np.newaxis], np.ones((len(x), 1)), []
    for layer in net.layers:
        if "W" in layer.params:
            h, slope = layer.forward(h), slope @ layer.params["W"]
        else:
            sums.append(h)
            h, slope = relu(h), slope * (h > 0)
    return sums, slope[:, 0]


def pieces(net, low=-FAR, high=FAR):
    """Of how many straight pieces the network's function consists."""
    return len(bends(net, low, high)) + 1


def draw_broken_line(ax, net, low, high):
    """The network's function, exactly: straight from bend to bend. Its height fills the picture."""
    inner = bends(net, low, high)
    x = np.concatenate([[low], inner, [high]])
    y = net.forward(x[:, np.newaxis])[:, 0]
    y = y - (y.max() + y.min()) / 2
    y = y / (np.abs(y).max() or 1)
    ax.plot(x, y, color=BLUE)
    ax.plot(inner, y[1:-1], "o", color=ORANGE, markersize=4)
    ax.set(xlim=(low, high), ylim=(-1.15, 1.15))
    return len(inner) + 1


def random_functions(ax, width, depth, biases, seed):
    """A random network's function between −3 and 3, with its bends."""
    net = random_network(width, depth, seed, biases == "random")
    ax.set_title(f"{counted(draw_broken_line(ax, net, -3, 3), 'piece')},  −3 < $x$ < 3")
    ax.set(xlabel="input $x$", ylabel="output (scaled)", yticks=[-1, 0, 1])


def random_functions_alt(width, depth, biases, seed):
    net = random_network(width, depth, seed, biases == "random")
    n = pieces(net, -3, 3)
    what = "is one straight line" if n == 1 else f"has {n} straight pieces"
    return (
        f"Draw {seed}, a random network with {counted(depth, 'hidden layer')} of {width}, biases {biases}: "
        f"between −3 and 3 its function {what}."
    )


# Folding.


def folding_network(layers):
    """`layers` hidden layers of two ReLUs that fold and stretch: y → 2|y| − 1, once a layer."""
    sizes = [1, *[2] * layers]
    net = []
    for before, after in pairwise(sizes):
        net += [Dense(before, after, init="zeros"), relu]
    net = Sequential([*net, Dense(2, 1, init="zeros")])
    W = [layer.params for layer in net.layers if layer.params]
    W[0]["W"][:] = [[1, -1]]
    for p in W[1:-1]:
        p["W"][:], p["b"][:] = [[2, -2], [2, -2]], [-1, 1]
    W[-1]["W"][:], W[-1]["b"][:] = [[2], [2]], [-1]
    return net


def zigzag_network(neurons):
    """One hidden layer that bends as often as it can: flat, then up and down by turns between −1 and 1."""
    knots = -1 + 2 * np.arange(1, neurons + 1) / (neurons + 1)
    steepness = neurons + 1.0
    net = Sequential([Dense(1, neurons, init="ones"), relu, Dense(neurons, 1, init="zeros")])
    net.params["0.b"][:] = -knots
    net.params["2.W"][:, 0] = [steepness, *(2 * steepness * (-1.0) ** k for k in range(1, neurons))]
    net.params["2.b"][:] = -1
    return net


def shallow_and_deep(layers, kind):
    """Two networks with 6·layers + 1 parameters: one layer of 2·layers neurons, and `layers` layers of two."""
    if kind == 0:
        return zigzag_network(2 * layers), folding_network(layers)
    return random_network(2 * layers, 1, kind), random_network(2, layers, kind)


def folding(fig, layers, kind):
    """Wide above deep: as many parameters, and the pieces of each."""
    low, high = (-1, 1) if kind == 0 else (-3, 3)
    names = ("-".join(map(str, sizes)) for sizes in ([1, 2 * layers, 1], [1, *[2] * layers, 1]))
    for ax, net, name in zip(fig.subplots(2, 1), shallow_and_deep(layers, kind), names, strict=True):
        n = draw_broken_line(ax, net, low, high)
        ax.set_title(f"{name}: {counted(n, 'piece')},  −{high} < $x$ < {high}")
        ax.set(ylabel="output", yticks=[-1, 0, 1], xticks=np.linspace(low, high, 5 if high == 1 else 7))
    ax.set_xlabel("input $x$")


def folding_alt(layers, kind):
    low, high = (-1, 1) if kind == 0 else (-3, 3)
    wide, deep = (counted(pieces(net, low, high), "piece") for net in shallow_and_deep(layers, kind))
    how = "set by hand" if kind == 0 else f"random, number {kind}"
    return minus(
        f"{6 * layers + 1} parameters each, {how}, between {low} and {high}: above, one layer of {2 * layers} neurons "
        f"makes {wide}; below, {counted(layers, 'layer')} of two {'makes' if layers == 1 else 'make'} {deep}."
    )


# Any curve from hinges.


def wave(x):
    return np.sin(2 * np.pi * x)


def root(x):
    return np.sqrt(x)


def jump(x):
    return np.where(x < 1 / 3, 0.0, 1.0)


CURVES = {"wave": wave, "root": root, "jump": jump}
FINE = np.sort(np.append(np.arange(3 * 1024 + 1) / (3 * 1024), np.nextafter(1 / 3, 0)))  # the jump from both sides


def hinge_network(f, neurons):
    """1-neurons-1, set by hand so that it meets f at neurons + 1 evenly spaced points from 0 to 1."""
    knots = np.arange(neurons + 1) / neurons
    values = f(knots)
    slopes = np.diff(values) * neurons
    net = Sequential([Dense(1, neurons, init="ones"), relu, Dense(neurons, 1, init="zeros")])
    net.params["0.b"][:] = -knots[:-1]
    net.params["2.W"][:, 0] = np.diff(slopes, prepend=0)
    net.params["2.b"][:] = values[0]
    return net


@cache
def worst_place(curve, neurons):
    """Where, from 0 to 1, curve and network are furthest apart, on a fine grid, and by how much."""
    y = hinge_network(CURVES[curve], neurons).forward(FINE[:, np.newaxis])[:, 0]
    error = np.abs(y - CURVES[curve](FINE))
    first = np.argmax(error > error.max() - 1e-9)  # of equal ones the first, on every processor
    return float(FINE[first]), float(error.max())


def worst_error(curve, neurons):
    """The largest distance between curve and network from 0 to 1, on a fine grid."""
    return worst_place(curve, neurons)[1]


NEURONS = (1, 2, 4, 8, 16, 32)


def approximation(fig, curve, neurons):
    """The curve and its network, also a little outside 0 to 1, and the worst errors of networks up to this one."""
    f, net = CURVES[curve], hinge_network(CURVES[curve], neurons)
    shape, error = fig.subplots(2, 1, height_ratios=(1.5, 1))
    x = np.concatenate([[-0.2], np.arange(neurons + 1) / neurons, [1.2]])
    for part in [FINE] if curve != "jump" else [FINE[FINE < 1 / 3], FINE[FINE >= 1 / 3]]:
        thin = np.concatenate([part[:-1:16], part[-1:]])
        shape.plot(thin, f(thin), color=GREY, linewidth=5, alpha=0.45, solid_capstyle="butt")
    shape.plot(x, net.forward(x[:, np.newaxis])[:, 0], color=BLUE, linewidth=1.6)
    place, worst = worst_place(curve, neurons)
    there = np.array([place])
    ends = [f(there)[0], net.forward(there[:, np.newaxis])[0, 0]]
    shape.plot([place, place], ends, ".-", color=ORANGE, linewidth=2.5)
    shape.axvspan(-0.2, 0, color=GREY, alpha=0.15, linewidth=0)
    shape.axvspan(1, 1.2, color=GREY, alpha=0.15, linewidth=0)
    shape.set(xlim=(-0.2, 1.2), ylim=(-1.3, 1.3) if curve == "wave" else (-0.2, 1.4), xlabel="$x$", ylabel="$y$")
    tried = [n for n in NEURONS if n <= neurons]
    error.loglog(tried, [worst_error(curve, n) for n in tried], ".-", color=BLUE, linewidth=1)
    error.loglog(neurons, worst, "o", color=ORANGE)
    error.set(xlim=(0.8, 40), ylim=(1e-3, 2), xlabel="hidden neurons", ylabel="worst error")
    error.set_xticks(NEURONS, map(str, NEURONS))
    error.set_yticks([0.001, 0.01, 0.1, 1], ["0.001", "0.01", "0.1", "1"])
    error.minorticks_off()


def approximation_alt(curve, neurons):
    place, worst = worst_place(curve, neurons)
    return (
        f"The {curve} and its network of {counted(neurons, 'hidden neuron')}: "
        f"between 0 and 1 the worst error is {worst:.3g}, at x = {place:.3g}."
    )


# Recurrence.

STEPS = 9


def states(w, activation, steps=STEPS):
    """h after each step, for one impulse: x = 1 at step 0, then 0. h ← f(w·h + x)."""
    f = {"identity": lambda z: z, "tanh": tanh}[activation]
    h, seen = 0.0, []
    for t in range(steps):
        h = float(f(w * h + (1.0 if t == 0 else 0.0)))
        seen.append(h)
    return np.array(seen)


def impulse(ax, w, activation):
    """What one impulse leaves in the hidden state, step by step."""
    h = states(w, activation)
    t = np.arange(STEPS)
    ax.axhline(0, color=INK, linewidth=0.8)
    ax.vlines(t, 0, h, color=BLUE)
    ax.plot(t, h, "o", color=BLUE)
    ax.set(xlim=(-0.5, STEPS - 0.5), ylim=(-4.6, 4.6), xlabel="time step $t$", ylabel="hidden state $h_t$", xticks=t)


def impulse_alt(w, activation):
    h = np.round(states(w, activation), 12) + 0.0  # w = 0 may come as −1.7e−16 from a slider; and no "−0"
    return minus(
        f"Recurrent weight {round(w, 6) + 0.0:g}, activation {activation}: the hidden state is {h[0]:.3g} at step 0, "
        f"{h[1]:.3g} at step 1 and {h[-1]:.3g} at step {STEPS - 1}."
    )


# Real digits.


def guesses(fig, pictures, answers):
    """Digits, each under what a network takes it for."""
    draw_digits(fig, pictures, [f"“{answer}”" for answer in answers], columns=5)


def guesses_alt(answers, labels):
    return f"Handwritten digits {listed(labels)}; the network's answers: {listed(answers)}."


def listed(numbers):
    return ", ".join(map(str, numbers))


# Pictures of exercises and quiz.

READ_OFF = ((2.0, -3.0, 1.5), 1.0)  # output weights of hinges at 1, 2 and 4, and the output bias


def read_off_function(x):
    v, c = READ_OFF
    return relu(np.asarray(x)[..., np.newaxis] - (1.0, 2.0, 4.0)) @ np.array(v) + c


def read_off(ax):
    """The function of a 1-3-1 network whose hidden neurons have their kinks at 1, 2 and 4."""
    x = np.array([0.0, 1.0, 2.0, 4.0, 6.0])
    ax.plot(x, read_off_function(x), color=BLUE)
    ax.plot(x[1:4], read_off_function(x[1:4]), "o", color=ORANGE)
    ax.set(xlim=(0, 6), ylim=(0, 3.5), xticks=range(7), yticks=np.arange(0, 3.6, 0.5), xlabel="$x$", ylabel="$y$")


def read_off_alt():
    return "A broken line through (0, 1), (1, 1), (2, 3), (4, 1) and (6, 2), with bends at 1, 2 and 4."
