"""How scripts run programs."""

import sys
from pathlib import Path

import pytest

from scripts.command import CommandError, call, git, run


def test_output_is_utf_8_and_input_is_given(tmp_path: Path) -> None:
    """Whatever the locale; the program runs where it is told to, and sees no shell."""
    script = "import pathlib, sys; print(sys.stdin.read(), sys.argv[1:], pathlib.Path.cwd())"
    done = run(
        sys.executable,
        "-X",
        "utf8",
        "-c",
        script,
        "$HOME; 更新",
        cwd=tmp_path,
        stdin="証明書",
        env={"LC_ALL": "C"},
    )
    assert done.stdout == f"証明書 ['$HOME; 更新'] {tmp_path}\n"


def test_a_failure_is_told_with_the_end_of_the_output() -> None:
    """And left to the caller who looks at the status."""
    script = "import sys; print('begun' * 9999); sys.exit('the reason')"
    with pytest.raises(CommandError, match=r"(?s)failed:\n.{,4000}the reason$"):
        run(sys.executable, "-c", script)
    assert run(sys.executable, "-c", script, check=False).returncode == 1


def test_a_missing_program_is_named() -> None:
    """In one sentence, whether or not failures are checked."""
    with pytest.raises(CommandError, match=r"^no-such-program is not there$"):
        run("no-such-program", check=False)


def test_a_program_whose_output_is_shown_returns_its_status() -> None:
    """Whatever it is; a missing program is named like another."""
    assert call(sys.executable, "-c", "raise SystemExit(3)") == 3
    with pytest.raises(CommandError, match=r"^no-such-program is not there$"):
        call("no-such-program")


def test_a_program_that_does_not_end_is_ended() -> None:
    """After the seconds that it was given."""
    with pytest.raises(CommandError, match=r"did not end in 0\.1 s$"):
        run(sys.executable, "-c", "import time; time.sleep(60)", timeout=0.1)


def test_git_answers_without_a_line_end() -> None:
    """A commit's name, say, can be used as it is."""
    assert len(git("rev-parse", "HEAD")) == 40
