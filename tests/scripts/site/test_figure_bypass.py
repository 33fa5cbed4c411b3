"""Drawn windows come out of Markdown as they would if it read them."""

import pytest
from markdown import markdown

from scripts.site.figure_bypass import FigureBypass
from tests.support import ROOT

GOLDEN = ROOT / "tests/macros/golden"
EXTENSIONS = ["admonition", "attr_list", "md_in_html", "pymdownx.details"]


@pytest.mark.parametrize("name", ["abc-renew.ja.md", "abc-renew.en.md", "abc-all.ja.md"])
def test_a_page_is_the_same_whether_markdown_reads_its_figures_or_not(name: str) -> None:
    """Not a byte differs: order of attributes, white space and what stands around a figure."""
    text = (GOLDEN / name).read_text(encoding="utf-8")
    assert '<figure aria-label="' in text
    bypass = FigureBypass()
    html = markdown(bypass.remove_figures(text), extensions=EXTENSIONS)
    assert html.count("<figure data-") == text.count("<figure ")
    assert bypass.restore_figures(html) == markdown(text, extensions=EXTENSIONS)


def test_nothing_in_a_figure_is_markdown() -> None:
    """Signs that Markdown knows stand in a window's words as they are."""
    figure = '<figure aria-label="a" class="win">\n<p>*a* [b](c.md)</p>\n</figure>'
    bypass = FigureBypass()
    html = markdown(bypass.remove_figures(f"*One.*\n\n{figure}\n"), extensions=EXTENSIONS)
    assert bypass.restore_figures(html) == f"<p><em>One.</em></p>\n{figure}"
