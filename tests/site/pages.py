"""What the built files say about themselves: addresses, links, living figures. Each check returns its complaints."""

from __future__ import annotations

import base64
import gzip
import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

# What a browser fetches by itself. Links, and the buttons that open a notebook elsewhere, are the reader's choice.
FETCHED = {
    "audio": ["src"],
    "embed": ["src"],
    "form": ["action"],
    "iframe": ["src"],
    "image": ["href", "xlink:href"],
    "img": ["src", "srcset"],
    "input": ["src"],
    "link": ["href"],
    "object": ["data"],
    "script": ["src"],
    "source": ["src", "srcset"],
    "track": ["src"],
    "use": ["href", "xlink:href"],
    "video": ["src", "poster"],
}
OUTSIDE = re.compile(r"^\s*(?:[a-z][a-z+.-]*:)?//", re.IGNORECASE)
IN_STYLES = re.compile(r"""(?:url\(|@import)\s*["']?\s*((?:https?:)?//[^\s"')]+)""", re.IGNORECASE)
HOSTS = re.compile(
    r"\b(?:unpkg\.com|jsdelivr\.net|cdnjs\.|cloudflare\.com|googleapis\.com|gstatic\.com|google-analytics\.com"
    r"|googletagmanager\.com|esm\.sh|skypack\.dev|jspm\.io|bootstrapcdn\.com|kit\.fontawesome\.com|polyfill\.io)",
    re.IGNORECASE,
)
# MathJax names a host it would ask for speech rules, which its switched-off menu alone can want. Its files are held to
# their sums, so they cannot be mended; that nothing is asked for is seen in the browser.
# JupyterLite's programs name many; its page's policy holds them to what they may load (test_lite.py).
NAMES_HOSTS = ("_static/vendor/mathjax/", "lite/")


@cache
def parsed(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text("utf-8"), "html.parser")


def pages(site: Path) -> list[Path]:
    """Every page of the site: not webpack's macros, pieces of the theme's own making, and not JupyterLite."""
    return sorted(file for file in site.rglob("*.html") if not {"_static", "lite"} & {*file.relative_to(site).parts})


def outside_addresses(file: Path, site: Path) -> list[str]:
    """Everything in an HTML, CSS or JavaScript file that would be fetched from another origin."""
    text = file.read_text("utf-8")
    found = []
    if file.suffix == ".html":
        found += [a for element in parsed(file).find_all(list(FETCHED)) for a in _fetched(element) if OUTSIDE.match(a)]
    if file.suffix in (".html", ".css"):
        found += IN_STYLES.findall(text)
    if not file.relative_to(site).as_posix().startswith(NAMES_HOSTS):
        found += HOSTS.findall(text)
    return found


def _fetched(element: Tag) -> list[str]:
    if "canonical" in element.get("rel", []):
        return []  # the page's own address, told to search engines
    return [element[key] for key in FETCHED[element.name] if element.has_attr(key)]


def broken_links(file: Path, site: Path) -> list[str]:
    """Links and addresses within the site that lead to no file or to no anchor."""
    elements = parsed(file).find_all(["a", *FETCHED])
    addresses = {e[key] for e in elements for key in ("href", "src", "action", "data") if e.has_attr(key)}
    return sorted(address for address in addresses if not _resolves(address, file, site))


def _resolves(address: str, page: Path, site: Path) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return True  # to elsewhere: outside_addresses() judges those
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if target.is_dir():
        target /= "index.html"
    if not target.is_file() or not target.is_relative_to(site.resolve()):
        return False
    return not parts.fragment or target.suffix != ".html" or unquote(parts.fragment) in _anchors(target)


@cache
def _anchors(file: Path) -> set[str]:
    named = parsed(file).find_all(lambda element: element.has_attr("id") or element.has_attr("name"))
    return {element.get(key) for element in named for key in ("id", "name")} | {""}


def figures(file: Path) -> list[Tag]:
    return parsed(file).find_all("figure", class_="dlcore-live")


def recording(figure: Tag) -> tuple[bytes, dict] | None:
    """(the compressed recording, what it says), or None for a figure that has no controls."""
    script = figure.find("script", class_="dl-recording")
    if script is None:
        return None
    packed = base64.b64decode(script.string, validate=True)
    return packed, json.loads(gzip.decompress(packed))
