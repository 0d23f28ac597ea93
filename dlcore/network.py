"""A network: layers in a row, which together are a layer again."""

import numpy as np

from dlcore.activations import Activation
from dlcore.layers import Elementwise, Layer


class Sequential(Layer):
    """y = fₙ(… f₂(f₁(x))): each layer's output is the next one's input; backward runs through them in reverse.

    layers: layers and activations, as in Sequential([Dense(2, 8, rng=rng), tanh, Dense(8, 1, rng=rng)]).
    params, grads and buffers are those of all layers, named "0.W", "0.b", "2.W" … after the layer's place.
    Raises ValueError for no layers, one layer used twice, something else than a layer, or mixed dtypes.
    """

    def __init__(self, layers):
        self.layers = [_as_layer(item) for item in layers]
        if not self.layers:
            raise ValueError("Expected at least one layer, got none.")
        if len({id(leaf) for leaf in self.leaves()}) < len(self.leaves()):
            raise ValueError(f"Expected different layers, got one of {self!r} twice: make a new layer for each place.")
        self._share_memory()

    def forward(self, x, train=False):
        for layer in self.layers:
            x = layer.forward(x, train)
        return x

    def backward(self, dout):
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return dout

    def backward_params(self, dout):
        for layer in reversed(self.layers[1:]):
            dout = layer.backward(dout)
        self.layers[0].backward_params(dout)

    @property
    def params(self):
        return self._merged("params")

    @property
    def grads(self):
        return self._merged("grads")

    @property
    def buffers(self):
        return self._merged("buffers")

    def _merged(self, kind):
        named = [(i, name, a) for i, layer in enumerate(self.layers) for name, a in getattr(layer, kind).items()]
        return _Merged({f"{i}.{name}": a for i, name, a in named})

    def leaves(self):
        return [leaf for layer in self.layers for leaf in layer.leaves()]

    def vectors(self):
        """All parameters and all gradients, each as {"all": one vector} of which the named arrays are views.

        An optimizer's step over one long array is several times quicker than many over short ones. If somebody
        has replaced an array, the named ones come instead.
        """
        kinds = self.params, self.grads
        shared = all(a.base is v for v, arrays in zip(self._vectors, kinds, strict=True) for a in arrays.values())
        return tuple({"all": v} for v in self._vectors) if shared else kinds

    def _share_memory(self):
        kinds = {p.dtype for p in self.params.values()}
        if len(kinds) > 1:
            raise ValueError(
                f"Expected one dtype in all layers, got {sorted(map(str, kinds))}: give each layer the same."
            )
        self._vectors = [_pack([getattr(leaf, kind) for leaf in self.leaves()]) for kind in ("params", "grads")]

    def __setstate__(self, state):  # a copy gets a memory of its own
        self.__dict__.update(state)
        self._share_memory()

    def __repr__(self):
        return f"Sequential([{', '.join(map(repr, self.layers))}])"


class _Merged(dict):
    """Arrays of several layers by name. Giving a name another array would reach no layer, so it is refused."""

    def __setitem__(self, name, value):
        if value is self.get(name):  # `params[name] -= step` has changed the array in place, and gives it back
            return
        raise TypeError(f"Expected new numbers in the array, got another array: write params[{name!r}][...] = value.")

    def __deepcopy__(self, memo):
        return {name: a.copy() for name, a in self.items()}


def _pack(dicts):
    """Move all arrays into one new vector, which is returned, and put views of it in their places."""
    arrays = [a.ravel() for d in dicts for a in d.values()]
    vector = np.concatenate(arrays) if arrays else np.zeros(0)
    start = 0
    for d in dicts:
        for name, a in d.items():
            d[name] = vector[start : start + a.size].reshape(a.shape)
            start += a.size
    return vector


def _as_layer(item):
    if isinstance(item, Activation):
        return Elementwise(item)
    if not isinstance(item, Layer):
        raise ValueError(f"Expected layers and activations, got {item!r}: write Dense(2, 8, rng=rng), or relu.")
    return item
