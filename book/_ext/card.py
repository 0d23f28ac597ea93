"""The picture that messengers show beside the book's address: `python -m book._ext.card` draws it anew.

It is stored, not drawn by each build: it changes with the book's title only.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

import numpy as np
import yaml
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from dlcore.figures.intro import ACROSS, EPOCHS, UP, half_moons, lesson
from dlcore.figures.plane import draw_classes
from dlcore.live.style import BLUE, INK, ORANGE, PAPER

ROOT = Path(__file__).parents[2]
CARD = ROOT / "book" / "_static" / "card.png"
WIDTH, HEIGHT = 1200, 630  # pixels: what Open Graph asks for
TITLE, PLACE = 0.07, (0.5, 0.0, 0.5, 1.0)  # parts of the width: where the title begins, and the picture's box


def draw() -> Figure:
    """The book's title, and its network at the end of its training."""
    fig = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100, facecolor=PAPER)
    FigureCanvasAgg(fig)
    title = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["title"]
    fig.text(TITLE, 0.5, textwrap.fill(title, 12), size=52, weight="bold", color=INK, va="center", linespacing=1.3)
    ax = fig.add_axes(PLACE)
    ax.axis("off")
    X, t = half_moons()
    outputs = lesson()[100 // EPOCHS][0].reshape(len(UP), len(ACROSS))
    ax.contourf(ACROSS, UP, outputs, levels=[0, np.inf], colors=[ORANGE], alpha=0.2)
    ax.contourf(ACROSS, UP, outputs, levels=[-np.inf, 0], colors=[BLUE], alpha=0.15)
    ax.contour(ACROSS, UP, outputs, levels=[0], colors=[INK], linewidths=4)
    draw_classes(ax, X, t, size=11)
    return fig


if __name__ == "__main__":
    draw().savefig(CARD, metadata={"Software": None})
