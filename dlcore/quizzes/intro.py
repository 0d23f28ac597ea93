"""Quiz of the introduction."""

import numpy as np

from dlcore.figures import intro as figures
from dlcore.figures.plane import draw_classes, draw_neuron
from dlcore.live.style import ORANGE
from dlcore.quizzes import OneChoice, Quiz, SeveralChoices

HERE, LIMIT = 0.4, 4.0


def _on_the_curve(ax):
    figures.draw_loss(ax)
    ax.plot(HERE, figures.bicycle_loss(HERE), "o", color=ORANGE)


def _direction():
    return "a" if figures.bicycle_slope(HERE) > 0 else "b"


def _level_rule(ax):
    neuron = figures.by_hand(LIMIT)
    draw_neuron(ax, neuron.w, neuron.b, figures.TRIP_BOX)
    draw_classes(ax, figures.TRIPS, figures.BY_BICYCLE, size=6)
    ax.set(xlabel="minutes", ylabel="kilometres")


def _told_wrongly():
    """Which of: short rides (≤ 20 minutes), long walks (> 45), short walks, long rides does the rule ever get wrong."""
    wrong = figures.wrong_trips(figures.by_hand(LIMIT))
    minutes, ride = figures.TRIPS[:, 0], figures.BY_BICYCLE == 1
    groups = {"a": ride & (minutes <= 20), "b": ~ride & (minutes > 45), "c": ~ride & (minutes <= 20)}
    groups["d"] = ride & (minutes > 45)
    return "".join(k for k, group in groups.items() if np.any(wrong & group))


quiz = Quiz(
    "intro",
    [
        OneChoice(
            "What does learning change, from one turn of the loop to the next?",
            {
                "The data.": "With the bicycle the rides are the same in each turn. (Networks often look at other samples in each "
                "turn, but learning does not change the samples.)",
                "The architecture of the network.": "A person chose that before, and training does not touch it.",
                "The weights.": "They are what is learned. The predictions and the loss change because the weights do.",
                "The learning rate.": "That is a hyper-parameter, chosen by a person. (Some schedules lower it on the way, "
                "but this loop does not *learn* it.)",
            },
            right="c",
        ),
        OneChoice(
            "The orange dot is the present weight. Where does one step of learning move it, if the learning rate is small?",
            {
                "To the left.": "The loss rises to the right, so the slope is positive, and the step goes against it.",
                "To the right.": "The loss rises to the right: that way it grows.",
                "Straight down, to loss 0 at the same weight.": "The weight can move only sideways. The loss follows the curve.",
            },
            right="a",
            figure=_on_the_curve,
            alt="A valley-shaped curve of the loss over the weight, with its floor near 0.25, and an orange dot on it at 0.4.",
            proof=_direction,
        ),
        SeveralChoices(
            'The shaded part is the rule "farther than 4 km: by bicycle". Orange circles came by bicycle, blue squares on '
            "foot. In which groups are there trips that the rule gets wrong?",
            {
                "rides of at most 20 minutes": "Some of them are shorter than 4 km, and the rule takes them for walks.",
                "walks of more than 45 minutes": "Some of them are farther than 4 km, and the rule takes them for rides.",
                "walks of at most 20 minutes": "None of them comes near 4 km: the rule is right about all of them.",
                "rides of more than 45 minutes": "All of them are farther than 4 km: the rule is right about them.",
            },
            right="ab",
            figure=_level_rule,
            alt="Forty trips as points, from 5 to 59 minutes and 0.5 to 15 km; circles are rides, squares are walks. All "
            "above a horizontal line at 4 km is shaded.",
            proof=_told_wrongly,
        ),
        SeveralChoices(
            "Which of these are hyper-parameters?",
            {
                "the number of layers": "A person chooses it before training.",
                "the weights": "They are learned: parameters.",
                "the learning rate": "A person chooses it before training.",
                "the biases": "They are learned, like the weights: parameters.",
            },
            right="ac",
        ),
        OneChoice(
            "Which sentence is right?",
            {
                "Machine learning does classification and regression, deep learning does the rest.": "A task does not belong "
                "to a depth: networks classify too, and games were learned before networks were deep.",
                "Deep learning is one kind of machine learning.": "It is the kind whose models are networks of several layers.",
                "Deep learning has replaced machine learning.": "It is a part of it; and on tables of numbers other models "
                "often do as well or better.",
            },
            right="b",
        ),
        OneChoice(
            '"The network is more accurate than people." What has to be asked first?',
            {
                "How many weights has it?": "Size proves nothing about the answer.",
                "On which data, measured how?": "Such results hold for a named benchmark and its measure. Other pictures, "
                "other results.",
                "Is it deep?": "A result is a result, whatever made it.",
            },
            right="b",
        ),
    ],
)
