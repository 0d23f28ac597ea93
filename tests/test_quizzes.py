"""Every quiz there is keeps the contract; each kind of question takes what is right and answers what is not.

A chapter's quizzes are found by themselves: their author writes no test. What a browser does with a quiz is tested on
the built pages; here quiz.js is only held to what a page may contain.
"""

import math
import pkgutil
import re
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import dlcore.quizzes
from dlcore.live.page import MIME, VARIABLE
from dlcore.quizzes import NumberAnswer, OneChoice, Quiz, SeveralChoices, quizzes_of
from dlcore.quizzes._questions import MORE, NO_NUMBER, NONE_CHOSEN, OTHER_NUMBER, read_number

STATIC = Path(__file__).parents[1] / "book" / "_static"


class _Picture:
    """Stands for a living figure."""

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": "a line", "text/html": "<b>a line</b>", MIME: {"blocks": [{"html": "<b>a line</b>"}]}}


example = Quiz(
    "example",
    [
        OneChoice(
            "What does the bias do?",
            {"It turns the line.": "The weights do that.", "It shifts the line.": "By $b/‖w‖$.", "`None`": "It does."},
            right="It shifts the line.",
        ),
        SeveralChoices(
            "Which gates can one neuron be?",
            {"AND": "One line is enough.", "XOR": "Two lines are needed.", "OR": "One line is enough."},
            right="ac",
            proof=lambda: ["AND", "OR"],
        ),
        NumberAnswer(
            "What is $2 − 3 + ½$?",
            -0.5,
            tol=0.005,
            reply="The bias counts too.",
            replies={-1: "The bias is missing.", 0.5: "Mind the sign."},
            proof=lambda: 2 - 3 + 0.5,
        ),
        OneChoice("Which line?", {"a": "No.", "b": "Yes."}, right="b", figure=_Picture(), proof=lambda: "b"),
    ],
)

CHAPTERS = [name for _, name, _ in pkgutil.iter_modules(dlcore.quizzes.__path__) if not name.startswith("_")]
CHAPTER_QUIZZES = [(name, quiz) for name in CHAPTERS for quiz in quizzes_of(import_module(f"dlcore.quizzes.{name}"))]
QUIZZES = [example, *(quiz for _, quiz in CHAPTER_QUIZZES)]
QUESTIONS = [
    pytest.param(question, id=f"{quiz.name}-{i}") for quiz in QUIZZES for i, question in enumerate(quiz.questions, 1)
]


# The contract of every quiz.


def test_quizzes_are_named_after_their_chapter_and_once():
    assert len({quiz.name for quiz in QUIZZES}) == len(QUIZZES)
    assert all(quiz.name.split("-")[0] == chapter for chapter, quiz in CHAPTER_QUIZZES)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_key_holds_when_it_is_computed(question):
    assert question.proof is None or question.proven(), f"{question.text}: the proof gives {question.proof()!r}"


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_has_a_reply_and_the_right_one_says_so(question):
    answers = question.right if question.kind != "number" else str(question.answer)
    assert question.reply(answers).startswith("**Right.** ")
    wrong = (
        [str(number) for number in question.replies]
        if question.kind == "number"
        else [letter for letter in question.choices if letter not in question.right]
    )
    assert all(question.reply(answer).startswith("**Not right.** ") for answer in wrong)
    texts = [*question.replies.values(), *([question.right_reply] if question.kind == "number" else [])]
    assert all(text.strip().endswith((".", "?", "!", "$", ")", "`")) for text in texts), texts


@pytest.mark.parametrize("quiz", QUIZZES, ids=lambda quiz: quiz.name)
def test_the_right_choice_is_not_always_at_the_same_place(quiz):
    places = [question.right for question in quiz.questions if question.kind == "one"]
    assert len(places) < 3 or len(set(places)) > 1


class _Tags(HTMLParser):
    """Counts what is opened and closed, and collects ids, names and handlers."""

    VOID = ("input", "br", "img")

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.labels, self.handlers = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.open += [tag] * (tag not in self.VOID)
        for name, value in attributes:
            self.ids += [value] * (name == "id")
            self.labels += value.split() if name == "aria-labelledby" else []
            self.handlers += [name] * name.startswith("on")

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("quiz", QUIZZES, ids=lambda quiz: quiz.name)
def test_the_page_is_well_formed_and_needs_no_inline_script(quiz, monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    page = "".join(block.get("html", "…") for block in quiz._repr_mimebundle_()[MIME]["blocks"])
    tags = _Tags(page)
    assert tags.open == []
    assert len(set(tags.ids)) == len(tags.ids)
    assert set(tags.labels) <= set(tags.ids)
    assert tags.handlers == []
    assert "<script" not in page.replace('<script type="text/plain"', "")


@pytest.mark.parametrize("quiz", QUIZZES, ids=lambda quiz: quiz.name)
def test_text_shows_the_questions_and_not_the_answers(quiz):
    for question in quiz.questions:
        assert question.text in repr(quiz) and question.text in quiz.markdown()
        assert not any(reply in repr(quiz) for reply in question.replies.values() if len(reply) > 12)


# Each kind of question.


def test_text_letters_the_choices():
    assert repr(example).startswith(
        "1. What does the bias do?\n   a) It turns the line.\n   b) It shifts the line.\n   c) `None`\n\n2. Which gates"
    )


@pytest.mark.parametrize(
    ("place", "answer", "reply"),
    [
        (0, "", NONE_CHOSEN),
        (0, "a", "**Not right.** The weights do that."),
        (0, "b", "**Right.** By $b/‖w‖$."),
        (1, "", NONE_CHOSEN),
        (1, "a", MORE),
        (1, "ab", "**Not right.** Two lines are needed."),
        (1, "ac", "**Right.** One line is enough.\n\n**Right.** One line is enough."),
        (2, "-0,5", "**Right.** The bias counts too."),
        (2, "−0.505", "**Right.** The bias counts too."),
        (2, "-0.506", f"**Not right.** {OTHER_NUMBER}"),
        (2, "-1", "**Not right.** The bias is missing."),
        (2, "a half", NO_NUMBER),
        (2, "", NO_NUMBER),
    ],
)
def test_the_reply_fits_the_answer(place, answer, reply):
    assert example.questions[place].reply(answer) == reply


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0.5", 0.5), ("0,5", 0.5), (" −2 ", -2), ("+.5", 0.5), ("1e-3", 0.001), ("3.", 3), ("1,000.5", 1000.5)]
    + [("2,500", 2500), ("79 510", 79510), ("-1/2", -0.5), ("1 / 4", 0.25), ("0,500", 0.5), ("1/0", math.nan)]
    + [("1/2/3", math.nan), ("12,34,5", math.nan)]
    + [(text, math.nan) for text in ("", "two", "1 2", "0x10", "nan", "inf", "1_000", "--1", "٣")],
)
def test_numbers_are_read_with_point_or_comma(typed, number):
    assert read_number(typed) == pytest.approx(number, nan_ok=True)


@pytest.mark.parametrize(
    "define",
    [
        lambda: OneChoice("?", {"x": ".", "y": "."}, right="z"),
        lambda: OneChoice("?", {"x": ".", "y": "."}, right="ab"),
        lambda: OneChoice("?", {"x": "."}, right="a"),
        lambda: SeveralChoices("?", {"x": ".", "y": "."}, right=[]),
        lambda: NumberAnswer("?", 1, tol=0.1, reply=".", replies={1.05: "."}),
        lambda: OneChoice("?", {"x": ".", "y": "."}, right="a", figure=lambda ax: None),
        lambda: Quiz("Not A Name", []),
    ],
)
def test_definitions_that_cannot_work_are_refused(define):
    with pytest.raises(ValueError):
        define()


@pytest.mark.parametrize(
    ("right", "proof", "holds"),
    [
        ("a", lambda: "a", True),
        ("a", lambda: "b", False),
        ("a", lambda: 3, True),  # a choice's text, as a number
        ("a", lambda: 4, False),
        ("a", lambda: True, True),
        ("a", lambda: np.bool_(True), True),
        ("a", lambda: False, False),
    ],
)
def test_a_proof_is_a_letter_a_text_or_a_condition(right, proof, holds):
    assert OneChoice("?", {"3": ".", "4": "."}, right=right, proof=proof).proven() is holds


def test_a_proof_that_is_no_choice_fails():
    for proof in (lambda: "no choice is right", lambda: float("nan"), lambda: None):
        with pytest.raises(ValueError, match="is no choice"):
            OneChoice("?", {"3": ".", "4": "."}, right="a", proof=proof).proven()
    assert not NumberAnswer("?", 1, reply=".", proof=lambda: float("nan")).proven()


# What is shown.


def test_a_kernel_gets_widgets_that_reply():
    from dlcore.quizzes._widgets import widget

    bundle = example._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle and bundle["text/plain"] == repr(example)
    box = widget(example)
    for question, answer, reply in zip(
        box.children, ("b", (0, 2), "0,5", "a"), ("By", "One line", "Mind", "No"), strict=True
    ):
        *_, inputs, check, output = question.children
        set_answer(inputs, answer)
        check.click()
        assert reply in output.outputs[0]["data"]["text/markdown"]


def set_answer(inputs, answer):
    if isinstance(answer, tuple):
        for i in answer:
            inputs.children[i].value = True
    else:
        inputs.value = answer


def test_a_drawn_figure_stands_before_the_choices(monkeypatch, tmp_path):
    drawn = Quiz(
        "drawn",
        [OneChoice("Which?", {"x": ".", "y": "."}, right="a", figure=lambda ax: ax.plot([0, 1]), alt="A rising line.")],
    )
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    page = "".join(block.get("html", "") for block in drawn._repr_mimebundle_()[MIME]["blocks"])
    assert page.index("<svg") < page.index("<input")
    assert 'aria-label="A rising line."' in page


def test_the_script_is_small_and_keeps_to_a_strict_policy():
    script = (STATIC / "quiz.js").read_text(encoding="utf-8")
    assert len(script.encode()) < 3500
    assert not re.search(
        r"\beval\b|\bFunction\(|innerHTML|\bimport\b|\bexport\b|fetch\(|https?:|setAttribute\(.on", script
    )


def test_the_styles_take_every_colour_from_the_theme():
    styles = re.sub(r"/\*.*?\*/", "", (STATIC / "exercises.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb\(|https?:|url\(", styles, re.IGNORECASE)
    assert "var(--pst-color-" in styles
