"""Every page of the site as a reader meets it: light and dark, wide and narrow, from a server and from a file."""

import gzip
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.reading import STILL, Reader, settle
from tests.site.pages import pages

FIRST_VISIT, NEXT_PAGE = 1_200_000, 500_000  # bytes, compressed as a web server would
PHONE = 360  # pixels
SCREEN = 800  # pixels: the height of a small laptop's screen and of a phone's
# Rules whose verdict may differ between two looks of one page; names, roles and headings are the same in both.
OF_THE_LOOK = ["scrollable-region-focusable", "target-size"]
OF_THE_STYLE = ["color-contrast", "link-in-text-block"]
AXE = {
    "resultTypes": ["violations"],
    "preload": False,  # it would fetch style sheets again, from wrong addresses
    # It takes a header that is a formula for an empty one, not reading MathML; HEADERS looks for empty ones instead.
    "rules": {"empty-table-header": {"enabled": False}},
}

SERVED, FILES = "light, wide, from a server", "dark, on a phone, from files without a network"
LOOKS = {
    SERVED: {"dark": False, "width": 1280, "offline": False},
    FILES: {"dark": True, "width": PHONE, "offline": True, "still": True},
}


@pytest.fixture(scope="module")
def paths(site):
    """Every page, relative to the site."""
    found = [page.relative_to(site).as_posix() for page in pages(site)]
    assert "index.html" in found
    return found


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


# Where the page's first control ends, counted from the top of the page.
FIRST_CONTROL = """
() => {
  const control = document.querySelector("main figure.dlcore-live .dl-control");
  return control && control.getBoundingClientRect().bottom + scrollY;
}
"""

# What would move by itself, or glide.
MOVING = """
() => [...document.querySelectorAll("*")].filter((element) => {
  const style = getComputedStyle(element);
  const glides = style.scrollBehavior === "smooth" || parseFloat(style.transitionDuration) > 0;
  return glides || style.animationName !== "none";
}).map((element) => element.outerHTML.slice(0, 100))
"""

# What the keyboard can reach, and nobody sees that it has.
UNMARKED = """
() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter((element) => {
  if (!element.checkVisibility({ visibilityProperty: true })) return false;
  element.focus({ focusVisible: true, preventScroll: true });
  if (document.activeElement !== element) return false;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  return (outlineStyle === "none" || parseFloat(outlineWidth) === 0) && boxShadow === "none";
}).map((element) => element.outerHTML.slice(0, 200))
"""

# Links of headings, exercises, figures and questions to themselves that cannot be seen or reached.
UNSEEN = """
() => [...document.querySelectorAll("main a.headerlink")]
  .filter((link) => !link.checkVisibility({ visibilityProperty: true, opacityProperty: true })
                    || link.tabIndex < 0 || !link.getBoundingClientRect().width)
  .map((link) => link.outerHTML)
"""


def opened(reader, path):
    page = reader.open(path)
    page.wait_for_url(lambda url: not url.endswith("/index.html"))  # it only leads to the first chapter
    settle(page)
    return page


# Below a labelled picture and inside a formula's frame nothing speaks for itself; axe would spend a third of its time.
WITHOUT_INSIDES = """
() => document.querySelectorAll(".dl-picture svg, mjx-container").forEach((element) => element.replaceChildren())
"""


# Contrast depends on a text's colour, size and weight, on all that it lies on, and of a link on the text around it. Of
# texts that have these in common one is marked for axe, which would look at contrast ten times as long as at the rest.
MARK_SAMPLES = """
() => {
  const grounds = new Map([[null, ""]]);
  const ground = (element) => {
    if (!grounds.has(element)) {
      const { backgroundColor, backgroundImage, opacity, filter } = getComputedStyle(element);
      const own = `${backgroundColor} ${backgroundImage} ${opacity} ${filter}`;
      const below = ground(element.parentElement);
      grounds.set(element, own === "rgba(0, 0, 0, 0) none 1 none" ? below : `${below} / ${own}`);
    }
    return grounds.get(element);
  };
  const speaks = (element) => element.matches("input, select, textarea")
    || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const seen = new Set();
  for (const element of document.body.querySelectorAll("*")) {
    if (!speaks(element) || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const { color, fontSize, fontWeight, textDecorationLine, textShadow, position } = getComputedStyle(element);
    const around = speaks(element.parentElement) && getComputedStyle(element.parentElement).color;
    const own = [color, fontSize, fontWeight, textDecorationLine, textShadow, position];
    const look = [...own, around, ground(element)].join();
    if (!seen.has(look)) element.dataset.sample = "";
    seen.add(look);
  }
  return seen.size;
}
"""


def violations(page, rules=None):
    """What axe objects to; the page is spoilt for other tests."""
    page.evaluate(WITHOUT_INSIDES)
    assert page.evaluate(MARK_SAMPLES)
    looks = AXE | {"runOnly": {"type": "rule", "values": OF_THE_STYLE}}
    only = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
    others = AXE | {"rules": AXE["rules"] | {rule: {"enabled": False} for rule in OF_THE_STYLE}} | only
    runs = Axe().run(page, {"include": ["[data-sample]"]}, looks), Axe().run(page, options=others)
    found = [violation for run in runs for violation in run.response["violations"]]
    return [f"{v['id']}: {v['help']}: {[node['html'][:200] for node in v['nodes']]}" for v in found]


# All that a page can leave on the reader's machine, cookies aside, by where it is kept.
KEPT = """
async () => [
  ...Object.keys(localStorage).map((key) => `localStorage ${key}`),
  ...Object.keys(sessionStorage).map((key) => `sessionStorage ${key}`),
  ...(await indexedDB.databases()).map(({ name }) => `database ${name}`),
  ...(window.caches ? await caches.keys() : []).map((key) => `cache ${key}`),
]
"""
MAY_BE_KEPT = {"localStorage mode", "localStorage theme", "sessionStorage sidebar-scroll-top"}

# What the page's policy lets a planted script, handler, text and request do. The browser says so on the console, too.
ALLOWED = """
async () => {
  await new Promise((later) => setTimeout(later)); // what a debugger calls may use eval; what a timer calls may not
  const done = [];
  window.planted = (what) => done.push(what);
  const script = document.createElement("script");
  script.textContent = "planted('an inline script')";
  const button = document.createElement("button");
  button.setAttribute("onclick", "planted('a handler')");
  document.body.append(script, button);
  button.click();
  try { window.eval("planted('text as code')"); } catch (error) {}
  const picture = new Image();
  const refused = new Promise((settled) => document.addEventListener("securitypolicyviolation", (event) => {
    if (event.effectiveDirective === "img-src") settled(true);
  }));
  picture.src = "https://elsewhere.invalid/count.png";
  const late = new Promise((settled) => setTimeout(settled, 2000));
  if (!(await Promise.race([refused, late]))) done.push("a picture from elsewhere");
  script.remove();
  button.remove();
  return done;
}
"""


# What the two buttons do whose scripts the theme writes into attributes.
PRESSED = """
() => {
  const done = [];
  window.print = () => done.push("print");
  window.toggleFullScreen = () => done.push("fill the screen");
  document.querySelectorAll(".btn-download-pdf-button, .btn-fullscreen-button").forEach((button) => button.click());
  return done.sort();
}
"""


FOCUS = "(summary) => { summary.focus(); return summary.parentElement.open; }"
ARE_OPEN = "(folded) => folded.map((summary) => summary.parentElement.open)"


def stuck(page):
    """What is folded and does not open, or open and does not fold, from the keyboard."""
    folded = page.locator("main details > summary")
    before = []
    for summary in folded.all():
        before.append(summary.evaluate(FOCUS))
        page.keyboard.press("Enter")
    after = folded.evaluate_all(ARE_OPEN)
    return [folded.nth(i).inner_text() for i in range(len(after)) if after[i] == before[i]]


def not_followed(page):
    """Of exercises, figures and questions: the first one's link to itself that Enter does not follow."""
    found = []
    for kind in ("div.exercise", "figure.dlcore-live", "fieldset.dlcore-question"):
        for link in page.locator(f"{kind} > a.headerlink").all()[:1]:
            link.press("Enter")
            if page.evaluate("() => location.hash") != link.get_attribute("href"):
                found.append(kind)
    return found


def on_paper(page):
    page.emulate_media(media="print")
    wrong = page.evaluate(STILL)
    page.emulate_media(media="screen")
    return wrong


@pytest.fixture(scope="module", params=LOOKS)
def look(request):
    return request.param


@pytest.fixture(scope="module")
def visits(browser, address, site, paths, look):
    """Every page opened once in one look: {path: what was seen}. Opening is what takes time, not looking."""
    seen = {}
    for path in paths:
        with Reader(browser, address if look == SERVED else site.as_uri(), **LOOKS[look]) as reader:
            page = opened(reader, path)
            seen[path] = SimpleNamespace(
                fetched={reader.path(request) for request in reader.requests} - {""},
                scheme=page.evaluate("() => document.documentElement.dataset.theme"),
                headers=page.evaluate(HEADERS),
                too_wide=page.evaluate(TOO_WIDE),
                moving=page.evaluate(MOVING)[:5] if look == FILES else [],  # its reader asks for stillness
                first_control=page.evaluate(FIRST_CONTROL),
                stuck=stuck(page) if look == FILES else [],  # a key does the same in every colour
                unseen=page.evaluate(UNSEEN) + not_followed(page) if look == FILES else [],
                unmarked=page.evaluate(UNMARKED),
                mathematics=page.evaluate(MATHEMATICS),  # after stuck(): what was folded is open now
                on_paper=on_paper(page),
                troubles=reader.troubles(),
                kept={*page.evaluate(KEPT), *(f"cookie {cookie['name']}" for cookie in reader.context.cookies())},
                pressed=page.evaluate(PRESSED),
                allowed=page.evaluate(ALLOWED),  # after troubles(): what is refused is a trouble of its own
                violations=violations(page, None if look == SERVED else OF_THE_LOOK),  # last: it spoils the page
            )
    return seen


def nothing(visits, kind):
    found = {path: getattr(seen, kind) for path, seen in visits.items()}
    assert {path: what for path, what in found.items() if what} == {}


def test_pages_are_quiet(visits):
    nothing(visits, "troubles")


def test_pages_keep_no_cookies_and_nothing_but_their_own_looks(visits):
    assert {path: what for path, seen in visits.items() if (what := seen.kept - MAY_BE_KEPT)} == {}
    assert "localStorage theme" in set().union(*(seen.kept for seen in visits.values()))  # so the account is no blank


def test_pages_run_nothing_that_was_not_built_into_them(visits):
    nothing(visits, "allowed")


def test_the_theme_s_buttons_work_without_scripts_in_attributes(visits):
    pressed = {path: seen.pressed for path, seen in visits.items() if path.startswith("book/")}
    assert {path: what for path, what in pressed.items() if what != ["fill the screen", "print"]} == {}


def test_pages_follow_the_colour_scheme(visits, look):
    assert {seen.scheme for seen in visits.values()} == {"dark" if LOOKS[look]["dark"] else "light"}


def test_pages_are_accessible(visits):
    nothing(visits, "violations")
    nothing(visits, "headers")


def test_pages_have_their_mathematics(visits):
    nothing(visits, "mathematics")


def test_nothing_is_wider_than_the_window(visits):
    nothing(visits, "too_wide")


def test_nothing_moves_by_itself_for_those_who_ask_for_stillness(visits):
    nothing(visits, "moving")


def test_the_first_screen_of_the_site_has_a_figure_to_move(visits, site):
    [first] = [path for path in visits if f"url={path}" in (site / "index.html").read_text("utf-8")]
    assert visits[first].first_control < SCREEN


def test_the_place_of_the_keyboard_is_seen(visits):
    nothing(visits, "unmarked")


def test_everything_folded_opens_from_the_keyboard(visits):
    nothing(visits, "stuck")


def test_what_one_may_want_to_show_has_a_link_to_itself(visits):
    nothing(visits, "unseen")


def test_on_paper_figures_are_their_first_picture_and_sentence(visits):
    nothing(visits, "on_paper")


def test_a_first_visit_and_the_next_page_are_light(visits, site):
    def size(path):
        return len(gzip.compress((site / path).read_bytes(), 6))

    files = {path: seen.fetched for path, seen in visits.items() if path.startswith("book/")}
    entrance = files[next(iter(files))]
    first = {path: sum(map(size, fetched)) for path, fetched in files.items()}
    following = {path: sum(map(size, fetched - entrance)) for path, fetched in files.items()}
    assert {path: bytes_ for path, bytes_ in first.items() if bytes_ > FIRST_VISIT} == {}, first
    assert {path: bytes_ for path, bytes_ in following.items() if bytes_ > NEXT_PAGE} == {}, following


SEARCHED = {
    "perceptron": ("perceptron", "term-perceptron"),
    "역전파": ("backprop", "term-backpropagation"),
    "가중치": ("intro", "term-weight"),
    "손실함수": ("glossary", "term-loss-function"),  # the book writes it as two words
}


def test_search_finds_terms_in_english_and_korean(browser, address):
    with Reader(browser, address) as reader:
        page = reader.page
        for words, (chapter, term) in SEARCHED.items():
            page.goto(f"{address}/search.html")
            page.locator("main").get_by_role("searchbox").fill(words)
            page.keyboard.press("Enter")  # the policy lets the form be sent, and the lines around the word be fetched
            page.wait_for_url("**/search.html?q=*")
            settle(page)
            page.wait_for_selector(f"#search-results a[href^='book/{chapter}.html']")
            page.wait_for_selector(f"#search-results a[href='book/glossary.html#{term}']")
            page.wait_for_selector("#search-results li p.context")
        # Sphinx looks for a module's id as if what follows its dot were a class; the result is listed all the same.
        assert [trouble for trouble in reader.troubles() if "Anchored content block not found" not in trouble] == []
