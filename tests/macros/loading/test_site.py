"""``docs/site.yaml``: whose site it is, and which authorities all of it shows."""

import html
import json
import shutil
from pathlib import Path

import pytest

from macros.addressing.ledger import load_ledger
from macros.addressing.start_page import build_forest
from macros.exports import publish
from macros.history.changelog import load_log
from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.model.facts import Facts
from macros.model.site import compute_contrast_with_white
from macros.pages.check_page import encode_check_data
from macros.pages.navigation import build_navigation
from macros.pages.render import render_site
from macros.pages.search_records import build_records
from macros.pages.site_frame import build_site_frame
from tests.macros.conftest import ASSETS, BUILD
from tests.support import ROOT

SITE = """\
name: {ja: 架空銀行の手引き, en: Imaginary Bank's guides}
publisher: {ja: 架空銀行, en: Imaginary Bank}
official: true
statement: {ja: 架空銀行の公式の案内です。, en: "The official guide of Imaginary <Bank>."}
authorities: [tse, boj]
colour: "#005533"
notice: {text: {ja: 停止します。, en: It pauses & returns.}, until: 2027-03-31}
links: [{title: {ja: 社内, en: Intranet}, url: "https://example.jp/"}]
contact: mailto:helpdesk@example.jp
security_contact: https://example.jp/security
"""


@pytest.fixture
def institution(tmp_path: Path) -> Path:
    """Copy the project's facts, with whose site it is."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    return write_site(tmp_path, SITE)


def write_site(root: Path, text: str) -> Path:
    """Write the file."""
    (root / "docs/site.yaml").write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def facts(institution: Path) -> Facts:
    """Load the facts that the institution's site shows."""
    return load_facts(institution)


def test_everything_shows_the_same_authorities(facts: Facts, institution: Path) -> None:
    """Start page, menu, checker, its rules, index, search, ledger and changes, in the order of the file."""
    assert [root.address for root in build_forest(facts)] == ["tse", "boj"]
    assert {page.folder for page in facts.pages} == {"tse", "boj", "shared"}
    assert "jasdec" not in json.dumps(build_navigation(facts))
    assert list(json.loads(encode_check_data(facts, ASSETS, BUILD.day)["ja"])["authorities"]) == [
        "tse",
        "boj",
    ]
    for published in (publish.build_rules(facts), publish.build_index(facts, "")):
        assert [authority["id"] for authority in published["authorities"]] == ["tse", "boj"]
    assert "fsa/" not in json.dumps(build_records(facts, "ja"), default=str)
    assert load_ledger(facts, institution).find_lost() == []
    log = load_log(institution).leave_out(facts.hidden)
    for entry in log.entries:
        assert not [line.at for line in entry.changes if line.at.startswith(("fsa/", "jasdec/"))]


def test_the_pages_say_whose_site_it_is(facts: Facts, tmp_path: Path) -> None:
    """Its name and its sentence stand where the project's stood, as they were typed."""
    out = tmp_path / "out"
    render_site(facts, out, ASSETS, BUILD)
    start = (out / "index.en.md").read_text(encoding="utf-8")
    assert "# Imaginary Bank's guides" in start
    assert "The official guide of Imaginary <Bank>." in html.unescape(start)
    assert "<Bank>" not in start
    assert "JASDEC" not in start
    assert "公式のマニュアルに従ってください" not in (out / "boj/renew.ja.md").read_text(encoding="utf-8")
    frame = build_site_frame(facts.site, "en")
    assert frame["notice"] == {"text": "It pauses &amp; returns.", "until": "2027-03-31"}
    assert frame["links"] == [{"title": "Intranet", "url": "https://example.jp/"}]
    assert build_site_frame(None, "en") == {}


def test_one_authority_is_not_asked_for(institution: Path, tmp_path: Path) -> None:
    """Nobody chooses among one: the first question is what happened."""
    facts = load_facts(write_site(institution, SITE.replace("[tse, boj]", "[boj]")))
    render_site(facts, tmp_path / "out", ASSETS, BUILD)
    start = (tmp_path / "out/index.ja.md").read_text(encoding="utf-8")
    assert "どのシステムの" not in start
    assert '<div id="boj"></div>' in start
    assert 'href="#boj.expired"' in start


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[tse, boj]", "[tse, xyz]", 'docs/site.yaml:5: authorities.2: got "xyz", expected one of boj, fsa'),
        (
            '"#005533"',
            '"#ffcc00"',
            "docs/site.yaml:6: colour: white words on #ffcc00 are hard to read (contrast 1.5",
        ),
        (
            '"#005533"',
            "green",
            'docs/site.yaml:6: colour: got "green", expected a colour as # and six hex digits',
        ),
        (
            "https://example.jp/security",
            "security@example.jp",
            'docs/site.yaml:10: security_contact: got "security',
        ),
        (
            'https://example.jp/"',
            'javascript:alert(1)"',
            'docs/site.yaml:8: links.1.url: got "javascript:alert(1)"',
        ),
        ('colour: "#005533"', "logo: none.svg", "docs/site.yaml:6: logo: there is no docs/none.svg"),
        (
            'colour: "#005533"',
            "logo: ../x.svg",
            'docs/site.yaml:6: logo: got "../x.svg", expected a file name',
        ),
        ("statement:", "satement:", "docs/site.yaml:4: satement: unknown name"),
    ],
)
def test_mistakes_are_named(institution: Path, old: str, new: str, message: str) -> None:
    """With the line, and what to write."""
    assert old in SITE
    with pytest.raises(FactsError) as caught:
        load_facts(write_site(institution, SITE.replace(old, new)))
    assert any(problem.describe("en").startswith(message) for problem in caught.value.problems)


def test_an_official_site_says_so(institution: Path) -> None:
    """Official without its sentence would leave the project's, which says the contrary."""
    lines = [line for line in SITE.splitlines() if not line.startswith("statement")]
    with pytest.raises(FactsError, match="official: true"):
        load_facts(write_site(institution, "\n".join(lines)))


@pytest.mark.parametrize(("colour", "contrast"), [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54)])
def test_contrast(colour: str, contrast: float) -> None:
    """As WCAG defines it: white on white, on black, and on the lightest grey that is dark enough."""
    assert compute_contrast_with_white(colour) == pytest.approx(contrast, abs=0.01)
