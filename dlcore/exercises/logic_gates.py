"""Exercises of the chapter on logic gates."""

import numpy as np

from dlcore._describe import is_number
from dlcore.activations import sigmoid
from dlcore.exercises import Exercise, Wrong
from dlcore.figures.logic_gates import other_hidden
from dlcore.gates import INPUTS, TRUTH_TABLES, gate
from dlcore.history import History
from dlcore.layers import Dense
from dlcore.losses import binary_cross_entropy
from dlcore.network import Sequential
from dlcore.optimizers import SGD
from dlcore.perceptron import Perceptron
from dlcore.training import fit


def _neuron(x, w, b):
    z = np.dot(w, x) + b
    return 2 / (1 + np.exp(-z)) - 1


def _from_zero_to_one(x, w, b):
    return 1 / (1 + np.exp(-(np.dot(w, x) + b)))


def _only_stretched(x, w, b):
    return 2 / (1 + np.exp(-(np.dot(w, x) + b)))


def _only_shifted(x, w, b):
    return 1 / (1 + np.exp(-(np.dot(w, x) + b))) - 0.5


def _upside_down(x, w, b):
    return 2 / (1 + np.exp(np.dot(w, x) + b)) - 1


def _minus_before_the_sum_alone(x, w, b):
    return 2 / (1 + np.exp(-np.dot(w, x) + b)) - 1


def _no_brackets(x, w, b):
    return 2 * (1 / 1 + np.exp(-(np.dot(w, x) + b))) - 1


def _no_brackets_at_all(x, w, b):
    return 2 / 1 + np.exp(-(np.dot(w, x) + b)) - 1


def _products_not_added(x, w, b):
    return 2 / (1 + np.exp(-(w * x + b))) - 1


def _tanh(x, w, b):
    return np.tanh(np.dot(w, x) + b)


def _without_bias(x, w, b):
    return 2 / (1 + np.exp(-np.dot(w, x))) - 1


def _only_the_sum(x, w, b):
    return np.dot(w, x) + b


def _with_a_step(x, w, b):
    return 1 if np.dot(w, x) + b > 0 else -1


_BRACKETS = "Python divides before it adds: the whole of $1 + e^{−z}$ needs brackets, `1 / (1 + …)`."

neuron = Exercise(
    "logic_gates.neuron",
    solution=_neuron,
    inputs=lambda rng: [
        (np.array([1.0, 0.0]), np.array([2.0, 3.0]), -1.0),
        (np.array([1.0, 1.0]), np.array([20.0, 20.0]), -30.0),
        (rng.normal(size=4), rng.normal(size=4), 0.75),
    ],
    hints=(
        "First the sum $z$, then σ(z), as in the chapter. Then: what must you multiply a number between 0 and 1 by, so that "
        "the two ends lie as far apart as −1 and 1?",
        "The ends are then 0 and 2. Which number must you take away to make them −1 and 1?",
    ),
    wrong=(
        Wrong(_from_zero_to_one, "That is σ(z), between 0 and 1. Stretch and shift it, so that it goes from −1 to 1."),
        Wrong(_only_stretched, "That goes from 0 to 2: as wide as it should be, but too high."),
        Wrong(_only_shifted, "That goes from −½ to ½: the middle is right, but it is too narrow."),
        Wrong(_upside_down, "Mind the sign in the exponent: yours falls where $z$ grows. It is $e^{−z}$."),
        Wrong(
            _minus_before_the_sum_alone,
            "The minus in the exponent is for the whole of $z$, the bias too: write `-(…)` or compute $z$ first.",
        ),
        Wrong(_no_brackets, _BRACKETS),
        Wrong(_no_brackets_at_all, _BRACKETS),
        Wrong(
            _products_not_added,
            "You have a number for each input: `w * x` multiplies, but does not add up. `np.dot(w, x)` does both.",
        ),
        Wrong(_tanh, "That goes from −1 to 1 as well, but twice as steeply at 0. Begin with σ(z)."),
        Wrong(_without_bias, "The bias is missing: it belongs into $z$, before σ is taken."),
        Wrong(_only_the_sum, "That is the sum $z$. The neuron has not activated yet."),
        Wrong(_with_a_step, "That is all or nothing, as a perceptron. Here every value between −1 and 1 may come."),
    ),
    explanation="$2σ(z) − 1$: stretched to twice the height, then shifted down by 1. Its sign decides as σ(z) above one half does.",
)


CUBE = [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)]


def _places(inputs):
    return ", ".join(str(x) for x in inputs)


def _numbers(answer, count):
    """The answer as an array of so many numbers, or None."""
    try:
        numbers = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        return None
    return numbers if numbers.shape == (count,) else None


def _what_it_does(weights):
    """In words: what a sigmoid neuron with these four numbers says to the eight inputs."""
    numbers = _numbers(weights, 4)
    if numbers is None:
        return "no neuron yet: four numbers are needed"
    with np.errstate(over="ignore"):
        y = sigmoid(np.array(CUBE) @ numbers[:3] + numbers[3])
    above = [x for x, output in zip(CUBE, y, strict=True) if output > 0.5]
    halves = [x for x, output in zip(CUBE, y, strict=True) if output == 0.5]
    unsure = [x for x, output in zip(CUBE, y, strict=True) if 0.01 < output < 0.99]
    fires = f"above one half at {_places(above)}" if above else "above one half nowhere"
    if halves:
        return f"exactly one half at {_places(halves)}; {fires}"
    if above == [(1, 1, 0)]:
        return f"right sides, but undecided at {_places(unsure)}" if unsure else "1 at (1, 1, 0), 0 elsewhere"
    return fires


veto = Exercise(
    "logic_gates.veto",
    solution=np.array([20.0, 20.0, -20.0, -30.0]),
    observe=_what_it_does,
    hints=(
        "With $x_3 = 0$ it is a gate that you know. Begin with its three numbers.",
        "The sum at (1, 1, 1) must be far below 0, though at (1, 1, 0) it is far above. Only $w_3$ makes the difference.",
    ),
    wrong=(
        Wrong(
            np.array([2.0, 2.0, -2.0, -3.0]),
            "Every output is on its side of one half, but some are more than 0.01 from 0 or 1. What makes a sigmoid neuron more "
            "decided without moving its cut?",
            when=lambda does: does.startswith("right sides"),
        ),
        Wrong(
            np.array([20.0, 20.0, -20.0, -20.0]),
            "At such an input the sum is exactly 0, and the neuron is undecided: shift the bias.",
            when=lambda does: does.startswith("exactly") and does.endswith("; above one half at (1, 1, 0)"),
        ),
        Wrong(
            np.array([-30.0, 20.0, 20.0, -20.0]),
            "The order is $(w_1, w_2, w_3, b)$, and $x_3$ has the veto. Have you put the bias first?",
            when=lambda does: does.endswith("above one half at (0, 1, 1)"),
        ),
        Wrong(
            np.array([0.0, 0.0, 0.0, 0.0]),
            "At such an input the sum is exactly 0, and the neuron is undecided. Write the sums of all eight inputs down.",
            when=lambda does: does.startswith("exactly"),
        ),
        Wrong(np.array([20.0, 20.0, 20.0, -50.0]), "At (1, 1, 1) the third input should *silence* the neuron."),
        Wrong(np.array([20.0, 20.0, 0.0, -30.0]), "That is $x_1$ AND $x_2$: the third input changes no answer."),
        Wrong(
            np.array([-20.0, -20.0, 20.0, 30.0]),
            "That is the exact opposite, wrong at all eight inputs. Which change turns every sum round?",
            when=lambda does: does == _what_it_does([-20.0, -20.0, 20.0, 30.0]),
        ),
        Wrong(
            np.array([20.0, 20.0, -20.0, -10.0]),
            "One of $x_1$ and $x_2$ is enough for it: it fires too easily.",
            when=lambda does: does.startswith("above") and ("(1, 0, 0)" in does or "(0, 1, 0)" in does),
        ),
    ),
    explanation="With 20, 20, −20, −30, in the order $(w_1, w_2, w_3, b)$, the sum is 10 at (1, 1, 0) and −10 or less at every "
    "other input.",
)


def _bias(k, w):
    return (0.5 - k) * w


def _on_the_edge(k, w):
    return -k * w


def _one_too_many(k, w):
    return -(k + 0.5) * w


def _wrong_sign(k, w):
    return (k - 0.5) * w


def _weight_forgotten(k, w):
    return 0.5 - k


def _always_and_of_two(k, w):
    return -1.5 * w


def _a_little_more(k, w):
    return -k * w + 0.1


def _when_it_fires(bias, k, w):
    """In words: with how many ones the neuron fires."""
    b = bias(k, w)
    if b is None or b is ...:
        return b
    if not is_number(b):
        return "a bias that is not a number"
    counts = [str(ones) for ones in range(6) if ones * w + b > 0]
    fires = f"fires with {', '.join(counts)} ones" if counts else "never fires"
    return f"{fires}; with {k} the sum is 0" if k * w + b == 0 else fires


bias = Exercise(
    "logic_gates.bias",
    solution=_bias,
    inputs=[(2, 20.0), (1, 20.0), (3, 20.0), (4, 20.0), (5, 20.0), (3, 2.0**-100)],  # no fixed amount is small enough
    observe=_when_it_fires,
    names=("k", "w"),
    hints=(
        "With $m$ ones among the inputs the sum is $z = m·w + b$. It has to be positive for $m = k$ and not for $m = k − 1$.",
        "So $−k·w < b ≤ −(k − 1)·w$. Take the middle.",
    ),
    wrong=(
        Wrong(_on_the_edge, "With exactly $k$ ones your sum is exactly 0, and 0 does not fire."),
        Wrong(_one_too_many, "The neuron asks for one more than it should: your bias pulls down too far."),
        Wrong(_wrong_sign, "A positive bias makes the neuron fire without any input: turn the sign round."),
        Wrong(_weight_forgotten, "That is right for weights of 1. With weights $w$ the sums are $w$ times as large."),
        Wrong(_always_and_of_two, "That is the bias for $k = 2$, whatever $k$ is."),
        Wrong(_a_little_more, "A fixed amount does for large weights. For small ones it is more than a whole weight."),
    ),
    explanation="The middle is $(½ − k)·w$; for $w = 20$ that is −10 for $k = 1$ (OR) and −30 for $k = 2$ (at least two).",
)


def _two_layers(x, W, b, v, c):
    h = []
    for weights, bias in zip(W.T, b, strict=True):
        z = np.dot(weights, x) + bias
        h.append(1 if z > 0 else 0)
    return 1 if np.dot(v, h) + c > 0 else 0


def _as_given(x, W, b, v, c):
    h = []
    for weights, bias in zip(W.T, b, strict=True):
        z = np.dot(weights, x) + bias
        h.append(z)
    return 1 if np.dot(v, h) + c > 0 else 0


def _fires_at_zero(x, W, b, v, c):
    h = [1 if np.dot(weights, x) + bias >= 0 else 0 for weights, bias in zip(W.T, b, strict=True)]
    return 1 if np.dot(v, h) + c > 0 else 0


def _output_fires_at_zero(x, W, b, v, c):
    h = [1 if np.dot(weights, x) + bias > 0 else 0 for weights, bias in zip(W.T, b, strict=True)]
    return 1 if np.dot(v, h) + c >= 0 else 0


def _hidden_bias_lost(x, W, b, v, c):
    h = [1 if np.dot(weights, x) > 0 else 0 for weights in W.T]
    return 1 if np.dot(v, h) + c > 0 else 0


def _sigmoid_hidden(x, W, b, v, c):
    h = [1 / (1 + np.exp(-np.dot(weights, x) - bias)) for weights, bias in zip(W.T, b, strict=True)]
    return 1 if np.dot(v, h) + c > 0 else 0


def _relu_hidden(x, W, b, v, c):
    h = [max(0, np.dot(weights, x) + bias) for weights, bias in zip(W.T, b, strict=True)]
    return 1 if np.dot(v, h) + c > 0 else 0


def _rows_for_columns(x, W, b, v, c):
    h = [1 if np.dot(weights, x) + bias > 0 else 0 for weights, bias in zip(W, b, strict=True)]
    return 1 if np.dot(v, h) + c > 0 else 0


def _sum_returned(x, W, b, v, c):
    h = [1 if np.dot(weights, x) + bias > 0 else 0 for weights, bias in zip(W.T, b, strict=True)]
    return np.dot(v, h) + c


XOR_NETWORK = (np.array([[-1.0, 1.0], [-1.0, 1.0]]), np.array([1.5, -0.5]), np.array([1.0, 1.0]), -1.5)


def _bug_cases(rng):
    by_hand = [(np.array(x), *XOR_NETWORK) for x in ([1.0, 0.0], [0.0, 1.0], [0.0, 0.0], [1.0, 1.0])]
    edge = (
        np.array([2.0, -1.0]),
        np.array([[1.0, 0.5], [2.0, 0.0]]),
        np.array([0.0, 1.0]),
        np.array([1.0, -0.5]),
        0.25,
    )
    output_edge = (*edge[:4], 0.5)  # here the output neuron's sum is exactly 0
    drawn = [
        (rng.normal(size=3), rng.normal(size=(3, 4)), rng.normal(size=4), rng.normal(size=4), rng.normal())
        for _ in range(40)
    ]
    ones = [case for case in drawn if _two_layers(*case) == 1]
    zeros = [case for case in drawn if _two_layers(*case) == 0]
    return [*by_hand, edge, output_edge, *ones[:6], *zeros[:6]]


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
        Wrong(
            _output_fires_at_zero,
            "You found it. But now the output neuron fires at a sum of exactly 0. In this book a sum has to exceed 0.",
        ),
        Wrong(_hidden_bias_lost, "You found it. But now the hidden neurons have lost their biases."),
        Wrong(
            _sigmoid_hidden,
            "A good thought, but the hidden neurons here are perceptrons: their outputs are 0 or 1, nothing between.",
        ),
        Wrong(
            _relu_hidden,
            "That is a ReLU. The hidden neurons here are perceptrons: where the sum is positive their output is 1, not the sum.",
        ),
        Wrong(_rows_for_columns, "The neurons are the *columns* of `W`: the loop needs `W.T`, as it was given."),
        Wrong(_sum_returned, "The hidden layer is right now. But the output neuron, too, has to activate: 0 or 1."),
    ),
    explanation="The hidden neurons combined, but did not activate. Without the step the whole network is one weighted sum "
    "of the inputs, and that is one line again.",
)


def _are_signs(answer):
    return _numbers(answer, 3) is not None and bool(np.all(np.abs(_numbers(answer, 3)) == 1))


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
            np.array([-20.0, 20.0, -10.0]),
            "Give signs only: three numbers, each of them 1 or −1.",
            when=lambda answer: not _are_signs(answer),
        ),
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
        Wrong(
            np.array([-1, -1, -1]),
            "Then no sum could be positive. Which input ends above one half, and which number lifts its sum?",
        ),
        Wrong(
            np.array([-1, -1, 1]),
            "The first weight is right. The bias shows alone at (0, 0): is the output there above one half? And does it rise "
            "or fall from there to (0, 1)?",
        ),
        Wrong(
            np.array([1, 1, 1]),
            "Then no sum could be negative, and no output could end below one half. Three do.",
        ),
    ),
    explanation="At (0, 0) the output ends below one half: $b < 0$. From (0, 0) to (0, 1) it rises: $w_2 > 0$. From (0, 1) to "
    "(1, 1) it falls: $w_1 < 0$. The gate is B AND NOT A.",
)


def _where_the_network_fires(weights):
    """In words: at which inputs the output neuron with these three numbers makes the network fire."""
    numbers = _numbers(weights, 3)
    if numbers is None:
        return "no neuron yet: three numbers are needed"
    y = Perceptron(numbers[:2], numbers[2]).predict(other_hidden(gate("XOR")[0]))
    fires = [x for x, output in zip(INPUTS, y, strict=True) if output]
    return f"fires for {_places(fires)}" if fires else "never fires"


output_neuron = Exercise(
    "logic_gates.output_neuron",
    solution=np.array([1.0, -1.0, -0.5]),
    observe=_where_the_network_fires,
    hints=(
        "There are only three different points in the picture. Draw a line that leaves the orange circles alone on one side.",
        "It has to fire at the picture's (1, 0) and be silent at its (0, 0) and (1, 1). So $h_1$ speaks for firing, and $h_2$ "
        "against it.",
    ),
    wrong=(
        Wrong(np.array([1.0, 1.0, -1.5]), "That neuron fires at the picture's (1, 1) alone, a blue square."),
        Wrong(
            np.array([1.0, 1.0, -0.5]),
            "That neuron fires at the orange circles, but at the picture's (1, 1) too. It should listen to $h_2$ in another way.",
        ),
        Wrong(
            np.array([-1.0, 1.0, -0.5]),
            "None of the three points is on its firing side. Which of $h_1$ and $h_2$ should speak for firing?",
        ),
        Wrong(np.array([-1.0, 1.0, 0.5]), "That neuron parts the points rightly, but it fires on the other side."),
        Wrong(np.array([0.0, 0.0, 1.0]), "That neuron fires always. Which of its numbers should hold it back?"),
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


def _always(t):
    return True


def _unequal_totals(t):
    return t[0] + t[3] != t[1] + t[2]


def _equal_totals(t):
    return t[0] + t[3] == t[1] + t[2]


def _the_list_itself(t):
    return Perceptron.zeros(2).fit(gate("AND")[0], t, epochs=20)


_TOTALS = (
    "Equal totals are a law for the sums $z$, not for the answers: A has the totals 1 and 1, AND has 1 and 0, and one "
    "neuron can be either."
)

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
        Wrong(
            _always,
            "Yours says `True` to all sixteen. (Do you compare `t` with a list? `t` is a tuple; in Python it never equals one.)",
        ),
        Wrong(_unequal_totals, _TOTALS),
        Wrong(_equal_totals, _TOTALS),
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


class _Seen(str):
    """How many of the eight outputs are right, in words; and the outputs."""

    outputs = None


def _right_outputs(net):
    if isinstance(net, History):
        return _Seen("a record of the training, no network")
    if isinstance(net, np.ndarray):
        return _Seen("an array, no network")
    X, t = parity()
    y = np.asarray(net.forward(X))
    if y.shape != (8, 1):
        return _Seen(f"outputs of shape {y.shape}")
    seen = _Seen(f"{np.sum((y > 0.5) == (t == 1))} of 8 on their side")
    seen.outputs = y.ravel()
    return seen


parity_net = Exercise(
    "logic_gates.parity_net",
    solution=_parity_net,
    made=True,
    observe=_right_outputs,
    hints=(
        "Three inputs, so the first layer is `Dense(3, width, rng=rng)`. Take the rest from the network for XOR.",
        "Eight hidden neurons, 1000 rounds, `batch_size=8`. If it gets stuck, take another start or more hidden neurons.",
    ),
    wrong=(
        Wrong(
            lambda: History(),
            "`fit` gives back its record of the training. Hand over the network itself, which `fit` has changed.",
            when=lambda seen: seen.startswith("a record"),
        ),
        Wrong(
            lambda: np.zeros((8, 1)),
            "Hand over the network, not its outputs: the check runs it by itself.",
            when=lambda seen: seen.startswith("an array"),
        ),
        Wrong(
            lambda: _learn_parity(0, 300),
            "All eight outputs are nearly the same. Three likely reasons: no hidden layer, no training yet, or too few rounds.",
            when=lambda seen: np.ptp(seen.outputs) < 0.1,
        ),
        Wrong(
            lambda: _learn_parity(8, 1000, flip=True),
            "Each output is on the *other* side: this network gives 1 for an even number of ones.",
            when=lambda seen: seen.startswith("0 of 8"),
        ),
        Wrong(
            lambda: _learn_parity(2, 300),
            "So some are on the wrong side. More rounds, another start or more hidden neurons may help.",
            when=lambda seen: seen.outputs is not None,
        ),
    ),
    explanation="If you paste this function, add a line below it: `parity_net = parity_net()`. The check wants the network.",
)
