"""The book in the browser alone: a button on every page made of a notebook, and JupyterLite within the site.

Nothing of it is loaded before the reader has read what it is (start.html).
"""

from __future__ import annotations

import os
from pathlib import Path

from jinja2 import Template
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from dlcore.live.page import SOLUTIONS, with_solutions

from .python import SETTING, Python, python
from .site import HERE, OF_KERNEL, check_installed, make

FOLDER = "lite"
PAGE = f"{FOLDER}/notebooks/index.html"
PROGRAM_MB = 11  # JupyterLab's notebook, as a browser loads it; a test compares

# What the page may load, run and send. JupyterLab compiles its schemas of settings with `new Function`; the rest of
# the site's pages do without that. Python runs in a worker, whose script is the site's.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'none'",
    "base-uri": "'none'",
}


def setup(app: Sphinx) -> dict:
    app.connect("builder-inited", find_python)
    app.connect("html-page-context", add_button, priority=502)  # after the theme's own launch buttons
    app.connect("build-finished", write, priority=950)  # after the policies of the book's pages
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def find_python(app: Sphinx) -> None:
    """Before any chapter is run: a folder that will not do is complained of at once."""
    if app.builder.name == "html":
        try:
            check_installed()
            app.lite_python = python(os.environ.get(SETTING, ""), OF_KERNEL)
        except ValueError as error:
            raise ExtensionError(str(error)) from error


def notebooks(app: Sphinx) -> list[str]:
    """The pages made of notebooks, in the order of the table of contents."""
    pages = [app.config.root_doc, *app.env.toctree_includes.get(app.config.root_doc, [])]
    return [page for page in dict.fromkeys(pages) if _is_notebook(app, page)]


def _is_notebook(app: Sphinx, page: str) -> bool:
    return page in app.env.found_docs and app.env.doc2path(page).endswith(".ipynb")


def add_button(app: Sphinx, page: str, template: str, context: dict, doctree: object) -> None:
    """Beside the theme's buttons for Binder, the first of them: it needs nobody else."""
    if doctree is None or not _is_notebook(app, page):
        return
    [launch] = [button for button in context["header_buttons"] if button.get("label") == "launch-buttons"]
    url = f"{context['pathto'](PAGE, 1)}?path={Path(page).name}.ipynb"
    words = {"text": "This browser", "tooltip": "Run in this browser"}
    launch["buttons"].insert(0, {"type": "link", "icon": "fas fa-globe", "url": url} | words)


def write(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.name != "html":
        return
    chapters = [
        {"source": app.env.doc2path(page), "page": f"{page}.html", "title": app.env.titles[page].astext()}
        for page in notebooks(app)
    ]
    book = {"language": app.config.language, "title": app.config.project, "home": app.config.html_baseurl}
    publish(Path(app.outdir), app.lite_python, chapters, **book)


def publish(site: Path, found: Python, chapters: list[dict], **book: str) -> None:
    """JupyterLite with these chapters (the notebook, its page in the site, its title) into the built site."""
    environment = {} if with_solutions() else {SOLUTIONS: "no"}
    sources = [Path(chapter["source"]) for chapter in chapters]
    main, config = make(site / FOLDER, sources, found, environment)
    told = book | {
        "main": main,
        "config": config,
        "python": found.script if found.host else f"../python/{found.script}",
        "loaded": sentence(found),
        "chapters": [chapter | {"file": source.name} for chapter, source in zip(chapters, sources, strict=True)],
    }
    for template, page in {"start.html": PAGE, "index.html": f"{FOLDER}/index.html"}.items():
        text = Template((HERE / template).read_text("utf-8"), autoescape=True).render(told)
        (site / page).write_text(with_policy(text, found.host), "utf-8", newline="\n")


def sentence(found: Python) -> str:
    """What will be loaded, how much, and from where."""
    own = f"{PROGRAM_MB} MB for the notebook"
    waiting = "The first time takes half a minute or more; then the browser has most of it."
    if not found.host:
        size = f"{found.bytes / 1e6:.0f} MB for Python with numpy and matplotlib"
        return f"From this site {own} and {size} are loaded, and nothing from elsewhere. {waiting}"
    here = (found.bytes - found.bytes_elsewhere) / 1e6
    host = found.host.removeprefix("https://")
    return (
        f"Python with numpy and matplotlib is loaded from {host}, {found.bytes_elsewhere / 1e6:.0f} MB; from this site "
        f"come {own} and {here:.0f} MB more for Python. {waiting} As with any page, {host} learns your address on the "
        "network."
    )


def with_policy(page: str, host: str) -> str:
    policy = POLICY | {"connect-src": f"{POLICY['connect-src']} {host}".strip()}
    content = "; ".join(f"{directive} {sources}" for directive, sources in policy.items())
    meta = '<meta charset="utf-8"/>'
    return page.replace(meta, f'{meta}\n<meta http-equiv="Content-Security-Policy" content="{content}">')
