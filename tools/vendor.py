"""`make vendor`: fetches the files of others in the versions that their manifest names, and writes down their sums.

To renew one, change its version in book/_static/vendor/manifest.json and run it. npm does the fetching.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

VENDOR = Path(__file__).parents[1] / "book" / "_static" / "vendor"


def main() -> int:
    manifest = json.loads((VENDOR / "manifest.json").read_text("utf-8"))
    for name, about in manifest.items():
        files = chosen(about, fetched(f"{about['package']}@{about['version']}"))
        before = about["sha256"]
        about["sha256"] = sums(files)
        for path, content in files.items():
            file = VENDOR / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        changed = [path for path in before if before[path] != about["sha256"][path]]
        print(f"{name} {about['version']}: {len(files)} files, {len(changed)} changed", *changed, sep="\n  ")
    (VENDOR / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    return 0


def fetched(package: str) -> dict[str, bytes]:
    """Every file of a package of npm, by its path in it."""
    with TemporaryDirectory() as folder:
        command = ["npm", "pack", package, "--silent", "--pack-destination", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (packed,) = Path(folder).glob("*.tgz")
        return unpacked(packed)


def unpacked(packed: Path) -> dict[str, bytes]:
    with tarfile.open(packed) as files:
        return {
            member.name.removeprefix("package/"): files.extractfile(member).read()
            for member in files
            if member.isfile()
        }


def chosen(about: dict, package: dict[str, bytes]) -> dict[str, bytes]:
    """The files that the manifest lists, from the package: its licence from the top, the others from one folder."""
    said = json.loads(package["package.json"])
    for key, ours in (("version", "version"), ("license", "licence")):
        if said[key] != about[ours]:
            raise ValueError(f"the package says {key} {said[key]!r}, the manifest {ours} {about[ours]!r}")
    places = {path: path if path == "LICENSE" else f"{about['folder']}/{path}" for path in about["sha256"]}
    gone = sorted(place for place in places.values() if place not in package)
    if gone:
        raise ValueError(f"{about['package']} {about['version']} has no longer {', '.join(gone)}; mend the manifest")
    return {path: package[place] for path, place in places.items()}


def sums(files: dict[str, bytes]) -> dict[str, str]:
    return {path: hashlib.sha256(content).hexdigest() for path, content in sorted(files.items())}


if __name__ == "__main__":
    sys.exit(main())
