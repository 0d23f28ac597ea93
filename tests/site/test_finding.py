"""How pages are found and shared: titles, descriptions, cards, addresses, order, links, Korean words."""

import re
import struct
from collections import Counter
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

import pytest
import yaml
from bs4 import NavigableString

from book._ext.korean import KOREAN
from book._ext.links import SEPARATOR, entry
from tests.building import ROOT
from tests.site.pages import pages, parsed
from tests.test_notebooks import chapters

CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
HOME = CONFIG["html"]["baseurl"]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
READING = [TOC["root"], *(page["file"] for part in TOC["parts"] for page in part["chapters"])]


def said(page, **attributes):
    """The content of the page's one meta element with these attributes."""
    [meta] = parsed(page).find_all("meta", attributes)
    return meta["content"]


def test_the_address_of_the_site_is_whole():
    assert re.fullmatch(r"https://[\w.-]+/(?:[\w.-]+/)*", HOME)


def test_titles_name_the_page_and_the_book(site):
    for page in pages(site):
        title, book = parsed(page).title.string, CONFIG["title"]
        root = page.relative_to(site).as_posix() in ("index.html", f"{TOC['root']}.html")
        assert title == book if root else re.fullmatch(rf"\S.* · {re.escape(book)}", title), page.name
        assert root or title != f"{book} · {book}"
    titles = Counter(parsed(site / f"{page}.html").title.string for page in READING)
    assert set(titles.values()) == {1}


def test_every_page_has_a_description_in_plain_words(site):
    for page in pages(site):
        words = said(page, name="description")
        assert 50 <= len(words) <= 320 and words[-1] in ".?!" and not re.search(r"[\\$<*]|  ", words), words
    descriptions = Counter(said(site / f"{page}.html", name="description") for page in READING)
    assert set(descriptions.values()) == {1}


def test_a_shared_page_shows_a_card(site):
    for page in READING:
        file = site / f"{page}.html"
        assert said(file, property="og:url") == f"{HOME}{page}.html" == parsed(file).find(rel="canonical")["href"]
        assert said(file, property="og:title") == parsed(file).h1.get_text().rstrip("#")
        assert said(file, property="og:description") == said(file, name="description")
        assert said(file, property="og:image").startswith(HOME)
        picture = (site / said(file, property="og:image").removeprefix(HOME)).read_bytes()
        assert len(picture) < 300_000 and picture.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", picture[16:24])
        assert [str(width), str(height)] == [said(file, property=f"og:image:{side}") for side in ("width", "height")]


def test_the_sites_address_leads_to_the_first_page(site):
    front, first = parsed(site / "index.html"), f"{TOC['root']}.html"
    assert front.find("meta", {"http-equiv": "refresh"})["content"] == f"0; url={first}"
    assert front.main.a["href"] == first
    assert front.find(rel="canonical")["href"] == said(site / "index.html", property="og:url") == HOME + first


def test_previous_and_next_follow_the_table_of_contents(site):
    def neighbour(page, which):
        link = parsed(site / f"{page}.html").find("a", class_=which)
        return link and urlsplit(urljoin(f"/{page}.html", link["href"])).path[1:].removesuffix(".html")

    ways = {(page, neighbour(page, "right-next")) for page in READING}
    back = {(neighbour(page, "left-prev"), page) for page in READING}
    assert ways == {*pairwise(READING), (READING[-1], None)}
    assert back == {*pairwise(READING), (None, READING[0])}


def test_a_page_that_is_not_there_helps_at_any_depth(site):
    page = parsed(site / "404.html")
    base = urljoin(f"{HOME}a/b/c/nothing.html", page.base["href"])
    told = [(e, e[key]) for e in page.find_all(True) for key in ("href", "src", "action") if e.has_attr(key)]
    places = {urljoin(base, address) for e, address in told if e.name != "base" and not address.startswith("data:")}
    assert places == {HOME + path for path in ("search.html", *(f"{page}.html" for page in READING))}
    assert all((site / place.removeprefix(HOME)).is_file() for place in places)
    assert page.form.input["name"] == "q"  # as the search page reads it


def test_every_name_in_a_table_of_words_leads_to_its_entry_in_the_glossary(site):
    entries = {term["id"]: term.get_text() for term in parsed(site / "book/glossary.html").select("dl.glossary dt")}
    for chapter in chapters():
        tables = parsed(site / f"book/{chapter}.html").find_all("table")
        cells = [row.td for table in tables if of_words(table) for row in table.tbody("tr")]
        assert cells, chapter
        for cell in cells:
            assert cell.a, cell
            for link in cell("a"):
                file, anchor = link["href"].split("#")
                name = link.get_text().strip("\\()").split()[0].lower()
                assert file == "glossary.html" and name in entries[anchor].lower(), cell
            beside = [text for text in cell.find_all(string=re.compile("[A-Za-z]{3}")) if not text.find_parent("a")]
            assert [text for text in beside if not text.find_parent(class_="math")] == [], cell


def of_words(table):
    return [header.get_text(strip=True) for header in table("th")] == ["term", "Korean", "meaning"]


TERMS = ["step function", "test data", "training data", "training", "weight", "l1 penalty", "adam"]


@pytest.mark.parametrize(
    ("cell", "meant"),
    {
        "weight": ["weight"],
        "Adam": ["adam"],
        "step": ["step function"],
        "training, test data": ["training data", "test data"],
        "training, weight": ["training", "weight"],
        "weight, or training": ["weight", "training"],
        "training (test) data": ["training data"],
        "η": [None],
    }.items(),
)
def test_names_find_their_terms(cell, meant):
    names = SEPARATOR.split(cell)[::2]
    assert [entry(name, cell.rpartition(" ")[2], dict.fromkeys(TERMS)) for name in names] == meant


def test_exercises_figures_and_questions_link_to_themselves(site):
    linked = Counter()
    for page in pages(site):
        for thing in parsed(page).select("div.exercise, figure.dlcore-live, fieldset.dlcore-question"):
            [link] = thing.find_all("a", class_="headerlink", recursive=False)
            assert link["href"] == f"#{thing['id']}" and link["title"].startswith("Link to this "), thing["id"]
            linked[thing.name] += 1
    assert min(linked[name] for name in ("div", "figure", "fieldset")) >= len(chapters())


def test_korean_words_are_marked_as_korean(site):
    for page in pages(site):
        texts = [text for text in parsed(page).body.find_all(string=KOREAN) if type(text) is NavigableString]
        assert [text for text in texts if text.find_parent(lang=True)["lang"] != "ko"] == [], page.name
        marked = [element.get_text() for element in parsed(page).body.find_all(lang="ko")]
        assert [text for text in marked if re.search("[A-Za-z]", text)] == [], page.name
        assert texts or page.stem not in chapters(), page.name
