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
from dlcore.clipping import clip_by_norm, clip_by_value, global_norm
from dlcore.datasets import blobs, curve, digits, moons, noisy_sine, spirals, stratified_split
from dlcore.dropout import Dropout
from dlcore.early_stopping import EarlyStopping
from dlcore.gates import TRUTH_TABLES, gate, gate_perceptron, xor
from dlcore.gradients import GradientError, check_gradients, numerical_gradient
from dlcore.history import History
from dlcore.initializers import INITIALIZERS, he, xavier
from dlcore.layers import Dense, Layer
from dlcore.losses import (
    Loss,
    binary_cross_entropy,
    cross_entropy,
    mae,
    mse,
    one_hot,
    sigmoid_cross_entropy,
    softmax_cross_entropy,
)
from dlcore.metrics import accuracy, confusion_matrix, predicted_labels
from dlcore.network import Sequential
from dlcore.normalization import BatchNorm, LayerNorm
from dlcore.optimizers import SGD, Adagrad, Adam, Momentum, Optimizer, RMSprop
from dlcore.penalties import L1, L2, Penalty
from dlcore.perceptron import Perceptron
from dlcore.saving import get_state, load, save, set_state
from dlcore.schedules import CosineDecay, ExponentialDecay, StepDecay, Warmup
from dlcore.search import Trial, grid_search
from dlcore.training import fit
from dlcore.value import Value, values

__all__ = [
    "INITIALIZERS",
    "L1",
    "L2",
    "SGD",
    "TRUTH_TABLES",
    "Activation",
    "Adagrad",
    "Adam",
    "BatchNorm",
    "CosineDecay",
    "Dense",
    "Dropout",
    "EarlyStopping",
    "ExponentialDecay",
    "GradientError",
    "History",
    "Layer",
    "LayerNorm",
    "LeakyReLU",
    "Loss",
    "Momentum",
    "Optimizer",
    "Penalty",
    "Perceptron",
    "RMSprop",
    "Sequential",
    "StepDecay",
    "Trial",
    "Value",
    "Warmup",
    "accuracy",
    "binary_cross_entropy",
    "blobs",
    "check_gradients",
    "clip_by_norm",
    "clip_by_value",
    "confusion_matrix",
    "cross_entropy",
    "curve",
    "digits",
    "fit",
    "gate",
    "gate_perceptron",
    "get_state",
    "global_norm",
    "grid_search",
    "he",
    "identity",
    "leaky_relu",
    "load",
    "mae",
    "moons",
    "mse",
    "noisy_sine",
    "numerical_gradient",
    "one_hot",
    "predicted_labels",
    "relu",
    "save",
    "set_state",
    "sigmoid",
    "sigmoid_cross_entropy",
    "sign",
    "softmax",
    "softmax_cross_entropy",
    "spirals",
    "step",
    "stratified_split",
    "tanh",
    "values",
    "xavier",
    "xor",
]

# These need more than numpy, so they load when they are first asked for (PEP 562).
_LAZY = {
    "LivingFigure": "dlcore.live",
    "claim": "dlcore.claiming",
    "claims": "dlcore.claiming",
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
