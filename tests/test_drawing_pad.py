"""The pad of the chapter on digits: what is drawn reaches the network, and its answer the reader."""

import numpy as np
import pytest

from dlcore.figures.digits import DrawingPad
from dlcore.live.page import MIME, VARIABLE


def by_ink(x):
    """Ten probabilities that tell where the ink is: class k gets the share of the ink in row k."""
    shares = np.append(x.reshape(8, 8).sum(axis=1), [0, 0])
    return (shares / max(shares.sum(), 1))[np.newaxis]


@pytest.fixture
def pad():
    return DrawingPad(by_ink)


@pytest.fixture
def squares(pad):
    """The 64 buttons, with nothing drawn."""
    assert pad._box.children
    pad.clear()
    return pad._squares


def test_a_pressed_square_is_ink_at_its_place(pad, squares):
    squares[3 * 8 + 5].value = True
    assert pad.pixels.shape == (1, 64)
    assert np.flatnonzero(pad.pixels).tolist() == [3 * 8 + 5]
    assert squares[3 * 8 + 5].tooltip == "row 4, column 6"


def test_a_square_pressed_again_is_paper(pad, squares):
    squares[0].value = True
    squares[0].value = False
    assert not pad.pixels.any()


def test_the_sentence_and_the_bars_follow_the_drawing(pad, squares):
    for column in range(3):
        squares[2 * 8 + column].value = True
    squares[6 * 8].value = True
    assert "says 2 (75 %)" in pad._words.value
    assert "second choice is 6 (25 %)" in pad._words.value
    assert [bar.value for bar in pad._bars] == [0, 0, 0.75, 0, 0, 0, 0.25, 0, 0, 0]


def test_white_paper_is_not_shown_to_the_network(pad, squares):
    assert "white" in pad._words.value
    assert not any(bar.value for bar in pad._bars)


@pytest.mark.parametrize(("name", "place"), [("right", 28), ("left", 26), ("down", 35), ("up", 19)])
def test_the_buttons_move_the_drawing(pad, squares, name, place):
    squares[27].value = True
    button = next(b for b in pad._box.children[1].children if b.description == name)
    button.click()
    assert np.flatnonzero(pad.pixels).tolist() == [place]
    assert [square.value for square in squares].index(True) == place


def test_ink_that_leaves_the_paper_is_lost(pad, squares):
    squares[7].value = True
    pad.move(1, 0)
    assert not pad.pixels.any()


def test_the_clear_button_gives_white_paper(pad):
    assert pad.pixels.any()
    pad._box.children[1].children[0].click()
    assert not pad.pixels.any()
    assert not any(square.value for square in pad._squares)


def test_a_change_makes_one_prediction_not_one_for_each_square(pad):
    calls = []
    pad._box.children[1].children[0].click()
    pad.predict = lambda x: calls.append(1) or by_ink(x)
    pad.draw(np.eye(8))
    assert len(calls) <= 2


def test_with_a_kernel_it_shows_widgets_and_a_picture(pad):
    bundle = pad._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "<svg" in bundle["image/svg+xml"]
    assert "running notebook" in bundle["text/plain"]


def test_on_a_page_it_is_a_still_picture_that_says_what_it_needs(pad, monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    bundle = pad._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" not in bundle
    assert "needs a running notebook" in bundle[MIME]["blocks"][0]["html"]


def test_the_picture_follows_the_drawing(pad, squares):
    before = pad._repr_mimebundle_()["image/svg+xml"]
    squares[0].value = True
    assert pad._repr_mimebundle_()["image/svg+xml"] != before
