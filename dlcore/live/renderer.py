"""The Sphinx side of dlcore.live.page: turns an object's blocks into document nodes.

myst-nb finds `PageRenderer` through the entry point in pyproject.toml, so no book has to configure it.
"""

from docutils import nodes
from myst_nb.core.render import MimeData, MimeRenderPlugin

from dlcore.live.page import MIME

reports: list[dict] = []  # what each recorded figure of the page that is being read costs; book/_ext collects them


class PageRenderer(MimeRenderPlugin):
    mime_priority_overrides = (("html", MIME, 1),)  # before widget views, SVG and PNG; other builders never see it

    @staticmethod
    def handle_mime(renderer, data: MimeData, inline: bool):
        if inline or data.mime_type != MIME:
            return None
        reports.extend(filter(None, [data.content.get("report")]))
        return [node for block in data.content["blocks"] for node in _nodes(renderer, data, block)]


def _nodes(renderer, data: MimeData, block: dict[str, str]) -> list[nodes.Element]:
    ((kind, text),) = block.items()
    if kind == "html":
        return [nodes.raw(text, text, format="html")]
    if kind == "code":
        return [nodes.literal_block(text, text, language="python", classes=["dlcore-solution"])]
    if kind == "markdown":
        return renderer.render_markdown(
            MimeData("text/markdown", text, line=data.line, cell_metadata=data.cell_metadata)
        )
    raise ValueError(f"a page block is 'html', 'markdown' or 'code', not {kind!r}.")
