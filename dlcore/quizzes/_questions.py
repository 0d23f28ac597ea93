"""The three kinds of question: what each asks, what it takes for right, and its reply to any answer."""

import math
import re

import numpy as np

LETTERS = "abcdefghijklmnopqrstuvwxyz"
NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[-+]?[0-9]+)?", re.IGNORECASE)
THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}([,\s][0-9]{3})+(\.[0-9]+)?")
RIGHT, WRONG = "Right.", "Not right."
NONE_CHOSEN = "Choose an answer first."
MORE = "What you ticked is right, but something is missing."
NO_NUMBER = "Type a number, such as 0.5 or −2."
OTHER_NUMBER = "That is not the number. Try again."


class Question:
    """What all kinds share: a text, perhaps a figure with its `alt`, and a `proof` of the key."""

    def __init__(self, text, *, figure=None, alt="", proof=None):
        if figure and not hasattr(figure, "_repr_mimebundle_") and not alt:
            raise ValueError(f"{text!r}: a drawn figure needs `alt`, the words that stand for it")
        self.text, self.figure, self.alt, self.proof = text, figure, alt, proof

    def picture(self, name):
        """The figure as an object that shows itself; a draw function becomes a still one of that name."""
        if hasattr(self.figure, "_repr_mimebundle_"):
            return self.figure
        from dlcore.live import explore  # brings matplotlib, which most quizzes do without

        return explore(self.figure, name=name.replace("_", "-"), alt=lambda: self.alt, caption=False)


class _Choices(Question):
    """Lettered choices, each with its reply; `right` holds the letters of the right ones."""

    def __init__(self, text, choices, *, right, **common):
        super().__init__(text, **common)
        self.choices = dict(zip(LETTERS, choices, strict=False))
        self.replies = dict(zip(LETTERS, choices.values(), strict=False))
        self.right = self.letters(right)
        if not self.right or len(choices) < 2:
            raise ValueError(f"{text!r}: two choices or more, and at least one of them right")

    def letters(self, right):
        """The letters meant by a letter, several, a choice's text, or a list of those."""
        texts = {str(text): letter for letter, text in self.choices.items()}
        if isinstance(right, str) and right not in texts and set(right) <= set(self.choices):
            return "".join(sorted(right))
        several = right if isinstance(right, (list, tuple, set)) else [right]
        found = [texts.get(str(one), one) for one in several]
        if unknown := [one for one in found if one not in self.choices]:
            raise ValueError(f"{self.text!r}: {unknown[0]!r} is no choice; there are {list(texts)}")
        return "".join(sorted(found))

    def marked(self, letter):
        """The reply to one choice, with its mark."""
        return f"**{RIGHT if letter in self.right else WRONG}** {self.replies[letter]}"

    def proven(self):
        """The proof gives the right letters or texts, or it is a condition and true."""
        value = self.proof()
        return bool(value) if isinstance(value, (bool, np.bool_)) else self.letters(value) == self.right


class OneChoice(_Choices):
    """One of the choices is right."""

    kind = "one"

    def __init__(self, text, choices, *, right, **common):
        super().__init__(text, choices, right=right, **common)
        if len(self.right) != 1:
            raise ValueError(f"{text!r}: one choice is right, came {right!r}; use SeveralChoices")

    def reply(self, letters):
        return self.marked(letters[0]) if letters else NONE_CHOSEN


class SeveralChoices(_Choices):
    """Any number of the choices are right, and all of them must be ticked."""

    kind = "several"

    def reply(self, letters):
        """To a wrong tick its reply; to right ones theirs, once nothing is missing."""
        if wrong := [letter for letter in letters if letter not in self.right]:
            return "\n\n".join(self.marked(letter) for letter in wrong)
        if set(letters) != set(self.right):
            return MORE if letters else NONE_CHOSEN
        return "\n\n".join(self.marked(letter) for letter in letters)


class NumberAnswer(Question):
    """|number typed − answer| ≤ tol; `replies` answers likely wrong numbers."""

    kind = "number"

    def __init__(self, text, answer, *, reply, tol=0, replies=None, **common):
        super().__init__(text, **common)
        self.answer, self.tol, self.right_reply = float(answer), float(tol), reply
        self.replies = {float(number): text for number, text in (replies or {}).items()}
        if near := [number for number in self.replies if self.near(number, answer)]:
            raise ValueError(f"{text!r}: {near[0]:g} counts as the answer, so its reply is never seen")

    def near(self, number, target):
        return abs(number - target) <= self.tol + 1e-12 * abs(target)

    def reply(self, typed):
        number = read_number(typed)
        if math.isnan(number):
            return NO_NUMBER
        if self.near(number, self.answer):
            return f"**{RIGHT}** {self.right_reply}"
        likely = (reply for wrong, reply in self.replies.items() if self.near(number, wrong))
        return f"**{WRONG}** {next(likely, OTHER_NUMBER)}"

    def proven(self):
        return self.near(self.proof(), self.answer)


def read_number(typed):
    """ "0.5", "0,5", "−2", "1e-3", "1/2", "2,500" (a thousand's comma), "79 510" → float; anything else → NaN."""
    plain = typed.strip().replace("−", "-")
    if THOUSANDS.fullmatch(plain):
        plain = re.sub(r"[,\s]", "", plain)
    parts = plain.replace(",", ".").split("/")
    if len(parts) > 2 or not all(NUMBER.fullmatch(part) for part in map(str.strip, parts)):
        return math.nan
    above, below = float(parts[0]), float(parts[1]) if len(parts) == 2 else 1.0
    return above / below if below else math.nan
