"""What is stored in book/*.ipynb; nbval, in the same run, executes every cell and compares its outputs."""

import ast
import json
import re
from itertools import chain
from pathlib import Path

import jupytext
import nbformat
import pytest
import yaml
from nbval.kernel import start_new_kernel

from tests.notebooks import BOOK, code_cells, complaints, normalised, prose, python, with_setup

ROOT = BOOK.parent
NOTEBOOKS = sorted(BOOK.glob("*.ipynb"))
LONGEST_CELL = 16
# Each family has one module a chapter; a notebook that uses such a call takes it from its own chapter's module.
FAMILIES = {"figures": "explore(", "exercises": ".check(", "quizzes": "quiz"}

every_notebook = pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)


def read(file: Path) -> nbformat.NotebookNode:
    return nbformat.read(file, as_version=4)


def test_there_are_notebooks():
    assert NOTEBOOKS


@every_notebook
def test_every_code_cell_was_executed_in_order(file):
    cells = code_cells(read(file))
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1)), "run: make notebooks"


@every_notebook
def test_no_output_tells_of_an_error_or_of_this_machine(file):
    assert complaints(read(file)) == []


@every_notebook
def test_stored_as_make_notebooks_stores_it(file):
    assert normalised(read(file)) == file.read_text("utf-8"), "run: make notebooks"


@every_notebook
def test_begins_with_its_title_and_the_set_up_cell(file):
    notebook = read(file)
    assert notebook.cells[0].source.count("\n") == 0, "the first cell is the title and nothing else"
    wanted = nbformat.reads(normalised(with_setup(notebook)), as_version=4)
    assert [(cell.source, cell.metadata) for cell in wanted.cells] == [
        (cell.source, cell.metadata) for cell in notebook.cells
    ], "run: make notebooks"


@every_notebook
def test_cell_ids_are_there_and_differ(file):
    ids = [cell.get("id") for cell in json.loads(file.read_text("utf-8"))["cells"]]
    assert all(ids) and len(set(ids)) == len(ids)


def test_cells_that_went_through_another_format_keep_their_ids():
    stored = read(NOTEBOOKS[0])
    back = jupytext.reads(jupytext.writes(stored, fmt="md:myst"), fmt="md:myst")
    ids = [cell["id"] for cell in json.loads(normalised(back))["cells"]]
    assert ids == [cell.id for cell in stored.cells]


@every_notebook
def test_no_cell_escapes_the_comparison_of_outputs(file):
    for cell in code_cells(read(file)):
        assert not re.search(r"^\s*#\s*(NBVAL|PYTEST)_", cell.source, re.MULTILINE), cell.source
        assert not {tag for tag in cell.metadata.get("tags", []) if tag.startswith(("nbval", "raises"))}, cell.source


@every_notebook
def test_cells_are_short_and_plain(file):
    for cell in code_cells(read(file)):
        assert len(cell.source.splitlines()) <= LONGEST_CELL, cell.source
        assert "sys.path" not in cell.source, cell.source
        for node in ast.walk(ast.parse(python(cell))):
            assert not (isinstance(node, ast.ExceptHandler) and node.type is None), cell.source


def test_nbval_starts_kernels_that_cannot_be_given_the_same_port():
    manager, client = start_new_kernel(kernel_name="python3")
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    assert manager.transport == "ipc"


@every_notebook
def test_directives_are_fenced_with_colons_so_that_colab_and_github_show_them_as_text(file):
    assert re.findall(r"^`{3,}\{.*", prose(file.stem), re.MULTILINE) == [], "write :::{exercise} … :::"


@every_notebook
def test_links_to_other_pages_name_files_which_jupyterlab_and_github_open_too(file):
    text = prose(file.stem)
    assert not re.findall(r"\{(?:doc|ref|term|any)\}`.*?`", text), "write [Networks](networks.ipynb)"
    targets = re.findall(r"\]\((?!#|\w+:)([^)#]*)", text)
    assert [target for target in targets if not (BOOK / target).is_file()] == [], "write [the map](#the-map)"


def pages() -> tuple[list[str], list[str]]:
    """(the chapters, the pages of the back of the book), by name, in the order of the table of contents."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    *parts, back = [[entry["file"] for entry in part["chapters"]] for part in toc["parts"]]
    groups = [toc["root"], *chain.from_iterable(parts)], back
    assert all((ROOT / f"{page}.ipynb").exists() or (ROOT / f"{page}.md").exists() for page in chain(*groups))
    return tuple([page.removeprefix("book/") for page in group] for group in groups)


def chapters() -> list[str]:
    return pages()[0]


def test_table_of_contents_names_every_notebook_once_and_every_other_page():
    written = [file.stem for file in BOOK.iterdir() if file.suffix in (".ipynb", ".md")]
    assert sorted(chain(*pages())) == sorted(written)
    assert all((BOOK / f"{chapter}.ipynb").exists() for chapter in chapters())


@pytest.mark.parametrize("family", FAMILIES)
def test_every_module_of_a_family_is_a_chapters_or_shared_by_chapters(family):
    modules = {file.stem: file.read_text("utf-8") for file in (ROOT / "dlcore" / family).glob("[!_]*.py")}
    shared = {name for source in modules.values() for name in imported(source, family)}
    assert modules.keys() - shared <= set(chapters())


@pytest.mark.parametrize("family", FAMILIES)
@every_notebook
def test_a_chapter_takes_its_figures_exercises_and_quizzes_from_its_own_modules(file, family):
    source = "\n".join(python(cell) for cell in code_cells(read(file)))
    if file.stem == "intro":  # it may borrow from the chapters
        assert imported(source, family) <= set(chapters())
    elif FAMILIES[family] in source:
        assert imported(source, family) == {file.stem}
        assert (ROOT / "dlcore" / family / f"{file.stem}.py").exists()


def imported(source: str, family: str) -> set[str]:
    """The modules of dlcore.<family> that a source imports from."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == f"dlcore.{family}":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"dlcore.{family}."):
            found.add(node.module.rpartition(".")[2])
    return found
