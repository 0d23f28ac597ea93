"""The built book as files: nothing from elsewhere, nothing missing, every figure whole."""

import hashlib
import json
import math
import re
from collections import Counter

import pytest
import yaml

from book._ext.dlcore_book import IN_USE
from book._ext.lite import PAGE
from dlcore.live.style import THEME
from tests.building import ROOT
from tests.site.pages import broken_links, figures, outside_addresses, pages, parsed, recording

VENDOR = ROOT / "book" / "_static" / "vendor"
MOST_BYTES_OF_A_RECORDING = 150_000  # compressed


def test_every_chapter_and_the_front_page_are_there(site):
    written = {page.relative_to(ROOT).with_suffix(".html") for page in (ROOT / "book").glob("*.ipynb")}
    built = {page.relative_to(site) for page in pages(site)}
    assert written and written <= built
    assert (site / "index.html").exists()


def binder(notebook):
    """The address that opens a notebook of this repository in JupyterLab on Binder."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    where, hub = config["repository"], config["launch_buttons"]["binderhub_url"]
    name = where["url"].removeprefix("https://github.com/")
    return f"{hub}/v2/gh/{name}/{where['branch']}?urlpath=lab/tree/{notebook.relative_to(ROOT).as_posix()}"


def colab(notebook):
    """The address that opens a notebook of this repository on Colab."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    where, home = config["repository"], config["launch_buttons"]["colab_url"]
    name = where["url"].removeprefix("https://github.com/")
    return f"{home}/github/{name}/blob/{where['branch']}/{notebook.relative_to(ROOT).as_posix()}"


def in_the_browser(notebook):
    """The address that opens a notebook within the site, from its page."""
    return f"../{PAGE}?path={notebook.name}"


def launch_buttons(page):
    """{address: text} of the menu under the rocket."""
    return {link["href"]: link.get_text(strip=True) for link in parsed(page).select(".dropdown-launch-buttons a")}


def test_every_notebook_opens_in_the_browser_on_binder_and_colab_from_its_own_page(site):
    ways = {file: [in_the_browser(file), binder(file), colab(file)] for file in (ROOT / "book").glob("*.ipynb")}
    notebooks = {
        file.relative_to(ROOT).with_suffix(".html"): [*found, "ways_to_run.html"] for file, found in ways.items()
    }
    buttons = {page.relative_to(site): list(launch_buttons(page)) for page in pages(site)}
    assert {page: found for page, found in buttons.items() if found} == notebooks


def test_buttons_that_leave_the_site_say_so_and_the_page_about_all_ways_has_a_row_for_each(site):
    ways = [cell.strong.get_text() for cell in parsed(site / "book/ways_to_run.html").select("td:first-child")]
    for page in pages(site):
        for address, text in launch_buttons(page).items():
            name, leaves, _ = text.partition(" (leaves this site)")
            assert bool(leaves) == address.startswith("https://") and (name in ways or not leaves), page.name


def test_the_badge_of_the_readme_opens_the_first_chapter():
    badge = re.search(r"\[!\[Binder\].*?\]\((.*?)\)", (ROOT / "README.md").read_text("utf-8"))
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    assert badge[1] == binder(ROOT / f"{toc['root']}.ipynb")


def test_nothing_is_fetched_from_another_origin(site):
    files = [file for kind in ("html", "css", "js") for file in site.rglob(f"*.{kind}")]
    wrong = {str(file.relative_to(site)): found for file in files if (found := outside_addresses(file, site))}
    assert files and not wrong


@pytest.mark.parametrize(("script", "mark"), IN_USE.items())
def test_a_page_loads_a_script_if_and_only_if_it_has_what_the_script_moves(site, script, mark):
    for page in pages(site):
        loaded = [e for e in parsed(page).find_all("script", src=True) if e["src"].partition("?")[0].endswith(script)]
        assert len(loaded) == bool(parsed(page).find(class_=mark)), page.name


def test_every_link_and_anchor_leads_somewhere(site):
    wrong = {str(page.relative_to(site)): found for page in pages(site) if (found := broken_links(page, site))}
    assert not wrong


def test_every_id_of_a_page_is_unique(site):
    for page in pages(site):
        ids = Counter(element["id"] for element in parsed(page).find_all(id=True))
        assert not [id_ for id_, times in ids.items() if times > 1], page.name


def test_every_id_a_figure_points_at_is_its_own(site):
    for figure in every_figure(site):
        values = [value for element in figure.svg.find_all(True) for value in element.attrs.values()]
        told = {one or other for value in values for one, other in re.findall(r"url\(#(.+?)\)|^#(.+)$", str(value))}
        assert told <= {element["id"] for element in figure.find_all(id=True)}, figure["data-name"]


def every_figure(site):
    return [figure for page in pages(site) for figure in figures(page)]


def test_names_of_figures_are_unique_in_the_book(site):
    names = [figure["data-name"] for figure in every_figure(site)]
    assert names and len(set(names)) == len(names)


def test_every_recording_is_whole_and_starts_at_the_picture_shown(site):
    for figure in every_figure(site):
        if not (found := recording(figure)):
            continue
        packed, said = found
        number = said["start"]
        state = {}
        for control in reversed(said["controls"]):  # the last control turns fastest
            number, index = divmod(number, len(control["values"]))
            state[control["name"]] = control["values"][index]
        assert json.loads(figure["data-state"]) == state, figure["data-name"]
        count = math.prod(len(control["values"]) for control in said["controls"])
        assert len(said["states"]) == len(said["sentences"]) == count, figure["data-name"]
        assert all(sentence.strip() for sentence in said["sentences"]), figure["data-name"]
        assert said["states"][said["start"]] == [], "the first state is the picture in the page, without a change"
        assert {edit for edits in said["states"] for edit in edits} == set(range(len(said["edits"])))
        assert figure.figcaption.string == said["sentences"][said["start"]]
        assert len(packed) <= MOST_BYTES_OF_A_RECORDING, figure["data-name"]


@pytest.mark.parametrize("colour", THEME)
def test_the_dark_style_sheet_has_every_colour_of_the_figures(colour):
    dark = re.search(r'html\[data-theme="dark"\] \{(.*?)\}', (ROOT / "book/_static/live.css").read_text("utf-8"), re.S)
    variable, value = THEME[colour]
    assert re.search(rf"{variable}: {value};", dark[1])


def test_files_of_others_are_the_ones_the_manifest_names():
    manifest = json.loads((VENDOR / "manifest.json").read_text("utf-8"))
    assert set(manifest) == {folder.name for folder in VENDOR.iterdir() if folder.is_dir()}
    for name, about in manifest.items():
        assert about["version"] and about["licence"] and about["source"], name
        files = [file for file in (VENDOR / name).rglob("*") if file.is_file()]
        sums = {f.relative_to(VENDOR / name).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}
        assert sums == about["sha256"], name
