"""What a reader should not see too early, at the back of the printed book: hints, answers and solutions.

Each says on which page its exercise or question is, and the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from bs4 import Tag

from tools.on_paper import Chapter, pieces, tag

TITLES = {"hints": "Hints", "answers": "Answers to the quizzes", "solutions": "Solutions"}
WORDS = {"hints": "Hints", "answers": "Answers", "solutions": "Solution"}  # of the links to them


@dataclass
class Later:
    """What an appendix says of one exercise or question, which has this id and this title."""

    kind: str  # a key of TITLES
    chapter: Chapter
    of: str
    title: str
    says: list[Tag]

    @property
    def id(self) -> str:
        return f"{self.kind}-of-{self.of}"


def take_out(chapter: Chapter) -> list[Later]:
    """What the chapter has for the appendices; in its place it refers to them."""
    number_exercises(chapter)
    taken = []
    for box in chapter.article.select("div.dlcore-exercise"):
        help_ = _help(chapter, box)
        box.clear()
        box.extend(_references(help_))
        taken += help_
    for quiz in chapter.article.select("div.dlcore-quiz"):
        answers = [_answer(chapter, question) for question in quiz.select("fieldset.dlcore-question")]
        quiz.extend(_references(answers[:1]))
        taken += answers
    return taken


def number_exercises(chapter: Chapter) -> None:
    """Exercise (Combine) → Exercise 3.1 (Combine)"""
    for number, title in enumerate(chapter.article.select("div.exercise > .admonition-title"), 1):
        word = title.find(string=True)
        word.replace_with(re.sub(r"^(\S+)(\s+\d+\s*)?", rf"\1 {chapter.label}.{number}", word))


def _help(chapter: Chapter, box: Tag) -> list[Later]:
    """An exercise's hints and its solution; an edition may have none. Its title is that of the statement above."""
    statement = box.find_previous("div", class_="exercise")
    title = statement.select_one(".admonition-title").decode_contents() if statement else box["id"]
    of = statement["id"] if statement else box["id"]
    found = {"hints": box.select("details.dlcore-hint"), "solutions": box.select("details.dlcore-solution")}
    return [Later(kind, chapter, of, title, [unfolded(one) for one in says]) for kind, says in found.items() if says]


def _answer(chapter: Chapter, question: Tag) -> Later:
    says = unfolded(question.select_one("details.dlcore-answers").extract())
    return Later("answers", chapter, question["id"], question.legend.decode_contents(), [says])


def unfolded(details: Tag) -> Tag:
    details.summary.extract()
    return tag("div", *list(details.contents), class_="said")


def _references(taken: list[Later]) -> list[Tag]:
    """One line that leads to each."""
    line = tag("p", class_="later")
    for one in taken:
        line.append(tag("a", WORDS[one.kind], href=f"#{one.id}", class_="inside to-page"))
        line.append(" ")
    return [line] if taken else []


def appendices(taken: list[Later], labels: Iterable[str]) -> list[Chapter]:
    """One for each kind of which there is something, in the order of the chapters."""
    kinds = [kind for kind in TITLES if any(one.kind == kind for one in taken)]
    return [
        Chapter(label, "", f"{kind}.html", _appendix(kind, [one for one in taken if one.kind == kind]))
        for kind, label in zip(kinds, labels, strict=False)
    ]


def _appendix(kind: str, entries: list[Later]) -> Tag:
    article = tag("article", tag("h1", TITLES[kind]), id=kind, class_="appendix")
    for _, group in groupby(entries, key=lambda one: one.chapter.path):
        of_chapter = list(group)
        chapter = of_chapter[0].chapter
        section = tag("section", tag("h2", f"{chapter.label} ", *pieces(chapter.title)), id=f"{kind}-of-{chapter.name}")
        for one in of_chapter:
            link = tag("a", *pieces(one.title), href=f"#{one.of}", class_="inside to-page")
            section.append(tag("div", tag("h3", link), *one.says, id=one.id, class_="entry"))
        article.append(section)
    return article
