"""How a certificate is recognised is said in words: nobody reads a pattern's signs."""

from pathlib import Path

import pytest

from macros.loading.load import load_facts
from macros.loading.wording import load_site_words
from macros.markdown.escaping import escape_text
from macros.pages.mark_words import describe_pattern
from macros.pages.render import render_site
from tests.macros.conftest import ASSETS, BUILD, ReplacePassage


@pytest.mark.parametrize(
    ("pattern", "ja", "en"),
    [
        ("F[0-9]{6}", "「F」、数字（6文字）", "「F」, then digits (6)"),
        (r"^TSE-CA\d+$", "「TSE-CA」、数字（1文字以上）", "「TSE-CA」, then digits (1 or more)"),
        (
            "[A-Z][a-z]{2,4}",
            "英大文字（1文字）、英小文字（2～4文字）",
            "capital letters (1), then small letters (2 to 4)",
        ),
        (
            "[^ ]*@x",
            "「 」以外の文字（0文字以上）、「@x」",
            "characters other than 「 」 (0 or more), then 「@x」",
        ),
        (
            ".?[ab]{2}",
            "任意の文字（0～1文字）、「ab」のどれか（2文字）",
            "any characters (0 to 1), then any of 「ab」 (2)",
        ),
        (r"a\.b", "「a.b」", "「a.b」"),
    ],
)
def test_a_pattern_is_its_parts_in_order(pattern: str, ja: str, en: str) -> None:
    """Literal characters as they stand, classes by their names, and how many of each."""
    strings = load_site_words()
    assert describe_pattern(pattern, strings, "ja") == ja
    assert describe_pattern(pattern, strings, "en") == en


def test_the_page_says_all_that_has_to_match(replace_passage: ReplacePassage, tmp_path: Path) -> None:
    """Several fields stand in one sentence."""
    also = 'equals: Imaginary CA\n    also: [{field: issuer.OU, pattern: "C[0-9]{2}"}]'
    root = replace_passage("abc/authority.yaml", "equals: Imaginary CA", also)
    render_site(load_facts(root), tmp_path / "out", ASSETS, BUILD)
    page = (tmp_path / "out/abc/index.ja.md").read_text(encoding="utf-8")
    assert (
        "- 発行者の名前（CN）が「Imaginary CA」、かつ発行者の部門（OU）が、「C」、数字（2文字）の順\n" in page
    )
    assert "[0-9]" not in page


def test_a_contact_may_have_a_web_address(replace_passage: ReplacePassage, tmp_path: Path) -> None:
    """It is a link on the page of contacts."""
    old, new = "email: desk@example.jp", "url: https://example.jp/contact?a=1&b=2"
    root = replace_passage("abc/authority.yaml", old, new)
    render_site(load_facts(root), tmp_path / "out", ASSETS, BUILD)
    page = (tmp_path / "out/abc/contacts.ja.md").read_text(encoding="utf-8")
    url = "https://example.jp/contact?a=1&b=2"
    assert f"- ウェブサイト: [{escape_text(url)}]({url})" in page
