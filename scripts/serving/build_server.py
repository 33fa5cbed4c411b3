"""Builds the site again and again without importing everything again: the process that scripts/serve keeps.

Each line of its input names a folder. What a build says goes to its output, and then a line with its status.
Every build runs in a fork: it finds the modules loaded and nothing else, so that none sees what another left
in its memory. Whoever sees the code change ends this process and starts another. What the search finds
stays as the first good build has it.
"""

import gc
import os
import sys

from mkdocs.__main__ import cli
from mkdocs.config import load_config

from scripts.site.search_files import KEEP

# Begins the line with the status: END OF TRANSMISSION, which nothing else prints.
END = "\x04"


def main() -> None:
    """Build until the input ends."""
    load_config()  # imports the hook, the theme, plugins and extensions
    gc.freeze()  # what is there stays: forks need not look through it
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            cli(["build", "--strict", "--quiet", "--site-dir", line.rstrip("\n")])  # ends the fork
        _, status = os.waitpid(child, 0)
        if status == 0:
            os.environ[KEEP] = "1"
        print(f"{END}{os.waitstatus_to_exitcode(status)}", flush=True)


if __name__ == "__main__":
    main()
