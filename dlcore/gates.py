"""Logic gates with two inputs a and b: all sixteen truth tables, and perceptrons set by hand."""

import numpy as np

from dlcore.perceptron import Perceptron

INPUTS = ((0, 0), (0, 1), (1, 0), (1, 1))

# name: outputs for INPUTS in order, and (w_a, w_b, b) of a perceptron, or None where no line separates them
_GATES = {
    "FALSE":         ((0, 0, 0, 0), (0, 0, -0.5)),
    "AND":           ((0, 0, 0, 1), (1, 1, -1.5)),
    "A AND NOT B":   ((0, 0, 1, 0), (1, -1, -0.5)),
    "A":             ((0, 0, 1, 1), (1, 0, -0.5)),
    "B AND NOT A":   ((0, 1, 0, 0), (-1, 1, -0.5)),
    "B":             ((0, 1, 0, 1), (0, 1, -0.5)),
    "XOR":           ((0, 1, 1, 0), None),
    "OR":            ((0, 1, 1, 1), (1, 1, -0.5)),
    "NOR":           ((1, 0, 0, 0), (-1, -1, 0.5)),
    "XNOR":          ((1, 0, 0, 1), None),
    "NOT B":         ((1, 0, 1, 0), (0, -1, 0.5)),
    "B IMPLIES A":   ((1, 0, 1, 1), (1, -1, 0.5)),
    "NOT A":         ((1, 1, 0, 0), (-1, 0, 0.5)),
    "A IMPLIES B":   ((1, 1, 0, 1), (-1, 1, 0.5)),
    "NAND":          ((1, 1, 1, 0), (-1, -1, 1.5)),
    "TRUE":          ((1, 1, 1, 1), (0, 0, 0.5)),
}  # fmt: skip

TRUTH_TABLES = {name: outputs for name, (outputs, _) in _GATES.items()}


def _look_up(name):
    if name not in _GATES:
        raise ValueError(f"Expected one of the sixteen gates {', '.join(_GATES)}, got {name!r}.")
    return _GATES[name]


def gate(name):
    """X (4, 2), the four inputs as floats, and t (4,), the gate's outputs: data for learning it."""
    outputs, _ = _look_up(name)
    return np.array(INPUTS, dtype=float), np.array(outputs)


def gate_perceptron(name):
    """A new perceptron with weights set by hand, such as AND: step(a + b − 1.5).

    Fourteen of the sixteen gates have one. XOR and XNOR raise ValueError: no line separates their classes.
    """
    _, weights = _look_up(name)
    if weights is None:
        raise ValueError(
            f"Expected a linearly separable gate, got {name}: no single perceptron computes it; "
            "compose it from others, as in XOR = AND(NAND, OR)."
        )
    return Perceptron(weights[:2], weights[2])


def xor(X):
    """XOR = AND(NAND(a, b), OR(a, b)): two layers of perceptrons. X: (N, 2) of 0 and 1; returns (N,)."""
    hidden = np.stack([gate_perceptron("NAND").predict(X), gate_perceptron("OR").predict(X)], axis=-1)
    return gate_perceptron("AND").predict(hidden)
