"""What a living figure is without scripts and on paper: its first state with its sentence, and no dead controls."""

import pytest

FIGURES = "figure.dlcore-live"


def chapters(site):
    return sorted(page for page in (site / "book").glob("*.html") if 'class="dl-controls"' in page.read_text("utf-8"))


@pytest.fixture(params=["without scripts", "on paper"])
def page(request, browser):
    context = browser.new_context(java_script_enabled=request.param == "on paper")
    page = context.new_page()
    if request.param == "on paper":
        page.emulate_media(media="print")
    yield page
    context.close()


def test_the_first_picture_stands_there_with_its_sentence_and_without_controls(page, site):
    assert chapters(site)
    for chapter in chapters(site):
        page.goto(chapter.as_uri())
        for figure in page.locator(f"{FIGURES}:has(form)").all():
            assert figure.locator("svg").bounding_box()["height"] > 50
            sentence = figure.locator(".dl-picture").get_attribute("aria-label")
            assert figure.locator("figcaption").inner_text() == sentence
            assert not figure.locator("form").is_visible()
