"""Quiz of the chapter on the mathematics that the book uses."""

import numpy as np

from dlcore.figures import intro
from dlcore.figures.mathematics import draw_arrow
from dlcore.live.style import BLUE, GREEN, INK, ORANGE
from dlcore.quizzes import NumberAnswer, OneChoice, Quiz, SeveralChoices

W = np.array([2.0, 1.0])
ARROWS = {"A": (-1.0, 2.0), "B": (1.0, 1.0), "C": (3.0, -1.0), "D": (-2.0, -1.0)}
PLACES = {"P": -1.9, "Q": 0.0, "R": 1.0, "S": 1.5}


def _arrows(ax):
    draw_arrow(ax, W, GREEN)
    ax.annotate("w", W, xytext=(5, 5), textcoords="offset points", color=GREEN, fontweight="bold")
    for name, tip in ARROWS.items():
        draw_arrow(ax, tip, ORANGE)
        beyond = np.array(tip) * (1 + 0.3 / np.hypot(*tip))
        ax.text(*beyond, name, color=INK, fontweight="bold", ha="center", va="center")
    ax.set(xlim=(-3.5, 3.5), ylim=(-2.5, 2.8), xticks=range(-3, 4), yticks=range(-2, 3), aspect="equal")
    ax.set(xlabel="first number", ylabel="second number")


def _curve(x):
    return x**3 / 3 - x


def _marked_curve(ax):
    x = np.linspace(-2, 2, 81)
    ax.plot(x, _curve(x), color=INK)
    for name, place in PLACES.items():
        ax.plot(place, _curve(place), "o", color=BLUE)
        offset = (8, -10) if name in "PS" else (4, 8)
        ax.annotate(name, (place, _curve(place)), xytext=offset, textcoords="offset points", fontweight="bold")
    ax.set(xlim=(-2, 2), ylim=(-1.2, 1.2), xlabel="$x$", ylabel="$f(x)$")


def _falling_places():
    h = 1e-5
    return [name for name, x in PLACES.items() if _curve(x + h) - _curve(x - h) < -h * 1e-3]


def _kept_by_a_shift():
    values = np.array([2.0, 3.0, 7.0])
    measures = {"a": np.mean, "b": np.var, "c": np.std, "d": np.ptp}
    return "".join(k for k, measure in measures.items() if np.isclose(measure(values), measure(values + 10)))


quiz = Quiz(
    "mathematics",
    [
        OneChoice(
            "`X` has the shape (100, 3), `w` the shape (3,). What shape has `X @ w`?",
            {
                "(100, 3)": "That is the shape of `X * w`. In `@` the products are added up, so one axis disappears.",
                "(3,)": "The 3 is the axis along which products are added: it disappears.",
                "(100,)": "One weighted sum for each of the 100 samples.",
                "(100, 1)": "Nearly: `w` has only one axis, so none is left over for the 1.",
            },
            right="c",
            proof=lambda: str((np.ones((100, 3)) @ np.ones(3)).shape),
        ),
        OneChoice(
            "Which of the arrows A, B, C, D has the largest dot product with the green arrow $w$?",
            {
                "A": "It stands at a right angle to $w$: its dot product is 0.",
                "B": "It goes nearly the way of $w$, but it is short: $2·1 + 1·1 = 3$.",
                "C": "$2·3 + 1·(−1) = 5$. Of the shadows that fall along $w$ its own is the longest.",
                "D": "It points the opposite way: its dot product is negative, −5.",
            },
            right="c",
            figure=_arrows,
            alt="Five arrows from the origin: w to (2, 1), A to (−1, 2), B to (1, 1), C to (3, −1), D to (−2, −1).",
            proof=lambda: max(ARROWS, key=lambda name: W @ ARROWS[name]),
        ),
        NumberAnswer(
            "`y` has the shape (50, 1) and `t` the shape (50,). How many numbers has `y - t`?",
            2500,
            tol=0,
            reply="Shape (50, 50): every prediction minus every target. The mean of their squares is not the loss.",
            replies={
                50: "That is what was *meant*. But numpy lays the shapes against each other from the right: 1 against 50.",
                100: "The sizes are multiplied here: 50 rows of 50 numbers.",
            },
            proof=lambda: (np.ones((50, 1)) - np.ones(50)).size,
        ),
        OneChoice(
            "At which of the marked points is the slope of the curve negative?",
            {
                "P": "The curve rises at P, though it lies below zero there: height is not slope.",
                "Q": "The height at Q is zero, but the curve falls there: its slope is −1.",
                "R": "R is the lowest point of the hollow: the slope there is 0.",
                "S": "The curve rises at S, though it lies below zero there: height is not slope.",
            },
            right="b",
            figure=_marked_curve,
            alt="A curve with a hump at (−1, 0.67). On it lie P at (−1.9, −0.39), Q at (0, 0), R at (1, −0.67), its lowest point "
            "between 0 and 2, and S at (1.5, −0.38).",
            proof=_falling_places,
        ),
        NumberAnswer(
            r"$e^z = 20$. What is $e^{z + \ln 3}$?",
            60,
            tol=0.05,
            reply=r"$e^{z + \ln 3} = e^z · e^{\ln 3} = 20 · 3$. What is added in the exponent multiplies.",
            replies={
                23: "Adding in the exponent multiplies the result: it does not add to it.",
                8000: "That would be $e^{3z}$, three times the exponent.",
            },
            proof=lambda: np.exp(np.log(20) + np.log(3)),
        ),
        SeveralChoices(
            "You add 10 to every number of a list. What stays as it was?",
            {
                "their mean": "The mean moves along, by 10.",
                "their variance": "The deviations from the mean are the same as before, so their squares are too.",
                "their standard deviation": "It is the root of the variance, which stays.",
                "the largest minus the smallest": "Both grow by 10, and their difference stays.",
            },
            right="bcd",
            proof=_kept_by_a_shift,
        ),
        OneChoice(
            "From the introduction: the slope of the loss at the present weight is negative. What does a step of learning do "
            "with the weight?",
            {
                "It makes the weight larger.": "A negative slope means that the loss falls as the weight grows.",
                "It makes the weight smaller.": "Then the loss would grow: with a negative slope it rises to the left.",
                "It leaves the weight alone.": "That would be right only where the slope is 0.",
            },
            right="a",
            proof=lambda: (
                "a"
                if intro.bicycle_slope(0.05) < 0 and intro.visited(0.0005, 1)[1] > intro.visited(0.0005, 0)[0]
                else "no choice is right"
            ),
        ),
    ],
)
