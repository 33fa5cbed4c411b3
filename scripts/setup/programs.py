"""Programs that only tests and measurements need: where Debian's root runs them, they are installed."""

import os
import shutil
import subprocess
from pathlib import Path

from macros.model.language import Message
from scripts.command import call
from scripts.setup import messages
from scripts.setup.messages import SetupError, tell
from scripts.setup.system import has_all_rights

_BROTLI_FILE = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


def provide_browser() -> None:
    """Have a real browser, and a font that holds Japanese."""
    if not shutil.which("chromium"):
        install_debian_packages("Chromium", "chromium", "fonts-noto-cjk")


def provide_other_engines() -> None:
    """Have Firefox, and WebKitGTK with its WebDriver and a display that needs no screen."""
    if not shutil.which("firefox-esr"):
        install_debian_packages("Firefox", "firefox-esr")
    if not shutil.which("WebKitWebDriver"):
        install_debian_packages("WebKitGTK", "webkit2gtk-driver")
    if not shutil.which("xvfb-run"):
        install_debian_packages("Xvfb", "xvfb", "xauth")


def provide_web_server() -> None:
    """Have a real web server, which lies outside of a user's PATH, and what puts load on it."""
    if not shutil.which("nginx", path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin"))):
        install_debian_packages("nginx", "nginx")
    if not _BROTLI_FILE.is_file():
        install_debian_packages(messages.BROTLI_MODULE, "libnginx-mod-http-brotli-static")
    if not shutil.which("wrk"):
        install_debian_packages("wrk", "wrk")


def install_debian_packages(program: str | Message, *packages: str) -> None:
    """Install Debian packages.

    Args:
        program: what a person calls it.
        packages: by Debian's names.

    Raises:
        SetupError: this is not root, not Debian, or apt-get failed.
    """
    names = " ".join(packages)
    apt = shutil.which("apt-get")
    if apt is None or not has_all_rights():
        raise SetupError(messages.NO_PROGRAM, program=program, packages=names)
    tell(messages.INSTALLING_DEBIAN_PACKAGES, packages=names)
    # No server starts by being installed: that is what run level 1 is for (invoke-rc.d).
    environment = {**os.environ, "RUNLEVEL": "1", "DEBIAN_FRONTEND": "noninteractive"}
    install = [apt, "install", "-y", "-qq", "--no-install-recommends", *packages]
    for command in ([apt, "update", "-qq"], install):
        if call(*command, env=environment, stdout=subprocess.DEVNULL):
            raise SetupError(messages.APT_FAILED, program=program)
