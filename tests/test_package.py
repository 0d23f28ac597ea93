"""`import dlcore`: light, complete, and lazy where more than numpy is needed."""

import subprocess
import sys
import types

import pytest

import dlcore


def fresh(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_import_loads_numpy_and_nothing_heavier():
    code = (
        "import sys, numpy; before = set(sys.modules); import dlcore\n"
        "new = {name.split('.')[0] for name in set(sys.modules) - before}\n"
        "print(*sorted(new - set(sys.stdlib_module_names)))"
    )
    assert fresh(code).split() == ["dlcore"]


def test_every_public_name_is_there_once():
    assert len(set(dlcore.__all__)) == len(dlcore.__all__)
    for name in dlcore.__all__:
        assert getattr(dlcore, name) is not None


def test_every_public_callable_says_what_it_does():
    for name in dlcore.__all__:
        if callable(getattr(dlcore, name)):
            assert getattr(dlcore, name).__doc__, name


def test_lazy_names_are_announced_but_not_loaded():
    assert {"explore", "LivingFigure", "claim", "claims"} <= set(dir(dlcore))
    assert fresh("import sys, dlcore; dir(dlcore); print('dlcore.live' in sys.modules)").strip() == "False"


def test_lazy_names_come_from_their_modules():
    code = (
        "import sys, types, dlcore\n"
        "made = types.ModuleType('dlcore.claiming'); made.claim = 'a claim'; made.claims = 'all claims'\n"
        "sys.modules['dlcore.claiming'] = made\n"
        "print(dlcore.claim, dlcore.claims)"
    )
    assert fresh(code).strip() == "a claim all claims"


def test_lazy_names_stay_once_loaded(monkeypatch):
    made = types.ModuleType("dlcore.claiming")
    made.claim, made.claims = "a claim", "all claims"
    monkeypatch.setitem(sys.modules, "dlcore.claiming", made)
    for name in ("claim", "claims"):
        monkeypatch.delitem(vars(dlcore), name, raising=False)
    assert dlcore.claim == "a claim" and vars(dlcore)["claims"] == "all claims"
    for name in ("claim", "claims"):
        del vars(dlcore)[name]


@pytest.mark.parametrize("missing", ["ipywidgets", "matplotlib"])
def test_a_figure_where_a_package_is_missing_says_what_to_do(missing):
    code = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "try: from dlcore import explore\n"
        "except ModuleNotFoundError as error: print(error)"
    )
    assert f"needs {missing}, which is missing here. In a notebook, run %pip install matplotlib ipyw" in fresh(code)


def test_unknown_name():
    with pytest.raises(AttributeError, match="no attribute 'sigmoidd'"):
        dlcore.sigmoidd  # noqa: B018
