"""What RFC 5280, certcheck, ``openssl verify`` and cryptography's verifier say of each clause's paths.

``python -m tests.certcheck.clauses.agreement`` prints the table of docs-dev/agreement.md.
"""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certcheck import InputFile, inspect, japan
from tests.certcheck.clauses.case import AT, ROOT, Case
from tests.certcheck.conftest import build_rules
from tests.certcheck.paths.test_library_verifier import find_library_error
from tests.support.mint import compute_sha256, encode_der

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACE = re.compile(r" \(encountered processing .*", re.DOTALL)  # the library names the certificate
_SECTION = re.compile(r"RFC 5280 ([\d.]+(?: \(a\)\(\d\))?)")


class ClauseCase(NamedTuple):
    """A case, and the number of its clause."""

    clause: str
    case: Case


def list_cases() -> list[ClauseCase]:
    """Return the cases of all clauses, in the order of their numbers."""
    cases: list[ClauseCase] = []
    for path in sorted(Path(__file__).parent.glob("section_*.py"), key=_number_sections):
        module = importlib.import_module(f"tests.certcheck.clauses.{path.stem}")
        match = _SECTION.match(module.__doc__ or "")
        assert match, path
        cases += [ClauseCase(match[1], case) for case in module.CASES]
    return cases


def _number_sections(path: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", path.stem)]


def judge_with_certcheck(case: Case) -> str | None:
    """Return the first problem of the holder's path, or "incomplete"; None of a path that is trusted."""
    rules = build_rules({"boj": [{"sha256": compute_sha256(ROOT)}]})
    files = [InputFile(str(number), data) for number, data in enumerate((*case.path, encode_der(ROOT)))]
    report = json.loads(inspect(files, rules, japan.parse_instant(AT)).to_json())
    chain = report["files"][0]["certificates"][0]["chain"]
    if chain["problems"]:
        return str(chain["problems"][0]["code"])
    return None if chain["status"] == "trusted" else str(chain["status"])


def judge_with_openssl(case: Case) -> str:
    """Return the error of ``openssl verify`` for a TLS client; empty where it accepts the path."""
    holder, *others = (_encode_pem(data) for data in case.path)
    seconds = int(datetime.fromisoformat(AT).timestamp())
    with tempfile.TemporaryDirectory() as folder:
        names = {"root": _encode_pem(encode_der(ROOT)), "others": b"".join(others), "holder": holder}
        for name, data in names.items():
            Path(folder, name).write_bytes(data)
        words = ["openssl", "verify", "-x509_strict", "-policy_check", "-purpose", "sslclient"]
        words += ["-attime", str(seconds), "-trusted", "root"]
        words += [*(["-untrusted", "others"] if others else []), "holder"]
        done = subprocess.run(  # noqa: S603 - our own words
            words, cwd=folder, capture_output=True, text=True, check=False
        )
    if done.returncode == 0:
        return ""
    error = re.search(r"error \d+ at \d+ depth lookup: (.+)", done.stderr)
    return error[1] if error else done.stderr.strip().splitlines()[-1]


def judge_with_library(case: Case) -> str:
    """Return the error of cryptography's verifier of TLS clients; empty where it accepts the path."""
    try:
        holder, *others = (x509.load_der_x509_certificate(data) for data in case.path)
        return find_library_error(holder, others, ROOT.certificate, datetime.fromisoformat(AT))
    except ValueError as error:  # of a certificate that it does not read
        return str(error)


def _encode_pem(data: bytes) -> bytes:
    return x509.load_der_x509_certificate(data).public_bytes(Encoding.PEM)


def format_table() -> str:
    """Format the table in Markdown; a verdict that contradicts RFC 5280 is in bold."""
    return "".join(_format_lines())


def _format_lines() -> Iterator[str]:
    yield "| clause | path | RFC 5280 | certcheck | openssl verify | cryptography |\n"
    yield "|---|---|---|---|---|---|\n"
    for clause, case in list_cases():
        own = judge_with_certcheck(case) or ""
        verdicts = [own and f"`{own}`", judge_with_openssl(case), judge_with_library(case)]
        cells = [_format_verdict(verdict, case) for verdict in verdicts]
        yield f"| {' | '.join([clause, case.drawing, 'invalid' if case.code else 'valid', *cells])} |\n"


def _format_verdict(error: str, case: Case) -> str:
    text = _PLACE.sub("", error).replace("|", "/") or "valid"
    return text if bool(error) == bool(case.code) else f"**{text}**"


if __name__ == "__main__":
    sys.stdout.write(format_table())
