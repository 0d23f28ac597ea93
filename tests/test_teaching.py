"""book/teaching.md agrees with the chapters: their order, and the minutes that each gives itself."""

import re

import pytest

from tests.notebooks import BOOK, prose
from tests.test_notebooks import chapters

PAGE = (BOOK / "teaching.md").read_text("utf-8")
LESSONS = re.findall(r"^\| (\d+) \| \{doc\}`(\w+)` \| (\d+) \| (\d+|at home) \|$", PAGE, re.MULTILINE)
MOST_WORDS = 700

NUMBER = r"(\d+|twenty|half an hour)"
READ = re.compile(rf"about {NUMBER}(?: minutes)?(?: to read|, the exercises)", re.IGNORECASE)
EXERCISES = re.compile(rf"(as long again)|{NUMBER} minutes for the exercises", re.IGNORECASE)
IN_WORDS = {"twenty": "20", "half an hour": "30"}


def minutes(text):
    """(to read, for the exercises), as a chapter says it."""
    read = READ.search(text)[1]
    read = IN_WORDS.get(read.lower(), read)
    if not (exercises := EXERCISES.search(text)):
        return read, "at home"
    return read, read if exercises[1] else IN_WORDS.get(exercises[2].lower(), exercises[2])


def test_a_lesson_for_each_chapter_in_the_order_of_the_book():
    assert [(int(number), chapter) for number, chapter, *_ in LESSONS] == list(enumerate(chapters(), 1))


@pytest.mark.parametrize(("chapter", "read", "exercises"), [lesson[1:] for lesson in LESSONS])
def test_the_minutes_are_the_chapter_s(chapter, read, exercises):
    assert (read, exercises) == minutes(" ".join(prose(chapter).split()))


def test_the_page_is_short():
    assert len(PAGE.replace("|", " ").split()) <= MOST_WORDS
