"""The style sheet of the checker inside a guide's step, from those of its own page."""

import re
from pathlib import Path

STYLE = "component.css"
_SOURCES = (
    "macros/theme/assets/shared.css",
    "macros/theme/assets/timeline.css",
    "wasm/browser/check.css",
    "wasm/browser/card.css",
)
# In a shadow tree there is neither root nor body: what the page's have, its host has (CSS Scoping 1, 3.2).
_HOST = re.compile(r"^(:root|body)(?= \{)", re.MULTILINE)
# The theme makes a guide's rem a quarter and more larger than the browser's own, by which the sheets measure.
# A media query counts in the browser's own (Media Queries 4, 1.3), and stays.
_LENGTH = re.compile(r"^(?!@media)(.*)$", re.MULTILINE)
_REM = re.compile(r"(?<![\w.])(-?[\d.]+)rem\b")


def build_component_style(root: Path) -> bytes:
    """Return the rules of the checker's page for a shadow tree in a guide."""
    sheets = ((root / source).read_text(encoding="utf-8") for source in _SOURCES)
    text = _HOST.sub(":host", "\n".join(sheets))
    return _LENGTH.sub(lambda line: _REM.sub(_scale, line[1]), text).encode()


def _scale(length: re.Match[str]) -> str:
    """Write a length in the guide's own measure: 0.8 of its rem is the browser's 1rem."""
    return f"{float(length[1]) * 0.8:.6g}rem"
