"""The book with a kernel, in a real JupyterLab, from an environment made of requirements.txt alone.

A chapter is opened where Binder's buttons open it, run to its end, and used. (That all of them run to their ends is
nbval's work, in the same run.) In a small notebook living figures redraw, survive a changed cell, show errors, and go
away; and everything is rendered that chapters write in MyST.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from dlcore.exercises import intro as exercises
from dlcore.live.page import VARIABLE
from dlcore.quizzes.intro import quiz
from tests.browser.jupyter import run_all, write_and_run
from tests.building import ROOT
from tests.notebooks import BOOK, code_cells, python

CHAPTER = "intro"  # short, and has a slider, exercises and a quiz
NOTEBOOKS = {file.stem: nbformat.read(file, as_version=4) for file in sorted(BOOK.glob("*.ipynb"))}
DIRECTIVE = re.compile(r"^(?:`{3}|:{3})\{([\w-]+)\} *(.*)$", re.MULTILINE)

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
# The first cell that uses it, for each kind of directive that any chapter uses.
DIRECTIVES = {
    name: cell.source
    for notebook in NOTEBOOKS.values()
    for cell in reversed(notebook.cells)
    for name, _ in DIRECTIVE.findall(cell.source)
    if cell.cell_type == "markdown"
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """A reader's Python: what requirements.txt names is installed, and nothing else."""
    folder = tmp_path_factory.mktemp("reader") / "venv"
    python = folder / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    # The pins are complete, so nothing has to be looked for.
    pip = [sys.executable, "-m", "pip", "--python", python, "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--no-deps", "--no-compile", "-r", "requirements.txt"], cwd=ROOT, check=True)
    return python


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A reader's: nothing of a build's, of the tests' or of this machine's own JupyterLab."""
    home = tmp_path_factory.mktemp("jupyter")
    names = ["JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"]
    names += ["JUPYTERLAB_WORKSPACES_DIR", "JUPYTERLAB_SETTINGS_DIR"]
    inherited = {key: value for key, value in os.environ.items() if key not in (VARIABLE, "PYTHONPATH")}
    return inherited | {name: str(home / name) for name in names} | {"JUPYTER_PREFER_ENV_PATH": "1"}


@pytest.fixture(scope="module")
def lab(tmp_path_factory, reader, environment):
    """The address of a JupyterLab that serves a copy of the chapter and one small notebook, without a token."""
    folder = tmp_path_factory.mktemp("lab")
    (folder / "book").mkdir()
    shutil.copy(BOOK / f"{CHAPTER}.ipynb", folder / "book")
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in (IMPORTS, FIGURE, COUNT)]
    cells += [nbformat.v4.new_markdown_cell(source) for source in DIRECTIVES.values()]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), folder / "figure.ipynb")
    command = [reader, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--ServerApp.root_dir={folder}"]
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
    """The small notebook, opened and run from top to bottom."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    yield _opened(page, f"{lab}/lab/workspaces/figure/tree/figure.ipynb")  # the chapter's does not open it again
    page.close()


@pytest.fixture(scope="module")
def chapter(browser, lab):
    """The chapter, opened where a Binder button opens it and run to its end; `troubles` is all that went wrong."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    troubles = []
    page.on("console", lambda message: troubles.append(message.text) if _error(message) else None)
    page.on("request", lambda request: None if _own(request.url, lab) else troubles.append(request.url))
    yield SimpleNamespace(page=_opened(page, f"{lab}/lab/tree/book/{CHAPTER}.ipynb"), troubles=troubles)
    page.close()


def _error(message):
    """A link to a cell that is not rendered yet is said to lead nowhere: where it leads is looked at afterwards.

    (What JupyterLab's own scripts throw is not heard: no script of the book runs there, and its cell toolbar throws
    when it looks at the active cell before there is one.)"""
    return message.type == "error" and not message.text.startswith("No target for internal reference")


def _own(url, lab):
    return url.startswith((f"{lab}/", "data:", "blob:"))


def _opened(page, address):
    page.goto(address)
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for(timeout=60_000)
    run_all(page)
    return page


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

    write_and_run(notebook, 1, FIGURE.strip().replace("A line", "Another line"), runs=2)
    notebook.get_by_text("Another line of slope 0.").wait_for(timeout=30_000)
    first = open_widgets()
    assert first.startswith("open widgets: ")
    for _ in range(3):
        run_all(notebook)
    assert open_widgets() == first


def rendered(page, cells):
    """What is wrong with the directives of these cells: not shown as a box with its title, or shown as it is written.
    (Cells far from the window have a text, but none that is seen.)"""
    wanted = [title or name for cell in cells for name, title in DIRECTIVE.findall(cell)]
    boxes = page.locator(".myst aside, .myst details").all_text_contents()
    missing = [title for title in wanted if not any(title in box[:200] for box in boxes)]
    raw = [text for text in page.locator(".myst").all_text_contents() if re.search(r"^:\w+:|:::", text, re.MULTILINE)]
    return missing + raw if wanted else ["no directives"]


def test_every_kind_of_directive_that_chapters_use_is_rendered(notebook):
    assert rendered(notebook, DIRECTIVES.values()) == []


def test_a_chapter_runs_to_its_end(chapter):
    cells = chapter.page.evaluate("() => window.jupyterapp.shell.currentWidget.context.model.toJSON()")["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code_cells(NOTEBOOKS[CHAPTER])) + 1))
    wrong = {"error", "stderr"}
    assert [out for cell in code for out in cell["outputs"] if wrong & {out["output_type"], out.get("name")}] == []


def test_a_chapters_statements_are_rendered(chapter):
    assert rendered(chapter.page, [cell.source for cell in NOTEBOOKS[CHAPTER].cells]) == []


def test_a_chapters_figure_moves(chapter):
    figure = chapter.page.locator(".jp-OutputArea-output", has=chapter.page.locator(".widget-slider")).first
    figure.scroll_into_view_if_needed()
    picture, sentence = figure.locator("svg"), figure.locator(".widget-html").last
    before = picture.inner_html(), sentence.text_content()
    figure.locator(".noUi-handle").first.focus()
    chapter.page.keyboard.press("ArrowRight")
    sentence.filter(has_not_text=before[1]).wait_for(state="attached", timeout=30_000)
    assert before[1] and picture.inner_html() != before[0]


def _answer(page, name, value):
    """Write an answer into the starter's cell as `name = value`, run it and its check; the reply."""
    check = f"exercises.{name}.check("
    place = next(i for i, cell in enumerate(NOTEBOOKS[CHAPTER].cells) if cell.source.startswith(check))
    variable = NOTEBOOKS[CHAPTER].cells[place].source.removeprefix(check).rstrip(")")
    write_and_run(page, place - 1, f"{variable} = {value!r}", runs=2)
    return page.locator(".jp-Cell").nth(place).locator(".jp-OutputArea-output")


def test_an_exercise_answers_a_wrong_and_then_the_right_answer(chapter):
    mistake = exercises.step.wrong[1]
    for answer, reply in ((mistake.answer, mistake.reply), (exercises.step.solution, "Right.")):
        _answer(chapter.page, "step", answer).get_by_text(reply).wait_for(state="attached", timeout=60_000)


def test_a_quiz_answers_a_wrong_and_then_the_right_choice(chapter):
    place = next(i for i, cell in enumerate(NOTEBOOKS[CHAPTER].cells) if cell.source.endswith("\nquiz"))
    shown = chapter.page.locator(".jp-Cell").nth(place)
    shown.scroll_into_view_if_needed()
    question = quiz.questions[0]
    wrong = next(letter for letter in question.choices if letter not in question.right)
    for letter in (wrong, question.right):
        shown.get_by_role("radio", name=letter, exact=True).first.check()
        shown.get_by_role("button", name="Check").first.click()
        shown.get_by_text(question.replies[letter]).wait_for(timeout=30_000)


def test_a_chapter_asks_nothing_of_others_and_says_no_error(chapter):
    assert chapter.troubles == []
    places = chapter.page.locator(".myst a[href^='#']").evaluate_all("links => links.map((link) => link.hash.slice(1))")
    gone = "ids => ids.filter((id) => !document.getElementById(id))"
    assert places and chapter.page.evaluate(gone, places) == []


MISSING = "import sys; from importlib.util import find_spec; print(*(n for n in sys.argv[1:] if find_spec(n) is None))"


def test_all_that_chapters_and_dlcore_import_is_in_a_readers_environment(reader, environment):
    """nbval runs chapters where the tests' packages are installed as well."""
    sources = [python(cell) for notebook in NOTEBOOKS.values() for cell in code_cells(notebook)]
    sources += [file.read_text("utf-8") for file in (ROOT / "dlcore").rglob("*.py")]
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    modules = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    packages = sorted({module.partition(".")[0] for module in modules})
    done = subprocess.run(
        [reader, "-c", MISSING, *packages], env=environment, capture_output=True, text=True, check=True
    )
    assert "numpy" in packages and done.stdout.split() == []
