"""Exercises of the chapter on gradient descent."""

import numpy as np

from dlcore._describe import is_number
from dlcore.exercises import Exercise, Wrong, letters, misses, spells

two_steps = Exercise(
    "gradient_descent.two_steps",
    solution=2.5,
    hints=(
        "The slope of $(w − 3)^2$ is $2(w − 3)$. At $w = 1$ it is negative, so the step goes to the right.",
        "The first step is $−0.25 · (−4) = +1$. Take the slope again at the new place before the second step.",
    ),
    wrong=(
        Wrong(2.0, "That is where the first step ends. Take the slope there, and make one more."),
        Wrong(3.0, "3 is the lowest place, and two steps do not reach it. (Or did you take the first slope twice?)"),
        Wrong(-1.5, "Your steps go uphill. The step is *minus* η times the slope, and the slope at 1 is negative."),
        Wrong(1.5, "Did you move 0.25 twice? η is not the length of the step: multiply it by the slope."),
        Wrong(0.25, "You took $2w$ for the slope. The square is that of $w − 3$: the lowest place is 3, not 0."),
        Wrong(1.875, "You took $w − 3$ for the slope. What is the derivative of a square?"),
    ),
    explanation="At 1 the slope is $2 · (1 − 3) = −4$: $w = 1 + 0.25 · 4 = 2$. At 2 it is $−2$: $w = 2 + 0.25 · 2 = 2.5$. Each "
    "step halves the distance from 3.",
)


iterations = Exercise(
    "gradient_descent.iterations",
    solution=160,
    hints=(
        "How many batches are there in *one* epoch? 1000 is not a multiple of 32.",
        "31 full batches hold 992 samples. The other 8 samples make a batch too, and so a step.",
    ),
    wrong=(
        Wrong(155, "Nearly. What about the samples left over after 31 full batches?"),
        Wrong(156.25, "A step is made or not made: count whole batches, epoch by epoch."),
        Wrong(156, "Count the batches of *one* epoch first: the full ones and the rest."),
        Wrong(157, "Round up in each epoch: a batch does not reach over into the next epoch."),
        Wrong(31, "Those are the full batches of one epoch. A smaller batch follows, and there are five epochs."),
        Wrong(31.25, "A step is made or not made: the samples left over make a step too. And there are five epochs."),
        Wrong(32, "That is one epoch. There are five."),
        Wrong(5, "That is the number of epochs. Each batch gives a step of its own."),
        Wrong(5000, "That would be batches of one sample: stochastic descent in the strict sense."),
    ),
    explanation="31 batches of 32 and one of 8 make 32 steps an epoch; five epochs make 160.",
)


largest_rate = Exercise(
    "gradient_descent.largest_rate",
    solution=0.25,
    accept=lambda rate: is_number(rate) and abs(float(rate) - 0.25) < 1e-6,
    expect="the bound, a number",
    hints=(
        "Follow the distance from the lowest place, $d = w − 1$. What is the slope of $4d^2 + 7$ at $d$?",
        "The slope is $8d$, so one step turns $d$ into $(1 − 8η)\\,d$. When does that shrink, whatever $d$ is?",
    ),
    wrong=(
        Wrong(
            "0.25",
            "The quotation marks make it text: write a number without them.",
            when=lambda rate: isinstance(rate, str),
        ),
        Wrong(
            0.24,
            "That converges, but larger ones do too. Asked is the bound itself.",
            when=lambda rate: 0.2 < rate < 0.25,
        ),
        Wrong(0.125, "With that rate it arrives in a single step. It still converges with larger ones: how large?"),
        Wrong(0.2, "That is the bound for $5w^2$. How steep is this parabola?"),
        Wrong(0.5, "With η = 0.5 the factor is $1 − 8 · 0.5 = −3$: the distance grows."),
        Wrong(4.0, "That is $a$ itself. The steeper the parabola, the *smaller* the bound."),
        Wrong(1 / 7, "The 7 only lifts the curve. What does it do to the slope?"),
    ),
    explanation="Shifting the parabola and lifting it change nothing about how its slope grows: $d ← d − η · 8d = (1 − 8η)\\,d$, and "
    "$|1 − 8η| < 1$ for $0 < η < ¼$.",
)


def _until_flat(slope, w, lr, tol):
    steps = 0
    while abs(slope(w)) > tol:
        w = w - lr * slope(w)
        steps += 1
    return w, steps


def _uphill(slope, w, lr, tol):
    steps = 0
    while abs(slope(w)) > tol:
        w = w + lr * slope(w)
        steps += 1
    return w, steps


def _without_abs(slope, w, lr, tol):
    steps = 0
    while slope(w) > tol:
        w = w - lr * slope(w)
        steps += 1
    return w, steps


def _strictly_flatter(slope, w, lr, tol):
    steps = 0
    while abs(slope(w)) >= tol:
        w = w - lr * slope(w)
        steps += 1
    return w, steps


def _one_step_more(slope, w, lr, tol):
    steps = 0
    while True:
        g = slope(w)
        w = w - lr * g
        steps += 1
        if abs(g) <= tol:
            return w, steps


def _step_below_tol(slope, w, lr, tol):
    steps = 0
    while abs(lr * slope(w)) > tol:
        w = w - lr * slope(w)
        steps += 1
    return w, steps


def _while_flat(slope, w, lr, tol):
    steps = 0
    while abs(slope(w)) < tol:
        w = w - lr * slope(w)
        steps += 1
    return w, steps


def _at_least_one_step(slope, w, lr, tol):
    w, steps = w - lr * slope(w), 1
    while abs(slope(w)) > tol:
        w = w - lr * slope(w)
        steps += 1
    return w, steps


def _counted_from_one(slope, w, lr, tol):
    w, steps = _until_flat(slope, w, lr, tol)
    return w, steps + 1


def _returned_inside(slope, w, lr, tol):
    steps = 0
    while abs(slope(w)) > tol:
        w = w - lr * slope(w)
        steps += 1
        return w, steps


def _only_the_weight(slope, w, lr, tol):
    return _until_flat(slope, w, lr, tol)[0]


def _only_the_count(slope, w, lr, tol):
    return _until_flat(slope, w, lr, tol)[1]


def _steps_first(slope, w, lr, tol):
    return _until_flat(slope, w, lr, tol)[::-1]


def _one_step_only(slope, w, lr, tol):
    if abs(slope(w)) > tol:
        return w - lr * slope(w), 1
    return w, 0


_SLOPES = {"w³ − w": lambda w: w**3 - w, "sin w": np.sin}


until_flat = Exercise(
    "gradient_descent.until_flat",
    solution=_until_flat,
    observe=lambda answer, slope, w, lr, tol: answer(_SLOPES[slope], w, lr, tol),  # named, so that replies can tell it
    inputs=[
        ("w³ − w", 0.5, 0.5, 0.25),
        ("sin w", 2.0, 0.5, 0.125),
        ("sin w", -2.0, 0.5, 0.125),
        ("w³ − w", 0.5, 0.5, 0.375),
        ("sin w", 3.1, 0.5, 0.125),
        ("sin w", 2.5, 1.5, 0.01),
        ("sin w", 2.0, 0.01, 0.01),
    ],
    hints=(
        "A `while` loop: as long as the slope is too steep, on either side, make one step and count it.",
        "The condition is `abs(slope(w)) > tol`. The slope has to be taken anew in each turn.",
    ),
    wrong=(
        Wrong(_uphill, "Your steps go uphill; they too end where the slope is nearly 0, on a hilltop. Mind the sign."),
        Wrong(_without_abs, "A slope of −2 is steep as well, and yours stops there at once. Compare its size."),
        Wrong(_strictly_flatter, "Yours goes on where the size of the slope *equals* `tol`. It should stop there."),
        Wrong(_one_step_more, "Yours makes one more step after the slope is flat enough. Look first, then step."),
        Wrong(_step_below_tol, "You compare the length of the step with `tol`. The slope is asked for, without η."),
        Wrong(_only_the_weight, "The weight is right. Return the number of steps too: `return w, steps`."),
        Wrong(_only_the_count, "The number of steps is right. Return the weight too: `return w, steps`."),
        Wrong(_steps_first, "Both numbers are there, in the wrong order: first the weight, then the number of steps."),
        Wrong(_while_flat, "Your loop goes on while the slope is *flat*. It should go on while the slope is steep."),
        Wrong(_at_least_one_step, "Yours always makes a step, even where it is flat already. Look first, then step."),
        Wrong(_counted_from_one, "The weight is right, and the count is one too large: before the first step it is 0."),
        Wrong(_returned_inside, "Your `return` stands inside the loop and ends it after one step. Move it out."),
        Wrong(_one_step_only, "This makes one step at most. Go on until the slope is flat enough."),
    ),
    explanation="It stops where the slope is nearly 0. That may be a minimum; the code cannot know.",
)


def _descend(w1, w2, lr, steps):
    for _ in range(steps):
        slope1 = 2 * w1 + w2
        slope2 = w1 + 4 * w2
        w1 = w1 - lr * slope1
        w2 = w2 - lr * slope2
    return w1, w2


def _one_after_the_other(w1, w2, lr, steps):
    for _ in range(steps):
        w1 = w1 - lr * (2 * w1 + w2)
        w2 = w2 - lr * (w1 + 4 * w2)
    return w1, w2


def _second_first(w1, w2, lr, steps):
    for _ in range(steps):
        w2 = w2 - lr * (w1 + 4 * w2)
        w1 = w1 - lr * (2 * w1 + w2)
    return w1, w2


def _descend_uphill(w1, w2, lr, steps):
    return _descend(w1, w2, -lr, steps)


def _first_slopes_for_ever(w1, w2, lr, steps):
    slope1, slope2 = 2 * w1 + w2, w1 + 4 * w2
    for _ in range(steps):
        w1, w2 = w1 - lr * slope1, w2 - lr * slope2
    return w1, w2


def _slopes_swapped(w1, w2, lr, steps):
    for _ in range(steps):
        w1, w2 = w1 - lr * (w1 + 4 * w2), w2 - lr * (2 * w1 + w2)
    return w1, w2


def _other_slopes(w1, w2, lr, steps):
    for _ in range(steps):
        w1, w2 = w1 - lr * 2 * w1, w2 - lr * 4 * w2
    return w1, w2


def _unfixed_and_uphill(w1, w2, lr, steps):
    return _one_after_the_other(w1, w2, -lr, steps)


def _unfixed_and_swapped(w1, w2, lr, steps):
    for _ in range(steps):
        w1 = w1 - lr * (w1 + 4 * w2)
        w2 = w2 - lr * (2 * w1 + w2)
    return w1, w2


def _one_step(w1, w2, lr, steps):
    return _descend(w1, w2, lr, 1)


descend = Exercise(
    "gradient_descent.descend",
    solution=_descend,
    inputs=[
        (1.0, 2.0, 0.125, 1),
        (1.0, 2.0, 0.125, 2),
        (3.0, -1.0, 0.25, 3),
        (-0.5, 0.75, 0.0625, 5),
    ],
    hints=(
        "Do the first case on paper: $w_1 = 1$, $w_2 = 2$, η = 0.125, one step. Which two slopes does the point $(1, 2)$ have?",
        "Both slopes belong to the same point. At which point does the code take the second one?",
    ),
    wrong=(
        Wrong(
            _one_after_the_other,
            "This is what the code did as it was given. Follow one step of it with a pencil, beside the section "
            "*Two parameters*.",
        ),
        Wrong(
            _second_first,
            "You turned the order round. Now the *first* slope is taken at a point that has moved already.",
        ),
        Wrong(_descend_uphill, "Both parameters now go uphill. The minus was right."),
        Wrong(
            _first_slopes_for_ever,
            "One step is right now. But with the slopes outside the loop, all steps use the slopes of the start.",
        ),
        Wrong(_unfixed_and_uphill, "Now both parameters go uphill. The minus was right; the mistake is another."),
        Wrong(
            _unfixed_and_swapped, "Now the slopes are swapped. They were right as they stood; the mistake is another."
        ),
        Wrong(_slopes_swapped, "Each parameter has its own slope: yours are swapped."),
        Wrong(_other_slopes, "The term $w_1w_2$ belongs to both slopes. They were right as they stood."),
        Wrong(
            _one_step,
            "One step is right, and all together come to no more than one. Is the loop still there, and the `return` outside "
            "it? Does each turn begin where the one before ended?",
        ),
    ),
    explanation="The code changed $w_1$ first and took the second slope at the changed point. Take *all* slopes at the old point, "
    "then change all parameters. (Python can do both in one line: `w1, w2 = …, …` computes the whole right side first.)",
)


def _jumps_before_creeping(answer):
    place = letters(answer).index
    return min(map(place, "AC")) < max(map(place, "BD"))


rates_in_order = Exercise(
    "gradient_descent.rates_in_order",
    solution="BDAC",
    accept=spells("BDAC"),
    expect="the four letters in the right order",
    hints=(
        "Across the valley each step multiplies $w_2$ by $1 − 10η$. Which picture has a factor between 0 and 1, which the factor 0, "
        "which two a negative one?",
        "A negative factor jumps to the other side each time. Is the jump getting shorter, or longer?",
    ),
    wrong=(
        Wrong(
            "CADB",
            "That is the right order, turned round. Asked is the *smallest* learning rate first.",
            when=spells("CADB"),
        ),
        Wrong(
            "BDCA",
            "The first two are right. Of the two that zigzag, which one comes nearer to the cross?",
            when=spells("BDCA"),
        ),
        Wrong(
            "DBCA",
            "Two pairs are swapped. Which of the first two has crept? Which of the two that zigzag comes nearer to the cross?",
            when=spells("DBCA"),
        ),
        Wrong(
            "DBAC",
            "The last two are right. Of the other two, which one has crept, and which has gone down in one step?",
            when=spells("DBAC"),
        ),
        Wrong(
            "BDA",
            "Asked are four letters: A, B, C and D, each of them once.",
            when=misses("ABCD"),
        ),
        Wrong(
            "BADC",
            "Yours has a path that jumps across the valley before one that does not. Which needs the larger η?",
            when=_jumps_before_creeping,
        ),
    ),
    explanation="B creeps (η = 0.03). D reaches the floor of the valley in one step and then walks along it (0.1). A zigzags and comes "
    "nearer (0.18). C zigzags and leaves (0.205).",
)


def _minibatch_epoch(X, t, w, lr, batch_size):
    for start in range(0, len(X), batch_size):
        inputs = X[start : start + batch_size]
        errors = inputs @ w - t[start : start + batch_size]
        w = w - lr * 2 * (inputs.T @ errors) / len(inputs)
    return w


def _divided_by_all(X, t, w, lr, batch_size):
    for start in range(0, len(X), batch_size):
        inputs, targets = X[start : start + batch_size], t[start : start + batch_size]
        w = w - lr * 2 * inputs.T @ (inputs @ w - targets) / len(X)
    return w


def _divided_by_batch_size(X, t, w, lr, batch_size):
    for start in range(0, len(X), batch_size):
        inputs, targets = X[start : start + batch_size], t[start : start + batch_size]
        w = w - lr * 2 * inputs.T @ (inputs @ w - targets) / batch_size
    return w


def _not_divided(X, t, w, lr, batch_size):
    for start in range(0, len(X), batch_size):
        inputs, targets = X[start : start + batch_size], t[start : start + batch_size]
        w = w - lr * 2 * inputs.T @ (inputs @ w - targets)
    return w


def _rest_left_out(X, t, w, lr, batch_size):
    whole = len(X) - len(X) % batch_size
    return _minibatch_epoch(X[:whole], t[:whole], w, lr, batch_size)


def _old_errors(X, t, w, lr, batch_size):
    errors = X @ w - t
    for start in range(0, len(X), batch_size):
        some = slice(start, start + batch_size)
        w = w - lr * 2 * X[some].T @ errors[some] / len(X[some])
    return w


def _without_two(X, t, w, lr, batch_size):
    return _minibatch_epoch(X, t, w, lr / 2, batch_size)


def _epoch_uphill(X, t, w, lr, batch_size):
    return _minibatch_epoch(X, t, w, -lr, batch_size)


def _full_batch(X, t, w, lr, batch_size):
    return _minibatch_epoch(X, t, w, lr, len(X))


def _first_batch_only(X, t, w, lr, batch_size):
    return _minibatch_epoch(X[:batch_size], t[:batch_size], w, lr, batch_size)


minibatch_epoch = Exercise(
    "gradient_descent.minibatch_epoch",
    solution=_minibatch_epoch,
    inputs=[
        (np.array([[1.0], [2.0], [4.0]]), np.array([1.0, 1.0, 3.0]), np.array([0.5]), 0.125, 2),
        (np.array([[1.0], [2.0], [4.0], [1.0]]), np.array([1.0, 1.0, 3.0, 2.0]), np.array([0.5]), 0.0625, 2),
        (
            np.array([[1.0, 0.5], [0.0, 2.0], [3.0, 1.0], [-1.0, 1.0], [0.5, -2.0]]),
            np.array([1.0, -1.0, 2.0, 0.5, 3.0]),
            np.array([0.25, -0.5]),
            0.0625,
            2,
        ),
        (np.array([[1.0, 0.5], [0.0, 2.0], [3.0, 1.0]]), np.array([1.0, -1.0, 2.0]), np.array([0.25, -0.5]), 0.0625, 1),
        (np.array([[1.0, 0.5], [0.0, 2.0], [3.0, 1.0]]), np.array([1.0, -1.0, 2.0]), np.array([0.25, -0.5]), 0.0625, 8),
    ],
    hints=(
        "`range(0, len(X), batch_size)` gives the place where each batch begins, and `X[start:start + batch_size]` is the batch; at "
        "the end Python gives what is left.",
        "For a batch of $n$ samples: errors `inputs @ w - targets`, gradient `2 * inputs.T @ errors / n`. Then a step, then the "
        "next batch, with the new `w`.",
    ),
    wrong=(
        Wrong(
            _divided_by_all,
            "You divide by the number of *all* samples. The gradient is the mean over the samples of the batch.",
        ),
        Wrong(_divided_by_batch_size, "Right for full batches. The last one may be smaller: divide by *its* size."),
        Wrong(
            _not_divided, "That is the gradient of the *sum* of the squared errors. Divide by the size of the batch."
        ),
        Wrong(_rest_left_out, "The samples left over at the end are a batch too, a smaller one."),
        Wrong(_old_errors, "Your errors are all computed with the first `w`. Each batch has to see the newest one."),
        Wrong(_without_two, "A factor 2 is missing: the derivative of a square."),
        Wrong(_epoch_uphill, "The sign is turned round: this makes the errors larger."),
        Wrong(_full_batch, "This makes one step with all samples. Make one for each batch."),
        Wrong(_first_batch_only, "This stops after the first batch. (Is the `return` inside the loop?)"),
    ),
)
