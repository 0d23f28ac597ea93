"""Living figures: one draw function, alive with a kernel and on the static page without one.

    explore(draw, name="sigmoid", alt=describe, w=(-5.0, 5.0, 0.5))

`draw(ax, **values)` is pure and draws one state; everything else follows. With a kernel, ipywidgets redraw it
in Python. While a book is built, every state is recorded into the page, where a small script plays it back.
"""

from dlcore.live.figure import LivingFigure, explore

__all__ = ["LivingFigure", "explore"]
