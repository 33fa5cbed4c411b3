"""The checker's rows of scripts/bench: how long a person waits for the verdict on a file.

Each visit has a browser and a profile of its own, and a server that sends Brotli copies as a public one does.
Beside the site stands a stock page: the same file, Pyodide as npm has it, ``loadPackage``, certcheck's wheel.
"""

import base64
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from scripts import ROOT
from scripts.measuring.measure import Row, Sample, repeated
from scripts.serving.chromium import launch_profile
from scripts.serving.server import SiteServer
from scripts.site.compress import compress
from scripts.site.policy import PageClass, load_policy
from scripts.site.python_archives import build_wheel
from tests.support import mint

HERE = Path(__file__).parent
FOREVER = "public, max-age=31536000, immutable"
STOCK = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
SETTLED = 2.0  # seconds after a first visit, in which the browser writes its caches


# What the browser is told before a visit, in the words of its DevTools Protocol.
Conditions = Sequence[tuple[str, dict[str, Any]]]


def line(rate: float, latency: float) -> Conditions:
    """A slower line: bits a second, and milliseconds there and back."""
    speed = {"downloadThroughput": rate / 8, "uploadThroughput": rate / 8}
    conditions = {"offline": False, "latency": latency, **speed}
    return ("Network.enable", {}), ("Network.emulateNetworkConditions", conditions)


CONDITIONS: dict[str, Conditions] = {
    "loopback": (),
    "20 Mbit/s, 20 ms": line(20e6, 20),
    "100 Mbit/s, 20 ms, one run": line(100e6, 20),
    "fast 3G, one run": line(1.6e6, 150),
    "the page's thread 4 × slower, one run": (("Emulation.setCPUThrottlingRate", {"rate": 4}),),
}
GOALS = {
    "loopback": "at most a third; aim 1.0 s",
    "20 Mbit/s, 20 ms": "at most a third",
}


class Bench:
    """A server with the site and the stock page, and browsers that visit it."""

    def __init__(self, playwright: Playwright, server: SiteServer, file: bytes) -> None:
        """Prepare the file that waits on every page, and the script that chooses it."""
        self._playwright, self._server = playwright, server
        waiting = {"file": base64.b64encode(file).decode(), "password": mint.PASSWORD}
        driver = (HERE / "bench_driver.js").read_text(encoding="utf-8")
        self._driver = f"globalThis.waiting = {json.dumps(waiting)};\n{driver}"

    @contextmanager
    def profile(self) -> Iterator[BrowserContext]:
        """A browser that has seen nothing."""
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            context = launch_profile(self._playwright.chromium, Path(folder))
            yield context
            context.close()

    def visit(self, context: BrowserContext, address: str, conditions: Conditions = ()) -> float:
        """Seconds from opening a page to the verdict, or to what else the page calls its end."""
        page = context.new_page()
        page.add_init_script(self._driver)
        session = context.new_cdp_session(page)
        for command, values in conditions:
            session.send(command, values)
        page.goto(f"{self._server.url}{address}", wait_until="commit")
        page.wait_for_load_state("domcontentloaded")
        taken: float = page.evaluate("() => window.verdict")
        page.close()
        return taken / 1000

    def first(self, address: str, conditions: Conditions = ()) -> Callable[[], float]:
        """Measure first visits."""

        def measure() -> float:
            with self.profile() as context:
                return self.visit(context, address, conditions)

        return measure

    def second(self, address: str) -> Callable[[], float]:
        """Measure second visits."""

        def measure() -> float:
            with self.profile() as context:
                self.visit(context, address)
                time.sleep(SETTLED)
                return self.visit(context, address)

        return measure

    def bytes_of(self, address: str) -> int:
        """What a first visit loads, as it goes over the network, without headers."""
        self._server.requests.clear()
        self.first(address)()
        paths = {urlsplit(request.target).path.lstrip("/") for request in self._server.requests}
        files = (
            self._server.site / path / "index.html" if path.endswith("/") else self._server.site / path
            for path in paths
        )
        sent = (Path(f"{file}.br") if Path(f"{file}.br").is_file() else file for file in files)
        return sum(file.stat().st_size for file in sent if file.is_file())

    @contextmanager
    def ready(self, address: str) -> Iterator[Page]:
        """A page on which the waiting file was read."""
        with self.profile() as context:
            page = context.new_page()
            page.add_init_script(self._driver)
            page.goto(f"{self._server.url}{address}", wait_until="commit")
            page.evaluate("() => window.verdict")
            yield page


def _lay_out(folder: Path) -> None:
    """The site by links, and the stock page with its compressed copies."""
    for path in (ROOT / "site").iterdir():
        (folder / path.name).symlink_to(path)
    stock = folder / "stock"
    stock.mkdir()
    lock = json.loads((ROOT / "wasm/wheels/pyodide-lock.json").read_bytes())
    wheels = [ROOT / "wasm/wheels" / package["file_name"] for package in lock["packages"].values()]
    modules = ROOT / "node_modules"
    for path in (
        *(modules / "pyodide" / name for name in STOCK),
        *(ROOT / "wasm/wheels/pyodide-lock.json", *wheels),
        modules / "node-forge/dist/forge.min.js",
        HERE / "bench_pages.js",
    ):
        shutil.copy(path, stock)
    (stock / "certcheck-0-py3-none-any.whl").write_bytes(build_wheel(ROOT))
    for name in ("stock", "bare", "forge"):
        page = f'<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>{name}</title>'
        script = '<script src="forge.min.js"></script><script type="module" src="bench_pages.js"></script>'
        (stock / f"{name}.html").write_text(page + script, encoding="utf-8")
    compress(stock, ROOT / "build/compressed-stock")


@contextmanager
def _bench() -> Iterator[Bench]:
    if not (ROOT / "site/check/index.html.br").is_file():
        raise SystemExit("site/ has no compressed copies: run scripts/build first.")
    policy = load_policy(ROOT / "build/headers.json")
    anything = "default-src 'self' data: blob: 'unsafe-eval' 'wasm-unsafe-eval'"
    stock = PageClass("stock", "^stock/", FOREVER, anything)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        _lay_out(folder)
        server = SiteServer(folder, replace(policy, classes=(stock, *policy.classes)))
        server.compressed = True
        stack.enter_context(server)
        stack.enter_context(server.serve())
        playwright = stack.enter_context(sync_playwright())
        yield Bench(
            playwright, server, mint.pfx(mint.mint(mint.mint_ca(key=mint.rsa_key()), key=mint.rsa_key()))
        )


def _holder() -> mint.Identity:
    """Whose file waits; RSA throughout, since node-forge knows nothing else."""
    return mint.mint(mint.mint_ca(key=mint.rsa_key()), key=mint.rsa_key())


def rows(runs: int) -> Sequence[Row]:
    """Measure everything about the checker."""
    with _bench() as bench:
        return [*_visits(bench, runs), *_warm(bench, runs)]


def _visits(bench: Bench, runs: int) -> Iterator[Row]:
    for name, conditions in CONDITIONS.items():
        measures = bench.first("check/", conditions), bench.first("stock/stock.html", conditions)
        ours, stock = repeated(runs if name in GOALS else 1, "s", *measures)
        what = f"page opened → verdict on a 3DES .pfx, first visit, {name}"
        yield Row(what, GOALS.get(name, ""), ours, stock, "stock Pyodide")
        if not conditions:
            bare, again = repeated(runs, "s", bench.first("stock/bare.html"), bench.second("check/"))
            yield Row("the same", "aim 2.5", ours, bare, "bare fetch and compile")
            yield Row("the same, second visit", "at most 0.6 s", again)
    size = Sample([bench.bytes_of("check/") / 1e6], "MB")
    reference = Sample([bench.bytes_of("stock/stock.html") / 1e6], "MB")
    yield Row("bytes of that first visit, Brotli", "at most 5.3 MB", size, reference, "stock Pyodide")


def _warm(bench: Bench, runs: int) -> Iterator[Row]:
    cer = base64.b64encode(mint.der(_holder())).decode()
    with bench.ready("check/") as page, bench.ready("stock/forge.html") as forge:

        def chosen(script: str) -> float:
            taken: float = page.evaluate(script)
            return taken

        of_cer, of_pfx, of_forge = repeated(
            runs,
            "ms",
            lambda: chosen(f'() => window.judge("{cer}")'),
            lambda: chosen("() => window.judge(waiting.file)"),
            lambda: float(forge.evaluate("() => window.read()")),
        )
    yield Row("runtime warm: .cer chosen → verdict", "at most 30 ms", of_cer)
    yield Row(
        "runtime warm: .pfx, RSA-2048, chosen → verdict", "at most 150 ms", of_pfx, of_forge, "node-forge"
    )
