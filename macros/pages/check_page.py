"""What the checker's page is told, in one language: words, assets and authorities, as data."""

import datetime as dt
from typing import Any

from certcheck import limits
from macros import PACKAGE
from macros.addressing.urls import build_page_url, build_relative_url
from macros.loading.wording import Strings, load_strings
from macros.markdown.plaintext import remove_links
from macros.model.authority import Authority
from macros.model.evidence import Text
from macros.model.facts import LANGUAGES, AuthorityFolder, Facts, GuidePage
from macros.pages.asset_groups import AssetFile, Assets
from macros.pages.check_questions import build_check_questions
from macros.script_data import encode_for_script

REF = "check"
DATA = "data.json"
"""Beside the page."""
CERTCHECK = "certcheck-"


def encode_check_data(facts: Facts, assets: Assets, day: dt.date) -> dict[str, str]:
    """Encode the data block of the checker's page for its ``script`` element, by language.

    Raises:
        FactsError: the checker's words are not complete.
    """
    strings = load_strings(PACKAGE / "strings" / "checker", PACKAGE.parent)
    return {
        language: encode_for_script(build_check_data(facts, assets, day, strings, language))
        for language in LANGUAGES
    }


def build_check_data(
    facts: Facts, assets: Assets, day: dt.date, strings: Strings, language: str
) -> dict[str, Any]:
    """Return the data of ``/check/`` or ``/en/check/``; every address is relative to that page.

    The page holds it as a block; the same lies beside it as a file, for guides whose steps hold the checker.

    Args:
        facts: all of them.
        assets: groups ``runtime`` and ``app``.
        day: of the build, in Japan.
        strings: the checker's words.
        language: ``ja`` or ``en``.
    """
    page_url = build_page_url(REF, language)
    other_language = next(other for other in LANGUAGES if other != language)
    return {
        "lang": language,
        "built": day.isoformat(),
        "other": build_relative_url(build_page_url(REF, other_language), page_url),
        "verify": build_relative_url(build_page_url("verify", language), page_url),
        "strings": strings.select(language),
        "limits": {
            "files": limits.ALLOWED["files"],
            "file_bytes": limits.SIZE_LIMIT,
            "file_seconds": limits.TIME_LIMIT,
        },
        "suffixes": sorted(limits.SUFFIXES),
        "assets": _describe_assets(assets, page_url),
        "pfx_programs": {
            program.id: {"name": program.name.get(language), "says": program.says.get(language)}
            for program in facts.pfx_programs
        },
        "component": _describe_component(assets, page_url),
        "authorities": {
            folder.id: _describe_authority(folder, page_url, language) for folder in facts.authorities
        },
        "questions": build_check_questions(facts, page_url, language),
    }


def _describe_assets(assets: Assets, page_url: str) -> dict[str, Any]:
    app, runtime = assets.groups["app"].files, assets.groups["runtime"].files
    wheel = next(name for name in app if name.startswith(CERTCHECK))
    return {
        "worker": _describe_file("worker.mjs", app["worker.mjs"], page_url),
        "runtime": [_describe_file(name, file, page_url) for name, file in runtime.items()],
        "certcheck": _describe_file(wheel, app[wheel], page_url),
    }


def _describe_component(assets: Assets, page_url: str) -> dict[str, Any]:
    """Return what a guide's page loads to hold the checker in a step."""
    files = assets.groups["step"].files
    return {
        "module": _describe_file("step-checker.mjs", files["step-checker.mjs"], page_url),
        "style": _describe_file("component.css", files["component.css"], page_url),
    }


def _describe_file(name: str, file: AssetFile, page_url: str) -> dict[str, Any]:
    return {
        "name": name,
        "url": build_relative_url(file.path, page_url),
        "sha256": file.sha256,
        "size": file.size,
    }


def _describe_authority(folder: AuthorityFolder, page_url: str, language: str) -> dict[str, Any]:
    authority = folder.authority
    renewal = authority.renewal
    return {
        "page": build_relative_url(build_page_url(f"{folder.id}/index", language), page_url),
        "named_by": authority.recognise[0].field.partition(".")[0] if authority.recognise else None,
        "name": authority.name.get(language),
        "system": authority.system.get(language),
        "how": renewal.how.get(language),
        "after": renewal.after.text.get(language),
        "between": _translate(renewal.after.between, language),
        **_describe_way_after_window(folder, page_url, language),
        "closes_derived": bool(renewal.closes and renewal.closes.basis == "derived"),
        "no_deleting": authority.deleting and _translate(authority.deleting.why, language),
        "user_id_label": _translate(authority.user_id_label, language),
        "contact_notes": _describe_contacts(authority, language),
        "desks": _describe_desks(authority, language),
        "checked": max(document.checked for document in authority.documents).isoformat(),
        "deadlines": [deadline.what.get(language) for deadline in renewal.deadlines],
        "anchors": [anchor.compute_fingerprint() for anchor in authority.trust_anchors],
        "guides": {
            guide_page.id: _describe_guide(guide_page, page_url, language) for guide_page in folder.guides
        },
    }


def _describe_way_after_window(folder: AuthorityFolder, page_url: str, language: str) -> dict[str, Any]:
    """Return where to go and whom to ask after the window: the rule's guide, else the authority's page."""
    after = folder.authority.renewal.after
    page, _, step = (after.guide or f"{folder.id}/index").partition("#")
    address = build_page_url(page, language) + (f"#{step}" if step else "")
    contact = next((contact for contact in folder.authority.contacts if contact.id == after.contact), None)
    return {
        "after_issues": page == f"{folder.id}/issue",
        "after_url": build_relative_url(address, page_url),
        "after_contact": contact
        and {"name": contact.name, "phone": contact.phone, "hours": _translate(contact.hours, language)},
    }


def _translate(text: Text | None, language: str) -> str | None:
    return text.get(language) if text else None


def _describe_contacts(authority: Authority, language: str) -> list[dict[str, str]]:
    """Return who can be asked by telephone or mail, and what to know about it; the page shows plain text."""
    return [
        {"name": contact.name, "note": remove_links(contact.note.get(language))}
        for contact in authority.contacts
        if contact.note and (contact.phone or contact.email)
    ]


def _describe_desks(authority: Authority, language: str) -> list[dict[str, str | None]]:
    """Return the desks whose telephone number the manual prints."""
    return [
        {
            "about": contact.about.get(language),
            "name": contact.name,
            "phone": contact.phone,
            "hours": _translate(contact.hours, language),
        }
        for contact in authority.contacts
        if contact.phone
    ]


def _describe_guide(guide_page: GuidePage, page_url: str, language: str) -> dict[str, str]:
    address = build_page_url(guide_page.ref, language)
    return {
        "title": guide_page.guide.title.get(language),
        "url": build_relative_url(address, page_url),
        "first": build_relative_url(f"{address}#{guide_page.guide.steps[0].id}", page_url),
    }
