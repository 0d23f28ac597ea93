"""The figures' colours by name, each with the colour that takes its place on a dark page.

`book.mplstyle` beside this file is the style itself; draw functions write "C0" … "C5" or these names.
In an SVG made here each of these colours becomes a CSS variable with the light colour as fallback, so one
stored picture serves the light page, the dark page and paper.
"""

INK, GRID, PAPER = "#222222", "#dddddd", "#ffffff"
BLUE, ORANGE, GREEN, PINK, BROWN, GREY = "#0072b2", "#d55e00", "#008a64", "#b5548f", "#946c00", "#666666"

STYLE = "dlcore.live.book"

# light colour -> (CSS variable, dark colour); book/_static/live.css is tested against this table
THEME = {
    INK: ("--dl-ink", "#e6e6e6"),
    GRID: ("--dl-grid", "#454c56"),
    PAPER: ("--dl-paper", "#121212"),
    BLUE: ("--dl-blue", "#56b4e9"),
    ORANGE: ("--dl-orange", "#ff8f45"),
    GREEN: ("--dl-green", "#2fcf9f"),
    PINK: ("--dl-pink", "#e79ac8"),
    BROWN: ("--dl-brown", "#e3b94c"),
    GREY: ("--dl-grey", "#a8a8a8"),
}
