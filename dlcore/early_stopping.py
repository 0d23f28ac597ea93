"""Early stopping: training ends when the validation loss has stopped falling."""

import math

from dlcore.checks import check_count, check_number
from dlcore.saving import get_state, set_state


class EarlyStopping:
    """Stop after `patience` epochs without a validation loss that is more than min_delta below the best.

    At the end the network gets back the parameters of its best epoch, `best_epoch` (from 0), with the loss `best`.
    patience ≥ 1; min_delta ≥ 0. Prechelt (1998), Early stopping – but when?, Neural Networks: Tricks of the Trade.
    """

    def __init__(self, patience=10, min_delta=0.0):
        self.patience = check_count(patience, "patience")
        self.min_delta = check_number(min_delta, "min_delta")
        self.start()

    def start(self):
        """Forget earlier trainings; `fit` calls it first."""
        self.best, self.best_epoch, self._best_state = math.inf, None, None

    def should_stop(self, epoch, value, net):
        """Take note of the epoch's validation loss; True if it is time to stop."""
        if value < self.best - self.min_delta:
            self.best, self.best_epoch, self._best_state = value, epoch, get_state(net)
        return epoch - self.best_epoch >= self.patience

    def restore(self, net):
        """Give net the parameters and buffers of the best epoch."""
        set_state(net, self._best_state)
