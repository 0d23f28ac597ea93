"""Builds the book, or a small one with its configuration, the way `make book` does, into a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import yaml

from dlcore.live.page import VARIABLE
from tests.notebooks import METADATA

ROOT = Path(__file__).parents[1]
RECORDINGS = ROOT / "_build" / ".recordings"  # named by their content, so every build may share them


def build(source: Path, output: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """jupyter-book's own process, with these variables besides; the site is in output/_build/html if it returns 0."""
    output.mkdir(parents=True, exist_ok=True)
    command = [Path(sys.executable).with_name("jupyter-book"), "build", source, "--path-output", output]
    return subprocess.run(
        [*command, "--all", "-n", "-W", "--keep-going"],
        env={
            **os.environ,
            VARIABLE: str(RECORDINGS),
            "JUPYTER_PREFER_ENV_PATH": "1",
            "TMPDIR": str(output),
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=1500,
        check=False,
    )


def small_book(folder: Path, *, lite: bool = False, **pages: list[str] | str) -> Path:
    """A book of a few pages: a list is a notebook's cells of code, text is a page of Markdown.

    It has no JupyterLite unless told: making that takes longer than all else."""
    (folder / "book").mkdir(parents=True)
    for shared in ("book/_ext", "book/_static", "book/_templates"):
        (folder / shared).symlink_to(ROOT / shared)
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    if not lite:
        del config["sphinx"]["local_extensions"]["lite"]
    (folder / "_config.yml").write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")
    for name, content in pages.items():
        if isinstance(content, str):
            (folder / "book" / f"{name}.md").write_text(content, "utf-8")
        else:
            nbformat.write(notebook(name, content), folder / "book" / f"{name}.ipynb")
    first, *others = (f"book/{name}" for name in pages)
    toc = {"format": "jb-book", "root": first} | ({"chapters": [{"file": page} for page in others]} if others else {})
    (folder / "_toc.yml").write_text(yaml.safe_dump(toc), "utf-8")
    return folder


def notebook(title: str, cells: list[str]) -> nbformat.NotebookNode:
    """A heading and cells of code, not executed."""
    return nbformat.v4.new_notebook(
        metadata=METADATA,
        cells=[
            nbformat.v4.new_markdown_cell(f"# {title}", id="heading"),
            *(nbformat.v4.new_code_cell(cell, id=f"cell-{i}") for i, cell in enumerate(cells)),
        ],
    )
