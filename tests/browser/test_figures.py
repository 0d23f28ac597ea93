"""Every living figure of every page: moved from the keyboard, its picture is the one Python draws for that state."""

import json
import random
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import figures_of, served
from tests.browser.reading import Reader, figure_on, put, seen, start_again, turn, wait_for_address
from tests.building import ROOT, build, small_book
from tests.notebooks import BOOK

CHAPTERS = sorted(file.stem for file in BOOK.glob("*.ipynb"))
DRAWN_AT_RANDOM = 2  # states of each figure, besides those at the ends of its controls
TO_WRITE_THE_ADDRESS = 200  # milliseconds, as in live.js


@pytest.fixture(scope="module")
def gallery(tmp_path_factory):
    """A book of one page with every kind of control and picture: (its sources, its site)."""
    folder = tmp_path_factory.mktemp("gallery")
    cells = Path(__file__).with_name("gallery.py").read_text("utf-8").split("# %%\n")[1:]
    built = build(small_book(folder, gallery=cells), folder / "out")
    assert built.returncode == 0, built.stdout
    return folder, folder / "out" / "_build" / "html"


@pytest.fixture(scope="module", params=[*CHAPTERS, "gallery"])
def chapter(request):
    return request.param


@pytest.fixture(scope="module")
def sources_and_site(chapter, request):
    return request.getfixturevalue("gallery") if chapter == "gallery" else (ROOT, request.getfixturevalue("site"))


@pytest.fixture(scope="module")
def address(sources_and_site):
    with served(sources_and_site[1]) as address:
        yield address


@pytest.fixture(scope="module")
def every_figure(chapter, sources_and_site):
    """The chapter's figures by name, as Python makes them."""
    return figures_of(sources_and_site[0] / "book" / f"{chapter}.ipynb")


@pytest.fixture(scope="module")
def figures(every_figure):
    """Those that have controls."""
    return [figure for figure in every_figure.values() if figure.controls]


@pytest.fixture(scope="module")
def visit(browser, address, chapter):
    """The chapter's page, opened once for its tests: opening takes longer than looking."""
    with Reader(browser, address) as reader:
        reader.open(page_of(chapter))
        yield reader


@pytest.fixture
def page(visit):
    """That page with every figure at its start. Whatever goes wrong in a test, it is that test's trouble."""
    start_again(visit.page)
    before = len(visit.troubles())
    yield visit.page
    assert visit.troubles()[before:] == []


def page_of(chapter: str) -> str:
    return f"book/{chapter}.html"


def expect(on_page, figure, values: dict) -> None:
    """The figure on the page says and shows this state."""
    what = seen(on_page, drawn(figure, tuple(values.items())))
    sentence = figure.alt(**values)
    expected = {"state": json.loads(json.dumps(values)), "label": sentence, "difference": ""}
    captions = what.pop("announced")
    assert what == expected, f"{figure.scene.name} at {values}"
    assert set(captions) <= {sentence} and len(captions) >= bool(figure.controls), figure.scene.name


@cache
def drawn(figure, values: tuple) -> str:
    """Python's picture of a state; drawing takes longer than comparing, and tests meet the same states again."""
    return figure.svg(dict(values))


def walk(figure):
    """Each control in turn to its first value, to its last and one back: (control, number of its value, position of
    all). Where it stands, it stays."""
    now = [control.start for control in figure.controls]
    for i, control in enumerate(figure.controls):
        last = len(control.values) - 1
        for index in dict.fromkeys((0, last, last - 1)):
            now = [*now[:i], index, *now[i + 1 :]]
            yield control, index, now


def at_random(figure) -> list[list[int]]:
    chance = random.Random(figure.scene.name)
    return [[chance.randrange(len(c.values)) for c in figure.controls] for _ in range(DRAWN_AT_RANDOM)]


def elsewhere(figure) -> list[int]:
    """A state in which every control stands somewhere else than at its start."""
    return [(control.start + 1) % len(control.values) for control in figure.controls]


def values_at(figure, position: list[int]) -> dict:
    return {control.name: control.values[index] for control, index in zip(figure.controls, position, strict=True)}


def put_all(on_page, figure, position: list[int]) -> None:
    put(on_page, {control.name: index for control, index in zip(figure.controls, position, strict=True)})


def test_the_page_opens_without_trouble(visit):
    assert visit.troubles() == []


def test_the_page_has_the_figures_of_its_notebook(page, every_figure):
    shown = page.locator("figure.dlcore-live")
    assert {shown.nth(i).get_attribute("data-name") for i in range(shown.count())} == set(every_figure)


def test_every_figure_begins_with_the_state_of_python(page, every_figure):
    for figure in every_figure.values():
        expect(figure_on(page, figure.scene.name), figure, figure.values)


def test_every_control_moves_from_the_keyboard_and_the_picture_is_pythons(page, figures):
    for figure in figures:
        on_page = figure_on(page, figure.scene.name)
        for control, index, position in walk(figure):
            turn(on_page, control, index)
            expect(on_page, figure, values_at(figure, position))


def test_the_picture_of_any_state_is_pythons(page, figures):
    for figure in figures:
        on_page = figure_on(page, figure.scene.name)
        for position in at_random(figure):
            put_all(on_page, figure, position)
            expect(on_page, figure, values_at(figure, position))


FOCUSED = (
    "form => form.contains(document.activeElement) && (document.activeElement.name || document.activeElement.type)"
)


def test_tab_reaches_every_control(page, figures):
    for figure in figures:
        form = figure_on(page, figure.scene.name).locator("form")
        groups = form.evaluate("form => [...new Set([...form.elements].filter(e => e.name).map(e => e.name))]")
        assert groups == [control.name for control in figure.controls]
        form.evaluate("form => { form.tabIndex = -1; form.focus(); }")
        page.keyboard.press("Tab")
        reached = []
        while focused := form.evaluate(FOCUSED):
            reached.append(focused)
            page.keyboard.press("Tab")
        assert {*groups, "reset"} <= set(reached)


# Of every figure of the page by its name: its state, controls, and picture with its sentence. (The sentence that is
# announced comes a moment later.)
FIGURES = """
() => Object.fromEntries([...document.querySelectorAll("figure.dlcore-live")].map((figure) => {
  const controls = [...figure.querySelectorAll("input, select")].map((control) => control.value);
  const picture = figure.querySelector(".dl-picture").outerHTML;
  return [figure.dataset.name, [figure.dataset.state, ...controls, picture].join()];
}))
"""


def test_one_figure_moves_and_the_others_stay(page, figures):
    before = page.evaluate(FIGURES)
    for figure in figures:
        put_all(figure_on(page, figure.scene.name), figure, elsewhere(figure))
        after = page.evaluate(FIGURES)
        assert {name for name in before if after[name] != before[name]} == {figure.scene.name}
        before = after


def test_start_again_leads_back_and_clears_the_address(page, figures):
    names = [figure.scene.name for figure in figures]
    for figure in figures:
        put_all(figure_on(page, figure.scene.name), figure, elsewhere(figure))
    wait_for_address(page, names)
    for name in names:
        figure_on(page, name).get_by_role("button", name="Start again").press("Enter")
    wait_for_address(page, names, told=False)
    for figure in figures:
        expect(figure_on(page, figure.scene.name), figure, figure.values)


def test_play_runs_to_the_end_and_pauses(page, figures):
    for figure in figures:
        for control in (control for control in figure.controls if control.kind == "play"):
            on_page = figure_on(page, figure.scene.name)
            turn(on_page, control, 0)
            slider = on_page.get_by_role("slider", name=control.label, exact=True)
            button = slider.locator("xpath=..").get_by_role("button")
            button.press("Enter")
            assert button.inner_text() == "Pause"
            page.wait_for_function("slider => Number(slider.value) >= 1", arg=slider.element_handle())
            button.press("Enter")
            assert button.inner_text() == "Play"
            paused = slider.input_value()
            page.wait_for_timeout(3 * control.interval)
            assert slider.input_value() == paused
            turn(on_page, control, len(control.values) - 2)
            button.press("Enter")
            page.wait_for_function("slider => slider.value === slider.max", arg=slider.element_handle())
            expect(on_page, figure, figure.values | {control.name: control.values[-1]})
            assert button.inner_text() == "Play"


def test_a_state_is_in_the_address_for_friends_without_a_network_too(page, browser, sources_and_site, figures, chapter):
    def put_everything(window, place):
        for figure in figures:
            put_all(figure_on(window, figure.scene.name), figure, place(figure))
        window.wait_for_timeout(2 * TO_WRITE_THE_ADDRESS)

    def everything_is(window, place):
        for figure in figures:
            expect(figure_on(window, figure.scene.name), figure, values_at(figure, place(figure)))

    put_everything(page, elsewhere)
    with Reader(browser, sources_and_site[1].as_uri(), offline=True) as friend:
        friends = friend.open(f"{page_of(chapter)}?{urlsplit(page.url).query}")
        friends.wait_for_timeout(2 * TO_WRITE_THE_ADDRESS)  # opening an address must not clear it
        wait_for_address(friends, [figure.scene.name for figure in figures])
        everything_is(friends, elsewhere)
        put_everything(friends, lambda figure: at_random(figure)[0])
        everything_is(friends, lambda figure: at_random(figure)[0])
        assert urlsplit(friends.url).query != urlsplit(page.url).query or not figures
        assert friend.troubles() == []
