"""The functions that the checker's page calls, through its worker."""

from __future__ import annotations

import json
import pickle
from functools import cache
from typing import TYPE_CHECKING

from certcheck import japan, limits
from certcheck.errors import Failure
from certcheck.inspection import InputFile, Outcome, inspect, judge, read_input
from certcheck.reports.calendar_file import write_calendar
from certcheck.reports.csv_table import write_csv
from certcheck.reports.drawing import draw_certificate
from certcheck.reports.public_files import write_public_file
from certcheck.rules import authority_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certcheck.reports.public_files import PublicFormat
    from certcheck.x509.certificate import Certificate

_load_packaged_rules = cache(authority_rules.packaged)  # needed again after each password and each chosen day


def inspect_files(
    files: Sequence[tuple[str, bytes, str | None]], at: str, authority: str | None = None
) -> str:
    """Inspect files by the packaged rules.

    Args:
        files: name, bytes and password of each; the password is None where nobody has been asked.
        at: the instant to judge by, ISO 8601; Japan's time where it has no offset.
        authority: id of the authority that the person chose; None where nobody did.

    Returns:
        The report's JSON text.

    Raises:
        RulesError: the rules are missing or malformed.
        ValueError: `at` is no instant, or the rules know no such authority.
    """
    inputs = [InputFile(name, bytes(data), password) for name, data, password in files]
    report = inspect(inputs, _load_packaged_rules(), japan.parse_instant(at), authority=authority)
    return report.to_json()


class Session:
    """The files of a page, each read once: to judge them again needs neither their bytes nor their passwords.

    The page numbers the files. Private keys are not kept.
    """

    def __init__(self) -> None:
        """Begin without files."""
        self._outcomes: dict[int, tuple[str, Outcome]] = {}

    def read_file(  # noqa: PLR0913, PLR0917 - what the page has of a file
        self,
        number: int,
        name: str,
        data: bytes,
        password: str | None,
        iterations: int | None = limits.ALLOWED["iterations"],
        mac_password: str | None = None,
    ) -> bytes:
        """Read a file, in place of the one that had its number.

        Args:
            number: the page's number of the file.
            name: as for :func:`inspect_files`.
            data: as for :func:`inspect_files`.
            password: as for :func:`inspect_files`.
            iterations: of key derivation that are allowed; None where somebody goes on past all limits of
                them, and past a MAC that was made with another password.
            mac_password: of a PKCS #12's MAC, where that has one of its own.

        Returns:
            What the session keeps of it, for :meth:`restore_file` of another session.
        """
        effort = limits.UNBOUNDED_EFFORT if iterations is None else limits.Effort(iterations)
        outcome = name, read_input(InputFile(name, data, password, effort, mac_password))
        self._outcomes[number] = outcome
        return pickle.dumps(outcome)

    def restore_file(self, number: int, pickled: bytes) -> None:
        """Take over a file that another session read.

        Args:
            number: the page's number of the file.
            pickled: the result of :meth:`read_file`.
        """
        # Only a session writes it; what a hostile file made of that one can do no more here than there.
        self._outcomes[number] = pickle.loads(pickled)  # noqa: S301

    def judge_files(self, numbers: list[int], at: str, authorities: Sequence[str] = ()) -> str:
        """Judge files that were read, and forget the others.

        Args:
            numbers: the files, in the report's order.
            at: as for :func:`inspect_files`.
            authorities: for each file the id of the authority that the person chose; empty where nobody did.

        Returns:
            The report's JSON text, with a picture in each certificate (`certcheck.reports.drawing`).

        Raises:
            KeyError: a file was neither read nor restored, or is forgotten.
            RulesError: as :func:`inspect_files`.
            ValueError: as :func:`inspect_files`.
        """
        self._outcomes = {number: self._outcomes[number] for number in numbers}
        outcomes = list(self._outcomes.values())
        instant = japan.parse_instant(at)
        judged = judge(outcomes, _load_packaged_rules(), instant, authority_per_file=authorities)
        report = judged.to_plain()
        for file in report["files"]:
            for certificate in file.get("certificates", ()):
                certificate["picture"] = draw_certificate(certificate, instant)
        return json.dumps(report)

    def export_certificate(self, form: PublicFormat, path: Sequence[str]) -> bytes:
        """Return a certificate as a file without any private key.

        Args:
            form: as for :func:`certcheck.reports.public_files.write_public_file`.
            path: SHA-256 of the certificate, then of its issuers, each in a file that was judged last.

        Raises:
            KeyError: a certificate is in none of these files.
        """
        known: dict[str, Certificate] = {}
        for _, outcome in self._outcomes.values():
            if not isinstance(outcome, Failure):
                known |= {certificate.sha256: certificate for certificate in outcome.certificates}
        return write_public_file([known[sha256] for sha256 in path], form)


def export_calendar(report: str, words: str, sha256: str | None = None) -> str:
    """Return the days of certificates as a calendar file.

    Args:
        report: JSON text, as the page was given it.
        words: JSON text of an object of strings, see :func:`certcheck.reports.calendar_file.write_calendar`.
        sha256: of the only certificate wanted; None for all.

    Raises:
        ValueError: an argument is no JSON.
    """
    return write_calendar(report, json.loads(words), sha256)


def export_table(report: str, words: str) -> str:
    """Return the certificates as CSV text, to be saved in UTF-8.

    Args:
        report: JSON text, as the page was given it.
        words: JSON text of an object of strings, see :func:`certcheck.reports.csv_table.write_csv`.

    Raises:
        ValueError: an argument is no JSON.
    """
    return write_csv(report, json.loads(words))
