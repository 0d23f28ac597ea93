"""Quiz of the chapter on backpropagation."""

import numpy as np

from dlcore.activations import relu, sigmoid
from dlcore.figures import backprop as figures
from dlcore.layers import Dense
from dlcore.network import Sequential
from dlcore.quizzes import NumberAnswer, OneChoice, Quiz, SeveralChoices
from dlcore.value import Value


def _updated():
    """w₁ after one step of y = w₂w₁ from w₁ = 3, w₂ = 2, target 4, ½e², η = 0.25."""
    w1, w2 = Value(3.0), Value(2.0)
    loss = 0.5 * (w2 * w1 - 4.0) ** 2
    loss.backward()
    return w1.data - 0.25 * w1.grad


def _ten_times_as_wide():
    times = [slow / quick for slow, quick in (figures.passes([1, n, 1]) for n in (8, 80))]
    return "b" if round(times[0]) == 10 and 90 < times[1] < 110 else "no choice is right"


def _silent_neuron():
    net = Sequential([Dense(1, 1, init="ones"), relu])
    net.params["0.b"][:] = -3.0
    net.backward(net.forward(np.array([[2.0]]), train=True) - 1.0)
    return "a" if net.grads["0.W"] == net.grads["0.b"] == 0 else "no choice is right"


def _through_three_sigmoids():
    z = np.linspace(-8, 8, 801)
    return "b" if abs(sigmoid.derivative(z).max() ** 3 - 1 / 64) < 1e-9 else "no choice is right"


quiz = Quiz(
    "backprop",
    [
        NumberAnswer(
            "The picture shows a product somewhere inside a graph. The gradient 3 has arrived at it. Which gradient does it hand on to $a$?",
            -6,
            tol=0.001,
            reply="What arrives, times the local derivative: $3·b = 3·(−2) = −6$.",
            replies={
                15: "That goes to $b$. A factor gets the *other* factor.",
                -2: "That is the local derivative. Multiply it by what arrives.",
                6: "Mind the sign of $b$.",
                3: "A sum would hand on 3. This is a product.",
                -30: "The gradient is what arrives times the local derivative; the product itself is not needed.",
            },
            proof=lambda: figures.QUIZ_NODE[2] * figures.QUIZ_NODE[1],
            figure=figures.product_node,
            alt="a = 5 and b = −2 lead to u = a·b = −10, at which the gradient 3 has arrived.",
        ),
        OneChoice(
            "A network 1-8-1 was trained twice, from the same start and with the same η. Solid: gradients by backpropagation; dashed: by differences to "
            "one side. The picture shows the loss against the *multiplications* used; the dashed curve lies about ten times further right. And in a "
            "network 1-80-1, with ten times as many hidden neurons: how many times?",
            {
                "About ten times, as here.": "Differences pay one forward pass for each parameter, and 1-80-1 has about ten times as many of them.",
                "About a hundred times.": "One step by differences costs 242 forward passes there, one by backpropagation the work of 2.5, as before.",
                "Not at all: the two would coincide.": "They coincide only against the number of *steps*: both take the same ones.",
            },
            right="b",
            figure=figures.against_work,
            alt="Two curves of the same shape that fall from 0.59 to below 0.01, against multiplications on a logarithmic axis. The dashed one lies "
            "about ten times further right than the solid one.",
            proof=_ten_times_as_wide,
        ),
        NumberAnswer(
            "$y = w_2 w_1$ with $w_1 = 3$, $w_2 = 2$, target 4, loss ½(y − t)², η = 0.25. One step of gradient descent. What is the new $w_1$?",
            2,
            tol=0.001,
            reply="$y - t = 2$, so the gradient for $w_1$ is $2·w_2 = 4$, and $3 − 0.25·4 = 2$.",
            replies={
                2.75: "That comes out if $w_2$ is updated first. Both gradients are computed from the old weights.",
                0.5: "That is the new $w_2$. Asked is $w_1$.",
                4: "The step goes *against* the gradient.",
                1.5: "The gradient for $w_1$ is $(y − t)·w_2$: the other factor.",
                2.5: "A factor is missing: in $w_2 w_1$ the local derivative for $w_1$ is $w_2$.",
                -1: "The gradient is 4. The step is η times that.",
                1: "Mind the ½ in the loss: its derivative is $y − t$, without a 2.",
            },
            proof=_updated,
        ),
        SeveralChoices(
            "Which of these does the backward pass through a dense layer and its ReLU need, besides the gradient that comes from the right?",
            {
                "the layer's inputs $X$": "They are the local derivatives for the weights: $dW = X^\\top dZ$.",
                "the signs of the sums $Z$": "ReLU's slope is 1 where the sum was positive, else 0.",
                "the weights, as they were in the forward pass": "The way back to $X$ leads through the old weights: $dX = dZ\\,W^\\top$. That is why nothing may be "
                "updated on the way.",
                "the biases": "A bias is only added. Its local derivative is 1, whatever its value.",
            },
            right="abc",
        ),
        OneChoice(
            "A gradient check says: relative error $10^{-10}$ for every parameter. What do you know?",
            {
                "The network will learn.": "With a loss whose sign is wrong the check passes as well, and the network gets worse.",
                "backward is right everywhere.": "It was checked at one place, with these inputs. Where a ReLU was silent, nothing was checked.",
                "backward fits the loss as coded, here, on these inputs.": "That is what was compared. Whether the loss is the one you meant, the check cannot know.",
            },
            right="c",
        ),
        OneChoice(
            "From the chapter on activations: the slope of the sigmoid is at most 0.25. A gradient passes back through three sigmoids, all weights on the way "
            "are 1. How much of it can be left at most?",
            {
                "3/4": "Along a way the factors multiply; they do not add.",
                "1/64": "$0.25·0.25·0.25$. The chapter on vanishing gradients begins here.",
                "all of it": "Only with slopes of 1, as ReLU has them on its positive side.",
            },
            right="b",
            proof=_through_three_sigmoids,
        ),
        OneChoice(
            "From the chapter on networks: a hidden ReLU neuron is silent for a sample. What are the gradients of its weights and its bias for this sample?",
            {
                "All 0.": "The slope of ReLU is 0 there, and it is a factor of all of them.",
                "0 for the weights, but not for the bias.": "The way back to the bias leads through the same ReLU.",
                "Those of the neurons beside it.": "Each neuron has its own way back.",
            },
            right="a",
            proof=_silent_neuron,
        ),
    ],
)
