"""book/ways_to_run.md agrees with the project: its commands, and what is said when something fails."""

import re

import pytest

from tests.building import ROOT
from tests.notebooks import BOOK, setup

PAGE = (BOOK / "ways_to_run.md").read_text("utf-8")
IN_THE_BROWSER = (BOOK / "_ext/lite/start.js").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
MOST_WORDS = 1200

# What the page quotes, and where it is said. (The other quotations are Python's own, the browser's or the hosts'.)
SAID = {
    "dlcore was not fetched": setup(),
    "A living figure needs ipywidgets": (ROOT / "dlcore/live/__init__.py")
    .read_text("utf-8")
    .replace("{package}", "ipywidgets"),
    "Your last change could not be kept": IN_THE_BROWSER,
    "Python could not be loaded": IN_THE_BROWSER,
    "There is no python3 here": MAKEFILE.replace("$(PYTHON)", "python3"),
    "The course needs Python 3.11 or newer": MAKEFILE,
    "The packages could not be installed": MAKEFILE,
    "Port 8000 may be taken": MAKEFILE.replace("$(PORT)", "8000"),
}


@pytest.mark.parametrize("message", SAID)
def test_the_messages_on_the_page_are_the_ones_that_are_said(message):
    assert f'"{message}' in PAGE and message in SAID[message]


def test_every_command_on_the_page_is_one_of_the_makefile():
    commands = re.findall(r"\bmake(?: [A-Z]+=\S+)* ([a-z]+)", PAGE)
    assert {"lab", "serve", "clean"} <= set(commands) <= set(re.findall(r"^(\w+):", MAKEFILE, re.MULTILINE))
    assert set(re.findall(r"\b([A-Z]+)=", PAGE)) <= set(re.findall(r"^(\w+) \?=", MAKEFILE, re.MULTILINE))


def test_every_failure_has_a_paragraph_that_says_what_to_do():
    failures = re.findall(r"^(\*\*.+?\*\*)(.*)$", PAGE.split("## When something fails")[1], re.MULTILINE)
    assert len(failures) > 10
    assert [name for name, help_ in failures if len(help_.split()) < 12] == []


def test_the_page_is_short():
    assert len(PAGE.replace("|", " ").split()) <= MOST_WORDS
