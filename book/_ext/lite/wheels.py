"""What is pure Python is packed into wheels from the environment that builds the book: dlcore, ipywidgets, IPython.

So it has the versions of requirements.txt, and nothing is downloaded. The same environment gives the same bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import Distribution, distribution
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dlcore

DLCORE = Path(dlcore.__file__).parent
WHEN = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows
SAID = re.compile("entry_points|licen", re.IGNORECASE)  # by a package of itself; the rest tells of this machine
BROWSER = {"sys_platform": "emscripten", "platform_system": "Emscripten", "os_name": "posix", "extra": ""}
COMPILED = {".so", ".pyd", ".dylib"}
DOES_WITHOUT = {"wcwidth"}  # its compiled part is a quicker copy of what it also has in Python


@dataclass(frozen=True)
class Wheel:
    name: str
    version: str
    content: bytes

    @property
    def file(self) -> str:
        return f"{self.name.replace('-', '_')}-{self.version}-py3-none-any.whl"

    def entry(self) -> dict:
        """How Pyodide's lock names it. It is asked for by name, so it need not say what it needs or offers."""
        return {
            "name": self.name,
            "version": self.version,
            "file_name": self.file,
            "sha256": sha256(self.content).hexdigest(),
            "install_dir": "site",
            "package_type": "package",
            "depends": [],
            "imports": [],
            "unvendored_tests": False,
        }


def needed(names: tuple[str, ...], elsewhere: set[str], python: str) -> list[str]:
    """These packages and those that they need on a browser's Python, but for those that come from elsewhere."""
    found: set[str] = set()
    left = list(names)
    while left:
        name = canonicalize_name(left.pop())
        if name not in found and name not in elsewhere:
            found.add(name)
            wanted = map(Requirement, distribution(name).requires or ())
            where = BROWSER | {"python_version": python.rpartition(".")[0], "python_full_version": python}
            left += [need.name for need in wanted if need.marker is None or need.marker.evaluate(where)]
    return sorted(found)


def packed(name: str) -> Wheel:
    """An installed package as a wheel."""
    about = distribution(name)
    return wheel(name, about.version, _own_files() if name == "dlcore" else _files(about))


def wheel(name: str, version: str, files: dict[str, bytes]) -> Wheel:
    """These files as the wheel of a package, and what every wheel must say of itself."""
    said = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    files = files | {f"{name.replace('-', '_')}-{version}.dist-info/METADATA": said.encode()}
    packed = BytesIO()
    with ZipFile(packed, "w") as zipped:
        for path in sorted(files):
            entry = ZipInfo(path, WHEN)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # plain files, on whatever system it is packed
            zipped.writestr(entry, files[path], compresslevel=9)
    return Wheel(name, version, packed.getvalue())


def _own_files() -> dict[str, bytes]:
    """dlcore's, wherever it is and however it was installed."""
    files = (file for file in DLCORE.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return {file.relative_to(DLCORE.parent).as_posix(): file.read_bytes() for file in files}


def _files(about: Distribution) -> dict[str, bytes]:
    """What stands in site-packages: no commands, no files of JupyterLab's, nothing compiled here."""
    inside = [f for f in about.files or () if ".." not in f.parts and "__pycache__" not in f.parts]
    compiled = [f for f in inside if f.suffix in COMPILED]
    if compiled and about.name not in DOES_WITHOUT:
        raise ValueError(f"{about.name} is not pure Python; let it come from Pyodide, by book/_ext/lite/pins.py.")
    chosen = [f for f in inside if f not in compiled and ".dist-info" not in f.parts[0]]
    said = [f for f in inside if ".dist-info" in f.parts[0] and SAID.search(f.name)]
    return {file.as_posix(): about.locate_file(file).read_bytes() for file in [*chosen, *said]}
