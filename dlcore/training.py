"""Training: forward, loss, backward, step; batch by batch, epoch by epoch."""

import numpy as np

from dlcore.checks import as_floats, as_numbers, check_count, check_number, check_rng, check_samples
from dlcore.history import History
from dlcore.penalties import Penalty
from dlcore.progress import Bar


def fit(
    net,
    loss,
    optimizer,
    X,
    t,
    *,
    epochs,
    batch_size,
    rng,
    validation=None,
    metric=None,
    penalty=None,
    clip=None,
    schedule=None,
    early_stopping=None,
    progress=True,
):
    """Train net: every epoch shuffles the samples; every batch runs forward, loss, backward and optimizer.step.

    X (N, …), t (N, …): inputs, and targets as the loss takes them.
    batch_size: samples a step; the last batch of an epoch may be smaller.
    rng: a numpy Generator, which shuffles; the same rng and the same net give the same training.
    validation: (X, t), judged after every epoch.
    metric: a function of outputs and targets, such as `accuracy`.
    penalty: an L1 or L2, whose gradient is added.
    clip: a function of the gradients that returns those to use: lambda grads: clip_by_norm(grads, 1.0).
    schedule: a function of the epoch, from 0, that gives its learning rate, which is written to optimizer.lr.
    early_stopping: an EarlyStopping, which needs validation.
    progress: whether to draw a bar, on terminals only.

    Returns a History. Raises ValueError for bad data or settings, and if the loss becomes NaN or infinite.
    """
    check_count(epochs, "epochs"), check_count(batch_size, "batch_size"), check_rng(rng)
    data = _prepare(net, loss, X, t)
    watched = None if validation is None else _prepare(net, loss, *validation)
    _check_penalty(penalty), _start(early_stopping, watched)
    update = _updater(net, optimizer, penalty, clip)
    history, bar = History(), Bar(epochs, visible=progress)
    for epoch in range(epochs):
        _follow(schedule, optimizer, epoch)
        order = rng.permutation(len(data[0]))
        record = _train_epoch(net, loss, update, *(np.take(a, order, axis=0) for a in data), batch_size, metric)
        if watched is not None:
            record |= _judge(net, loss, *watched, metric)
        history.append(lr=optimizer.lr, **record)
        bar.show(epoch + 1, record["loss"])
        if early_stopping is not None and early_stopping.should_stop(epoch, record["val_loss"], net):
            break
    bar.close()
    if early_stopping is not None:
        early_stopping.restore(net)
    return history


QUIET = {"over": "ignore", "invalid": "ignore"}  # what overflows shows in the loss, which is checked


@np.errstate(**QUIET)
def _train_epoch(net, loss, update, X, t, targets, batch_size, metric):
    """One pass over the samples in the given order; returns the epoch's numbers for the History."""
    total, outputs = 0.0, []
    for start in range(0, len(X), batch_size):
        batch = slice(start, start + batch_size)
        y = net.forward(X[batch], train=True)
        value, dout = loss.value_and_gradient(y, targets[batch])
        net.backward_params(dout)
        update()
        total += value * len(y)
        if metric is not None:
            outputs.append(y)
    record = {"loss": total / len(X)}
    return record if metric is None else record | {"metric": metric(np.concatenate(outputs), t)}


@np.errstate(**QUIET)
def _judge(net, loss, X, t, targets, metric):
    y = net.forward(X)
    record = {"val_loss": loss.value_and_gradient(y, targets)[0]}
    return record if metric is None else record | {"val_metric": metric(y, t)}


def _updater(net, optimizer, penalty, clip):
    """A function that makes one optimizer step from the gradients of the last backward."""
    params, grads = net.params, net.grads
    all_params, all_grads = net.vectors()

    def update():
        if penalty is not None:
            for name, slope in penalty.gradient(params).items():
                grads[name] += slope
        optimizer.step(all_params, all_grads if clip is None else clip(all_grads))

    return update


def _prepare(net, loss, X, t):
    """X in the network's dtype, t as it came, and t as the loss's formulas take it; all of one length."""
    if not net.params:
        raise ValueError(f"Expected a network with parameters, got {net!r}: there is nothing to train.")
    X, t = as_floats(X, "X"), np.asarray(t)
    check_samples(X, t)
    X = X.astype(next(iter(net.params.values())).dtype, copy=False)
    y = as_numbers(net.forward(X[:1]))
    return X, t, loss.targets(t, (len(X), *y.shape[1:]), y.dtype)


def _follow(schedule, optimizer, epoch):
    if schedule is not None:
        optimizer.lr = check_number(schedule(epoch), "the scheduled learning rate", low_open=True)


def _check_penalty(penalty):
    if penalty is not None and not isinstance(penalty, Penalty):
        raise ValueError(f"Expected penalty to be an L1 or L2, got {penalty!r}: give it one, as in penalty=L2(0.01).")


def _start(early_stopping, watched):
    if early_stopping is None:
        return
    if watched is None:
        raise ValueError("Expected validation=(X, t) with early_stopping, got none: it watches the validation loss.")
    early_stopping.start()
