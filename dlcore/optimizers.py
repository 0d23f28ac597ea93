"""Optimizers: rules that turn gradients g into changes of the weights w.

Each has `lr`, the learning rate η > 0, and `step(params, grads)`, which writes new values into the arrays
of params. What a rule remembers of earlier steps starts at 0 and belongs to one set of parameters.
"""

import numpy as np

from dlcore.checks import check_number


class Optimizer:
    """A rule with learning rate lr. Subclasses write `update`, and say in `memory` how many arrays it remembers."""

    memory = 0

    def __init__(self, lr):
        self.lr = check_number(lr, "lr", low_open=True)
        self.t = 0  # steps so far
        self._state, self._shapes = None, None

    def update(self, w, g, *state):
        """Change w, and what is remembered of it, in place."""
        raise NotImplementedError

    def step(self, params, grads):
        """Update every array of params in place by its gradient of the same name in grads.

        Raises ValueError if names or shapes differ, or if an earlier step had other parameters.
        """
        if self._shapes is None:
            self._shapes = {name: w.shape for name, w in params.items()}
            self._state = {name: [np.zeros_like(w) for _ in range(self.memory)] for name, w in params.items()}
        self._check(params, grads)
        self.t += 1
        for name, w in params.items():
            self.update(w, grads[name], *self._state[name])

    def _check(self, params, grads):
        for name, w in params.items():
            g = grads.get(name)
            if g is None or g.shape != w.shape:
                came = "none" if g is None else g.shape
                raise ValueError(f"Expected a gradient of shape {w.shape} for {name!r}, got {came}.")
            if self._shapes.get(name) != w.shape:
                raise ValueError(
                    f"Expected the parameters of the earlier steps, got {name!r} of shape {w.shape}: "
                    "an optimizer remembers one set of parameters; make a new one for another."
                )

    def __repr__(self):
        return f"{type(self).__name__}(lr={self.lr:g})"


class SGD(Optimizer):
    """w ← w − η·g: stochastic gradient descent.

    Robbins & Monro (1951), A stochastic approximation method, Annals of Mathematical Statistics 22(3), 400–407.
    """

    def update(self, w, g):
        w -= self.lr * g


class Momentum(Optimizer):
    """v ← β·v − η·g; w ← w + v: the step remembers the earlier ones. momentum: β, from 0 up to 1.

    Polyak (1964), Some methods of speeding up the convergence of iteration methods, USSR Computational
    Mathematics and Mathematical Physics 4(5), 1–17. PyTorch's velocity is −v/η, the same for a constant
    η.
    """

    memory = 1

    def __init__(self, lr, momentum=0.9):
        super().__init__(lr)
        self.momentum = check_number(momentum, "momentum", 0, 1)

    def update(self, w, g, v):
        v *= self.momentum
        v -= self.lr * g
        w += v


class Adagrad(Optimizer):
    """G ← G + g²; w ← w − η·g / (√G + ε): each weight has its own rate, which only falls. eps: ε > 0.

    Duchi, Hazan & Singer (2011), Adaptive subgradient methods, Journal of Machine Learning Research 12,
    2121–2159.
    """

    memory = 1

    def __init__(self, lr, eps=1e-10):
        super().__init__(lr)
        self.eps = check_number(eps, "eps", low_open=True)

    def update(self, w, g, G):
        G += g * g
        w -= self.lr * g / (np.sqrt(G) + self.eps)


class RMSprop(Optimizer):
    """s ← ρ·s + (1 − ρ)·g²; w ← w − η·g / (√s + ε): Adagrad with a moving average for the sum.

    rho: ρ, from 0 up to 1; eps: ε > 0.
    Tieleman & Hinton (2012), Lecture 6.5, Neural Networks for Machine Learning, Coursera.
    """

    memory = 1

    def __init__(self, lr, rho=0.9, eps=1e-8):
        super().__init__(lr)
        self.rho, self.eps = check_number(rho, "rho", 0, 1), check_number(eps, "eps", low_open=True)

    def update(self, w, g, s):
        s += (1 - self.rho) * (g * g - s)
        w -= self.lr * g / (np.sqrt(s) + self.eps)


class Adam(Optimizer):
    """m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²; w ← w − η·m̂ / (√v̂ + ε).

    m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ): the moving averages of g and g², corrected for their start at 0; t
    counts the steps from 1.

    beta1, beta2: from 0 up to 1; eps: ε > 0. The first step is η·g / (|g| + ε): always about η.
    Kingma & Ba (2015), Adam: A method for stochastic optimization, ICLR (arXiv:1412.6980), algorithm 1.
    """

    memory = 2

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
        super().__init__(lr)
        self.beta1, self.beta2 = check_number(beta1, "beta1", 0, 1), check_number(beta2, "beta2", 0, 1)
        self.eps = check_number(eps, "eps", low_open=True)

    def update(self, w, g, m, v):
        m *= self.beta1  # m and v are kept without their factors 1 − β, so that m̂ = c1·m and √v̂ = c2·√v
        m += g
        v *= self.beta2
        v += g * g
        c1 = (1 - self.beta1) / (1 - self.beta1**self.t)
        c2 = ((1 - self.beta2) / (1 - self.beta2**self.t)) ** 0.5
        w -= (self.lr * c1 / c2) * m / (np.sqrt(v) + self.eps / c2)  # η·m̂ / (√v̂ + ε), divided by c2
