"""Figures of the chapter on backpropagation."""

from functools import cache
from itertools import pairwise

import numpy as np

from dlcore.activations import relu, sigmoid, tanh
from dlcore.datasets import digits, stratified_split
from dlcore.drawing import draw_graph
from dlcore.figures.words import power_of_ten, signed
from dlcore.layers import Dense
from dlcore.live.style import BLUE, GREEN, GREY, INK, ORANGE, PAPER
from dlcore.losses import mse, softmax_cross_entropy
from dlcore.metrics import accuracy
from dlcore.network import Sequential
from dlcore.optimizers import SGD

# Graphs: boxes with a name, a number and a gradient; arrows with a local derivative.

TEXT_SIZE = 11.5  # in a picture 5.6 inches wide: still 9 pixels on a phone


def draw_box(ax, place, name, value=None, gradient=None, *, given=False, strong=False, half=(0.42, 0.4)):
    """One node: its name and number, and its gradient below in orange. given: an input; strong: a thick frame."""
    (x, y), (w, h) = place, half
    ax.fill(
        [x - w, x + w, x + w, x - w],
        [y - h, y - h, y + h, y + h],
        facecolor=PAPER,
        edgecolor=ORANGE if strong else BLUE if given else GREY,
        linewidth=2.6 if strong else 1.4,
        zorder=2,
    )
    lines = [(name, INK), ("" if value is None else signed(value), INK)]
    lines.append(("" if gradient is None else signed(gradient), ORANGE))
    for k, (text, colour) in enumerate(lines):
        weight = "bold" if colour == ORANGE else "normal"
        at = y + h * (0.6 - 0.6 * k)
        ax.text(x, at, text, color=colour, ha="center", va="center", fontsize=TEXT_SIZE, fontweight=weight, zorder=3)


def draw_arrow(ax, start, end, label="", *, at=0.5, lift=0.0, half=0.42):
    """An arrow from the right side of one box to the left side of another; the label stands beside it."""
    (x0, y0), (x1, y1) = start, end
    x0, x1 = x0 + half, x1 - half
    ax.annotate("", (x1, y1), (x0, y0), arrowprops={"arrowstyle": "->", "color": GREY, "shrinkA": 0, "shrinkB": 0})
    if label:
        place = x0 + at * (x1 - x0), y0 + at * (y1 - y0) + lift
        ax.text(*place, label, color=GREEN, ha="center", va="center", fontsize=TEXT_SIZE, zorder=1)


def bare(ax, xlim, ylim):
    ax.set(xlim=xlim, ylim=ylim)
    ax.axis("off")


# A trip by car: y = s·(p·(d·u) + r·d).

TRIP_PLACES = {
    "u": (0.0, 3.0),
    "d": (0.0, 1.6),
    "r": (0.0, 0.2),
    "p": (1.55, 3.9),
    "A": (1.55, 2.4),
    "B": (3.1, 3.0),
    "C": (3.1, 0.8),
    "E": (4.65, 2.0),
    "s": (4.65, 3.6),
    "y": (6.2, 2.6),
}
TRIP_EDGES = {  # from, to: (where along the arrow its number stands, how far above)
    ("u", "A"): (0.5, 0.22),
    ("d", "A"): (0.5, 0.22),
    ("d", "C"): (0.35, 0.22),
    ("r", "C"): (0.5, 0.22),
    ("p", "B"): (0.5, 0.4),
    ("A", "B"): (0.6, -0.35),
    ("B", "E"): (0.5, 0.22),
    ("C", "E"): (0.5, 0.26),
    ("E", "y"): (0.8, -0.6),
    ("s", "y"): (0.5, 0.4),
}
TRIP_NAMES = {"A": "A = d·u", "B": "B = A·p", "C": "C = d·r", "E": "E = B+C", "y": "y = E·s"}


def trip_numbers(d, p, s, u=5.0, r=2.5):
    """(values, gradients, local derivatives) of the trip, by name: u litres and r euros a hundred kilometres."""
    values = {"d": d, "u": u, "p": p, "r": r, "s": s}
    values["A"] = values["d"] * values["u"]
    values["B"] = values["A"] * values["p"]
    values["C"] = values["d"] * values["r"]
    values["E"] = values["B"] + values["C"]
    values["y"] = values["E"] * values["s"]
    local = {("B", "E"): 1.0, ("C", "E"): 1.0}
    for one, other, product in (("d", "u", "A"), ("A", "p", "B"), ("d", "r", "C"), ("E", "s", "y")):
        local[one, product], local[other, product] = values[other], values[one]
    gradients = dict.fromkeys(values, 0.0) | {"y": 1.0}
    for node in ("y", "E", "C", "B", "A"):
        for (start, end), slope in local.items():
            if end == node:
                gradients[start] += slope * gradients[node]
    return values, gradients, local


def trip(ax, d, p, s):
    """The graph of the trip: numbers in black, gradients in orange, local derivatives on the arrows in green."""
    values, gradients, local = trip_numbers(d, p, s)
    for (start, end), (at, lift) in TRIP_EDGES.items():
        places = TRIP_PLACES[start], TRIP_PLACES[end]
        draw_arrow(ax, *places, signed(local[start, end]), at=at, lift=lift, half=0.48)
    for name, place in TRIP_PLACES.items():
        label = TRIP_NAMES.get(name, name)
        draw_box(ax, place, label, values[name], gradients[name], given=name == label, half=(0.5, 0.48))
    bare(ax, (-0.6, 6.8), (-0.4, 4.5))


def trip_alt(d, p, s):
    values, gradients, _ = trip_numbers(d, p, s)
    listed = ", ".join(f"{name} {signed(gradients[name])}" for name in "dupr")
    return (
        f"d = {signed(d)}, p = {signed(p)}, s = {signed(s)}: you pay {signed(values['y'])}. "
        f"Gradients at the inputs: {listed} and s {signed(gradients['s'])}."
    )


def drawn(root):
    """A draw function for the graph of a Value, as `Value.draw` draws it, in the colours of the page."""

    def draw(ax):
        draw_graph(root, ax)
        for text in ax.texts:
            text.set_fontsize(TEXT_SIZE)
            box = text.get_bbox_patch()
            if box is not None:
                given = text.get_text().count("\n") == 2 and not set("×+−÷^") & set(text.get_text().split("\n")[0])
                text.set_color(INK)
                box.set(facecolor=PAPER, edgecolor=BLUE if given else GREY)
            elif getattr(text, "arrow_patch", None) is not None:
                text.arrow_patch.set_color(GREY)
                if text.xyann[1] == 0:  # from the lowest row an arrow passes below the boxes between
                    text.arrow_patch.set_connectionstyle("arc3", rad=0.3 if text.xy[0] > 1 else 0)

    return draw


# A network 2-2-1 with sigmoid, every number.

X_HAND = np.array([2.0, 1.0])
W_HAND = np.array([[1.0, -1.0], [-2.0, 3.0]])  # columns are neurons
B_HAND = np.array([0.0, -1.0])
V_HAND = np.array([4.0, -2.0])
C_HAND = 1.0


def hand_numbers(t):
    """All numbers of the forward and the backward pass of the network 2-2-1, by name."""
    z = X_HAND @ W_HAND + B_HAND
    h = sigmoid(z)
    y = h @ V_HAND + C_HAND
    dy = y - t
    dh = dy * V_HAND
    delta = dh * h * (1 - h)
    return {"z": z, "h": h, "y": y, "dy": dy, "dv": dy * h, "dh": dh, "delta": delta, "dW": np.outer(X_HAND, delta)}


BACKWARD_STEPS = 9
_SUB = ("₁", "₂")


def backward(ax, step, t):
    """The network 2-2-1 after its forward pass and so many steps of the backward pass."""
    n = hand_numbers(t)
    rows = (3.0, 0.6)
    inputs, sums, hidden = ([(x, y) for y in rows] for x in (0.0, 2.6, 4.3))
    output = (6.3, 1.8)
    for i in range(2):
        for j in range(2):
            label = signed(W_HAND[i, j])
            at = 0.3 if i == j else 0.74  # so that the labels of crossing arrows stand apart
            _edge(ax, inputs[i], sums[j], label, n["dW"][i, j] if step >= 7 + j else None, step == 7 + j, at)
    for j in range(2):
        draw_arrow(ax, sums[j], hidden[j], half=0.48)
        _edge(ax, hidden[j], output, signed(V_HAND[j]), n["dv"][j] if step >= 2 else None, step == 2, 0.42)
    for j in range(2):
        draw_box(ax, inputs[j], f"x{_SUB[j]}", X_HAND[j], given=True, half=(0.5, 0.5))
        shown = n["delta"][j] if step >= 5 + j else None
        draw_box(ax, sums[j], f"z{_SUB[j]}", n["z"][j], shown, strong=step in (5 + j, 9), half=(0.5, 0.5))
        _bias(ax, sums[j], B_HAND[j], n["delta"][j] if step == 9 else None)
        shown = n["dh"][j] if step >= 3 + j else None
        draw_box(ax, hidden[j], f"h{_SUB[j]}", n["h"][j], shown, strong=step == 3 + j, half=(0.5, 0.5))
    draw_box(ax, output, "y", n["y"], n["dy"] if step >= 1 else None, strong=step in (1, 9), half=(0.5, 0.5))
    _bias(ax, output, C_HAND, n["dy"] if step == 9 else None)
    bare(ax, (-0.6, 6.9), (-0.75, 3.7))


def _bias(ax, place, bias, gradient):
    """Below a sum's box its bias and, once it is known, the bias's gradient."""
    x, y = place
    style = {"ha": "center", "va": "center", "fontsize": TEXT_SIZE, "zorder": 3}
    ax.text(x, y - 0.7, f"bias {signed(bias)}", color=INK, **style)
    if gradient is not None:
        ax.text(x, y - 1.05, signed(gradient), color=ORANGE, fontweight="bold", **style)


def _edge(ax, start, end, weight, gradient, strong, at):
    """An arrow with its weight and, once it is known, the weight's gradient below, in orange."""
    draw_arrow(ax, start, end, half=0.48)
    (x0, y0), (x1, y1) = start, end
    x, y = x0 + 0.48 + at * (x1 - x0 - 0.96), y0 + at * (y1 - y0)
    style = {"ha": "center", "va": "center", "fontsize": TEXT_SIZE, "zorder": 3}
    aside = 0.2 * np.sign(y0 - y1)  # away from a slanting arrow
    ax.text(x + aside, y + 0.2, weight, color=INK, **style)
    if gradient is not None:
        box = {"boxstyle": "round,pad=0.12", "facecolor": PAPER, "edgecolor": ORANGE if strong else PAPER}
        ax.text(x, y - 0.22, signed(gradient), color=ORANGE, fontweight="bold", bbox=box, **style)


def backward_alt(step, t):
    n = hand_numbers(t)
    dy, head = signed(n["dy"]), f"Target {signed(t)}. "
    if step == 0:
        return (
            head
            + f"The forward pass is done: z = (0, 0), h = (0.5, 0.5), y = {signed(n['y'])}. No gradient is known yet."
        )
    if step == 1:
        return head + f"Step 1, output y: the gradient is y − t = {signed(n['y'])} − {signed(t)} = {dy}."
    if step == 2:
        return head + f"Step 2, each of the two output weights: {dy} times its h, {dy} · 0.5 = {signed(n['dv'][0])}."
    j = (step - 1) % 2
    if step in (3, 4):
        weight = _bracketed(V_HAND[j])
        return head + f"Step {step}, h{_SUB[j]}: {dy} times its output weight, {dy} · {weight} = {signed(n['dh'][j])}."
    if step in (5, 6):
        return (
            head + f"Step {step}, z{_SUB[j]}: times the slope, {signed(n['dh'][j])} · 0.25 = {signed(n['delta'][j])}."
        )
    if step == 9:
        one, two = map(signed, n["delta"])
        return head + (
            f"Step 9, the biases of z₁, z₂ and y: times 1, so {one}, {two} and {dy}, which stand in orange below them."
        )
    own = " and ".join(
        f"{signed(n['delta'][j])} · {x:g} = {signed(g)}" for x, g in zip(X_HAND, n["dW"][:, j], strict=True)
    )
    return head + f"Step {step}, the two weights that lead to z{_SUB[j]}: its gradient times each input, {own}."


def _bracketed(number):
    return f"({signed(number)})" if number < 0 else signed(number)


# Training by hand-written gradients: the price of a mango by its softness.

SOFTNESS = np.arange(7.0)
WORTH = np.array([0.0, 0, 1, 2, 1, 0, 0])
SEEN = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
PRICE_RATE = 0.1


def price_network():
    """1-8-1 with tanh, at its random start."""
    rng = np.random.default_rng(0)
    return Sequential([Dense(1, 8, rng=rng), tanh, Dense(8, 1, rng=rng)])


def price_data():
    """X (7, 1), the softness measured from 3, and T (7, 1), the prices."""
    return (SOFTNESS - 3)[:, np.newaxis], WORTH[:, np.newaxis]


@cache
def price_lesson():
    """(loss, outputs on a fine grid) after each of SEEN steps of gradient descent with dlcore's backward."""
    net, optimizer, (X, T) = price_network(), SGD(PRICE_RATE), price_data()
    fine, seen = np.linspace(-3.2, 3.2, 81)[:, np.newaxis], {}
    for step in range(max(SEEN) + 1):
        if step in SEEN:
            seen[step] = mse(net.forward(X), T), net.forward(fine)[:, 0]
        net.backward(mse.gradient(net.forward(X, train=True), T))
        optimizer.step(net.params, net.grads)
    return seen


def prices(ax, steps):
    """What the network says for every softness after so many steps; the seven prices as circles."""
    loss, outputs = price_lesson()[steps]
    ax.plot(np.linspace(-0.2, 6.2, 81), outputs, color=BLUE)
    ax.plot(SOFTNESS, WORTH, "o", color=ORANGE)
    ax.set(xlim=(-0.3, 6.3), ylim=(-2.2, 2.6), xlabel="softness", ylabel="price", xticks=range(7))
    ax.set_title(f"$L$ = {loss:.2g}")


def prices_alt(steps):
    loss, outputs = price_lesson()[steps]
    top = np.linspace(-0.2, 6.2, 81)[np.argmax(outputs)]
    return f"After {steps} step{'s' if steps != 1 else ''} the loss is {loss:.2g}; the curve is highest near softness {top:.1f}."


# What gradients cost, in multiplications of the matrix products.


def work(sizes):
    """(parameters, multiplications for each sample of the forward pass, and of the backward pass)."""
    edges = [m * n for m, n in pairwise(sizes)]
    return sum(edges) + sum(sizes[1:]), sum(edges), 2 * sum(edges) - edges[0]


class _Counted(float):
    """A number that counts how often such numbers are multiplied."""

    count = 0

    def __mul__(self, other):
        _Counted.count += 1
        return _Counted(float(self) * float(other))

    def __add__(self, other):
        return _Counted(float(self) + float(other))

    __radd__ = __add__


def counted_work(sizes, samples):
    """(forward, backward): multiplications counted while the matrix products of both passes really run."""
    _Counted.count = 0
    W = [_counting(np.ones((m, n))) for m, n in pairwise(sizes)]
    outputs = [_counting(np.ones((samples, sizes[0])))]
    for w in W:
        outputs.append(outputs[-1] @ w)
    forward, dout = _Counted.count, _counting(np.ones((samples, sizes[-1])))
    for k in reversed(range(len(W))):
        _ = outputs[k].T @ dout
        dout = dout @ W[k].T if k else None
    return forward, _Counted.count - forward


def _counting(array):
    nodes = np.empty(array.shape, dtype=object)
    nodes.ravel()[:] = [_Counted(number) for number in array.ravel()]
    return nodes


def passes(sizes):
    """What all gradients cost, in forward passes: (by differences to one side, by backpropagation)."""
    parameters, forward, back = work(sizes)
    return parameters + 1, (forward + back) / forward


WIDTHS = (4, 8, 16, 32, 64, 128, 256, 512, 1024)


def cost(ax, width, layers):
    """Forward passes' work for all gradients of 64-…-10, against the number of parameters."""
    shown = [[64, *[n] * layers, 10] for n in WIDTHS]
    parameters = [work(sizes)[0] for sizes in shown]
    slow, quick = np.array([passes(sizes) for sizes in shown]).T
    k = WIDTHS.index(width)
    for work_done, style, marker, colour in ((slow, ".-", "s", BLUE), (quick, ".--", "o", ORANGE)):
        ax.plot(np.log10(parameters), np.log10(work_done), style, color=colour, linewidth=1)
        ax.plot(np.log10(parameters[k]), np.log10(work_done[k]), marker, color=colour, markersize=10)
    powers_of_ten(ax, range(3, 7), range(8))
    ax.set(xlim=(2.2, 6.8), ylim=(-0.3, 7), xlabel="parameters", ylabel="forward passes' work")
    ax.set_title(f"{slow[k]:,.0f} against {quick[k]:.1f}")


def cost_alt(width, layers):
    sizes = [64, *[width] * layers, 10]
    slow, quick = passes(sizes)
    return (
        f"{'-'.join(map(str, sizes))}, {work(sizes)[0]:,} parameters: by differences {slow:,} forward passes (blue "
        f"square), by backpropagation the work of {quick:.2f} (orange circle)."
    )


# How exact a difference is: y = w·w·w, L = ½(y − 2)², in additions and multiplications only, alike on every machine.

POINT = 1.5


def cube_loss(w):
    y = w * w * w
    return 0.5 * (y - 2.0) * (y - 2.0)


def cube_slope(w):
    return (w * w * w - 2.0) * 3.0 * w * w


def difference(rule, h):
    """The slope of cube_loss at POINT by a difference: "one side" or "both sides"."""
    if rule == "one side":
        return (cube_loss(POINT + h) - cube_loss(POINT)) / h
    return (cube_loss(POINT + h) - cube_loss(POINT - h)) / (2 * h)


def relative_error(rule, exponent, slope=None):
    """|difference − slope| / |slope| for h = 10^−exponent; slope: the right one, unless another is given."""
    slope = cube_slope(POINT) if slope is None else slope
    return abs(difference(rule, float(f"1e-{exponent}")) - slope) / abs(slope)


EXPONENTS = range(15)
WRONG_FACTOR = 0.99
WRONG_SLOPE = cube_slope(POINT) * WRONG_FACTOR  # of curve B in three_checks


def steps_of_h(ax, rule, exponent):
    """The relative error of the difference against h, for one rule, and the chosen h."""
    errors = np.log10([relative_error(rule, k) for k in EXPONENTS])
    ax.plot([-k for k in EXPONENTS], errors, ".-", color=BLUE, linewidth=1)
    ax.plot(-exponent, errors[exponent], "o", color=ORANGE, markersize=10)
    _error_axes(ax)


def _error_axes(ax):
    powers_of_ten(ax, range(-14, 1, 2), range(-12, 1, 2))
    ax.set(xlim=(-14.6, 0.6), ylim=(-12, 1.5), xlabel="$h$", ylabel="relative error")


def steps_of_h_alt(rule, exponent):
    error = relative_error(rule, exponent)
    size = int(np.floor(np.log10(error) + 1e-9))
    words = f"{error:.2g}" if size >= -2 else f"{error / 10.0**size:.1f} · {power_of_ten(size)}"
    return f"Difference to {rule}, h = {power_of_ten(-exponent)}: the relative error is {words}."


def powers_of_ten(ax, x, y):
    """Ticks at these exponents, on axes that hold logarithms to the base 10. (Drawn several times as fast as a log scale.)"""
    ax.set_xticks(list(x), [power_of_ten(k) for k in x])
    ax.set_yticks(list(y), [power_of_ten(k) for k in y])


# Pictures of exercises and quiz.


def three_checks(ax):
    """Relative errors against h: a right gradient to both sides, a wrong one, and a right one to one side."""
    exponents = range(1, 13)
    curves = (
        ("A", "both sides", None, "s-", BLUE, (-5, -11.3)),
        ("B", "both sides", WRONG_SLOPE, "^-", ORANGE, (-8, -1.3)),
        ("C", "one side", None, "o-", GREEN, (-6, -3.9)),
    )
    for letter, rule, slope, marker, colour, place in curves:
        errors = np.log10([relative_error(rule, k, slope) for k in exponents])
        ax.plot([-k for k in exponents], errors, marker, color=colour, linewidth=1, markersize=5)
        ax.text(*place, letter, color=colour, fontsize=12, fontweight="bold", ha="center", va="center")
    _error_axes(ax)


def three_checks_alt():
    return (
        "Three curves of the relative error against h. A falls from the right down to about 10⁻¹⁰ near h = 10⁻⁶, and "
        "rises again to the left. B stays at about 0.01 for every h from 0.01 down to 10⁻¹². C falls from the right to "
        "about 2 · 10⁻⁸ near h = 10⁻⁸, and rises again."
    )


READ_GRAPH = {"a": 3.0, "b": 2.0, "c": 4.0}  # u = a·b, v = a + c, L = u·v


def read_graph(ax):
    """A graph with all its numbers; a leads to u and to v."""
    a, b, c = READ_GRAPH.values()
    places = {"b": (0, 2.8), "a": (0, 1.5), "c": (0, 0.2), "u": (2, 2.3), "v": (2, 0.7), "L": (4, 1.5)}
    for start, end in ("bu", "au", "av", "cv", "uL", "vL"):
        draw_arrow(ax, places[start], places[end], half=0.5)
    values = {"a": a, "b": b, "c": c, "u": a * b, "v": a + c, "L": a * b * (a + c)}
    names = {"u": "u = a·b", "v": "v = a+c", "L": "L = u·v"}
    for name, place in places.items():
        draw_box(ax, place, names.get(name, name), values[name], given=name in "abc", half=(0.52, 0.46))
    bare(ax, (-0.7, 4.7), (-0.4, 3.4))


def read_graph_alt():
    return "A graph: a = 3 and b = 2 lead to u = a·b = 6; a = 3 and c = 4 lead to v = a + c = 7; u and v lead to L = u·v = 42."


QUIZ_NODE = (5.0, -2.0, 3.0)  # a, b, and the gradient that arrives at their product


def product_node(ax):
    """A product node at which the gradient 3 arrives."""
    a, b, arrives = QUIZ_NODE
    places = {"a": (0, 1.6), "b": (0, 0.2), "u": (2, 0.9)}
    for start in "ab":
        draw_arrow(ax, places[start], places["u"], half=0.5)
    ax.annotate("", (3.6, 0.9), (2.5, 0.9), arrowprops={"arrowstyle": "->", "color": GREY})
    draw_box(ax, places["a"], "a", a, given=True, half=(0.5, 0.46))
    draw_box(ax, places["b"], "b", b, given=True, half=(0.5, 0.46))
    draw_box(ax, places["u"], "u = a·b", a * b, arrives, half=(0.5, 0.46))
    bare(ax, (-0.6, 3.7), (-0.4, 2.2))


@cache
def two_trainings(steps=200):
    """Losses of the price network in gradient descent: by backpropagation, and by differences to one side."""
    (X, T), losses = price_data(), {}
    for kind in ("backpropagation", "differences"):
        net, optimizer = price_network(), SGD(PRICE_RATE)
        losses[kind] = [mse(net.forward(X), T)]
        for _ in range(steps):
            grads = _quick(net, X, T) if kind == "backpropagation" else _slow(net, X, T)
            optimizer.step(net.params, grads)
            losses[kind].append(mse(net.forward(X), T))
    return losses


def _quick(net, X, T):
    net.backward(mse.gradient(net.forward(X, train=True), T))
    return net.grads


def _slow(net, X, T, h=1e-6):
    """All gradients by differences to one side: one forward pass for each parameter, and one more."""
    here, grads = mse(net.forward(X), T), {name: np.zeros_like(p) for name, p in net.params.items()}
    for name, p in net.params.items():
        for i in np.ndindex(p.shape):
            p[i] += h
            grads[name][i] = (mse(net.forward(X), T) - here) / h
            p[i] -= h
    return grads


def against_work(ax):
    """The losses of both trainings against the multiplications that they took."""
    slow, quick = passes([1, 8, 1])
    forward = work([1, 8, 1])[1] * len(SOFTNESS)
    losses = two_trainings()
    for kind, each, style in (("backpropagation", quick, "-"), ("differences", slow, "--")):
        done = np.log10(np.arange(1, len(losses[kind])) * each * forward)
        ax.plot(done, losses[kind][1:], style, color=BLUE if style == "-" else ORANGE)
    ax.set_xticks(range(2, 7), [power_of_ten(k) for k in range(2, 7)])
    ax.set(xlim=(2.2, 6), ylim=(0, 0.7), xlabel="multiplications", ylabel="loss")


# Real digits.


@cache
def digit_shares(epochs, seeds=5):
    """Shares of test digits told rightly, for each seed: by 64-64-10 and by the linear 64-10, on the same batches."""
    shares = {"64-64-10": [], "linear": []}
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        (X, t), (X_test, t_test) = stratified_split(*digits(scale=True), test=0.25, rng=rng)
        nets = (
            Sequential([Dense(64, 64, rng=rng), relu, Dense(64, 10, rng=rng)]),
            Sequential([Dense(64, 10, init="zeros")]),
        )
        batches = [batch for _ in range(epochs) for batch in np.array_split(rng.permutation(len(X)), 42)]
        for name, net in zip(shares, nets, strict=True):
            sgd = SGD(0.5)
            for batch in batches:
                net.backward(softmax_cross_entropy.gradient(net.forward(X[batch], train=True), t[batch]))
                sgd.step(net.params, net.grads)
            shares[name].append(accuracy(net.forward(X_test), t_test))
    return shares
