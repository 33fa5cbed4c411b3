"""The inputs that are mutated, by the parser that they are for, and how mutations are packed into files."""

from __future__ import annotations

import base64
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import cryptography_vectors
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from tests.certcheck.conftest import build_rules
from tests.certcheck.odd_seeds import (
    alter_text,
    build_odd_certificates,
    build_odd_lists,
    build_odd_pfx,
    build_odd_texts,
    build_times,
    pack_store,
)
from tests.support.ber import Style, convert_to_ber
from tests.support.mint import (
    PASSWORD,
    Identity,
    build_p7b,
    build_pfx,
    encode_der,
    encode_pem,
    get_root,
    get_rsa_key,
    mint,
)
from tests.support.mint_pkcs12 import (
    assemble_pfx,
    build_certificate_bag,
    build_content_info,
    build_encrypted_part,
    build_key_bag,
    build_mac,
    build_pbes1,
    build_pbes2,
    build_pbmac1,
    build_plain_part,
    build_scrypt,
    encode_integer,
    encode_octets,
    encode_oid,
    encode_password,
    encode_sequence,
    encode_tlv,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from certcheck import Rules

    Packing = Callable[[bytes, Random], bytes]

Parser = Literal["certificates", "times", "pkcs7", "pkcs12", "text", "stores", "revocation_lists", "keys"]

_VECTORS = Path(cryptography_vectors.__file__).parent
_UTF8, _BMP = PASSWORD.encode(), encode_password(PASSWORD)


class Source(NamedTuple):
    """Files or values to mutate, and what makes a file of a mutation."""

    files: tuple[bytes, ...]
    packings: tuple[Packing, ...]


class Seeds(NamedTuple):
    """The inputs that are mutated.

    Attributes:
        sources: by parser.
        rules: to judge by, with a trust anchor.
    """

    sources: dict[Parser, tuple[Source, ...]]
    rules: Rules


def build_seeds() -> Seeds:
    """Build files that certcheck reads, of few iterations, so that many mutations can be tried."""
    holder, ca = mint(key=get_rsa_key()), get_root()
    pem_files = [data for data in _read_vectors("pkcs7", 1) if b"-----BEGIN" in data]
    vectors = [*pem_files, *_read_vectors("x509/custom", 4)]
    decoded = filter(None, map(_decode_pem, vectors))
    certificates = (encode_der(holder), encode_der(ca), *build_odd_certificates(), *decoded)
    as_it_is: tuple[Packing, ...] = (_keep,)
    lists = tuple(build_odd_lists())
    stores = pack_store(encode_der(holder), encode_der(ca)), pack_store(encode_der(holder), has_head=False)
    texts = (encode_pem(holder, ca), *build_odd_texts(), *vectors)
    sources: dict[Parser, tuple[Source, ...]] = {
        "certificates": (Source(certificates, (_keep, _pack_pem)),),
        "times": (Source(tuple(build_times()), (_keep,)), Source(lists, (_pack_list_with_issuer,))),
        "pkcs7": (
            Source((*_build_bundles(holder, ca), *_read_vectors("pkcs7", 1)), as_it_is),
            Source(certificates, (_pack_bundle,)),
        ),
        "pkcs12": (
            Source((*_build_pfx(holder, ca), *build_odd_pfx(), *_read_vectors("pkcs12", 3)), as_it_is),
            Source(certificates, _CERTIFICATE_PFX),
            Source(tuple(_build_bags(holder, ca)), _BAG_PFX),
        ),
        "text": (Source(texts, as_it_is), Source(certificates, (_pack_altered_pem,))),
        "stores": (Source(stores, as_it_is), Source(certificates, (_pack_store,))),
        "keys": (Source(tuple(_build_keys(holder, ca)), (_keep, _pack_key)),),
        "revocation_lists": (Source(lists, (_keep, _pack_list_with_issuer, _pack_list_in_bundle)),),
    }
    return Seeds(sources, build_rules({"boj": [{"pem": encode_pem(ca).decode()}]}))


def _build_bundles(holder: Identity, ca: Identity) -> Iterator[bytes]:
    bundle = build_p7b(holder, ca)
    yield bundle
    yield convert_to_ber(bundle, itertools.cycle(get_args(Style)).__next__)


def _build_bags(holder: Identity, ca: Identity) -> Iterator[bytes]:
    yield build_certificate_bag(holder, "名前", b"1")
    yield build_certificate_bag(ca)
    yield build_key_bag(holder)
    yield build_key_bag(holder, build_pbes1(_BMP, 1), "名前", b"1")
    yield build_key_bag(ca, build_pbes2(_UTF8, iterations=1))


def _build_keys(*identities: Identity) -> Iterator[bytes]:
    for identity in identities:
        for form in (PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL):
            yield identity.key.private_bytes(Encoding.DER, form, NoEncryption())
        key = identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        for scheme in (build_pbes1(_BMP, 1), build_pbes2(_UTF8, iterations=1), build_scrypt(_UTF8, 16, 1)):
            yield encode_sequence(scheme.identifier, encode_octets(scheme.encrypt(key)))
        yield identity.key.private_bytes(
            Encoding.PEM, PrivateFormat.TraditionalOpenSSL, BestAvailableEncryption(_UTF8)
        )


def _build_pfx(holder: Identity, ca: Identity) -> Iterator[bytes]:
    bags = build_certificate_bag(holder, "名前", b"1"), build_certificate_bag(ca)
    key = build_key_bag(holder, build_pbes1(_BMP, 1), "名前", b"1")
    yield build_pfx(holder, None)
    yield build_pfx(holder, protection="3des")
    yield build_pfx(holder, protection="aes-256", others=[ca])
    old = assemble_pfx(
        build_encrypted_part(build_pbes1(_BMP, 1), *bags),
        build_plain_part(key),
        mac=build_mac(_BMP, iterations=1),
    )
    yield old
    yield convert_to_ber(old, itertools.cycle(get_args(Style)).__next__)
    yield assemble_pfx(
        build_encrypted_part(build_pbes2(_UTF8, iterations=1), *bags),
        mac=build_pbmac1(_UTF8, iterations=1),
    )
    yield assemble_pfx(
        build_encrypted_part(build_scrypt(_UTF8, 16, 1), *bags),
        mac=build_mac(_BMP, "sha256", iterations=1),
    )
    yield assemble_pfx(build_plain_part(*bags, build_key_bag(holder)), build_plain_part(key))


def _read_vectors(folder: str, step: int) -> Iterator[bytes]:
    """Yield some of cryptography's own test vectors, small ones."""
    for path in sorted((_VECTORS / folder).iterdir())[::step]:
        if path.is_file() and path.stat().st_size < 6_000:
            yield path.read_bytes()


def _decode_pem(data: bytes) -> bytes | None:
    _, begin, rest = data.partition(b"-----BEGIN CERTIFICATE-----")
    return base64.b64decode(rest.partition(b"-----END")[0]) if begin else None


def _keep(data: bytes, _: Random) -> bytes:
    return data


def _pack_pem(data: bytes, _: Random) -> bytes:
    return _encode_pem(data, b"CERTIFICATE")


def _encode_pem(data: bytes, label: bytes) -> bytes:
    return b"-----BEGIN %s-----\n%s-----END %s-----\n" % (label, base64.encodebytes(data), label)


def _pack_key(data: bytes, _: Random) -> bytes:
    return _encode_pem(data, b"PRIVATE KEY")


def _pack_altered_pem(data: bytes, random: Random) -> bytes:
    return alter_text(_encode_pem(data, b"CERTIFICATE"), b"", random)


def _pack_store(data: bytes, random: Random) -> bytes:
    return pack_store(data, encode_der(get_root()), has_head=random.random() < 0.5)


def _pack_bundle(data: bytes, _: Random) -> bytes:
    return _build_signed_data(encode_tlv(0xA0, data, encode_der(get_root())))


def _build_signed_data(*fields: bytes) -> bytes:
    """Build a SignedData that signs nothing (RFC 5652 5.1), with certificates and lists as its fields."""
    nothing = encode_tlv(0x31)
    content = encode_sequence(encode_oid("1.2.840.113549.1.7.1"))
    return build_content_info(
        "1.2.840.113549.1.7.2", encode_sequence(encode_integer(1), nothing, content, *fields, nothing)
    )


def _sign_again(data: bytes) -> bytes:
    """Sign a mutated list as its issuer, or nothing of it would be used; what is no SEQUENCE stays."""
    length_octets = data[1] - 0x80 if len(data) > 1 and data[1] > 0x80 else 0
    inner = data[2 + length_octets :]
    if data[:1] != b"0" or len(inner) < 4 or inner[0] != 0x30 or inner[1] <= 0x80:
        return data
    size = 2 + inner[1] - 0x80 + int.from_bytes(inner[2 : 2 + inner[1] - 0x80], "big")
    key = get_root().key
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    algorithm = encode_sequence(encode_oid("1.2.840.10045.4.3.2"))
    signature = key.sign(inner[:size], ec.ECDSA(hashes.SHA256()))
    return encode_sequence(inner[:size], algorithm, encode_tlv(0x03, b"\0", signature))


def _pack_list_with_issuer(data: bytes, _: Random) -> bytes:
    """Put a list beside its issuer's certificate and a holder's, so that it is verified and searched."""
    return _encode_pem(_sign_again(data), b"X509 CRL") + _CERTIFICATES_BESIDE


def _pack_list_in_bundle(data: bytes, _: Random) -> bytes:
    certificates = encode_tlv(0xA0, encode_der(_HOLDER), encode_der(get_root()))
    return _build_signed_data(certificates, encode_tlv(0xA1, _sign_again(data)))


_HOLDER = mint()
_CERTIFICATES_BESIDE = encode_pem(_HOLDER, get_root())

# A MAC and encryption let no mutation of a file through: these are made around what was mutated.
_BAG_PFX: tuple[Packing, ...] = (
    lambda data, _: assemble_pfx(build_plain_part(data)),
    lambda data, _: assemble_pfx(
        build_encrypted_part(build_pbes1(_BMP, 1), data), mac=build_mac(_BMP, iterations=1)
    ),
    lambda data, _: assemble_pfx(build_encrypted_part(build_pbes2(_UTF8, iterations=1), data)),
)


def _pack_bag_first(packing: Packing) -> Packing:
    return lambda data, random: packing(build_certificate_bag(data), random)


_CERTIFICATE_PFX = tuple(map(_pack_bag_first, _BAG_PFX))
