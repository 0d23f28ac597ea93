"""answer → (status, sentence): what the answer does on every case, beside solution and known mistakes.

All of it runs inside the time limit, because even looking at a learner's object can loop, print or raise.
"""

import types
from dataclasses import dataclass

import numpy as np

from dlcore._describe import DEPTH, FUNCTIONS, ITEMS, code, is_number, named, show
from dlcore.exercises._comparing import mismatch
from dlcore.exercises._running import error_place, error_words, run

NOT_ATTEMPTED = "Not attempted yet. Put your answer in place of the `...`, run that cell, then this one."
CLOSE = 0.02  # a number nearer than this, relatively, was found but rounded too much
# By what the exception says: its name, or numpy's words.
CURES = {
    "MemoryError": "That is more memory than an exercise needs: is a list or an array far too large?",
    "RecursionError": "The function calls itself without end.",
    "only integers, slices": "An index must be a whole number. For the *place* of the largest number there is `np.argmax`.",
    "truth value of an array": "`if` cannot ask all numbers of an array at once. For each number by itself take `np.where`, "
    "`np.sign` or `np.maximum`.",
}


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong; `value` is what came, where a known mistake may be told by it."""

    status: str
    text: str
    value: object = None


def judge(exercise, known, answer, log):
    """The verdict over all cases; each result is looked at before a later call can change it."""
    if fault := unusable(exercise, answer):
        return fault.status, fault.text
    printed, suspects = "", list(zip(exercise.wrong, known.wrong, strict=True))
    for i, log.case in enumerate(known.cases):
        outcome = run(lambda *case: exercise.value_of(answer, *case), log.case)
        if not fault and (fault := find_fault(exercise, outcome, known.expected[i], log.case)):
            printed = log.text
        suspects = [(wrong, done) for wrong, done in suspects if done and _same(exercise, outcome, done[i])]
        if fault and not suspects:
            break
    return _verdict(exercise, fault, [wrong for wrong, _ in suspects], printed)


def _verdict(exercise, fault, suspects, printed):
    if not fault:
        return "passed", f"{_praise(len(exercise.known.cases))} {exercise.explanation}".strip()
    if mistakes := _told(exercise, fault) + suspects:
        return "recognised", f"{fault.text} {mistakes[0].reply}"
    return fault.status, fault.text + (f" It printed {code(printed)}." if printed.strip() else "")


def _praise(cases):
    return f"Right: all {cases} cases agree." if cases > 1 else "Right."


def _told(exercise, fault):
    """The known mistakes that are told by the value itself."""
    return [wrong for wrong in exercise.wrong if wrong.when and _tells(wrong, fault.value)]


def _tells(wrong, value):
    try:
        return value is not None and bool(wrong.when(value))
    except Exception:  # `when` was written for values of the right kind, and this one is not
        return False


def _same(exercise, outcome, done):
    """Does the outcome equal that of a known mistake, its error too if it has one?"""
    if outcome.error or done.error:
        return bool(outcome.error and done.error) and error_words(outcome.error) == error_words(done.error)
    return outcome.changed == done.changed and not mismatch(outcome.value, done.value, exercise.rtol, exercise.atol)


def unusable(exercise, answer):
    """What can be said before anything is run."""
    if answer is ...:
        return Fault("not attempted", NOT_ATTEMPTED)
    if answer is None:
        slip = "forget `return`" if exercise.takes_calls else "hand over what `print` gives back"
        return Fault("wrong", f"What you handed over is `None`, nothing at all. Did you {slip}?")
    if exercise.takes_calls and not callable(answer):
        what = "class" if isinstance(exercise.answer, type) else "function"
        return Fault(
            "wrong",
            f"Hand over the {what} itself, `check(name)` without brackets after the name: "
            f"what came is {named(answer)}.",
        )
    if not exercise.takes_calls and isinstance(answer, FUNCTIONS):
        return Fault("wrong", "Hand over the value, not the function: call the function first.")
    return None


def find_fault(exercise, outcome, expected, case):
    """The Fault in one outcome, or None."""
    intro = for_case(exercise, case)
    if outcome.error is not None:
        return _error_fault(exercise, intro, outcome.error)
    if _unfinished(outcome.value):
        return Fault("not attempted", NOT_ATTEMPTED)
    if exercise.accept:
        return _criterion_fault(exercise, intro, outcome.value)
    fault = _value_fault(exercise, intro, outcome.value, expected.value)
    return fault or _change_fault(exercise, intro, outcome.changed)


def _error_fault(exercise, intro, error):
    if type(error) is NotImplementedError or "'ellipsis'" in error_words(error):
        return Fault("not attempted", NOT_ATTEMPTED)
    names = ", ".join(map(code, exercise.names))
    uncalled = isinstance(error, TypeError) and names and not error_place(error)
    return Fault("crashed", crash(intro, error) + (f" It is called with {names}." if uncalled else ""))


def crash(intro, error):
    """The exception, and the line of the learner's own code that it came from."""
    place = error_place(error)
    where = f", in line {place[0]}" + (f": {code(place[1])}" if place[1] else "") if place else ""
    words = error_words(error)
    cures = (f" {cure}" for sign, cure in CURES.items() if sign in words)
    return _sentence(f"{intro}your code stopped with {code(words)}{where}.") + next(cures, "")


def too_slow(exercise, case):
    """The case at which the time was up."""
    intro, seconds = for_case(exercise, case), f"{exercise.seconds:g} seconds"
    return _sentence(
        f"{intro}your code was still running after {seconds}, so it was stopped. Look for a loop that never ends."
    )


def _unfinished(value):
    if isinstance(value, np.ndarray) and value.dtype == object:
        value = value.ravel().tolist()
    return value is ... or (isinstance(value, (tuple, list)) and any(item is ... for item in value[:10]))


def _criterion_fault(exercise, intro, value):
    if value is not None and exercise.accept(value):
        return None
    return Fault("wrong", _sentence(f"{intro}expected {exercise.expect}, but got {exercise.got(value)}."), value)


def _value_fault(exercise, intro, came, expected):
    fault = mismatch(came, expected, exercise.rtol, exercise.atol)
    if not fault:
        return None
    told = exercise.takes_calls or exercise.observe  # of a value, the reply must not tell the answer
    if told or fault.reason != "kind":
        fault = fault.in_full(came, expected)
    if came is None:
        text = _sentence(f"{intro}your function returned nothing (`None`). Did you forget `return`?")
    elif told or fault.reason == "kind":
        text = _sentence(f"{intro}expected {fault.expected}{_at(fault)}, but got {fault.came}.")
    else:
        text = _sentence(f"{fault.came}{_at(fault)} is not right.") + _nearly(came, expected)
    return Fault("wrong", text + _advice(came, expected), came if fault.reason == "value" else None)


def _at(fault):
    return f" at {code(fault.where)}" if fault.where else ""


def _nearly(came, expected):
    # a whole number was not rounded: it was counted wrongly
    close = (
        is_number(expected)
        and not float(expected).is_integer()
        and is_number(came)
        and not mismatch(came, expected, CLOSE, 0)
    )
    return " It is close: give more digits." if close else ""


def _advice(came, expected):
    """The cure for slips that have nothing to do with the subject."""
    if isinstance(came, str) and is_number(expected):
        wanted = "`True` or `False`" if isinstance(expected, (bool, np.bool_)) else "a number"
        return f" The quotation marks make it text: write {wanted} without them."
    if isinstance(expected, np.ndarray) and _holds_text(came):
        return " The quotation marks make text: write the numbers without them."
    if isinstance(came, types.GeneratorType):
        return " A function with `yield` makes a generator: use `return`."
    if isinstance(came, types.CoroutineType):
        came.close()  # or Python warns, later and elsewhere, that nobody awaited it
        return " Write `def` without `async`."
    return ""


def _holds_text(rows, depth=DEPTH):
    """Is there text in an array, or in the first items of nested lists?"""
    if isinstance(rows, (list, tuple)) and depth:
        return any(_holds_text(row, depth - 1) for row in rows[:ITEMS])
    return isinstance(rows, str) or (isinstance(rows, np.ndarray) and rows.dtype.kind == "U")


def _change_fault(exercise, intro, changed):
    if not changed or exercise.observe:
        return None
    names = " and ".join(code(exercise.names[i]) for i in changed)
    return Fault(
        "wrong",
        _sentence(
            f"{intro}the result is right, but your function changed its input {names}. "
            "Its caller may still need that: compute a new value instead."
        ),
    )


def for_case(exercise, case):
    """ "For `x = [1, 2]` and `b = 0.1`: ", or nothing where there is no input."""
    given = [code(f"{name} = {show(value)}") for name, value in zip(exercise.names, case, strict=True)]
    listed = ", ".join(given[:-1]) + (" and " if given[1:] else "") + given[-1] if given else ""
    return f"For {listed}: " if listed else ""


def _sentence(text):
    return text[0].upper() + text[1:]
