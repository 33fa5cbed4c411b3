"""From which day on a page says that what it rests on may be out of date: dated reminders.

The build shows those whose day has come; a small script shows the others when theirs comes, since copies are
read long after they were made.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from macros.model.authority import Document
from macros.model.facts import Facts, GuidePage
from macros.model.freshness_limits import Support
from macros.model.guide import Source, Text


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
    facts: Facts, pages: Iterable[GuidePage], documents: Iterable[Document] = ()
) -> list[FreshnessNotice]:
    """What is to be said on a page that shows these guides, whenever it is read.

    Args:
        facts: all of them.
        pages: the guides; the manuals that they cite count as well.
        documents: more manuals that the page rests on.
    """
    guides, limits = list(pages), facts.limits
    if limits is None:
        return []
    manuals = chain(documents, *(list_cited_documents(facts, page) for page in guides))
    days = [page.guide.checked for page in guides] + [manual.checked for manual in manuals]
    said: list[FreshnessNotice] = []
    if days:
        stale = min(days) + dt.timedelta(days=limits.stale_after_days + 1)
        said.append(FreshnessNotice(stale, "aged.facts", min(days)))
    named = (one for one in limits.supports if any(mentions_support(facts, page, one) for page in guides))
    said += (
        FreshnessNotice(one.ends + dt.timedelta(days=1), "aged.support", one.ends, one.name) for one in named
    )
    return said


def list_cited_documents(facts: Facts, page: GuidePage) -> list[Document]:
    """The manuals that a guide and its notes rest on, in the order in which it first cites them."""
    ids = dict.fromkeys(part.document for part in page.parts if isinstance(part, Source))
    return [facts.documents()[document] for document in ids]


def mentions_support(facts: Facts, page: GuidePage, support: Support) -> bool:
    """Whether the guide is also for those who still use it: it names it, or has steps for it."""
    name = re.compile(rf"{re.escape(support.name)}(?!\d)")
    options = (facts.option(step.variant) for step in page.guide.steps if step.variant)
    texts = chain(
        (part.ja for part in page.parts if isinstance(part, Text)),
        (found[1].name.ja for found in options if found),
    )
    return any(name.search(text) for text in texts)
