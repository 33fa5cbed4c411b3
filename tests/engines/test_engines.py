"""The main journey in the other two engines: Firefox (Gecko) and WebKitGTK, as Debian packages them."""

import json
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts.command import run
from scripts.serving.server import SiteServer
from scripts.site.policy import Policy
from tests.browser.conftest import policy, site  # noqa: F401  # fixtures
from tests.support import ROOT, mint

NODE = shutil.which("node") or "node"
HOLDER = mint.mint()


def free_port() -> str:
    """Return a port of the loopback address that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return str(door.getsockname()[1])


@pytest.fixture(scope="module", params=["firefox", "webkit"])
def seen(
    request: pytest.FixtureRequest,
    site: Path,  # noqa: F811  # the fixture
    policy: Policy,  # noqa: F811  # the fixture
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, Any]]:
    """Return what one engine showed on the journey, with the requests that the site's server saw."""
    folder = tmp_path_factory.mktemp(request.param)
    forged_ca = mint.mint_ca(cn=mint.BOJ)
    paths = {
        "cer": folder / "mine.cer",
        "pfx": folder / "mine.pfx",
        "forged": folder / "forged.pem",
    }
    paths["cer"].write_bytes(mint.encode_der(HOLDER))
    paths["pfx"].write_bytes(mint.build_pfx(HOLDER))
    paths["forged"].write_bytes(mint.encode_pem(forged_ca))
    display = ["xvfb-run", "--auto-servernum"] if request.param == "webkit" else []
    with SiteServer(site, policy) as server, server.serve():
        task = {
            "site": server.url,
            "cer": str(paths["cer"]),
            "pfx": str(paths["pfx"]),
            "password": mint.PASSWORD,
            "forged": [str(paths["forged"]), str(paths["cer"])],
        }
        journey = run(
            *display,
            *(NODE, ROOT / "tests/engines/journey.mjs", request.param, free_port()),
            stdin=json.dumps(task),
            timeout=300,
        )
        yield {**json.loads(journey.stdout), "engine": request.param}


def test_the_worker_shows_that_it_cannot_connect(seen: dict[str, Any]) -> None:
    """The worker's own attempt proves that its policy stops every connection; the page's fetch is stopped."""
    assert (seen["connection"], seen["fetch"]) == ("blocked", "stopped"), seen["version"]


@pytest.mark.parametrize("file", ["cer", "pfx"])
def test_the_verdict(seen: dict[str, Any], file: str) -> None:
    """A .cer, and a .pfx with its password, come to the certificate and to one verdict in every engine."""
    (card,) = seen[file]
    assert card["sha256"] == mint.compute_sha256(HOLDER)
    assert card["verdict"] == seen["cer"][0]["verdict"]


def test_a_forged_ca_beside_a_genuine_file(seen: dict[str, Any]) -> None:
    """The genuine certificate's verdict is the same beside a CA that has only the issuer's name."""
    genuine = next(card for card in seen["forged"] if card["sha256"] == mint.compute_sha256(HOLDER))
    assert genuine["headline"] == seen["cer"][0]["headline"]


def test_the_checker_in_a_guides_step(seen: dict[str, Any]) -> None:
    """Opened in a step, the checker seals the guide in every engine, and answers about the file."""
    assert seen["step"] == {
        "connection": "blocked",
        "fetch": "stopped",
        "sha256": mint.compute_sha256(HOLDER),
    }


def test_a_guide(seen: dict[str, Any]) -> None:
    """A guide shows its title and its steps."""
    assert "更新" in seen["guide"]
    assert seen["steps"] >= 5
