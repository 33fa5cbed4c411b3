"""Builds the site again and again without importing everything again: the process that scripts/serve keeps.

1. Import what a build needs.
2. Read a line, a :class:`Task`, and build. The build's own output goes to this output.
3. Print a line with the build's exit status; then the next.

Every build runs in a fork: it finds the modules loaded and nothing else, so that none sees what another left
in its memory. Whoever sees the code change ends this process and starts another. What the search finds
stays as the first good build has it.
"""

import gc
import json
import os
import sys
from dataclasses import asdict, dataclass

from mkdocs.__main__ import cli
from mkdocs.config import load_config

from scripts.command import call
from scripts.site.search_files import KEEP
from scripts.site.site_build import ONLY_PAGE

# Begins the line with the status: END OF TRANSMISSION, which nothing else prints.
END_OF_BUILD = "\x04"
_BUILD = ("build", "--strict", "--quiet", "--site-dir")


@dataclass(frozen=True)
class Task:
    """What to build.

    Attributes:
        folder: to build into.
        page: the only page to build, by its address from the site's root; None builds the site.
    """

    folder: str
    page: str | None = None

    def encode(self) -> str:
        """Return the task as a line."""
        return json.dumps(asdict(self))

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the build."""
        return {**os.environ, **({} if self.page is None else {ONLY_PAGE: self.page})}


def build_in_fork(task: Task) -> int:
    """Build in a copy of this process, and return the exit status."""
    if (child := os.fork()) == 0:
        os.environ.update(task.environment)
        cli([*_BUILD, task.folder])  # ends the fork
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def build_in_process(task: Task) -> int:
    """Build in a new process, where the system has no forks (Windows), and return the exit status."""
    return call(sys.executable, "-m", "mkdocs", *_BUILD, task.folder, env=task.environment)


def main() -> None:
    """Build until the input ends."""
    build = build_in_fork if hasattr(os, "fork") else build_in_process
    load_config()  # 1: the hook, the theme, plugins and extensions
    gc.freeze()  # what is there stays: forks need not look through it
    for line in sys.stdin:  # 2.
        task = Task(**json.loads(line))
        status = build(task)
        if status == 0 and task.page is None:
            os.environ[KEEP] = "1"
        print(f"{END_OF_BUILD}{status}", flush=True)  # 3.


if __name__ == "__main__":
    main()
