"""The guides for contributors, followed literally in a copy: every edit is made and every command is run."""

import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from macros.loading.load import load_facts
from scripts.command import run, start
from scripts.measuring.source_copy import build_environment
from scripts.setup.packages import OLDEST_NODE
from tests.scripts.editing.test_new_authority import type_answers
from tests.support import ROOT
from tests.support.copies import copy_project, git

GUIDES = {"ja": "CONTRIBUTING.ja.md", "en": "CONTRIBUTING.md"}
# What a command says as soon as it can be used.
SHOWN = {"scripts/edit": "編集の画面: http://127.0.0.1:", "scripts/serve": "に表示しています"}
BLOCK = re.compile(
    r"`(?P<file>docs/[\w./-]+\.yaml)`|^ *```(?P<kind>\w+)\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL
)


class Block(NamedTuple):
    """A block of a guide, without its indentation, and the file that was named last before it."""

    kind: str
    text: str
    file: str


def read_blocks(language: str) -> Iterator[Block]:
    """Read what is to be typed, changed and seen, in order."""
    file = ""
    for match in BLOCK.finditer((ROOT / GUIDES[language]).read_text(encoding="utf-8")):
        file = match["file"] or file
        if match["kind"]:
            indent = len(match["text"]) - len(match["text"].lstrip(" ")) if match["kind"] == "sh" else 0
            text = "".join(line[indent:] for line in match["text"].splitlines(keepends=True))
            yield Block(match["kind"], text, file)


def apply_difference(path: Path, difference: str) -> None:
    """Replace the lines that begin with a minus sign by those that begin with a plus sign."""
    lines = difference.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line.startswith("-"))
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    new = "".join(line[1:] for line in lines if line.startswith("+"))
    path.write_text(text.replace(old, new), encoding="utf-8")


def paste_step(path: Path, step: str) -> None:
    """Put a step where the guide says: above the line that begins with "checked:"."""
    text = path.read_text(encoding="utf-8")
    assert text.count("\nchecked:") == 1
    path.write_text(text.replace("\nchecked:", f"\n{step}checked:"), encoding="utf-8")


def run_in_shell(repository: Path, commands: str) -> subprocess.CompletedProcess[str]:
    """Run a block as one pastes it; questions are answered."""
    answers = type_answers() if "new-authority" in commands else ""
    environment = build_contributor_environment(repository)
    return run("/bin/sh", "-ec", commands, cwd=repository, env=environment, stdin=answers, check=False)


def start_server(repository: Path, command: str) -> str:
    """Start the form or the preview until it says where it is, and end it; return what it printed."""
    no_browser = " --no-open --no-preview" if "scripts/edit" in command else ""
    words = ("/bin/sh", "-ec", f"exec {command.strip()} --port 0{no_browser}")
    environment = build_contributor_environment(repository)
    with start(*words, cwd=repository, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        output = ""
        for line in process.stdout:
            output += line
            if any(words in line for words in (*SHOWN.values(), "作れませんでした")):
                break
        process.send_signal(signal.SIGTERM)
        process.wait()
    return output


def build_contributor_environment(repository: Path) -> dict[str, str]:
    """Return the environment of a person with a name, who works in the copy."""
    names = ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL")
    return {**build_environment(repository), **dict.fromkeys(names, "a@example.com")}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Make a clone with the packages that are installed here."""
    copy = copy_project(tmp_path / "clone")
    (copy / ".venv").symlink_to(ROOT / ".venv")
    return copy


def test_a_person_who_follows_the_guide_gets_through(repository: Path) -> None:
    """Add an authority, translate, edit files, in one clone; tests/browser follows the steps in the form."""
    output, failed = "", False
    for kind, text, file in read_blocks("ja"):
        if kind == "diff":
            apply_difference(repository / file, text)
        elif kind == "yaml":
            paste_step(repository / file, text)
        elif kind == "sh" and text.split()[0] in SHOWN:
            assert SHOWN[text.split()[0]] in start_server(repository, text)
        elif kind == "sh":
            done = run_in_shell(repository, text)
            output, failed = done.stdout + done.stderr, done.returncode != 0
            assert not failed or "scripts/ledger" in text, output
        elif failed:  # the guide shows the message
            assert f"{text.strip()} 日本語が変わりましたが" in output
            failed = False
        assert kind == "sh" or not failed, output
    assert not failed, output
    assert git(repository, "status", "--porcelain", "docs") == ""
    facts = load_facts(repository)
    assert "abc" in [folder.id for folder in facts.authorities]
    renew = facts.find_page("boj/renew")
    assert renew is not None
    assert renew.guide.steps[-1].id == "tell-colleagues"
    assert "abc/renew#manual" in (repository / "docs/addresses.txt").read_text(encoding="utf-8").split()
    assert len(git(repository, "log", "--format=%s").splitlines()) == 5


def read_commands(language: str) -> list[Block]:
    """Read the blocks of a guide, without the option that names its language."""
    option = f" --lang {language}"
    return [block._replace(text=block.text.replace(option, "")) for block in read_blocks(language)]


def test_both_guides_have_the_same_commands_and_edits() -> None:
    """Who follows the English guide does the same; only the language of messages differs."""
    commands = read_commands("ja")
    assert commands == read_commands("en")
    assert [block.kind for block in commands].count("sh") == 8


def read_chapters(language: str) -> list[str]:
    """Read the headings of a guide's chapters."""
    text = (ROOT / GUIDES[language]).read_text(encoding="utf-8")
    return re.findall("^## (.*)$", text, re.MULTILINE)


def test_both_guides_have_the_same_chapters() -> None:
    """From the prerequisites to keeping content up to date, in the same order."""
    ja, en = read_chapters("ja"), read_chapters("en")
    assert ja[:2] == ["必要なもの", "はじめに"]
    assert en[:2] == ["Prerequisites", "Getting ready"]
    assert ja[2:5] == ["事実を直す", "ステップを足す", "認証局を足す"]
    assert en[2:5] == ["Correct a fact", "Add a step", "Add an authority"]
    assert ja[5:] == [
        "自分の組織のサイトにする",
        "認証局の証明書を登録する",
        "訳す",
        "正しく保つ",
        "ファイルを直接書く",
    ]
    assert en[5:10] == [
        "Make the site your own",
        "Pin a CA's certificate",
        "Translate",
        "Keep content up to date",
        "Edit the files directly",
    ]


@pytest.mark.parametrize("guide", GUIDES.values())
def test_both_guides_name_the_versions_that_set_up_asks_for(guide: str) -> None:
    """Python's and Node.js', as the commands check them."""
    text = (ROOT / guide).read_text(encoding="utf-8")
    python = re.search(r"\*\*Python\*\* (3\.\d+)", text)
    node = re.search(r"\*\*Node\.js\*\* (\d+)", text)
    assert python is not None
    assert node is not None
    assert python[1].replace(".", ", ") in (ROOT / "scripts/setup/run").read_text(encoding="utf-8")
    assert int(node[1]) == OLDEST_NODE
