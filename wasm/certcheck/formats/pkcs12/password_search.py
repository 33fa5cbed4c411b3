"""Finding the password that opens a PKCS #12, or why none does.

1. Refuse an algorithm that the library does not know: no password helps.
2. Try each form of the password on the whole file, in the order of `passwords.list_forms`.
   a. Open the pieces, each an encrypted part or a key, and verify the MAC. What was opened is returned.
   b. Let the library open the whole, where there is but one piece, or where it verifies the MAC much faster.
3. Refuse a file that is protected to a Windows account: only that opens it.
4. Try each form on each piece by itself, in the same order.
   a. Where the password opens some pieces only, it is right, and the file is damaged, unless another form
      opens all: one with a console's bytes has the same MAC, and another key for the pieces.
   b. Where it opens all, the library refuses to read something that is read here, as a bad string in a name.
5. Require a password, or another one.

Damage of the structure is found before this, by the parser; damage of an encrypted piece or of the MAC here
(4a); damage of a certificate or key in a piece that opens after it, by the reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certcheck import limits
from certcheck.errors import Failure
from certcheck.formats.pkcs12.opener import Opener
from certcheck.formats.pkcs12.passwords import list_forms
from certcheck.formats.pkcs12.structure import Bag, Part, count_iterations

if TYPE_CHECKING:
    from certcheck.asn1.ber import Normaliser
    from certcheck.formats.pkcs12.structure import Pfx, Protection


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
    protections = (file.mac_algorithms, *file.encryptions)
    unsupported = _find_unsupported_algorithm(protections)
    if unsupported and not file.is_for_windows_account:
        return Failure("unsupported_algorithm", {"algorithm": unsupported})
    if unsupported:
        return Failure("windows_account")
    openers = [Opener(file, form, text, normaliser) for form, text in list_forms(password)]
    # 2.
    trials = _Iterations(limits.TRIAL_BUDGET)
    for opener in openers:
        has_budget = trials.try_spend((file.mac_algorithms,) if file.mac_algorithms else file.encryptions)
        if has_budget and _is_opened(file, opener):
            return opener if any(protections) else Opener(file, "none", b"", normaliser)
    # 3.
    if file.is_for_windows_account:
        return Failure("windows_account")
    # 4.
    diagnoses = _Iterations(limits.DIAGNOSIS_BUDGET)
    damage: Failure | None = None
    for opener in openers:
        if diagnoses.try_spend(protections) or opener.form == "as_typed":
            diagnosis = _diagnose(file, opener)
            if isinstance(diagnosis, Opener):
                return diagnosis
            damage = damage or diagnosis
    # 5.
    return damage or Failure("password_required" if password is None else "wrong_password")


def _find_unsupported_algorithm(protections: tuple[Protection, ...]) -> str | None:
    """Return the name of the first algorithm that the library does not know, nor we its iterations."""
    for protection in protections:
        for algorithm in protection:
            if not algorithm.is_supported:
                return algorithm.name
    return None


def _is_opened(file: Pfx, opener: Opener) -> bool:
    """Tell whether a password opens a file, its MAC included (step 2)."""
    has_mac, pieces = bool(file.mac_algorithms), [piece for _, piece in file.encrypted_pieces]
    has_costly_mac = has_mac and (file.mac is None or file.mac.iterations > limits.FEW_ITERATIONS)
    if has_costly_mac or file.is_single_encrypted_part:
        return opener.library_opens_file()  # 2b.
    if not has_mac and not any(isinstance(piece, Part) for piece in pieces):
        # The library opens it with any password if its first key is not encrypted.
        return opener.library_opens_file() and (not pieces or any(map(opener.opens_piece, pieces)))
    # 2a. The cheaper check comes first, since most forms are wrong.
    has_costly_pieces = count_iterations(file.encryptions) > limits.FEW_ITERATIONS
    if has_mac and has_costly_pieces and not opener.has_valid_mac:
        return opener.library_opens_file()
    for piece in pieces:
        if not opener.opens_piece(piece):
            # The library opens no file without all of its parts; of the keys it opens the first only.
            return isinstance(piece, Bag) and opener.library_opens_file()
    return not has_mac or opener.has_valid_mac or opener.library_opens_file()


def _diagnose(file: Pfx, opener: Opener) -> Opener | Failure | None:
    """Try a password on each piece, where the library does not open the whole (step 4).

    Returns:
        The password where all is in order; `damaged`, with the number of the `part`, or `where` "mac"; None
        where the password opens nothing.

    Raises:
        UnusableInput: `over_limit`, in a part that was decrypted.
    """
    has_mac, pieces = bool(file.mac_algorithms), file.encrypted_pieces
    closed = [(number, piece) for number, piece in pieces if not opener.opens_piece(piece)]
    if has_mac and not opener.has_valid_mac and len(closed) == len(pieces):
        return None
    closed = [(number, piece) for number, piece in closed if not _is_decrypted(piece, opener)]
    if not closed and (opener.has_valid_mac or not has_mac):
        return opener  # 4b.
    if not opener.has_valid_mac and len(closed) == len(pieces):
        return None
    return Failure("damaged", {"part": closed[0][0]} if closed else {"where": "mac"})  # 4a.


def _is_decrypted(piece: Part | Bag, opener: Opener) -> bool:
    return isinstance(piece, Part) and bool(opener.decrypt_part_ourselves(piece))


class _Iterations:
    """Iterations of key derivation that may be spent."""

    def __init__(self, iterations: int) -> None:
        self._left = iterations

    def try_spend(self, protections: tuple[Protection, ...]) -> bool:
        """Spend the iterations of some algorithms; tell whether they were left."""
        self._left -= count_iterations(protections)
        return self._left >= 0
