"""The benchmarks' report, and that every contestant which is there learns."""

import numpy as np
import pytest

import dlcore
from benchmarks.__main__ import main, replace_section
from benchmarks.peers import TRAINERS, Task


def test_a_section_is_added_then_replaced_and_others_stay():
    text = replace_section("# Title\n", "one", "first")
    text = replace_section(text, "two", "second")
    text = replace_section(text, "one", "third")
    assert text.startswith("# Title\n<!-- one -->\nthird\n\nMachine: ")
    assert "first" not in text and text.count("<!-- end of one -->") == 1
    assert text.index("third") < text.index("second")


def test_an_unknown_benchmark_is_refused():
    with pytest.raises(SystemExit, match=r"Expected some of library.*, got nothing"):
        main(["nothing"])


@pytest.mark.parametrize("sizes", [(2, 16, 2), (2, 16, 1)])
@pytest.mark.parametrize("name", TRAINERS)
@pytest.mark.filterwarnings("ignore:Stochastic Optimizer")
def test_every_contestant_learns(name, sizes):
    X, t = dlcore.moons(200, rng=np.random.default_rng(0))
    task = Task("moons", sizes, 60, 20, 0.01, None)
    predict = TRAINERS[name](task, X.astype(np.float32), t, 0)
    assert predict(X.astype(np.float32)).shape == (200, 2)
    assert dlcore.accuracy(predict(X.astype(np.float32)), t) > 0.95
