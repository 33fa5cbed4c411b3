"""The log of changes as the site shows it: lists for the page ``/changes/``, and an Atom feed (RFC 4287)."""

import datetime as dt
import uuid
from html import escape
from xml.etree import ElementTree as ET

from macros.addressing.ledger import list_references
from macros.addressing.urls import build_page_url, build_relative_url, build_target_url
from macros.history.changelog import Log, LogEntry, find_target
from macros.loading.wording import Strings
from macros.markdown.day_format import format_day
from macros.markdown.plaintext import remove_markdown
from macros.model.facts import SHARED, Facts
from macros.model.withdrawals import Withdrawal

REF = "changes"
FEED = "feed.atom"
_ATOM = "http://www.w3.org/2005/Atom"
# Ids must not depend on the host, which the site does not know: they are made from the commit's name.
# The namespace is the one for OIDs, which RFC 9562, 6.6 registers.
_NAMESPACE = uuid.UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")


def build_entry_id(entry: LogEntry) -> str:
    """Build the id of an entry on the page; several may be of one day."""
    return f"c-{entry.day}-{entry.commit[:7]}"


def format_changes(facts: Facts, strings: Strings, entry: LogEntry, language: str) -> str:
    """Format one entry's changes as HTML, authority by authority; links lead to what is still there.

    A line of an authority that is gone is named by its reference.
    """
    references = list_references(facts)
    items: dict[str, list[str]] = {}
    for line in entry.changes:
        name = _name_group(facts, strings, line.at, language)
        words = escape(line.says.get(language))
        if not name:
            words = strings.format(language, "changes.at", place=escape(line.at), words=words)
        elif target := find_target(facts, references, line.at):
            url = build_relative_url(build_target_url(target, language), build_page_url(REF, language))
            words = f'<a href="{url}">{words}</a>'
        items.setdefault(name, []).append(f"<li>{words}</li>")
    return "".join(
        f"{f'<h3>{escape(name)}</h3>' if name else ''}<ul>{''.join(lines)}</ul>"
        for name, lines in items.items()
    )


def _name_group(facts: Facts, strings: Strings, ref: str, language: str) -> str:
    """Name the authority of a reference, or what belongs to none; empty where it is not known any more."""
    folder_id = ref.partition("/")[0]
    folder = facts.find_folder(folder_id)
    if folder:
        return folder.authority.name.get(language)
    return strings.format(language, "site.shared") if folder_id == SHARED else ""


def build_feed(facts: Facts, strings: Strings, log: Log, language: str) -> str:
    """Build the feed in one language. Its addresses are relative to its own (RFC 3986, 5.1.3)."""
    days = [entry.day for entry in log.visible_entries]
    days += [withdrawal.day for withdrawal in facts.withdrawals]
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": language})
    _add_texts(root, id=_build_urn("feed", language), title=_build_title(strings, language))
    ET.SubElement(root, "updated").text = _format_moment(max(days)) if days else "1970-01-01T00:00:00Z"
    ET.SubElement(ET.SubElement(root, "author"), "name").text = strings.format(language, "site.name")
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": FEED})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": "./"})
    for withdrawal in facts.withdrawals:
        _add_withdrawal(root, strings, withdrawal, language)
    for entry in log.visible_entries:
        _add_entry(root, facts, strings, entry, language)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _add_entry(root: ET.Element, facts: Facts, strings: Strings, entry: LogEntry, language: str) -> None:
    node = ET.SubElement(root, "entry")
    day = format_day(entry.day, language)
    title = strings.format(language, "changes.entry", day=day, count=len(entry.changes))
    _add_texts(node, id=_build_urn(entry.commit, language), title=title, updated=_format_moment(entry.day))
    link = {"rel": "alternate", "type": "text/html", "href": f"./#{build_entry_id(entry)}"}
    ET.SubElement(node, "link", link)
    content = ET.SubElement(node, "content", {"type": "html"})
    content.text = format_changes(facts, strings, entry, language)


def _add_withdrawal(root: ET.Element, strings: Strings, withdrawal: Withdrawal, language: str) -> None:
    """Add what is taken back; its link leads to the page or step where readers are sent to now."""
    node = ET.SubElement(root, "entry")
    urn, moment = _build_urn(withdrawal.notice_id, language), _format_moment(withdrawal.day)
    day, was = format_day(withdrawal.day, language), remove_markdown(withdrawal.was.get(language))
    title = strings.format(language, "withdrawn.entry", day=day, was=was)
    _add_texts(node, id=urn, title=title, updated=moment)
    url = build_relative_url(build_target_url(withdrawal.at, language), build_page_url(REF, language))
    ET.SubElement(node, "link", {"rel": "alternate", "type": "text/html", "href": url})
    content = ET.SubElement(node, "content", {"type": "text"})
    content.text = remove_markdown(withdrawal.instead.get(language))


def _add_texts(node: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(node, name).text = text


def _build_title(strings: Strings, language: str) -> str:
    return f"{strings.format(language, 'changes.title')} – {strings.format(language, 'site.name')}"


def _build_urn(name: str, language: str) -> str:
    return uuid.uuid5(_NAMESPACE, f"cert-guides {language} {name}").urn


def _format_moment(day: dt.date) -> str:
    """Format a day as the moment (RFC 3339) at which it begins in Japan: Atom needs one."""
    return f"{day}T00:00:00+09:00"
