r"""Texts of the facts as Markdown in which all is literal but what facts may use: links, bold, code, lists.

What an editor types is what readers see: ``<ID>`` is no element, and ``C:\temp\*.p12`` keeps each stroke.
"""

import re

_PIECES = re.compile(
    r"(?P<code>(?P<ticks>`+)(?P<inside>.+?)(?P=ticks))"
    r"|(?P<target>(?<=\])\([^)\s]+\))"
    r"|(?P<bold>\*\*)"
    # Headings, admonitions, fences, definitions of link targets, underlines of headings.
    r"|(?P<block>^ *(?:\#(?=[# ])|!(?=!!)|\?(?=\?\?)|~(?=~~)|\[(?=[^\]]*\]:)|=(?==* *$)))"
    r"|(?P<sign>[&<>\\{}*\"])",
    re.DOTALL | re.MULTILINE,
)
# In code that Markdown might take for something else.
_RISKY = re.compile(r"[<>&{}\"\n\\]")


def escape_text(text: str) -> str:
    """Escape what Markdown, HTML and lists of attributes would take for their own.

    Args:
        text: of the facts, as it was typed.
    """
    return _PIECES.sub(_escape_piece, text)


def _escape_piece(match: re.Match[str]) -> str:
    if match["target"] or match["bold"]:
        return match[0]
    if match["code"]:
        inside = match["inside"]
        return f"<code>{_encode(inside.strip())}</code>" if _RISKY.search(inside) else match[0]
    piece = match[0]
    return piece[:-1] + _encode(piece[-1])


def _encode(words: str) -> str:
    """Write each sign as a character reference, which neither Markdown nor HTML reads as anything else."""
    return "".join(
        letter if letter.isalnum() or letter.isspace() else f"&#{ord(letter)};" for letter in words
    )
