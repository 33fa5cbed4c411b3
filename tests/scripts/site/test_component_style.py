"""The checker's style sheet for a step of a guide."""

import re

from scripts.site.component_style import build_component_style
from tests.support import ROOT


def find_media_queries(sheet: str) -> list[str]:
    """Find the lines that begin a media query."""
    return re.findall(r"^@media.*$", sheet, re.MULTILINE)


def test_lengths_and_hosts() -> None:
    """Lengths are in the guide's rem, media queries in the browser's; root and body are the tree's host."""
    own = (ROOT / "wasm/browser/check.css").read_text(encoding="utf-8")
    text = build_component_style(ROOT).decode()
    assert "--cg-button-height: 2.75rem" in own
    assert "--cg-button-height: 2.2rem" in text
    assert not re.search(r"^(:root|body) \{", text, re.MULTILINE)
    sources = [ROOT / f"macros/theme/assets/{name}.css" for name in ("shared", "timeline")]
    sources += [ROOT / f"wasm/browser/{name}.css" for name in ("check", "card")]
    queries: list[str] = []
    for source in sources:
        queries += find_media_queries(source.read_text(encoding="utf-8"))
    assert queries == find_media_queries(text)
