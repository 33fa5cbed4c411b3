"""Name constraints (RFC 5280 4.2.1.10): whether a certificate's names lie where a CA above may issue.

What cannot be evaluated, a name or a constraint of its kind, is a violation and never a pass: the RFC says to
process a constraint or to reject the certificate. A kind without constraints is not looked into.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from cryptography import x509
from cryptography.hazmat.asn1 import asn1

from certcheck.asn1 import tags
from certcheck.paths.subtrees import (
    AddressSubtrees,
    DirectorySubtrees,
    HostSubtrees,
    MailSubtrees,
    NotComparableError,
    UriSubtrees,
)
from certcheck.x509.names import read_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from certcheck.x509.certificate import Certificate

_NameKind = Literal["directory", "mail", "dns", "uri", "address", "other"]
_SMTP_UTF8_MAILBOX = x509.ObjectIdentifier("1.3.6.1.5.5.7.8.9")  # RFC 9598 3

_NAME_KINDS: dict[type[x509.GeneralName], _NameKind] = {
    x509.DirectoryName: "directory",
    x509.RFC822Name: "mail",
    x509.DNSName: "dns",
    x509.UniformResourceIdentifier: "uri",
    x509.IPAddress: "address",
}
_INDEXES: dict[_NameKind, Callable[[Iterable[Any]], Any]] = {
    "directory": DirectorySubtrees,
    "mail": MailSubtrees,
    "dns": HostSubtrees,
    "uri": UriSubtrees,
    "address": AddressSubtrees,
}


class _ConstrainedName(NamedTuple):
    """A name to compare: a directory name as it is folded; None where it cannot be read."""

    kind: _NameKind
    value: Any


class ConstraintIndex:
    """The constraints of one CA, indexed.

    Attributes:
        size: how many subtrees there are.
    """

    def __init__(self, constraints: x509.NameConstraints) -> None:
        """Index the subtrees; a kind of which one cannot be evaluated is refused as a whole."""
        permitted, excluded = constraints.permitted_subtrees or (), constraints.excluded_subtrees or ()
        self.size = len(permitted) + len(excluded)
        self._refused: set[_NameKind] = set()
        self._permitted = self._index_subtrees(permitted)
        self._excluded = self._index_subtrees(excluded)

    def _index_subtrees(self, bases: Iterable[x509.GeneralName]) -> dict[_NameKind, Any]:
        by_kind: dict[_NameKind, list[Any]] = {}
        for base in bases:
            by_kind.setdefault(_NAME_KINDS.get(type(base), "other"), []).append(base.value)
        indexes: dict[_NameKind, Any] = {}
        for kind, values in by_kind.items():
            try:
                indexes[kind] = _INDEXES[kind](values)
            except (KeyError, NotComparableError):  # otherName … , or not of its kind's syntax
                self._refused.add(kind)
        return indexes

    def permits(self, names: Iterable[_ConstrainedName]) -> bool:
        """Tell whether every name is outside the excluded subtrees and inside its kind's permitted ones."""
        return all(map(self._permits_name, names))

    def _permits_name(self, name: _ConstrainedName) -> bool:
        if name.kind in self._refused:
            return False
        permitted, excluded = self._permitted.get(name.kind), self._excluded.get(name.kind)
        if permitted is None and excluded is None:
            return True
        try:
            if name.value is None or (excluded is not None and excluded.touches(name.value)):
                return False
            return permitted is None or bool(permitted.covers(name.value))
        except NotComparableError:
            return False


def list_constrained_names(certificate: Certificate) -> list[_ConstrainedName]:
    """List subject and alternative names; the subject's E only without any of the latter (4.2.1.10)."""
    return list(_iterate_names(certificate))


def _iterate_names(certificate: Certificate) -> Iterator[_ConstrainedName]:
    if certificate.subject.parts:
        yield _ConstrainedName("directory", certificate.subject.folded)
    alternative_names = certificate.permissions.alternative_names
    if alternative_names is None:
        for attribute in certificate.subject.attributes:
            if attribute.name == "E":
                yield _ConstrainedName("mail", None if attribute.undecodable else attribute.value)
        return
    for name in alternative_names:
        yield _read_general_name(name)
        if isinstance(name, x509.OtherName) and name.type_id == _SMTP_UTF8_MAILBOX:
            yield _ConstrainedName("mail", _decode_mailbox(name.value))


def _read_general_name(name: x509.GeneralName) -> _ConstrainedName:
    if isinstance(name, x509.DirectoryName):
        return _ConstrainedName("directory", read_name(name.value.public_bytes()).folded)
    return _ConstrainedName(_NAME_KINDS.get(type(name), "other"), name.value)


def _decode_mailbox(encoded: bytes) -> str | None:
    """Decode an SmtpUTF8Mailbox (RFC 9598 3); None where it is no UTF8String."""
    try:
        value = asn1.decode_der(asn1.TLV, encoded)
        return bytes(value.data).decode() if value.tag_bytes == tags.UTF8_STRING else None
    except ValueError:
        return None
