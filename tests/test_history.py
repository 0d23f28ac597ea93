"""The record of a training, and its plot."""

from copy import deepcopy

import matplotlib.pyplot as plt
import pytest

from dlcore import History


def history(**extra):
    record = History()
    for k in (3, 2, 1):
        record.append(loss=k, lr=0.1, **{name: 10 * k for name in extra})
    return record


def test_columns():
    record = history(val_loss=True)
    assert record.loss.tolist() == [3, 2, 1] and record.val_loss.tolist() == [30, 20, 10]
    assert record.metric.size == 0 and len(record) == 3
    assert repr(record) == "History(3 epochs; last: loss=1, val_loss=10, lr=0.1)"
    assert repr(History()) == "History(0 epochs; last: none)"
    assert deepcopy(record).loss.tolist() == [3, 2, 1]


def test_plot_draws_what_there_is():
    ax = history(val_loss=True).plot()
    assert [line.get_label() for line in ax.lines] == ["training", "validation"]
    assert list(ax.lines[0].get_ydata()) == [3, 2, 1] and list(ax.lines[1].get_xdata()) == [1, 2, 3]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("epoch", "loss")
    _, mine = plt.subplots()
    assert history(metric=True).plot(mine, what="metric") is mine and len(mine.lines) == 1
    plt.close("all")


def test_errors():
    with pytest.raises(ValueError, match="'metric' if fit was given one, got 'metric'"):
        history().plot(what="metric")
    with pytest.raises(ValueError, match="got 'lr'"):
        history().plot(what="lr")
    with pytest.raises(AttributeError, match="one of loss, metric, val_loss, val_metric, lr, got 'losses'"):
        history().losses  # noqa: B018
