"""Hashes of scripts in the pages that load them (W3C Subresource Integrity)."""

import base64
import posixpath
import re
from collections.abc import Mapping

_SCRIPT = re.compile(r'<script\b[^>]*?\ssrc="(?P<address>[^"]+)"', re.IGNORECASE)


class IntegrityError(Exception):
    """A page loads a script whose hash is not known."""


def insert_integrity(html: str, path: str, hashes: Mapping[str, str]) -> str:
    """Write the attribute ``integrity`` into every script element that loads a file.

    Args:
        html: of the page.
        path: of the page below the site's root, from which its addresses are resolved.
        hashes: SHA-256 in hex, by path below the site's root.

    Raises:
        IntegrityError: a script is of another site, or is no file with a hash.
    """

    def insert(match: re.Match[str]) -> str:
        file = posixpath.normpath(posixpath.join(posixpath.dirname(path), match["address"]))
        if file not in hashes:
            raise IntegrityError(f"the script {match['address']} has no known hash")
        return f'{match[0]} integrity="{format_integrity(hashes[file])}"'

    return _SCRIPT.sub(insert, html)


def format_integrity(sha256: str) -> str:
    """Return a hash in hex as the attribute has it."""
    return f"sha256-{base64.b64encode(bytes.fromhex(sha256)).decode()}"
