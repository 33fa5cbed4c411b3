"""Fixtures of all tests of certcheck: the four authorities' rules, and the report on a file."""

from __future__ import annotations

import json
from typing import Any, Protocol

import pytest

from certcheck import InputFile, Rules, inspect, japan
from certcheck.rules import parse
from tests.support import ROOT

AT = "2027-03-10T12:00:00+09:00"
"""An instant in the renewal window of the certificates that `tests.support.mint` mints by default."""

RULES: dict[str, Any] = json.loads(
    (ROOT / "tests/certcheck/fixtures/four-authorities.json").read_text(encoding="utf-8")
)
"""The rules of the four authorities: a copy, so that no test here depends on what docs/ states.

``tests/content/test_renewal_rules.py`` compares it with docs/.
"""


class InspectFile(Protocol):
    """Inspect a single file and return its part of the report's JSON."""

    def __call__(  # noqa: D102 - the class says it
        self,
        data: bytes,
        *,
        at: str = AT,
        password: str | None = None,
        authority: str | None = None,
        anchors: dict[str, list[dict[str, str]]] | None = None,
    ) -> dict[str, Any]: ...


@pytest.fixture(scope="session")
def authority_rules() -> Rules:
    """Return the rules of the four authorities, without trust anchors."""
    return build_rules({})


@pytest.fixture(scope="session")
def inspect_file() -> InspectFile:
    """Return what inspects one file at noon of 10 March 2027 in Japan, unless told otherwise."""

    def run(
        data: bytes,
        *,
        at: str = AT,
        password: str | None = None,
        authority: str | None = None,
        anchors: dict[str, list[dict[str, str]]] | None = None,
    ) -> dict[str, Any]:
        report = inspect(
            [InputFile("file", data, password)],
            build_rules(anchors or {}),
            japan.parse_instant(at),
            authority=authority,
        )
        files = json.loads(report.to_json())["files"]
        assert len(files) == 1
        file: dict[str, Any] = files[0]
        return file

    return run


def build_rules(anchors: dict[str, list[dict[str, str]]]) -> Rules:
    """Return the rules with trust anchors, by authority, as the rules' JSON writes them."""
    authorities = [
        {**authority, "trust_anchors": anchors.get(authority["id"], [])} for authority in RULES["authorities"]
    ]
    return parse(json.dumps({**RULES, "authorities": authorities}))
