"""Writes pyodide.json: which Pyodide the course uses, and what it is made of, each file with its sum and its size.

    python -m book._ext.lite.pins <folder of an unpacked Pyodide distribution>

Run it to renew Pyodide. A distribution that lacks a package, or has a file that is not what its lock says, is refused.
"""

from __future__ import annotations

import json
import re
import sys
from hashlib import sha256
from pathlib import Path

PINS = Path(__file__).with_name("pyodide.json")
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
WANTED = ("matplotlib", "micropip", "numpy")  # compiled, and with them what they need; all else is packed from here
VERSION = re.compile(r'="(\d+\.\d+\.\d+)"')


def main(folder: Path) -> None:
    lock = json.loads((folder / "pyodide-lock.json").read_text("utf-8"))
    packages = {name: lock["packages"][name] for name in sorted(closure(WANTED, lock["packages"]))}
    files = {name: measured(folder / name) for name in CORE}
    for about in packages.values():
        found = measured(folder / about["file_name"])
        if found["sha256"] != about["sha256"]:
            raise ValueError(f"{about['file_name']} is not the file that the distribution's own lock names")
        files[about["file_name"]] = found
    pins = {"version": version(folder), "info": lock["info"], "files": files, "packages": packages}
    PINS.write_text(json.dumps(pins, indent=1) + "\n", "utf-8")


def version(folder: Path) -> str:
    found = VERSION.search((folder / "pyodide.mjs").read_text("utf-8"))
    if found is None:
        raise ValueError(f"{folder}/pyodide.mjs does not say which version of Pyodide it is")
    return found[1]


def closure(names: tuple[str, ...], packages: dict) -> set[str]:
    """These packages, and those that they need."""
    found: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += packages[name]["depends"]
    return found


def measured(file: Path) -> dict:
    content = file.read_bytes()
    return {"sha256": sha256(content).hexdigest(), "bytes": len(content)}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
