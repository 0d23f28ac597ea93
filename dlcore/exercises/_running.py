"""Running code that may do anything: print, raise, exit, change its arguments, never end, fill the memory.

`limited` puts a time and a memory limit around a piece of work; `run` makes one call and says what became of
it.
"""

import copy
import io
import linecache
import signal
import sys
import sysconfig
import threading
import time
import traceback
import warnings
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import numpy as np

try:
    import resource
except ImportError:  # Windows and the browser have none: there the memory is not limited
    resource = None

TICK = 0.05  # seconds between alarms once the time is up: code may catch the first ones
MEMORY = 2**30  # bytes that an answer may take beyond what is in use
REMEMBERED = 200  # letters kept of what an answer prints, of a message, of a line
OUR_CODE = (str(Path(__file__).parents[1]), sysconfig.get_path("stdlib"), "<frozen", "<__array_function__")


class TimeUp(BaseException):
    """Raised inside the answer when its time is up; no Exception, so that `except Exception` lets it pass."""


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


class Log(io.TextIOBase):
    """What is known of an answer that had to be stopped: the case it was at, and what it printed.

    Only the beginning of that is kept: an endless loop may print gigabytes.
    """

    def __init__(self):
        self.text, self.case = "", ()

    def write(self, text):
        self.text += text[: max(0, REMEMBERED - len(self.text))]
        return len(text)


def limited(work, seconds, log):
    """work(), with its output going to the log and warnings silent; TimeUp after `seconds`."""
    clock = _Clock(seconds)
    try:
        with _same_settings(), _memory_limit(), redirect_stdout(log), redirect_stderr(log):
            clock.start()
            try:
                return work()
            finally:
                clock.stop()
    finally:
        clock.stop()  # once more: a late tick may have interrupted the first


@contextmanager
def _same_settings():
    """numpy's error settings, warning filters and the recursion limit are afterwards as they were."""
    limit = sys.getrecursionlimit()
    with np.errstate(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            sys.setrecursionlimit(limit)


class _Clock:
    """SIGALRM after `seconds` and each TICK from then on; an earlier handler and timer come back."""

    def __init__(self, seconds):
        self.seconds, self.running = seconds, False
        self.possible = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()

    def start(self):
        if self.possible:
            self.began, self.running = time.monotonic(), True
            self.handler = signal.signal(signal.SIGALRM, self._tick)
            self.timer = signal.setitimer(signal.ITIMER_REAL, self.seconds, TICK)

    def _tick(self, signum, frame):
        if self.running:
            raise TimeUp

    def stop(self):
        if not self.running:
            return
        self.running = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self.handler or signal.SIG_DFL)
        left, interval = self.timer
        if left:  # somebody else's alarm: it rings when it would have, or at once if that is past
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - self.began), 1e-6), interval)


@contextmanager
def _memory_limit():
    """On Linux an allocation beyond MEMORY raises MemoryError, where it might have ended the kernel."""
    used = _address_space()
    if resource is None or used is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = used + MEMORY if soft == resource.RLIM_INFINITY else min(soft, used + MEMORY)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _address_space():
    """Bytes of address space in use, where the system tells (Linux)."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return None
    return pages * resource.getpagesize() if resource else None


def error_words(error):
    """ "ZeroDivisionError: division by zero", in one line, whatever the exception's own `__str__` does."""
    try:
        message = " ".join(str(error).split())[:REMEMBERED]
    except Exception:  # a broken __str__ is the answer's fault, not news
        message = ""
    return type(error).__name__ + (f": {message}" if message else "")


def error_place(error):
    """(line number, its source) of the deepest line that the learner wrote; None if it came before any."""
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        file = frame.f_code.co_filename
        if not file.startswith(OUR_CODE) and "site-packages" not in file:
            return line, linecache.getline(file, line).strip()[:REMEMBERED]
    return None
