"""Figures of the introduction."""

import numpy as np

from dlcore.live.style import BLUE, GREY, INK, ORANGE

# Minutes on a bicycle and kilometres ridden.
MINUTES = np.array([5.0, 10.0, 15.0, 20.0])
KILOMETRES = np.array([1.2, 2.4, 4.2, 4.8])


def bicycle_loss(w):
    """mean of (w·minutes − kilometres)²: how wrong the weight w is."""
    return np.mean((w * MINUTES - KILOMETRES) ** 2)


def one_weight(fig, w):
    """Left the four rides, and what the weight says of them; right the loss, for this weight and all others."""
    rides, loss = fig.subplots(1, 2)
    x = np.array([0.0, 22.0])
    rides.vlines(MINUTES, KILOMETRES, w * MINUTES, color=GREY, linewidth=1)
    rides.plot(x, w * x, color=ORANGE)
    rides.plot(MINUTES, KILOMETRES, "o", color=BLUE)
    rides.set(xlim=(0, 22), ylim=(0, 9), xlabel="minutes $x$", ylabel="kilometres", xticks=[0, 10, 20])
    weights = np.linspace(0, 0.5, 51)
    loss.plot(weights, [bicycle_loss(one) for one in weights], color=INK, linewidth=1)
    loss.plot(w, bicycle_loss(w), "o", color=ORANGE)
    loss.set(xlim=(0, 0.5), ylim=(-0.5, 14), xlabel="weight $w$", ylabel="loss", xticks=[0, 0.25, 0.5])


def one_weight_alt(w):
    return (
        f"With the weight {w:.2f} the model says {w * 20:.1f} km for 20 minutes; "
        f"its loss over the four rides is {bicycle_loss(w):.2f}."
    )
