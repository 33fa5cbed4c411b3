"""Look for a file's secrets in the memory of the browser's process, which no page can wipe.

A finding, not a promise: browsers, Python and OpenSSL copy what they work on and overwrite little of it. What
counts is what is left once "clear" was pressed, and once the tab is closed.
"""

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from playwright.sync_api import CDPSession, FilePayload, Page, expect, sync_playwright

from scripts.measuring.sample_files import SampleHolder, mint_holder
from scripts.serving.chromium import launch_profile
from scripts.serving.server import SiteServer
from scripts.site.policy import load_resolved_policy

PASSWORD = "An unlikely p4ssword of scripts/prove"  # noqa: S105  # of a file that is minted here
# Milliseconds that the checker may take to start.
LONG = 60_000
# Bytes of memory that are searched at a time, and more than any secret has.
_PIECE, _OVERLAP = 1 << 24, 200


def list_secrets(holder: SampleHolder, file: bytes) -> dict[str, bytes]:
    """Return the secrets of a file by the names that the report gives them.

    Raises:
        TypeError: the key is not one of elliptic curves.
        ValueError: it is not encoded as expected.
    """
    if not isinstance(holder.key, ec.EllipticCurvePrivateKey):
        raise TypeError("the secret of another kind of key lies elsewhere")
    scalar = holder.key.private_numbers().private_value.to_bytes(32, "big")
    encoded = holder.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    if scalar not in encoded:
        raise ValueError("the key is not encoded as expected")
    return {
        "password": PASSWORD.encode(),
        "password in UTF-16": PASSWORD.encode("utf-16-le"),
        "private key": scalar,
        "file": file[60:124],
    }


def count_in_processes(pids: list[int], secrets: Mapping[str, bytes]) -> dict[str, int]:
    """Count how often each secret lies in memory that these processes may write to (Linux: proc(5))."""
    counts = Counter(dict.fromkeys(secrets, 0))
    for pid in pids:
        maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines()
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            for line in maps:
                span, rights, *_ = line.split()
                start, end = (int(part, 16) for part in span.split("-"))
                if rights.startswith("rw"):
                    counts.update(_count_in_span(memory.fileno(), start, end, secrets))
    return counts


def _count_in_span(memory: int, start: int, end: int, secrets: Mapping[str, bytes]) -> dict[str, int]:
    """Count in one stretch of memory, in pieces; a secret that lies across two of them counts once."""
    counts, before = dict.fromkeys(secrets, 0), b""
    for address in range(start, end, _PIECE):
        try:
            data = before + os.pread(memory, min(_PIECE, end - address), address)
        except OSError:
            before = b""  # reserved, and never given memory
            continue
        for name, secret in secrets.items():
            counts[name] += data.count(secret) - before.count(secret)
        before = data[-_OVERLAP:]
    return counts


def list_renderers(session: CDPSession) -> list[int]:
    """List the processes in which pages and their workers run."""
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    return [process["id"] for process in processes if process["type"] == "renderer"]


def _show_verdict(page: Page, url: str, file: bytes) -> None:
    page.goto(f"{url}check/")
    expect(page.locator("[data-connection=blocked]")).to_be_visible(timeout=LONG)
    page.set_input_files("#file", FilePayload(name="x.pfx", mimeType="", buffer=file))
    expect(page.locator("form.check-password input")).to_be_focused(timeout=LONG)
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".check-card")).to_be_visible(timeout=LONG)


def describe_secrets(site: Path) -> str:
    """Return one line: how often each secret is in memory, at three moments.

    Args:
        site: a built site, of which ``build/headers.json`` is the policy.
    """
    if sys.platform != "linux":
        return "not looked at: another process's memory is read by Linux' /proc"
    holder = mint_holder(ec.generate_private_key(ec.SECP256R1()))
    file = holder.encode_pfx(PASSWORD)
    secrets = list_secrets(holder, file)
    with (
        sync_playwright() as playwright,
        SiteServer(site, load_resolved_policy()) as server,
        server.serve(),
        tempfile.TemporaryDirectory() as profile,
    ):
        browser = launch_profile(playwright.chromium, Path(profile))
        page = browser.new_page()
        if browser.browser is None:
            raise RuntimeError("the browser has no session of its own")
        session = browser.browser.new_browser_cdp_session()
        _show_verdict(page, server.url, file)
        moments = {"verdict shown": count_in_processes(list_renderers(session), secrets)}
        page.get_by_role("button", name="すべて消す").click()
        expect(page.locator("#cleared")).not_to_be_empty()
        moments["cleared"] = count_in_processes(list_renderers(session), secrets)
        page.close()
        moments["tab closed"] = count_in_processes(list_renderers(session), secrets)
        browser.close()
    lines = []
    for name in secrets:
        counts = ", ".join(f"{moment} {count[name]}" for moment, count in moments.items())
        lines.append(f"{name}: {counts}")
    return "; ".join(lines)


if __name__ == "__main__":
    print(describe_secrets(Path(sys.argv[1])))
