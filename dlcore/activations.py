"""Activation functions: values that are called on sums z and know their own derivative.

Each works elementwise on arrays of any shape (softmax: along the last axis) and keeps float32 and float64
as they come. The formulas also run on object arrays of graph values (`dlcore.Value`), because numpy hands
exp and tanh on to methods of that name.
"""

import numpy as np

from dlcore.checks import as_numbers, check_number


class Activation:
    """A function f(z) without parameters; `derivative(z)` is f′(z), elementwise."""

    def __call__(self, z):
        raise NotImplementedError

    def derivative(self, z):
        raise NotImplementedError

    def backward(self, z, dout):
        """∂L/∂z = ∂L/∂f · f′(z), elementwise; z and dout have one shape."""
        return dout * self.derivative(z)

    def __repr__(self):
        return type(self).__name__.lower()


class Step(Activation):
    """step(z) = 1 if z > 0 else 0, as integers; the derivative is 0 everywhere (at 0 by convention).

    "Strictly greater" is a convention: others write ≥, which differs only for z = 0 exactly.
    The unit of Rosenblatt (1958), Psychological Review 65(6), 386–408.
    """

    def __call__(self, z):
        return np.where(as_numbers(z) > 0, 1, 0)[()]

    def derivative(self, z):
        return np.zeros_like(as_numbers(z))[()]


class Sign(Activation):
    """sign(z) = −1, 0 or 1 for z < 0, z = 0 or z > 0, as integers; the derivative is 0."""

    def __call__(self, z):
        z = as_numbers(z)
        return np.where(z > 0, 1, np.where(z < 0, -1, 0))[()]

    def derivative(self, z):
        return np.zeros_like(as_numbers(z))[()]


class Identity(Activation):
    """identity(z) = z; the derivative is 1."""

    def __call__(self, z):
        return as_numbers(z)[()]

    def derivative(self, z):
        return np.ones_like(as_numbers(z))[()]


class Sigmoid(Activation):
    """σ(z) = 1 / (1 + e^−z), between 0 and 1; σ′ = σ·(1 − σ), at most 0.25 (at z = 0)."""

    def __call__(self, z):
        with np.errstate(over="ignore"):  # e^−z may become inf far left, and 1 / inf = 0 is right there
            return 1 / (1 + np.exp(-as_numbers(z)))

    def derivative(self, z):
        s = self(z)
        return s * (1 - s)


class Tanh(Activation):
    """tanh(z) = (e^z − e^−z) / (e^z + e^−z), between −1 and 1; tanh′ = 1 − tanh², at most 1 (at z = 0)."""

    def __call__(self, z):
        return np.tanh(as_numbers(z))

    def derivative(self, z):
        return 1 - self(z) ** 2


class ReLU(Activation):
    """relu(z) = max(0, z); relu′ = 1 for z > 0, else 0 (0 at the kink z = 0, by convention).

    Nair & Hinton (2010), Rectified linear units improve restricted Boltzmann machines, ICML.
    """

    def __call__(self, z):
        return np.maximum(0, as_numbers(z))

    def derivative(self, z):
        z = as_numbers(z)
        return (z > 0).astype(z.dtype)


class LeakyReLU(Activation):
    """leaky_relu(z) = z for z > 0, else slope·z; the derivative is 1 for z > 0, else slope (also at z = 0).

    slope: from 0 up to 1, commonly 0.01; `leaky_relu` is LeakyReLU(0.01). Raises ValueError outside [0,
    1). Maas, Hannun & Ng (2013), Rectifier nonlinearities improve neural network acoustic models, ICML
    workshop.
    """

    def __init__(self, slope=0.01):
        self.slope = check_number(slope, "the slope of LeakyReLU", 0, 1)

    def __call__(self, z):
        z = as_numbers(z)
        return np.where(z > 0, z, self.slope * z)[()]

    def derivative(self, z):
        z = as_numbers(z)
        return np.where(z > 0, 1, self.slope).astype(z.dtype)[()]

    def __repr__(self):
        return f"LeakyReLU({self.slope:g})"


class Softmax(Activation):
    """softmax(z)ₖ = e^zₖ / Σⱼ e^zⱼ along the last axis: K positive numbers that sum to 1.

    Adding one number to every z of a row changes nothing; the largest is subtracted first, so no
    exponential overflows. Each output depends on every z of its row, so there is a `jacobian` in place of
    a derivative.
    """

    def __call__(self, z):
        z = as_numbers(z)
        if z.ndim == 0 or z.shape[-1] == 0:
            raise ValueError(
                f"Expected at least one class along the last axis, got shape {z.shape}: "
                "give softmax the scores of all classes at once."
            )
        e = np.exp(z - z.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)

    def jacobian(self, z):
        """∂softmaxᵢ/∂zⱼ = sᵢ·(δᵢⱼ − sⱼ); (K, K) for z of shape (K,), (N, K, K) for a batch (N, K)."""
        s = self(z)[..., np.newaxis]
        return s * (np.eye(s.shape[-2], dtype=s.dtype) - np.swapaxes(s, -1, -2))

    def derivative(self, z):
        raise TypeError("softmax has no elementwise derivative, as each output depends on every input: use jacobian.")

    def backward(self, z, dout):
        """∂L/∂zⱼ = sⱼ·(∂L/∂sⱼ − Σᵢ ∂L/∂sᵢ·sᵢ): the Jacobian's product with dout, without building it."""
        s = self(z)
        return s * (dout - (dout * s).sum(axis=-1, keepdims=True))


step = Step()
sign = Sign()
identity = Identity()
sigmoid = Sigmoid()
tanh = Tanh()
relu = ReLU()
leaky_relu = LeakyReLU()
softmax = Softmax()
