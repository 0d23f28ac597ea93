"""What happened in a training, epoch by epoch."""

import numpy as np


class History:
    """The record of `fit`: arrays with one number an epoch.

    loss, metric: over the training batches as they were trained on, so with the weights of that moment
    and with dropout at work; without the penalty. val_loss, val_metric: on the validation data after the
    epoch, outside training. lr: the learning rate. What was not asked for is empty. len(history) is the
    number of epochs.
    """

    NAMES = ("loss", "metric", "val_loss", "val_metric", "lr")

    def __init__(self):
        self._columns = {name: [] for name in self.NAMES}

    def append(self, **numbers):
        """Add one epoch."""
        for name, number in numbers.items():
            self._columns[name].append(float(number))

    def __getattr__(self, name):
        if name not in History.NAMES:
            raise AttributeError(f"Expected one of {', '.join(History.NAMES)}, got {name!r}.")
        return np.array(self._columns[name])

    def __len__(self):
        return len(self._columns["loss"])

    def __repr__(self):
        last = ", ".join(f"{name}={column[-1]:.4g}" for name, column in self._columns.items() if column)
        return f"History({len(self)} epochs; last: {last or 'none'})"

    def plot(self, ax=None, *, what="loss"):
        """Draw the curve of what ("loss" or "metric") in training and, if there is one, in validation; returns axes."""
        import matplotlib.pyplot as plt  # loads only for those who draw

        if what not in ("loss", "metric") or not self._columns[what]:
            raise ValueError(f"Expected what to be 'loss', or 'metric' if fit was given one, got {what!r}.")
        ax = plt.subplots()[1] if ax is None else ax
        epochs = np.arange(1, len(self) + 1)
        ax.plot(epochs, self._columns[what], label="training")
        if self._columns[f"val_{what}"]:
            ax.plot(epochs, self._columns[f"val_{what}"], linestyle="--", label="validation")
        ax.set(xlabel="epoch", ylabel=what)
        ax.legend()
        return ax
