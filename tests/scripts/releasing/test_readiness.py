"""What stands against a release, in a small repository that is ready for one."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.releasing.readiness import PROJECTS, find_problems, read_section, read_version
from tests.support import ROOT
from tests.support.copies import git

CHANGELOG = """# Changelog

## [Unreleased]

## [1.2.3] - 2026-12-24

### Added

* A button.

## [1.2.2] - 2026-11-21

* The first.

[1.2.3]: https://guides.example/1.2.3
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a clean repository with version 1.2.3, in which git knows who works."""
    for name in ("GIT_AUTHOR", "GIT_COMMITTER"):
        monkeypatch.setenv(f"{name}_NAME", "a")
        monkeypatch.setenv(f"{name}_EMAIL", "a@example.com")
    (tmp_path / "wasm").mkdir()
    for name in PROJECTS:
        (tmp_path / name).write_text('[project]\nversion = "1.2.3"\n', encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    return tmp_path


def commit(repository: Path) -> None:
    """Record all that has changed."""
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "Change")


def replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Return what changes a file and records the change."""

    def change(repository: Path) -> None:
        path = repository / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        commit(repository)

    return change


def leave_a_file(repository: Path) -> None:
    """Add a file that nobody has recorded."""
    (repository / "new.txt").write_text("new", encoding="utf-8")


def tag_and_go_on(repository: Path) -> None:
    """Record something after the release."""
    git(repository, "tag", "v1.2.3")
    commit(repository)


def test_a_repository_that_is_ready(repository: Path) -> None:
    """Nothing stands against it; neither does its tag at this commit, by which it is made once more."""
    assert find_problems(repository) == []
    git(repository, "tag", "--annotate", "--message", "Version 1.2.3", "v1.2.3")
    assert find_problems(repository) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (replace("wasm/pyproject.toml", "1.2.3", "1.2.2"), "wasm/pyproject.toml has version 1.2.2"),
        (replace("CHANGELOG.md", "[Unreleased]\n", "[Unreleased]\n\n* A page.\n"), "[Unreleased] has to"),
        (replace("CHANGELOG.md", "## [Unreleased]\n", ""), "[Unreleased] has to"),
        (replace("CHANGELOG.md", "## [1.2.3]", "## [1.2.4]"), "[1.2.3] has no entries"),
        (replace("CHANGELOG.md", "### Added\n\n* A button.\n\n", ""), "[1.2.3] has no entries"),
        (replace("CHANGELOG.md", "[1.2.3] - 2026-12-24", "[1.2.3]"), "[1.2.3] needs its day"),
        (replace("CHANGELOG.md", "2026-12-24", "2026-12-32"), "[1.2.3] needs its day"),
        (replace("CHANGELOG.md", "2026-12-24", "20261224"), "[1.2.3] needs its day"),
        (leave_a_file, "The working tree differs from the commit:\n?? new.txt"),
        (tag_and_go_on, "The tag v1.2.3 is at another commit"),
    ],
)
def test_what_stands_against_a_release(
    repository: Path, change: Callable[[Path], None], problem: str
) -> None:
    """One sentence says what, and nothing else is complained of."""
    change(repository)
    (found,) = find_problems(repository)
    assert problem in found


def test_git_must_know_who_sets_the_tag(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise it would refuse only after the tests and the build."""
    monkeypatch.setenv("GIT_COMMITTER_NAME", "")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    (found,) = find_problems(repository)
    assert "who sets the tag" in found


def test_a_section_ends_at_the_next_and_at_links(repository: Path) -> None:
    """Its text becomes the tag's message."""
    assert read_section(repository, "1.2.3") == ("2026-12-24", "### Added\n\n* A button.")
    assert read_section(repository, "1.2.2") == ("2026-11-21", "* The first.")
    assert read_section(repository, "1.2") is None


def test_one_version() -> None:
    """Certcheck's wheel has that of the project, which the changelog knows."""
    (version,) = {read_version(ROOT, project) for project in PROJECTS}
    assert read_section(ROOT, version) is not None
    assert read_section(ROOT, "Unreleased") is not None
