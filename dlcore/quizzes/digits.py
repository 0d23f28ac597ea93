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


def _turning(ax):
    epochs = np.arange(1, 31)
    train, validation = turning_losses()
    ax.plot(epochs, train, ":", color="C0", label="training")
    ax.plot(epochs, validation, color="C1", label="validation")
    ax.set(xlabel="epoch", ylabel="loss", xlim=(0, 31), ylim=(0, 2.5), xticks=range(0, 31, 5))
    ax.legend()


def turning_losses():
    """Two made-up curves: the training loss falls all the way, the validation loss is lowest at epoch 10."""
    epochs = np.arange(1, 31)
    return 2.3 * np.exp(-epochs / 6), 0.55 + 1.9 * np.exp(-epochs / 4) + 0.038 * np.maximum(0, epochs - 8)


def _loss_of_zeros():
    net = Sequential([Dense(5, 8, init="zeros"), relu, Dense(8, 26, init="zeros")])
    X = np.random.default_rng(0).random((52, 5))
    return softmax_cross_entropy(net.forward(X), np.arange(52) % 26)


def _parameters():
    rng = np.random.default_rng(0)
    return Sequential([Dense(64, 128, rng=rng), relu, Dense(128, 10, rng=rng)]).n_params


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
            "After which of these epochs are the weights the ones to keep?",
            {
                "30": "Here the training loss is lowest. It says nothing about new data, and the other curve does.",
                "20": "The training loss is lower than before, but the validation loss has been rising for some time.",
                "10": "Here the validation loss is lowest. From here on only the training loss becomes better.",
                "5": "Here the validation loss is still falling.",
            },
            right="c",
            figure=_turning,
            alt="The training loss falls to nearly 0 by epoch 30. The validation loss falls, is lowest at epoch 10, and then rises.",
            proof=lambda: int(np.argmin(turning_losses()[1])) + 1 == 10,
        ),
        NumberAnswer(
            "A network for the 26 letters of the alphabet has been built but not trained, and knows nothing: it gives every letter "
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
        NumberAnswer(
            "How many parameters has a network 64-128-10?",
            9610,
            reply="$64·128 + 128 = 8320$ and $128·10 + 10 = 1290$.",
            replies={
                9472: "The biases are missing: 128 and 10.",
                202: "Those are the neurons; every edge has a weight.",
            },
            proof=_parameters,
        ),
        OneChoice(
            "You try 50 settings. The best one has 99.2 % on the validation data; on the test data, which you use for it alone and only now, it has "
            "97.5 %. What do you report?",
            {
                "97.5 %": "The test data had no part in the choice.",
                "99.2 %": "This is the best of 50, chosen because it is high: part of it is luck.",
                "the mean of the two, 98.35 %": "One of the two is flattering. Half of it is still flattering.",
                "nothing yet: try on until the test data give 99 % too": "Then the test data choose as well, and no honest number is left.",
            },
            right="a",
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
