"""Subtrees of name constraints (RFC 5280 4.2.1.10) by kind, indexed: a look-up for each part of a name."""

from __future__ import annotations

import ipaddress
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from certcheck.x509.names import read_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cryptography import x509

    from certcheck.x509.names import FoldedName

_LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_HOST_LENGTH = 253  # RFC 1035 2.3.4
# A local part without quotes, and without what a display name or a list of addresses would bring
# (RFC 5321 4.1.2, RFC 6531 3.3), and its domain.
_MAILBOX = re.compile(r'([^\s<>()\[\]\\,;:@"\x00-\x1f\x7f]+)@([^@]+)')
# Scheme, user information, host, port (RFC 3986 3).
_URI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*://(?:[\w.~!$&'()*+,;=:%-]*@)?([^/?#:@\[\]\\]+)(?::\d*)?(?:[/?#].*)?", re.ASCII
)


class NotComparableError(Exception):
    """A name or a constraint cannot be evaluated, since its syntax is not that of its kind."""


def parse_host(text: str) -> str:
    """Return a host's name in lower case (RFC 1034 3.5, and the underscore that occurs).

    Raises:
        NotComparableError: it is none: empty labels, dots at the ends, other letters, an address of IPv4.
    """
    host = text.lower()
    if len(host) > _HOST_LENGTH or not _HOST.fullmatch(host) or host.replace(".", "").isdigit():
        raise NotComparableError
    return host


def _list_parents(host: str) -> Iterator[str]:
    """Yield the domains around a host, the nearest first."""
    while host:
        host = host.partition(".")[2]
        yield host


class HostSubtrees:
    """Constraints on dNSName: a name, and whatever has more labels on its left.

    Attributes:
        parents: the domains right above the bases.
    """

    def __init__(self, bases: Iterable[str]) -> None:
        """Index the bases; an empty one holds every name.

        Raises:
            NotComparableError: a base is no host's name; only URIs have leading dots.
        """
        self._bases = {base and parse_host(base) for base in bases}
        self.parents = {base.partition(".")[2] for base in self._bases if base}

    def covers(self, name: str) -> bool:
        """Tell whether every host that the name stands for lies in a subtree.

        Raises:
            NotComparableError: it is neither a host's name nor a wildcard with a whole label in front.
        """
        host = parse_host(name.removeprefix("*."))
        own = () if name.startswith("*.") else (host,)
        domains = (host, *_list_parents(host))
        return not self._bases.isdisjoint((*own, *domains))

    def touches(self, name: str) -> bool:
        """Tell whether any host that the name stands for lies in a subtree, or is around one.

        Raises:
            NotComparableError: as `covers`.
        """
        return self.covers(name) or (name.startswith("*.") and name[2:].lower() in self.parents)


class _Domains:
    """Constraints that are a host, or, beginning with a dot, the hosts below a domain."""

    def __init__(self, bases: Iterable[str]) -> None:
        hosts = [(base.startswith("."), parse_host(base.removeprefix("."))) for base in bases]
        self._hosts = {host for is_domain, host in hosts if not is_domain}
        self._domains = {host for is_domain, host in hosts if is_domain}

    def covers_host(self, host: str) -> bool:
        return host in self._hosts or not self._domains.isdisjoint(_list_parents(host))


class MailSubtrees:
    """Constraints on rfc822Name, which SmtpUTF8Mailbox obeys as well (RFC 9598 6)."""

    def __init__(self, bases: Iterable[str]) -> None:
        """Index the bases: a mailbox, a host, or a domain that begins with a dot.

        Raises:
            NotComparableError: a base is none of these.
        """
        bases = list(bases)
        self._mailboxes = {parse_mailbox(base) for base in bases if "@" in base}
        self._domains = _Domains(base for base in bases if "@" not in base)

    def covers(self, name: str) -> bool:
        """Tell whether the mailbox lies in a subtree.

        Raises:
            NotComparableError: it is no mailbox.
        """
        mailbox = parse_mailbox(name)
        return mailbox in self._mailboxes or self._domains.covers_host(mailbox[1])

    touches = covers


def parse_mailbox(address: str) -> tuple[str, str]:
    """Split an address into its local part, which is compared as it stands, and its host.

    Raises:
        NotComparableError: it has a display name, quotes, several "@" or no host.
    """
    parts = _MAILBOX.fullmatch(address)
    if parts is None:
        raise NotComparableError
    return parts[1], parse_host(parts[2])


class UriSubtrees:
    """Constraints on uniformResourceIdentifier: on its host."""

    def __init__(self, bases: Iterable[str]) -> None:
        """Index the bases: a host, or a domain that begins with a dot.

        Raises:
            NotComparableError: a base is neither.
        """
        self._domains = _Domains(bases)

    def covers(self, name: str) -> bool:
        """Tell whether the URI's host lies in a subtree.

        Raises:
            NotComparableError: the URI has no fully qualified host, which must be rejected.
        """
        parts = _URI.fullmatch(name)
        host = parse_host(parts[1]) if parts else ""
        if "." not in host:
            raise NotComparableError
        return self._domains.covers_host(host)

    touches = covers


class AddressSubtrees:
    """Constraints on iPAddress: networks, by their number of leading bits."""

    def __init__(self, bases: Iterable[object]) -> None:
        """Index the networks.

        Raises:
            NotComparableError: a base is no network.
        """
        self._networks: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
        for base in bases:
            if not isinstance(base, ipaddress.IPv4Network | ipaddress.IPv6Network):
                raise NotComparableError
            shift = base.max_prefixlen - base.prefixlen
            self._networks[base.max_prefixlen, shift].add(int(base.network_address) >> shift)

    def covers(self, name: object) -> bool:
        """Tell whether the address lies in a network.

        Raises:
            NotComparableError: it is no address.
        """
        if not isinstance(name, ipaddress.IPv4Address | ipaddress.IPv6Address):
            raise NotComparableError
        number = int(name)
        return any(
            length == name.max_prefixlen and number >> shift in networks
            for (length, shift), networks in self._networks.items()
        )

    touches = covers


class DirectorySubtrees:
    """Constraints on directoryName: RDNs with which a name begins, as a tree."""

    def __init__(self, bases: Iterable[x509.Name]) -> None:
        """Index the bases; an empty name holds every name."""
        self._tree: _Tree = {}
        for base in bases:
            branch = self._tree
            for part in read_name(base.public_bytes()).folded:
                branch = branch.setdefault(part, {})
            branch[_END] = {}

    def covers(self, name: FoldedName) -> bool:
        """Tell whether a base begins the name, compared as RFC 5280 7.1 asks."""
        branch = self._tree
        for part in name:
            if _END in branch:
                return True
            if part not in branch:
                return False
            branch = branch[part]
        return _END in branch

    touches = covers


_Tree = dict[frozenset[tuple[str, str]], "_Tree"]
_END: frozenset[tuple[str, str]] = frozenset({("", "end")})
