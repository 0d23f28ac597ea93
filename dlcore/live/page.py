"""The one channel by which objects show themselves in the built page."""
import os

MIME = "application/vnd.dlcore.page+json"


def for_page() -> bool:
    """True while the book is built: the build sets this variable, and kernels inherit it."""
    return "DLCORE_PAGE" in os.environ
