"""Limits of the work that a file may cause, each checked before that work.

Those of what an encrypted part holds can be checked only once it is decrypted, which is done first where that
costs few iterations; for the others, the caller limits the time.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from certcheck.errors import Failure

Limit = Literal[
    "files",
    "nesting",
    "values",
    "integer_bytes",
    "certificates",
    "name_bytes",
    "extensions",
    "rsa_bits",
    "keys",
    "key_bytes",
    "iterations",
    "scrypt_memory",
    "operations",
    "revocation_lists",
]

ALLOWED: dict[Limit, int] = {
    "files": 200,  # in one inspection
    "nesting": 64,  # of values in values; real files have about 15
    "values": 250_000,  # of ASN.1 in a file; a certificate has about 150
    "integer_bytes": 4_096,  # of one INTEGER
    "certificates": 500,  # in a file; the largest bundles of roots have about 150
    "name_bytes": 250_000,  # of a subject or an issuer; real ones have about 100
    "extensions": 100,  # of a certificate whose extensions must be read one by one
    "rsa_bits": 16_384,  # OpenSSL verifies with no larger key
    "keys": 100,  # in a PKCS #12; Java's stores have 25 and more
    "key_bytes": 5_500,  # of one private key, room for RSA with 8,192 bits, whose primes the library tests
    # Of key derivation, to open a file and to try all forms of its password, unless the caller allows others.
    # Windows uses 2,000 a part; Firefox 600,000 for the MAC, each part and each key.
    "iterations": 7_000_000,
    "scrypt_memory": 32 * 1024 * 1024,  # bytes; OpenSSL's own bound
    "revocation_lists": 100,  # in a file
    "operations": 300_000,  # for the paths of all files, shared out among them (`certcheck.paths.budget`)
}

LARGEST_JSON_INTEGER = 2**53 - 1
"""The largest integer that every reader of JSON keeps exactly (RFC 8259 6); larger ones are cut to it."""


class Effort(NamedTuple):
    """What the caller allows for one file, since certcheck reads no clock and asks nobody.

    Attributes:
        iterations: of key derivation, for opening a PKCS #12 and for all forms of its password together; None
            for those of ALLOWED.
        accepts_other_mac: a PKCS #12 whose parts a password opens is read though its MAC was not made with
            that password: somebody who has been told takes it.
    """

    iterations: int | None = None
    accepts_other_mac: bool = False


DEFAULT_EFFORT = Effort()
UNBOUNDED_EFFORT = Effort(LARGEST_JSON_INTEGER, accepts_other_mac=True)

SIZE_LIMIT = 10_000_000
"""Bytes of a file; a larger one is not looked into."""

SUFFIXES = frozenset(
    {".cer", ".cert", ".crt", ".der", ".pem", ".p7b", ".p7c", ".p7s", ".pfx", ".p12", ".sst", ".crl"}
)
"""Names of files to read in folders, whatever their case; the format is recognised by the bytes."""

TIME_LIMIT = 20.0
"""Seconds for one file; page and command line end what works longer."""

DIAGNOSIS_BUDGET = 1_250_000
"""Iterations, of those that are left, for finding out why no form opens a file; the password as typed is
always tried."""

FEW_ITERATIONS = 10_000
"""A MAC of more is left to the library, whose key derivation is faster than Python's; before pieces of more,
the MAC is verified. Windows takes 2,000 for the MAC and for each piece."""

RC2_SIZE_LIMIT = 100_000
"""Bytes of ciphertext that are decrypted in Python; certificates have a few thousand."""

OPERATIONS_OF_FOLDERS = 10 * ALLOWED["operations"]
"""Operations for the paths of the files of `certcheck list`, which runs about ten times as fast as a page."""


def check(limit: Limit, found: int, allowed: int | None = None) -> None:
    """Compare a number with its limit.

    Args:
        limit: the limit's name.
        found: the number that a file asks for.
        allowed: the caller's own; None for that of ALLOWED.

    Raises:
        UnusableInput: `over_limit`.
    """
    if found > (ALLOWED[limit] if allowed is None else allowed):
        raise describe_excess(limit, found, allowed).to_error()


def describe_excess(limit: Limit, found: int, allowed: int | None = None) -> Failure:
    """Return the failure of a number that is beyond its limit; arguments as for `check`."""
    detail: dict[str, str | int] = {
        "what": limit,
        "found": min(found, LARGEST_JSON_INTEGER),
        "allowed": ALLOWED[limit] if allowed is None else allowed,
    }
    return Failure("over_limit", detail)
