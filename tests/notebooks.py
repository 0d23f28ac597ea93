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
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from dlcore.live.page import VARIABLE

BOOK = Path(__file__).parents[1] / "book"

METADATA = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},  # no version: the chapters run on every supported one
}
CELL_METADATA = {"jupyter", "mystnb", "tags"}  # what authors write; the rest is left by programs
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"  # a random id, nothing without its kernel

_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")


def main(names: list[str]) -> int:
    os.environ.pop(VARIABLE, None)  # stored outputs are what a kernel shows, not what a page shows
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # the kernel of this environment, not one of the user's
    files = [BOOK / f"{name}.ipynb" for name in names] or sorted(BOOK.glob("*.ipynb"))
    failed = [file for file in files if not _stored(file)]
    return len(failed)


def _stored(file: Path) -> bool:
    """Run one notebook; store it, unless something is wrong with it, which is printed."""
    notebook = nbformat.read(file, as_version=4)
    run(notebook, file.parent)
    wrong = complaints(notebook)
    text = normalised(notebook)
    if not wrong and text != file.read_text("utf-8"):
        file.write_text(text, "utf-8")
    print(*(f"{file.name}: {complaint}" for complaint in wrong or ["ok"]), sep="\n", flush=True)
    return not wrong


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


def prose(chapter: str) -> str:
    """All that a chapter says outside of its code."""
    notebook = nbformat.read(BOOK / f"{chapter}.ipynb", as_version=4)
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
