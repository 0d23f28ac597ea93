"""Exercises of the chapter on the mathematics that the book uses."""

import numpy as np

from dlcore.exercises import Exercise, Wrong


def _distance(a, b):
    return np.sqrt(np.sum((a - b) ** 2))


def _distance_squared(a, b):
    return np.sum((a - b) ** 2)


def _sum_of_differences(a, b):
    return np.sum(np.abs(a - b))


def _sum_with_signs(a, b):
    return np.sum(a - b)


def _not_squared(a, b):
    return np.sqrt(np.sum(a - b))


def _dot_product(a, b):
    return np.dot(a, b)


def _two_entries(a, b):
    return np.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)


def _caret(a, b):
    return np.sqrt(np.sum((a - b) ^ 2))


def _difference_of_lengths(a, b):
    return abs(np.linalg.norm(a) - np.linalg.norm(b))


distance = Exercise(
    "mathematics.distance",
    solution=_distance,
    inputs=lambda rng: [
        (np.array([4.0, 5.0]), np.array([1.0, 1.0])),
        (np.array([1.0, 2.0, 3.0]), np.array([-1.0, 3.0, 1.0])),
        (rng.normal(size=5), rng.normal(size=5)),
    ],
    hints=(
        "The way from the tip of `b` to the tip of `a` is an arrow too: `a - b`. How long is it?",
        "The length of a vector is the square root of the sum of its squared entries; `np.sqrt` takes the root.",
    ),
    wrong=(
        Wrong(_distance_squared, "That is the *square* of the distance: the root is missing."),
        Wrong(
            _sum_of_differences,
            "Here the differences themselves are added, as for a walk along streets. The straight line is asked for: "
            "square them, add, take the root.",
        ),
        Wrong(
            _difference_of_lengths,
            "Two arrows of the same length may point in different directions, and their tips lie apart. First subtract, "
            "then take the length.",
        ),
        Wrong(
            _sum_with_signs,
            "Here the differences are added with their signs, so that a minus can cancel a plus. Square them before you add, "
            "and take the root at the end.",
        ),
        Wrong(_not_squared, "The root is taken of the differences themselves. Square each of them before you add."),
        Wrong(
            _dot_product, "That is the dot product of the two vectors. How far apart are their tips? First subtract."
        ),
        Wrong(_two_entries, "It looks at the first two entries only. The vectors may have any length."),
        Wrong(_caret, "In Python a power is written `**`; `^` is something else."),
    ),
)


def _agreement(said, t):
    return (said == t[:, None]).mean(axis=0)


def _agreement_of_samples(said, t):
    return (said == t[:, None]).mean(axis=1)


def _agreement_of_all(said, t):
    return (said == t[:, None]).mean()


def _agreement_counted(said, t):
    return (said == t[:, None]).sum(axis=0)


def _agreement_kept_axis(said, t):
    return (said == t[:, None]).mean(axis=0, keepdims=True)


def _disagreement(said, t):
    return (said != t[:, None]).mean(axis=0)


def _agreement_by_people(said, t):
    return (said == t[:, None]).sum(axis=0) / said.shape[1]


def _agreement_as_row(said, t):
    return (said == t).mean(axis=0)


def _agreement_made_a_row(said, t):
    return (said == t[None, :]).mean(axis=0)


agreement = Exercise(
    "mathematics.agreement",
    solution=_agreement,
    inputs=lambda rng: [
        (np.array([[1, 0], [1, 1], [0, 1], [1, 0]]), np.array([1, 1, 1, 0])),
        (np.array([[1, 0, 1], [0, 0, 1], [1, 1, 1]]), np.array([1, 0, 0])),
        (rng.integers(0, 2, size=(6, 3)), np.array([0, 1, 1, 0, 1, 0])),
    ],
    hints=(
        "Compare every column of `said` with `t`. As a column of shape (N, 1), `t` broadcasts along the columns of `said`.",
        "Comparing with `==` gives True and False in the shape of `said`. Their mean is the share of True; which axis has to "
        "disappear?",
    ),
    wrong=(
        Wrong(
            _agreement_of_samples,
            "That is the share of people who are right about each *mango*. Of the axes (N, P) the mangos have to "
            "disappear, and P shares remain.",
        ),
        Wrong(_agreement_of_all, "That is one share for all people together. Without `axis` both axes disappear."),
        Wrong(_agreement_counted, "That counts how often each person is right. The *share* is asked for: divide by N."),
        Wrong(
            _agreement_as_row,
            "Shapes are compared from the right: `t` of shape (N,) is laid along each *row* of `said`, N numbers against P. Make "
            "it a column.",
        ),
        Wrong(
            _agreement_made_a_row,
            "You made `t` a *row*, of shape (1, N): N numbers against the P of each row of `said`. Make it a column.",
        ),
        Wrong(_disagreement, "That is the share of mangos on which each person is *wrong*."),
        Wrong(_agreement_by_people, "You divided by the number of people. Each person has looked at N mangos."),
        Wrong(
            _agreement_kept_axis,
            "The numbers are right, but an axis of size 1 is left over: shape (1, P). The shape (P,) is asked for.",
        ),
    ),
)


partials = Exercise(
    "mathematics.partials",
    solution=[8.0, 1.0],
    hints=(
        "For the first one treat $w_2$ as if it were a fixed number such as 2, and differentiate by $w_1$.",
        "The slope of $3w_1^2$ is $6w_1$. In $w_1 w_2$ the fixed one is a factor and stays.",
    ),
    wrong=(
        Wrong(
            [6.0, 0.0],
            "The term $w_1 w_2$ is missing. It changes with $w_1$, and with $w_2$ too.",
        ),
        Wrong(
            [6.0, 1.0],
            "The second is right. In the first, $w_1 w_2$ counts as well: with $w_2$ fixed it is a straight line in $w_1$.",
        ),
        Wrong(
            [8.0, 0.0],
            "The first is right. In the second, $w_1 w_2$ counts as well: with $w_1$ fixed it is a straight line in $w_2$.",
        ),
        Wrong(
            [1.0, 8.0],
            "Both numbers are right, in the wrong order: the derivative with respect to $w_1$ comes first.",
        ),
        Wrong(
            [8.0, 9.0],
            "The first is right. For the second hold $w_1$ fixed: then $3w_1^2$ does not change.",
        ),
        Wrong(
            [8.0, 2.0],
            "The first is right. In the second, the slope of $w_1 w_2$ is the factor that stays fixed: is that $w_1$ or $w_2$?",
        ),
        Wrong(
            [5.0, 1.0],
            "The second is right. In the first, the slope of $3w_1^2$ is not $3w_1$: the square brings a factor 2.",
        ),
        Wrong(
            [7.0, 1.0],
            "The second is right. In the first, the slope of $w_1 w_2$ is the factor that stays fixed: is that $w_1$ or $w_2$?",
        ),
        Wrong(
            [7.0, 2.0],
            "In both, the slope of $w_1 w_2$ is the factor that stays *fixed*, not the one that changes.",
        ),
    ),
    explanation=r"$\partial L/\partial w_1 = 6w_1 + w_2 = 8$ and $\partial L/\partial w_2 = w_1 = 1$.",
)


def _slope(f, x, h):
    rise = f(x + h) - f(x - h)
    run = 2 * h
    return rise / run


def _slope_as_given(f, x, h):
    rise = f(x + h) - f(x - h)
    run = h
    return rise / run


def _slope_to_the_right(f, x, h):
    return (f(x + h) - f(x)) / h


def _slope_to_the_left(f, x, h):
    return (f(x) - f(x - h)) / h


def _half_a_step(f, x, h):
    return (f(x + h / 2) - f(x - h / 2)) / h


def _step_of_its_own(f, x, h):
    return (f(x + 1e-6) - f(x - 1e-6)) / 2e-6


def _signs_turned(f, x, h):
    return (f(x - h) - f(x + h)) / (2 * h)


def _rise_alone(f, x, h):
    return f(x + h) - f(x - h)


def _run_without_step(f, x, h):
    return (f(x + h) - f(x - h)) / 2


def _without_brackets(f, x, h):
    return (f(x + h) - f(x - h)) / 2 * h


slope = Exercise(
    "mathematics.slope",
    solution=_slope,
    # Up to the second power the estimate is the slope itself, so that "expected …" is a number the learner can check.
    # With the third it depends on the step.
    inputs=[(2, 1.5, 0.25), (1, 4.0, 2.0), (2, -2.0, 0.125), (2, 3.0, 1.5), (3, 1.0, 0.5)],
    observe=lambda slope, power, x, h: slope(lambda u: u**power, x, h),
    hints=(
        "Try it on the straight line $f(x) = x$, whose slope is 1 everywhere: `slope(lambda x: x, 4, 2)`.",
        "Rise over run: mark the two places on a number line at which $f$ is asked. How far apart are they?",
    ),
    wrong=(
        Wrong(
            _slope_as_given,
            "This does what the code did as it was given. Try it on a straight line.",
        ),
        Wrong(
            _slope_to_the_right,
            "That is the slope between $x$ and $x + h$, which is a sound estimate too. But this code looks to *both* sides, "
            "which is more exact for most curves: keep the rise as it was.",
        ),
        Wrong(
            _slope_to_the_left,
            "That is the slope between $x − h$ and $x$. But this code looks to *both* sides: keep the rise as it was.",
        ),
        Wrong(
            _run_without_step,
            "Now the run is the same for every step. But the farther apart the two places are, the longer the run: it has to "
            "depend on $h$.",
        ),
        Wrong(
            _without_brackets,
            "Here the rise is divided by 2 and *multiplied* by $h$. If you wrote `rise / 2 * h`, Python reads it from left to "
            "right: put the run in brackets.",
        ),
        Wrong(
            _signs_turned,
            "Where a curve rises, its slope is positive, and yours is negative: take the rise and the run in the same "
            "direction, from left to right.",
        ),
        Wrong(_rise_alone, "That is the rise alone. A slope is rise *over run*."),
        Wrong(
            _half_a_step,
            "That looks *half* a step to each side, which is a sound estimate too. Here it is to be a whole one: keep the rise "
            "as it was.",
        ),
        Wrong(
            _step_of_its_own,
            "That comes nearer to the true slope, but with a step of its own. The step is to be the `h` that was given.",
        ),
    ),
)


which_slope = Exercise(
    "mathematics.which_slope",
    solution="C",
    hints=(
        "Where the upper curve has its hump and its hollow, its slope is 0. Which of the lower curves are 0 at both places?",
        "Between hump and hollow the upper curve falls. So what sign has its slope there?",
    ),
    wrong=(
        Wrong(
            "A",
            "It is 0 at the right places, but its sign is turned round: it is positive where the upper curve *falls*.",
        ),
        Wrong(
            "B",
            "That is the upper curve itself, its height. At the hump the height is large, but the slope is 0.",
        ),
        Wrong("D", "That one is 0 only once, in the middle, just where the upper curve falls most steeply."),
    ),
    explanation="The upper curve is $x^3/3 − x$, its slope $x^2 − 1$: positive at the far left, 0 at the hump, negative "
    "where the curve falls, 0 at the hollow, and positive again.",
)
