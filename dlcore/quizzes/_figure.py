"""A question's figure: drawn here from a function, or an object that shows itself."""
import io
import re
from html import escape

from dlcore.live.page import MIME


def figure_blocks(question, id):
    """The figure's blocks of the built page."""
    if question.figure is None:
        return []
    if callable(question.figure):
        return [{"html": f'<div class="dlcore-picture" role="img" aria-label="{escape(question.alt)}">'
                         f"{svg(question.figure, id)}</div>"}]
    return question.figure._repr_mimebundle_()[MIME]["blocks"]


def bundle(question):
    """The figure's MIME bundle, for a notebook."""
    if not callable(question.figure):
        return question.figure._repr_mimebundle_()
    return {"image/svg+xml": svg(question.figure, "quiz"), "text/plain": question.alt}


def svg(draw, salt):
    """draw(ax) → SVG whose ids begin with `salt`, so that several pictures live on one page."""
    import matplotlib
    from matplotlib.figure import Figure
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": salt}):
        figure = Figure(figsize=(5, 3.2), layout="constrained")
        draw(figure.subplots())
        stream = io.StringIO()
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    text = stream.getvalue()
    return re.sub(r'(id="|href="#|url\(#)', rf"\g<1>{salt}-", text[text.index("<svg"):])
