"""Drawn windows pass by Python-Markdown: they are HTML already, and most of the tags that it would read.

That takes a tenth off the build's work. The Markdown in ``build/pages`` stays whole, for any other renderer.
"""

import re

# As macros/templates/screen.html.jinja writes it; Markdown, too, would put the attributes in this order.
_PICTURE = re.compile(r'^<figure aria-label="[^"]*" class="win">\n.*?^</figure>$', re.DOTALL | re.MULTILINE)
# What stands in its place, an element of the same kind, and so a block for Markdown.
_PLACE = '<figure data-picture="{}"></figure>'
_PLACES = re.compile(_PLACE.format(r"(\d+)"))


class Pictures:
    """Those of the page that is being made."""

    def __init__(self) -> None:
        """None yet."""
        self._taken: list[str] = []

    def taken_out(self, markdown: str) -> str:
        """The page's Markdown without its pictures, which are kept until :meth:`put_back`."""
        self._taken = _PICTURE.findall(markdown)
        places = iter(range(len(self._taken)))
        return _PICTURE.sub(lambda _: _PLACE.format(next(places)), markdown)

    def put_back(self, html: str) -> str:
        """What became of that Markdown, with the pictures."""
        return _PLACES.sub(lambda place: self._taken[int(place[1])], html)
