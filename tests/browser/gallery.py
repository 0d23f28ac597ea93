"""Cells of a page with every kind of control and of picture; the tests build it as a book of its own."""

# %%
import ipywidgets as widgets
import numpy as np

from dlcore.live import explore


# %%
def lines(ax, kind, points, shifted, slope):
    x = np.linspace(-1, 1, points)
    y = {"line": x, "curve": x**2, "<wave> & more": np.sin(4 * x)}[kind]
    ax.plot(x, slope * y + shifted, label=f"$y = {slope:g}x$")
    ax.set(xlim=(-1, 1), ylim=(-3, 3), xlabel="$x$", ylabel=r"$\sigma(x)$")
    ax.legend()


def lines_alt(kind, points, shifted, slope):
    return f"A {kind} of {points} points" + (", shifted up" if shifted else "") + f", times {slope:g}."


kinds = ["line", "curve", "<wave> & more"]
explore(lines, name="lines", alt=lines_alt, kind=kinds, points=(2, 4), shifted=True, slope=(-1.0, 1.0, 0.5))


# %%
def appearing(ax, shape, height, on, step):
    if shape != "nothing":
        ax.plot(range(step + 1), [height] * (step + 1), "o" if shape == "dots" else "-", clip_on=True)
    if on:
        ax.text(0, 0, "on")
    ax.set(xlim=(0, 3 + step), ylim=(-height, 2 * height), title="" if step < 2 else f"step {step}")


explore(
    appearing,
    name="appearing",
    alt=lambda shape, height, on, step: f"{shape} of height {height:g} at step {step}, {'on' if on else 'off'}",
    shape=widgets.RadioButtons(options=["nothing", "dots", "lines"], description="Shape of it"),
    height=widgets.FloatLogSlider(value=1, base=10, min=-1, max=1, step=1),
    on=widgets.ToggleButtons(options=[("off", False), ("on", True)]),
    step=widgets.Play(min=0, max=5, step=1, value=0, interval=100, description="Step"),
)


# %%
def several(fig, level, mapped, way):
    left, right = fig.subplots(1, 2)
    grid = np.outer(np.arange(4), np.arange(4) + level)
    left.imshow(grid if mapped else grid.T, cmap=way)
    right.contour(grid, levels=[level + 1, level + 4])
    right.fill_between([0, 3], [level / 3, 0], alpha=0.4)


explore(
    several,
    name="several",
    size=(6.0, 3.0),
    alt=lambda level, mapped, way: f"An image and contours at {level}.",
    level=widgets.SelectionSlider(options=[1, 2, 5], description="Level ≥ 1"),
    mapped=widgets.ToggleButton(value=False, description="Mapped"),
    way=widgets.Dropdown(options=[("green", "viridis"), ("grey", "gray")]),
)

# %%
explore(lambda ax: ax.plot([1, 2]), name="still", alt=lambda: "A line.")
