"""Programs that cannot open a PKCS #12 for the algorithms in it, as the rules name them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from certcheck.rules import json_fields

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class PfxProgram:
    """A program and what it refuses.

    Attributes:
        id: for example ``older-windows``.
        encryption: algorithms, one of which makes it refuse a file.
        mac: where there are any, the file's MAC must be one of these as well.
    """

    id: str
    encryption: frozenset[str]
    mac: frozenset[str] = frozenset()

    def refuses(self, encryption: Iterable[str], mac: str) -> bool:
        """Tell whether it cannot open a file.

        Args:
            encryption: the file's algorithms, each with its key derivation in parentheses or without.
            mac: the algorithm of its MAC.
        """
        names = {algorithm.partition(" (")[0] for algorithm in encryption}
        return bool(names & self.encryption) and (not self.mac or mac in self.mac)


def parse_pfx_program(data: object, where: str) -> PfxProgram:
    """Read a program from the rules' JSON.

    Raises:
        RulesError: a value is missing or of the wrong kind.
    """
    fields = json_fields.require_mapping(data, where)
    return PfxProgram(
        id=json_fields.require_text(fields.get("id"), f"{where}.id", "older-windows"),
        encryption=_parse_names(fields, "encryption", where),
        mac=_parse_names(fields, "mac", where),
    )


def _parse_names(fields: dict[str, object], name: str, where: str) -> frozenset[str]:
    items = json_fields.require_items(fields, name, where)
    return frozenset(json_fields.require_text(value, place, "AES-256-CBC") for value, place in items)
