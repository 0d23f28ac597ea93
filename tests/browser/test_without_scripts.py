"""What a living figure is without scripts: its first state with its sentence, and no dead controls."""

from tests.browser.reading import STILL


def test_the_first_picture_stands_there_with_its_sentence_and_without_controls(browser, site):
    chapters = [page for page in (site / "book").glob("*.html") if 'class="dl-controls"' in page.read_text("utf-8")]
    assert chapters
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for chapter in chapters:
        page.goto(chapter.as_uri())
        assert page.evaluate(STILL) == [], chapter.name
    context.close()
