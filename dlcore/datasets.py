"""Small data sets: made ones with exactly the shape a lesson needs, and 1797 real handwritten digits.

Inputs X are (N, D) floats. Targets t are integer labels (N,) for classes and floats (N, 1) for curves.
"""

from pathlib import Path

import numpy as np

from dlcore.checks import as_floats, check_count, check_labels, check_number, check_rng, check_samples


def moons(n, *, noise=0.1, rng):
    """Two interleaved half circles: X (n, 2), t (n,) of 0 (upper) and 1 (lower).

    noise: standard deviation of the normal noise added to both coordinates.
    """
    t = np.arange(check_count(n, "n", 2)) % 2
    angle = np.pi * check_rng(rng).random(n)
    upper = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    X = np.where(t[:, np.newaxis] == 0, upper, [1.0, 0.5] - upper)
    return _shuffled(X + _noise(noise, X.shape, rng), t, rng)


def spirals(n, *, classes=3, noise=0.2, rng):
    """Spiral arms around the origin, one a class: X (n, 2), t (n,) of 0 … classes − 1.

    At radius r from 0 to 1, arm k has the angle 4·(k + r) radians; noise: standard deviation of that
    angle. The data of the Stanford CS231n notes, "Putting it together: minimal neural network case
    study".
    """
    check_count(classes, "classes", 2)
    t = np.arange(check_count(n, "n", classes)) % classes
    r = check_rng(rng).random(n)
    angle = 4 * (t + r) + _noise(noise, n, rng)
    return _shuffled(np.stack([r * np.sin(angle), r * np.cos(angle)], axis=1), t, rng)


def blobs(n, *, centers=((-1.5, 0.0), (1.5, 0.0)), spread=0.5, rng):
    """Round clouds of points, one a class: X (n, D), t (n,) of 0 … K − 1.

    centers: (K, D); spread: standard deviation around a centre, in every direction.
    """
    centers = as_floats(centers, "centers")
    if centers.ndim != 2:
        raise ValueError(f"Expected centers of shape (K, D), one row a class, got shape {centers.shape}.")
    t = np.arange(check_count(n, "n", len(centers))) % len(centers)
    X = centers[t] + _noise(spread, (n, centers.shape[1]), check_rng(rng))
    return _shuffled(X, t, rng)


def curve(f, n, *, low=-1.0, high=1.0, noise=0.1, rng):
    """Samples of a curve: x uniform from low to high, sorted, t = f(x) + normal noise; X (n, 1), t (n, 1).

    f: a function of an array, such as np.sin; noise: standard deviation.
    """
    if not low < high:
        raise ValueError(f"Expected low < high, got low={low!r} and high={high!r}.")
    X = np.sort(check_rng(rng).uniform(low, high, size=(check_count(n, "n"), 1)), axis=0)
    return X, f(X) + _noise(noise, X.shape, rng)


def noisy_sine(n, *, noise=0.1, rng):
    """One period of a sine: x uniform in [−π, π), t = sin x + normal noise; X (n, 1), t (n, 1)."""
    return curve(np.sin, n, low=-np.pi, high=np.pi, noise=noise, rng=rng)


def digits(classes=None, *, scale=False):
    """Handwritten digits, 8×8 pixels: X (1797, 64) floats from 0 (white) to 16 (black), t (1797,) of 0 … 9.

    classes: keep only these digits, such as (0, 1), with their own labels; scale=True divides X by 16.
    A row of X becomes a picture by reshape(8, 8).

    E. Alpaydin & C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository,
    1998, https://doi.org/10.24432/C50P49, CC BY 4.0: its test set, written by 13 people.
    """
    with np.load(Path(__file__).with_name("data") / "digits.npz", allow_pickle=False) as data:
        X, t = data["X"].astype(float), data["t"].astype(int)
    if classes is not None:
        wanted = check_labels(classes, 10)
        if wanted.ndim != 1 or wanted.size == 0:
            raise ValueError(f"Expected classes to be a sequence of digits such as (0, 1), got {classes!r}.")
        keep = np.isin(t, wanted)
        X, t = X[keep], t[keep]
    return (X / 16 if scale else X), t


def stratified_split(X, t, *, test=0.2, rng):
    """(X_train, t_train), (X_test, t_test): each class gives the share `test` of its samples to the test set.

    X: (N, D); t: integer labels (N,); test: between 0 and 1 (a class's number of test samples is
    rounded). Both parts are shuffled by rng and hold every class; raises ValueError if a class has too
    few samples for that. To get three parts, split the training part again.
    """
    X, t = np.asarray(X), check_labels(t)
    check_samples(X, t)
    check_number(test, "test", 0, 1, low_open=True)
    order = check_rng(rng).permutation(len(t))
    members = [order[t[order] == k] for k in np.unique(t)]
    sizes = [round(test * len(m)) for m in members]
    for m, size in zip(members, sizes, strict=True):
        if not 0 < size < len(m):
            raise ValueError(
                f"Expected enough samples of class {t[m[0]]} for both parts, got {len(m)}, of "
                f"which {size} would be test data: add samples or change test={test}."
            )
    chosen = np.concatenate([m[:size] for m, size in zip(members, sizes, strict=True)])
    in_test = np.isin(order, chosen)
    return (X[order[~in_test]], t[order[~in_test]]), (X[order[in_test]], t[order[in_test]])


def _noise(sigma, shape, rng):
    return check_number(sigma, "the noise") * rng.standard_normal(shape)


def _shuffled(X, t, rng):
    order = rng.permutation(len(t))
    return X[order], t[order]
