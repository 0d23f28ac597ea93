"""The sixteen gates."""

import operator

import numpy as np
import pytest

from dlcore import TRUTH_TABLES, Perceptron, gate, gate_perceptron, xor

SEPARABLE = [name for name in TRUTH_TABLES if name not in ("XOR", "XNOR")]


def test_all_sixteen_and_each_once():
    assert len(set(TRUTH_TABLES.values())) == len(TRUTH_TABLES) == 16


@pytest.mark.parametrize(
    "name, python",
    [
        ("AND", operator.and_),
        ("OR", operator.or_),
        ("XOR", operator.xor),
        ("NAND", lambda a, b: 1 - (a & b)),
        ("NOR", lambda a, b: 1 - (a | b)),
        ("XNOR", operator.eq),
        ("A IMPLIES B", operator.le),
        ("B IMPLIES A", operator.ge),
        ("A AND NOT B", operator.gt),
        ("B AND NOT A", operator.lt),
        ("NOT A", lambda a, b: 1 - a),
        ("NOT B", lambda a, b: 1 - b),
        ("A", lambda a, b: a),
        ("B", lambda a, b: b),
    ],
)
def test_tables_agree_with_python(name, python):
    X, t = gate(name)
    assert X.shape == (4, 2) and X.dtype == float
    assert t.tolist() == [int(python(int(a), int(b))) for a, b in X]


@pytest.mark.parametrize("name", SEPARABLE)
def test_hand_set_and_learned_perceptrons(name):
    X, t = gate(name)
    assert gate_perceptron(name).separates(X, t)
    learner = Perceptron.zeros(2)
    assert learner.fit(X, t)[-1] == 0 and learner.separates(X, t)


def test_each_perceptron_is_new():
    gate_perceptron("AND").update([0.0, 0.0], 1)
    assert gate_perceptron("AND").separates(*gate("AND"))


def test_xor_takes_two_layers():
    X, t = gate("XOR")
    assert xor(X).tolist() == t.tolist()
    assert xor(np.array([1.0, 0.0])) == 1


@pytest.mark.parametrize("name", ["XOR", "XNOR"])
def test_no_single_perceptron_for(name):
    with pytest.raises(ValueError, match="linearly separable gate, got " + name):
        gate_perceptron(name)


def test_unknown_gate():
    with pytest.raises(ValueError, match=r"one of the sixteen gates FALSE, AND.*got 'and'"):
        gate("and")
