"""The perceptron: one neuron with a step, and the rule by which it learns."""

import numpy as np

from dlcore.activations import step
from dlcore.checks import as_floats, check_count, check_number, check_rng, check_samples


class Perceptron:
    """y = step(x·w + b): 1 if the weighted sum is positive, else 0.

    w: weights (D,); b: bias, a number, the negative of the threshold. Both are copied, as float64.
    Raises ValueError if w is not one-dimensional, is empty, or holds anything but finite numbers.
    Rosenblatt (1958), The perceptron, Psychological Review 65(6), 386–408.
    """

    def __init__(self, w, b=0.0):
        self.w = np.array(as_floats(w, "the weights"), dtype=float)
        self.b = float(as_floats(b, "the bias"))
        if self.w.ndim != 1 or self.w.size == 0:
            raise ValueError(f"Expected weights of shape (D,), one for each input, got shape {self.w.shape}.")

    @classmethod
    def zeros(cls, n_inputs):
        """A perceptron that has learned nothing yet: n_inputs weights of 0, bias 0."""
        return cls(np.zeros(check_count(n_inputs, "n_inputs")))

    def weighted_sum(self, X):
        """x·w + b: a number for one sample (D,), (N,) for a batch (N, D)."""
        X = as_floats(X, "the inputs")
        if X.ndim not in (1, 2) or X.shape[-1] != len(self.w):
            raise ValueError(
                f"Expected inputs of shape ({len(self.w)},) or (N, {len(self.w)}), one entry for "
                f"each weight, got shape {X.shape}."
            )
        return X @ self.w + self.b

    def predict(self, X):
        """step(x·w + b): 0 or 1 for one sample (D,), (N,) of them for a batch (N, D)."""
        return step(self.weighted_sum(X))

    def update(self, x, t, lr=1.0):
        """The learning rule for one sample: e = t − y, then w ← w + lr·e·x and b ← b + lr·e.

        x: (D,); t: 0 or 1; lr: learning rate > 0. Returns the error e: 0 (nothing changes), 1 (should have
        fired) or −1 (should not have fired).
        """
        x, lr = as_floats(x, "x"), check_number(lr, "lr", low_open=True)
        if x.ndim != 1:
            raise ValueError(
                f"Expected one sample of shape ({len(self.w)},), got shape {x.shape}: use fit for a batch."
            )
        error = int(_binary(t) - self.predict(x))
        self.w += lr * error * x
        self.b += lr * error
        return error

    def fit(self, X, t, *, lr=1.0, epochs=100, rng=None):
        """Pass over the samples, updating after each, until an epoch has no mistake or `epochs` have passed.

        X: (N, D); t: (N,) of 0 and 1. The samples come in the given order, or shuffled each epoch by rng.
        Returns the number of mistakes of each epoch, a list that ends with 0 exactly if the rule
        converged. It does, after finitely many mistakes, if a line (a hyperplane) separates the classes,
        and never otherwise: Novikoff (1962), On convergence proofs on perceptrons, Symposium on the
        Mathematical Theory of Automata 12, 615–622.
        """
        X, t = as_floats(X, "X"), _binary(t)
        check_samples(X, t)
        order, mistakes = np.arange(len(X)), []
        for _ in range(check_count(epochs, "epochs")):
            if rng is not None:
                order = check_rng(rng).permutation(len(X))
            mistakes.append(sum(abs(self.update(X[i], t[i], lr)) for i in order))
            if mistakes[-1] == 0:
                break
        return mistakes

    def separates(self, X, t):
        """True if every sample of X (N, D) is predicted as its target in t (N,)."""
        return bool(np.all(self.predict(X) == _binary(t)))

    def __repr__(self):
        return f"Perceptron(w={self.w.tolist()}, b={self.b})"


def _binary(t):
    t = np.asarray(t)
    if not np.isin(t, (0, 1)).all():
        raise ValueError(f"Expected targets 0 or 1, got {np.unique(t)}: a perceptron knows two classes.")
    return t.astype(int)
