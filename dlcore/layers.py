"""Layers: functions with parameters, which can pass a gradient back from their output to their input."""

import math

import numpy as np

from dlcore.checks import as_numbers, check_count
from dlcore.initializers import initial_weights
from dlcore.sums import sum_rows


class Layer:
    """What every layer can do.

    forward(x, train=False) returns the output; only train=True stores what `backward` needs.
    backward(dout) takes ∂L/∂output, overwrites `grads` with ∂L/∂parameter, and returns ∂L/∂x.
    params, grads: dict[str, ndarray] with the same names; buffers: other arrays worth saving.
    """

    def __init__(self, params=None):
        self.params = dict(params or {})
        self.grads = {name: np.zeros_like(p) for name, p in self.params.items()}
        self.buffers = {}
        self._cache = None

    def forward(self, x, train=False):
        raise NotImplementedError

    def backward(self, dout):
        raise NotImplementedError

    def backward_params(self, dout):
        """Like backward, but without ∂L/∂x, which nobody needs of a network's first layer; returns nothing."""
        self.backward(dout)

    def leaves(self):
        """The layers that hold the parameters themselves: this one, unless it is made of others."""
        return [self]

    def vectors(self):
        """params and grads in the form in which an optimizer's step is quickest."""
        return self.params, self.grads

    @property
    def n_params(self):
        """How many numbers the layer learns."""
        return sum(p.size for p in self.params.values())

    def _recall(self):
        if self._cache is None:
            raise ValueError(
                f"Expected {self!r}.forward(x, train=True) before backward, got none: "
                "only a training pass stores what backward needs."
            )
        return self._cache


class Dense(Layer):
    """z = x·W + b: every output is a weighted sum of every input.

    x (N, n_in), W (n_in, n_out), b (n_out,), z (N, n_out). Backwards, with dout = ∂L/∂z: ∂L/∂W = xᵀ·dout,
    ∂L/∂b = Σ dout over the batch, ∂L/∂x = dout·Wᵀ. No mean is taken here: the loss has already divided by N.

    init: "he", "xavier", "normal", "zeros", "ones" or a function of (shape, rng); b starts at 0. rng: a numpy
    Generator, required wherever the weights are random. dtype: float64, or float32 for speed; inputs are converted
    to it. Raises ValueError for inputs of another shape, for an empty batch and, outside training, for NaN and inf
    (in training the loss finds them).
    """

    def __init__(self, n_in, n_out, *, rng=None, init="he", dtype=float):
        shape = check_count(n_in, "n_in"), check_count(n_out, "n_out")
        W = np.array(initial_weights(init, shape, rng), dtype=check_float_type(dtype))
        super().__init__({"W": W, "b": np.zeros(n_out, dtype=W.dtype)})

    def forward(self, x, train=False):
        W, b = self.params["W"], self.params["b"]
        x = check_batch(x, W.shape[0], W.dtype, self, finite=not train)
        if train:
            self._cache = x
        z = np.dot(x, W)
        z += b
        return z

    def backward_params(self, dout):
        x = self._recall()
        dout = check_gradient(dout, (len(x), len(self.params["b"])), x.dtype, self)
        np.dot(x.T, dout, out=self.grads["W"])
        sum_rows(dout, out=self.grads["b"])

    def backward(self, dout):
        self.backward_params(dout)
        W = self.params["W"]
        return np.dot(np.asarray(dout, dtype=W.dtype), W.T)

    def __repr__(self):
        return "Dense({}, {})".format(*self.params["W"].shape)


class Elementwise(Layer):
    """f(z) for an activation f, as a layer without parameters; `Sequential` wraps activations in it."""

    def __init__(self, f):
        super().__init__()
        self.f = f

    def forward(self, x, train=False):
        if train:
            self._cache = as_numbers(x)
        return self.f(x)

    def backward(self, dout):
        z = self._recall()
        return self.f.backward(z, check_gradient(dout, z.shape, z.dtype, self))

    def __repr__(self):
        return repr(self.f)


def check_batch(x, width, dtype, layer, *, finite):
    """x as an array (N, width) of dtype. Raises ValueError for another shape, no rows and, if asked, NaN and inf."""
    x = np.asarray(x)
    if x.dtype != dtype and x.dtype.kind != "O" and dtype.kind != "O":
        x = as_numbers(x).astype(dtype)
    if x.ndim != 2 or x.shape[1] != width or len(x) == 0:
        raise ValueError(
            f"Expected inputs of shape (N, {width}) with N ≥ 1 for {layer!r}, got shape {x.shape}: "
            "samples are rows, and one sample alone is x[np.newaxis]."
        )
    if finite and x.dtype.kind == "f" and not math.isfinite(x.sum()) and not np.isfinite(x).all():
        raise ValueError(
            f"Expected finite inputs for {layer!r}, got NaN or inf: check the data, or whether the "
            "weights have grown without bound."
        )
    return x


def check_gradient(dout, shape, dtype, layer):
    """dout as an array of the output's shape. Raises ValueError for any other shape."""
    dout = np.asarray(dout)
    if dout.dtype != dtype:
        dout = dout.astype(dtype)
    if dout.shape != shape:
        raise ValueError(
            f"Expected dout of the output's shape {shape} for {layer!r}, got shape {dout.shape}: "
            "pass the gradient for the output of the last forward(x, train=True)."
        )
    return dout


def check_float_type(dtype):
    """dtype as float64 or float32. Raises ValueError for any other."""
    dtype = np.dtype(dtype)
    if dtype not in (np.float32, np.float64):
        raise ValueError(f"Expected dtype float64 or float32, got {dtype}.")
    return dtype
