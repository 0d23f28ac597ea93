"""The same book built again, packed, and without its solutions."""

from concurrent.futures import ThreadPoolExecutor
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup

from book._ext.dlcore_book import setup
from dlcore.exercises.intro import by_speed
from dlcore.live.page import SOLUTIONS, VARIABLE
from tests.building import ROOT, build, small_book
from tests.site.pages import broken_links, pages, parsed
from tools.links import addresses
from tools.paper import document
from tools.pdf import has_solutions
from tools.release import described, pack

FIGURE = """
from dlcore.live import explore

def draw(ax, w):
    ax.plot([0, 1], [0, w], ".-")
    ax.set(xlim=(0, 1), ylim=(0, 3), title=f"$w = {w}$")

explore(draw, name="line", alt=lambda w: f"A line of slope {w}.", w=(0, 3))
"""
EXERCISE = """
from dlcore.exercises import intro as exercises

exercises.by_speed.check(...)
"""
KERNEL = """
from ipykernel.connect import get_connection_info

assert get_connection_info(unpack=True)["transport"] == "ipc"  # kernels beside it could be given the same port
"""
QUIZ = """
from dlcore.quizzes.intro import quiz

quiz
"""
CLAIMS = """
from dlcore import claim, claims

claim("two and two", 2 + 2, 4)
claims()
"""
WORDS = """# Words

$$ L = (y - t)^2 $$

See [elsewhere](https://example.org/elsewhere#there).

```{glossary}
loss
    What is to be small.

weight
    What is learned.
```
"""
# Nearly everything that pages are made of; more than five are read side by side.
PAGES = {
    "start": [FIGURE, EXERCISE, KERNEL, QUIZ, CLAIMS],
    "words": WORDS,
    "api": (ROOT / "book" / "api.md").read_text("utf-8"),
    **{f"other{i}": f"# Page {i}\n\nIts {{term}}`loss`." for i in range(4)},
}
# Two places whose dates always differ, being 25 hours apart; and sets and dictionaries in another order.
BUILDS = {
    "here": {"PYTHONHASHSEED": "1", "TZ": "Pacific/Pago_Pago"},
    "there, in a folder of another name": {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati"},
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """The small book, built twice from nothing: [site, site]."""

    def built(name):
        folder = tmp_path_factory.mktemp("twice") / name
        process = build(
            small_book(folder / "source", lite=True, **PAGES),
            folder / "out",
            **BUILDS[name],
            **{VARIABLE: str(folder / "recordings")},
        )
        assert process.returncode == 0, process.stdout
        return folder / "out" / "_build" / "html"

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(built, BUILDS))


def test_two_builds_from_nothing_are_identical(sites):
    one, other = ({file.relative_to(site): file for file in site.rglob("*") if file.is_file()} for site in sites)
    assert one.keys() == other.keys()
    assert [difference for path in one if (difference := first_difference(one[path], other[path]))] == []


def first_difference(one, other):
    """Where two files first differ; nothing if they are equal."""
    a, b = one.read_bytes(), other.read_bytes()
    if a == b:
        return ""
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return f"{one.name} at byte {at}: {a[at - 60 : at + 60]!r} and {b[at - 60 : at + 60]!r}"


def test_two_builds_make_the_same_release_and_its_links_lead_somewhere(sites, tmp_path):
    packed = []
    for name, site in zip("ab", sites, strict=True):
        (tmp_path / name).mkdir()
        packed.append(pack(site, tmp_path / name, solutions=True))
    assert packed[0].read_bytes() == packed[1].read_bytes()
    with ZipFile(packed[0]) as files:
        files.extractall(tmp_path / "a stick")
    (unpacked,) = (tmp_path / "a stick").iterdir()
    assert {page: found for page in pages(unpacked) if (found := broken_links(page, unpacked))} == {}
    assert parsed(unpacked / "book" / "start.html").find("figure", class_="dlcore-live")


def test_links_to_elsewhere_are_listed_and_others_are_not(sites, tmp_path):
    found = addresses(sites[0], tmp_path)
    assert found["https://example.org/elsewhere"] == {"book/words.html"}
    assert all(address.startswith(("https://", "http://")) for address in found)


def solution_on(site):
    """Files of a site that have a line of the exercise's solution."""
    line = by_speed.solution_source().splitlines()[-1].strip()
    files = [file for kind in ("html", "js", "ipynb", "md") for file in site.rglob(f"*.{kind}")]
    return [file.name for file in files if line in text(file)]


def text(file):
    return parsed(file).get_text() if file.suffix == ".html" else file.read_text("utf-8")


def test_one_setting_leaves_the_solutions_out(sites, tmp_path):
    assert solution_on(sites[0]) == ["start.html"]
    process = build(small_book(tmp_path / "source", start=[EXERCISE]), tmp_path / "out", **{SOLUTIONS: "no"})
    assert process.returncode == 0, process.stdout
    site = tmp_path / "out" / "_build" / "html"
    page = parsed(site / "book" / "start.html")
    assert page.find(class_="dlcore-hint") and not page.find(class_="dlcore-solution")
    assert "leaves the solution out" in page.get_text()
    assert solution_on(site) == []
    assert has_solutions(sites[0]) and not has_solutions(site)
    on_paper = BeautifulSoup(
        document(site, tmp_path / "source" / "_toc.yml", described(solutions=False)), "html.parser"
    )
    assert [title.get_text() for title in on_paper.select("article > h1, section > h1")][1:] == ["A Hints"]
    assert "without solutions" in on_paper.find(class_="title-page").get_text()


def test_a_setting_that_is_neither_yes_nor_no_ends_the_build_at_once(monkeypatch):
    monkeypatch.setenv(SOLUTIONS, "none")
    with pytest.raises(ValueError, match="DLCORE_SOLUTIONS is 'none'; let it be 'yes' or 'no'"):
        setup(None)
