"""What a page says of itself where it is found or shared: a sentence, an address and a picture (book/_templates)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx

LONGEST = 200  # characters; what search engines and cards show of a description


def setup(app: Sphinx) -> dict:
    app.connect("html-page-context", describe)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def describe(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """A page without text of its own, such as the search, is described as the book is: by its first page."""
    context["description"] = description(doctree or app.env.get_doctree(app.config.root_doc))
    context["home"] = app.config.html_baseurl.rstrip("/") + "/"
    context["base"] = urlsplit(context["home"]).path


def description(doctree: nodes.document) -> str:
    """The page's first sentence, and those after it in the same paragraph that fit."""
    first = next((text for text in doctree.findall(nodes.paragraph) if isinstance(text.parent, nodes.section)), None)
    if first is None:
        return ""
    described, *others = re.split(r"(?<=[.?!]) ", " ".join(first.astext().split()))
    for sentence in others:
        if len(described) + 1 + len(sentence) > LONGEST:
            break
        described += f" {sentence}"
    return described
