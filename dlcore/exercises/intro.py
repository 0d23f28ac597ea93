"""Exercises of the introduction."""

import numpy as np

from dlcore.exercises import Exercise, Wrong

loss = Exercise(
    "intro.loss",
    solution=22.77,
    atol=5e-3,
    hints=(
        "First what the machine says for the four rides: 0.6 times 5, 10, 15 and 20.",
        "Subtract what was ridden: 1.8, 3.6, 4.8, 7.2 are left. Square each, then take the mean of the four squares.",
    ),
    wrong=(
        Wrong(91.08, "That is the *sum* of the squares. The loss is their mean: divide by the number of rides."),
        Wrong(4.35, "That is the mean of the distances themselves. The loss squares them first."),
        Wrong(17.4, "That is the sum of the distances themselves. The loss is the mean of their *squares*."),
        Wrong(18.9225, "That is the square of the mean distance. First square each distance, then take the mean."),
        Wrong(4.77179, "That is the root of the loss. In the mean of the squares no root is taken."),
        Wrong(
            67.5,
            "That is the mean of the squares of what the machine *says*. Subtract what was ridden before you square.",
        ),
    ),
    explanation="The distances are 1.8, 3.6, 4.8, 7.2; their squares 3.24, 12.96, 23.04, 51.84; the mean is 91.08/4.",
)

step = Exercise(
    "intro.step",
    solution=0.264,
    atol=5e-4,
    hints=(
        "The slope is positive: the loss grows with the weight. So should the weight become larger or smaller?",
        "The step is the learning rate times the slope, $0.002 · 18$. It is taken *against* the slope.",
    ),
    wrong=(
        Wrong(0.336, "That is a step *up* the slope: the loss would grow. Go the other way."),
        Wrong(0.036, "That is the size of the step. Where does it lead, from 0.3?"),
        Wrong(-0.036, "That is the step itself, in the right direction. Where does it lead, from 0.3?"),
        Wrong(-17.7, "That is a step of the whole slope. Multiply it by the learning rate first."),
        Wrong(0.298, "That is a step of η alone. It is η *times the slope*."),
        Wrong(
            0.302, "That is a step of η alone, and *up* the slope. The step is η *times the slope*, and it goes down."
        ),
    ),
    explanation="$0.3 − 0.002 · 18 = 0.264$, nearer to the best weight, 0.252.",
)


def _mean_distance(w, minutes, kilometres):
    distances = np.abs(w * minutes - kilometres)
    return np.mean(distances)


def _mean_distance_as_given(w, minutes, kilometres):
    distances = w * minutes - kilometres
    return np.mean(distances)


def _mean_distance_turned(w, minutes, kilometres):
    return np.mean(kilometres - w * minutes)


def _size_of_the_mean(w, minutes, kilometres):
    return np.abs(np.mean(w * minutes - kilometres))


def _mean_square(w, minutes, kilometres):
    return np.mean((w * minutes - kilometres) ** 2)


def _root_of_mean_square(w, minutes, kilometres):
    return np.sqrt(np.mean((w * minutes - kilometres) ** 2))


def _sum_of_distances(w, minutes, kilometres):
    return np.sum(np.abs(w * minutes - kilometres))


mean_distance = Exercise(
    "intro.mean_distance",
    solution=_mean_distance,
    inputs=[
        (0.5, np.array([4.0, 8.0]), np.array([1.0, 6.0])),
        (0.25, np.array([5.0, 10.0, 15.0, 20.0]), np.array([1.2, 2.4, 4.2, 4.8])),
        (0.5, np.array([5.0, 10.0, 15.0]), np.array([1.2, 2.4, 4.2])),
    ],
    hints=(
        "Take $w = 0.5$ and two rides, 1 km in 4 minutes and 6 km in 8 minutes. Write down both `distances`, then their mean.",
        "One of them is 1, the other −2. A distance has no sign: `np.abs` takes it off, of each number in an array.",
    ),
    wrong=(
        Wrong(
            _mean_distance_as_given,
            "This does what the code did as it was given. Follow it with pencil for two rides.",
        ),
        Wrong(
            _mean_distance_turned,
            "You turned the difference round, so the result changes its sign. Follow it with pencil for two rides.",
        ),
        Wrong(
            _size_of_the_mean,
            "Now it is never negative; but at its place the sign comes off too late: the mean has been taken. Look at the "
            "single distances.",
        ),
        Wrong(
            _mean_square, "That is the loss, the mean *square*. Here the mean of the distances themselves is asked for."
        ),
        Wrong(
            _root_of_mean_square,
            "That is the root of the loss, which is at least as large as the mean distance. Take no squares here.",
        ),
        Wrong(_sum_of_distances, "That is the sum of the distances. Keep the mean."),
    ),
)


def _says(kinds, place, word):
    return kinds[place].strip().casefold() == word


learned_or_chosen = Exercise(
    "intro.learned_or_chosen",
    solution=["learned", "chosen", "chosen", "learned", "chosen"],
    hints=(
        "Which of these numbers does the loop of five steps change?",
        "Only weights and biases change in the loop. The rest has to be set before the first step.",
    ),
    wrong=(
        Wrong(
            ["chosen", "learned", "learned", "chosen", "learned"],
            "Several are turned round: what the loop changes is *learned*, the rest is *chosen*.",
            when=lambda kinds: _says(kinds, 0, "chosen") and _says(kinds, 1, "learned") and _says(kinds, 3, "chosen"),
        ),
        Wrong(
            ["chosen", "chosen", "chosen", "learned", "chosen"],
            "The weights are what each turn of the loop changes, in its last step.",
            when=lambda kinds: _says(kinds, 0, "chosen"),
        ),
        Wrong(
            ["learned", "chosen", "learned", "learned", "chosen"],
            "Training finds weights in an architecture that somebody has chosen. It adds no layer and takes none away.",
            when=lambda kinds: _says(kinds, 2, "learned"),
        ),
        Wrong(
            ["learned", "learned", "chosen", "learned", "chosen"],
            "The learning rate says how far a step goes. Here it was set to 0.02 before training.",
            when=lambda kinds: _says(kinds, 1, "learned"),
        ),
        Wrong(
            ["learned", "chosen", "chosen", "chosen", "chosen"],
            "A bias is a number that a neuron adds to its weighted sum. Training changes it just as it changes a weight.",
            when=lambda kinds: _says(kinds, 3, "chosen"),
        ),
        Wrong(
            ["learned", "chosen", "chosen", "learned", "learned"],
            "The number of epochs says how long to train. `fit` was told it.",
            when=lambda kinds: _says(kinds, 4, "learned"),
        ),
    ),
    explanation="Weights and biases are the parameters. The other three are hyper-parameters.",
)


def _by_speed(trips):
    minutes, kilometres = trips[:, 0], trips[:, 1]
    return 60 * kilometres / minutes > 7.5


def _per_minute(trips):
    return trips[:, 1] / trips[:, 0] > 7.5


def _columns_swapped(trips):
    return 60 * trips[:, 0] / trips[:, 1] > 7.5


def _minutes_per_kilometre(trips):
    return trips[:, 0] / trips[:, 1] > 7.5


def _rows_for_columns(trips):
    return 60 * trips[1] / trips[0] > 7.5


def _by_distance(trips):
    return trips[:, 1] > 7.5


def _by_hand(trips):
    return trips[:, 1] > 4


def _slower(trips):
    return 60 * trips[:, 1] / trips[:, 0] < 7.5


def _at_least(trips):
    return 60 * trips[:, 1] / trips[:, 0] >= 7.5


def _speeds(trips):
    return 60 * trips[:, 1] / trips[:, 0]


by_speed = Exercise(
    "intro.by_speed",
    solution=_by_speed,
    inputs=[
        np.array([[30.0, 2.0], [30.0, 5.0]]),
        np.array([[10.0, 1.5], [20.0, 4.0], [5.0, 0.5], [60.0, 7.0], [60.0, 8.0]]),
        np.array([[60.0, 7.4], [60.0, 7.5], [60.0, 7.6]]),
    ],
    hints=(
        "Column 0 has the minutes, column 1 the kilometres. A trip of 30 minutes and 5 km has a speed of 10 km/h.",
        "Kilometres per hour are 60 times kilometres per minute. Compare that array with 7.5 by `>`.",
    ),
    wrong=(
        Wrong(_per_minute, "Those are kilometres per *minute*. An hour has 60 of them."),
        Wrong(_columns_swapped, "The columns are swapped: column 0 has the minutes, column 1 the kilometres."),
        Wrong(_minutes_per_kilometre, "Those are minutes per kilometre: the slower, the larger. Divide the other way."),
        Wrong(
            _rows_for_columns,
            "`trips[0]` is the first *row*, one trip. All the minutes are the first *column*, `trips[:, 0]`.",
        ),
        Wrong(_by_distance, "That asks for the distance, 7.5 *km*. The rule asks for the speed."),
        Wrong(
            _by_hand,
            "That is the first rule, `by_hand`, which asks for the distance. The better one asks for the speed.",
        ),
        Wrong(_slower, "Your rule says True where the trip is *slower*."),
        Wrong(_at_least, "Nearly: the rule says *faster* than 7.5 km/h. A trip of exactly 7.5 km/h is not faster."),
        Wrong(_speeds, "Those are the speeds. Compare them with 7.5."),
    ),
)

largest_rate = Exercise(
    "intro.largest_rate",
    solution="B",
    hints=(
        "The first step starts in the same place for all three, where the slope is the same. So its length tells the rate.",
        "Compare the weights after step 1: which is farthest from 0.05?",
    ),
    wrong=(
        Wrong("A", "Its *first* step is the shortest: it has the *smallest* learning rate."),
        Wrong(
            "C",
            "It is the first to come to rest, but that is another question. From the same start, whose first step is longest?",
        ),
    ),
    explanation="The first step is the learning rate times the slope at 0.05, which is the same for all three. It is longest "
    "in B: so long that it leads beyond the lowest point, and each further step leads back across it.",
)
