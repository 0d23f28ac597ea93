"""`make pdf`: the built book on paper, printed by the browser that the tests use.

The same site, browser and fonts give the same bytes.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from pypdf import PdfReader, PdfWriter

from tools.browser import OPTIONS, browser_program
from tools.paper import document
from tools.release import ROOT, described, named

WIDTH = 642  # CSS pixels: the 170 mm between the margins of paper.css
TIMES = 6  # a page number may be wider than the one before it, and move what follows; that must come to an end


def main() -> int:
    site = ROOT / "_build" / "html"
    if not (site / "index.html").exists():
        print("There is no built site to print: run `make pdf`, which builds it first.", file=sys.stderr)
        return 1
    printed = print_book(site, ROOT / "_toc.yml", ROOT / "_build")
    print(f"{printed}: {len(PdfReader(printed).pages)} pages, {printed.stat().st_size / 1e6:.1f} MB")
    return 0


def print_book(site: Path, toc: Path, folder: Path) -> Path:
    """The PDF, written into `folder`; the document it is printed from stays beside the site, to be looked at."""
    solutions = has_solutions(site)
    about = described(solutions)
    html = site.with_name("paper.html")
    html.write_text(document(site, toc, about), "utf-8")
    printed = folder / f"{named(about, solutions)}.pdf"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_program(playwright.chromium), args=OPTIONS)
        page = browser.new_page(viewport={"width": WIDTH, "height": 900}, color_scheme="light")
        page.emulate_media(media="print")
        page.goto(html.as_uri())
        prepare(page)
        printed.write_bytes(timeless(with_page_numbers(page), about))
        browser.close()
    return printed


def has_solutions(site: Path) -> bool:
    """Which edition of the book the site is."""
    pages = [page.read_text("utf-8") for page in sorted(site.rglob("*.html"))]
    exercises = [page for page in pages if 'class="dlcore-exercise"' in page]
    return not exercises or any('<details class="dlcore-solution">' in page for page in exercises)


# What is wider than the paper is made smaller, down to two thirds; what is wider still is a fault.
FIT = """
async () => {
  await window.MathJax?.startup?.promise;
  await document.fonts.ready;
  const wide = (element) => element.scrollWidth > element.clientWidth + 1;
  for (const element of document.querySelectorAll("div.math, .pst-scrollable-table-container, .cell_output")) {
    for (let size = 95; size >= 65 && wide(element); size -= 5) element.style.fontSize = `${size}%`;
  }
  const right = document.body.getBoundingClientRect().right + 1;
  return [...document.querySelectorAll("article *")]
    .filter((element) => element.getBoundingClientRect().right > right && !element.closest("svg, mjx-assistive-mml"))
    .map((element) => element.outerHTML.slice(0, 200));
}
"""


def prepare(page: Page) -> None:
    """Mathematics and fonts are there, and all is within the margins."""
    wide = page.evaluate(FIT)
    if wide:
        raise ValueError(f"{len(wide)} elements are wider than the paper; the first: {wide[:3]}")


NUMBER = """
(pages) => document.querySelectorAll("a.to-page, .paper-contents a").forEach((link) => {
  link.dataset.page = pages[decodeURIComponent(link.hash.slice(1))] ?? "000";
})
"""


def with_page_numbers(page: Page) -> bytes:
    """Printed until every page number that the print shows is the one that it has. (Chromium has no target-counter.)"""
    shown: dict[str, int] = {}
    for _ in range(TIMES):
        page.evaluate(NUMBER, shown)
        printed = page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)
        found = destinations(PdfReader(io.BytesIO(printed)))
        if found == shown:
            return printed
        shown = found
    raise ValueError(f"the page numbers did not come to rest in {TIMES} prints")


def destinations(reader: PdfReader) -> dict[str, int]:
    """{what is linked to: the page it is on, from 1}."""
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, 1)}
    return {name.removeprefix("/"): numbers[place.page.idnum] for name, place in reader.named_destinations.items()}


def timeless(printed: bytes, about: dict[str, str]) -> bytes:
    """With its title, opened with its outline, and without the time at which it was printed."""
    writer = PdfWriter(clone_from=io.BytesIO(printed))
    writer.metadata = {"/Title": about["title"] + about["edition"], "/Author": about["author"]}
    writer.page_mode = "/UseOutlines"
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main())
