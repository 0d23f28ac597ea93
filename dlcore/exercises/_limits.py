"""Limits around code that may do anything: never end, fill the memory, print for ever, change Python's settings."""

import io
import signal
import sys
import threading
import time
import warnings
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import numpy as np

try:
    import resource
except ImportError:  # Windows and the browser have none: there the memory is not limited
    resource = None

TICK = 0.05  # seconds between alarms once the time is up: code may catch the first ones
MEMORY = 2**30  # bytes that an answer may take beyond what is in use
RECURSION = 3000  # calls within calls; many more, which a learner may have asked for, can crash Python
REMEMBERED = 200  # letters kept of what an answer prints


class TimeUp(BaseException):
    """Raised inside the answer when its time is up; no Exception, so that `except Exception` lets it pass."""


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
        with _same_settings(), _memory_limit(), _no_exit(), _no_reports(), redirect_stdout(log), redirect_stderr(log):
            clock.start()
            try:
                return work()
            finally:
                clock.stop()
    finally:
        clock.stop()  # once more: a late tick may have interrupted the first


@contextmanager
def _no_reports():
    """A tick may strike inside a destructor, where Python only reports TimeUp and goes on; the next tick strikes again."""
    earlier = sys.unraisablehook
    sys.unraisablehook = lambda report: None if report.exc_type is TimeUp else earlier(report)
    try:
        yield
    finally:
        sys.unraisablehook = earlier


class _Clock:
    """SIGALRM after `seconds` and each TICK from then on; an earlier handler and timer come back."""

    def __init__(self, seconds):
        self.seconds, self.running = seconds, False
        self.possible = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()

    def start(self):
        if self.possible:
            self.began, self.running, self.trace = time.monotonic(), True, sys.gettrace()
            self.handler = signal.signal(signal.SIGALRM, self._tick)
            self.timer = signal.setitimer(signal.ITIMER_REAL, self.seconds, TICK)

    def _tick(self, signum, frame):
        """Raise TimeUp here, and, where an `except` catches it, once more on that line, outside of its `try`."""
        if not self.running:
            return
        sys.settrace(lambda *_: None)  # without it, the frames' own tracing does nothing
        while frame and frame.f_code is not limited.__code__:
            frame.f_trace = _raise_on_next_line
            frame = frame.f_back
        raise TimeUp

    def stop(self):
        if not self.running:
            return
        self.running = False
        sys.settrace(self.trace)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self.handler or signal.SIG_DFL)
        left, interval = self.timer
        if left:  # somebody else's alarm: it rings when it would have, or at once if that is past
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - self.began), 1e-6), interval)


def _raise_on_next_line(frame, event, argument):
    if event == "line":
        raise TimeUp
    return _raise_on_next_line


@contextmanager
def _same_settings():
    """numpy's error settings, warning filters and the recursion limit are afterwards as they were."""
    limit, set_limit = sys.getrecursionlimit(), sys.setrecursionlimit
    with np.errstate(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        set_limit(min(limit, RECURSION))
        sys.setrecursionlimit = lambda _: None
        try:
            yield
        finally:
            sys.setrecursionlimit = set_limit
            set_limit(limit)


@contextmanager
def _no_exit():
    """In a notebook `exit()` raises nothing: it asks the kernel to end after the cell. Here it raises.

    (The browser's kernel cannot be asked; there it raises anyhow.)"""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if not hasattr(shell, "ask_exit"):
        yield
        return
    ask, shell.ask_exit = shell.ask_exit, _exit_asked
    try:
        yield
    finally:
        shell.ask_exit = ask


def _exit_asked():
    raise SystemExit


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
