"""A release, made in a copy of this repository; nothing leaves the copy."""

import hashlib
import json
import re
import zipfile
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

import pytest

from scripts.releasing.manifest import Manifest
from scripts.releasing.signing import make_key, verify_file
from scripts.serving.server import SiteServer
from scripts.site.inputs import hash_file
from scripts.site.policy import load_resolved_policy
from scripts.site.sbom import PUBLISHED
from tests.support import ROOT
from tests.support.copies import copy_project, git, run_module

VERSION = "9.8.7"
SECTION = "### Fixed\n\n* A page."
RELEASE = "scripts.releasing.release"


class Release(NamedTuple):
    """A repository, and the folder into which a release of it was made."""

    repository: Path
    folder: Path
    manifest: Manifest


def prepare_repository(folder: Path) -> Path:
    """Make a clean copy whose next version is described."""
    copy = copy_project(folder / "clone", "pyproject.toml", ".gitignore")
    (copy / ".venv").symlink_to(ROOT / ".venv")
    for name in ("pyproject.toml", "wasm/pyproject.toml"):
        text = (copy / name).read_text(encoding="utf-8")
        changed = re.sub(r'^version = ".*"$', f'version = "{VERSION}"', text, count=1, flags=re.MULTILINE)
        (copy / name).write_text(changed, encoding="utf-8")
    sections = f"# Changelog\n\n## [Unreleased]\n\n## [{VERSION}] - 2026-12-24\n\n{SECTION}\n"
    (copy / "CHANGELOG.md").write_text(sections, encoding="utf-8")
    # Links, which the list of ignored folders does not name.
    (copy / ".git/info/exclude").write_text("/.venv\n/node_modules\n", encoding="utf-8")
    git(copy, "config", "user.name", "a")
    git(copy, "config", "user.email", "a@example.com")
    record(copy)
    return copy


def record(repository: Path) -> None:
    """Commit all that has changed."""
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "Change")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Make a release."""
    repository = prepare_repository(tmp_path_factory.mktemp("release"))
    folder, key = repository.parent / "release", repository.parent / "key"
    make_key(key, "secret")
    made = run_module(repository, RELEASE, "--tested", "--into", folder, "--key", key, stdin="secret\n")
    assert made.returncode == 0, made.stderr
    return Release(repository, folder, Manifest.model_validate_json((folder / "manifest.json").read_bytes()))


def test_the_tag_is_at_the_commit_of_the_manifest(release: Release) -> None:
    """Its message is the version's section of the changelog, headings included."""
    commit = git(release.repository, "rev-parse", f"v{VERSION}^{{commit}}")
    assert commit == git(release.repository, "rev-parse", "HEAD")
    assert (release.manifest.version, release.manifest.commit) == (VERSION, commit)
    message = git(release.repository, "for-each-ref", "--format=%(contents)", f"refs/tags/v{VERSION}")
    assert message.strip() == f"Version {VERSION}\n\n{SECTION}"


def test_what_is_in_the_folder(release: Release) -> None:
    """Archive, checksum, bill of materials, manifest and its signature; nothing else."""
    (archive,) = release.folder.glob("*.zip")
    checksum, materials = (release.folder / f"{archive.name}{ending}" for ending in (".sha256", ".cdx.json"))
    manifest, signature = (release.folder / f"manifest.json{ending}" for ending in ("", ".minisig"))
    assert set(release.folder.iterdir()) == {archive, checksum, materials, manifest, signature}
    assert checksum.read_text() == f"{hash_file(archive)}  {archive.name}\n"
    assert materials.read_bytes() == (release.repository / "site" / PUBLISHED).read_bytes()


def test_the_manifest_is_signed(release: Release) -> None:
    """By the institution's own key; the signed comment names version and commit."""
    comment = verify_file(release.folder / "manifest.json", release.folder.parent / "key.pub")
    assert comment == f"v{VERSION} {release.manifest.commit}"


def test_the_manifest_fits_the_archive(release: Release, tmp_path: Path) -> None:
    """Each file, but those that tell of the archive: it does not hold itself."""
    (archive,) = release.folder.glob("*.zip")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path)
    site = tmp_path / "cert-guides"
    unpacked = {
        path.relative_to(site).as_posix(): hash_file(path) for path in site.rglob("*") if path.is_file()
    }
    listed = {name: file.sha256 for name, file in release.manifest.files.items()}
    differing = {name for name, _ in unpacked.items() ^ listed.items()}
    assert differing == {
        "offline/archive.json",
        *(f"offline/{path.name}" for path in release.folder.glob("cert-guides-*")),
    }


def test_the_manifest_says_what_a_server_sends(release: Release) -> None:
    """Body, type and headers of each file, as a client has them that takes no compression."""
    policy = load_resolved_policy(release.repository)
    with SiteServer(release.repository / "site", policy) as server, server.serve():
        connection = HTTPConnection("127.0.0.1", server.server_port)
        for name, file in release.manifest.files.items():
            connection.request("GET", f"/{name}", headers={"Accept-Encoding": "identity"})
            response = connection.getresponse()
            body = response.read()
            assert (len(body), hashlib.sha256(body).hexdigest()) == (file.size, file.sha256), name
            expected = {**release.manifest.headers[file.page_class], "Content-Type": file.type}
            assert dict(response.getheaders()).items() >= expected.items(), name
        connection.close()


def test_a_release_is_not_mixed_with_another(release: Release) -> None:
    """Where files are already, none is added."""
    again = run_module(release.repository, RELEASE, "--tested", "--into", release.folder)
    assert (again.returncode, again.stderr) == (1, f"{release.folder} is not empty.\n")


def test_nothing_is_released_that_is_not_ready(tmp_path: Path) -> None:
    """All that stands against it is told at once; no folder, no tag."""
    repository = prepare_repository(tmp_path)
    (repository / "CHANGELOG.md").write_text("# Changelog\n\n## [Unreleased]\n", encoding="utf-8")
    refused = run_module(repository, RELEASE, "--tested")
    assert refused.returncode == 1
    assert f"[{VERSION}] has no entries" in refused.stderr
    assert "The working tree differs from the commit" in refused.stderr
    assert not (repository / "build/release").exists()
    assert git(repository, "tag") == ""


def test_nothing_is_released_while_a_check_fails(tmp_path: Path) -> None:
    """Without --tested every check runs first: here the first of them finds an import that nobody needs."""
    repository = prepare_repository(tmp_path)
    (repository / "scripts/unused.py").write_text("import os\n", encoding="utf-8")
    record(repository)
    refused = run_module(repository, RELEASE)
    assert refused.returncode == 1
    assert "ruff check found something" in refused.stderr
    assert refused.stderr.endswith("No release: scripts/test is not green.\n")
    assert not (repository / "build/release").exists()
    assert git(repository, "tag") == ""


def test_a_manifest_with_unknown_fields_is_refused() -> None:
    """What a later format adds must not go unseen by who compares."""
    manifest = Manifest(version="1.0.0", commit="a" * 40, headers={}, files={})
    assert Manifest.model_validate_json(manifest.encode()) == manifest
    with pytest.raises(ValueError, match="extra"):
        Manifest.model_validate_json(json.dumps({**manifest.model_dump(), "more": 1}))
