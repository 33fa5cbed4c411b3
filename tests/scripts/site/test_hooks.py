"""How MkDocs runs the build."""

import sys
from pathlib import Path

from scripts.command import run


def test_a_warning_stops_a_quiet_build(tmp_path: Path) -> None:
    """A link that leads to no page is told and ends the build, though nothing else is said."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("[nowhere](none.md)\n", encoding="utf-8")
    (tmp_path / "hook.py").write_text("from scripts.site.hooks import on_startup\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nhooks: [hook.py]\n", encoding="utf-8")
    words = (sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet")
    done = run(*words, cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert "none.md" in done.stderr
    assert "INFO" not in done.stderr
