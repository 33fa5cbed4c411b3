"""The one call that the checker's page makes."""

from __future__ import annotations

from functools import cache

from certcheck import japan, rules
from certcheck.inspection import InputFile, inspect

_packaged = cache(rules.packaged)  # the page asks again after each password and each other day


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
