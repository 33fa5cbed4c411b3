"""RC2 by RFC 2268: its own examples, the library's cipher, and files as old Windows writes them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.decrepit.ciphers.algorithms import RC2
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from certcheck.formats.pkcs12 import rc2
from tests.certcheck.x509.test_names import CN, PRINTABLE, encode_attribute, forge_certificate
from tests.support.mint import PASSWORD, mint
from tests.support.mint_pkcs12 import (
    Scheme,
    Secret,
    assemble_pfx,
    build_certificate_bag,
    build_encrypted_part,
    build_key_bag,
    build_mac,
    build_pbes1,
    build_plain_part,
    derive_key,
    encode_integer,
    encode_octets,
    encode_oid,
    encode_password,
    encode_sequence,
)

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

HOLDER = mint()
BMP_PASSWORD = encode_password(PASSWORD)
UNREADABLE = forge_certificate(encode_attribute(CN, PRINTABLE, b"user@example.co.jp"))
LONG_KEY = "88bca90e90875a7f0f79c384627bafb2"


@pytest.mark.parametrize(
    ("key", "bits", "plaintext", "ciphertext"),
    [
        ("0000000000000000", 63, "0000000000000000", "ebb773f993278eff"),
        ("ffffffffffffffff", 64, "ffffffffffffffff", "278b27e42e2f0d49"),
        ("3000000000000000", 64, "1000000000000001", "30649edf9be7d2c2"),
        ("88", 64, "0000000000000000", "61a8a244adacccf0"),
        ("88bca90e90875a", 64, "0000000000000000", "6ccf4308974c267f"),
        (LONG_KEY, 64, "0000000000000000", "1a807d272bbe5db1"),
        (LONG_KEY, 128, "0000000000000000", "2269552ab0f85ca6"),
        (LONG_KEY + "16f80a6f85920584c42fceb0be255daf1e", 129, "0000000000000000", "5b78d3a43dfff1f1"),
    ],
)
def test_examples(key: str, bits: int, plaintext: str, ciphertext: str) -> None:
    """RFC 2268 5."""
    words = rc2.expand_key(bytes.fromhex(key), bits)
    assert rc2.decrypt_block(words, bytes.fromhex(ciphertext)).hex() == plaintext
    assert encrypt_block(words, bytes.fromhex(plaintext)).hex() == ciphertext


def test_the_library_agrees() -> None:
    """Its cipher has 128 bits."""
    key, vector, plaintext = os.urandom(16), os.urandom(8), os.urandom(800)
    encryptor = Cipher(RC2(key), CBC(vector)).encryptor()
    ciphertext = encryptor.update(plaintext) + encryptor.finalize()
    assert rc2.decrypt_cbc(key, 128, vector, ciphertext) == plaintext


@pytest.mark.parametrize("size", [7, 9, 100_008])
def test_no_whole_blocks_or_too_many(size: int) -> None:
    """The work in Python is bounded."""
    with pytest.raises(ValueError, match="blocks"):
        rc2.decrypt_cbc(bytes(5), 40, bytes(8), bytes(size))


def encrypt_block(words: list[int], block: bytes) -> bytes:
    """Encrypt a block (RFC 2268 3)."""
    r = [int.from_bytes(block[at : at + 2], "little") for at in range(0, 8, 2)]
    for number in range(16):
        for i, rotation in enumerate((1, 2, 3, 5)):
            mixed = r[i] + words[4 * number + i] + (r[i - 1] & r[i - 2]) + (~r[i - 1] & r[i - 3])
            mixed &= 0xFFFF
            r[i] = (mixed << rotation | mixed >> (16 - rotation)) & 0xFFFF
        if number in {4, 10}:
            for i in range(4):
                r[i] = (r[i] + words[r[i - 1] & 63]) & 0xFFFF
    return b"".join(word.to_bytes(2, "little") for word in r)


def build_rc2(number: int, size: int) -> Scheme:
    """Build a scheme of RC2 with a key of some bytes; `number` is the last of its OID (RFC 7292 C)."""
    salt = os.urandom(8)
    parameters = encode_sequence(encode_octets(salt), encode_integer(1000))
    secret = Secret(BMP_PASSWORD, salt, 1000)
    words = rc2.expand_key(derive_key("sha1", 1, size, secret), 8 * size)

    def encrypt(data: bytes) -> bytes:
        padder = PKCS7(64).padder()
        padded = padder.update(data) + padder.finalize()
        blocks = [derive_key("sha1", 2, 8, secret)]
        for at in range(0, len(padded), 8):
            mixed = bytes(left ^ right for left, right in zip(padded[at : at + 8], blocks[-1], strict=True))
            blocks.append(encrypt_block(words, mixed))
        return b"".join(blocks[1:])

    return Scheme(encode_sequence(encode_oid(f"1.2.840.113549.1.12.1.{number}"), parameters), encrypt)


@pytest.mark.parametrize(("number", "size"), [(5, 16), (6, 5)], ids=["128 bits", "40 bits"])
@pytest.mark.parametrize("certificate", [HOLDER, UNREADABLE], ids=["readable", "a name that is refused"])
def test_files_of_old_windows(inspect_file: InspectFile, number: int, size: int, certificate: bytes) -> None:
    """The library opens the former; of the latter it decrypts the part and refuses to read it."""
    data = assemble_pfx(
        build_encrypted_part(build_rc2(number, size), build_certificate_bag(certificate)),
        build_plain_part(build_key_bag(HOLDER, build_pbes1(BMP_PASSWORD))),
        mac=build_mac(BMP_PASSWORD),
    )
    file = inspect_file(data, password=PASSWORD)
    assert (file["password_form"], len(file["certificates"])) == ("as_typed", 1)
    assert inspect_file(data, password="wrong")["error"]["code"] == "wrong_password"
