"""How objects show themselves on the built page: one MIME type, understood by dlcore.live.renderer.

An object's `_repr_mimebundle_` adds {MIME: page(...)} when `for_page()`. A page is a list of blocks,
{"html": …} passed through, {"markdown": …} parsed by MyST, {"code": …} set as Python.
"""

import os

MIME = "application/vnd.dlcore.page+json"
VARIABLE = "DLCORE_PAGE"  # the book build sets it to a folder for recordings; kernels inherit it


def for_page() -> bool:
    """Is a book being built?"""
    return VARIABLE in os.environ


SOLUTIONS = "DLCORE_SOLUTIONS"  # "no" builds an edition without solutions; kernels inherit it, the browser's too


def with_solutions() -> bool:
    """Do exercises show their solutions, on the page that is being built or in this notebook?"""
    setting = os.environ.get(SOLUTIONS, "yes")
    if setting not in ("yes", "no"):
        raise ValueError(f"{SOLUTIONS} is {setting!r}; let it be 'yes' or 'no'.")
    return setting == "yes"
