"""Requests over HTTP: the one place that opens addresses, and refuses those of other schemes."""

from collections.abc import Mapping
from http.client import HTTPResponse
from urllib.request import Request, urlopen


def open_address(
    address: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    timeout: float,
) -> HTTPResponse:
    """Send a request, and follow where it is redirected.

    Args:
        address: with the scheme ``http`` or ``https``.
        method: of HTTP.
        headers: of the request.
        body: of the request.
        timeout: seconds that the server may take.

    Returns:
        The response, to be closed by the caller.

    Raises:
        ValueError: another scheme, by which a file could be opened, say.
        OSError: no answer; an ``HTTPError`` where it says that the request failed.
    """
    if not address.startswith(("http://", "https://")):
        raise ValueError(f"{address} is no address of HTTP")
    request = Request(address, body, dict(headers or {}), method=method)  # noqa: S310  # looked at above
    response: HTTPResponse = urlopen(request, timeout=timeout)  # noqa: S310  # the same
    return response
