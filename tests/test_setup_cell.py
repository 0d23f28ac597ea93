"""The set-up cell of every notebook: on Colab it fetches dlcore, and elsewhere it does nothing.

Colab cannot be reached from a test. Its place takes an environment with the version of ipywidgets that Colab has, in
which dlcore is missing, and a folder that holds one notebook and nothing else of this repository.
"""

import importlib.util
import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import nbformat
import pytest
import yaml

from dlcore.exercises.intro import by_speed
from dlcore.quizzes.intro import quiz
from tests.building import ROOT
from tests.notebooks import BOOK, WIDGET_VIEW, code_cells, complaints, python, setup

COLABS = ["ipywidgets==7.7.1", "ipython_genutils==0.2.0"]  # ipywidgets 8 shows itself in another way
REPOSITORY = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["repository"]
CELL = nbformat.v4.new_code_cell(setup())

# What a reader does there: moves a slider, answers a question.
USED = f"""
from dlcore.quizzes._widgets import widget

figure = explore(
    figures.one_weight, alt=figures.one_weight_alt, name="used", w=(0, 1, 0.5))
before = figure._widgets.children[1].value
figure._widgets.children[0].value = 1
print("redrawn:", figure._widgets.children[1].value != before)
question, *others = widget(quiz).children
answer, check, reply = question.children[-3:]
answer.value = "{quiz.questions[0].right}"
check.click()
print(reply.outputs[0]["data"]["text/markdown"])
"""


@pytest.fixture(scope="module")
def colab(tmp_path_factory):
    """The Python of an environment with all that the tests have, but for dlcore, and with Colab's ipywidgets."""
    folder = tmp_path_factory.mktemp("colab")
    ours, theirs = Path(sysconfig.get_path("purelib")), folder / "installed"
    theirs.mkdir()
    for package in ours.iterdir():
        if "dlcore" not in package.name:
            (theirs / package.name).symlink_to(package)
    venv.create(folder / "venv")
    [own] = (folder / "venv").glob("lib/python*/site-packages")
    (own / "installed.pth").write_text(str(theirs))
    python = folder / "venv" / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "--no-deps", "--no-compile", *COLABS], check=True)
    return python


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """The address of a repository whose archive is packed as GitHub packs it, here."""
    folder = tmp_path_factory.mktemp("course")
    archive = folder / "archive" / "refs" / "heads" / f"{REPOSITORY['branch']}.zip"
    archive.parent.mkdir(parents=True)
    files = [ROOT / name for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-CONTENT")]
    files += [file for file in (ROOT / "dlcore").rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    with ZipFile(archive, "w") as packed:
        for file in files:
            packed.write(file, Path("course-main") / file.relative_to(ROOT))
    return folder.as_uri()


@pytest.fixture(scope="module")
def chapter(colab, repository, tmp_path_factory):
    """The first chapter, run from a folder with nothing beside it; its last cell uses what the others show."""
    folder = tmp_path_factory.mktemp("content")
    notebook = nbformat.read(BOOK / "intro.ipynb", as_version=4)
    for cell in code_cells(notebook):
        cell.source, cell.outputs = cell.source.replace(REPOSITORY["url"], repository), []
    notebook.cells += [nbformat.v4.new_code_cell(source) for source in (USED, "import dlcore; print(dlcore.__file__)")]
    nbformat.write(notebook, folder / "intro.ipynb")
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    # What builds dlcore is here already, so nothing has to be fetched for it; pip reads this 0 as "no isolation".
    offline = {"PIP_NO_BUILD_ISOLATION": "0", "PIP_NO_INDEX": "1", "JUPYTER_PREFER_ENV_PATH": "1"}
    run = [colab, "-c", "from nbclient.cli import main; main()", "--allow-errors", "--inplace", "intro.ipynb"]
    subprocess.run(run, cwd=folder, env=inherited | offline, check=True)
    return nbformat.read(folder / "intro.ipynb", as_version=4)


def text(cell):
    return "".join(output.get("text", "") for output in cell.outputs)


def test_where_dlcore_is_missing_the_cell_fetches_it(chapter, colab):
    assert text(chapter.cells[-1]).startswith(str(colab.parents[1]))
    assert complaints(chapter) == []


def test_nothing_that_is_there_is_replaced(chapter, colab):
    [own] = colab.parents[1].glob("lib/python*/site-packages")
    assert {file.name.partition("-")[0] for file in own.glob("*.dist-info")} == {
        "dlcore",
        *(pin.partition("==")[0] for pin in COLABS),
    }


def test_there_figures_and_quizzes_are_widgets_that_answer_and_exercises_reply(chapter):
    moving = re.compile(r"explore\((?!.*caption=False)|\nquiz$", re.DOTALL)  # its still picture has no caption
    alive = [cell for cell in code_cells(chapter)[:-2] if moving.search(cell.source)]
    assert len(alive) > 3
    assert [cell.source for cell in alive if not any(WIDGET_VIEW in out.get("data", {}) for out in cell.outputs)] == []
    reply = quiz.questions[0].reply(quiz.questions[0].right)
    assert text(chapter.cells[-2]) == f"redrawn: True\n{reply}\n"
    [asked] = [cell for cell in code_cells(chapter) if "by_speed.check(" in cell.source]
    assert by_speed.check(...).text in json.dumps(asked.outputs, ensure_ascii=False)


def test_where_dlcore_is_there_the_cell_does_nothing():
    exec(python(CELL), {"get_ipython": lambda: pytest.fail("it calls IPython, which has pip to offer")})


def test_without_a_network_it_says_what_to_do(monkeypatch):
    asked = []

    class Shell:
        def run_line_magic(self, *line):
            asked.append(line)

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(AssertionError, match=r"pip says above why\. With a network that works, run this cell again\."):
        exec(python(CELL), {"get_ipython": Shell})
    assert asked == [("pip", f"install -q {{course}}/archive/refs/heads/{REPOSITORY['branch']}.zip")]
