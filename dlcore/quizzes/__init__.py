"""Quizzes: questions with a reply to every answer, on the static page and in notebooks.

One definition in `dlcore/quizzes/<chapter>.py`, displayed by a cell that ends in `quiz`:

    quiz = Quiz("perceptron", [
        OneChoice("What does the bias do to the line?",
                  {"It turns it.": "Turning is what the weights do.",
                   "It shifts it.": "All points move by the same amount, so the line keeps its direction."},
                  right="b"),
        SeveralChoices("Which gates can one neuron be?",
                       {"AND": "…", "XOR": "No line separates its ones from its zeros.", "OR": "…"}, right="ac"),
        NumberAnswer("What is $w·x + b$ for $w = (2, −1)$, $x = (1, 3)$, $b = 0.5$?", -0.5, tol=0.005,
                     reply="$2 − 3 + 0.5$.", replies={-1: "The bias is missing.", 0.5: "Mind the sign."},
                     proof=lambda: np.dot([2, -1], [1, 3]) + 0.5),
    ])

All text is markdown, with mathematics. Replies need no "Right" or "Wrong": a mark stands before each. `right` is a letter
(or letters), or the text of the choice. `proof` recomputes the key: the number, the letter or text, or True. `figure` is
shown before the choices: a function draw(ax), with `alt` in words, or any object that shows itself, as a living figure.
"""
from dlcore.quizzes._questions import NumberAnswer, OneChoice, SeveralChoices
from dlcore.quizzes._quiz import Quiz, quizzes_of

__all__ = ["NumberAnswer", "OneChoice", "Quiz", "SeveralChoices", "quizzes_of"]
