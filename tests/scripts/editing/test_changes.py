"""scripts/changes as it is run, in a repository of its own with a past."""

import os
import shutil
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from scripts.command import run
from tests.support import ROOT
from tests.support.copies import git

TSE = "docs/tse/authority.yaml"
CLOSES = ("closes: {at: end_of_day_before}", "closes: {at: expiry}")


def commit(root: Path) -> str:
    """Commit everything as it is; return the commit's name."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "State")
    return git(root, "rev-parse", "HEAD")


def change(root: Path, old: str, new: str) -> None:
    """Change one passage of the facts of the Tokyo Stock Exchange."""
    text = (root / TSE).read_text(encoding="utf-8")
    assert old in text
    (root / TSE).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Copy facts and programs, as one commit."""
    for name in ("docs", "macros", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "docs/changes.yaml").write_text("# A comment\nentries: []\n", encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    return tmp_path


def run_changes(root: Path, *options: str) -> CompletedProcess[str]:
    """Run the command, in English unless it is told otherwise."""
    paths = {"PYTHONPATH": f"{root}{os.pathsep}{ROOT / 'wasm'}", "LC_ALL": "C.UTF-8"}
    words = (sys.executable, "-m", "scripts.editing.changes_report", *options)
    return run(*words, cwd=root, env=os.environ | paths, check=False)


def test_two_commits_are_compared_in_words_and_written_for_readers(repository: Path) -> None:
    """With --write as an entry on top, of the commit and its day; again it adds nothing, comments stay."""
    first = git(repository, "rev-parse", "HEAD")
    change(repository, *CLOSES)
    change(repository, "checked: 2026-11-21", "checked: 2026-11-22")
    second = commit(repository)
    shown = run_changes(repository, first, second)
    assert shown.stdout.splitlines() == [
        "tse: renewal window closes: the end of the day before expiry → expiry",
        "tse: day of the last check (tse-manual): 21 November 2026 → 22 November 2026",
    ]
    assert run_changes(repository, first, second, "--write").returncode == 0
    log = (repository / "docs/changes.yaml").read_text(encoding="utf-8")
    assert log.startswith("# A comment\nentries:\n  - day: ")
    assert second in log
    assert "更新期間の終わり: 有効期限の前日の終わり → 有効期限" in log
    assert "2026-11-22" not in log.partition("changes:")[2]  # of an editor's interest only
    commit(repository)
    assert run_changes(repository, "--write").stdout.startswith("0 changes for readers")
    assert (repository / "docs/changes.yaml").read_text(encoding="utf-8") == log


def test_an_older_commit_that_does_not_fit_the_model_is_said_and_compared_all_the_same(
    repository: Path,
) -> None:
    """With the place of what does not fit; plain YAML is compared instead."""
    change(repository, "user_id: subject.CN", "user_number: subject.CN")
    old = commit(repository)
    change(repository, "user_number: subject.CN", "user_id: subject.CN")
    shown = run_changes(repository, old)
    assert shown.returncode == 0
    assert f"{TSE}:" in shown.stderr
    assert "does not fit today's model" in shown.stderr
    assert "tse: removed: user_number: subject.CN" in shown.stdout


def test_an_unknown_commit_is_said_in_one_sentence(repository: Path) -> None:
    """What was asked for, and what would be one."""
    shown = run_changes(repository, "no-such-commit")
    assert (shown.returncode, shown.stdout) == (2, "")
    assert shown.stderr == 'git knows no commit "no-such-commit" here; expected e.g. HEAD~1\n'
