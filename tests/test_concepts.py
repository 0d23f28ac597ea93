"""book/concepts.md tells the truth: every row's sections exist, and the code that it names is in them.

A section reaches from its heading to the next one of the same or a higher level, so it contains its subsections.
"""

import re
from functools import cache
from typing import NamedTuple

import nbformat
import pytest
from mdit_py_plugins.anchors.index import slugify

from tests.notebooks import BOOK
from tests.test_notebooks import chapters

# Four numbers are not in use.
IDS = {f"c{number:02}" for number in range(1, 93)} - {"c77", "c79", "c85", "c87"}
LONGEST_FRAGMENT = 40

PAGE = (BOOK / "concepts.md").read_text("utf-8")
HEADING = re.compile(r"^## \{doc\}`(.+) <(\w+)>`$", re.MULTILINE)
PLACE = re.compile(
    r"(?:also \{doc\}`(?P<also>\w+)`: )?\[(?P<title>[^]]+)\]\((?P<chapter>\w+)\.ipynb#(?P<anchor>[^)]+)\)"
)
CELL = re.compile(r"`(?P<fragment>[^`]+)`|prose")


class Place(NamedTuple):
    """Where a row says that a concept is taught; without a fragment, in prose."""

    also: str | None
    title: str
    chapter: str
    anchor: str
    fragment: str | None


class Row(NamedTuple):
    table: str
    id: str
    concept: str
    places: list[Place]


class Section(NamedTuple):
    level: int
    title: str
    cells: list[str]  # the code of its cells, its subsections' too


def separated(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The parts of a text between semicolons, none of them anything else than the pattern."""
    found = list(pattern.finditer(text))
    assert "; ".join(match.group() for match in found) == text, text
    return found


def row(table: str, line: str) -> Row:
    name, concept, sections, cells = (column.strip() for column in line.strip("|").split("|"))
    pairs = zip(separated(PLACE, sections), separated(CELL, cells), strict=True)
    return Row(table, name, concept, [Place(**place.groupdict(), **cell.groupdict()) for place, cell in pairs])


def tables() -> dict[str, list[str]]:
    """The lines of each chapter's table, without its head."""
    _, *parts = re.split(HEADING, PAGE)
    return {
        chapter: [line for line in text.splitlines() if line.startswith("|")][2:]
        for chapter, text in zip(parts[1::3], parts[2::3], strict=True)
    }


ROWS = [row(table, line) for table, lines in tables().items() for line in lines]
every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)


@cache
def sections(chapter: str) -> list[Section]:
    """A chapter's sections, in its order."""
    found: list[Section] = []
    open_ones: list[Section] = []
    for cell in nbformat.read(BOOK / f"{chapter}.ipynb", as_version=4).cells:
        if cell.cell_type == "code":
            for section in open_ones:
                section.cells.append(cell.source)
            continue
        for marks, title in re.findall(r"^(#{1,3}) (.+)$", cell.source, re.MULTILINE):
            section = Section(len(marks), title, [])
            open_ones = [*(outer for outer in open_ones if outer.level < section.level), section]
            found.append(section)
    return found


def at(place: Place) -> Section:
    """The one section with this anchor."""
    found = [section for section in sections(place.chapter) if slugify(section.title) == place.anchor]
    assert len(found) == 1, f"{place.chapter}.ipynb has {len(found)} headings with the anchor {place.anchor}"
    return found[0]


def test_there_is_a_table_for_each_chapter_in_the_order_of_the_book():
    assert list(tables()) == chapters()
    for title, chapter in HEADING.findall(PAGE):
        assert title == sections(chapter)[0].title


def test_every_concept_has_one_row():
    assert sorted(row.id for row in ROWS) == sorted(IDS)
    assert len({row.concept for row in ROWS}) == len(ROWS)


@every_row
def test_a_concept_stands_in_the_table_of_a_chapter_that_teaches_it(row):
    own = [place.chapter == row.table for place in row.places]
    assert own[0]
    assert own == sorted(own, reverse=True), "places in other chapters come last"
    assert [place.also for place in row.places] == [
        None if place.chapter == row.table else place.chapter for place in row.places
    ]


@pytest.mark.parametrize("chapter", tables())
def test_a_table_follows_the_order_of_its_chapter(chapter):
    order = [section.title for section in sections(chapter)]
    first = [order.index(row.places[0].title) for row in ROWS if row.table == chapter]
    assert first == sorted(first)


@every_row
def test_its_sections_are_there(row):
    for place in row.places:
        assert at(place).title == place.title


@every_row
def test_each_piece_of_code_is_in_one_cell_of_its_section(row):
    for place in row.places:
        if place.fragment is not None:
            assert len(place.fragment) <= LONGEST_FRAGMENT
            found = [cell for cell in at(place).cells if place.fragment in cell]
            assert len(found) == 1, f"{place.fragment} is in {len(found)} cells of {place.title}"


def test_hardly_any_concept_is_taught_in_prose_alone():
    prose = [row.id for row in ROWS if not any(place.fragment for place in row.places)]
    assert len(prose) <= len(ROWS) / 10, prose
