"""Quiz: a chapter's questions, as text, as widgets with a kernel, as HTML on the built page."""

import re
from importlib.util import find_spec

from dlcore.live.page import MIME, for_page
from dlcore.live.widgets import view
from dlcore.quizzes._page import blocks


class Quiz:
    """Questions of one chapter; the name is the chapter's, perhaps with a word more: "perceptron-recall"."""

    def __init__(self, name, questions):
        if not re.fullmatch(r"[a-z_]+(-[a-z_]+)?", name):
            raise ValueError(f"a quiz is named after its chapter, in small letters; came {name!r}")
        self.name, self.questions = name, tuple(questions)

    def __repr__(self):
        """The questions with lettered choices, without the answers."""
        return "\n\n".join(f"{i}. " + _text(question, "   ") for i, question in enumerate(self.questions, 1))

    def _repr_mimebundle_(self, include=None, exclude=None):
        bundle = {"text/plain": repr(self), "text/markdown": self.markdown()}
        if for_page():
            return bundle | {MIME: {"blocks": blocks(self)}}
        if find_spec("ipywidgets"):
            from dlcore.quizzes._widgets import widget  # slow to import, and not everybody has it

            bundle |= view(widget(self))
        return bundle

    def markdown(self):
        """For readers without a kernel or a page: GitHub's preview, a closed notebook."""
        numbered = enumerate(self.questions, 1)
        return "\n\n".join(f"**Question {i}.** " + _text(question, "- ") for i, question in numbered)


def _text(question, indent):
    lines = [f"{indent}{letter}) {choice}" for letter, choice in getattr(question, "choices", {}).items()]
    return "\n".join([question.text, *lines] if indent.isspace() else [question.text, "", *lines]).strip()


def quizzes_of(module):
    """The quizzes that a chapter's module defines."""
    return [thing for thing in vars(module).values() if isinstance(thing, Quiz)]
