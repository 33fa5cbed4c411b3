"""RC2 (RFC 2268), which the library has with 128 bits only: old Windows encrypts certificates with 40."""

from __future__ import annotations

from certcheck import limits

BLOCK_SIZE = 8
"""Bytes."""

_WORD = 0xFFFF
_ROTATIONS = (1, 2, 3, 5)
_SUBSTITUTION = bytes.fromhex(  # PITABLE, RFC 2268 2
    "d978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2"
    "179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82"
    "54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626"
    "6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7"
    "08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec"
    "c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731"
    "2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9"
    "0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad"
)


def decrypt_cbc(key: bytes, bits: int, vector: bytes, data: bytes) -> bytes:
    """Decrypt data in CBC mode; the padding stays.

    Args:
        key: the key.
        bits: its effective length.
        vector: the initialisation vector.
        data: ciphertext.

    Raises:
        ValueError: no whole blocks, or too many of them.
    """
    if len(data) % BLOCK_SIZE or len(data) > limits.RC2_SIZE_LIMIT:
        raise ValueError("no whole blocks, or too many")
    words = expand_key(key, bits)
    plaintext = b""
    for at in range(0, len(data), BLOCK_SIZE):
        block = data[at : at + BLOCK_SIZE]
        decrypted = decrypt_block(words, block)
        plaintext += bytes(left ^ right for left, right in zip(decrypted, vector, strict=True))
        vector = block
    return plaintext


def expand_key(key: bytes, bits: int) -> list[int]:
    """Expand a key to 64 words (RFC 2268 2)."""
    size = (bits + 7) // 8
    expanded = bytearray(key) + bytes(128 - len(key))
    for at in range(len(key), 128):
        expanded[at] = _SUBSTITUTION[(expanded[at - 1] + expanded[at - len(key)]) & 0xFF]
    mask = 0xFF >> (8 * size - bits)
    expanded[128 - size] = _SUBSTITUTION[expanded[128 - size] & mask]
    for at in reversed(range(128 - size)):
        expanded[at] = _SUBSTITUTION[expanded[at + 1] ^ expanded[at + size]]
    return [int.from_bytes(expanded[at : at + 2], "little") for at in range(0, 128, 2)]


def decrypt_block(words: list[int], block: bytes) -> bytes:
    """Decrypt a block (RFC 2268 4): five, six and five mixing rounds, with a mashing round between."""
    r = [int.from_bytes(block[at : at + 2], "little") for at in range(0, BLOCK_SIZE, 2)]
    for number in reversed(range(16)):
        _unmix(r, words[4 * number : 4 * number + 4])
        if number in {11, 5}:
            for i in (3, 2, 1, 0):
                r[i] = (r[i] - words[r[i - 1] & 63]) & _WORD
    return b"".join(word.to_bytes(2, "little") for word in r)


def _unmix(r: list[int], words: list[int]) -> None:
    """Undo a mixing round (RFC 2268 4.1)."""
    for i in (3, 2, 1, 0):
        rotated = (r[i] >> _ROTATIONS[i] | r[i] << (16 - _ROTATIONS[i])) & _WORD
        r[i] = (rotated - words[i] - (r[i - 1] & r[i - 2]) - (~r[i - 1] & r[i - 3])) & _WORD
