"""What exercises display: text in the terminal, markdown in a notebook, folded help on the built page."""

from dlcore.live.page import MIME, for_page


class Shown:
    """A text in markdown, and a function that makes the blocks that stand for it on the built page."""

    def __init__(self, text, blocks=list):
        self.text, self.blocks = text, blocks

    def __repr__(self):
        return self.text

    def _repr_mimebundle_(self, include=None, exclude=None):
        bundle = {"text/plain": self.text, "text/markdown": self.text}
        if for_page():
            bundle[MIME] = {"blocks": self.blocks()}
        return bundle


class Reply(Shown):
    """What `check` answers: `passed`, a `status` in one or two words, and a `text` for the learner.

    `status` is "passed", "not attempted", "recognised" (a known mistake), "wrong", "crashed", "too slow", or
    "broken" (the exercise itself).
    """

    def __init__(self, status, text, blocks=list):
        super().__init__(text, blocks)
        self.status, self.passed = status, status == "passed"


def folded(summary, blocks, name):
    """Blocks that the reader unfolds with a click or the Enter key; no script is needed."""
    opening = f'<details class="dlcore-{name}"><summary>{summary}</summary>'
    return [{"html": opening}, *blocks, {"html": "</details>"}]
