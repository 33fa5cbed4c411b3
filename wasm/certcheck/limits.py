"""How much is done for a file. Each bound is looked at before the work that it bounds.

What lies in an encrypted part shows only once that is decrypted: there, whoever calls bounds the time.
"""

from __future__ import annotations

from typing import Literal

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
    "keys": 20,  # in a PKCS #12
    "key_bytes": 5_500,  # of one private key, room for RSA with 8,192 bits, whose primes the library tests
    "iterations": 2_000_000,  # to open a file once; Windows uses 2,000 a part, Firefox 600,000
    "scrypt_memory": 32 * 1024 * 1024,  # bytes; OpenSSL's own bound
}

SIZE_LIMIT = 10_000_000
"""Bytes of a file; a larger one is not looked into."""

TIME_LIMIT = 20.0
"""Seconds for one file; page and command line end what works longer. The slowest that opens takes about 3."""

TRIALS = 3 * ALLOWED["iterations"]
"""Rounds for all forms of a password together."""

SEARCH = 1_000_000
"""Rounds for finding out why none of them opens a file; spent first, and always, on the password as typed."""

LARGEST = 2**53 - 1
"""The largest number that JSON holds exactly; larger ones are told as this one."""


def check(limit: Limit, found: int) -> None:
    """Compare a number with its limit.

    Raises:
        UnusableInput: `over_limit`.
    """
    if found > ALLOWED[limit]:
        raise describe_excess(limit, found).to_error()


def describe_excess(limit: Limit, found: int) -> Failure:
    """Return the failure of a number that is beyond its limit."""
    detail: dict[str, str | int] = {"what": limit, "found": min(found, LARGEST), "allowed": ALLOWED[limit]}
    return Failure("over_limit", detail)
