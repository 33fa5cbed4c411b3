"""The report, as values; its JSON is the contract with the page and with other tools."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from certcheck import japan

if TYPE_CHECKING:
    from certcheck.errors import Failure
    from certcheck.formats.contents import Format, Pkcs12
    from certcheck.formats.pkcs12.passwords import Form
    from certcheck.paths.path_building import Chain
    from certcheck.paths.recognition import RecognitionEvidence
    from certcheck.reports.marked_days import MarkedDay
    from certcheck.revocation.judge import Revocation
    from certcheck.rules.renewal import Headline, Validity, Verdict
    from certcheck.x509.extensions import Email
    from certcheck.x509.names import Attribute
    from certcheck.x509.remarks import Remark

SCHEMA = 1

Advice = Literal["may_delete_after_login", "keep", "no_advice"]
Reason = Literal[
    "current_with_key",
    "current_without_key",
    "not_older",
    "current_not_valid",
    "until_revocation_mail",
    "not_in_manual",
    "not_proven",
]
"""Why a certificate should be kept, or may be deleted.

    current_with_key       it is older; some file holds the current one with its private key
    current_without_key    it is older; the current one came without a private key, which another PC may have
    not_older              it lasts as long as the current one, or longer
    current_not_valid      nobody can log in with the current one today
    until_revocation_mail  the manual has it deleted once the mail that confirms its revocation has come
    not_in_manual          the manual gives no rule for it; an authority's facts may say more
    not_proven             no trust anchor has verified the one that ends later: anybody may have made it
"""


@dataclass(frozen=True, slots=True)
class CertificateReport:
    """A certificate and the verdicts on it; the fields' names are those of the report's JSON.

    Attributes:
        subject: RFC 4514.
        issuer: RFC 4514.
        subject_attributes: in the certificate's own order.
        user_id: the field that the authority's rule names; None without an authority or such a field.
        emails: each with its field, subject E first.
        serial: lower-case hexadecimal without leading zeros; of a negative one its octets, as in Windows.
        sha256: fingerprint, lower-case hexadecimal.
        not_before: first valid second, UTC; None where it cannot be read.
        not_after: last valid second, UTC; None where it cannot be read.
        validity: at the report's instant; unknown where not both dates can be read.
        days_left: day of notAfter minus today, both in Japan; None where it ends before it begins, and where
            the end cannot be read.
        authority: its id; None where it was not recognised.
        recognised_by: the name only; an anchor's signature; or given by the person.
        renewal: the verdict; unknown without an authority, and for a CA's own certificate.
        headline: what to say first, of revocation, renewal and validity.
        days: those that count for its holder; of a CA's certificate only its expiry.
        has_private_key: the file holds its private key; where no key was decrypted, by the file's own word.
        is_ca: it may issue certificates.
        chain: the path, as far as it verifies.
        remarks: what of it could not be read, or not as RFC 5280 has it; in JSON only where there are any.
        revocation: what revocation lists say; in JSON only where a list of its issuer's name came along.
    """

    subject: str
    issuer: str
    subject_attributes: tuple[Attribute, ...]
    user_id: str | None
    emails: tuple[Email, ...]
    serial: str
    sha256: str
    not_before: datetime | None
    not_after: datetime | None
    validity: Validity
    days_left: int | None
    authority: str | None
    recognised_by: RecognitionEvidence | None
    renewal: Verdict
    headline: Headline
    days: tuple[MarkedDay, ...]
    has_private_key: bool
    is_ca: bool
    chain: Chain
    remarks: tuple[Remark, ...] = ()
    revocation: Revocation | None = None


@dataclass(frozen=True, slots=True)
class RevocationListReport:
    """A revocation list in a file.

    Attributes:
        issuer: RFC 4514.
        sha256: fingerprint, lower-case hexadecimal.
        this_update: the instant for which it was made, UTC.
        next_update: when the next one is due, UTC; None where it does not say.
        entries: how many certificates it lists.
        used: the issuer of a certificate among the files signed it, and it may be used.
    """

    issuer: str
    sha256: str
    this_update: datetime
    next_update: datetime | None
    entries: int
    used: bool


@dataclass(frozen=True, slots=True)
class KeyReport:
    """A private key in a file of its own.

    Attributes:
        fits: SHA-256 of the certificates among the files that have its public key; empty where none has.
    """

    fits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileReport:
    """A file that was read.

    Attributes:
        name: as it was handed in.
        format: recognised by the bytes.
        password_form: the form of the password that opened it, "none" of a private key that is not
            encrypted; None for formats without password, and for a PKCS #12 of which only the certificates,
            which are not encrypted, were read.
        certificates: at least one, unless the file holds revocation lists or a private key only.
        chain: of the private key's owner, else of the only certificate that is no CA's, else None.
        failures: parts that cannot be read; in JSON only where there are any.
        pkcs12: how a PKCS #12 is protected and what is in it; in JSON only of those.
        refused_by: ids of programs that cannot open the file (`certcheck.rules.pfx_programs`); in JSON only
            where there are any.
        revocation_lists: in JSON only where there are any.
        private_key: of a file that holds nothing else; in JSON only of those.
    """

    name: str
    format: Format
    password_form: Form | None
    certificates: tuple[CertificateReport, ...]
    chain: Chain | None
    failures: tuple[Failure, ...] = ()
    pkcs12: Pkcs12 | None = None
    refused_by: tuple[str, ...] = ()
    revocation_lists: tuple[RevocationListReport, ...] = ()
    private_key: KeyReport | None = None


@dataclass(frozen=True, slots=True)
class FileError:
    """A file that cannot be used."""

    name: str
    error: Failure


@dataclass(frozen=True, slots=True)
class OtherCertificate:
    """A certificate of the holder that is not the current one.

    Attributes:
        sha256: its fingerprint.
        advice: whether it may be deleted.
        reason: why.
        outlasted: the current one is proven, valid and expires later: this one need not be renewed any more.
        outlasted_unproven: the same, but that it is genuine is not proven: nothing follows from it.
    """

    sha256: str
    advice: Advice
    reason: Reason
    outlasted: bool
    outlasted_unproven: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """The certificates of one holder, two or more.

    Attributes:
        authority: its id.
        user_id: the user id that they have in common; None where the authority's rule names no such field.
        current: SHA-256 of the certificate to use; where it is not proven, of the likeliest by its dates.
        proven: a trust anchor has verified the current one.
        others: the rest, the likeliest to be used first.
    """

    authority: str
    user_id: str | None
    current: str
    proven: bool
    others: tuple[OtherCertificate, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one inspection.

    Attributes:
        at: the instant that it judges by, on Japan's clock.
        files: in the order handed in.
        holders: those with several certificates in these files, and advice on deleting the older ones.
    """

    at: datetime
    files: tuple[FileReport | FileError, ...]
    holders: tuple[Holder, ...] = ()

    def to_json(self) -> str:
        """Return the report as JSON, in ASCII, the same bytes everywhere."""
        return json.dumps(self.to_plain(), indent=2)

    def to_plain(self) -> dict[str, Any]:
        """Return the values that the JSON has."""
        return {
            "schema": SCHEMA,
            "at": japan.format_instant(self.at),
            "revocation": "by_lists" if any(map(_has_lists, self.files)) else "not_checked",
            "files": _to_plain(self.files),
            "holders": _to_plain(self.holders),
        }


def _has_lists(file: FileReport | FileError) -> bool:
    return isinstance(file, FileReport) and bool(file.revocation_lists)


_LEFT_OUT_WHERE_EMPTY = {
    "revocation",
    "revocation_lists",
    "private_key",
    "failures",
    "pkcs12",
    "refused_by",
    "undecodable",
    "encoding",
    "closes_at",
    "deadlines",
    "remarks",
}


def _to_plain(value: Any) -> Any:  # noqa: ANN401 - whatever a report holds
    """Return a value of a report as JSON has it.

    Left out are fields that were added to the contract later, and say nothing here.
    """
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple | list):
        return list(map(_to_plain, value))
    if isinstance(value, datetime):
        return japan.format_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _to_plain(item) for name, item in value.items()}
    plain: dict[str, Any] = {}
    for name in value.__dataclass_fields__:
        item = getattr(value, name)
        if item or name not in _LEFT_OUT_WHERE_EMPTY:
            plain[name] = _to_plain(item)
    return plain
