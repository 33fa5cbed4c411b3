"""What helpdesks are given: a step's first sentence as plain words, and the data of the page ``/send/``."""

import re
from typing import Any

from macros import PACKAGE
from macros.addressing.addresses import page_url, relative_url
from macros.loading.wording import load_strings
from macros.model.guide import Text
from macros.pages.assets import Assets

REF = "send"
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]+\)")
_MARKS = re.compile(r"\*\*|`|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)")
_OPENING, _CLOSING = "「『（([“", "」』）)]”"


def first_sentence(text: Text, language: str) -> str:
    """The first sentence without Markdown: what a mail says beside the link."""
    words = plain(getattr(text, language))
    depth = 0
    for at, letter in enumerate(words):
        depth += (letter in _OPENING) - (letter in _CLOSING)
        if depth <= 0 and _ends_sentence(words, at):
            return words[: at + 1]
    return words


def _ends_sentence(words: str, at: int) -> bool:
    """A full stop of Japanese always ends one; that of English where a space and no small letter follow."""
    if words[at] in "。！？":
        return True
    following = words[at + 1 : at + 3]
    return words[at] in ".!?" and following[:1] in ("", " ") and not following[1:].islower()


def plain(markdown: str) -> str:
    """Inline Markdown as plain words: links by their text, no emphasis, one line."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", markdown)).split())


def data(assets: Assets, language: str) -> dict[str, Any]:
    """The data block of ``/send/`` or ``/en/send/``; every address is relative to that page.

    Raises:
        FactsError: the page's words are not complete.
    """
    here = page_url(REF, language)
    strings = load_strings(PACKAGE / "strings" / "send.yaml", PACKAGE.parent)
    return {
        "lang": language,
        "root": relative_url("", here),
        "index": relative_url("api/authorities.json", here),
        "qr": relative_url(assets.groups["qr"].files["index.mjs"].path, here),
        "strings": strings.of(language),
    }
