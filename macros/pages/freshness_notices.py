"""From which day on a page says that what it rests on may be out of date.

The build shows the notices whose day has come; a small script shows the others when theirs comes, since
copies are read long after they were made.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.model.authority import Document
from macros.model.evidence import Source, Text
from macros.model.facts import Facts, GuidePage
from macros.model.freshness_limits import Support


@dataclass(frozen=True)
class FreshnessNotice:
    """One sentence of the banner.

    Attributes:
        since: the first day on which it holds.
        code: which sentence, ``aged.facts`` or ``aged.support``.
        day: the day that it tells: of the last check, or of the end of support.
        name: what is no longer supported; empty for facts.
    """

    since: dt.date
    code: str
    day: dt.date
    name: str = ""


def list_freshness_notices(
    facts: Facts, guide_pages: Iterable[GuidePage], documents: Iterable[Document] = ()
) -> list[FreshnessNotice]:
    """Return the notices of a page, whenever it is read; none where no limits are set.

    Args:
        facts: all of them.
        guide_pages: the guides that the page shows; the manuals that they cite count as well.
        documents: more manuals that the page rests on.
    """
    guides, limits = list(guide_pages), facts.limits
    if limits is None:
        return []
    checked_days = [document.checked for document in documents]
    for guide_page in guides:
        checked_days.append(guide_page.guide.checked)
        checked_days += [document.checked for document in list_cited_documents(facts, guide_page)]
    notices = []
    if checked_days:
        oldest = min(checked_days)
        stale = oldest + dt.timedelta(days=limits.stale_after_days + 1)
        notices.append(FreshnessNotice(stale, "aged.facts", oldest))
    for support in limits.supports:
        if any(mentions_support(facts, guide_page, support) for guide_page in guides):
            ended = support.ends + dt.timedelta(days=1)
            notices.append(FreshnessNotice(ended, "aged.support", support.ends, support.name))
    return notices


def list_cited_documents(facts: Facts, guide_page: GuidePage) -> list[Document]:
    """Return the manuals that a guide and its notes rest on, in the order in which it first cites them."""
    documents = facts.documents
    cited = dict.fromkeys(part.document for part in guide_page.parts if isinstance(part, Source))
    return [documents[document] for document in cited]


def mentions_support(facts: Facts, guide_page: GuidePage, support: Support) -> bool:
    """Tell whether a guide names an operating system or browser, or has steps for it.

    Windows 10 is not named by "Windows 100".
    """
    name = re.compile(rf"{re.escape(support.name)}(?!\d)")
    return any(name.search(words) for words in _list_words(facts, guide_page))


def _list_words(facts: Facts, guide_page: GuidePage) -> Iterator[str]:
    """Yield a guide's Japanese texts, and the names of the options that its steps are for."""
    for part in guide_page.parts:
        if isinstance(part, Text):
            yield part.ja
    for step in guide_page.guide.steps:
        variant = facts.find_option(step.variant) if step.variant else None
        if variant:
            _, option = variant
            yield option.name.ja
