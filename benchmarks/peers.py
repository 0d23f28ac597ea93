"""The contestants: each trains the same network on the same data for the same number of steps.

A contestant is a function train(task, X, t, seed) that returns a function of X: the probabilities of the classes,
(N, K). Peers that are not installed are left out.
"""

from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import pairwise

import numpy as np


@dataclass(frozen=True)
class Task:
    """What to train: layer sizes, hidden activation, optimizer, and how long."""

    title: str
    sizes: tuple[int, ...]
    epochs: int
    batch_size: int
    lr: float
    data: object = field(repr=False)  # a function that returns X (N, D), t (N,)
    activation: str = "relu"
    momentum: bool = False  # with momentum 0.9; otherwise Adam

    @property
    def binary(self):
        return self.sizes[-1] == 1


def train_dlcore(task, X, t, seed):
    import dlcore

    rng = np.random.default_rng(seed)
    dense = [dlcore.Dense(a, b, rng=rng, dtype=np.float32) for a, b in pairwise(task.sizes)]
    activation = getattr(dlcore, task.activation)
    net = dlcore.Sequential([part for layer in dense for part in (layer, activation)][:-1])
    optimizer = dlcore.Momentum(task.lr) if task.momentum else dlcore.Adam(task.lr)
    loss = dlcore.sigmoid_cross_entropy if task.binary else dlcore.softmax_cross_entropy
    targets = t[:, np.newaxis] if task.binary else t
    settings = {"epochs": task.epochs, "batch_size": task.batch_size, "rng": rng, "progress": False}
    dlcore.fit(net, loss, optimizer, X, targets, **settings)
    last = dlcore.sigmoid if task.binary else dlcore.softmax
    return lambda X: _both(last(net.forward(X)))


def train_sklearn(task, X, t, seed):
    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier(
        task.sizes[1:-1],
        activation=task.activation,
        solver="sgd" if task.momentum else "adam",
        nesterovs_momentum=False,
        learning_rate_init=task.lr,
        alpha=0.0,
        batch_size=task.batch_size,
        max_iter=task.epochs,
        n_iter_no_change=task.epochs,
        tol=0.0,
        random_state=seed,
    )
    return model.fit(X, t).predict_proba


def train_torch(task, X, t, seed):
    import torch

    torch.set_num_threads(1)
    rng = np.random.default_rng(seed)
    net = _torch_network(task, rng)
    settings = {"lr": task.lr, "momentum": 0.9} if task.momentum else {"lr": task.lr}
    optimizer = (torch.optim.SGD if task.momentum else torch.optim.Adam)(net.parameters(), **settings)
    loss = torch.nn.BCEWithLogitsLoss() if task.binary else torch.nn.CrossEntropyLoss()
    inputs = torch.from_numpy(X)
    targets = torch.from_numpy(t[:, np.newaxis].astype(np.float32) if task.binary else t)
    for _ in range(task.epochs):
        order = torch.from_numpy(rng.permutation(len(X)))
        _torch_epoch(net, loss, optimizer, inputs[order], targets[order], task.batch_size)
    return lambda X: _torch_predict(task, net, X)


def _torch_network(task, rng):
    from torch import nn

    dense = [_linear(nn.Linear(a, b), rng) for a, b in pairwise(task.sizes)]
    activation = {"relu": nn.ReLU, "tanh": nn.Tanh}[task.activation]
    return nn.Sequential(*[part for layer in dense for part in (layer, activation())][:-1])


def _torch_epoch(net, loss, optimizer, X, t, batch_size):
    total = 0.0
    for start in range(0, len(X), batch_size):
        batch = slice(start, start + batch_size)
        optimizer.zero_grad()
        value = loss(net(X[batch]), t[batch])
        value.backward()
        optimizer.step()
        total += value.item()  # the others report the epoch's loss too
    return total


def _torch_predict(task, net, X):
    import torch

    with torch.no_grad():
        y = net(torch.from_numpy(X))
        return _both((torch.sigmoid(y) if task.binary else torch.softmax(y, dim=1)).numpy())


def _linear(layer, rng):
    """A PyTorch layer with the weights that dlcore starts with, so that both should end with the same loss."""
    import torch

    with torch.no_grad():
        W = np.sqrt(2 / layer.in_features) * rng.standard_normal((layer.in_features, layer.out_features))
        layer.weight.copy_(torch.from_numpy(W.T))
        layer.bias.zero_()
    return layer


def _both(p):
    return np.concatenate([1 - p, p], axis=1) if p.shape[1] == 1 else p


TRAINERS = {"dlcore": train_dlcore}
TRAINERS |= {"scikit-learn": train_sklearn} if find_spec("sklearn") else {}
TRAINERS |= {"PyTorch": train_torch} if find_spec("torch") else {}
