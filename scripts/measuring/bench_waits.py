"""The waits that people feel: after intent, with a file chosen later, with many files; in Firefox, too."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import sync_playwright

from scripts.command import run
from scripts.measuring.bench_checker import HERE, LINE, Bench, Conditions, limit_line, open_bench
from scripts.measuring.measure import Row, Sample, measure_in_turn
from scripts.measuring.sample_files import mint_holder

STOCK_PAGE = "stock/stock.html"
GUIDE = "boj/renew/"
FILES = 200
# Seconds after the page was opened, and the lines, in bits a second.
CHOICES: Sequence[tuple[float, float]] = ((3, 20e6), (5, 20e6), (8, 20e6), (3, 10e6), (5, 10e6), (8, 10e6))
_WARM = """async () => {
    const script = document.querySelector('script[src$="/site.mjs"]').src;
    await (await import(new URL('checker-warming.mjs', script))).warmCache();
}"""


def measure_rows(runs: int) -> Sequence[Row]:
    """Measure all of them."""
    with sync_playwright() as playwright, open_bench(playwright.chromium) as bench:
        return [
            measure_intent(bench, runs, "20 Mbit/s, 20 ms", LINE),
            *(measure_late_choice(bench, runs, seconds, rate) for seconds, rate in CHOICES),
            *measure_many_files(bench, runs, FILES),
            *measure_firefox(bench, runs),
        ]


def measure_intent(bench: Bench, runs: int, line: str, conditions: Conditions) -> Row:
    """Measure arriving from a guide, where the pointer stayed on the link until all was fetched ahead."""
    ours, stock = measure_in_turn(
        runs,
        "s",
        partial(_arrive, bench, conditions),
        partial(bench.visit_first, STOCK_PAGE, conditions),
    )
    quantity = f"arriving from a guide after intent, all fetched ahead, {line}"
    return Row(quantity, "at most 0.23 times", ours, stock, "stock Pyodide, cold")


def _arrive(bench: Bench, conditions: Conditions) -> float:
    with bench.open_profile() as context:
        page = bench.open_page(context, conditions)
        page.goto(f"{bench.url}{GUIDE}", wait_until="networkidle")
        link = page.locator('a[href$="check/"]:visible').first
        with page.expect_request("**/checker-warming.mjs"):
            link.hover()
        page.evaluate(_WARM)
        page.goto(f"{bench.url}check/", wait_until="commit")
        milliseconds: float = page.evaluate("() => window.verdict")
        return milliseconds / 1000


def measure_late_choice(bench: Bench, runs: int, seconds: float, rate: float) -> Row:
    """Measure from choosing a file, some seconds after a first visit began, to its verdict.

    Args:
        bench: visits the checker.
        runs: how often.
        seconds: after opening.
        rate: of the line, in bits a second.
    """
    visit = partial(bench.visit_first, "check/", limit_line(rate, 20), seconds)
    (sample,) = measure_in_turn(runs, "s", lambda: visit() - seconds)
    goal = "" if (seconds, rate) in {(3, 10e6), (5, 10e6)} else "at most 0.15 s"
    return Row(f"file chosen {seconds:g} s after opening, {rate / 1e6:g} Mbit/s → verdict", goal, sample)


def measure_many_files(bench: Bench, runs: int, number: int) -> Iterator[Row]:
    """Measure choosing many certificates at once, and the longest task of the page's thread meanwhile."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificates = [mint_holder(key, serial).encode_certificate() for serial in range(1, number + 1)]
    texts = [base64.b64encode(certificate).decode() for certificate in certificates]
    together, longest, single = [], [], []
    with bench.open_ready_page("check/") as page:
        for text in texts[:runs]:
            single.append(page.evaluate("text => window.judge(text)", text) * number)
            outcome: Mapping[str, float] = page.evaluate("texts => window.readAll(texts)", texts)
            together.append(outcome["milliseconds"])
            longest.append(outcome["longest"])
    quantity = f"{number} .cer files chosen at once → all read"
    reference = f"{number} × one file, warm"
    yield Row(quantity, "at most 1.5 times", Sample(together, "ms"), Sample(single, "ms"), reference)
    yield Row("the longest task of the page meanwhile", "at most 100 ms", Sample(longest, "ms"))


def measure_firefox(bench: Bench, runs: int) -> Iterator[Row]:
    """Measure first visits in Debian's Firefox, on loopback alone: it has no command that slows the line."""
    ours, stock = measure_in_turn(
        runs, "s", partial(_visit_in_firefox, bench, "check/"), partial(_visit_in_firefox, bench, STOCK_PAGE)
    )
    yield Row("Firefox: first visit, loopback", "at most 0.50 times", ours, stock, "stock Pyodide")


def _visit_in_firefox(bench: Bench, address: str) -> float:
    words = ("node", HERE / "firefox_visit.mjs", f"{bench.url}{address}")
    done = run(*words, stdin=bench.write_driver())
    return float(done.stdout) / 1000
