"""Serves the site while it is being written: builds it, serves it, builds again when a source changes."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

from scripts.offline import PREVIEW
from scripts.policy import load_policy
from scripts.preview import PROBLEMS, VERSION, Preview, fault_page, noted
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


def build(out: Path) -> str | None:
    """Build into a directory; on failure say why, and return the page that says it.

    In a process of its own, so that changed templates and Python code count.
    """
    (ROOT / PROBLEMS).unlink(missing_ok=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(out)]
    made = subprocess.run(  # noqa: S603  # no word is a stranger's
        command,
        cwd=ROOT,
        env={**os.environ, PREVIEW: "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(made.stdout, end="", flush=True)
    return fault_page(noted(ROOT), made.stdout) if made.returncode else None


def keep_building(server: SiteServer, stop: threading.Event) -> None:
    """Build at every change and let the server have each good site; until then, pages say what is wrong."""
    seen: dict[Path, tuple[int, int]] = {}
    server.preview = preview = Preview()
    places = [ROOT / "build/serve/0", ROOT / "build/serve/1"]
    while True:
        while (now := snapshot(ROOT)) == seen:
            if stop.wait(INTERVAL):
                return
        seen = now
        out = next(place for place in places if place != server.site)  # never what is shown just now
        shutil.rmtree(out, ignore_errors=True)
        print("Building …", flush=True)
        fault = build(out)
        if fault is None:
            server.site, server.policy = out, load_policy(ROOT / "build/headers.json")
            print(f"Serving {server.url}", flush=True)
        else:
            print("Not built: see above, or any page. Mend the file and it is built again.", flush=True)
        preview.built(fault)


def tell(request: Request) -> None:
    """Let the person see each request: that none follows a chosen file is theirs to check."""
    if not request.target.endswith(
        VERSION
    ):  # which guides ask for all the time, and the checker's page never
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
