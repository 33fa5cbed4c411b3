"""Build the image of deploy/Containerfile on a Debian made here, and run it without any right.

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
from scripts.command import CommandError, run, start
from scripts.proving.proofs import RefutedError
from scripts.site.compress import is_copy
from scripts.site.hosting import HEADERS
from scripts.site.policy import load_resolved_policy

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


def check_image() -> str:
    """Build it, start it, ask for every file.

    Returns:
        The finding, in words.

    Raises:
        CommandError: it does not build.
        RefutedError: the running image is not what its definition promises.
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
        base = _take_name(run(*buildah, "from", "scratch").stdout)
        run(*buildah, "add", "--quiet", base, f"{folder}/base.tar", "/")
        run(*buildah, "commit", "--quiet", base, "localhost/debian")
        options = (
            "--build-arg",
            "BASE=localhost/debian",
            "--file",
            "deploy/Containerfile",
            "--tag",
            "guides",
        )
        run(*buildah, "build", "--quiet", "--isolation", "chroot", *options, ".")
        container = _take_name(run(*buildah, "from", "localhost/guides").stdout)
        mounted = _take_name(run(*buildah, "mount", container).stdout)
        config = json.loads(run(*buildah, "inspect", container).stdout)["OCIv1"]["config"]
        try:
            with _run_image(mounted, config["User"], config["Cmd"], port) as process:
                rights = _check_rights(process)
                count = _check_files(port)
        finally:
            run(*buildah, "umount", container)
    return f"{count} files with their headers, served by {rights} on a read-only file system"


def _take_name(output: str) -> str:
    """Return the name that a command answers with, after remarks that it may have made before."""
    return output.splitlines()[-1]


@contextmanager
def _run_image(root: str, user: str, command: list[str], port: int) -> Iterator[int]:
    """Run the image's command until the block ends; yield its process."""
    words = ("unshare", "--mount", "sh", "-ec", START, root, user, *command)
    with start(*words, stdout=subprocess.DEVNULL) as server:
        try:
            while server.poll() is None:
                with socket.socket() as door:
                    if door.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.02)
            if server.poll() is not None:
                raise RefutedError("the image's command did not start")
            yield server.pid
        finally:
            server.terminate()


def _check_rights(process: int) -> str:
    """Return who runs, as Linux says it (proc(5)), having made sure that nobody special does."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    users, rights = set(status["Uid"].split()), {status[name] for name in ("CapPrm", "CapEff", "CapBnd")}
    if "0" in users or rights != {"0" * 16}:
        raise RefutedError(f"the server runs as {users} with the capabilities {rights}")
    return f"user {users.pop()} without capabilities"


def _check_files(port: int) -> int:
    """Ask for every file of the site, with its headers; return their number."""
    policy = load_resolved_policy()
    site = ROOT / "site"
    connection = HTTPConnection("127.0.0.1", port)
    files = [
        path for path in site.rglob("*") if path.is_file() and not is_copy(path) and path.name != HEADERS
    ]
    for path in files:
        name = path.relative_to(site).as_posix()
        connection.request("GET", f"/{name}")
        response = connection.getresponse()
        missing = policy.build_response_headers(name).items() - dict(response.getheaders()).items()
        if response.read() != path.read_bytes() or missing:
            raise RefutedError(f"{name} came with status {response.status} and without {dict(missing)}")
    connection.close()
    return len(files)


def main() -> int:
    """Print the finding; 1 when the image is not as promised."""
    try:
        print(check_image())
    except (RefutedError, CommandError) as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
