"""The Korean words on English pages: named as Korean to screen readers and browsers, and found by the search."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

KOREAN = re.compile(r"([가-힣]+(?:[ –-][가-힣]+)*)")
VERBATIM = (nodes.FixedTextElement, nodes.math)  # what is set as it is written


def setup(app: Sphinx) -> dict:
    app.connect("doctree-resolved", mark)
    app.connect("doctree-resolved", index)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def mark(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Docutils writes the class language-ko as lang="ko"."""
    if app.config.language == "ko":
        return
    for text in list(doctree.findall(nodes.Text)):
        if KOREAN.search(text) and not isinstance(text.parent, VERBATIM):
            text.parent.replace(text, list(_marked(text)))


def _marked(text: str) -> Iterator[nodes.Node]:
    for i, part in enumerate(KOREAN.split(text)):  # English, Korean, English, …
        if part:
            yield nodes.inline(part, part, classes=["language-ko"]) if i % 2 else nodes.Text(part)


def index(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """The search leads from each Korean name in the glossary's entries to its entry, as it does from the English.

    It knows whole words, but many write 손실 함수 as 손실함수: such names are found either way.
    """
    for glossary in doctree.findall(addnodes.glossary):
        for entry in glossary.findall(nodes.definition_list_item):
            line = entry.next_node(nodes.definition).next_node(nodes.paragraph).astext()
            names = [name for name in re.split(" · |, ", line) if KOREAN.search(name)]
            [anchor, *_] = entry.next_node(nodes.term)["ids"]
            found = {*names, *(name.replace(" ", "") for name in names)}
            entry += addnodes.index(entries=[("single", name, anchor, "main", None) for name in sorted(found)])
