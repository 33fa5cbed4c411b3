"""What an editor types into a fact is what readers see."""

import re
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from macros.markdown.escaping import escape_text

# Those of mkdocs.yml.
EXTENSIONS = ["admonition", "attr_list", "md_in_html", "pymdownx.details", "toc"]


class PageReader(HTMLParser):
    """Reads the elements of a page, with their attributes, and its words."""

    def __init__(self, html: str) -> None:
        """Read a page."""
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(html)
        self.close()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs

    @override
    def handle_data(self, data: str) -> None:
        self.words += data


def show(text: str) -> PageReader:
    """Render a text as the site does, and read the page."""
    return PageReader(markdown.markdown(escape_text(text), extensions=EXTENSIONS))


@pytest.mark.parametrize(
    "text",
    [
        "Type <ID> here.",
        r"C:\temp\*.p12 and *.cer",
        "<script>alert(1)</script>",
        '<script id="check-data">{}</script>',
        "<img src=x onerror=alert(1)>",
        "a &lt; b &amp;lt; c & d",
        "Title { #top onclick=alert(1) }",
        "Title {: onclick=alert(1) }",
        "<javascript:alert(1)>",
        "<https://example.jp/>",
        "# no heading",
        '!!! danger "no box"',
        '??? danger "no box"',
        "[x]: javascript:alert(1)",
        "~~~",
        "</p></div></section><h1>x",
        "<!-- hidden -->",
        "<?php x ?>",
        "<![CDATA[x]]>",
    ],
)
def test_it_is_literal(text: str) -> None:
    """No element, no attribute, no stroke lost."""
    page = show(text)
    assert page.elements == ["p"]
    assert page.attributes == []
    assert page.words == text


def test_what_facts_may_use_is_used() -> None:
    """Links, bold, code and lists."""
    page = show("**Press** `certmgr.msc`, see [this](https://example.jp/?a=1&b=2):\n\n- `<ID>`\n- `{a}`")
    assert page.elements == ["p", "strong", "code", "a", "ul", "li", "code", "li", "code"]
    assert page.attributes == [("href", "https://example.jp/?a=1&b=2")]
    assert "Press certmgr.msc, see this:" in page.words
    assert re.findall(r"<ID>|\{a\}", page.words) == ["<ID>", "{a}"]


@given(st.text("<>&\\{}#:'\"=!?/;-a1 日", max_size=40))
def test_any_text_is_literal(text: str) -> None:
    """Whatever signs come together; only blanks at the ends and in a row are not kept apart."""
    page = show(f"a{text}")
    assert page.elements == ["p"]
    assert page.attributes == []
    assert " ".join(page.words.split()) == " ".join(f"a{text}".split())
