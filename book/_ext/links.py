"""Links that nobody writes: from the tables of words to the glossary, and from what one may want to show to itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

HEADER = ["term", "Korean", "meaning"]
SEPARATOR = re.compile(r"(, (?:or )?)")
IN_WORDS = re.compile("[A-Za-z]{3}")  # η and ln are symbols
# As Sphinx and dlcore write them; what a fieldset begins with is its name.
LINKABLE = re.compile(
    r'<(figure|div|fieldset) class="(?:dlcore-live|exercise|dlcore-question)\b[^"]*" id="([^"]+)"[^>]*>'
    r"(?:<legend.*?</legend>)?"
)
NAMES = {"figure": "figure", "div": "exercise", "fieldset": "question"}

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> dict:
    app.connect("doctree-resolved", link_words)
    app.connect("html-page-context", link_to_itself)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def link_words(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Every name in the first column of a table of words leads to its entry; one without an entry is a warning."""
    objects = app.env.get_domain("std").objects
    terms = {name.lower(): place for (kind, name), place in objects.items() if kind == "term"}
    for table in doctree.findall(nodes.table):
        header, *rows = table.findall(nodes.row)
        if [cell.astext() for cell in header] != HEADER:
            continue
        for cell in [row[0] for row in rows]:
            for name, text in list(_names(cell)):
                term = entry(name, cell.astext().rpartition(" ")[2], terms)
                if term:
                    title = None if text.astext().lower() == term else term  # δ alone is no name for a link
                    text.parent.replace(text, make_refnode(app.builder, page, *terms[term], text.deepcopy(), title))
                elif isinstance(text, nodes.Text) and IN_WORDS.search(name):
                    logger.warning("'%s', in a table of words, has no entry in the glossary", name, location=cell)


def _names(cell: nodes.entry) -> Iterator[tuple[str, nodes.Node]]:
    """(a name, the node that holds it and nothing else): of $\\delta$ it is delta."""
    for math in cell.findall(nodes.math):
        yield math.astext().lstrip("\\"), math
    for text in [text for text in cell.findall(nodes.Text) if not isinstance(text.parent, nodes.math)]:
        parts = [nodes.Text(part) for part in SEPARATOR.split(text) if part]
        text.parent.replace(text, parts)
        yield from ((part, part) for part in parts if not SEPARATOR.fullmatch(part))


def entry(name: str, head: str, terms: dict) -> str | None:
    """Which term is meant, in small letters: in "training, test data" the first is training data, a term's first words
    stand for it."""
    name = re.sub(r" \(\w+\)", "", name.strip()).lower()
    beginning = (term for term in terms if name and term.startswith(f"{name} "))
    return next((term for term in (f"{name} {head.lower()}", name, *beginning) if term in terms), None)


def link_to_itself(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Exercises, living figures and questions of a quiz get what headings have: a link to copy or to open."""
    context["body"] = LINKABLE.sub(_with_link, context.get("body", ""))


def _with_link(tag: re.Match) -> str:
    return f'{tag[0]}<a class="headerlink dl-link" href="#{tag[2]}" title="Link to this {NAMES[tag[1]]}">#</a>'
