"""Reading a PKCS #12, .pfx or .p12 (RFC 7292): its certificates, and which of them own its private keys.

1. Read the structure, as far as it shows without a password.
2. Find the password (`certcheck.formats.pkcs12.password_search`).
3. Collect certificates and keys, part by part: those not encrypted, and those that the password opens.
4. Match keys with certificates; their owners come first.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates

from certcheck import limits
from certcheck.errors import Failure, UnusableInput
from certcheck.formats.contents import CertificateEntry, Contents, KeyEntry, Pkcs12
from certcheck.formats.pkcs12.algorithms import format_algorithms
from certcheck.formats.pkcs12.opener import Opener
from certcheck.formats.pkcs12.parser import parse_pfx
from certcheck.formats.pkcs12.password_search import find_password
from certcheck.formats.pkcs12.public_keys import encode_public_key
from certcheck.x509 import certificate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certcheck.asn1.ber import Normaliser
    from certcheck.formats.pkcs12.structure import Bag, Part, Pfx
    from certcheck.limits import Effort
    from certcheck.x509.certificate import Certificate


class _NamedCertificate(NamedTuple):
    certificate: Certificate
    friendly_name: str | None
    local_key_id: str | None


class _Key(NamedTuple):
    """A private key; its public key is None where it was not opened."""

    public_key: bytes | None
    friendly_name: str | None
    local_key_id: str | None


def read_pkcs12(
    data: bytes,
    password: str | None,
    normaliser: Normaliser,
    effort: Effort = limits.DEFAULT_EFFORT,
    mac_password: str | None = None,
) -> Contents:
    """Read a PKCS #12, opened with a form of the password or the empty one.

    Certificates that are not encrypted are read even where nothing opens it.

    Args:
        data: DER or BER.
        password: None where nobody has been asked.
        normaliser: the file's.
        effort: what is allowed for the file.
        mac_password: of the MAC, where that has one of its own.

    Raises:
        UnusableInput: `damaged`, `over_limit`, `unsupported_algorithm`, `windows_account`,
            `password_required`, `wrong_password`, `forms_untried`, `no_certificate`.
    """
    file = parse_pfx(data, normaliser, effort)  # 1.
    result = find_password(file, password, normaliser, effort, mac_password)  # 2.
    if isinstance(result, Opener):
        return _Collector(file, result, normaliser).build_contents()
    if result.code == "password_required" and any(bag.certificate for bag in file.bags):
        return _Collector(file, None, normaliser).build_contents()  # certificates show before anyone is asked
    return _Collector(file, None, normaliser).build_contents(result)


class _Collector:
    """Certificates and keys of a file; a part that cannot be read does not lose the others."""

    def __init__(self, file: Pfx, opener: Opener | None, normaliser: Normaliser) -> None:
        """Collect them (step 3).

        Args:
            file: the file.
            opener: the password that opens it, and what it has opened; None where none does.
            normaliser: the file's.

        Raises:
            UnusableInput: `over_limit`, of certificates.
        """
        self._file, self._opener, self._normaliser = file, opener, normaliser
        self._certificates: list[_NamedCertificate] = []
        self._keys: list[_Key] = []
        self._failures: list[Failure] = []
        self._is_protected = self._may_hold_more = False
        for number, part in enumerate(file.parts, start=1):
            bags = part.bags
            with self._collect_failure(number):
                bags += self._read_encrypted_part(part)
            for bag in bags:
                with self._collect_failure(number):
                    self._read_bag(bag)
        if opener and opener.has_mac_of_another:
            self._failures.append(Failure("damaged", {"where": "mac"}))
        limits.check("certificates", len(self._certificates))

    @contextmanager
    def _collect_failure(self, part: int) -> Iterator[None]:
        try:
            yield
        except UnusableInput as error:
            self._failures.append(error.to_failure(part=part))

    def _read_encrypted_part(self, part: Part) -> tuple[Bag, ...]:
        """Add what an encrypted part holds, or return its bags where the library refuses to read it.

        Raises:
            UnusableInput: neither works, `damaged` or `unsupported_algorithm`; or `over_limit`.
        """
        if not part.algorithms:
            return ()
        if self._opener is None:
            self._is_protected = self._may_hold_more = True
            return ()
        loaded = self._opener.open_part_with_library(part)
        if isinstance(loaded, PKCS12KeyAndCertificates):
            self._add_loaded(loaded)
            return ()
        bags = self._opener.decrypt_part_ourselves(part)
        if not bags:
            raise (loaded or Failure("damaged")).to_error()
        self._is_protected |= any(bag.certificate for bag in bags)
        return bags

    def _add_loaded(self, loaded: PKCS12KeyAndCertificates) -> None:
        """Add what the library hands out: all certificates, and the first private key."""
        for entry in (loaded.cert, *loaded.additional_certs):
            if entry is not None:
                self._is_protected = True
                name = entry.friendly_name.decode(errors="replace") if entry.friendly_name else None
                self._add_certificate(entry.certificate.public_bytes(Encoding.DER), name, None)
        if loaded.key is not None:
            self._keys.append(_Key(encode_public_key(loaded.key), None, None))
            self._may_hold_more = True

    def _read_bag(self, bag: Bag) -> None:
        if bag.certificate is not None:
            self._add_certificate(bag.certificate, bag.friendly_name, bag.local_key_id)
        elif bag.kind in {"key", "shrouded_key"}:
            self._read_key(bag)

    def _read_key(self, bag: Bag) -> None:
        opener = self._opener
        if opener is None and not bag.algorithms:
            opener = Opener(self._file, "none", b"", self._normaliser)
        opened = opener.open_key(bag) if opener else None
        public_key = opened if isinstance(opened, bytes) else None
        self._keys.append(_Key(public_key, bag.friendly_name, bag.local_key_id))
        if opener and public_key is None:
            raise (opened if isinstance(opened, Failure) else Failure("damaged")).to_error()

    def _add_certificate(self, encoded: bytes, friendly_name: str | None, local_key_id: str | None) -> None:
        loaded = certificate.load_certificate(encoded, self._normaliser)
        self._certificates.append(_NamedCertificate(loaded, friendly_name, local_key_id))

    def build_contents(self, cause: Failure | None = None) -> Contents:
        """Put together what was found (step 4).

        Args:
            cause: why no password opens the file, unless nobody has been asked.

        Raises:
            UnusableInput: nothing was found.
        """
        failures = (*([cause] if cause else []), *self._failures)
        if not self._certificates:
            raise (failures[0] if failures else Failure("no_certificate")).to_error()
        keys = tuple(map(self._match_key, self._keys))
        owners = frozenset(key.certificate for key in keys if key.certificate)
        entries = sorted(self._certificates, key=lambda entry: entry.certificate.sha256 not in owners)
        pkcs12 = Pkcs12(
            mac=_name_mac(self._file),
            encryption=tuple(dict.fromkeys(map(format_algorithms, self._file.encryptions))),
            certificates_protected=self._is_protected,
            key_opened=any(key.opened for key in keys),
            keys=keys,
            certificates=tuple(CertificateEntry(entry.certificate.sha256, *entry[1:]) for entry in entries),
            may_hold_more=self._may_hold_more,
        )
        return Contents(
            format="pkcs12",
            certificates=tuple(entry.certificate for entry in entries),
            owners=owners,
            password_form=self._opener.form if self._opener else None,
            failures=failures,
            pkcs12=pkcs12,
        )

    def _match_key(self, key: _Key) -> KeyEntry:
        owners = (entry.certificate.sha256 for entry in self._certificates if _is_owner(entry, key))
        is_opened = key.public_key is not None
        return KeyEntry(next(owners, None), is_opened, key.friendly_name, key.local_key_id)


def _is_owner(entry: _NamedCertificate, key: _Key) -> bool:
    """Tell whether a key is a certificate's: the keys are the same, or, unopened, the file says so."""
    if key.public_key is not None:
        return key.public_key == certificate.encode_spki(entry.certificate)
    return key.local_key_id is not None and key.local_key_id == entry.local_key_id


def _name_mac(file: Pfx) -> str:
    if len(file.mac_algorithms) > 1:
        return f"PBMAC1, {format_algorithms(file.mac_algorithms)}"
    return format_algorithms(file.mac_algorithms) if file.mac_algorithms else "none"
