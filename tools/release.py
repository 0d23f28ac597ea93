"""`make release`: the built site as one zip, to be opened from a folder, a USB stick or a class server.

The same site gives the same bytes, whenever and wherever it is packed.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import yaml

from dlcore.live.page import with_solutions

ROOT = Path(__file__).parents[1]
LICENCES = ("LICENSE", "LICENSE-CONTENT")
WHEN = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows

README = """{title}, version {version}{edition}

Open index.html in a browser. Nothing is installed, and nothing is fetched from the internet.

For a class: copy this folder to any web server, or share it from one machine:

    python3 -m http.server

Then the others open http://<name or address of that machine>:8000.

Licences: the code is MIT (LICENSE); text, figures and exercises are CC BY 4.0 (LICENSE-CONTENT); MathJax, which sets
the formulas, keeps its own (_static/vendor/mathjax/LICENSE), and so do JupyterLite and its Python, which run chapters
in the browser (lite/build/third-party-licenses.json, and in each file of lite/python).
The book's home: {home}
"""


def main() -> int:
    site = ROOT / "_build" / "html"
    if not (site / "index.html").exists():
        print("There is no built site to pack: run `make release`, which builds it first.", file=sys.stderr)
        return 1
    zipped = pack(site, ROOT / "_build", with_solutions())
    print(f"{zipped}: {zipped.stat().st_size / 1e6:.1f} MB. Unpack it anywhere and open index.html.")
    return 0


def pack(site: Path, folder: Path, solutions: bool) -> Path:
    """The zip, written into `folder`: everything in it stands in one folder of the same name."""
    about = described(solutions)
    name = named(about, solutions)
    files = {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}
    files |= {licence: (ROOT / licence).read_bytes() for licence in LICENCES}
    files["README.txt"] = README.format(**about).encode()
    with ZipFile(folder / f"{name}.zip", "w") as zipped:
        for path in sorted(files):
            entry = ZipInfo(f"{name}/{path}", WHEN)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # plain files, on whatever system it is packed
            zipped.writestr(entry, files[path], compresslevel=9)
    return folder / f"{name}.zip"


def named(about: dict[str, str], solutions: bool) -> str:
    """What its files are called."""
    name = "-".join([*re.findall(r"[a-z0-9]+", about["title"].lower()), about["version"]])
    return name if solutions else f"{name}-without-solutions"


def described(solutions: bool) -> dict[str, str]:
    """What a release says of itself."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return {
        "title": config["title"],
        "author": config["author"],
        "version": project["version"],
        "home": config["repository"]["url"],
        "site": config["html"]["baseurl"],
        "edition": "" if solutions else ", the edition without solutions",
    }


if __name__ == "__main__":
    sys.exit(main())
