"""A progress bar for terminals. Where outputs are stored, as in notebooks, it stays silent."""

import sys


class Bar:
    """One line on a terminal, rewritten after every epoch: [#####.....] 5/10 loss 0.1234."""

    def __init__(self, total, *, visible=True, stream=None):
        self.total = total
        self.stream = sys.stderr if stream is None else stream
        self.visible = visible and self.stream.isatty()

    def show(self, done, loss):
        """Draw the bar for `done` of the total epochs."""
        if self.visible:
            full = round(20 * done / self.total)
            line = f"\r[{'#' * full}{'.' * (20 - full)}] {done}/{self.total} loss {loss:.4f}"
            self.stream.write(line)
            self.stream.flush()

    def close(self):
        """End the line."""
        if self.visible:
            self.stream.write("\n")
