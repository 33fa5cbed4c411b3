"""Scripts by their hashes, and the header by which Chromium runs no other."""

import hashlib
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scripts.serving.server import SiteServer
from scripts.site.integrity import IntegrityError, format_integrity, insert_integrity
from scripts.site.policy import Policy
from tests.browser import checker

_TAG = re.compile(r'<script\b[^>]*\ssrc="(?P<address>[^"]+)"(?P<rest>[^>]*)>')
PLANTED = "document.documentElement.dataset.planted = 'ran';\n"

# Copying, and the versions of Windows and browser for the helpdesk's summary.
GRANTED = {
    "ch-ua-full-version-list",
    "ch-ua-high-entropy-values",
    "ch-ua-platform-version",
    "clipboard-write",
}


@pytest.fixture
def own_site(site: Path, tmp_path: Path) -> Path:
    """Copy the site, for a test to change."""
    return Path(shutil.copytree(site, tmp_path / "site", copy_function=os.link))


def replace_file(path: Path, text: str) -> None:
    """Replace a file of the copy, not the file that it is a link to."""
    path.unlink(missing_ok=True)
    path.write_text(text, encoding="utf-8")


def plant(site: Path, attributes: str) -> None:
    """Put a script of the site's own into the Japanese checker's page, with these attributes."""
    (app,) = site.glob("assets/*/check.mjs")
    replace_file(app.with_name("planted.mjs"), PLANTED)
    page = site / "check/index.html"
    tag = f'<script type="module" src="../assets/{app.parent.name}/planted.mjs"{attributes}></script></body>'
    replace_file(page, page.read_text(encoding="utf-8").replace("</body>", tag))


def test_every_script_names_its_hash(site: Path) -> None:
    """In every page, those that only lead on included; the file below the address has that hash."""
    counts: dict[str, int] = {}
    for page in site.rglob("*.html"):
        for tag in _TAG.finditer(page.read_text(encoding="utf-8")):
            script = (page.parent / tag["address"]).resolve()
            digest = format_integrity(hashlib.sha256(script.read_bytes()).hexdigest())
            assert f'integrity="{digest}"' in tag["rest"], page
            counts[script.name] = counts.get(script.name, 0) + 1
    assert counts["check.mjs"] == 2
    assert counts["site.mjs"] > 10


def test_a_script_without_a_known_hash_ends_the_build() -> None:
    """No page can load what the build did not write, or what another site has."""
    hashes = {"assets/a/site.mjs": "00" * 32}
    page = '<script type="module" src="../assets/a/site.mjs"></script>'
    assert f' integrity="sha256-{"A" * 43}="' in insert_integrity(page, "boj/index.html", hashes)
    for address in ("../assets/a/other.mjs", "https://cdn.example/assets/a/site.mjs", "assets/a/site.mjs"):
        with pytest.raises(IntegrityError, match="no known hash"):
            insert_integrity(page.replace("../assets/a/site.mjs", address), "boj/index.html", hashes)


@pytest.mark.parametrize("has_headers", [True, False], ids=["headers", "no-headers"])
def test_a_changed_script_does_not_run(
    page: Page, own_site: Path, policy: Policy, complaints: list[str], *, has_headers: bool
) -> None:
    """The checker's page stays as it was sent, on every host: it names the script's hash itself."""
    (script,) = own_site.glob("assets/*/check.mjs")
    replace_file(script, PLANTED + script.read_text(encoding="utf-8"))
    if not has_headers:
        bare = tuple(replace(page_class, csp="", headers={}) for page_class in policy.classes)
        policy = replace(policy, headers={}, classes=bare)
    with SiteServer(own_site, policy) as server, server.serve():
        page.goto(f"{server.url}check/", wait_until="networkidle")
        expect(page.locator("#checker .check-idle")).to_be_visible()
        expect(page.locator("html")).not_to_have_attribute("data-planted", "ran")
    assert any("integrity" in complaint for complaint in complaints)
    complaints.clear()


def test_chromium_refuses_a_script_without_integrity(
    page: Page, own_site: Path, policy: Policy, complaints: list[str]
) -> None:
    """The same script, unchanged, runs with its hash, and without one only where the header is missing."""
    digest = format_integrity(hashlib.sha256(PLANTED.encode()).hexdigest())
    without_header = replace(
        policy,
        classes=tuple(
            replace(
                page_class,
                headers={
                    name: value for name, value in page_class.headers.items() if name != "Integrity-Policy"
                },
            )
            for page_class in policy.classes
        ),
    )
    original = (own_site / "check/index.html").read_text(encoding="utf-8")
    for attributes, headers, has_run in (
        ("", policy, False),
        (f' integrity="{digest}"', policy, True),
        ("", without_header, True),
    ):
        replace_file(own_site / "check/index.html", original)
        plant(own_site, attributes)
        with SiteServer(own_site, headers) as server, server.serve():
            page.goto(f"{server.url}check/", wait_until="networkidle")
            assert page.evaluate("document.documentElement.dataset.planted === 'ran'") is has_run
        complaints.clear()


def test_the_worker_from_a_blob_starts_under_the_header(page: Page, server: SiteServer) -> None:
    """Worker and runtime come from this tab's memory, which the header lets through; a verdict is reached."""
    response = page.goto(f"{server.url}check/")
    assert response
    assert response.header_value("Integrity-Policy") == "blocked-destinations=(script)"
    expect(page.locator("[data-connection=blocked]")).to_be_visible(timeout=checker.LONG)


@pytest.mark.parametrize("below", ["", "en/boj/renew/", "check/", "none"])
def test_every_feature_that_the_page_does_not_use_is_denied(
    page: Page, server: SiteServer, policy: Policy, below: str, complaints: list[str]
) -> None:
    """Of all that this Chromium knows: a new one in it has to be added to deploy/policy.yaml."""
    page.goto(server.url + below)
    known = page.evaluate("document.featurePolicy.features()")
    header = policy.find_class("index.html").headers["Permissions-Policy"]
    denied = {feature.removesuffix("=()") for feature in header.split(", ")}
    assert set(known) - denied == GRANTED
    assert set(page.evaluate("document.featurePolicy.allowedFeatures()")) == GRANTED
    if below == "none":
        complaints.clear()  # the page itself was answered with 404
