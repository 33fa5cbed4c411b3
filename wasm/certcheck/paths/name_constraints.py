"""Name constraints (RFC 5280 4.2.1.10): whether a certificate's names lie where a CA above may issue."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cryptography import x509

from certcheck.x509.names import Attribute, Name, read_name
from certcheck.x509.permissions import read_permissions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certcheck.x509.certificate import Certificate


class _CannotCompareError(Exception):
    """No constraint can be compared with a name of this kind or form here."""


def is_permitted(certificate: Certificate, constraints: x509.NameConstraints) -> bool:
    """Tell whether every name is outside the excluded subtrees, and inside the permitted ones of its kind.

    A name of a kind that is constrained and cannot be compared here (otherName …) is not permitted: the RFC
    says to process such a constraint or to reject the certificate.
    """
    return all(_is_name_permitted(name, constraints) for name in _find_names(certificate))


def _is_name_permitted(name: x509.GeneralName | Name, constraints: x509.NameConstraints) -> bool:
    excluded = _select_kind(constraints.excluded_subtrees, name)
    permitted = _select_kind(constraints.permitted_subtrees, name)
    try:
        if any(_is_within(name, base) for base in excluded):
            return False
        return not permitted or any(_is_within(name, base) for base in permitted)
    except _CannotCompareError:
        return False


def _select_kind(
    subtrees: list[x509.GeneralName] | None, name: x509.GeneralName | Name
) -> list[x509.GeneralName]:
    """Return the subtrees of the name's kind."""
    kind = x509.DirectoryName if isinstance(name, Name) else type(name)
    return [base for base in subtrees or () if type(base) is kind]


def _find_names(certificate: Certificate) -> Iterator[x509.GeneralName | Name]:
    """Yield subject and alternative names; the subject's E only without any of the latter (4.2.1.10)."""
    if certificate.subject.parts:
        yield certificate.subject
    alternative_names = read_permissions(certificate).alternative_names
    if alternative_names is not None:
        for name in alternative_names:
            yield _convert_directory_name(name) if isinstance(name, x509.DirectoryName) else name
        return
    for address in certificate.subject.find_values("E"):
        if address.isascii():
            yield x509.RFC822Name(address)


def _convert_directory_name(name: x509.DirectoryName) -> Name:
    return read_name(name.value.public_bytes())


def _is_within(name: x509.GeneralName | Name, base: x509.GeneralName) -> bool:
    """Compare a name with a constraint of its kind.

    Raises:
        _CannotCompareError: this kind of name cannot be compared.
    """
    match name, base:
        case Name(), x509.DirectoryName():
            return _is_directory_within(name, _convert_directory_name(base))
        case x509.RFC822Name(), x509.RFC822Name():
            return _is_mailbox_within(name.value, base.value)
        case x509.DNSName(), x509.DNSName():
            return _is_domain_within(name.value, base.value)
        case x509.UniformResourceIdentifier(), x509.UniformResourceIdentifier():
            return _is_uri_within(name.value, base.value)
        case x509.IPAddress(), x509.IPAddress():
            return _is_address_within(name, base)
        case _:
            raise _CannotCompareError


def _is_directory_within(name: Name, base: Name) -> bool:
    """Tell whether the base's RDNs begin the name."""
    beginning = name.parts[: len(base.parts)]
    return list(map(_fold_part, beginning)) == list(map(_fold_part, base.parts))


def _fold_part(part: tuple[Attribute, ...]) -> set[tuple[str, str]]:
    """Fold case and spaces of an RDN's attributes, as names are compared (7.1)."""
    return {(attribute.oid, " ".join(attribute.value.split()).casefold()) for attribute in part}


def _is_mailbox_within(address: str, base: str) -> bool:
    """Tell whether the base is that mailbox, its host, or, beginning with a dot, its domain."""
    local, _, host = address.rpartition("@")
    if "@" in base:
        base_local, _, base_host = base.rpartition("@")
        return local == base_local and host.lower() == base_host.lower()
    return _is_host_within(host, base)


def _is_uri_within(uri: str, base: str) -> bool:
    """Compare the host.

    Raises:
        _CannotCompareError: the URI has no host, or an address in its place: it must be rejected.
    """
    host = _find_host(uri)
    if "." not in host or host.replace(".", "").isdigit():
        raise _CannotCompareError
    return _is_host_within(host, base)


def _find_host(uri: str) -> str:
    try:
        return urlsplit(uri).hostname or ""
    except ValueError:
        return ""


def _is_host_within(host: str, base: str) -> bool:
    """Tell whether the base is that host, or, beginning with a dot, a domain around it."""
    host, base = host.lower(), base.lower()
    return (host.endswith(base) and host != base) if base.startswith(".") else host == base


def _is_domain_within(host: str, base: str) -> bool:
    """Tell whether the base is that name, or what remains of it without labels on its left."""
    host, base = host.lower(), base.lower().removeprefix(".")
    return not base or host == base or host.endswith("." + base)


def _is_address_within(name: x509.IPAddress, base: x509.IPAddress) -> bool:
    """Tell whether the base is a network around the address.

    Raises:
        _CannotCompareError: the base is no network.
    """
    address, network = name.value, base.value
    if not isinstance(network, ipaddress.IPv4Network | ipaddress.IPv6Network):
        raise _CannotCompareError
    return isinstance(address, ipaddress.IPv4Address | ipaddress.IPv6Address) and address in network
