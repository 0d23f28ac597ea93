"""Quiz of the chapter on optimizers."""

import numpy as np

from dlcore.figures import optimizers as figures
from dlcore.layers import Dense
from dlcore.network import Sequential
from dlcore.optimizers import Adam
from dlcore.quizzes import NumberAnswer, OneChoice, Quiz, SeveralChoices


def _change_after_two():
    w, rule = np.zeros(1), Adam(lr=0.03)
    for _ in range(2):
        rule.step({"w": w}, {"w": np.array([-250_000.0])})
    return w.item()


def _bigger_rate_or_momentum():
    momentum = figures.path_of("valley", "Momentum", 100, lr=0.02)
    bigger = figures.path_of("valley", "SGD", 100, lr=0.2)
    return "b" if len(bigger) < 101 and figures.valley(momentum[-1]) < 1e-2 else "no choice is right"


def _falling_strides(ax):
    figures.stride(ax, "RMSprop", 10.0)


def _which_strides():
    shown = figures.strides("RMSprop", 10.0)
    choices = ("Momentum", "Adagrad", "RMSprop", "Adam")
    return "abcd"[[np.array_equal(figures.strides(rule, 10.0), shown) for rule in choices].index(True)]


ZIGZAG_STEPS = 25


def _zigzag(ax):
    figures.draw_landscape(ax, "valley")
    figures.draw_path(ax, figures.path_of("valley", "SGD", ZIGZAG_STEPS, lr=figures.RATE))


def _what_helps_the_zigzag():
    def lost(rule, **settings):
        return figures.valley(figures.path_of("valley", rule, ZIGZAG_STEPS, **settings)[-1])

    now = lost("SGD", lr=figures.RATE)
    better = {
        "a": lost("SGD", lr=2 * figures.RATE),
        "b": lost("Momentum", lr=figures.RATE, momentum=0.5),
        "c": lost("SGD", lr=figures.RATE / 10),
    }
    return "".join(letter for letter, loss in better.items() if loss < now)


def _numbers_kept():
    net = Sequential([Dense(99, 100, rng=np.random.default_rng(0))])
    weights = sum(w.size for w in net.params.values())
    return (2 + Adam.memory) * weights


def _blind_to_the_scale_of_the_loss():
    letters = ""
    for letter, rule in zip("abcde", figures.RULES, strict=True):
        plain = figures.walk(figures.valley_slope, figures.RULES[rule](lr=0.0625), figures.START, 30)
        scaled = figures.walk(
            lambda w: 1000 * figures.valley_slope(w), figures.RULES[rule](lr=0.0625), figures.START, 30
        )
        letters += letter if np.allclose(plain, scaled, atol=1e-4) else ""
    return letters


quiz = Quiz(
    "optimizers",
    [
        NumberAnswer(
            "Adam with η = 0.03 makes its first two steps. The gradient of a weight is −250 000 both times. By how much has the weight changed "
            "after both?",
            0.06,
            tol=1e-4,
            reply="While the gradient stays the same, each step is η long, whatever its size; and it goes against the gradient's sign, so up.",
            replies={
                -0.06: "The length is right. The gradient is negative: which way is down?",
                0.03: "That is one step. Two were made.",
                15000: "Those are the steps of plain descent. Adam divides by the size of the gradient.",
                -15000: "That is plain descent, and with the wrong sign. Adam divides by the size of the gradient.",
            },
            proof=_change_after_two,
        ),
        OneChoice(
            "In the narrow valley of this chapter, momentum with η = 0.02 and β = 0.9 arrives. While the gradient hardly changes, its steps come to be ten times as long as "
            "those of plain descent with the same η. So why not take plain descent with η = 0.2?",
            {
                "It takes the same path and saves an array.": "Along the floor it would arrive sooner: each step multiplies $w_1$ by 0.8. But look "
                "across the valley: what happens to $w_2$ at each step?",
                "It diverges: across the valley the steps are far too long.": "There each step multiplies $w_2$ by $1 − 25·0.2 = −4$. "
                "Momentum speeds up only where the gradients agree.",
                "It is too slow along the floor.": "Along the floor it is quick: each step multiplies $w_1$ by 0.8. Look across.",
            },
            right="b",
            proof=_bigger_rate_or_momentum,
        ),
        OneChoice(
            "The gradient is 10 in every step. The picture shows how long each step is, in units of η. Which rule is it?",
            {
                "momentum": "Its steps grow, from 10 η towards 100 η.",
                "Adagrad": "Its step $k$ is $η/\\sqrt{k}$ long: it begins at η and goes on falling.",
                "RMSprop": "Its average starts at 0, so the first steps are too long; when it has filled, they are η long.",
                "Adam": "Its steps would all be η long: a level line at 1.",
            },
            right="c",
            figure=_falling_strides,
            alt="On two logarithmic axes: a curve that falls from 3.16 at step 1 to 1.24 at step 10, and is level at 1 from about step 50 on.",
            proof=_which_strides,
        ),
        SeveralChoices(
            "Plain descent with η = 0.075 took this path. Which changes bring a lower loss after its 25 steps?",
            {
                "the same rule with twice the η": "With η = 0.15 each step multiplies $w_2$ by $1 − 25·0.15 = −2.75$: it diverges.",
                "the same η, and momentum with β = 0.5": "Where gradients alternate it damps, where they agree it adds up: the loss is 0.00008 "
                "in place of 0.06.",
                "the same rule with a tenth of the η": "The zig-zag is gone, but along the floor each step now takes off only 0.75 %.",
            },
            right="b",
            figure=_zigzag,
            alt="A path in the narrow valley that jumps from side to side and gets only slowly nearer to the bottom.",
            proof=_what_helps_the_zigzag,
        ),
        NumberAnswer(
            "A network has 10 000 weights and biases, and Adam trains it. How many numbers are that in all: weights and biases, gradients, and what "
            "Adam remembers?",
            40000,
            reply="Four arrays: weights, gradients, the average of the gradients, the average of their squares.",
            replies={
                20000: "That is plain descent: weights and gradients. Adam remembers more.",
                30000: "That is momentum, Adagrad or RMSprop, with one memory. Adam has two.",
                10000: "These are the weights alone.",
            },
            proof=_numbers_kept,
        ),
        SeveralChoices(
            "Somebody multiplies the loss by 1000. Which rules take the same path as before, with the same η (up to the tiny ε)?",
            {
                "plain descent (SGD)": "Its steps become 1000 times as long.",
                "momentum": "Its velocity becomes 1000 times as large.",
                "Adagrad": "The gradients and the root of their sum of squares grow by the same factor: it cancels.",
                "RMSprop": "The gradients and the root of their average square grow by the same factor: it cancels.",
                "Adam": "Both averages grow, the root of the second by the same factor as the first: it cancels.",
            },
            right="cde",
            proof=_blind_to_the_scale_of_the_loss,
        ),
        NumberAnswer(
            "From the chapter on gradient descent: 1000 samples, mini-batches of 50, 3 epochs. How many steps does the optimizer make?",
            60,
            reply="1000 / 50 = 20 steps an epoch, three times.",
            replies={
                20: "That is one epoch.",
                3: "It steps after every mini-batch, not once an epoch.",
                3000: "It steps after every mini-batch, not after every sample.",
                150: "That is 3 · 50. How many mini-batches does an epoch have?",
            },
            proof=lambda: 3 * len(range(0, 1000, 50)),
        ),
    ],
)
