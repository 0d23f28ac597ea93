"""Sequential: a network by hand, names, copies, shared memory and errors."""

from copy import deepcopy

import numpy as np
import pytest

from dlcore import SGD, BatchNorm, Dense, Sequential, mse, relu, sigmoid, softmax, tanh


def rng(seed=0):
    return np.random.default_rng(seed)


def small(seed=0):
    g = rng(seed)
    return Sequential([Dense(2, 4, rng=g), tanh, Sequential([Dense(4, 3, rng=g), BatchNorm(3)]), Dense(3, 1, rng=g)])


def test_two_layers_worked_by_hand():
    """y = w₂·relu(w₁·x), w₁ = w₂ = 1, x = 1, target 0: ∂mse/∂w₁ = ∂mse/∂w₂ = 2; one step leads both to
    0.5 at once.
    """
    net = Sequential([Dense(1, 1, init="ones"), relu, Dense(1, 1, init="ones")])
    y = net.forward([[1.0]], train=True)
    assert y.tolist() == [[1]]
    assert net.backward(mse.gradient(y, [[0.0]])).tolist() == [[2]]
    assert {name: g.item() for name, g in net.grads.items()} == {"0.W": 2, "0.b": 2, "2.W": 2, "2.b": 2}
    SGD(0.25).step(net.params, net.grads)
    assert net.params["0.W"].item() == net.params["2.W"].item() == 0.5


def test_names_and_counts():
    net = small()
    assert list(net.params) == list(net.grads)
    assert list(net.params) == ["0.W", "0.b", "2.0.W", "2.0.b", "2.1.gamma", "2.1.beta", "3.W", "3.b"]
    assert list(net.buffers) == ["2.1.mean", "2.1.var"]
    assert net.n_params == 2 * 4 + 4 + 4 * 3 + 3 + 3 + 3 + 3 + 1
    assert repr(net) == "Sequential([Dense(2, 4), tanh, Sequential([Dense(4, 3), BatchNorm(3)]), Dense(3, 1)])"


def test_names_are_windows_on_one_vector():
    net = small()
    (params, grads), x = net.vectors(), rng().standard_normal((5, 2))
    assert params["all"].size == grads["all"].size == net.n_params
    net.backward(net.forward(x, train=True))
    params["all"] += grads["all"]
    assert net.params["0.W"] == pytest.approx(small().params["0.W"] + net.grads["0.W"])
    assert np.array_equal(np.concatenate([g.ravel() for g in net.grads.values()]), grads["all"])


def test_a_copy_has_a_memory_of_its_own_and_it_is_shared_too():
    net, x = small(), rng().standard_normal((5, 2))
    copy = deepcopy(net)
    before = net.forward(x)
    copy.vectors()[0]["all"] += 1
    assert copy.params["0.W"] == pytest.approx(net.params["0.W"] + 1)
    assert np.array_equal(net.forward(x), before)


def test_a_replaced_array_is_used_by_name():
    net = small()
    net.layers[0].params["W"] = np.zeros((2, 4))
    params, grads = net.vectors()
    assert list(params) == list(net.params) and list(grads) == list(net.grads)
    assert params["0.W"] is net.layers[0].params["W"]


def test_layers_used_again_elsewhere_still_learn_in_both():
    net = small()
    half = Sequential(net.layers[:2])
    half.vectors()[0]["all"][...] = 0
    assert not net.params["0.W"].any() and "all" not in net.vectors()[0]


def test_networks_without_parameters():
    assert Sequential([sigmoid, softmax]).forward([[0.0, 0.0]]).tolist() == [[0.5, 0.5]]
    assert Sequential([sigmoid]).n_params == 0


def test_errors():
    with pytest.raises(ValueError, match="at least one layer, got none"):
        Sequential([])
    layer = Dense(2, 2, rng=rng())
    with pytest.raises(ValueError, match=r"different layers, got one of .* twice"):
        Sequential([layer, tanh, layer])
    with pytest.raises(ValueError, match="twice"):
        Sequential([layer, Sequential([layer])])
    with pytest.raises(ValueError, match="layers and activations, got <class"):
        Sequential([Dense])
    with pytest.raises(ValueError, match="layers and activations, got 3"):
        Sequential([3])
    with pytest.raises(ValueError, match=r"one dtype in all layers, got \['float32', 'float64'\]"):
        Sequential([Dense(2, 2, rng=rng(), dtype=np.float32), Dense(2, 2, rng=rng())])
    with pytest.raises(ValueError, match=r"shape \(N, 3\) .* for Dense\(3, 1\), got shape \(5, 2\)"):
        Sequential([Dense(2, 2, rng=rng()), tanh, Dense(3, 1, rng=rng())]).forward(np.ones((5, 2)))
    with pytest.raises(ValueError, match="before backward"):
        small().backward(np.ones((5, 1)))


def test_giving_a_name_another_array_is_refused():
    net = small()
    with pytest.raises(TypeError, match=r"write params\['0.W'\]\[...\] = value"):
        net.params["0.W"] = np.zeros((2, 4))
    kept = deepcopy(net.params)
    net.params["0.W"][...] = 0
    assert kept["0.W"].any() and not net.layers[0].params["W"].any()
