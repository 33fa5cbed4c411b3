"""Judging a holder's certificate by revocation lists, for the tests of this folder."""

from __future__ import annotations

import json
from typing import Any

from cryptography import x509

from certcheck import InputFile, inspect, japan
from tests.certcheck.conftest import AT, build_rules
from tests.support.mint import (
    Identity,
    build_extension,
    encode_der,
    get_root,
    mint,
)

RULES = build_rules({})
ROOT = get_root()
HOLDER = mint()


def inspect_files(*files: bytes, at: str = AT, anchors: dict[str, list[dict[str, str]]] | None = None) -> Any:  # noqa: ANN401 - JSON
    """Inspect files and return the report's JSON."""
    inputs = [InputFile(str(number), data) for number, data in enumerate(files)]
    rules = build_rules(anchors) if anchors else RULES
    return json.loads(inspect(inputs, rules, japan.parse_instant(at)).to_json())


def judge_holder(*lists: bytes, holder: Identity = HOLDER, issuer: Identity = ROOT, at: str = AT) -> Any:  # noqa: ANN401 - JSON
    """Return what lists say of a holder's certificate, whose issuer's certificate came along."""
    files = inspect_files(encode_der(holder), encode_der(issuer), *lists, at=at)["files"]
    return files[0]["certificates"][0].get("revocation")


def list_codes(revocation: dict[str, Any]) -> list[str]:
    """Return the codes of the problems."""
    return [problem["code"] for problem in revocation["problems"]]


def build_point(**fields: Any) -> x509.Extension[x509.ExtensionType]:  # noqa: ANN401 - the library's
    """Build an issuingDistributionPoint of which some fields are set."""
    defaults: dict[str, Any] = {
        "full_name": None,
        "relative_name": None,
        "only_contains_user_certs": False,
        "only_contains_ca_certs": False,
        "only_some_reasons": None,
        "indirect_crl": False,
        "only_contains_attribute_certs": False,
    }
    return build_extension(x509.IssuingDistributionPoint(**{**defaults, **fields}))
