"""README is short, and its table and its tree are what the repository holds."""

import re

from scripts.measuring.summary import render_summary
from tests.support import ROOT

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def test_length() -> None:
    """README has at most 700 words: details belong in docs-dev."""
    assert len(TEXT.split()) <= 700


def test_results_are_those_of_the_reports() -> None:
    """The table of results is derived from the reports in docs-dev: five rows, no figure typed by hand."""
    results = TEXT.split("<!-- results -->\n")[1].split("<!-- /results -->\n")[0]
    assert results == render_summary(ROOT / "docs-dev")
    assert len(results.splitlines()) == 2 + 5


def test_every_room_is_in_the_tree() -> None:
    """The tree names every top folder, and every sub-package of macros, certcheck and scripts."""
    tree = TEXT.split("## Where things are\n")[1].split("\n## ")[0]
    named = set(re.findall(r"([\w-]+)/", tree))
    top = ("docs", "macros", "wasm", "deploy", "scripts", "tests", "docs-dev")
    rooms = [
        path.parent.name
        for package in ("macros", "wasm/certcheck", "scripts")
        for path in (ROOT / package).glob("*/__init__.py")
    ]
    assert {*top, *rooms} - named == set()


def test_every_command_is_documented() -> None:
    """docs-dev/commands.md has a row for each executable file in scripts/."""
    text = (ROOT / "docs-dev/commands.md").read_text(encoding="utf-8")
    files = [path for path in (ROOT / "scripts").iterdir() if path.is_file()]
    commands = {path.name for path in files if path.stat().st_mode & 0o111}
    assert commands
    assert commands - set(re.findall(r"`scripts/([\w-]+)", text)) == set()
