"""The authorities' rules as typed values, read from the JSON that the build derives from the facts."""

from __future__ import annotations

import json
import pkgutil
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NoReturn, cast, get_args

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certcheck import certificate, names
from certcheck.errors import UnusableInput
from certcheck.extensions import UNREADABLE

if TYPE_CHECKING:
    from certcheck.certificate import Certificate

SCHEMA = 1

Closes = Literal["expiry", "end_of_day_before", "never"]


class RulesError(ValueError):
    """Rules that cannot be used; the message names the place, what is there and what was expected."""


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
class Window:
    """Renewal within a window of days.

    Attributes:
        opens_days_before: calendar days before the day of notAfter in Japan.
        closes: when the window ends: with the certificate, with the day before, or never.
    """

    opens_days_before: int
    closes: Closes


@dataclass(frozen=True, slots=True)
class ByApplication:
    """Renewal that has to be applied for; no day opens or closes it."""


Renewal = Window | ByApplication


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
    """

    id: str
    recognise: tuple[Recognition, ...]
    user_id: str | None
    renewal: Renewal
    trust_anchors: tuple[Anchor, ...] = ()
    reminders_days_before: tuple[int, ...] = ()


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
    whole = _mapping(data, "rules")
    if whole.get("schema") != SCHEMA:
        _refuse("schema", whole.get("schema"), f"{SCHEMA}")
    return Rules(tuple(_authority(item, where) for item, where in _items(whole, "authorities", "")))


def _authority(data: object, where: str) -> Authority:
    fields = _mapping(data, where)
    user_id = fields.get("user_id")
    return Authority(
        id=_text(fields.get("id"), f"{where}.id", "boj"),
        recognise=tuple(_recognition(item, at) for item, at in _items(fields, "recognise", where)),
        user_id=None if user_id is None else _field(user_id, f"{where}.user_id"),
        renewal=_renewal(fields.get("renewal"), f"{where}.renewal"),
        trust_anchors=tuple(_anchor(item, at) for item, at in _items(fields, "trust_anchors", where)),
        reminders_days_before=_reminders(fields.get("renewal"), f"{where}.renewal"),
    )


def _recognition(data: object, where: str) -> Recognition:
    fields = _mapping(data, where)
    field = _field(fields.get("field"), f"{where}.field")
    if fields.get("pattern") is None:
        return Recognition(field, equals=_text(fields.get("equals"), f"{where}.equals", "Gaitame CA - G5"))
    pattern = _text(fields["pattern"], f"{where}.pattern", "TSE-CA[0-9]+")
    try:
        re.compile(pattern)
    except re.error:
        _refuse(f"{where}.pattern", pattern, "a regular expression, e.g. TSE-CA[0-9]+")
    return Recognition(field, pattern=pattern)


def _renewal(data: object, where: str) -> Renewal:
    fields = _mapping(data, where)
    kind = fields.get("kind")
    if kind == "application":
        return ByApplication()
    if kind != "window":
        _refuse(f"{where}.kind", kind, "window or application")
    days = _days(
        _mapping(fields.get("opens"), f"{where}.opens").get("days_before"), f"{where}.opens.days_before"
    )
    at = _mapping(fields.get("closes"), f"{where}.closes").get("at")
    if at not in get_args(Closes):
        _refuse(f"{where}.closes.at", at, f"one of {', '.join(get_args(Closes))}")
    return Window(days, cast("Closes", at))


def _reminders(renewal: object, where: str) -> tuple[int, ...]:
    """Read the reminders; none where they are left out, as in rules of this schema's first edition."""
    fields = _mapping(renewal, where)
    if "reminders_days_before" not in fields:
        return ()
    return tuple(_days(item, at) for item, at in _items(fields, "reminders_days_before", where))


def _days(value: object, where: str) -> int:
    if type(value) is not int or value < 0:
        _refuse(where, value, "a whole number of days, e.g. 30")
    return value


def _anchor(data: object, where: str) -> Anchor:
    fields = _mapping(data, where)
    if fields.get("pem") is not None:
        pem = _text(fields["pem"], f"{where}.pem", "-----BEGIN CERTIFICATE-----…")
        try:
            loaded = certificate.load(x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER))
        except (UnusableInput, *UNREADABLE):
            _refuse(f"{where}.pem", pem, "a certificate in PEM, e.g. -----BEGIN CERTIFICATE-----…")
        return Anchor(loaded.sha256, loaded)
    fingerprint = _text(fields.get("sha256"), f"{where}.sha256", "9f86d081…").replace(":", "").lower()
    if not re.fullmatch("[0-9a-f]{64}", fingerprint):
        _refuse(f"{where}.sha256", fingerprint, "64 hexadecimal digits")
    return Anchor(fingerprint)


def _field(value: object, where: str) -> str:
    text = _text(value, where, "issuer.CN")
    part, _, attribute = text.partition(".")
    if part not in {"subject", "issuer"} or attribute not in names.SHORT_NAMES.values():
        _refuse(where, text, "subject or issuer, a dot and an attribute, e.g. issuer.CN")
    return text


def _mapping(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        _refuse(where, value, "a mapping of names to values")
    return value


def _items(fields: dict[str, Any], name: str, where: str) -> list[tuple[object, str]]:
    where = f"{where}.{name}".lstrip(".")
    value = fields.get(name)
    if not isinstance(value, list):
        _refuse(where, value, "a list, which may be empty")
    return [(item, f"{where}[{index}]") for index, item in enumerate(value)]


def _text(value: object, where: str, example: str) -> str:
    if not isinstance(value, str) or not value:
        _refuse(where, value, f"text, e.g. {example}")
    return value


def _refuse(where: str, got: object, expected: str) -> NoReturn:
    raise RulesError(f"{where}: got {json.dumps(got, ensure_ascii=False)}, expected {expected}")
