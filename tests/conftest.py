"""What every test can rely on: the environment of a reader, and the book built from nothing."""

import os

import pytest
from filelock import FileLock
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from book._ext.lite.python import SETTING as PYODIDE
from dlcore.live.kernels import speak_through_files
from dlcore.live.page import SOLUTIONS, VARIABLE
from tests.building import ROOT, build

for setting in (VARIABLE, SOLUTIONS, PYODIDE):
    os.environ.pop(setting, None)  # kernels started by tests inherit the environment: they are readers', not a build's

speak_through_files()  # nbval starts kernels while the book is built

# The same examples in every run, and no time limit for each: a busy machine is no failure.
settings.register_profile("dlcore", deadline=None, derandomize=True)
settings.load_profile("dlcore")


@pytest.fixture(scope="session")
def site(tmp_path_factory, worker_id):
    """The built book: the folder that holds index.html. The worker that comes first builds it for all."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "site"
    log = folder / "failed.log"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            built = build(ROOT, folder)
            if built.returncode:
                log.write_text(built.stdout, "utf-8")
    assert not log.exists(), log.read_text("utf-8")
    return folder / "_build" / "html"


def group(nodeid: str) -> str:
    """Tests of one file, of a browser's those of one chapter or look, share fixtures: one worker runs them in order."""
    file, test = nodeid.split("::", 1)
    return f"{file} {test.partition('[')[2]}" if "/browser/" in file else file


def pytest_xdist_auto_num_workers(config):
    """One more than there are cores: who waits for a browser leaves a core to others."""
    return (os.cpu_count() or 1) + 1


class ByGroup(LoadScopeScheduling):
    """Hands the workers whole groups, in the order of collection."""

    def _split_scope(self, nodeid):
        return group(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return ByGroup(config, log)


NEED_THE_SITE = {"site", "sources_and_site"}


def pytest_collection_modifyitems(items):
    """One worker begins with a chapter's figures, for which it builds the site. Meanwhile the others do what needs no
    site; the longest groups that do come next, so that none is left over for the end."""
    waiting = {group(i.nodeid) for i in items if NEED_THE_SITE & set(getattr(i, "fixturenames", ()))}  # nbval has none
    first = next((group(item.nodeid) for item in items if item.path.name == "test_figures.py"), None)

    def turn(item):
        if group(item.nodeid) == first:
            return 0
        if group(item.nodeid) not in waiting:
            return 1
        return 2 if item.path.name == "test_pages.py" else 3

    items.sort(key=turn)
