"""Checks of what dlcore is given; each error says what was expected, what came and what to do."""

import math

import numpy as np


def as_numbers(z, name="the input"):
    """z as an array of floats; float32, float64 and object arrays (of graph values) pass unchanged.

    Raises ValueError for anything that is not made of real numbers.
    """
    z = np.asarray(z)
    if z.dtype.kind in "fO":
        return z
    if z.dtype.kind in "iub":
        return z.astype(float)
    raise ValueError(f"Expected {name} to hold real numbers, got dtype {z.dtype}: convert it to float first.")


def as_floats(x, name):
    """x as an array of finite floats, float32 or float64. Raises ValueError for anything else."""
    x = as_numbers(x, name)
    if x.dtype.kind == "O":
        raise ValueError(
            f"Expected {name} to hold real numbers, got an array of objects: "
            "give every row the same length and every entry a number."
        )
    if not np.isfinite(x).all():
        count = x.size - np.count_nonzero(np.isfinite(x))
        raise ValueError(
            f"Expected {name} to be finite, got {count} NaN or infinite of {x.size} entries: remove or replace them."
        )
    return x


def check_samples(x, t):
    """Raise ValueError unless x and t hold the same number of samples, at least one."""
    if x.ndim == 0 or t.ndim == 0 or len(x) != len(t):
        raise ValueError(
            f"Expected one target a sample, got inputs of shape {x.shape} and targets of shape "
            f"{t.shape}: their first axes must be equally long."
        )
    if x.size == 0:
        raise ValueError(f"Expected at least one sample and one feature, got inputs of shape {x.shape}.")


def check_labels(t, classes=None):
    """t as an integer array of labels 0 … classes − 1. Raises ValueError for anything else."""
    t = np.asarray(t)
    if t.dtype.kind not in "iub" and not (t.dtype.kind == "f" and np.array_equal(t, np.floor(t))):
        raise ValueError(f"Expected integer class labels, got dtype {t.dtype}: use labels 0, 1, 2 …")
    if t.size and (t.min() < 0 or (classes is not None and t.max() >= classes)):
        top = "" if classes is None else f" to {classes - 1}"
        raise ValueError(
            f"Expected class labels from 0{top}, got labels from {t.min()} to {t.max()}: number the classes from 0."
        )
    return t.astype(np.intp, copy=False)


def check_rng(rng):
    """rng itself. Raises ValueError unless it is a numpy Generator."""
    if not isinstance(rng, np.random.Generator):
        raise ValueError(
            f"Expected rng to be a numpy Generator, got {rng!r}: "
            "pass rng=np.random.default_rng(0), so that every run gives the same numbers."
        )
    return rng


def check_count(value, name, least=1):
    """value as an int. Raises ValueError unless it is a whole number of at least `least`."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)) or value < least:
        raise ValueError(f"Expected {name} to be a whole number of at least {least}, got {value!r}.")
    return int(value)


def check_number(value, name, low=0.0, high=math.inf, *, low_open=False, high_open=True):
    """value as a float within the interval from low to high. Raises ValueError outside it, and for NaN."""
    interval = f"{'(' if low_open else '['}{low:g}, {high:g}{')' if high_open else ']'}"
    if isinstance(value, (bool, np.bool_, str)) or not np.isscalar(value) or not np.isreal(value):
        raise ValueError(f"Expected {name} to be a number in {interval}, got {value!r}.")
    inside = (low < value if low_open else low <= value) and (value < high if high_open else value <= high)
    if not inside:
        raise ValueError(f"Expected {name} to be in {interval}, got {value!r}: choose a value inside.")
    return float(value)
