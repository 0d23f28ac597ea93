"""The rocket's menu: each button says that it leaves the site, and one leads to the page about all ways to run."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

WAYS = "book/ways_to_run"
LEAVES = "fas fa-arrow-up-right-from-square"  # drawn by the theme's font, where logos would be fetched


def setup(app: Sphinx) -> dict:
    app.connect("html-page-context", name_launch_buttons, priority=900)  # after the theme has made them
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def name_launch_buttons(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    for group in context.get("header_buttons", []):
        if group.get("label") != "launch-buttons":
            continue
        for button in [button for button in group["buttons"] if button["url"].startswith("https:")]:
            button |= {"text": f"{button['text']} (leaves this site)", "icon": LEAVES}
        if WAYS in app.env.found_docs:
            address = app.builder.get_relative_uri(page, WAYS)
            group["buttons"].append(
                {
                    "type": "link",
                    "text": app.env.titles[WAYS].astext(),
                    "icon": "fas fa-circle-question",
                    "url": address,
                }
            )
