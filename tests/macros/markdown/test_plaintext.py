"""Markdown of the facts as plain words, and the first sentence of a text, which helpdesks are given."""

import pytest

from macros.markdown.plaintext import cut_first_sentence, find_link_targets, has_link, replace_link_targets


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("「次へ(N)」を押します。画面が変わります。", "「次へ(N)」を押します。"),
        ("「終了しました。」と出たら閉じます。次です。", "「終了しました。」と出たら閉じます。"),
        (
            "**[更新する](boj/renew)**を開き、`certmgr.msc`と打ちます。",
            "更新するを開き、certmgr.mscと打ちます。",
        ),
        ("一つだけ", "一つだけ"),
    ],
)
def test_a_japanese_sentence_ends_at_its_full_stop(words: str, sentence: str) -> None:
    """Not at one inside brackets, where it belongs to a label; Markdown goes, its words stay."""
    assert cut_first_sentence(words) == sentence


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Press 「次へ(N)」 (Next). Then wait.", "Press 「次へ(N)」 (Next)."),
        ("Use a new PC, e.g. that of a colleague. Go on.", "Use a new PC, e.g. that of a colleague."),
        ("Open `client.pfx` now. Go on.", "Open client.pfx now."),
        ("Read _this_ (all of it. Really.) first. Go on.", "Read this (all of it. Really.) first."),
        ("Keep my_file_name as it is.", "Keep my_file_name as it is."),
    ],
)
def test_an_english_sentence_ends_before_the_next(words: str, sentence: str) -> None:
    """A full stop ends it where a space follows and no small letter; not inside brackets or a file's name."""
    assert cut_first_sentence(words) == sentence


def test_links_are_found_and_replaced_by_their_targets() -> None:
    """The words of a link stay, also where they hold brackets of their own."""
    markdown = "[a](boj/renew), [b [c]](check) and (d)"
    assert list(find_link_targets(markdown)) == ["boj/renew", "check"]
    assert replace_link_targets(markdown, str.upper) == "[a](BOJ/RENEW), [b [c]](CHECK) and (d)"
    assert has_link(markdown)
    assert not has_link("[a] (d)")
