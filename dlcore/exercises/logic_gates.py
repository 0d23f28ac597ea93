"""Exercises of the chapter on logic gates."""

import numpy as np

from dlcore.activations import sigmoid
from dlcore.exercises import Exercise, Wrong
from dlcore.figures.logic_gates import other_hidden
from dlcore.gates import TRUTH_TABLES, gate
from dlcore.layers import Dense
from dlcore.losses import binary_cross_entropy
from dlcore.network import Sequential
from dlcore.optimizers import SGD
from dlcore.perceptron import Perceptron
from dlcore.training import fit


def _neuron(x, w, b):
    z = np.dot(w, x) + b
    return 1 / (1 + np.exp(-z))


def _upside_down(x, w, b):
    return 1 / (1 + np.exp(np.dot(w, x) + b))


def _without_bias(x, w, b):
    return 1 / (1 + np.exp(-np.dot(w, x)))


def _only_the_sum(x, w, b):
    return np.dot(w, x) + b


def _with_a_step(x, w, b):
    return 1 if np.dot(w, x) + b > 0 else 0


neuron = Exercise(
    "logic_gates.neuron",
    solution=_neuron,
    inputs=lambda rng: [
        (np.array([1.0, 0.0]), np.array([2.0, 3.0]), -1.0),
        (np.array([1.0, 1.0]), np.array([20.0, 20.0]), -30.0),
        (rng.normal(size=4), rng.normal(size=4), 0.75),
    ],
    hints=(
        "Two lines: first the sum $z$, as for a perceptron, then σ of it.",
        "$σ(z) = 1/(1 + e^{−z})$, and $e^{−z}$ is `np.exp(-z)`.",
    ),
    wrong=(
        Wrong(_upside_down, "Mind the sign in the exponent: yours falls where $z$ grows. It is $e^{−z}$."),
        Wrong(_without_bias, "The bias is missing: it belongs into $z$, before σ is taken."),
        Wrong(_only_the_sum, "That is the sum $z$. The neuron has not activated yet: return σ(z)."),
        Wrong(_with_a_step, "That is a perceptron: all or nothing. The sigmoid neuron returns σ(z), between 0 and 1."),
    ),
)


def _four_outputs(weights):
    X, _ = gate("NOR")
    w1, w2, b = weights
    return sigmoid(X @ np.array([w1, w2]) + b).round(2)


def _decides(*outputs):
    """Are the four outputs on these sides of one half?"""
    return lambda y: np.array_equal(np.asarray(y) > 0.5, np.array(outputs) == 1)


nor = Exercise(
    "logic_gates.nor",
    solution=np.array([-20.0, -20.0, 10.0]),
    observe=_four_outputs,
    atol=0.0101,
    hints=(
        "The sum for (0, 0) is the bias alone, and the output there is to be near 1. So which sign has the bias?",
        "Any input of 1 must pull the sum far below 0: both weights are negative, and larger in size than the bias.",
    ),
    wrong=(
        Wrong(
            np.array([20.0, 20.0, -10.0]),
            "That is OR, the exact opposite. Which change turns every sum round?",
            when=_decides(0, 1, 1, 1),
        ),
        Wrong(
            np.array([-20.0, -20.0, 30.0]),
            "That is NAND: one input of 1 is not yet enough to silence it. It fires too easily.",
            when=_decides(1, 1, 1, 0),
        ),
        Wrong(
            np.array([-2.0, -2.0, 1.0]),
            "Every output is on the right side of one half, but some hesitate. What makes a sigmoid neuron more decided "
            "without moving its line?",
            when=_decides(1, 0, 0, 0),
        ),
    ),
    explanation="In the order $(w_1, w_2, b)$. The sums are 10, −10, −10, −30. It is OR with all three signs turned round.",
)


def _bias(k, w):
    return (0.5 - k) * w


def _on_the_edge(k, w):
    return -k * w


def _wrong_sign(k, w):
    return (k - 0.5) * w


def _weight_forgotten(k, w):
    return 0.5 - k


def _always_and_of_two(k, w):
    return -1.5 * w


bias = Exercise(
    "logic_gates.bias",
    solution=_bias,
    inputs=[(2, 20.0), (1, 20.0), (3, 20.0), (4, 1.0), (5, 0.25)],
    observe=lambda bias, k, w: [int(ones * w + bias(k, w) > 0) for ones in range(6)],
    names=("k", "w"),
    hints=(
        "With $m$ ones among the inputs the sum is $z = m·w + b$. It has to be positive for $m = k$ and not for $m = k − 1$.",
        "So $−k·w < b ≤ −(k − 1)·w$. Take the middle.",
    ),
    wrong=(
        Wrong(
            _on_the_edge,
            "(Listed are the outputs for 0, 1, … 5 ones.) With exactly $k$ ones your sum is exactly 0, and 0 does not fire.",
        ),
        Wrong(
            _wrong_sign,
            "(Listed are the outputs for 0, 1, … 5 ones.) A positive bias makes the neuron fire without any input: "
            "turn the sign round.",
        ),
        Wrong(
            _weight_forgotten,
            "(Listed are the outputs for 0, 1, … 5 ones.) That is right for weights of 1. With weights $w$ the sums are "
            "$w$ times as large.",
        ),
        Wrong(
            _always_and_of_two,
            "(Listed are the outputs for 0, 1, … 5 ones.) That is the bias for $k = 2$, whatever $k$ is.",
        ),
    ),
    explanation="For $w = 20$ this is −10 for $k = 1$ (OR) and −30 for $k = 2$ (AND of two).",
)


def _two_layers(x, W, b, v, c):
    h = []
    for weights, bias in zip(W, b, strict=True):
        z = np.dot(weights, x) + bias
        h.append(1 if z > 0 else 0)
    return 1 if np.dot(v, h) + c > 0 else 0


def _as_given(x, W, b, v, c):
    h = []
    for weights, bias in zip(W, b, strict=True):
        z = np.dot(weights, x) + bias
        h.append(z)
    return 1 if np.dot(v, h) + c > 0 else 0


def _fires_at_zero(x, W, b, v, c):
    h = [1 if np.dot(weights, x) + bias >= 0 else 0 for weights, bias in zip(W, b, strict=True)]
    return 1 if np.dot(v, h) + c > 0 else 0


def _hidden_bias_lost(x, W, b, v, c):
    h = [1 if np.dot(weights, x) > 0 else 0 for weights in W]
    return 1 if np.dot(v, h) + c > 0 else 0


def _sigmoid_hidden(x, W, b, v, c):
    h = [1 / (1 + np.exp(-np.dot(weights, x) - bias)) for weights, bias in zip(W, b, strict=True)]
    return 1 if np.dot(v, h) + c > 0 else 0


def _sum_returned(x, W, b, v, c):
    h = [1 if np.dot(weights, x) + bias > 0 else 0 for weights, bias in zip(W, b, strict=True)]
    return np.dot(v, h) + c


XOR_NETWORK = (np.array([[-1.0, -1.0], [1.0, 1.0]]), np.array([1.5, -0.5]), np.array([1.0, 1.0]), -1.5)


def _bug_cases(rng):
    by_hand = [(np.array(x), *XOR_NETWORK) for x in ([1.0, 0.0], [0.0, 1.0], [0.0, 0.0], [1.0, 1.0])]
    edge = (
        np.array([2.0, -1.0]),
        np.array([[1.0, 2.0], [0.5, 0.0]]),
        np.array([0.0, 1.0]),
        np.array([1.0, -0.5]),
        0.25,
    )
    drawn = [
        (rng.normal(size=3), rng.normal(size=(4, 3)), rng.normal(size=4), rng.normal(size=4), rng.normal())
        for _ in range(40)
    ]
    ones = [case for case in drawn if _two_layers(*case) == 1]
    zeros = [case for case in drawn if _two_layers(*case) == 0]
    return [*by_hand, edge, *ones[:6], *zeros[:6]]


two_layers = Exercise(
    "logic_gates.two_layers",
    solution=_two_layers,
    inputs=_bug_cases,
    hints=(
        "Follow the input (1, 0) through the code on paper, beside the table of *Two layers by hand*. Where do the numbers part?",
        "A neuron combines, then activates. Which of the neurons in the code does only one of the two?",
    ),
    wrong=(
        Wrong(_as_given, "This is still the code as it was given: which line is not as it should be?"),
        Wrong(
            _fires_at_zero,
            "You found it. But now a hidden neuron fires at a sum of exactly 0. In this book a sum has to exceed 0.",
        ),
        Wrong(_hidden_bias_lost, "You found it. But now the hidden neurons have lost their biases."),
        Wrong(
            _sigmoid_hidden,
            "A good thought, but the hidden neurons here are perceptrons: their outputs are 0 or 1, nothing between.",
        ),
        Wrong(_sum_returned, "The hidden layer is right now. But the output neuron, too, has to activate: 0 or 1."),
    ),
    explanation="The hidden neurons combined, but did not activate. Without the step the whole network is one weighted sum "
    "of the inputs, and that is one line again.",
)


signs = Exercise(
    "logic_gates.signs",
    solution=np.array([-1, 1, -1]),
    hints=(
        "For the input (0, 0) the sum is the bias alone. An output above one half means a positive sum, one below it a "
        "negative sum.",
        "From (0, 0) to (0, 1) only the second input changes, by 1. So the sum changes by $w_2$: does the output rise or fall?",
    ),
    wrong=(
        Wrong(
            np.array([1, -1, -1]),
            "The bias is right. Have you taken the first input for the second? In (0, 1) it is $x_2$ that is 1.",
        ),
        Wrong(np.array([-1, 1, 1]), "The weights are right. Which curve shows the bias alone?"),
        Wrong(
            np.array([1, 1, -1]),
            "Not quite: compare (0, 1) with (1, 1), where only $x_1$ differs. Which output is larger?",
        ),
        Wrong(
            np.array([1, -1, 1]),
            "All three are turned round. An output *above* one half belongs to a *positive* sum.",
        ),
    ),
    explanation="At (0, 0) the output ends below one half: $b < 0$. From (0, 0) to (0, 1) it rises: $w_2 > 0$. From (0, 1) to "
    "(1, 1) it falls: $w_1 < 0$. The gate is B AND NOT A.",
)


output_neuron = Exercise(
    "logic_gates.output_neuron",
    solution=np.array([1.0, -1.0, -0.5]),
    observe=lambda weights: Perceptron(weights[:2], weights[2]).predict(other_hidden(gate("XOR")[0])),
    hints=(
        "There are only three different points in the picture. Draw a line that leaves the orange circles alone on one side.",
        "It has to fire at (1, 0) and be silent at (0, 0) and (1, 1). So $h_1$ speaks for firing, and $h_2$ against it.",
    ),
    wrong=(
        Wrong(np.array([1.0, 1.0, -1.5]), "This neuron fires at (1, 1) alone. That corner is a blue square."),
        Wrong(
            np.array([1.0, 1.0, -0.5]),
            "This neuron fires at (1, 0), but at (1, 1) too. It should listen to $h_2$ in another way.",
        ),
        Wrong(
            np.array([-1.0, 1.0, -0.5]),
            "This neuron fires at none of the three points. Have you exchanged the two weights?",
        ),
        Wrong(np.array([-1.0, 1.0, 0.5]), "This neuron has the right line, but it fires on the other side of it."),
    ),
    explanation="In the order $(v_1, v_2, c)$; many other answers do as well. $h_1$ is OR and $h_2$ is AND, so the output is "
    "“OR but not AND”: another composition of XOR.",
)


def _separable(t):
    X, _ = gate("AND")
    mistakes = Perceptron.zeros(2).fit(X, t, epochs=20)
    return mistakes[-1] == 0


def _all_but_xor(t):
    return tuple(t) != TRUTH_TABLES["XOR"]


def _by_counting_ones(t):
    return sum(t) != 2


def _first_round(t):
    return Perceptron.zeros(2).fit(gate("AND")[0], t, epochs=20)[0] == 0


def _the_list_itself(t):
    return Perceptron.zeros(2).fit(gate("AND")[0], t, epochs=20)


separable = Exercise(
    "logic_gates.separable",
    solution=_separable,
    inputs=[(table,) for table in (TRUTH_TABLES["AND"], TRUTH_TABLES["XOR"], *TRUTH_TABLES.values())],
    hints=(
        "One way: let a perceptron try, `Perceptron.zeros(2).fit(X, t)`. How many rounds did the slowest of the 14 need? "
        "Another way: which two truth tables are to be refused?",
        "`fit` returns a list of mistakes, round by round. It ends with 0 exactly if the rule has come to an end.",
    ),
    wrong=(
        Wrong(
            _all_but_xor, "Nearly: XOR is not the only one. Turn every output of XOR round, and no line will do either."
        ),
        Wrong(
            _by_counting_ones,
            "Two ones and two zeros can be separated if they lie on neighbouring corners, as in the gate A. Only the "
            "diagonals are trouble.",
        ),
        Wrong(
            _first_round, "You looked at the first round of mistakes. What counts is whether the *last* round has none."
        ),
        Wrong(
            _the_list_itself,
            "That is the list of mistakes of each round. What does its last entry say about your question?",
        ),
    ),
    explanation="Without any learning: `(t[0], t[1]) != (t[3], t[2]) or t[0] == t[1]` refuses exactly XOR and XNOR.",
)


def parity():
    """Eight inputs of three bits, X (8, 3), and t (8, 1): 1 where the number of ones is odd."""
    X = np.array([[a, b, c] for a in (0.0, 1.0) for b in (0.0, 1.0) for c in (0.0, 1.0)])
    return X, X.sum(axis=1, keepdims=True) % 2


def _parity_net():
    X, t = parity()
    rng = np.random.default_rng(0)
    net = Sequential([Dense(3, 8, rng=rng), sigmoid, Dense(8, 1, rng=rng), sigmoid])
    fit(net, binary_cross_entropy, SGD(4.0), X, t, epochs=1000, batch_size=8, rng=rng)
    return net


def _learn_parity(width, epochs, flip=False):
    X, t = parity()
    rng = np.random.default_rng(0)
    layers = (
        [Dense(3, width, rng=rng), sigmoid, Dense(width, 1, rng=rng), sigmoid]
        if width
        else [Dense(3, 1, rng=rng), sigmoid]
    )
    net = Sequential(layers)
    fit(net, binary_cross_entropy, SGD(4.0), X, 1 - t if flip else t, epochs=epochs, batch_size=8, rng=rng)
    return net


def _odd_ones_told(y):
    return np.array_equal(y > 0.5, parity()[1].ravel() == 1)


parity_net = Exercise(
    "logic_gates.parity_net",
    solution=_parity_net,
    made=True,
    observe=lambda net: net.forward(parity()[0]).ravel(),
    accept=lambda y: y.shape == (8,) and _odd_ones_told(y),
    expect="eight outputs, each on its target's side of one half",
    hints=(
        "Three inputs, so the first layer is `Dense(3, width, rng=rng)`. Take the rest from the network for XOR.",
        "Eight hidden neurons, 1000 rounds, `batch_size=8`. If it gets stuck, take another start or more hidden neurons.",
    ),
    wrong=(
        Wrong(
            lambda: _learn_parity(0, 300),
            "All eight outputs are nearly the same: the network has settled on not deciding. Has it a hidden layer, with enough neurons?",
            when=lambda y: np.ptp(y) < 0.1,
        ),
        Wrong(
            lambda: _learn_parity(8, 1000, flip=True),
            "Each output is on the *other* side: this network gives 1 for an even number of ones.",
            when=lambda y: _odd_ones_told(1 - y),
        ),
        Wrong(
            lambda: _learn_parity(2, 300),
            "Some outputs are on the wrong side. More rounds may help, another start may, more hidden neurons do best.",
            when=lambda y: y.shape == (8,),
        ),
    ),
)
