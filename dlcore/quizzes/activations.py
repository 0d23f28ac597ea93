"""Quiz of the chapter on activation functions."""

import numpy as np

from dlcore.activations import relu, sigmoid, softmax, step
from dlcore.live.style import BLUE, GREY, ORANGE
from dlcore.quizzes import NumberAnswer, OneChoice, Quiz, SeveralChoices

X = np.linspace(-4, 4, 65)
CURVE = relu(X + 2) - 2 * relu(X) + 1.5 * relu(X - 2) - 1
SUMS = {
    "A": np.array([-2.5, -1.5, -1.0, 0.5, 1.0, 2.0]),
    "B": np.array([-3.5, -3.0, -2.0, -1.5, -1.0, -0.5]),
    "C": np.array([-3.0, -2.5, -2.0, -1.0, -0.5, 1.5]),
    "D": np.array([-1.75, -1.5, -1.25, -1.0, -0.75, -0.25]),
}


def _curve(ax):
    ax.plot(X, CURVE, color=BLUE)
    ax.set(xlim=(-4, 4), ylim=(-1.6, 2.6), xlabel="input $x$", ylabel="output $y$")


def _number_of_bends():
    return int(np.sum(np.abs(np.diff(CURVE, 2)) > 1e-9))  # the bends lie on points of X


def _sums(ax):
    ax.axvspan(-4, 0, color=GREY, alpha=0.12, linewidth=0)
    for height, z in enumerate(reversed(SUMS.values())):
        ax.plot(z, np.full(z.shape, height), "o", color=ORANGE)
    ax.set(xlim=(-4, 4), ylim=(-0.6, 3.6), xlabel="sum $z$", ylabel="neuron", yticks=range(4))
    ax.set_yticklabels(list(reversed(SUMS)))


def _dead():
    return "".join(name.lower() for name, z in SUMS.items() if np.all(z <= 0))


def _ten_times():
    z = np.array([-1.5, -0.25, 0.5, 2.0])
    further = np.abs(sigmoid(10 * z) - 0.5) > np.abs(sigmoid(z) - 0.5)
    return np.array_equal(step(10 * z), step(z)) and bool(np.all(further))


quiz = Quiz(
    "activations",
    [
        OneChoice(
            "The curve is the output of a network with one input, *one* hidden layer of ReLU neurons and an output neuron "
            "without activation. How many hidden neurons does it have, at least?",
            {
                "2": "One hidden ReLU gives the curve at most one bend. Count the bends.",
                "3": "Three bends, and each needs a ReLU whose sum changes its sign there.",
                "4": "There are four straight *pieces*. Pieces meet in bends, and a bend is what a neuron makes.",
                "6": "Fewer will do: a ReLU makes one bend, where its sum changes its sign.",
            },
            right="b",
            figure=_curve,
            alt="A curve of straight pieces: flat at −1 up to x = −2, rising to 1 at x = 0, falling to −1 at x = 2, then "
            "rising half as steeply as at first.",
            proof=lambda: str(_number_of_bends()),
        ),
        SeveralChoices(
            "Four ReLU neurons, and for each of them the sums of all six training inputs. Which neurons are dead?",
            {
                "A": "Three of its sums are positive: it can learn from those inputs.",
                "B": "All six sums are negative: slope 0 for every input, and no correction.",
                "C": "One positive sum is enough: from that input it can still learn.",
                "D": "All six sums are negative. That they lie close to 0 does not help: the slope there is 0.",
            },
            right="bd",
            figure=_sums,
            alt="Six dots for each neuron on the axis of sums. A: from −2.5 to 2. B: from −3.5 to −0.5. C: from −3 to 1.5. "
            "D: from −1.75 to −0.25.",
            proof=_dead,
        ),
        NumberAnswer(
            "Three sigmoids act one after the other. Each has its steepest slope. What is the product of the three slopes? "
            "(Three digits after the point.)",
            0.25**3,
            tol=0.0007,
            reply="$0.25·0.25·0.25 = 0.0156$, and that is the best case.",
            replies={
                0.25: "That is one of the three slopes. Multiply all three.",
                0.75: "That is the sum; slopes of functions of functions are multiplied.",
                0.125: "You used ½ for each: that is σ(0), not its slope.",
                1.0: "The largest slope of tanh is 1; that of the sigmoid is smaller.",
            },
            proof=lambda: np.max(sigmoid.derivative(np.linspace(-4, 4, 81))) ** 3,
        ),
        NumberAnswer(
            "The logits are 0, 0 and $\\ln 2$ (so that $e^{\\ln 2} = 2$). What is the softmax of the third?",
            0.5,
            tol=0.004,
            reply="The exponentials are 1, 1 and 2; the third is 2 of 4.",
            replies={
                2: "That is $e^{z_3}$. Divide by the sum of all three exponentials.",
                0.693: "That is the logit itself. Take exponentials, then divide by their sum.",
                1: "Logits of 0 count too: $e^0 = 1$.",
                0.667: "Count the exponentials of *both* zeros: the sum is 4.",
            },
            proof=lambda: softmax(np.array([0, 0, np.log(2)]))[2],
        ),
        OneChoice(
            "A softmax over “cat”, “dog” and “horse” says 0.97 for “cat”. What follows?",
            {
                "The picture shows a cat, with a probability of 97 %.": "It may show none of the three. And a number does not "
                "become a true probability just because it comes out of a softmax: that has to be checked against data.",
                "The picture shows no dog.": "Softmax treats the classes as exclusive; it does not find out whether they are.",
                "The logit of “cat” is larger than the two others.": "Yes: that, and how far apart they are, is all that "
                "softmax knows.",
            },
            right="c",
            proof=lambda: (
                "c" if np.all(np.argsort(softmax(np.array([4.0, 0.0, -1.0]))) == [2, 1, 0]) else "no choice is right"
            ),
        ),
        OneChoice(
            "From the chapter on the perceptron: weights *and* bias are multiplied by 10. What happens to the outputs, where "
            "the sum is not 0?",
            {
                "With a step nothing changes; with a sigmoid they move towards 0 and 1.": "The sign of $z$ stays, and the step "
                "sees nothing else. The sigmoid is ten times further out.",
                "Nothing changes, with a step or with a sigmoid.": "That holds for the step. The sigmoid sees how large $z$ is, "
                "not only its sign.",
                "They are multiplied by 10.": "The *sums* are. Neither a step nor a sigmoid can put out 10.",
            },
            right="a",
            proof=_ten_times,
        ),
        OneChoice(
            "From the chapter on logic gates: can a network be XOR if it has 2 inputs, 50 hidden neurons *without* activation and "
            "a step at its output?",
            {
                "Yes, 50 neurons are more than enough.": "Without an activation the 50 collapse: what is left is one sum.",
                "Only if it is trained long enough.": "Training chooses among what the network can form, and XOR is not "
                "among that.",
                "No.": "The hidden layer and the sum after it collapse into one sum. With the step that is a single perceptron, "
                "which cuts with one line.",
            },
            right="c",
        ),
    ],
)
