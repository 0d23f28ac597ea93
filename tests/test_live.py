"""Living figures without a browser: controls, pictures, recordings, what a figure shows of itself."""

import gzip
import html
import importlib
import json
import re
from copy import deepcopy
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import ipywidgets as widgets
import matplotlib.pyplot as plt
import pytest
from docutils import nodes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from myst_nb.core.render import MimeData
from sphinx.errors import ExtensionError

from dlcore.live import LivingFigure, explore
from dlcore.live import figure as figure_module
from dlcore.live import recording as recording_module
from dlcore.live import renderer as renderer_module
from dlcore.live.controls import read_controls
from dlcore.live.drawing import Scene, markup, tidy
from dlcore.live.page import MIME, VARIABLE
from dlcore.live.recording import difference, record, recorded
from dlcore.live.renderer import PageRenderer
from dlcore.live.style import BLUE, GRID, INK, ORANGE, STYLE, THEME


def line(ax, w):
    ax.plot([0, 1], [0, w], color=BLUE)


def line_alt(w):
    return f"A line of slope {w:g} < 9."


@pytest.fixture
def figure():
    return explore(line, name="line", alt=line_alt, w=(0.0, 1.0, 0.25))


# Controls

KINDS = [
    ((0, 3), "range", (0, 1, 2, 3), 1, ("0", "1", "2", "3")),
    ((0, 6, 2), "range", (0, 2, 4, 6), 1, ("0", "2", "4", "6")),
    ((0.0, 0.3, 0.1), "range", (0.0, 0.1, 0.2, 0.3), 1, ("0.00", "0.10", "0.20", "0.30")),
    (True, "checkbox", (False, True), 1, ("no", "yes")),
    (["a", "b"], "select", ("a", "b"), 0, ("a", "b")),
    ([("one", 1), ("two", 2)], "select", (1, 2), 0, ("one", "two")),
    ({"one": 1, "two": 2}, "select", (1, 2), 0, ("one", "two")),
    (widgets.IntSlider(value=-1, min=-2, max=0), "range", (-2, -1, 0), 1, ("−2", "−1", "0")),
    (widgets.FloatLogSlider(value=0.1, min=-2, max=0, step=1), "range", (0.01, 0.1, 1.0), 1, ("0.01", "0.1", "1")),
    (widgets.SelectionSlider(options=[1, 10, 100], value=10), "range", (1, 10, 100), 1, ("1", "10", "100")),
    (widgets.Dropdown(options=["x", "y"], value="y"), "select", ("x", "y"), 1, ("x", "y")),
    (widgets.RadioButtons(options=["x", "y"]), "radio", ("x", "y"), 0, ("x", "y")),
    (widgets.ToggleButtons(options=["x", "y"]), "buttons", ("x", "y"), 0, ("x", "y")),
    (widgets.ToggleButton(value=False), "checkbox", (False, True), 0, ("no", "yes")),
    (widgets.Checkbox(value=True), "checkbox", (False, True), 1, ("no", "yes")),
    (widgets.Play(min=0, max=2, value=0), "play", (0, 1, 2), 0, ("0", "1", "2")),
]


@pytest.mark.parametrize("given_, kind, values, start, texts", KINDS, ids=lambda value: type(value).__name__)
def test_every_kind_of_control(given_, kind, values, start, texts):
    (control,) = read_controls({"w": given_})
    assert (control.kind, control.values, control.start, control.texts) == (kind, values, start, texts)
    assert control.value() == values[start]
    assert [type(value) for value in control.values] == [type(value) for value in values]


def test_labels_are_descriptions_or_names():
    plain, told = read_controls({"w": (0, 1), "b": widgets.IntSlider(min=0, max=1, description="Bias b")})
    assert (plain.label, told.label) == ("w", "Bias b")


def test_play_keeps_its_interval():
    (control,) = read_controls({"step": widgets.Play(max=3, interval=250)})
    assert control.interval == 250


@pytest.mark.parametrize(
    "given_, said",
    [
        (3.5j, "control 'w' is 3.5j; give an ipywidgets control"),
        (widgets.Text(), "control 'w' is a Text; a living figure knows FloatSlider"),
        (
            widgets.IntSlider(value=1, min=0, max=6, step=2),
            "starts at 1, but its steps are 0, 2, …, 6; let it start on",
        ),
        (widgets.FloatSlider(value=0.15, min=0, max=1, step=0.1), "starts at 0.15, but its steps are"),
        (widgets.RadioButtons(options=["a", "b"], value=None), "starts at None, which is not among its choices"),
        (widgets.Dropdown(options=[("f", print), ("g", len)]), "let its values be finite numbers, strings or booleans"),
        (widgets.Dropdown(options=[("a", float("inf")), ("b", 1.0)]), "let its values be finite numbers"),
        (widgets.Dropdown(options=[("a", (1, 2)), ("b", (3, 4))]), "let its values be finite numbers"),
        (widgets.Dropdown(options=[]), "control 'w' has no choices"),
    ],
)
def test_what_cannot_be_a_control(given_, said):
    with pytest.raises(ValueError, match=said):
        read_controls({"w": given_})


@given(st.integers(-50, 50), st.integers(1, 60), st.sampled_from(["0.1", "0.05", "0.25", "0.3", "1.5", "0.01"]))
def test_values_of_a_slider_carry_no_noise(low, count, step):
    minimum, maximum = low * float(step), (low + count) * float(step)
    slider = widgets.FloatSlider(min=minimum, max=maximum, step=float(step), value=minimum)
    (control,) = read_controls({"w": slider})
    assert len(control.values) == count + 1
    assert all(len(repr(value)) <= 7 for value in control.values), control.values
    assert not any(repr(value).startswith("-0.0") and value == 0 for value in control.values)
    slider.close()


def test_zero_has_no_sign():
    (control,) = read_controls({"w": (-2.1, 2.1, 0.7)})  # −2.1 + 3 · 0.7 is −4e-16
    assert [repr(value) for value in control.values[2:5]] == ["-0.7", "0.0", "0.7"]


@given(st.integers(0, 20))
def test_a_sliders_noisy_value_is_read_as_the_recorded_one(i):
    (control,) = read_controls({"w": (0.0, 2.0, 0.1)})
    assert control.values[control.index(sum([0.1] * i))] == round(0.1 * i, 10)
    assert control.values[control.index(control.values[i] + 1e-12)] == control.values[i]


# Pictures


def scene(draw=line, name="line", size=(4.0, 3.0), **first):
    return Scene(draw, name, size).laid_out(first or {"w": 0.0})


def busy(ax, w):
    ax.plot([0, 1], [0, w], color=ORANGE, label="$x_1$")
    ax.fill_between([0, 1], [0, w], alpha=0.3, clip_on=True)
    ax.scatter([0.2, 0.7], [w, w])
    ax.set(xlabel="$w_1 < 2$", title="ä & b")
    ax.legend()


def test_no_id_is_left_that_nothing_points_at():
    text = markup(scene(busy).svg({"w": 1.0}))
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert ids and len(set(ids)) == len(ids)
    assert all(f"#{name}" in text for name in ids)


def test_two_figures_share_no_id():
    one, other = (
        {e.get("id") for e in scene(busy, name).svg({"w": 1.0}).iter() if e.get("id")} for name in ("one", "other")
    )
    assert one and other and not one & other


def test_colours_become_variables_with_the_light_colour_for_viewers_that_know_none():
    text = markup(scene(busy).svg({"w": 1.0}))
    for colour in (INK, GRID, ORANGE):
        assert f"var({THEME[colour][0]}, {colour})" in text
        assert not re.search(rf"(?<!, ){colour}", text)


def test_numbers_have_two_decimals_at_most():
    svg = scene(busy).svg({"w": 1 / 3})
    values = [
        value for e in svg.iter() for key, value in e.attrib.items() if key in ("d", "x", "y", "transform", "style")
    ]
    assert not [value for value in values if re.search(r"\.\d{3}", value)]


def test_same_state_same_picture_and_another_state_another():
    first, again, other = (markup(scene(busy).svg({"w": w})) for w in (1.0, 1.0, 0.5))
    assert first == again != other


def test_pictures_have_no_size_metadata_or_rules_for_other_pictures():
    svg = scene().svg({"w": 1.0})
    assert svg.tag == "svg" and not {"width", "height", "version"} & set(svg.keys())
    assert svg.get("viewBox") == "0 0 288 216" and svg.get("xmlns") == "http://www.w3.org/2000/svg"
    assert not {"metadata", "style"} & {e.tag for e in svg.iter()}


def test_tidy_by_hand():
    svg = ElementTree.fromstring(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" viewBox="0 0 9 9">'
        "<metadata>m</metadata><defs><style>*{}</style></defs>"
        '<g id="a"> <path id="b" d="M 1.23456 -0.001\nL 2.5 3e-05"/>'
        '<use href="#b" x="1.999" style="fill: #0072B2; stroke-width: 1.005"/></g></svg>'
    )
    assert markup(tidy(svg)) == (
        '<svg viewBox="0 0 9 9" style="stroke-linejoin: round; stroke-linecap: butt" xmlns="http://www.w3.org/2000/svg">'
        '<g><path id="b" d="M 1.23 0 L 2.5 3e-05" /><use href="#b" x="2" '
        'style="fill: var(--dl-blue, #0072b2); stroke-width: 1" /></g></svg>'
    )


def test_axes_stand_still_while_labels_change():
    def wide_labels(ax, w):
        ax.set_ylim(0, 10**w)

    scene_ = scene(wide_labels, w=0)
    boxes = {tuple(scene_.figure({"w": w}).axes[0].get_position().bounds) for w in (0, 3, 6)}
    assert boxes == set(scene_.boxes)


def several(fig, n):
    for ax in fig.subplots(1, n, squeeze=False)[0]:
        ax.plot([0, n])


def test_draw_may_ask_for_the_whole_figure():
    assert len(scene(several, n=2).figure({"n": 2}).axes) == 2


def test_a_changed_number_of_axes_is_an_error_that_names_the_state():
    with pytest.raises(ValueError, match=r"figure 'line' has 2 axes in its first state, 3 for \{'n': 3\}"):
        scene(several, n=2).svg({"n": 3})


def test_png_is_the_same_picture_each_time():
    assert scene().png({"w": 1.0}) == scene().png({"w": 1.0}) != scene().png({"w": 0.0})
    assert scene().png({"w": 1.0}).startswith(b"\x89PNG")


def test_the_style_serves_plain_figures_too():
    with plt.style.context(STYLE):
        assert plt.rcParams["axes.prop_cycle"].by_key()["color"][0] == BLUE
        assert plt.rcParams["svg.fonttype"] == "none"


# Recordings


def applied(svg, edits):
    """What live.js does: a copy of the picture with the edits applied to elements counted in the first one."""
    svg = deepcopy(svg)
    elements = list(svg.iter())
    children = {element: list(element) for element in elements}
    for number, *change in edits:
        element = elements[number]
        if len(change) == 3:
            start, end, text = change
            fresh = list(ElementTree.fromstring(f"<svg>{text}</svg>"))
            at = list(element).index(children[element][start]) if start < len(children[element]) else len(element)
            for old in children[element][start:end]:
                element.remove(old)
            for offset, new in enumerate(fresh):
                element.insert(at + offset, new)
        elif isinstance(change[0], str):
            element.text = change[0]
        else:
            for key, value in change[0].items():
                element.attrib.pop(key, None) if value is None else element.set(key, value)
    return svg


def alike(a, b):
    """The same tree: names, attributes, text and children; the order of attributes does not count."""
    same = a.tag == b.tag and a.attrib == b.attrib and (a.text or "") == (b.text or "") and len(a) == len(b)
    return same and all(alike(x, y) for x, y in zip(a, b, strict=True))


texts = st.sampled_from(["", "x", "<&>", "−1"])
attributes = st.dictionaries(st.sampled_from(["d", "x", "style", "transform"]), texts, max_size=3)


def element(children):
    def made(tag, given_, text, inner):
        node = ElementTree.Element(tag, given_)
        node.text = text or None
        node.extend(inner)
        return node

    return st.builds(made, st.sampled_from(["g", "path", "text"]), attributes, texts, children)


trees = element(st.recursive(st.just([]), lambda inner: st.lists(element(inner), max_size=4), max_leaves=12))


@given(trees, trees)
def test_applying_a_difference_gives_the_other_tree(first, other):
    other.tag = first.tag  # the root is always the svg element
    edits = json.loads(json.dumps(difference(first, other)))
    assert alike(applied(first, edits), ElementTree.fromstring(ElementTree.tostring(other)))


def test_no_difference_between_a_picture_and_itself():
    svg = scene(busy).svg({"w": 1.0})
    assert difference(svg, scene(busy).svg({"w": 1.0})) == []


def changing(ax, points, ticks, legend, text):
    if points:
        ax.plot(range(points), "o-", label="$y$")
    ax.set_xticks(range(ticks))
    ax.text(0, 0, text)
    if legend and points:
        ax.legend()


looks = st.tuples(st.integers(0, 4), st.integers(0, 5), st.booleans(), st.sampled_from(["", "a", "<b>"]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(looks, looks)
def test_applying_a_difference_gives_the_other_picture(one, two):
    names = ("points", "ticks", "legend", "text")
    one, two = (dict(zip(names, values, strict=True)) for values in (one, two))
    shared = scene(changing, **one)
    first, other = shared.svg(one), shared.svg(two)
    assert alike(applied(first, difference(first, other)), other)


def recording_of(figure):
    return record(figure.scene, figure.alt, figure.controls)[0]


def test_a_recording_by_hand(figure):
    said = recording_of(figure)
    assert said["controls"] == [
        {
            "name": "w",
            "kind": "range",
            "values": (0.0, 0.25, 0.5, 0.75, 1.0),
            "texts": ("0.00", "0.25", "0.50", "0.75", "1.00"),
        }
    ]
    assert said["start"] == 2 and said["states"][2] == []
    assert said["sentences"][0] == "A line of slope 0 < 9." and len(said["sentences"]) == 5


def test_states_are_counted_with_the_last_control_turning_fastest():
    figure = explore(
        lambda ax, a, b: ax.plot([a, b]), name="two", alt=lambda a, b: f"{a} and {b}.", a=(0, 2), b=["x", "y"]
    )
    said = recording_of(figure)
    assert said["sentences"] == ["0 and x.", "0 and y.", "1 and x.", "1 and y.", "2 and x.", "2 and y."]
    assert said["start"] == 2


def test_a_recording_plays_back_to_every_picture(figure):
    said, first = recording_of(figure), figure.scene.svg(figure.values)
    for w, numbers in zip(figure.controls[0].values, said["states"], strict=True):
        edits = [said["edits"][number] for number in numbers]
        assert alike(applied(first, edits), figure.scene.svg({"w": w}))


def test_a_state_that_cannot_be_drawn_is_named():
    figure = explore(lambda ax, w: ax.plot([1 / (w - 2)]), name="pole", alt=line_alt, w=(0, 2))
    with pytest.raises(RuntimeError, match=r"figure 'pole' cannot draw its state \{'w': 2\}: ZeroDivisionError"):
        recording_of(figure)


def test_a_sentence_that_cannot_be_told_is_an_error():
    figure = explore(line, name="mute", alt=lambda w: f"{1 / (w - 2)}", w=(0, 2))
    with pytest.raises(ZeroDivisionError):
        recording_of(figure)


@pytest.fixture
def counted(monkeypatch):
    """How often `record` was called."""
    calls = []
    monkeypatch.setattr(recording_module, "record", lambda *args: calls.append(args) or record(*args))
    return calls


def kept(figure, folder):
    return recorded(figure.scene, figure.alt, figure.controls, folder)


def test_a_recording_is_made_once(figure, tmp_path, counted):
    packed, report = kept(figure, tmp_path)
    assert kept(figure, tmp_path) == (packed, report) and len(counted) == 1
    assert json.loads(gzip.decompress(packed)) == json.loads(json.dumps(recording_of(figure)))
    assert report["name"] == "line" and report["states"] == 5 and report["bytes"] == len(packed)
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".gz", ".json"]


def test_a_recording_has_the_same_bytes_each_time(figure, tmp_path):
    assert kept(figure, tmp_path / "one")[0] == kept(figure, tmp_path / "two")[0]


def tell_otherwise(w):
    return f"Slope {w}."


@pytest.mark.parametrize(
    "other",
    [
        lambda: explore(line, name="line", alt=line_alt, w=(0.0, 1.0, 0.5)),
        lambda: explore(line, name="line", alt=line_alt, size=(4.0, 4.0), w=(0.0, 1.0, 0.25)),
        lambda: explore(busy, name="line", alt=line_alt, w=(0.0, 1.0, 0.25)),
        lambda: explore(line, name="line", alt=tell_otherwise, w=(0.0, 1.0, 0.25)),
    ],
    ids=["values", "size", "draw", "alt"],
)
def test_another_figure_is_recorded_anew(figure, tmp_path, counted, other):
    kept(figure, tmp_path)
    kept(other(), tmp_path)
    assert len(counted) == 2


def test_changed_sources_are_recorded_anew(figure, tmp_path, counted, monkeypatch):
    sources = tmp_path / "dlcore"
    sources.mkdir()
    (sources / "a.py").write_text("1")
    monkeypatch.setattr(recording_module.dlcore, "__file__", str(sources / "__init__.py"))
    for text, times in (("1", 1), ("1", 1), ("2", 2)):
        (sources / "a.py").write_text(text)
        kept(figure, tmp_path / "kept")
        assert len(counted) == times


def written_in_a_cell(source):
    names = {"__name__": "__main__"}
    exec(source, names)
    return explore(names["draw"], name="cell", alt=names.get("alt", line_alt), w=(0, 1))


CELL = """
k = 2
def helper(w):
    return k * w
def alt(w):
    return f"slope {w}"
def draw(ax, w):
    def inner():
        return [0, helper(w), 5]
    ax.plot(inner())
"""


@pytest.mark.parametrize(
    "before, after",
    [
        ("5]", "6]"),
        ("ax.plot", "ax.scatter([1], [2]); ax.plot"),
        ("k = 2", "k = 3"),
        ("k * w", "k + w"),
        ("slope", "S"),
    ],
    ids=["a number inside", "a call", "a global", "a helper", "the sentence"],
)
def test_what_changed_in_a_notebooks_cell_is_recorded_anew(tmp_path, before, after):
    one, other, again = (
        kept(written_in_a_cell(text), tmp_path)[0] for text in (CELL, CELL.replace(before, after), CELL)
    )
    assert one == again != other


def closing_over(k):
    return lambda ax, w: ax.plot([0, w, k])


class CallingWith:
    def __init__(self, k):
        self.k = k

    def __call__(self, ax, w):
        ax.plot([0, w, self.k])


@pytest.mark.parametrize("make", [closing_over, CallingWith])
def test_a_draw_function_without_a_name_is_recorded_each_time(tmp_path, make):
    one, other = (kept(explore(make(k), name="made", alt=line_alt, w=(0, 1)), tmp_path)[0] for k in (2, 3))
    assert one != other


def test_an_interrupted_recording_leaves_nothing_behind(figure, tmp_path, monkeypatch):
    def interrupted(file, target):
        if target.suffix == ".gz":
            raise KeyboardInterrupt
        return file.rename(target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        kept(figure, tmp_path)
    monkeypatch.undo()
    assert not list(tmp_path.glob("*.gz"))
    assert json.loads(gzip.decompress(kept(figure, tmp_path)[0]))["start"] == 2


# What a figure shows of itself


def test_with_a_kernel_it_shows_widgets_and_a_picture_for_those_who_have_none(figure):
    shown = figure._repr_mimebundle_()
    assert set(shown) == {"text/plain", "image/svg+xml", "image/png", "application/vnd.jupyter.widget-view+json"}
    assert shown["text/plain"] == "Figure line: A line of slope 0.5 < 9."
    picture, wanted = (ElementTree.fromstring(svg) for svg in (shown["image/svg+xml"], figure.svg({"w": 0.5})))
    assert difference(wanted, picture) == [[0, {key: picture.get(key) for key in ("style", "width")}]]


def test_in_a_notebook_a_small_picture_stays_small_and_no_picture_is_wider_than_its_cell():
    tiny = explore(lambda ax: ax.plot([0, 1]), name="tiny", alt=lambda: "A line.", size=(1.6, 1))
    picture = ElementTree.fromstring(tiny._repr_mimebundle_()["image/svg+xml"])
    assert picture.get("width") == "2in" and picture.get("style").endswith("; max-width: 100%")
    assert ElementTree.fromstring(tiny.svg()).get("width") is None  # a page's own style sheet says it


def test_without_controls_it_is_a_picture():
    still = explore(lambda ax: ax.plot([0, 1]), name="still", alt=lambda: "A line.")
    assert set(still._repr_mimebundle_()) == {"text/plain", "image/svg+xml", "image/png"}
    assert still.values == {}


@pytest.fixture
def building(monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    return tmp_path


def page_html(figure):
    (block,) = figure._repr_mimebundle_()[MIME]["blocks"]
    return block["html"]


def test_while_a_book_is_built_it_shows_a_recorded_page(figure, building):
    shown = figure._repr_mimebundle_()
    assert set(shown) == {"text/plain", "image/svg+xml", "image/png", MIME}
    assert shown[MIME]["report"]["states"] == 5
    assert list(building.glob("line-*.json.gz"))


def test_a_still_figures_page_needs_no_recording(building):
    still = explore(lambda ax: ax.plot([0, 1]), name="still", alt=lambda: "A line.")
    assert "dl-recording" not in page_html(still) and "<form" not in page_html(still)
    assert still._repr_mimebundle_()[MIME]["report"] is None and not list(building.iterdir())


def test_the_page_says_its_state_and_its_sentence(figure, building):
    text = page_html(figure)
    assert json.loads(html.unescape(re.search('data-state="(.*?)"', text)[1])) == {"w": 0.5}
    assert '<figcaption class="dl-sentence" aria-live="polite">A line of slope 0.5 &lt; 9.</figcaption>' in text
    assert 'aria-label="A line of slope 0.5 &lt; 9."' in text


CONTROLS = {
    "n": widgets.IntSlider(min=0, max=2, value=1, description="<n> & more"),
    "k": widgets.Dropdown(options=[("<a>", 'a"'), ("b", "b")], value="b"),
    "r": widgets.RadioButtons(options=["p", "<q>"], value="<q>"),
    "t": widgets.ToggleButtons(options=["u", "v"]),
    "c": widgets.Checkbox(value=True, description="c"),
    "s": widgets.Play(min=0, max=2, interval=70),
}


def test_every_control_is_native_labelled_and_escaped(building):
    figure = explore(lambda ax, n, k, r, t, c, s: ax.plot([n]), name="all", alt=lambda **_: "All.", **CONTROLS)
    form = page_html(figure)
    assert '<label for="all-n">&lt;n&gt; &amp; more</label>' in form
    assert 'id="all-n" name="n" min="0" max="2" step="1" value="1" aria-valuetext="1"' in form
    assert '<option value="0">&lt;a&gt;</option><option value="1" selected>b</option>' in form
    assert 'name="r" value="1" checked><span>&lt;q&gt;</span>' in form and "<legend>r</legend>" in form
    assert '<fieldset class="dl-control dl-buttons"><legend>t</legend>' in form
    assert '<input type="checkbox" id="all-c" name="c" checked>' in form
    assert 'data-interval="70">Play</button>' in form
    assert not re.search(r"<n>|<a>|<q>", form)


def box_of(figure):
    figure._repr_mimebundle_()
    return figure_module._shown[figure.scene.name]


def test_a_moved_widget_redraws_in_python(figure):
    slider, picture, sentence = box_of(figure).children
    slider.value = 1.0
    assert picture.value == figure.svg({"w": 1.0})
    assert sentence.value == "A line of slope 1 &lt; 9."


def test_a_failing_draw_shows_its_traceback_and_the_next_state_is_well():
    figure = explore(lambda ax, w: ax.plot([1 / (w - 2)]), name="pole", alt=line_alt, w=(0, 2))
    slider, _, sentence = box_of(figure).children
    slider.value = 2
    assert "ZeroDivisionError" in sentence.value and sentence.value.startswith("<pre>")
    slider.value = 1
    assert sentence.value == "A line of slope 1 &lt; 9."


def test_a_cell_run_again_closes_what_it_showed_before(figure):
    before = box_of(figure)
    again = explore(line, name="line", alt=line_alt, w=(0.0, 1.0, 0.25))
    after = box_of(again)
    assert before.comm is None and all(child.comm is None for child in before.children)
    assert after.comm is not None


def test_the_same_figure_shown_twice_stays_alive(figure):
    box_of(figure)
    slider, _, sentence = box_of(figure).children
    assert slider.comm is not None
    slider.value = 0.25
    assert sentence.value == "A line of slope 0.25 &lt; 9."


def test_draw_and_controls_must_agree():
    with pytest.raises(ValueError, match=r"figure 'line': draw takes \['w'\], but the controls are \['v'\]; name them"):
        explore(line, name="line", alt=line_alt, v=(0, 1))


@pytest.mark.parametrize("name", ["", "Line", "a b", "1st", 'a"b', "a_b", "ä"])
def test_names_that_cannot_be_ids(name):
    with pytest.raises(ValueError, match="lower-case letters, digits and hyphens"):
        explore(line, name=name, alt=line_alt, w=(0, 1))


def test_explore_returns_a_living_figure(figure):
    assert isinstance(figure, LivingFigure)


# The built page's side


class Markdown:
    """As much of a notebook renderer as the blocks of a page need."""

    def render_markdown(self, data):
        return [nodes.paragraph(text=data.string)]


def rendered(*blocks, inline=False):
    data = MimeData(MIME, {"blocks": list(blocks), "report": {"name": "line"}}, line=0, cell_metadata={})
    return PageRenderer.handle_mime(Markdown(), data, inline)


def test_blocks_of_a_page_become_nodes(monkeypatch):
    monkeypatch.setattr(renderer_module, "reports", [])
    html_, code, markdown = rendered({"html": "<b>b</b>"}, {"code": "1 + 1"}, {"markdown": "*m*"})
    assert isinstance(html_, nodes.raw) and html_.astext() == "<b>b</b>" and html_["format"] == "html"
    assert isinstance(code, nodes.literal_block) and code["language"] == "python" and code.astext() == "1 + 1"
    assert isinstance(markdown, nodes.paragraph) and markdown.astext() == "*m*"
    assert renderer_module.reports == [{"name": "line"}]


def test_blocks_are_not_for_the_middle_of_a_line_and_other_content_is_not_ours():
    assert rendered({"html": "<b>b</b>"}, inline=True) is None
    assert PageRenderer.handle_mime(Markdown(), MimeData("text/plain", "x"), False) is None


def test_an_unknown_block_is_an_error():
    with pytest.raises(ValueError, match="a page block is 'html', 'markdown' or 'code', not 'svg'"):
        rendered({"svg": ""})


@pytest.fixture
def extension(monkeypatch):
    monkeypatch.syspath_prepend(Path(__file__).parents[1] / "book" / "_ext")
    return importlib.import_module("dlcore_book")


@pytest.mark.parametrize(
    "costs, over", [((150_000, 20.0), False), ((150_001, 1.0), True), ((1, 20.1), True)], ids=["at", "bytes", "seconds"]
)
def test_a_figure_over_budget_fails_the_build_and_is_named(extension, monkeypatch, costs, over):
    report = {"name": "heavy", "states": 3, "bytes": costs[0], "seconds": costs[1]}
    monkeypatch.setattr(extension, "reports", [report])
    app = SimpleNamespace(env=SimpleNamespace(docname="page", metadata={"page": {}, "other": {}}))
    extension.remember_figures(app, None)
    assert extension.reports == [], "the next page of this process has figures of its own"
    extension.report_figures(app, RuntimeError("the build has failed for another reason"))
    if over:
        with pytest.raises(ExtensionError, match=r"figures over budget .*: heavy"):
            extension.report_figures(app, None)
    else:
        extension.report_figures(app, None)
