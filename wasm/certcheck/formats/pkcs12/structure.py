"""The structure of a PKCS #12 (RFC 7292 4), as far as it shows without the password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from cryptography.hazmat.asn1 import asn1
from cryptography.x509 import ObjectIdentifier

from certcheck import limits
from certcheck.asn1 import der, oids
from certcheck.asn1.cms import ContentInfo
from certcheck.errors import UnusableInput
from certcheck.formats.pkcs12 import algorithms
from certcheck.formats.pkcs12.decryption import Mac, Sealed
from certcheck.x509 import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certcheck.asn1.ber import Normaliser
    from certcheck.formats.pkcs12.algorithms import Algorithm

Kind = Literal["key", "shrouded_key", "certificate", "other"]
_KINDS: dict[str, Kind] = {
    oids.KEY_BAG: "key",
    oids.SHROUDED_KEY_BAG: "shrouded_key",
    oids.CERTIFICATE_BAG: "certificate",
}


@asn1.sequence
class _DigestInfo:
    algorithm: asn1.TLV
    digest: bytes


@asn1.sequence
class _MacData:
    """RFC 7292 4; 1 round need not be written, and is written all the same."""

    mac: _DigestInfo
    salt: bytes
    iterations: int | None


@asn1.sequence
class _Pfx:
    version: int
    auth_safe: ContentInfo
    mac_data: _MacData | None


@asn1.sequence
class _EncryptedContent:
    content_type: ObjectIdentifier
    algorithm: asn1.TLV
    content: Annotated[bytes | None, asn1.Implicit(0)]


@asn1.sequence
class _EncryptedData:
    version: int
    content: _EncryptedContent


@asn1.sequence
class _ShroudedKey:
    """EncryptedPrivateKeyInfo (RFC 5958 3)."""

    algorithm: asn1.TLV
    data: bytes


@asn1.sequence
class _Typed:
    """CertBag and SecretBag (RFC 7292 4.2.3, 4.2.5): a type, a value."""

    type: ObjectIdentifier
    value: Annotated[asn1.TLV, asn1.Explicit(0)]


@asn1.sequence
class _BagAttribute:
    """RFC 7292 4.2; `values` is a SET, the first of which counts."""

    type: ObjectIdentifier
    values: asn1.TLV


@dataclass(frozen=True, slots=True)
class Bag:
    """A SafeBag.

    Attributes:
        kind: what it holds.
        encoded: the whole bag.
        certificate: the certificate in it, of a certificate's.
        algorithms: what protects it, of a shrouded key's.
        friendly_name: a name that whoever wrote the file gave it.
        local_key_id: what ties a key to its certificate, lower-case hexadecimal.
        key: a key's PKCS #8, of a shrouded one encrypted; None of others.
    """

    kind: Kind
    encoded: bytes
    certificate: bytes | None = None
    algorithms: tuple[Algorithm, ...] = ()
    friendly_name: str | None = None
    local_key_id: str | None = None
    key: bytes | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A ContentInfo of the AuthenticatedSafe.

    Attributes:
        encoded: the whole part.
        algorithms: what encrypts it; none where its bags can be read.
        bags: what it holds; none where it is encrypted.
        sealed: of an encrypted one.
    """

    encoded: bytes
    algorithms: tuple[Algorithm, ...]
    bags: tuple[Bag, ...] = ()
    sealed: Sealed | None = None

    @property
    def protections(self) -> tuple[tuple[Algorithm, ...], ...]:
        """What encrypts it, or each of its keys."""
        return tuple(filter(None, (self.algorithms, *(bag.algorithms for bag in self.bags))))


@dataclass(frozen=True, slots=True)
class Pfx:
    """A PKCS #12.

    Attributes:
        encoded: the whole, its outer layer in DER; inside, what the MAC is over is as it came.
        content: what the MAC is over, AuthenticatedSafe.
        mac: the algorithms of its MAC; none without one.
        verifiable: the MAC itself, unless it is of another kind than RFC 7292's own.
        parts: in the file's order.
        windows_account: protected to a Windows account or group, perhaps to a password as well.
    """

    encoded: bytes
    content: bytes
    mac: tuple[Algorithm, ...]
    parts: tuple[Part, ...]
    windows_account: bool
    verifiable: Mac | None = None

    @property
    def bags(self) -> tuple[Bag, ...]:
        """The bags that can be read."""
        return tuple(bag for part in self.parts for bag in part.bags)

    @property
    def encryption(self) -> tuple[tuple[Algorithm, ...], ...]:
        """What encrypts each part and each key."""
        return tuple(protection for part in self.parts for protection in part.protections)

    @property
    def encrypted_pieces(self) -> tuple[tuple[int, Part | Bag], ...]:
        """The encrypted parts and keys, in the file's order, each with the number of its part."""
        pieces: list[tuple[int, Part | Bag]] = []
        for number, part in enumerate(self.parts, start=1):
            if part.algorithms:
                pieces.append((number, part))
            pieces += [(number, bag) for bag in part.bags if bag.algorithms]
        return tuple(pieces)

    @property
    def is_single_encrypted_part(self) -> bool:
        """Whether all certificates and keys are in one encrypted part."""
        return len(self.encrypted_pieces) == 1 and all(bag.kind == "other" for bag in self.bags)


def read(data: bytes, normaliser: Normaliser) -> Pfx:
    """Read the structure, and refuse what would take endless.

    Raises:
        UnusableInput: `damaged`, with `where` or `offset` and the number of the `part`; `over_limit`.
    """
    encoded = normaliser.to_der(data)
    try:
        pfx = asn1.decode_der(_Pfx, encoded)
        mac, verifiable = _mac(pfx.mac_data)
    except ValueError as error:
        raise UnusableInput("damaged", where="pfx") from error
    kind = pfx.auth_safe.content_type.dotted_string
    if kind != oids.DATA:  # signed with a key instead of a password (RFC 7292 3.1)
        return Pfx(encoded, b"", (*mac, algorithms.named(kind)), (), windows_account=False)
    reader, octets = _Reader(normaliser), pfx.auth_safe.content
    try:
        content, parts = octets.parse(bytes), tuple(reader.parts(octets))
    except ValueError as error:
        raise UnusableInput("damaged", where="authSafe") from error
    read = Pfx(encoded, content, mac, parts, reader.windows_account, verifiable)
    _check(read.bags, (mac, *read.encryption))
    return read


def _mac(data: _MacData | None) -> tuple[tuple[Algorithm, ...], Mac | None]:
    if data is None:
        return (), None
    first, *rest = algorithms.read(data.mac.algorithm)
    if rest:  # PBMAC1, which carries its rounds inside (RFC 9579)
        return (first, *rest), None
    rounds = 1 if data.iterations is None else data.iterations
    if rounds < 0:  # it would make up for those of another derivation
        raise ValueError("a negative number")
    mac = Mac(first.name, data.mac.digest, data.salt, rounds)
    return (algorithms.Algorithm(first.name, first.supported, rounds),), mac


def bags(contents: bytes, normaliser: Normaliser) -> tuple[Bag, ...]:
    """Read SafeContents that were decrypted.

    Raises:
        ValueError: they are none, as after a wrong password.
        UnusableInput: `damaged` likewise, or `over_limit`.
    """
    found = tuple(_Reader(normaliser).bags(der.split_sequence(normaliser.to_der(contents))))
    _check(found, tuple(bag.algorithms for bag in found))
    return found


def _check(bags: tuple[Bag, ...], protections: tuple[tuple[Algorithm, ...], ...]) -> None:
    """Compare with the limits what opening will cost."""
    every = [each for together in protections for each in together]
    limits.check("iterations", sum(each.iterations for each in every))
    for each in every:
        limits.check("scrypt_memory", each.memory)
    keys = [bag for bag in bags if bag.key]
    limits.check("certificates", sum(bag.kind == "certificate" for bag in bags))
    limits.check("keys", len(keys))
    for bag in keys:
        limits.check("key_bytes", len(bag.encoded))


class _Reader:
    def __init__(self, normaliser: Normaliser) -> None:
        self._normaliser = normaliser
        self.windows_account = False

    def parts(self, auth_safe: asn1.TLV) -> Iterator[Part]:
        for number, part in enumerate(self._elements(auth_safe), start=1):
            try:
                yield self._part(part)
            except ValueError as error:
                raise UnusableInput("damaged", part=number) from error
            except UnusableInput as failure:
                failure.detail["part"] = number
                raise

    def _elements(self, octets: asn1.TLV) -> list[asn1.TLV]:
        """Take apart the SEQUENCE that an OCTET STRING holds."""
        return der.split_sequence(self._normaliser.to_der(octets.parse(bytes)))

    def _part(self, tlv: asn1.TLV) -> Part:
        part, encoded = tlv.parse(ContentInfo), der.encode_tlv(tlv)
        kind = part.content_type.dotted_string
        if kind == oids.ENCRYPTED_DATA:
            content = part.content.parse(_EncryptedData).content
            sealed = Sealed(content.algorithm, content.content or b"")
            return Part(encoded, algorithms.read(content.algorithm), (), sealed)
        if kind != oids.DATA:
            self.windows_account |= kind == oids.ENVELOPED_DATA and oids.WINDOWS_DPAPI_NG in encoded
            return Part(encoded, (algorithms.named(kind),))
        return Part(encoded, (), tuple(self.bags(self._elements(part.content))))

    def bags(self, bags: list[asn1.TLV]) -> Iterator[Bag]:
        for tlv in bags:
            bag_id, wrapped, *attributes = der.split_sequence(der.encode_tlv(tlv))
            kind, value = bag_id.parse(ObjectIdentifier).dotted_string, bytes(wrapped.data)
            if kind == oids.SAFE_CONTENTS_BAG:
                yield from self.bags(der.split_sequence(value))
            else:
                yield self._bag(
                    _KINDS.get(kind, "other"), value, der.encode_tlv(tlv), _attributes(attributes)
                )
                self.windows_account |= (
                    kind == oids.SECRET_BAG and _type(value) == oids.WINDOWS_PROTECTED_PASSWORD
                )

    def _bag(self, kind: Kind, value: bytes, encoded: bytes, named: tuple[str | None, str | None]) -> Bag:
        if kind == "shrouded_key":
            protection = algorithms.read(asn1.decode_der(_ShroudedKey, value).algorithm)
            return Bag(kind, encoded, None, protection, *named, value)
        if kind == "certificate" and _type(value) == oids.X509_CERTIFICATE:
            return Bag(kind, encoded, asn1.decode_der(_Typed, value).value.parse(bytes), (), *named)
        key = value if kind == "key" else None
        return Bag("key" if key else "other", encoded, None, (), *named, key)


def _type(value: bytes) -> str:
    return asn1.decode_der(_Typed, value).type.dotted_string


def _attributes(sets: list[asn1.TLV]) -> tuple[str | None, str | None]:
    """Return friendlyName and localKeyID (RFC 2985 5.5); what cannot be read is not there."""
    found: dict[str, asn1.TLV] = {}
    for encoded in sets:
        for each in der.split_contents(encoded):
            attribute = each.parse(_BagAttribute)
            values = der.split_contents(attribute.values)
            if values:
                found[attribute.type.dotted_string] = values[0]
    name, key_id = found.get(oids.FRIENDLY_NAME), found.get(oids.LOCAL_KEY_ID)
    return names.decode_string(name)[0] if name else None, bytes(key_id.data).hex() if key_id else None
