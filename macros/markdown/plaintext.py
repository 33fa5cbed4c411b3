"""Inline Markdown of the facts: its links, and the plain words without it."""

import re
from collections.abc import Callable, Iterator

_LINK = re.compile(r"\[(?P<words>[^\]]*)\]\([^)\s]+\)")
# A target counts also where the words before it hold brackets of their own.
_TARGET = re.compile(r"(?<=\]\()[^)\s]+(?=\))")
_CODE = re.compile(r"(`+).+?\1", re.DOTALL)
_EMPHASIS = re.compile(r"\*\*|`|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)")
_OPENING, _CLOSING = "「『（([“", "」』）)]”"


def find_link_targets(markdown: str) -> Iterator[str]:
    """Find the target of every link, in order."""
    return (match[0] for match in _TARGET.finditer(markdown))


def has_link(markdown: str) -> bool:
    """Tell whether there is a link."""
    return _TARGET.search(markdown) is not None


def replace_link_targets(markdown: str, replace: Callable[[str], str]) -> str:
    """Give every link the target that ``replace`` returns for its own."""
    return _TARGET.sub(lambda match: replace(match[0]), markdown)


def remove_code(markdown: str) -> str:
    """Leave out what stands between backticks: nothing in it is Markdown."""
    return _CODE.sub("", markdown)


def remove_links(markdown: str) -> str:
    """Leave of every link its words."""
    return _LINK.sub(r"\g<words>", markdown)


def remove_markdown(markdown: str) -> str:
    """Leave the words alone: links by their words, no emphasis, one line."""
    return " ".join(_EMPHASIS.sub("", remove_links(markdown)).split())


def cut_first_sentence(markdown: str) -> str:
    """Cut out the first sentence, without Markdown; a full stop inside brackets or quotes ends none."""
    words = remove_markdown(markdown)
    depth = 0
    for position, letter in enumerate(words):
        depth += (letter in _OPENING) - (letter in _CLOSING)
        if depth <= 0 and _ends_sentence(words, position):
            return words[: position + 1]
    return words


def _ends_sentence(words: str, position: int) -> bool:
    """Tell whether a sentence ends here.

    A full stop of Japanese always ends one; that of English where a space and no small letter follow.
    """
    if words[position] in "。！？":
        return True
    following = words[position + 1 : position + 3]
    return words[position] in ".!?" and following[:1] in ("", " ") and not following[1:].islower()
