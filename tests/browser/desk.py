"""The form of scripts/edit in a copy of the project, as an editor uses it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from scripts.command import start
from scripts.measuring.source_copy import build_environment

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/#\S+")


@contextmanager
def start_editor(repository: Path, *options: str) -> Iterator[str]:
    """Run scripts/edit in a copy, as somebody with a name, and yield the address that it prints."""
    names = ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL")
    environment = build_environment(repository) | dict.fromkeys(names, "editor@example.com")
    words = (sys.executable, "-m", "scripts.editor.edit", "--port", "0", "--no-open", *options)
    with start(*words, cwd=repository, env=environment, stdout=subprocess.PIPE) as process:
        try:
            lines = iter(process.stdout or ())
            address = next(match[0] for line in lines if (match := _ADDRESS.search(line)))
            yield address
        finally:
            process.kill()
            process.communicate()


class Desk:
    """The page, by what stands on it."""

    def __init__(self, page: Page, address: str) -> None:
        """Open it.

        Args:
            page: an empty tab.
            address: that scripts/edit has printed.
        """
        self.page = page
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(address)
        expect(page.get_by_role("navigation")).to_be_visible()

    @property
    def preview(self) -> Locator:
        """The body of the page in the frame."""
        return self.page.frame_locator("iframe").locator("body")

    def open(self, path: str) -> None:
        """Open a document from the list."""
        self.page.locator(f'nav > details:has([data-path="{path}"])').evaluate(
            "(list) => { list.open = true; }"
        )
        self.page.locator(f'[data-path="{path}"]').click()
        expect(self.page.locator("main h2", has_text=path)).to_be_visible()

    def find_field(self, place: str) -> Locator:
        """Find the input of a field, and open what it is folded in.

        Args:
            place: keys and indices, as in ``steps.0.title.ja``.
        """
        parts = place.split(".")
        for end in range(1, len(parts)):
            outer = self.page.locator(f'[data-field="root_{"_".join(parts[:end])}"]')
            if outer.count():
                continue
            self._unfold("_".join(("root", *parts[: end - 1])), parts[end - 1])
        field = self.page.locator(f'[id="root_{"_".join(parts)}"]')
        if not field.count():
            self._unfold("_".join(("root", *parts[:-1])), parts[-1])
        return field

    def _unfold(self, group: str, name: str) -> None:
        """Open the entry of a list, or the other fields of a group."""
        outer = self.page.locator(f'[data-field="{group}"]')
        if name.isdecimal():
            outer.locator("> fieldset > .entries > details.entry").nth(int(name)).locator("> summary").click()
        else:
            outer.locator("> fieldset > details.more > summary").click()

    def fill(self, fields: dict[str, str]) -> None:
        """Fill in texts, or choose from lists, by place."""
        for place, value in fields.items():
            field = self.find_field(place)
            if field.evaluate("(field) => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def add(self, place: str) -> None:
        """Add an entry to a list."""
        parts = place.split(".")
        listing = self.page.locator(f'[data-field="root_{"_".join(parts)}"]')
        if not listing.count():
            self._unfold("_".join(("root", *parts[:-1])), parts[-1])
        listing.locator("> fieldset > button.add").click()

    def add_guide(self, folder: str, name: str, title: str) -> None:
        """Begin a guide, which is opened then."""
        listing = self.page.locator(f'nav > details:has([data-path="{folder}/authority.yaml"])')
        listing.evaluate("(list) => { list.open = list.querySelector('.new-guide').open = true; }")
        listing.locator('[name="guide.name"]').fill(name)
        listing.locator('[name="guide.title"]').fill(title)
        listing.get_by_role("button", name="下書きを作る").click()
        expect(self.page.locator("main h2", has_text=f"{folder}/{name}.yaml")).to_be_visible()

    def press(self, label: str) -> None:
        """Press a button of the page itself."""
        self.page.get_by_role("button", name=label, exact=True).click()

    def save(self) -> None:
        """Save, which has to succeed."""
        self.press("保存する")
        said = self.page.locator("main output").first
        expect(said).not_to_be_empty()
        problems = self.page.locator(".problems, .elsewhere").all_inner_texts()
        assert "保存しました。" in said.inner_text(), problems
