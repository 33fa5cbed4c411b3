"""The log of changes as the site shows it: lists for the page ``/changes/``, and an Atom feed (RFC 4287)."""

import uuid
from html import escape
from xml.etree import ElementTree as ET

from macros.addressing.addresses import page_url, relative_url
from macros.history.changelog import Entry, Log, target, where
from macros.loading.wording import Strings
from macros.model.dates import day_in_words
from macros.model.facts import Facts

REF = "changes"
FEED = "feed.atom"
_ATOM = "http://www.w3.org/2005/Atom"
# Ids must not depend on the host, which the site does not know: they are made from the commit's name.
_IDS = uuid.UUID(
    "6ba7b812-9dad-11d1-80b4-00c04fd430c8"
)  # for names that are OIDs and the like (RFC 9562, 6.6)


def address(entry: Entry) -> str:
    """The id of an entry on the page; several may be of one day."""
    return f"c-{entry.day}-{entry.commit[:7]}"


def lines(facts: Facts, strings: Strings, entry: Entry, language: str) -> str:
    """One entry's changes as an HTML list; what is still there is linked, relative to the page."""
    items = []
    for line in entry.changes:
        place = escape(" – ".join(where(facts, line.at, language)) or line.at)
        if leads := target(facts, line.at):
            page, mark, step = leads.partition("#")
            url = relative_url(page_url(page, language) + mark + step, page_url(REF, language))
            place = f'<a href="{url}">{place}</a>'
        words = escape(getattr(line.says, language))
        items.append(f"<li>{strings.say(language, 'changes.at', place=place, words=words)}</li>")
    return f"<ul>{''.join(items)}</ul>"


def feed(facts: Facts, strings: Strings, log: Log, language: str) -> str:
    """The feed in one language. Its addresses are relative to its own (RFC 3986, 5.1.3)."""
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": language})
    _texts(root, id=_id("feed", language), title=_title(strings, language))
    newest = log.told[0] if log.told else None
    ET.SubElement(root, "updated").text = _moment(newest) if newest else "1970-01-01T00:00:00Z"
    ET.SubElement(ET.SubElement(root, "author"), "name").text = strings.say(language, "site.name")
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": FEED})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": "./"})
    for entry in log.told:
        node = ET.SubElement(root, "entry")
        day = day_in_words(entry.day, language)
        title = strings.say(language, "changes.entry", day=day, count=len(entry.changes))
        _texts(node, id=_id(entry.commit, language), title=title, updated=_moment(entry))
        ET.SubElement(node, "link", {"rel": "alternate", "type": "text/html", "href": f"./#{address(entry)}"})
        ET.SubElement(node, "content", {"type": "html"}).text = lines(facts, strings, entry, language)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _texts(node: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(node, name).text = text


def _title(strings: Strings, language: str) -> str:
    return f"{strings.say(language, 'changes.title')} – {strings.say(language, 'site.name')}"


def _id(name: str, language: str) -> str:
    return uuid.uuid5(_IDS, f"cert-guides {language} {name}").urn


def _moment(entry: Entry) -> str:
    """The log knows days, in Japan; a feed wants moments (RFC 3339)."""
    return f"{entry.day}T00:00:00+09:00"
