"""How ipywidgets show themselves in a notebook with a kernel, whichever version of ipywidgets the kernel has."""

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def view(widget):
    """What ipywidgets 8 calls `_repr_mimebundle_`; Colab has version 7, whose widgets can only display themselves."""
    return {WIDGET_VIEW: {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}}
