"""What only a network can tell: whether links answer, and which releases of what is shipped are current.

Releases are asked through pip, npm and apt as they are configured; no registry is named here.
"""

import json
import platform
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError, URLError

from macros.model.evidence import Fact, Text, walk
from macros.model.facts import Facts
from macros.model.guides import Copyable
from macros.upkeep.freshness import Finding
from scripts.command import CommandError, run
from scripts.editing.advisories import Examined, find_openssl_version, load_examined
from scripts.editing.web_request import open_address

_LINK = re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?:/[^\s)」』、。`]*)?", re.ASCII)
# Seconds that a server may take, and a program.
_SERVER_TIMEOUT, _PROGRAM_TIMEOUT = 20, 60
# Requests at a time.
_THREADS = 8
# A server that wants a certificate or a login is there.
_PRESENT = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED}


def list_links(facts: Facts) -> dict[str, list[str]]:
    """List every address of another site that the facts name, with guides or authorities that name it."""
    links: dict[str, dict[str, None]] = {}
    models: list[tuple[str, Fact]] = [(page.ref, page.guide) for page in facts.pages]
    models += [(folder.id, folder.authority) for folder in facts.authorities]
    for ref, model in models:
        for _, part in walk(model):
            words = part.ja if isinstance(part, Text) else part.value if isinstance(part, Copyable) else ""
            for address in _LINK.findall(words):
                links.setdefault(address, {})[ref] = None
    return {address: list(refs) for address, refs in sorted(links.items())}


def check_links(links: dict[str, list[str]]) -> list[Finding]:
    """Check that every link answers.

    Where none does for want of a connection, the fault is taken to be here.
    """
    with ThreadPoolExecutor(_THREADS) as pool:
        answers = dict(zip(links, pool.map(_request_status, links), strict=True))
    if all(isinstance(answer, str) for answer in answers.values()):
        return [
            Finding("link", address, "unknown", "link.no-network", {"reason": answer})
            for address, answer in answers.items()
        ]
    return [_judge_link(address, answers[address], places) for address, places in links.items()]


def _judge_link(address: str, answer: int | str, places: list[str]) -> Finding:
    if isinstance(answer, int) and (answer < HTTPStatus.BAD_REQUEST or answer in _PRESENT):
        return Finding("link", address, "good", "link.answers", {"status": answer})
    return Finding("link", address, "stale", "link.fails", {"reason": answer, "places": places})


def _request_status(address: str) -> int | str:
    """Return the status of the answer, or the reason why there is none."""
    agent = {"User-Agent": "cert-guides scripts/freshness"}
    try:
        with open_address(address, headers=agent, timeout=_SERVER_TIMEOUT) as response:
            return response.status
    except HTTPError as error:
        return error.code
    except URLError as error:
        return str(error.reason)
    except OSError as error:
        return str(error)


def compare_components(root: Path) -> list[Finding]:
    """Compare the committed versions, as the wheels' provenance has them, with the current releases."""
    inputs = json.loads((root / "wasm/wheels/provenance.json").read_bytes())["inputs"]
    pyodide = inputs["pyodide"]["version"]
    npm = _read_output("npm", "view", inputs["pyodide"]["npm_package"], "version")
    pip = _read_output(sys.executable, "-m", "pip", "index", "versions", "cryptography")
    versions = re.search(r"^cryptography \(([\w.]+)\)", pip)
    return [
        compare_release("Pyodide", pyodide, npm if re.fullmatch(r"[\d.]+", npm) else None),
        compare_release("cryptography", inputs["cryptography"], versions[1] if versions else None),
        _compare_openssl(root, find_openssl_version(inputs)),
    ]


def compare_release(name: str, committed: str, current: str | None) -> Finding:
    """Compare the committed version with the current one; None where that is not known."""
    if current is None:
        return Finding("component", name, "unknown", "component.unknown", {"committed": committed})
    is_newer = _parse_numbers(current) > _parse_numbers(committed)
    return Finding(
        "component",
        name,
        "stale" if is_newer else "good",
        "component.older" if is_newer else "component.current",
        {"committed": committed, "current": current},
    )


def _parse_numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]


def _compare_openssl(root: Path, committed: str) -> Finding:
    """Compare OpenSSL with what apt offers: it comes from the sources of a Debian, whose apt alone does."""
    pinned = (root / "wasm/wheels/versions.env").read_text(encoding="utf-8")
    suites = re.findall(r"^SOURCES_SUITE=(\w+)$", pinned, re.MULTILINE)
    offers = _read_output("apt-cache", "madison", "openssl") if _read_codename() in suites else ""
    return judge_openssl(committed, offers, ", ".join(suites), load_examined(root))


def judge_openssl(committed: str, offers: str, suite: str, examined: Examined) -> Finding:
    """Judge the committed version by what apt offers.

    Args:
        committed: Debian's version.
        offers: the lines of ``apt-cache madison openssl``.
        suite: name of the Debian that the sources are from.
        examined: a version of the security suite mends a vulnerability, unless it stands here.
    """
    rows = [line.split(" | ") for line in offers.splitlines() if line.count(" | ") > 1]
    if not rows:
        values = {"committed": committed, "suite": suite}
        return Finding("component", "OpenSSL", "unknown", "component.openssl-unknown", values)
    newer = [row for row in rows if _parse_numbers(row[1]) > _parse_numbers(committed)]
    for _, version, source, *_ in newer:
        if "-security" in source and ("OpenSSL", version.strip()) not in examined.fixes:
            values = {"committed": committed, "current": version.strip()}
            return Finding("component", "OpenSSL", "vulnerable", "component.security-update", values)
    return compare_release("OpenSSL", committed, max((row[1].strip() for row in rows), key=_parse_numbers))


def _read_codename() -> str | None:
    try:
        return platform.freedesktop_os_release().get("VERSION_CODENAME")
    except OSError:  # no such file: not Debian
        return None


def _read_output(*command: str) -> str:
    """Return what a program prints; nothing where it is missing, fails or does not end."""
    try:
        return run(*command, timeout=_PROGRAM_TIMEOUT).stdout.strip()
    except CommandError:
        return ""
