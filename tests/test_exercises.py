"""Every exercise there is keeps the contract; and the checker says what it should.

A chapter's exercises are found by themselves: their author writes no test.
"""

import ast
import inspect
import pkgutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from importlib import import_module
from types import SimpleNamespace

import numpy as np
import pytest

import dlcore.exercises
from dlcore._describe import show
from dlcore.exercises import Exercise, Wrong, exercises_of
from dlcore.exercises._comparing import mismatch
from dlcore.exercises._limits import Log, limited
from dlcore.live.page import MIME, SOLUTIONS, VARIABLE
from tests import example_exercises as example

CHAPTERS = [name for _, name, _ in pkgutil.iter_modules(dlcore.exercises.__path__) if not name.startswith("_")]
MODULES = {name: import_module(f"dlcore.exercises.{name}") for name in CHAPTERS} | {"example": example}
EXERCISES = [exercise for module in MODULES.values() for exercise in exercises_of(module)]


def every_exercise(test):
    return pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)(test)


# The contract of every exercise.


def test_names_are_unique_and_begin_with_the_chapter():
    assert len({exercise.name for exercise in EXERCISES}) == len(EXERCISES)
    for chapter, module in MODULES.items():
        for exercise in exercises_of(module):
            assert exercise.name.split(".")[0] == chapter
            assert getattr(module, exercise.short, None) is exercise, f"{exercise} is called otherwise in its module"


@every_exercise
def test_the_solution_passes(exercise):
    reply = exercise.check(exercise.given(exercise.answer))
    assert reply.passed, reply
    assert_sentence(reply)


@every_exercise
def test_each_wrong_answer_gets_its_own_reply(exercise):
    assert len(exercise.wrong) >= 2
    for wrong in exercise.wrong:
        reply = exercise.check(exercise.given(wrong.answer))
        assert (reply.status, reply.text.endswith(wrong.reply)) == ("recognised", True), f"not {wrong.reply!r}: {reply}"
        assert_sentence(reply)


@every_exercise
def test_a_stub_is_not_attempted_yet(exercise):
    stubs = [..., lambda *arguments: ...] if exercise.takes_calls else [...]
    for stub in stubs:
        reply = exercise.check(stub)
        assert reply.status == "not attempted", reply
        assert_sentence(reply)


@every_exercise
def test_help_comes_by_degrees(exercise):
    assert len(exercise.hints) >= 2
    assert all(hint.strip() for hint in exercise.hints)


@every_exercise
def test_the_solution_shown_passes_when_pasted(exercise):
    source = exercise.solution_source()
    if not source:
        assert show(exercise.answer) in repr(exercise.solution())
        return
    pasted = run_as_pasted(source, exercise.answer)
    assert exercise.check(exercise.given(pasted)).passed
    assert source in repr(exercise.solution())


def run_as_pasted(source, original):
    """The function or class that a learner gets who pastes the source below the chapter's imports."""
    module = inspect.getmodule(original)
    own = module.__name__
    names = {name: thing for name, thing in vars(module).items() if getattr(thing, "__module__", "") != own}
    names |= {"exercises": module, "__builtins__": __builtins__}
    exec(compile(ast.parse(source), "pasted", "exec"), names)
    return names[original.__name__.lstrip("_")]


@every_exercise
def test_cases_and_replies_are_the_same_each_time(exercise):
    again = Exercise.__new__(Exercise)
    vars(again).update({key: value for key, value in vars(exercise).items() if key not in ("known", "names")})
    assert show_all(again.known.cases) == show_all(exercise.known.cases)
    wrong = exercise.wrong[0]
    assert again.check(again.given(wrong.answer)).text == exercise.check(exercise.given(wrong.answer)).text


def show_all(cases):
    return [np.asarray(value).tobytes() if isinstance(value, np.ndarray) else show(value) for c in cases for value in c]


@every_exercise
def test_what_is_known_beforehand_takes_little_of_the_three_seconds(exercise):
    began = time.process_time()  # it does not count the waits of a busy machine
    exercise._outcomes(exercise.answer, exercise.known.cases) if not exercise.accept else None
    for wrong in exercise.wrong:
        assert wrong.when or exercise._outcomes(wrong.answer, exercise.known.cases)
    assert time.process_time() - began < 0.5
    assert exercise.seconds <= 2.5


def assert_sentence(reply):
    assert reply.text[0].isupper() or reply.text[0] in "`$", reply.text
    assert reply.text.rstrip("*_)`").endswith((".", "?")), reply.text


# What the checker says.


def w(returned):
    return lambda x, w, b: returned


@pytest.mark.parametrize(
    ("answer", "status", "says"),
    [
        (w(None), "wrong", "`b = 0.25`: your function returned nothing (`None`). Did you forget `return`?"),
        (w("0.5"), "wrong", "expected a number, but got the text `'0.5'`. The quotation marks make it text"),
        (w(np.ones(2)), "wrong", "expected a number, but got an array of shape (2,)."),
        (w(float("nan")), "wrong", "expected `-1.25`, but got `nan`."),
        (w(10**5000), "wrong", "expected `-1.25`, but got `inf`."),
        (w(1 / 3), "wrong", "For `x = [1, 2]`, `w = [0.5, -1]` and `b = 0.25`: expected `-1.25`, but got `0.333333`."),
        (w(len), "wrong", "expected a number, but got a function."),
        (w(1j), "wrong", "expected a number, but got the number `0+1j`."),
        (lambda x: 1, "crashed", "It is called with `x`, `w`, `b`."),
        (3, "wrong", "Hand over the function itself, `check(name)` without brackets after the name: what came is "),
        (None, "wrong", "What you handed over is `None`"),
    ],
)
def test_a_function_is_told_what_came_and_what_was_expected(answer, status, says):
    reply = example.weighted_sum.check(answer)
    assert (reply.status, says in reply.text) == (status, True), reply


@pytest.mark.parametrize(
    ("exercise", "answer", "status", "says"),
    [
        ("slope", 0.2504, "passed", "Right. σ′(0) = ½ · ½."),
        ("slope", 0.252, "wrong", "`0.252` is not right. It is close: give more digits."),
        ("slope", 0.7, "wrong", "`0.7` is not right."),
        ("slope", "0.25", "wrong", "The quotation marks make it text: write a number without them."),
        (
            "shape",
            [["1", "2"], ["3", "4"]],
            "wrong",
            "list of 2 items. The quotation marks make text: write the numbers without them.",
        ),
        ("shape", np.full((2, 2), "1"), "wrong", "The quotation marks make text: write the numbers without them."),
        ("slope", [0.25], "wrong", "Expected a number, but got a list of 1 item."),
        ("slope", lambda: 0.25, "wrong", "call the function first."),
        ("shape", [[1, 2], [3, 4]], "passed", "Right."),
        ("shape", [[1, 2], [3]], "wrong", "Expected an array of shape (2, 2), but got a list of 2 items."),
        ("shape", np.full((2, 2), "x"), "wrong", "Expected an array of numbers, but got an array of dtype `<U1`."),
        ("shape", [[1, 2], [3, 5]], "wrong", "`[[1, 2], [3, 5]]` is not right."),
        ("line", " B ", "passed", "Right."),
        ("line", 2, "wrong", "Expected text, but got the number `2`."),
        ("train", 3, "crashed", "Your code stopped with `AttributeError: 'int' object has no attribute 'error'`"),
        ("train", example.Net(1.0), "wrong", "Expected an error below 0.01, but got the number `1`."),
        ("counter", example._Counter(3), "wrong", "Hand over the class itself"),
        ("counter", int, "crashed", "For `start = 3`: your code stopped with `AttributeError: 'int' object has no"),
    ],
)
def test_other_answers_are_told_what_is_amiss(exercise, answer, status, says):
    reply = getattr(example, exercise).check(answer)
    assert (reply.status, says in reply.text) == (status, True), reply


def test_a_text_in_place_of_true_or_false_is_told_so():
    even = Exercise("example.even", solution=lambda n: n % 2 == 0, inputs=[4], hints=(), wrong=())
    text = even.check(lambda n: "True").text
    assert text.endswith("The quotation marks make it text: write `True` or `False` without them."), text


def test_other_objects_are_compared_as_they_compare_themselves():
    classes = Exercise("example.classes", solution={"cat", "dog"}, hints=(), wrong=())
    assert classes.check({"dog", "cat"}).passed
    assert classes.check({"dog"}).text == "An object of type `set` is not right."


def test_a_mistake_told_by_when_is_left_out_where_when_cannot_judge():
    odd = Exercise(
        "example.odd",
        solution=lambda: 1,
        made=True,
        accept=lambda value: value == 1,
        expect="1",
        hints=(),
        wrong=(Wrong(lambda: 2, "Too large.", when=lambda value: value > 1),),
    )
    assert odd.check(2).text == "Expected 1, but got the number `2`. Too large."
    assert odd.check("two").text == "Expected 1, but got the text `'two'`."


def test_what_a_criterion_refused_is_told_in_the_author_s_words():
    worded = Exercise(
        "example.worded",
        solution=lambda: 1.0,
        made=True,
        accept=lambda share: share >= 0.9,
        expect="a net that tells 90 % rightly",
        got=lambda share: f"one that tells {share:.0%}",
        hints=(),
        wrong=(Wrong(lambda: 0.0, "It has not learned.", when=lambda share: share < 0.1),),
    )
    assert worded.check(0.5).text == "Expected a net that tells 90 % rightly, but got one that tells 50%."
    assert worded.check(0.0).text.endswith("but got one that tells 0%. It has not learned.")


def test_a_note_stands_with_the_solution_and_not_with_the_praise(monkeypatch):
    noted = Exercise("example.noted", solution=1, hints=(), wrong=(), explanation="It is odd.", note="Write `one = 1`.")
    reply = noted.check(1)
    assert reply.text == "Right. It is odd."
    assert repr(noted.solution()) == "The answer is `1`.\n\nIt is odd.\n\nWrite `one = 1`."
    monkeypatch.setenv(VARIABLE, "")
    blocks = reply._repr_mimebundle_()[MIME]["blocks"]
    assert [block["markdown"] for block in blocks if "markdown" in block][-2:] == ["It is odd.", "Write `one = 1`."]


def test_a_value_s_reply_never_tells_the_answer():
    assert "0.25" not in example.slope.check(0.7).text
    assert "b" not in example.line.check("q").text.replace("be", "")


def test_small_results_are_shown_whole_and_large_ones_by_place():
    reply = example.update.check(lambda W, grads, lr: (W, {"steps": 1}))
    assert "expected `1` at `[0][0, 1]`" not in reply.text
    assert "expected `([[1, 0.5, 0], [-0.5, -1, -1.5]], {'steps': 1})`, but got `([[1, 1, 1], [1, 1, 1]]" in reply.text
    large = Exercise("example.large", solution=np.arange(50.0), hints=(), wrong=(), observe=lambda values: values)
    assert large.check(np.where(np.arange(50) == 7, 0.5, np.arange(50))).text == "Expected `7` at `[7]`, but got `0.5`."


def test_a_crash_names_the_line_the_learner_wrote():
    def divide(x, w, b):
        doubled = 2 * b
        return doubled / 0

    line = inspect.getsourcelines(divide)[1] + 2
    reply = example.weighted_sum.check(divide)
    assert f"`ZeroDivisionError: float division by zero`, in line {line}: `return doubled / 0`." in reply.text


class _Speechless(Exception):
    def __str__(self):
        raise SystemExit("even my message")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (SystemExit("bye"), "`SystemExit: bye`"),
        (KeyboardInterrupt(), "`KeyboardInterrupt`"),
        (_Speechless(), "`_Speechless`"),
        (ValueError("two\nlines"), "`ValueError: two lines`"),
    ],
)
def test_whatever_is_raised_is_named_with_its_case(error, words):
    def raising(x, w, b):
        raise error

    text = example.weighted_sum.check(raising).text
    assert text.startswith(f"For `x = [1, 2]`, `w = [0.5, -1]` and `b = 0.25`: your code stopped with {words}, in line")


def test_a_list_that_holds_itself_is_not_followed():
    numbers = [0, 0]
    numbers[:] = [numbers, numbers]
    fault = limited(lambda: mismatch(numbers, np.ones((2, 2)), 0, 0), 1, Log())
    assert fault.came == "a list of 2 items"


def test_an_ellipsis_left_in_the_middle_is_not_attempted():
    def partly(x, w, b):
        z = ...
        return z + b

    assert example.weighted_sum.check(partly).status == "not attempted"
    assert example.update.check(lambda W, grads, lr: (..., {})).status == "not attempted"


@pytest.mark.parametrize(
    "slip, cure",
    [
        (lambda x, w, b: w[x.max()], "An index must be a whole number. For the *place* of the largest number there is"),
        (lambda x, w, b: b if x > 0 else w, "`if` cannot ask all numbers of an array at once."),
        (lambda x, w, b: deeper(x), "The function calls itself without end."),
    ],
    ids=["a number as an index", "if with an array", "endless recursion"],
)
def test_numpys_hard_words_come_with_a_cure(slip, cure):
    reply = example.weighted_sum.check(slip)
    assert reply.status == "crashed" and cure in reply.text


def deeper(x):
    return deeper(x)


def test_a_result_is_looked_at_before_a_later_call_changes_it():
    shared = np.zeros(1)

    def refilled(x):
        shared[:] = x
        return shared

    doubled = Exercise("example.same", solution=lambda x: np.array([x]), inputs=[1.0, 2.0], hints=(), wrong=())
    assert doubled.check(refilled).passed


def test_a_view_of_the_input_is_welcome_and_a_changed_input_is_not():
    first = Exercise("example.first", solution=lambda x: x[:1], inputs=[np.arange(3.0)], hints=(), wrong=())
    assert first.check(lambda x: x[:1]).passed

    def zeroing(x):
        x[1:] = 0
        return x[:1]

    assert "your function changed its input `x`." in first.check(zeroing).text


def test_the_learner_s_prints_are_kept_off_the_page_and_quoted(capsys):
    def printing(x, w, b):
        print("here", 1, file=sys.stderr)
        print("x" * 10_000)
        return 0

    text = example.weighted_sum.check(printing).text
    assert "It printed `here 1 xxx" in text
    assert len(text) < 500
    assert capsys.readouterr() == ("", "")


def test_an_exercise_that_is_itself_broken_does_not_blame_the_learner():
    def _broken(x):
        raise KeyError("no such thing")

    exercise = Exercise("example.broken", solution=_broken, inputs=[1], hints=(), wrong=())
    reply = exercise.check(abs)
    assert reply.status == "broken"
    assert "Your answer may be right" in reply.text


def test_definitions_that_cannot_work_are_refused():
    with pytest.raises(ValueError, match=r"chapter\.name"):
        Exercise("noname", solution=1, hints=(), wrong=())
    with pytest.raises(ValueError, match="go together"):
        Exercise("a.b", solution=1, hints=(), wrong=(), accept=bool)
    with pytest.raises(ValueError, match="needs `accept`"):
        Exercise("a.b", solution=1, hints=(), wrong=(), got=str)


@contextmanager
def in_time():
    """Checking takes less than three seconds, as is promised; the waits of a busy machine are not its own."""
    began, worked = time.perf_counter(), time.process_time()
    yield
    assert time.process_time() - worked < 3
    assert time.perf_counter() - began < 30  # an answer may also sleep


# The guard.


def test_an_endless_loop_is_stopped_within_three_seconds():
    def endless(x, w, b):
        while True:
            try:
                x = x + 0
            except Exception:
                x = 0

    exercise = Exercise("example.endless", solution=example._weighted_sum, inputs=[(1, 2, 3)], hints=(), wrong=())
    with in_time():
        reply = exercise.check(endless)
    assert reply.status == "too slow"
    assert reply.text.startswith("For `x = 1`, `w = 2` and `b = 3`: your code was still running after 2.5 seconds")


def test_a_loop_that_catches_everything_is_stopped():
    def stubborn(x, w, b):
        while True:
            try:
                x = abs(x)
            except:  # noqa: E722
                x = 0

    assert example.weighted_sum.check(stubborn).status == "too slow"


def test_an_earlier_alarm_rings_after_all_and_its_handler_is_back(monkeypatch):
    monkeypatch.setattr(example.weighted_sum, "seconds", 30)  # so that it is nobody's but the earlier alarm
    rung = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append("rung"))
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    try:
        assert example.weighted_sum.check(lambda x, w, b: time.sleep(0.15)).status == "wrong"
        assert signal.getsignal(signal.SIGALRM).__name__ == "<lambda>"
        time.sleep(0.05)
        assert rung == ["rung"]
        signal.setitimer(signal.ITIMER_REAL, 300)
        example.weighted_sum.check(example._weighted_sum)
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 300
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_in_a_thread_it_works_without_the_alarm():
    replies = []
    thread = threading.Thread(target=lambda: replies.append(example.weighted_sum.check(example._weighted_sum)))
    thread.start()
    thread.join()
    assert replies[0].passed


def test_in_a_shell_that_cannot_be_asked_to_end_it_works(monkeypatch):
    """The browser's IPython is one."""
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: object()))
    assert example.weighted_sum.check(example._weighted_sum).passed


def test_a_function_with_yield_or_async_is_told_so():
    async def later(x, w, b):
        return 1

    def generated(x, w, b):
        yield 1

    assert "Write `def` without `async`." in example.weighted_sum.check(later).text
    assert "A function with `yield` makes a generator: use `return`." in example.weighted_sum.check(generated).text


def test_settings_are_afterwards_as_they_were():
    def meddling(x, w, b):
        sys.setrecursionlimit(10**8)
        np.seterr(all="raise")
        return 0

    def state():
        return sys.getrecursionlimit(), sys.setrecursionlimit, np.geterr(), sys.stdout, sys.gettrace()

    before = state()
    example.weighted_sum.check(meddling)
    example.weighted_sum.check(lambda x, w, b: time.sleep(10))
    assert state() == before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's address space")
def test_a_list_that_grows_for_ever_is_stopped_before_the_memory_is_full():
    def growing(x, w, b):
        numbers = [1]
        while True:
            numbers += numbers

    exercise = Exercise(
        "example.growing", solution=lambda x, w, b: 0, inputs=[(1, 2, 3)], hints=(), wrong=(), seconds=30
    )
    reply = exercise.check(growing)
    assert "`MemoryError`" in reply.text
    assert "more memory than an exercise needs" in reply.text


def test_checking_needs_numpy_only():
    code = (
        "import sys; from dlcore.exercises import Exercise; from dlcore.claiming import claim\n"
        "import dlcore.quizzes\n"
        "Exercise('a.b', solution=1, hints=(), wrong=()).check(2)\n"
        "claim('one', 1, 1)\n"
        "assert not {'matplotlib', 'ipywidgets', 'IPython'} & set(sys.modules), 'too much is imported'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# What is shown.


def test_hints_come_one_at_a_time_and_end_at_the_solution():
    exercise = Exercise("example.hints", solution=1, hints=("Look.", "Count."), wrong=())
    shown = [repr(exercise.hint()) for _ in range(3)]
    assert shown == [
        "Hint 1 of 2: Look.",
        "Hint 2 of 2: Count.",
        "That was the last hint. `exercises.hints.solution()` shows the solution.",
    ]


def test_a_solution_is_shown_under_the_learner_s_name():
    text = repr(example.weighted_sum.solution())
    assert text == '```python\ndef weighted_sum(x, w, b):\n    """Σ wᵢxᵢ + b"""\n    return np.dot(w, x) + b\n```'
    assert repr(example.slope.solution()) == "The answer is `0.25`.\n\nσ′(0) = ½ · ½."


def test_a_notebook_gets_markdown_and_the_page_the_folded_help(monkeypatch):
    reply = example.slope.check(...)
    assert set(reply._repr_mimebundle_()) == {"text/plain", "text/markdown"}
    monkeypatch.setenv(VARIABLE, "")
    blocks = reply._repr_mimebundle_()[MIME]["blocks"]
    opened = "".join(block.get("html", "") for block in blocks)
    assert opened.startswith('<div class="dlcore-exercise" id="exercise-example-slope" data-status="not attempted">')
    assert opened.count("<details") == opened.count("</details>") == 3
    assert [block["markdown"] for block in blocks if "markdown" in block] == [
        reply.text,
        *example.slope.hints,
        "The answer is `0.25`.",
        "σ′(0) = ½ · ½.",
    ]
    code = [
        block["code"]
        for block in example.weighted_sum.check(...)._repr_mimebundle_()[MIME]["blocks"]
        if "code" in block
    ]
    assert code == [example.weighted_sum.solution_source()]


@every_exercise
def test_the_edition_without_solutions_has_the_reply_and_the_hints_alone(exercise, monkeypatch):
    monkeypatch.setenv(VARIABLE, "")
    monkeypatch.setenv(SOLUTIONS, "no")
    reply = exercise.check(...)
    blocks = reply._repr_mimebundle_()[MIME]["blocks"]
    shown = [(kind, text) for block in blocks for kind, text in block.items() if kind != "html"]
    assert shown == [("markdown", text) for text in (reply.text, *exercise.hints)]


def test_the_edition_without_solutions_has_none_in_its_notebooks(monkeypatch):
    monkeypatch.setenv(SOLUTIONS, "no")
    assert repr(example.weighted_sum.solution()) == "This edition of the book leaves the solution out."


def test_a_learner_s_text_cannot_break_the_markdown():
    reply = example.line.check("` <script> $x$ `")
    assert "`'ˋ <script> $x$ ˋ'`" in reply.text
