"""Exercises of the chapter on normalization."""

import numpy as np

from dlcore.exercises import Exercise, Wrong, spells

by_hand = Exercise(
    "normalization.by_hand",
    solution=np.array([-5.0, -1.0, -1.0, 11.0]),
    observe=np.ravel,  # a column, as BatchNorm gives it, is right too
    atol=5e-3,
    hints=(
        "The mean is 5. What are the distances from it, and the mean of their squares?",
        "The variance is 9, so divide the distances −3, −1, −1, 5 by 3. Then times 6, then plus 1.",
    ),
    wrong=(
        Wrong(
            np.array([-1.0, -1 / 3, -1 / 3, 5 / 3]),
            "These are the normalized values. Then the layer scales them by γ and shifts them by β.",
        ),
        Wrong(
            np.array([-1.0, 1 / 3, 1 / 3, 13 / 3]),
            "You divided by the variance. Divide by its root, the standard deviation.",
        ),
        Wrong(
            np.array([-4.19615, -0.73205, -0.73205, 9.66025]),
            "That is the variance with 3 below, one less than the batch. BatchNorm normalizes with the mean of all 4 squares.",
        ),
        Wrong(np.array([0.0, 4.0, 4.0, 16.0]), "The order: first times γ, then plus β."),
        Wrong(np.array([-17.0, -5.0, -5.0, 31.0]), "Was anything divided by the standard deviation?"),
        Wrong(np.array([-6.0, -2.0, -2.0, 10.0]), "Scaled by γ, but β is missing."),
    ),
    explanation="Mean 5, variance (9 + 1 + 1 + 25)/4 = 9, standard deviation 3.",
)


def _scale_new(train, new):
    std = train.std(axis=0)
    std[std == 0] = 1
    return (new - train.mean(axis=0)) / std


def _scale_by_its_own(train, new):
    return _scale_new(new, new)


def _scale_with_all(train, new):
    return _scale_new(np.concatenate([train, new]), new)


def _scale_the_training_data(train, new):
    return _scale_new(train, train)


def _scale_by_one_number(train, new):
    return (new - train.mean()) / train.std()


def _scale_by_the_variance(train, new):
    var = train.var(axis=0)
    return (new - train.mean(axis=0)) / np.where(var == 0, 1, var)


def _scale_one_less_below(train, new):
    std = train.std(axis=0, ddof=1)
    return (new - train.mean(axis=0)) / np.where(std == 0, 1, std)


def _scale_without_the_zero(train, new):
    with np.errstate(divide="ignore", invalid="ignore"):
        return (new - train.mean(axis=0)) / train.std(axis=0)


def _scale_with_a_tiny_number(train, new):
    return (new - train.mean(axis=0)) / (train.std(axis=0) + 1e-8)


def _scale_mean_kept(train, new):
    std = train.std(axis=0)
    return new / np.where(std == 0, 1, std)


def _scale_min_max(train, new):
    width = np.ptp(train, axis=0)
    return (new - train.min(axis=0)) / np.where(width == 0, 1, width)


scale_new = Exercise(
    "normalization.scale_new",
    solution=_scale_new,
    inputs=[
        (np.array([[1.0, 100.0], [3.0, 300.0], [3.0, 300.0], [9.0, 900.0]]), np.array([[10.0, 700.0]])),
        (np.array([[2.0, -1.0], [3.0, 0.5], [7.0, 2.0]]), np.array([[1.0, 4.0], [2.5, 0.0]])),
        (np.array([[4.0, 1.0, 0.5], [4.0, 6.0, 2.0]]), np.array([[4.0, 3.0, 1.0], [6.0, 0.0, -1.0], [3.5, 8.0, 0.0]])),
    ],
    hints=(
        "Which of the two tables may you take the means and the standard deviations from? One number for each feature: `axis=0`.",
        "`std = train.std(axis=0)`, then `std[std == 0] = 1`; subtract the training means from `new` and divide by `std`.",
    ),
    wrong=(
        Wrong(
            _scale_by_its_own,
            "You scaled the new samples with numbers of their own. The model has learned with the training data's.",
        ),
        Wrong(
            _scale_with_all, "Your means are over both tables together. The numbers come from the training data only."
        ),
        Wrong(
            _scale_the_training_data,
            "These are the training samples, scaled. The *new* ones are wanted, with the same numbers.",
        ),
        Wrong(_scale_by_one_number, "That is one mean for the whole table. Each feature has its own."),
        Wrong(_scale_by_the_variance, "You divide by the variance; its root is missing."),
        Wrong(
            _scale_one_less_below, "The variance has one less below. Take the mean of the squares, as the chapter does."
        ),
        Wrong(_scale_without_the_zero, "Nearly: a feature with σ = 0 is to be divided by 1."),
        Wrong(
            _scale_with_a_tiny_number,
            "With σ = 0 this divides by a tiny number, and a new sample that differs there becomes gigantic. Divide by 1 in that place.",
        ),
        Wrong(_scale_mean_kept, "Divided by the standard deviation, but the mean has not been subtracted."),
        Wrong(_scale_min_max, "That is min–max scaling. Standardization takes mean and standard deviation."),
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
        running = {"mean": 0.9 * running["mean"] + 0.1 * mean, "var": 0.9 * running["var"] + 0.1 * var}
    return (X - mean) / np.sqrt(var + 1e-5), running


def _as_given(X, running, train):
    mean, var = X.mean(axis=0), X.var(axis=0)
    if train:
        running = {"mean": 0.9 * running["mean"] + 0.1 * mean, "var": 0.9 * running["var"] + 0.1 * var}
    return (X - mean) / np.sqrt(var + 1e-5), running


def _running_always(X, running, train):
    x_hat = (X - running["mean"]) / np.sqrt(running["var"] + 1e-5)
    return x_hat, _as_given(X, running, train)[1]


def _renewed_running_always(X, running, train):
    running = _as_given(X, running, train)[1]
    return (X - running["mean"]) / np.sqrt(running["var"] + 1e-5), running


def _averages_in_both(X, running, train):
    return _batch_norm_modes(X, running, train)[0], _as_given(X, running, True)[1]


def _given_and_averages_in_both(X, running, train):
    return _as_given(X, running, train)[0], _as_given(X, running, True)[1]


def _modes_swapped(X, running, train):
    return _batch_norm_modes(X, running, not train)[0], _as_given(X, running, train)[1]


def _only_the_mean(X, running, train):
    mean, var = X.mean(axis=0) if train else running["mean"], X.var(axis=0)
    return (X - mean) / np.sqrt(var + 1e-5), _as_given(X, running, train)[1]


def _other_shares(X, running, train):
    x_hat, new = _batch_norm_modes(X, running, train)
    if train:
        new = {"mean": 0.1 * running["mean"] + 0.9 * X.mean(axis=0), "var": 0.1 * running["var"] + 0.9 * X.var(axis=0)}
    return x_hat, new


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
            _as_given,
            "This does what the code did as it was given. Write down, for this case, every number that the last line uses.",
        ),
        Wrong(
            _running_always,
            "Now the running averages are used in both modes. In training the batch's own numbers normalize.",
        ),
        Wrong(
            _renewed_running_always,
            "Now the running averages are used in both modes. In training the batch's own numbers normalize, and the averages only watch.",
        ),
        Wrong(
            _averages_in_both,
            "The normalized values are right. But the running averages changed in evaluation mode too.",
        ),
        Wrong(
            _given_and_averages_in_both,
            "Now the running averages change in both modes. They are to change in training only; and is that all?",
        ),
        Wrong(_modes_swapped, "The two modes are swapped."),
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


def _fold_without_eps(W, b, gamma, beta, mean, var, eps):
    factor = gamma / np.sqrt(var)
    return W * factor, (b - mean) * factor + beta


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
        Wrong(_fold_without_eps, "Nearly: the ε under the root is missing."),
    ),
    explanation="So in evaluation mode BatchNorm after a dense layer costs nothing: it can be folded into the layer's numbers, once, after training.",
)
