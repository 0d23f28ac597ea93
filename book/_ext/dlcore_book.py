"""What this book adds to Sphinx: recordings of living figures, our scripts and styles, and nothing from elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from dlcore.live.kernels import speak_through_files
from dlcore.live.page import VARIABLE, with_solutions
from dlcore.live.renderer import reports

SCRIPTS = ("live.js", "quiz.js", "buttons.js")
IN_USE = {"live.js": "dlcore-live", "quiz.js": "dlcore-question"}  # by the class of what a script brings to life
STYLES = ("live.css", "exercises.css", "site.css")
FIGURE_BYTES = 150_000  # budgets of one figure: its recording, compressed,
FIGURE_SECONDS = 20.0  # and the processor time that recording takes


def setup(app: Sphinx) -> dict:
    with_solutions()  # complains of a setting that is neither yes nor no, before any chapter is run
    # Kernels inherit the variable: it tells every figure, exercise and quiz that a page is being built, and names the
    # folder recordings are kept in. They are named by content, so a folder can serve many builds.
    os.environ.setdefault(VARIABLE, str(Path(app.confdir, "_build", ".recordings")))
    for script in SCRIPTS:
        app.add_js_file(script, loading_method="defer")
    for style in STYLES:
        app.add_css_file(style)
    app.connect("config-inited", set_theme_options, priority=900)
    app.connect("builder-inited", without_thebe, priority=900)
    app.connect("builder-inited", run_chapters_on_all_cores)
    app.connect("doctree-read", remember_figures, priority=900)  # after Sphinx has made the page's metadata
    app.connect("doctree-read", without_widget_state)
    app.connect("doctree-read", without_repeated_ids)
    app.connect("html-page-context", without_empty_headers)
    app.connect("html-page-context", only_scripts_in_use)
    app.connect("build-finished", report_figures)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def set_theme_options(app: Sphinx, config: Config) -> None:
    """Options Jupyter Book's own configuration has no key for; named in _config.yml they would replace all others."""
    config.html_theme_options |= {
        "navigation_with_keys": False,  # arrow keys move sliders, not pages
        "primary_sidebar_end": [],  # the theme would leave a place for advertisements
        "pygments_light_style": "a11y-high-contrast-light",
        "pygments_dark_style": "a11y-high-contrast-dark",
    }


def run_chapters_on_all_cores(app: Sphinx) -> None:
    """Sphinx reads pages side by side, and reading a chapter is running it.

    Jupyter Book adds two extensions that do not say whether they bear that: one numbers sections when all pages have
    been read, the other acts for LaTeX only.
    """
    speak_through_files()
    app.parallel = os.cpu_count() or 1
    for silent in ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex"):
        app.extensions[silent].parallel_read_safe = True


def remember_figures(app: Sphinx, doctree: nodes.document) -> None:
    """Keep what this page's figures cost where Sphinx brings together what its processes have read."""
    app.env.metadata[app.env.docname]["figures"] = reports.copy()
    reports.clear()


def without_widget_state(app: Sphinx, doctree: nodes.document) -> None:
    """The page needs no widget manager, so it need not carry the widgets' state, whose ids are random."""
    page = app.env.nb_metadata.get(app.env.docname, {})
    page.get("js_files", {}).pop("ipywidgets_state", None)


def without_repeated_ids(app: Sphinx, doctree: nodes.document) -> None:
    """sphinx-exercise gives the text of every exercise the same id, which a page may have only once."""
    for number, section in enumerate(doctree.findall(nodes.section)):
        if section["ids"] == ["exercise-content"]:
            section["ids"] = [f"exercise-content-{number}"]


def without_empty_headers(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Markdown makes every cell of a table's first row a header, the empty corner too, which heads nothing."""
    context["body"] = context.get("body", "").replace('<th class="head"><p></p></th>', "<td></td>")


def only_scripts_in_use(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """The glossary has no figures, so it need not fetch what moves them."""
    idle = {f"_static/{name}" for name, mark in IN_USE.items() if f'class="{mark}' not in context.get("body", "")}
    context["script_files"] = [script for script in context["script_files"] if script.filename not in idle]


def without_thebe(app: Sphinx) -> None:
    """Jupyter Book always adds sphinx-thebe, whose scripts point to a CDN; our figures need no remote kernel."""
    for listeners in app.events.listeners.values():
        for listener in [one for one in listeners if one.handler.__module__ == "sphinx_thebe"]:
            listeners.remove(listener)


def report_figures(app: Sphinx, exception: Exception | None) -> None:
    """Print what each figure of this build costs; over budget, the build fails."""
    if exception:
        return
    made = [report for page in app.env.metadata.values() for report in page.get("figures", [])]
    over = [r["name"] for r in made if r["bytes"] > FIGURE_BYTES or r["seconds"] > FIGURE_SECONDS]
    for r in made:
        print("figure {name:32} {states:5} states {bytes:8} bytes {seconds:6.1f} s".format(**r))
    if over:
        raise ExtensionError(f"figures over budget ({FIGURE_BYTES} bytes, {FIGURE_SECONDS} s): {', '.join(over)}")
