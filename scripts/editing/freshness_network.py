"""What only a network can tell: whether links answer, and which releases of what is shipped are current.

Releases are asked through pip, npm and apt as they are configured; no registry is named here.
"""

import json
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from macros.model.evidence import Fact, Text, walk
from macros.model.facts import Facts
from macros.model.guides import Copyable
from macros.upkeep.freshness import Finding

_LINK = re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?:/[^\s)」』、。`]*)?", re.ASCII)
_SECONDS = 20
_AT_ONCE = 8
# A server that wants a certificate or a login is there.
_PRESENT = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED}


def addresses(facts: Facts) -> dict[str, list[str]]:
    """Every address of another site that the facts name, with the guides or authorities that name it."""
    found: dict[str, dict[str, None]] = {}
    models: list[tuple[str, Fact]] = [(page.ref, page.guide) for page in facts.pages]
    models += [(folder.id, folder.authority) for folder in facts.authorities]
    for ref, model in models:
        for _, part in walk(model):
            words = part.ja if isinstance(part, Text) else part.value if isinstance(part, Copyable) else ""
            for address in _LINK.findall(words):
                found.setdefault(address, {})[ref] = None
    return {address: list(refs) for address, refs in sorted(found.items())}


def link_findings(links: dict[str, list[str]]) -> list[Finding]:
    """Whether each answers. Where not one does for want of a connection, the fault is taken to be here."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = dict(zip(links, pool.map(_answer, links), strict=True))
    if all(isinstance(answer, str) for answer in answers.values()):
        return [
            Finding("link", address, "unknown", "link.no-network", {"reason": answer})
            for address, answer in answers.items()
        ]
    return [_link(address, answers[address], places) for address, places in links.items()]


def _link(address: str, answer: int | str, places: list[str]) -> Finding:
    if isinstance(answer, int) and (answer < HTTPStatus.BAD_REQUEST or answer in _PRESENT):
        return Finding("link", address, "good", "link.answers", {"status": answer})
    return Finding("link", address, "stale", "link.fails", {"reason": answer, "places": places})


def _answer(address: str) -> int | str:
    """The status of the answer; why there is none."""
    request = Request(address, headers={"User-Agent": "cert-guides scripts/freshness"})  # noqa: S310  # http(s) only
    try:
        with urlopen(request, timeout=_SECONDS) as response:  # noqa: S310  # the same
            return int(response.status)
    except HTTPError as error:
        return error.code
    except URLError as error:
        return str(error.reason)
    except OSError as error:
        return str(error)


def component_findings(root: Path) -> list[Finding]:
    """The committed versions, as the wheels' provenance has them, beside the current releases."""
    inputs = json.loads((root / "wasm/wheels/provenance.json").read_bytes())["inputs"]
    pyodide = inputs["pyodide"]["version"]
    npm = _said("npm", "view", inputs["pyodide"]["npm_package"], "version")
    pip = _said(sys.executable, "-m", "pip", "index", "versions", "cryptography")
    versions = re.search(r"^cryptography \(([\w.]+)\)", pip)
    return [
        release("Pyodide", pyodide, npm if re.fullmatch(r"[\d.]+", npm) else None),
        release("cryptography", inputs["cryptography"], versions[1] if versions else None),
        _openssl(root, inputs["debian_sources"]),
    ]


def release(name: str, committed: str, current: str | None) -> Finding:
    """The committed version beside the current one; None where that cannot be asked."""
    if current is None:
        return Finding("component", name, "unknown", "component.unknown", {"committed": committed})
    newer = _numbers(current) > _numbers(committed)
    return Finding(
        "component",
        name,
        "stale" if newer else "good",
        "component.older" if newer else "component.current",
        {"committed": committed, "current": current},
    )


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]


def _openssl(root: Path, sources: list[dict[str, str]]) -> Finding:
    """It comes from Debian's sources: neither pip nor npm knows it, only the apt of that Debian does."""
    committed = next(_debian_versions(sources))
    pinned = (root / "wasm/wheels/versions.env").read_text(encoding="utf-8")
    suite = re.findall(r"^SOURCES_SUITE=(\w+)$", pinned, re.MULTILINE)
    current = None
    if _codename() in suite:
        offered = re.findall(
            r"^\s*openssl \| (\S+) \|", _said("apt-cache", "madison", "openssl"), re.MULTILINE
        )
        current = max(offered, key=_numbers, default=None)
    if current is None:
        values = {"committed": committed, "suite": ", ".join(suite)}
        return Finding("component", "OpenSSL", "unknown", "component.openssl-unknown", values)
    return release("OpenSSL", committed, current)


def _debian_versions(sources: list[dict[str, str]]) -> Iterator[str]:
    for source in sources:
        if match := re.fullmatch(r"openssl_(.+)\.dsc", source["file"]):
            yield match[1]


def _codename() -> str | None:
    try:
        return platform.freedesktop_os_release().get("VERSION_CODENAME")
    except OSError:  # no such file: not Debian
        return None


def _said(*command: str) -> str:
    """What a program printed; nothing where it is missing, fails or does not end."""
    try:
        done = subprocess.run(  # noqa: S603  # no word is a stranger's
            command, capture_output=True, text=True, check=True, timeout=3 * _SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()
