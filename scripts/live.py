"""Serves the site while it is being written: builds it, serves it, builds again when a source changes."""

import argparse
import itertools
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

from scripts.offline import PREVIEW
from scripts.policy import load_policy
from scripts.server import Request, SiteServer

ROOT = Path(__file__).resolve().parent.parent
# What the site is made from.
SOURCES = ("docs", "macros", "wasm", "scripts", "deploy", "mkdocs.yml")
# Seconds between two looks at the sources. Looking is cheap and works on every file system.
INTERVAL = 0.5


def snapshot(root: Path) -> dict[Path, tuple[int, int]]:
    """Time of change and length of every source; what the build itself writes is not one."""
    found = {}
    for source in SOURCES:
        for path in (root / source, *(root / source).rglob("*")):
            if path.is_file() and path.name != "rules.json" and path.suffix != ".pyc":
                state = path.stat()
                found[path] = (state.st_mtime_ns, state.st_size)
    return found


def build(out: Path) -> bool:
    """Build into a directory; on failure say why.

    In a process of its own, so that changed templates and Python code count.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(out)]
    made = subprocess.run(command, cwd=ROOT, env={**os.environ, PREVIEW: "1"}, check=False)  # noqa: S603  # no word is a stranger's
    return made.returncode == 0


def keep_building(server: SiteServer, stop: threading.Event) -> None:
    """Build at every change and let the server have each good site; the last good one stays until then."""
    seen: dict[Path, tuple[int, int]] = {}
    for number in itertools.count():
        while (now := snapshot(ROOT)) == seen:
            if stop.wait(INTERVAL):
                return
        seen = now
        out = ROOT / f"build/serve/{number % 2}"
        shutil.rmtree(out, ignore_errors=True)
        print("Building …", flush=True)
        if build(out):
            server.site, server.policy = out, load_policy(ROOT / "build/headers.json")
            print(f"Serving {server.url}", flush=True)
        else:
            print(
                "Not built: see above. The last good site stays; mend the file and it is built again.",
                flush=True,
            )


def tell(request: Request) -> None:
    """Let the person see each request: that none follows a chosen file is theirs to check."""
    print(request.status, request.method, request.target, flush=True)


def main() -> int:
    """Run until interrupted; 1 when the port is taken."""
    options = argparse.ArgumentParser(prog="scripts/serve", description=__doc__)
    options.add_argument("--port", type=int, default=8000)
    options.add_argument("--at", default="/", metavar="PATH", help="serve below this path, e.g. /a/b/")
    chosen = options.parse_args()
    policy = load_policy(ROOT / "deploy/policy.yaml")
    try:
        server = SiteServer(
            ROOT / "build/serve/none", policy, port=chosen.port, at=chosen.at, on_request=tell
        )
    except (OSError, ValueError, OverflowError) as error:
        print(f"Cannot serve on port {chosen.port} below {chosen.at}: {error}.", file=sys.stderr)
        return 1
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with server, server.serving():
        keep_building(server, stop)
    return 0


if __name__ == "__main__":
    sys.exit(main())
