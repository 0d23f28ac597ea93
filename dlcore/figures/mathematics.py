"""Figures of the chapter on the mathematics that the book uses."""

from functools import cache

import numpy as np

from dlcore.figures.words import minus
from dlcore.live.style import BLUE, GREEN, GREY, INK, ORANGE, PINK

# Shapes and broadcasting.

COLUMN = np.array([[1], [2], [3]])
ROW = np.array([1, 2, 3])
TABLE = np.array([[4, 3], [0, 4], [5, 5]])
PAIRS = {
    "(3,) and (3,)": (ROW, ROW),
    "(3, 2) and (2,)": (TABLE, np.array([3, 4])),
    "(3, 2) and (3, 1)": (TABLE, COLUMN),
    "(3, 1) and (3,)": (COLUMN, ROW),
    "(3, 2) and (3,)": (TABLE, ROW),
}


def stretched(a, shape):
    """a broadcast to the shape, as a table, and a table that is True where an entry is a's own and False where a copy."""
    own = np.zeros(shape, dtype=bool)
    padded = (1,) * (len(shape) - a.ndim) + a.shape
    own[tuple(slice(0, n) for n in padded)] = True
    return np.atleast_2d(np.broadcast_to(a, shape)), np.atleast_2d(own)


def draw_table(ax, values, own, left, colour):
    """Numbers in boxes, the topmost row at the top of the axes; copies are grey in dotted boxes."""
    for i, j in np.ndindex(values.shape):
        mine = own[i, j]
        x, y = left + j, 2 - i
        box = np.array([(x, y), (x + 0.92, y), (x + 0.92, y + 0.92), (x, y + 0.92), (x, y)]).T
        if mine:
            ax.fill(*box, color=colour, alpha=0.3, linewidth=0)
        ax.plot(*box, color=colour, linestyle="-" if mine else ":", linewidth=1.2)
        ink = INK if mine else GREY
        ax.text(x + 0.46, y + 0.42, minus(str(values[i, j])), ha="center", va="center", color=ink, fontsize=11)


def difference(pair):
    """a − b, or None where numpy refuses the shapes."""
    a, b = PAIRS[pair]
    try:
        return a - b
    except ValueError:
        return None


def broadcast(ax, pair):
    """a − b as three tables: what numpy adds by copying is dotted."""
    a, b = PAIRS[pair]
    result = difference(pair)
    shape = None if result is None else result.shape
    left = 0.0
    for values, sign, colour in ((a, "−", BLUE), (b, "=", GREEN), (result, "", ORANGE)):
        if values is None:
            ax.text(left + 1.2, 2.46, "ValueError", ha="center", va="center", color=ORANGE, fontsize=11)
            break
        if shape is None or values is result:
            table = np.atleast_2d(values)
            own = np.ones(table.shape, dtype=bool)
        else:
            table, own = stretched(values, shape)
        draw_table(ax, table, own, left, colour)
        ax.text(left + table.shape[1] / 2, 3.35, f"{values.shape}", ha="center", color=INK)
        left += table.shape[1] + 0.9
        ax.text(left - 0.5, 2.42, sign, ha="center", va="center", color=INK, fontsize=14)
    ax.set(xlim=(-0.2, 11.2), ylim=(-0.2, 3.9), aspect="equal")
    ax.set_axis_off()


def broadcast_alt(pair):
    a, b = PAIRS[pair]
    result = difference(pair)
    if result is None:
        return f"An array of shape {a.shape} minus one of shape {b.shape}: numpy refuses with a ValueError."
    copied = [name for name, one in (("first", a), ("second", b)) if one.shape != result.shape]
    how = f"the {' and the '.join(copied)} copied to fit" if copied else "nothing copied"
    rows = minus(str(result.tolist()))
    return (
        f"An array of shape {a.shape} minus one of shape {b.shape}, {how}: the result {rows} has shape {result.shape}."
    )


# The dot product.

W = np.array([2, 1])


def draw_arrow(ax, tip, colour, start=(0, 0)):
    """An arrow from start (the origin) to tip."""
    ax.annotate("", tip, start, arrowprops={"color": colour, "width": 2, "headwidth": 9, "headlength": 9, "shrink": 0})


def dot(ax, x1, x2):
    """The fixed arrow w, the movable arrow x, and x's shadow on the line through w; shaded where w·x > 0."""
    x = np.array([x1, x2])
    product = int(W @ x)
    side = np.array([W[1], -W[0]])  # at a right angle to w
    far = 4 * W
    ax.fill(*np.array([4 * side, 4 * side + far, far - 4 * side, -4 * side]).T, color=GREEN, alpha=0.12, linewidth=0)
    ax.plot(*np.array([-2 * W, 2 * W]).T, color=GREY, linewidth=0.8)
    foot = product / (W @ W) * W
    ax.plot(*np.array([x, foot]).T, color=GREY, linestyle=":")
    ax.plot(*np.array([[0, 0], foot]).T, color=ORANGE, linewidth=6, alpha=0.45, solid_capstyle="butt")
    draw_arrow(ax, W, GREEN)
    ax.annotate("w", W, xytext=(6, -14), textcoords="offset points", color=GREEN, fontweight="bold")
    if x.any():
        draw_arrow(ax, x, ORANGE)
        ax.annotate("x", x, xytext=(-13, -4), textcoords="offset points", color=ORANGE, fontweight="bold")
    else:
        ax.plot(0, 0, "o", color=ORANGE)
    ax.set(xlim=(-3.6, 3.6), ylim=(-3.6, 3.6), xticks=range(-3, 4), yticks=range(-3, 4), aspect="equal")
    ax.set(xlabel="first number", ylabel="second number")
    ax.set_title(minus(f"2·({x1}) + 1·({x2}) = {product}"))


def dot_alt(x1, x2):
    product = int(W @ (x1, x2))
    if x1 == x2 == 0:
        how = "x has length 0 and no shadow"
    else:
        how = (
            "x is at a right angle to w and has no shadow"
            if product == 0
            else "x lies in the shaded half, its shadow along w"
        )
        how = "x lies in the half without shade, its shadow against w" if product < 0 else how
    return minus(f"w = (2, 1), x = ({x1}, {x2}): the dot product is {product}; {how}.")


# exp and log.


def exp_log(fig, z):
    """Left e^z with a point on it; right ln with the same two numbers in swapped roles."""
    up, back = fig.subplots(1, 2)
    y = np.exp(z)
    curve = np.linspace(-2.5, 2.5, 101)
    for ax, horizontal, vertical, here in ((up, curve, np.exp(curve), (z, y)), (back, np.exp(curve), curve, (y, z))):
        ax.plot(horizontal, vertical, color=INK)
        ax.plot([here[0], here[0]], [-3, here[1]], ":", color=GREY)
        ax.plot([-3, here[0]], [here[1], here[1]], ":", color=GREY)
        ax.plot(*here, "o", color=ORANGE)
    up.set(xlim=(-2.5, 2.5), ylim=(-0.5, 8), xlabel="$z$", ylabel="$p = e^z$")
    back.set(xlim=(-0.5, 8), ylim=(-2.5, 2.5), xlabel="$p$", ylabel=r"$z = \ln p$")
    equal = "=" if z == 0 else "≈"
    up.set_title(minus(f"exp({z:g}) {equal} {y:.3g}"))
    back.set_title(minus(f"ln({y:.3g}) {equal} {z:g}"))


def exp_log_alt(z):
    about = "" if z == 0 else "about "
    return minus(
        f"Left, the rising curve of the exponential function: e to the power {z:g} is {about}{np.exp(z):.3g}. Right, the "
        f"logarithm, the same curve with its axes swapped, leads from that number back to {z:g}."
    )


# Slope and derivative.

STEPS = {"1": 1.0, "1/2": 0.5, "1/4": 0.25, "1/8": 0.125, "1/16": 0.0625, "1/1024": 1 / 1024}


def secant_slope(x, h):
    """Rise over run of x² between x and x + h, which is 2x + h."""
    return ((x + h) ** 2 - x**2) / h


def secant(fig, x, h):
    """Above x² with a straight line through the points at x and x + h; below that line's slope, as a point at x.

    The curve's own slope, 2x, would answer before h has shrunk: it is drawn for the smallest h only.
    """
    curve, slopes = fig.subplots(2, 1, height_ratios=(1.5, 1))
    grid = np.linspace(-2, 2.6, 93)
    slope = secant_slope(x, h)
    curve.plot(grid, grid**2, color=INK, linewidth=1.2)
    line = np.array([-2.0, 2.6])
    curve.plot(line, x**2 + slope * (line - x), color=ORANGE)
    curve.plot([x, x + h], [x**2, (x + h) ** 2], "o", color=BLUE)
    curve.set(xlim=(-2, 2.6), ylim=(-1.5, 7), ylabel="$f(x) = x^2$")
    curve.set_title(minus(f"slope of the line: {round(slope, 5):g}"))
    slopes.axhline(0, color=GREY, linewidth=0.8)
    if h == min(STEPS.values()):
        slopes.plot(grid, 2 * grid, color=GREEN, linewidth=1.2)
    slopes.plot(x, slope, "o", color=ORANGE)
    slopes.set(xlim=(-2, 2.6), ylim=(-4.5, 5.5), xlabel="$x$", ylabel="slope")


def secant_alt(x, h):
    # (The slope is rounded: 0.00098 says as much as 0.0009765625.)
    step = next(name for name, value in STEPS.items() if value == h)
    told = (
        f"In the upper picture, with the step {step}, the straight line through two points of the parabola x squared, "
    )
    told += f"the first at {x:g}, has the slope {round(secant_slope(x, h), 5):g}; in the lower picture a point shows that slope"
    if h == min(STEPS.values()):
        told += f", hardly above the green line, which gives {2 * x:g} at {x:g}: the slope of the curve itself"
    return minus(f"{told}.")


# Partial derivatives.


def bowl_loss(w1, w2):
    """½·w₁² + 2·w₂²; its partial derivatives are w₁ and 4·w₂."""
    return 0.5 * w1**2 + 2 * w2**2


def bowl(fig, w1, w2):
    """Left the bowl from above, by its height lines; right the two cuts through the point, each with its slope."""
    plan, first, second = fig.subplot_mosaic([["a", "b"], ["a", "c"]], width_ratios=(1.25, 1)).values()
    turn = np.linspace(0, 2 * np.pi, 73)
    for height in (0.5, 2, 4.5, 8):
        ax1, ax2 = np.sqrt(2 * height), np.sqrt(height / 2)
        plan.plot(ax1 * np.cos(turn), ax2 * np.sin(turn), color=GREY, linewidth=0.9)
    plan.axhline(w2, color=BLUE, linewidth=1.2)
    plan.axvline(w1, color=GREEN, linewidth=1.2)
    plan.plot(w1, w2, "o", color=ORANGE)
    plan.set(xlim=(-2.4, 2.4), ylim=(-2.4, 2.4), xlabel="$w_1$", ylabel="$w_2$", aspect="equal")
    plan.set(xticks=range(-2, 3), yticks=range(-2, 3))
    grid = np.linspace(-2.4, 2.4, 49)
    here = bowl_loss(w1, w2)
    cuts = (
        (first, BLUE, bowl_loss(grid, w2), w1, w1, "$w_1$"),
        (second, GREEN, bowl_loss(w1, grid), w2, 4 * w2, "$w_2$"),
    )
    for ax, colour, heights, at, slope, label in cuts:
        ax.plot(grid, heights, color=colour, linewidth=1.2)
        reach = 1 / np.hypot(1, slope / 3)  # the same length on the page, however steep
        run = np.array([-reach, reach])
        ax.plot(at + run, here + slope * run, color=ORANGE)
        ax.plot(at, here, "o", color=ORANGE)
        ax.set(xlim=(-2.4, 2.4), ylim=(-1.5, 15), xlabel=label, ylabel="$L$", xticks=range(-2, 3))
        ax.set_title(f"slope {minus(f'{slope:g}')}")


def bowl_alt(w1, w2):
    return minus(
        f"At w₁ = {w1:g}, w₂ = {w2:g} the bowl has the height {bowl_loss(w1, w2):g}; along the blue cut, where only w₁ "
        f"changes, its slope is {w1:g}, and along the green cut, where only w₂ changes, it is {4 * w2:g}."
    )


# Mean and variance.


def spread_points(last, shift):
    """Five numbers: 2, 3, 5, 6 and the movable one, all shifted."""
    return np.array([2.0, 3.0, 5.0, 6.0, last]) + shift


def spread(ax, last, shift):
    """Five points on a line, their mean, and one standard deviation to each side."""
    points = spread_points(last, shift)
    mean, variance = points.mean(), points.var()
    ax.axvspan(mean - np.sqrt(variance), mean + np.sqrt(variance), color=ORANGE, alpha=0.2, linewidth=0)
    ax.axvline(mean, color=ORANGE)
    ax.plot(points[:4], [0.3, 0.3, 0.3, 0.3], "o", color=BLUE)
    ax.plot(points[4], 0.7, "D", color=GREEN)
    ax.set(xlim=(-1, 20), ylim=(0, 1), yticks=[], xlabel="value", xticks=range(0, 21, 2))
    ax.set_title(f"mean {mean:g}, variance {variance:g}")


def spread_alt(last, shift):
    points = spread_points(last, shift)
    return (
        f"Blue points at {', '.join(f'{p:g}' for p in points[:3])} and {points[3]:g}, the green one at {points[4]:g}: "
        f"the mean is {points.mean():g}, the variance {points.var():g}, the standard deviation {points.std():.2f}."
    )


# Probability.

CHANCES = np.array([0.2, 0.5, 0.3])


@cache
def shares(draws, seed):
    """The share of each of three classes among so many random draws."""
    drawn = np.random.default_rng(seed).choice(3, size=draws, p=CHANCES)
    return np.bincount(drawn, minlength=3) / draws


def chances(fig, draws, seed):
    """Above, bars for the shares that came and lines for the probabilities; below, their differences, magnified."""
    above, below = fig.subplots(2, 1, height_ratios=(1.5, 1))
    came, classes = shares(draws, seed), np.arange(3)
    above.bar(classes, came, width=0.6, color=[BLUE, ORANGE, PINK])
    above.hlines(CHANCES, classes - 0.42, classes + 0.42, color=INK, linewidth=2.5)
    above.set(xlim=(-0.6, 2.6), ylim=(0, 1), xticks=classes, ylabel="share")
    below.axhline(0, color=INK, linewidth=0.8)
    below.bar(classes, came - CHANCES, width=0.6, color=[BLUE, ORANGE, PINK])
    below.hlines([-0.02, 0.02], -0.6, 2.6, color=INK, linestyle=":", linewidth=1)
    below.set(xlim=(-0.6, 2.6), ylim=(-0.1, 0.1), xticks=classes, yticks=[-0.1, 0, 0.1], xlabel="class")
    below.set_ylabel("difference")


def chances_alt(draws, seed):
    came = shares(draws, seed)
    return (
        f"After {draws} draws the shares of the classes 0, 1 and 2 are {', '.join(f'{share:.3g}' for share in came)}; their "
        f"probabilities are 0.2, 0.5 and 0.3. The largest difference is {abs(came - CHANCES).max():.3f}."
    )


# For the exercise on slopes.


def four_slopes(fig):
    """Above a curve, below four others, of which one is its slope."""
    axes = fig.subplot_mosaic("ffff;ABCD", height_ratios=(1.3, 1))
    x = np.linspace(-2, 2, 81)
    axes["f"].plot(x, x**3 / 3 - x, color=INK)
    axes["f"].set(xlabel="$x$", ylabel="$f(x)$", xlim=(-2, 2), ylim=(-1.2, 1.2))
    curves = {"A": 1 - x**2, "B": x**3 / 3 - x, "C": x**2 - 1, "D": 2 * x}
    for name, values in curves.items():
        axes[name].axhline(0, color=INK, linewidth=0.8)
        axes[name].plot(x, values, color=ORANGE)
        axes[name].set(title=name, xlim=(-2, 2), ylim=(-4.2, 4.2), xlabel="$x$")
        if name != "A":
            axes[name].set_yticklabels([])


def four_slopes_alt():
    return (
        "Above, a curve that rises to a hump at −1, falls to a hollow at 1, and rises again. Below, A: a hill, highest in "
        "the middle, that crosses zero at −1 and at 1. B: the upper curve again. C: a valley, lowest in the middle, that "
        "crosses zero at −1 and at 1. D: a rising straight line through zero."
    )
