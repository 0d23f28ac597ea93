"""Quiz of the chapter on loss functions."""

import numpy as np

from dlcore.activations import identity, sigmoid, softmax
from dlcore.figures import loss as figures
from dlcore.gradients import numerical_gradient
from dlcore.live.style import BLUE, GREY, INK, ORANGE
from dlcore.losses import binary_cross_entropy, cross_entropy, mae, mse, softmax_cross_entropy
from dlcore.perceptron import Perceptron
from dlcore.quizzes import NumberAnswer, OneChoice, Quiz, SeveralChoices

PLACE = 4.25  # an edge at which the staircase is flat and the loss is not


def _two_scores(fig):
    right, loss = fig.subplots(2, 1, sharex=True)
    for low, high in zip([0, *figures.SWEETNESS], [*figures.SWEETNESS, 6], strict=True):
        right.plot([low, high], 2 * [figures.right_at((low + high) / 2)], color=BLUE, solid_capstyle="butt")
    loss.plot(figures.EDGES, [figures.loss_at(e) for e in figures.EDGES], color=BLUE)
    right.plot(PLACE, figures.right_at(PLACE), "o", color=ORANGE)
    loss.plot(PLACE, figures.loss_at(PLACE), "o", color=ORANGE)
    right.set(ylim=(3.4, 7.9), yticks=[4, 5, 6, 7], ylabel="right of 8")
    loss.set(xlim=(0, 6), ylim=(0, 0.5), ylabel="loss", xlabel="place of the edge")


def _where_slopes_push():
    h = 1e-6
    right = (figures.right_at(PLACE + h) - figures.right_at(PLACE - h)) / (2 * h)
    loss = (figures.loss_at(PLACE + h) - figures.loss_at(PLACE - h)) / (2 * h)
    return "b" if right == 0 and loss > 0 else "no choice is right"


OVERTIME = np.array([12.0, 14.0, 15.0, 16.0, 63.0])
CONSTANTS = np.linspace(0, 70, 141)


def _two_baselines(fig):
    for ax, loss, letter in zip(fig.subplots(1, 2), (mae, mse), "PQ", strict=True):
        values = [loss(np.full(5, c), OVERTIME) for c in CONSTANTS]
        ax.plot(CONSTANTS, values, color=INK)
        ax.plot(CONSTANTS[int(np.argmin(values))], min(values), "o", color=ORANGE)
        ax.set(xlim=(0, 70), xticks=[0, 20, 40, 60], xlabel="constant", title=letter)
        ax.set_ylim(0, None)


def _kind_of_baseline():
    best = [CONSTANTS[int(np.argmin([loss(np.full(5, c), OVERTIME) for c in CONSTANTS]))] for loss in (mae, mse)]
    return "b" if best == [np.median(OVERTIME), OVERTIME.mean()] == [15, 24] else "no choice is right"


CURVES = np.arange(1, 41)


def _learned(epoch):
    """Two invented validation curves: the loss falls, then rises; the share of right answers rises and stays."""
    return 0.25 + 2 * np.exp(-epoch / 3) + 0.006 * epoch, 0.95 - 0.75 * np.exp(-epoch / 2.5)


def _rising_loss(fig):
    loss, share = fig.subplots(2, 1, sharex=True)
    values, shares = _learned(CURVES)
    loss.plot(CURVES, values, color=BLUE)
    share.plot(CURVES, 100 * shares, color=GREY, linestyle="--")
    loss.set(ylim=(0, 2), ylabel="loss")
    share.set(xlim=(0, 41), ylim=(0, 100), ylabel="right, %", xlabel="epochs")


def _which_pairs_cancel():
    z, t = np.array([[0.75, -0.5, 1.25]]), np.array([[0.0, 0.0, 1.0]])
    pairs = [
        (identity, lambda y: 0.5 * np.sum((y - t) ** 2)),
        (sigmoid, lambda y: 0.5 * np.sum((y - t) ** 2)),
        (sigmoid, lambda y: t.size * binary_cross_entropy(y, t)),
        (softmax, lambda y: cross_entropy(y, t)),
    ]
    cancels = [
        np.allclose(numerical_gradient(lambda v, f=f, loss=loss: loss(f(v)), z), f(z) - t, atol=1e-6)
        for f, loss in pairs
    ]
    return "".join(letter for letter, holds in zip("abcd", cancels, strict=True) if holds)


def _shifted_logits_cost():
    z, t = np.array([[1.0, 2.0, 3.0]]), np.array([2])
    before, shifted, scaled = (softmax_cross_entropy(v, t) for v in (z, z + 100, 10 * z))
    return "c" if abs(shifted - before) < 1e-9 and scaled < before else "no choice is right"


def _perceptron_corrects_alike():
    near, far = Perceptron([1.0], -1.0), Perceptron([1.0], -100.0)
    return "c" if near.update([1.0], 1) == far.update([1.0], 1) == 1 else "no choice is right"


quiz = Quiz(
    "loss",
    [
        NumberAnswer(
            "A classifier with three classes gives the right class of one sample the probability 0.5, and the right class of a "
            "second sample 0.125. What is its cross-entropy over the two samples? (Two decimals; ln 2 is 0.693.)",
            1.39,
            tol=0.01,
            reply="The surprises are ln 2 = 0.693 and ln 8 = 3 · 0.693 = 2.079. Their mean is 1.386.",
            replies={
                1386: "Write the decimal point as a dot.",
                2.77: "That is the sum. The loss is the mean of the surprises.",
                -1.39: "The sign: a surprise is *minus* the logarithm.",
                0.69: "That is the surprise about the first sample alone.",
                2.08: "That is the surprise about the second sample alone.",
                1.16: "You averaged the probabilities first. Average the surprises.",
                0.92: "You divided by the number of classes. The mean is over the samples.",
            },
            proof=lambda: cross_entropy(np.array([[0.5, 0.25, 0.25], [0.375, 0.125, 0.5]]), np.array([0, 1])),
        ),
        OneChoice(
            "A neuron stands at the orange dots. It learns by small steps against a slope. Where does it go if the slope is that of the "
            "upper curve, and where if it is that of the lower one?",
            {
                "upper: left; lower: left": "The upper curve does become better to the left, but its slope *at the dot* does not tell.",
                "upper: nowhere; lower: left": "The upper curve is flat at the dot: slope 0, no step. The lower one rises to the "
                "right there, so the step goes left.",
                "upper: nowhere; lower: right": "To the right the lower curve rises. A step against the slope goes down.",
                "upper: left; lower: nowhere": "It is the other way round: look which curve is flat at the dot.",
            },
            right="b",
            figure=_two_scores,
            alt="Above a staircase, below a smooth bowl, both against the place of the edge; the orange dots are at 4.25, above on a flat "
            "step, below on the right flank of the bowl.",
            proof=_where_slopes_push,
        ),
        OneChoice(
            "Five numbers are predicted by one constant: 12, 14, 15, 16 and 63. The pictures show two losses of that constant. Which "
            "is which?",
            {
                "P is the MSE, Q the MAE.": "The mean is 24, the median 15. Which loss has its smallest value at the mean?",
                "P is the MAE, Q the MSE.": "P is lowest at the median 15 and has kinks; Q is a smooth bowl, lowest at the mean 24.",
                "Both are the MSE, with different units.": "Another unit would stretch the picture, but not give P its kinks.",
            },
            right="b",
            figure=_two_baselines,
            alt="P falls in straight pieces to a kink at 15 and rises again; Q is a smooth bowl with its lowest point at 24.",
            proof=_kind_of_baseline,
        ),
        SeveralChoices(
            "For which of these is the slope of the loss of one sample in $z$ exactly $y − t$?",
            {
                "identity with ½(y − t)²": "The slope of the identity is 1, so nothing multiplies $y − t$.",
                "sigmoid with ½(y − t)²": "Here the factor $y(1 − y)$ remains. It is what made the badly wrong neuron slow.",
                "sigmoid with binary cross-entropy": "The factor $y(1 − y)$ of the sigmoid cancels.",
                "softmax with cross-entropy": "The same cancelling, for $K$ outputs at once.",
            },
            right="acd",
            proof=_which_pairs_cancel,
        ),
        OneChoice(
            "Validation data, epoch by epoch. From about epoch 15 on the loss rises while the share of right answers stays. Which "
            "explanation is possible?",
            {
                "Fewer and fewer answers are right.": "The lower picture would fall.",
                "The wrong answers get more and more confident.": "The count of wrong answers stays, and what they cost grows without limit as "
                "the probability of the right class goes to 0.",
                "The computation of the loss must have a bug.": "Nothing forces the two to move together: they measure different things.",
            },
            right="b",
            figure=_rising_loss,
            alt="Above, the loss falls fast, then rises slowly. Below, dashed, the share of right answers rises to 95 % and stays.",
            proof=lambda: bool(
                _learned(40)[0] > _learned(15)[0] + 0.05 and abs(_learned(40)[1] - _learned(15)[1]) < 0.002
            ),
        ),
        OneChoice(
            "One in 50 parts from a machine is faulty. A detector of faulty parts is right on 98 % of the parts. What do you know?",
            {
                "It is good: 98 % is high.": "How high is what you get for no effort at all?",
                "Nothing yet: always saying 'not faulty' is right on 98 % too.": "Look at the two kinds of mistakes instead: misses and "
                "false alarms.",
                "It finds 98 % of the faulty parts.": "Accuracy is over *all* parts. It may find none of the faulty ones.",
            },
            right="b",
            proof=lambda: 1 - 1 / 50 == 0.98,
        ),
        OneChoice(
            "A photo may show a dog, a cat, both, or neither. Which output and loss do you give a network that is to say what it shows?",
            {
                "softmax over two classes, cross-entropy": "Its two probabilities add up to 1, so it can say neither *both* nor *neither*.",
                "two sigmoids, binary cross-entropy of each": "Two questions, each with its own yes or no.",
                "two identities, squared error": "That is the pair for numbers. These are two questions of yes or no, and want probabilities.",
            },
            right="b",
        ),
        OneChoice(
            "From the chapter on activation functions: a network gives the logits 1, 2, 3, and the third class is right. What lowers its "
            "cross-entropy?",
            {
                "Adding 100 to all logits.": "Softmax does not notice: only differences count.",
                "Subtracting the largest logit from all.": "That keeps the exponentials small and changes no probability.",
                "Multiplying all logits by 10.": "The right class has the largest logit, so its probability grows, from 0.665 to 0.99995. "
                "Had another class been right, the loss would have grown.",
            },
            right="c",
            proof=_shifted_logits_cost,
        ),
        OneChoice(
            "From the chapter on the perceptron: two perceptrons with the same learning rate miss the same sample, one by a hair, one "
            "by far. How do their corrections compare?",
            {
                "The far miss is corrected more.": "That is what a loss such as the squared error with the identity does. The "
                "perceptron's error is only 1, 0 or −1.",
                "The near miss is corrected more.": "The perceptron does not look at how near the miss was.",
                "They are equal.": "Its error says in which direction, not how far. The squared error's slope tells both.",
            },
            right="c",
            proof=_perceptron_corrects_alike,
        ),
    ],
)
