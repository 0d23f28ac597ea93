"""Sums along one axis of a matrix, as products with ones: quicker than numpy's sum on a training step's small ones."""

from functools import lru_cache

import numpy as np


def sum_rows(a, out=None):
    """Σ over the rows of a (N, K): (K,). out: an array of that shape to write into."""
    return np.dot(_ones((len(a),), a.dtype), a, out=out)


def sum_columns(a):
    """Σ over the columns of a (N, K): (N, 1)."""
    return np.dot(a, _ones((a.shape[1], 1), a.dtype))


@lru_cache(maxsize=64)
def _ones(shape, dtype):
    return np.ones(shape, dtype)
