"""The mistakes in the facts that ended a build, left for the process that serves the site meanwhile."""

import json
from pathlib import Path

from macros.loading.problems import FactsError
from macros.model.facts import LANGUAGES
from macros.model.language import Message

# Below the repository's root.
_PATH = Path("build/problems.json")


def write_mistakes(root: Path, error: FactsError) -> None:
    """Leave the mistakes, in both languages."""
    mistakes = [list(map(problem.describe, LANGUAGES)) for problem in error.problems]
    (root / _PATH).parent.mkdir(exist_ok=True)
    (root / _PATH).write_text(json.dumps(mistakes), encoding="utf-8", newline="\n")


def read_mistakes(root: Path) -> list[Message]:
    """Read what the last build left; none where it ended otherwise."""
    path = root / _PATH
    mistakes = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    return [Message(*languages) for languages in mistakes]


def clear_mistakes(root: Path) -> None:
    """Forget what an earlier build left."""
    (root / _PATH).unlink(missing_ok=True)
