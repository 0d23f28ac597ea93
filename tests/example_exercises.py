"""One small exercise for each kind of answer: what the tests of the checker check, whatever chapters there are."""

import numpy as np

from dlcore.exercises import Exercise, Wrong


def _weighted_sum(x, w, b):
    """Σ wᵢxᵢ + b"""
    return np.dot(w, x) + b


def _forgot_bias(x, w, b):
    return np.dot(w, x)


def _in_place(x, w, b):
    x *= w
    return x.sum() + b


weighted_sum = Exercise(
    "example.weighted_sum",
    solution=_weighted_sum,
    inputs=lambda rng: [
        (np.array([1.0, 2.0]), np.array([0.5, -1.0]), 0.25),
        (rng.normal(size=3), rng.normal(size=3), rng.normal()),
    ],
    hints=("Multiply, then add.", "`np.dot(w, x)`, and then $b$."),
    wrong=(
        Wrong(_forgot_bias, "That is the sum without the bias."),
        Wrong(_in_place, "`*=` writes into the input itself."),
    ),
    seconds=0.2,
)


def _update(W, grads, lr):
    return W - lr * grads["W"], {"steps": 1}


def _uphill(W, grads, lr):
    return W + lr * grads["W"], {"steps": 1}


def _by_hand(W, grads, lr):
    return W - lr * grads["weights"], {"steps": 1}


update = Exercise(  # an array and a dictionary in a tuple; a mistake that raises
    "example.update",
    solution=_update,
    inputs=[(np.ones((2, 3)), {"W": np.arange(6.0).reshape(2, 3)}, 0.5)],
    hints=("Against the slope.", "`W - lr * grads['W']`"),
    wrong=(Wrong(_uphill, "That climbs: subtract."), Wrong(_by_hand, "The gradient's key is `W`.")),
    seconds=0.2,
)


class _Counter:
    def __init__(self, start):
        self.count = start

    def step(self):
        self.count += 1
        return self.count


class _Stuck(_Counter):
    def step(self):
        return self.count + 1


class _FromZero(_Counter):
    def __init__(self, start):
        self.count = 0


counter = Exercise(  # a class
    "example.counter",
    solution=_Counter,
    inputs=[3, 10],
    observe=lambda Counter, start: [(made := Counter(start)).step(), made.step()],
    hints=("Keep the count in `self`.", "`self.count += 1`"),
    wrong=(Wrong(_Stuck, "The count is never kept."), Wrong(_FromZero, "It starts at `start`.")),
    seconds=0.2,
)

slope = Exercise(  # a number
    "example.slope",
    solution=0.25,
    atol=5e-4,
    hints=("Where is σ steepest?", "At 0, where σ = ½."),
    wrong=(Wrong(0.5, "That is σ(0) itself."), Wrong(1.0, "That is the slope of tanh.")),
    explanation="σ′(0) = ½ · ½.",
    seconds=0.2,
)

shape = Exercise(  # an array
    "example.shape",
    solution=np.array([[1.0, 2.0], [3.0, 4.0]]),
    hints=("Rows are samples.", "Two rows, two columns."),
    wrong=(
        Wrong(np.array([[1.0, 3.0], [2.0, 4.0]]), "Rows and columns are swapped."),
        Wrong(np.zeros((2, 2)), "These are all zero."),
    ),
    seconds=0.2,
)

line = Exercise(  # text
    "example.line",
    solution="b",
    hints=("Read each line aloud.", "It is neither a nor c."),
    wrong=(Wrong("a", "Line a only imports."), Wrong("c", "Line c is right.")),
    seconds=0.2,
)


class Net:
    """Stands for a network: its one weight has to be near 2."""

    def __init__(self, w):
        self.w = w

    def error(self):
        return abs(self.w - 2)


def _train():
    return Net(2.001)


train = Exercise(  # a made object, judged by a criterion
    "example.train",
    solution=_train,
    made=True,
    observe=lambda net: net.error(),
    accept=lambda error: error < 0.01,
    expect="an error below 0.01",
    hints=("Train.", "Train for longer."),
    wrong=(
        Wrong(lambda: Net(0.0), "It has not learned at all.", when=lambda error: error == 2),
        Wrong(lambda: Net(1.9), "It has not learned for long enough.", when=lambda error: error < 0.5),
    ),
    seconds=0.2,
)
