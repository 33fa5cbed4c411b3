"""What all tests share: Chromium, the language of messages, and how many examples the property tests try."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from scripts.serving.chromium import launch_chromium

# Whatever the machine's locale; what is said in Japanese is asked for by name.
os.environ["CERT_GUIDES_LANG"] = "en"

# A slice of the examples in every run, many in scripts/prove. The slice stays the same while nothing changes
# and does not depend on how busy the machine is.
settings.register_profile("slice", max_examples=100, deadline=None, derandomize=True)
settings.register_profile(
    "prove", max_examples=50_000, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("slice")


# The rooms whose tests start programs and browsers, and take the most of the time.
_LONG = ("browser", "engines", "scripts", "security", "wheels")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long: at the end, no process waits for another's last file."""
    items.sort(key=lambda item: not item.nodeid.startswith(tuple(f"tests/{room}/" for room in _LONG)))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Yield the machine's own Chromium: Playwright's synchronous side starts once."""
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright.chromium)
        yield browser
        browser.close()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Close a test's windows before its servers end: what a browser still asks for would fail then."""
    context = getattr(item, "funcargs", {}).get("context")
    if isinstance(context, BrowserContext):
        context.close()
