"""Handwritten digits, divided and shifted, for the chapters that learn from them."""

from functools import cache

import numpy as np

from dlcore.datasets import digits, stratified_split


@cache
def digit_parts(seed=0):
    """(X, t) for training, validation and testing: 60, 20 and 20 % of the digits, pixels from 0 to 1."""
    rng = np.random.default_rng(seed)
    rest, test = stratified_split(*digits(scale=True), test=0.2, rng=rng)
    train, validation = stratified_split(*rest, test=0.25, rng=rng)
    return train, validation, test


def shifted(X, to_right, down):
    """The pictures X (N, 64) moved by whole pixels; what leaves the square is lost, what comes in is white."""
    old = np.reshape(X, (-1, 8, 8))
    new = np.zeros_like(old)
    new[:, max(down, 0) : 8 + min(down, 0), max(to_right, 0) : 8 + min(to_right, 0)] = old[
        :, max(-down, 0) : 8 + min(-down, 0), max(-to_right, 0) : 8 + min(-to_right, 0)
    ]
    return new.reshape(-1, 64)


def with_shifted(X, t, steps):
    """The pictures, and a copy of each for every step (to_right, down): (N + N · steps, 64), and the labels."""
    return np.concatenate([X, *(shifted(X, *step) for step in steps)]), np.tile(t, 1 + len(steps))
