"""Runs every check and every test.

1. Check style and types. With arguments, as in 'scripts/test tests/macros -k window', this is left out:
   a part is wanted. They go to pytest alone.
2. Build the site, which the tests of this run use instead of each building its own.
3. Run pytest. A file stays in one process: what its tests share (a page with the checker ready) is made once.
   The files come in the order of tests/conftest.py, not by their number of tests.
"""

import os
import sys

from macros.model.language import Message, choose_language
from scripts import ROOT
from scripts.command import call
from scripts.setup.system import hand_over
from scripts.site.full_build import build_site

CHECKING = Message("書き方と型を調べています…", "Checking style and types …")
TESTING = Message("テストしています…", "Testing …")
FOUND = Message("{tool} が問題を見つけました。上を確かめてください。", "{tool} found something: see above.")
UNFORMATTED = Message(
    "{tool} でファイルの形が変わります。「.venv/bin/ruff format」を実行してください。",
    "{tool} would change a file: run '.venv/bin/ruff format'.",
)

_PYTHON = (sys.executable, "-m")
# Started without node_modules/.bin, which Windows' programs need other names of.
_TYPESCRIPT = ("node", "node_modules/typescript/bin/tsc", "--project")
CHECKS = {
    "ruff check": (*_PYTHON, "ruff", "check", "--quiet"),
    "ruff format": (*_PYTHON, "ruff", "format", "--quiet", "--check"),
    "mypy": (*_PYTHON, "mypy", "--no-error-summary"),
    "biome": ("node", "node_modules/@biomejs/biome/bin/biome", "ci", "--colors=off", "--error-on-warnings"),
    "tsc": (*_TYPESCRIPT, "tsconfig.json"),
    "tsc for the worker": (*_TYPESCRIPT, "tsconfig.worker.json"),
}


def check_sources() -> str | None:
    """Run linters and type checkers until one finds something.

    Returns:
        What to tell of it; None where none finds anything.
    """
    for tool, command in CHECKS.items():
        if call(*command):
            message = UNFORMATTED if tool == "ruff format" else FOUND
            return message.fill(tool=tool).get(choose_language())
    return None


def main() -> int:
    """Check, build and test; the exit status of what failed."""
    options = sys.argv[1:]
    if not options:  # 1.
        _tell(CHECKING.get(choose_language()))
        if finding := check_sources():
            _tell(finding)
            return 1
    if status := build_site():  # 2.
        return status
    _tell(TESTING.get(choose_language()))  # 3.
    os.environ["CERT_GUIDES_SITE"] = str(ROOT / "site")
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())  # no test waits for a person
    distribution = ("--numprocesses", "2", "--dist", "loadfile", "--no-loadscope-reorder")
    return hand_over([*_PYTHON, "pytest", *distribution, *options])


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
