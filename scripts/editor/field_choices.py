"""What can be chosen in fields whose values stand elsewhere in the facts: manuals, environments, guides.

Files with mistakes are passed over: the form is where they are mended.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros.loading.load import AUTHORITY, SITUATIONS
from macros.loading.problems import FactsError
from macros.loading.yaml_file import read_yaml
from macros.model.facts import CONTACTS, SHARED, STANDALONE_PAGES
from macros.model.language import Language
from scripts.editor.documents import Document, list_documents

Names = dict[str, str]


class FieldChoices:
    """The values of today's files, with their names in one language."""

    def __init__(self, root: Path, language: Language) -> None:
        """Read all documents.

        Args:
            root: the repository.
            language: of the names.
        """
        self._language = language
        self._values: dict[str, Any] = {}
        self._documents: dict[str, Document] = {}
        for document in list_documents(root):
            try:
                self._values[document.path] = read_yaml(document.file, root).values
            except FactsError:
                continue
            self._documents[document.path] = document

    def list_choices(self, document: Document) -> dict[str, Names]:
        """List the values that fields of a document can have, by the fields' codes."""
        folder = document.folder
        situations = self._get_list(f"{SHARED}/{SITUATIONS}", "situations")
        return {
            "Source.document": self._list_manuals(folder),
            "Step.variant": self._list_variants(),
            "SituationAnswer.situation": self._name_entries(situations),
            "After.contact": self._name_entries(self._get_list(f"{folder}/{AUTHORITY}", "contacts")),
            ".guides": self._list_guides(folder),
            ".authorities": self._list_authorities(),
        }

    def list_suggestions(self) -> dict[str, Names]:
        """List the values that are offered for fields of references, by the fields' codes."""
        references = dict(self._list_references())
        codes = ("Otherwise.go", "SituationAnswer.go", "Choice.go", "After.guide", "Withdrawal.at")
        return {"Step.use": dict(self._list_parts()), **dict.fromkeys(codes, references)}

    def _list_manuals(self, folder: str) -> Names:
        """List the manuals of an authority; those of all authorities for shared documents."""
        names: Names = {}
        for path in self._list_paths(AUTHORITY):
            if folder in {SHARED, path.partition("/")[0]}:
                names |= self._name_entries(self._get_list(path, "documents"))
        return names

    def _list_variants(self) -> Names:
        names: Names = {}
        for axis in self._get_list(f"{SHARED}/variants.yaml", "axes"):
            names |= self._name_entries(_get_entries(axis, "options"))
        return names

    def _list_guides(self, folder: str) -> Names:
        names: Names = {}
        for document in self._documents.values():
            if document.kind == "guide" and document.folder == folder:
                names[document.file.stem] = self._find_name(self._values[document.path], document.file.stem)
        return names | {CONTACTS: CONTACTS}

    def _list_authorities(self) -> Names:
        folders = [path.partition("/")[0] for path in self._list_paths(AUTHORITY)]
        return {folder: self._find_name(self._values[f"{folder}/{AUTHORITY}"], folder) for folder in folders}

    def _list_references(self) -> Iterator[tuple[str, str]]:
        """Yield every guide, step and contact that a text may lead to, with its title."""
        for page in sorted(STANDALONE_PAGES):
            yield page, page
        for document in self._documents.values():
            values = self._values[document.path]
            reference = document.path.removesuffix(".yaml")
            if document.kind == "guide":
                title = self._find_name(values, reference)
                yield reference, title
                yield from self._name_parts(reference, values, title)
            elif document.kind == "authority":
                for name, title in self._name_entries(_get_entries(values, CONTACTS)).items():
                    yield f"{document.folder}/{CONTACTS}#{name}", title

    def _list_parts(self) -> Iterator[tuple[str, str]]:
        for document in self._documents.values():
            if document.kind == "parts":
                reference = f"{document.folder}/{document.file.stem}"
                yield from self._name_parts(reference, self._values[document.path], "")

    def _name_parts(self, reference: str, values: Any, title: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - plain values
        for name, step_title in self._name_entries(_get_entries(values, "steps")).items():
            yield f"{reference}#{name}", f"{title}: {step_title}" if title else step_title

    def _list_paths(self, name: str) -> list[str]:
        return [path for path in self._values if path.endswith(f"/{name}")]

    def _get_list(self, path: str, field: str) -> list[dict[str, Any]]:
        return _get_entries(self._values.get(path), field)

    def _name_entries(self, entries: list[dict[str, Any]]) -> Names:
        """Name entries by their ids."""
        return {
            str(entry["id"]): self._find_name(entry, str(entry["id"])) for entry in entries if "id" in entry
        }

    def _find_name(self, values: dict[str, Any], fallback: str) -> str:
        """Find the words that name an entry."""
        words = next(
            (values[field] for field in ("short", "title", "name", "about") if field in values), None
        )
        if isinstance(words, dict):
            words = words.get(self._language) or words.get("ja")
        return words if isinstance(words, str) else fallback


def _get_entries(values: Any, field: str) -> list[dict[str, Any]]:  # noqa: ANN401 - plain values
    entries = values.get(field) if isinstance(values, dict) else None
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
