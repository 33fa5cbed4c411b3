"""Looks for a file's secrets in the memory of the browser's process, which no page can wipe.

A finding, not a promise: browsers, Python and OpenSSL copy what they work on and overwrite little of it. What
counts is what is left once "clear" was pressed, and once the tab is closed.
"""

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from playwright.sync_api import CDPSession, FilePayload, Page, expect, sync_playwright

from scripts import ROOT
from scripts.serving.chromium import launch_profile
from scripts.serving.server import SiteServer
from scripts.site.policy import load_policy
from tests.support import mint

PASSWORD = "An unlikely p4ssword of scripts/prove"  # noqa: S105  # of a file that is minted here
LONG = 60_000


def secrets_of(identity: mint.Identity, data: bytes) -> dict[str, bytes]:
    """What to look for, by the name that the report gives it."""
    if not isinstance(identity.key, ec.EllipticCurvePrivateKey):
        raise TypeError("the secret of another kind of key lies elsewhere")
    scalar = identity.key.private_numbers().private_value.to_bytes(32, "big")
    encoded = identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    if scalar not in encoded:
        raise ValueError("the key is not encoded as expected")
    return {
        "password": PASSWORD.encode(),
        "password in UTF-16": PASSWORD.encode("utf-16-le"),
        "private key": scalar,
        "file": data[60:124],
    }


def places(pids: list[int], wanted: Mapping[str, bytes]) -> dict[str, int]:
    """How often each secret lies in memory that these processes may write to (Linux: proc(5))."""
    found = dict.fromkeys(wanted, 0)
    for pid in pids:
        maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines()
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            for line in maps:
                span, rights, *_ = line.split()
                start, end = (int(part, 16) for part in span.split("-"))
                if rights.startswith("rw"):
                    for name, count in _count(memory.fileno(), start, end, wanted).items():
                        found[name] += count
    return found


def _count(memory: int, start: int, end: int, wanted: Mapping[str, bytes]) -> dict[str, int]:
    """The same for one stretch, in pieces; what lies across two of them counts once."""
    piece, found, before = 1 << 24, dict.fromkeys(wanted, 0), b""
    for at in range(start, end, piece):
        try:
            data = before + os.pread(memory, min(piece, end - at), at)
        except OSError:
            before = b""  # reserved, and never given memory
            continue
        for name, secret in wanted.items():
            found[name] += data.count(secret) - before.count(secret)
        before = data[-200:]
    return found


def renderers(session: CDPSession) -> list[int]:
    """The processes in which pages and their workers run."""
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    return [process["id"] for process in processes if process["type"] == "renderer"]


def _show_verdict(page: Page, url: str, data: bytes) -> None:
    page.goto(f"{url}check/")
    expect(page.locator("[data-connection=blocked]")).to_be_visible(timeout=LONG)
    page.set_input_files("#file", FilePayload(name="x.pfx", mimeType="", buffer=data))
    expect(page.locator("form.password input")).to_be_focused(timeout=LONG)
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".card")).to_be_visible(timeout=LONG)


def finding(site: Path) -> str:
    """One line: how often each secret was found, at three moments.

    Args:
        site: a built site, of which ``build/headers.json`` is the policy.
    """
    if sys.platform != "linux":
        return "not looked at: another process's memory is read by Linux' /proc"
    identity = mint.mint()
    data = mint.pfx(identity, password=PASSWORD)
    wanted = secrets_of(identity, data)
    with (
        sync_playwright() as playwright,
        SiteServer(site, load_policy(ROOT / "build/headers.json")) as server,
        server.serve(),
        tempfile.TemporaryDirectory() as profile,
    ):
        browser = launch_profile(playwright.chromium, Path(profile))
        page = browser.new_page()
        if browser.browser is None:
            raise RuntimeError("the browser has no session of its own")
        session = browser.browser.new_browser_cdp_session()
        _show_verdict(page, server.url, data)
        moments = {"verdict shown": places(renderers(session), wanted)}
        page.locator("#checker > p > button").click()
        expect(page.locator("#cleared")).not_to_be_empty()
        moments["cleared"] = places(renderers(session), wanted)
        page.close()
        moments["tab closed"] = places(renderers(session), wanted)
        browser.close()
    return "; ".join(
        f"{name}: {', '.join(f'{moment} {found[name]}' for moment, found in moments.items())}"
        for name in wanted
    )


if __name__ == "__main__":
    print(finding(Path(sys.argv[1])))
