"""The data of the page ``/send/``, with which helpdesks write mails."""

from typing import Any

from macros.addressing.urls import build_page_url, build_relative_url
from macros.loading.wording import Strings
from macros.pages.asset_groups import Assets

REF = "send"


def build_send_data(assets: Assets, strings: Strings, language: str) -> dict[str, Any]:
    """Return the data block of ``/send/`` or ``/en/send/``; every address is relative to that page.

    Args:
        assets: group ``qr``.
        strings: the page's words.
        language: ``ja`` or ``en``.
    """
    here = build_page_url(REF, language)
    return {
        "lang": language,
        "root": build_relative_url("", here),
        "index": build_relative_url("api/authorities.json", here),
        "qr": build_relative_url(assets.groups["qr"].files["index.mjs"].path, here),
        "strings": strings.select(language),
    }
