"""The words of the theme's scripts are complete, and none is left over."""

import re

from macros.loading.wording import load_site_words
from tests.support import ROOT

THEME = ROOT / "macros/theme"


def test_scripts_and_words_agree() -> None:
    """What a script says stands in macros/strings/site.yaml, and what stands there is said."""
    scripts = [file.read_text(encoding="utf-8") for file in sorted(THEME.rglob("*.mjs"))]
    users = [script for script in scripts if '/page-words.mjs"' in script]
    quoted = set(re.findall(r'"([a-z.-]+)"', "\n".join(users)))
    written = {code.removeprefix("script.") for code in load_site_words().words if code.startswith("script.")}
    used = set(re.findall(r'\bsay\("([\w.-]+)"', "\n".join(users)))
    assert used <= written
    assert written <= quoted
