"""Every page's Content-Security-Policy: it stands first, is the strict one, and lets the page's own scripts run."""

import base64
import hashlib
import re

import pytest
from sphinx.errors import ExtensionError

from book._ext.content_policy import POLICY, with_policy
from tests.site.pages import pages, parsed

PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8" />
<link rel="next" title="Networks" href="networks.html" />
<script src="live.js"></script><script data-cfasync="false">let a = 1;</script><script>let a = 1;</script>
<script type="text/plain">H4sI</script></head>
<body><button onclick="toggleFullScreen()">Full screen</button><pre>&lt;script&gt;</pre></body></html>"""


def policy_of(page):
    """{directive: sources} of the policy that a page carries."""
    (meta,) = page.find_all("meta", attrs={"http-equiv": "Content-Security-Policy"})
    parts = (part.split() for part in meta["content"].split(";"))
    return {directive: sources for directive, *sources in parts}


def inline_scripts(page):
    scripts = (script for script in page.find_all("script") if not script.has_attr("src"))
    return [script.string for script in scripts if script.get("type") != "text/plain"]


def sha256(script):
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_the_policy_comes_before_all_that_it_is_to_govern(site):
    for page in pages(site):
        head = parsed(page).find(["meta", "link", "script", "style"]).find_all_next(["meta", "link", "script", "style"])
        assert head[0].get("http-equiv") == "Content-Security-Policy", page.name


def test_scripts_run_only_from_the_site_s_files_or_as_the_page_was_built(site):
    for page in pages(site):
        policy = policy_of(parsed(page))
        assert policy.keys() == POLICY.keys(), page.name
        hashes = [source for source in policy["script-src"] if source.startswith("'sha256-")]
        assert policy["script-src"] == ["'self'", "file:", *hashes], page.name
        assert set(hashes) == {sha256(script) for script in inline_scripts(parsed(page))}, page.name


def test_no_policy_names_another_origin_or_lets_text_become_code():
    named = {source for sources in POLICY.values() for source in sources.split()}
    assert named == {"'self'", "'none'", "file:", "data:", "'unsafe-inline'"}
    assert [name for name, sources in POLICY.items() if "'unsafe-inline'" in sources] == ["style-src"]
    assert [name for name, sources in POLICY.items() if "data:" in sources] == ["img-src"]
    assert POLICY["default-src"] == POLICY["base-uri"] == "'none'"


def test_no_page_has_scripts_in_attributes_or_addresses(site):
    for page in pages(site):
        handlers = [name for tag in parsed(page).find_all(True) for name in tag.attrs if name.startswith("on")]
        assert not handlers, page.name
        assert not parsed(page).find_all(href=re.compile("^javascript:")), page.name


def test_no_page_asks_for_others_that_nobody_has_opened(site):
    """Firefox takes rel="next" for such a request, too."""
    for page in pages(site):
        assert not parsed(page).find_all("link", rel=["next", "prefetch", "preconnect", "dns-prefetch"]), page.name


def test_the_policy_of_a_page_names_each_of_its_inline_scripts_once():
    page = with_policy(PAGE, "page.html")
    assert page.count("'sha256-") == page.count(sha256("let a = 1;")) == 1
    assert page.index("Content-Security-Policy") < page.index("<script")
    assert "networks.html" not in page
    assert "onclick" not in page and '<button type="button">Full screen' in page


def test_a_page_whose_policy_would_have_no_place_fails_the_build():
    with pytest.raises(ExtensionError, match="has 0 times <meta charset>"):
        with_policy("<html><head></head></html>", "page.html")
