"""Exercises of the chapter on digits."""

import re

import numpy as np

from dlcore.activations import relu
from dlcore.exercises import Exercise, Wrong, letters, misses, spells
from dlcore.figures import digits as figures
from dlcore.layers import Dense
from dlcore.losses import softmax_cross_entropy
from dlcore.metrics import accuracy
from dlcore.network import Sequential
from dlcore.optimizers import Adam
from dlcore.training import fit


def _recalls(C):
    return C.diagonal() / C.sum(axis=1)


def _precisions(C):
    return C.diagonal() / C.sum(axis=0)


def _one_share(C):
    return C.trace() / C.sum()


def _of_all(C):
    return C.diagonal() / C.sum()


def _rows_scaled(C):
    return C / C.sum(axis=1, keepdims=True)


def _largest(C):
    return C.max(axis=1) / C.sum(axis=1)


def _misses(C):
    return 1 - C.diagonal() / C.sum(axis=1)


def _rounded_down(C):
    return C.diagonal() // C.sum(axis=1)


def _percents_of_rows(C):
    return 100 * C.diagonal() / C.sum(axis=1)


def _column_of_sums(C):
    return C.diagonal() / C.sum(axis=1, keepdims=True)


recalls = Exercise(
    "digits.recalls",
    solution=_recalls,
    inputs=[
        (np.array([[3, 1], [0, 2]]),),
        (np.array([[2, 1, 0], [0, 3, 1], [1, 1, 6]]),),
        (np.array([[0, 5, 0, 0], [1, 9, 2, 0], [0, 0, 4, 0], [3, 0, 0, 1]]),),
    ],
    hints=(
        "The samples of class $i$ are row $i$. How many of them stand on the diagonal, and how many are there?",
        "`C.sum(axis=1)` adds up each row, `C.diagonal()` takes the numbers on the diagonal.",
    ),
    wrong=(
        Wrong(
            _precisions,
            "You divided by the sums of the *columns*: of all that was *called* a class, how much belongs to it? Asked for is: of all "
            "that *belongs* to a class, how much was called so?",
        ),
        Wrong(_one_share, "That is one number, the accuracy. Asked for is one number for each class."),
        Wrong(_of_all, "You divided by the number of all samples. Divide each class by its own number."),
        Wrong(_rows_scaled, "That is the whole matrix with its rows divided. Only the diagonal is asked for."),
        Wrong(
            _largest, "You took the largest number of each row. Right is what stands on the diagonal, large or small."
        ),
        Wrong(_misses, "These are the shares told *wrongly*."),
        Wrong(_rounded_down, "These shares are rounded down to whole numbers, as `//` does. Divide with `/`."),
        Wrong(_percents_of_rows, "These are percents. A share lies between 0 and 1."),
        Wrong(
            _column_of_sums,
            "`keepdims=True` makes the sums a column, and each of them divides the whole diagonal. Leave it out.",
        ),
    ),
)


def _honest(validation, test):
    return test[np.argmax(validation)]


def _best_test(validation, test):
    return np.max(test)


def _best_validation(validation, test):
    return np.max(validation)


def _place(validation, test):
    return np.argmax(validation)


def _last_of_equals(validation, test):
    return test[len(test) - 1 - np.argmax(np.asarray(validation)[::-1])]


def _validation_of_best_test(validation, test):
    return validation[np.argmax(test)]


def _mean_of_both(validation, test):
    return (np.max(validation) + test[np.argmax(validation)]) / 2


def _mean_test(validation, test):
    return np.mean(test)


def _still_an_array(validation, test):
    return test[validation == validation.max()]


def _both_scores(validation, test):
    return np.max(validation), test[np.argmax(validation)]


def _place_and_score(validation, test):
    return np.argmax(validation), test[np.argmax(validation)]


honest = Exercise(
    "digits.honest",
    solution=_honest,
    inputs=[
        (np.array([0.96, 0.98, 0.97]), np.array([0.97, 0.95, 0.99])),
        (np.array([0.91, 0.94, 0.9, 0.93]), np.array([0.9, 0.935, 0.95, 0.88])),
        (np.array([0.75, 0.875, 0.875, 0.5]), np.array([0.5, 0.625, 0.75, 0.875])),
    ],
    hints=(
        "Two steps: which setting do you choose, and by which scores? And what do you then report of it?",
        "`np.argmax(scores)` gives the place of the highest score, and of equal ones the first.",
    ),
    wrong=(
        Wrong(
            _best_test,
            "That is the highest test score. To pick it you had to look at all test scores: the test data have chosen.",
        ),
        Wrong(
            _best_validation,
            "That is the score by which the setting was chosen. It is the best of several, so it flatters. Report a score "
            "on data that had no part in the choice.",
        ),
        Wrong(_place, "That is the *place* of the chosen setting. Report its score on test data."),
        Wrong(
            _validation_of_best_test,
            "You exchanged the two: choose by the validation scores, and report the test score of what you have chosen.",
        ),
        Wrong(_mean_of_both, "Half of this mean is the score by which the setting was chosen, and that one flatters."),
        Wrong(_last_of_equals, "Of equal validation scores take the first, as `np.argmax` does."),
        Wrong(_mean_test, "That is the mean over all settings. Only one setting was chosen: report that one."),
        Wrong(
            _still_an_array,
            "That is an array, with one number for each setting that has the highest validation score. Take its first number.",
        ),
        Wrong(_both_scores, "These are two scores. Report only the one on data that had no part in the choice."),
        Wrong(_place_and_score, "That is the place of the chosen setting, and its score. Report the score alone."),
    ),
)


def _mistakes(p, t, threshold):
    answered = p.max(axis=1) >= threshold
    return np.mean(p[answered].argmax(axis=1) != t[answered])


def _mistakes_of_all(p, t, threshold):
    answered = p.max(axis=1) >= threshold
    return np.mean((p.argmax(axis=1) != t) & answered)


def _refused_at_the_threshold(p, t, threshold):
    answered = p.max(axis=1) > threshold
    return np.mean(p[answered].argmax(axis=1) != t[answered])


def _no_threshold(p, t, threshold):
    return np.mean(p.argmax(axis=1) != t)


def _share_right(p, t, threshold):
    return 1 - _mistakes(p, t, threshold)


def _share_refused(p, t, threshold):
    return np.mean(p.max(axis=1) < threshold)


def _wrong_or_refused(p, t, threshold):
    return np.mean((p.argmax(axis=1) != t) | (p.max(axis=1) < threshold))


def _counted(p, t, threshold):
    answered = p.max(axis=1) >= threshold
    return np.sum(p[answered].argmax(axis=1) != t[answered])


def _sure_of_the_truth(p, t, threshold):
    answered = p[np.arange(len(t)), t] >= threshold
    return np.mean(p[answered].argmax(axis=1) != t[answered])


def _mistakes_among_refused(p, t, threshold):
    refused = p.max(axis=1) < threshold
    return np.mean(p[refused].argmax(axis=1) != t[refused]) if refused.any() else 0.0


def _largest_as_answer(p, t, threshold):
    answered = p.max(axis=1) >= threshold
    return np.mean(p[answered].max(axis=1) != t[answered])


def _in_percent(p, t, threshold):
    return 100 * _mistakes(p, t, threshold)


mistakes = Exercise(
    "digits.mistakes",
    solution=_mistakes,
    inputs=[
        (
            np.array([[0.75, 0.25, 0.0], [0.25, 0.625, 0.125], [0.25, 0.25, 0.5], [0.0, 0.125, 0.875]]),
            np.array([0, 0, 1, 2]),
            0.625,
        ),
        (
            np.array(
                [
                    [0.375, 0.625],
                    [0.875, 0.125],
                    [0.25, 0.75],
                    [0.0, 1.0],
                    [0.5625, 0.4375],
                    [0.9375, 0.0625],
                    [0.75, 0.25],
                ]
            ),
            np.array([1, 1, 1, 0, 0, 0, 0]),
            0.75,
        ),
        (np.array([[0.5, 0.25, 0.25], [0.125, 0.25, 0.625], [0.75, 0.25, 0.0]]), np.array([0, 1, 0]), 0.0),
        (np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.25, 0.75, 0.0]]), np.array([1, 1, 0]), 0.5),
    ],
    hints=(
        "Two questions about each sample: is it answered, that is, is the largest number of its row at least the threshold? And is "
        "the answer, the *place* of that number, its label?",
        "`answered = p.max(axis=1) >= threshold` is an array of True and False; `p[answered]` and `t[answered]` are the rows and "
        "labels where it is True.",
    ),
    wrong=(
        Wrong(_mistakes_of_all, "You divided by the number of all samples. Divide by the number of the answers given."),
        Wrong(
            _refused_at_the_threshold,
            "A probability that is just the threshold is enough: *at least* the threshold, `>=`.",
        ),
        Wrong(_no_threshold, "That is the share of mistakes if everything is answered: the threshold is not used."),
        Wrong(_share_right, "That is the share of *right* answers among those given."),
        Wrong(_share_refused, "That is the share refused. Asked for are the mistakes among the answers given."),
        Wrong(_wrong_or_refused, "You counted the refused ones as mistakes. They are no answers."),
        Wrong(_counted, "That is the *number* of mistakes. Divide it by the number of the answers given."),
        Wrong(
            _sure_of_the_truth,
            "You compared the probability of the true class with the threshold. The network does not know the truth: it looks at its "
            "largest probability.",
        ),
        Wrong(
            _largest_as_answer,
            "You compared the largest probability itself with the label. The answer is its *place*: `argmax`.",
        ),
        Wrong(_in_percent, "That is in percent. A share lies between 0 and 1."),
        Wrong(_mistakes_among_refused, "You looked at the refused ones: answered is what is *at least* the threshold."),
    ),
)


def _batches(X, t, order, size):
    result = []
    for start in range(0, len(X), size):
        rows = order[start : start + size]
        result.append((X[rows], t[rows]))
    return result


def _labels_in_old_order(X, t, order, size):
    result = []
    for start in range(0, len(X), size):
        rows = order[start : start + size]
        result.append((X[rows], t[start : start + size]))
    return result


def _not_shuffled(X, t, order, size):
    return [(X[start : start + size], t[start : start + size]) for start in range(0, len(X), size)]


def _whole_batches_only(X, t, order, size):
    full = range(0, len(X) - size + 1, size)
    return [(X[order[start : start + size]], t[order[start : start + size]]) for start in full]


def _pictures_in_old_order(X, t, order, size):
    return [(X[start : start + size], t[order[start : start + size]]) for start in range(0, len(X), size)]


def _all_labels_each_time(X, t, order, size):
    return [(X[order[start : start + size]], t[order]) for start in range(0, len(X), size)]


def _first_only(X, t, order, size):
    return _batches(X, t, order, size)[:1]


def _labels_shuffled_twice(X, t, order, size):
    return _batches(X, t[order], order, size)


def _flat(X, t, order, size):
    return [part for pair in _batches(X, t, order, size) for part in pair]


batches = Exercise(
    "digits.batches",
    solution=_batches,
    inputs=[
        (
            np.array([[0.0, 0.5], [1.0, 0.25], [2.0, 0.75], [3.0, 0.0]]),
            np.array([5, 6, 7, 8]),
            np.array([2, 0, 3, 1]),
            2,
        ),
        (np.arange(15.0).reshape(5, 3), np.array([4, 1, 1, 0, 9]), np.array([4, 1, 0, 3, 2]), 2),
        (np.arange(7.0).reshape(7, 1), np.arange(7), np.array([3, 6, 1, 0, 5, 2, 4]), 3),
    ],
    hints=(
        "Follow one sample: the second picture, say. In which batch is it, at which place? And its label?",
        "Picture and label have to be taken from the same place of `X` and `t`.",
    ),
    wrong=(
        Wrong(
            _labels_in_old_order,
            "This does what the code did as it was given. Write down by hand what the batches should be for four samples and the order "
            "2, 0, 3, 1, and compare.",
        ),
        Wrong(
            _not_shuffled,
            "Now pictures and labels belong together, but nothing is shuffled any more: `order` is not used.",
        ),
        Wrong(_whole_batches_only, "The bug is gone, but the last batch, which may be smaller, is lost."),
        Wrong(_pictures_in_old_order, "Now the labels are shuffled and the pictures are not."),
        Wrong(_labels_shuffled_twice, "The labels are put in the new order twice."),
        Wrong(_flat, "Each batch is a pair: `(X[rows], t[rows])`."),
        Wrong(_first_only, "Only the first batch came back. Is the `return` inside the loop?"),
        Wrong(
            _all_labels_each_time,
            "Now each batch has the labels of all samples. It needs only those of its own pictures.",
        ),
    ),
    explanation="The pictures were taken in the new order and the labels in the old one, so nearly every picture got the label of "
    "another. Nothing crashes; there is just nothing to learn.",
)

which_curves = Exercise(
    "digits.which_curves",
    solution="BDCA",
    accept=spells("BDCA"),
    expect="the four letters in the order asked for",
    hints=(
        "Look at the training loss (dotted) first. In which picture does it fall to nearly 0? In which do both fall slowly and "
        "close together? In which does it never fall clearly, but waver near 2.4?",
        "In two pictures the training loss falls and the validation loss stays far above it. In one of them the validation loss had first "
        "fallen well below 2.3, what saying 1/10 for every class costs. So that network has learned something true about digits.",
    ),
    wrong=(
        Wrong(
            "BDAC",
            "The first two are right. In which of the other two was the validation loss, for a while, well below 2.3? Only "
            "where pictures and labels belong together can that happen.",
            when=spells("BDAC"),
        ),
        Wrong(
            "DBCA",
            "The last two are right. A learning rate that is far too small gives a smooth, slow curve.",
            when=spells("DBCA"),
        ),
        Wrong(
            "BACD",
            "The first letter is right. Labels that were mixed up *once* can be learned by heart: then the training loss falls. In one "
            "of your last two letters it does not.",
            when=spells("BACD"),
        ),
        Wrong(
            "BADC",
            "The first letter is right. Few pictures are soon learned by heart: look for a training loss that falls to nearly 0. And "
            "where does no loss fall clearly, but waver?",
            when=spells("BADC"),
        ),
        Wrong(
            "ABCD",
            "The first letter is not right: small steps give a smooth, slow curve, and both losses stay close together.",
            when=lambda answer: sorted(letters(answer)) == list("ABCD") and letters(answer)[0] != "B",
        ),
        Wrong(
            "BCDA",
            "The first is right, the second is not: after steps that are far too large no loss falls clearly.",
            when=lambda answer: sorted(letters(answer)) == list("ABCD") and letters(answer)[0] == "B",
        ),
        Wrong(
            "AABC",
            "Write down each letter once: for the small rate, the large rate, the few pictures, the mixed-up labels.",
            when=misses("ABCD"),
        ),
    ),
    explanation="B creeps: η = 0.00005. D stays near 2.4 at η = 1: the first steps were so large that all ReLUs are dead, and "
    "every picture gets the same answer. C learned 70 pictures by heart: its training loss is nearly 0, and its "
    "validation loss is far above that. A had the labels of other pictures: learning them by heart makes the validation loss "
    "worse than knowing nothing, from the beginning.",
)


def digits_to_move():
    """Training pictures (1438, 64) with pixels from 0 to 1, and labels (1438,); the check holds back others and moves them."""
    return _split()[0]


def _split():
    train, validation, test = figures.digit_parts(seed=11)
    return (np.vstack([train[0], validation[0]]), np.concatenate([train[1], validation[1]])), test


def shifted(X, to_right, down):
    """The pictures X (N, 64) moved by whole pixels; what leaves the square is lost, what comes in is white."""
    return figures.shifted(X, to_right, down)


NO_NETWORK = "no network"
FROM_CHAPTER = "a network that the chapter has trained"


def _read_when_moved(net):
    """Words: the share of held-back digits read rightly, as they are, and in the mean over four shifts by one pixel."""
    if not hasattr(net, "forward"):
        return NO_NETWORK
    X, t = _split()[1]
    logits = net.forward(X)
    if any(
        net is other for other in figures.MOVERS.values()
    ):  # of those that have been made: training here takes too long
        return FROM_CHAPTER
    still = accuracy(logits, t)
    steps = [accuracy(net.forward(figures.shifted(X, *step)), t) for step in figures.STEPS.values()]
    return f"{100 * still:.1f} % as they are, {100 * np.mean(steps):.1f} % moved"


def _percents(seen):
    """The two numbers in those words."""
    return [float(number) for number in re.findall(r"[0-9.]+(?= %)", seen)]


def _robust():
    X_more, t_more = digits_to_move()
    steps = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)]
    X_five = np.vstack([shifted(X_more, *step) for step in steps])
    t_five = np.tile(t_more, len(steps))
    rng = np.random.default_rng(0)
    net = Sequential([Dense(64, 64, rng=rng), relu, Dense(64, 10, rng=rng)])
    fit(net, softmax_cross_entropy, Adam(0.005), X_five, t_five, epochs=15, batch_size=64, rng=rng)
    return net


def _as_they_are():
    return figures.trained(*digits_to_move(), seed=0, epochs=10)


def _labels_not_repeated_rightly():
    X, t = digits_to_move()
    steps = figures.STEPS.values()
    return figures.trained(
        np.vstack([figures.shifted(X, *step) for step in steps]), np.repeat(t, len(steps)), seed=0, epochs=2
    )


def _moved_copies_only():
    X, t = digits_to_move()
    X = np.vstack([figures.shifted(X, *step) for step in figures.STEPS.values()])
    return figures.trained(X, np.tile(t, 4), seed=0, hidden=64, epochs=10)


def _linear_with_copies():
    X, t = digits_to_move()
    return figures.trained(*figures.with_shifted(X, t, figures.STEPS.values()), seed=0, hidden=0, epochs=5)


def _history():
    X, t = digits_to_move()
    rng = np.random.default_rng(0)
    net = Sequential([Dense(64, 10, rng=rng)])
    return fit(net, softmax_cross_entropy, Adam(0.01), X, t, epochs=1, batch_size=32, rng=rng)


robust = Exercise(
    "digits.robust",
    solution=_robust,
    made=True,
    observe=_read_when_moved,
    accept=lambda seen: " %" in seen and _percents(seen)[0] >= 93 and _percents(seen)[1] >= 90,
    expect="a network of yours that reads at least 93 % of the held-back digits as they are, and 90 % of them moved by one pixel, "
    "in the mean of the four directions",
    hints=(
        "The network has to see moved pictures while it learns. `exercises.shifted(X, to_right, down)` moves a whole array.",
        "Stack the pictures and four moved copies with `np.vstack([...])`; the labels then come five times, one copy after the "
        "other: `np.tile(t, 5)`.",
    ),
    wrong=(
        Wrong(
            _history,
            "That is not a network: it has no `forward`. (`fit` returns a History.) Hand over the network itself.",
            when=lambda seen: seen == NO_NETWORK,
        ),
        Wrong(
            figures.mover,
            "In its training this network has seen some of the digits that are held back here. Train one of your own on the digits given.",
            when=lambda seen: seen == FROM_CHAPTER,
        ),
        Wrong(
            _labels_not_repeated_rightly,
            "Both are far too low. If you stacked copies: do "
            "the labels stand in the same order as the pictures? `np.tile` repeats the whole list, `np.repeat` each label.",
            when=lambda seen: max(_percents(seen)) < 40,
        ),
        Wrong(
            _as_they_are,
            "It reads the pictures as they are, and far fewer of the moved ones. "
            "Did it see moved ones in training, in all four directions?",
            when=lambda seen: _percents(seen)[0] >= 93 and _percents(seen)[1] < 70,
        ),
        Wrong(
            _moved_copies_only,
            "It reads moved pictures better than the pictures as they are. Were those among the pictures it learned from?",
            when=lambda seen: 90 <= _percents(seen)[1] > _percents(seen)[0],
        ),
        Wrong(
            _linear_with_copies,
            "On the way. Has it a hidden layer, and were all four directions among its pictures? Then train longer.",
            when=lambda seen: " %" in seen,
        ),
    ),
    explanation="The solution makes five pictures of one. The labels come five times in the same order.",
)
