"""What the checker's page calls."""

from __future__ import annotations

import json
import pickle
from functools import cache
from typing import TYPE_CHECKING

from certcheck import japan
from certcheck.inspection import InputFile, Outcome, inspect, judge, read
from certcheck.reports.calendar_file import write_calendar
from certcheck.reports.csv_table import write_csv
from certcheck.reports.drawing import draw_certificate
from certcheck.rules import authority_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

_packaged = cache(authority_rules.packaged)  # the page asks again after each password and each other day


def report_json(files: list[tuple[str, bytes, str | None]], at: str, authority: str | None = None) -> str:
    """Inspect files by the packaged rules.

    Args:
        files: name, bytes and password of each; the password is None where nobody has been asked.
        at: the instant to judge by, ISO 8601; Japan's time where it carries no offset.
        authority: id of the authority that the person chose; None where nobody did.

    Returns:
        The report's JSON text.

    Raises:
        RulesError: the rules are missing or malformed.
        ValueError: `at` is no instant, or the rules know no such authority.
    """
    inputs = [InputFile(name, bytes(data), password) for name, data, password in files]
    return inspect(inputs, _packaged(), japan.parse_instant(at), authority=authority).to_json()


class Desk:
    """Remembers each file's certificates: to judge again, neither its bytes nor its password must be kept.

    A file goes by the number that the page gives it. Private keys are never kept.
    """

    def __init__(self) -> None:
        """Begin without files."""
        self._read: dict[int, tuple[str, Outcome]] = {}

    def read(self, number: int, name: str, data: bytes, password: str | None) -> bytes:
        """Read a file, in place of what was read for its number before; as for :func:`report_json`.

        Returns:
            What is remembered of it, for :meth:`recall` of another desk.
        """
        remembered = name, read(InputFile(name, data, password))
        self._read[number] = remembered
        return pickle.dumps(remembered)

    def recall(self, number: int, remembered: bytes) -> None:
        """Remember what another desk read, as if this one had."""
        # Only a desk writes it, and whatever a hostile file made of that one can do no more here than there.
        self._read[number] = pickle.loads(remembered)  # noqa: S301

    def report_json(self, numbers: list[int], at: str, authorities: Sequence[str] = ()) -> str:
        """Judge files that were read; those that are not named are forgotten.

        Args:
            numbers: which ones, in the report's order.
            at: as for the function of this name.
            authorities: of each file, the id of the authority that the person chose; empty where nobody did.

        Returns:
            The report's JSON text, with a picture in each certificate's part (`certcheck.reports.drawing`).

        Raises:
            KeyError: a file was neither read nor recalled, or is forgotten.
            RulesError: as the function of this name.
            ValueError: as the function of this name.
        """
        self._read = {number: self._read[number] for number in numbers}
        outcomes = list(self._read.values())
        instant = japan.parse_instant(at)
        report = json.loads(judge(outcomes, _packaged(), instant, each=authorities).to_json())
        for file in report["files"]:
            for certificate in file.get("certificates", ()):
                certificate["picture"] = draw_certificate(certificate, instant)
        return json.dumps(report)


def calendar_ics(report: str, words: str, sha256: str | None = None) -> str:
    """Return the days of certificates as a calendar file.

    Args:
        report: JSON text, as the page was given it.
        words: JSON text of an object of strings, see :func:`certcheck.reports.calendar_file.write_calendar`.
        sha256: of the only certificate wanted; None for all.

    Raises:
        ValueError: what should be JSON is none.
    """
    return write_calendar(report, json.loads(words), sha256)


def table_csv(report: str, words: str) -> str:
    """Return the table as CSV text, to be saved in UTF-8 as it is.

    Args:
        report: JSON text, as the page was given it.
        words: JSON text of an object of strings, see :func:`certcheck.reports.csv_table.write_csv`.

    Raises:
        ValueError: what should be JSON is none.
    """
    return write_csv(report, json.loads(words))
