"""Exercises of the chapter on networks."""

from itertools import pairwise

import numpy as np

from dlcore.activations import relu
from dlcore.exercises import Exercise, Wrong
from dlcore.figures.networks import READ_OFF


def _neuron_sums(X, W, b, k):
    return X @ W[:, k] + b[k]


def _row_of_weights(X, W, b, k):
    return X @ W[k] + b[k]


def _one_neuron_without_bias(X, W, b, k):
    return X @ W[:, k]


def _row_without_bias(X, W, b, k):
    return X @ W[k]


def _counted_from_one(X, W, b, k):
    return X @ W[:, k - 1] + b[k - 1]


def _activated(X, W, b, k):
    return relu(X @ W[:, k] + b[k])


def _all_neurons(X, W, b, k):
    return X @ W + b


def _all_sums_of_one_sample(X, W, b, k):
    return (X @ W + b)[k]


def _every_bias(X, W, b, k):
    return X @ W[:, k] + b


def _column_as_a_matrix(X, W, b, k):
    return X @ W[:, [k]] + b[k]


neuron_sums = Exercise(
    "networks.neuron_sums",
    solution=_neuron_sums,
    inputs=lambda rng: [
        (np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 3.0]]), np.array([[1.0, 2.0], [3.0, -4.0]]), np.array([0.5, 1.5]), 1),
        (np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 3.0]]), np.array([[1.0, 2.0], [3.0, -4.0]]), np.array([0.5, 1.5]), 0),
        (rng.normal(size=(5, 3)), rng.normal(size=(3, 3)), rng.normal(size=3), 2),
    ],
    hints=(
        "W has one row for each input and one column for each neuron. Which of the two belongs to neuron $k$?",
        "`W[:, k]` is column $k$, the weights of neuron $k$. It has one bias, `b[k]`.",
    ),
    wrong=(
        Wrong(
            _row_of_weights,
            "You took *row* $k$ of W. That holds the weights with which input $k$ goes to every neuron; a neuron's own "
            "weights are a column.",
        ),
        Wrong(_one_neuron_without_bias, "The bias of neuron $k$ is missing."),
        Wrong(
            _row_without_bias,
            "You took *row* $k$ of W and no bias. A neuron's own weights are a column, and it has one bias, `b[k]`.",
        ),
        Wrong(_counted_from_one, "That is the neuron before it: $k$ counts from 0, as Python does."),
        Wrong(_activated, "You put a ReLU around the sums. Asked are the sums $z$, before the activation."),
        Wrong(_all_neurons, "These are the sums of all neurons. Only neuron $k$ is asked for."),
        Wrong(
            _all_sums_of_one_sample,
            "These are the sums of all neurons for sample $k$. Asked for is neuron $k$, for all samples: a column of "
            "the result, not a row.",
        ),
        Wrong(_every_bias, "`b` holds the biases of all neurons. Neuron $k$ has one of them, `b[k]`."),
        Wrong(
            _column_as_a_matrix,
            "The numbers are right, but in a column of shape (N, 1). `W[:, k]`, with `k` alone, leads to the shape (N,).",
        ),
    ),
)


def _count(sizes):
    total = 0
    for i in range(len(sizes) - 1):
        n_in, n_out = sizes[i], sizes[i + 1]
        total += n_in * n_out + n_out
    return total


def _only_edges(sizes):
    return sum(n_in * n_out for n_in, n_out in pairwise(sizes))


def _inputs_have_biases(sizes):
    return _count(sizes) + sizes[0]


def _bias_of_the_sender(sizes):
    return _only_edges(sizes) + sum(sizes[:-1])


def _one_bias_a_layer(sizes):
    return _only_edges(sizes) + len(sizes) - 1


def _one_bias_an_edge(sizes):
    return 2 * _only_edges(sizes)


def _ends_only(sizes):
    return sizes[0] * sizes[-1] + sum(sizes[1:])


def _first_gap_only(sizes):
    return sizes[0] * sizes[1] + sizes[1]


def _last_gap_only(sizes):
    return sizes[-2] * sizes[-1] + sizes[-1]


def _a_gap_for_each_layer(sizes):
    return sum(sizes[i] * sizes[i + 1] + sizes[i + 1] for i in range(len(sizes)))


count = Exercise(
    "networks.count",
    solution=_count,
    inputs=[([2, 3, 2],), ([64, 10],), ([5, 4, 3, 2],), ([1, 2, 2, 2, 2, 2, 1],), ([30, 7, 11, 1],)],
    hints=(
        "Go through the gaps between neighbouring layers. In each there is an edge for every pair of neurons.",
        "For a gap from `n_in` to `n_out` neurons: `n_in * n_out` edges, and a bias for each of the `n_out` neurons it "
        "leads to. Add these up in a loop.",
    ),
    wrong=(
        Wrong(_only_edges, "Those are the edges, that is the weights. The biases are missing."),
        Wrong(_inputs_have_biases, "You gave the input neurons biases. They compute nothing and have none."),
        Wrong(
            _bias_of_the_sender,
            "The biases are counted where the edges begin. A bias belongs to the neuron that adds it, where the edges "
            "*end*.",
        ),
        Wrong(_one_bias_a_layer, "Here each layer has one bias. Each *neuron* of it has one of its own."),
        Wrong(_one_bias_an_edge, "Here each edge has a bias. A bias belongs to a neuron, not to a connection."),
        Wrong(
            _first_gap_only,
            "That is the first gap alone. Is the `return` inside the loop? Then it ends the function in the first round.",
        ),
        Wrong(_last_gap_only, "That is the last gap alone. Does `total = 0` stand inside the loop?"),
        Wrong(_a_gap_for_each_layer, "There is one gap fewer than there are layers: `range(len(sizes) - 1)`."),
        Wrong(_ends_only, "Your edges run from the input layer straight to the output layer."),
    ),
)


def _forward(X, layers):
    H = X
    for W, b in layers[:-1]:
        H = relu(H @ W + b)
    W, b = layers[-1]
    return H @ W + b


def _forward_as_given(X, layers):
    H = X
    for W, b in layers[:-1]:
        H = relu(H @ W) + b
    W, b = layers[-1]
    return H @ W + b


def _relu_everywhere(X, layers):
    H = X
    for W, b in layers:
        H = relu(H @ W + b)
    return H


def _relu_on_the_last_product(X, layers):
    W, b = layers[-1]
    return relu(_forward(X, [*layers[:-1], (W, 0 * b)])) + b


def _no_relu(X, layers):
    H = X
    for W, b in layers:
        H = H @ W + b
    return H


def _no_hidden_bias(X, layers):
    H = X
    for W, _ in layers[:-1]:
        H = relu(H @ W)
    W, b = layers[-1]
    return H @ W + b


def _not_carried_on(X, layers):
    H = X
    for W, b in layers[:-1]:
        H = relu(X @ W + b)
    W, b = layers[-1]
    return H @ W + b


def _last_layer_forgotten(X, layers):
    H = X
    for W, b in layers[:-1]:
        H = relu(H @ W + b)
    return H


def _returned_in_the_loop(X, layers):
    H = X
    for W, b in layers[:-1]:
        H = relu(H @ W + b)
        W, b = layers[-1]
        return H @ W + b


def _relu_on_the_last_alone(X, layers):
    return relu(_no_relu(X, layers))


def _random_layers(rng, sizes):
    shapes = pairwise(sizes)
    return [(rng.normal(size=shape), rng.normal(size=shape[1])) for shape in shapes]


forward = Exercise(
    "networks.forward",
    solution=_forward,
    inputs=lambda rng: [
        (
            np.array([[1.0], [3.0]]),
            [(np.array([[1.0, 2.0]]), np.array([-2.0, 1.0])), (np.array([[1.0], [-1.0]]), np.array([0.5]))],
        ),
        (
            np.array([[2.0]]),
            [
                (np.array([[1.0]]), np.array([1.0])),
                (np.array([[3.0]]), np.array([-4.0])),
                (np.array([[2.0]]), np.array([0.5])),
            ],
        ),
        (rng.normal(size=(4, 2)), _random_layers(rng, (2, 3, 2))),
        (rng.normal(size=(3, 3)), _random_layers(rng, (3, 5, 4, 2))),
        (rng.normal(size=(2, 3)), _random_layers(rng, (3, 2))),
    ],
    hints=(
        "Take the first case, with its sample 1, and compute the two hidden neurons by hand: first the whole sum $z$, "
        "then the activation. Compare with what the code does, in which order.",
        "ReLU acts on $z$, and $z$ is more than the product. Look at what stands inside the brackets of `relu`, and "
        "what stands outside.",
    ),
    wrong=(
        Wrong(
            _forward_as_given,
            "This is still the code as it was given: follow one sample through it with pencil and paper.",
        ),
        Wrong(
            _relu_everywhere,
            "Now the *output* layer has a ReLU too. The given code rightly leaves it without one: this output may be "
            "negative.",
        ),
        Wrong(
            _relu_on_the_last_product,
            "Now a ReLU stands around the *last* product too. The given code rightly leaves the output layer without one.",
        ),
        Wrong(
            _not_carried_on,
            "Each hidden layer of yours takes the samples `X`. It should take what the layer before it sent, `H`.",
        ),
        Wrong(_no_relu, "Without an activation between them the layers collapse into a single linear one."),
        Wrong(_no_hidden_bias, "The hidden layers have lost their bias."),
        Wrong(_last_layer_forgotten, "That is the last *hidden* layer. The output layer still has to come."),
        Wrong(
            _returned_in_the_loop,
            "Does the `return` stand inside the loop? Then it ends the function after the first hidden layer.",
        ),
        Wrong(
            _relu_on_the_last_alone,
            "Now the output layer has a ReLU and the hidden layers have none. It should be the other way round.",
        ),
    ),
)


read_off = Exercise(
    "networks.read_off",
    solution=np.array([*READ_OFF[0], READ_OFF[1]]),
    hints=(
        "Left of 1 all three hidden neurons are silent. So the height there is $c$ alone.",
        "Write the slope of each of the four pieces down. At each bend one neuron wakes up and *changes* the slope by "
        "its $v$.",
    ),
    wrong=(
        Wrong(
            np.array([2.0, -1.0, 0.5, 1.0]),
            "Those are the slopes of the pieces. The neurons on the left are still active further right, so each $v$ is "
            "the *change* of slope at its bend.",
        ),
        Wrong(
            np.array([2.0, -3.0, 0.5, 1.0]),
            "The third value is the slope after the last bend. Which slope was there before it, and by how much does it "
            "*change*?",
        ),
        Wrong(np.array([1.0, 2.0, -3.0, 1.5]), "The right numbers in another order: $c$ comes last."),
        Wrong(
            np.array([2.0, -3.0, 1.5, 0.0]), "The output weights are right. How high is the line where all are silent?"
        ),
        Wrong(
            np.array([2.0, -1.0, 0.5, 0.0]),
            "Those are the slopes of the pieces, and $c$ is the height on the far left.",
        ),
        Wrong(
            np.array([2.0, 3.0, 1.5, 1.0]), "Mind the sign at the second bend: does the line turn upwards or downwards?"
        ),
        Wrong(
            np.array([1.0, 3.0, 1.0, 2.0]),
            "Those are heights of the line. Slopes, and how they change, are what counts.",
        ),
    ),
    explanation="The slopes are 0, 2, −1 and 0.5. They change by 2, by −3 and by 1.5; and the line begins at height 1.",
)


memory = Exercise(
    "networks.memory",
    solution=np.array([0.5, 0.5, 0.0]),
    hints=(
        "With no input, what is left must halve at every step: that fixes $w$. And from $h = 0$ nothing may arise by "
        "itself: that fixes $b$.",
        "Under the constant input 1 the state settles where the step changes nothing: $h = w·h + u·1 + b$ with $h = 1$. "
        "Put $w$ and $b$ in.",
    ),
    wrong=(
        Wrong(np.array([0.5, 1.0, 0.0]), "It halves rightly, but under a constant input 1 this neuron settles at 2."),
        Wrong(
            np.array([0.5, 0.0, 0.5]), "This neuron settles at 1, but it does so without listening to its input at all."
        ),
        Wrong(
            np.array([0.5, 1.0, -0.5]),
            "Under the input 1 it settles at 1; but with no input it settles at −1, not at 0.",
        ),
        Wrong(
            np.array([0.0, 0.5, 0.5]),
            "The right numbers in another order: it is $(w, u, b)$.",
            when=lambda answer: list(answer) == [0, 0.5, 0.5],
        ),
        Wrong(
            np.array([0.0, 1.0, 0.0]),
            "With $w = 0$ the neuron forgets everything at once. Half is to be left.",
            when=lambda answer: answer[0] == 0,
        ),
        Wrong(
            np.array([-0.5, 1.5, 0.0]),
            "A negative $w$ turns the sign of what is left at every step. It is to halve.",
            when=lambda answer: answer[0] < 0,
        ),
        Wrong(
            np.array([1.0, 0.5, 0.0]),
            "With $w = 1$ what is left stays as it is, step after step. It is to halve.",
            when=lambda answer: answer[0] == 1,
        ),
        Wrong(
            np.array([2.0, 1.0, 0.0]),
            "With a $w$ above 1 what is left grows at every step. It is to halve.",
            when=lambda answer: answer[0] > 1,
        ),
    ),
    explanation="$w = 0.5$ halves what is left, $b = 0$ keeps silence silent, and $1 = 0.5·1 + u$ gives $u = 0.5$.",
)


budget = Exercise(
    "networks.budget",
    solution=41,
    hints=(
        "There are three gaps: 64 to H, H to H, H to 10. Write down edges and biases of each, and add.",
        "The sum is $H^2 + 76H + 10$. Try values of H, or write a loop.",
    ),
    wrong=(
        Wrong(42, "With 42 there are 4,966 parameters, too many. Were the biases forgotten?"),
        Wrong(64, "Between the two hidden layers there are H · H edges as well."),
        Wrong(65, "Between the two hidden layers there are H · H edges as well, and H biases at their end."),
        Wrong(66, "Between the two hidden layers there are H · H edges as well. And there are biases."),
        Wrong(40, "That fits, but so does a larger H."),
    ),
    explanation="41 gives 4,807 parameters, 42 gives 4,966.",
)


def _hinge_weights(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    v = np.diff(slopes, prepend=0)
    return v, values[0]


def _slopes_themselves(knots, values):
    return np.diff(values) / np.diff(knots), values[0]


def _not_divided(knots, values):
    return np.diff(np.diff(values), prepend=0), values[0]


def _first_missing(knots, values):
    return np.diff(np.diff(values) / np.diff(knots)), values[0]


def _starts_at_zero(knots, values):
    return _hinge_weights(knots, values)[0], 0.0


def _changes_turned_round(knots, values):
    v, c = _hinge_weights(knots, values)
    return np.append(v[0], -v[1:]), c


def _bias_first(knots, values):
    v, c = _hinge_weights(knots, values)
    return c, v


def _bends_at_the_last_knot(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    return np.diff(slopes, prepend=0, append=0), values[0]


def _bias_in_an_array(knots, values):
    return _hinge_weights(knots, values)[0], values[:1]


hinge_weights = Exercise(
    "networks.hinge_weights",
    solution=_hinge_weights,
    inputs=lambda rng: [
        (np.array([0.0, 1.0, 3.0]), np.array([1.0, 3.0, 2.0])),
        (np.array([-1.0, 0.5, 1.0, 4.0]), np.array([2.0, -1.0, 0.5, 0.5])),
        (np.cumsum(rng.uniform(0.5, 2, size=6)), rng.normal(size=6)),
    ],
    hints=(
        "`np.diff(a)` gives the steps from each entry to the next. The slope of a piece is its rise divided by its width.",
        "$v_k$ is the change of slope at knot $k$. Before the first knot the slope is 0: `np.diff(slopes, prepend=0)`. "
        "At the first knot all hinges are still 0.",
    ),
    wrong=(
        Wrong(
            _slopes_themselves,
            "Those are the slopes. Hinges on the left stay active, so each new one only has to *change* the slope.",
        ),
        Wrong(_bias_in_an_array, "The bias $c$ is one number: `values[0]`, not the array `values[:1]`."),
        Wrong(_not_divided, "A slope is rise divided by width: divide by the distance between the knots."),
        Wrong(
            _first_missing,
            "One weight is missing, the first: before the first knot the slope is 0, and there it changes too.",
        ),
        Wrong(_bias_first, "Both are right, in the wrong order: `return v, c`."),
        Wrong(
            _bends_at_the_last_knot,
            "One weight is too many, the last: there are n hinges, and none starts at the last knot.",
        ),
        Wrong(_starts_at_zero, "At the first knot every hinge is 0, so the height there has to come from $c$."),
        Wrong(_changes_turned_round, "The change is new slope minus old slope; yours is the other way round."),
    ),
)
