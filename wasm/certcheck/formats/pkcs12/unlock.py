"""Finding the password that opens a PKCS #12, and if none does, why.

1. Refuse an algorithm that the library does not know: no password helps.
2. Try each form of the password on the whole file: as it was typed, the empty one, then the others.
   a. Open the pieces, each an encrypted part or a key, and verify the MAC. What was opened is returned.
   b. Let the library open the whole, where there is but one piece, or where it verifies the MAC much faster.
3. Blame Windows, where the file is protected to an account or group of its domain.
4. Try each form on each piece by itself, in the same order.
   a. Where the password opens some pieces only, it is right, and the file is damaged.
   b. Where it opens all, the library refuses to read something that is read here, as a bad string in a name.
5. Ask for a password, or for another.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, TypeAlias

from certcheck import limits
from certcheck.errors import Failure
from certcheck.formats.pkcs12 import passwords
from certcheck.formats.pkcs12.opener import Opener
from certcheck.formats.pkcs12.structure import Bag, Part

if TYPE_CHECKING:
    from certcheck.asn1.ber import Normaliser
    from certcheck.formats.pkcs12.algorithms import Algorithm
    from certcheck.formats.pkcs12.structure import Pfx

Protections: TypeAlias = "tuple[tuple[Algorithm, ...], ...]"
"""The algorithms of each MAC, encrypted part or key."""

_FEW_ROUNDS = 10_000
"""Rounds of key derivation. A MAC of more is left to the library, which is faster than Python; before pieces
of more, the MAC is verified. Windows takes 2,000 for the MAC and for each piece."""


def find_password(file: Pfx, password: str | None, normaliser: Normaliser) -> Opener | Failure:
    """Find the form of a password that opens a file; the steps are numbered in the module's docstring.

    Args:
        file: the file.
        password: None where nobody has been asked.
        normaliser: the file's.

    Returns:
        The form with what it has opened, or a failure: `unsupported_algorithm`, `windows_account`, `damaged`,
        `password_required` where no password was given and the empty one does not open it, `wrong_password`.

    Raises:
        UnusableInput: `over_limit`, in a part that was decrypted.
    """
    # 1.
    protections = file.mac, *file.encryption
    for algorithm in itertools.chain.from_iterable(protections):
        if not algorithm.supported:  # nor are its rounds known
            return _describe_unsupported(file, algorithm)
    openers = [Opener(file, form, text, normaliser) for form, text in passwords.forms(password)]
    openers.sort(key=lambda opener: opener.form != "as_typed")
    # 2.
    trials = _Budget(limits.TRIAL_BUDGET)
    for opener in openers:
        if trials.allow((file.mac,) if file.mac else file.encryption) and _opens(file, opener):
            return opener if any(protections) else Opener(file, "none", b"", normaliser)
    # 3.
    if file.windows_account:
        return Failure("windows_account")
    # 4.
    search = _Budget(limits.DIAGNOSIS_BUDGET)
    for opener in openers:
        if search.allow(protections) or opener.form == "as_typed":
            result = _diagnose(file, opener)
            if result is not None:
                return result
    # 5.
    return Failure("password_required" if password is None else "wrong_password")


def _opens(file: Pfx, opener: Opener) -> bool:
    """Tell whether a password opens a file, its MAC included (step 2)."""
    has_costly_mac = file.mac and (file.verifiable is None or file.verifiable.rounds > _FEW_ROUNDS)
    if has_costly_mac or file.is_single_encrypted_part:
        return opener.opens_whole_file()  # 2b
    if not file.mac and not any(part.algorithms for part in file.parts):
        # Whatever the password, the library opens a file whose first key is not encrypted.
        pieces = file.encrypted_pieces
        return opener.opens_whole_file() and (not pieces or any(opener.opens(piece) for _, piece in pieces))
    # 2a. What costs less goes first, since most passwords are wrong ones.
    has_costly_pieces = _count_rounds(file.encryption) > _FEW_ROUNDS
    if file.mac and has_costly_pieces and not opener.has_valid_mac:
        return opener.opens_whole_file()
    for _, piece in file.encrypted_pieces:
        if not opener.opens(piece):
            # Without one of its parts the library does not open the whole; of keys it tries the first only.
            return isinstance(piece, Bag) and opener.opens_whole_file()
    return not file.mac or opener.has_valid_mac or opener.opens_whole_file()


def _diagnose(file: Pfx, opener: Opener) -> Opener | Failure | None:
    """Try what a password opens by itself, where the library does not open the whole (step 4).

    Returns:
        The password where all is in order; `damaged`, with the number of the `part`, or `where` "mac"; None
        where the password opens nothing.

    Raises:
        UnusableInput: `over_limit`, in a part that was decrypted.
    """
    pieces = file.encrypted_pieces
    closed = [(number, piece) for number, piece in pieces if not opener.opens(piece)]
    if file.mac and not opener.has_valid_mac and len(closed) == len(pieces):
        return None
    closed = [(number, piece) for number, piece in closed if not _is_decrypted(piece, opener)]
    if not closed and (opener.has_valid_mac or not file.mac):
        return opener  # 4b
    if not opener.has_valid_mac and len(closed) == len(pieces):
        return None
    return Failure("damaged", {"part": closed[0][0]} if closed else {"where": "mac"})  # 4a


def _is_decrypted(piece: Part | Bag, opener: Opener) -> bool:
    return isinstance(piece, Part) and bool(opener.decrypt_part(piece))


def _describe_unsupported(file: Pfx, algorithm: Algorithm) -> Failure:
    if file.windows_account:
        return Failure("windows_account")
    return Failure("unsupported_algorithm", {"algorithm": algorithm.name})


class _Budget:
    """Counts the rounds of key derivation that trying costs."""

    def __init__(self, rounds: int) -> None:
        self._rounds_left = rounds

    def allow(self, protections: Protections) -> bool:
        """Spend the rounds of one trial; tell whether they were there."""
        self._rounds_left -= _count_rounds(protections)
        return self._rounds_left >= 0


def _count_rounds(protections: Protections) -> int:
    return sum(algorithm.iterations for protection in protections for algorithm in protection)
