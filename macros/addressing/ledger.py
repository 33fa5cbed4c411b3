"""The ledger of published addresses: each goes on leading somewhere, by redirects and forwarding pages.

``docs/addresses.txt`` lists every step and every answer of the start page that was ever at an address,
``docs/redirects.yaml`` says where those went that are no longer there. Short addresses derive from the same
references: ``boj/renew#open-site`` is ``/s/boj/renew/open-site/``.
"""

import functools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from pydantic import Field

from macros.addressing import start_page
from macros.addressing.urls import (
    build_page_url,
    build_relative_url,
    build_short_url,
    build_target_url,
)
from macros.loading.problems import FactsError, Problem, format_message
from macros.loading.validation import validate
from macros.loading.wording import load_site_words
from macros.loading.yaml_file import read_yaml
from macros.model.evidence import Fact, Words
from macros.model.facts import LANGUAGES, Facts
from macros.model.location import Locator
from macros.script_data import encode_for_script

LEDGER = Path("docs/addresses.txt")
REDIRECTS = Path("docs/redirects.yaml")


class Redirects(Fact):
    """The file of addresses that moved: old reference to the one of today."""

    moved: dict[str, Words] = Field(examples=[{"boj/old-page": "boj/renew"}])


@dataclass(frozen=True)
class Ledger:
    """The facts with their past.

    Attributes:
        facts: of today.
        published_refs: references of steps and answers that were ever published, sorted.
        redirects: old reference, of a step or of a whole page, to the present one.
        locate: finds the line of a redirect.
    """

    facts: Facts
    published_refs: list[str]
    redirects: dict[str, str]
    locate: Locator

    @functools.cached_property
    def current_refs(self) -> frozenset[str]:
        """References of every page, step and answer of today."""
        return list_references(self.facts)

    @functools.cached_property
    def _step_ids_by_page(self) -> dict[str, list[str]]:
        """Ids of the steps and answers that a page ever had, by its reference."""
        step_ids: defaultdict[str, list[str]] = defaultdict(list)
        for ref in sorted({*self.published_refs, *self.redirects}):
            page, _, step_id = ref.partition("#")
            if step_id:
                step_ids[page].append(step_id)
        return step_ids

    def resolve(self, ref: str) -> str | None:
        """Resolve a published reference to one of today; None when it leads nowhere.

        1. The page or step itself, if it is still there.
        2. Where its own redirect leads.
        3. Where a whole page has moved: the step of the same id on the new page.
        """
        page, _, step_id = ref.partition("#")
        moved_with_page = f"{self.redirects[page]}#{step_id}" if step_id and page in self.redirects else ""
        candidates = (ref, self.redirects.get(ref, ""), moved_with_page)  # 1. to 3.
        return next((candidate for candidate in candidates if candidate in self.current_refs), None)

    def find_lost(self) -> list[str]:
        """Find every published page and step that leads nowhere."""
        refs = [ref for ref in self.published_refs if not self._is_hidden(ref)]
        pages = dict.fromkeys(ref.partition("#")[0] for ref in refs)
        return [ref for ref in (*pages, *refs) if self.resolve(ref) is None]

    def require_all(self) -> None:
        """Require that every published page and step leads somewhere.

        Raises:
            FactsError: some lead nowhere; each problem holds the line to add to ``docs/redirects.yaml``.
        """
        problems: list[Problem] = []
        for ref in self.find_lost():
            moved = f"{ref}: {self._suggest_target(ref)}"
            line = f"  {moved}" if self.redirects else f"moved: {{{moved}}}"
            message = format_message("moved.lost", ref=ref, line=line)
            problems.append(Problem(*self.locate(("moved",)), "moved", message))
        if problems:
            raise FactsError(problems)

    def _suggest_target(self, ref: str) -> str:
        """Return the page of a step that is gone, a guide beside a page that is, else the start page."""
        page = ref.partition("#")[0]
        beside = [guide.ref for guide in self.facts.pages if guide.folder == page.partition("/")[0]]
        return page if page in self.current_refs else next(iter(beside), start_page.REF)

    def _is_hidden(self, ref: str) -> bool:
        """Tell whether a reference is of an authority that this site does not show."""
        page, _, answer = ref.partition("#")
        name = answer.partition(".")[0] if page == start_page.REF else page.partition("/")[0]
        return name in self.facts.hidden

    def find_unlisted(self) -> list[str]:
        """Find the steps and answers of today that the ledger does not hold yet."""
        published = set(self.published_refs)
        return [ref for ref in list_addresses(self.facts) if ref not in published]

    def find_moved_steps(self, page: str) -> dict[str, str]:
        """Find where the steps that are no longer on a page went, by their ids."""
        moved: dict[str, str] = {}
        for step_id in self._step_ids_by_page.get(page, ()):
            old = f"{page}#{step_id}"
            new = self.resolve(old)
            if new and new != old:
                moved[step_id] = new
        return moved

    def has_moved(self, ref: str) -> bool:
        """Tell whether the page of a reference is no longer there and leads on to another."""
        page = ref.partition("#")[0]
        return page not in self.current_refs and self.resolve(page) is not None


def list_addresses(facts: Facts) -> list[str]:
    """List references of all steps and of all answers of the start page (``index#boj.expired``), sorted."""
    refs: list[str] = []
    for page in facts.pages:
        refs += (f"{page.ref}#{step.id}" for step in page.guide.steps)
    for root in start_page.build_forest(facts):
        refs += (f"{start_page.REF}#{node.address}" for node in root.walk())
    return sorted(refs)


def list_references(facts: Facts) -> frozenset[str]:
    """List references of every page, step and answer that is among the facts."""
    return frozenset((start_page.REF, *(page.ref for page in facts.pages), *list_addresses(facts)))


def load_ledger(facts: Facts, root: Path) -> Ledger:
    """Read the published addresses and the redirects.

    Args:
        facts: of today.
        root: the repository.

    Raises:
        FactsError: a redirect leads nowhere, or from an address that is there or never was; or is none.
    """
    published_refs = (root / LEDGER).read_text(encoding="utf-8").split()
    file = read_yaml(root / REDIRECTS, root)
    ledger = Ledger(facts, published_refs, validate(Redirects, file.data, file.locate).moved, file.locate)
    known = {*published_refs, *(ref.partition("#")[0] for ref in published_refs)}
    problems = []
    for old, new in ledger.redirects.items():
        place, field = file.locate(["moved", old]), f"moved.{old}"
        if new not in ledger.current_refs:
            problems.append(Problem(*place, field, format_message("moved.target", target=new)))
        if old in ledger.current_refs:
            problems.append(Problem(*place, field, format_message("moved.still-there")))
        elif old not in known:
            problems.append(Problem(*place, field, format_message("moved.never", ledger=LEDGER)))
    if problems:
        raise FactsError(problems)
    return ledger


def build_forwarding_pages(ledger: Ledger, script: str) -> Iterator[tuple[str, str]]:
    """Build path and HTML of every short address and of every page that has moved away.

    Args:
        ledger: each of its addresses leads somewhere, else it gets no page.
        script: path below the site's root of the module that forwards fragments.

    Yields:
        The path below the site's root, and the page.
    """
    moved_pages = sorted({ref.partition("#")[0] for ref in ledger.published_refs if ledger.has_moved(ref)})
    for language in LANGUAGES:
        for ref in ledger.published_refs:
            # An answer's address is short as it is.
            if (target := ledger.resolve(ref)) and not ref.startswith(f"{start_page.REF}#"):
                page = _build_short_page(ledger.facts, ref, target, language)
                yield f"{build_short_url(ref, language)}index.html", page
        for ref in moved_pages:
            page = _build_forwarding_page(ledger, ref, language, script)
            yield f"{build_page_url(ref, language)}index.html", page


def build_forwarding_data(ledger: Ledger, page: str, language: str) -> str:
    """Build the data for ``step-addresses.mjs``: where the steps that left a page are, or an empty string."""
    here, moved = build_page_url(page, language), ledger.find_moved_steps(page)
    steps = {step_id: _build_url(ref, here, language) for step_id, ref in moved.items()}
    data: dict[str, Any] = {"steps": steps}
    if ledger.has_moved(page):
        data["page"] = _build_url(ledger.resolve(page) or "", here, language)
    elif not moved:
        return ""
    return f'<script type="application/json" id="moved">{encode_for_script(data)}</script>'


def _build_url(ref: str, here: str, language: str) -> str:
    return build_relative_url(build_target_url(ref, language), here)


def _find_title(facts: Facts, ref: str, language: str) -> str:
    name, _, step_id = ref.partition("#")
    page = facts.find_page(name)
    if page is None:
        return escape(ref)
    step = page.find_step(step_id)
    return escape((step.title if step else page.guide.title).get(language))


def _build_head(title: str, language: str) -> str:
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="robots" content="noindex">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
    )


def _build_short_page(facts: Facts, ref: str, target: str, language: str) -> str:
    url = _build_url(target, build_short_url(ref, language), language)
    head = _build_head(_find_title(facts, target, language), language)
    words = load_site_words().format(language, "site.open")
    refresh = f'<meta http-equiv="refresh" content="0;url={url}">'
    return f'{head}{refresh}<p><a href="{url}">{words}</a></p>\n'


def _build_forwarding_page(ledger: Ledger, page: str, language: str, script: str) -> str:
    """Build a page that leads on; its script keeps the fragment, which the refresh without scripts loses."""
    here, target = build_page_url(page, language), ledger.resolve(page) or ""
    url, title = _build_url(target, here, language), _find_title(ledger.facts, target, language)
    words = load_site_words().format(language, "site.moved")
    data = build_forwarding_data(ledger, page, language)
    refresh = f'<noscript><meta http-equiv="refresh" content="0;url={url}"></noscript>'
    return (
        f"{_build_head(title, language)}{refresh}"
        f'<script type="module" src="{build_relative_url(script, here)}"></script></head>'
        f'<body>{data}<p>{words} <a href="{url}">{title}</a></p></body></html>'
    )
