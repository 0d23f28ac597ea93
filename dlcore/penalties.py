"""Penalties for large weights, added to the loss. They reach the weights "W"; biases, γ and β are left alone."""

import numpy as np

from dlcore.checks import check_number


class Penalty:
    """A function of all weights, with strength λ ≥ 0: penalty(params) is a float, penalty.gradient(params) a dict."""

    def __init__(self, strength):
        self.strength = check_number(strength, "strength")

    def __call__(self, params):
        return float(sum(self.value(W) for W in _weights(params).values()))

    def gradient(self, params):
        """The penalty's gradient for each weight array, under its name in params."""
        return {name: self.slope(W) for name, W in _weights(params).items()}

    def value(self, W):
        raise NotImplementedError

    def slope(self, W):
        raise NotImplementedError


class L1(Penalty):
    """λ·Σ|w|, with gradient λ·sign(w) (0 at w = 0): pulls every weight by the same force, so many end near 0.

    Tibshirani (1996), Regression shrinkage and selection via the lasso, Journal of the Royal Statistical
    Society B 58(1), 267–288.
    """

    def value(self, W):
        return self.strength * abs(W).sum()

    def slope(self, W):
        return self.strength * np.sign(W)


class L2(Penalty):
    """½·λ·Σw², with gradient λ·w: pulls each weight in proportion to its size (with SGD: weight decay).

    The ½ makes the gradient plain, as in PyTorch's weight_decay; Keras's L2(λ) leaves it out and pulls
    twice as hard. Hoerl & Kennard (1970), Ridge regression, Technometrics 12(1), 55–67.
    """

    def value(self, W):
        return 0.5 * self.strength * (W**2).sum()

    def slope(self, W):
        return self.strength * W


def _weights(params):
    return {name: p for name, p in params.items() if name.split(".")[-1] == "W"}
