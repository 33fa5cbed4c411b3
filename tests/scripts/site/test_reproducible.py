"""The same sources make the same site, byte for byte, wherever it is built, and without a network."""

import os
import shutil
from pathlib import Path

import pytest

from scripts.command import git, run
from scripts.proving.proofs import hash_tree
from tests.support import ROOT

# What may differ on another machine.
MACHINE = {
    "LC_ALL": "C",
    "PYTHONHASHSEED": "1",
    "TZ": "DAY+24",  # a day earlier than in Greenwich, whatever the hour (POSIX 8.3)
}
# A network in which nobody is reachable: not even the loopback device is up.
WITHOUT_NETWORK = ("unshare", "--map-root-user", "--net")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Copy these sources, committed or not, to a folder with another name; what is installed is shared.

    So are the compressed copies, which take longest; scripts/prove makes those anew, too.
    """
    out = tmp_path / "another place"
    git("clone", "--quiet", "--no-checkout", ROOT, out)
    names = git("ls-files", "-z", "--cached", "--others", "--exclude-standard").rstrip("\0").split("\0")
    for path in filter(Path.exists, map(ROOT.joinpath, names)):
        target = out / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        target.chmod(path.stat().st_mode & 0o700)
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
    prefix = WITHOUT_NETWORK if run(*WITHOUT_NETWORK, "true", check=False).returncode == 0 else ()
    command = ("sh", "-c", "umask 077 && exec scripts/build")
    run(*prefix, *command, cwd=copy, env={**os.environ, **MACHINE})
    first, second = hash_tree(Path(os.environ["CERT_GUIDES_SITE"])), hash_tree(copy / "site")
    assert {name for name, _ in first.items() ^ second.items()} == set()
    assert any(name.endswith(".zip") for name in first)
