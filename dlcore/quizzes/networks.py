"""Quiz of the chapter on networks."""

from itertools import pairwise

import numpy as np

from dlcore.activations import relu
from dlcore.datasets import digits
from dlcore.figures import networks as figures
from dlcore.gates import TRUTH_TABLES, gate
from dlcore.layers import Dense
from dlcore.live.style import BLUE, INK
from dlcore.network import Sequential
from dlcore.perceptron import Perceptron
from dlcore.quizzes import NumberAnswer, OneChoice, Quiz, SeveralChoices

DRAWN_KNOTS = np.array([0.0, 1.0, 2.5, 3.0, 4.5, 6.0])
DRAWN_HEIGHTS = np.array([0.0, 0.0, 2.0, 1.0, 1.0, 3.0])


def _broken_line(ax):
    ax.plot(DRAWN_KNOTS, DRAWN_HEIGHTS, color=BLUE)
    ax.set(xlim=(0, 6), ylim=(-0.5, 3.5), xlabel="$x$", ylabel="$y$")


def _drawn_bends():
    slopes = np.diff(DRAWN_HEIGHTS) / np.diff(DRAWN_KNOTS)
    return int(np.sum(np.diff(slopes) != 0))


def _impulse(ax):
    h = figures.states(-0.6, "identity", 7)
    ax.axhline(0, color=INK, linewidth=0.8)
    ax.vlines(np.arange(7), 0, h, color=BLUE)
    ax.plot(h, "o", color=BLUE)
    ax.set(xlim=(-0.5, 6.5), ylim=(-1.1, 1.1), xlabel="time step $t$", ylabel="hidden state $h_t$")


def _letter_of_impulse():
    """Which choice alternates and fades?"""
    found = []
    for letter, w in zip("abcd", (0.6, 1.2, -0.6, -1.2), strict=True):
        h = figures.states(w, "identity", 7)
        if np.all(h[1:] * h[:-1] < 0) and abs(h[-1]) < 0.1:
            found.append(letter)
    return "".join(found)


def _size(sizes):
    layers = [Dense(*pair, init="zeros") for pair in pairwise(sizes)]
    return sum(p.size for layer in layers for p in layer.params.values())


def _collapses():
    rng = np.random.default_rng(0)
    net = Sequential([Dense(3, 5, rng=rng), Dense(5, 2, rng=rng)])
    X, W = rng.normal(size=(4, 3)), net.params["0.W"] @ net.params["1.W"]
    return np.allclose(net.forward(X), X @ W + net.params["0.b"] @ net.params["1.W"] + net.params["1.b"])


def _gates_learned_by_one_neuron():
    """Letters of the gates which a perceptron learns without a mistake."""
    letters = ""
    for letter, name in zip("abcd", ("AND", "NAND", "XOR", "OR"), strict=True):
        assert name in TRUTH_TABLES
        letters += letter if Perceptron.zeros(2).fit(*gate(name), epochs=100)[-1] > 0 else ""
    return letters


quiz = Quiz(
    "networks",
    [
        OneChoice(
            "You have 1,797 pictures of 64 pixels each, in ten classes. How many neurons has the input layer?",
            {
                "1,797": "That is the number of samples, N. Samples are rows of the batch; they need no neurons.",
                "64": "One for each feature of a sample, here for each pixel. How many samples there are makes no "
                "difference.",
                "10": "That is the output layer: one neuron a class.",
                "115,008": "That is 1,797 · 64, all the numbers of the data. The network sees one row of 64 for each sample.",
            },
            right="b",
            proof=lambda: {1797: "a", 64: "b", 10: "c"}[digits()[0].shape[1]],
        ),
        NumberAnswer(
            "How many parameters has a fully connected network 784-100-10?",
            79510,
            reply="784 · 100 + 100 biases, and 100 · 10 + 10 biases: 78,500 + 1,010.",
            replies={
                79400: "Those are the edges. Each neuron outside the input layer has a bias too.",
                80294: "The input neurons have no biases.",
                79402: "Not each layer but each neuron has a bias.",
                158800: "Not each edge but each neuron has a bias.",
            },
            proof=lambda: _size([784, 100, 10]),
        ),
        SeveralChoices(
            "X has the shape (32, 5). It goes through `Dense(5, 8)`, ReLU and `Dense(8, 3)`. What is true?",
            {
                "The first W has the shape (5, 8).": "Inputs down, neurons across.",
                "The first b has the shape (32, 8).": "b has one entry a neuron, shape (8,); it is added to each of the 32 rows.",
                "After ReLU the shape is (32, 8).": "ReLU works on each entry and changes no shape.",
                "The output has the shape (3, 32).": "Samples stay rows: (32, 3).",
            },
            right="ac",
            proof=lambda: (
                Dense(5, 8, init="zeros").params["W"].shape == (5, 8)
                and Dense(5, 8, init="zeros").params["b"].shape == (8,)
                and relu(Dense(5, 8, init="zeros").forward(np.zeros((32, 5)))).shape == (32, 8)
                and Dense(8, 3, init="zeros").forward(np.zeros((32, 8))).shape == (32, 3)
            ),
        ),
        NumberAnswer(
            "A network with one input, one hidden layer of ReLUs and one output drew this. At least how many hidden neurons "
            "has it?",
            4,
            reply="There are four bends, at 1, 2.5, 3 and 4.5, and each hidden neuron bends the line once at most.",
            replies={
                5: "There are five pieces. Between five pieces there are fewer bends.",
                3: "Look again at where the line becomes flat, and where it leaves the flat.",
                6: "Both ends of the picture are no bends.",
                13: "That is its number of parameters.",
            },
            figure=_broken_line,
            alt="A broken line: flat from 0 to 1, up to 2.5, down to 3, flat to 4.5, up to 6.",
            proof=_drawn_bends,
        ),
        OneChoice(
            "One recurrent neuron, $h_t = w·h_{t−1} + x_t$, got $x_0 = 1$ and zeros after that. Which $w$ is it?",
            {
                "$w = 0.6$": "A positive $w$ would keep the sign: all states would lie above 0.",
                "$w = 1.2$": "With $w = 1.2$ the states would grow, and stay positive.",
                "$w = −0.6$": "Each step multiplies by −0.6: the sign turns, the size shrinks.",
                "$w = −1.2$": "The sign turns rightly, but the states would grow.",
            },
            right="c",
            figure=_impulse,
            alt="Seven states: the first is 1, then they lie below and above 0 by turns, each closer to 0 than the one before.",
            proof=_letter_of_impulse,
        ),
        OneChoice(
            "What does universality promise for continuous functions on a closed, bounded interval?",
            {
                "Training finds a network close to any of them.": "It says that good weights *exist*. Nothing in it says "
                "that training finds them.",
                "A network of ten ReLUs is enough for each.": "The number of neurons depends on the curve and on the error you "
                "allow.",
                "For each, and each error you allow, some width is enough.": "That is it: the width is not named, and no way "
                "to find the weights.",
                "The network is also right outside the interval.": "Outside, one layer of ReLUs goes on in straight lines, "
                "whatever the curve does there.",
            },
            right="c",
        ),
        OneChoice(
            "*From the chapter on activations.* What can `Sequential([Dense(3, 5), Dense(5, 2)])`, without an activation, "
            "compute?",
            {
                "More than `Dense(3, 2)`: it has more parameters.": "More parameters, but no more functions: the product of "
                "the two weight matrices is one matrix.",
                "Nothing that `Dense(3, 2)` could not.": "Two linear layers are one: $W = W_1W_2$, $b = b_1W_2 + b_2$.",
                "Any function, if the 5 is made large enough.": "Whatever the width, it stays linear. Universality needs the "
                "activation.",
            },
            right="b",
            proof=_collapses,
        ),
        OneChoice(
            "*From the chapters before.* Which gate needs a hidden layer?",
            {
                "AND": "One line cuts (1, 1) off from the others.",
                "NAND": "AND's line, with its sides swapped, does it.",
                "XOR": "Its ones lie at opposite corners: no single line cuts them off.",
                "OR": "One line cuts (0, 0) off from the others.",
            },
            right="c",
            proof=_gates_learned_by_one_neuron,
        ),
    ],
)
