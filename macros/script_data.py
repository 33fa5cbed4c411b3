"""Data that a page hands to its scripts."""

import json
from typing import Any


def encode_for_script(data: dict[str, Any]) -> str:
    """Return JSON that may stand inside ``<script>``: no character in it can end the element.

    Source: HTML, 4.12.1.3, restrictions for contents of script elements.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("&", "\\u0026")
