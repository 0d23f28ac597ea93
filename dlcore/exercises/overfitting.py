"""Exercises of the chapter on overfitting and regularization."""

from functools import cache

import numpy as np

from dlcore.activations import relu
from dlcore.datasets import digits, stratified_split
from dlcore.early_stopping import EarlyStopping
from dlcore.exercises import Exercise, Wrong, letters, misses, spells
from dlcore.layers import Dense
from dlcore.losses import softmax_cross_entropy
from dlcore.network import Sequential
from dlcore.optimizers import Adam
from dlcore.penalties import L2
from dlcore.training import fit


def _scaled(train, new):
    mean, spread = train.mean(axis=0), train.std(axis=0)
    return (train - mean) / spread, (new - mean) / spread


def _scaled_by_all(train, new):
    everything = np.concatenate([train, new])
    mean, spread = everything.mean(axis=0), everything.std(axis=0)
    return (train - mean) / spread, (new - mean) / spread


def _each_by_its_own(train, new):
    return tuple((part - part.mean(axis=0)) / part.std(axis=0) for part in (train, new))


def _own_mean(train, new):
    return _scaled(train, new)[0], (new - new.mean(axis=0)) / train.std(axis=0)


def _one_mean_for_all_columns(train, new):
    return (train - train.mean()) / train.std(), (new - train.mean()) / train.std()


def _only_shifted(train, new):
    return train - train.mean(axis=0), new - train.mean(axis=0)


def _new_as_it_was(train, new):
    return _scaled(train, new)[0], new


def _only_the_new(train, new):
    return _scaled(train, new)[1]


def _new_first(train, new):
    return _scaled(train, new)[::-1]


def _by_rows(train, new):
    return (train - train.mean(axis=1)) / train.std(axis=1), (new - train.mean(axis=1)) / train.std(axis=1)


def _each_row_by_its_own(train, new):
    return tuple((part - part.mean(axis=1, keepdims=True)) / part.std(axis=1, keepdims=True) for part in (train, new))


def _by_the_variance(train, new):
    return tuple((part - train.mean(axis=0)) / train.var(axis=0) for part in (train, new))


def _by_one_less(train, new):
    return tuple((part - train.mean(axis=0)) / train.std(axis=0, ddof=1) for part in (train, new))


scaled = Exercise(
    "overfitting.scaled",
    solution=_scaled,
    inputs=[
        (np.array([[1.0, 10.0], [3.0, 30.0]]), np.array([[2.0, 50.0]])),
        (np.array([[0.0, 4.0], [1.0, 8.0], [5.0, 9.0]]), np.array([[2.0, -1.0], [7.0, 3.5]])),
        (np.array([[0.5, 4.0, 2.0], [1.5, 8.0, -2.0]]), np.array([[2.5, 7.0, 6.0], [0.0, 1.0, 3.0]])),
    ],
    hints=(
        "Whatever is *computed from data* is learned, like a weight. From which part may it be learned?",
        "`train.mean(axis=0)` and `train.std(axis=0)` are one number for each column. Use these two for both parts.",
    ),
    wrong=(
        Wrong(
            _scaled_by_all,
            "You took mean and standard deviation from *both* parts. So the training data know something about the new data: a leak.",
        ),
        Wrong(
            _each_by_its_own,
            "You scaled each part by its own numbers. Then the same picture means something else in each part, and a single new "
            "sample cannot be scaled at all.",
        ),
        Wrong(_own_mean, "The new part has its own mean taken off. Use the training part's mean too."),
        Wrong(_one_mean_for_all_columns, "That is one mean for the whole table. Each column needs its own: `axis=0`."),
        Wrong(_only_shifted, "The means are right. Each column is still to be divided by its standard deviation."),
        Wrong(_new_as_it_was, "The new part came back as it was. It is to be scaled too, with the same numbers."),
        Wrong(_only_the_new, "Return both parts, as a pair: the training part first."),
        Wrong(_new_first, "Both parts are right, in the wrong order: the training part first."),
        Wrong(_by_rows, "`axis=1` gives one number for each *row*, each sample. Each column needs its own."),
        Wrong(_each_row_by_its_own, "You scaled each row by its own numbers. Each *column* needs its own: `axis=0`."),
        Wrong(_by_the_variance, "You divided by the variance. The standard deviation is its root: `std`."),
        Wrong(_by_one_less, "With `ddof=1` numpy divides by N − 1 in the variance. Here divide by N: leave it out."),
    ),
    explanation="A new sample must not have a say in how it is measured.",
)


def _step(W, g, lam1, lam2, lr):
    return W - lr * (g + lam1 * np.sign(W) + lam2 * W)


def _uphill(W, g, lam1, lam2, lr):
    return W + lr * (g + lam1 * np.sign(W) + lam2 * W)


def _pulled_away(W, g, lam1, lam2, lr):
    return W - lr * (g - lam1 * np.sign(W) - lam2 * W)


def _only_the_slopes(W, g, lam1, lam2, lr):
    return g + lam1 * np.sign(W) + lam2 * W


def _only_the_pull(W, g, lam1, lam2, lr):
    return W - lr * (lam1 * np.sign(W) + lam2 * W)


def _no_rate_for_the_penalties(W, g, lam1, lam2, lr):
    return W - lr * g - lam1 * np.sign(W) - lam2 * W


def _swapped(W, g, lam1, lam2, lr):
    return _step(W, g, lam2, lam1, lr)


def _only_l1(W, g, lam1, lam2, lr):
    return W - lr * (g + lam1 * np.sign(W))


def _only_l2(W, g, lam1, lam2, lr):
    return W - lr * (g + lam2 * W)


def _no_penalty(W, g, lam1, lam2, lr):
    return W - lr * g


def _without_half(W, g, lam1, lam2, lr):
    return _step(W, g, lam1, 2 * lam2, lr)


def _half_kept(W, g, lam1, lam2, lr):
    return _step(W, g, lam1, 0.5 * lam2, lr)


def _pull_by_size(W, g, lam1, lam2, lr):
    return W - lr * (g + lam1 * np.abs(W) + lam2 * W)


def _pull_without_sign(W, g, lam1, lam2, lr):
    return W - lr * (g + lam1 + lam2 * W)


def _minus_one_at_zero(W, g, lam1, lam2, lr):
    return W - lr * (g + lam1 * np.where(W > 0, 1, -1) + lam2 * W)


def _divided_by_size(W, g, lam1, lam2, lr):
    return W - lr * (g + lam1 * W / np.abs(W) + lam2 * W)


def _penalty_itself(W, g, lam1, lam2, lr):
    return W - lr * (g + lam1 * np.sum(np.abs(W)) + 0.5 * lam2 * np.sum(W**2))


step = Exercise(
    "overfitting.step",
    solution=_step,
    inputs=[
        (np.array([3.0, -0.5]), np.array([1.0, 2.0]), 0.25, 0.5, 0.1),
        (
            np.array([[2.0, 0.0, -1.5], [0.25, -4.0, 1.0]]),
            np.array([[0.5, 1.0, 0.0], [-1.0, 0.25, 2.0]]),
            0.125,
            0.75,
            0.5,
        ),
        (np.array([1.5, -2.0, 0.75]), np.array([0.1, 0.2, -0.4]), 0.0, 0.3, 0.2),
        (np.array([1.5, -2.0, 0.75]), np.array([0.1, 0.2, -0.4]), 0.3, 0.0, 0.2),
    ],
    hints=(
        "The slope of a sum is the sum of the slopes: that of the loss, that of L1, that of L2. The step goes against it.",
        "The slope of $|w|$ is the sign of $w$ (`np.sign`, which is 0 at 0), that of $½w^2$ is $w$. Then $w$ minus lr times all three together.",
    ),
    wrong=(
        Wrong(_uphill, "The step goes *against* the slope: `W − …`."),
        Wrong(_pulled_away, "The penalties push the weights away from 0. Their slopes are added to that of the loss."),
        Wrong(
            _only_the_slopes, "That is the slope of loss and penalties together. Wanted are the weights after the step."
        ),
        Wrong(_only_the_pull, "That is the pull alone. The loss has slopes too: `g`."),
        Wrong(
            _no_rate_for_the_penalties, "The learning rate `lr` multiplies *all* slopes, those of the penalties too."
        ),
        Wrong(_swapped, "The two strengths are swapped: `lam1` belongs to $|w|$, `lam2` to $½w^2$."),
        Wrong(_only_l1, "That is L1 alone. `lam2` has its part too."),
        Wrong(_only_l2, "That is L2 alone. `lam1` has its part too."),
        Wrong(_no_penalty, "That is the step without any penalty."),
        Wrong(_without_half, "The pull of L2 is twice what it should be: mind the ½ in the penalty."),
        Wrong(_half_kept, "The pull of L2 is half of what it should be: the slope of $½w^2$ is $w$."),
        Wrong(_pull_by_size, "The slope of $|w|$ does not depend on the size of $w$, only on its sign."),
        Wrong(_pull_without_sign, "For negative weights $|w|$ falls as $w$ grows: its slope there is −1."),
        Wrong(
            _minus_one_at_zero,
            "Right but for weights of exactly 0: there $|w|$ has its kink, and the slope is taken as 0.",
        ),
        Wrong(
            _divided_by_size, "At a weight of exactly 0 this divides 0 by 0. The slope there is taken as 0: `np.sign`."
        ),
        Wrong(_penalty_itself, "You added the penalty itself, one number. Its slope is another one for each weight."),
    ),
    explanation="This pair of penalties is called the *elastic net* (Zou and Hastie, 2005).",
)


def _kept_epoch(losses, patience):
    best, kept, waited = np.inf, 0, 0
    for epoch, loss in enumerate(losses):
        if loss < best:
            best, kept, waited = loss, epoch, 0
        else:
            waited += 1
        if waited == patience:
            break
    return kept


def _never_reset(losses, patience):
    best, kept, waited = np.inf, 0, 0
    for epoch, loss in enumerate(losses):
        if loss < best:
            best, kept = loss, epoch
        else:
            waited += 1
        if waited == patience:
            break
    return kept


def _endless_patience(losses, patience):
    return int(np.argmin(losses))


def _where_it_stopped(losses, patience):
    best, waited, last = np.inf, 0, 0
    for epoch, loss in enumerate(losses):
        last = epoch
        if loss < best:
            best, waited = loss, 0
        else:
            waited += 1
        if waited == patience:
            break
    return last


def _equal_is_better(losses, patience):
    best, kept, waited = np.inf, 0, 0
    for epoch, loss in enumerate(losses):
        if loss <= best:
            best, kept, waited = loss, epoch, 0
        else:
            waited += 1
        if waited == patience:
            break
    return kept


def _against_the_last(losses, patience):
    last, kept, waited = np.inf, 0, 0
    for epoch, loss in enumerate(losses):
        if loss < last:
            kept, waited = epoch, 0
        else:
            waited += 1
        last = loss
        if waited == patience:
            break
    return kept


def _one_too_patient(losses, patience):
    return _kept_epoch(losses, patience + 1)


def _reset_every_time(losses, patience):
    best, kept = np.inf, 0
    for epoch, loss in enumerate(losses):
        waited = 0
        if loss < best:
            best, kept = loss, epoch
        else:
            waited += 1
        if waited == patience:
            break
    return kept


def _reset_to_one(losses, patience):
    best, kept, waited = np.inf, 0, 0
    for epoch, loss in enumerate(losses):
        if loss < best:
            best, kept, waited = loss, epoch, 1
        else:
            waited += 1
        if waited == patience:
            break
    return kept


def _best_loss(losses, patience):
    return losses[_kept_epoch(losses, patience)]


def _counted_from_one(losses, patience):
    return _kept_epoch(losses, patience) + 1


kept_epoch = Exercise(
    "overfitting.kept_epoch",
    solution=_kept_epoch,
    inputs=[
        ([0.9, 0.7, 0.8, 0.6, 0.7, 0.5, 0.6, 0.65, 0.7, 0.4], 2),
        ([0.9, 0.5, 0.6, 0.7, 0.4, 0.45, 0.46, 0.47, 0.1], 2),
        ([0.9, 0.8, 0.85, 0.82, 0.81, 0.3], 3),
        ([0.9, 0.8, 0.8, 0.95, 0.9, 0.7], 3),
        ([0.9, 0.5, 0.7, 0.6, 0.55, 0.65], 4),
        ([0.9, 0.8, 0.95, 0.7, 0.6], 1),
        ([0.5, 0.6, 0.7], 5),
    ],
    hints=(
        "Follow the first case with a pencil, epoch by epoch: write down `best`, `kept` and `waited`. When should it stop?",
        "*In a row*: what has to happen to `waited` when a new lowest loss comes?",
    ),
    wrong=(
        Wrong(
            _never_reset,
            "This does what the code did as it was given. Follow this case with a pencil, epoch by epoch.",
        ),
        Wrong(
            _endless_patience,
            "That is the lowest loss of the whole list. Training that has stopped never sees what would have come later.",
        ),
        Wrong(
            _where_it_stopped,
            "That is the epoch at which training *stopped*. Wanted is the epoch whose weights are kept.",
        ),
        Wrong(_equal_is_better, "A loss that only *equals* the lowest one is no new lowest one. Use `<`."),
        Wrong(_against_the_last, "Compare with the lowest loss so far, not with that of the epoch before."),
        Wrong(_one_too_patient, "You wait one epoch too long: after `patience` of them in a row it is over."),
        Wrong(
            _reset_every_time,
            "With a patience of more than 1 it never stops, as if `waited` began at 0 in every epoch. When only is it to go back to 0?",
        ),
        Wrong(
            _reset_to_one, "An epoch with a new lowest loss is none without one: after it, nothing has been waited yet."
        ),
        Wrong(_best_loss, "That is the lowest loss itself. Wanted is its epoch, a whole number."),
        Wrong(_counted_from_one, "That is one too many: epochs are counted from 0."),
    ),
    explanation="`waited` was never set back to 0 by a new lowest loss. So the code counted all bad epochs, not those in a row, "
    "and stopped too early.",
)


curves = Exercise(
    "overfitting.curves",
    solution="CADB",
    accept=spells("CADB"),
    expect="the letters of the four pictures in the order asked for",
    hints=(
        "Two things to look at: how low the *dotted* curve gets, and how far the *solid* one ends from it, on which side.",
        "Underfitting: both stay high. Overfitting: the dotted one goes to 0, the solid one turns upwards.",
    ),
    wrong=(
        Wrong(
            "ACDB",
            "The first two look swapped. A network that underfits is bad on its *training* pictures too.",
            when=lambda answer: letters(answer) in ("ACBD", "ACDB"),
        ),
        Wrong(
            "DCAB",
            "The first letter is not right: a penalty that is far too strong keeps a network from learning even its *training* "
            "pictures. Whose dotted curve shows that?",
            when=lambda answer: sorted(letters(answer)) == list("ABCD") and letters(answer)[0] != "C",
        ),
        Wrong(
            "CDAB",
            "The first letter is right, the second is not: the network that overfits has a dotted curve that goes to 0, and a "
            "solid one that turns upwards.",
            when=lambda answer: (
                sorted(letters(answer)) == list("ABCD") and letters(answer)[0] == "C" and letters(answer)[1] != "A"
            ),
        ),
        Wrong(
            "CABD",
            "The last two look swapped. In which picture does the dotted curve lie *above* the solid one, and which of the two "
            "networks had units missing while that loss was measured?",
            when=spells("CABD"),
        ),
        Wrong(
            "CA",
            "Give a text of four letters, each once.",
            when=misses("ABCD"),
        ),
    ),
)


def _shifted(pictures, right, down):
    result = np.zeros_like(pictures)
    height, width = pictures.shape[1:]
    for row in range(height):
        for column in range(width):
            if 0 <= row - down < height and 0 <= column - right < width:
                result[:, row, column] = pictures[:, row - down, column - right]
    return result


def _rolled(pictures, right, down):
    return np.roll(pictures, (down, right), axis=(1, 2))


def _rows_for_columns(pictures, right, down):
    return _shifted(pictures, down, right)


def _to_the_left_and_up(pictures, right, down):
    return _shifted(pictures, -right, -down)


def _up_for_down(pictures, right, down):
    return _shifted(pictures, right, -down)


def _only_to_the_right(pictures, right, down):
    return _shifted(pictures, right, 0)


def _edge_forgotten(pictures, right, down):
    result = np.zeros_like(pictures)
    height, width = pictures.shape[1:]
    for row in range(height):
        for column in range(width):
            if row - down < height and column - right < width:
                result[:, row, column] = pictures[:, row - down, column - right]
    return result


def _edge_forgotten_going_out(pictures, right, down):
    result = np.zeros_like(pictures)
    height, width = pictures.shape[1:]
    for row in range(height):
        for column in range(width):
            if row + down < height and column + right < width:
                result[:, row + down, column + right] = pictures[:, row, column]
    return result


def _steps_of_pixels(height, width):
    return np.arange(1.0, 1.0 + height * width).reshape(1, height, width)


NEGATIVE = (
    "Here an index is negative. That is no error: `pictures[:, -1]` is the *last* row, so pixels come in from the other side. "
    "Ask for `0 <= …` too."
)

shifted = Exercise(
    "overfitting.shifted",
    solution=_shifted,
    inputs=[
        (_steps_of_pixels(2, 3), 1, 0),
        (_steps_of_pixels(3, 3), 0, 1),
        (np.concatenate([_steps_of_pixels(3, 4), -2 * _steps_of_pixels(3, 4)]), -1, 2),
        (_steps_of_pixels(3, 3), 1, -1),
        (_steps_of_pixels(3, 4), 0, 0),
    ],
    hints=(
        "Start from an array of zeros of the same shape. The pixel at (row, column) of the result comes from (row − down, column − right), "
        "if there is one.",
        "Two loops, over rows and columns, and `if 0 <= row - down < height and …:` Then `result[:, row, column] = …` for all pictures at once.",
    ),
    wrong=(
        Wrong(
            _rolled,
            "What leaves the picture on one side comes in on the other: `np.roll` goes round. The incoming pixels are to be 0, white.",
        ),
        Wrong(
            _rows_for_columns,
            "Rows and columns are swapped: `down` moves along the rows, axis 1, `right` along the columns, axis 2.",
        ),
        Wrong(
            _to_the_left_and_up,
            "It moves the opposite way: the result at (row, column) comes from (row − down, column − right).",
        ),
        Wrong(_up_for_down, "Row 0 is the top one: moving down means to a *larger* row number."),
        Wrong(_edge_forgotten, NEGATIVE),
        Wrong(_edge_forgotten_going_out, NEGATIVE),
        Wrong(_only_to_the_right, "This moves sideways only. `down` has to do its work too."),
    ),
)


def _lasso_minimum(c, lam):
    return np.sign(c) * np.maximum(np.abs(c) - lam, 0)


def _ridge_minimum(c, lam):
    return c / (1 + lam)


def _moved_left(c, lam):
    return c - lam


def _past_zero(c, lam):
    return c - lam * np.sign(c)


def _hard_threshold(c, lam):
    return np.where(np.abs(c) > lam, c, 0.0)


def _without_its_sign(c, lam):
    return np.maximum(np.abs(c) - lam, 0)


def _positive_only(c, lam):
    return np.maximum(c - lam, 0)


lasso_minimum = Exercise(
    "overfitting.lasso_minimum",
    solution=_lasso_minimum,
    inputs=[
        (np.array([2.0]), 0.5),
        (np.array([3.0, 0.25, -2.0, -0.25]), 0.5),
        (np.array([1.5, -1.0, 0.0, 1.0]), 1.0),
        (np.array([[0.7, -0.2], [0.1, -3.0]]), 0.3),
    ],
    hints=(
        "For a positive weight the slope is $w − c + λ$, for a negative one $w − c − λ$. Where is each 0, and does that place have the sign it was assumed to have?",
        "If neither place has the right sign, the lowest point is the kink, $w = 0$. So: take λ off the *size* of $c$, not further than 0, and give it the sign of $c$.",
    ),
    wrong=(
        Wrong(_ridge_minimum, "That is the lowest place with the L2 penalty, $½λw^2$. Here it is $λ|w|$."),
        Wrong(
            _moved_left, "$c − λ$ is right where it is positive. And for negative $c$? And where λ is larger than $c$?"
        ),
        Wrong(
            _past_zero,
            "Where λ is larger than the size of $c$ this goes through 0 and out on the other side. The lowest place is 0 there.",
        ),
        Wrong(_hard_threshold, "Small values become 0, rightly. But the others are pulled towards 0 as well, by λ."),
        Wrong(_without_its_sign, "The sizes are right. The result has the sign of $c$."),
        Wrong(
            _positive_only, "That is right for positive $c$. A negative one is pulled towards 0 from the other side."
        ),
    ),
    explanation="It is called *soft thresholding*. Methods that take this step instead of following the gradient reach weights of exactly 0.",
)


@cache
def _digits():
    """(X, t) for training, validation and judging, by another split than that of the chapter."""
    rng = np.random.default_rng([1, 5])
    rest, held_back = stratified_split(*digits(scale=True), test=0.5, rng=rng)
    (X, t), validation = stratified_split(*rest, test=0.22, rng=rng)
    chosen = rng.permutation(np.concatenate([rng.permutation(np.flatnonzero(t == k))[:10] for k in range(10)]))
    return (X[chosen], t[chosen]), validation, held_back


def few_digits():
    """(X, t), (X_validation, t_validation): 100 training pictures, ten of each digit, and validation pictures to choose with."""
    return _digits()[:2]


NO_NETWORK, PEEKED = "something that is no network", "a network that knows the validation pictures"
GOAL = 0.32
TOO_GOOD = 0.12  # the best network that learned these 100 pictures alone had 0.21; those of the chapter's pool less


def _loss_on_others(net):
    """The cross-entropy on the digits held back, or words where that cannot be had or told."""
    if not isinstance(net, Sequential):
        return NO_NETWORK
    _, watched, judged = (softmax_cross_entropy(net.forward(X), t) for X, t in _digits())
    return PEEKED if watched < 0.5 * judged else round(judged, 3)


def _trained(train, **settings):
    rng = np.random.default_rng(0)
    net = Sequential([Dense(64, 64, rng=rng), relu, Dense(64, 10, rng=rng)])
    epochs = 20_000 // len(train[0])
    settings = {"epochs": epochs, "batch_size": 20, "rng": rng, "progress": False, **settings}
    fit(net, softmax_cross_entropy, Adam(0.01), *train, **settings)
    return net


def _my_network():
    (X_few, t_few), _ = few_digits()
    framed = np.pad(X_few.reshape(-1, 8, 8), ((0, 0), (1, 1), (1, 1)))  # a white frame
    corners = [(1, 1), (0, 1), (2, 1), (1, 0), (1, 2)]
    moved = [framed[:, row : row + 8, column : column + 8] for row, column in corners]
    X_500, t_500 = np.concatenate(moved).reshape(-1, 64), np.tile(t_few, 5)
    rng = np.random.default_rng(0)
    net = Sequential([Dense(64, 64, rng=rng), relu, Dense(64, 10, rng=rng)])
    fit(net, softmax_cross_entropy, Adam(0.01), X_500, t_500, epochs=40, batch_size=20, rng=rng, penalty=L2(0.001))
    return net


def plain_network():
    """The network of the last exercise without any remedy."""
    return _trained(few_digits()[0])


def _stopped_network():
    train, validation = few_digits()
    return _trained(train, validation=validation, early_stopping=EarlyStopping(patience=10))


def _peeking_network():
    return _trained([np.concatenate(pair) for pair in zip(*few_digits(), strict=True)])


def _knows_all_network():
    return _trained(digits(scale=True))


def _untrained_network():
    return Sequential([Dense(64, 64, init="zeros"), relu, Dense(64, 10, init="zeros")])


def _between(low, high):
    return lambda loss: not isinstance(loss, str) and low <= loss < high


my_network = Exercise(
    "overfitting.my_network",
    solution=_my_network,
    made=True,
    observe=_loss_on_others,
    accept=_between(TOO_GOOD, GOAL),
    expect="a cross-entropy below 0.32 on the digits held back",
    got=lambda loss: loss if isinstance(loss, str) else f"{loss:.3f}",
    hints=(
        "Which remedies did most for the loss in the table? And which of them did still more together with another one?",
        "Make copies of the 100 pictures moved by one pixel, with your `shifted`: `train_few[0].reshape(-1, 8, 8)` goes in, and "
        "`.reshape(-1, 64)` leads back. Learn from all 500, with an L2 penalty of 0.001, or early stopping, on top. Hand over "
        "the network, not the history.",
    ),
    wrong=(
        Wrong(
            _stopped_network,
            "Early stopping, L2 or copies alone end about here, and so may two remedies of which one is too strong. Have you "
            "copies *and* another remedy? Then try another strength. If not, add what is missing.",
            when=_between(GOAL, 0.45),
        ),
        Wrong(
            plain_network,
            "Not yet. Compare training and validation loss, epoch by epoch: is it too sure of its answers, or has it learned too little?",
            when=_between(0.45, 1.5),
        ),
        Wrong(
            _untrained_network,
            "Saying 1/10 to everything costs 2.303. Has this network learned, and with a loss on logits?",
            when=_between(1.5, np.inf),
        ),
        Wrong(
            _peeking_network,
            "Its loss on the validation pictures is less than half of that on the digits held back, as if it had learned from "
            "them. Learn from `train_few` only.",
            when=lambda loss: loss == PEEKED,
        ),
        Wrong(
            _knows_all_network,
            "No network of ours came that low with 100 pictures. Has yours seen digits that are held back? (Some of them are in "
            "the chapter's `pool`.)",
            when=_between(0, TOO_GOOD),
        ),
        Wrong(
            lambda: "history",
            "Hand over the network itself, a `Sequential`. (`fit` returns the history, and changes the network.)",
            when=lambda loss: loss == NO_NETWORK,
        ),
    ),
    note="The starter wants the network itself: the same lines without `def` and `return`.",
)
