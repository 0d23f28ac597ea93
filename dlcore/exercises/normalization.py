"""Exercises of the chapter on normalization."""

import numpy as np

from dlcore._describe import code, named, show
from dlcore.exercises import Exercise, Wrong, misses, spells


def _near(*numbers):
    """Is an answer these numbers, in a list, a row or a column?"""

    def near(answer):
        try:
            came = np.ravel(answer)
        except ValueError:  # rows of different lengths
            return False
        return came.dtype.kind in "iuf" and len(came) == len(numbers) and np.allclose(came, numbers, rtol=0, atol=5e-3)

    return near


def _by_hand_wrong(numbers, reply):
    return Wrong(np.array(numbers), reply, when=_near(*numbers))


by_hand = Exercise(
    "normalization.by_hand",
    solution=np.array([-5.0, -1.0, -1.0, 11.0]),
    accept=_near(-5, -1, -1, 11),
    expect="the four numbers that come out of the layer",
    got=lambda value: code(show(value)) if isinstance(value, (list, tuple, np.ndarray)) else named(value),
    hints=(
        "What is the mean of the batch? What are the distances from it, and the mean of their squares?",
        "The variance is 9, so divide the distances −3, −1, −1, 5 by 3. Then times 6, then plus 1.",
    ),
    wrong=(
        _by_hand_wrong(
            [-1.0, -1 / 3, -1 / 3, 5 / 3],
            "These are the normalized values. Then the layer scales them by γ and shifts them by β.",
        ),
        _by_hand_wrong(
            [-1.0, 1 / 3, 1 / 3, 13 / 3],
            "You divided by the variance. Divide by its root, the standard deviation.",
        ),
        _by_hand_wrong(
            [-4.19615, -0.73205, -0.73205, 9.66025],
            "That is the variance with 3 below, one less than the batch. BatchNorm normalizes with the mean of all 4 squares.",
        ),
        _by_hand_wrong([0.0, 4.0, 4.0, 16.0], "The order: first times γ, then plus β."),
        _by_hand_wrong([-17.0, -5.0, -5.0, 31.0], "Was anything divided by the standard deviation?"),
        _by_hand_wrong([-6.0, -2.0, -2.0, 10.0], "Scaled by γ, but β is missing."),
        _by_hand_wrong([5.0, 9.0, 9.0, 21.0], "Was the mean subtracted?"),
    ),
    explanation="Mean 5, variance (9 + 1 + 1 + 25)/4 = 9, standard deviation 3.",
)


def _scale_new(train, new):
    std = train.std(axis=0)
    return (new - train.mean(axis=0)) / np.where(std == 0, 1, std)


def _scaled(centre, spread, zero):
    """A wrong `scale_new`: what it subtracts, what it divides by, each of (train, new), and what it does with 0."""

    def scale_new(train, new):
        width = spread(train, new)
        return (new - centre(train, new)) / (np.where(width == 0, 1, width) if zero else width)

    return scale_new


def _both(train, new):
    return np.concatenate([train, new])


def _scale_mistakes():
    """Each mistake twice, with σ = 0 replaced and not: the larger mistake is told first."""
    mean, std = (lambda train, new: train.mean(axis=0)), (lambda train, new: train.std(axis=0))
    mean_new, std_new = (lambda train, new: new.mean(axis=0)), (lambda train, new: new.std(axis=0))
    of_new = "numbers of the new samples themselves. The model has learned with the training data's."
    mistakes = (
        (mean_new, std_new, f"You scaled with {of_new}"),
        (mean_new, std, f"The σ is right, but the mean is one of the {of_new}"),
        (mean, std_new, f"The mean is right, but the σ is one of the {of_new}"),
        (
            lambda train, new: _both(train, new).mean(axis=0),
            lambda train, new: _both(train, new).std(axis=0),
            "Your means are over both tables together. The numbers come from the training data only.",
        ),
        (
            lambda train, new: train.mean(),
            lambda train, new: train.std(),
            "That is one mean for the whole table. Each feature has its own: `axis=0`.",
        ),
        (
            lambda train, new: train.mean(axis=1),
            lambda train, new: train.std(axis=1),
            "You took means along the rows. Each feature, that is each column, has its own: `axis=0`.",
        ),
        (mean, lambda train, new: train.var(axis=0), "You divide by the variance; its root is missing."),
        (
            mean,
            lambda train, new: train.std(axis=0, ddof=1),
            "The variance has one less below. Take the mean of the squares, as the chapter does.",
        ),
        (lambda train, new: 0, std, "Divided by the standard deviation, but the mean has not been subtracted."),
        (mean, lambda train, new: np.ones(train.shape[1]), "The mean is subtracted. Then divide by σ."),
        (
            lambda train, new: train.min(axis=0),
            lambda train, new: np.ptp(train, axis=0),
            "That is min–max scaling. Standardization takes mean and standard deviation.",
        ),
    )
    return [Wrong(_scaled(a, b, zero), reply) for a, b, reply in mistakes for zero in (True, False)]


def _scale_bracket_missing(train, new):
    std = train.std(axis=0)
    return new - train.mean(axis=0) / np.where(std == 0, 1, std)


def _scale_bracket_and_zero_missing(train, new):
    return new - train.mean(axis=0) / train.std(axis=0)


def _scale_the_training_data(train, new):
    return _scale_new(train, train)


def _scale_the_training_data_without_the_zero(train, new):
    return (train - train.mean(axis=0)) / train.std(axis=0)


def _scale_without_the_zero(train, new):
    return (new - train.mean(axis=0)) / train.std(axis=0)


def _scale_with_a_tiny_number(train, new):
    return (new - train.mean(axis=0)) / (train.std(axis=0) + 1e-8)


def _scale_with_if(train, new):
    std = train.std(axis=0)
    if std == 0:
        std = 1
    return (new - train.mean(axis=0)) / std


def _scale_nothing_if_one_is_constant(train, new):
    std = train.std(axis=0)
    if (std == 0).any():
        std = 1
    return (new - train.mean(axis=0)) / std


_BRACKET = "A bracket is missing: division goes before subtraction, so only the mean is divided here."
_NOT_TRAIN = "These are the training samples, scaled. The *new* ones are wanted, with the same numbers."

scale_new = Exercise(
    "normalization.scale_new",
    solution=_scale_new,
    inputs=[
        (np.array([[2.0, 10.0], [4.0, 30.0], [4.0, 30.0], [10.0, 90.0]]), np.array([[11.0, 70.0]])),
        (np.array([[2.0, -1.0], [3.0, 0.5], [7.0, 2.0]]), np.array([[1.0, 4.0], [2.5, 0.0]])),
        (np.array([[4.0, 1.0, 0.5], [4.0, 6.0, 2.0]]), np.array([[4.0, 3.0, 1.0], [6.0, 0.0, -1.0], [3.5, 8.0, 0.0]])),
    ],
    hints=(
        "Which of the two tables may you take the means and the standard deviations from? One number for each feature: `axis=0`.",
        "For σ = 0: `np.where(condition, a, b)` takes, in each place, a where the condition is true and b elsewhere. "
        "For example, `np.where(x < 0, 0, x)` is ReLU.",
    ),
    wrong=(
        *_scale_mistakes(),
        Wrong(_scale_the_training_data, _NOT_TRAIN),
        Wrong(_scale_the_training_data_without_the_zero, _NOT_TRAIN),
        Wrong(_scale_bracket_missing, _BRACKET),
        Wrong(_scale_bracket_and_zero_missing, _BRACKET),
        Wrong(_scale_without_the_zero, "Nearly: a feature with σ = 0 is to be divided by 1."),
        Wrong(
            _scale_with_a_tiny_number,
            "With σ = 0 this divides by a tiny number, and a new sample that differs there becomes gigantic. Divide by 1 in that place.",
        ),
        Wrong(
            _scale_nothing_if_one_is_constant,
            "Only the feature with σ = 0 is divided by 1; the others keep their σ.",
        ),
        Wrong(
            _scale_with_if,
            "There is one σ for each feature, and `if` wants a single true or false. `np.where(condition, a, b)` decides for each "
            "place: a where the condition is true, elsewhere b.",
        ),
    ),
)


clouds = Exercise(
    "normalization.clouds",
    solution="CADB",
    accept=spells("CADB"),
    expect="the right bowl for each of the four clouds",
    hints=(
        "If $x_1$ takes large values, a small change of $w_1$ changes the outputs a great deal. So is the bowl steep or flat along $w_1$?",
        "For cloud 2, $x_1$ and $x_2$ are large together and with the same sign. Which change of the weights leaves $w_1x_1 + w_2x_2$ nearly as it "
        "was: both up, or one up and the other down?",
    ),
    wrong=(
        Wrong(
            "DBCA",
            "You looked for bowls of the same shape as the clouds. Where a feature is wide, does its weight have to move far to change the loss?",
            when=spells("DBCA"),
        ),
        Wrong(
            "ABCD",
            "None of the four is right. Begin with cloud 1, where $x_1$ is wide: is the loss steep or flat along $w_1$?",
            when=spells("ABCD"),
        ),
        Wrong(
            "CBDA",
            "1 and 3 are right. For cloud 2: along which direction of the weights does $w_1x_1 + w_2x_2$ hardly change?",
            when=spells("CBDA"),
        ),
        Wrong(
            "DACB",
            "2 and 4 are right. For cloud 1: a little more $w_1$, or a little more $w_2$, which changes the outputs more?",
            when=spells("DACB"),
        ),
        Wrong(
            "2413",
            "Turned round: these are the clouds of the bowls A, B, C, D. Write the bowls of the clouds 1, 2, 3, 4.",
            when=lambda answer: str(answer) == "2413",
        ),
        Wrong(
            "CAD",
            "Write four letters: each of A, B, C and D once.",
            when=misses("ABCD"),
        ),
        Wrong(
            "BDAC",
            "Begin with clouds 1 and 3: where $x_1$ is wide, is the loss steep or flat along $w_1$?",
            when=lambda answer: True,
        ),
    ),
    explanation="Where the features spread widely, the bowl is steep, and where they spread little it is flat. So each bowl lies across its "
    "cloud. Standardizing mends 1 and 3. It cannot mend 2 and 4, because there each feature has the same spread already.",
)


def _layer_norm(X, gamma, beta, eps):
    mean = X.mean(axis=1, keepdims=True)
    var = X.var(axis=1, keepdims=True)
    return gamma * (X - mean) / np.sqrt(var + eps) + beta


def _over_the_batch(X, gamma, beta, eps):
    return gamma * (X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + eps) + beta


def _over_everything(X, gamma, beta, eps):
    return gamma * (X - X.mean()) / np.sqrt(X.var() + eps) + beta


def _no_scale_no_shift(X, gamma, beta, eps):
    return (X - X.mean(axis=1, keepdims=True)) / np.sqrt(X.var(axis=1, keepdims=True) + eps)


def _one_less_below(X, gamma, beta, eps):
    var = X.var(axis=1, keepdims=True, ddof=1)
    return gamma * (X - X.mean(axis=1, keepdims=True)) / np.sqrt(var + eps) + beta


def _eps_outside(X, gamma, beta, eps):
    return gamma * (X - X.mean(axis=1, keepdims=True)) / (X.std(axis=1, keepdims=True) + eps) + beta


def _without_root(X, gamma, beta, eps):
    return gamma * (X - X.mean(axis=1, keepdims=True)) / (X.var(axis=1, keepdims=True) + eps) + beta


def _columns_for_rows(X, gamma, beta, eps):
    return gamma * (X - X.mean(axis=1)) / np.sqrt(X.var(axis=1) + eps) + beta


def _eps_forgotten(X, gamma, beta, eps):
    return _layer_norm(X, gamma, beta, 0.0)


layer_norm = Exercise(
    "normalization.layer_norm",
    solution=_layer_norm,
    inputs=[
        (np.array([[1.0, 7.0, 9.0, 15.0], [4.0, 4.0, 2.0, 10.0]]), np.array([2.0, 1.0, 1.0, 3.0]), np.ones(4), 0.0),
        (np.array([[1.0, 5.0, 0.0], [2.0, -1.0, 4.0], [3.0, 3.0, 0.5]]), np.array([1.0, 0.5, -2.0]), np.zeros(3), 0.25),
        (np.array([[0.5, -2.5, 3.0, 8.0, 1.0]]), np.ones(5), np.array([0.0, 1.0, -1.0, 0.5, 2.0]), 1.0),
    ],
    hints=(
        "A sample is a row. Its mean is one number a row: `X.mean(axis=1, keepdims=True)` keeps it as a column, so that each row is moved "
        "by its own number.",
        "The same with `X.var`, then the root of the variance plus ε below; γ and β have one number a feature, and numpy lines them up with the columns.",
    ),
    wrong=(
        Wrong(_over_the_batch, "These are means down the columns, over the samples: that is BatchNorm in training."),
        Wrong(
            _columns_for_rows,
            "The means are in a row here. Each *sample* has to be moved by its own number, so keep them as a column: `keepdims=True`.",
        ),
        Wrong(_over_everything, "That is one mean for the whole batch. Each sample has its own."),
        Wrong(_no_scale_no_shift, "That is normalized. Then comes γ times it, plus β."),
        Wrong(_one_less_below, "The variance has one less below. Take the mean of the squares."),
        Wrong(_eps_forgotten, "Nearly: the ε under the root is missing."),
        Wrong(_eps_outside, "Here ε is added to the standard deviation. It belongs to the variance, under the root."),
        Wrong(_without_root, "You divide by the variance; its root is missing."),
    ),
)


def _batch_norm_modes(X, running, train):
    mean, var = running["mean"], running["var"]
    if train:
        mean, var = X.mean(axis=0), X.var(axis=0)
        running = {
            "mean": 0.9 * running["mean"] + 0.1 * mean,
            "var": 0.9 * running["var"] + 0.1 * var,
        }
    return (X - mean) / np.sqrt(var + 1e-5), running


BOTH, TRAINING, EVALUATION, NEVER = (True, False), (True,), (False,), ()


def _variant(own, update, renewed=False):
    """The layer that normalizes with the batch's own numbers in the modes `own`, else with the running averages.

    It changes these in the modes `update`; renewed: it normalizes with them when they have been changed.
    """

    def batch_norm_modes(X, running, train):
        batch, old = {"mean": X.mean(axis=0), "var": X.var(axis=0)}, running
        if train in update:
            running = {key: 0.9 * old[key] + 0.1 * batch[key] for key in old}
        used = batch if train in own else running if renewed else old
        return (X - used["mean"]) / np.sqrt(used["var"] + 1e-5), running

    return batch_norm_modes


def _variants(own, update, reply):
    return [Wrong(_variant(own, update, renewed), reply) for renewed in (False, True)]


def _only_the_mean(X, running, train):
    mean, var = X.mean(axis=0) if train else running["mean"], X.var(axis=0)
    return (X - mean) / np.sqrt(var + 1e-5), _batch_norm_modes(X, running, train)[1]


def _other_shares(X, running, train):
    x_hat, new = _batch_norm_modes(X, running, train)
    if train:
        new = {"mean": 0.1 * running["mean"] + 0.9 * X.mean(axis=0), "var": 0.1 * running["var"] + 0.9 * X.var(axis=0)}
    return x_hat, new


def _values_alone(X, running, train):
    return _batch_norm_modes(X, running, train)[0]


def _averages_alone(X, running, train):
    return _batch_norm_modes(X, running, train)[1]


batch_norm_modes = Exercise(
    "normalization.batch_norm_modes",
    solution=_batch_norm_modes,
    inputs=[
        (np.array([[1.0], [5.0]]), {"mean": np.array([0.0]), "var": np.array([1.0])}, True),
        (np.array([[1.0], [5.0]]), {"mean": np.array([2.0]), "var": np.array([4.0])}, False),
        (np.array([[6.0, -1.0]]), {"mean": np.array([2.0, -4.0]), "var": np.array([16.0, 2.25])}, False),
        (
            np.array([[1.0, 2.0], [7.0, 2.5], [10.0, -3.0]]),
            {"mean": np.array([4.0, 0.0]), "var": np.array([9.0, 2.0])},
            True,
        ),
    ],
    hints=(
        "Call it with one sample, once with `train=True` and once with `train=False`. What comes out, whatever the sample is?",
        "In which lines does `train` make a difference? Where do the numbers come from that the last line uses in evaluation mode?",
    ),
    wrong=(
        Wrong(
            _variant(BOTH, TRAINING),
            "This does what the code did as it was given. Write down, for this case, every number that the last line uses.",
        ),
        Wrong(
            _variant(BOTH, BOTH),
            "Now the running averages change in both modes. They are to change in training only; and is that all?",
        ),
        Wrong(
            _variant(BOTH, EVALUATION),
            "Now the running averages change in evaluation mode. They are to change in training only; and is that all?",
        ),
        Wrong(
            _variant(BOTH, NEVER),
            "Now the running averages never change. In training they follow the batches; and is that all?",
        ),
        *_variants(
            TRAINING,
            BOTH,
            "Training mode is right. But in evaluation mode the running averages change too: they are to stay.",
        ),
        *_variants(
            TRAINING,
            EVALUATION,
            "The running averages change in the wrong mode. They follow the batches in training only.",
        ),
        Wrong(
            _variant(TRAINING, NEVER),
            "The normalized values are right. But the running averages never change: in training they follow the batches.",
        ),
        *_variants(
            NEVER,
            TRAINING,
            "Now the running averages are used in both modes. In training the batch's own numbers normalize, and the averages only watch.",
        ),
        *_variants(
            NEVER,
            BOTH,
            "Now the running averages are used in both modes, and change in both. In training the batch's own numbers normalize; "
            "in evaluation mode the averages stay.",
        ),
        *_variants(EVALUATION, TRAINING, "The two modes are swapped where the batch is normalized."),
        *_variants(EVALUATION, EVALUATION, "The two modes are swapped."),
        *(
            Wrong(alone, "Return both, with a comma, as in the starter: `return …, running`.")
            for alone in (_values_alone, _averages_alone)
        ),
        Wrong(_only_the_mean, "The mean is right in both modes. The variance has two modes as well."),
        Wrong(_other_shares, "The shares 0.9 and 0.1 of the running averages are swapped: the old average keeps 0.9."),
    ),
    explanation="In evaluation mode it used the mean and the variance of the batch that it was given. One sample alone always gave 0.",
)


def _fold(W, b, gamma, beta, mean, var, eps):
    factor = gamma / np.sqrt(var + eps)
    return W * factor, (b - mean) * factor + beta


def _fold_bias_forgotten(W, b, gamma, beta, mean, var, eps):
    factor = gamma / np.sqrt(var + eps)
    return W * factor, beta - mean * factor


def _fold_mean_not_scaled(W, b, gamma, beta, mean, var, eps):
    factor = gamma / np.sqrt(var + eps)
    return W * factor, b * factor - mean + beta


def _fold_bias_not_scaled(W, b, gamma, beta, mean, var, eps):
    factor = gamma / np.sqrt(var + eps)
    return W * factor, b - mean * factor + beta


def _fold_without_root(W, b, gamma, beta, mean, var, eps):
    factor = gamma / (var + eps)
    return W * factor, (b - mean) * factor + beta


def _fold_without_gamma(W, b, gamma, beta, mean, var, eps):
    factor = 1 / np.sqrt(var + eps)
    return W * factor, (b - mean) * factor + beta


def _fold_weights_alone(W, b, gamma, beta, mean, var, eps):
    return W, (b - mean) * gamma / np.sqrt(var + eps) + beta


def _fold_mean_added(W, b, gamma, beta, mean, var, eps):
    factor = gamma / np.sqrt(var + eps)
    return W * factor, (b + mean) * factor + beta


def _fold_without_beta(W, b, gamma, beta, mean, var, eps):
    factor = gamma / np.sqrt(var + eps)
    return W * factor, (b - mean) * factor


def _fold_without_mean(W, b, gamma, beta, mean, var, eps):
    factor = gamma / np.sqrt(var + eps)
    return W * factor, b * factor + beta


def _fold_without_mean_and_beta(W, b, gamma, beta, mean, var, eps):
    factor = gamma / np.sqrt(var + eps)
    return W * factor, b * factor


def _fold_bias_as_it_was(W, b, gamma, beta, mean, var, eps):
    return W * gamma / np.sqrt(var + eps), b


def _fold_without_eps(W, b, gamma, beta, mean, var, eps):
    factor = gamma / np.sqrt(var)
    return W * factor, (b - mean) * factor + beta


def _fold_at(W, b, gamma, beta, mean, var, eps):
    factor = gamma / np.sqrt(var + eps)
    return W @ factor, (b - mean) * factor + beta


def _fold_only_weights(W, b, gamma, beta, mean, var, eps):
    return _fold(W, b, gamma, beta, mean, var, eps)[0]


def _fold_only_bias(W, b, gamma, beta, mean, var, eps):
    return _fold(W, b, gamma, beta, mean, var, eps)[1]


def _fold_rows(W, b, gamma, beta, mean, var, eps):
    factor = gamma / np.sqrt(var + eps)
    return W * factor[:, None], (b - mean) * factor + beta


fold = Exercise(
    "normalization.fold",
    solution=_fold,
    inputs=[
        (*map(np.array, ([[1.0, 2.0], [3.0, 4.0]], [3.0, 0.0], [4.0, 3.0], [1.0, 0.5], [1.0, 2.0], [4.0, 1.0])), 0.0),
        (
            np.array([[2.0, -1.0], [0.5, 4.0], [1.0, 3.0]]),
            *map(np.array, ([0.5, -2.0], [1.5, -1.0], [-1.0, 2.0], [3.0, -0.5], [2.0, 6.0])),
            0.25,
        ),
        (
            np.array([[-1.0, 0.0, 2.5]]),
            *map(np.array, ([1.0, 2.0, 3.0], [0.5, 1.0, 2.0], [0.0, 1.0, -1.0], [0.1, -0.2, 0.3], [0.5, 1.5, 0.01])),
            1e-5,
        ),
    ],
    hints=(
        "In evaluation mode the layer takes $z = xW + b$ to $a·(z − μ) + β$, with $a = γ/\\sqrt{σ^2 + ε}$: one fixed number for each column. Multiply out.",
        "$a·(xW + b − μ) + β$: what stands with $x$ is the new weights, the rest is the new bias. `W * a` multiplies each column of `W` by its own number.",
    ),
    wrong=(
        Wrong(_fold_bias_forgotten, "The weights are right. The old bias $b$ is missing in the new one."),
        Wrong(_fold_mean_not_scaled, "The weights are right. In the bias the running mean has to be scaled too."),
        Wrong(_fold_bias_not_scaled, "The weights are right. In the bias the old $b$ has to be scaled too."),
        Wrong(_fold_without_root, "You divide by the variance; its root is missing."),
        Wrong(_fold_without_gamma, "The γ is missing."),
        Wrong(_fold_weights_alone, "The bias is right. The weights have to be scaled too."),
        Wrong(_fold_mean_added, "The running mean is subtracted, not added."),
        Wrong(_fold_without_beta, "The β is missing."),
        Wrong(_fold_without_mean, "The weights are right. The running mean is missing in the bias."),
        Wrong(_fold_without_mean_and_beta, "The weights are right. In the bias the running mean and β are missing."),
        Wrong(_fold_bias_as_it_was, "The weights are right. The bias changes too."),
        *(
            Wrong(alone, "Return both, with a comma: `return new_W, new_b`.")
            for alone in (_fold_only_weights, _fold_only_bias)
        ),
        Wrong(_fold_at, "`@` adds up. Each column of W is to be multiplied by its own number: `*`."),
        Wrong(
            _fold_rows,
            "In the weights, the rows are scaled. Each *column* of W belongs to one feature, and so to one γ and one σ.",
            when=lambda value: np.allclose(
                value[0], [[2, 4], [9, 12]]
            ),  # in the first case; the second ends in an error
        ),
        Wrong(_fold_without_eps, "Nearly: the ε under the root is missing."),
    ),
    explanation="So in evaluation mode BatchNorm after a dense layer costs nothing: it can be folded into the layer's numbers, once, after training.",
)
