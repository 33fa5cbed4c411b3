"""A site behind a real nginx, compared with its manifest: as released, and changed in each way."""

import gzip
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from scripts.command import run
from scripts.releasing.manifest import Manifest, build_manifest
from scripts.releasing.minisign import SecretKey
from scripts.site.compress import compress
from scripts.site.policy import Policy, load_policy
from tests.support import ROOT
from tests.support.copies import run_module
from tests.support.nginx import Nginx, run_nginx

COMMIT = "0123456789abcdef0123456789abcdef01234567"
SCRIPT = "assets/0123456789abcdef/app.js"
PAGE = (
    '<!doctype html><script src="{up}{script}"></script><p>Page <a href="https://example.org/">.</a></p>' * 50
)


def build_site(folder: Path) -> Path:
    """Write a small site: pages, a script below its hash, the page for unknown addresses."""
    site = folder / "site"
    for name, up in (("index.html", ""), ("check/index.html", "../"), ("boj/日本/index.html", "../../")):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(PAGE.format(up=up, script=SCRIPT), encoding="utf-8")
    (site / "404.html").write_text("<!doctype html><p>Nothing is here.</p>", encoding="utf-8")
    (site / SCRIPT).parent.mkdir(parents=True)
    (site / SCRIPT).write_text("void 0;\n" * 200, encoding="utf-8")
    compress(site)
    return site


class Release(NamedTuple):
    """A small site with its manifest, which was written before anything is changed.

    Attributes:
        site: its folder.
        policy: what nginx will send; a test may change it.
        manifest: the file.
    """

    site: Path
    policy: Policy
    manifest: Path

    @contextmanager
    def serve(self, at: str = "/") -> Iterator[Nginx]:
        """Run nginx with the site."""
        folder = self.manifest.parent / "nginx"
        folder.mkdir()
        with run_nginx(folder, self.site, self.policy, at) as nginx:
            yield nginx


@pytest.fixture
def release(tmp_path: Path) -> Release:
    """Build the site under this repository's policy; it has nothing inline."""
    site, policy = build_site(tmp_path), load_policy(ROOT / "deploy/policy.yaml").resolve({})
    path = tmp_path / "manifest.json"
    path.write_bytes(build_manifest(site, policy, "1.2.3", COMMIT).encode())
    return Release(site, policy, path)


def verify(address: str, manifest: Path, *words: str | Path) -> tuple[int, list[str], str]:
    """Run scripts/verify-site; return its status, its lines and what it complains of."""
    done = run_module(ROOT, "scripts.releasing.verify_site", address, manifest, *words)
    return done.returncode, done.stdout.splitlines(), done.stderr


@pytest.mark.parametrize("at", ["/", "/a/b/"])
def test_a_site_as_released(release: Release, at: str) -> None:
    """At the root and below a path, plain and compressed: nothing differs."""
    with release.serve(at) as nginx:
        status, lines, errors = verify(nginx.url, release.manifest)
    assert (status, errors) == (0, "")
    assert lines[-1] == f"{nginx.url} serves the 5 files of version 1.2.3 ({COMMIT[:12]}) unchanged."


def tamper_script(site: Path) -> None:
    """Add a line to a script, and to its compressed copies."""
    with (site / SCRIPT).open("a") as file:
        file.write("fetch('https://evil.example/')\n")
    compress(site)


def tamper_copy(site: Path) -> None:
    """Change what only browsers get that take gzip."""
    (site / f"{SCRIPT}.gz").write_bytes(gzip.compress(b"evil()"))


def delete_page(site: Path) -> None:
    """Take a page away."""
    shutil.rmtree(site / "check")


def add_script(site: Path) -> None:
    """Link another script of the site, and one of another site, in a page."""
    (site / "more.js").write_text("evil()")
    page = site / "boj/日本/index.html"
    tags = '<script src="../../more.js"></script><script src="https://evil.example/x.js"></script>'
    page.write_text(page.read_text(encoding="utf-8") + tags, encoding="utf-8")
    compress(site)


def change_not_found(site: Path) -> None:
    """Change the page for unknown addresses."""
    (site / "404.html").write_text("<!doctype html><p>Something is here.</p>")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (tamper_script, [f"changed: {SCRIPT}"]),
        (tamper_copy, [f"the compressed copy (gzip) is changed: {SCRIPT}"]),
        (delete_page, ["missing (status 404): check/index.html"]),
        (
            add_script,
            [
                "changed: boj/日本/index.html",
                "not in the release: {url}more.js (named in boj/日本/index.html)",
                "not in the release: https://evil.example/x.js (named in boj/日本/index.html)",
            ],
        ),
        (change_not_found, ["changed: 404.html"]),
    ],
    ids=["tampered-file", "tampered-copy", "missing-file", "added-script", "not-found-page"],
)
def test_each_difference_is_named(
    release: Release, change: Callable[[Path], None], expected: list[str]
) -> None:
    """By its file, and nothing else is; links to other sites, which guides have, are none."""
    change(release.site)
    with release.serve() as nginx:
        status, lines, _ = verify(nginx.url, release.manifest)
    assert status == 1
    assert lines[1:-1] == [line.format(url=nginx.url) for line in expected]
    assert lines[-1].endswith(f"({COMMIT[:12]}) in {len(expected)} places.")


def test_headers_are_compared(release: Release) -> None:
    """One that is missing, one that says another thing, and ones that load or keep something: each once."""
    del release.policy.headers["Referrer-Policy"]
    release.policy.headers["X-Content-Type-Options"] = "sniff"
    release.policy.headers["Link"] = "<https://evil.example/x.js>; rel=modulepreload"
    with release.serve() as nginx:
        status, lines, _ = verify(nginx.url, release.manifest)
    assert status == 1
    link = "the header Link, “<https://evil.example/x.js>; rel=modulepreload”, is not in the release"
    assert lines[1:-1] == [
        "the header Referrer-Policy is missing: 404.html and 4 more",
        "the header X-Content-Type-Options is “sniff” instead of “nosniff”: 404.html and 4 more",
        f"{link}: 404.html and 4 more",
    ]


def test_a_signed_manifest(release: Release) -> None:
    """With the key, the manifest is verified before the site is asked; a changed one compares nothing."""
    key, manifest = SecretKey.generate(), release.manifest
    public, signature = (manifest.with_name(name) for name in ("key.pub", "manifest.json.minisig"))
    public.write_text(key.public.encode(), encoding="utf-8")
    signature.write_text(key.sign(manifest.read_bytes(), "v1.2.3").encode(), encoding="utf-8")
    with release.serve() as nginx:
        status, lines, _ = verify(nginx.url, manifest, "--key", public)
        assert (status, lines[0]) == (0, "The manifest's signature verifies: v1.2.3")
        requests = len(nginx.log())
        with manifest.open("a") as file:
            file.write("\n")
        status, lines, errors = verify(nginx.url, manifest, "--key", public)
        assert (status, lines) == (2, [])
        assert "does not fit the file" in errors
        assert len(nginx.log()) == requests


def test_where_nothing_can_be_compared(release: Release) -> None:
    """No server, no address, another format: status 2 and a sentence, no difference and no agreement."""
    nowhere = "http://127.0.0.1:9/"  # the port of RFC 863, which nobody serves here
    other = release.manifest.with_name("other.json")
    empty = Manifest(version="1", commit="0", headers={}, files={}).encode()
    other.write_bytes(empty.replace(b'"format": 1', b'"format": 2'))
    for address, path, complaint in (
        (nowhere, release.manifest, "could not be compared"),
        ("file:///etc/", release.manifest, "no address of HTTP"),
        (nowhere, other, "is no manifest"),
    ):
        status, lines, errors = verify(address, path)
        assert (status, len(lines)) == (2, 1)
        assert complaint in errors


def test_the_command_speaks_japanese(release: Release) -> None:
    """As every command of scripts/ does."""
    words = ("--lang", "ja", "http://127.0.0.1:9/", release.manifest)
    done = run(ROOT / "scripts/verify-site", *words, check=False)
    assert done.returncode == 2
    assert "比べられませんでした" in done.stderr
