"""Quiz of the chapter on overfitting and regularization."""

import numpy as np

from dlcore.dropout import Dropout
from dlcore.figures import overfitting as figures
from dlcore.layers import Dense
from dlcore.live.style import BLUE, GREY, ORANGE
from dlcore.losses import softmax_cross_entropy
from dlcore.metrics import accuracy
from dlcore.network import Sequential
from dlcore.optimizers import SGD
from dlcore.penalties import L2
from dlcore.quizzes import NumberAnswer, OneChoice, Quiz, SeveralChoices

POINTS, MARKED = 30, {"A": 1, "B": 4, "C": 12}
TRIED = range(14)


def _u_errors():
    """(training, test) errors of the degrees 0 to 13, the middle of 50 draws, (14, 2)."""
    return np.array([np.median([figures.curve_errors(d, POINTS, draw) for draw in range(50)], axis=0) for d in TRIED])


def _marked_u(ax):
    errors = _u_errors()
    ax.plot(TRIED, errors[:, 0], ":", color=GREY)
    ax.plot(TRIED, errors[:, 1], color=BLUE)
    for letter, degree in MARKED.items():
        ax.plot(degree, errors[degree, 1], "o", color=ORANGE)
        ax.annotate(letter, (degree, errors[degree, 1]), (0, 8), textcoords="offset points", ha="center")
    ax.set(yscale="log", ylim=(0.1, 3), yticks=[0.1, 0.3, 1, 3], yticklabels=["0.1", "0.3", "1", "3"])
    ax.set(xlim=(-0.5, 13.5), xlabel="degree", ylabel="error")
    ax.minorticks_off()


def _which_overfits():
    errors = _u_errors()
    rise = {letter: errors[d, 1] / errors[d, 0] for letter, d in MARKED.items()}
    return "abc"["ABC".index(max(rise, key=rise.get))]


def _line_by_size(ax):
    for column, style, colour in ((0, ":", GREY), (1, "-", BLUE)):
        ax.plot(figures.MANY, [figures.middle_error(1, n)[column] for n in figures.MANY], style, color=colour)
    ax.axhline(figures.NOISE, color=ORANGE, linestyle="--", linewidth=1)
    ax.set(xscale="log", xlim=(9, 1100), ylim=(0, 0.8), xlabel="training points", ylabel="error")
    ax.set(xticks=[10, 100, 1000], xticklabels=["10", "100", "1000"])
    ax.minorticks_off()


def _what_helps_the_line():
    more_points = figures.middle_error(1, 100)[1] - figures.middle_error(1, 1000)[1]
    higher_degree = figures.middle_error(1, 100)[1] - figures.middle_error(3, 100)[1]
    return "b" if higher_degree > 5 * abs(more_points) else "no choice is right"


def _kept_unit():
    rng, seen = np.random.default_rng(0), set()
    for _ in range(50):
        seen |= set(Dropout(0.2, rng=rng).forward(np.array([[4.0]]), train=True).ravel())
    return max(seen)


def _one_step():
    w = np.array([[3.0]])
    SGD(0.1).step({"W": w}, {"W": 0.3 + L2(0.5).gradient({"W": w})["W"]})
    return w.item()


def _parameters():
    return Sequential([Dense(64, 64, init="zeros"), Dense(64, 10, init="zeros")]).n_params


def _surer_and_no_better():
    """One mistake made surer: the same answers, a higher loss."""
    t, before = np.array([0, 1, 2]), np.array([[2.0, 0, 0], [0, 2, 0], [1, 0, 0]])
    after = 3 * before
    same = accuracy(before, t) == accuracy(after, t)
    return same and softmax_cross_entropy(after, t) > softmax_cross_entropy(before, t)


quiz = Quiz(
    "overfitting",
    [
        OneChoice(
            "The dotted curve is the error on the training points, the solid one on new points. Which mark stands at a "
            "model that *overfits*?",
            {
                "A": "Here both errors are high and close together: it underfits.",
                "B": "Here the error on new points is near its lowest, and the training error not far below.",
                "C": "The training error is the lowest of the three, the error on new points far above it.",
            },
            right="c",
            figure=_marked_u,
            alt="Against the degree, from 0 to 13: the dotted curve only falls; the solid one falls, stays low, and rises "
            "steeply. Mark A at degree 1, where both are high; B at degree 4, in the low part; C at degree 12, high on the "
            "rising part.",
            proof=_which_overfits,
        ),
        OneChoice(
            "Learning curves of a straight line: training error dotted, error on new points solid, noise dashed. What "
            "would lower the error on new points most?",
            {
                "Many more points.": "The two curves have already met, far above the noise. More points leave them there.",
                "A more flexible model.": "Both errors are high, and alike: the model underfits. It is the line that is too stiff.",
                "A penalty on the weights.": "That makes the model stiffer. This one is too stiff already.",
                "Fewer points.": "That lowers the *training* error, and raises the other one.",
            },
            right="b",
            figure=_line_by_size,
            alt="From 10 to 1000 training points the dotted curve rises, the solid one falls; they meet at about twice the "
            "height of the dashed line.",
            proof=_what_helps_the_line,
        ),
        NumberAnswer(
            "Inverted dropout with $p = 0.2$ in training. A unit has the value 4 and is kept. What does it pass on?",
            5,
            tol=0.001,
            reply="$4 / (1 − 0.2) = 5$. Dropped, it passes on 0; the mean is $0.8·5 = 4$.",
            replies={
                20: "You divided by $p$. It is kept with probability $1 − p$.",
                4: "That is what it passes on when the network is *used*. In training the kept ones are scaled up.",
                3.2: "You multiplied by $1 − p$. Inverted dropout divides by it.",
                0: "That is what a *dropped* unit passes on.",
            },
            proof=_kept_unit,
        ),
        NumberAnswer(
            "SGD with η = 0.1 and the penalty $½λw^2$, λ = 0.5. A weight is 3, and the slope of the loss there is 0.3. "
            "What is the weight after the step?",
            2.82,
            tol=0.001,
            reply="$3 − 0.1·(0.3 + 0.5·3) = 2.82$.",
            replies={
                2.97: "That is the step without the penalty.",
                2.67: "Mind the ½: the slope of the penalty is $λw$.",
                2.85: "That is the decay alone. The loss has a slope too.",
                3.18: "The step goes *against* the slope.",
                2.92: "That is the pull of L1: λ, whatever the size of the weight.",
                2.745: "That adds the penalty itself; its slope is needed.",
                2.895: "The slope of $½λw^2$ is $λw$, not half of it.",
            },
            proof=_one_step,
        ),
        SeveralChoices(
            "Which of these spoil the test data as a judge?",
            {
                "The pixels with the largest differences between the classes are chosen on all pictures, then the data are split.": "The "
                "labels of the test data helped to choose the pixels.",
                "Shifted copies of all pictures are made, then the data are split.": "Copies of one picture end up in both parts.",
                "Mean and standard deviation for scaling are computed on the training data, and used for all parts.": "That is the honest way.",
                "Of 50 networks the one that is best on the test data is kept.": "It was chosen by the data that are to judge it.",
                "The best epoch is chosen on validation data.": "That is what they are for. The test data have not been looked at.",
            },
            right="abd",
        ),
        NumberAnswer(
            "From an earlier chapter: how many parameters has the network 64-64-10, which learned 100 pictures here?",
            4810,
            tol=0,
            reply="$64·64 + 64 + 64·10 + 10 = 4810$: 48 for each training picture.",
            replies={
                4736: "The biases are missing: each neuron outside the input layer has one.",
                138: "Those are the neurons.",
            },
            proof=_parameters,
        ),
        OneChoice(
            "From an earlier chapter: after epoch 50 the validation loss rises, and the validation accuracy stays the same. "
            "How can that be?",
            {
                "It cannot: there must be a bug.": "Loss and accuracy measure different things.",
                "The network has become surer, also of its mistakes.": "The same answers are right, and the wrong ones cost more.",
                "The training loss has been plotted in place of the validation loss.": "A training loss that rises for long would be strange "
                "indeed. But nothing is wrong here.",
            },
            right="b",
            proof=_surer_and_no_better,
        ),
    ],
)
