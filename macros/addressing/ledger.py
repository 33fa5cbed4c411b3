"""Addresses are promises: what was ever published, where it went, and the small pages that keep the promise.

``docs/addresses.txt`` lists every step and every answer of the start page that was ever at an address,
``docs/redirects.yaml`` says where those went that are no longer there. Short addresses derive from the same
references: ``boj/renew#open-site`` is ``/s/boj/renew/open-site/``.
"""

import functools
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from pydantic import Field

from macros.addressing import startpage
from macros.addressing.addresses import page_url, relative_url, short_url
from macros.loading.validation import validated
from macros.loading.wording import site_words
from macros.loading.yamlfile import read_yaml
from macros.model.facts import LANGUAGES, Facts
from macros.model.guide import Fact, Words
from macros.model.problems import FactsError, Problem, say

LEDGER = Path("docs/addresses.txt")
REDIRECTS = Path("docs/redirects.yaml")


class Redirects(Fact):
    """The file of addresses that moved: old reference to the one of today."""

    moved: dict[str, Words] = Field(examples=[{"boj/old-page": "boj/renew"}])


@dataclass(frozen=True)
class Promises:
    """The facts with their past.

    Attributes:
        facts: what is there today.
        listed: references of steps and answers that were ever published, sorted.
        moved: old reference, of a step or of a whole page, to the present one.
    """

    facts: Facts
    listed: list[str]
    moved: dict[str, str]

    @functools.cached_property
    def present(self) -> frozenset[str]:
        """References of every page, step and answer of today."""
        return present(self.facts)

    @functools.cached_property
    def _of_pages(self) -> dict[str, list[str]]:
        """Ids of the steps and answers that a page ever had, by its reference."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for ref in sorted({*self.listed, *self.moved}):
            page, _, step = ref.partition("#")
            if step:
                found[page].append(step)
        return found

    def whereabouts(self, ref: str) -> str | None:
        """Where a page or step is today, as a reference; None when it is nowhere.

        Where a whole page has moved, a step of it is sought under the same id.
        """
        page, _, step = ref.partition("#")
        along = f"{self.moved[page]}#{step}" if step and page in self.moved else ""
        candidates = (ref, self.moved.get(ref, ""), along)
        return next((one for one in candidates if one in self.present), None)

    def lost(self) -> list[str]:
        """Every published page and step that leads nowhere."""
        pages = dict.fromkeys(ref.partition("#")[0] for ref in self.listed)
        return [ref for ref in (*pages, *self.listed) if self.whereabouts(ref) is None]

    def unlisted(self) -> list[str]:
        """Steps and answers of today that the ledger does not hold yet."""
        listed = set(self.listed)
        return [ref for ref in steps(self.facts) if ref not in listed]

    def steps_moved_from(self, page: str) -> dict[str, str]:
        """Where the steps that are no longer on a page went, by their ids."""
        found = {step: self.whereabouts(f"{page}#{step}") for step in self._of_pages.get(page, ())}
        return {step: ref for step, ref in found.items() if ref and ref != f"{page}#{step}"}


def steps(facts: Facts) -> list[str]:
    """References of all steps and of all answers of the start page (``index#boj.expired``), sorted."""
    of_guides = (f"{page.ref}#{step.id}" for page in facts.pages() for step in page.guide.steps)
    return sorted([*of_guides, *_answers(facts)])


def _answers(facts: Facts) -> Iterator[str]:
    return (f"{startpage.REF}#{node.address}" for root in startpage.forest(facts) for node in root.all())


def present(facts: Facts) -> frozenset[str]:
    """References of every page, step and answer that is among the facts."""
    return frozenset((startpage.REF, *(page.ref for page in facts.pages()), *steps(facts)))


def load_promises(facts: Facts, root: Path) -> Promises:
    """Read ledger and redirects.

    Raises:
        FactsError: a redirect leads nowhere, or from an address that is there or never was; or is none.
    """
    listed = (root / LEDGER).read_text(encoding="utf-8").split()
    file = read_yaml(root / REDIRECTS, root)
    redirects = validated(Redirects, file.data, lambda location: (file.name, file.line(location)))
    promises = Promises(facts, listed, redirects.moved)
    known = {*listed, *(ref.partition("#")[0] for ref in listed)}
    problems = []
    for old, new in promises.moved.items():
        place = (file.name, file.line(["moved", old]), f"moved.{old}")
        if new not in promises.present:
            problems.append(Problem(*place, say("moved.target", target=new)))
        if old in promises.present:
            problems.append(Problem(*place, say("moved.still-there")))
        elif old not in known:
            problems.append(Problem(*place, say("moved.never", ledger=LEDGER)))
    if problems:
        raise FactsError(problems)
    return promises


def small_pages(promises: Promises, script: str) -> Iterator[tuple[str, str]]:
    """Path below the site's root and HTML of every short address and every page that has moved away.

    Args:
        promises: each listed address leads somewhere, else it gets no page.
        script: path below the site's root of the module that forwards fragments.
    """
    gone = sorted({ref.partition("#")[0] for ref in promises.listed if _has_gone(promises, ref)})
    strings = site_words()
    for language in LANGUAGES:
        for ref in promises.listed:
            # An answer's address is short as it is.
            if (target := promises.whereabouts(ref)) and not ref.startswith(f"{startpage.REF}#"):
                yield (
                    f"{short_url(ref, language)}index.html",
                    _short_page(promises, ref, target, language, strings.say(language, "site.open")),
                )
        for page in gone:
            yield (
                f"{page_url(page, language)}index.html",
                _forwarding_page(promises, page, language, script, strings.say(language, "site.moved")),
            )


def forwards(promises: Promises, page: str, language: str) -> str:
    """A block of data for ``addresses.mjs``: where the steps that left this page are; empty when none did."""
    here, moved = page_url(page, language), promises.steps_moved_from(page)
    data: dict[str, object] = {"steps": {step: _way(ref, here, language) for step, ref in moved.items()}}
    if _has_gone(promises, page):
        data["page"] = _way(promises.whereabouts(page) or "", here, language)
    elif not moved:
        return ""
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="moved">{text}</script>'


def _has_gone(promises: Promises, ref: str) -> bool:
    page = ref.partition("#")[0]
    return page not in promises.present and promises.whereabouts(page) is not None


def _way(ref: str, here: str, language: str) -> str:
    page, mark, step = ref.partition("#")
    return relative_url(page_url(page, language) + mark + step, here)


def _title(facts: Facts, ref: str, language: str) -> str:
    name, _, step_id = ref.partition("#")
    page = facts.page(name)
    step = page.step(step_id) if page else None
    words: str = getattr(step.title if step else page.guide.title, language) if page else ref
    return escape(words)


def _head(title: str, language: str) -> str:
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="robots" content="noindex">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
    )


def _short_page(promises: Promises, ref: str, target: str, language: str, words: str) -> str:
    way = _way(target, short_url(ref, language), language)
    return (
        f"{_head(_title(promises.facts, target, language), language)}"
        f'<meta http-equiv="refresh" content="0;url={way}"><p><a href="{way}">{words}</a></p>\n'
    )


def _forwarding_page(promises: Promises, page: str, language: str, script: str, words: str) -> str:
    """The script knows the fragment, which a refresh would lose: that is for readers without scripts."""
    here, target = page_url(page, language), promises.whereabouts(page) or ""
    way, title = _way(target, here, language), _title(promises.facts, target, language)
    return (
        f'{_head(title, language)}<noscript><meta http-equiv="refresh" content="0;url={way}"></noscript>'
        f'<script type="module" src="{relative_url(script, here)}"></script></head>'
        f'<body>{forwards(promises, page, language)}<p>{words} <a href="{way}">{title}</a></p></body></html>'
    )
