"""`make links`: every address outside the site, on its pages and in the project's texts, is asked whether it is there.

Needs the internet and a built site; so it is no test. (Sphinx's own checker would run every chapter first, and does
not read README.md.)
"""

from __future__ import annotations

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urldefrag
from urllib.request import Request, urlopen

from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[1]
TEXTS = (
    "*.md",
    "*.cff",
    "*.toml",
    "*.yml",
    "LICENSE*",
    "benchmarks/*.md",
    "dlcore/data/*.md",
    "book/_static/vendor/*.md",
)
IN_TEXT = re.compile(r"https?://[^\s<>()\[\]{}\"'`]+[^\s<>()\[\]{}\"'`.,;:]")
PATIENCE = 20  # seconds
AT_ONCE = 8
WHO = {"User-Agent": "Mozilla/5.0 (compatible; link check)"}  # some refuse what does not look like a browser


def main() -> int:
    site = ROOT / "_build" / "html"
    if not (site / "index.html").exists():
        print("There is no built site to read: run `make links`, which builds it if need be.", file=sys.stderr)
        return 1
    found = addresses(site, ROOT)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = dict(zip(found, pool.map(answer, found), strict=True))
    bad = {address: said for address, said in answers.items() if said}
    for address, said in bad.items():
        print(f"{said}: {address}\n    on {', '.join(sorted(found[address]))}")
    print(f"{len(found)} addresses, {len(bad)} to look at")
    return 1 if bad else 0


def addresses(site: Path, project: Path) -> dict[str, set[str]]:
    """{address without its anchor: the pages and files it stands on}."""
    found: dict[str, set[str]] = {}
    for page in sorted(file for file in site.rglob("*.html") if "_static" not in file.relative_to(site).parts):
        links = BeautifulSoup(page.read_text("utf-8"), "html.parser").find_all("a", href=re.compile("^https?:"))
        for link in links:
            found.setdefault(urldefrag(link["href"]).url, set()).add(page.relative_to(site).as_posix())
    for text in sorted({file for pattern in TEXTS for file in project.glob(pattern)}):
        for address in IN_TEXT.findall(text.read_text("utf-8")):
            found.setdefault(urldefrag(address).url, set()).add(text.relative_to(project).as_posix())
    return dict(sorted(found.items()))


def answer(address: str) -> str:
    """What is wrong with an address, in a few words; "" if it answers. Who refuses HEAD is asked with GET."""
    said = _asked(address, "HEAD")
    return said and _asked(address, "GET")


def _asked(address: str, method: str) -> str:
    try:
        with urlopen(Request(address, headers=WHO, method=method), timeout=PATIENCE):
            return ""
    except HTTPError as error:
        return f"{error.code} {error.reason}"
    except (URLError, OSError) as error:
        return f"no answer ({getattr(error, 'reason', error)})"


if __name__ == "__main__":
    sys.exit(main())
