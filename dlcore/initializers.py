"""Starting weights W of shape (n_in, n_out). Each initializer is a function of the shape and a generator."""

import numpy as np

from dlcore.checks import check_rng


def he(shape, rng):
    """W ~ N(0, 2 / n_in): keeps the size of the signal through ReLU layers.

    He, Zhang, Ren & Sun (2015), Delving deep into rectifiers, ICCV, section 2.2.
    """
    return np.sqrt(2 / shape[0]) * check_rng(rng).standard_normal(shape)


def xavier(shape, rng):
    """W ~ N(0, 2 / (n_in + n_out)): keeps the size of the signal through tanh layers, forwards and backwards.

    Glorot & Bengio (2010), Understanding the difficulty of training deep feedforward neural networks,
    AISTATS, equation 12 (the variance; they draw from a uniform distribution, equation 16). Also called
    Glorot.
    """
    return np.sqrt(2 / sum(shape)) * check_rng(rng).standard_normal(shape)


def normal(shape, rng):
    """W ~ N(0, 0.01²): small whatever the width, as was usual before Xavier; deep networks do not learn with it."""
    return 0.01 * check_rng(rng).standard_normal(shape)


def zeros(shape, rng=None):
    """W = 0, without rng. Right for biases; in hidden layers all neurons stay equal."""
    return np.zeros(shape)


def ones(shape, rng=None):
    """W = 1, without rng. All neurons start, and stay, equal."""
    return np.ones(shape)


INITIALIZERS = {f.__name__: f for f in (he, xavier, normal, zeros, ones)}


def initial_weights(init, shape, rng):
    """Weights by the initializer `init`, a name from INITIALIZERS or a function of (shape, rng)."""
    if not callable(init) and init not in INITIALIZERS:
        raise ValueError(f"Expected init to be one of {', '.join(INITIALIZERS)} or a function, got {init!r}.")
    W = (init if callable(init) else INITIALIZERS[init])(shape, rng)
    if np.shape(W) != shape:
        raise ValueError(f"Expected the initializer to return weights of shape {shape}, got {np.shape(W)}.")
    return W
