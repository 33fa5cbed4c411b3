"""A new guide: a draft with one step, there to be filled in."""

import datetime as dt
from pathlib import Path

from certcheck.japan import JAPAN
from macros.model.facts import CONTACTS
from scripts.editing.schema_update import compose_mark
from scripts.editor.documents import Document, UnknownDocumentError, find_document
from scripts.editor.yaml_fragments import format_entry


def write_new_guide(folder: str, name: str, title: str, step_title: str, root: Path) -> Document:
    """Write the file of a new guide, which is a draft: Japanese only, and not published.

    Args:
        folder: of an authority, or ``shared``.
        name: of the file, which will be in the guide's address.
        title: in Japanese.
        step_title: of the first step, in Japanese.
        root: the repository.

    Raises:
        UnknownDocumentError: the name cannot be in an address, or is taken.
    """
    document = find_document(f"{folder}/{name}.yaml", root)
    if document.kind != "guide" or name == CONTACTS or document.file.exists():
        raise UnknownDocumentError(document.path)
    words = {"ja": title}
    step = {"id": "first", "title": {"ja": step_title}, "do": {"ja": step_title}, "basis": "site"}
    entries = {
        "title": words,
        "summary": words,
        "steps": [step],
        "draft": True,
        "checked": dt.datetime.now(JAPAN).date(),
    }
    lines = "".join(f"{format_entry(key, value)}\n" for key, value in entries.items())
    document.write(compose_mark(document.file, root) + lines)
    return document
