"""Bad answers by the hundred: each gets a sentence in time, nothing is printed, and the process lives.

Kinds of bad answer × all exercises there are. Functions are given to exercises that want functions, bad values (also as
what a function returns) to all.
"""

import asyncio
import sys
import time
from collections import deque
from functools import partial
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from dlcore.exercises import Exercise, exercises_of
from tests import example_exercises as example
from tests.test_exercises import EXERCISES, assert_sentence, in_time


class Hostile:
    """Everything that can be asked of it raises."""

    def _no(self, *arguments, **named):
        raise RuntimeError("do not look at me")

    __eq__ = __ne__ = __lt__ = __bool__ = __len__ = __iter__ = __getitem__ = __float__ = __int__ = __index__ = _no
    __array__ = __hash__ = __add__ = __sub__ = __abs__ = __call__ = __getattr__ = _no
    __repr__ = __str__ = __format__ = __copy__ = __deepcopy__ = _no


class Liar(float):
    """A number that claims to equal everything, and whose text never ends."""

    def __eq__(self, other):
        return True

    __hash__ = float.__hash__

    def __repr__(self):
        while True:
            pass


class HostileArray(np.ndarray):
    def __array_finalize__(self, other):
        pass

    def __array_ufunc__(self, *arguments, **named):
        raise RuntimeError("no arithmetic")


class BadError(Exception):
    def __str__(self):
        raise SystemExit("even my message")


def holding_itself():
    numbers = [0, 0, 0]
    numbers[:] = [numbers, numbers, numbers]
    return numbers


def deep(levels=100_000):
    nested = []
    for _ in range(levels):
        nested = [nested]
    return nested


VALUES = {
    "none": lambda: None,
    "true": lambda: True,
    "text": lambda: "0.5",
    "long text": lambda: "x" * 10**6,
    "bytes": lambda: b"0.5",
    "nan": lambda: float("nan"),
    "infinity": lambda: -float("inf"),
    "huge integer": lambda: 10**10_000,
    "complex": lambda: 1 + 2j,
    "empty list": list,
    "empty array": lambda: np.array([]),
    "ragged": lambda: [[1.0], [2.0, 3.0]],
    "nans": lambda: np.full((2, 3), np.nan),
    "deep array": lambda: np.zeros((1,) * 32),
    "objects": lambda: np.array([None, {}], dtype=object),
    "texts": lambda: np.array(["a", "b"]),
    "dates": lambda: np.array(["2026-01-01"], dtype="datetime64[D]"),
    "a million": lambda: [0.0] * 10**6,
    "wide": lambda: np.broadcast_to(1.0, (10**6, 10**6)),
    "view": lambda: np.arange(10.0)[::2],
    "holds itself": holding_itself,
    "deep list": deep,
    "dictionary": lambda: {"W": None, Ellipsis: 1},
    "set": lambda: {1, 2},
    "queue": lambda: deque([1, 2]),
    "generator": lambda: (i for i in range(3)),
    "range": lambda: range(10**12),
    "module": lambda: np,
    "class": lambda: Hostile,
    "hostile": Hostile,
    "liar": lambda: Liar(0.3),
    "hostile array": lambda: np.ones(2).view(HostileArray),
    "not implemented": lambda: NotImplemented,
    "exception": lambda: ValueError("returned, not raised"),
}


def raising(error):
    def function(*arguments):
        raise error

    return function


def endless(*arguments):
    while True:
        pass


def stubborn(*arguments):
    while True:
        try:
            sum(range(100))
        except BaseException:
            continue


def stubborn_sleeper(*arguments):
    while True:
        try:
            time.sleep(0.2)
        except BaseException:
            continue


def printing(*arguments):
    while True:
        print("again", file=sys.stderr)


def asleep(*arguments):
    time.sleep(60)


def recursive(*arguments):
    return recursive(*arguments)


def recursive_without_limit(*arguments):
    sys.setrecursionlimit(10**8)
    return recursive(*arguments)


def exiting(*arguments):
    sys.exit("bye")


def quitting(*arguments):
    raise KeyboardInterrupt


def mutating(*arguments):
    for argument in arguments:
        if isinstance(argument, np.ndarray):
            argument[...] = np.nan
        if isinstance(argument, (list, dict)):
            argument.clear()
    return arguments[0] if arguments else None


def resizing(*arguments):
    for argument in arguments:
        if isinstance(argument, np.ndarray):
            argument.shape = (*argument.shape, 1)


def greedy(*arguments):
    return np.ones((10**6, 10**6))


def growing(*arguments):
    numbers = [1]
    while True:
        numbers += numbers


def closing(*arguments):
    sys.stdout.close()
    return 1


def tangled(*arguments):
    try:
        raise ValueError("first")
    except ValueError as error:
        raise error from error


coroutines = []


def awaited(*arguments):
    coroutines.append(asyncio.sleep(0))
    return coroutines[-1]


FUNCTIONS = {
    "too few": lambda: 1,
    "returns arguments": lambda *arguments: arguments,
    "returns itself": lambda *arguments: recursive,
    "raises": raising(ValueError("no\nsuch `value`")),
    "raises silently": raising(Exception()),
    "raises badly": raising(BadError()),
    "raises a group": raising(ExceptionGroup("two", [ValueError(1), TypeError(2)])),
    "generator exit": raising(GeneratorExit()),
    "stops iteration": raising(StopIteration()),
    "warns": lambda *arguments: np.log(np.array([-1.0])) / 0,
    "asserts": lambda *arguments: (_ for _ in ()).throw(AssertionError),
    "builtin": len,
    "awaited": awaited,
    **{
        function.__name__: function
        for function in (
            *(
                endless,
                stubborn,
                stubborn_sleeper,
                printing,
                asleep,
                recursive,
                recursive_without_limit,
                exiting,
                quitting,
            ),
            *(mutating, resizing, greedy, growing, closing, tangled),
        )
    },
}


def returning(make):
    """The bad value as what a function returns, or a class whose every method does."""
    return lambda *arguments: make()


# These use up their time; so they are tried on the examples and on one exercise of each chapter, however many come.
SLOW = {"endless", "stubborn", "stubborn_sleeper", "printing", "asleep", "growing"}
PATIENT = {exercise.name.split(".")[0]: exercise for exercise in EXERCISES if exercise.takes_calls}.values()
PATIENT = [*PATIENT, *exercises_of(example)]

QUICK = 0.15  # seconds for each exercise here; one test in test_exercises.py takes the whole time


def bad_answers():
    """Exercise, recipe of the answer, kind: thousands of answers at once would fill the memory."""
    for exercise in EXERCISES:
        for kind, make in VALUES.items():
            if exercise.takes_calls:
                yield exercise, partial(returning, make), f"returns {kind}"
            else:
                yield exercise, make, kind
        for kind in FUNCTIONS if exercise.takes_calls else ():
            if kind not in SLOW or exercise in PATIENT:
                yield exercise, partial(FUNCTIONS.get, kind), kind


ANSWERS = [pytest.param(e, recipe, id=f"{e.name}-{kind}") for e, recipe, kind in bad_answers()]


def test_there_are_more_than_two_hundred_bad_answers():
    assert len(ANSWERS) >= 200
    assert len([e for e in EXERCISES if e.name.startswith("example.")]) >= 7


@pytest.mark.parametrize(("exercise", "recipe"), ANSWERS)
def test_a_bad_answer_gets_a_sentence_in_time(exercise, recipe, monkeypatch, capsys):
    answer = recipe()
    monkeypatch.setattr(exercise, "seconds", QUICK)
    exercise.known, exercise.names  # noqa: B018 - computed once, and not the answer's time
    with in_time():
        reply = exercise.check(answer)
    assert not reply.passed
    assert reply.status != "broken", reply
    assert 10 < len(reply.text) < 1500
    assert_sentence(reply)
    assert type(reply.text) is str and "object at 0x" not in reply.text
    assert capsys.readouterr() == ("", "")
    while coroutines:  # Python would complain of them somewhere else
        coroutines.pop().close()


def test_a_bad_answer_leaves_the_exercise_as_it_was():
    for exercise in EXERCISES:
        assert exercise.check(exercise.given(exercise.answer)).passed


@pytest.mark.parametrize("kind", ["hostile", "liar", "holds itself", "deep list", "hostile array", "wide"])
def test_hostile_values_inside_what_is_expected(kind):
    """Where a list or a dictionary is expected, each of its places may hold anything."""
    pair = Exercise("example.pair", solution=lambda: [1.0, {"W": np.ones(3)}], hints=(), wrong=(), seconds=QUICK)
    make = VALUES[kind]
    for answer in (lambda: [make(), {"W": np.ones(3)}], lambda: [1.0, {"W": make()}], lambda: [1.0, make()]):
        reply = pair.check(answer)
        assert not reply.passed and reply.status in ("wrong", "crashed", "too slow")
        assert_sentence(reply)


CELLS = """
from tests import example_exercises as exercises

# %%
def weighted_sum(x, w, b):
    z = w * x
    return z / "a"
print(exercises.weighted_sum.check(weighted_sum))

# %%
print(exercises.weighted_sum.check(lambda x, w, b: exit()))

# %%
print(exercises.weighted_sum.check(lambda x, w, b: input()))

# %%
def endless(x, w, b):
    while True:
        try:
            print(x)
        except:
            pass
print(exercises.weighted_sum.check(endless))

# %%
print(exercises.weighted_sum.check(...))
"""


def test_a_kernel_lives():
    """In a notebook `exit` asks the kernel to end, `input` asks the page, and files are cells."""
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in CELLS.split("# %%")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(Path(__file__).parents[1])}}).execute()
    said = ["".join(output.text for output in cell.outputs) for cell in notebook.cells[1:]]
    expected = [
        'in line 3: `return z / "a"`.',
        "stopped with `SystemExit`",
        "stopped with `StdinNotImplementedError",
        "still running after 0.2 seconds",
        "Not attempted yet.",
    ]
    assert [words for words, text in zip(expected, said, strict=True) if words not in text] == [], said
