"""A reader of the site: a browser window that keeps account of all that goes wrong in it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Locator, Page, Request

from dlcore.live.controls import Control

PATIENCE = 20_000  # milliseconds; only a failure waits that long


class Reader:
    """One window on the site at `address`, light or dark, wide or narrow, with or without a network; `still` for
    somebody whom moving pages make ill."""

    def __init__(self, browser: Browser, address: str, *, dark=False, width=1280, offline=False, still=False):
        self.address = address
        self.context = browser.new_context(
            color_scheme="dark" if dark else "light",
            viewport={"width": width, "height": 900},
            offline=offline,
            reduced_motion="reduce" if still else "no-preference",
        )
        self.requests: list[Request] = []
        self._troubles: list[str] = []
        self.page = self._window()

    def _window(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.requests.append(request))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        page.on("pageerror", lambda error: self._troubles.append(f"script: {error}"))
        page.on("console", self._said)
        return page

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # that one says: the page was left before it was needed
            self._troubles.append(f"failed: {request.url} ({request.failure})")

    def _answered(self, response) -> None:
        if response.status >= 400:
            self._troubles.append(f"{response.status}: {response.url}")

    def _said(self, message) -> None:
        if message.type in ("error", "warning"):
            self._troubles.append(f"console {message.type}: {message.text} ({message.location})")

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_) -> None:
        self.context.close()

    def open(self, path: str) -> Page:
        """Open a page of the site and wait until its figures are alive and its mathematics is set."""
        self.page.goto(f"{self.address}/{path}")
        settle(self.page)
        return self.page

    def troubles(self) -> list[str]:
        """Errors, warnings, failed requests, and requests that left the site."""
        return self._troubles + [f"left the site: {r.url}" for r in self.requests if not self._own(r.url)]

    def path(self, request: Request) -> str:
        """Of a file of the site, relative to it; "" for what is no file."""
        address = urlsplit(request.url)
        return (
            unquote(address.path).removeprefix(f"{urlsplit(self.address).path}/")
            if address.netloc or address.scheme == "file"
            else ""
        )

    def _own(self, url: str) -> bool:
        return url.startswith((f"{self.address}/", "data:", "blob:"))


def settle(page: Page) -> None:
    page.wait_for_function(
        """() => window.MathJax?.startup?.promise || !document.querySelector('script[src*="mathjax"]')"""
    )
    page.evaluate("async () => { await window.MathJax?.startup?.promise; await document.fonts.ready; }")
    page.wait_for_function(
        "() => [...document.querySelectorAll('figure.dlcore-live:has(.dl-recording)')]"
        ".every((figure) => figure.classList.contains('dl-alive'))"
    )


def figure_on(page: Page, name: str) -> Locator:
    return page.locator(f'figure.dlcore-live[data-name="{name}"]')


def wait_for_address(page: Page, names: list[str], told: bool = True) -> None:
    """The address is written a moment after the last move; until then, wait."""
    page.wait_for_function(
        "([names, told]) => names.every((name) => told === "
        "[...new URLSearchParams(location.search).keys()].some((key) => key.startsWith(`${name}.`)))",
        arg=[names, told],
    )


def turn(figure: Locator, control: Control, index: int) -> None:
    """Move a control to the value with this number, with the keyboard alone."""
    press = figure.page.keyboard.press
    if control.kind in ("range", "play"):
        figure.get_by_role("slider", name=control.label, exact=True).focus()
        _slide(press, index, len(control.values))
    elif control.kind == "checkbox":
        box = figure.get_by_role("checkbox", name=control.label, exact=True)
        box.focus()
        if box.is_checked() != bool(index):
            press("Space")
    elif control.kind == "select":
        choice = figure.get_by_role("combobox", name=control.label, exact=True)
        choice.focus()
        _step(press, index - int(choice.input_value()), "ArrowDown", "ArrowUp")
    else:
        group = figure.get_by_role("group", name=control.label, exact=True)
        chosen = group.evaluate("group => [...group.querySelectorAll('input')].findIndex((radio) => radio.checked)")
        group.get_by_role("radio").nth(chosen).focus()
        _step(press, index - chosen, "ArrowDown", "ArrowUp")


def _slide(press: Callable, index: int, count: int) -> None:
    """From the nearer end, as somebody who knows the Home and End keys would."""
    if index < count / 2:
        press("Home")
        _step(press, index, "ArrowRight", "ArrowLeft")
    else:
        press("End")
        _step(press, index - (count - 1), "ArrowRight", "ArrowLeft")


def _step(press: Callable, steps: int, forward: str, back: str) -> None:
    for _ in range(abs(steps)):
        press(forward if steps > 0 else back)


SET = """
(form, position) => Object.entries(position).forEach(([name, index]) => {
  const input = form.elements[name];
  if (input.type === "checkbox") input.checked = Boolean(index);
  else input.value = String(index);
  const told = input instanceof RadioNodeList ? input[0] : input;
  ["input", "change"].forEach((event) => told.dispatchEvent(new Event(event, { bubbles: true })));
})
"""


def put(figure: Locator, position: dict[str, int]) -> None:
    """All controls at once, as a script would: for tests of something else than the controls."""
    figure.locator("form").evaluate(SET, position)


START_AGAIN = """
async () => {
  document.querySelectorAll("figure.dlcore-live form").forEach((form) => form.reset());
  await new Promise((done) => setTimeout(done));
}
"""


def start_again(page: Page) -> None:
    """Every figure of the page at its start."""
    page.evaluate(START_AGAIN)


SEEN = """
(figure, expected) => {
  const picture = figure.querySelector(".dl-picture");
  const shown = picture.querySelector("svg").cloneNode(true);
  return {
    state: JSON.parse(figure.dataset.state),
    label: picture.getAttribute("aria-label"),
    announced: [...figure.querySelectorAll("figcaption[aria-live]")].map((caption) => caption.innerText),
    difference: difference(shown, new DOMParser().parseFromString(expected, "image/svg+xml").documentElement),
  };

  function difference(shown, parsed) {
    shown.normalize();  // a text that became empty leaves an empty node
    if (shown.isEqualNode(parsed)) return "";
    const [a, b] = [[shown, ...shown.querySelectorAll("*")], [parsed, ...parsed.querySelectorAll("*")]];
    const at = a.findIndex((node, i) => !b[i] || !node.cloneNode(false).isEqualNode(b[i].cloneNode(false))
                                        || (!node.children.length && node.textContent !== b[i].textContent));
    const text = (node) => node ? new XMLSerializer().serializeToString(node).slice(0, 400) : "nothing";
    return `element ${at} of ${a.length}: the page shows ${text(a[at])}, Python draws ${text(b[at])}`;
  }
}
"""


def seen(figure: Locator, expected: str) -> dict:
    """The state a figure says it shows, its picture's label, the lines that announce every change, and what differs
    between its picture and this SVG: "" if they are equal, node by node."""
    return figure.evaluate(SEEN, expected)


# What is wrong with the figures of a page on which nothing moves, one without scripts or on paper.
STILL = """
() => [...document.querySelectorAll("figure.dlcore-live:has(form)")].flatMap((figure) => {
  const picture = figure.querySelector(".dl-picture");
  const sound = {
    "no picture": picture.querySelector("svg").getBoundingClientRect().height > 50,
    "another sentence": figure.querySelector("figcaption").innerText === picture.getAttribute("aria-label"),
    "dead controls": !figure.querySelector("form").checkVisibility(),
  };
  return Object.keys(sound).filter((what) => !sound[what]).map((what) => `${figure.dataset.name}: ${what}`);
})
"""
