"""The words of the theme's scripts are complete, and none is left over."""

import re

from macros.loading.wording import load_site_words
from tests.support import ROOT

THEME = ROOT / "macros/theme"


def test_scripts_and_words_agree() -> None:
    """What a script says stands in macros/strings/site.yaml, and what stands there is said."""
    scripts = [file.read_text(encoding="utf-8") for file in sorted(THEME.rglob("*.mjs"))]
    using = [script for script in scripts if '/page-words.mjs"' in script]
    said = {code for script in using for code in re.findall(r'"([a-z.-]+)"', script)}
    written = {code.removeprefix("script.") for code in load_site_words().words if code.startswith("script.")}
    asked = {code for script in using for code in re.findall(r'\bsay\("([\w.-]+)"', script)}
    assert asked <= written
    assert written <= said
