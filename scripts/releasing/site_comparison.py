"""Compares what a running site sends with the manifest of a release.

1. Every file is requested as it is and in each coding that browsers take: compressed copies are other files.
2. Status, decoded body, type and every header of the manifest are compared, and headers that would change how
   a page behaves must not be added.
3. A page that differs is read for addresses of scripts, styles and pages that the release does not have.
"""

import gzip
import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from html.parser import HTMLParser
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Literal, NamedTuple
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

import brotli
from typing_extensions import override  # typing has it from Python 3.12 on

from scripts.releasing.manifest import Manifest, ServedFile

Kind = Literal[
    "missing", "changed", "copy-changed", "added", "header-missing", "header-different", "header-added"
]

_THREADS = 8
_TIMEOUT = 60  # seconds
_INDEX, _NOT_FOUND = "index.html", "404.html"
# An address that no site has; what it answers is the page for unknown addresses.
_UNKNOWN_ADDRESS = "verify-site/no-such-page"
_DECODERS: dict[str, Callable[[bytes], bytes]] = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
# Headers by which a server can make a browser load, keep, send or allow something that the release does not.
_ACTIVE_HEADERS = (
    "Access-Control-Allow-Credentials",
    "Access-Control-Allow-Origin",
    "Clear-Site-Data",
    "Content-Security-Policy",
    "Content-Security-Policy-Report-Only",
    "Link",
    "NEL",
    "Refresh",
    "Report-To",
    "Reporting-Endpoints",
    "Service-Worker-Allowed",
    "Set-Cookie",
    "SourceMap",
)
# Attributes that name what a page loads or leads to (HTML, "attributes" index).
_ADDRESS_ATTRIBUTES = {"src", "href", "action", "formaction", "data", "poster"}
# Of these also other sites are told: they run or restyle the page. Links to others are what guides are for.
_LOADING_TAGS = {"script", "link", "iframe", "frame", "embed", "object", "form", "base"}


class Difference(NamedTuple):
    """One way in which a site differs from the release.

    Attributes:
        kind: of the difference.
        path: of the file below the site's root; of what is added, its address.
        header: its name, where it is about one.
        expected: the release's value; for what is added, the page that names it.
        sent: the site's value; of a changed copy, its coding; of what is missing, the status.
    """

    kind: Kind
    path: str
    header: str = ""
    expected: str = ""
    sent: str = ""


@dataclass(frozen=True)
class Answer:
    """A response.

    Attributes:
        status: of HTTP.
        headers: by name in lower case; values of one name are joined by a comma (RFC 9110, 5.3).
        body: without its coding; None where the coding is unknown or damaged.
    """

    status: int
    headers: dict[str, str]
    body: bytes | None


class Site:
    """A running site, over one connection for each thread; redirects are not followed."""

    def __init__(self, address: str) -> None:
        """Take the address of the first page.

        Raises:
            ValueError: it is no address of HTTP.
        """
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"{address} is no address of HTTP")
        connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self.address = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"
        self._path = urlsplit(self.address).path
        self._connect = partial(connect, parts.hostname, parts.port, timeout=_TIMEOUT)
        self._thread = threading.local()

    def request(self, path: str, coding: str = "") -> Answer:
        """Request a path below the first page.

        Raises:
            OSError: there is no connection.
            HTTPException: the answer is none of HTTP.
        """
        headers = {"Accept-Encoding": coding or "identity", "User-Agent": "cert-guides scripts/verify-site"}
        connection: HTTPConnection | None = getattr(self._thread, "connection", None)
        if connection is None:
            connection = self._thread.connection = self._connect()
        try:
            connection.request("GET", self._path + quote(path), headers=headers)
            response = connection.getresponse()
            body = response.read()
        except (OSError, HTTPException):
            self._thread.connection = None
            raise
        joined: dict[str, str] = {}
        for name, value in response.getheaders():
            key = name.lower()
            joined[key] = f"{joined[key]}, {value}" if key in joined else value
        return Answer(response.status, joined, _decode(body, joined.get("content-encoding", "")))


def compare_site(site: Site, manifest: Manifest) -> list[Difference]:
    """Compare a running site with a release; in the order of paths.

    Raises:
        OSError: there is no connection.
        HTTPException: an answer is none of HTTP.
    """
    with ThreadPoolExecutor(_THREADS) as pool:
        differences = pool.map(lambda path: list(_compare_file(site, manifest, path)), sorted(manifest.files))
        found = [difference for group in differences for difference in group]
    return list(dict.fromkeys(found))


def _compare_file(site: Site, manifest: Manifest, path: str) -> Iterator[Difference]:
    file = manifest.files[path]
    headers = {**manifest.headers[file.page_class], "Content-Type": file.type}
    for address, status in _list_requests(path):
        for coding in _DECODERS:  # 1.
            answer = site.request(address, coding)
            if answer.status != status:
                yield Difference("missing", path, sent=str(answer.status))
                break
            yield from _compare_headers(answer, path, headers)  # 2.
            if answer.body is None or not _is_body(answer.body, file):
                yield Difference("copy-changed" if coding else "changed", path, sent=coding)
                if file.type.startswith("text/html") and answer.body:
                    yield from _find_added(site, manifest, path, answer.body)  # 3.
                break


def _compare_headers(answer: Answer, path: str, headers: Mapping[str, str]) -> Iterator[Difference]:
    for name, value in headers.items():
        sent = answer.headers.get(name.lower(), "")
        if not sent and value:
            yield Difference("header-missing", path, name, value)
        elif _normalize(sent) != _normalize(value):
            yield Difference("header-different", path, name, value, sent)
    for name in _ACTIVE_HEADERS:
        if name not in headers and (sent := answer.headers.get(name.lower(), "")):
            yield Difference("header-added", path, name, sent=sent)


def _find_added(site: Site, manifest: Manifest, path: str, body: bytes) -> Iterator[Difference]:
    page = _AddressReader()
    page.feed(body.decode("utf-8", "replace"))
    base = urljoin(site.address, _find_address(path))
    for tag, attribute in page.addresses:
        address = urldefrag(urljoin(base, attribute)).url
        if address.startswith(site.address):
            below = unquote(urlsplit(address).path.removeprefix(urlsplit(site.address).path))
            name = f"{below}{_INDEX}" if not below or below.endswith("/") else below
            if name not in manifest.files:
                yield Difference("added", address, expected=path)
        elif tag in _LOADING_TAGS:
            yield Difference("added", address, expected=path)


class _AddressReader(HTMLParser):
    """Collects a page's addresses, each with its element's name."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[tuple[str, str]] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [(tag, value) for name, value in attrs if name in _ADDRESS_ATTRIBUTES and value]


def _list_requests(path: str) -> list[tuple[str, int]]:
    """Return the addresses that answer with a file, each with its status."""
    requests = [(_find_address(path), int(HTTPStatus.OK))]
    return [*requests, (_UNKNOWN_ADDRESS, int(HTTPStatus.NOT_FOUND))] if path == _NOT_FOUND else requests


def _find_address(path: str) -> str:
    """Return the address below the site's root that answers with a file."""
    folder, _, name = path.rpartition("/")
    if name != _INDEX:
        return path
    return f"{folder}/" if folder else ""


def _is_body(body: bytes, file: ServedFile) -> bool:
    return len(body) == file.size and hashlib.sha256(body).hexdigest() == file.sha256


def _normalize(value: str) -> str:
    return " ".join(value.split())


def _decode(body: bytes, coding: str) -> bytes | None:
    """Take a body's coding away; None where it is unknown or damaged."""
    decoder = _DECODERS.get(coding)
    if decoder is None:
        return None
    try:
        return decoder(body)
    except (OSError, EOFError, ValueError, brotli.error):
        return None
