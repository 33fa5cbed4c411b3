"""What a helpdesk is given of each step: its first sentence as plain words."""

import json

import pytest

from macros.exports import publish
from macros.model.facts import Facts
from macros.model.guide import Text
from macros.pages.send import first_sentence


def said(words: str, language: str) -> str:
    """The first sentence of a text that is the same in both languages."""
    return first_sentence(Text(ja=words, en=words), language)


@pytest.mark.parametrize(
    ("words", "first"),
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
def test_a_japanese_sentence_ends_at_its_full_stop(words: str, first: str) -> None:
    """Not at one inside brackets, where it belongs to a label; Markdown goes, its words stay."""
    assert said(words, "ja") == first


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Press 「次へ(N)」 (Next). Then wait.", "Press 「次へ(N)」 (Next)."),
        ("Use a new PC, e.g. that of a colleague. Go on.", "Use a new PC, e.g. that of a colleague."),
        ("Open `client.pfx` now. Go on.", "Open client.pfx now."),
        ("Read _this_ (all of it. Really.) first. Go on.", "Read this (all of it. Really.) first."),
        ("Keep my_file_name as it is.", "Keep my_file_name as it is."),
    ],
)
def test_an_english_sentence_ends_before_the_next(words: str, first: str) -> None:
    """A full stop ends it where a space follows and no small letter; not inside brackets or a file's name."""
    assert said(words, "en") == first


def test_every_step_has_its_sentence_without_markdown(facts: Facts) -> None:
    """What goes into a mail holds no marks of Markdown and no reference, in either language."""
    index = json.loads(json.dumps(publish.api(facts, "abc")))
    guides = [guide for entry in index["authorities"] for guide in entry["guides"]] + index["shared_guides"]
    for part in [*guides, *(step for guide in guides for step in guide["steps"])]:
        for words in part["first"].values():
            assert words
            assert not {"**", "`", "]("} & {
                words[at : at + size] for size in (1, 2) for at in range(len(words))
            }
