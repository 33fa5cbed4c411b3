"""Pages written by hand: a list of elements, links outwards by few schemes, macros in a sandbox."""

import re
import shutil
from pathlib import Path

import pytest

from macros.loading.page_markup import check_page_markup
from macros.loading.problems import FactsError
from macros.model.facts import Facts
from macros.pages import render
from tests.macros.conftest import ASSETS, BUILD
from tests.support import ROOT


def list_mistakes(folder: Path, text: str) -> list[str]:
    """List the mistakes of a page."""
    (folder / "page.en.md").write_text(text, encoding="utf-8")
    return [problem.describe("en") for problem in check_page_markup(folder, folder)]


def test_the_pages_of_this_site_are_taken() -> None:
    """Each keeps to the list."""
    assert list(check_page_markup(ROOT / "docs", ROOT)) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<script>alert(1)</script>", "<script> cannot be used"),
        ("a <SCRIPT src=x> b", "<script> cannot be used"),
        ("<iframe src='https://example.jp/'></iframe>", "<iframe> cannot be used"),
        ("<style>body {display: none}</style>", "<style> cannot be used"),
        ("<meta http-equiv='refresh' content='0'>", "<meta> cannot be used"),
        ("<form action='https://example.jp/'>", "<form> cannot be used"),
        ("<svg onload='alert(1)'>", "<svg> cannot be used"),
        ("<p onclick='alert(1)'>x</p>", 'the attribute "onclick" cannot be used'),
        ("<p style='color: red'>x</p>", 'the attribute "style" cannot be used'),
        ("# Title { onclick=alert(1) }", 'the attribute "onclick=alert(1)" cannot be used'),
        ("<a href='javascript:alert(1)'>x</a>", 'link to "javascript:alert(1)"'),
        ("<a href=' java\nscript:alert(1)'>x</a>", 'link to " java'),
        ("[x](javascript:alert(1))", 'link to "javascript:alert(1"'),
        ("[x](<data:text/html,x>)", 'link to "data:text/html,x"'),
        ("[x][1]\n\n[1]: vbscript:x", 'link to "vbscript:x"'),
        ("[x](//example.jp/)", 'link to "//example.jp/"'),
        ("[x](http://example.jp/)", 'link to "http://example.jp/"'),
        ("<div id='checker'></div>", 'the id "checker" is one of the page itself'),
        ("<!DOCTYPE x>", "<!DOCTYPE x> cannot be used"),
    ],
)
def test_what_is_not_on_the_list_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """With the page, the line and the reason."""
    mistakes = list_mistakes(tmp_path, f"# Title\n\n{text}\n")
    assert any(re.match(rf"page\.en\.md:[3-5]: {re.escape(message)}", mistake) for mistake in mistakes)


@pytest.mark.parametrize(
    "text",
    [
        "<details id='a' markdown='1'>\n<summary>x</summary>\n</details>",
        "<noscript markdown='1'>x</noscript>",
        "Type `<script>` or ``[x](javascript:x)``.",
        "[x](https://example.jp/), [y](mailto:a@example.jp), [z](check.md#by-hand){ .md-button }",
        '{{ page.say("site.check") }} { #top }',
    ],
)
def test_what_pages_need_is_taken(tmp_path: Path, text: str) -> None:
    """Elements that fold and group, code that names others, links within the site and outwards."""
    assert list_mistakes(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ page.say.__globals__ }}", "unsafe"),
        ("{{ page.__class__.__mro__ }}", "unsafe"),
        ("{{ ''.__class__ }}", "unsafe"),
        ("{{ page.inputs.facts.authorities.clear() }}", "unsafe"),
        ("{{ page.nothing() }}", "nothing"),
        ("{% for %}", ""),
    ],
)
def test_macros_run_in_a_sandbox(
    facts: Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, reason: str
) -> None:
    """A page reaches what its context offers; anything else ends the build with page and line."""
    package = tmp_path / "macros"
    shutil.copytree(ROOT / "macros/templates", package / "templates")
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    page = tmp_path / "docs/verify.en.md"
    page.write_text(f"# Title\n\n{text}\n", encoding="utf-8")
    monkeypatch.setattr(render, "PACKAGE", package)
    with pytest.raises(FactsError) as caught:
        render.render_site(facts, tmp_path / "out", ASSETS, BUILD)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("docs/verify.en.md", 3)
    assert reason in problem.message.en
