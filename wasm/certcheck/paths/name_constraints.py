"""Name constraints (RFC 5280 4.2.1.10): whether the names of a certificate lie where a CA above may issue."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cryptography import x509

from certcheck.x509 import names, permissions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certcheck.x509.certificate import Certificate


class _CannotCompareError(Exception):
    """A name is of a kind, or of a form, that is compared with no constraint here."""


def permit(constraints: x509.NameConstraints, certificate: Certificate) -> bool:
    """Tell whether every name is outside what is excluded, and inside what is permitted of its kind.

    A name of a kind that is constrained and cannot be compared here (otherName …) is not permitted: the RFC
    says to process such a constraint or to reject the certificate.
    """
    return all(_permits(constraints, name) for name in _names(certificate))


def _permits(constraints: x509.NameConstraints, name: x509.GeneralName | names.Name) -> bool:
    excluded = _of_kind(constraints.excluded_subtrees, name)
    permitted = _of_kind(constraints.permitted_subtrees, name)
    try:
        return not any(_within(name, base) for base in excluded) and (
            not permitted or any(_within(name, base) for base in permitted)
        )
    except _CannotCompareError:
        return False


def _of_kind(
    subtrees: list[x509.GeneralName] | None, name: x509.GeneralName | names.Name
) -> list[x509.GeneralName]:
    kind = x509.DirectoryName if isinstance(name, names.Name) else type(name)
    return [base for base in subtrees or () if type(base) is kind]


def _names(certificate: Certificate) -> Iterator[x509.GeneralName | names.Name]:
    """Return subject and alternative names; the subject's E only without any of the latter (4.2.1.10)."""
    if certificate.subject.parts:
        yield certificate.subject
    alternative = permissions.of(certificate).alternative_names
    if alternative is not None:
        for name in alternative:
            yield _read(name) if isinstance(name, x509.DirectoryName) else name
        return
    for address in certificate.subject.values("E"):
        if address.isascii():
            yield x509.RFC822Name(address)


def _read(name: x509.DirectoryName) -> names.Name:
    return names.read(name.value.public_bytes())


def _within(name: x509.GeneralName | names.Name, base: x509.GeneralName) -> bool:
    """Compare a name with a constraint of its kind.

    Raises:
        _CannotCompareError: this kind of name cannot be compared.
    """
    match name, base:
        case names.Name(), x509.DirectoryName():
            return _directory(name, _read(base))
        case x509.RFC822Name(), x509.RFC822Name():
            return _mailbox(name.value, base.value)
        case x509.DNSName(), x509.DNSName():
            return _domain(name.value, base.value)
        case x509.UniformResourceIdentifier(), x509.UniformResourceIdentifier():
            return _uri(name.value, base.value)
        case x509.IPAddress(), x509.IPAddress():
            return _address(name, base)
        case _:
            raise _CannotCompareError


def _directory(name: names.Name, base: names.Name) -> bool:
    """Tell whether the base's RDNs begin the name."""
    return len(base.parts) <= len(name.parts) and all(map(_same, name.parts, base.parts))


def _same(one: tuple[names.Attribute, ...], other: tuple[names.Attribute, ...]) -> bool:
    return _folded(one) == _folded(other)


def _folded(part: tuple[names.Attribute, ...]) -> set[tuple[str, str]]:
    """Fold case and spaces, as names are compared (7.1)."""
    return {(each.oid, " ".join(each.value.split()).casefold()) for each in part}


def _mailbox(address: str, base: str) -> bool:
    """Tell whether the base is that mailbox, its host, or, beginning with a dot, its domain."""
    local, _, host = address.rpartition("@")
    if "@" in base:
        wanted, _, its_host = base.rpartition("@")
        return local == wanted and host.lower() == its_host.lower()
    return _host(host, base)


def _uri(uri: str, base: str) -> bool:
    """Compare the host; one that has none, or an address for one, is not to be accepted.

    Raises:
        _CannotCompareError: so it is.
    """
    host = _host_of(uri)
    if "." not in host or host.replace(".", "").isdigit():
        raise _CannotCompareError
    return _host(host, base)


def _host_of(uri: str) -> str:
    try:
        return urlsplit(uri).hostname or ""
    except ValueError:
        return ""


def _host(host: str, base: str) -> bool:
    """Tell whether the base is that host, or, beginning with a dot, a domain around it."""
    host, base = host.lower(), base.lower()
    return (host.endswith(base) and host != base) if base.startswith(".") else host == base


def _domain(host: str, base: str) -> bool:
    """Tell whether the base is that name, or what remains of it without labels on its left."""
    host, base = host.lower(), base.lower().removeprefix(".")
    return not base or host == base or host.endswith("." + base)


def _address(name: x509.IPAddress, base: x509.IPAddress) -> bool:
    address, network = name.value, base.value
    if not isinstance(network, ipaddress.IPv4Network | ipaddress.IPv6Network):
        raise _CannotCompareError
    return isinstance(address, ipaddress.IPv4Address | ipaddress.IPv6Address) and address in network
