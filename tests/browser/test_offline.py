"""Without the network: the browser's own copy, of the pages for readers, of the checker for its users."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from scripts.serving.server import Request
from scripts.site.offline_lists import PREVIEW, write_offline_lists
from scripts.site.policy import Policy
from tests.browser.offline_host import TODAY, Host, copy_site, judge_pfx

WORKER_URL = "navigator.serviceWorker.ready.then(registration => registration.active.scriptURL)"
SETTINGS = "indexedDB.databases().then(all => [{ ...localStorage }, { ...sessionStorage }, all])"


def wait_until(tab: Page, condition: str) -> None:
    """Wait in the page until the condition holds."""
    tab.evaluate(
        f"async () => {{ while (!({condition})) await new Promise((done) => setTimeout(done, 50)); }}"
    )


def list_cached_urls(tab: Page) -> set[str]:
    """List every address in the browser's caches."""
    urls: list[str] = tab.evaluate(
        """async () => {
            const names = await caches.keys();
            const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
            return keys.flat().map((key) => key.url);
        }"""
    )
    return set(urls)


def list_promised_urls(host: Host, *parts: str) -> set[str]:
    """List the addresses that the build promises for these parts, with the lists themselves."""
    lists = [f"offline/{part}.json" for part in parts]
    files: list[str] = []
    for path in lists:
        files += json.loads((host.server.site / path).read_bytes())
    return {host.url + name for name in [*lists, *(name.removesuffix("index.html") for name in files)]}


def find_requests(host: Host, *endings: str) -> list[Request]:
    """Return the requests for addresses with one of these endings."""
    return [request for request in host.server.requests if request.target.endswith(endings)]


def test_the_first_page_fetches_no_copy(chromium: Browser, host: Host) -> None:
    """Somebody's first page costs no more than itself: the copy begins with the second."""
    with chromium.new_context() as context:
        tab = context.new_page()
        tab.goto(f"{host.url}boj/renew/", wait_until="networkidle")
        assert not [request for request in host.server.requests if "/offline/" in request.target]
        tab.goto(f"{host.url}boj/export/")
        wait_until(tab, "await caches.keys().then((names) => names.length)")


def test_a_guide_keeps_the_pages_and_nothing_of_the_checker(tab: Page, host: Host) -> None:
    """Who only reads fetches no byte of the checker; without a network all pages open, in both languages."""
    tab.goto(f"{host.url}boj/renew/")
    tab.evaluate(WORKER_URL)
    assert list_cached_urls(tab) == list_promised_urls(host, "pages")
    assert not find_requests(host, ".wasm", ".whl", "check.mjs")
    host.stop()
    for below in ("boj/renew/#open-site", "en/tse/issue/", "en/", ""):
        answer = tab.goto(host.url + below)
        assert answer is None or answer.from_service_worker
        expect(tab.locator("h1")).to_be_attached()
    tab.goto(f"{host.url}en/check/")
    expect(tab).to_have_url(f"{host.url}en/offline/")
    expect(tab.get_by_text("has not been kept yet")).to_be_visible()


def test_who_opened_the_checker_has_it_without_the_network(tab: Page, host: Host, pfx: Path) -> None:
    """Also when no file was chosen: the next guide page keeps it; then it checks a file without a network.

    From the file on nothing is requested and nothing stored; the copy holds the build's files only.
    """
    tab.clock.set_fixed_time(TODAY)
    tab.goto(f"{host.url}check/")
    expect(tab.locator("[data-connection=blocked]")).to_be_visible(timeout=60_000)
    host.server.requests.clear()
    tab.goto(f"{host.url}boj/renew/")
    tab.evaluate(WORKER_URL)
    # A private window's own cache is in memory, and has no room for the interpreter.
    assert not find_requests(host, ".zip", ".whl", "check.mjs")
    for network in (True, False):
        if not network:
            host.stop()
        tab.goto(f"{host.url}check/")
        expect(tab.locator("[data-connection=blocked]")).to_be_visible(timeout=60_000)
        before, settings = list(host.server.requests), tab.evaluate(SETTINGS)
        judge_pfx(tab, pfx)
        assert host.server.requests == before
        assert tab.evaluate(SETTINGS) == settings
        assert list_cached_urls(tab) == list_promised_urls(host, "pages", "checker")


# A slow browser may look by itself in time: what counts is that the page asked for it.
COUNT_UPDATES = """(() => {
  globalThis.updates = 0;
  const update = ServiceWorkerRegistration.prototype.update;
  ServiceWorkerRegistration.prototype.update = function () { updates += 1; return update.call(this); };
})()"""


def test_a_newer_service_worker_is_looked_for_before_a_file_is_read(
    tab: Page, site: Path, policy: Policy, pfx: Path
) -> None:
    """Where the browser's copy of the script is stale, it would look by itself, later: so it is made to."""
    stale = [
        replace(page_class, cache="no-cache") if page_class.name == "service worker" else page_class
        for page_class in policy.classes
    ]
    host = Host(site, replace(policy, classes=tuple(stale)))
    tab.add_init_script(COUNT_UPDATES)
    tab.clock.set_fixed_time(TODAY)
    tab.goto(f"{host.url}boj/renew/")
    tab.evaluate(WORKER_URL)
    host.server.requests.clear()
    tab.goto(f"{host.url}check/")
    expect(tab.locator("[data-connection=blocked]")).to_be_visible(timeout=60_000)
    before = list(host.server.requests)
    assert [request for request in before if "service-worker.js" in request.target]
    assert tab.evaluate("updates") == 1
    judge_pfx(tab, pfx)
    assert host.server.requests == before
    host.stop()


def test_a_button_keeps_everything_and_another_removes_it(tab: Page, host: Host) -> None:
    """The page of the copy says what is kept, keeps the rest when asked, and can be rid of it for good."""
    tab.goto(f"{host.url}offline/")
    expect(tab.locator("[data-part=checker]")).to_contain_text("保存していません")
    tab.get_by_role("button", name="オフラインでも使えるようにする").click()
    expect(tab.get_by_text("保存しました。")).to_be_visible(timeout=60_000)
    expect(tab.get_by_text("保存してあります")).to_have_count(2)
    assert list_cached_urls(tab) == list_promised_urls(host, "pages", "checker")
    tab.get_by_role("button", name="保存したものを消す").click()
    expect(tab.get_by_text("消しました。")).to_be_visible()
    tab.goto(f"{host.url}boj/renew/", wait_until="networkidle")
    assert list_cached_urls(tab) == set()
    assert tab.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0


def test_who_saves_data_is_asked_first(tab: Page, host: Host) -> None:
    """Where the browser asks to save data, nothing is fetched by itself; the button still does it."""
    tab.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    tab.goto(f"{host.url}boj/renew/", wait_until="networkidle")
    assert list_cached_urls(tab) == set()
    tab.goto(f"{host.url}offline/")
    expect(tab.get_by_role("button", name="オフラインでも使えるようにする")).to_be_enabled()


def test_the_checkers_page_fetches_no_copy(tab: Page, host: Host) -> None:
    """Who comes to the checker first gets no service worker, and nothing is fetched behind the page."""
    tab.goto(f"{host.url}check/")
    expect(tab.locator("[data-connection=blocked]")).to_be_visible(timeout=60_000)
    assert tab.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    assert [request for request in host.server.requests if "offline/" in request.target] == []


def test_an_altered_copy_is_not_used(tab: Page, host: Host) -> None:
    """Each file's hash is compared before it is shown; what differs counts as not there."""
    tab.goto(f"{host.url}boj/renew/")
    tab.evaluate(WORKER_URL)
    tab.evaluate(
        """async (url) => {
            const cache = await caches.open((await caches.keys())[0]);
            await cache.put(url, new Response("<p>altered", { headers: { "content-type": "text/html" } }));
        }""",
        f"{host.url}boj/export/",
    )
    host.stop()
    tab.goto(f"{host.url}boj/renew/")
    with pytest.raises(Error, match="ERR_FAILED"):
        tab.goto(f"{host.url}boj/export/")


def test_a_build_takes_the_place_of_the_one_before_as_a_whole(
    tab: Page, host: Host, policy: Policy, tmp_path: Path
) -> None:
    """The next visit fetches what has changed; then the old copy is gone and the new one answers."""
    tab.goto(f"{host.url}boj/renew/")
    first = tab.evaluate(WORKER_URL)
    new = copy_site(host.server.site, tmp_path / "new")
    page = new / "boj/export/index.html"
    html = page.read_text(encoding="utf-8")
    page.write_text(html.replace("<h1", "<p>new</p><h1"), encoding="utf-8")
    write_offline_lists(new, policy)
    host.server.site = new
    host.server.requests.clear()
    tab.goto(f"{host.url}boj/renew/")
    wait_until(tab, f"(await {WORKER_URL}) !== {first!r} && (await caches.keys()).length === 1")
    fetched = [request.target for request in find_requests(host, "/")]
    assert sorted(fetched) == ["/a/b/boj/export/", "/a/b/boj/renew/"]
    host.stop()
    tab.goto(f"{host.url}boj/export/")
    expect(tab.get_by_text("new", exact=True)).to_be_visible()


def test_a_mix_of_two_builds_is_not_kept(tab: Page, host: Host, policy: Policy, tmp_path: Path) -> None:
    """While a build is being laid out, some files are not those of its list: then there is no copy."""
    mixed = copy_site(host.server.site, tmp_path / "mixed")
    write_offline_lists(mixed, policy)
    page = mixed / "boj/export/index.html"
    page.write_text("<!doctype html><p>of another build", encoding="utf-8")
    host.server.site = mixed
    with tab.expect_response("**/boj/export/") as answer:
        tab.goto(f"{host.url}boj/renew/")
    answer.value.finished()
    tab.evaluate(f"navigator.locks.request('cert-guides {host.url} ', () => true)")
    assert tab.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0


def test_a_preview_is_not_kept(
    tab: Page, host: Host, policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What scripts/serve builds is kept by no browser, and what one kept from that address before goes."""
    tab.goto(f"{host.url}boj/renew/")
    tab.evaluate(WORKER_URL)
    monkeypatch.setenv(PREVIEW, "1")
    preview = copy_site(host.server.site, tmp_path / "preview")
    write_offline_lists(preview, policy)
    host.server.site = preview
    tab.goto(f"{host.url}boj/renew/")
    wait_until(tab, "(await caches.keys()).length === 0")
    assert tab.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0


# Stores every file once more, as a planted script could: the same bytes, and none of the headers.
STRIP_HEADERS = """async () => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const stored = await cache.match(request);
      const bare = new Response(await stored.arrayBuffer(), {headers: {"content-type": "text/html"}});
      await cache.put(request, bare);
    }
  }
}"""


def test_headers_in_the_storage_do_not_count(tab: Page, host: Host, policy: Policy) -> None:
    """Without a network each answer has the headers of the build, whatever a script has stored beside it."""
    tab.add_init_script("localStorage.setItem('offline', 'all')")
    tab.goto(f"{host.url}boj/renew/")
    tab.evaluate(WORKER_URL)
    tab.evaluate(STRIP_HEADERS)
    host.stop()
    for below in ("boj/renew/", "check/"):
        answer = tab.goto(host.url + below)
        assert answer is not None
        assert answer.from_service_worker
        expected = policy.build_response_headers(f"{below}index.html")
        headers = answer.headers
        assert {name: headers.get(name.lower()) for name in expected} == expected
    expect(tab.locator("[data-connection=blocked]")).to_be_visible(timeout=60_000)
