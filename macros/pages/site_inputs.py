"""What every page of one build is made from."""

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from macros import PACKAGE
from macros.history.changelog import Log, load_log
from macros.loading.page_markup import check_page_markup
from macros.loading.problems import FactsError
from macros.loading.word_usage import check_pages, check_strings
from macros.loading.wording import Strings, load_site_words, load_strings
from macros.markdown.site_words import replace_site_words
from macros.model.facts import Facts
from macros.pages.asset_groups import Assets
from macros.pages.licences import Component, load_components


@dataclass(frozen=True)
class Build:
    """Which state of the facts is rendered.

    Attributes:
        commit: git's name for it, or ``unknown``.
        day: of the build, in Japan; pages warn when a device's clock is earlier.
    """

    commit: str
    day: dt.date

    @property
    def version(self) -> str:
        """The day for people and the commit for git, e.g. ``2026-11-21-0123456789ab``."""
        return f"{self.day}-{self.commit[:12]}"


# Names the origin that an institution gives the checker for itself, see deploy/README.md.
CHECKER_SITE = "CERT_GUIDES_CHECKER"


@dataclass(frozen=True)
class SiteInputs:
    """The facts, the words of ``macros/strings``, and what the site ships and tells beside its guides.

    Attributes:
        facts: everything that ``docs/`` states.
        assets: scripts, style sheets and the checker's programs, which pages refer to.
        build: commit and day.
        strings: the words of the pages' frame.
        checker_strings: the words of the checker's page.
        send_strings: the words of ``/send/``.
        components: the work of others that the site ships.
        log: the changes that readers are told.
        checker_site: address, with a slash at its end, of the site on the checker's own origin; empty where
            steps hold the checker.
    """

    facts: Facts
    assets: Assets
    build: Build
    strings: Strings
    checker_strings: Strings
    send_strings: Strings
    components: list[Component]
    log: Log
    checker_site: str = ""


def load_site_inputs(facts: Facts, assets: Assets, build: Build) -> SiteInputs:
    """Read what pages need besides the facts.

    Raises:
        FactsError: words are missing, or are not those of the glossary, or the log or the list of components
            is not valid.
    """
    root, strings = PACKAGE.parent, PACKAGE / "strings"
    _check_words(facts, strings, root)
    if problems := list(check_page_markup(root / "docs", root)):
        raise FactsError(problems)
    return SiteInputs(
        facts=facts,
        assets=assets,
        build=build,
        strings=Strings(replace_site_words(load_site_words().words, facts.site)),
        checker_strings=load_strings(strings / "checker", root),
        send_strings=load_strings(strings / "send.yaml", root),
        components=load_components(root),
        log=load_log(root).leave_out(facts.hidden),
        checker_site=os.environ.get(CHECKER_SITE, ""),
    )


def _check_words(facts: Facts, strings: Path, root: Path) -> None:
    """Require the words of the glossary in what the pages say around the facts."""
    if facts.glossary:
        problems = [
            *check_strings(facts.glossary, strings, root),
            *check_pages(facts.glossary, root / "docs", root),
        ]
        if problems:
            raise FactsError(problems)
