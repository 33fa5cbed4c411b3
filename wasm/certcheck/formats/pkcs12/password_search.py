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
   c. Where it opens all, the MAC may be of another form, as old OpenSSL made it beside PBES2, or of the MAC's
      own password, as OpenSSL's -twopass makes it, if that was given. Where it is of none, the file was
      changed, or another password is the MAC's: it is read for a caller who accepts that, and damaged else.
   d. Where the MAC was made with it and it opens nothing, what is in the file has another password.
5. Require a password, or another one; name the forms that were not tried for want of iterations.

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
    from certcheck.limits import Effort


def find_password(
    file: Pfx,
    password: str | None,
    normaliser: Normaliser,
    effort: Effort = limits.DEFAULT_EFFORT,
    mac_password: str | None = None,
) -> Opener | Failure:
    """Find the form of a password that opens a file; the steps are numbered in the module's docstring.

    Args:
        file: the file.
        password: None where nobody has been asked.
        normaliser: the file's.
        effort: what is allowed for the file.
        mac_password: of the MAC, where that has one of its own.

    Returns:
        The form with what it has opened, or a failure: `unsupported_algorithm`, `windows_account`, `damaged`,
        `password_required` where no password was given and the empty one does not open it, `wrong_password`,
        `forms_untried`.

    Raises:
        UnusableInput: `over_limit`, in a part that was decrypted.
    """
    # 1.
    protections = (file.mac_algorithms, *file.encryptions)
    unsupported = _find_unsupported_algorithm(protections)
    if unsupported:
        is_for_account = file.is_for_windows_account
        return Failure("windows_account") if is_for_account else _refuse_algorithm(unsupported)
    openers = [Opener(file, form, text, normaliser, effort) for form, text in list_forms(password)]
    # 2.
    allowed = limits.ALLOWED["iterations"] if effort.iterations is None else effort.iterations
    budget = _Iterations(allowed)
    tried: list[Opener] = []
    for opener in openers:
        if budget.try_spend((file.mac_algorithms,) if file.mac_algorithms else file.encryptions):
            tried.append(opener)
            if _is_opened(file, opener):
                return opener if any(protections) else Opener(file, "none", b"", normaliser)
    # 3.
    if file.is_for_windows_account:
        return Failure("windows_account")
    # 4.
    mac_forms = list_forms(mac_password) if mac_password is not None else ()
    of_mac = [Opener(file, form, text, normaliser, effort) for form, text in mac_forms]
    result = _diagnose_forms(file, tried, of_mac, effort, budget.cap(limits.DIAGNOSIS_BUDGET))
    if result or password is None:
        return result or Failure("password_required")
    # 5.
    untried = dict.fromkeys(opener.form for opener in openers if opener not in tried)
    if untried:
        return Failure("forms_untried", {"untried": ",".join(untried), "allowed": allowed})
    return Failure("wrong_password")


def _diagnose_forms(
    file: Pfx, openers: list[Opener], of_mac: list[Opener], effort: Effort, budget: _Iterations
) -> Opener | Failure | None:
    """Try each form on each piece by itself (step 4), and on the MAC, too, those of its own password."""
    protections = (file.mac_algorithms, *file.encryptions)
    damage: Failure | None = None
    for opener in openers:
        if budget.try_spend(protections) or opener.form == "as_typed":
            diagnosis = _diagnose(file, opener)
            if isinstance(diagnosis, Opener):
                has_mac = not file.mac_algorithms or any(
                    other.has_valid_mac for other in (*openers, *of_mac)
                )  # 4c.
                diagnosis.has_mac_of_another = not has_mac
                if has_mac or effort.accepts_other_mac:
                    return diagnosis
                diagnosis = Failure("damaged", {"where": "mac"})
            damage = damage or diagnosis
    return damage


def _refuse_algorithm(name: str) -> Failure:
    return Failure("unsupported_algorithm", {"algorithm": name})


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
        The password where it opens all pieces; `damaged`, with the number of the `part`; `wrong_password`,
        `where` "contents"; None where the password opens nothing.

    Raises:
        UnusableInput: `over_limit`, in a part that was decrypted.
    """
    has_mac, pieces = bool(file.mac_algorithms), file.encrypted_pieces
    closed = [(number, piece) for number, piece in pieces if not opener.opens_piece(piece)]
    if has_mac and not opener.has_valid_mac and len(closed) == len(pieces):
        return None
    closed = [(number, piece) for number, piece in closed if not _is_decrypted(piece, opener)]
    if not closed and (pieces or opener.has_valid_mac or not has_mac):
        return opener  # 4b., 4c.
    if len(closed) < len(pieces):
        return Failure("damaged", {"part": closed[0][0]})  # 4a.
    return (
        Failure("wrong_password", {"where": "contents"}) if opener.has_valid_mac and pieces else None
    )  # 4d.


def _is_decrypted(piece: Part | Bag, opener: Opener) -> bool:
    return isinstance(piece, Part) and bool(opener.decrypt_part_ourselves(piece))


class _Iterations:
    """Iterations of key derivation that may be spent."""

    def __init__(self, iterations: int) -> None:
        self._left = iterations

    def cap(self, iterations: int) -> _Iterations:
        """Return what is left, but no more than some iterations."""
        return _Iterations(min(self._left, iterations))

    def try_spend(self, protections: tuple[Protection, ...]) -> bool:
        """Spend the iterations of some algorithms; tell whether they were left."""
        self._left -= count_iterations(protections)
        return self._left >= 0
