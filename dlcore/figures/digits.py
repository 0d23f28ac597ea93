"""Figures of the chapter on digits, and the pad on which a reader draws one."""

from functools import cache, cached_property

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from dlcore.activations import relu, softmax
from dlcore.datasets import digits
from dlcore.early_stopping import EarlyStopping
from dlcore.figures.pictures import digit_parts, shifted, with_shifted
from dlcore.figures.plane import PENCIL, draw_digits, draw_image
from dlcore.layers import Dense
from dlcore.live import explore
from dlcore.live.page import for_page
from dlcore.live.style import BLUE, GREY, INK, ORANGE
from dlcore.live.widgets import view
from dlcore.losses import mse, softmax_cross_entropy
from dlcore.metrics import accuracy, confusion_matrix
from dlcore.network import Sequential
from dlcore.optimizers import Adam
from dlcore.training import fit

EPOCHS = 30


def a(digit):
    """The digit with its article, for sentences."""
    return f"an {digit}" if digit == 8 else f"a {digit}"


# The data, and the recipe of this chapter.


def trained(X, t, seed, *, hidden=32, lr=0.01, epochs=EPOCHS):
    """A new network, trained: 64-hidden-10 with ReLU, or 64-10 for hidden=0; Adam, batches of 32."""
    rng = np.random.default_rng(seed)
    layers = [Dense(64, hidden, rng=rng), relu, Dense(hidden, 10, rng=rng)] if hidden else [Dense(64, 10, rng=rng)]
    net = Sequential(layers)
    settings = {"epochs": epochs, "batch_size": 32, "rng": rng, "progress": False}
    fit(net, softmax_cross_entropy, Adam(lr), X, t, **settings)
    return net


def right(net, X, t):
    """The share of pictures that the network reads rightly."""
    return accuracy(net.forward(X), t)


def distances(X, others):
    """The squared distance of every row of X (N, D) from every row of others (M, D); (N, M)."""
    return ((X[:, np.newaxis] - others) ** 2).sum(axis=2)


def nearest_mean(X, t, X_new):
    """For each row of X_new the class whose mean picture, over the training data X, t, is nearest."""
    means = np.array([X[t == k].mean(axis=0) for k in range(10)])
    return distances(X_new, means).argmin(axis=1)


def nearest_picture(X, t, X_new):
    """For each row of X_new the label of the nearest of the training pictures X."""
    return np.concatenate([t[distances(some, X).argmin(axis=1)] for some in np.array_split(X_new, 20)])


def samples(fig):
    """Two training pictures of each class, side by side in ten columns."""
    (X, t), _, _ = digit_parts()
    chosen = [X[t == k][i] for i in range(2) for k in range(10)]
    draw_digits(fig, chosen, [*map(str, range(10)), *[""] * 10], columns=10)


def samples_alt():
    return (
        "Two rows of small grey pictures, 8 by 8 pixels each: the handwritten digits 0 to 9, once above and once below."
    )


# Training, epoch by epoch.


@cache
def lesson():
    """(training loss, validation loss, confusion matrix of the validation digits) before training and after each epoch."""
    train, validation, _ = digit_parts()
    rng = np.random.default_rng(0)
    net = Sequential([Dense(64, 32, rng=rng), relu, Dense(32, 10, rng=rng)])
    optimizer, states = Adam(0.01), []
    for epoch in range(EPOCHS + 1):
        if epoch:
            settings = {"epochs": 1, "batch_size": 32, "rng": rng, "progress": False}
            fit(net, softmax_cross_entropy, optimizer, *train, **settings)
        losses = [softmax_cross_entropy(net.forward(X), t) for X, t in (train, validation)]
        states.append((*losses, confusion_matrix(net.forward(validation[0]), validation[1], 10)))
    return states


def untrained_loss(seed):
    """The loss of a new network 64-32-10 on the validation digits."""
    rng = np.random.default_rng(seed)
    net = Sequential([Dense(64, 32, rng=rng), relu, Dense(32, 10, rng=rng)])
    X, t = digit_parts()[1]
    return softmax_cross_entropy(net.forward(X), t)


HEAT = LinearSegmentedColormap.from_list("heat", ["#fefefe", "#b8cfe4", "#0a4a7d"])  # the same on a dark page


def draw_confusion(ax, C):
    """Counts as shaded squares, truth downwards, answers to the right; a 0 is left empty."""
    ax.pcolormesh(np.sqrt(C), cmap=HEAT, vmin=0, vmax=6.5, edgecolors="face", linewidth=0.2)
    for (row, column), count in np.ndenumerate(C):
        if count:
            colour = "#fdfdfd" if count > 12 else "#111111"
            ax.text(column + 0.5, row + 0.5, f"{count}", color=colour, ha="center", va="center", fontsize=9)
    ticks = {"ticks": np.arange(len(C)) + 0.5, "labels": range(len(C))}
    ax.set_xticks(**ticks)
    ax.set_yticks(**ticks)
    ax.set(xlim=(0, len(C)), ylim=(len(C), 0), xlabel="answer", ylabel="digit", aspect="equal")
    ax.tick_params(length=0)
    ax.grid(False)


def learning(fig, epoch):
    """The two losses up to an epoch, and the confusion matrix of the validation digits after it."""
    curves, matrix = fig.subplots(1, 2, width_ratios=(1, 1.5))
    train, validation, tables = zip(*lesson()[: epoch + 1], strict=True)
    curves.semilogy(train, ":", color=GREY)
    curves.semilogy(validation, color=BLUE)
    curves.plot([epoch], train[-1:], "s", color=GREY, markersize=5)
    curves.plot([epoch], validation[-1:], "o", color=ORANGE, markersize=5)
    curves.set(xlabel="epoch", ylabel="loss", xlim=(-1, EPOCHS + 1), ylim=(0.003, 4))
    curves.set_yticks([0.01, 0.1, 1], ["0.01", "0.1", "1"])
    curves.minorticks_off()
    draw_confusion(matrix, tables[-1])


def learning_alt(epoch):
    train, validation, C = lesson()[epoch]
    when = "Before training" if epoch == 0 else f"After {epoch} epoch{'s' if epoch > 1 else ''}"
    return (
        f"{when}: loss {train:.3f} on the training digits, {validation:.3f} on the validation digits; "
        f"{C.trace()} of {C.sum()} validation digits are on the diagonal, read rightly. {most_confused(C)}"
    )


def most_confused(C):
    """The sentence about the largest count off the diagonal; of equal ones, all if there are two or three."""
    off = C - np.diag(C.diagonal())
    pairs = np.argwhere(off == off.max())
    told = " and ".join(f"{a(i)} for {a(j)}" for i, j in pairs)
    times = {1: "once", 2: "twice"}.get(int(off.max()), f"{off.max()} times")
    if len(pairs) > 3:
        return f"No mistake is made more than {times}."
    if len(pairs) > 1:
        return f"The most frequent mistakes: taking {told}, {times} each."
    return f"The most frequent mistake: taking {told}, {times}."


# The mistakes, and how sure the network was.


@cache
def reader():
    """The network of the chapter, after its training."""
    return trained(*digit_parts()[0], seed=0)


@cache
def answers():
    """(answers, confidence): what the network says to each validation digit, and the probability it gives to that."""
    p = softmax(reader().forward(digit_parts()[1][0]))
    return p.argmax(axis=1), p.max(axis=1)


def misread(fig):
    """The validation digits that the network gets wrong, the surest mistake first."""
    X, t = digit_parts()[1]
    said, sure = answers()
    wrong = np.flatnonzero(said != t)
    wrong = wrong[np.argsort(-sure[wrong])]
    titles = [f"{t[i]}, says {said[i]}\n{100 * sure[i]:.1f} %" for i in wrong]
    draw_digits(fig, X[wrong], titles, columns=6)


def misread_alt():
    _, t = digit_parts()[1]
    said, sure = answers()
    wrong = sorted(np.flatnonzero(said != t), key=lambda i: -sure[i])
    told = "; ".join(f"{a(t[i])} taken for {a(said[i])}, {100 * sure[i]:.1f} % sure" for i in wrong)
    return f"{len(wrong)} handwritten digits that the network gets wrong, the surest mistake first: {told}."


THRESHOLDS = (0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)


def tallies(threshold):
    """(answered rightly, answered wrongly, refused): validation digits, answered where the confidence is at least that."""
    said, sure = answers()
    told, hit = sure >= threshold, said == digit_parts()[1][1]
    return int(np.sum(told & hit)), int(np.sum(told & ~hit)), int(np.sum(~told))


def confidence(fig, threshold):
    """Above, the share refused and the share of mistakes among the answers, up to this threshold; below, each mistake."""
    curves, dots = fig.subplots(2, 1, height_ratios=(1.3, 1))
    passed = [tallies(other) for other in THRESHOLDS if other <= threshold]
    places = range(len(passed))
    refused = [100 * r / sum((h, w, r)) for h, w, r in passed]
    wrong = [100 * w / (h + w) for h, w, _ in passed]
    curves.plot(places, refused, "s-", color=BLUE, markersize=4)
    curves.plot(places, wrong, "o-", color=ORANGE, markersize=4)
    names = [f"{value:g}" for value in THRESHOLDS]
    curves.set(xlim=(-0.4, 10.4), ylim=(-1, 34), ylabel="%", xlabel="threshold")
    curves.set_xticks(range(len(names)), names, fontsize=9)
    said, sure = answers()
    t = digit_parts()[1][1]
    for hit, height, colour, marker in ((True, 1, BLUE, "s"), (False, 0, ORANGE, "o")):
        odds = -np.log10(1 - np.minimum(sure[(said == t) == hit], 1 - 1e-6))
        dots.plot(odds, np.full(len(odds), height), marker, color=colour, markersize=4, alpha=0.5)
    dots.axvline(-np.log10(1 - threshold), color=GREY)
    dots.set(ylim=(-0.6, 1.6), yticks=[0, 1], yticklabels=["wrong", "right"], xlim=(-0.2, 6.2), xlabel="confidence")
    dots.set_xticks([0, 1, 2, 3, 4, 5], ["0", "0.9", "0.99", "0.999", "0.9999", "0.99999"], fontsize=9)


def confidence_alt(threshold):
    hits, wrong, refused = tallies(threshold)
    mistakes = "1 mistake" if wrong == 1 else f"{wrong or 'no'} mistakes"
    return (
        f"Threshold {threshold:g}: {refused or 'none'} of {hits + wrong + refused} digits refused; {mistakes} among the "
        f"{hits + wrong} answers, that is {100 * wrong / (hits + wrong):.1f} %."
    )


# Pictures that have moved.


STEPS = {"right": (1, 0), "left": (-1, 0), "down": (0, 1), "up": (0, -1)}


MOVERS = {}  # seed → the network that mover(seed) has made


def mover(seed=0):
    """A network 64-64-10 that has learned from the training pictures and their shifted copies, 20 epochs."""
    if seed not in MOVERS:
        X, t = with_shifted(*digit_parts(seed)[0], STEPS.values())
        MOVERS[seed] = trained(X, t, seed, hidden=64, epochs=20)
    return MOVERS[seed]


@cache
def stayer(seed=0):
    """The same network after as many steps without the copies: 100 epochs."""
    return trained(*digit_parts(seed)[0], seed, hidden=64, epochs=100)


PICTURES = {"a 0": 0, "a 7": 7}


@cache
def picture(digit):
    """The first validation picture of a class."""
    X, t = digit_parts()[1]
    return X[t == digit][0]


def moved(fig, digit, to_right, down, copies):
    """A picture after a shift, and the ten probabilities that a network gives for it."""
    image, bars = fig.subplots(1, 2, width_ratios=(1, 1.3))
    pixels, p = _seen(digit, to_right, down, copies)
    draw_image(image, pixels, cmap=PENCIL, vmin=0, vmax=1)
    draw_probabilities(bars, p, digit)


def _seen(digit, to_right, down, copies):
    pixels = shifted(picture(digit), to_right, down)
    return pixels[0], softmax((mover() if copies else stayer()).forward(pixels))[0]


def draw_probabilities(ax, p, digit):
    """Ten bars, that of the true digit in orange with a dark edge."""
    bars = ax.barh(range(10), p, color=BLUE)
    bars[digit].set(facecolor=ORANGE, edgecolor=INK, linewidth=1.5)
    ax.set(xlim=(0, 1.02), ylim=(9.6, -0.6), yticks=range(10), xlabel="probability", ylabel="answer")


def moved_alt(digit, to_right, down, copies):
    _, p = _seen(digit, to_right, down, copies)
    ways = [
        f"{abs(n)} {'pixel' if abs(n) == 1 else 'pixels'} {names[n < 0]}"
        for n, names in ((to_right, ("to the right", "to the left")), (down, ("down", "up")))
        if n
    ]
    first = int(np.argmax(p))
    rest = "." if first == digit else f"; {digit} gets {p[digit]:.2f}."
    return (
        f"{a(digit).capitalize()}, {'shifted ' + ' and '.join(ways) if ways else 'not shifted'}: the network says {first}, "
        f"{'rightly' if first == digit else 'wrongly'}, with probability {p[first]:.2f}{rest}"
    )


# Several seeds: other splits, other starts, other orders.

SEEDS = range(5)


@cache
def spread(hidden, lr, epochs):
    """Name → the shares of test digits read rightly, one for each of five splits, each with a start of its own."""
    shares = {"nearest mean": [], "linear": [], "network": [], "nearest picture": []}
    for seed in SEEDS:
        train, _, (X, t) = digit_parts(seed)
        shares["nearest mean"].append(np.mean(nearest_mean(*train, X) == t))
        shares["linear"].append(right(trained(*train, seed, hidden=0), X, t))
        shares["network"].append(right(trained(*train, seed, hidden=hidden, lr=lr, epochs=epochs), X, t))
        shares["nearest picture"].append(np.mean(nearest_picture(*train, X) == t))
    return {name: np.array(column) for name, column in shares.items()}


@cache
def third_run(epochs):
    """The History of the third split, with 128 hidden neurons, watched on its validation digits."""
    train, validation, _ = digit_parts(2)
    return _watched(train, validation, epochs, None)[1]


@cache
def third_stopped():
    """The share of the third split's test digits that the same training reads if it is stopped early."""
    train, validation, (X, t) = digit_parts(2)
    return right(_watched(train, validation, 60, EarlyStopping(patience=5))[0], X, t)


def _watched(train, validation, epochs, stopping):
    rng = np.random.default_rng(2)
    net = Sequential([Dense(64, 128, rng=rng), relu, Dense(128, 10, rng=rng)])
    settings = {"batch_size": 32, "rng": rng, "validation": validation, "metric": accuracy, "early_stopping": stopping}
    return net, fit(net, softmax_cross_entropy, Adam(0.01), *train, epochs=epochs, progress=False, **settings)


@cache
def permuted():
    """Shares of test digits read rightly, (5, 2): with the pixels in place, and in a new order in training and test."""
    shares = []
    for seed in SEEDS:
        (X, t), _, (X_test, t_test) = digit_parts(seed)
        order = np.random.default_rng(100 + seed).permutation(64)
        pairs = (X, X_test), (X[:, order], X_test[:, order])
        shares.append([right(trained(X_, t, seed), new, t_test) for X_, new in pairs])
    return np.array(shares)


@cache
def fifths(how):
    """Which fifth each of the 1797 digits belongs to: "file": runs of the file; "random": drawn at random."""
    runs = np.arange(1797) * 5 // 1797
    return runs if how == "file" else np.random.default_rng(0).permutation(runs)


@cache
def held_out(how, seed):
    """Share of digits read rightly, each by a network that has learned from the other four fifths; seed: its start."""
    X, t = digits(scale=True)
    fifth = fifths(how)
    return np.mean([right(trained(X[fifth != k], t[fifth != k], seed), X[fifth == k], t[fifth == k]) for k in range(5)])


@cache
def held_out_nearest(how):
    """The same for the nearest picture, which has no start."""
    X, t = digits(scale=True)
    fifth = fifths(how)
    pairs = [(nearest_picture(X[fifth != k], t[fifth != k], X[fifth == k]), t[fifth == k]) for k in range(5)]
    return np.mean([np.mean(said == truth) for said, truth in pairs])


# Numbers instead of classes: a lost row of pixels.

LOST = np.arange(24, 32)  # the fourth row
KEPT = np.setdiff1d(np.arange(64), LOST)


def rows(fig):
    """Five validation digits: as they were, with the lost row filled by its mean, and as the network fills it."""
    (X, _), (X_new, t_new), _ = digit_parts()
    chosen = np.array([X_new[t_new == k][0] for k in (0, 2, 4, 5, 8)])
    by_mean, by_net = chosen.copy(), chosen.copy()
    by_mean[:, LOST] = X[:, LOST].mean(axis=0)
    by_net[:, LOST] = np.clip(row_net().forward(chosen[:, KEPT]), 0, 1)
    draw_digits(fig, [*chosen, *by_mean, *by_net], [""] * 15, columns=5)
    for ax, name in zip(fig.axes[::5], ("true", "mean", "network"), strict=True):
        ax.set_ylabel(name)


def rows_alt():
    return (
        "Five digits, three times below each other. Above as they were written; in the middle with the mean in their fourth row, "
        "a grey smear at the same place in all; below with the row that the network filled in, which is nearer to the true one."
    )


@cache
def row_net(seed=0, hidden=64):
    """A network that fills in the lost row from the other 56 pixels; hidden=0: a linear one."""
    (X, _), _, _ = digit_parts(seed)
    rng = np.random.default_rng(seed)
    layers = [Dense(56, hidden, rng=rng), relu, Dense(hidden, 8, rng=rng)] if hidden else [Dense(56, 8, rng=rng)]
    net = Sequential(layers)
    fit(net, mse, Adam(0.003), X[:, KEPT], X[:, LOST], epochs=30, batch_size=32, rng=rng, progress=False)
    return net


# Four trainings that look ill or well, for an exercise.


@cache
def four_trainings():
    """Letter → (training loss, validation loss) for each of 30 epochs."""
    (X, t), validation, _ = digit_parts()
    mixed = np.random.default_rng(7).permutation(t)
    few = slice(0, 70)
    cases = {
        "A": (X, mixed, 0.003),
        "B": (X, t, 0.00005),
        "C": (X[few], t[few], 0.03),
        "D": (X, t, 1.0),
    }
    return {letter: _curves(*case, validation) for letter, case in cases.items()}


def _curves(X, t, lr, validation):
    rng = np.random.default_rng(3)
    net = Sequential([Dense(64, 32, rng=rng), relu, Dense(32, 10, rng=rng)])
    optimizer, losses = Adam(lr), []
    for _ in range(EPOCHS):
        fit(net, softmax_cross_entropy, optimizer, X, t, epochs=1, batch_size=32, rng=rng, progress=False)
        losses.append([softmax_cross_entropy(net.forward(a), b) for a, b in ((X, t), validation)])
    return np.array(losses).T


def four_curves(fig):
    """Training loss dotted, validation loss solid, each training in a picture with its letter."""
    for ax, (letter, (train, validation)) in zip(
        fig.subplots(2, 2, sharex=True, sharey=True).ravel(), four_trainings().items(), strict=True
    ):
        epochs = np.arange(1, EPOCHS + 1)
        ax.plot(epochs, train, ":", color=GREY)
        ax.plot(epochs, validation, color=BLUE)
        ax.set(title=letter, xlim=(0, EPOCHS + 1), ylim=(-0.1, 4), yticks=range(5))
        ax.label_outer()
    fig.supxlabel("epoch", fontsize=10)
    fig.supylabel("loss", fontsize=10)


def four_curves_alt():
    (A, B, C, D) = four_trainings().values()
    (first, last), (start, end), least = A[:, [0, -1]], B[:, [0, -1]].mean(axis=0), C[1].argmin()
    return (
        f"Four pairs of curves over {EPOCHS} epochs, training loss dotted and validation loss solid. A: the dotted one falls slowly "
        f"from {first[0]:.1f} to {first[1]:.1f}, the solid one begins at {last[0]:.1f} and ends at {last[1]:.1f}. B: both fall slowly "
        f"and smoothly from {start:.1f} to {end:.1f}, close together. C: the dotted one falls to {C[0, -1]:.2f}, the solid one falls "
        f"to {C[1, least]:.1f} by epoch {least + 1} and ends at {C[1, -1]:.1f}. D: both stay between {D.min():.1f} and {D.max():.1f}, "
        "one upon the other, wavering."
    )


# The pad.

SEVEN = """
........
..#####.
......#.
.....##.
...####.
....##..
....#...
...##...
"""


class DrawingPad:
    """Draw a digit on 8 × 8 squares and see what a network says: buttons with a kernel, a still picture without one.

    predict: a function of pixels (1, 64), from 0 (white) to 1 (black), that returns probabilities (1, 10).
    The pad begins with a 7, so that there is something to see.
    """

    def __init__(self, predict):
        self.predict = predict
        self._ink = np.array([[mark == "#" for mark in line] for line in SEVEN.split()])

    @property
    def pixels(self):
        """What is drawn, (1, 64): 1 where there is ink."""
        return self._ink.astype(float).reshape(1, 64)

    def draw(self, ink):
        """Put another drawing on the pad: 8 rows of 8, true where there is ink."""
        self._ink = np.array(ink, dtype=bool).reshape(8, 8)
        self._show()

    def clear(self):
        """White paper."""
        self.draw(np.zeros((8, 8)))

    def move(self, to_right, down):
        """Move the drawing by whole pixels; what leaves the square is lost."""
        self.draw(shifted(self.pixels, to_right, down))

    @property
    def sentence(self):
        """What the network says, with its second thought."""
        if not self._ink.any():
            return "The paper is white. Click on squares to draw a digit."
        p = self.predict(self.pixels)[0]
        first, second = np.argsort(-p)[:2]
        return f"The network says {first} ({100 * p[first]:.0f} %). Its second choice is {second} ({100 * p[second]:.0f} %)."

    def __repr__(self):
        return repr(self._still)

    def _repr_mimebundle_(self, include=None, exclude=None):
        bundle = self._still._repr_mimebundle_()
        return bundle if for_page() else view(self._box) | bundle

    @cached_property
    def _still(self):
        return explore(self._picture, alt=self._alt, name="digits-pad", size=(5, 2.6))

    def _picture(self, fig):
        paper, bars = fig.subplots(1, 2, width_ratios=(1, 1.3))
        draw_image(paper, self.pixels[0], cmap=PENCIL, vmin=0, vmax=1)
        bars.barh(range(10), self.predict(self.pixels)[0], color=BLUE)
        bars.set(xlim=(0, 1.02), ylim=(9.6, -0.6), yticks=range(10), xlabel="probability", ylabel="answer")

    def _alt(self):
        return f"The drawing pad as a still picture: to be drawn on it needs a running notebook. {self.sentence}"

    @cached_property
    def _box(self):
        """Squares, buttons, ten bars and the sentence, as ipywidgets."""
        import ipywidgets as widgets

        big = {"font_size": "30px"}
        cell = widgets.Layout(width="34px", height="34px", margin="1px", padding="0px")
        self._squares = [
            widgets.ToggleButton(tooltip=f"row {row + 1}, column {column + 1}", layout=cell, style=big)
            for row in range(8)
            for column in range(8)
        ]
        paper = widgets.GridBox(self._squares, layout=widgets.Layout(grid_template_columns="repeat(8, 36px)"))
        self._bars = [
            widgets.FloatProgress(min=0, max=1, description=str(k), layout=widgets.Layout(width="200px", height="22px"))
            for k in range(10)
        ]
        self._words = widgets.HTML()
        for square in self._squares:
            square.observe(self._pressed, "value")
        self._show()
        buttons = widgets.HBox([self._button(name) for name in ("clear", "left", "right", "up", "down")])
        return widgets.VBox([widgets.HBox([paper, widgets.VBox(self._bars)]), buttons, self._words])

    def _button(self, name):
        import ipywidgets as widgets

        button = widgets.Button(description=name, layout=widgets.Layout(width="64px"))
        button.on_click(lambda _: self.clear() if name == "clear" else self.move(*STEPS[name]))
        return button

    def _pressed(self, change):
        if not self._busy:
            self.draw([square.value for square in self._squares])

    _busy = False  # while the squares are set from here, they need not answer

    def _show(self):
        """Bring squares, bars and sentence in line with the ink, if they are there."""
        if not hasattr(self, "_words"):
            return
        self._busy = True
        for square, ink in zip(self._squares, self._ink.ravel(), strict=True):
            square.value, square.description = bool(ink), "■" if ink else ""
        self._busy = False
        p = self.predict(self.pixels)[0] if self._ink.any() else np.zeros(10)
        for bar, share in zip(self._bars, p, strict=True):
            bar.value = share
        self._words.value = self.sentence
