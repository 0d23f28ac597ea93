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
