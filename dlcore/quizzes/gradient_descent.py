"""Quiz of the chapter on gradient descent."""

import numpy as np

from dlcore.figures import gradient_descent as figures
from dlcore.gates import gate
from dlcore.gradients import numerical_gradient
from dlcore.layers import Dense
from dlcore.live.style import BLUE, GREEN, INK
from dlcore.losses import mse
from dlcore.network import Sequential
from dlcore.optimizers import SGD
from dlcore.perceptron import Perceptron
from dlcore.quizzes import NumberAnswer, OneChoice, Quiz, SeveralChoices
from dlcore.training import fit

QUIZ_START = -2.25
PLACES = {"A": -1.5, "B": figures.HILLTOP, "C": 1.5, "D": 5.5}


def _marked_hills(ax):
    figures.draw_hills(ax)
    ax.plot(QUIZ_START, figures.hills(QUIZ_START), "*", color=GREEN, markersize=15)
    for name, w in PLACES.items():
        ax.plot(w, figures.hills(w), "o", color=INK, markersize=5)
        ax.annotate(name, (w, figures.hills(w)), (0, -16), textcoords="offset points", ha="center", fontweight="bold")


def _end_of_the_star():
    end = figures.hills_walk(QUIZ_START, 0.02, 5000)[-1]
    return "abcd"[int(np.argmin([abs(end - w) for w in PLACES.values()]))]


EXPLODING = 0.24


def _losses(rate, steps=8):
    return [figures.parabola((1 - 10 * rate) ** k) for k in range(steps + 1)]


def _exploding(ax):
    ax.plot(_losses(EXPLODING), "o-", color=BLUE)
    ax.set(xlabel="step", ylabel="loss", xlim=(-0.3, 8.3), ylim=(0, 1200))


def _steps_an_epoch(batch):
    """How many steps `fit` makes with 64 samples in one epoch."""
    net, optimizer = Sequential([Dense(1, 1, init="zeros")]), SGD(0.01)
    x, t = figures.line_data()
    fit(
        net,
        mse,
        optimizer,
        x[:, None],
        t[:, None],
        epochs=1,
        batch_size=batch,
        rng=np.random.default_rng(0),
        progress=False,
    )
    return optimizer.t


def _flat_places():
    """Where the slope is exactly 0: the bottom of 5w², the top of −5w², the saddle, the wall of 5w² at w = 1."""
    slopes = (
        [numerical_gradient(figures.parabola, 0.0)],
        [numerical_gradient(lambda w: -figures.parabola(w), 0.0)],
        numerical_gradient(lambda v: figures.saddle_loss(*v), [0.0, 0.0]),
        [numerical_gradient(figures.parabola, 1.0)],
    )
    return "".join(letter for letter, g in zip("abcd", slopes, strict=True) if np.all(np.abs(g) < 1e-9))


def _one_sgd_step():
    w = {"w": np.array([1.0, -2.0])}
    SGD(0.5).step(w, {"w": np.array([3.0, -1.0])})
    return float(w["w"][1])


def _evaluations():
    """How often dlcore calls the loss of a network 3-4-2 for one gradient, without the one call in the middle."""
    net = Sequential([Dense(3, 4, init="zeros"), Dense(4, 2, init="zeros")])
    calls = []

    def loss(v):
        calls.append(v)
        return 0.0

    numerical_gradient(loss, np.zeros(net.n_params))
    return len(calls) - 1


def _rates_matter_where():
    """Does η change where the perceptron's rule ends, from zero weights; and does it change whether 5w² is descended?"""
    ends = []
    for rate in (1.0, 64.0):
        neuron = Perceptron.zeros(2)
        neuron.fit(*gate("NAND"), lr=rate)
        ends.append(tuple(np.append(neuron.w, neuron.b) / rate))
    same_line, same_course = ends[0] == ends[1], figures.steps_needed(0.1) == figures.steps_needed(0.25)
    return "b" if same_line and not same_course else "no choice is right"


quiz = Quiz(
    "gradient_descent",
    [
        NumberAnswer(
            "The parameters are $(1, −2)$, the gradient there is $(3, −1)$, and η = 0.5. What is the *second* parameter after one "
            "step?",
            -1.5,
            tol=0.001,
            reply="$−2 − 0.5 · (−1) = −1.5$. A negative slope moves the parameter up.",
            replies={
                -2.5: "Minus times minus: the slope is negative, so the parameter grows.",
                -0.5: "That is the *first* parameter: $1 − 0.5 · 3$.",
                -1.0: "The learning rate is missing.",
                0.5: "That is the step. Add it to −2.",
                -3.0: "Mind η, and the sign.",
            },
            proof=_one_sgd_step,
        ),
        OneChoice(
            "Gradient descent starts at the star with a very small learning rate, and has all the time it wants. Where does it end?",
            {
                "at A": "It goes down the slope it stands on, into the dip below, and stays there: to get to C it would have to climb.",
                "at B": "B is a hilltop: flat, but descent from the star has to pass a dip before it gets there.",
                "at C": "That is the lowest place, and descent cannot know it: it would have to climb over B first.",
                "at D": "D lies beyond two dips and a hill. Descent only goes down.",
            },
            right="a",
            figure=_marked_hills,
            alt="A curve over the weight w, from left to right: a plain, a star on a slope that falls to the right, a shallow dip A "
            "at −1.5, a hilltop B, a deep dip C at 1.5, and a plain with D at 5.5.",
            proof=_end_of_the_star,
        ),
        OneChoice(
            "The picture shows the loss after each step of gradient descent, full batch. What do you try first?",
            {
                "more steps": "It would only grow further: each step multiplies it by the same factor, which is larger than 1.",
                "a smaller learning rate": "Each step jumps farther over the valley than it came from. Shorter steps end that.",
                "a larger learning rate": "The steps are too long already.",
                "smaller batches": "They would add noise. What is wrong here is not noise: the loss grows steadily.",
            },
            right="b",
            figure=_exploding,
            alt="Nine points, each higher than the one before: the curve is nearly flat at first and then shoots up, from 5 to more "
            "than 1000.",
            proof=lambda: (
                _losses(EXPLODING, 50)[-1] > _losses(EXPLODING)[-1] > 1000 and _losses(EXPLODING / 2)[-1] < 0.01
            ),
        ),
        SeveralChoices(
            "At which of these places is the gradient exactly 0?",
            {
                "the lowest place of a bowl": "Flat: this is what descent is looking for.",
                "the top of a round hill": "Flat as well. Descent that starts exactly there does not move.",
                "a saddle point": "The slope is 0 there in every direction: one way it is the lowest place, another way the highest.",
                "half-way up the wall of a parabola": "Here it is steep.",
            },
            right="abc",
            proof=_flat_places,
        ),
        OneChoice(
            "64 samples. You go from full batches to batches of 16, with the same number of epochs. What changes?",
            {
                "Four times as many steps, each from a quarter of the samples.": "An epoch is one pass over all samples: 64/16 = 4 "
                "steps.",
                "Sixteen times as many steps.": "16 is the number of samples in a step, not of steps in an epoch.",
                "A quarter of the steps.": "Smaller batches give more of them, not fewer.",
                "Nothing: an epoch is an epoch.": "All samples are used once in both cases, but not in one step.",
            },
            right="a",
            proof=lambda: "a" if (_steps_an_epoch(64), _steps_an_epoch(16)) == (1, 4) else "no choice is right",
        ),
        NumberAnswer(
            "From the chapter on networks: a network 3-4-2 has how many parameters? Numerical gradients need two evaluations of the "
            "loss for each. How many evaluations is that?",
            52,
            tol=0.001,
            reply="(3·4 + 4) + (4·2 + 2) = 26 parameters, so 52 evaluations, for a single step.",
            replies={
                53: "dlcore makes that many, with one at the place itself. Asked are the two for each parameter.",
                26: "That is the number of parameters. Two evaluations for each.",
                40: "The biases are parameters too.",
                20: "Those are the weights. Biases count too, and each parameter takes two evaluations.",
            },
            proof=_evaluations,
        ),
        OneChoice(
            "From the chapter on the perceptron: with zero weights at the start, its rule ended with the same line for every η. And "
            "gradient descent on $5w^2$ from 1?",
            {
                "The same: η only scales the weights.": "The start is 1, not 0, and the steps depend on where you stand.",
                "There η decides whether it arrives at all.": "Below 0.2 it arrives; at 0.2 it jumps for ever; above, it leaves.",
                "It arrives for every η, only later.": "Not from 0.2 on.",
            },
            right="b",
            proof=_rates_matter_where,
        ),
    ],
)
