"""JupyterLite as a folder of the site: its notebook program alone, with the book's notebooks and Python.

`jupyter lite build` makes it; then everything that no page loads is left out, and its page is replaced by ours, which
says what will be loaded before it is (start.html).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from .python import Python

HERE = Path(__file__).parent
INSTALLED = Path(sys.prefix, "lite")  # beside all other packages: JupyterLab would load the kernel's half of it
LABEXTENSIONS = Path("share", "jupyter", "labextensions")
KERNEL = "@jupyterlite/pyodide-kernel-extension"
USED = (
    INSTALLED / LABEXTENSIONS / KERNEL,
    *(Path(sys.prefix) / LABEXTENSIONS / name for name in ("@jupyter-widgets/jupyterlab-manager", "jupyterlab-myst")),
)
OF_KERNEL = USED[0] / "static" / "pypi"  # the wheels it brings
START = ("start.js", "start.css")
MADE = "315532800"  # the first day that a zip knows, in Unix's seconds: what is written must not tell of today
# What would lead to other programs of JupyterLite, which are not here; what tells of the day on which nothing was made;
# what changes the tab's icon at every cell; and a word, "not trusted", that frightens and has nothing to guard here.
SWITCHED_OFF = (
    "@jupyter-notebook/application-extension:logo",
    "@jupyter-notebook/application-extension:pages",
    "@jupyter-notebook/console-extension:scratchpad-console",
    "@jupyter-notebook/notebook-extension:checkpoints",
    "@jupyter-notebook/notebook-extension:kernel-logo",
    "@jupyter-notebook/notebook-extension:open-tree-tab",
    "@jupyter-notebook/notebook-extension:tab-icon",
    "@jupyter-notebook/notebook-extension:trusted",
    "@jupyter-notebook/tree-extension:open-file-browser",
    "@jupyterlab/notebook-extension:toc",
    "@jupyterlite/application-extension:service-worker-manager",
    "@jupyterlite/application-extension:share-file",
    "@jupyterlite/notebook-application-extension:logo",
)
SETTINGS = {
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},  # dark for who likes it dark
    "@jupyter-notebook/application-extension:top": {"visible": "no"},  # the bar has the chapter's title
    "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 20},  # seconds; nothing is sent anywhere
}
# Of what `jupyter lite build` makes: programs we have no page for, other forms of what is there, maps and schemas that
# are in one file already.
UNUSED = (
    "*.config*.js",
    "doc",
    "icon-*.png",
    "jupyterlite.schema.v0.json",
    "manifest.webmanifest",
    "package.json",
    "service-worker.js",
    "build/service-worker.js",
    "build/schemas/@*",
    "build/fa-*.eot",
    "build/fa-*.svg",
    "build/fa-*.ttf",
    "build/fa-*.woff",
    "notebooks/package.json",
    "static",
    f"extensions/{KERNEL}/static/pypi/*.whl",
    "extensions/**/install.json",
    "extensions/**/*.ttf",
    "extensions/**/*.woff",
)
MAIN = re.compile(r'<link id="jupyter-lite-main"[^>]* href="([^"]+)"')
CONFIG = re.compile(r"'(\.\./config-utils\.js[^']*)'")


def make(out: Path, notebooks: list[Path], python: Python, environment: dict[str, str]) -> tuple[str, str]:
    """Fill the folder `out`; returns the addresses of the two scripts that a page begins with."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "contents").mkdir()
        for notebook in notebooks:
            shutil.copyfile(notebook, root / "contents" / notebook.name)
        (root / "jupyter-lite.json").write_text(json.dumps(configuration(python, environment)), "utf-8")
        _build(root)
        made = root / "made"
        page = (made / "notebooks" / "index.html").read_text("utf-8")
        for pattern in UNUSED:
            for unused in made.glob(pattern):
                shutil.rmtree(unused) if unused.is_dir() else unused.unlink()
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(made, out)
    (out / "python").mkdir()
    for name, content in python.files.items():
        (out / "python" / name).write_bytes(content)
    for name in START:
        shutil.copyfile(HERE / name, out / name)
    return MAIN.search(page)[1], CONFIG.search(page)[1]


def check_installed() -> None:
    if not OF_KERNEL.is_dir():
        raise ValueError(
            f"JupyterLite is not in {INSTALLED}. Run make, or else: "
            f"pip install --no-deps --target {INSTALLED} -r {HERE / 'requirements.txt'}"
        )


def configuration(python: Python, environment: dict[str, str]) -> dict:
    """What JupyterLite is told: which Python, and how to behave."""
    beside = "./python/"
    kernel = {
        "disablePyPIFallback": True,
        "pyodideUrl": python.script if python.host else beside + python.script,
        "loadPyodideOptions": {
            "lockFileURL": f"{beside}pyodide-lock.json",
            "packages": python.packages,
            "env": environment,
        },
    }
    settings = {
        "disabledExtensions": list(SWITCHED_OFF),
        "enableMemoryStorage": True,  # where the browser keeps nothing
        "exposeAppInBrowser": True,  # start.js tells how it fares
        "litePluginSettings": {f"{KERNEL}:kernel": kernel},
        "settingsOverrides": SETTINGS,
    }
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": settings}


def _build(root: Path) -> None:
    """JupyterLite's own process, from nothing: it has a memory of earlier builds that silently drops settings."""
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", root, "--output-dir", root / "made"]
    chosen = ["--contents", root / "contents", "--apps", "notebooks", "--no-sourcemaps", "--no-unused-shared-packages"]
    extensions = [f"--LiteBuildConfig.federated_extensions={folder}" for folder in USED]
    done = subprocess.run(
        [*command, *chosen, "--LiteBuildConfig.ignore_sys_prefix=True", *extensions],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(INSTALLED), "SOURCE_DATE_EPOCH": MADE, "JUPYTER_NO_CONFIG": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"jupyter lite build failed:\n{done.stdout}")
