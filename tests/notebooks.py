"""`make notebooks`: runs the chapters and stores each with its outputs, so normalised that twice gives identical bytes.

    python -m tests.notebooks [chapter …]
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

import nbformat
import yaml
from IPython.core.inputtransformer2 import TransformerManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from dlcore.live.page import VARIABLE
from dlcore.live.widgets import WIDGET_VIEW  # it holds a random id, nothing without its kernel

BOOK = Path(__file__).parents[1] / "book"

METADATA = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},  # no version: the chapters run on every supported one
}
CELL_METADATA = {"jupyter", "mystnb", "tags"}  # what authors write; the rest is left by programs

# The first cell of code in every notebook. Sites leave it out; elsewhere but on Colab it does nothing.
SETUP = """\
# Colab lacks dlcore, the library of this course: there, fetch it.
from importlib.util import find_spec

if not find_spec("dlcore"):
    course = "{url}"
    %pip install -q {{course}}/archive/refs/heads/{branch}.zip
    assert find_spec("dlcore"), (
        "dlcore was not fetched: pip says above why. "
        "With a network that works, run this cell again.")
""".strip()
# JupyterLab folds it to its first line.
SETUP_METADATA = {"jupyter": {"source_hidden": True}, "tags": ["remove-cell", "setup"]}

_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")


def main(names: list[str]) -> int:
    os.environ.pop(VARIABLE, None)  # stored outputs are what a kernel shows, not what a page shows
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # the kernel of this environment, not one of the user's
    files = [BOOK / f"{name}.ipynb" for name in names] or sorted(BOOK.glob("*.ipynb"))
    failed = [file for file in files if not _stored(file)]
    return len(failed)


def _stored(file: Path) -> bool:
    """Run one notebook; store it, unless something is wrong with it, which is printed."""
    notebook = with_setup(nbformat.read(file, as_version=4))
    run(notebook, file.parent)
    wrong = complaints(notebook)
    text = normalised(notebook)
    if not wrong and text != file.read_text("utf-8"):
        file.write_text(text, "utf-8")
    print(*(f"{file.name}: {complaint}" for complaint in wrong or ["ok"]), sep="\n", flush=True)
    return not wrong


def with_setup(notebook: NotebookNode) -> NotebookNode:
    """The notebook with the set-up cell, as it is today, after its title."""
    title, *others = [cell for cell in notebook.cells if "setup" not in cell.metadata.get("tags", [])]
    cell = nbformat.v4.new_code_cell(setup(), metadata=SETUP_METADATA)
    return nbformat.from_dict({**notebook, "cells": [title, cell, *others]})


def setup() -> str:
    """The set-up cell's code: it fetches this repository, from where _config.yml says that it lives."""
    config = yaml.safe_load((BOOK.parent / "_config.yml").read_text("utf-8"))
    return SETUP.format(**config["repository"])


def run(notebook: NotebookNode, folder: Path) -> None:
    """Execute every cell in order, up to one that fails; outputs are stored in the notebook itself."""
    for cell in code_cells(notebook):
        cell.execution_count, cell.outputs = None, []
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=300,
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(folder)}},
    )
    with suppress(CellExecutionError):  # the error stands in its cell's outputs, where complaints() finds it
        client.execute()


def normalised(notebook: NotebookNode) -> str:
    """The notebook as the text to store: nothing in it depends on when, where or how often it was run."""
    notebook = nbformat.from_dict({**notebook, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5})
    for cell, name in zip(notebook.cells, _ids(notebook.cells), strict=True):
        cell.id = name
        cell.metadata = {key: value for key, value in cell.metadata.items() if key in CELL_METADATA}
    for cell in code_cells(notebook):
        for output in cell.outputs:
            if "data" in output:
                output.metadata = {}
                output.data.pop(WIDGET_VIEW, None)
        cell.outputs = [output for output in cell.outputs if output.get("data", True)]
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def _ids(cells: list[NotebookNode]) -> list[str]:
    """Ids made from the text: a notebook edited in another format, which has none, keeps those of its cells."""
    times = Counter()
    ids = []
    for cell in cells:
        times[cell.source] += 1
        ids.append(hashlib.sha256(f"{times[cell.source]}\n{cell.source}".encode()).hexdigest()[:12])
    return ids


def complaints(notebook: NotebookNode) -> list[str]:
    """What must not be stored: errors, words on stderr, memory addresses. Each complaint names its cell."""
    return [
        f"cell {number} ({cell.id}) {complaint}, in\n\n{cell.source}\n"
        for number, cell in enumerate(notebook.cells)
        for output in cell.get("outputs", [])
        if (complaint := _complaint(output))
    ]


def _complaint(output: NotebookNode) -> str:
    if output.output_type == "error":
        return f"fails with {output.ename}: {output.evalue}"
    if output.get("name") == "stderr":
        return f"writes to stderr: {output.text.strip()}"
    text = output.get("text") or output.get("data", {}).get("text/plain", "")
    if _ADDRESS.search(text):
        return f"shows a memory address, another at each run: {text.strip()}"
    return ""


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def python(cell: NotebookNode) -> str:
    """A cell's code as Python reads it: lines such as `%pip install` are IPython's."""
    return TransformerManager().transform_cell(cell.source)


def prose(chapter: str) -> str:
    """All that a chapter says outside of its code."""
    notebook = nbformat.read(BOOK / f"{chapter}.ipynb", as_version=4)
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
