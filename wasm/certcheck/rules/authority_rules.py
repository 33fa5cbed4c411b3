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
from certcheck.rules import json_fields
from certcheck.rules.business_days import NONE_KNOWN, parse_business_days
from certcheck.rules.deletion import parse_deletion
from certcheck.rules.json_fields import RulesError
from certcheck.rules.pfx_programs import parse_pfx_program
from certcheck.rules.terms import parse_renewal
from certcheck.x509.certificate import load_certificate
from certcheck.x509.extensions import UNREADABLE
from certcheck.x509.names import SHORT_NAMES

if TYPE_CHECKING:
    from certcheck.rules.business_days import BusinessDays
    from certcheck.rules.deletion import DeletionRule
    from certcheck.rules.pfx_programs import PfxProgram
    from certcheck.rules.terms import RenewalTerms
    from certcheck.x509.certificate import Certificate

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class NameRule:
    """A rule to recognise an authority's certificates: a field of the subject or issuer, and its value.

    Attributes:
        field: for example ``issuer.CN``.
        equals: the whole value; dashes and spaces are folded on both sides.
        pattern: or a regular expression for the whole folded value.
    """

    field: str
    equals: str | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class TrustAnchor:
    """A CA certificate that the site's operator trusts for one authority.

    Attributes:
        sha256: its fingerprint, lower-case hexadecimal.
        certificate: None where the operator gave the fingerprint only: it must be among the inspected files.
    """

    sha256: str
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True)
class AuthorityRules:
    """The rules of one authority.

    Attributes:
        id: for example ``boj``.
        recognise: alternatives, any of which recognises its certificates; empty where no name is known.
        user_id: the field that holds the user id, for example ``subject.CN``; None where there is none.
        renewal: its renewal rule.
        trust_anchors: CA certificates that count for this authority only.
        reminders_days_before: when it reminds its holders, in calendar days before the day of notAfter.
        deleting: which of a holder's certificates may be deleted; None where the facts say nothing of that.
    """

    id: str
    recognise: tuple[NameRule, ...]
    user_id: str | None
    renewal: RenewalTerms
    trust_anchors: tuple[TrustAnchor, ...] = ()
    reminders_days_before: tuple[int, ...] = ()
    deleting: DeletionRule | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of all authorities.

    Attributes:
        authorities: in the site's order.
        pfx_programs: programs that refuse a PKCS #12 for its algorithms.
    """

    authorities: tuple[AuthorityRules, ...]
    pfx_programs: tuple[PfxProgram, ...] = ()

    def find_authority(self, identifier: str) -> AuthorityRules:
        """Return the rules of the authority of that id.

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
    fields = json_fields.require_mapping(data, "rules")
    if fields.get("schema") != SCHEMA:
        json_fields.refuse("schema", fields.get("schema"), f"{SCHEMA}")
    table = NONE_KNOWN  # no rule counts them, or these are rules of this schema's first edition
    if "business_days" in fields:
        table = parse_business_days(fields["business_days"], "business_days")
    authorities = json_fields.require_items(fields, "authorities", "")
    # Rules of this schema's first edition have none.
    programs = json_fields.require_items({"pfx_programs": [], **fields}, "pfx_programs", "")
    return Rules(
        tuple(_parse_authority(authority, place, table) for authority, place in authorities),
        tuple(parse_pfx_program(program, place) for program, place in programs),
    )


def _parse_authority(data: object, where: str, table: BusinessDays) -> AuthorityRules:
    fields = json_fields.require_mapping(data, where)
    user_id = fields.get("user_id")
    name_rules = json_fields.require_items(fields, "recognise", where)
    anchors = json_fields.require_items(fields, "trust_anchors", where)
    return AuthorityRules(
        id=json_fields.require_text(fields.get("id"), f"{where}.id", "boj"),
        recognise=tuple(_parse_name_rule(rule, place) for rule, place in name_rules),
        user_id=None if user_id is None else _parse_field(user_id, f"{where}.user_id"),
        renewal=parse_renewal(fields.get("renewal"), f"{where}.renewal", table),
        trust_anchors=tuple(_parse_anchor(anchor, place) for anchor, place in anchors),
        reminders_days_before=_parse_reminders(fields.get("renewal"), f"{where}.renewal"),
        deleting=parse_deletion(fields["deleting"], f"{where}.deleting") if "deleting" in fields else None,
    )


def _parse_name_rule(data: object, where: str) -> NameRule:
    rule = json_fields.require_mapping(data, where)
    field = _parse_field(rule.get("field"), f"{where}.field")
    if rule.get("pattern") is None:
        equals = json_fields.require_text(rule.get("equals"), f"{where}.equals", "Gaitame CA - G5")
        return NameRule(field, equals=equals)
    pattern = json_fields.require_text(rule["pattern"], f"{where}.pattern", "TSE-CA[0-9]+")
    try:
        re.compile(pattern)
    except re.error:
        json_fields.refuse(f"{where}.pattern", pattern, "a regular expression, e.g. TSE-CA[0-9]+")
    return NameRule(field, pattern=pattern)


def _parse_reminders(renewal: object, where: str) -> tuple[int, ...]:
    """Read the reminders; none where they are left out, as in rules of this schema's first edition."""
    fields = json_fields.require_mapping(renewal, where)
    if "reminders_days_before" not in fields:
        return ()
    reminders = json_fields.require_items(fields, "reminders_days_before", where)
    return tuple(json_fields.require_count(days, place, "days") for days, place in reminders)


def _parse_anchor(data: object, where: str) -> TrustAnchor:
    anchor = json_fields.require_mapping(data, where)
    if anchor.get("pem") is not None:
        pem = json_fields.require_text(anchor["pem"], f"{where}.pem", "-----BEGIN CERTIFICATE-----…")
        try:
            encoded = x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER)
            certificate = load_certificate(encoded)
        except (UnusableInput, *UNREADABLE):
            json_fields.refuse(f"{where}.pem", pem, "a certificate in PEM, e.g. -----BEGIN CERTIFICATE-----…")
        return TrustAnchor(certificate.sha256, certificate)
    text = json_fields.require_text(anchor.get("sha256"), f"{where}.sha256", "9f86d081…")
    fingerprint = text.replace(":", "").lower()
    if not re.fullmatch("[0-9a-f]{64}", fingerprint):
        json_fields.refuse(f"{where}.sha256", fingerprint, "64 hexadecimal digits")
    return TrustAnchor(fingerprint)


def _parse_field(value: object, where: str) -> str:
    """Read the name of a field such as ``issuer.CN``."""
    text = json_fields.require_text(value, where, "issuer.CN")
    part, _, attribute = text.partition(".")
    if part not in {"subject", "issuer"} or attribute not in SHORT_NAMES.values():
        json_fields.refuse(where, text, "subject or issuer, a dot and an attribute, e.g. issuer.CN")
    return text
