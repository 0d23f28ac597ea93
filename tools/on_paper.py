"""What a built page becomes on paper: nothing to press, no code folded, every link with its page or its address."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from itertools import takewhile
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

# What moves and answers: most of it is hidden on the built page until a script brings it to life.
DEAD = "a.headerlink, .toctree-wrapper, .dlcore-replies, [hidden], button, input"
NAMING = ("id", "for", "aria-labelledby", "aria-describedby")  # attributes that name elements of their own page
SHORT = 12  # lines of code that are never cut in two


@dataclass
class Chapter:
    """A page of the site, on its way to paper."""

    label: str  # "3", or "B" at the back
    part: str  # the caption under which it stands in the contents, if there is one
    path: str  # of its file in the site
    article: Tag

    @property
    def name(self) -> str:
        return posixpath.splitext(posixpath.basename(self.path))[0]

    @property
    def title(self) -> str:
        """In HTML: it may hold a formula."""
        return self.article.h1.decode_contents()


def put_on_paper(chapter: Chapter, names: dict[str, str], home: str) -> None:
    """Changes the chapter's article. `names`: those of all chapters, by their paths; `home`: the site's address."""
    article = chapter.article
    for form in article.select("figure > form"):
        say_where_it_moves(form.parent, urljoin(home, chapter.path))
    for dead in article.select(DEAD):
        dead.extract()
    for folded in article.select("details.hide"):
        folded.summary.extract()
        folded.unwrap()
    for code in article.select("pre"):
        in_lines(code)
    for link in article.select("a[href]"):
        lead(link, chapter.path, names, home)
    with_own_ids(article, chapter.name)


def tag(name: str, *content: Tag | str, **attributes: str) -> Tag:
    made = Tag(name=name, attrs={key.rstrip("_"): value for key, value in attributes.items()})
    made.extend(content)
    return made


def pieces(html: str) -> list[Tag | str]:
    """Elements and texts from what is written in HTML."""
    return list(BeautifulSoup(html, "html.parser").contents)


def say_where_it_moves(figure: Tag, page: str) -> None:
    address = f"{page}#{figure['id']}"
    figure.append(tag("p", "It moves at ", tag("a", address, href=address), class_="moves"))


def in_lines(code: Tag) -> None:
    """Every line becomes an element, which knows its indentation: one that is too long goes on below, further in."""
    lines: list[list[Tag | str]] = [[]]
    for text in code.find_all(string=True):
        inside = takewhile(lambda parent: parent is not code, text.parents)
        classes = " ".join(name for parent in inside for name in parent.get("class", []))
        for i, piece in enumerate(text.split("\n")):
            if i:
                lines.append([])
            if piece:
                lines[-1].append(tag("span", piece, class_=classes) if classes else piece)
    while lines and not lines[-1]:
        lines.pop()
    code.clear()
    code["class"] = "short" if len(lines) <= SHORT else "long"
    code.extend(_line(pieces) for pieces in lines)


def _line(pieces: list[Tag | str]) -> Tag:
    line = tag("span", *pieces, "\n", class_="line")
    written = line.get_text()
    indent = len(written) - len(written.lstrip(" "))
    if indent:
        line["style"] = f"--indent: {indent}ch"
    return line


def lead(link: Tag, path: str, names: dict[str, str], home: str) -> None:
    """A link to a place in the book shows its page; one to elsewhere its address, if its words are not that already."""
    to = urlsplit(urljoin(path, link["href"]))
    if to.path in names and not to.netloc:
        fragment = unquote(to.fragment)
        link["href"] = f"#{_id(names[to.path], fragment)}"
        in_order = fragment.startswith("term-") or link.find_parent("dl", class_="py")  # found without a number
        link["class"] = "inside" if in_order else "inside to-page"
        return
    link["href"] = urljoin(urljoin(home, path), link["href"])
    words = link.get_text().strip().removeprefix("doi:")
    if words not in link["href"] or "." not in words:  # a word may happen to be in it
        link.insert_after(tag("span", f" ({link['href'].removeprefix('https://')})", class_="address"))


def _id(name: str, fragment: str) -> str:
    return f"{name}--{fragment}" if fragment else name


def with_own_ids(article: Tag, name: str) -> None:
    """Pages may share ids; the book has each once. The chapter itself is named as its page is."""
    for element in article.find_all(True):
        for key, value in element.attrs.items():
            if key in NAMING:
                element[key] = " ".join(_id(name, one) for one in value.split())
            elif key == "xlink:href" or (key == "href" and element.name == "use"):
                element[key] = value.replace("#", f"#{name}--", 1)
            elif isinstance(value, str) and "url(#" in value:
                element[key] = value.replace("url(#", f"url(#{name}--")
    article["id"] = name
