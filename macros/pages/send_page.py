"""The data of the page ``/send/``, with which helpdesks write mails."""

from typing import Any

from macros import PACKAGE
from macros.addressing.addresses import page_url, relative_url
from macros.loading.wording import load_strings
from macros.pages.asset_groups import Assets

REF = "send"


def build_send_data(assets: Assets, language: str) -> dict[str, Any]:
    """The data block of ``/send/`` or ``/en/send/``; every address is relative to that page.

    Raises:
        FactsError: the page's words are not complete.
    """
    here = page_url(REF, language)
    strings = load_strings(PACKAGE / "strings" / "send.yaml", PACKAGE.parent)
    return {
        "lang": language,
        "root": relative_url("", here),
        "index": relative_url("api/authorities.json", here),
        "qr": relative_url(assets.groups["qr"].files["index.mjs"].path, here),
        "strings": strings.of(language),
    }
