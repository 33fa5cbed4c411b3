"""What a first visit loads, against tests/budget.yaml. Seconds belong to a machine: see scripts/bench."""

from typing import Any
from urllib.parse import urlsplit

import brotli
import pytest
from playwright.sync_api import Page
from ruamel.yaml import YAML

from scripts.serving.server import SiteServer
from scripts.site.compress import is_copy
from tests.browser.checker import open_checker
from tests.support import ROOT

BUDGET: dict[str, Any] = YAML(typ="safe").load(ROOT / "tests" / "budget.yaml")

# What is loaded has nothing to do with the path below which the site lies.
pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True)


@pytest.mark.parametrize("below", BUDGET["pages"])
def test_a_first_visit_is_within_its_budget(page: Page, server: SiteServer, below: str) -> None:
    """Requests and bytes of all files, none of them the checker's and none asked for twice."""
    page.goto(server.url + below, wait_until="networkidle")
    names = [urlsplit(request.target).path.removeprefix("/") for request in server.requests]
    files = [
        server.site / (name if name and not name.endswith("/") else f"{name}index.html") for name in names
    ]
    kilobytes = sum(len(brotli.compress(path.read_bytes())) for path in files) / 1000
    assert len(names) == len(set(names)), names
    assert len(names) <= BUDGET["pages"][below]["requests"], names
    assert kilobytes <= BUDGET["pages"][below]["kilobytes"], names
    (app,) = (path.parent for path in server.site.glob("assets/*/check.mjs"))
    (runtime,) = (path.parent for path in server.site.glob("assets/*/pyodide.asm.wasm"))
    assert not [path for path in files if path.parent in (app, runtime)]
    # What the page itself names comes one round trip earlier than what its scripts would ask for.
    named = files[0].read_text(encoding="utf-8")
    assert [path.name for path in files[1:] if f'/{path.name}"' not in named] == []


def test_the_checker_is_within_its_budget(server: SiteServer) -> None:
    """What its page loads but for itself, in the copies that servers send."""
    (runtime,) = (path.parent for path in server.site.glob("assets/*/pyodide.asm.wasm"))
    (app,) = (path.parent for path in server.site.glob("assets/*/check.mjs"))
    files = [path for folder in (runtime, app) for path in folder.iterdir() if not is_copy(path)]
    copies = (path.with_name(f"{path.name}.br") for path in files)
    sizes = {copy.name: copy.stat().st_size for copy in copies if copy.is_file()}
    if "pyodide.asm.wasm.br" not in sizes:
        pytest.skip("this site was built without compressed copies: scripts/build makes them")
    assert sum(sizes.values()) / 1000 <= BUDGET["checker_kilobytes"], sizes


def test_the_checker_asks_for_few_files(page: Page, server: SiteServer) -> None:
    """Until it takes files; each request is a wait of its own on a line that is far."""
    open_checker(page, server)
    names = [request.target for request in server.requests]
    assert len(names) == len(set(names)), names
    assert len(names) <= BUDGET["checker_requests"], names


def test_no_page_is_over_its_budget(server: SiteServer) -> None:
    """The longest pages, one step's guide or a whole authority, stay small enough for a slow line."""
    pages = [path for path in server.site.rglob("index.html") if path.parent.name != "all"]
    longest = sorted(pages, key=lambda path: path.stat().st_size)[-4:]
    sizes = {str(path): len(brotli.compress(path.read_bytes())) / 1000 for path in longest}
    assert {path: size for path, size in sizes.items() if size > BUDGET["page_kilobytes"]} == {}
