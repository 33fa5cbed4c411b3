"""The authorities' rules as typed values, read from the JSON that the build derives from the facts."""

from __future__ import annotations

import json
import pkgutil
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certcheck.errors import UnusableInput
from certcheck.rules import json_fields
from certcheck.rules.business_days import NONE_KNOWN, parse_business_days
from certcheck.rules.deletion import parse_deletion
from certcheck.rules.json_fields import RulesError
from certcheck.rules.patterns import PatternError, compile_pattern
from certcheck.rules.pfx_programs import parse_pfx_program
from certcheck.rules.terms import parse_renewal
from certcheck.x509.certificate import load_certificate
from certcheck.x509.extensions import UNREADABLE
from certcheck.x509.names import SHORT_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from certcheck.rules.business_days import BusinessDays
    from certcheck.rules.deletion import DeletionRule
    from certcheck.rules.pfx_programs import PfxProgram
    from certcheck.rules.terms import RenewalTerms
    from certcheck.x509.certificate import Certificate

SCHEMA = 1
ALTERNATIVE_NAMES = ("subjectAltName.rfc822Name", "subjectAltName.UPN")
"""Fields of subjectAltName that may hold a user id."""


@dataclass(frozen=True, slots=True)
class NameRule:
    """A rule to recognise an authority's certificates: a field of the subject or issuer, and its value.

    Attributes:
        field: for example ``issuer.CN``.
        equals: the whole value; dashes and spaces are folded on both sides.
        pattern: or a pattern for the whole folded value (:mod:`certcheck.rules.patterns`).
        also: what must hold of other fields of the same certificate.
    """

    field: str
    equals: str | None = None
    pattern: str | None = None
    also: tuple[NameRule, ...] = ()


@dataclass(frozen=True, slots=True)
class UserIdField:
    """Where a certificate holds its user's id.

    Attributes:
        field: ``subject.CN`` and the like, or one of subjectAltName as `x509.extensions.Email` names it.
        before: the id ends before this sign, where the value has it; None where it is the whole value.
    """

    field: str
    before: str | None = None

    def find_user_id(self, certificate: Certificate) -> str | None:
        """Return the user id; None where the certificate has no such field."""
        if self.field.startswith("subjectAltName."):
            values = [email.value for email in certificate.emails if email.field == self.field]
        else:
            values = certificate.find_values(self.field)
        value = next(iter(values), None)
        return value.partition(self.before)[0].strip() if value and self.before else value


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
        user_id: where the user id is; None where there is none.
        renewal: its renewal rule.
        trust_anchors: CA certificates that count for this authority only.
        reminders_days_before: when it reminds its holders, in calendar days before the day of notAfter.
        deleting: which of a holder's certificates may be deleted; None where the facts say nothing of that.
    """

    id: str
    recognise: tuple[NameRule, ...]
    user_id: UserIdField | None
    renewal: RenewalTerms
    trust_anchors: tuple[TrustAnchor, ...] = ()
    reminders_days_before: tuple[int, ...] = ()
    deleting: DeletionRule | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of all authorities.

    Attributes:
        authorities: whose rules can be used, in the site's order.
        pfx_programs: programs that refuse a PKCS #12 for its algorithms.
        failures: what is wrong with the others: one authority's mistake stops no other's rules.
        words: by language, what a table and a calendar call columns, codes and events
            (`certcheck.reports.csv_table.write_csv`); nothing is judged by them.
    """

    authorities: tuple[AuthorityRules, ...]
    pfx_programs: tuple[PfxProgram, ...] = ()
    failures: tuple[str, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def list_anchors(self) -> list[Certificate]:
        """Return the operator's own copies of trust anchors."""
        anchors = [anchor for authority in self.authorities for anchor in authority.trust_anchors]
        return [anchor.certificate for anchor in anchors if anchor.certificate]

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
        RulesError: the text is not JSON, or a value outside the authorities is missing or of the wrong kind.
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
    usable: list[AuthorityRules] = []
    failures: list[str] = []
    for authority, place in authorities:
        try:
            usable.append(_parse_authority(authority, place, table))
        except RulesError as error:
            failures.append(str(error))
    pfx_programs = tuple(parse_pfx_program(program, place) for program, place in programs)
    words = _parse_words(fields.get("words", {}))
    return Rules(tuple(usable), pfx_programs, tuple(failures), words)


def _parse_words(data: object) -> dict[str, dict[str, str]]:
    """Read the words; there are none in rules of this schema's first edition."""
    words: dict[str, dict[str, str]] = {}
    for language, texts in json_fields.require_mapping(data, "words").items():
        where = f"words.{language}"
        for code, text in json_fields.require_mapping(texts, where).items():
            words.setdefault(language, {})[code] = json_fields.require_text(text, f"{where}.{code}", "File")
    return words


def _parse_authority(data: object, where: str, table: BusinessDays) -> AuthorityRules:
    fields = json_fields.require_mapping(data, where)
    name_rules = json_fields.require_items(fields, "recognise", where)
    together = "recognise_together"
    combined = json_fields.require_items(fields, together, where) if together in fields else []
    anchors = json_fields.require_items(fields, "trust_anchors", where)
    return AuthorityRules(
        id=json_fields.require_text(fields.get("id"), f"{where}.id", "boj"),
        recognise=(
            *(_parse_name_rule(rule, place) for rule, place in name_rules),
            *(_parse_combination(rules, place) for rules, place in combined),
        ),
        user_id=_parse_user_id(fields, where),
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
        compile_pattern(pattern)
    except PatternError:
        json_fields.refuse(f"{where}.pattern", pattern, "a pattern, e.g. TSE-CA[0-9]+")
    return NameRule(field, pattern=pattern)


def _parse_combination(data: object, where: str) -> NameRule:
    """Read rules that must hold together, each of another field."""
    rules = json_fields.require_items({"all": data}, "all", where)
    if not rules:
        json_fields.refuse(where, data, "at least one rule")
    first, *others = (_parse_name_rule(rule, place) for rule, place in rules)
    return replace(first, also=tuple(others))


def _parse_user_id(fields: dict[str, Any], where: str) -> UserIdField | None:
    """Read the whole field ``user_id``, or the part that ``user_id_from`` tells."""
    if "user_id_from" not in fields:
        whole = fields.get("user_id")
        return None if whole is None else UserIdField(_parse_field(whole, f"{where}.user_id"))
    where = f"{where}.user_id_from"
    origin = json_fields.require_mapping(fields["user_id_from"], where)
    field = json_fields.require_text(origin.get("field"), f"{where}.field", "subject.CN")
    if field not in ALTERNATIVE_NAMES:
        field = _parse_field(field, f"{where}.field")
    before = origin.get("before")
    return UserIdField(
        field, None if before is None else json_fields.require_text(before, f"{where}.before", "-")
    )


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
