"""dlcore beside scikit-learn, PyTorch and micrograd: equal work, one thread, interleaved rounds."""

import gc
import os
import random
import subprocess
import sys
import time
import warnings
from importlib.metadata import version
from importlib.util import find_spec
from itertools import pairwise
from statistics import median

import numpy as np

import dlcore
from benchmarks.peers import TRAINERS, Task

ROUNDS = 9


def _digits():
    return dlcore.digits(scale=True)


def _made():
    rng = np.random.default_rng(0)
    t = rng.integers(0, 10, 4096)
    return rng.standard_normal((10, 784))[t] + 3 * rng.standard_normal((4096, 784)), t


TASKS = [
    Task("A: XOR, 2-8-1, Adam", (2, 8, 1), 1000, 4, 0.01, lambda: dlcore.gate("XOR"), activation="tanh"),
    Task(
        "B: moons, 2-32-32-2, Adam",
        (2, 32, 32, 2),
        50,
        32,
        0.003,
        lambda: dlcore.moons(512, rng=np.random.default_rng(0)),
    ),
    Task("C: digits, 64-64-10, Adam", (64, 64, 10), 20, 32, 0.003, _digits),
    Task("D: made data, 784-128-64-10, momentum", (784, 128, 64, 10), 3, 64, 0.01, _made, momentum=True),
]


def run():
    """All tables, as Markdown."""
    versions = [f"{name} {version(name)}" for name in ("numpy", "scikit-learn", "torch", "micrograd") if _there(name)]
    sections = [_training(), _accuracy(), _graph(), _first()]
    return "\n\n".join(["## The library", *sections, f"Versions: {', '.join(versions)}."])


def _there(name):
    return find_spec({"scikit-learn": "sklearn"}.get(name, name)) is not None


def _rounds(contestants, rounds=ROUNDS, clock=time.process_time):
    """Median seconds and last result of each function, called in turns so that a busy moment hits all alike."""
    times = {name: [] for name in contestants}
    results = {}
    for _ in range(rounds):
        for name, f in contestants.items():
            gc.collect()
            start = clock()
            results[name] = f()
            times[name].append(clock() - start)
    return {name: median(seconds) for name, seconds in times.items()}, results


def _table(head, rows):
    lines = [head, ["---"] + ["--:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _rows(title, seconds, notes=None):
    """A row for each contestant: milliseconds, the ratio to dlcore's, and numbers that show equal work."""
    own = seconds["dlcore"]
    rows = {name: [title, name, f"{1e3 * s:.1f}", f"{s / own:.2f}"] for name, s in seconds.items()}
    return [row + ([notes[name]] if notes else []) for name, row in rows.items()]


def _training():
    rows = []
    for task in TASKS:
        X, t = task.data()
        X = X.astype(np.float32)
        contestants = {name: _contestant(train, task, X, t) for name, train in TRAINERS.items()}
        seconds, predictors = _rounds(contestants)
        losses = {name: f"{dlcore.cross_entropy(predict(X), t):.4f}" for name, predict in predictors.items()}
        rows += _rows(task.title, seconds, losses)
    text = (
        "Whole trainings in float32: the same data, sizes, batches and number of steps; the loss on all training data "
        "afterwards shows that the same was learned. scikit-learn gives two classes one output."
    )
    return f"### Training\n\n{text}\n\n" + _table(["task", "library", "ms", "times dlcore", "final loss"], rows)


def _contestant(train, task, X, t, seed=0):
    def contestant():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # scikit-learn says that it stopped after the epochs it was given
            return train(task, X, t, seed)

    return contestant


def _accuracy():
    X, t = dlcore.digits(scale=True)
    X = X.astype(np.float32)
    (X_train, t_train), (X_test, t_test) = dlcore.stratified_split(X, t, test=0.2, rng=np.random.default_rng(0))
    task = Task("accuracy", (64, 64, 10), 50, 32, 0.003, None)
    rows = []
    for name, train in TRAINERS.items():
        scores = []
        for seed in range(5):
            predict = _contestant(train, task, X_train, t_train, seed)()
            scores.append(100 * dlcore.accuracy(predict(X_test), t_test))
        rows.append([name, f"{np.mean(scores):.2f}", ", ".join(f"{score:.1f}" for score in scores)])
    text = "Digits, 64-64-10, Adam, 50 epochs, one stratified split of 80 % to 20 %, five seeds: % right on test data."
    return f"### Accuracy\n\n{text}\n\n" + _table(["library", "mean", "each"], rows)


def _graph():
    """micrograd's demo: a 2-16-16-1 network on 100 points, all of it in scalars, forward and backward once."""
    contestants = {"dlcore": lambda: _scalar_step(dlcore.Value, lambda v: max(0.0, v))}
    if _there("micrograd"):
        from micrograd.engine import Value

        contestants["micrograd"] = lambda: _scalar_step(Value, lambda v: v.relu())
    seconds, results = _rounds(contestants)
    notes = {name: f"{loss:.6f}, {gradient:.6f}" for name, (loss, gradient) in results.items()}
    text = "A 2-16-16-1 network of scalars, as in micrograd's demo: loss and all gradients for 100 points, once."
    head = ["task", "library", "ms", "times dlcore", "loss, a gradient"]
    return f"### Value\n\n{text}\n\n" + _table(head, _rows("graph", seconds, notes))


def _scalar_step(Value, relu):
    rng = random.Random(0)
    sizes = (2, 16, 16, 1)
    layers = [
        [([Value(rng.uniform(-1, 1)) for _ in range(a)], Value(0.0)) for _ in range(b)] for a, b in pairwise(sizes)
    ]
    total = 0
    for _ in range(100):
        x = [rng.uniform(-1, 1), rng.uniform(-1, 1)]
        for weights in layers:
            x = [sum((w * v for w, v in zip(ws, x, strict=True)), b) for ws, b in weights]
            x = x if weights is layers[-1] else [relu(v) for v in x]
        total = total + (x[0] - 1) ** 2
    loss = total * 0.01
    loss.backward()
    return loss.data, layers[0][0][0][0].grad


FIRST = """
import numpy as np
from benchmarks.peers import TRAINERS, Task
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float32)
TRAINERS[{name!r}](Task("first", (2, 8, 1), 50, 4, 0.01, None, activation="tanh"), X, np.array([0, 1, 1, 0]), 0)
"""


def _first():
    contestants = {name: lambda name=name: _fresh(FIRST.format(name=name)) for name in TRAINERS}
    seconds, _ = _rounds(contestants, rounds=5, clock=time.perf_counter)
    text = "A fresh process: start Python, import, train XOR for 50 steps."
    head = ["task", "library", "ms", "times dlcore"]
    return f"### First training\n\n{text}\n\n" + _table(head, _rows("first", seconds))


def _fresh(code):
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, env=environment)
