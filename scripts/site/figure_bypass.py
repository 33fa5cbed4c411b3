"""Keeps drawn windows and pictures out of Python-Markdown: they are HTML, and most of the tags of a page.

This saves a tenth of the build's work. The Markdown in ``build/pages`` stays whole, for any other renderer.
"""

import re

# As screen.html.jinja and picture.html.jinja write them, with the attributes in the order of Markdown's own.
_FIGURE = re.compile(
    r'^<figure (?:aria-label="[^"]*" class="win"|class="picture")>\n.*?^</figure>$', re.DOTALL | re.MULTILINE
)
# Stands in for a figure: an element of the same kind, and so a block for Markdown.
_STAND_IN = '<figure data-picture="{}"></figure>'
_STAND_INS = re.compile(_STAND_IN.format(r"(\d+)"))


class FigureBypass:
    """Removes the figures of a page before it is rendered, and restores them afterwards."""

    def __init__(self) -> None:
        """Begin without any."""
        self._figures: list[str] = []

    def remove_figures(self, markdown: str) -> str:
        """Return a page's Markdown without its figures, which wait for :meth:`restore_figures`."""
        self._figures = _FIGURE.findall(markdown)
        numbers = iter(range(len(self._figures)))
        return _FIGURE.sub(lambda _: _STAND_IN.format(next(numbers)), markdown)

    def restore_figures(self, html: str) -> str:
        """Return the HTML of that Markdown with the figures in their places."""
        return _STAND_INS.sub(lambda match: self._figures[int(match[1])], html)
