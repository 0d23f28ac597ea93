"""The API page: everything dlcore exports is on it."""

import re

import pytest

import dlcore


def entry(name):
    """The id of the page's entry for a public name; a value such as sigmoid is described by its class."""
    thing = getattr(dlcore, name)
    described = thing if hasattr(thing, "__qualname__") else type(thing)
    return f"{described.__module__}.{described.__qualname__}"


@pytest.fixture(scope="module")
def ids(site):
    return set(re.findall(r'id="(dlcore\.[\w.]+)"', (site / "book" / "api.html").read_text("utf-8")))


CONSTANTS = {"INITIALIZERS", "TRUTH_TABLES"}  # dictionaries, described where they are used


@pytest.mark.parametrize("name", sorted(set(dlcore.__all__) - CONSTANTS))
def test_a_public_name_is_on_the_page(ids, name):
    assert entry(name) in ids


def test_docstrings_survive_what_means_something_to_sphinx():
    from book._ext.plain_docstrings import escape

    lines = ["|y − t|, `x_` and 2*3", "", "    code * here", "", "- item"]
    escape(None, "function", "f", None, None, lines)
    assert lines == [r"\|y − t\|, ``x_`` and 2\*3", "", "", "::", "", "    code * here", "", "", "- item"]
