"""What the checker's page is told: words, assets and authorities, in one language, as data."""

import datetime as dt
import json
import re
from typing import Any

from certcheck import limits
from certcheck.reports import drawing
from macros.addressing.addresses import page_url, relative_url
from macros.loading.wording import Strings
from macros.model.facts import LANGUAGES, AuthorityFolder, Facts
from macros.model.guide import Text
from macros.pages.asset_groups import AssetFile, Assets

REF = "check"
CERTCHECK = "certcheck-"

_LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")  # of Markdown: the page shows plain text


def build_check_data(
    facts: Facts, assets: Assets, day: dt.date, strings: Strings, language: str
) -> dict[str, Any]:
    """The data block of ``/check/`` or ``/en/check/``; every address is relative to that page.

    Args:
        facts: all of them.
        assets: groups ``runtime`` and ``app``.
        day: of the build, in Japan.
        strings: the checker's words.
        language: ``ja`` or ``en``.
    """
    here = page_url(REF, language)
    other = next(other for other in LANGUAGES if other != language)
    app = assets.groups["app"]
    certcheck = next(name for name in app.files if name.startswith(CERTCHECK))
    return {
        "lang": language,
        "built": day.isoformat(),
        "other": relative_url(page_url(REF, other), here),
        "verify": relative_url(page_url("verify", language), here),
        "strings": strings.of(language),
        "limits": {
            "files": limits.ALLOWED["files"],
            "file_bytes": limits.SIZE_LIMIT,
            "file_seconds": limits.TIME_LIMIT,
        },
        "samples": drawing.samples(),
        "assets": {
            "worker": _asset("worker.mjs", app.files["worker.mjs"], here),
            "runtime": [_asset(name, file, here) for name, file in assets.groups["runtime"].files.items()],
            "certcheck": _asset(certcheck, app.files[certcheck], here),
        },
        "authorities": {folder.id: _authority(folder, here, language) for folder in facts.authorities},
    }


def encode_for_script(block: dict[str, Any]) -> str:
    """JSON that may stand inside ``<script>``: no character in it can end the element (HTML 4.12.1.3)."""
    text = json.dumps(block, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("&", "\\u0026")


def _in(text: Text | None, language: str) -> str | None:
    return getattr(text, language) if text else None


def _asset(name: str, file: AssetFile, here: str) -> dict[str, Any]:
    return {"name": name, "url": relative_url(file.path, here), "sha256": file.sha256, "size": file.size}


def _authority(folder: AuthorityFolder, here: str, language: str) -> dict[str, Any]:
    authority = folder.authority
    named_by = authority.recognise[0].field.partition(".")[0] if authority.recognise else None
    return {
        "page": relative_url(page_url(f"{folder.id}/index", language), here),
        "named_by": named_by,
        "name": getattr(authority.name, language),
        "system": getattr(authority.system, language),
        "how": getattr(authority.renewal.how, language),
        "after": _in(authority.renewal.after.text, language),
        "between": _in(authority.renewal.after.between, language),
        "closes_derived": bool(authority.renewal.closes and authority.renewal.closes.basis == "derived"),
        "no_deleting": authority.deleting and _in(authority.deleting.why, language),
        "user_id_label": _in(authority.user_id_label, language),
        "asking": [
            {"name": contact.name, "note": _LINK.sub(r"\1", getattr(contact.note, language))}
            for contact in authority.contacts
            if contact.note and (contact.phone or contact.email)
        ],
        "checked": max(document.checked for document in authority.documents).isoformat(),
        "deadlines": [getattr(deadline.what, language) for deadline in authority.renewal.deadlines],
        "guides": {
            page.id: {
                "title": getattr(page.guide.title, language),
                "url": relative_url(page_url(page.ref, language), here),
                "first": relative_url(f"{page_url(page.ref, language)}#{page.guide.steps[0].id}", here),
            }
            for page in folder.guides
        },
    }
