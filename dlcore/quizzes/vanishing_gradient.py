"""Quiz of the chapter on vanishing and exploding gradients."""

import numpy as np

from dlcore.activations import sigmoid
from dlcore.clipping import clip_by_norm
from dlcore.figures import vanishing_gradient as figures
from dlcore.layers import Dense
from dlcore.losses import mse, sigmoid_cross_entropy
from dlcore.network import Sequential
from dlcore.quizzes import NumberAnswer, OneChoice, Quiz, SeveralChoices


def _from_zero():
    """Which parameters of 2-3-1 with sigmoid have a gradient, if all start at 0."""
    net = Sequential([Dense(2, 3, init="zeros"), sigmoid, Dense(3, 1, init="zeros")])
    X, t = np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([[1.0], [3.0]])
    net.backward(mse.gradient(net.forward(X, train=True), t))
    letters = dict(zip(("0.W", "0.b", "2.W", "2.b"), "abcd", strict=True))
    return [letters[name] for name, g in net.grads.items() if g.any()]


def _falls_by_four():
    return "b" if sigmoid.derivative(0.0) * 1.0 == 0.25 else "no choice is right"


def _clipping_helps():
    explodes = [len(figures.memory_losses(scale, None, 0)) < 300 for scale in (0.5, 2.0)]
    return "b" if explodes == [False, True] else "no choice is right"


quiz = Quiz(
    "vanishing_gradient",
    [
        OneChoice(
            "The picture shows the gradient at each layer of a chain of sigmoid neurons, whose sums are all 0. From the last layer to the first it falls from 1 "
            "to about 0.00006. All weights are equal. Which weight is it?",
            {
                "0.25": "The factor of a layer is 0.25, and the slope is a part of it.",
                "1": "Each layer multiplies by $1·0.25$: over seven layers $0.25^7 ≈ 0.00006$.",
                "4": "With weight 4 the factor is $4·0.25 = 1$, and the curve would be level.",
            },
            right="b",
            figure=figures.falling_by_four,
            alt="A straight line on a logarithmic axis, from about 0.00006 at layer 1 to 1 at layer 8.",
            proof=_falls_by_four,
        ),
        NumberAnswer(
            "A network has two parameters, and their gradient is (6, −8). It is clipped by *norm* to the limit 5. What is its second number now?",
            -4,
            tol=0.001,
            reply="The norm is 10, so both numbers are halved: (3, −4).",
            replies={
                -5: "That is clipping by value. By norm, both numbers get the same factor.",
                -8: "The norm, 10, is above the limit.",
                4: "The sign stays.",
                -0.8: "That would be the limit 1.",
                -40: "The factor is the limit divided by the norm, $5/10$.",
                -3: "That is the first number's size.",
            },
            proof=lambda: clip_by_norm({"w": np.array([6.0, -8.0])}, 5.0)["w"][1],
        ),
        OneChoice(
            "The losses of two recurrent networks in training: solid, and dashed. Which of them will clipping help?",
            {
                "the solid one": "Its loss stays where guessing 0 would be. If its gradients are tiny, a limit does nothing to them.",
                "the dashed one": "Its loss leaps by factors of ten: steps that are far too long. A limit makes them short.",
                "both": "Clipping makes long gradients shorter. One of these has no long ones.",
                "neither": "One of them takes steps that are far too long.",
            },
            right="b",
            figure=figures.two_losses,
            alt="The solid loss stays between about 0.2 and 1 for 60 steps. The dashed one begins like it and then shoots up by factors of ten, out of the picture.",
            proof=_clipping_helps,
        ),
        SeveralChoices(
            "In a network 2-3-1 with *sigmoid* in the hidden layer and nothing at the output, all weights *and* biases start at 0. The loss is the mean squared "
            "error. Which of these change in the first step, if the targets have a mean other than 0?",
            {
                "the hidden weights": "What comes back to them has passed through the output weights, which are 0.",
                "the hidden biases": "Their way back leads through the output weights, too.",
                "the output weights": "Their gradient has the hidden outputs as a factor, and $\\sigma(0) = 0.5$. All three get the same step, so they stay equal.",
                "the output bias": "Nothing is multiplied on its way.",
            },
            right="cd",
            proof=_from_zero,
        ),
        NumberAnswer(
            "From the chapter on loss: an *output* neuron with a sigmoid has the sum 6, and its target is 0. The loss is binary cross-entropy. What is the gradient "
            "$\\partial L/\\partial z$, to two decimals?",
            1.0,
            tol=0.006,
            reply="With this pair it is $y - t = 0.9975$: the slope cancels, and saturation does no harm. In a *hidden* neuron the slope stays.",
            replies={
                0: "That would be so with the squared error, whose gradient has the slope $y(1-y)$ as a factor. With cross-entropy it cancels.",
                -1: "The gradient is $y - t$, not $t - y$.",
                0.5: "Compute $σ(6)$ first.",
            },
            proof=lambda: sigmoid_cross_entropy.gradient(np.array([[6.0]]), np.array([[0.0]]))[0, 0],
        ),
        OneChoice(
            "From the chapter on networks: a recurrent layer is unrolled over 50 time steps. How many different matrices of recurrent weights does a gradient meet "
            "on its way back through all of them?",
            {
                "1": "The same weights at every step. So a factor that is a little too small or too large is raised to a high power.",
                "50": "Unrolled it looks like 50 layers, but they are one and the same.",
                "none": "It passes from each state to the one before through the recurrent weights.",
            },
            right="a",
        ),
    ],
)
