"""Value: a number that remembers how it was computed, and can find every derivative by the chain rule."""

import math

import numpy as np


class Value:
    """A node of a computation graph: `data`, the number; `grad`, ∂(the node on which backward was called)/∂data.

    Arithmetic with values and numbers makes new nodes. A node holds its parents, the nodes it was
    computed from, and beside each the local derivative ∂node/∂parent, as a number. numpy's functions work
    on object arrays of values, so dlcore's activations, losses and Dense run on them unchanged.
    Comparisons look at data only.

    name: for drawings. Raises TypeError if data is no number.
    """

    __slots__ = ("data", "grad", "name", "op", "parents", "slopes")

    def __init__(self, data, parents=(), slopes=(), op="", name=""):
        self.data = float(data)
        self.grad = 0.0
        self.parents = parents
        self.slopes = slopes
        self.op = op
        self.name = name

    def __add__(self, other):
        if other.__class__ is not Value and (other := _lift(other)) is NotImplemented:
            return NotImplemented
        return Value(self.data + other.data, (self, other), (1.0, 1.0), "+")

    def __sub__(self, other):
        if other.__class__ is not Value and (other := _lift(other)) is NotImplemented:
            return NotImplemented
        return Value(self.data - other.data, (self, other), (1.0, -1.0), "−")

    def __mul__(self, other):
        if other.__class__ is not Value and (other := _lift(other)) is NotImplemented:
            return NotImplemented
        return Value(self.data * other.data, (self, other), (other.data, self.data), "×")

    def __truediv__(self, other):
        if other.__class__ is not Value and (other := _lift(other)) is NotImplemented:
            return NotImplemented
        a, b = self.data, other.data
        return Value(a / b, (self, other), (1 / b, -a / (b * b)), "÷")

    def __pow__(self, n):
        """The n-th power for a fixed number n; with slope n·xⁿ⁻¹."""
        if not isinstance(n, (int, float)):
            raise TypeError(f"Expected a fixed number as exponent, got {n!r}: write exp(n * log(x)) for a value n.")
        return Value(self.data**n, (self,), (n * self.data ** (n - 1) if n else 0.0,), f"^{n:g}")

    def __neg__(self):
        return Value(-self.data, (self,), (-1.0,), "−")

    def __abs__(self):
        slope = math.copysign(1.0, self.data) if self.data else 0.0
        return Value(abs(self.data), (self,), (slope,), "abs")

    def exp(self):
        e = math.exp(self.data)
        return Value(e, (self,), (e,), "exp")

    def log(self):
        if self.data <= 0:
            raise ValueError(f"Expected a positive number for log, got {self.data:g}.")
        return Value(math.log(self.data), (self,), (1 / self.data,), "log")

    def sqrt(self):
        if self.data <= 0:
            raise ValueError(f"Expected a positive number for sqrt, got {self.data:g}: at 0 its slope is infinite.")
        root = math.sqrt(self.data)
        return Value(root, (self,), (0.5 / root,), "sqrt")

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, (self,), (1 - t * t,), "tanh")

    def __radd__(self, other):
        return _lift(other) + self

    def __rsub__(self, other):
        return _lift(other) - self

    def __rmul__(self, other):
        return _lift(other) * self

    def __rtruediv__(self, other):
        return _lift(other) / self

    def __lt__(self, other):
        return self.data < _number(other)

    def __le__(self, other):
        return self.data <= _number(other)

    def __gt__(self, other):
        return self.data > _number(other)

    def __ge__(self, other):
        return self.data >= _number(other)

    def graph(self):
        """All nodes that lead to this one, each after its parents (a topological order); this one is the last.

        A loop with a stack of its own: a function that calls itself would fail on long chains.
        """
        order, seen, stack = [], set(), [self]
        while stack:
            node = stack.pop()
            if node is None:  # the mark that all parents of the node below it are done
                order.append(stack.pop())
            elif node not in seen:
                seen.add(node)
                stack += (node, None, *node.parents)
        return order

    def backward(self):
        """Set `grad` = ∂self/∂node in every node of the graph, by one pass from this node back to the inputs.

        A node used several times adds up what comes back on each way. Earlier gradients of these nodes
        are overwritten, so calling it twice changes nothing.
        """
        order = self.graph()
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            grad = node.grad
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.grad += slope * grad

    def draw(self, ax=None):
        """Draw the graph that leads to this value on matplotlib axes (new ones if none are given); returns them."""
        from dlcore.drawing import draw_graph  # matplotlib loads only for those who draw

        return draw_graph(self, ax)

    def __repr__(self):
        name = f", name={self.name!r}" if self.name else ""
        return f"Value({self.data:g}, grad={self.grad:g}{name})"


def values(array):
    """An object array of the same shape with a new Value for every number."""
    array = np.asarray(array, dtype=float)
    nodes = np.empty(array.shape, dtype=object)
    nodes.ravel()[:] = [Value(number) for number in array.ravel()]
    return nodes


def _lift(number):
    return NotImplemented if isinstance(number, np.ndarray) else Value(number)


def _number(other):
    return other.data if isinstance(other, Value) else other
