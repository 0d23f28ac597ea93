"""Figures of the chapter on overfitting and regularization."""

from functools import cache

import numpy as np

from dlcore.activations import relu, tanh
from dlcore.datasets import curve, digits, moons, stratified_split
from dlcore.dropout import Dropout
from dlcore.early_stopping import EarlyStopping
from dlcore.figures.pictures import with_shifted
from dlcore.figures.plane import draw_classes, draw_digits, draw_image
from dlcore.layers import Dense
from dlcore.live.style import BLUE, GREY, INK, ORANGE
from dlcore.losses import mse, one_hot, sigmoid_cross_entropy, softmax_cross_entropy
from dlcore.metrics import accuracy
from dlcore.network import Sequential
from dlcore.optimizers import SGD, Adam
from dlcore.penalties import L1, L2
from dlcore.search import grid_search
from dlcore.training import fit

NOISE = 0.2
DEGREES = range(10)
SIZES = (10, 30, 1000)
DRAWS = (0, 1, 2)
ACROSS = np.linspace(-1, 1, 201)


def short(number):
    """A number with two or three digits: 0.02, 1.35, 520."""
    return f"{number:.3f}" if number < 1 else f"{number:.3g}" if number < 1000 else f"{float(f'{number:.2g}'):,.0f}"


# ---------------------------------------------------------------- curves through noisy points


def wave(x):
    """The curve behind the points."""
    return np.sin(3 * x)


@cache
def points(n, draw):
    """x and t of n noisy points of the wave, two arrays (n,); each draw is another sample."""
    X, t = curve(wave, n, noise=NOISE, rng=np.random.default_rng([draw, n]))
    return X[:, 0], t[:, 0]


@cache
def new_points():
    """x and t of 2000 other noisy points, on which every curve of this chapter is judged."""
    X, t = curve(wave, 2000, noise=NOISE, rng=np.random.default_rng(12345))
    return X[:, 0], t[:, 0]


def plain(number):
    """0.00001 instead of 1e-05."""
    return np.format_float_positional(number, trim="-")


def rmse(y, t):
    """The root of the mean squared error."""
    return float(np.sqrt(np.mean((y - t) ** 2)))


def fitted(degree, n, draw):
    """The polynomial of this degree with the least squared error on the points, as np.polyval takes it."""
    return np.polyfit(*points(n, draw), degree)


@cache
def curve_errors(degree, n, draw):
    """(training error, test error) of the fitted polynomial, as roots of mean squared errors."""
    p, (x, t), (new_x, new_t) = fitted(degree, n, draw), points(n, draw), new_points()
    return rmse(np.polyval(p, x), t), rmse(np.polyval(p, new_x), new_t)


LOWEST, HIGHEST = 0.01, 100.0  # of the errors drawn


def _clipped(errors):
    return np.clip(errors, LOWEST, HIGHEST)


def _draw_fit(ax, n, draw, y):
    ax.plot(ACROSS, wave(ACROSS), ":", color=GREY)
    ax.plot(ACROSS, y, color=ORANGE)
    ax.plot(*points(n, draw), "o", color=BLUE, markersize=5 if n <= 100 else 2)
    ax.set(xlim=(-1.05, 1.05), ylim=(-2, 2), xlabel="$x$", ylabel="$t$, $y$")


def _draw_errors(ax, at, train, test, here):
    """Training (dotted, squares) and test error (solid, circles) against something, up to the present place."""
    i = list(at).index(here)
    ax.plot(at[: i + 1], _clipped(train[: i + 1]), ":", color=GREY)
    ax.plot(at[: i + 1], _clipped(test[: i + 1]), color=BLUE)
    ax.plot(here, _clipped(train[i]), "s", color=GREY)
    ax.plot(here, _clipped(test[i]), "o", color=ORANGE)
    ax.set(yscale="log", ylim=(LOWEST * 0.8, HIGHEST * 1.3), yticks=[0.01, 0.1, 1, 10, 100])
    ax.set(yticklabels=["≤0.01", "0.1", "1", "10", "≥100"], ylabel="error")
    ax.minorticks_off()


def degrees(fig, degree, n, sample):
    """Left, the points and the fitted polynomial; right, training and test error of the degrees up to it."""
    left, right = fig.subplots(1, 2, width_ratios=(1, 1.1))
    _draw_fit(left, n, sample, np.polyval(fitted(degree, n, sample), ACROSS))
    errors = np.array([curve_errors(d, n, sample) for d in DEGREES])
    _draw_errors(right, list(DEGREES), *errors.T, degree)
    right.set(xlim=(-0.4, 9.4), xticks=[0, 3, 6, 9], xlabel="degree")


def degrees_alt(degree, n, sample):
    train, test = curve_errors(degree, n, sample)
    told = "0" if train < 1e-6 else short(train)
    return f"Degree {degree} on {n} points: training error (dotted, square) {told}, error on new points (solid, circle) {short(test)}."


# ---------------------------------------------------------------- the same curve with a penalty

STRENGTHS = (0.0, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0)
RIDGE_POINTS = 15


def powers(x, degree=9):
    """x, x², … x^degree as columns, (N, degree)."""
    return np.asarray(x)[:, np.newaxis] ** np.arange(1, degree + 1)


def ridge(x, t, strength, degree=9):
    """(w, b) with the least mean squared error + ½·strength·Σw², for y = powers(x)·w + b; the bias goes free."""
    X = np.column_stack([powers(x, degree), np.ones(len(x))])
    pull = strength * np.diag([1.0] * degree + [0.0])
    solution = np.linalg.solve(2 / len(x) * X.T @ X + pull, 2 / len(x) * X.T @ t)
    return solution[:-1], solution[-1]


@cache
def ridge_fit(strength, draw):
    """(w, b, training error, test error) for degree 9 on 15 points."""
    x, t = points(RIDGE_POINTS, draw)
    w, b = ridge(x, t, strength)
    new_x, new_t = new_points()
    return w, b, rmse(powers(x) @ w + b, t), rmse(powers(new_x) @ w + b, new_t)


def tamed(fig, strength, sample):
    """Left, degree 9 with a penalty of this strength; right, both errors for the strengths up to it."""
    left, right = fig.subplots(1, 2, width_ratios=(1, 1.1))
    w, b, _, _ = ridge_fit(strength, sample)
    _draw_fit(left, RIDGE_POINTS, sample, powers(ACROSS) @ w + b)
    errors = np.array([ridge_fit(s, sample)[2:] for s in STRENGTHS])
    _draw_errors(right, list(range(len(STRENGTHS))), *errors.T, STRENGTHS.index(strength))
    right.set(xlim=(-0.3, len(STRENGTHS) - 0.7), xticks=range(len(STRENGTHS)), xlabel="strength $λ$")
    right.set_xticklabels(["0", "", "10⁻⁴", "", "0.01", "", "1", "10"])


def tamed_alt(strength, sample):
    w, _, train, test = ridge_fit(strength, sample)
    return (
        f"λ = {plain(strength)}: training error (dotted, square) {short(train)}, error on new points (solid, circle) "
        f"{short(test)}; the largest weight has the size {short(abs(w).max())}."
    )


# ---------------------------------------------------------------- the pull of L1 and of L2 on one weight

WISH = 1.0  # where the loss alone would put the weight
WEIGHTS = np.linspace(-0.6, 1.6, 221)
PULLS = ("L1", "L2")


def penalty_of(kind, strength, w):
    """λ|w| or ½λw², for an array of single weights."""
    return strength * abs(w) if kind == "L1" else 0.5 * strength * w**2


def lowest(kind, strength):
    """The weight at which ½(w − 1)² plus the penalty is smallest."""
    return max(WISH - strength, 0.0) if kind == "L1" else WISH / (1 + strength)


def pull(ax, kind, strength):
    """The loss ½(w − 1)², dotted; the penalty, dashed; their sum, solid, with its lowest place."""
    loss, penalty = 0.5 * (WEIGHTS - WISH) ** 2, penalty_of(kind, strength, WEIGHTS)
    ax.plot(WEIGHTS, loss, ":", color=GREY)
    ax.plot(WEIGHTS, penalty, "--", color=BLUE)
    ax.plot(WEIGHTS, loss + penalty, color=INK)
    at = lowest(kind, strength)
    ax.plot(at, 0.5 * (at - WISH) ** 2 + penalty_of(kind, strength, at), "o", color=ORANGE, markersize=9)
    ax.axvline(0, color=GREY, linewidth=1)
    ax.set(xlim=(-0.6, 1.6), ylim=(-0.08, 1.6), xlabel="weight $w$", ylabel="loss, penalty, sum")


def pull_alt(kind, strength):
    at = lowest(kind, strength)
    return f"{kind} with λ = {strength:g}: the sum of loss and penalty is lowest at w = {at:.3g}{', exactly' if at == 0 else ''}."


# ---------------------------------------------------------------- a network, its width, and time

MOON_EPOCHS = (1, 3, 10, 30, 100, 300, 1000)
WIDTHS = (1, 4, 16, 64)
GRID = np.linspace(-1.8, 2.8, 93), np.linspace(-1.4, 1.9, 67)
MOON_BOX = (-1.8, 2.8, -1.4, 1.9)


@cache
def moon_parts(seed=0):
    """(X, t) for training, 40 points, and for validation, 1000: noisy half moons, targets (N,)."""
    rng = np.random.default_rng([seed, 7])
    return moons(40, noise=0.35, rng=rng), moons(1000, noise=0.35, rng=rng)


@cache
def moon_training(width, seed=0, epochs=MOON_EPOCHS[-1]):
    """(training losses, validation losses, {epoch: (outputs on the grid, points on the wrong side)}) of a network 2-width-1."""
    (X, t), (V, s) = moon_parts(seed)
    rng = np.random.default_rng([seed, width])
    net = Sequential([Dense(2, width, rng=rng), tanh, Dense(width, 1, rng=rng)])
    rule, across = Adam(0.01), np.array(np.meshgrid(*GRID)).reshape(2, -1).T
    losses, watched, seen, done = [], [], {}, 0
    for epoch in [e for e in MOON_EPOCHS if e <= epochs]:
        history = fit(
            net,
            sigmoid_cross_entropy,
            rule,
            X,
            t[:, None],
            epochs=epoch - done,
            batch_size=20,
            rng=rng,
            validation=(V, s[:, None]),
            progress=False,
        )
        losses.extend(history.loss), watched.extend(history.val_loss)
        wrong = int(np.sum((net.forward(X)[:, 0] > 0) != t))
        seen[epoch] = net.forward(across).reshape(len(GRID[1]), len(GRID[0])), wrong
        done = epoch
    return np.array(losses), np.array(watched), seen


def moon_lesson(fig, width, epochs):
    """Left, the 40 points and the network's edge; right, both losses up to this epoch."""
    losses, watched, seen = moon_training(width)
    left, right = fig.subplots(1, 2, width_ratios=(1.25, 1))
    X, t = moon_parts()[0]
    left.contourf(*GRID, seen[epochs][0], levels=[0, np.inf], colors=[ORANGE], alpha=0.2)
    left.contour(*GRID, seen[epochs][0], levels=[0], colors=[INK], linewidths=2)
    draw_classes(left, X, t, size=5)
    left.set(xlim=MOON_BOX[:2], ylim=MOON_BOX[2:], xlabel="$x_1$", ylabel="$x_2$")
    at = np.arange(1, epochs + 1)
    right.plot(at, losses[:epochs], ":", color=GREY)
    right.plot(at, watched[:epochs], color=BLUE)
    right.plot(epochs, losses[epochs - 1], "s", color=GREY)
    right.plot(epochs, watched[epochs - 1], "o", color=ORANGE)
    right.set(xscale="log", xlim=(0.8, 1300), ylim=(0, 1.35), xlabel="epochs", ylabel="loss")
    right.set(xticks=[1, 10, 100, 1000], xticklabels=["1", "10", "100", "1000"])
    right.minorticks_off()


def moon_lesson_alt(width, epochs):
    losses, watched, seen = moon_training(width)
    wrong = seen[epochs][1]
    return (
        f"{width} hidden neuron{'' if width == 1 else 's'}, after {epochs} epoch{'' if epochs == 1 else 's'}: training loss (dotted, square) "
        f"{losses[epochs - 1]:.2f}, validation loss (solid, circle) {watched[epochs - 1]:.2f}; its lowest so far is "
        f"{watched[:epochs].min():.2f}. {wrong} of the 40 points {'is' if wrong == 1 else 'are'} on the wrong side of the edge."
    )


# ---------------------------------------------------------------- real digits


@cache
def digit_parts():
    """(X, t) for the pool that training data are drawn from, for validation and for testing; pixels from 0 to 1."""
    rng = np.random.default_rng(0)
    rest, test = stratified_split(*digits(scale=True), test=0.5, rng=rng)
    pool, validation = stratified_split(*rest, test=0.22, rng=rng)
    return pool, validation, test


def few(each, seed):
    """(X, t): so many training pictures of each digit, drawn from the pool."""
    (X, t), rng = digit_parts()[0], np.random.default_rng([seed, 99])
    chosen = np.concatenate([rng.permutation(np.flatnonzero(t == k))[:each] for k in range(10)])
    chosen = rng.permutation(chosen)
    return X[chosen], t[chosen]


NEIGHBOURS = ((-1, 0), (1, 0), (0, -1), (0, 1))  # to the left, right, up and down


def small_net(width=64, dropout=0.0, *, rng):
    """A network 64-width-10 with ReLU, and with dropout behind the hidden layer if it is asked for."""
    dropped = [Dropout(dropout, rng=rng)] if dropout else []
    return Sequential([Dense(64, width, rng=rng), relu, *dropped, Dense(width, 10, rng=rng)])


STEPS, BATCH = 1000, 20
SEEDS = range(8)


def lesson(seed, each=10, width=64, dropout=0.0, strength=0.0, shifts=False, patience=0):
    """(validation accuracy, test accuracy, test loss) of a network that learned few digits in 1000 steps of 20 pictures.

    seed: of the training pictures, the first weights and the order. each: pictures of each digit. strength: of an L2
    penalty. shifts: with copies moved by a pixel. patience: of early stopping, 0 for none.
    """
    return _lesson(seed, each, width, dropout, strength, shifts, patience)  # one key, however it was called


@cache
def _lesson(seed, each, width, dropout, strength, shifts, patience):
    _, validation, (X_test, t_test) = digit_parts()
    X, t = few(each, seed)
    X, t = with_shifted(X, t, NEIGHBOURS) if shifts else (X, t)
    rng = np.random.default_rng(seed)
    net = small_net(width, dropout, rng=rng)
    stopping = EarlyStopping(patience) if patience else None
    fit(
        net,
        softmax_cross_entropy,
        Adam(0.01),
        X,
        t,
        epochs=STEPS * BATCH // len(X),
        batch_size=BATCH,
        rng=rng,
        validation=validation if stopping else None,
        penalty=L2(strength) if strength else None,
        early_stopping=stopping,
        progress=False,
    )
    Z = net.forward(X_test)
    right = accuracy(net.forward(validation[0]), validation[1])
    return right, accuracy(Z, t_test), softmax_cross_entropy(Z, t_test)


REMEDIES = {
    "nothing": {},
    "16 neurons": {"width": 16},
    "dropout 0.5": {"dropout": 0.5},
    "early stopping": {"patience": 10},
    "L2 0.001": {"strength": 0.001},
    "shifts": {"shifts": True},
    "shifts and L2": {"shifts": True, "strength": 0.001},
    "200 pictures": {"each": 20},
    "400 pictures": {"each": 40},
}


def runs_of(remedy):
    """(validation accuracy, test accuracy, test loss) of all eight draws with such a remedy, (8, 3)."""
    return np.array([lesson(seed, **REMEDIES[remedy]) for seed in SEEDS])


def search(grid, seed):
    """The Trial that a grid search puts first, judged on validation data, and the winner's accuracy on test data."""
    best = grid_search(lambda **settings: lesson(seed, **settings)[0], grid)[0]
    return best, lesson(seed, **best.settings)[1]


# ---------------------------------------------------------------- one neuron, two penalties

NEURON_STRENGTHS = (0.0, 0.001, 0.003, 0.01, 0.03)
SMALL = 0.01  # a weight below this size counts as 0


def threes_and_eights(part):
    """(X, t) with targets (N, 1), 1 for an 8: the 3s and 8s of such a part."""
    X, t = part
    kept = np.isin(t, (3, 8))
    return X[kept], (t[kept] == 8).astype(float)[:, np.newaxis]


@cache
def neuron_weights(kind, strength, seed=0):
    """(weights (64,), accuracy on test data) of one sigmoid neuron that learned 20 3s and 20 8s with a penalty, from zeros."""
    X, t = threes_and_eights(few(20, seed))
    neuron = Dense(64, 1, init="zeros")
    penalty = {"L1": L1, "L2": L2}[kind](strength)
    fit(
        neuron,
        sigmoid_cross_entropy,
        SGD(0.1),
        X,
        t,
        epochs=3000,
        batch_size=len(X),
        rng=np.random.default_rng(seed),
        penalty=penalty,
        progress=False,
    )
    X_test, t_test = threes_and_eights(digit_parts()[2])
    return neuron.params["W"].ravel(), accuracy(neuron.forward(X_test), t_test.astype(int), threshold=0)


def neuron(fig, kind, strength):
    """The 64 weights as a picture, and their sizes in order."""
    w, _ = neuron_weights(kind, strength)
    image, sizes = fig.subplots(1, 2, width_ratios=(1, 1.3))
    draw_image(image, w, cmap="PuOr_r", vmin=-3, vmax=3)
    image.set_title("weights")
    sizes.bar(np.arange(1, 65), np.sort(abs(w))[::-1], width=0.8, color=BLUE)
    sizes.set(xlim=(0, 65), ylim=(0, 3), xticks=[1, 16, 32, 48, 64], xlabel="weights, in order of size", ylabel="size")


def neuron_alt(kind, strength):
    w, right = neuron_weights(kind, strength)
    return (
        f"{kind} with λ = {strength:g}: {np.sum(abs(w) < SMALL)} of the 64 weights are below 0.01 in size, the largest is {abs(w).max():.2f}; "
        f"{100 * right:.1f} % of the test pictures are told rightly."
    )


# ---------------------------------------------------------------- random features: beyond the U

FEATURES = (5, 10, 20, 30, 40, 50, 60, 80, 100, 120, 150, 200, 250, 300, 400, 800, 1600)


@cache
def random_features(each, seed=0):
    """(mean squared training error, share wrong on test data) for each number of features.

    The hidden weights stay random. The output weights are those with the least squared error and, among several, with
    the smallest sum of squares.
    """
    X, t = few(each, seed)
    _, _, (X_test, t_test) = digit_parts()
    R = np.random.default_rng(seed).normal(size=(64, FEATURES[-1])) / 4
    ends = []
    for n in FEATURES:
        H, H_test = np.maximum(X @ R[:, :n], 0), np.maximum(X_test @ R[:, :n], 0)
        W = np.linalg.lstsq(H, one_hot(t, 10), rcond=None)[0]
        ends.append((mse(H @ W, one_hot(t, 10)), 1 - accuracy(H_test @ W, t_test)))
    return np.array(ends).T


NEURONS = (10, 20, 50, 100, 200, 400, 1600)  # the stops of the slider


def beyond(ax, pictures, neurons):
    """The share of test digits told wrongly, up to so many hidden neurons; dashed, the number of training pictures."""
    seen = FEATURES.index(neurons) + 1
    for seed in DRAWS:
        wrong = random_features(pictures // 10, seed)[1]
        ax.plot(FEATURES[:seen], 100 * wrong[:seen], "o-", color=BLUE, linewidth=1, markersize=3)
    ax.axvline(pictures, color=ORANGE, linestyle="--")
    ax.set(xscale="log", xlim=(4.5, 1800), ylim=(0, 100), xlabel="hidden neurons", ylabel="wrong on test data, %")
    ax.set(xticks=[5, 10, 50, 100, 500, 1000], xticklabels=["5", "10", "50", "100", "500", "1000"])
    ax.minorticks_off()


def beyond_alt(pictures, neurons):
    wrong = [100 * random_features(pictures // 10, seed)[1][FEATURES.index(neurons)] for seed in DRAWS]
    return (
        f"{pictures} training pictures, {neurons} hidden neurons: the three draws tell {min(wrong):.0f} to {max(wrong):.0f} % "
        f"of the test digits wrongly."
    )


# ---------------------------------------------------------------- learning curves

MANY = (10, 15, 20, 30, 50, 100, 300, 1000)


@cache
def middle_error(degree, n):
    """(training error, test error), each the middle one of 50 draws."""
    return tuple(np.median([curve_errors(degree, n, draw) for draw in range(50)], axis=0))


@cache
def four_trainings():
    """Histories of four networks, by letter."""
    pool, validation, _ = digit_parts()
    cases = {
        "A": (few(5, 0), 64, 0.0, 0.0, 5),
        "B": (pool, 64, 0.8, 0.0, 50),
        "C": (pool, 64, 0.0, 0.1, 50),
        "D": (pool, 64, 0.0, 0.001, 50),
    }
    found = {}
    for letter, (part, width, dropout, strength, batch) in cases.items():
        rng = np.random.default_rng(3)
        net = small_net(width, dropout, rng=rng)
        penalty = L2(strength) if strength else None
        found[letter] = fit(
            net,
            softmax_cross_entropy,
            Adam(0.01),
            *part,
            epochs=100,
            batch_size=batch,
            rng=rng,
            validation=validation,
            penalty=penalty,
            progress=False,
        )
    return found


def four_curves(fig):
    """Training loss dotted, validation loss solid, for the four networks."""
    for ax, (letter, history) in zip(
        fig.subplots(2, 2, sharex=True, sharey=True).ravel(), four_trainings().items(), strict=True
    ):
        at = np.arange(1, len(history) + 1)
        ax.plot(at, history.loss, ":", color=GREY)
        ax.plot(at, history.val_loss, color=BLUE)
        ax.set(xlim=(0, 101), ylim=(0, 2.4), title=letter)
    for ax in fig.axes[2:]:
        ax.set_xlabel("epochs")
    for ax in fig.axes[::2]:
        ax.set_ylabel("loss")


def four_curves_alt():
    return (
        "Four pairs of curves from epoch 1 to 100. A: the dotted curve falls to 0, the solid one to about 0.6, and then it climbs slowly "
        "to about 0.75. B: the solid curve falls to about 0.2, the dotted one stays above it, at 0.6 in the end. C: both fall to about 1.35 in three "
        "epochs and then stay near 1.3. D: both fall and stay low, the dotted one near 0, the solid one at about 0.16."
    )


def shifted_digit(fig):
    """One picture and its four copies."""
    X, t = few(10, 0)
    copies = with_shifted(X[:1], t[:1], NEIGHBOURS)[0]
    draw_digits(fig, copies, ["as it is", "left", "right", "up", "down"], columns=5)
    for ax in fig.axes:
        ax.spines[:].set_visible(True)


def shifted_digit_alt():
    return f"A handwritten {few(10, 0)[1][0]}, and the same moved by one pixel to the left, right, up and down."


# ---------------------------------------------------------------- traps and baselines


def picked_features(picked_on, seed, samples=60, features=2000, kept=10):
    """The share right on the second half of pure noise, by a rule from the first half on a few picked features.

    picked_on: "all data" or "training data", where the features are looked for whose class means differ most. The
    rule: a sample belongs to the class whose mean is nearer.
    """
    rng = np.random.default_rng(seed)
    X, t = rng.normal(size=(samples, features)), np.arange(samples) % 2
    first = np.arange(samples) < samples // 2
    seen = np.full(samples, True) if picked_on == "all data" else first
    zero, one = (X[seen & (t == k)].mean(axis=0) for k in (0, 1))
    best = np.argsort(abs(one - zero))[-kept:]
    zero, one = (X[first & (t == k)][:, best].mean(axis=0) for k in (0, 1))
    z = (X[~first][:, best] - (zero + one) / 2) @ (one - zero)
    return float(np.mean((z > 0) == t[~first]))


def nearest(seed, each=10):
    """The share of test digits that have the label of the training picture nearest to them."""
    (X, t), (X_test, t_test) = few(each, seed), digit_parts()[2]
    distance = (X**2).sum(axis=1) - 2 * X_test @ X.T  # squared, but for what depends on the test picture alone
    return float(np.mean(t[distance.argmin(axis=1)] == t_test))
