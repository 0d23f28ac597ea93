"""Normalization: features, or samples, brought to mean 0 and variance 1, then scaled and shifted as learned."""

import numpy as np

from dlcore.checks import check_count, check_number
from dlcore.layers import Layer, check_batch, check_float_type, check_gradient


def standardize(x, axis, eps):
    """x̂ = (x − mean) / √(variance + ε) along the axis, and 1 / √(variance + ε).

    The variance divides by the number of entries.
    """
    centred = x - x.mean(axis=axis, keepdims=True)
    scale = 1 / np.sqrt((centred**2).mean(axis=axis, keepdims=True) + eps)
    return centred * scale, scale


def standardize_backward(dout, x_hat, scale, axis):
    """∂L/∂x = scale·(dout − mean(dout) − x̂·mean(dout·x̂)), the means along the axis.

    The two means are there because the mean and the variance depend on x too.
    """
    mean = dout.mean(axis=axis, keepdims=True)
    slope = (dout * x_hat).mean(axis=axis, keepdims=True)
    return scale * (dout - mean - x_hat * slope)


class _Normalization(Layer):
    def __init__(self, n, eps, dtype):
        n, dtype = check_count(n, "the number of features"), check_float_type(dtype)
        super().__init__({"gamma": np.ones(n, dtype), "beta": np.zeros(n, dtype)})
        self.eps = check_number(eps, "eps", low_open=True)

    def _check(self, x, train):
        gamma = self.params["gamma"]
        return check_batch(x, len(gamma), gamma.dtype, self, finite=not train)

    def _scale_and_shift(self, x_hat):
        return self.params["gamma"] * x_hat + self.params["beta"]

    def backward(self, dout):
        x_hat, scale = self._recall()
        dout = check_gradient(dout, x_hat.shape, x_hat.dtype, self)
        self.grads["gamma"][...] = (dout * x_hat).sum(axis=0)
        self.grads["beta"][...] = dout.sum(axis=0)
        return standardize_backward(dout * self.params["gamma"], x_hat, scale, self.axis)

    def __repr__(self):
        return f"{type(self).__name__}({len(self.params['gamma'])})"


class BatchNorm(_Normalization):
    """y = γ·x̂ + β, with x̂ = (x − μ) / √(σ² + ε) for every feature. x, y (N, n); gamma γ, beta β (n,).

    Training: μ and σ² are the mean and variance of the feature over the batch, which needs N ≥ 2 samples.
    Use: they are running averages, the buffers "mean" and "var", r ← momentum·r + (1 − momentum)·(the
    batch's value), the variance there with N − 1 below. So a sample's output depends on its batch in
    training, and never in use.

    momentum: from 0 up to 1, as in Keras (there 0.99); PyTorch's momentum is 1 − ours. eps: ε > 0.
    Ioffe & Szegedy (2015), Batch normalization, ICML, algorithms 1 and 2.
    """

    axis = 0

    def __init__(self, n, *, momentum=0.9, eps=1e-5, dtype=float):
        super().__init__(n, eps, dtype)
        self.buffers = {"mean": np.zeros(n, dtype), "var": np.ones(n, dtype)}
        self.momentum = check_number(momentum, "momentum", 0, 1)

    def forward(self, x, train=False):
        x = self._check(x, train)
        if not train:
            mean, var = self.buffers["mean"], self.buffers["var"]
            return self._scale_and_shift((x - mean) / np.sqrt(var + self.eps))
        if len(x) < 2:
            raise ValueError("Expected at least 2 samples to train BatchNorm, got 1: one sample has no variance.")
        self._cache = standardize(x, self.axis, self.eps)
        self._average("mean", x.mean(axis=0))
        self._average("var", x.var(axis=0, ddof=1))
        return self._scale_and_shift(self._cache[0])

    def _average(self, name, value):
        self.buffers[name] *= self.momentum
        self.buffers[name] += (1 - self.momentum) * value


class LayerNorm(_Normalization):
    """y = γ·x̂ + β, with x̂ = (x − μ) / √(σ² + ε) for every sample. x, y (N, n); gamma γ, beta β (n,).

    μ and σ² are the mean and variance over the sample's n features, in training and in use alike: no
    sample depends on others. eps: ε > 0. Ba, Kiros & Hinton (2016), Layer normalization,
    arXiv:1607.06450.
    """

    axis = 1

    def __init__(self, n, *, eps=1e-5, dtype=float):
        super().__init__(n, eps, dtype)

    def forward(self, x, train=False):
        x_hat, scale = standardize(self._check(x, train), self.axis, self.eps)
        if train:
            self._cache = x_hat, scale
        return self._scale_and_shift(x_hat)
