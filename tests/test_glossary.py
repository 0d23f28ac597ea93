"""book/glossary.md against the chapters: every term that they introduce is an entry, with their Korean."""

import re
from itertools import chain, product
from typing import NamedTuple

import pytest

from tests.notebooks import BOOK, prose
from tests.test_notebooks import chapters

DOC = r"\{doc\}`(\w+)`"
ENTRY = re.compile(
    r"(?P<terms>(?:[^\s$*`{}()\\][^$*`{}()\\\n]*\n)+)"  # plain text; one line for each of several names
    rf"  (?:(?P<symbol>\$[^·]+\$) · )?(?:(?P<korean>[^·$`]*[가-힣][^·$`]*) · )?(?P<docs>{DOC}(?:, {DOC})*)\n"
    r"\n"
    r"  (?P<meaning>(?:(?![.?!] )\S| (?! ))+\.)"  # exactly one sentence
)
# A Korean name, perhaps with a Latin one before it: He 초기화.
KOREAN = re.compile(r"(?:[A-Z]\w* )?[가-힣][가-힣–-]*(?: [가-힣]+)*")
# **neuron** (뉴런), **neuron** $y$ (뉴런), or at the beginning of a table's row: neuron (뉴런)
INTRODUCTION = re.compile(r"(?:\*\*(\S[^*]*)\*\*|^\| ([^*|(\n]+?))\s+(?:\$[^$]+\$ )?\(([^)]*[가-힣][^)]*)\)", re.M)
WORDS = re.compile(r"### Words of this (?:chapter|page)\n\n\| term \| Korean \| meaning \|\n.*\n((?:\|.*\n?)+)")
LONGEST_TERM = 4  # words; what is longer in bold is a sentence


class Entry(NamedTuple):
    terms: list[str]
    korean: list[str]
    docs: list[str]


class Introduction(NamedTuple):
    """A chapter's name for something, or several names for it, and one of its Korean names, if it has any."""

    names: list[str]
    korean: list[str]


def glossary() -> list[str]:
    """The entries as they are written."""
    [directive] = re.findall(r"^```\{glossary\}\n(.*?)\n```$", (BOOK / "glossary.md").read_text("utf-8"), re.M | re.S)
    return re.split(r"\n\n(?=\S)", directive)


def entries() -> list[Entry]:
    found = [ENTRY.fullmatch(text) for text in glossary()]
    return [
        Entry(entry["terms"].splitlines(), (entry["korean"] or "").split(", "), re.findall(DOC, entry["docs"]))
        for entry in found
        if entry
    ]


def introductions(chapter: str) -> list[Introduction]:
    text = prose(chapter)
    [table] = WORDS.findall(text)
    return [*from_words(table), *from_prose(text.replace(table, ""))]


def from_words(table: str) -> list[Introduction]:
    """Of rows such as: | training, test data | 훈련, 시험 데이터 | ...; | surprise, $-\\ln p$ | 놀람, 정보량 | ..."""
    found = []
    for row in table.splitlines():
        term, korean, _meaning = re.split(r" ?(?<!\\)\| ?", row)[1:4]
        found += paired(spread(without_symbols(term)), spread(re.split(", ", korean) if korean else []))
    return found


def without_symbols(term: str) -> list[str]:
    """The names in a cell: surprise, $-\\ln p$ has one. A Greek letter that stands alone is its own name."""
    term = re.sub(r"^\$\\(\w+)\$$", r"\1", term)
    term = re.sub(r"\$[^$]+\$|`[^`]+`| \(\w+\)", "", term)
    return [name for name in re.split(r", (?:or )?", term) if re.search("[A-Za-z]", name) and name != "ln"]


def spread(names: list[str]) -> list[list[str]]:
    """For training, test data: either training data or training; test data."""
    head = names[-1].split()[-1] if names else ""
    return [[f"{name} {head}", name] for name in names[:-1]] + [[name] for name in names[-1:]]


def paired(names: list[list[str]], korean: list[list[str]]) -> list[Introduction]:
    """One Korean name for each, or all for all."""
    pairs = zip(names, korean, strict=True) if len(names) == len(korean) else product(names, korean or [[]])
    return [Introduction(*pair) for pair in pairs]


def from_prose(text: str) -> list[Introduction]:
    """Of text such as: **overfits** (과적합, overfitting), **momentum** (모멘텀, also 관성; in physics, ...)"""
    found = []
    for bold, heading, inside in INTRODUCTION.findall(text):
        inside = re.split("[;:]", inside)[0]
        english = [part.strip() for part in inside.split(",") if not re.search("[가-힣]", part)]
        names = [[name, *english] for name in (bold or heading).split(" and ")]
        if len((bold or heading).split()) <= LONGEST_TERM:
            found += paired(names, [[name] for name in KOREAN.findall(inside)])
    return found


def same(term: str, name: str) -> bool:
    """Whether a name is that of a term, or its beginning (fully connected: fully connected layer)."""
    term, name = ([word.rstrip("eis") for word in text.lower().split()] for text in (term, name))  # axes: axis
    return term[: len(name)] == name


def entry_of(introduction: Introduction, known: list[Entry]) -> Entry | None:
    for entry in known:
        named = any(same(*pair) for pair in product(entry.terms, introduction.names))
        if named and (not introduction.korean or set(introduction.korean) & set(entry.korean)):
            return entry
    return None


@pytest.mark.parametrize("text", glossary(), ids=lambda text: text.split("\n")[0])
def test_an_entry_has_its_form(text):
    assert ENTRY.fullmatch(text)


def test_entries_are_sorted_and_no_term_has_two():
    first = [entry.terms[0].lower() for entry in entries()]
    every = [term.lower() for entry in entries() for term in entry.terms]
    assert first == sorted(first) and len(every) == len(set(every))


def test_each_letter_leads_to_its_first_term():
    first = {}
    for entry in entries():
        first.setdefault(entry.terms[0][0].upper(), entry.terms[0])
    assert dict(re.findall(r"\{term\}`(\w) <(.+?)>`", (BOOK / "glossary.md").read_text("utf-8"))) == first


@pytest.mark.parametrize("chapter", chapters())
def test_every_term_of_a_chapter_is_an_entry_with_its_korean(chapter):
    known, found = entries(), introductions(chapter)
    assert found and [one for one in found if not entry_of(one, known)] == []


def test_an_entry_begins_with_the_first_chapter_that_introduces_it():
    known, order = entries(), chapters()
    first = {}
    for chapter in order:
        for entry in filter(None, (entry_of(one, known) for one in introductions(chapter))):
            first.setdefault(entry.terms[0], chapter)
    assert {entry.terms[0]: entry.docs[0] for entry in known} == first
    assert all(sorted(set(entry.docs), key=order.index) == entry.docs for entry in known)


def test_the_korean_that_an_entry_names_first_is_that_of_its_chapters():
    known = entries()
    used = set(chain.from_iterable(one.korean for chapter in chapters() for one in introductions(chapter)))
    assert [entry.terms[0] for entry in known if entry.korean[0] and entry.korean[0] not in used] == []
