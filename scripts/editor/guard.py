"""Which requests the form's server takes: from its own page only, with the token of its address.

A page of any site can make this computer's browser send a request to 127.0.0.1. What such a request cannot
have is the token, and what it cannot forge is its Origin (Fetch, 3.2) and, against DNS rebinding, its Host.
"""

import secrets
from email.message import Message
from http import HTTPStatus

TOKEN_HEADER = "X-Editor-Token"  # noqa: S105 - a header's name
# Octets of a request's body: a photograph of a window in Base64 is the longest.
LARGEST_BODY = 20_000_000


def make_token() -> str:
    """Make a token that nobody guesses: 256 random bits."""
    return secrets.token_urlsafe(32)


def find_refusal(method: str, headers: Message, *, host: str, token: str, is_page: bool) -> HTTPStatus | None:
    """Return the status that refuses a request; None where the request is allowed.

    1. Its Host is this server by number: a name that somebody lets lead here is not.
    2. The page's own files are for whoever asks; they hold nothing of the facts.
    3. Everything else needs the token.
    4. What writes comes from the page itself, as JSON of a known length.

    Args:
        method: e.g. ``POST``.
        headers: by their names, in any case.
        host: of this server, ``127.0.0.1:8001``.
        token: of this server.
        is_page: whether a file of the page is asked for.
    """
    if headers.get("Host") != host:  # 1.
        return HTTPStatus.MISDIRECTED_REQUEST
    if is_page and method == "GET":  # 2.
        return None
    if not secrets.compare_digest(headers.get(TOKEN_HEADER, "").encode(), token.encode()):  # 3.
        return HTTPStatus.FORBIDDEN
    if method == "GET":
        return None
    return _find_refusal_of_writing(headers, host)


def _find_refusal_of_writing(headers: Message, host: str) -> HTTPStatus | None:  # 4.
    if headers.get("Origin") != f"http://{host}":
        return HTTPStatus.FORBIDDEN
    if headers.get("Content-Type", "").partition(";")[0].strip() != "application/json":
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    length = headers.get("Content-Length", "")
    if not length.isdecimal():
        return HTTPStatus.LENGTH_REQUIRED
    return HTTPStatus.REQUEST_ENTITY_TOO_LARGE if int(length) > LARGEST_BODY else None
