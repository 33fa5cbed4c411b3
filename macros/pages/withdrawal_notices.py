"""What the site takes back, where readers meet it: on pages, at steps, and for tabs that are open.

A page that was loaded before something was withdrawn asks for :data:`FILE` when it is looked at again.
"""

from typing import Any

from macros.addressing.urls import build_page_url
from macros.loading.wording import Strings
from macros.markdown.day_format import format_day
from macros.markdown.plaintext import remove_markdown
from macros.model.facts import LANGUAGES, Facts, parse_reference
from macros.model.withdrawals import Withdrawal

FILE = "withdrawals.json"


def list_withdrawals(facts: Facts, page: str, step: str | None = None) -> list[Withdrawal]:
    """Return what is taken back on a page, or of one of its steps, the newest first.

    Args:
        facts: all of them.
        page: reference of a guide.
        step: id of its step; None for the whole page.
    """
    found = []
    for withdrawal in facts.withdrawals:
        reference = parse_reference(withdrawal.at)
        if reference and reference.page == page and step in {None, reference.step}:
            found.append(withdrawal)
    return found


def build_open_page_data(facts: Facts, strings: Strings) -> dict[str, Any]:
    """Build the file that open pages ask for: what is taken back, by page and language, as plain text."""
    entries = []
    for withdrawal in facts.withdrawals:
        page = withdrawal.at.partition("#")[0]
        texts = {}
        for language in LANGUAGES:
            values = {
                "day": format_day(withdrawal.day, language),
                "was": remove_markdown(withdrawal.was.get(language)),
                "instead": remove_markdown(withdrawal.instead.get(language)),
            }
            texts[build_page_url(page, language)] = strings.format(language, "withdrawn.notice", **values)
        entries.append({"id": withdrawal.notice_id, "pages": texts})
    return {"withdrawals": entries}
