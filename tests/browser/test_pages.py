"""Every page of the site as a reader meets it: light and dark, wide and narrow, from a server and from a file."""

import gzip
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.reading import Reader, settle
from tests.site.pages import pages

FIRST_VISIT, NEXT_PAGE = 1_200_000, 500_000  # bytes, compressed as a web server would
PHONE = 360  # pixels
AXE = {
    "resultTypes": ["violations"],
    "preload": False,  # it would fetch style sheets again, from wrong addresses
    # It takes a header that is a formula for an empty one, not reading MathML; HEADERS looks for empty ones instead.
    "rules": {"empty-table-header": {"enabled": False}},
}

SCHEMES = {"light": False, "dark": True}
every_scheme = pytest.mark.parametrize("dark", SCHEMES.values(), ids=SCHEMES)


@pytest.fixture(scope="module")
def paths(site):
    """Every page, relative to the site."""
    found = [page.relative_to(site).as_posix() for page in pages(site)]
    assert "index.html" in found
    return found


def read(browser, address, paths, look, **how):
    """What `look(page, path)` finds on each page, and the reader's own troubles: {path: findings}."""
    found = {}
    for path in paths:
        with Reader(browser, address, **how) as reader:
            page = reader.open(path)
            page.wait_for_url(lambda url: not url.endswith("/index.html"))  # it only leads to the first chapter
            settle(page)
            seen = look(page, path)
            found[path] = [*reader.troubles(), *seen]
    return {path: findings for path, findings in found.items() if findings}


MATHEMATICS = """
() => {
  const words = document.body.cloneNode(true);
  words.querySelectorAll("pre, code, script, style, svg, mjx-container").forEach((element) => element.remove());
  const all = (selector) => [...document.querySelectorAll(selector)];
  return [
    ...all(".math").filter((element) => !element.querySelector("mjx-container")).map((element) => element.outerHTML),
    ...all("mjx-merror").map((element) => element.outerHTML),
    ...(words.textContent.match(/\\\\[([].{0,40}|\\$\\$.{0,40}/g) || []).map((raw) => `not set: ${raw}`),
  ];
}
"""


HEADERS = """
() => [...document.querySelectorAll("th")]
  .filter((header) => !header.textContent.trim())
  .map((header) => "an empty header in " + header.parentElement.outerHTML)
"""


@every_scheme
def test_pages_are_quiet_accessible_and_have_their_mathematics(browser, address, paths, dark):
    def look(page, _):
        scheme = page.evaluate("() => document.documentElement.dataset.theme")
        assert scheme == ("dark" if dark else "light")
        violations = Axe().run(page, options=AXE).response["violations"]
        broken = [f"{v['id']}: {v['help']}: {[node['html'][:200] for node in v['nodes']]}" for v in violations]
        return [*broken, *page.evaluate(HEADERS), *page.evaluate(MATHEMATICS)]

    assert read(browser, address, paths, look, dark=dark) == {}


def test_pages_open_from_a_file_without_a_network(browser, site, paths):
    assert read(browser, site.as_uri(), paths, lambda page, _: page.evaluate(MATHEMATICS), offline=True) == {}


TOO_WIDE = """
() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const scrolls = (e) =>
    e && e !== document.body && (getComputedStyle(e).overflowX !== "visible" || scrolls(e.parentElement));
  const wide = [...document.body.querySelectorAll("*")]
    .filter((e) => e.getBoundingClientRect().right > room + 0.5 && !scrolls(e.parentElement));
  return ["wider than the window", ...wide.slice(0, 5).map((e) => e.outerHTML.slice(0, 200))];
}
"""


def test_nothing_is_wider_than_a_phone(browser, address, paths):
    assert read(browser, address, paths, lambda page, _: page.evaluate(TOO_WIDE), width=PHONE) == {}


def test_a_first_visit_and_the_next_page_are_light(browser, address, site, paths):
    def size(path):
        return len(gzip.compress((site / path).read_bytes(), 6))

    def fetched(path):
        with Reader(browser, address) as reader:
            reader.open(path)
            return {urlsplit(request.url).path.lstrip("/") for request in reader.requests if "://" in request.url}

    chapters = [path for path in paths if path.startswith("book/")]
    files = {path: fetched(path) for path in chapters}
    first = {path: sum(map(size, files[path])) for path in chapters}
    following = {path: sum(map(size, files[path] - files[chapters[0]])) for path in chapters[1:]}
    assert {path: bytes_ for path, bytes_ in first.items() if bytes_ > FIRST_VISIT} == {}, first
    assert {path: bytes_ for path, bytes_ in following.items() if bytes_ > NEXT_PAGE} == {}, following


def test_everything_folded_opens_from_the_keyboard(browser, address, paths):
    def look(page, _):
        folded = page.locator("main details > summary")
        for i in range(folded.count()):
            opened = folded.nth(i).evaluate("(summary) => summary.parentElement.open")
            folded.nth(i).press("Enter")
            assert folded.nth(i).evaluate("(summary) => summary.parentElement.open") != opened
        return page.evaluate(MATHEMATICS)

    assert read(browser, address, paths, look) == {}


def test_search_finds_a_word_of_a_chapter(browser, address):
    with Reader(browser, address) as reader:
        page = reader.page
        page.goto(f"{address}/search.html?q=perceptron")
        settle(page)
        page.wait_for_selector("#search-results li a[href*='book/']")
        # Sphinx looks for a module's id as if what follows its dot were a class; the result is listed all the same.
        assert [trouble for trouble in reader.troubles() if "Anchored content block not found" not in trouble] == []
