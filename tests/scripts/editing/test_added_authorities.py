"""Nothing breaks because an institution added something: the tests of the data pass over its facts, too."""

import os
import re
import sys
from pathlib import Path

import pytest

from scripts.command import run
from scripts.measuring.source_copy import build_environment
from tests.support import ROOT
from tests.support.copies import copy_project, run_module

ANSWERS = (ROOT / "tests/scripts/answers.yaml").read_text(encoding="utf-8")
# Before and after the project's own in the order of folders, with rules unlike theirs.
ADDED = {
    "aaa": ANSWERS,
    "zzz": re.sub(
        r"  kind: window\n.*?  reminders",
        "  kind: application\n  reminders",
        ANSWERS.replace("Imaginary Exchange CA 1", "Other CA"),
        flags=re.DOTALL,
    ),
}
DATA_TESTS = (
    *(f"tests/macros/{room}" for room in ("addressing", "exports", "model", "pages", "upkeep")),
    *("tests/macros/loading/test_wording.py", "tests/content", "tests/certcheck/rules"),
    "tests/scripts/editing/test_reconcile.py",
)


@pytest.fixture(scope="module")
def institution(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the project, with two more authorities and a later edition of a manual, and their addresses."""
    tests = ("tests", "CHANGELOG.md", "CONTRIBUTING.md", "CONTRIBUTING.ja.md", "pyproject.toml")
    copy = copy_project(tmp_path_factory.mktemp("institution"), *tests)
    for identifier, answers in ADDED.items():
        file = copy / f"{identifier}-answers.yaml"
        file.write_text(answers, encoding="utf-8")
        written = run_module(copy, "scripts.editing.new_authority", identifier, "--from", file)
        assert written.returncode == 0, written.stderr
    path = copy / "docs/tse/authority.yaml"
    facts, count = re.subn("edition: .*", "edition: Ver. 99", path.read_text(encoding="utf-8"))
    assert count == 1
    path.write_text(facts, encoding="utf-8")
    listed = run_module(copy, "scripts.editing.ledger_update")
    assert listed.returncode == 0, listed.stderr
    return copy


def test_the_tests_of_the_data_pass(institution: Path) -> None:
    """Pages, index, rules, ledgers, coverage, start page: what is asserted of all holds for what is new."""
    words = (sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", *DATA_TESTS)
    environment = build_environment(institution) | {"HOME": os.environ.get("HOME", "/")}
    for name in (
        "CERT_GUIDES_SITE",
        "PYTEST_XDIST_WORKER",
    ):  # name a site of four authorities; they build their own
        environment.pop(name, None)
    tested = run(*words, cwd=institution, env=environment, check=False)
    assert tested.returncode == 0, tested.stdout
