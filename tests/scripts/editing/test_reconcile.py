"""scripts/reconcile as it is run: with a list of sections, and with authority.yaml as it has been edited."""

import os
import re
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from scripts.command import run
from tests.scripts.editing.test_changes import change, repository

__all__ = ["repository"]  # the fixture


def run_reconcile(root: Path, *options: str) -> CompletedProcess[str]:
    """Run the command, in English unless it is told otherwise."""
    paths = {"PYTHONPATH": str(root), "LC_ALL": "C.UTF-8"}
    words = (sys.executable, "-m", "scripts.editing.reconcile_report", *options)
    return run(*words, cwd=root, env=os.environ | paths, check=False)


@pytest.fixture
def edited_manual(repository: Path) -> Path:
    """Give the Tokyo Stock Exchange's manual a new edition: 8.7 is gone, which the guides do not know yet."""
    facts = (repository / "docs/tse/authority.yaml").read_text(encoding="utf-8")
    (edition,) = re.findall("edition: .*", facts)
    change(repository, edition, "edition: The next one")
    change(repository, '      "8.7": 0\n', "")
    return repository


def test_an_edited_manual_is_compared_with_the_last_commit(edited_manual: Path) -> None:
    """The facts of today would be refused, since they cite what has gone: that is why one asks."""
    shown = run_reconcile(edited_manual, "tse-manual")
    assert shown.returncode == 1, shown.stderr
    assert re.match("tse-manual: .+ → The next one\n", shown.stdout)
    assert "\n8.7: gone\n    cite what is there no more: tse/" in shown.stdout
    assert "\nNow without any source (" in shown.stdout


def test_a_file_may_list_the_sections(repository: Path) -> None:
    """For a manual that has arrived and is not in the facts yet; words in Japanese, if wanted."""
    (repository / "new.yaml").write_text('edition: Ver. 2\nsections: {"1": 0}\n', encoding="utf-8")
    shown = run_reconcile(repository, "tse-manual", "new.yaml", "--lang", "ja")
    assert shown.returncode == 1
    assert "\n8.7: なくなりました\n" in shown.stdout
    (repository / "new.yaml").write_text("sections: [1]\n", encoding="utf-8")
    wrong = run_reconcile(repository, "tse-manual", "new.yaml")
    assert wrong.returncode == 2
    assert "new.yaml:1: sections:" in wrong.stderr


def test_an_unknown_manual_is_told_with_the_known_ones(repository: Path) -> None:
    """In one sentence."""
    shown = run_reconcile(repository, "tse")
    assert shown.returncode == 2
    assert "tse-manual" in shown.stderr
    assert shown.stderr.count("\n") == 1
