"""The machine's own Chromium, as measurements, proofs and tests start it; it asks no host by itself."""

import shutil
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, BrowserType

# First what Playwright disables by itself and these programs rely on, as the last such list counts; then the
# browser's own toolbar and address bar, pages too: each window would spend 0.4 s on those, unseen.
_DISABLED_FEATURES = (
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
)
FLAGS = (
    "--no-sandbox",  # it also runs as root, in a container
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--disable-features={','.join(_DISABLED_FEATURES)}",
)


def find_chromium() -> str:
    """Return the path of the program.

    Raises:
        FileNotFoundError: it is not on the PATH.
    """
    program = shutil.which("chromium")
    if program is None:
        raise FileNotFoundError("chromium is not on the PATH: scripts/test installs Debian's")
    return program


def launch_chromium(browser_type: BrowserType, *flags: str) -> Browser:
    """Start it.

    Args:
        browser_type: Playwright's ``chromium``.
        flags: more of them.
    """
    return browser_type.launch(executable_path=find_chromium(), args=[*FLAGS, *flags])


def launch_profile(browser_type: BrowserType, folder: Path) -> BrowserContext:
    """Start it with a profile on disk, as a person has one; closing the context ends it.

    Args:
        browser_type: Playwright's ``chromium``.
        folder: holds the profile; an empty one has seen nothing.
    """
    return browser_type.launch_persistent_context(folder, executable_path=find_chromium(), args=[*FLAGS])
