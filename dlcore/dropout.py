"""Dropout: every training step uses a random part of the network."""

from dlcore.checks import as_numbers, check_number, check_rng
from dlcore.layers import Layer, check_gradient


class Dropout(Layer):
    """Training: y = x·m / (1 − p), with m = 0 with probability p, else 1; in use y = x. x, y: one shape.

    p: the probability of *dropping* a unit, from 0 up to 1 (some libraries and the paper give the
    probability of keeping it). Dividing by 1 − p ("inverted" dropout) keeps the mean of every unit, so
    nothing changes in use. rng: a numpy Generator, from which every training pass draws a new mask;
    backward uses the last one. Srivastava et al. (2014), Dropout, Journal of Machine Learning Research
    15, 1929–1958.
    """

    def __init__(self, p=0.5, *, rng=None):
        super().__init__()
        self.p, self.rng = check_number(p, "p, the probability of dropping,", 0, 1), check_rng(rng)

    def forward(self, x, train=False):
        x = as_numbers(x)
        if not train:
            return x
        keep = 1 - self.p
        self._cache = (self.rng.random(x.shape) < keep).astype(x.dtype) / keep
        return x * self._cache

    def backward(self, dout):
        mask = self._recall()
        return mask * check_gradient(dout, mask.shape, mask.dtype, self)

    def __repr__(self):
        return f"Dropout({self.p:g})"
