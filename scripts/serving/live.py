"""Serves the site while it is being written: builds it, serves it, builds again when a source changes.

1. Take the port, and answer at once: every address says that the site is being built.
2. Build, and let the server have the good site, or the page with what is wrong.
3. Wait until a source changes; then build again, first the page that a person looks at.
"""

import argparse
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from macros.model.language import Message, choose_language
from scripts import ROOT
from scripts.serving.build_server import END_OF_BUILD, Task
from scripts.serving.preview import VERSION, Preview
from scripts.serving.preview_pages import render_fault_page
from scripts.serving.server import Request, SiteServer
from scripts.site.mistakes import clear_mistakes, read_mistakes
from scripts.site.offline_lists import PREVIEW
from scripts.site.policy import load_policy, load_resolved_policy

# What the site is made from.
SOURCES = ("docs", "macros", "wasm", "scripts", "deploy", "mkdocs.yml")
# Seconds between two looks at the sources. Looking is cheap and works on every file system.
INTERVAL = 0.2
_ASSETS = re.compile(r"\bassets/[0-9a-f]{16}/")

BUILDING = Message("{url} を作っています…", "Building {url} …")
SHOWING = Message("{url} を先に表示しています", "Showing {url} before the rest")
SERVING = Message("{url} に表示しています", "Serving {url}")
NOT_BUILT = Message(
    "作れませんでした。理由は、上か、どのページにも表示されています。ファイルを直すと、作り直します。",
    "Not built: see above, or any page. Mend the file and it is built again.",
)
NO_SERVER = Message(
    "ポート {port} の {path} では表示できません: {error}",
    "Cannot serve on port {port} below {path}: {error}.",
)


def take_snapshot(root: Path) -> dict[Path, tuple[int, int]]:
    """Return time of change and length of every source; what the build itself writes is not one."""
    states = {}
    for source in SOURCES:
        for path in (root / source, *(root / source).rglob("*")):
            if path.is_file() and path.name != "rules.json" and path.suffix != ".pyc":
                state = path.stat()
                states[path] = (state.st_mtime_ns, state.st_size)
    return states


class Builder:
    """The process that builds (``scripts.serving.build_server``); replaced when the code has changed."""

    def __init__(self) -> None:
        """Start it when it is needed."""
        self._process: subprocess.Popen[str] | None = None

    @property
    def is_running(self) -> bool:
        """Whether it has imported everything already."""
        return self._process is not None

    def build_site(self, folder: Path) -> str | None:
        """Build into a folder; on failure say why, and return the page that says it."""
        clear_mistakes(ROOT)
        is_good, output = self._build(Task(str(folder)))
        return None if is_good else render_fault_page(read_mistakes(ROOT), output)

    def build_page(self, page: str, folder: Path) -> bytes | None:
        """Build one page; None where that fails: building the site then says why.

        Args:
            page: its address from the site's root.
            folder: to build into; nothing else stays there.
        """
        is_good, _ = self._build(Task(str(folder), page), is_quiet=True)
        file = folder / page / "index.html"
        return file.read_bytes() if is_good and file.is_file() else None

    def _build(self, task: Task, *, is_quiet: bool = False) -> tuple[bool, str]:
        """Return whether it has succeeded, and its output, which is printed as well unless it is quiet."""
        process = self._process = self._process or self._start_process()
        output, status = "", ""
        with contextlib.suppress(BrokenPipeError):  # it could not even start; its output says why
            print(task.encode(), file=process.stdin, flush=True)
        for line in process.stdout or ():
            text, mark, status = line.partition(END_OF_BUILD)
            if not is_quiet:
                print(text, end="", flush=True)
            output += text
            if mark:
                break
        else:
            self.end()
        return status.strip() == "0", output

    def _start_process(self) -> subprocess.Popen[str]:
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


def keep_building(
    server: SiteServer, preview: Preview, stop: threading.Event, target: Path = ROOT / "build/serve"
) -> None:
    """Build at every change and let the server have each good site; until then, pages say what is wrong.

    Args:
        server: shows the site.
        preview: says what is wrong.
        stop: ends it.
        target: holds the two folders that are built into by turns.
    """
    built: dict[Path, tuple[int, int]] = {}
    builder = Builder()
    folders = [target / "0", target / "1"]
    while True:
        while (sources := take_snapshot(ROOT)) == built:  # 3.
            if stop.wait(INTERVAL):
                builder.end()
                return
        if any(path.suffix == ".py" for path, _ in sources.items() ^ built.items()):
            builder.end()
        built = sources
        folder = next(folder for folder in folders if folder != server.site)  # never what is shown just now
        tell(BUILDING.fill(url=server.url))
        if builder.is_running:
            show_open_page(server, preview, builder)
        fault = builder.build_site(folder)  # 2.
        if fault is None:
            server.show(folder, load_resolved_policy())
        preview.finish_build(fault)
        tell(SERVING.fill(url=server.url) if fault is None else NOT_BUILT)
        for unused in (folder for folder in folders if folder != server.site):
            # Now, since it takes time, and not at the next change.
            shutil.rmtree(unused, ignore_errors=True)


def show_open_page(server: SiteServer, preview: Preview, builder: Builder) -> None:
    """Build the page that a person looks at, and show it in the site as it was: its assets are there."""
    path = preview.open_page or ""
    page = path.removesuffix("index.html")
    if page == path:
        return
    body = builder.build_page(page, ROOT / "build/serve/page")
    if body is None or not all((server.site / name).is_dir() for name in _ASSETS.findall(body.decode())):
        return
    preview.show_page(path, body)
    tell(SHOWING.fill(url=server.url + page))


def tell(message: Message) -> None:
    """Print a message in the language of messages."""
    print(message.get(choose_language()), flush=True)


def print_request(request: Request) -> None:
    """Print each request, so that a person can check that choosing a file causes none.

    Guides ask for the version all the time, and the checker's page never. A page that waits for the first
    build asks for itself every second.
    """
    is_question = urlsplit(request.target).path.endswith(VERSION)
    if not is_question and request.status != HTTPStatus.SERVICE_UNAVAILABLE:
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
            ROOT / "build/serve/none", policy, port=chosen.port, base_path=chosen.at, on_request=print_request
        )
    except (OSError, ValueError, OverflowError) as error:
        message = NO_SERVER.fill(port=chosen.port, path=chosen.at, error=error)
        print(message.get(choose_language()), file=sys.stderr)
        return 1
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    server.preview = preview = Preview()
    with server, server.serve():  # 1.
        keep_building(server, preview, stop)
    return 0


if __name__ == "__main__":
    sys.exit(main())
