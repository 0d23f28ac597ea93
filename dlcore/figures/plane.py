"""Pieces that figures share: where a neuron fires in the plane, points of two classes, and pictures of digits."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from dlcore.live.style import BLUE, INK, ORANGE

# Not quite white to not quite black: pure white is the page's own colour, which turns dark with the page.
PENCIL = LinearSegmentedColormap.from_list("pencil", ["#fefefe", "#010101"])


def firing_region(w, b, box):
    """The corners, in order, of the part of the box (left, right, bottom, top) where w·x + b ≥ 0; (n, 2).

    n is 0 where the neuron fires nowhere in the box.
    """
    left, right, bottom, top = box
    corners = np.array([(left, bottom), (right, bottom), (right, top), (left, top)], dtype=float)
    z = corners @ w + b
    region = []
    for i in range(4):
        j = (i + 1) % 4
        if z[i] >= 0:
            region.append(corners[i])
        if z[i] * z[j] < 0:  # the line cuts this edge
            region.append(corners[i] + z[i] / (z[i] - z[j]) * (corners[j] - corners[i]))
    return np.array(region if z.max() > 0 else []).reshape(-1, 2)


def draw_neuron(ax, w, b, box):
    """Shade where the neuron fires, and draw its line w·x + b = 0."""
    w = np.asarray(w, dtype=float)
    region = firing_region(w, b, box)
    if len(region):
        ax.fill(*region.T, color=ORANGE, alpha=0.2, linewidth=0)
    ends = boundary(w, b, box)
    if len(ends):
        ax.plot(*ends.T, color=INK)
    ax.set(xlim=box[:2], ylim=box[2:])


def boundary(w, b, box):
    """The two ends of the line w·x + b = 0 inside the box, (2, 2); (0, 2) where it misses the box."""
    left, right, bottom, top = box
    ends = set()
    if w[1] != 0:
        ends |= {(x, -(w[0] * x + b) / w[1]) for x in (left, right)}
    if w[0] != 0:
        ends |= {(-(w[1] * y + b) / w[0], y) for y in (bottom, top)}
    inside = sorted((x, y) for x, y in ends if left <= x <= right and bottom <= y <= top)
    return np.array([inside[0], inside[-1]] if len(inside) > 1 else []).reshape(-1, 2)


def draw_classes(ax, X, t, size=9):
    """Class 0 as blue squares, class 1 as orange circles: told apart by shape as well as by colour."""
    for k, colour, marker in ((0, BLUE, "s"), (1, ORANGE, "o")):
        ax.plot(*X[t == k].T, marker, color=colour, markersize=size, label=f"class {k}")


def draw_image(ax, pixels, **style):
    """One square picture, its first row on top. (A mesh and not an image: its file is the same on every machine.)"""
    side = int(np.sqrt(len(pixels)))
    ax.pcolormesh(np.reshape(pixels, (side, side))[::-1], edgecolors="face", linewidth=0.2, **style)
    ax.set(xticks=[], yticks=[], aspect="equal")
    ax.spines[:].set_visible(False)


def draw_digits(fig, pictures, titles, columns=6):
    """Handwritten digits in rows, dark ink on white paper in every colour scheme, each under its title."""
    rows = -(-len(pictures) // columns)
    axes = fig.subplots(rows, columns, squeeze=False).ravel()
    for ax in axes[len(pictures) :]:
        ax.remove()
    for ax, pixels, title in zip(axes, pictures, titles, strict=False):
        draw_image(ax, pixels, cmap=PENCIL, vmin=0, vmax=1)
        ax.set_title(title)


def in_box(w, box):
    """Is the point inside the box (left, right, bottom, top)?"""
    left, right, bottom, top = box
    return bool(left <= w[0] <= right and bottom <= w[1] <= top)


def draw_path(ax, path, colour=BLUE):
    """The places (n, 2) one after the other, an open ring at the start, a large dot at the end."""
    ax.plot(*path.T, ".-", color=colour, linewidth=1, markersize=4)
    ax.plot(*path[0], "o", color=colour, markerfacecolor="none", markersize=8)
    ax.plot(*path[-1], "o", color=colour, markersize=7)
