"""The built site in a real browser: how soon figures are alive, how fast they answer, how much a visit weighs.

Slider to picture: from the input event until the new picture's layout is done, for every position of every control, in
the page itself. Weights: every file a visit loads, compressed as a web server would.
"""

import gzip
import statistics
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import sync_playwright

from tests.browser.conftest import served
from tools.browser import browser_program

SITE = Path(__file__).parents[1] / "_build" / "html"
ROUNDS = 3
FIRST = "book/intro.html"

ALIVE = "[...document.querySelectorAll('figure.dlcore-live:has(form)')].every(f => f.classList.contains('dl-alive'))"

# Every position of every control once, forwards; milliseconds for each change.
MOVE = """figure => {
    const times = [];
    for (const input of figure.querySelectorAll('form input, form select')) {
        const positions = input.type === 'range' ? [...Array(Number(input.max) + 1).keys()].map(String) : [input.value];
        for (const position of positions) {
            const before = performance.now();
            if (input.type === 'radio' || input.type === 'checkbox') input.checked = true; else input.value = position;
            input.dispatchEvent(new Event('input', {bubbles: true}));
            figure.querySelector('svg').getBoundingClientRect();
            times.push(performance.now() - before);
        }
    }
    return times;
}"""


def run():
    """The section "site" of the README."""
    if not SITE.exists():
        raise SystemExit("Expected the built book in _build/html; run `make book` first.")
    with sync_playwright() as playwright, served(SITE) as address:
        browser = playwright.chromium.launch(executable_path=browser_program(playwright.chromium))
        pages = sorted(p.relative_to(SITE).as_posix() for p in (SITE / "book").glob("*.html"))
        rows = [_measure(browser, address, page) for page in pages]
        browser.close()
    head = (
        "| page | first visit, KB | after another page, KB | alive, ms | slider to picture, ms: median / 95 % "
        "| with the processor 4 × slower |\n|---|---|---|---|---|---|"
    )
    return "\n".join(["## The site in a browser", "", (__doc__ or "").split("\n\n", 1)[1], head, *rows])


def _measure(browser, address, page):
    weights = [_weight(browser, address, [page]), _weight(browser, address, [FIRST, page])]
    alive = statistics.median(_alive(browser, address, page) for _ in range(ROUNDS))
    latencies = [_spread(_latencies(browser, address, page, slower)) for slower in (1, 4)]
    cells = [*(f"{weight / 1000:.0f}" for weight in weights), f"{alive:.0f}", *latencies]
    return f"| {page} | {' | '.join(cells)} |"


def _spread(times):
    """Median / 95th percentile, or a dash for a page without figures."""
    if not times:
        return "—"
    return f"{statistics.median(times):.1f} / {sorted(times)[len(times) * 95 // 100]:.1f}"


def _weight(browser, address, pages):
    """Compressed bytes of what the last of these pages loads that the ones before it did not."""
    context = browser.new_context()
    tab, loaded = context.new_page(), []
    tab.on("requestfinished", lambda request: loaded.append(unquote(urlsplit(request.url).path)))
    for page in pages:
        seen = set(loaded)
        loaded.clear()
        tab.goto(f"{address}/{page}", wait_until="networkidle")
    context.close()
    return sum(len(gzip.compress((SITE / path.lstrip("/")).read_bytes())) for path in set(loaded) - seen)


def _alive(browser, address, page):
    """Milliseconds from the start of the navigation until every figure of the page is alive."""
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(f"{address}/{page}", wait_until="commit")
    tab.wait_for_function(f"document.readyState !== 'loading' && {ALIVE}", polling="raf")
    milliseconds = tab.evaluate("performance.now()")
    context.close()
    return milliseconds


def _latencies(browser, address, page, slower):
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(f"{address}/{page}", wait_until="networkidle")
    context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    figures = tab.locator("figure.dlcore-live:has(form)").all()
    times = [time for _ in range(ROUNDS) for figure in figures for time in figure.evaluate(MOVE)]
    context.close()
    return times
