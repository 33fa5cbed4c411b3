"""The same sources make the same site, byte for byte, wherever it is built, and without a network."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.proving.proofs import digests
from tests.support import ROOT

# What a machine may have of its own, other than this one has it.
MACHINE = {
    "LC_ALL": "C",
    "PYTHONHASHSEED": "1",
    "TZ": "DAY+24",  # a day earlier than in Greenwich, whatever the hour (POSIX 8.3)
}
# A network of one's own, in which nobody is reachable: not even the loopback device is up.
ALONE = ("unshare", "--map-root-user", "--net")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """These sources, committed or not, in a folder with another name; what is installed is shared.

    So are the compressed copies, which take longest; scripts/prove makes those anew, too.
    """
    out = tmp_path / "another place"
    git = ("git", "-C", str(ROOT))
    subprocess.run([*git, "clone", "--quiet", "--no-checkout", str(ROOT), str(out)], check=True)  # noqa: S603  # no word is a stranger's
    listed = subprocess.run(  # noqa: S603  # as above
        [*git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=True,
    )
    for name in filter(Path.exists, map(ROOT.joinpath, listed.stdout.decode().rstrip("\0").split("\0"))):
        (out / name.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(name, out / name.relative_to(ROOT))
        (out / name.relative_to(ROOT)).chmod(name.stat().st_mode & 0o700)
    (out / "build").mkdir()
    for shared in (".venv", "node_modules", "build/compressed"):
        (out / shared).symlink_to(ROOT / shared)
    return out


@pytest.mark.skipif(
    "CERT_GUIDES_SITE" not in os.environ, reason="scripts/test builds the site to compare with"
)
def test_two_builds_are_the_same(copy: Path) -> None:
    """Every file, the archive too: at another path, time, umask, locale, zone and hash seed.

    The second build has, where the kernel allows, a network of its own with nobody in it: once the packages
    are there, none is needed.
    """
    alone = ALONE if subprocess.run([*ALONE, "true"], check=False).returncode == 0 else ()  # noqa: S603  # as above
    command = ["sh", "-c", "umask 077 && exec scripts/build"]
    subprocess.run([*alone, *command], cwd=copy, env={**os.environ, **MACHINE}, check=True)  # noqa: S603  # as above
    first, second = digests(Path(os.environ["CERT_GUIDES_SITE"])), digests(copy / "site")
    assert {name for name, _ in first.items() ^ second.items()} == set()
    assert any(name.endswith(".zip") for name in first)
