'''Exercises that answer back.

One definition in `dlcore/exercises/<chapter>.py` gives the notebook's `check`, `hint` and `solution`, the
folded help on the built page, and all the tests: an author writes none. After
`from dlcore.exercises import <chapter> as exercises` the notebook has a statement, a starter cell
(`def weighted_sum(x, w, b): return ...`) and a cell with `exercises.weighted_sum.check(weighted_sum)`.

A function:

    def _weighted_sum(x, w, b):
        """Σ wᵢxᵢ + b"""
        return np.dot(w, x) + b

    def _forgot_bias(x, w, b):
        return np.dot(w, x)

    def _added_weights(x, w, b):
        return np.sum(x) + np.sum(w) + b

    weighted_sum = Exercise(
        "perceptron.weighted_sum",
        solution=_weighted_sum,
        inputs=lambda rng: [(np.array([1.0, 2.0]), np.array([0.5, -1.0]), 0.1),
                            (rng.normal(size=4), rng.normal(size=4), rng.normal())],
        hints=("Multiply each input by its weight, then add everything up.", "`np.dot(w, x)`, and then $b$."),
        wrong=(Wrong(_forgot_bias, "That is the sum without the bias: add $b$ at the end."),
               Wrong(_added_weights, "The weights were added; each should *multiply* its input.")))

A value (a number, an array, text, a list), whose reply never tells the answer:

    slope = Exercise(
        "activations.slope", solution=0.25, atol=5e-4,
        hints=("Where is σ steepest?", "At $z = 0$, where $σ = ½$."),
        wrong=(Wrong(0.5, "That is σ(0) itself; its slope is asked for."), Wrong(1.0, "…")),
        explanation="$σ'(0) = σ(0)(1 - σ(0)) = ½ · ½$.")

A class, or a function that works in place, is observed:

    neuron = Exercise(
        "perceptron.neuron", solution=_Neuron, inputs=[np.eye(2)],
        observe=lambda Neuron, X: Neuron(w=[1.0, -1.0], b=0.5).predict(X), hints=…, wrong=…)

A trained network is made by the solution, observed, judged by a criterion; `got` says in words what came,
`when` tells its known mistakes; a `note` is shown with the solution only:

    train = Exercise(
        "digits.train", solution=_train, made=True, observe=lambda net: accuracy(net.forward(X), t),
        accept=lambda value: value >= 0.95, expect="an accuracy of at least 0.95",
        got=lambda value: f"an accuracy of {value:.2f}",
        wrong=(Wrong(_untrained, "That is no better than guessing: …", when=lambda value: value < 0.3), …),
        hints=…, note="The starter wants the network itself: end with `train = net`.")

What `check` cannot stop, because nothing inside one process can:

- `os._exit`, and a crash in C code;
- one call of C code that never returns to Python (a regular expression gone wild, a huge matrix product);
- code that blocks or replaces SIGALRM, or that catches everything in one endless loop inside another;
- very deep recursion in C code, or after `from sys import setrecursionlimit` and a high limit;
- threads and processes that the answer leaves behind;
- memory used up where the system has no limit on address space (all but Linux), unless the time is up first.

The time limit needs the main thread of a Unix process. On Windows and in the browser an endless loop is ended
by "Interrupt Kernel" or by reloading the page.
'''

from dlcore.exercises._exercise import Exercise, Wrong, exercises_of
from dlcore.exercises._letters import letters, misses, spells
from dlcore.exercises._showing import Reply

__all__ = ["Exercise", "Reply", "Wrong", "exercises_of", "letters", "misses", "spells"]
