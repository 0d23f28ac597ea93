"""Quiz of the chapter on logic gates."""

import numpy as np

from dlcore.activations import sigmoid
from dlcore.figures import logic_gates as figures
from dlcore.figures.plane import draw_classes, draw_neuron
from dlcore.gates import TRUTH_TABLES, gate
from dlcore.perceptron import Perceptron
from dlcore.quizzes import NumberAnswer, OneChoice, Quiz, SeveralChoices

PICTURED = ([1.0, -1.0], -0.5)
CORNERS, _ = gate("AND")


def _large(ax):
    """Letters that can be read on a phone too."""
    ax.tick_params(labelsize=12)
    for label in (ax.xaxis.label, ax.yaxis.label):
        label.set_fontsize(13)
    if ax.get_legend():
        for label in ax.get_legend().get_texts():
            label.set_fontsize(11)


def _pictured(ax):
    """A neuron's line and side, and the four corners without their outputs."""
    draw_neuron(ax, *PICTURED, figures.BOX)
    ax.plot(*CORNERS.T, "o", color=figures.INK)
    figures.corner_axes(ax)
    _large(ax)


def _letter_of_pictured():
    outputs = tuple(Perceptron(*PICTURED).predict(CORNERS))
    return "abcd"[[TRUTH_TABLES[name] for name in ("AND", "B AND NOT A", "A AND NOT B", "B IMPLIES A")].index(outputs)]


def _undecided(ax):
    figures.draw_outputs(ax, figures.outputs_while_learning("XNOR", 2), None)
    _large(ax)


def _letter_of_undecided():
    names = ("AND", "OR", "XNOR", "A")
    last = [figures.outputs_while_learning(name, 2)[-1] for name in names]
    return "".join(letter for letter, y in zip("abcd", last, strict=True) if np.all(np.abs(y - 0.5) < 0.01))


def _hidden_plane(ax):
    """The hidden outputs of a network, in the colours of a gate that its output neuron is to be."""
    X, t = gate("XOR")
    draw_classes(ax, _both_alike(X), t, size=13)
    figures.corner_axes(ax, ("$h_1$", "$h_2$"))
    _large(ax)


def _both_alike(X):
    """Two hidden neurons, OR and OR again with ten times the weights: never different."""
    return np.stack([Perceptron([1, 1], -0.5).predict(X), Perceptron([10, 10], -5).predict(X)], axis=-1)


def _places_clash():
    h, (_, t) = _both_alike(CORNERS), gate("XOR")
    return bool(np.array_equal(h[1], h[3]) and t[1] != t[3])


def _separable_letters():
    names = dict(zip("abcde", ("NAND", "XNOR", "A IMPLIES B", "TRUE", "XOR"), strict=True))
    return "".join(k for k, name in names.items() if Perceptron.zeros(2).fit(*gate(name))[-1] == 0)


def _letter_of_nand():
    choices = ((20, 20, -30), (-20, -20, 30), (-20, -20, -30), (20, 20, 30))
    made = [tuple((sigmoid(CORNERS @ [w1, w2] + b) > 0.5).astype(int)) for w1, w2, b in choices]
    return "abcd"[made.index(TRUTH_TABLES["NAND"])]


def _updated():
    neuron = Perceptron([2.0, 1.0], -0.5)
    neuron.update([1.0, 0.0], 0)
    return "abc"[[[3.0, 1.0, 0.5], [1.0, 1.0, -1.5], [2.0, 1.0, -0.5]].index([*neuron.w, neuron.b])]


quiz = Quiz(
    "logic_gates",
    [
        NumberAnswer(
            "A sigmoid neuron has weights 20 and 20 and bias −10. What is its sum $z$ for the input (1, 0)?",
            10,
            tol=0.001,
            reply="$20·1 + 20·0 − 10 = 10$, and σ(10) is nearly 1. This neuron is OR.",
            replies={
                30: "$x_2$ is 0: only one of the two weights counts.",
                -10: "That is the sum for (0, 0).",
                1: "That is nearly the output σ(z). Asked for is the sum.",
            },
            proof=lambda: np.dot([20, 20], [1, 0]) - 10,
        ),
        OneChoice(
            "The neuron (20, 20, −30) is AND. Which of these is NAND?",
            {
                "(20, 20, −30)": "That is AND itself.",
                "(−20, −20, 30)": "All three signs turned round: every sum changes its sign, and every decision with it.",
                "(−20, −20, −30)": "Its sums are −30, −50, −50, −70: it never fires. The bias has to turn round too.",
                "(20, 20, 30)": "Its sums are 30, 50, 50, 70: it always fires. The weights have to turn round too.",
            },
            right="b",
            proof=_letter_of_nand,
        ),
        OneChoice(
            "Which gate is this neuron? It fires in the shaded part; A is $x_1$ and B is $x_2$.",
            {
                "AND": "AND fires at (1, 1). Here (1, 1) lies outside the shaded part.",
                "B AND NOT A": "That one fires at (0, 1), where $x_2$ is 1. Look again which axis is which.",
                "A AND NOT B": "Only (1, 0) lies in the shaded part: A is 1 and B is 0.",
                "B IMPLIES A": "That one is 0 only where B is 1 and A is 0. Here three corners are left out.",
            },
            right="c",
            figure=_pictured,
            alt="A rising line from (0, −0.5) through (1, 0.5); the side to the right and below is shaded. Of the four corners only (1, 0) lies in it.",
            proof=_letter_of_pictured,
        ),
        SeveralChoices(
            "Which of these gates can one neuron be?",
            {
                "NAND": "AND turned round: the same line, the other side.",
                "XNOR": "Its ones lie on one diagonal and its zeros on the other: no line will do.",
                "A IMPLIES B": "Its one zero lies at (1, 0), and a line can cut off any single corner.",
                "TRUE": "A positive bias alone does it: no line is needed.",
                "XOR": "The sums at (0, 1) and (1, 0) would have to be positive, those at (0, 0) and (1, 1) not; but both pairs have the same total.",
            },
            right="acd",
            proof=_separable_letters,
        ),
        OneChoice(
            "One sigmoid neuron learns a gate; these are its four outputs. Which gate was it given?",
            {
                "AND": "Then one curve would end near 1 and three near 0.",
                "OR": "Then one curve would end near 0 and three near 1.",
                "XNOR": "No line separates its classes, and the neuron ends undecided, four times.",
                "A": "A is separable (it copies $x_1$), so two curves would end near 1 and two near 0.",
            },
            right="c",
            figure=_undecided,
            alt="Four curves start between 0.3 and 0.6 and zigzag at first; all four end at 0.5.",
            proof=_letter_of_undecided,
        ),
        OneChoice(
            "In this network the two hidden neurons always say the same. The picture shows where the four inputs of XOR arrive. Can "
            "some output neuron finish XOR from here?",
            {
                "Yes, with the right two weights and bias.": "No weights can: the input (1, 1) arrives at the same place as (0, 1), and "
                "XOR wants 0 for one and 1 for the other.",
                "No, whatever its weights are.": "At (1, 1) of the picture three inputs have arrived, with different targets. What "
                "the hidden layer has thrown together, no later neuron can tell apart.",
                "Yes, if a sigmoid neuron takes the place of the step.": "Any function gives one output for one place, and here "
                "inputs with different targets share a place.",
            },
            right="b",
            figure=_hidden_plane,
            alt="A blue square at (0, 0). At (1, 1) a blue square and an orange circle lie on the same place.",
            proof=_places_clash,
        ),
        OneChoice(
            "A network with two hidden neurons was trained on XOR from one random start and got stuck. What do you know now?",
            {
                "Two hidden neurons are too few for XOR.": "NAND and OR are two, and with AND behind them they do it.",
                "More rounds would have solved it.": "Perhaps; but of the starts that failed in this chapter most still failed with four times the rounds.",
                "Only that this start did not lead there.": "What a network *can* compute and what it *learns* from a given start are two questions.",
            },
            right="c",
        ),
        OneChoice(
            "From the last chapter: a perceptron with $w = (2, 1)$, $b = −0.5$ sees $x = (1, 0)$ with target 0. What is it after one "
            "step of the learning rule, with η = 1?",
            {
                "$w = (3, 1)$, $b = 0.5$": "It fired and should not have: the sample is subtracted, not added.",
                "$w = (1, 1)$, $b = −1.5$": "Its sum is 1.5, so it fires, wrongly: the sample is subtracted, and 1 from the bias.",
                "$w = (2, 1)$, $b = −0.5$": "Its sum is 1.5: it fires, and the target is 0. So there is something to correct.",
            },
            right="b",
            proof=_updated,
        ),
    ],
)
