"""The project's own files: pins, the two commands, and the one place that says where the project lives."""

import re
import tomllib

import pytest
import yaml

from tests.building import ROOT

REQUIREMENTS = {"for readers": ROOT / "requirements.txt", "for tests": ROOT / "tests" / "requirements.txt"}
LITE = ROOT / "book" / "_ext" / "lite" / "requirements.txt"
PIN = re.compile(r"[a-z0-9._-]+==[0-9][0-9a-z.!+]*( ; .+)?")


def pins(file):
    return [line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("file", REQUIREMENTS.values(), ids=REQUIREMENTS)
def test_every_requirement_is_an_exact_pin_from_no_particular_index(file):
    lines = pins(file)
    assert lines[0] == "-e ." and len(lines) > 1
    assert [line for line in lines[1:] if not PIN.fullmatch(line)] == []


def test_jupyterlite_is_pinned_and_apart_from_what_readers_get():
    """Its kernel is half an extension of JupyterLab, which says an error wherever it finds that."""
    lines = pins(LITE)
    assert [line for line in lines if not PIN.fullmatch(line)] == []
    names = {line.partition("==")[0] for file in REQUIREMENTS.values() for line in pins(file)}
    assert len(lines) > 1 and names & {line.partition("==")[0] for line in lines} == set()


def test_both_lists_agree():
    readers, tests = (dict(line.split(" ;")[0].split("==") for line in pins(f)[1:]) for f in REQUIREMENTS.values())
    assert {name: (readers[name], tests[name]) for name in readers.keys() & tests if readers[name] != tests[name]} == {}


@pytest.mark.parametrize("name", ["jupyter-book", "numpy", "matplotlib", "ipywidgets", "nbval"])
def test_readers_get(name):
    assert any(line.startswith(f"{name}==") for line in pins(REQUIREMENTS["for readers"]))


def test_every_extra_is_pinned():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    for extra, file in (("book", REQUIREMENTS["for readers"]), ("lite", LITE), ("test", REQUIREMENTS["for tests"])):
        names = {re.match(r"[a-z0-9-]+", line)[0] for line in extras[extra]}
        assert names <= {line.split("==")[0] for line in pins(file)}


def test_the_workflow_runs_the_same_commands_as_a_developer():
    jobs = yaml.safe_load((ROOT / ".github/workflows/book.yml").read_text("utf-8"))["jobs"]
    runs = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    assert runs == ["bash .ci/run", "make book"]
    assert jobs["test"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13", "3.14"]


def test_files_name_no_other_home_of_the_project():
    home = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["repository"]["url"]
    owner_and_name = home.removeprefix("https://github.com/")
    for name in ("README.md", "CITATION.cff", "pyproject.toml"):
        text = (ROOT / name).read_text("utf-8")
        found = re.findall(r"(?:github\.com|mybinder\.org/v2/gh)/([\w.-]+/[\w.-]+?)(?:\.git)?(?=[/\s)\"'>]|$)", text)
        assert set(found) <= {owner_and_name}, name
