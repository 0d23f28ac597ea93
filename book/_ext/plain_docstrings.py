"""The API page: dlcore's docstrings are plain text, which Sphinx would read as reStructuredText.

|y − t| is a distance and not a substitution, x_ is a name and not a link. So what means something to Sphinx is escaped,
`code` becomes code, and lines set in by four spaces stay as they are written.
"""

from __future__ import annotations

import re

from sphinx.application import Sphinx

_CODE = re.compile(r"`([^`]+)`")


def setup(app: Sphinx) -> dict:
    app.connect("autodoc-process-docstring", escape)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def escape(app: Sphinx, what: str, name: str, thing: object, options: object, lines: list[str]) -> None:
    """Replace the docstring's lines by their reStructuredText."""
    escaped: list[str] = []
    shown = False  # inside lines that stay as they are written
    for line in lines:
        if line.startswith("    "):
            if not shown:
                escaped += ["", "::", ""]
            shown = True
            escaped.append(line)
        else:
            if shown and line:
                escaped.append("")
            shown = shown and not line
            escaped.append(_text(line))
    lines[:] = escaped


def _text(line: str) -> str:
    """One line with its code marked and everything else literal; "- " still begins a list."""
    parts = _CODE.split(line)  # text, code, text, code, …
    bullet = "- " if parts[0].startswith("- ") else ""
    parts[0] = parts[0].removeprefix(bullet)
    return bullet + "".join(
        f"``{part}``" if i % 2 else re.sub(r"([\\*|_`])", r"\\\1", part) for i, part in enumerate(parts)
    )
