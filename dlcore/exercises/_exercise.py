"""Exercise: one definition gives check, hints, solution, and the tests of all three."""

import ast
import inspect
import re
import textwrap
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dlcore._describe import code, named, show
from dlcore.exercises._judging import judge, too_slow
from dlcore.exercises._limits import Log, TimeUp, limited
from dlcore.exercises._running import Outcome, error_words, run
from dlcore.exercises._showing import Reply, Shown, folded
from dlcore.live.page import with_solutions

NO_SOLUTION = "This edition of the book leaves the solution out."


@dataclass(frozen=True)
class Wrong:
    """A mistake that learners make, and the reply it deserves.

    `answer` is the wrong function, class or value. A learner's is recognised when it does the same on every
    case; or, if `when` is given, when `when(value)` is true of the first value that is wrong.
    """

    answer: object
    reply: str
    when: Callable[[object], bool] | None = None


@dataclass(frozen=True)
class Known:
    """What is known before any answer comes: the cases, and what solution and wrong answers make of them."""

    cases: list[tuple]
    expected: list[Outcome | None]
    wrong: list[list[Outcome] | None]


class Exercise:
    """An exercise called "chapter.name", whose `solution` is a function, a class or a value.

    hints     two or more, in markdown, the last nearly the solution
    wrong     two or more `Wrong`
    inputs    cases: tuples of arguments (a single one needs no tuple), in a list or made by a function of an
              rng, always the same
    names     of those arguments; needed only where the signature does not tell
    observe   observe(answer, *case) → the value to compare; without it the answer is called, or is the value
    accept    accept(value) → bool, in place of comparing with the solution; `expect` says what is accepted
    got       got(value) → words for a value that was not accepted, after "but got"
    explanation, note   shown with the solution, the explanation also with the praise
    made      True if solution and wrong answers are functions that *make* the answer, as a trained network
    seconds   that the answer has for all cases together

    `dlcore.exercises` has a worked example of each kind.
    """

    def __init__(
        self,
        name,
        *,
        solution,
        hints,
        wrong,
        inputs=None,
        names=None,
        observe=None,
        accept=None,
        expect="",
        got=named,
        explanation="",
        note="",
        made=False,
        rtol=1e-6,
        atol=1e-9,
        seconds=2.5,
    ):
        if not re.fullmatch(r"[a-z_]+\.[a-z_0-9]+", name):
            raise ValueError(f'an exercise is named "chapter.name" in small letters; came {name!r}')
        if bool(accept) != bool(expect):
            raise ValueError(f"{name}: `accept` and `expect`, the words for what is accepted, go together")
        if got is not named and not accept:
            raise ValueError(f"{name}: `got`, the words for what is not accepted, needs `accept`")
        self.name, self.answer, self.hints, self.wrong = name, solution, tuple(hints), tuple(wrong)
        self.inputs, self.observe, self.accept, self.expect = inputs, observe, accept, expect
        self.got, self.explanation, self.note, self.made, self.seconds = got, explanation, note, made, seconds
        self.rtol, self.atol = rtol, atol
        self.takes_calls = callable(solution) and not made
        self._given_names, self._hints_shown = names, 0

    def __repr__(self):
        return f'Exercise("{self.name}")'

    # What a notebook calls.

    def check(self, answer):
        """A Reply to any answer at all; never raises, prints nothing, takes hardly more than `seconds`."""
        log = Log()
        try:
            known = self.known
        except Exception as error:  # an author's slip must not look like the learner's
            return self._reply(
                "broken",
                f"This exercise is broken ({code(error_words(error))}). Your answer may be right: please report it.",
            )
        try:
            return self._reply(*limited(lambda: judge(self, known, answer, log), self.seconds, log))
        except TimeUp:
            return self._reply("too slow", too_slow(self, log.case))
        except BaseException as error:  # the answer's objects may raise even while they are compared
            kind = code(type(error).__name__)  # and no more: the time limit is over, and `str(error)` is their code
            return self._reply("crashed", f"Your result could not be looked at: it raised {kind}.")

    def hint(self):
        """One more hint each time."""
        self._hints_shown += 1
        if self._hints_shown > len(self.hints):
            return Shown(f"That was the last hint. `exercises.{self.short}.solution()` shows the solution.")
        return Shown(f"Hint {self._hints_shown} of {len(self.hints)}: {self.hints[self._hints_shown - 1]}")

    def solution(self):
        """The solution, from its source, to read or to paste; where the edition has none, a sentence."""
        if not with_solutions():
            return Shown(NO_SOLUTION)
        source = self.solution_source()
        text = f"```python\n{source}```" if source else f"The answer is `{show(self.answer)}`."
        return Shown("\n\n".join(part for part in (text, self.explanation, self.note) if part))

    # What the judge and the tests ask.

    @property
    def short(self):
        return self.name.split(".")[1]

    def value_of(self, answer, *case):
        """The value that is compared."""
        if self.observe:
            return self.observe(answer, *case)
        return answer(*case) if self.takes_calls else answer

    def given(self, candidate):
        """The answer as a learner would hand it over: solutions and wrong answers may be recipes for it."""
        return candidate() if self.made else candidate

    @cached_property
    def names(self):
        """Of the arguments, for replies: given, or read off the signature."""
        if self._given_names:
            return tuple(self._given_names)
        if not self.known.cases[0]:
            return ()
        parameters = list(inspect.signature(self.observe or self.answer).parameters)
        return tuple(parameters[1:] if self.observe else parameters)

    @cached_property
    def known(self):
        cases = self._cases()
        expected = [None] * len(cases) if self.accept else self._outcomes(self.answer, cases)
        for error in (outcome.error for outcome in expected if outcome and outcome.error):
            raise error
        wrong = [None if wrong.when else self._outcomes(wrong.answer, cases) for wrong in self.wrong]
        return Known(cases, expected, wrong)

    def _cases(self):
        rng = np.random.default_rng(zlib.crc32(self.name.encode()))
        cases = self.inputs(rng) if callable(self.inputs) else self.inputs or [()]
        return [case if isinstance(case, tuple) else (case,) for case in cases]

    def _outcomes(self, candidate, cases):
        """Of the solution or a wrong answer: they are trusted to end, not to be free of warnings."""
        answer = self.given(candidate)
        with np.errstate(all="ignore"):
            return [run(lambda *case: self.value_of(answer, *case), case) for case in cases]

    def solution_source(self):
        """The solution's source as it can be pasted into the notebook; "" where the solution is a value.

        There it has the learner's name, and what the chapter's module offers is called `exercises.…`.
        """
        if not callable(self.answer):
            return ""
        source, name = textwrap.dedent(inspect.getsource(self.answer)), self.answer.__name__
        for offered in sorted(_names_in(source) & _offered_by(inspect.getmodule(self.answer))):
            source = re.sub(rf"(?<![\w.]){offered}\b", f"exercises.{offered}", source)
        return re.sub(rf"\b{name}\b", name.lstrip("_"), source)

    # What the built page shows.

    def _reply(self, status, text):
        return Reply(status, text, lambda: self._page(status, text))

    def _page(self, status, text):
        """The reply, then each hint and the solution folded."""
        hints = (folded(f"Hint {i}", [{"markdown": hint}], "hint") for i, hint in enumerate(self.hints, 1))
        return [
            {
                "html": f'<div class="dlcore-exercise" id="exercise-{self.name.replace(".", "-")}" '
                f'data-status="{status}">'
            },
            {"markdown": text},
            *(block for hint in hints for block in hint),
            *(self._folded_solution() if with_solutions() else [{"html": f"<p>{NO_SOLUTION}</p>"}]),
            {"html": "</div>"},
        ]

    def _folded_solution(self):
        source = self.solution_source()
        solution = [{"code": source}] if source else [{"markdown": f"The answer is `{show(self.answer)}`."}]
        solution += [{"markdown": words} for words in (self.explanation, self.note) if words]
        return folded("Solution", solution, "solution")


def _names_in(source):
    return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}


def _offered_by(module):
    """The functions and classes that a chapter's module defines for its notebook."""
    own = {name for name, thing in vars(module).items() if getattr(thing, "__module__", None) == module.__name__}
    return {name for name in own if callable(vars(module)[name]) and not name.startswith("_")}


def exercises_of(module):
    """The exercises that a chapter's module defines, in order."""
    return [thing for thing in vars(module).values() if isinstance(thing, Exercise)]
