"""What is in a PKCS #12, .pfx and .p12 (RFC 7292): certificates, and which of them own its keys."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certcheck import limits
from certcheck.errors import UnusableInput
from certcheck.formats.contents import Contents, Entry, KeyEntry, Pkcs12
from certcheck.formats.pkcs12 import algorithms, public_keys, structure, unlock
from certcheck.x509 import certificate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
    from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates

    from certcheck.asn1.ber import Normaliser
    from certcheck.formats.pkcs12.passwords import Form
    from certcheck.formats.pkcs12.structure import Bag, Part, Pfx
    from certcheck.x509.certificate import Certificate


class _Found(NamedTuple):
    certificate: Certificate
    friendly_name: str | None
    local_key_id: str | None


class _Key(NamedTuple):
    """A key; its public half, None where it was not opened."""

    public: bytes | None
    friendly_name: str | None
    local_key_id: str | None


def read(data: bytes, password: str | None, normaliser: Normaliser) -> Contents:
    """Open a PKCS #12, with the empty password first, then the forms of the one given.

    Certificates that are not encrypted are read even where nothing opens it.

    Args:
        data: DER or BER.
        password: None where nobody has been asked.
        normaliser: the file's.

    Raises:
        UnusableInput: `damaged`, `over_limit`, `unsupported_algorithm`, `windows_account`,
            `password_required`, `wrong_password`, `no_certificate`.
    """
    file = structure.read(data, normaliser)
    opened = unlock.find_password(file, password, normaliser)
    if isinstance(opened, unlock.Opened):
        return _Reader(file, opened.password, normaliser).contents(opened.form)
    if opened.code == "password_required" and any(bag.certificate for bag in file.bags):
        return _Reader(file, None, normaliser).contents(None)  # there is something to show before asking
    return _Reader(file, None, normaliser).contents(None, opened)


class _Reader:
    """Collects what the parts hold; one that cannot be read does not lose the others."""

    def __init__(self, file: Pfx, password: bytes | None, normaliser: Normaliser) -> None:
        self._file, self._password, self._normaliser = file, password, normaliser
        self._found: list[_Found] = []
        self._keys: list[_Key] = []
        self._failures: list[UnusableInput] = []
        self._protected = self._may_hold_more = False
        for number, part in enumerate(file.parts, start=1):
            bags = part.bags
            with self._noting_failure(number):
                bags += self._encrypted(part)
            for bag in bags:
                with self._noting_failure(number):
                    self._read(bag)
        limits.check("certificates", len(self._found))

    @contextmanager
    def _noting_failure(self, part: int) -> Iterator[None]:
        try:
            yield
        except UnusableInput as failure:
            failure.detail["part"] = part
            self._failures.append(failure)

    def _read(self, bag: Bag) -> None:
        if bag.certificate is not None:
            self._add(bag.certificate, bag.friendly_name, bag.local_key_id)
        elif bag.kind in {"key", "shrouded_key"}:
            self._read_key(bag)

    def _encrypted(self, part: Part) -> tuple[Bag, ...]:
        """Read an encrypted part, or return its bags where the library refuses to."""
        if not part.algorithms:
            return ()
        if self._password is None:
            self._protected = self._may_hold_more = True
            return ()
        try:
            opened = _alone(part.encoded, self._password)
        except UnusableInput:
            bags = part.sealed and unlock.decrypted(part.sealed, self._password, self._normaliser)
            if not bags:
                raise
            self._protected |= any(bag.certificate for bag in bags)
            return bags
        self._add_all(opened)
        return ()

    def _add_all(self, opened: PKCS12KeyAndCertificates) -> None:
        """Add what the library hands out of an encrypted part."""
        found = [each for each in (opened.cert, *opened.additional_certs) if each is not None]
        for each in found:
            self._protected = True
            name = each.friendly_name.decode(errors="replace") if each.friendly_name else None
            self._add(each.certificate.public_bytes(Encoding.DER), name, None)
        if opened.key is not None:
            self._keys.append(_Key(_public(opened.key), None, None))
            self._may_hold_more = True

    def _read_key(self, bag: Bag) -> None:
        public = None
        try:
            if self._password is not None or not bag.algorithms:
                public = public_keys.public_half(bag, self._password or b"") or self._public_half(bag)
        finally:
            self._keys.append(_Key(public, bag.friendly_name, bag.local_key_id))

    def _public_half(self, bag: Bag) -> bytes | None:
        key = _alone(unlock.in_a_part(bag), self._password or b"").key
        return _public(key) if key else None

    def _add(self, encoded: bytes, friendly_name: str | None, local_key_id: str | None) -> None:
        found = certificate.load(encoded, self._normaliser)
        self._found.append(_Found(found, friendly_name, local_key_id))

    def contents(self, form: Form | None, cause: UnusableInput | None = None) -> Contents:
        """Put together what was found.

        Args:
            form: which form of the password opened the file; None where none did.
            cause: why none did, unless nobody has been asked.

        Raises:
            UnusableInput: nothing was found.
        """
        failures = (*([cause] if cause else []), *self._failures)
        if not self._found:
            raise failures[0] if failures else UnusableInput("no_certificate")
        keys = tuple(map(self._entry, self._keys))
        owners = frozenset(key.certificate for key in keys if key.certificate)
        found = sorted(self._found, key=lambda each: each.certificate.sha256 not in owners)
        described = Pkcs12(
            mac=_mac(self._file),
            encryption=tuple(dict.fromkeys(map(algorithms.label, self._file.encryption))),
            certificates_protected=self._protected,
            key_opened=any(key.opened for key in keys),
            keys=keys,
            certificates=tuple(Entry(each.certificate.sha256, *each[1:]) for each in found),
            may_hold_more=self._may_hold_more,
        )
        certificates = tuple(each.certificate for each in found)
        return Contents("pkcs12", certificates, owners, form, failures, described)

    def _entry(self, key: _Key) -> KeyEntry:
        opened = key.public is not None
        fits = (each.certificate.sha256 for each in self._found if _belongs(key, each))
        return KeyEntry(next(fits, None), opened, key.friendly_name, key.local_key_id)


def _belongs(key: _Key, found: _Found) -> bool:
    """Tell whether a key is a certificate's: the keys are the same, or, unopened, the file says so."""
    if key.public is not None:
        return key.public == certificate.public_key(found.certificate)
    return key.local_key_id is not None and key.local_key_id == found.local_key_id


def _alone(encoded: bytes, password: bytes) -> PKCS12KeyAndCertificates:
    opened = unlock.alone(encoded, password)
    if opened is None:
        raise UnusableInput("damaged")
    return opened


def _public(key: PrivateKeyTypes) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _mac(file: Pfx) -> str:
    if len(file.mac) > 1:
        return f"PBMAC1, {algorithms.label(file.mac)}"
    return algorithms.label(file.mac) if file.mac else "none"
