"""What is known to be vulnerable, asked of a server of this machine that answers in OSV's format."""

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override  # typing has it from Python 3.12 on

from scripts.command import run
from scripts.editing.advisories import (
    Component,
    Examined,
    audit_shipped,
    list_components,
    load_examined,
)
from scripts.editing.freshness_network import judge_openssl
from tests.support import ROOT

Json = dict[str, Any]
NOTHING = Examined(frozenset(), frozenset())
OPENSSL = Component("Debian:13", "openssl", "3.5.7-1~deb13u2")
CRYPTOGRAPHY = Component("PyPI", "cryptography", "50.0.2")


def build_advisory(name: str, component: Component, fixed: str | None, **fields: object) -> Json:
    """Return an advisory as OSV's schema 1.7 has it, ranges in the package's own versions and in commits."""
    events = [{"introduced": "0"}, *([{"fixed": fixed}] if fixed else [])]
    package = {"ecosystem": component.ecosystem, "name": component.package, "purl": "pkg:generic/x"}
    ranges = [
        {"type": "ECOSYSTEM", "events": events},
        {
            "type": "GIT",
            "repo": "https://git.example/x",
            "events": [{"introduced": "0"}, {"fixed": "c0ffee"}],
        },
    ]
    of_other = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "9"}]}]
    other = {"package": {**package, "name": "other"}, "ranges": of_other}
    affected = [{"package": package, "ranges": ranges}, other]
    return {
        "schema_version": "1.7.0",
        "id": name,
        "modified": "2026-10-01T00:00:00Z",
        "affected": affected,
    } | fields


class OsvServer(ThreadingHTTPServer):
    """Answers POST /v1/query with the advisories of a package, one a page.

    Attributes:
        advisories: by the package's name.
        queries: that were sent.
    """

    def __init__(self) -> None:
        """Begin without any advisory."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.advisories: dict[str, list[Json]] = {}
        self.queries: list[Json] = []

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: OsvServer

    def do_POST(self) -> None:
        query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.queries.append(query)
        assert self.path == "/v1/query"
        package = query["package"]
        advisories = self.server.advisories.get(package.get("name") or package["purl"], [])
        page = int(query.get("page_token", "0"))
        answer: Json = {"vulns": advisories[page : page + 1]} if advisories else {}
        if page + 1 < len(advisories):
            answer["next_page_token"] = str(page + 1)
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Write nothing."""


@pytest.fixture
def osv() -> Iterator[OsvServer]:
    """Run the server while the test runs."""
    with OsvServer() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


def test_a_mended_vulnerability_of_what_is_shipped(osv: OsvServer) -> None:
    """It is named with its version, and with the versions that mend it, no commit among them."""
    osv.advisories["cryptography"] = [
        build_advisory("GHSA-a", CRYPTOGRAPHY, "51.0.0", aliases=["CVE-2026-1"])
    ]
    vulnerable, total = audit_shipped([CRYPTOGRAPHY, OPENSSL], osv.url, NOTHING)
    assert (vulnerable.state, vulnerable.subject) == ("vulnerable", "cryptography 50.0.2")
    assert vulnerable.values == {"id": "CVE-2026-1, GHSA-a", "fixed": ["51.0.0"]}
    assert (total.state, total.values) == ("good", {"count": 2})
    package = {"ecosystem": "Debian:13", "name": "openssl"}
    assert {"version": "3.5.7-1~deb13u2", "package": package} in osv.queries


def test_a_crate_is_asked_for_by_its_package_url(osv: OsvServer) -> None:
    """Crates have no name of an ecosystem here: the query and the match go by the package URL."""
    crate = Component("cargo", "pyo3", "0.27.0")
    package = {"ecosystem": "any", "name": "pyo3", "purl": "pkg:cargo/pyo3"}
    advisory = build_advisory("RUSTSEC-a", crate, "0.28.0")
    advisory["affected"][0]["package"] = package
    osv.advisories["pkg:cargo/pyo3"] = [advisory]
    vulnerable, _total = audit_shipped([crate], osv.url, NOTHING)
    assert (vulnerable.state, vulnerable.values) == ("vulnerable", {"id": "RUSTSEC-a", "fixed": ["0.28.0"]})


def test_every_page_of_an_answer_is_read(osv: OsvServer) -> None:
    """What is withdrawn counts for nothing; what nobody has mended needs someone and is no failure."""
    osv.advisories["openssl"] = [
        build_advisory("CVE-2026-1", OPENSSL, "3.5.9", withdrawn="2026-10-02T00:00:00Z"),
        build_advisory("CVE-2026-2", OPENSSL, None),
        build_advisory("CVE-2026-3", OPENSSL, "3.5.9"),
    ]
    findings = audit_shipped([OPENSSL], osv.url, NOTHING)
    assert [(finding.state, finding.values.get("id")) for finding in findings] == [
        ("stale", "CVE-2026-2"),
        ("vulnerable", "CVE-2026-3"),
        ("good", None),
    ]


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"upstream": ["CVE-2026-1"]}, "good"),
        ({"upstream": ["CVE-2026-1", "CVE-2026-2"]}, "vulnerable"),
        ({"aliases": ["CVE-2026-1"]}, "good"),
        ({"upstream": []}, "vulnerable"),
    ],
)
def test_what_was_examined_is_no_failure(osv: OsvServer, fields: Json, state: str) -> None:
    """By any of its names; a distribution's advisory only when all that it mends was examined."""
    osv.advisories["openssl"] = [build_advisory("DSA-6000-1", OPENSSL, "3.5.7-1~deb13u3", **fields)]
    examined = Examined(frozenset({"CVE-2026-1"}), frozenset())
    assert audit_shipped([OPENSSL], osv.url, examined)[0].state == state


def test_a_server_that_cannot_be_asked_is_told() -> None:
    """Neither good news nor a failure."""
    nowhere = "http://127.0.0.1:9"  # the port of RFC 863, which nobody serves here
    (finding,) = audit_shipped([OPENSSL], nowhere, NOTHING)
    assert finding.state == "unknown"


def test_everything_in_the_wheels_is_asked_about() -> None:
    """The four by name, under Debian's release for OpenSSL, and each linked crate that Debian packages."""
    components = list_components(ROOT)
    assert [(component.ecosystem, component.package) for component in components[:4]] == [
        ("PyPI", "cryptography"),
        ("PyPI", "cffi"),
        ("npm", "pyodide"),
        ("Debian:13", "openssl"),
    ]
    crates = {component.package for component in components[4:]}
    assert {"asn1", "openssl", "pyo3"} <= crates
    assert {component.ecosystem for component in components[4:]} == {"cargo"}
    assert not [component for component in components if not component.version[0].isdigit()]


def test_the_command_fails_where_a_vulnerability_is_mended_elsewhere(osv: OsvServer, tmp_path: Path) -> None:
    """With its own exit status, 3, and the finding in its report; also while the facts are fresh.

    Neither links nor registries answer here, which is told and changes nothing.
    """
    (pyodide,) = (component for component in list_components(ROOT) if component.package == "pyodide")
    osv.advisories["pyodide"] = [build_advisory("GHSA-pyodide", pyodide, "999.0.0")]
    nowhere = {
        "http_proxy": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
        "no_proxy": "127.0.0.1",
    }
    offline = {
        "PIP_NO_INDEX": "1",
        "npm_config_offline": "true",
        "HOME": str(tmp_path),
        "PATH": str(tmp_path),
    }
    words = ("--network", "--json", "--lang", "en", "--day", "2026-11-30", "--osv", osv.url)
    module = (sys.executable, "-m", "scripts.editing.freshness_report")
    done = run(*module, *words, env={**nowhere, **offline}, check=False)
    assert done.returncode == 3, done.stderr
    report = json.loads(done.stdout)
    (finding,) = (finding for finding in report["findings"] if finding["state"] == "vulnerable")
    assert finding["says"] == "GHSA-pyodide; mended in 999.0.0"


# As apt-cache writes it, with the security suite of Debian 13 on 30 November 2026.
MADISON = """\
   openssl | 3.5.9-1~deb13u1 | http://mirror.example/debian trixie/main amd64 Packages
   openssl | 3.5.7-1~deb13u3 | http://mirror.example/debian-security trixie-security/main amd64 Packages
   openssl | 3.5.7-1~deb13u2 | http://mirror.example/debian trixie/main Sources
"""


@pytest.mark.parametrize(
    ("committed", "fixes", "state"),
    [
        ("3.5.7-1~deb13u2", {("OpenSSL", "3.5.7-1~deb13u3")}, "stale"),
        ("3.5.7-1~deb13u2", set(), "vulnerable"),
        ("3.5.7-1~deb13u3", set(), "stale"),
        ("3.5.9-1~deb13u1", set(), "good"),
    ],
)
def test_a_security_update_of_debian_is_a_failure(
    committed: str, fixes: set[tuple[str, str]], state: str
) -> None:
    """Without any other source: what comes by the security suite mends a vulnerability, unless examined."""
    assert judge_openssl(committed, MADISON, "trixie", Examined(frozenset(), frozenset(fixes))).state == state


def test_the_table_of_examined_advisories_is_read() -> None:
    """Every row with its four cells; a row that is written otherwise would silently not count."""
    table = (ROOT / "docs-dev/advisories.md").read_text(encoding="utf-8")
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    examined = load_examined(ROOT)
    assert len(examined.ids) == len(rows)
    assert all(row.count(" | ") == 3 for row in rows)
    assert {component for component, _ in examined.fixes} <= {"OpenSSL", "cryptography", "Pyodide"}
