"""Learning-rate schedules: functions of the epoch, counted from 0, that give its learning rate."""

import math
from dataclasses import dataclass

from dlcore.checks import check_count, check_number


@dataclass(frozen=True)
class StepDecay:
    """lr(epoch) = lr·factor^⌊epoch / every⌋: multiplied by factor, from 0 to 1, after every `every` epochs."""

    lr: float
    every: int
    factor: float = 0.1

    def __post_init__(self):
        _check(self.lr, self.factor)
        check_count(self.every, "every")

    def __call__(self, epoch):
        return self.lr * self.factor ** (epoch // self.every)


@dataclass(frozen=True)
class ExponentialDecay:
    """lr(epoch) = lr·factor^epoch: multiplied by factor, from 0 to 1, after each epoch."""

    lr: float
    factor: float

    def __post_init__(self):
        _check(self.lr, self.factor)

    def __call__(self, epoch):
        return self.lr * self.factor**epoch


@dataclass(frozen=True)
class CosineDecay:
    """lr(epoch) = low + ½·(lr − low)·(1 + cos(π·epoch / epochs)): from lr down to low, slowly at both ends.

    After `epochs` it stays low. 0 < low < lr. Loshchilov & Hutter (2017), SGDR, ICLR (arXiv:1608.03983), equation
    5, one period.
    """

    lr: float
    epochs: int
    low: float = 1e-6

    def __post_init__(self):
        check_number(self.low, "low", low_open=True)
        check_number(self.lr, "lr", self.low, low_open=True)
        check_count(self.epochs, "epochs")

    def __call__(self, epoch):
        passed = min(epoch, self.epochs) / self.epochs
        return self.low + 0.5 * (self.lr - self.low) * (1 + math.cos(math.pi * passed))


@dataclass(frozen=True)
class Warmup:
    """lr(epoch) = lr·(epoch + 1) / epochs: grows from lr / epochs to lr in `epochs` epochs; then lr."""

    lr: float
    epochs: int

    def __post_init__(self):
        _check(self.lr)
        check_count(self.epochs, "epochs")

    def __call__(self, epoch):
        return self.lr * min(1, (epoch + 1) / self.epochs)


def _check(lr, factor=1.0):
    check_number(lr, "lr", low_open=True)
    check_number(factor, "factor", 0, 1, low_open=True, high_open=False)
