"""Every address that was ever published leads somewhere, for ever."""

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import pytest

from macros.addressing.ledger import Promises, forwards, load_promises, small_pages, steps
from macros.loading.load import load_facts
from macros.model.facts import Facts
from macros.model.problems import FactsError
from tests.support import ROOT

SCRIPT = "assets/0123456789abcdef/addresses.mjs"


@pytest.fixture(scope="module")
def promises(facts: Facts) -> Promises:
    """The ledger and the redirects of this repository."""
    return load_promises(facts, ROOT)


@pytest.fixture
def past(promises: Promises) -> Promises:
    """The same facts with an invented past: a page that went, two steps that left a page still there."""
    old = ["boj/old#gone", "boj/old#open-site", "boj/renew#first", "boj/renew#second"]
    moved = {
        "boj/old": "boj/renew",
        "boj/old#gone": "fsa/get",
        "boj/renew#first": "boj/renew#open-site",
        "boj/renew#second": "tse/issue",
    }
    return replace(promises, listed=sorted([*promises.listed, *old]), moved=moved)


def test_every_published_address_leads_somewhere(promises: Promises) -> None:
    """A step in docs/addresses.txt is there, or docs/redirects.yaml says where it went."""
    assert promises.lost() == []


def test_every_step_is_in_the_ledger(promises: Promises) -> None:
    """A new step becomes a promise with the commit that brings it: run scripts/ledger."""
    assert promises.unlisted() == []


def test_the_ledger_is_sorted_and_says_nothing_twice(promises: Promises) -> None:
    """Two people who add steps at the same time touch different lines."""
    assert promises.listed == sorted(set(promises.listed))


def test_a_lost_step_and_a_lost_page_are_found(promises: Promises) -> None:
    """An address in the ledger that is neither there nor redirected is named, and so is its page."""
    lost = replace(promises, listed=[*promises.listed, "boj/renew#no-more", "boj/gone#a"])
    assert lost.lost() == ["boj/gone", "boj/renew#no-more", "boj/gone#a"]


def test_an_answer_of_the_start_page_is_a_promise_too(promises: Promises) -> None:
    """Answers are sent as links; one that went leads on by its redirect, and has no short address."""
    assert "index#boj.passcode.locked" in promises.listed
    gone = [*promises.listed, "index#boj.gone"]
    assert replace(promises, listed=gone).lost() == ["index#boj.gone"]
    moved = replace(promises, listed=gone, moved={"index#boj.gone": "boj/renew"})
    assert moved.lost() == []
    assert '"boj.gone": "boj/renew/"' in forwards(moved, "index", "en")
    assert not [path for path, _ in small_pages(moved, SCRIPT) if "boj.gone" in path]


def test_a_step_without_its_promise_is_found(promises: Promises) -> None:
    """What the ledger lacks is named."""
    short = replace(promises, listed=promises.listed[1:])
    assert short.unlisted() == [promises.listed[0]]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("abc/renew#old", "abc/renew#none", "no such guide or step"),
        ("abc/renew#old", "https://example.jp/", "no such guide or step"),
        ("abc/renew", "abc/contacts", "is still there"),
        ("abc/never", "abc/renew", "never published"),
    ],
)
def test_a_redirect_that_keeps_no_promise_is_refused(synthetic: Path, old: str, new: str, said: str) -> None:
    """It leads to what is there, from what was published and is there no more; the message has its line."""
    facts = load_facts(synthetic)
    (synthetic / "docs/addresses.txt").write_text("\n".join([*steps(facts), "abc/renew#old"]))
    (synthetic / "docs/redirects.yaml").write_text(f"# a comment\nmoved:\n  {old}: {new}\n")
    with pytest.raises(FactsError, match=rf"^docs/redirects\.yaml:3: .*{said}"):
        load_promises(facts, synthetic)


@pytest.mark.parametrize("text", ["moved:\n", "moved: [abc/old]\n", "moved: {abc/old: 3}\n", "move: {}\n"])
def test_a_file_of_redirects_that_is_none_is_named(synthetic: Path, text: str) -> None:
    """As every mistake in the facts."""
    (synthetic / "docs/addresses.txt").write_text("")
    (synthetic / "docs/redirects.yaml").write_text(text)
    with pytest.raises(FactsError, match=r"^docs/redirects\.yaml:1: move"):
        load_promises(load_facts(synthetic), synthetic)


def test_a_moved_page_carries_its_steps_along(past: Promises) -> None:
    """A step that kept its id needs no line of its own; one that has a line goes where that says."""
    assert past.whereabouts("boj/old#open-site") == "boj/renew#open-site"
    assert past.whereabouts("boj/old#gone") == "fsa/get"
    assert past.lost() == []


def test_short_addresses_are_tiny_static_pages(past: Promises) -> None:
    """Each step has one in either language: below 600 bytes, nothing to run, for no search engine."""
    pages = {path: html for path, html in small_pages(past, SCRIPT) if "s/" in path[:5]}
    assert len(pages) == 2 * sum(not ref.startswith("index#") for ref in past.listed)
    for path, html in pages.items():
        assert len(html.encode()) < 475, path  # the build adds the policy, 125 bytes
        assert "<script" not in html
        assert '<meta name="robots" content="noindex">' in html


def test_a_short_address_names_the_step_and_no_number(past: Promises) -> None:
    """The address is the reference with slashes; refresh and link are relative and lead to the step."""
    pages = dict(small_pages(past, SCRIPT))
    for prefix in ("", "en/"):
        html = pages[f"{prefix}s/boj/renew/choose-certificate/index.html"]
        ways = re.findall(r'(?:0;url=|href=")([^"]+)"', html)
        here = f"https://example.jp/a/{prefix}s/boj/renew/choose-certificate/"
        assert {urljoin(here, way) for way in ways} == {
            f"https://example.jp/a/{prefix}boj/renew/#choose-certificate"
        }
        assert len(ways) == 2


def test_a_moved_steps_short_address_leads_to_its_new_place(past: Promises) -> None:
    """Short addresses are promises as well."""
    html = dict(small_pages(past, SCRIPT))["en/s/boj/old/open-site/index.html"]
    assert "0;url=../../../../boj/renew/#open-site" in html


def test_a_page_that_went_leaves_a_page_behind(past: Promises) -> None:
    """In both languages; without scripts it leads to the new page, with them to the step that was linked."""
    pages = dict(small_pages(past, SCRIPT))
    for prefix, title in (("", "更新"), ("en/", "Renew")):
        html = pages[f"{prefix}boj/old/index.html"]
        assert '<noscript><meta http-equiv="refresh" content="0;url=../renew/"></noscript>' in html
        assert title in html
        assert '"gone": "../../fsa/get/"' in html
        assert '"open-site": "../renew/#open-site"' in html
        assert f'src="{"../" * (prefix.count("/") + 2)}{SCRIPT}"' in html
