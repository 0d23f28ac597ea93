"""The book in the browser alone, as built: its notebooks, its Python, and what its page may do."""

import hashlib
import io
import json
import re
import shutil
from zipfile import ZipFile

import pytest
from sphinx.errors import ExtensionError

import book._ext.lite as extension
from book._ext.lite import PAGE, find_python, pins
from book._ext.lite.python import CDN, LEFT_OUT, ON_CDN, PINS, SETTING, Python, distribution
from book._ext.lite.site import KERNEL, USED, configuration
from book._ext.lite.wheels import DLCORE, needed, packed
from dlcore.live.page import SOLUTIONS
from tests.building import ROOT
from tests.site.pages import parsed
from tests.site.test_policy import policy_of

MOST_BYTES = 36_000_000  # of the whole folder, Pyodide's own files aside
NOTEBOOKS = {file.name: file for file in (ROOT / "book").glob("*.ipynb")}


@pytest.fixture(scope="module")
def lite(site):
    return site / "lite"


@pytest.fixture(scope="module")
def kernel(lite):
    """What JupyterLite is told of its Python."""
    told = json.loads((lite / "jupyter-lite.json").read_text("utf-8"))["jupyter-config-data"]
    return told["litePluginSettings"][f"{KERNEL}:kernel"]


@pytest.fixture(scope="module")
def lock(lite):
    return json.loads((lite / "python" / "pyodide-lock.json").read_text("utf-8"))["packages"]


def test_every_notebook_is_there_as_it_is_in_the_repository(lite):
    assert {file.name: file.read_bytes() for file in (lite / "files").iterdir()} == {
        name: file.read_bytes() for name, file in NOTEBOOKS.items()
    }
    listed = json.loads((lite / "api" / "contents" / "all.json").read_text("utf-8"))["content"]
    assert {entry["path"] for entry in listed} == set(NOTEBOOKS)


def test_its_page_offers_every_notebook_under_the_name_of_its_chapter(site):
    links = parsed(site / PAGE).select("main li a")
    assert {link["href"].partition("?path=")[2] for link in links} == set(NOTEBOOKS)
    for link in links:
        chapter = parsed(site / link["data-page"])
        assert chapter.title.string.startswith(link.get_text()), link


def test_every_file_of_its_python_has_the_sum_that_the_lock_says(lite, lock):
    for name, about in lock.items():
        if about["file_name"].startswith(ON_CDN):
            assert about["sha256"] == PINS["packages"][name]["sha256"], name
        else:
            assert hashlib.sha256((lite / "python" / about["file_name"]).read_bytes()).hexdigest() == about["sha256"]
    assert {name for name, about in lock.items() if "://" in about["file_name"]} == set(PINS["packages"])


def test_all_of_the_lock_is_loaded_and_nothing_else_can_be(lock, kernel):
    assert sorted(kernel["loadPyodideOptions"]["packages"]) == sorted(lock)
    assert {need for about in lock.values() for need in about["depends"]} <= set(lock)
    assert kernel["disablePyPIFallback"] is True
    assert kernel["pyodideUrl"] == f"{ON_CDN}pyodide.mjs"


def test_dlcore_is_there_whole(lite, lock):
    with ZipFile(lite / "python" / lock["dlcore"]["file_name"]) as wheel:
        inside = {path: wheel.read(path) for path in wheel.namelist() if ".dist-info" not in path}
    files = [file for file in DLCORE.rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    assert {f"dlcore/{file.relative_to(DLCORE).as_posix()}": file.read_bytes() for file in files} == inside
    assert {"dlcore/data/digits.npz", "dlcore/live/book.mplstyle"} <= inside.keys()


def test_the_page_says_how_much_is_loaded_from_where(site, lite):
    text = " ".join(parsed(site / PAGE).main.get_text().split())
    elsewhere = sum(about["bytes"] for about in PINS["files"].values()) / 1e6
    here = sum(file.stat().st_size for file in (lite / "python").iterdir()) / 1e6
    assert f"loaded from cdn.jsdelivr.net, {elsewhere:.0f} MB" in text
    assert f"{here:.0f} MB more for Python" in text


def test_its_pages_may_load_nothing_but_the_site_s_and_python_s_files(site, lite):
    for file in lite.rglob("*.html"):
        page = parsed(file)
        policy = policy_of(page)
        assert page.head.find(["meta", "link", "script", "style"]).find_next("meta").has_attr("content"), file
        assert policy.pop("connect-src") == ["'self'", CDN]
        assert policy.pop("script-src") == ["'self'", "'unsafe-eval'"]
        assert {source for sources in policy.values() for source in sources} == {
            *("'self'", "'none'", "'unsafe-inline'", "data:", "blob:")
        }
        assert [name for name, sources in policy.items() if "'unsafe-inline'" in sources] == ["style-src"]
        scripts = page.find_all("script")
        assert [s for s in scripts if not s.has_attr("src") and s.get("type") != "application/json"] == [], file
    assert {page.parent for page in lite.rglob("*.html")} == {lite, lite / "notebooks"}


def test_only_what_is_needed_is_in_the_folder(lite):
    files = [file for file in lite.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < MOST_BYTES
    assert [file for file in files if file.suffix in (".map", ".eot", ".ttf")] == []
    extensions = lite / "extensions"
    there = {file.parent.relative_to(extensions).as_posix() for file in extensions.rglob("package.json")}
    assert there == {"/".join(folder.parts[-2:]).removeprefix("labextensions/") for folder in USED}


@pytest.mark.parametrize(("edition", "told"), [("yes", {}), ("no", {SOLUTIONS: "no"})])
def test_its_python_knows_whether_the_edition_has_solutions(tmp_path, monkeypatch, edition, told):
    monkeypatch.setenv(SOLUTIONS, edition)
    (tmp_path / "lite" / "notebooks").mkdir(parents=True)
    given = []
    monkeypatch.setattr(extension, "make", lambda *arguments: given.append(arguments[-2:]) or ("main.js", "config.js"))
    extension.publish(tmp_path, Python({}, [], "", 0), [], language="en", title="The book", home="https://a.example/")
    [(python, environment)] = given
    settings = configuration(python, environment)["jupyter-config-data"]["litePluginSettings"]
    assert settings[f"{KERNEL}:kernel"]["loadPyodideOptions"]["env"] == told


@pytest.fixture
def pyodide(tmp_path, monkeypatch):
    """A folder that stands for the distribution: two small files, and pins that name them."""
    folder = tmp_path / "pyodide"
    folder.mkdir()
    for name in ("pyodide.mjs", "numpy.whl"):
        (folder / name).write_text(name, "utf-8")
    monkeypatch.setitem(PINS, "files", {file.name: pins.measured(file) for file in folder.iterdir()})
    return folder


def test_a_folder_with_the_distribution_is_taken(pyodide):
    (pyodide / "other.whl").write_text("not needed", "utf-8")
    assert distribution(pyodide) == {"pyodide.mjs": b"pyodide.mjs", "numpy.whl": b"numpy.whl"}


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (shutil.rmtree, "There is no such folder"),
        (lambda folder: (folder / "numpy.whl").unlink(), r"It lacks numpy\.whl\."),
        (lambda folder: (folder / "numpy.whl").write_text(""), r"It has files of another version: numpy\.whl\."),
    ],
)
def test_a_folder_that_will_not_do_ends_the_build_before_any_chapter_is_run(pyodide, monkeypatch, fault, said):
    fault(pyodide)
    monkeypatch.setenv(SETTING, str(pyodide))

    class App:
        class builder:
            name = "html"

    with pytest.raises(ExtensionError, match=rf"let it be the folder of Pyodide {PINS['version']}, unpacked\. {said}"):
        find_python(App())


def test_where_jupyterlite_is_missing_the_build_says_how_to_install_it(monkeypatch, tmp_path):
    monkeypatch.setattr(extension.site, "OF_KERNEL", tmp_path / "nowhere")
    with pytest.raises(ValueError, match=r"Run make, or else: pip install --no-deps --target .*lite -r .*requirements"):
        extension.check_installed()


def test_pins_are_read_off_a_distribution_and_a_false_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(pins, "PINS", tmp_path / "pyodide.json")
    monkeypatch.setattr(pins, "WANTED", ("a",))
    for name in pins.CORE:
        (tmp_path / name).write_text('var Y="1.2.3";', "utf-8")
    packages = {}
    for name, needs in {"a": ["b"], "b": [], "c": []}.items():
        (tmp_path / f"{name}.whl").write_text(name, "utf-8")
        packages[name] = {"file_name": f"{name}.whl", "depends": needs, **pins.measured(tmp_path / f"{name}.whl")}
    (tmp_path / "pyodide-lock.json").write_text(json.dumps({"info": {}, "packages": packages}), "utf-8")
    pins.main(tmp_path)
    written = json.loads((tmp_path / "pyodide.json").read_text("utf-8"))
    assert written["version"] == "1.2.3"
    assert written["files"].keys() == {*pins.CORE, "a.whl", "b.whl"}
    (tmp_path / "b.whl").write_text("changed", "utf-8")
    with pytest.raises(ValueError, match=r"b\.whl is not the file"):
        pins.main(tmp_path)


def test_what_is_packed_from_here_is_complete_for_a_browser():
    elsewhere = {*PINS["packages"], "widgetsnbextension", *LEFT_OUT}
    names = needed(("ipywidgets",), elsewhere, PINS["info"]["python"])
    assert {"comm", "ipython", "stack-data", "asttokens"} <= set(names)
    assert not {"psutil", "pexpect", "typing-extensions", "numpy"} & set(names)
    with ZipFile(io.BytesIO(packed("matplotlib-inline").content)) as wheel:
        assert any(path.endswith("entry_points.txt") for path in wheel.namelist())  # by which matplotlib finds it
        assert not [path for path in wheel.namelist() if re.search(r"RECORD|INSTALLER|direct_url|__pycache__", path)]


def test_a_package_with_compiled_parts_is_not_packed():
    with pytest.raises(ValueError, match="numpy is not pure Python"):
        packed("numpy")
