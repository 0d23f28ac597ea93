"""`make pdf`: the built book on paper, printed by the browser that the tests use.

The same site, browser and fonts give the same bytes.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pikepdf
from playwright.sync_api import Page, sync_playwright

from tools.browser import OPTIONS, NoBrowser, browser_program
from tools.paper import NotOnPaper, document
from tools.release import ROOT, described, named

WIDTH = 642  # CSS pixels: the 170 mm between the margins of paper.css
TIMES = 6  # a page number may be wider than the one before it, and move what follows; that must come to an end


def main() -> int:
    site = ROOT / "_build" / "html"
    if not (site / "index.html").exists():
        print("There is no built site to print: run `make pdf`, which builds it first.", file=sys.stderr)
        return 1
    try:
        file = print_book(site, ROOT / "_toc.yml", ROOT / "_build")
    except (NoBrowser, NotOnPaper) as error:
        print(error, file=sys.stderr)
        return 1
    with pikepdf.open(file) as pdf:
        print(f"{file}: {len(pdf.pages)} pages, {file.stat().st_size / 1e6:.1f} MB")
    return 0


def print_book(site: Path, toc: Path, folder: Path) -> Path:
    """The PDF, written into `folder`; the document it is printed from stays beside the site, to be looked at."""
    solutions = has_solutions(site)
    about = described(solutions)
    html = site.with_name("paper.html")
    html.write_text(document(site, toc, about), "utf-8")
    file = folder / f"{named(about, solutions)}.pdf"
    file.write_bytes(timeless(printed(html), about))
    return file


def has_solutions(site: Path) -> bool:
    """Which edition of the book the site is."""
    pages = [page.read_text("utf-8") for page in sorted(site.rglob("*.html"))]
    exercises = [page for page in pages if 'class="dlcore-exercise"' in page]
    return not exercises or any('<details class="dlcore-solution">' in page for page in exercises)


def printed(html: Path) -> bytes:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_program(playwright.chromium), args=OPTIONS)
        page = browser.new_page(viewport={"width": WIDTH, "height": 900}, color_scheme="light")
        page.set_default_timeout(0)  # a slow machine is no failure
        page.emulate_media(media="print")
        page.goto(html.as_uri())
        faults = page.evaluate(FIT)
        if faults:
            raise NotOnPaper(f"{len(faults)} elements do not fit on paper, the first of them: {faults[:3]}")
        made = with_page_numbers(page)
        browser.close()
    return made


# When mathematics and fonts are there: what is wider than the paper is made smaller, down to two thirds. Returned is
# what is wider still, and what would be cut off because it scrolls on a screen.
FIT = """
async () => {
  await window.MathJax?.startup?.promise;
  await document.fonts.ready;
  const tooWide = (element) => element.scrollWidth > element.clientWidth + 1;
  for (const element of document.querySelectorAll("div.math, .pst-scrollable-table-container, .cell_output")) {
    for (let size = 95; size >= 65 && tooWide(element); size -= 5) element.style.fontSize = `${size}%`;
  }
  const room = document.body.getBoundingClientRect();
  return [...document.querySelectorAll("body *")].filter((element) => {
    if (element.closest("svg, mjx-container *")) return false;
    const { left, right } = element.getBoundingClientRect();
    const holds = element.matches("div.math") || getComputedStyle(element).overflowX !== "visible";
    return holds && element.clientWidth && tooWide(element) || left < room.left - 1 || right > room.right + 1;
  }).map((element) => element.outerHTML.slice(0, 200));
}
"""


# Writes the page of each link's target where the style sheet shows it; tells which links are left without one.
NUMBER = """
(pages) => [...document.querySelectorAll("a.to-page, .paper-contents a")].filter((link) => {
  const page = pages[decodeURIComponent(link.hash.slice(1))];
  link.dataset.page = page ?? "000";
  return !page;
}).map((link) => link.hash)
"""


def with_page_numbers(page: Page) -> bytes:
    """Printed until every page number that the print shows is the one that it has: Chromium has no target-counter."""
    shown: dict[str, int] = {}
    for _ in range(TIMES):
        missing = page.evaluate(NUMBER, shown)
        made = page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)
        found = destinations(made)
        if found == shown and not missing:
            return made
        shown = found
    raise NotOnPaper(f"After {TIMES} prints the page numbers still change, or these links have none: {missing}")


def destinations(made: bytes) -> dict[str, int]:
    """{what is linked to: the page it is on, from 1}."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        return {name.removeprefix("/"): numbers[place[0].objgen] for name, place in pdf.Root.Dests.items()}


def timeless(made: bytes, about: dict[str, str]) -> bytes:
    """The PDF without the time at which it was printed, a third as large, and opened with its outline."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        del pdf.docinfo.CreationDate, pdf.docinfo.ModDate
        pdf.docinfo.Author = about["author"]
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main())
