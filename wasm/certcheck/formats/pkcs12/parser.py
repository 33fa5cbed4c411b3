"""Parsing a PKCS #12 (RFC 7292 4), as far as it shows without the password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cryptography.hazmat.asn1 import asn1
from cryptography.x509 import ObjectIdentifier

from certcheck import limits
from certcheck.asn1 import der, oids
from certcheck.asn1.cms import ContentInfo, EncryptedData
from certcheck.errors import UnusableInput
from certcheck.formats.pkcs12.algorithms import Algorithm, build_algorithm, parse_algorithms
from certcheck.formats.pkcs12.decryption import Ciphertext, Mac
from certcheck.formats.pkcs12.structure import Bag, Part, Pfx, count_iterations
from certcheck.x509.strings import decode_string

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certcheck.asn1.ber import Normaliser
    from certcheck.formats.pkcs12.structure import BagKind, Protection
    from certcheck.limits import Effort

_BAG_KINDS: dict[str, BagKind] = {
    oids.KEY_BAG: "key",
    oids.SHROUDED_KEY_BAG: "shrouded_key",
    oids.CERTIFICATE_BAG: "certificate",
}


@asn1.sequence
class _DigestInfo:
    """DigestInfo (RFC 8017 A.2.4)."""

    algorithm: asn1.TLV
    digest: bytes


@asn1.sequence
class _MacData:
    """MacData (RFC 7292 4); one iteration is the default, and some programs write it all the same."""

    mac: _DigestInfo
    salt: bytes
    iterations: int | None


@asn1.sequence
class _Pfx:
    """PFX (RFC 7292 4)."""

    version: int
    auth_safe: ContentInfo
    mac_data: _MacData | None


@asn1.sequence
class _EncryptedPrivateKeyInfo:
    """EncryptedPrivateKeyInfo (RFC 5958 3)."""

    algorithm: asn1.TLV
    data: bytes


@asn1.sequence
class _TypedValue:
    """CertBag and SecretBag (RFC 7292 4.2.3, 4.2.5)."""

    type: ObjectIdentifier
    value: Annotated[asn1.TLV, asn1.Explicit(0)]


@asn1.sequence
class _BagAttribute:
    """PKCS12Attribute (RFC 7292 4.2); `values` is a SET, of which the first value counts."""

    type: ObjectIdentifier
    values: asn1.TLV


def parse_pfx(data: bytes, normaliser: Normaliser, effort: Effort = limits.DEFAULT_EFFORT) -> Pfx:
    """Parse a PKCS #12, and check what opening it will cost.

    Args:
        data: DER or BER.
        normaliser: the file's.
        effort: what is allowed for the file.

    Raises:
        UnusableInput: `damaged`, with `where` or `offset` and the number of the `part`; `over_limit`.
    """
    encoded = normaliser.to_der(data)
    try:
        pfx = asn1.decode_der(_Pfx, encoded)
        mac_algorithms, mac = _parse_mac(pfx.mac_data)
    except ValueError as error:
        raise UnusableInput("damaged", where="pfx") from error
    content_type = pfx.auth_safe.content_type.dotted_string
    if content_type != oids.DATA:  # signed with a key instead of a password (RFC 7292 3.1)
        algorithms = (*mac_algorithms, build_algorithm(content_type))
        return Pfx(encoded, b"", algorithms, (), is_for_windows_account=False)
    parser, octets = _Parser(normaliser), pfx.auth_safe.content
    try:
        content, parts = octets.parse(bytes), tuple(parser.parse_parts(octets))
    except ValueError as error:
        raise UnusableInput("damaged", where="authSafe") from error
    file = Pfx(encoded, content, mac_algorithms, parts, parser.has_windows_protection, mac)
    _check_costs(file.bags, (mac_algorithms, *file.encryptions), effort)
    return file


def _parse_mac(data: _MacData | None) -> tuple[Protection, Mac | None]:
    if data is None:
        return (), None
    algorithm, *others = parse_algorithms(data.mac.algorithm)
    if others:  # PBMAC1, whose parameters hold its iterations (RFC 9579)
        return (algorithm, *others), None
    iterations = 1 if data.iterations is None else data.iterations
    if iterations < 0:  # would offset those of another key derivation
        raise ValueError("a negative count")
    mac = Mac(algorithm.name, data.mac.digest, data.salt, iterations)
    return (Algorithm(algorithm.name, algorithm.is_supported, iterations),), mac


def parse_safe_contents(
    contents: bytes, normaliser: Normaliser, effort: Effort = limits.DEFAULT_EFFORT
) -> tuple[Bag, ...]:
    """Parse SafeContents that were decrypted, and check what opening their keys will cost.

    Args:
        contents: DER or BER.
        normaliser: the file's.
        effort: what is allowed for the file.

    Raises:
        ValueError: they are none, as after a wrong password.
        UnusableInput: `damaged` likewise, or `over_limit`.
    """
    bags = tuple(_Parser(normaliser).parse_bags(der.split_sequence(normaliser.to_der(contents))))
    _check_costs(bags, tuple(bag.algorithms for bag in bags), effort)
    return bags


def _check_costs(bags: tuple[Bag, ...], protections: tuple[Protection, ...], effort: Effort) -> None:
    limits.check("iterations", count_iterations(protections), effort.iterations)
    for protection in protections:
        for algorithm in protection:
            limits.check("scrypt_memory", algorithm.memory)
    keys = [bag for bag in bags if bag.key]
    limits.check("certificates", sum(bag.kind == "certificate" for bag in bags))
    limits.check("keys", len(keys))
    for bag in keys:
        limits.check("key_bytes", len(bag.encoded))


class _Parser:
    def __init__(self, normaliser: Normaliser) -> None:
        self._normaliser = normaliser
        self.has_windows_protection = False

    def parse_parts(self, auth_safe: asn1.TLV) -> Iterator[Part]:
        for number, part in enumerate(self._split_octets(auth_safe), start=1):
            try:
                yield self._parse_part(part)
            except ValueError as error:
                raise UnusableInput("damaged", part=number) from error
            except UnusableInput as error:
                error.detail["part"] = number
                raise

    def _split_octets(self, octets: asn1.TLV) -> list[asn1.TLV]:
        """Return the values of the SEQUENCE in an OCTET STRING."""
        return der.split_sequence(self._normaliser.to_der(octets.parse(bytes)))

    def _parse_part(self, value: asn1.TLV) -> Part:
        part, encoded = value.parse(ContentInfo), der.encode_tlv(value)
        content_type = part.content_type.dotted_string
        if content_type == oids.ENCRYPTED_DATA:
            content = part.content.parse(EncryptedData).content
            ciphertext = Ciphertext(content.algorithm, content.content or b"")
            return Part(encoded, parse_algorithms(content.algorithm), (), ciphertext)
        if content_type == oids.DATA:
            return Part(encoded, (), tuple(self.parse_bags(self._split_octets(part.content))))
        is_for_account = content_type == oids.ENVELOPED_DATA and oids.WINDOWS_DPAPI_NG in encoded
        self.has_windows_protection |= is_for_account
        return Part(encoded, (build_algorithm(content_type),))

    def parse_bags(self, values: list[asn1.TLV]) -> Iterator[Bag]:
        for value in values:
            encoded = der.encode_tlv(value)
            bag_id, wrapper, *attributes = der.split_sequence(encoded)
            oid, content = bag_id.parse(ObjectIdentifier).dotted_string, bytes(wrapper.data)
            if oid == oids.SAFE_CONTENTS_BAG:
                yield from self.parse_bags(der.split_sequence(content))
                continue
            yield _parse_bag(_BAG_KINDS.get(oid, "other"), content, encoded, _parse_attributes(attributes))
            if oid == oids.SECRET_BAG:
                is_password = _parse_type(content) == oids.WINDOWS_PROTECTED_PASSWORD
                self.has_windows_protection |= is_password


def _parse_bag(
    kind: BagKind, content: bytes, encoded: bytes, attributes: tuple[str | None, str | None]
) -> Bag:
    if kind == "shrouded_key":
        algorithms = parse_algorithms(asn1.decode_der(_EncryptedPrivateKeyInfo, content).algorithm)
        return Bag(kind, encoded, None, algorithms, *attributes, content)
    if kind == "certificate" and _parse_type(content) == oids.X509_CERTIFICATE:
        certificate = asn1.decode_der(_TypedValue, content).value.parse(bytes)
        return Bag(kind, encoded, certificate, (), *attributes)
    key = content if kind == "key" else None
    return Bag("key" if key else "other", encoded, None, (), *attributes, key)


def _parse_type(content: bytes) -> str:
    return asn1.decode_der(_TypedValue, content).type.dotted_string


def _parse_attributes(sets: list[asn1.TLV]) -> tuple[str | None, str | None]:
    """Return friendlyName and localKeyID (RFC 2985 5.5), None of one that is absent or cannot be decoded.

    Raises:
        ValueError: an attribute is malformed.
    """
    values: dict[str, asn1.TLV] = {}
    for attributes in sets:
        for attribute in der.split_contents(attributes):
            parsed = attribute.parse(_BagAttribute)
            attribute_values = der.split_contents(parsed.values)
            if attribute_values:
                values[parsed.type.dotted_string] = attribute_values[0]
    name, key_id = values.get(oids.FRIENDLY_NAME), values.get(oids.LOCAL_KEY_ID)
    return decode_string(name).value if name else None, bytes(key_id.data).hex() if key_id else None
