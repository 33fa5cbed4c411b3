"""From facts to pages and rules: what `docs/` states, as Markdown for people and as JSON for programs.

Rooms, none of which imports one to its right: `model`, `markdown`, `loading`, `addressing`, `exports`,
`history`, `pages`, `upkeep`. For all of them: `files`, `script_data`. Beside the code lie the wording
(`strings/`), the pages' templates (`templates/`) and the theme for MkDocs (`theme/`).

Nothing here knows MkDocs, and nothing under `wasm/` imports from here.
"""

from pathlib import Path

PACKAGE = Path(__file__).parent
"""This folder, which also holds strings, templates and the theme."""
