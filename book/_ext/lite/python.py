"""The Python that runs in the browser: its files, where they come from, and the lock that names every one of them.

Pyodide itself and what is compiled for it come from its public CDN; or, if the setting PYODIDE names a folder with
that distribution, from this site. Everything else is packed from the environment (wheels.py).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from .wheels import Wheel, needed, packed, wheel

PINS = json.loads(Path(__file__).with_name("pyodide.json").read_text("utf-8"))
CDN = "https://cdn.jsdelivr.net"
ON_CDN = f"{CDN}/pyodide/v{PINS['version']}/full/"
SETTING = "PYODIDE"  # a folder, or nothing
PACKED = ("dlcore", "ipywidgets", "ipython")
FROM_JUPYTERLITE = ("ipykernel", "piplite", "pyodide-kernel", "widgetsnbextension")  # of its own making, in its kernel
# Scripts for JupyterLab; and 5 MB for completing names, which IPython does without them, too, from the values there are
LEFT_OUT = {"jupyterlab-widgets", "jedi"}
ASKED_FOR = "jedi"  # by JupyterLite's kernel, by name: it gets a package with nothing in it


@dataclass(frozen=True)
class Python:
    """Everything of it that stands in the site, by file name, and what is loaded from elsewhere."""

    files: dict[str, bytes]
    packages: list[str]
    host: str  # that the other files come from; "" if there are none
    bytes_elsewhere: int

    @property
    def bytes(self) -> int:
        return self.bytes_elsewhere + sum(map(len, self.files.values()))

    @property
    def script(self) -> str:
        """Where Pyodide's own script is: an address, or a name beside the lock."""
        return ON_CDN + "pyodide.mjs" if self.host else "pyodide.mjs"


def python(folder: str, of_jupyterlite: Path) -> Python:
    """The Python of the site. `folder` is the setting; `of_jupyterlite` has the wheels of its kernel."""
    core = distribution(Path(folder)) if folder else {}
    wheels = [packed(name) for name in needed(PACKED, {*PINS["packages"], *FROM_JUPYTERLITE, *LEFT_OUT}, _release())]
    wheels += [_newest(name, of_jupyterlite) for name in FROM_JUPYTERLITE]
    wheels += [wheel(ASKED_FOR, "0", {})]
    base = "" if folder else ON_CDN
    entries = {name: about | {"file_name": base + about["file_name"]} for name, about in PINS["packages"].items()}
    entries |= {wheel.name: wheel.entry() for wheel in wheels}
    lock = json.dumps({"info": PINS["info"], "packages": dict(sorted(entries.items()))}, indent=1)
    files = core | {wheel.file: wheel.content for wheel in wheels} | {"pyodide-lock.json": lock.encode()}
    elsewhere = 0 if folder else sum(about["bytes"] for about in PINS["files"].values())
    return Python(files, sorted(entries), "" if folder else CDN, elsewhere)


def distribution(folder: Path) -> dict[str, bytes]:
    """The files that are needed of a folder, each compared with what the course was tested with."""
    wanted = f"{SETTING} names {folder}; let it be the folder of Pyodide {PINS['version']}, unpacked"
    if not folder.is_dir():
        raise ValueError(f"{wanted}. There is no such folder.")
    missing = [name for name in PINS["files"] if not (folder / name).is_file()]
    if missing:
        raise ValueError(f"{wanted}. It lacks {', '.join(missing)}.")
    files = {name: (folder / name).read_bytes() for name in PINS["files"]}
    others = [name for name, content in files.items() if sha256(content).hexdigest() != PINS["files"][name]["sha256"]]
    if others:
        raise ValueError(f"{wanted}. It has files of another version: {', '.join(others)}.")
    return files


def _release() -> str:
    return PINS["info"]["python"]


def _newest(name: str, folder: Path) -> Wheel:
    """Of the wheels of a name that JupyterLite's kernel brings, the one of the highest version."""
    found = folder.glob(f"{name.replace('-', '_')}-*-py3-none-any.whl")
    version, file = max((tuple(map(int, file.name.split("-")[1].split("."))), file) for file in found)
    return Wheel(name, ".".join(map(str, version)), file.read_bytes())
