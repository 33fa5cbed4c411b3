"""What was changed in ``docs/`` since the last commit: told in words, then a commit, or a file to send."""

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from macros.addressing.ledger import LEDGER
from macros.history.change_sentences import ChangeSentence, ChangeWords
from macros.history.changes import Tree, compare_trees, read_tree
from macros.loading.load import SITE
from macros.loading.yaml_file import read_yaml
from macros.upkeep.translations import TRANSLATIONS
from scripts import ROOT
from scripts.command import CommandError, git, run
from scripts.editing.git_facts import open_facts
from scripts.editing.ledger_update import record_addresses, record_translations

# What git log and mail programs show of a subject.
LONGEST_SUBJECT = 72
_LEDGERS = {LEDGER.as_posix(), TRANSLATIONS.as_posix()}


@dataclass(frozen=True)
class Author:
    """Who a commit is by; empty words where git knows that already."""

    name: str = ""
    mail: str = ""

    def list_options(self) -> list[str]:
        """List the options of git that say so."""
        if not (self.name and self.mail):
            return []
        return ["-c", f"user.name={self.name}", "-c", f"user.email={self.mail}"]


def has_author() -> bool:
    """Tell whether git knows in whose name to commit."""
    return run("git", "var", "GIT_AUTHOR_IDENT", check=False).returncode == 0


def list_changed_files() -> list[str]:
    """List the files of ``docs/`` that differ from the last commit, without the derived ledgers."""
    options = ("--porcelain=v1", "--untracked-files=all", "--no-renames")
    lines = git("-c", "core.quotePath=false", "status", *options, "--", "docs")
    files = [line[3:] for line in f"{lines}\n".splitlines() if line]
    return [file for file in files if file not in _LEDGERS]


def describe_changes() -> list[ChangeSentence]:
    """Describe every change of the facts since the last commit.

    Raises:
        FactsError: a file is no YAML.
        NoSuchCommitError: there is no commit.
    """
    with open_facts("HEAD") as before:
        return ChangeWords().describe(compare_trees(_read_tree(before), _read_tree(ROOT)))


def _read_tree(root: Path) -> Tree:
    """Read all files as they are, drafts and the site's own among them."""
    site = root / "docs" / SITE
    return read_tree(root) | ({"site": read_yaml(site, root).data} if site.is_file() else {})


def update_ledgers() -> list[str]:
    """Add new addresses and texts to the ledgers, and list the places whose English is older now.

    Raises:
        FactsError: the facts are not in order.
    """
    record_addresses()
    return [pair.place for pair in record_translations(set()).find_outdated()]


def commit(message: str, author: Author) -> str:
    """Commit ``docs/`` and nothing else, whatever else has been staged; return the commit's short name.

    Args:
        message: its first line is the subject.
        author: of the commit.

    Raises:
        CommandError: git refuses.
    """
    git("add", "--all", "--", "docs")
    git(*author.list_options(), "commit", "--quiet", "--message", message, "--", "docs")
    return git("rev-parse", "--short", "HEAD")


def compose_patch(message: str, author: Author) -> str:
    """Compose the mail of such a commit, which ``git am`` takes; branch and index stay as they are.

    Args:
        message: its first line is the subject.
        author: of the commit.

    Raises:
        CommandError: git refuses.
    """
    with TemporaryDirectory() as folder:
        index = Path(folder, "index")
        environment = {**os.environ, "GIT_INDEX_FILE": str(index)}
        for words in (["read-tree", "HEAD"], ["add", "--all", "--", "docs"]):
            run("git", *words, env=environment)
        tree = run("git", "write-tree", env=environment).stdout.strip()
    if tree == git("rev-parse", "HEAD^{tree}"):
        raise CommandError("nothing differs")
    name = git(*author.list_options(), "commit-tree", tree, "-p", "HEAD", "-m", message)
    return run("git", "format-patch", "--stdout", "--binary", f"HEAD..{name}").stdout
