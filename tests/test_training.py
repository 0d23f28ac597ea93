"""fit: does it learn, does it repeat, and does it do with each option what it says?"""

import io

import numpy as np
import pytest

from dlcore import (
    L2,
    SGD,
    Adam,
    BatchNorm,
    Dense,
    Dropout,
    EarlyStopping,
    Sequential,
    StepDecay,
    accuracy,
    clip_by_norm,
    digits,
    fit,
    gate,
    moons,
    mse,
    relu,
    sigmoid_cross_entropy,
    softmax_cross_entropy,
    stratified_split,
    tanh,
)
from dlcore.progress import Bar


def rng(seed=0):
    return np.random.default_rng(seed)


def small(seed=0, dtype=float):
    g = rng(seed)
    return Sequential([Dense(2, 16, rng=g, dtype=dtype), relu, Dense(16, 2, rng=g, dtype=dtype)])


def line(n=40):
    X = rng(7).standard_normal((n, 2))
    return X, X @ [[2.0], [-1.0]] + 0.5


SETTINGS = {"epochs": 5, "batch_size": 8}


def test_learns_a_line_exactly():
    net, (X, t) = Dense(2, 1, rng=rng()), line()
    history = fit(net, mse, SGD(0.1), X, t, epochs=200, batch_size=10, rng=rng())
    assert net.params["W"] == pytest.approx(np.array([[2.0], [-1.0]]), abs=1e-6)
    assert net.params["b"] == pytest.approx([0.5], abs=1e-6)
    assert len(history) == 200 and history.loss[-1] < 1e-12 < history.loss[0]


def test_learns_xor():
    X, t = gate("XOR")
    net = Sequential([Dense(2, 8, rng=rng()), tanh, Dense(8, 1, rng=rng(1))])
    fit(net, sigmoid_cross_entropy, Adam(0.05), X, t[:, np.newaxis], epochs=200, batch_size=4, rng=rng())
    assert accuracy(net.forward(X), t, threshold=0) == 1


def test_digits_reach_their_accuracy():
    """64-64-10 with Adam, 50 epochs, on a stratified fifth of the digits kept for testing: five seeds."""
    X, t = digits(scale=True)
    train, (X_test, t_test) = stratified_split(X, t, test=0.2, rng=rng())
    accuracies = []
    for seed in range(5):
        g = rng(seed)
        net = Sequential([Dense(64, 64, rng=g), relu, Dense(64, 10, rng=g)])
        fit(net, softmax_cross_entropy, Adam(0.003), *train, epochs=50, batch_size=32, rng=g)
        accuracies.append(accuracy(net.forward(X_test), t_test))
    assert np.mean(accuracies) >= 0.973, accuracies


def test_each_sample_keeps_its_target():
    """Every sample has its own output to hit, and only a training that keeps the pairs hits them all."""
    X, t = np.eye(12), rng(1).permutation(12)
    net = Dense(12, 12, init="zeros")
    fit(net, softmax_cross_entropy, SGD(5.0), X, t, epochs=60, batch_size=5, rng=rng())
    assert net.forward(X).argmax(axis=1).tolist() == t.tolist()


def test_every_sample_is_seen_once_an_epoch_in_a_new_order():
    seen = []

    class Spy(Dense):
        def forward(self, x, train=False):
            if train:
                seen.append(x[:, 0])
            return super().forward(x, train)

    X = np.arange(10.0)[:, np.newaxis]
    fit(Spy(1, 1, init="zeros"), mse, SGD(1e-9), X, X, epochs=2, batch_size=4, rng=rng())
    assert [len(batch) for batch in seen] == [4, 4, 2, 4, 4, 2]
    first, second = np.concatenate(seen[:3]).tolist(), np.concatenate(seen[3:]).tolist()
    assert sorted(first) == sorted(second) == X[:, 0].tolist() and first != second


def test_one_step_is_the_gradient_of_the_mean_over_the_batch():
    X, t = line()
    net = Dense(2, 1, init="zeros")
    fit(net, mse, SGD(0.1), X, t, epochs=1, batch_size=40, rng=rng())
    assert net.params["W"] == pytest.approx(0.1 * 2 / 40 * X.T @ t)


def test_the_same_generators_give_the_same_training():
    X, t = moons(60, rng=rng())

    def run(seed):
        g = rng(seed)
        net = Sequential([Dense(2, 8, rng=g), BatchNorm(8), relu, Dropout(0.2, rng=g), Dense(8, 2, rng=g)])
        return fit(net, softmax_cross_entropy, Adam(0.01), X, t, **SETTINGS, rng=g).loss

    assert np.array_equal(run(0), run(0)) and not np.array_equal(run(0), run(1))


def test_data_are_left_alone():
    X, t = moons(40, rng=rng())
    kept = X.copy(), t.copy()
    fit(small(), softmax_cross_entropy, Adam(0.01), X, t, **SETTINGS, rng=rng(), validation=(X, t))
    assert np.array_equal(X, kept[0]) and np.array_equal(t, kept[1])


def test_history_holds_what_was_asked_for():
    X, t = moons(40, rng=rng())
    options = {"validation": (X, t), "metric": accuracy, "schedule": StepDecay(0.1, every=2)}
    optimizer = SGD(0.5)
    history = fit(small(), softmax_cross_entropy, optimizer, X, t, **SETTINGS, rng=rng(), **options)
    assert len(history.loss) == len(history.metric) == len(history.val_loss) == len(history.val_metric) == 5
    assert history.lr == pytest.approx([0.1, 0.1, 0.01, 0.01, 0.001]) and optimizer.lr == pytest.approx(0.001)
    plain = fit(small(), softmax_cross_entropy, SGD(0.5), X, t, **SETTINGS, rng=rng())
    assert len(plain.metric) == len(plain.val_loss) == len(plain.val_metric) == 0


def test_recorded_numbers_are_right():
    """With a step too small to change anything, training and validation on the same data agree with the loss itself."""
    X, t = moons(41, rng=rng())
    net = small()
    expected = softmax_cross_entropy(net.forward(X), t), accuracy(net.forward(X), t)
    options = {"validation": (X, t), "metric": accuracy}
    history = fit(net, softmax_cross_entropy, SGD(1e-15), X, t, epochs=1, batch_size=8, rng=rng(), **options)
    assert (history.loss.item(), history.metric.item()) == pytest.approx(expected)
    assert (history.val_loss.item(), history.val_metric.item()) == pytest.approx(expected)


def test_validation_is_judged_outside_training():
    X, t = moons(40, rng=rng())
    net = Sequential([small(), Dropout(0.5, rng=rng())])
    history = fit(net, softmax_cross_entropy, SGD(0.1), X, t, epochs=1, batch_size=8, rng=rng(), validation=(X, t))
    assert history.val_loss.item() == softmax_cross_entropy(net.forward(X), t)


def test_penalty_shrinks_the_weights():
    X, t = line()
    plain, pulled = Dense(2, 1, init="zeros"), Dense(2, 1, init="zeros")
    fit(plain, mse, SGD(0.1), X, t, epochs=100, batch_size=40, rng=rng())
    history = fit(pulled, mse, SGD(0.1), X, t, epochs=100, batch_size=40, rng=rng(), penalty=L2(1.0))
    assert np.linalg.norm(pulled.params["W"]) < 0.8 * np.linalg.norm(plain.params["W"])
    gradient = 2 / 40 * X.T @ (pulled.forward(X) - t)
    assert gradient == pytest.approx(-1.0 * pulled.params["W"], abs=1e-4)  # the two forces balance
    assert history.loss[-1] == pytest.approx(mse(pulled.forward(X), t), rel=1e-3)  # the loss on the data alone


def test_a_penalty_does_the_same_in_a_network():
    X, t = line()
    alone, inside = Dense(2, 1, init="zeros"), Sequential([Dense(2, 1, init="zeros")])
    for net in (alone, inside):
        fit(net, mse, SGD(0.1), X, t, epochs=5, batch_size=8, rng=rng(), penalty=L2(1.0))
    assert np.array_equal(inside.params["0.W"], alone.params["W"])


def test_clipping_limits_the_step():
    X, t = line()
    net = small()
    before = net.vectors()[0]["all"].copy()
    Y = np.concatenate([t, t], axis=1)
    clip = {"clip": lambda grads: clip_by_norm(grads, 0.01)}
    fit(net, mse, SGD(1.0), X, Y, epochs=1, batch_size=40, rng=rng(), **clip)
    assert np.linalg.norm(net.vectors()[0]["all"] - before) == pytest.approx(0.01)


def test_early_stopping_gives_back_the_best_network():
    X, t = moons(60, noise=0.4, rng=rng())
    net, stopping = small(), EarlyStopping(patience=3)
    validation = moons(60, noise=0.4, rng=rng(1))
    options = {"validation": validation, "early_stopping": stopping}
    history = fit(net, softmax_cross_entropy, Adam(0.05), X, t, epochs=200, batch_size=8, rng=rng(), **options)
    assert len(history) < 200 and stopping.best_epoch == history.val_loss.argmin() == len(history) - 4
    X_val, t_val = validation
    assert softmax_cross_entropy(net.forward(X_val), t_val) == pytest.approx(history.val_loss.min())


def test_float32_stays_float32():
    X, t = moons(40, rng=rng())
    net = small(dtype=np.float32)
    history = fit(net, softmax_cross_entropy, Adam(0.01), X, t, **SETTINGS, rng=rng())
    assert net.forward(X).dtype == np.float32 and net.grads["0.W"].dtype == np.float32
    double = fit(small(), softmax_cross_entropy, Adam(0.01), X, t, **SETTINGS, rng=rng())
    assert history.loss == pytest.approx(double.loss, rel=1e-4)


def test_training_goes_on_with_the_same_optimizer():
    X, t = moons(40, rng=rng())
    net, optimizer = small(), Adam(0.01)
    fit(net, softmax_cross_entropy, optimizer, X, t, **SETTINGS, rng=rng())
    fit(net, softmax_cross_entropy, optimizer, X, t, **SETTINGS, rng=rng())
    assert optimizer.t == 2 * 5 * 5
    with pytest.raises(ValueError, match="make a new one for another"):
        fit(Dense(2, 2, rng=rng()), softmax_cross_entropy, optimizer, X, t, **SETTINGS, rng=rng())


def test_errors():
    X, t = moons(10, rng=rng())

    def run(net=None, loss=softmax_cross_entropy, X=X, t=t, **changed):
        settings = {**SETTINGS, "rng": rng(), **changed}
        return fit(net or small(), loss, SGD(0.1), X, t, **settings)

    with pytest.raises(ValueError, match="epochs to be a whole number of at least 1, got 0"):
        run(epochs=0)
    with pytest.raises(ValueError, match=r"batch_size to be a whole number of at least 1, got 2.5"):
        run(batch_size=2.5)
    with pytest.raises(ValueError, match="rng to be a numpy Generator, got None"):
        run(rng=None)
    with pytest.raises(ValueError, match="X to be finite, got 2 NaN"):
        run(X=np.where(np.arange(20).reshape(10, 2) < 2, np.nan, X))
    with pytest.raises(ValueError, match=r"one target a sample, got inputs of shape \(10, 2\) .* \(9,\)"):
        run(t=t[:-1])
    with pytest.raises(ValueError, match=r"one target a sample, .*shape \(\)"):
        run(t=1)
    with pytest.raises(ValueError, match=r"at least one sample and one feature, got inputs of shape \(0, 2\)"):
        run(X=X[:0], t=t[:0])
    with pytest.raises(ValueError, match="labels from 0 to 1, got labels from 0 to 2"):
        run(t=t * 2)
    with pytest.raises(ValueError, match=r"shape \(N, 2\) .* for Dense\(2, 16\)"):
        run(X=np.ones((10, 3)))
    with pytest.raises(ValueError, match=r"validation=\(X, t\) with early_stopping, got none"):
        run(early_stopping=EarlyStopping())
    with pytest.raises(ValueError, match=r"network with parameters, got Sequential\(\[relu\]\)"):
        run(net=Sequential([relu]))
    with pytest.raises(ValueError, match=r"penalty to be an L1 or L2, got 0\.01: .* penalty=L2\(0\.01\)"):
        run(penalty=0.01)
    with pytest.raises(ValueError, match="penalty to be an L1 or L2, got <class"):
        run(penalty=L2)
    with pytest.raises(ValueError, match=r"scheduled learning rate to be in \(0, inf\), got 0"):
        run(schedule=lambda epoch: 0)


def test_divergence_is_reported():
    X, t = line()
    with pytest.raises(ValueError, match=r"finite loss, got (inf|nan): .* lower the learning rate"):
        fit(Dense(2, 1, rng=rng()), mse, SGD(100.0), X, t, epochs=200, batch_size=4, rng=rng())


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_bar_on_a_terminal():
    screen = Terminal()
    bar = Bar(4, stream=screen)
    bar.show(1, 0.5)
    bar.show(4, 0.25)
    bar.close()
    assert screen.getvalue() == ("\r[#####...............] 1/4 loss 0.5000\r[####################] 4/4 loss 0.2500\n")


def test_progress_is_silent_where_outputs_are_stored_or_when_told(capsys, monkeypatch):
    X, t = moons(10, rng=rng())
    fit(small(), softmax_cross_entropy, SGD(0.1), X, t, **SETTINGS, rng=rng())
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr("sys.stderr", Terminal())
    fit(small(), softmax_cross_entropy, SGD(0.1), X, t, **SETTINGS, rng=rng(), progress=False)
    assert capsys.readouterr() == ("", "")
    screen = Bar(1).stream
    assert screen.getvalue() == ""
    fit(small(), softmax_cross_entropy, SGD(0.1), X, t, **SETTINGS, rng=rng())
    assert screen.getvalue().endswith("\n") and " 5/5 loss" in screen.getvalue()
