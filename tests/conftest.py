"""What every test can rely on: the environment of a reader, and the book built from nothing."""

import os

import pytest
from hypothesis import settings

from dlcore.live.page import VARIABLE
from tests.building import ROOT, build

os.environ.pop(VARIABLE, None)  # kernels started by tests inherit the environment: they are readers', not a build's

# The same examples in every run, and no time limit for each: a busy machine is no failure.
settings.register_profile("dlcore", deadline=None, derandomize=True)
settings.load_profile("dlcore")


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The built book: the folder that holds index.html."""
    folder = tmp_path_factory.mktemp("site")
    built = build(ROOT, folder)
    assert built.returncode == 0, built.stdout
    return folder / "_build" / "html"
