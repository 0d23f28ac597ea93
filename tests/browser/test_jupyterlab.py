"""Living figures with a kernel, in a real JupyterLab: they redraw, survive a changed cell, show errors, and go away."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest

from dlcore.live.page import VARIABLE

IMPORTS = """
from ipywidgets.widgets.widget import _instances
from dlcore import explore
"""
FIGURE = """
def draw(ax, w):
    if w == 2:
        raise ZeroDivisionError("the pole of this figure")
    ax.plot([0, 1], [0, w], label="line")
    ax.set(xlim=(0, 1), ylim=(-2, 2), xlabel="$x$", ylabel="$y$")
explore(draw, alt=lambda w: f"A line of slope {w}.", name="line", w=(-2, 2, 1))
"""
COUNT = 'print("open widgets:", len(_instances))'


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab that serves one notebook, as a reader's would: no build variable, no token."""
    folder = tmp_path_factory.mktemp("lab")
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in (IMPORTS, FIGURE, COUNT)]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), folder / "figure.ipynb")
    environment = {key: value for key, value in os.environ.items() if key != VARIABLE}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--ServerApp.root_dir={folder}"]
    options = [
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=0",
        "--IdentityProvider.token=",
        "--LabApp.expose_app_in_browser=True",
    ]
    news = ["--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([*command, *options, *news], stdout=log, stderr=log, env=environment)
    try:
        yield _address(folder / "log", server)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _address(log: Path, server: subprocess.Popen) -> str:
    """The address the server names in its log, once it answers."""
    for _ in range(120):
        lines = [line for line in log.read_text().splitlines() if "http://127.0.0.1:" in line]
        if lines:
            address = "http://127.0.0.1:" + lines[-1].split("http://127.0.0.1:")[1].split("/")[0]
            try:
                urllib.request.urlopen(f"{address}/api", timeout=5).close()
                return address
            except urllib.error.URLError:
                pass
        assert server.poll() is None, log.read_text()
        time.sleep(0.5)
    raise AssertionError(f"JupyterLab did not answer within a minute:\n{log.read_text()}")


@pytest.fixture(scope="module")
def notebook(browser, lab):
    """The notebook, opened and run from top to bottom."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(f"{lab}/lab/tree/figure.ipynb")
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for(timeout=60_000)
    _run_all(page)
    yield page
    page.close()


# Run every cell, and end when the last one is done; a kernel that does not answer ends it too, with an error.
RUN_ALL = """async () => {
    const late = new Promise((_, fail) => setTimeout(() => fail(new Error("the cells did not end")), 60000));
    const context = window.jupyterapp.shell.currentWidget.sessionContext;
    const run = async () => {
        await context.ready;
        await context.session.kernel.info;
        await window.jupyterapp.commands.execute('notebook:run-all-cells');
    };
    await Promise.race([run(), late]);
}"""


def _run_all(page):
    page.evaluate(RUN_ALL)


def _turn(page, key):
    page.locator(".widget-slider .noUi-handle").focus()
    page.keyboard.press(key)


def _picture(page):
    return page.locator(".jp-OutputArea .widget-html svg").first.inner_html()


def test_a_slider_redraws_the_picture_and_its_sentence(notebook):
    notebook.get_by_text("A line of slope 0.").wait_for(timeout=30_000)
    before = _picture(notebook)
    _turn(notebook, "ArrowRight")
    notebook.get_by_text("A line of slope 1.").wait_for(timeout=30_000)
    assert _picture(notebook) != before


def test_a_failing_draw_shows_its_error_and_recovers(notebook):
    _turn(notebook, "End")
    notebook.get_by_text("ZeroDivisionError: the pole of this figure").wait_for(timeout=30_000)
    _turn(notebook, "ArrowLeft")
    notebook.get_by_text("A line of slope 1.").wait_for(timeout=30_000)


def test_a_changed_cell_run_again_shows_the_new_figure_and_leaves_no_widgets_behind(notebook):
    def open_widgets():
        return notebook.locator(".jp-CodeCell").last.locator(".jp-OutputArea-output").inner_text()

    editor = notebook.locator(".jp-CodeCell").nth(1).locator(".cm-content")
    editor.click()
    notebook.keyboard.press("Control+a")
    notebook.keyboard.insert_text(FIGURE.strip().replace("A line", "Another line"))
    _run_all(notebook)
    notebook.get_by_text("Another line of slope 0.").wait_for(timeout=30_000)
    first = open_widgets()
    assert first.startswith("open widgets: ")
    for _ in range(3):
        _run_all(notebook)
    assert open_widgets() == first
