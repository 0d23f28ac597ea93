"""Figures of the chapter on logic gates."""

from functools import cache
from itertools import product

import numpy as np

from dlcore.activations import sigmoid
from dlcore.figures.plane import draw_classes, draw_neuron
from dlcore.gates import INPUTS, TRUTH_TABLES, gate, gate_perceptron, xor
from dlcore.layers import Dense
from dlcore.live.style import BLUE, BROWN, GREEN, GREY, INK, ORANGE, PAPER, PINK
from dlcore.losses import binary_cross_entropy
from dlcore.network import Sequential
from dlcore.optimizers import SGD
from dlcore.perceptron import Perceptron
from dlcore.training import fit

BOX = (-0.6, 1.6, -0.6, 1.6)
CORNERS = np.array(INPUTS, dtype=float)
NAMES = {outputs: name for name, outputs in TRUTH_TABLES.items()}
RATE = 4.0  # the learning rate with which this chapter's sigmoid neurons learn


def signed(number, digits=3):
    """A number as text, with a real minus sign."""
    return f"{number:.{digits}g}".replace("-", "−")


def in_words(items):
    """["a", "b", "c"] → "a, b and c"."""
    items = list(items)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def corner_axes(ax, names=("$x_1$", "$x_2$"), box=BOX):
    ax.set(xticks=[0, 1], yticks=[0, 1], xlim=box[:2], ylim=box[2:], xlabel=names[0], ylabel=names[1], aspect="equal")


# One line and the four corners of XOR.


def turned_line(angle, shift):
    """(w, b) of the neuron that fires towards `angle` (degrees), its line `shift` away from the middle (½, ½)."""
    w = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    return w, -w.sum() / 2 - shift


def right_on_xor(angle, shift):
    """For each of the four inputs: does the turned line tell XOR rightly?"""
    X, t = gate("XOR")
    return Perceptron(*turned_line(angle, shift)).predict(X) == t


def cut(ax, angle, shift):
    """One line against XOR, an arrow to its firing side; a cross over each corner that it tells wrongly."""
    X, t = gate("XOR")
    draw_neuron(ax, *turned_line(angle, shift), BOX)
    draw_classes(ax, X, t, size=13)
    w, _ = turned_line(angle, shift)
    foot = 0.5 + shift * w
    ax.annotate("", foot + 0.28 * w, foot, arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 1.5})
    right = right_on_xor(angle, shift)
    ax.plot(*X[~right].T, "x", color=INK, markersize=20, markeredgewidth=2.5)
    corner_axes(ax)
    ax.set_title(f"{right.sum()} of 4 right")


def cut_alt(angle, shift):
    right = right_on_xor(angle, shift)
    wrong = [f"({a}, {b})" for (a, b), ok in zip(INPUTS, right, strict=True) if not ok]
    X, _ = gate("XOR")
    fires = [
        f"({a}, {b})" for (a, b), y in zip(INPUTS, Perceptron(*turned_line(angle, shift)).predict(X), strict=True) if y
    ]
    where = f"The neuron fires at {in_words(fires)}" if fires else "The neuron fires at no corner"
    return f"{where}: {right.sum()} of 4 right, wrong at {in_words(wrong)}."


# The sigmoid neuron.


def gate_by_sums(w, b):
    """The gate of a neuron with weights w and w by the rule "above one half", so for z > 0."""
    return NAMES[tuple(int(w * (x1 + x2) + b > 0) for x1, x2 in INPUTS)]


def on_the_edge(w, b):
    """Is some sum exactly 0? Then the output is one half there, and the neuron undecided."""
    return any(w * (x1 + x2) + b == 0 for x1, x2 in INPUTS)


def sigmoid_gate(ax, w, b, factor):
    """Output of the sigmoid neuron against x₁ + x₂; all three numbers multiplied by the factor."""
    s = np.linspace(-0.5, 2.5, 241)
    ax.plot(s, sigmoid(factor * (w * s + b)), color=INK)
    for count in (0, 1, 2):
        z = w * count + b
        colour, marker = (GREY, "D") if z == 0 else (ORANGE, "o") if z > 0 else (BLUE, "s")
        ax.plot(count, sigmoid(factor * z), marker, color=colour, markersize=11)
    ax.axhline(0.5, color=GREY, linewidth=1, linestyle=":")
    ax.set(xlim=(-0.5, 2.5), ylim=(-0.08, 1.08), ylabel="output $y$", yticks=[0, 0.5, 1])
    ax.set_xticks([0, 1, 2], ["(0, 0)", "(0, 1)\n(1, 0)", "(1, 1)"])
    ax.set_xlabel("inputs $(x_1, x_2)$, placed at $x_1 + x_2$")
    weight, bias = signed(factor * w), f"{factor * b:+.4g}".replace("-", "− ").replace("+", "+ ")
    ax.set_title(
        f"$y$ = σ({weight}·x₁ {'+ ' if w > 0 else '− '}{signed(abs(factor * w))}·x₂ {bias}):  {gate_by_sums(w, b)}"
        + (", on the edge" if on_the_edge(w, b) else "")
    )


def sigmoid_gate_alt(w, b, factor):
    outputs = [sigmoid(factor * (w * count + b)) for count in (0, 1, 2)]
    read = [f"{y:.3f}" if 0.0005 <= y <= 0.9995 else f"nearly {round(y)}" for y in outputs]
    return (
        f"Weights {signed(factor * w)} and {signed(factor * w)}, bias {signed(factor * b, 4)}: the output is {read[0]} at (0, 0), "
        f"{read[1]} at (0, 1) and (1, 0), {read[2]} at (1, 1); that is {gate_by_sums(w, b)}"
        + (", but on the edge: a sum is exactly 0." if on_the_edge(w, b) else ".")
    )


# One neuron learns.


def new_network(width, start):
    """(net, rng): sigmoid neurons, `width` of them hidden (0: one neuron alone); `start` numbers the random weights."""
    rng = np.random.default_rng(start)
    if width == 0:
        return Sequential([Dense(2, 1, rng=rng), sigmoid]), rng
    return Sequential([Dense(2, width, rng=rng), sigmoid, Dense(width, 1, rng=rng), sigmoid]), rng


def train(net, name, rounds, rng):
    """Learn the gate's four samples for so many rounds, all four at once."""
    X, t = gate(name)
    fit(net, binary_cross_entropy, SGD(RATE), X, t[:, np.newaxis], epochs=rounds, batch_size=4, rng=rng)


@cache
def outputs_while_learning(name, start, rounds=60):
    """The four outputs of one sigmoid neuron before and after each round; (rounds + 1, 4)."""
    net, rng = new_network(0, start)
    outputs = [net.forward(CORNERS).ravel()]
    for _ in range(rounds):
        train(net, name, 1, rng)
        outputs.append(net.forward(CORNERS).ravel())
    return np.array(outputs)


def one_neuron(ax, task, start):
    """The four outputs of one sigmoid neuron, round after round."""
    draw_outputs(ax, outputs_while_learning(task, start), TRUTH_TABLES[task])


def draw_outputs(ax, outputs, targets):
    """Four curves, one an input; orange for the target 1, blue for the target 0, four other colours without targets."""
    styles = ("-", "--", ":", "-.")
    for i, (x1, x2) in enumerate(INPUTS):
        colour = (INK, GREEN, PINK, BROWN)[i] if targets is None else (BLUE, ORANGE)[targets[i]]
        label = f"({x1}, {x2})" if targets is None else f"({x1}, {x2}), target {targets[i]}"
        ax.plot(outputs[:, i], styles[i], color=colour, label=label)
    ax.set(xlim=(0, len(outputs) - 1), ylim=(-0.03, 1.03), yticks=[0, 0.5, 1], xlabel="round", ylabel="output $y$")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, 1.24), ncols=2, handlelength=2.6)


def one_neuron_alt(task, start):
    first, last = (", ".join(f"{y:.2f}" for y in outputs) for outputs in outputs_while_learning(task, start)[[0, -1]])
    return (
        f"{task}, start {start}: the outputs for (0, 0), (0, 1), (1, 0), (1, 1) go from {first} to {last} in 60 rounds."
    )


# The sixteen gates.


def draw_gate(ax, name, size=13):
    """A gate's four corners with a neuron that computes it; for XOR and XNOR the two crossing diagonals."""
    X, t = gate(name)
    if name in ("XOR", "XNOR"):
        for k, style in ((0, "--"), (1, "-")):
            ax.plot(*X[t == k].T, style, color=(BLUE, ORANGE)[k])
    else:
        neuron = gate_perceptron(name)
        draw_neuron(ax, neuron.w, neuron.b, BOX)
    draw_classes(ax, X, t, size=size)
    corner_axes(ax)


def laboratory(ax, y00, y01, y10, y11):
    """The gate with these four outputs, and a line that does it, if there is one."""
    name = NAMES[(int(y00), int(y01), int(y10), int(y11))]
    draw_gate(ax, name)
    ax.set_title(name)


def laboratory_alt(y00, y01, y10, y11):
    name = NAMES[(int(y00), int(y01), int(y10), int(y11))]
    if name in ("XOR", "XNOR"):
        return f"{name}: not separable. The diagonal between the two ones and the one between the two zeros cross in the middle."
    fires = [str(x) for x, y in zip(INPUTS, TRUTH_TABLES[name], strict=True) if y]
    if len(fires) in (0, 4):
        return f"{name}: one neuron does it, with no line among the corners; it {'always' if fires else 'never'} fires."
    silent = [str(x) for x, y in zip(INPUTS, TRUTH_TABLES[name], strict=True) if not y]
    return f"{name}: one neuron does it. Its line parts {in_words(fires)}, where it fires, from {in_words(silent)}."


def rounds_to_learn(name, most=1000):
    """How many rounds the learning rule needs for this gate, from zeros; None if so many are not enough."""
    mistakes = Perceptron.zeros(2).fit(*gate(name), epochs=most)
    return len(mistakes) if mistakes[-1] == 0 else None


def sixteen(fig):
    """All sixteen gates at a glance."""
    for ax, name in zip(fig.subplots(4, 4).ravel(), TRUTH_TABLES, strict=True):
        draw_gate(ax, name, size=6)
        ax.set(xlabel="", ylabel="", xticks=[], yticks=[])
        ax.set_title(name, fontsize=9)


def sixteen_alt():
    return (
        "Sixteen small pictures. In twelve a line separates ones from zeros; FALSE and TRUE need none; "
        "in XOR and XNOR the two diagonals cross."
    )


def linear_gates(inputs, largest):
    """How many truth tables one neuron can make, with whole weights up to ±largest and biases halfway between sums."""
    X = np.array(list(product((0, 1), repeat=inputs)))
    biases = np.arange(-inputs * largest, inputs * largest + 2) - 0.5
    tables = set()
    for w in product(range(-largest, largest + 1), repeat=inputs):
        fires = (X @ np.array(w))[:, np.newaxis] + biases > 0
        tables |= {column.tobytes() for column in fires.T}
    return len(tables)


# Two layers.

HIDDEN_BOX = (-0.4, 1.4, -0.4, 1.4)


def composed(fig, sample):
    """Left the inputs with the lines of NAND and OR, right where the chosen one arrives, with the line of AND."""
    X, t = gate("XOR")
    h = hidden(X)
    inputs, hiddens = fig.subplots(1, 2)
    for name, colour, style in (("NAND", GREEN, "-"), ("OR", INK, "--")):
        neuron = gate_perceptron(name)
        ends = np.array(BOX[:2])
        inputs.plot(ends, -(neuron.w[0] * ends + neuron.b) / neuron.w[1], style, color=colour, label=name)
    inputs.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, handlelength=1.6)
    left, right = np.array(BOX[:2])
    inputs.fill(
        [left, left, right, right],
        [0.5 - left, 1.5 - left, 1.5 - right, 0.5 - right],
        color=ORANGE,
        alpha=0.2,
        linewidth=0,
    )
    corner_axes(inputs)
    both = gate_perceptron("AND")
    draw_neuron(hiddens, both.w, both.b, HIDDEN_BOX)
    corner_axes(hiddens, ("$h_1$ (NAND)", "$h_2$ (OR)"), HIDDEN_BOX)
    draw_classes(inputs, X, t, size=11)
    draw_classes(hiddens, h[[sample]], t[[sample]], size=11)
    for ax, points in ((inputs, X), (hiddens, h)):
        ax.plot(*points[sample], "o", markersize=21, markerfacecolor="none", color=INK, markeredgewidth=1.5)


def hidden(X):
    """(NAND, OR) of each input: what the two hidden neurons say; (N, 2)."""
    return np.stack([gate_perceptron(name).predict(X) for name in ("NAND", "OR")], axis=-1)


def composed_alt(sample):
    x, h, y = INPUTS[sample], hidden(CORNERS)[sample], xor(CORNERS)[sample]
    side = "above" if y else "below"
    return (
        f"Input ({x[0]}, {x[1]}): NAND says {h[0]} and OR says {h[1]}, so it arrives at ({h[0]}, {h[1]}) in the right picture, "
        f"{side} the line of AND; the output is {y}."
    )


# A small network learns.

ROUNDS = (0, 20, 60, 150, 300)
STARTS = (1, 3, 5, 6, 8)
OPAQUE = {"facecolor": PAPER, "edgecolor": "none", "alpha": 0.75, "pad": 0.8}


@cache
def learned(width, start, rounds=300):
    """The network of sigmoid neurons after so many rounds with XOR."""
    net, rng = new_network(width, start)
    if rounds:
        train(net, "XOR", rounds, rng)
    return net


def solves(net):
    """Are all four outputs on their target's side of one half?"""
    X, t = gate("XOR")
    return bool(np.all((net.forward(X).ravel() > 0.5) == t))


def network(ax, width, start, rounds):
    """Where the network's output exceeds one half, the hidden neurons' lines, and the four outputs."""
    net = learned(width, start, rounds)
    X, t = gate("XOR")
    x1, x2 = np.meshgrid(np.linspace(*BOX[:2], 37), np.linspace(*BOX[2:], 37))
    y = net.forward(np.column_stack([x1.ravel(), x2.ravel()])).reshape(x1.shape)
    if y.max() > 0.5:
        ax.contourf(x1, x2, y, levels=[0.5, 2], colors=[ORANGE], alpha=0.2)
    for w, b in zip(net.params["0.W"].T, net.params["0.b"], strict=True):
        x = np.array([[BOX[0], BOX[1]], [-(b + w[0] * BOX[0]) / w[1], -(b + w[0] * BOX[1]) / w[1]]])
        ax.plot(*x, color=GREEN, linewidth=1.5)
    draw_classes(ax, X, t, size=13)
    for corner, output in zip(X, net.forward(X).ravel(), strict=True):
        ax.annotate(f"{output:.2f}", corner, xytext=(0, 11), textcoords="offset points", ha="center", bbox=OPAQUE)
    corner_axes(ax)


def network_alt(width, start, rounds):
    net = learned(width, start, rounds)
    outputs = ", ".join(f"{y:.2f}" for y in net.forward(CORNERS).ravel())
    neurons = "1 hidden neuron" if width == 1 else f"{width} hidden neurons"
    verdict = "all four on the right side of one half" if solves(net) else "not all on the right side of one half"
    return f"{neurons}, start {start}, after {rounds} rounds: outputs {outputs} for (0, 0), (0, 1), (1, 0), (1, 1): {verdict}."


# Pictures of exercises and quiz.


def unknown_gate(ax):
    """The four outputs of a sigmoid neuron that learns a gate which is not named."""
    draw_outputs(ax, outputs_while_learning("B AND NOT A", 2), None)


def unknown_gate_alt():
    first, last = (", ".join(f"{y:.2f}" for y in y4) for y4 in outputs_while_learning("B AND NOT A", 2)[[0, -1]])
    return f"Four curves over 60 rounds. The outputs for (0, 0), (0, 1), (1, 0), (1, 1) go from {first} to {last}."


OTHER_HIDDEN = (((1.0, 1.0), -0.5), ((1.0, 1.0), -1.5))  # (w, b) of the hidden neurons of the exercise


def other_hidden(X):
    """What two other hidden neurons say for each input of XOR; (N, 2)."""
    return np.stack([Perceptron(w, b).predict(X) for w, b in OTHER_HIDDEN], axis=-1)


def other_plane(ax):
    """Where the four inputs of XOR arrive behind those two hidden neurons."""
    X, t = gate("XOR")
    draw_classes(ax, other_hidden(X), t, size=13)
    corner_axes(ax, ("$h_1$", "$h_2$"))


def other_plane_alt():
    h = other_hidden(CORNERS)
    places = ", ".join(f"({a}, {b}) arrives at ({p}, {q})" for (a, b), (p, q) in zip(INPUTS, h, strict=True))
    return f"The plane of the two hidden outputs. {places}. The targets are those of XOR."
