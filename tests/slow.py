"""A file that takes long to open: many rounds of key derivation, just within certcheck's bound."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

from certcheck import limits
from tests import mint

FEW = 70_000  # as a number it takes three bytes, like the many
MANY = limits.ALLOWED["iterations"] * 49 // 100


def pfx() -> bytes:
    """Return a PKCS #12 with two parts of many rounds each; :data:`tests.mint.PASSWORD` does not open it."""
    identity = mint.mint()
    builder = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(FEW)
    builder = builder.key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC).hmac_hash(hashes.SHA256())
    data = pkcs12.serialize_key_and_certificates(
        b"slow", identity.key, identity.certificate, None, builder.build(mint.PASSWORD.encode())
    )
    few, many = (b"\x02\x03" + number.to_bytes(3, "big") for number in (FEW, MANY))
    assert few in data
    return data.replace(few, many)
