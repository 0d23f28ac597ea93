"""What `make release`, `make vendor` and `make links` do, on small examples. None of it needs the internet.
(What `make pdf` does is in tests/browser/test_paper.py.)
"""

import io
import json
import tarfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from zipfile import ZipFile

import pytest
from sphinx_external_toc.parsing import parse_toc_yaml

from tools import pdf
from tools.links import addresses, answer
from tools.paper import read
from tools.release import WHEN, pack
from tools.vendor import VENDOR, chosen, sums, unpacked


@pytest.fixture
def site(tmp_path):
    """A built site of three files."""
    folder = tmp_path / "html"
    (folder / "book").mkdir(parents=True)
    (folder / "index.html").write_text('<a href="book/page.html">a page</a>', "utf-8")
    (folder / "book" / "page.html").write_text(
        '<a href="https://example.org/one#part">one</a> <a href="#here">here</a>', "utf-8"
    )
    (folder / "searchindex.js").write_text("// nothing", "utf-8")
    return folder


def test_a_release_is_the_site_in_one_folder_with_what_its_user_must_know(site, tmp_path):
    zipped = pack(site, tmp_path, solutions=True)
    name = zipped.stem
    with ZipFile(zipped) as files:
        inside = {path: files.read(path) for path in files.namelist()}
    assert set(inside) == {
        f"{name}/{path}"
        for path in ("index.html", "book/page.html", "searchindex.js", "README.txt", "LICENSE", "LICENSE-CONTENT")
    }
    assert inside[f"{name}/book/page.html"] == (site / "book" / "page.html").read_bytes()
    readme = inside[f"{name}/README.txt"].decode()
    assert "index.html" in readme and "python3 -m http.server" in readme and "without solutions" not in readme


def test_the_same_site_gives_the_same_release(site, tmp_path):
    before = pack(site, tmp_path, solutions=True).read_bytes()
    page = site / "book" / "page.html"
    text = page.read_bytes()
    page.unlink()
    page.write_bytes(text)  # another time, another order in the folder
    page.chmod(0o600)
    zipped = pack(site, tmp_path, solutions=True)
    assert zipped.read_bytes() == before
    with ZipFile(zipped) as files:
        assert files.namelist() == sorted(files.namelist())
        assert {(file.date_time, file.external_attr >> 16) for file in files.infolist()} == {(WHEN, 0o100644)}


def test_an_edition_without_solutions_says_so(site, tmp_path):
    zipped = pack(site, tmp_path, solutions=False)
    assert zipped.stem.endswith("-without-solutions")
    with ZipFile(zipped) as files:
        assert "the edition without solutions" in files.read(f"{zipped.stem}/README.txt").decode()


MANIFEST = json.loads((VENDOR / "manifest.json").read_text("utf-8"))


@pytest.fixture(params=MANIFEST)
def package(request):
    """(what the manifest says of a package, the package as npm would give it)."""
    name = request.param
    about = MANIFEST[name]
    files = {path: (VENDOR / name / path).read_bytes() for path in about["sha256"]}
    package = {path if path == "LICENSE" else f"{about['folder']}/{path}": text for path, text in files.items()}
    said = {"version": about["version"], "license": about["licence"]}
    return about, package | {"package.json": json.dumps(said).encode()}


def test_renewing_the_version_we_have_changes_nothing(package):
    about, files = package
    assert sums(chosen(about, files)) == about["sha256"]


def test_renewing_takes_what_has_changed(package):
    about, files = package
    path = next(path for path in about["sha256"] if path != "LICENSE")
    files[f"{about['folder']}/{path}"] += b"// new"
    renewed = sums(chosen(about, files))
    assert [path for path in renewed if renewed[path] != about["sha256"][path]] == [path]


@pytest.mark.parametrize(("key", "value"), [("version", "0.0.1"), ("license", "proprietary")])
def test_a_package_of_another_version_or_licence_is_refused(package, key, value):
    about, files = package
    said = json.loads(files["package.json"]) | {key: value}
    with pytest.raises(ValueError, match=value):
        chosen(about, files | {"package.json": json.dumps(said).encode()})


def test_a_file_that_a_package_no_longer_has_is_named(package):
    about, files = package
    place = next(place for place in files if place.startswith(about["folder"]))
    del files[place]
    with pytest.raises(ValueError, match=place):
        chosen(about, files)


def test_a_package_is_read_as_npm_packs_it(tmp_path):
    packed = tmp_path / "thing-1.0.0.tgz"
    with tarfile.open(packed, "w:gz") as files:
        entry = tarfile.TarInfo("package/es5/thing.js")
        entry.size = 2
        files.addfile(entry, io.BytesIO(b"//"))
    assert unpacked(packed) == {"es5/thing.js": b"//"}


def test_addresses_are_found_on_pages_and_in_texts_each_once(site, tmp_path):
    (tmp_path / "README.md").write_text("See <https://example.org/one>, or [two](https://example.org/two).", "utf-8")
    assert addresses(site, tmp_path) == {
        "https://example.org/one": {"book/page.html", "README.md"},
        "https://example.org/two": {"README.md"},
    }


class Answers(BaseHTTPRequestHandler):
    """/200, /404 … answer what they are called; /get knows no HEAD."""

    def do_HEAD(self):
        self.send_response(405 if self.path == "/get" else int(self.path[1:]))
        self.end_headers()

    def do_GET(self):
        self.send_response(200 if self.path == "/get" else int(self.path[1:]))
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("path", ["/200", "/get"])
def test_an_address_that_answers_is_right(server, path):
    assert answer(server + path) == ""


@pytest.mark.parametrize(("path", "said"), [("/404", "404"), ("/410", "410"), ("/500", "500")])
def test_an_address_that_is_gone_is_reported(server, path, said):
    assert answer(server + path).startswith(said)


def test_a_host_that_is_not_there_is_reported(server):
    host = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    address = f"http://127.0.0.1:{host.server_port}/"
    host.server_close()  # now nobody listens at this port
    assert answer(address).startswith("no answer")


CONTENTS = """
format: jb-book
root: start
parts:
  - caption: First
    chapters:
      - file: one
        sections: [{file: inner}]
      - file: two
  - caption: Look it up
    chapters: [{file: words}, {file: names}]
"""
ON_PAPER = [("1", "", "start"), ("2", "First", "one"), ("3", "First", "inner"), ("4", "First", "two")]
AT_THE_BACK = [("A", "Look it up", "words"), ("B", "Look it up", "names")]


def test_on_paper_chapters_are_numbered_in_order_and_those_of_the_last_part_lettered(tmp_path):
    (tmp_path / "_toc.yml").write_text(CONTENTS, "utf-8")
    for *_, name in ON_PAPER + AT_THE_BACK:
        (tmp_path / f"{name}.html").write_text(f'<article class="bd-article"><h1>{name}</h1></article>', "utf-8")
    chapters = read(tmp_path, parse_toc_yaml(tmp_path / "_toc.yml"))
    assert [(chapter.label, chapter.part, chapter.name) for chapter in chapters] == ON_PAPER + AT_THE_BACK


def test_without_a_built_site_there_is_nothing_to_print_and_that_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(pdf, "ROOT", tmp_path)
    assert pdf.main() == 1
    assert "make pdf" in capsys.readouterr().err
