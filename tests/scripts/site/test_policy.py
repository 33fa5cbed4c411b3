"""deploy/policy.yaml, and what is made of it."""

import re
from pathlib import Path

import pytest

from scripts.site.policy import Inline, Policy, PolicyError, hash_inline, insert_policy, load_policy
from tests.support import ROOT

HASH = "'sha256-n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg='"  # of the text: test


@pytest.fixture
def policy() -> Policy:
    """Read the file itself."""
    return load_policy(ROOT / "deploy/policy.yaml")


def test_no_class_allows_inline_or_evaluated_scripts_or_another_host(policy: Policy) -> None:
    """No unsafe-inline or unsafe-eval, no host; data: for pictures, blob: for the checker's worker."""
    own = {"img-src": ["data:"], "script-src": ["blob:"], "worker-src": ["blob:"]}
    local = {(name, directive): sources for name in ("guide", "check") for directive, sources in own.items()}
    for page_class in policy.classes:
        directives = [words.split() for words in page_class.csp.split(";")]
        for name, *sources in directives:
            assert not {"'unsafe-inline'", "'unsafe-eval'", "*"} & set(sources), page_class.name
            if name in ("require-trusted-types-for", "trusted-types"):
                continue
            foreign = [
                source for source in sources if not re.fullmatch(r"'[a-z0-9-]+'|{scripts}|{styles}", source)
            ]
            assert foreign == local.get((page_class.name, name), []), page_class.name
        assert directives[0] == ["default-src", "'none'"], page_class.name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("index.html", "guide"),
        ("en/boj/renew/index.html", "guide"),
        ("check/index.html", "check"),
        ("en/check/index.html", "check"),
        ("boj/check/index.html", "guide"),
        ("404.html", "not found"),
        ("assets/0123456789abcdef/worker.mjs", "assets"),
        ("assets/0123456789abcdef/check.mjs", "assets"),
        ("offline/version.json", "rest"),
        ("assets/0123456789abcdef/search.ja.json", "assets"),
        ("api/authorities.json", "api"),
    ],
)
def test_a_path_has_its_class(policy: Policy, path: str, name: str) -> None:
    """The first class that matches a file counts; every file has one."""
    assert policy.find_class(path).name == name


def test_only_what_names_its_content_is_kept_for_ever(policy: Policy) -> None:
    """A file may be immutable only where its address changes with its bytes."""
    for path in (
        "index.html",
        "check/index.html",
        "api/authorities.json",
        "404.html",
    ):
        assert policy.build_response_headers(path)["Cache-Control"] == "no-cache"
    for path in ("assets/0123456789abcdef/pyodide.asm.wasm", "assets/0123456789abcdef/site.css"):
        assert "immutable" in policy.build_response_headers(path)["Cache-Control"]


def test_types_that_browsers_insist_on(policy: Policy) -> None:
    """Modules, WebAssembly and calendars have the registered types; what is unknown is only bytes."""
    expected = {
        "a.mjs": "text/javascript; charset=utf-8",
        "a.wasm": "application/wasm",
        "a.whl": "application/zip",
    }
    expected |= {"a.ics": "text/calendar; charset=utf-8", "a.pfx": "application/octet-stream"}
    assert {path: policy.build_response_headers(path)["Content-Type"] for path in expected} == expected


def test_the_resolved_copy_reads_back_as_the_same(policy: Policy, tmp_path: Path) -> None:
    """build/headers.json has the form of deploy/policy.yaml, with hashes in place of {scripts}."""
    resolved = policy.resolve({"not found": Inline(scripts=frozenset({HASH}))})
    resolved.write(tmp_path / "headers.json")
    assert load_policy(tmp_path / "headers.json") == resolved
    assert (
        f"script-src 'self' {HASH};" in resolved.build_response_headers("404.html")["Content-Security-Policy"]
    )


def test_hashes_are_of_what_runs() -> None:
    """Inline scripts and styles are hashed byte for byte; blocks of data and linked files are not."""
    html = """<script>test</script><script type="application/json">{"a": "</p>"}</script>
        <script src="x.js"></script><script type="module">test</script><style>test</style>"""
    assert hash_inline(html) == Inline(frozenset({HASH}), frozenset({HASH}))
    assert hash_inline("<script>te&amp;st\n</script>") != hash_inline("<script>te&st\n</script>")


def test_the_policy_stands_before_everything_that_it_governs(policy: Policy) -> None:
    """A policy in a page counts from its place on; directives that only a header may hold are left out."""
    html = '<!doctype html>\n<html>\n <head>\n  <meta charset="utf-8"><script>test</script></head>'
    result = insert_policy(html, policy.find_class("404.html"))
    before, after = result.split('<meta http-equiv="Content-Security-Policy" content="')
    assert before.endswith('<meta charset="utf-8">')
    assert f"script-src 'self' {HASH};" in after
    assert after.endswith('"><script>test</script></head>')
    assert "frame-ancestors" not in after


@pytest.mark.parametrize("path", ["check/index.html", "boj/renew/index.html"])
def test_checker_and_guides_may_hold_nothing_inline(policy: Policy, path: str) -> None:
    """Their policies have no hashes: an inline script or style in one fails the build."""
    for inline in ("<script>test</script>", "<style>test</style>"):
        with pytest.raises(PolicyError, match="inline"):
            insert_policy(f'<meta charset="utf-8">{inline}', policy.find_class(path))
