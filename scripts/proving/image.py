"""Builds the image of deploy/Containerfile on a Debian made here, and looks at it running without any right.

Needs root, mmdebstrap and buildah; a registry of images is not needed.
"""

import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from scripts import ROOT
from scripts.proving.proofs import Refuted, run
from scripts.site.compress import is_copy
from scripts.site.hosting import HEADERS
from scripts.site.policy import load_policy

RELEASE = "trixie"
# The image's root, read-only, with an empty /tmp; then its own command, as its user, without capabilities.
START = """
mount --bind "$0" "$0" && mount -o remount,bind,ro "$0"
mount -t tmpfs -o mode=1777 tmpfs "$0/tmp"
mount -t proc proc "$0/proc"
mount --bind /dev "$0/dev"
user=${1%:*} group=${1#*:}
shift
exec chroot "$0" setpriv --no-new-privs --bounding-set=-all --clear-groups \\
    --reuid "$user" --regid "$group" "$@"
"""


def image() -> str:
    """Build it, start it, ask for every file.

    Returns:
        What was seen, in words.

    Raises:
        Refuted: it does not build, or the running image is not what its definition promises.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    run("scripts/build")
    run("scripts/hosting", "--listen", f"127.0.0.1:{port}", "--brotli")
    with tempfile.TemporaryDirectory() as folder:
        buildah = (
            "buildah",
            "--root",
            f"{folder}/store",
            "--runroot",
            f"{folder}/run",
            "--storage-driver",
            "vfs",
        )
        run("mmdebstrap", "--quiet", "--variant=minbase", RELEASE, f"{folder}/base.tar")
        base = _last(run(*buildah, "from", "scratch"))
        run(*buildah, "add", "--quiet", base, f"{folder}/base.tar", "/")
        run(*buildah, "commit", "--quiet", base, "localhost/debian")
        named = ("--build-arg", "BASE=localhost/debian", "--file", "deploy/Containerfile", "--tag", "guides")
        run(*buildah, "build", "--quiet", "--isolation", "chroot", *named, ".")
        built = _last(run(*buildah, "from", "localhost/guides"))
        mounted = _last(run(*buildah, "mount", built))
        about = json.loads(run(*buildah, "inspect", built))["OCIv1"]["config"]
        try:
            with _running(mounted, about["User"], about["Cmd"], port) as process:
                rights = _rights(process)
                asked = _ask_for_all(port)
        finally:
            run(*buildah, "umount", built)
    return f"{asked} files with their headers, served by {rights} on a read-only file system"


def _last(said: str) -> str:
    """The answer, after what a command may have remarked before."""
    return said.splitlines()[-1]


@contextmanager
def _running(root: str, user: str, command: list[str], port: int) -> Iterator[int]:
    start = ["unshare", "--mount", "sh", "-ec", START, root, user, *command]
    with subprocess.Popen(start, stdout=subprocess.DEVNULL) as server:  # noqa: S603  # no word is a stranger's
        try:
            while server.poll() is None:
                with socket.socket() as door:
                    if door.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.02)
            if server.poll() is not None:
                raise Refuted("the image's command did not start")
            yield server.pid
        finally:
            server.terminate()


def _rights(process: int) -> str:
    """Who runs, as Linux says it (proc(5)), having made sure that nobody special does."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    users, rights = set(status["Uid"].split()), {status[name] for name in ("CapPrm", "CapEff", "CapBnd")}
    if "0" in users or rights != {"0" * 16}:
        raise Refuted(f"the server runs as {users} with the capabilities {rights}")
    return f"user {users.pop()} without capabilities"


def _ask_for_all(port: int) -> int:
    policy = load_policy(ROOT / "build/headers.json")
    site = ROOT / "site"
    connection = HTTPConnection("127.0.0.1", port)
    files = [
        path for path in site.rglob("*") if path.is_file() and not is_copy(path) and path.name != HEADERS
    ]
    for path in files:
        name = path.relative_to(site).as_posix()
        connection.request("GET", f"/{name}")
        response = connection.getresponse()
        missing = policy.response_headers(name).items() - dict(response.getheaders()).items()
        if response.read() != path.read_bytes() or missing:
            raise Refuted(f"{name} came with status {response.status} and without {dict(missing)}")
    connection.close()
    return len(files)


def main() -> int:
    """Say what was seen; 1 when it is not as promised."""
    try:
        print(image())
    except Refuted as refuted:
        print(refuted)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
