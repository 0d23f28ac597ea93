"""Quiz of the chapter on the perceptron."""

import numpy as np

from dlcore.figures import perceptron as figures
from dlcore.figures.plane import draw_neuron
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


def _factors_that_keep_the_mistakes():
    rates = {"a": 1 / 1024, "b": 1 / 4, "c": 16.0, "d": 1024.0}
    return "".join(k for k, rate in rates.items() if figures.mistakes("zero", rate) == figures.mistakes("zero", 1.0))


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
                "Nothing: it can never fire.": "That holds only without a bias. With $x = 0$ the sum is $z = b$.",
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
        SeveralChoices(
            "A perceptron starts from zero weights on the mangos. With which learning rates does it make the same number "
            "of mistakes as with η = 1?",
            {
                "1/1024": "From zero, η multiplies every number the neuron has, and no output changes.",
                "1/4": "From zero, η multiplies every number the neuron has, and no output changes.",
                "16": "From zero, η multiplies every number the neuron has, and no output changes.",
                "1024": "From zero, η multiplies every number the neuron has, and no output changes.",
            },
            right="abcd",
            proof=_factors_that_keep_the_mistakes,
        ),
        OneChoice(
            "The learning rule ends on separable data. What do you know about the line it found?",
            {
                "It is the best separating line.": "The rule stops at the *first* line without a mistake. Another order of the "
                "data gives another line.",
                "It makes no mistake on the training data.": "That is all the rule promises. New data may be told wrongly.",
                "It makes no mistake on new data.": "Nothing promises that: the test digits of this chapter show it.",
            },
            right="b",
        ),
    ],
)
