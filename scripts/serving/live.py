"""Serves the site while it is being written: builds it, serves it, builds again when a source changes."""

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

from scripts import ROOT
from scripts.serving.build_server import END
from scripts.serving.preview import VERSION, Preview, fault_page
from scripts.serving.server import Request, SiteServer
from scripts.site.mistakes import clear_mistakes, read_mistakes
from scripts.site.offline_lists import PREVIEW
from scripts.site.policy import load_policy

# What the site is made from.
SOURCES = ("docs", "macros", "wasm", "scripts", "deploy", "mkdocs.yml")
# Seconds between two looks at the sources. Looking is cheap and works on every file system.
INTERVAL = 0.2


def snapshot(root: Path) -> dict[Path, tuple[int, int]]:
    """Time of change and length of every source; what the build itself writes is not one."""
    found = {}
    for source in SOURCES:
        for path in (root / source, *(root / source).rglob("*")):
            if path.is_file() and path.name != "rules.json" and path.suffix != ".pyc":
                state = path.stat()
                found[path] = (state.st_mtime_ns, state.st_size)
    return found


class Builder:
    """The process that builds (``scripts.serving.build_server``); replaced when the code has changed."""

    def __init__(self) -> None:
        """Start it when it is needed."""
        self._process: subprocess.Popen[str] | None = None

    def build(self, out: Path) -> str | None:
        """Build into a directory; on failure say why, and return the page that says it."""
        clear_mistakes(ROOT)
        process = self._process = self._process or self._started()
        words, status = "", ""
        with contextlib.suppress(BrokenPipeError):  # it could not even start; its words say why
            print(out, file=process.stdin, flush=True)
        for line in process.stdout or ():
            before, mark, status = line.partition(END)
            print(before, end="", flush=True)
            words += before
            if mark:
                break
        else:
            self.end()
        return None if status.strip() == "0" else fault_page(read_mistakes(ROOT), words)

    def _started(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "scripts.serving.build_server"],
            cwd=ROOT,
            env={**os.environ, PREVIEW: "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def end(self) -> None:
        """End the process between two builds."""
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None


def keep_building(server: SiteServer, stop: threading.Event) -> None:
    """Build at every change and let the server have each good site; until then, pages say what is wrong."""
    seen: dict[Path, tuple[int, int]] = {}
    server.preview, builder = Preview(), Builder()
    places = [ROOT / "build/serve/0", ROOT / "build/serve/1"]
    while True:
        while (now := snapshot(ROOT)) == seen:
            if stop.wait(INTERVAL):
                builder.end()
                return
        if any(path.suffix == ".py" for path, _ in now.items() ^ seen.items()):
            builder.end()
        seen = now
        out = next(place for place in places if place != server.site)  # never what is shown just now
        print("Building …", flush=True)
        fault = builder.build(out)
        if fault is None:
            server.site, server.policy = out, load_policy(ROOT / "build/headers.json")
            print(f"Serving {server.url}", flush=True)
        else:
            print("Not built: see above, or any page. Mend the file and it is built again.", flush=True)
        server.preview.built(fault)
        for place in places:
            if place != server.site:
                shutil.rmtree(
                    place, ignore_errors=True
                )  # now, since it takes time, and not at the next change


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
