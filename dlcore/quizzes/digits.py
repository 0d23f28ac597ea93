"""Quiz of the chapter on digits."""

import numpy as np

from dlcore.activations import relu
from dlcore.figures import digits as figures
from dlcore.figures.digits import draw_confusion
from dlcore.layers import Dense
from dlcore.losses import softmax_cross_entropy
from dlcore.network import Sequential
from dlcore.quizzes import NumberAnswer, OneChoice, Quiz, SeveralChoices

# Three kinds of fruit: truth downwards, answers to the right.
FRUIT = np.array([[38, 2, 0], [9, 30, 1], [0, 0, 12]])


def _fruit(ax):
    draw_confusion(ax, FRUIT)
    ax.set_ylabel("class")


def _what_the_fruit_says():
    off = FRUIT - np.diag(FRUIT.diagonal())
    row, column = np.unravel_index(np.argmax(off), off.shape)
    return "b" if (row, column) == (1, 0) else "no choice is right"


# Shares of test digits that two networks read rightly, on the same five splits.
FIRST = np.array([96.1, 97.5, 94.4, 96.7, 97.8])
SECOND = np.array([95.3, 96.4, 93.3, 96.1, 96.9])


def _splits(ax):
    ax.plot(range(1, 6), FIRST, "s", color="C0", label="first")
    ax.plot(range(1, 6), SECOND, "o", color="C1", label="second")
    ax.set(xlabel="split", ylabel="read rightly, %", xlim=(0.5, 5.5), ylim=(92, 99.5), xticks=range(1, 6))
    ax.legend(loc="upper left", ncols=2)


def _ahead_everywhere_though_ranges_overlap():
    return bool(np.all(FIRST > SECOND) and FIRST.min() < SECOND.max())


def _loss_of_zeros():
    net = Sequential([Dense(5, 8, init="zeros"), relu, Dense(8, 26, init="zeros")])
    X = np.random.default_rng(0).random((52, 5))
    return softmax_cross_entropy(net.forward(X), np.arange(52) % 26)


def _nearest_mean_and_neighbour_do_not_care():
    (X, t), (X_new, _), _ = figures.digit_parts()
    order = np.random.default_rng(1).permutation(64)
    same = [
        np.array_equal(reader(X, t, X_new), reader(X[:, order], t, X_new[:, order]))
        for reader in (figures.nearest_mean, figures.nearest_picture)
    ]
    return all(same)


quiz = Quiz(
    "digits",
    [
        OneChoice(
            "Three kinds of fruit, 0, 1 and 2. What is the network's most frequent mistake?",
            {
                "It takes a 0 for a 1.": "It does that 2 times: row 0, column 1.",
                "It takes a 1 for a 0.": "Row 1 is the truth, column 0 the answer: 9 times.",
                "It misses the 2s.": "Row 2 has 12 on the diagonal and nothing beside it: every 2 is found. There are only few of them.",
            },
            right="b",
            figure=_fruit,
            alt="A confusion matrix with rows for the class and columns for the answer. Row 0: 38, 2, nothing. Row 1: 9, 30, 1. "
            "Row 2: nothing, nothing, 12.",
            proof=_what_the_fruit_says,
        ),
        OneChoice(
            "Two networks, trained and judged on the same five splits. What can you say?",
            {
                "The second is better: its best split beats the first one's worst.": "That compares an easy split with a hard one. "
                "Compare within each split.",
                "Nothing: their ranges overlap.": "They overlap because the splits differ, and that meets both networks alike. Compare "
                "within each split.",
                "The first is ahead in every split.": "By 0.6 to 1.1 points, although some splits are harder for both.",
            },
            right="c",
            figure=_splits,
            alt="Five splits; the first network is a square, the second a circle. In each split the square stands a little "
            "above the circle. In the third split both are lowest, at about 94 %.",
            proof=_ahead_everywhere_though_ranges_overlap,
        ),
        NumberAnswer(
            "From an earlier chapter: a network for the 26 letters of the alphabet has been built but not trained, and knows nothing: it gives every letter "
            "the same probability. What is its cross-entropy? (Two decimals.)",
            3.26,
            tol=0.01,
            reply="$\\ln 26 = 3.258$. If a training stays near this number, it has learned nothing.",
            replies={
                2.3: "That is $\\ln 10$, for ten classes.",
                0.04: "That is the probability 1/26. The loss is $−\\ln$ of it.",
            },
            proof=_loss_of_zeros,
        ),
        OneChoice(
            "Fifty people have each spoken the same twenty commands into a microphone. An app is to understand these commands from "
            "anybody. Which recordings do you hold out for the test?",
            {
                "200 of the 1000, drawn at random": "Then the network has heard nearly every voice of the test in its training. The "
                "app will meet new voices.",
                "all recordings of ten people": "New voices, known commands: that is what the app will meet.",
                "four commands, spoken by all": "Then it is tested on commands that it has never learned. The commands stay; the "
                "voices change.",
                "the last four recordings of each person": "The voices of the test are then all known from training.",
            },
            right="b",
        ),
        SeveralChoices(
            "All pixels are put in a new order, the same for all pictures, training and test, and everything is trained again. Whose "
            "results do *not* suffer?",
            {
                "the nearest mean's": "A distance is a sum over the pixels, in any order.",
                "the nearest picture's": "Whichever picture was nearest is nearest still: every pixel is compared with itself.",
                "the dense network's": "Its first layer has a weight for each pixel, wherever it lies.",
                "yours, reading them by eye": "You need neighbouring pixels side by side.",
            },
            right="abc",
            proof=_nearest_mean_and_neighbour_do_not_care,
        ),
    ],
)
