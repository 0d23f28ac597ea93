"""The whole book as one document for the printer: title, contents, chapters, appendices.

It is made from the built pages, and takes their style sheets and their mathematics with it; paper.css does the rest.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from html import escape
from itertools import count
from pathlib import Path
from string import ascii_uppercase

from bs4 import BeautifulSoup, Tag
from sphinx_external_toc.parsing import SiteMap, parse_toc_yaml

from tools.appendices import appendices, take_out
from tools.on_paper import Chapter, pieces, put_on_paper, tag

STYLE = Path(__file__).with_name("paper.css")
SCRIPT = re.compile(r"<script\b[^>]*>.*?</script>", re.DOTALL)
MATHEMATICS = re.compile(r"<script>window\.MathJax.*?</script>|<script[^>]*\bsrc=\"[^\"]*mathjax[^\"]*\"></script>")
STYLESHEET = re.compile(r'<link\b[^>]*\brel="stylesheet"[^>]*>')
OF_THE_SITE = re.compile(r'\b(href|src)="\.\./')

DOCUMENT = """<!DOCTYPE html>
<html lang="{language}" data-theme="light" data-mode="light">
<head>
<meta charset="utf-8">
<title>{title}</title>
{styles}
<style>{pages}</style>
{mathematics}
</head>
<body class="tex2jax_ignore">
<header class="title-page">
<p class="title">{title}</p>
<p>{author}</p>
<p>Version {version}{edition}</p>
<footer>
<p>The figures move, and the questions answer, on the book’s site: <a href="{site}">{site}</a></p>
<p>Its notebooks and its code: <a href="{home}">{home}</a></p>
<p>Text, figures and exercises: CC BY 4.0. Code: MIT.</p>
</footer>
</header>
{contents}
{chapters}
</body>
</html>
"""


class NotOnPaper(Exception):
    """The book cannot be printed as it is; says why."""


def document(site: Path, toc: Path, about: dict[str, str]) -> str:
    """HTML whose addresses are relative to the folder above the site."""
    chapters = list(read(site, parse_toc_yaml(toc)))
    names = {chapter.path: chapter.name for chapter in chapters}
    taken = []
    for chapter in chapters:
        put_on_paper(chapter, names, about["site"])
        taken += take_out(chapter)
    letters = iter(ascii_uppercase[sum(chapter.label in ascii_uppercase for chapter in chapters) :])
    chapters += appendices(taken, letters)
    page = (site / chapters[0].path).read_text("utf-8")
    made = DOCUMENT.format(
        **{what: escape(said) for what, said in about.items()},
        language=BeautifulSoup(page[:1000], "html.parser").html["lang"],
        styles=_moved("\n".join(STYLESHEET.findall(page)), site) + f"\n<style>{STYLE.read_text('utf-8')}</style>",
        mathematics=_moved("\n".join(MATHEMATICS.findall(page)), site),
        pages="\n".join(map(page_style, chapters)),
        contents=contents(chapters),
        chapters="\n".join(map(_numbered, chapters)),
    )
    check(made)
    return made


def read(site: Path, toc: SiteMap) -> Iterator[Chapter]:
    """The chapters in their order: numbered, but those of the last part lettered, as the back of a book is."""
    parts = [("", [toc.root.docname]), *((part.caption or "", part.items) for part in toc.root.subtrees)]
    numbers, letters = map(str, count(1)), iter(ascii_uppercase)
    for caption, names in parts:
        labels = letters if len(parts) > 2 and names is parts[-1][1] else numbers
        for name in names:
            for path in _with_inner(toc, name):
                yield Chapter(next(labels), caption, path, _article(site / path))


def _with_inner(toc: SiteMap, name: str) -> Iterator[str]:
    """The paths of a page and of those below it. Below the first page are the book's parts: they have their turn."""
    yield f"{name}.html"
    inner = toc[name].subtrees if name in toc and name != toc.root.docname else []
    for item in [item for tree in inner for item in tree.items]:
        yield from _with_inner(toc, item)


def _article(file: Path) -> Tag:
    """Scripts, the recordings of figures among them, are most of a page, and nothing on paper."""
    return BeautifulSoup(SCRIPT.sub("", file.read_text("utf-8")), "html.parser").select_one("article.bd-article")


def _moved(html: str, site: Path) -> str:
    """Addresses relative to the site's folder of pages → to the folder above the site."""
    return OF_THE_SITE.sub(rf'\1="{site.name}/', html)


def page_style(chapter: Chapter) -> str:
    """Its pages have the chapter's title at their foot."""
    words = re.sub(
        r"\s+|\\[()]", " ", BeautifulSoup(chapter.title, "html.parser").get_text()
    )  # a formula as it is written
    foot = json.dumps(f"{chapter.label}  {words}", ensure_ascii=False)
    return f"#{chapter.name} {{ page: {chapter.name}; }} @page {chapter.name} {{ @bottom-left {{ content: {foot}; }} }}"


def _numbered(chapter: Chapter) -> str:
    chapter.article.h1.insert(0, tag("span", f"{chapter.label} ", class_="label"))
    return str(chapter.article)


def contents(chapters: list[Chapter]) -> str:
    nav = tag("nav", tag("h1", "Contents"), class_="paper-contents")
    part = ""
    for chapter in chapters:
        if chapter.part not in ("", part):
            nav.append(tag("p", chapter.part, class_="part"))
        part = chapter.part
        nav.append(_entry(chapter.name, f"{chapter.label} {chapter.title}", "chapter"))
        for heading in chapter.article.select("section > h2"):
            if "appendix" not in chapter.article["class"]:
                nav.append(_entry(heading.parent["id"], heading.decode_contents(), "section"))
    return str(nav)


def _entry(id_: str, words: str, kind: str) -> Tag:
    entry = tag("a", tag("span", *pieces(words)), href=f"#{id_}", class_=kind)
    for inner in entry.select("a"):
        inner.unwrap()
    for address in entry.select(".address"):
        address.extract()
    return entry


def check(html: str) -> None:
    """Every id once, and every link within the book to one of them."""
    ids = Counter(re.findall(r'\bid="([^"]+)"', html))
    twice = [name for name, times in ids.items() if times > 1]
    nowhere = sorted(set(re.findall(r'<a [^>]*\bhref="#([^"]+)"', html)) - set(ids))
    if twice or nowhere:
        raise NotOnPaper(f"Ids that the book has more than once: {twice}; links that lead nowhere: {nowhere}.")
