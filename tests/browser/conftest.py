"""A real browser, the built site served from this machine alone, and Python's own copy of every living figure."""

from __future__ import annotations

import ast
import platform
import re
import shutil
import threading
from contextlib import chdir, contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import BrowserType, sync_playwright

from dlcore.live import LivingFigure
from tests.notebooks import code_cells, python

# The first has no window to draw: it opens a page in half of the processor time.
NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
APPLICATIONS = Path("/Applications")  # where macOS keeps what is not on PATH
ON_MACOS = ["Chromium.app/Contents/MacOS/Chromium", "Google Chrome.app/Contents/MacOS/Google Chrome"]


def browser_program(chromium: BrowserType) -> str:
    """The Chromium or Chrome of this machine, else the one Playwright has downloaded."""
    on_path = [found for name in NAMES if (found := shutil.which(name))]
    installed = [str(APPLICATIONS / name) for name in ON_MACOS] if platform.system() == "Darwin" else []
    for program in [*on_path, *installed, chromium.executable_path]:
        if Path(program).exists():
            return program
    pytest.fail(
        "The browser tests need Chromium or Chrome on PATH. Install one (Debian and Ubuntu: apt-get install chromium; "
        "macOS: brew install --cask chromium), or let Playwright fetch its own: python -m playwright install chromium",
        pytrace=False,
    )


# One browser for each module: Playwright's event loop must have ended when nbval starts its own.
@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        program = browser_program(playwright.chromium)
        browser = playwright.chromium.launch(executable_path=program, args=["--disable-quic"])
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
