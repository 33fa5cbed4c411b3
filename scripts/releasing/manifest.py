"""The manifest of a release: every file that a server sends, with its SHA-256 and its headers.

Whoever has the manifest can ask a running site for each file and name every difference. The same commit gives
the same bytes, so that a signature can stand beside them.
"""

import hashlib
import json
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from scripts.site.archive_site import list_served_files
from scripts.site.policy import Policy

Digest = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ServedFile(_Strict):
    """One file.

    Attributes:
        sha256: of the body as a client has it that takes no compression; in hex.
        size: of that body, in bytes.
        type: the header Content-Type.
        page_class: names the other headers in :attr:`Manifest.headers`.
    """

    sha256: Digest
    size: int
    type: str
    page_class: str


class Manifest(_Strict):
    """All that a server sends for a release.

    Attributes:
        format: of this file; another number when a reader of this one would be misled.
        version: of the release, e.g. ``0.1.0``.
        commit: git's full name of what it was built from.
        headers: every header of a response but type and length, by class of file.
        files: by path below the site's root. ``a/index.html`` is what the address ``a/`` answers, and
            ``404.html`` what every unknown address does.
    """

    format: Literal[1] = 1
    version: str
    commit: str
    headers: dict[str, dict[str, str]]
    files: dict[str, ServedFile]

    def encode(self) -> bytes:
        """Return the file's bytes: JSON with one value a line, which two releases can be compared by."""
        text = json.dumps(self.model_dump(), ensure_ascii=False, indent=1, sort_keys=True)
        return f"{text}\n".encode()


def build_manifest(site: Path, policy: Policy, version: str, commit: str) -> Manifest:
    """List a built site.

    Args:
        site: its archive included; compressed copies and a host's own files are left out.
        policy: resolved, as the build left it.
        version: of the release.
        commit: that the site was built from.
    """
    files = {}
    for path in list_served_files(site):
        name, body = path.relative_to(site).as_posix(), path.read_bytes()
        files[name] = ServedFile(
            sha256=hashlib.sha256(body).hexdigest(),
            size=len(body),
            type=policy.build_response_headers(name)["Content-Type"],
            page_class=policy.find_class(name).name,
        )
    headers = {page_class.name: policy.build_class_headers(page_class) for page_class in policy.classes}
    return Manifest(version=version, commit=commit, headers=headers, files=files)
