"""A chapter in the browser alone, from its button to an answered exercise, with Python from a folder of this machine.

Where that folder is not, the rest is tested: what the page says before anything is loaded, without a network, and in a
folder.
"""

from types import SimpleNamespace

import nbformat
import pytest

from book._ext.lite import PAGE, PROGRAM_MB, publish
from book._ext.lite.python import CDN, PINS, python
from book._ext.lite.site import OF_KERNEL
from dlcore.exercises import intro as exercises
from tests.browser.conftest import served
from tests.browser.jupyter import PATIENCE, write_and_run
from tests.browser.test_pages import PHONE, TOO_WIDE, UNMARKED, violations
from tests.building import ROOT
from tests.notebooks import BOOK

CHAPTER = "intro"
OTHER = "perceptron"
NOTEBOOK = nbformat.read(BOOK / f"{CHAPTER}.ipynb", as_version=4)
PYODIDE = ROOT.parent / "shared" / "pyodide"


def place(beginning):
    """Where in the chapter the first cell stands that begins so."""
    return next(i for i, cell in enumerate(NOTEBOOK.cells) if cell.source.startswith(beginning))


@pytest.fixture(scope="module")
def whole(site, tmp_path_factory):
    """The built site, but with a JupyterLite that has all of Python in it."""
    if not PYODIDE.is_dir():
        pytest.skip(f"There is no distribution of Pyodide {PINS['version']} at {PYODIDE}, so Python is not run.")
    folder = tmp_path_factory.mktemp("whole")
    for part in site.iterdir():
        if part.name != "lite":
            (folder / part.name).symlink_to(part)
    names = [CHAPTER, OTHER]
    chapters = [{"source": BOOK / f"{name}.ipynb", "page": f"book/{name}.html", "title": name} for name in names]
    book = {"language": "en", "title": "The book", "home": "https://book.example/"}
    publish(folder, python(str(PYODIDE), OF_KERNEL), chapters, **book)
    with served(folder) as address:
        yield folder, address


@pytest.fixture(scope="module")
def visit(browser, whole):
    """A chapter's page, its button pressed, the notebook opened, its first cell run."""
    folder, address = whole
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(PATIENCE)
    requests = []
    context.on("request", lambda request: requests.append(request))
    chapter = context.new_page()
    chapter.goto(f"{address}/book/{CHAPTER}.html")
    chapter.locator(".dropdown-launch-buttons > button").press("Enter")
    with context.expect_page() as opened:
        chapter.get_by_role("link", name="This browser").press("Enter")
    page = opened.value
    page.get_by_role("button", name="Load Python").wait_for()
    before = [request.url for request in requests if "/lite/" in request.url]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    run(page, place("from ipywidgets"))
    page.locator(".widget-slider .noUi-handle").first.wait_for()
    yield SimpleNamespace(page=page, before=before, requests=requests, folder=folder, address=address)
    context.close()


OPEN = f"""() => window.jupyterapp?.shell.currentWidget?.content.model?.cells.length === {len(NOTEBOOK.cells)}
  && window.jupyterapp.shell.currentWidget.content.widgets.length === {len(NOTEBOOK.cells)}"""
GO_TO = """async (number) => {
  const content = window.jupyterapp.shell.currentWidget.content;
  await content.scrollToItem(number);
  content.activeCellIndex = number;
  content.deselectAll();
}"""
SOURCE = "(number) => window.jupyterapp.shell.currentWidget.content.model.cells.get(number).sharedModel.source"
KEPT = """
new Promise((kept) => {
  const { context } = window.jupyterapp.shell.currentWidget;
  if (!context.model.dirty) kept();
  context.saveState.connect((_, state) => { if (state.startsWith("completed")) kept(); });
})
"""


def run(page, number, text=None):
    """Go to a cell, write a text into it, if there is one, and run it to its end."""
    page.wait_for_function(OPEN)
    page.evaluate(GO_TO, number)
    source = page.evaluate(SOURCE, number) if text is None else text
    write_and_run(page, number, source)


def test_before_the_reader_s_yes_only_a_page_of_words_is_loaded(visit):
    names = sorted(url.partition("/lite/")[2].partition("?")[0] for url in visit.before)
    assert names == ["notebooks/index.html", "start.css", "start.js"]


def test_a_slider_redraws_the_picture_and_its_sentence(visit):
    page = visit.page
    shown = page.locator(".jp-OutputArea-child", has=page.locator(".widget-slider")).first
    assert shown.locator(".jp-OutputPrompt").inner_text() == "[1]:"
    figure = shown.locator(".jp-OutputArea-output")
    picture, sentence = figure.locator("svg"), figure.locator(".widget-html").last
    before = picture.inner_html(), sentence.text_content()
    figure.locator(".noUi-handle").first.focus()
    page.keyboard.press("ArrowRight")
    sentence.filter(has_not_text=before[1]).wait_for(state="attached")
    assert before[1] and picture.inner_html() != before[0]
    page.wait_for_function("() => document.getElementById('status').textContent === ''")  # nothing is amiss


STARTER = place("from dlcore.exercises import")


def answer(page, value):
    """Answer the first exercise and have it checked; the place of the reply."""
    first, *_ = NOTEBOOK.cells[STARTER].source.splitlines()
    run(page, STARTER, f"{first}\nloss_of_06 = {value!r}")
    run(page, STARTER + 1)
    return page.locator(".jp-Cell", has_text="exercises.loss.check(").locator(".jp-OutputArea-output")


def test_an_exercise_answers_a_wrong_and_then_the_right_answer(visit):
    as_written = (wrong for wrong in exercises.loss.wrong if not {*"*$`"} & {*wrong.reply})
    mistake = next(as_written)
    reply = answer(visit.page, mistake.answer)
    reply.get_by_text(mistake.reply).wait_for()
    reply = answer(visit.page, exercises.loss.answer)
    reply.get_by_text("Right.").wait_for()


def test_what_chapters_write_in_myst_is_rendered(visit):
    visit.page.evaluate(GO_TO, STARTER - 1)
    visit.page.locator(".myst aside, .myst details").first.wait_for()


def test_a_link_to_another_chapter_opens_its_notebook_and_one_to_a_page_that_page(visit):
    page = visit.page
    for name, address in ((f"{OTHER}.ipynb", f"/{PAGE}?path={OTHER}.ipynb"), ("glossary.md", "/book/glossary.html")):
        page.evaluate(GO_TO, next(i for i, cell in enumerate(NOTEBOOK.cells) if f"]({name})" in cell.source))
        with page.expect_popup() as opened:
            page.locator(f".jp-Notebook a[href$='/{name}']").first.click()
        assert opened.value.url == visit.address + address
        opened.value.close()


def test_changes_survive_a_reload_and_the_book_s_version_comes_back_when_asked(visit):
    page = visit.page
    page.evaluate(KEPT)
    page.reload()  # and it does not ask again what was asked once
    page.wait_for_function(OPEN)
    assert page.evaluate(SOURCE, STARTER).endswith(f"loss_of_06 = {exercises.loss.answer!r}")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("button", name="Begin again with the book’s version").click()
    assert page.evaluate(SOURCE, STARTER) != NOTEBOOK.cells[STARTER].source
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    with page.expect_event("load"):
        page.get_by_role("button", name="Begin again with the book’s version").click()
    page.wait_for_function(OPEN)
    assert page.evaluate(SOURCE, STARTER) == NOTEBOOK.cells[STARTER].source
    assert len(asked) == 2 and "other chapters keep theirs" in asked[0]


READY = """async () => {
  const { context } = window.jupyterapp.shell.currentWidget;
  await context.ready;
  await context.sessionContext.ready;
  await context.sessionContext.session.kernel.info;
}"""
FULL = "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"


def test_a_change_that_could_not_be_kept_is_told(visit):
    page = visit.page
    page.wait_for_function(OPEN)
    page.evaluate(READY)  # nothing is to be kept any more but the change
    page.evaluate(FULL)
    run(page, STARTER + 1, "1 + 1")
    page.keyboard.press("Control+s")
    page.locator(".jp-Dialog button").last.click()  # JupyterLab says it first, in its own words
    page.get_by_text("Your last change could not be kept").wait_for()
    page.evaluate("() => { window.jupyterapp.shell.currentWidget.context.model.dirty = false; }")  # nobody asks again


def test_nothing_has_left_the_site_and_as_much_was_loaded_as_the_page_said(visit):
    urls = {request.url.partition("?")[0] for request in visit.requests}
    assert [url for url in urls if not url.startswith((f"{visit.address}/", "data:", "blob:"))] == []
    files = [visit.folder / url.removeprefix(f"{visit.address}/") for url in urls if "/lite/" in url]
    program = sum(file.stat().st_size for file in files if "python" not in file.parts and file.is_file())
    assert program / 1e6 == pytest.approx(PROGRAM_MB, abs=2)


def test_the_way_back_leads_to_the_chapter(visit):
    visit.page.get_by_role("link", name="Back to").click()
    visit.page.wait_for_url(f"{visit.address}/book/{CHAPTER}.html")


@pytest.fixture(scope="module")
def phone(browser, address):
    """The page of the built site on a phone without a network, before and after its button is pressed."""
    context = browser.new_context(viewport={"width": PHONE, "height": 800}, color_scheme="dark")
    context.set_default_timeout(PATIENCE)
    asked = []
    context.route(f"{CDN}/**", lambda route: (asked.append(route.request.url), route.abort()))
    page = context.new_page()
    page.add_init_script("delete window.indexedDB; Object.defineProperty(window, 'indexedDB', { value: undefined })")
    page.goto(f"{address}/{PAGE}?path={CHAPTER}.ipynb")
    page.get_by_role("button", name="Load Python").wait_for()
    seen = SimpleNamespace(
        scheme=page.evaluate("() => document.documentElement.dataset.theme"),
        too_wide=page.evaluate(TOO_WIDE),
        unmarked=page.evaluate(UNMARKED),
        violations=violations(page),
        asked=list(asked),
    )
    page.get_by_role("button", name="Load Python").click()
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    yield SimpleNamespace(page=page, **vars(seen))
    context.close()


def test_its_page_is_for_every_reader(phone):
    assert (phone.scheme, phone.too_wide, phone.unmarked, phone.violations, phone.asked) == ("dark", [], [], [], [])


def test_without_a_network_the_notebook_opens_and_a_sentence_says_what_is_amiss(phone):
    phone.page.get_by_text("Python could not be loaded from cdn.jsdelivr.net.").wait_for()


def test_a_browser_that_keeps_nothing_says_so(phone):
    phone.page.get_by_text("This browser keeps nothing for this page").wait_for()


def test_the_bar_and_the_notebook_share_the_window(phone):
    boxes = [phone.page.locator(selector).bounding_box() for selector in ("#bar", "#main")]
    assert boxes[1]["y"] == pytest.approx(boxes[0]["y"] + boxes[0]["height"], abs=1)
    assert boxes[1]["y"] + boxes[1]["height"] <= 801


def test_from_a_folder_the_page_says_that_it_needs_a_server(browser, site):
    page = browser.new_page()
    page.goto(f"{(site / PAGE).as_uri()}?path={CHAPTER}.ipynb")
    page.get_by_text("python3 -m http.server").wait_for()
    assert not page.get_by_role("button", name="Load Python").is_visible()
    page.close()
