"""Grid search: try every combination of hyper-parameters, and judge each on validation data."""

import math
from itertools import product
from typing import Any, NamedTuple


class Trial(NamedTuple):
    """What one combination of hyper-parameters has reached."""

    score: float
    settings: dict[str, Any]


def grid_search(score, grid):
    """Every combination of the grid with its score, a list of `Trial(score, settings)`, the highest score first.

    score(**settings): a function that trains a *new* network and returns a number to be large, such as
    the accuracy on validation data (never on test data: the best of many looks better than it is). grid:
    a dict from each setting's name to its values, such as {"lr": [0.1, 0.01], "width": [16, 64]}. Equal
    scores keep the grid's order. Raises ValueError for an empty grid or a score that is not a finite
    number.
    """
    if not grid or not all(len(values) for values in grid.values()):
        raise ValueError(f"Expected at least one setting with at least one value, got {grid!r}.")
    trials = []
    for values in product(*grid.values()):
        settings = dict(zip(grid, values, strict=True))
        trials.append(Trial(_finite(score(**settings), settings), settings))
    return sorted(trials, key=lambda trial: -trial.score)


def _finite(score, settings):
    if not math.isfinite(score):
        raise ValueError(f"Expected a finite score for {settings}, got {score}: leave these settings out of the grid.")
    return float(score)
