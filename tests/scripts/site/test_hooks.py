"""How the build hangs on MkDocs."""

import subprocess
import sys
from pathlib import Path


def test_a_warning_stops_a_quiet_build(tmp_path: Path) -> None:
    """A link that leads to no page is told and ends the build, though nothing else is said."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("[nowhere](none.md)\n", encoding="utf-8")
    (tmp_path / "hook.py").write_text("from scripts.site.hooks import on_startup\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nhooks: [hook.py]\n", encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S603  # our own words
    assert done.returncode == 1
    assert "none.md" in done.stderr
    assert "INFO" not in done.stderr
