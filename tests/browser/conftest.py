"""A real browser, the built site served from this machine alone, and Python's own copy of every living figure."""

from __future__ import annotations

import ast
import re
import threading
from contextlib import chdir, contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import sync_playwright

from dlcore.live import LivingFigure
from tests.notebooks import code_cells, python
from tools.browser import OPTIONS, NoBrowser, browser_program


# One browser for each module: Playwright's event loop must have ended when nbval starts its own.
@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        try:
            program = browser_program(playwright.chromium)
        except NoBrowser as error:
            pytest.fail(str(error), pytrace=False)
        browser = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield browser
        browser.close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@contextmanager
def served(folder: Path):
    """The folder's address on the loopback interface."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def address(site):
    with served(site) as address:
        yield address


@cache
def figures_of(notebook: Path) -> dict[str, LivingFigure]:
    """The figures a notebook makes, by name; what they need of it is executed once, in this process."""
    made = {}
    original = LivingFigure.__init__

    def remember(figure, *args, **kwargs):
        original(figure, *args, **kwargs)
        made[figure.scene.name] = figure

    names = {"__name__": "__main__"}
    with pytest.MonkeyPatch.context() as patch, chdir(notebook.parent):
        patch.setattr(LivingFigure, "__init__", remember)
        for source in for_figures([python(cell) for cell in code_cells(nbformat.read(notebook, as_version=4))]):
            _show(_run(source, notebook.name, names))
    return made


def for_figures(cells: list[str]) -> list[str]:
    """The cells that make figures, and those that define what they use: the long trainings of a chapter not."""
    chosen: list[str] = []
    wanted: set[str] = set()
    for source in reversed(cells):
        used, defined = _names(source)
        if re.search(r"explore\(|quiz|DrawingPad\(", source) or defined & wanted:
            chosen.insert(0, source)
            wanted = wanted - defined | used
    return chosen


def _names(source: str) -> tuple[set[str], set[str]]:
    """(the names that a cell uses, those that it defines)."""
    used: set[str] = set()
    defined: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else defined).add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            defined.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            defined |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.AugAssign):  # changes what it was
            used |= {name.id for name in ast.walk(node.target) if isinstance(name, ast.Name)}
    return used, defined


def _run(source: str, where: str, names: dict) -> object:
    """Execute a cell as a kernel does; the value of its last expression, which a kernel would show."""
    tree = ast.parse(source)
    last = ast.Expression(tree.body.pop().value) if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, where, "exec"), names)
    return eval(compile(last, where, "eval"), names) if last else None


def _show(value: object) -> None:
    """Some figures are made when they are shown: those of a quiz."""
    getattr(value, "_repr_mimebundle_", lambda: None)()
