"""Exercises of the introduction."""

from dlcore.exercises import Exercise, Wrong

loss = Exercise(
    "intro.loss",
    solution=0.495,
    atol=5e-4,
    hints=(
        "First what the machine says for the four rides: 0.3 times 5, 10, 15 and 20.",
        "Subtract what was ridden: 0.3, 0.6, 0.3, 1.2. Square each, then take the mean of the four squares.",
    ),
    wrong=(
        Wrong(1.98, "That is the *sum* of the squares. The loss is their mean: divide by the number of rides."),
        Wrong(0.6, "That is the mean of the distances themselves. The loss squares them first."),
        Wrong(0.36, "That is the square of the mean distance. First square each distance, then take the mean."),
    ),
    explanation="The distances are 0.3, 0.6, 0.3, 1.2; their squares 0.09, 0.36, 0.09, 1.44; the mean is 1.98/4.",
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
        Wrong(-17.7, "That is a step of the whole slope. Multiply it by the learning rate first."),
        Wrong(0.298, "That is a step of η alone. It is η *times the slope*."),
    ),
    explanation="$0.3 − 0.002 · 18 = 0.264$, nearer to the best weight, 0.252.",
)
