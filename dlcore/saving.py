"""A network's numbers: copied, put back, saved to a file and read again. Never pickles, which may run code."""

import numpy as np


def get_state(net):
    """Copies of all parameters and buffers of a network or layer, by name."""
    return {name: a.copy() for name, a in _arrays(net).items()}


def set_state(net, state):
    """Write the arrays of state into the network's own.

    Raises ValueError, before anything is written, if names, shapes or kinds of numbers differ.
    """
    arrays = _arrays(net)
    if arrays.keys() != state.keys():
        raise ValueError(
            f"Expected arrays named {', '.join(arrays)}, got {', '.join(state)}: "
            "build the network as it was when it was saved."
        )
    for name, a in arrays.items():
        if state[name].shape != a.shape or state[name].dtype.kind != "f":
            raise ValueError(
                f"Expected floats of shape {a.shape} for {name!r}, got {state[name].dtype} of shape "
                f"{state[name].shape}: build the network as it was when it was saved."
            )
    for name, a in arrays.items():
        a[...] = state[name]


def save(net, path):
    """Save all parameters and buffers to an .npz file. It holds arrays only: to load them, build the same network."""
    with open(path, "wb") as file:
        np.savez(file, **_arrays(net))


def load(net, path):
    """Read what `save` has written into a network of the same layers; raises ValueError like `set_state`."""
    with open(path, "rb") as file, np.load(file, allow_pickle=False) as saved:
        set_state(net, dict(saved))


def _arrays(net):
    return {**net.params, **net.buffers}
