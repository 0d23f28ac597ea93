"""The chapters' figures: one module a chapter, each figure a pure draw function and a sentence for its state.

`draw(ax, **values)` (or `draw(fig, **values)`) is what `dlcore.explore` turns into a living figure;
`draw_alt(**values)` says in words what the picture of that state shows.
"""
