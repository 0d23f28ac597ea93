"""Quiz → blocks of the built page: native inputs, and replies as elements of the page, moved by quiz.js.

Without scripts the replies are a folded list of answers below each question. The script takes them out of it
and shows those that are asked for. It has no words of its own: a translated page needs no other script.
"""

from itertools import chain

from dlcore._describe import number
from dlcore.live.page import MIME
from dlcore.quizzes._questions import MORE, NO_NUMBER, NONE_CHOSEN, OTHER_NUMBER, RIGHT, WRONG

TYPE = {"one": "radio", "several": "checkbox"}
HOW = {"one": "Choose one answer.", "several": "Tick all that are right.", "number": "Type a number."}


def blocks(quiz):
    """All questions, in one element that can be linked to as `#quiz-<name>`."""
    id = f"quiz-{quiz.name}"
    parts = (_question(question, f"{id}-{i}", i) for i, question in enumerate(quiz.questions, 1))
    return [_html(f'<div class="dlcore-quiz" id="{id}">'), *chain.from_iterable(parts), _html("</div>")]


def _html(text):
    return {"html": text}


def _question(question, id, place):
    """A named group of inputs: its name is "Question 2" and the question's text."""
    key = f' data-tol="{question.tol!r}"' if question.kind == "number" else ""
    yield _html(
        f'<fieldset class="dlcore-question" id="{id}" data-kind="{question.kind}"{key}'
        f' aria-labelledby="{id}-name {id}-text"><legend id="{id}-name">Question {place}</legend>'
        f'<div id="{id}-text">'
    )
    yield {"markdown": question.text}
    yield _html("</div>")
    if question.figure:
        yield from question.picture(id)._repr_mimebundle_()[MIME]["blocks"]
    yield from _inputs(question, id)
    yield _html(
        '<button type="button" class="dlcore-check" hidden>Check</button>'
        '<div class="dlcore-replies" role="status"></div>'
        '<details class="dlcore-answers"><summary>Answers</summary>'
    )
    yield from _replies(question)
    yield _html("</details></fieldset>")


def _inputs(question, id):
    yield _html(f'<p class="dlcore-how" id="{id}-how">{HOW[question.kind]}</p>')
    if question.kind == "number":
        yield _html(
            f'<input type="text" class="dlcore-number" autocomplete="off" aria-labelledby="{id}-how {id}-text">'
        )
        return
    for letter, choice in question.choices.items():
        yield _html(
            f'<label class="dlcore-choice"><input type="{TYPE[question.kind]}" name="{id}" '
            f'value="{letter}"><span class="dlcore-letter">{letter})</span>'
        )
        yield {"markdown": choice}
        yield _html("</label>")


def _replies(question):
    if question.kind == "number":
        yield from _reply(question.answer, True, f"{number(question.answer)}: ", question.right_reply)
        for wrong, text in question.replies.items():
            yield from _reply(wrong, False, f"{number(wrong)}: ", text)
        yield from _spare('data-when="other"', OTHER_NUMBER)
        yield from _spare('data-when="none"', NO_NUMBER)
        return
    for letter, text in question.replies.items():
        yield from _reply(letter, letter in question.right, f"{letter}) ", text)
    yield from _spare('data-when="none"', NONE_CHOSEN)
    yield from _spare('data-when="more"', MORE)


def _reply(value, right, label, text):
    """A word says right or not; the colour only repeats it."""
    yield _html(
        f'<div class="dlcore-reply" data-value="{value}" data-right="{str(right).lower()}">'
        f'<p class="dlcore-mark">{label}<strong>{RIGHT if right else WRONG}</strong></p>'
    )
    yield {"markdown": text}
    yield _html("</div>")


def _spare(attributes, text):
    """A sentence that means nothing without the script."""
    yield _html(f'<div class="dlcore-reply" {attributes} hidden><p>{text}</p></div>')
