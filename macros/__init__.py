"""From facts to pages and rules: typed model, loading with errors that name their place, rendering.

Nothing here knows MkDocs, and nothing under ``wasm/`` imports from here.
"""

from pathlib import Path

PACKAGE = Path(__file__).parent
"""This folder, which also holds strings, templates and the theme."""
