"""Faults planted in copies: every build and every check above is seen to fail where it must."""

import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest

from tests.building import ROOT, build, notebook, small_book
from tests.notebooks import normalised, run
from tests.site.pages import broken_links, outside_addresses, parsed

FIGURE = """
import numpy as np
from dlcore.live import explore

def draw(ax, w):
    ax.plot({drawn})

explore(draw, name="line", alt=lambda w: f"A line of slope {{w}}.", w=(0, 3))
"""

# What is planted in a page, and what the build must say about that page.
SOUND = ["1 + 1", FIGURE.format(drawn="[0, w]")]
FAULTS = {
    "a cell that fails": (["1 / 0"], "ZeroDivisionError"),
    "a false claim": (
        ["from dlcore import claim\nclaim('the slope is at most 0.2', 0.25, 0.2, tol=0.01)"],
        "ClaimError",
    ),
    "a state that cannot be drawn": ([FIGURE.format(drawn="[0, [1, 2, 3][w]]")], r"its state \{'w': 3\}"),
    "a cell that writes to stderr": (["import sys; print('oh', file=sys.stderr)"], "stderr"),
    "a link to a page that is not there": ("# A page\n\n[there](nowhere.md)", "nowhere.md"),
    "a link to an anchor that is not there": ("# A page\n\n[there](#nowhere)", "nowhere"),
    "a cross-reference to nowhere": ("# A page\n\nSee {ref}`nowhere`.", "undefined label: 'nowhere'"),
    "a picture that is not there": ("# A page\n\n![it](nowhere.png)", "nowhere.png"),
    "a name Python does not have": ("# A page\n\nSee {py:func}`dlcore.nothing`.", "dlcore.nothing"),
}
PAGES = {what: what.replace(" ", "-") for what in FAULTS}
BOOKS = {
    "none": {"page": SOUND},
    "a figure over budget": {"page": [FIGURE.format(drawn="*np.random.default_rng(w).normal(size=(2, 9000)), '.'")]},
    "a page for each": {PAGES[what]: content for what, (content, _) in FAULTS.items()},
}


@pytest.fixture(scope="module")
def builds(tmp_path_factory):
    """The small books, side by side: {what is planted: (the process, the site)}."""

    def built(what, pages):
        folder = tmp_path_factory.mktemp("fault")
        others = {f"other{i}": f"# Page {i}" for i in range(4)}  # more than five are read side by side
        small_book(folder / "source", start="# Start\n\nA page without fault.", **pages, **others)
        return what, (build(folder / "source", folder / "out"), folder / "out/_build/html")

    with ThreadPoolExecutor(2) as pool:
        return dict(pool.map(built, BOOKS, BOOKS.values()))


def test_a_sound_book_builds(builds):
    process, site = builds["none"]
    assert process.returncode == 0, process.stdout
    assert "figure line" in process.stdout
    assert not broken_links(site / "book/page.html", site)


def test_a_figure_over_budget_fails_the_build(builds):
    process, _ = builds["a figure over budget"]
    assert process.returncode != 0 and "figures over budget" in process.stdout, process.stdout


COMPLAINT = re.compile(r"/([\w-]+)\.(?:md|ipynb)(?::\d+)?: (?:WARNING|ERROR): ")


@pytest.mark.parametrize("what", FAULTS)
def test_the_build_fails_and_says_why(builds, what):
    """For `-W` every warning is a failure, as is every error; each of them names its page."""
    process, _ = builds["a page for each"]
    _, *complaints = COMPLAINT.split(process.stdout)
    said = [text for page, text in zip(complaints[::2], complaints[1::2], strict=True) if page == PAGES[what]]
    assert process.returncode != 0 and re.search(FAULTS[what][1], "".join(said)), process.stdout


@pytest.fixture
def site_copy(builds, tmp_path):
    return shutil.copytree(builds["none"][1], tmp_path / "html")


CDN = "https://cdn.jsdelivr.net/npm/thing"
TAMPERED = {
    "a script": ("book/page.html", f'<script src="{CDN}.js"></script>'),
    "a script without scheme": ("book/page.html", '<script src="//example.org/thing.js"></script>'),
    "an address inside a script": ("book/page.html", "<script>import('https://esm.sh/thing')</script>"),
    "a style sheet": ("book/page.html", '<link rel="stylesheet" href="https://example.org/a.css">'),
    "a picture": ("book/page.html", '<img src="https://example.org/a.png">'),
    "a picture for fine screens": ("book/page.html", '<img srcset="https://example.org/a.png 2x">'),
    "a style": ("book/page.html", "<style>body { background: url('https://example.org/a.png') }</style>"),
    "a font": ("_static/site.css", "@font-face { src: url(//example.org/a.woff2) }"),
    "an import": ("_static/site.css", '@import "https://example.org/a.css";'),
    "a host in a script": ("_static/live.js", f'const host = "{CDN}.js";'),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_an_address_from_elsewhere_is_found(site_copy, what):
    name, planted = TAMPERED[what]
    file = site_copy / name
    assert outside_addresses(file, site_copy) == []
    _append(file, planted)
    assert outside_addresses(file, site_copy)


def test_a_link_the_reader_follows_may_lead_elsewhere(site_copy):
    page = site_copy / "book/page.html"
    _append(page, '<a href="https://example.org/">elsewhere</a>')
    assert outside_addresses(page, site_copy) == broken_links(page, site_copy) == []


@pytest.mark.parametrize("address", ["nowhere.html", "start.html#nowhere", "#nowhere", "../../../outside", "../a.png"])
def test_a_broken_link_is_found(site_copy, address):
    page = site_copy / "book/page.html"
    _append(page, f'<a href="{address}">there</a>')
    assert broken_links(page, site_copy) == [address]


def _append(file, text):
    file.write_text(file.read_text("utf-8") + text, "utf-8")
    parsed.cache_clear()


CELLS = ["total = 1 + 1\ntotal", "print('the sum is', total)"]
WRONG = {
    "a wrong number": lambda cells: cells[1].outputs[0].data.update({"text/plain": "3"}),
    "a wrong line": lambda cells: cells[2].outputs[0].update(text="the sum is 3\n"),
    "an output too many": lambda cells: cells[2].outputs.append(cells[1].outputs[0]),
    "no output": lambda cells: cells[1].outputs.clear(),
    "a cell that fails": lambda cells: cells[1].update(source="1 / 0"),
}


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """What nbval says of a sound notebook and of its tampered copies, all in one run."""
    folder = tmp_path_factory.mktemp("compared")
    page = notebook("page", CELLS)
    run(page, folder)
    (folder / "sound.ipynb").write_text(normalised(page), "utf-8")
    for what, tamper in WRONG.items():
        copy = nbformat.reads(normalised(page), as_version=4)
        tamper(copy.cells)
        nbformat.write(copy, folder / f"{what}.ipynb")
    options = ["-c", ROOT / "pyproject.toml", "--rootdir", folder, "-p", "no:cacheprovider", "-n0", "-rA", "--color=no"]
    command = [sys.executable, "-m", "pytest", *options, folder]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False).stdout


def test_nbval_passes_what_was_stored(compared):
    assert len(re.findall(r"PASSED .*/sound\.ipynb::Cell", compared)) == len(CELLS), compared


@pytest.mark.parametrize("what", WRONG)
def test_nbval_finds(compared, what):
    assert re.search(rf"FAILED .*/{what}\.ipynb::Cell", compared), compared
