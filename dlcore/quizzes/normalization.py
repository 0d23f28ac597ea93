"""Quiz of the chapter on normalization."""

import numpy as np

from dlcore.figures import normalization as figures
from dlcore.layers import Dense
from dlcore.network import Sequential
from dlcore.normalization import BatchNorm, LayerNorm
from dlcore.quizzes import NumberAnswer, OneChoice, Quiz, SeveralChoices

ZIGZAG = (25, 0.03)  # unit of width in mm, η


def _zigzag(ax):
    figures.draw_bowl(ax, ZIGZAG[0])
    figures.draw_path(ax, figures.descent(*ZIGZAG))
    ax.set(xlabel="$w_1$", ylabel="$w_2$")


def _which_is_larger():
    across = np.diff(np.sign(np.diff(figures.descent(*ZIGZAG), axis=0)), axis=0) != 0
    return "ab"[int(np.argmax(across.sum(axis=0)))]  # the weight that turns round is the steep one


PLACE, SIZE = 2.0, 3


def _three_in_a_batch(ax):
    figures.small_batches(ax, SIZE, PLACE)


def _which_size():
    edge = np.abs(figures.normalized(SIZE, PLACE)).max()
    fits = [np.isclose(edge, np.sqrt(n - 1), atol=1e-3) for n in (2, 3, 32)]
    return "abc"[fits.index(True)]


def _what_changes():
    rng = np.random.default_rng(0)
    X, other = rng.normal(size=(6, 3)), rng.normal(size=(6, 3))
    other[0] = X[0]

    def output(W=1.0, b=0.0, gamma=1.0, X=X):
        net = Sequential([Dense(3, 4, rng=np.random.default_rng(1)), LayerNorm(4, eps=1e-12)])
        net.params["0.W"][...] *= W
        net.params["0.b"][...] += b
        net.params["1.gamma"][...] *= gamma
        return net.forward(X, train=True)[0]

    tried = {
        "a": output(b=5),
        "b": output(b=np.array([5, 0, 0, 0])),
        "c": output(W=2),
        "d": output(X=other),
        "e": output(gamma=2),
    }
    return "".join(letter for letter, y in tried.items() if not np.allclose(y, output()))


def _sent_back():
    layer = BatchNorm(1)
    layer.params["gamma"][...] = 2
    layer.forward([[1.0], [7.0], [9.0], [15.0]], train=True)
    return np.abs(layer.backward(np.ones((4, 1)))).max()


quiz = Quiz(
    "normalization",
    [
        OneChoice(
            "Two features, both with mean 0 and independent of each other. Gradient descent took this path. Which feature has the larger numbers?",
            {
                "$x_1$": "Then $w_1$ would be the steep direction, and the jumps would go to and fro along $w_1$.",
                "$x_2$": "The loss is steep along $w_2$ because each change of $w_2$ is multiplied by a large $x_2$. There the step is too long; along $w_1$ it is short.",
                "neither": "Then the lines of equal loss would be circles.",
            },
            right="b",
            figure=_zigzag,
            alt="Ellipses, four times as long along w₁ as along w₂. A path jumps to and fro along w₂ and creeps along w₁.",
            proof=_which_is_larger,
        ),
        NumberAnswer(
            "A network 64-100-50-10 gets a BatchNorm behind each of its two hidden dense layers. How many numbers do the two BatchNorms learn by gradient descent?",
            300,
            reply="A γ and a β for each of 150 features.",
            replies={
                600: "The running averages are no parameters: no gradient moves them.",
                150: "Each of the 150 features has a γ and a β.",
                4: "Each feature has a γ and a β of its own.",
                200: "That is the first of the two.",
                320: "The ten outputs have none.",
            },
            proof=lambda: BatchNorm(100).n_params + BatchNorm(50).n_params,
        ),
        OneChoice(
            "A sample stands two standard deviations above the mean of all data. This is what BatchNorm made of it in 2000 training batches. How "
            "large were the batches?",
            {
                "2": "In a batch of two there is only −1 and +1.",
                "3": "No normalized value can be larger than $\\sqrt{N−1}$, and here the end is at 1.41.",
                "32": "Then the values would lie around 2, on both sides of it.",
            },
            right="b",
            figure=_three_in_a_batch,
            alt="A histogram that rises slowly from 0, then steeply, and breaks off at about 1.4, at its highest. A dashed line stands at 2, outside.",
            proof=_which_size,
        ),
        SeveralChoices(
            "A sample goes through a dense layer and then *LayerNorm* (ε is negligible, the dense layer's biases are 0). What changes its output?",
            {
                "adding 5 to every bias of the dense layer": "All features of the sample rise by 5, their mean rises by 5, and it is subtracted.",
                "adding 5 to a single bias of the dense layer": "One feature rises against the others. Before a BatchNorm a bias is idle; before a LayerNorm it is not.",
                "doubling all weights of the dense layer": "All its features double, and so does their standard deviation, which divides.",
                "other samples in the batch": "LayerNorm looks at one sample at a time.",
                "doubling γ": "γ comes after the normalization.",
            },
            right="be",
            proof=_what_changes,
        ),
        NumberAnswer(
            "Back through BatchNorm: a batch of four, γ = 2, β = 0, and the loss is the plain sum of the four outputs of one feature. What is the gradient for each of the four inputs?",
            0,
            tol=1e-9,
            reply="The normalized values of a batch always add up to 0, so no input can change that sum.",
            replies={
                1: "That is the gradient for each *output*. Which changes of the inputs can change the sum of the outputs?",
                2: "That is the gradient for each *normalized* value. It still has to go back through the spread and the mean.",
                4: "That is the gradient for β. Asked is the one for the inputs.",
            },
            proof=_sent_back,
        ),
        NumberAnswer(
            "From the chapter on gradient descent: on $aw^2$ it converges for η below $1/a$. A feature has mean 0 and standard deviation 2. Somebody adds 6 to all its "
            "values. By which factor does that multiply the limit of η for its weight (alone, without a bias, in a linear neuron with squared loss)?",
            0.1,
            tol=1e-6,
            reply="$a = σ^2 + μ^2$ was 4 and is 40.",
            replies={
                10: "$a$ becomes ten times as large. Has η to rise or to fall?",
                1: "The spread stays the same, but $a$ is the mean of the *squared* feature.",
                0.25: "What is the mean of the squared feature, before and after?",
                0.01: "The numbers do not become ten times as large; their mean square does.",
            },
            proof=lambda: np.mean(np.square([-2, 2])) / np.mean(np.square([4, 8])),
        ),
    ],
)
