"""Deep learning from one neuron to a trained network, in plain numpy."""

from importlib import import_module

from dlcore.activations import (
    Activation,
    LeakyReLU,
    identity,
    leaky_relu,
    relu,
    sigmoid,
    sign,
    softmax,
    step,
    tanh,
)
from dlcore.datasets import blobs, curve, digits, moons, noisy_sine, spirals, stratified_split
from dlcore.gates import TRUTH_TABLES, gate, gate_perceptron, xor
from dlcore.perceptron import Perceptron

__all__ = [
    "TRUTH_TABLES",
    "Activation",
    "LeakyReLU",
    "Perceptron",
    "blobs",
    "curve",
    "digits",
    "gate",
    "gate_perceptron",
    "identity",
    "leaky_relu",
    "moons",
    "noisy_sine",
    "relu",
    "sigmoid",
    "sign",
    "softmax",
    "spirals",
    "step",
    "stratified_split",
    "tanh",
    "xor",
]

# These need more than numpy, so they load when they are first asked for (PEP 562).
_LAZY = {
    "LivingFigure": "dlcore.live",
    "claim": "dlcore.claims",
    "claims": "dlcore.claims",
    "explore": "dlcore.live",
}


def __getattr__(name):
    if name not in _LAZY:
        raise AttributeError(f"module 'dlcore' has no attribute {name!r}")
    module = import_module(_LAZY[name])
    for lazy, home in _LAZY.items():
        if home == module.__name__:
            globals()[lazy] = getattr(module, lazy)
    return globals()[name]


def __dir__():
    return sorted([*globals(), *_LAZY])
