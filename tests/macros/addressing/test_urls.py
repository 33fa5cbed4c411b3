"""Every emitted address is relative to the page it stands on."""

import posixpath

from hypothesis import given
from hypothesis import strategies as st

from macros.addressing.urls import build_markdown_link, build_page_url, build_relative_url, relink

SLUG = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
REF = st.one_of(st.sampled_from(["index", "check"]), st.builds("{}/{}".format, SLUG, SLUG))
LANGUAGE = st.sampled_from(["ja", "en"])


def test_pages_have_the_documented_addresses() -> None:
    """Japanese at the root, English below en/, an authority's own page in its folder."""
    assert build_page_url("boj/renew", "ja") == "boj/renew/"
    assert build_page_url("boj/renew", "en") == "en/boj/renew/"
    assert build_page_url("boj/index", "ja") == "boj/"
    assert build_page_url("index", "ja") == ""
    assert build_page_url("index", "en") == "en/"


@given(REF, LANGUAGE, REF, LANGUAGE, st.one_of(st.just(""), SLUG))
def test_a_relative_address_leads_back_to_its_target(
    target: str, target_language: str, page: str, page_language: str, fragment: str
) -> None:
    """From any page, below any path, the address resolves to the target."""
    target_url = build_page_url(target, target_language)
    page_url = build_page_url(page, page_language)
    address = build_relative_url(target_url + (f"#{fragment}" if fragment else ""), page_url)
    assert not address.startswith("/")
    path, _, relative_fragment = address.partition("#")
    resolved = posixpath.normpath(posixpath.join("/a/b", page_url, path))
    assert resolved == posixpath.normpath(posixpath.join("/a/b", target_url))
    assert relative_fragment == fragment
    assert path.endswith("/")


def test_links_in_texts_become_links_between_markdown_files() -> None:
    """A reference is rewritten for the page it stands on; outward addresses stay."""
    assert relink("[a](boj/export#run) [b](check) [c](https://example.jp/x)", "boj/renew") == (
        "[a](export.md#run) [b](../check.md) [c](https://example.jp/x)"
    )
    assert build_markdown_link("mailto:a@example.jp", "boj/renew") == "mailto:a@example.jp"
