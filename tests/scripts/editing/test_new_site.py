"""scripts/new-site, and taking the project's next release without losing what is one's own."""

import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from macros.loading.load import load_facts
from tests.support import ROOT
from tests.support.copies import copy_project, git, run_module

ANSWERS = """\
架空銀行の手引き
Imaginary Bank's guides
架空銀行
Imaginary Bank
2
架空銀行の公式の案内です。
The official guide of Imaginary Bank.
2
boj, xyz
boj tse
helpdesk@example.jp
example
https://example.jp/security
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the project as its releases are."""
    copy = copy_project(tmp_path_factory.mktemp("project"))
    (copy / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    git(copy, "add", ".gitattributes", "docs")
    git(copy, "commit", "--quiet", "--message", "Attributes")
    return copy


def run_new_site(repository: Path, *words: str | Path, stdin: str = "") -> CompletedProcess[str]:
    """Run the command in a copy."""
    return run_module(repository, "scripts.editing.new_site", *words, stdin=stdin)


def test_answers_become_the_file(project: Path) -> None:
    """Bad answers are asked for again; what was written loads; it is never overwritten."""
    done = run_new_site(project, "--lang", "ja", stdin=ANSWERS)
    assert (done.returncode, done.stderr) == (0, "")
    assert '"xyz" は使えません。次のどれかを書きます: boj, fsa, jasdec, tse' in done.stdout
    assert '"example" は使えません。https:// か mailto: で始まる URL を書きます' in done.stdout
    site = load_facts(project).site
    assert site
    assert (site.authorities, site.contact) == (["boj", "tse"], "mailto:helpdesk@example.jp")
    assert site.first_language == "en"
    assert site.security_contact == "https://example.jp/security"
    again = run_new_site(project, "--lang", "en", stdin=ANSWERS)
    assert again.returncode == 1
    assert "docs/site.yaml is there already" in again.stderr
    (project / "docs/site.yaml").unlink()


def test_a_file_is_told_all_its_mistakes_at_once(project: Path, tmp_path: Path) -> None:
    """Also of what only this repository knows: its authorities, the logo's file."""
    answers = tmp_path / "answers.yaml"
    answers.write_text(
        "name: {ja: 架空}\npublisher: {ja: あ, en: a}\nauthorities: [boj, xyz]\nlogo: gone.svg\n"
        "colour: yellow\n",
        encoding="utf-8",
    )
    done = run_new_site(project, "--lang", "en", "--from", answers)
    assert done.returncode == 1
    places = [line.split(": ")[0:2] for line in done.stderr.splitlines() if not line.startswith("    ")]
    assert places == [
        ["answers.yaml:1", "name.en"],
        ["answers.yaml:3", "authorities.2"],
        ["answers.yaml:4", "logo"],
        ["answers.yaml:5", "colour"],
    ]
    assert not (project / "docs/site.yaml").exists()


def test_who_stops_leaves_nothing(project: Path) -> None:
    """One sentence, no file."""
    done = run_new_site(project, "--lang", "en", stdin="架空\n")
    assert (done.returncode, done.stderr.strip()) == (130, "Stopped. Nothing was written.")
    assert not (project / "docs/site.yaml").exists()


def test_the_next_release_keeps_what_is_ones_own(project: Path, tmp_path: Path) -> None:
    """Own site, own authority and own lines of the ledgers stay; the release's changes arrive."""
    own = tmp_path / "own"
    git(tmp_path, "clone", "--quiet", str(project), "own")
    for folder in ("macros", "scripts", "wasm"):
        shutil.copytree(project / folder, own / folder)
    assert run_new_site(own, "--lang", "en", stdin=ANSWERS).returncode == 0
    made = run_module(
        *(own, "scripts.editing.new_authority", "xyz", "--lang", "en"),
        *("--from", ROOT / "tests/scripts/answers.yaml"),
    )
    assert made.returncode == 0, made.stderr
    add_line(own, "docs/addresses.txt", "xyz/renew#manual")
    git(own, "add", "docs")
    git(own, "commit", "--quiet", "--message", "Our own")

    change_line(project, "docs/boj/authority.yaml", "042-359-1029", "042-000-0000")
    add_line(project, "docs/addresses.txt", "zzz/renew#new-step")
    git(project, "commit", "--quiet", "--all", "--message", "The next release")

    git(own, "pull", "--quiet", "--no-rebase", "--no-edit")
    assert (own / "docs/site.yaml").is_file()
    assert (own / "docs/xyz/authority.yaml").is_file()
    assert "042-000-0000" in (own / "docs/boj/authority.yaml").read_text(encoding="utf-8")
    addresses = (own / "docs/addresses.txt").read_text(encoding="utf-8").splitlines()
    assert {"xyz/renew#manual", "zzz/renew#new-step"} <= set(addresses)
    load_facts(own)


def add_line(repository: Path, name: str, line: str) -> None:
    """Add a line at a file's end."""
    path = repository / name
    path.write_text(f"{path.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")


def change_line(repository: Path, name: str, old: str, new: str) -> None:
    """Replace words of a file."""
    path = repository / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
