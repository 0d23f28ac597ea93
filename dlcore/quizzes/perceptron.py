"""Quiz of the chapter on the perceptron."""

import numpy as np

from dlcore.figures import perceptron as figures
from dlcore.figures.plane import draw_classes, draw_neuron
from dlcore.gates import gate
from dlcore.perceptron import Perceptron
from dlcore.quizzes import NumberAnswer, OneChoice, Quiz, SeveralChoices

PICTURED = ([-1.0, 1.0], 0.5)


def _pictured_line(ax):
    w, b = PICTURED
    draw_neuron(ax, w, b, (-2, 2, -2, 2))
    ax.set(xlabel="$x_1$", ylabel="$x_2$", xticks=[-2, -1, 0, 1, 2], yticks=[-2, -1, 0, 1, 2], aspect="equal")


def _same_as_pictured(w, b):
    """Does step(w·x + b) agree with the pictured neuron on a grid of points?"""
    grid = np.stack(np.meshgrid(np.linspace(-2, 2, 41), np.linspace(-2, 2, 41)), axis=-1).reshape(-1, 2)
    return np.array_equal(Perceptron(w, b).predict(grid), Perceptron(*PICTURED).predict(grid))


def _letter_of_pictured():
    choices = (([1.0, 1.0], 0.5), ([-1.0, 1.0], 0.5), ([-1.0, 1.0], -0.5), ([1.0, -1.0], -0.5))
    return "abcd"[[_same_as_pictured(*choice) for choice in choices].index(True)]


STRAY = ([1.0, 0.5], -4.0, [4.0, 2.5], 0)  # a line, and a sample of class 0 on its firing side


def _stray_sample(ax):
    w, b, sample, _ = STRAY
    draw_neuron(ax, w, b, figures.MANGO_BOX)
    draw_classes(ax, np.array([sample]), np.array([0]), size=12)
    ax.set(xlabel="$x_1$", ylabel="$x_2$", xticks=range(0, 7, 2), yticks=range(0, 7, 2), aspect="equal")


def _what_the_stray_sample_does():
    w, b, sample, target = STRAY
    neuron = Perceptron(w, b)
    neuron.update(sample, target)
    return "b" if neuron.b < b and (neuron.w < w).all() else "no choice is right"


def _end(start, rate):
    """The line at the end of the mangos' lesson, as its slope and height."""
    _, _, w, b = figures.lesson(start, rate)[-1]
    return w[0] / w[1], b / w[1]


def _what_keeps_the_line():
    kept = [
        letter
        for letter, start, rate in (("a", "zero", 64.0), ("b", "zero", 1 / 64), ("c", "far", 64.0))
        if _end(start, rate) == _end(start, 1.0)
    ]
    return "".join([*kept, *("d" if figures.distinct_lines() == 1 else "")])


quiz = Quiz(
    "perceptron",
    [
        NumberAnswer(
            "A neuron has $w = (2, −1)$ and $b = 0.5$. What is its sum $z$ for $x = (1, 3)$?",
            -0.5,
            tol=0.001,
            reply="$2·1 − 1·3 + 0.5 = −0.5$. So it does not fire.",
            replies={-1.0: "The bias is missing.", 5.5: "The second weight is −1, not 1.", 0.5: "Mind the sign."},
            proof=lambda: Perceptron([2, -1], 0.5).weighted_sum([1, 3]),
        ),
        OneChoice(
            "All inputs of a neuron are 0. What decides whether it fires?",
            {
                "The largest weight.": "Every weight is multiplied by 0: none of them counts.",
                "The bias alone.": "With $x = 0$ the sum is $z = b$: the neuron fires if $b > 0$.",
                "Nothing: it can never fire.": "With $x = 0$ the sum is $z = b$: with a positive bias it fires.",
            },
            right="b",
            proof=lambda: (
                "b" if [Perceptron([9, -9], b).predict([0, 0]) for b in (-1, 1)] == [0, 1] else "no choice is right"
            ),
        ),
        OneChoice(
            "Which neuron is in the picture? It fires in the shaded part.",
            {
                "$w = (1, 1)$, $b = 0.5$": "This line falls from left to right.",
                "$w = (−1, 1)$, $b = 0.5$": "Its line is $x_2 = x_1 − 0.5$, and far up, where $x_2$ is large, $z$ is positive.",
                "$w = (−1, 1)$, $b = −0.5$": "Right direction, but this line crosses the $x_2$ axis at +0.5.",
                "$w = (1, −1)$, $b = −0.5$": "That is the same line, but this neuron fires on its other side.",
            },
            right="b",
            figure=_pictured_line,
            alt="A rising line through (0.5, 0) and (0, −0.5); the side above it is shaded.",
            proof=_letter_of_pictured,
        ),
        OneChoice(
            "All weights *and* the bias of a neuron are multiplied by 10. What happens to its line?",
            {
                "It moves ten times as far from the origin.": "Its distance is $|b|/‖w‖$; both were multiplied by 10.",
                "It turns.": "The direction of $w$ has not changed, so that of the line has not.",
                "Nothing.": "$10(w·x + b) = 0$ holds for the same $x$ as $w·x + b = 0$.",
            },
            right="c",
            proof=lambda: (
                "c"
                if np.array_equal(
                    Perceptron([10, 20], -15).predict(gate("AND")[0]), Perceptron([1, 2], -1.5).predict(gate("AND")[0])
                )
                else "no choice is right"
            ),
        ),
        OneChoice(
            "The blue square has the target 0. The neuron fires in the shaded part, and the rule visits the square now. What "
            "happens to its numbers?",
            {
                "Both weights and the bias become larger.": "They would become larger if it should have fired and had not.",
                "Both weights and the bias become smaller.": "It fires and should not: the sample, whose inputs are positive, is "
                "subtracted from the weights, η times, and η from the bias. (With η = 1 a bias of −4 becomes −5, which is smaller.)",
                "Only the weights become smaller.": "The bias is the weight of a constant input 1: it is corrected too.",
                "Nothing: it is on the right side.": "The shaded side is where the neuron says 1. The square should get 0.",
            },
            right="b",
            figure=_stray_sample,
            alt="A falling line; the side above it is shaded, and a blue square lies in the shaded part, at (4, 2.5).",
            proof=_what_the_stray_sample_does,
        ),
        SeveralChoices(
            "Which of these change nothing about *which line* the learning rule ends with, on the mangos?",
            {
                "from zero weights, η = 64 instead of 1": "All its numbers are multiplied by 64: the same line.",
                "from zero weights, η = 1/64 instead of 1": "All its numbers are divided by 64: the same line.",
                "from far-off weights, η = 64 instead of 1": "Here η decides how much the start weighs against the "
                "corrections, and another line comes out.",
                "another order of the mangos": "Ten orders gave eight different lines.",
            },
            right="ab",
            proof=_what_keeps_the_line,
        ),
        OneChoice(
            "The learning rule ends on separable data. What do you know about the line it found?",
            {
                "It is the best separating line.": "The rule stops at the *first* line without a mistake. Another order of the "
                "data may give another line.",
                "It makes no mistake on the training data.": "That is all the rule promises. New data may be told wrongly.",
                "It makes no mistake on new data.": "Nothing promises that: the test digits of this chapter show it.",
            },
            right="b",
            proof=lambda: figures.digit_lesson()[-1][2] == 1 and figures.digit_lesson()[-1][3] < 1,
        ),
    ],
)
