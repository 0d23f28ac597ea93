"""Living figures: one draw function, alive with a kernel and on the static page without one.

    explore(draw, name="sigmoid", alt=describe, w=(-5.0, 5.0, 0.5))

`draw(ax, **values)` is pure and draws one state; everything else follows. With a kernel, ipywidgets redraw it
in Python. While a book is built, every state is recorded into the page, where a small script plays it back.
"""

__all__ = ["LivingFigure", "explore"]


def __getattr__(name):
    """Matplotlib and ipywidgets are loaded with the first figure: exercises and claims show themselves without."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        from dlcore.live import figure
    except ModuleNotFoundError as missing:
        package = missing.name.partition(".")[0]
        raise ModuleNotFoundError(
            f"A living figure needs {package}, which is missing here. In a notebook, run "
            "%pip install matplotlib ipywidgets and then this cell again.",
            name=package,
        ) from missing
    return getattr(figure, name)
