"""The Content-Security-Policy of every page: what it may load, run and send. Nothing of it is elsewhere.

It stands in the page itself, so that it holds where nobody can set headers: on GitHub Pages and in a folder.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

# Pages opened from a folder have no origin: Chromium takes 'self' for any file then, Firefox for none. So `file:` is
# named too. For a page from a server it opens nothing, because no browser lets such a page have files.
OWN = "'self' file:"
POLICY = {
    "default-src": "'none'",
    "script-src": OWN,  # and the page's inline scripts, each by its hash: nothing else is run, and no text becomes code
    "style-src": f"{OWN} 'unsafe-inline'",  # MathJax writes style sheets, and matplotlib's pictures style attributes
    "img-src": f"{OWN} data:",
    "font-src": OWN,
    "connect-src": OWN,  # the search shows lines of the pages it finds
    "form-action": OWN,  # the search box
    "base-uri": "'none'",
}
CHARSET = re.compile(r'<meta charset="utf-8" ?/?>')
SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
NOT_HERE = re.compile(r'\bsrc=|\btype="(?!module|text/javascript)')  # a script in a file, or data for one
BASE = "<base "  # in a page whose links must hold at any depth
HANDLER = re.compile(r'<button onclick="[^"]*"')  # what the theme's buttons do, buttons.js does
NEXT = re.compile(r'<link rel="next"[^>]*>\s*')  # Firefox would fetch that page: refused, and said on the console


def setup(app: Sphinx) -> dict:
    app.connect("build-finished", write_policies, priority=900)  # after the last page is written
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def write_policies(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and app.builder.name == "html":
        for file in sorted(Path(app.outdir).rglob("*.html")):
            if "_static" not in file.relative_to(app.outdir).parts:  # pieces of the theme's making, not pages
                file.write_text(with_policy(file.read_text("utf-8"), file.name), "utf-8", newline="\n")


def with_policy(page: str, name: str) -> str:
    """The page with its policy, which must come before all that it is to govern, and without handlers in attributes."""
    page = NEXT.sub("", HANDLER.sub('<button type="button"', page))
    head, *rest = CHARSET.split(page)
    if len(rest) != 1:
        raise ExtensionError(f"{name} has {len(rest)} times <meta charset>; the Content-Security-Policy needs it once.")
    policy = POLICY | {"script-src": " ".join([POLICY["script-src"], *hashes(page)])}
    if BASE in page:
        policy["base-uri"] = OWN
    content = "; ".join(f"{directive} {sources}" for directive, sources in policy.items())
    return f'{head}<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{content}">{rest[0]}'


def hashes(page: str) -> list[str]:
    """Of the scripts that stand in the page, as a policy names them: each once."""
    texts = (script["text"] for script in SCRIPT.finditer(page) if not NOT_HERE.search(script["attributes"]))
    sums = (hashlib.sha256(text.encode()).digest() for text in texts)
    return list(dict.fromkeys(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in sums))
