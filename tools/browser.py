"""The Chromium or Chrome that prints the book (`make pdf`) and reads its pages (the tests)."""

from __future__ import annotations

import platform
import shutil
from pathlib import Path

from playwright.sync_api import BrowserType

# The first has no window to draw: it opens a page in half of the processor time.
NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
APPLICATIONS = Path("/Applications")  # where macOS keeps what is not on PATH
ON_MACOS = ["Chromium.app/Contents/MacOS/Chromium", "Google Chrome.app/Contents/MacOS/Google Chrome"]
OPTIONS = ["--disable-quic"]


class NoBrowser(Exception):
    """There is none; says how to install one."""


def browser_program(chromium: BrowserType) -> str:
    """The Chromium or Chrome of this machine, else the one Playwright has downloaded."""
    on_path = [found for name in NAMES if (found := shutil.which(name))]
    installed = [str(APPLICATIONS / name) for name in ON_MACOS] if platform.system() == "Darwin" else []
    for program in [*on_path, *installed, chromium.executable_path]:
        if Path(program).exists():
            return program
    raise NoBrowser(
        "This needs Chromium or Chrome on PATH. Install one (Debian and Ubuntu: apt-get install chromium; "
        "macOS: brew install --cask chromium), or let Playwright fetch its own: python -m playwright install chromium"
    )
