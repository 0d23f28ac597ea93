"""Quizzes: questions with a reply to every answer, on the static page and in notebooks.

One definition in `dlcore/quizzes/<chapter>.py`, shown by a cell that ends in `quiz`; it needs no test:

    quiz = Quiz("perceptron", [
        OneChoice("What does the bias do to the line?",
                  {"It turns it.": "Turning is what the weights do.",
                   "It shifts it.": "Every point's sum changes equally, so the line keeps its direction."},
                  right="b"),
        SeveralChoices("Which gates can one neuron be?",
                       {"AND": "One line separates its one from its zeros.",
                        "XOR": "No line separates its ones from its zeros.",
                        "OR": "One line separates its zero from its ones."}, right="ac"),
        NumberAnswer("What is $w·x + b$ for $w = (2, −1)$, $x = (1, 3)$, $b = 0.5$?", -0.5, tol=0.005,
                     reply="$2 − 3 + 0.5$.", replies={-1: "The bias is missing.", 0.5: "Mind the sign."},
                     proof=lambda: np.dot([2, -1], [1, 3]) + 0.5),
    ])

All text is markdown, with mathematics. A mark stands before each reply, "Right." or "Not right.".

    right     a letter or letters, or the text of the choice
    proof     recomputes the key where that can be done: the number, the letter or text, or a condition
    figure    shown before the choices: a function draw(ax) with `alt`, the words that stand for it, or any
              object that shows itself (`_repr_mimebundle_`), such as a living figure
"""

from dlcore.quizzes._questions import NumberAnswer, OneChoice, SeveralChoices
from dlcore.quizzes._quiz import Quiz, quizzes_of

__all__ = ["NumberAnswer", "OneChoice", "Quiz", "SeveralChoices", "quizzes_of"]
