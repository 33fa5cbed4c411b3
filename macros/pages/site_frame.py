"""What stands around every page of an institution's own site: a notice, links, contacts, a colour."""

from html import escape
from typing import Any

from macros.model.site import Site


def build_site_frame(site: Site | None, language: str) -> dict[str, Any]:
    """Build what the theme's templates write around a page; empty for the project's own site.

    All words are escaped for HTML. ``until`` is the notice's last day in Japan.
    """
    if site is None:
        return {}
    links = [{"title": link.title.get(language), "url": link.url} for link in site.links]
    contacts = {"contact": site.contact, "security": site.security_contact}
    notice = site.notice and {"text": site.notice.text.get(language), "until": site.notice.until.isoformat()}
    return {
        "publisher": escape(site.publisher.get(language)),
        "notice": notice and {name: escape(words) for name, words in notice.items()},
        "links": [{name: escape(words) for name, words in link.items()} for link in links],
        "contacts": {name: escape(url) for name, url in contacts.items() if url},
    }


def compose_colour_rule(site: Site | None) -> bytes:
    """Compose the rule that gives the frame the site's colour, under white words; empty without one."""
    return f"\n:root{{--cg-brand:{site.colour}}}\n".encode() if site and site.colour else b""
