"""The page of references names every work that a chapter names, and the chapters that name it."""

import re

import pytest

from tests.notebooks import BOOK, prose
from tests.test_notebooks import chapters

TITLE = re.compile(r'"(.+?)"|\*(.+?)\*|\[(.+?)\]')  # of an article, of a book, or of what is only an address


def title(work: str) -> str:
    return next(filter(None, TITLE.search(work).groups()))


def works(chapter: str) -> list[str]:
    """The list at the end of a chapter."""
    return re.findall(r"^- (.+)$", prose(chapter).partition("### Sources")[2], re.MULTILINE)


def listed() -> dict[str, list[str]]:
    """Title → the chapters that the page says it is for."""
    entries = re.findall(r"^- (.+)$", (BOOK / "references.md").read_text("utf-8"), re.MULTILINE)
    titles = [title(entry) for entry in entries]
    assert len(set(titles)) == len(titles)
    return {title(entry): re.findall(r"\{doc\}`(.+?)`", entry) for entry in entries}


def test_the_page_lists_each_work_with_its_chapters():
    named = {}
    for chapter in chapters():
        for work in works(chapter):
            named.setdefault(title(work), []).append(chapter)
    assert listed() == named


@pytest.mark.parametrize("chapter", [name for name in chapters() if works(name)])
def test_a_work_named_in_two_chapters_has_the_same_authors(chapter):
    page = (BOOK / "references.md").read_text("utf-8")
    for work in works(chapter):
        authors = work.split('"')[0].split("*")[0].split("[")[0].removeprefix("The digits: ").strip(", ")
        assert f"- {authors}, " in page or not authors, work
