"""The checker's rows of scripts/bench: how long a person waits for the verdict on a file.

Each visit has a browser and a profile of its own, and a server that sends Brotli copies as a public one does.
Beside the site stands a stock page: the same file, Pyodide as npm has it, ``loadPackage``, certcheck's wheel.
"""

import base64
import json
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import rsa
from playwright.sync_api import BrowserContext, BrowserType, Page, sync_playwright

from scripts import ROOT
from scripts.measuring.measure import Row, Sample, measure_in_turn
from scripts.measuring.sample_files import PASSWORD, SampleHolder, mint_holder
from scripts.serving.chromium import launch_profile
from scripts.serving.server import SiteServer
from scripts.site.compress import compress
from scripts.site.policy import PageClass, load_resolved_policy
from scripts.site.python_archives import build_wheel

HERE = Path(__file__).parent
FOREVER = "public, max-age=31536000, immutable"
STOCK = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
CACHE_WRITING = 2.0  # seconds after a first visit, in which the browser writes its caches


# What the browser is told before a visit, in the words of its DevTools Protocol.
Conditions = Sequence[tuple[str, dict[str, Any]]]


def limit_line(rate: float, latency: float) -> Conditions:
    """Return the conditions of a slower line: bits a second, and milliseconds there and back."""
    speed = {"downloadThroughput": rate / 8, "uploadThroughput": rate / 8}
    conditions = {"offline": False, "latency": latency, **speed}
    return ("Network.enable", {}), ("Network.emulateNetworkConditions", conditions)


LINE = limit_line(20e6, 20)
CONDITIONS: dict[str, Conditions] = {
    "loopback": (),
    "20 Mbit/s, 20 ms": LINE,
    "100 Mbit/s, 20 ms, one run": limit_line(100e6, 20),
    "fast 3G, one run": limit_line(1.6e6, 150),
    "the page's thread 4 × slower, one run": (("Emulation.setCPUThrottlingRate", {"rate": 4}),),
}
GOALS = {
    "loopback": "at most 0.50 times",
    "20 Mbit/s, 20 ms": "at most 0.53 times",
}


class Bench:
    """Browsers that visit a server with the site and the stock page."""

    def __init__(self, chromium: BrowserType, server: SiteServer, file: bytes) -> None:
        """Prepare the file that waits on every page, and the script that chooses it."""
        self._chromium, self._server = chromium, server
        self._waiting = {"file": base64.b64encode(file).decode(), "password": PASSWORD}
        self.url = server.url

    def write_driver(self, earliest: float = 0) -> str:
        """Return the script that chooses the file, at the earliest these seconds after a page was opened."""
        waiting = {**self._waiting, "earliest": earliest * 1000}
        driver = (HERE / "bench_driver.js").read_text(encoding="utf-8")
        return f"globalThis.waiting = {json.dumps(waiting)};\n{driver}"

    @contextmanager
    def open_profile(self) -> Iterator[BrowserContext]:
        """Start a browser that has seen nothing."""
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            context = launch_profile(self._chromium, Path(folder))
            yield context
            context.close()

    def open_page(self, context: BrowserContext, conditions: Conditions, earliest: float = 0) -> Page:
        """Open an empty tab under these conditions, whose pages choose the file."""
        page = context.new_page()
        page.add_init_script(self.write_driver(earliest))
        session = context.new_cdp_session(page)
        for command, values in conditions:
            session.send(command, values)
        return page

    def visit(
        self, context: BrowserContext, address: str, conditions: Conditions = (), earliest: float = 0
    ) -> float:
        """Return the seconds from opening a page to the verdict, or to what else the page calls its end."""
        page = self.open_page(context, conditions, earliest)
        page.goto(f"{self._server.url}{address}", wait_until="commit")
        page.wait_for_load_state("domcontentloaded")
        milliseconds: float = page.evaluate("() => window.verdict")
        page.close()
        return milliseconds / 1000

    def visit_first(self, address: str, conditions: Conditions = (), earliest: float = 0) -> float:
        """Return the seconds of a first visit."""
        with self.open_profile() as context:
            return self.visit(context, address, conditions, earliest)

    def visit_again(self, address: str) -> float:
        """Return the seconds of a second visit."""
        with self.open_profile() as context:
            self.visit(context, address)
            time.sleep(CACHE_WRITING)
            return self.visit(context, address)

    def measure_bytes(self, address: str) -> int:
        """Return what a first visit loads, as it goes over the network, without headers."""
        self._server.requests.clear()
        self.visit_first(address)
        paths = {urlsplit(request.target).path.lstrip("/") for request in self._server.requests}
        return sum(map(self._measure_file, paths))

    def _measure_file(self, path: str) -> int:
        """Return the bytes of a file as the server sends it: of its Brotli copy, where there is one."""
        file = self._server.site / (f"{path}index.html" if path.endswith("/") else path)
        copy = Path(f"{file}.br")
        if copy.is_file():
            return copy.stat().st_size
        return file.stat().st_size if file.is_file() else 0

    @contextmanager
    def open_ready_page(self, address: str) -> Iterator[Page]:
        """Open a page and wait until it has read the waiting file."""
        with self.open_profile() as context:
            page = context.new_page()
            page.add_init_script(self.write_driver())
            page.goto(f"{self._server.url}{address}", wait_until="commit")
            page.evaluate("() => window.verdict")
            yield page


def _lay_out(folder: Path) -> None:
    """Link the site, and write the stock page."""
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
        (stock / f"{name}.html").write_text(page + script, encoding="utf-8", newline="\n")


@contextmanager
def open_bench(chromium: BrowserType, *, is_fair: bool = True) -> Iterator[Bench]:
    """Serve the site beside the stock page.

    Args:
        chromium: Playwright's.
        is_fair: the stock page has compressed copies, too, as the site has; making them takes long.
    """
    if not (ROOT / "site/check/index.html.br").is_file():
        raise SystemExit("site/ has no compressed copies: run scripts/build first.")
    policy = load_resolved_policy()
    anything = "default-src 'self' data: blob: 'unsafe-eval' 'wasm-unsafe-eval'"
    stock = PageClass("stock", "^stock/", FOREVER, anything)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        _lay_out(folder)
        if is_fair:
            compress(folder / "stock", ROOT / "build/compressed-stock")
        server = SiteServer(folder, replace(policy, classes=(stock, *policy.classes)))
        server.compressed = True
        stack.enter_context(server)
        stack.enter_context(server.serve())
        yield Bench(chromium, server, mint_rsa_holder().encode_pfx())


@cache
def mint_rsa_holder() -> SampleHolder:
    """Mint the certificate whose file waits; RSA, since node-forge knows nothing else."""
    return mint_holder(rsa.generate_private_key(65537, 2048))


def measure_rows(runs: int) -> Sequence[Row]:
    """Measure everything about the checker."""
    with sync_playwright() as playwright, open_bench(playwright.chromium) as bench:
        return [*_measure_visits(bench, runs), *_measure_warm(bench, runs)]


def _measure_visits(bench: Bench, runs: int) -> Iterator[Row]:
    for name, conditions in CONDITIONS.items():
        addresses = "check/", "stock/stock.html"
        measures = [partial(bench.visit_first, address, conditions) for address in addresses]
        ours, stock = measure_in_turn(runs if name in GOALS else 1, "s", *measures)
        quantity = f"page opened → verdict on a 3DES .pfx, first visit, {name}"
        yield Row(quantity, GOALS.get(name, ""), ours, stock, "stock Pyodide")
        if not conditions:
            first, second = (
                partial(bench.visit_first, "stock/bare.html"),
                partial(bench.visit_again, "check/"),
            )
            bare, again = measure_in_turn(runs, "s", first, second)
            yield Row("the same", "aim 2.5", ours, bare, "bare fetch and compile")
            yield Row("the same, second visit", "", again, ours, "first visit")
    size = Sample([bench.measure_bytes("check/") / 1e6], "MB")
    reference = Sample([bench.measure_bytes("stock/stock.html") / 1e6], "MB")
    yield Row("bytes of that first visit, Brotli", "at most 4.9 MB", size, reference, "stock Pyodide")


def _measure_warm(bench: Bench, runs: int) -> Iterator[Row]:
    cer = base64.b64encode(mint_rsa_holder().encode_certificate()).decode()
    with bench.open_ready_page("check/") as page, bench.open_ready_page("stock/forge.html") as forge:
        cer_sample, pfx_sample, forge_sample = measure_in_turn(
            runs,
            "ms",
            partial(page.evaluate, f'() => window.judge("{cer}")'),
            partial(page.evaluate, "() => window.judge(waiting.file)"),
            partial(forge.evaluate, "() => window.read()"),
        )
    yield Row("runtime warm: .cer chosen → verdict", "at most 30 ms", cer_sample)
    quantity = "runtime warm: .pfx, RSA-2048, chosen → verdict"
    yield Row(quantity, "at most 1.3 times", pfx_sample, forge_sample, "node-forge")
