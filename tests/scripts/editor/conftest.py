"""The invented authority that the tests of macros have, as a repository."""

import shutil
from pathlib import Path

import pytest

from tests.support import ROOT


@pytest.fixture
def synthetic_root(tmp_path: Path) -> Path:
    """Make a repository whose only authority is the invented ``abc``."""
    shutil.copytree(ROOT / "tests/macros/synthetic/abc", tmp_path / "docs" / "abc")
    shutil.copytree(ROOT / "docs/shared", tmp_path / "docs/shared")
    return tmp_path
