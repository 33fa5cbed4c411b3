"""Opening the encrypted parts and the keys of a PKCS #12 with a password, each by itself and each once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates

from certcheck.errors import Failure, UnusableInput
from certcheck.formats.pkcs12.containers import load_bag, load_container, load_content, load_part
from certcheck.formats.pkcs12.decryption import decrypt, is_valid_mac
from certcheck.formats.pkcs12.parser import parse_safe_contents
from certcheck.formats.pkcs12.public_keys import derive_public_key, encode_public_key
from certcheck.formats.pkcs12.structure import Part, count_iterations
from certcheck.limits import DEFAULT_EFFORT, FEW_ITERATIONS

if TYPE_CHECKING:
    from certcheck.asn1.ber import Normaliser
    from certcheck.formats.pkcs12.containers import Loaded
    from certcheck.formats.pkcs12.passwords import Form
    from certcheck.formats.pkcs12.structure import Bag, Pfx
    from certcheck.limits import Effort


class Opener:
    """A password, and what it has opened of a file: nothing is derived or decrypted twice.

    Attributes:
        form: the form of the password as the person typed it.
        has_mac_of_another: it opens all pieces, and the MAC was made with none of the forms of the password.
    """

    def __init__(
        self, file: Pfx, form: Form, password: bytes, normaliser: Normaliser, effort: Effort = DEFAULT_EFFORT
    ) -> None:
        """Take a password; nothing is opened yet.

        Args:
            file: the file.
            form: the form of the password as the person typed it.
            password: UTF-8.
            normaliser: the file's.
            effort: what is allowed for the file.
        """
        self._effort = effort
        self.has_mac_of_another = False
        self.form: Form = form
        self._file, self._password, self._normaliser = file, password, normaliser
        self._loaded_parts: dict[bytes, Loaded] = {}
        self._decrypted_parts: dict[bytes, tuple[Bag, ...] | None] = {}
        self._keys: dict[bytes, bytes | Failure | None] = {}

    @cached_property
    def has_valid_mac(self) -> bool:
        """The MAC was made with the password; False of PBMAC1, and of a MAC that takes Python too long."""
        mac = self._file.mac
        return mac is not None and is_valid_mac(mac, self._file.content, self._password)

    def opens_piece(self, piece: Part | Bag) -> bool:
        """Tell whether the password opens an encrypted part or key, be it readable or not."""
        opened = self.open_part_with_library(piece) if isinstance(piece, Part) else self.open_key(piece)
        return opened is not None

    def open_part_with_library(self, part: Part) -> Loaded:
        """Have the library open an encrypted part.

        Raises:
            UnusableInput: `over_limit`, of what is in it.
        """
        if part.encoded not in self._loaded_parts:
            self._check_keys_inside(part)
            self._loaded_parts[part.encoded] = load_part(part.encoded, self._password)
        return self._loaded_parts[part.encoded]

    def _check_keys_inside(self, part: Part) -> None:
        """Check what the keys in an encrypted part will cost, before the library opens them with the part.

        Only where decrypting the part is cheap: what is in one of many iterations is left to the time limit.

        Raises:
            UnusableInput: `over_limit`.
        """
        if part.algorithms and count_iterations((part.algorithms,)) <= FEW_ITERATIONS:
            self.decrypt_part_ourselves(part)

    def decrypt_part_ourselves(self, part: Part) -> tuple[Bag, ...] | None:
        """Decrypt an encrypted part that the library refuses to read.

        Returns:
            Its bags; None where the password does not open it, or the algorithm is not among those of
            `certcheck.formats.pkcs12.decryption`.

        Raises:
            UnusableInput: `over_limit`.
        """
        if part.encoded not in self._decrypted_parts:
            self._decrypted_parts[part.encoded] = self._decrypt_part(part)
        return self._decrypted_parts[part.encoded]

    def _decrypt_part(self, part: Part) -> tuple[Bag, ...] | None:
        plaintexts = decrypt(part.ciphertext, self._password) if part.ciphertext else []
        for plaintext in plaintexts:
            try:
                return parse_safe_contents(plaintext, self._normaliser, self._effort)
            except UnusableInput as error:
                if error.code == "over_limit":
                    raise
            except ValueError:
                continue
        return None

    def open_key(self, bag: Bag) -> bytes | Failure | None:
        """Open a private key, encrypted or not.

        Returns:
            Its public key, SubjectPublicKeyInfo in DER; a failure as in `Loaded`; None where the password
            does not open it.
        """
        if bag.encoded not in self._keys:
            self._keys[bag.encoded] = self._open_key(bag)
        return self._keys[bag.encoded]

    def _open_key(self, bag: Bag) -> bytes | Failure | None:
        public_key = derive_public_key(bag, self._password)
        if public_key is not None:
            return public_key
        loaded = load_bag(bag.encoded, self._password)
        if isinstance(loaded, PKCS12KeyAndCertificates):
            return encode_public_key(loaded.key) if loaded.key else None
        return loaded

    def library_opens_file(self) -> bool:
        """Tell whether the library opens the file, its MAC included.

        It hands out what all pieces hold together: which piece holds what shows only where there is but one.

        Raises:
            UnusableInput: `over_limit`, of what is in an encrypted part.
        """
        for part in self._file.parts:
            self._check_keys_inside(part)
        if self._file.mac_algorithms:
            loaded = load_container(self._file.encoded, self._password)
        else:
            loaded = load_content(self._file.content, self._password)
        if loaded is not None and self._file.is_single_encrypted_part:
            ((_, piece),) = self._file.encrypted_pieces
            self._loaded_parts[piece.encoded] = loaded
        return loaded is not None
