"""The printed book (`make pdf`): a small one with nearly everything that pages are made of, read back from its PDF."""

import re
import shutil

import pytest
from pypdf import PdfReader

from dlcore.exercises.intro import by_speed
from dlcore.quizzes.intro import quiz
from tests.building import build, small_book
from tests.site.pages import figures, parsed
from tools.paper import check
from tools.pdf import NotOnPaper, print_book, printed
from tools.release import described

LONG = "some_numbers = [" + ", ".join(f"{n}.000{n}" for n in range(30)) + "]  # the end of the long line"
FOLDED = 'print("what was folded")'
LINES = f"""---
file_format: mystnb
kernelspec: {{name: python3}}
---
# Lines & curves

Their {{term}}`slope`; more [below](#a-second-section), in [the words](words.md#more-words), and
[elsewhere](https://example.org/elsewhere).

$$ {" + ".join(f"w_{{{n}}} x_{{{n}}}" for n in range(16))} $$

```{{code-cell}}
:tags: [hide-input]
{FOLDED}
{LONG}
```

| {" | ".join(f"column {n}" for n in range(9))} |
|{"---|" * 9}
| {" | ".join("a_name_without_spaces" if n == 8 else "some words" for n in range(9))} |

## A second section

```{{code-cell}}
from dlcore.live import explore

def draw(ax, w):
    ax.plot([0, 1], [0, w], ".-")
    ax.set(xlim=(0, 1), ylim=(0, 3))

explore(draw, name="line", alt=lambda w: f"A line of slope {{w}}.", w=(0, 3))
```

```{{exercise}} Faster
:label: lines-faster
Find the faster ones.
```

```{{code-cell}}
from dlcore.exercises import intro as exercises
exercises.by_speed.check(...)
```

```{{exercise}} One step
:label: lines-step
:nonumber:
Take one.
```

```{{code-cell}}
exercises.step.check(...)
```

```{{code-cell}}
from dlcore.quizzes.intro import quiz
quiz
```
"""
WORDS = """# Words

[Back](lines.md).

## More words

```{glossary}
slope
    기울기

    How steep.
```
"""


WIDE = '<main style="width: 2000px">too wide for paper</main>'
FORMULA = '<div class="math"><mjx-container><b style="white-space: pre">{}</b></mjx-container></div>'.format(
    "x + " * 300
)
LEFT = '<main style="margin-left: -9em">begins left of the paper</main>'
CUT = '<pre style="overflow: hidden; white-space: pre">{}</pre>'.format("cut off " * 60)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The small book, built; its table of contents beside it."""
    folder = tmp_path_factory.mktemp("paper")
    process = build(small_book(folder / "source", lines=LINES, words=WORDS), folder / "out")
    assert process.returncode == 0, process.stdout
    shutil.copy(folder / "source" / "_toc.yml", folder / "out" / "_build")
    return folder / "out" / "_build" / "html"


@pytest.fixture(scope="module")
def file(pages):
    return print_book(pages, pages.with_name("_toc.yml"), pages.parent)


@pytest.fixture(scope="module")
def book(file):
    return PdfReader(file)


@pytest.fixture(scope="module")
def texts(book):
    return [page.extract_text() for page in book.pages]


@pytest.fixture(scope="module")
def document(pages, file):
    """What was printed, before it was paper."""
    return parsed(pages.with_name("paper.html"))


def squeezed(words):
    """Lines end elsewhere on paper."""
    return "".join(words.split())


def test_the_title_page_says_what_this_is(texts):
    about = described(solutions=True)
    assert [what for what in ("title", "author", "version", "site", "home") if about[what] not in texts[0]] == []


CONTENTS = ["1 Lines & curves", "A second section", "2 Words", "More words", "A Hints", "C Solutions"]


@pytest.mark.parametrize("heading", CONTENTS)
def test_the_contents_lead_to_the_page_that_has_the_heading(texts, heading):
    number = re.search(rf"^{heading} (\d+)$", texts[1], re.MULTILINE)[1]
    page = texts[int(number) - 1]
    assert re.search(rf"^{heading}\s*$", page, re.MULTILINE), page
    assert page.startswith(number)  # the number at the page's foot, which Chromium writes first


def test_the_outline_has_the_headings_and_leads_to_them(book, texts):
    def flat(outline):
        return [inner for one in outline for inner in (flat(one) if isinstance(one, list) else [one])]

    found = {place.title: book.get_destination_page_number(place) for place in flat(book.outline)}
    assert {"Contents", *CONTENTS} <= found.keys()
    assert [title for title, page in found.items() if title not in texts[page]] == []


def links(book):
    """[(the page it is on, from 1, where it leads)] of the links within the book."""
    annotations = [(n, a.get_object()) for n, page in enumerate(book.pages, 1) for a in page.get("/Annots", [])]
    return [(n, a["/Dest"]) for n, a in annotations if "/Dest" in a]


def page_of(book, name):
    return book.get_destination_page_number(book.named_destinations[name]) + 1


def test_every_link_within_the_book_leads_to_a_page_of_it(book, document):
    names = {name for _, name in links(book)}
    assert names == {link["href"].replace("#", "/") for link in document.select('a[href^="#"]')}
    assert names <= book.named_destinations.keys()


def test_every_page_number_beside_a_link_is_that_of_its_page(book, texts, document):
    assert document.select("a.to-page")
    for link in document.select("a.to-page"):
        words = f"{squeezed(link.get_text())}(p.{page_of(book, link['href'].replace('#', '/'))})"
        assert any(words in squeezed(text) for text in texts), words


def test_links_to_elsewhere_show_their_address(texts):
    assert "elsewhere (example.org/elsewhere)" in texts[2]


SOLVED = {"lines-faster": by_speed.solution_source(), "lines-step": "The answer is 0.264"}


@pytest.mark.parametrize("name", SOLVED)
def test_hints_and_solution_are_at_the_back_with_references_both_ways(book, texts, name):
    statement = page_of(book, f"/lines--{name}")
    for kind in ("hints", "solutions"):
        there = page_of(book, f"/{kind}-of-lines--{name}")
        assert there > page_of(book, "/words")
        assert (there, f"/lines--{name}") in links(book)
        assert (statement, f"/{kind}-of-lines--{name}") in links(book)
    assert squeezed(SOLVED[name]) in squeezed(texts[there - 1])


def test_exercises_are_numbered_within_their_chapter(document):
    titles = [title.get_text() for title in document.select(".exercise > .admonition-title")]
    assert titles == ["Exercise 1.1 (Faster)", "Exercise 1.2 (One step)"]


def test_answers_are_at_the_back_and_not_beside_their_questions(book, texts):
    there = page_of(book, "/answers")
    right = squeezed("They are what is learned.")
    assert [right in squeezed(text) for text in texts].index(True) + 1 == there
    assert len([name for page, name in links(book) if page == there and "quiz" in name]) == len(quiz.questions)


def test_figures_are_their_first_picture_and_sentence_and_say_where_they_move(pages, document, texts):
    on_site = figures(pages / "book" / "lines.html")
    assert len(on_site) == len(document.select("figure svg")) == 3
    assert "A line of slope 1." in "".join(texts)
    address = f"{described(True)['site']}book/lines.html#figure-line"
    assert [link["href"] for link in document.select(".moves a")] == [address]
    assert address in "".join(texts)


def test_nothing_on_paper_is_to_be_pressed_or_unfolded(document):
    assert document.select("form, input, select, button, details, summary, script.dl-recording, .headerlink") == []


def test_no_line_of_code_loses_anything(pages, texts):
    paper = squeezed("".join(texts))
    lines = [line for code in parsed(pages / "book" / "lines.html").select("pre") for line in code.text.splitlines()]
    assert LONG in lines and FOLDED in lines
    assert [line for line in lines if squeezed(line) not in paper] == []


def places(page):
    """[(x, y, text)] in points from the page's lower left corner."""
    found = []

    def look(text, matrix, place, *_):
        a, b, c, d, e, f = matrix
        if text.strip():
            found.append((a * place[4] + c * place[5] + e, b * place[4] + d * place[5] + f, text.strip()))

    page.extract_text(visitor_text=look)
    return found


def test_a_long_line_of_code_goes_on_below_further_in(book):
    left = [x for x, _, text in places(book.pages[2]) if text.startswith(("some_numbers", "9.0009"))]
    assert len(left) == 2 and left[1] > left[0] + 10, left


def test_all_text_begins_within_the_margins(book):
    outside = [
        place for page in book.pages for place in places(page) if not (56 < place[0] < 539 and 30 < place[1] < 792)
    ]
    assert outside == []


@pytest.mark.parametrize("fault", [WIDE, FORMULA, LEFT, CUT], ids=["too wide", "a formula", "too far left", "cut off"])
def test_what_does_not_fit_on_paper_is_not_printed(tmp_path, fault):
    (tmp_path / "paper.html").write_text(f"<!DOCTYPE html><body>{fault}</body>", "utf-8")
    with pytest.raises(NotOnPaper, match="do not fit on paper"):
        printed(tmp_path / "paper.html")


@pytest.mark.parametrize(
    ("fault", "said"),
    [('<p id="a"></p><p id="a"></p>', r"more than once: \['a'\]"), ('<a href="#b">b</a>', r"nowhere: \['b'\]")],
)
def test_a_name_twice_and_a_link_to_nowhere_are_not_printed(fault, said):
    with pytest.raises(NotOnPaper, match=said):
        check(fault)


def test_fonts_are_in_the_file(book):
    fonts = [font.get_object() for page in book.pages for font in page["/Resources"]["/Font"].values()]
    assert [font for font in fonts if not _embedded(font)] == []


def _embedded(font):
    if font["/Subtype"] == "/Type3":  # a font of drawings
        return True
    described = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    return {"/FontFile", "/FontFile2", "/FontFile3"} & described["/FontDescriptor"].keys()


def test_printed_again_it_is_the_same(pages, file, tmp_path):
    again = print_book(pages, pages.with_name("_toc.yml"), tmp_path)
    assert again.read_bytes() == file.read_bytes()
    assert again.name == file.name
