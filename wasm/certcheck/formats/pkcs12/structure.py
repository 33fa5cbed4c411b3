"""The structure of a PKCS #12 (RFC 7292 4) as values: a Pfx has parts, which have bags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from certcheck.formats.pkcs12.algorithms import Algorithm
    from certcheck.formats.pkcs12.decryption import Ciphertext, Mac

BagKind = Literal["key", "shrouded_key", "certificate", "other"]

Protection: TypeAlias = "tuple[Algorithm, ...]"
"""The algorithms of one AlgorithmIdentifier: the key derivation, then the cipher or MAC."""


@dataclass(frozen=True, slots=True)
class Bag:
    """A SafeBag (RFC 7292 4.2).

    Attributes:
        kind: the type of its content.
        encoded: the bag in DER.
        certificate: of a certificate's, the certificate as it came.
        algorithms: of a shrouded key's, those that encrypt it.
        friendly_name: the name that the file's writer gave it.
        local_key_id: the identifier that a key and its certificate share, lower-case hexadecimal.
        key: of a key's, PrivateKeyInfo; of a shrouded key's, EncryptedPrivateKeyInfo.
    """

    kind: BagKind
    encoded: bytes
    certificate: bytes | None = None
    algorithms: Protection = ()
    friendly_name: str | None = None
    local_key_id: str | None = None
    key: bytes | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A ContentInfo of the AuthenticatedSafe (RFC 7292 4.1).

    Attributes:
        encoded: the part in DER.
        algorithms: those that encrypt it; none where it is not encrypted.
        bags: its bags; none where it is encrypted.
        ciphertext: of an encrypted part.
    """

    encoded: bytes
    algorithms: Protection
    bags: tuple[Bag, ...] = ()
    ciphertext: Ciphertext | None = None


@dataclass(frozen=True, slots=True)
class Pfx:
    """A PKCS #12.

    Attributes:
        encoded: the file, its outer values in DER; the content that the MAC is over stays as it came.
        content: AuthenticatedSafe, which the MAC is over.
        mac_algorithms: those of the MAC; none without a MAC.
        parts: in the file's order.
        is_for_windows_account: protected to a Windows account or group, perhaps to a password as well.
        mac: the MAC, where it is RFC 7292's own; None of PBMAC1 (RFC 9579) and without a MAC.
    """

    encoded: bytes
    content: bytes
    mac_algorithms: Protection
    parts: tuple[Part, ...]
    is_for_windows_account: bool
    mac: Mac | None = None

    @property
    def bags(self) -> tuple[Bag, ...]:
        """The bags that are not in an encrypted part."""
        bags: list[Bag] = []
        for part in self.parts:
            bags += part.bags
        return tuple(bags)

    @property
    def encrypted_pieces(self) -> tuple[tuple[int, Part | Bag], ...]:
        """The encrypted parts and keys, in the file's order, each with the number of its part."""
        pieces: list[tuple[int, Part | Bag]] = []
        for number, part in enumerate(self.parts, start=1):
            if part.algorithms:
                pieces.append((number, part))
            pieces += [(number, bag) for bag in part.bags if bag.algorithms]
        return tuple(pieces)

    @property
    def encryptions(self) -> tuple[Protection, ...]:
        """The algorithms of each encrypted part and key."""
        return tuple(piece.algorithms for _, piece in self.encrypted_pieces)

    @property
    def is_single_encrypted_part(self) -> bool:
        """All certificates and keys are in one encrypted part."""
        return len(self.encrypted_pieces) == 1 and all(bag.kind == "other" for bag in self.bags)


def count_iterations(protections: tuple[Protection, ...]) -> int:
    """Return the iterations of all key derivations together."""
    iterations = 0
    for protection in protections:
        iterations += sum(algorithm.iterations for algorithm in protection)
    return iterations
