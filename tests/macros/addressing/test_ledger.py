"""Every address that was ever published leads somewhere, for ever."""

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import pytest
from ruamel.yaml import YAML

from macros.addressing.ledger import (
    Ledger,
    build_forwarding_data,
    build_forwarding_pages,
    list_addresses,
    load_ledger,
)
from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.model.facts import Facts
from tests.support import ROOT

SCRIPT = "assets/0123456789abcdef/step-addresses.mjs"


@pytest.fixture(scope="module")
def ledger(facts: Facts) -> Ledger:
    """Load the ledger and the redirects of this repository."""
    return load_ledger(facts, ROOT)


@pytest.fixture
def ledger_with_redirects(ledger: Ledger) -> Ledger:
    """Give the same facts an invented past: a page that went, two steps that left a page still there."""
    old_refs = ["boj/old#gone", "boj/old#open-site", "boj/renew#first", "boj/renew#second"]
    redirects = {
        "boj/old": "boj/renew",
        "boj/old#gone": "fsa/get",
        "boj/renew#first": "boj/renew#open-site",
        "boj/renew#second": "tse/issue",
    }
    return replace(ledger, published_refs=sorted([*ledger.published_refs, *old_refs]), redirects=redirects)


def test_every_published_address_leads_somewhere(ledger: Ledger) -> None:
    """A step in docs/addresses.txt is there, or docs/redirects.yaml says where it went."""
    assert ledger.find_lost() == []


def test_every_step_is_in_the_ledger(ledger: Ledger) -> None:
    """A new step becomes a promise with the commit that brings it: run scripts/ledger."""
    assert ledger.find_unlisted() == []


def test_the_ledger_is_sorted_and_says_nothing_twice(ledger: Ledger) -> None:
    """Two people who add steps at the same time touch different lines."""
    assert ledger.published_refs == sorted(set(ledger.published_refs))


def test_a_lost_step_ends_the_build_with_the_line_to_paste(ledger: Ledger) -> None:
    """In the form that the file needs: its first line of all, or one more; pasted, it is in order."""
    old_refs = ["boj/renew#gone", "boj/old#gone", "index#boj.gone"]
    changed = replace(ledger, published_refs=sorted([*ledger.published_refs, *old_refs]))
    with pytest.raises(FactsError) as caught:
        changed.require_all()
    first_guide = next(page.ref for page in changed.facts.pages if page.folder == "boj")
    lines = [
        problem.describe("en").partition(" (choose what fits): ")[2] for problem in caught.value.problems
    ]
    first = caught.value.problems[0].describe("en")
    assert re.match(r"docs/redirects\.yaml:\d+: moved: ", first)
    moved = dict[str, str]()
    for line in lines:
        moved |= YAML(typ="safe").load(line)["moved"]
    assert moved == {
        "boj/old": first_guide,
        "boj/old#gone": first_guide,
        "boj/renew#gone": "boj/renew",
        "index#boj.gone": "index",
    }
    replace(changed, redirects=moved).require_all()
    some = replace(changed, redirects={ref: target for ref, target in moved.items() if "old" in ref})
    with pytest.raises(FactsError, match=r"\n? {2}boj/renew#gone: boj/renew"):
        some.require_all()


def test_a_lost_step_and_a_lost_page_are_found(ledger: Ledger) -> None:
    """An address in the ledger that is neither there nor redirected is named, and so is its page."""
    changed = replace(ledger, published_refs=[*ledger.published_refs, "boj/renew#no-more", "boj/gone#a"])
    assert changed.find_lost() == ["boj/gone", "boj/renew#no-more", "boj/gone#a"]


def test_an_answer_of_the_start_page_is_a_promise_too(ledger: Ledger) -> None:
    """Answers are sent as links; one that went leads on by its redirect, and has no short address."""
    assert "index#boj.passcode.locked" in ledger.published_refs
    refs = [*ledger.published_refs, "index#boj.gone"]
    assert replace(ledger, published_refs=refs).find_lost() == ["index#boj.gone"]
    changed = replace(ledger, published_refs=refs, redirects={"index#boj.gone": "boj/renew"})
    assert changed.find_lost() == []
    assert '"boj.gone":"boj/renew/"' in build_forwarding_data(changed, "index", "en")
    assert not [path for path, _ in build_forwarding_pages(changed, SCRIPT) if "boj.gone" in path]


def test_a_step_without_its_promise_is_found(ledger: Ledger) -> None:
    """What the ledger lacks is named."""
    changed = replace(ledger, published_refs=ledger.published_refs[1:])
    assert changed.find_unlisted() == [ledger.published_refs[0]]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("abc/renew#old", "abc/renew#none", "no such guide or step"),
        ("abc/renew#old", "https://example.jp/", "no such guide or step"),
        ("abc/renew", "abc/contacts", "is still there"),
        ("abc/never", "abc/renew", "never published"),
    ],
)
def test_a_redirect_that_keeps_no_promise_is_refused(
    synthetic_root: Path, old: str, new: str, message: str
) -> None:
    """It leads to what is there, from what was published and is there no more; the message has its line."""
    facts = load_facts(synthetic_root)
    (synthetic_root / "docs/addresses.txt").write_text("\n".join([*list_addresses(facts), "abc/renew#old"]))
    (synthetic_root / "docs/redirects.yaml").write_text(f"# a comment\nmoved:\n  {old}: {new}\n")
    with pytest.raises(FactsError, match=rf"^docs/redirects\.yaml:3: .*{message}"):
        load_ledger(facts, synthetic_root)


@pytest.mark.parametrize("text", ["moved:\n", "moved: [abc/old]\n", "moved: {abc/old: 3}\n", "move: {}\n"])
def test_a_file_of_redirects_that_is_none_is_named(synthetic_root: Path, text: str) -> None:
    """As every mistake in the facts."""
    (synthetic_root / "docs/addresses.txt").write_text("")
    (synthetic_root / "docs/redirects.yaml").write_text(text)
    with pytest.raises(FactsError, match=r"^docs/redirects\.yaml:1: move"):
        load_ledger(load_facts(synthetic_root), synthetic_root)


def test_a_moved_page_carries_its_steps_along(ledger_with_redirects: Ledger) -> None:
    """A step that kept its id needs no line of its own; one that has a line goes where that says."""
    assert ledger_with_redirects.resolve("boj/old#open-site") == "boj/renew#open-site"
    assert ledger_with_redirects.resolve("boj/old#gone") == "fsa/get"
    assert ledger_with_redirects.find_lost() == []


def test_short_addresses_are_tiny_static_pages(ledger_with_redirects: Ledger) -> None:
    """Each step has one in either language: below 600 bytes, nothing to run, for no search engine."""
    pages = {
        path: html for path, html in build_forwarding_pages(ledger_with_redirects, SCRIPT) if "s/" in path[:5]
    }
    assert len(pages) == 2 * sum(not ref.startswith("index#") for ref in ledger_with_redirects.published_refs)
    for path, html in pages.items():
        assert len(html.encode()) < 475, path  # the build adds the policy, 125 bytes
        assert "<script" not in html
        assert '<meta name="robots" content="noindex">' in html


def test_a_short_address_names_the_step_and_no_number(ledger_with_redirects: Ledger) -> None:
    """The address is the reference with slashes; refresh and link are relative and lead to the step."""
    pages = dict(build_forwarding_pages(ledger_with_redirects, SCRIPT))
    for prefix in ("", "en/"):
        html = pages[f"{prefix}s/boj/renew/choose-certificate/index.html"]
        urls = re.findall(r'(?:0;url=|href=")([^"]+)"', html)
        here = f"https://example.jp/a/{prefix}s/boj/renew/choose-certificate/"
        assert {urljoin(here, url) for url in urls} == {
            f"https://example.jp/a/{prefix}boj/renew/#choose-certificate"
        }
        assert len(urls) == 2


def test_a_moved_steps_short_address_leads_to_its_new_place(ledger_with_redirects: Ledger) -> None:
    """Short addresses are promises as well."""
    html = dict(build_forwarding_pages(ledger_with_redirects, SCRIPT))["en/s/boj/old/open-site/index.html"]
    assert "0;url=../../../../boj/renew/#open-site" in html


def test_a_page_that_went_leaves_a_page_behind(ledger_with_redirects: Ledger) -> None:
    """In both languages; without scripts it leads to the new page, with them to the step that was linked."""
    pages = dict(build_forwarding_pages(ledger_with_redirects, SCRIPT))
    for prefix, title in (("", "更新"), ("en/", "Renew")):
        html = pages[f"{prefix}boj/old/index.html"]
        assert '<noscript><meta http-equiv="refresh" content="0;url=../renew/"></noscript>' in html
        assert title in html
        assert '"gone":"../../fsa/get/"' in html
        assert '"open-site":"../renew/#open-site"' in html
        assert f'src="{"../" * (prefix.count("/") + 2)}{SCRIPT}"' in html
