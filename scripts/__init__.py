"""The commands: shell scripts that one runs, and in the rooms beside them what they do."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The repository."""
