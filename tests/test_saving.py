"""States and files: what comes back, and what is refused."""

import numpy as np
import pytest

from dlcore import BatchNorm, Dense, Sequential, get_state, load, save, set_state


def net(seed=0, width=3):
    rng = np.random.default_rng(seed)
    return Sequential([Dense(2, width, rng=rng), BatchNorm(width)])


def trained(seed=0):
    n = net(seed)
    n.forward(np.random.default_rng(9).standard_normal((5, 2)), train=True)  # moves the running statistics
    return n


def test_a_file_brings_everything_back(tmp_path):
    x = np.ones((1, 2))
    save(trained(), tmp_path / "net.npz")
    other = net(seed=1)
    assert not np.array_equal(other.forward(x), trained().forward(x))
    load(other, tmp_path / "net.npz")
    assert np.array_equal(other.forward(x), trained().forward(x))
    assert np.shares_memory(other.params["0.W"], other.vectors()[0]["all"])


def test_a_state_is_a_copy():
    n = trained()
    state = get_state(n)
    n.params["0.W"][...] = 0
    assert state["0.W"].any()
    set_state(n, state)
    assert np.array_equal(n.params["0.W"], state["0.W"]) and n.params["0.W"] is not state["0.W"]


def test_refuses_another_network_and_leaves_it_alone():
    n = net()
    before = get_state(n)
    with pytest.raises(ValueError, match=r"floats of shape \(2, 3\) for '0.W', got float64 of shape \(2, 4\)"):
        set_state(n, get_state(net(width=4)))
    with pytest.raises(ValueError, match=r"arrays named 0.W, 0.b, 1.gamma, 1.beta, 1.mean, 1.var, got W, b"):
        set_state(n, get_state(Dense(2, 3, init="zeros")))
    wrong = {**before, "1.var": np.array(["a", "b", "c"])}
    with pytest.raises(ValueError, match=r"floats of shape \(3,\) for '1.var', got <U1"):
        set_state(n, wrong)
    assert all(np.array_equal(a, before[name]) for name, a in get_state(n).items())


def test_refuses_pickles(tmp_path):
    n = net()
    np.savez(tmp_path / "evil.npz", **{**get_state(n), "0.W": np.array([{"run": "me"}], dtype=object)})
    with pytest.raises(ValueError, match="allow_pickle"):
        load(n, tmp_path / "evil.npz")
