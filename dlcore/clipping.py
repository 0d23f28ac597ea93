"""Gradient clipping: an upper limit for the step when gradients explode. It does nothing for vanishing ones."""

import numpy as np

from dlcore.checks import check_number


def global_norm(grads):
    """√(Σ g²) over every number of every gradient in the dict: the length of the whole gradient."""
    return float(np.sqrt(sum(np.dot(g.ravel(), g.ravel()) for g in grads.values())))


def clip_by_norm(grads, limit):
    """g·min(1, limit / ‖g‖), with ‖g‖ = global_norm(grads): a new dict, the same direction, at most `limit` long.

    limit > 0. Pascanu, Mikolov & Bengio (2013), On the difficulty of training recurrent neural networks,
    ICML, algorithm 1.
    """
    check_number(limit, "limit", low_open=True)
    norm = global_norm(grads)
    scale = limit / norm if norm > limit else 1.0
    return {name: scale * g for name, g in grads.items()}


def clip_by_value(grads, limit):
    """min(max(g, −limit), limit) for every number: a new dict; the direction may change. limit > 0."""
    check_number(limit, "limit", low_open=True)
    return {name: np.clip(g, -limit, limit) for name, g in grads.items()}
