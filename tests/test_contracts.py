"""What every layer, activation, loss and optimizer must do, tested for all there are.

A new one is covered by being listed here, and a test fails while it is not.
"""

import re
from copy import deepcopy

import numpy as np
import pytest

import dlcore
from dlcore import activations, losses, optimizers
from dlcore.layers import Elementwise

N, D = 6, 4


def rng(seed=0):
    return np.random.default_rng(seed)


LAYERS = {
    "Dense": lambda: dlcore.Dense(D, 3, rng=rng()),
    "Dropout": lambda: dlcore.Dropout(0.4, rng=rng()),
    "BatchNorm": lambda: dlcore.BatchNorm(D),
    "LayerNorm": lambda: dlcore.LayerNorm(D),
    "Elementwise": lambda: Elementwise(dlcore.tanh),
    "Sequential": lambda: dlcore.Sequential(
        [
            dlcore.Dense(D, 5, rng=rng()),
            dlcore.tanh,
            dlcore.BatchNorm(5),
            dlcore.Sequential([dlcore.LayerNorm(5)]),
        ]
    ),
}
DIFFERENTIABLE = [
    dlcore.identity,
    dlcore.sigmoid,
    dlcore.tanh,
    dlcore.relu,
    dlcore.leaky_relu,
    dlcore.softmax,
]
ACTIVATIONS = [*DIFFERENTIABLE, dlcore.step, dlcore.sign]
LABELS = np.array([0, 2, 1, 1, 0, 2])
LOSSES = {
    dlcore.mse: (rng(1).standard_normal((N, 3)), rng(2).standard_normal((N, 3))),
    dlcore.mae: (rng(1).standard_normal((N, 3)), rng(2).standard_normal((N, 3))),
    dlcore.binary_cross_entropy: (
        rng(1).uniform(0.1, 0.9, (N, 1)),
        (LABELS[:, np.newaxis] > 0).astype(float),
    ),
    dlcore.sigmoid_cross_entropy: (
        3 * rng(1).standard_normal((N, 1)),
        (LABELS[:, np.newaxis] > 0).astype(float),
    ),
    dlcore.cross_entropy: (dlcore.softmax(rng(1).standard_normal((N, 3))), LABELS),
    dlcore.softmax_cross_entropy: (3 * rng(1).standard_normal((N, 3)), LABELS),
}
OPTIMIZERS = {
    "SGD": lambda: dlcore.SGD(0.1),
    "Momentum": lambda: dlcore.Momentum(0.1),
    "Adagrad": lambda: dlcore.Adagrad(0.1),
    "RMSprop": lambda: dlcore.RMSprop(0.1),
    "Adam": lambda: dlcore.Adam(0.1),
}

each_layer = pytest.mark.parametrize("make", LAYERS.values(), ids=LAYERS)
each_loss = pytest.mark.parametrize("loss", LOSSES, ids=repr)
each_optimizer = pytest.mark.parametrize("make", OPTIMIZERS.values(), ids=OPTIMIZERS)


def public_subclasses(base):
    """Of the library; a chapter's figures may show a variant."""
    found = {c for c in base.__subclasses__() if re.fullmatch(r"dlcore\.\w+", c.__module__)}
    found |= {deeper for c in found for deeper in public_subclasses(c)}
    return {c for c in found if not c.__name__.startswith("_")}


def x_and_target(layer):
    x = rng(3).standard_normal((N, D))
    return x, rng(4).standard_normal(deepcopy(layer).forward(x).shape)


def test_everything_there_is_is_listed():
    assert {c.__name__ for c in public_subclasses(dlcore.Layer)} == set(LAYERS)
    assert public_subclasses(activations.Activation) == {type(f) for f in ACTIVATIONS}
    assert public_subclasses(losses.Loss) == {type(loss) for loss in LOSSES}
    assert {c.__name__ for c in public_subclasses(optimizers.Optimizer)} == set(OPTIMIZERS)


@each_layer
def test_layer_gradients_agree_with_differences(make):
    layer = make()
    for name, p in layer.params.items():
        p += 0.3 * rng(len(name)).standard_normal(p.shape)  # away from γ = 1, β = 0, b = 0
    zero = ("0.b",) if "0.b" in layer.params else ()  # a bias before BatchNorm cancels
    errors = dlcore.check_gradients(layer, dlcore.mse, *x_and_target(layer), zero=zero)
    assert set(errors) == {"x", *layer.params}


@each_layer
def test_layer_shapes_and_names(make):
    layer = make()
    x, t = x_and_target(layer)
    assert layer.params.keys() == layer.grads.keys()
    assert layer.forward(x, train=True).shape == t.shape
    assert layer.backward(t).shape == x.shape
    assert all(layer.grads[name].shape == p.shape for name, p in layer.params.items())
    assert layer.n_params == sum(p.size for p in layer.params.values())


@each_layer
def test_layer_leaves_its_arguments_and_parameters_alone(make):
    layer = make()
    x, dout = x_and_target(layer)
    kept = x.copy(), dout.copy(), deepcopy(layer.params)
    layer.forward(x)
    layer.forward(x, train=True)
    layer.backward(dout)
    assert np.array_equal(x, kept[0]) and np.array_equal(dout, kept[1])
    assert all(np.array_equal(p, kept[2][name]) for name, p in layer.params.items())


@each_layer
def test_layer_overwrites_its_gradients(make):
    layer = make()
    x, dout = x_and_target(layer)
    layer.forward(x, train=True)
    layer.backward(dout)
    once = deepcopy(layer.grads)
    layer.backward(dout)
    assert all(np.array_equal(g, once[name]) for name, g in layer.grads.items())


@each_layer
def test_layer_backward_params_finds_the_same_gradients(make):
    layer = make()
    x, dout = x_and_target(layer)
    layer.forward(x, train=True)
    layer.backward(dout)
    expected = deepcopy(layer.grads)
    for g in layer.grads.values():
        g[...] = 0
    assert layer.backward_params(dout) is None
    assert all(np.array_equal(g, expected[name]) for name, g in layer.grads.items())


@each_layer
def test_layer_needs_a_training_pass_before_backward(make):
    layer = make()
    x, dout = x_and_target(layer)
    layer.forward(x)
    with pytest.raises(ValueError, match=r"forward\(x, train=True\) before backward, got none"):
        layer.backward(dout)


@each_layer
def test_layer_refuses_a_gradient_of_another_shape(make):
    layer = make()
    x, dout = x_and_target(layer)
    layer.forward(x, train=True)
    with pytest.raises(ValueError, match=r"dout of the output's shape .* got shape"):
        layer.backward(dout[:-1])


@each_layer
def test_layer_in_use_treats_each_sample_alone(make):
    layer = make()
    x, _ = x_and_target(layer)
    layer.forward(x, train=True)
    alone = np.concatenate([layer.forward(row[np.newaxis]) for row in x])
    assert layer.forward(x) == pytest.approx(alone, abs=1e-12)


@each_layer
def test_layer_copies_are_independent(make):
    layer = make()
    x, _ = x_and_target(layer)
    before = layer.forward(x)
    copy = deepcopy(layer)
    for p in copy.params.values():
        p += 1
    assert np.array_equal(layer.forward(x), before)


@pytest.mark.parametrize("f", DIFFERENTIABLE, ids=repr)
def test_activation_backward_agrees_with_differences(f):
    x = rng(3).standard_normal((N, D))
    errors = dlcore.check_gradients(dlcore.Sequential([f]), dlcore.mse, x, rng(4).standard_normal((N, D)))
    assert set(errors) == {"x"}


@pytest.mark.parametrize("f", DIFFERENTIABLE, ids=repr)
def test_activation_formula_runs_on_graph_values(f):
    x, dout = rng(3).standard_normal((N, D)), rng(4).standard_normal((N, D))
    x[0, 0] = 0.0 if f is not dlcore.leaky_relu else 1.0  # the kink too, where the formula settles it
    nodes = dlcore.values(x)
    (dout * f(nodes)).sum().backward()
    assert grads(nodes) == pytest.approx(f.backward(x, dout), abs=1e-14)


@each_loss
def test_loss_formula_runs_on_graph_values(loss):
    y, t = LOSSES[loss]
    nodes = dlcore.values(y)
    root = loss(nodes, t)
    root.backward()
    assert root.data == pytest.approx(loss(y, t), rel=1e-12)
    assert grads(nodes) == pytest.approx(loss.gradient(y, t), rel=1e-9)


@each_loss
def test_loss_gradient_agrees_with_differences(loss):
    y, t = LOSSES[loss]
    numeric = dlcore.numerical_gradient(lambda y: loss(y, t), y)
    assert loss.gradient(y, t) == pytest.approx(numeric, abs=1e-8)


@each_loss
def test_loss_is_a_float_and_keeps_its_arguments_and_dtype(loss):
    y, t = LOSSES[loss]
    kept = y.copy(), t.copy()
    assert type(loss(y, t)) is float and loss(y, t) > 0
    assert loss.gradient(y, t).shape == y.shape
    assert loss.gradient(y.astype(np.float32), t).dtype == np.float32
    assert np.array_equal(y, kept[0]) and np.array_equal(t, kept[1])


@each_loss
def test_loss_is_a_mean_so_a_doubled_batch_changes_nothing(loss):
    y, t = LOSSES[loss]
    twice = np.concatenate([y, y]), np.concatenate([t, t])
    assert loss(*twice) == pytest.approx(loss(y, t))
    assert loss.gradient(*twice)[:N] == pytest.approx(loss.gradient(y, t) / 2)


@each_loss
def test_loss_refuses_other_shapes_nan_and_nothing(loss):
    y, t = LOSSES[loss]
    with pytest.raises(ValueError, match="shape"):
        loss(y, t[:-1])
    with pytest.raises(ValueError, match="shape"):
        loss(y[:0], t[:0])
    with pytest.raises(ValueError, match=r"finite|sum to 1"):
        loss(np.where(np.arange(y.size).reshape(y.shape) == 1, np.nan, y), t)
    with pytest.raises(ValueError, match="real numbers"):
        loss(y.astype(str), t)


@each_optimizer
def test_optimizer_goes_downhill_in_place(make):
    optimizer, w = make(), np.array([3.0, -2.0])
    for _ in range(200):
        optimizer.step({"w": w}, {"w": 2 * w})
    assert abs(w).max() < 1  # towards the minimum of Σw²


@each_optimizer
def test_optimizer_leaves_gradients_alone_and_steps_where_there_is_none(make):
    w, g = np.array([1.0, 2.0]), np.array([0.0, 3.0])
    make().step({"w": w}, {"w": g})
    assert g.tolist() == [0, 3] and w[0] == 1 and w[1] < 2


@each_optimizer
def test_optimizer_does_not_care_how_arrays_are_cut(make):
    whole, parts = np.arange(1.0, 7.0), [np.arange(1.0, 4.0), np.arange(4.0, 7.0).reshape(3, 1)]
    one, other = make(), make()
    for seed in range(3):
        g = rng(seed).standard_normal(6)
        one.step({"all": whole}, {"all": g})
        other.step(dict(enumerate(parts)), {0: g[:3], 1: g[3:].reshape(3, 1)})
    assert np.array_equal(whole, np.concatenate([p.ravel() for p in parts]))


@each_optimizer
def test_optimizer_keeps_float32(make):
    w = np.ones(3, np.float32)
    optimizer = make()
    optimizer.step({"w": w}, {"w": np.ones(3, np.float32)})
    assert w.dtype == np.float32 and all(s.dtype == np.float32 for s in optimizer._state["w"])


@each_optimizer
def test_optimizer_refuses_strangers(make):
    optimizer, w = make(), np.ones(3)
    with pytest.raises(ValueError, match=r"gradient of shape \(3,\) for 'w', got none"):
        make().step({"w": w}, {"v": w})
    with pytest.raises(ValueError, match=r"gradient of shape \(3,\) for 'w', got \(2,\)"):
        make().step({"w": w}, {"w": np.ones(2)})
    optimizer.step({"w": w}, {"w": w.copy()})
    with pytest.raises(ValueError, match="make a new one for another"):
        optimizer.step({"v": w}, {"v": w.copy()})
    with pytest.raises(ValueError, match=r"lr to be in \(0, inf\), got -1"):
        type(optimizer)(-1)
    assert repr(make()) == f"{type(optimizer).__name__}(lr=0.1)"


def grads(nodes):
    return np.array([node.grad for node in nodes.ravel()]).reshape(nodes.shape)


def test_unfinished_classes_say_so():
    x = np.ones((2, 2))
    for unfinished in (
        lambda: activations.Activation()(x),
        lambda: activations.Activation().derivative(x),
        lambda: dlcore.Layer().forward(x),
        lambda: dlcore.Layer().backward(x),
        lambda: losses.Loss()(x, x),
        lambda: optimizers.Optimizer(1.0).step({"w": x}, {"w": x}),
        lambda: dlcore.Penalty(1.0)({"W": x}),
        lambda: dlcore.Penalty(1.0).gradient({"W": x}),
    ):
        with pytest.raises(NotImplementedError):
            unfinished()
