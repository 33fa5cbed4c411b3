"""The authorities' rules as typed values, read from the JSON that the build derives from the facts."""

from __future__ import annotations

import json
import pkgutil
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certcheck.errors import UnusableInput
from certcheck.rules import business_days, deletion, json_fields, terms
from certcheck.rules.json_fields import RulesError
from certcheck.x509 import certificate, names
from certcheck.x509.extensions import UNREADABLE

if TYPE_CHECKING:
    from certcheck.rules.business_days import BusinessDays
    from certcheck.rules.deletion import Deleting
    from certcheck.rules.terms import Renewal
    from certcheck.x509.certificate import Certificate

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Recognition:
    """One way to tell an authority's certificates: a field of the subject or issuer, and the value it has.

    Attributes:
        field: for example ``issuer.CN``.
        equals: the whole value; dashes and spaces are folded on both sides.
        pattern: or a regular expression for the whole folded value.
    """

    field: str
    equals: str | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A CA certificate that the site's operator trusts for one authority.

    Attributes:
        sha256: its fingerprint, lower-case hexadecimal.
        certificate: itself; None where the operator gave the fingerprint only, so that it has to come along.
    """

    sha256: str
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True)
class Authority:
    """What the checker must know of one authority.

    Attributes:
        id: for example ``boj``.
        recognise: alternatives, any of which tells its certificates; empty where no name is known.
        user_id: the field that holds the user id, for example ``subject.CN``; None where there is none.
        renewal: its renewal rule.
        trust_anchors: CA certificates that count for this authority only.
        reminders_days_before: when it reminds its holders, in calendar days before the day of notAfter.
        deleting: which of a holder's certificates may be deleted; None where nothing is known of that.
    """

    id: str
    recognise: tuple[Recognition, ...]
    user_id: str | None
    renewal: Renewal
    trust_anchors: tuple[Anchor, ...] = ()
    reminders_days_before: tuple[int, ...] = ()
    deleting: Deleting | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of all authorities."""

    authorities: tuple[Authority, ...]

    def authority(self, identifier: str) -> Authority:
        """Return the authority of that id.

        Raises:
            ValueError: there is none.
        """
        for authority in self.authorities:
            if authority.id == identifier:
                return authority
        known = ", ".join(authority.id for authority in self.authorities)
        raise ValueError(f"no authority {identifier!r} in the rules, which know {known}")


def packaged() -> Rules:
    """Read the rules that the build put beside this module.

    Raises:
        RulesError: the build has not written them yet, or they are malformed.
    """
    try:
        text = cast("bytes", pkgutil.get_data("certcheck", "rules.json"))
    except OSError:
        raise RulesError("certcheck/rules.json is missing: run scripts/build, which writes it") from None
    return parse(text)


def parse(text: str | bytes) -> Rules:
    """Read rules from JSON.

    Raises:
        RulesError: the text is not JSON, or a value is missing or of the wrong kind.
    """
    try:
        data = json.loads(text)
    except ValueError as error:
        raise RulesError(f"rules: not JSON: {error}") from error
    whole = json_fields.mapping(data, "rules")
    if whole.get("schema") != SCHEMA:
        json_fields.refuse("schema", whole.get("schema"), f"{SCHEMA}")
    table = business_days.NONE_KNOWN  # no rule counts them, or these are rules of this schema's first edition
    if "business_days" in whole:
        table = business_days.parse(whole["business_days"], "business_days")
    return Rules(
        tuple(_authority(item, at, table) for item, at in json_fields.items(whole, "authorities", ""))
    )


def _authority(data: object, where: str, table: BusinessDays) -> Authority:
    given = json_fields.mapping(data, where)
    user_id = given.get("user_id")
    return Authority(
        id=json_fields.text(given.get("id"), f"{where}.id", "boj"),
        recognise=tuple(_recognition(item, at) for item, at in json_fields.items(given, "recognise", where)),
        user_id=None if user_id is None else _field(user_id, f"{where}.user_id"),
        renewal=terms.parse(given.get("renewal"), f"{where}.renewal", table),
        trust_anchors=tuple(
            _anchor(item, at) for item, at in json_fields.items(given, "trust_anchors", where)
        ),
        reminders_days_before=_reminders(given.get("renewal"), f"{where}.renewal"),
        deleting=deletion.parse(given["deleting"], f"{where}.deleting") if "deleting" in given else None,
    )


def _recognition(data: object, where: str) -> Recognition:
    given = json_fields.mapping(data, where)
    field = _field(given.get("field"), f"{where}.field")
    if given.get("pattern") is None:
        return Recognition(
            field, equals=json_fields.text(given.get("equals"), f"{where}.equals", "Gaitame CA - G5")
        )
    pattern = json_fields.text(given["pattern"], f"{where}.pattern", "TSE-CA[0-9]+")
    try:
        re.compile(pattern)
    except re.error:
        json_fields.refuse(f"{where}.pattern", pattern, "a regular expression, e.g. TSE-CA[0-9]+")
    return Recognition(field, pattern=pattern)


def _reminders(renewal: object, where: str) -> tuple[int, ...]:
    """Read the reminders; none where they are left out, as in rules of this schema's first edition."""
    given = json_fields.mapping(renewal, where)
    if "reminders_days_before" not in given:
        return ()
    return tuple(
        json_fields.count(item, at, "days")
        for item, at in json_fields.items(given, "reminders_days_before", where)
    )


def _anchor(data: object, where: str) -> Anchor:
    given = json_fields.mapping(data, where)
    if given.get("pem") is not None:
        pem = json_fields.text(given["pem"], f"{where}.pem", "-----BEGIN CERTIFICATE-----…")
        try:
            loaded = certificate.load(x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER))
        except (UnusableInput, *UNREADABLE):
            json_fields.refuse(f"{where}.pem", pem, "a certificate in PEM, e.g. -----BEGIN CERTIFICATE-----…")
        return Anchor(loaded.sha256, loaded)
    fingerprint = (
        json_fields.text(given.get("sha256"), f"{where}.sha256", "9f86d081…").replace(":", "").lower()
    )
    if not re.fullmatch("[0-9a-f]{64}", fingerprint):
        json_fields.refuse(f"{where}.sha256", fingerprint, "64 hexadecimal digits")
    return Anchor(fingerprint)


def _field(value: object, where: str) -> str:
    text = json_fields.text(value, where, "issuer.CN")
    part, _, attribute = text.partition(".")
    if part not in {"subject", "issuer"} or attribute not in names.SHORT_NAMES.values():
        json_fields.refuse(where, text, "subject or issuer, a dot and an attribute, e.g. issuer.CN")
    return text
