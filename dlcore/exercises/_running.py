"""One call of an answer → an Outcome: its value or its error, and which arguments it changed."""

import copy
import linecache
import sysconfig
import traceback
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dlcore.exercises._limits import TimeUp

LETTERS = 200  # of a message, of a line of code
OUR_CODE = (str(Path(__file__).parents[1]), sysconfig.get_path("stdlib"), "<frozen", "<__array_function__")


@dataclass(frozen=True)
class Outcome:
    """What became of one call: its value or its error, and the positions of the arguments that it changed."""

    value: object = None
    error: BaseException | None = None
    changed: tuple[int, ...] = ()


def run(call, case):
    """call(*copies of the arguments) → Outcome. Only TimeUp gets out."""
    given = copy.deepcopy(case)
    try:
        value = call(*given)
    except TimeUp:
        raise
    except BaseException as error:  # SystemExit and KeyboardInterrupt too: the kernel must live
        return Outcome(error=error)
    return Outcome(value, changed=tuple(i for i in range(len(case)) if not _unchanged(given[i], case[i])))


def _unchanged(now, before):
    """For data: objects with a state of their own (a network, an rng) may change."""
    if isinstance(before, np.ndarray):
        return now.shape == before.shape and (
            before.dtype.kind not in "biuf" or np.array_equal(now, before, equal_nan=True)
        )
    if isinstance(before, dict):
        return now.keys() == before.keys() and all(_unchanged(now[key], before[key]) for key in before)
    if isinstance(before, (list, tuple)):
        return len(now) == len(before) and all(map(_unchanged, now, before))
    return now == before or now != now if isinstance(before, (int, float, str)) else True


def error_words(error):
    """ "ZeroDivisionError: division by zero", in one line, whatever the exception's own `__str__` does."""
    try:
        message = " ".join(str(error).split())[:LETTERS]
    except TimeUp:
        raise
    except BaseException:  # a broken __str__ is the answer's fault, and no news
        message = ""
    return type(error).__name__ + (f": {message}" if message else "")


def error_place(error):
    """(line number, its source) of the deepest line that the learner wrote; None if it came before any."""
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        file = frame.f_code.co_filename
        if not file.startswith(OUR_CODE) and "site-packages" not in file:
            return line, linecache.getline(file, line).strip()[:LETTERS]
    return None
