"""A question's figure: drawn here from a function, or an object that shows itself."""
import io
import re
from html import escape

from dlcore.live.page import MIME

STROKES = "stroke-linejoin: round; stroke-linecap: butt"   # what matplotlib's style sheet says


def figure_blocks(question, id):
    """The figure's blocks of the built page."""
    if question.figure is None:
        return []
    if _is_drawing(question.figure):
        return [{"html": f'<div class="dlcore-picture" role="img" aria-label="{escape(question.alt)}">'
                         f"{svg(question.figure, id)}</div>"}]
    return question.figure._repr_mimebundle_()[MIME]["blocks"]


def bundle(question):
    """The figure's MIME bundle, for a notebook."""
    if _is_drawing(question.figure):
        return {"image/svg+xml": svg(question.figure, "quiz"), "text/plain": question.alt}
    return question.figure._repr_mimebundle_()


def _is_drawing(figure):
    return callable(figure) and not hasattr(figure, "_repr_mimebundle_")


def svg(draw, salt):
    """draw(ax) → SVG that leaves other pictures of the page alone: ids begin with `salt`, no style sheet."""
    import matplotlib
    from matplotlib.figure import Figure
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": salt}):
        figure = Figure(figsize=(5, 3.2), layout="constrained")
        draw(figure.subplots())
        stream = io.StringIO()
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    text = stream.getvalue()
    text = re.sub(r"(?s)<metadata>.*?</metadata>|<style.*?</style>", "", text[text.index("<svg"):])
    text = text.replace("<svg ", f'<svg style="{STROKES}" ', 1)
    return re.sub(r'(id="|href="#|url\(#)', rf"\g<1>{salt}-", text)
