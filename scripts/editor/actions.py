"""The actions of the form: one method for each address below ``/api/``, with JSON values in and out."""

import threading
from pathlib import Path
from typing import Any, TypedDict

from macros import PACKAGE
from macros.loading.problems import FactsError, format_message
from macros.loading.wording import load_strings
from macros.loading.yaml_file import parse_values
from macros.model.language import Language
from scripts import ROOT
from scripts.command import CommandError
from scripts.editing.add_picture import RefusedPictureError
from scripts.editor import change_record
from scripts.editor.change_record import Author
from scripts.editor.documents import Document, UnknownDocumentError, find_document, find_title, list_documents
from scripts.editor.field_choices import FieldChoices
from scripts.editor.field_problems import FieldProblem, find_problems
from scripts.editor.form_schema import Json, build_form, read_data
from scripts.editor.new_guide import write_new_guide
from scripts.editor.picture_files import write_picture
from scripts.editor.yaml_edit import EditError, edit_yaml


class ActionError(Exception):
    """An action cannot be done; says why, in the words of ``macros/strings/editor.yaml``."""

    def __init__(self, code: str, **values: object) -> None:
        """Keep the code of the words, and what fills their placeholders."""
        self.code, self.values_of_words = code, values
        super().__init__(code)


class Draft(TypedDict):
    """A document as the page has it.

    Attributes:
        path: of the document.
        data: of its form.
        digest: of the file that the form was opened with; empty for a new one.
    """

    path: str
    data: Json
    digest: str


class Actions:
    """The actions on one repository; one at a time."""

    def __init__(self, preview_url: str, root: Path = ROOT) -> None:
        """Prepare.

        Args:
            preview_url: where the pages are shown as they will be; empty for nowhere.
            root: the repository.
        """
        self._preview_url = preview_url
        self._root = root
        self._words = load_strings(PACKAGE / "strings" / "editor.yaml", PACKAGE.parent)
        self.lock = threading.Lock()

    def say(self, code: str, language: Language, **values: object) -> str:
        """Return words of the form."""
        return self._words.format(language, code, **values)

    def open_start(self, language: Language) -> Json:
        """Return the page's words, the list of documents, and where the preview is."""
        changed = set(change_record.list_changed_files())
        documents = [
            {
                "path": document.path,
                "kind": document.kind,
                "folder": document.folder,
                "title": find_title(document, self._root, language),
                "page": document.page,
                "changed": document.name in changed,
            }
            for document in list_documents(self._root)
        ]
        return {
            "words": self._words.select(language),
            "documents": documents,
            "preview": self._preview_url,
            "changed": len(changed),
        }

    def open_document(self, path: str, language: Language) -> Json:
        """Return a document's form and data.

        Raises:
            ActionError: there is no such document, or it is no YAML.
        """
        document = self._find_document(path)
        text = self._read(document)
        try:
            data = parse_values(document.name, text.encode())
        except FactsError as error:
            raise ActionError("no-yaml", problem=error.problems[0].describe(language)) from error
        return {
            "path": document.path,
            "page": document.page,
            "schema": self._build_form(document, language),
            "data": data,
            "digest": document.compute_digest(),
        }

    def check(self, draft: Draft, language: Language) -> Json:
        """Return the mistakes that a document's new data would be."""
        document = self._find_document(draft["path"])
        text = self._compose_text(document, draft)
        return {"problems": self._describe(find_problems(document, text, self._root), document, language)}

    def save(self, draft: Draft, language: Language) -> Json:
        """Write a document, unless there is a mistake; return the mistakes, and the file's digest.

        Raises:
            ActionError: the file has changed since it was opened, or cannot be written.
        """
        document = self._find_document(draft["path"])
        if document.compute_digest() != draft["digest"]:
            raise ActionError("changed-meanwhile", file=document.name)
        text = self._compose_text(document, draft)
        problems = find_problems(document, text, self._root)
        if not problems and text != self._read(document):
            document.write(text)
        return {
            "problems": self._describe(problems, document, language),
            "digest": document.compute_digest(),
        }

    def add_guide(self, folder: str, name: str, title: str) -> Json:
        """Write a new guide, and return the path of its document.

        Raises:
            ActionError: there can be none of that name.
        """
        step_title = self.say("guide.step", "ja")
        if not title.strip():
            raise ActionError("guide", name=name)
        try:
            document = write_new_guide(folder, name, title.strip(), step_title, self._root)
        except UnknownDocumentError as error:
            raise ActionError("guide", name=name) from error
        return {"path": document.path}

    def add_picture(self, path: str, purpose: str, name: str, encoded: str) -> Json:
        """Write a picture into ``docs/`` and return the value of its field.

        Raises:
            ActionError: it is none that a page can show.
        """
        document = self._find_document(path)
        try:
            return {"value": write_picture(document, purpose, name, encoded, self._root)}
        except RefusedPictureError as error:
            raise ActionError("picture", name=name) from error

    def list_changes(self, language: Language) -> Json:
        """Return what was changed since the last commit, in words, and by file."""
        try:
            sentences = change_record.describe_changes()
        except FactsError as error:
            raise ActionError("no-yaml", problem=error.problems[0].describe(language)) from error
        return {
            "sentences": [f"{sentence.ref}: {sentence.words[language]}" for sentence in sentences],
            "files": change_record.list_changed_files(),
            "hasAuthor": change_record.has_author(),
            "longestSubject": change_record.LONGEST_SUBJECT,
        }

    def commit(self, message: str, author: Author, language: Language) -> Json:
        """Commit all changes."""
        outdated = self._update_ledgers(language)
        try:
            name = change_record.commit(message, author)
        except CommandError as error:
            raise ActionError("git", output=error) from error
        return {"commit": name, "outdated": outdated}

    def compose_patch(self, message: str, author: Author, language: Language) -> Json:
        """Return the file to send."""
        outdated = self._update_ledgers(language)
        try:
            patch = change_record.compose_patch(message, author)
        except CommandError as error:
            raise ActionError("git", output=error) from error
        return {"name": "changes.patch", "text": patch, "outdated": outdated}

    def _update_ledgers(self, language: Language) -> list[str]:
        try:
            return change_record.update_ledgers()
        except FactsError as error:
            raise ActionError("no-yaml", problem=error.problems[0].describe(language)) from error

    def _find_document(self, path: str) -> Document:
        try:
            document = find_document(path, self._root)
        except UnknownDocumentError as error:
            raise ActionError("no-document", path=path) from error
        if not document.file.is_file():
            raise ActionError("no-document", path=path)
        return document

    def _read(self, document: Document) -> str:
        try:
            return document.read()
        except UnicodeDecodeError as error:
            message = format_message("yaml.utf-8", byte=error.start)
            raise ActionError("no-yaml", problem=f"{document.name}: {message.ja}") from error

    def _build_form(self, document: Document, language: Language) -> Json:
        choices = FieldChoices(self._root, language)
        return build_form(document.kind, language, choices.list_choices(document), choices.list_suggestions())

    def _compose_text(self, document: Document, draft: Draft) -> str:
        data: Any = read_data(build_form(document.kind, "ja", {}, {}), draft["data"])
        try:
            return edit_yaml(self._read(document), data)
        except (EditError, FactsError) as error:
            raise ActionError("not-written", file=document.name) from error

    def _describe(self, problems: list[FieldProblem], document: Document, language: Language) -> list[Json]:
        return [
            {
                "file": problem.file.removeprefix("docs/"),
                "path": problem.path,
                "message": problem.problem.message.get(language),
                "place": problem.problem.field,
                "isHere": problem.file == document.name,
            }
            for problem in problems
        ]
