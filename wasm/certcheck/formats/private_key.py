"""Private keys in files of their own: PKCS #8, PKCS #1 and SEC 1, in DER or PEM, encrypted or not.

Only the public key is kept of one, by which the certificates that it fits are found.

1. Refuse a key that is too large, or whose password would cost too much.
2. Open it: without a password, or with each form of the one that was given.
3. Derive its public key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cryptography.exceptions import UnsupportedAlgorithm

from certcheck import limits
from certcheck.asn1 import der, tags
from certcheck.errors import Failure, UnusableInput
from certcheck.formats import text
from certcheck.formats.pkcs12.algorithms import Algorithm, format_algorithms, parse_algorithms
from certcheck.formats.pkcs12.passwords import list_forms
from certcheck.formats.pkcs12.public_keys import derive_from_der, derive_from_pem
from certcheck.formats.pkcs12.structure import count_iterations

if TYPE_CHECKING:
    from certcheck.formats.pkcs12.passwords import Form
    from certcheck.formats.pkcs12.structure import Protection
    from certcheck.limits import Effort

_DEK_INFO = re.compile(r"DEK-Info: *(?P<cipher>[A-Z0-9-]{1,30}),(?P<vector>[0-9A-Fa-f]{1,64})[ \t]*\r?\n")
"""The header of a key that OpenSSL encrypted in its own way (RFC 1421 4.6.1.3)."""

_VECTOR_SIZES = {"AES-128-CBC": 16, "AES-192-CBC": 16, "AES-256-CBC": 16, "DES-EDE3-CBC": 8, "DES-CBC": 8}
"""Bytes of the initialization vector; a shorter one aborts the library."""


class EncodedKey(NamedTuple):
    """A private key as its file has it.

    Attributes:
        label: of its PEM block; None without armour.
        value: DER, or what stands between the armour lines.
    """

    label: str | None
    value: bytes | str = b""


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A private key, without the key.

    Attributes:
        alone: what the file is where no certificate was chosen with it.
        public_key: SubjectPublicKeyInfo in DER; None where the key was not opened.
        password_form: the form of the password that opened it; None where it was not opened.
        failure: why it was not opened.
    """

    alone: Failure
    public_key: bytes | None = None
    password_form: Form | None = None
    failure: Failure | None = None


class _ClosedKey(NamedTuple):
    """A key in DER or PEM, and what encrypts it."""

    encoded: bytes
    is_pem: bool
    protection: Protection = ()

    def derive_public_key(self, password: bytes | None) -> bytes | None:
        derive = derive_from_pem if self.is_pem else derive_from_der
        return derive(self.encoded, password)


def read_private_key(key: EncodedKey, alone: Failure, password: str | None, effort: Effort) -> PrivateKey:
    """Read a private key, with a form of the password where it is encrypted.

    Args:
        key: the key.
        alone: what the file is where no certificate was chosen with it.
        password: None where nobody has been asked.
        effort: what is allowed for the file.
    """
    try:
        return PrivateKey(alone, *_open(key, password, effort))
    except UnusableInput as error:
        return PrivateKey(alone, failure=error.to_failure())
    except ValueError:
        return PrivateKey(alone, failure=Failure("damaged", {"where": "key"}))


def _open(key: EncodedKey, password: str | None, effort: Effort) -> tuple[bytes, Form]:
    """Return the public key, and the form of the password.

    Raises:
        UnusableInput: it cannot be opened, or not with this password.
        ValueError: it is malformed.
    """
    # 1.
    if key.label == "OPENSSH PRIVATE KEY":
        raise UnusableInput("not_a_certificate", found="ssh_key")
    closed = _parse(key)
    iterations = count_iterations((closed.protection,))
    limits.check("key_bytes", len(closed.encoded))
    limits.check("iterations", iterations, effort.iterations)
    for algorithm in closed.protection:
        limits.check("scrypt_memory", algorithm.memory)
    # 2. and 3.
    if not closed.protection:
        public_key = _derive(closed, None)
        if public_key is None:
            raise UnusableInput("damaged", where="key")
        return public_key, "none"
    allowed = limits.ALLOWED["iterations"] if effort.iterations is None else effort.iterations
    forms = list(list_forms(password))
    affordable = allowed // iterations if iterations else len(forms)
    for form, encoded in forms[:affordable]:
        public_key = _derive(closed, encoded)
        if public_key is not None:
            return public_key, form
    if password is None:
        raise UnusableInput("password_required")
    untried = dict.fromkeys(form for form, _ in forms[affordable:])
    if untried:
        raise UnusableInput("forms_untried", untried=",".join(untried), allowed=allowed)
    raise UnusableInput("wrong_password")


def _derive(closed: _ClosedKey, password: bytes | None) -> bytes | None:
    try:
        return closed.derive_public_key(password)
    except UnsupportedAlgorithm:
        name = format_algorithms(closed.protection) if closed.protection else "private key"
        raise UnusableInput("unsupported_algorithm", algorithm=name) from None


def _parse(key: EncodedKey) -> _ClosedKey:
    """Tell whether and how a key is encrypted.

    Raises:
        ValueError: it is no key.
    """
    if isinstance(key.value, bytes):
        return _parse_der(key.value)
    header = _DEK_INFO.search(key.value)
    if header is None:
        return _parse_der(text.decode_base64(key.value))
    size = _VECTOR_SIZES.get(header["cipher"])
    if size is None:
        raise UnusableInput("unsupported_algorithm", algorithm=header["cipher"])
    if len(header["vector"]) != 2 * size:
        raise ValueError("a vector of another size")
    body = text.decode_base64(key.value[header.end() :])
    encoded = text.encode_encrypted_pem(key.label or "", header[0].strip(), body)
    return _ClosedKey(encoded, is_pem=True, protection=(Algorithm(header["cipher"], is_supported=True),))


def _parse_der(encoded: bytes) -> _ClosedKey:
    fields = der.split_sequence(encoded)
    if not fields:
        raise ValueError("no fields")
    if fields[0].tag_bytes != tags.SEQUENCE:
        return _ClosedKey(encoded, is_pem=False)
    return _ClosedKey(encoded, is_pem=False, protection=parse_algorithms(fields[0]))  # RFC 5958 3
