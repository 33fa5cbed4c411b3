"""scripts/freshness as it is run, and what it learns from a network: here, from servers of this machine."""

import json
import os
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from macros.loading.load import load_facts
from scripts.command import run
from scripts.editing.freshness_network import check_links, compare_components, compare_release, list_links
from scripts.serving.server import SiteServer
from scripts.site.policy import load_policy
from tests.support import ROOT


def run_freshness(*options: str) -> CompletedProcess[str]:
    """Run the command, without a network."""
    return run(sys.executable, "-m", "scripts.editing.freshness_report", *options, check=False)


def test_the_report_of_the_last_check_has_nothing_out_of_date() -> None:
    """Facts are kept true; JSON has every list, in the language that is asked for."""
    facts = load_facts(ROOT)
    days = [page.guide.checked for page in facts.pages]
    last = max(days + [document.checked for document in facts.documents.values()])
    fresh = run_freshness("--json", "--day", last.isoformat(), "--lang", "ja")
    assert (fresh.returncode, fresh.stderr) == (0, "")
    report = json.loads(fresh.stdout)
    assert (report["schema"], report["day"]) == (1, last.isoformat())
    assert {finding["kind"] for finding in report["findings"]} >= {"fact", "document", "support"}
    assert any("2025年10月14日にサポート終了" in finding["says"] for finding in report["findings"])


def test_the_report_for_an_issue_leaves_out_what_is_good() -> None:
    """Markdown counts it; the table has a row for each thing. The exit status says that someone is needed."""
    report = run_freshness("--markdown", "--day", "2030-01-01", "--lang", "en")
    assert report.returncode == 1
    assert "- out of date: `boj/renew` checked on 30 November 2026" in report.stdout
    assert "- good" not in report.stdout
    assert "│ boj/renew " in run_freshness("--day", "2026-11-21", "--lang", "en").stdout


def test_a_link_that_does_not_answer_is_named_with_its_places(tmp_path: Path) -> None:
    """404 is as good as gone; a refused connection is told apart from having no network at all."""
    (tmp_path / "index.html").write_text("here", encoding="utf-8")
    with SiteServer(tmp_path, load_policy(ROOT / "deploy/policy.yaml")) as server, server.serve():
        gone, refused = f"{server.url}none", "http://127.0.0.1:9/"
        findings = check_links({server.url: ["a/b"], gone: ["a/c"], refused: ["a/d"]})
        assert [(finding.state, finding.values.get("places")) for finding in findings] == [
            ("good", None),
            ("stale", ["a/c"]),
            ("stale", ["a/d"]),
        ]
        assert findings[1].values["reason"] == 404
    assert [finding.state for finding in check_links({refused: ["a/d"]})] == ["unknown"]


def test_the_links_of_the_facts_are_found_whole() -> None:
    """In texts and in values to copy; the quotation marks and sentences around them are no part."""
    links = list_links(load_facts(ROOT))
    assert "boj" in links["https://www.boj.or.jp/about/services/tame/t-tel.htm/#p04"]
    assert links["https://portal.arrowfront.jp/ra/cert/reg/tseca/"]
    assert not [address for address in links if set(address) & set("」』。、 )")]


def test_pip_is_asked_for_the_current_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through its own configuration: here a folder of wheels. What cannot be asked is said to be unknown."""
    (tmp_path / "cryptography-999.1.0-py3-none-any.whl").write_bytes(b"")
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))  # neither npm nor apt
    pyodide, cryptography, openssl = compare_components(ROOT)
    assert (cryptography.state, cryptography.values["current"]) == ("stale", "999.1.0")
    assert (pyodide.state, openssl.state) == ("unknown", "unknown")
    assert openssl.values["committed"].startswith("3.")


@pytest.mark.parametrize(
    ("committed", "current", "state"),
    [
        ("49.0.0", "49.0.0", "good"),
        ("49.0.0", "50.0.2", "stale"),
        ("314.0.10", "314.0.9", "good"),
        ("3.5.7-1~deb13u2", "3.5.7-1~deb13u3", "stale"),
        ("49.0.0", None, "unknown"),
    ],
)
def test_releases_are_compared_as_numbers(committed: str, current: str | None, state: str) -> None:
    """A mirror that lags behind makes nothing look old."""
    assert compare_release("x", committed, current).state == state
