"""CHANGELOG has the form of Keep a Changelog 1.1.0."""

import datetime as dt
import re
import tomllib

from tests.support import ROOT

TEXT = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_versions_stand_from_newest_to_oldest() -> None:
    """First Unreleased, then versions with an ISO date, the newest first; the newest is pyproject.toml's."""
    first, *released = re.findall(r"^## (.*)$", TEXT, re.MULTILINE)
    assert first == "[Unreleased]"
    versions = []
    for heading in released:
        match = re.fullmatch(r"\[(\d+)\.(\d+)\.(\d+)\] - (\d{4}-\d\d-\d\d)", heading)
        assert match, heading
        versions.append((tuple(map(int, match.group(1, 2, 3))), dt.date.fromisoformat(match[4])))
    assert versions == sorted(versions, reverse=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == ".".join(map(str, versions[0][0]))


def test_changes_are_grouped_by_kind() -> None:
    """A version's changes stand below the standard headings, each at most once and none of them empty."""
    for section in TEXT.split("\n## ")[1:]:
        kinds = re.findall(r"^### (.*)$", section, re.MULTILINE)
        assert len(set(kinds)) == len(kinds)
        assert set(kinds) <= KINDS
        for part in section.split("\n### ")[1:]:
            assert "\n* " in part, part
