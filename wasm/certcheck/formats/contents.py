"""The contents of one file, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from certcheck.errors import Failure
    from certcheck.formats.pkcs12.passwords import Form
    from certcheck.formats.private_key import PrivateKey
    from certcheck.x509.certificate import Certificate
    from certcheck.x509.revocation_list import RevocationList

Format = Literal["der", "pem", "pkcs7", "pkcs12", "sst", "crl", "private_key"]


@dataclass(frozen=True, slots=True)
class CertificateEntry:
    """A certificate in a PKCS #12.

    Attributes:
        certificate: its SHA-256, lower-case hexadecimal.
        friendly_name: the name that the file's writer gave it; None without one.
        local_key_id: the identifier that it shares with its private key, lower-case hexadecimal; None without
            one, and where the entry is encrypted, since the library does not hand it out.
    """

    certificate: str
    friendly_name: str | None
    local_key_id: str | None


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A private key in a PKCS #12.

    Attributes:
        certificate: SHA-256 of the certificate that it fits; None where it fits none of the file's. Of a key
            that is not opened, the certificate with its local_key_id: the file's word, not proven.
        opened: the key was opened, and compared with the certificates.
        friendly_name: as a certificate's.
        local_key_id: as a certificate's.
    """

    certificate: str | None
    opened: bool
    friendly_name: str | None
    local_key_id: str | None


@dataclass(frozen=True, slots=True)
class Pkcs12:
    """The protection and the entries of a PKCS #12.

    Attributes:
        mac: the algorithm of its MAC, for example SHA-1 or PBMAC1; "none" without a MAC.
        encryption: the algorithms that encrypt certificates or keys, each once.
        certificates_protected: certificates are encrypted, or could be where a part is not opened. Where not,
            they show without a password; Windows calls that certificate privacy off.
        key_opened: a private key was opened. Where not, only certificates were read.
        keys: the private keys that are known of.
        certificates: the certificates, in the report's order.
        may_hold_more: there may be further keys: in an encrypted part that is not opened, or in one of which
            the library hands out the first key only.
    """

    mac: str
    encryption: tuple[str, ...]
    certificates_protected: bool
    key_opened: bool
    keys: tuple[KeyEntry, ...]
    certificates: tuple[CertificateEntry, ...]
    may_hold_more: bool


class Contents(NamedTuple):
    """The certificates of one file.

    Attributes:
        format: the format of the bytes; "der" and "pem" are certificates in that encoding, no container.
        certificates: in the file's order, the private keys' owners first; none only of
            revocation lists, and of a private key.
        owners: SHA-256 of the certificates whose private keys the file holds.
        password_form: the form of the password that opened a PKCS #12; None for other formats, and where
            nothing was opened, since its certificates are not encrypted.
        failures: parts that could not be read beside those that could.
        pkcs12: of a PKCS #12.
        revocation_lists: in the file's order.
        private_key: of a file that holds nothing else.
    """

    format: Format
    certificates: tuple[Certificate, ...]
    owners: frozenset[str] = frozenset()
    password_form: Form | None = None
    failures: tuple[Failure, ...] = ()
    pkcs12: Pkcs12 | None = None
    revocation_lists: tuple[RevocationList, ...] = ()
    private_key: PrivateKey | None = None
