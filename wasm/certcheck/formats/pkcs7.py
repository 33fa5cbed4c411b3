"""Reading a PKCS #7 bundle, .p7b: signed data (RFC 2315 9.1), often without any signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.hazmat.asn1 import asn1

from certcheck import limits
from certcheck.asn1 import der, oids, tags
from certcheck.asn1.cms import ContentInfo, SignedData
from certcheck.errors import Failure, UnusableInput
from certcheck.formats.contents import Contents
from certcheck.x509 import certificate
from certcheck.x509.revocation_list import load_revocation_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certcheck.asn1.ber import Normaliser
    from certcheck.x509.revocation_list import RevocationList


def read_bundle(data: bytes, normaliser: Normaliser) -> Contents:
    """Read the certificates of a bundle; one that cannot be read does not lose the others.

    Certificates that came with a signature, as of a mail or a program, are read, too.

    Args:
        data: DER or BER.
        normaliser: the file's.

    Raises:
        UnusableInput: `not_a_certificate` where the data are not signed data (encrypted mail, for example),
            `signature` of something, without certificates, `no_certificate`, `damaged`, `over_limit`.
    """
    signed = _parse_signed_data(normaliser.to_der(data))
    # Other members of the set, as attribute certificates, have tags of their own (RFC 5652 10.2.2).
    members = [member for member in signed.certificates or () if member.tag_bytes == tags.SEQUENCE]
    limits.check("certificates", len(members))
    certificates: list[certificate.Certificate] = []
    failures: list[Failure] = []
    for number, member in enumerate(members, start=1):
        try:
            certificates.append(certificate.load_certificate(der.encode_tlv(member), normaliser))
        except UnusableInput as error:
            failures.append(error.to_failure(certificate=number))
    lists = tuple(_read_revocation_lists(signed))
    if certificates or lists:
        contents = Contents("pkcs7", tuple(certificates), failures=tuple(failures))
        return contents._replace(revocation_lists=lists)
    if failures:
        raise failures[0].to_error()
    if signed.crls and not signed.signer_infos.data:
        raise UnusableInput("not_a_certificate", found="crl")
    raise UnusableInput("signature" if signed.signer_infos.data else "no_certificate")


def _read_revocation_lists(signed: SignedData) -> Iterator[RevocationList]:
    """Yield the lists that can be read; other members of the set have tags of their own (RFC 5652 10.2.1)."""
    members = [member for member in signed.crls or () if member.tag_bytes == tags.SEQUENCE]
    limits.check("revocation_lists", len(members))
    for member in members:
        if found := load_revocation_list(der.encode_tlv(member)):
            yield found


def _parse_signed_data(encoded: bytes) -> SignedData:
    try:
        content_info = asn1.decode_der(ContentInfo, encoded)
        content_type = content_info.content_type.dotted_string
        if content_type != oids.SIGNED_DATA:
            raise UnusableInput("not_a_certificate", found=content_type)
        signed: SignedData = content_info.content.parse(SignedData)
    except ValueError as error:
        raise UnusableInput("damaged", where="signedData") from error
    return signed
