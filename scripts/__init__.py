"""The commands: shell scripts to run, and in the rooms beside them the code that they start.

For all rooms: `command`.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The repository."""
