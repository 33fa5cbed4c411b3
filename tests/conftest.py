"""What all tests share: Chromium, the language of messages, and how many examples the property tests try."""

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, BrowserContext, sync_playwright

# Whatever the machine's locale; what is said in Japanese is asked for by name.
os.environ["CERT_GUIDES_LANG"] = "en"

# First what Playwright leaves out by itself and these tests rely on, as the last such list counts; then the
# browser's own toolbar and address bar, pages too: each window would spend 0.4 s on those, unseen.
LEFT_OUT = [
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "OptimizationHints",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AimEnabled",
    "InitialWebUI",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup",
    "WebUIReloadButton",
    "WebUIToolbar",
]
FLAGS = [
    "--no-sandbox",  # the tests also run as root, in a container
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--disable-features={','.join(LEFT_OUT)}",
]

# A slice of the examples in every run, many in scripts/prove. The slice stays the same while nothing changes
# and does not depend on how busy the machine is.
settings.register_profile("slice", max_examples=100, deadline=None, derandomize=True)
settings.register_profile(
    "prove", max_examples=50_000, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("slice")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium: one for all tests, since Playwright's synchronous side starts once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Close a test's windows before its servers end: what a browser still asks for would fail then."""
    context = getattr(item, "funcargs", {}).get("context")
    if isinstance(context, BrowserContext):
        context.close()
