"""A path made for a clause of RFC 5280, with its drawing and its outcome.

Each module of this folder is a clause: its docstring says what the clause demands, and `CASES` are paths that
keep it and paths that break it. In drawings, ROOT is the trust anchor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.support.mint import BOJ, Identity, build_key_usage, encode_der, mint, mint_ca

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cryptography import x509

    Extensions = Iterable[x509.Extension[x509.ExtensionType]]

_SIGNS_CERTIFICATES = build_key_usage("key_cert_sign", "crl_sign")
_SIGNS = build_key_usage("digital_signature")

AT = "2027-03-10T12:00:00+09:00"
ROOT = mint_ca(cn="Root", extensions=[_SIGNS_CERTIFICATES])


class Case(NamedTuple):
    """A path.

    Attributes:
        drawing: the path, from the anchor to the holder.
        path: the holder's certificate, then those above it, without the anchor's.
        code: what certcheck says of it: `certcheck.paths.path_building.ProblemCode`, or else the status of a
            path that does not lead to the anchor; None of a path that the clause allows.
    """

    drawing: str
    path: tuple[bytes, ...]
    code: str | None = None


def issue_ca(
    issuer: Identity = ROOT,
    *extensions: x509.Extension[x509.ExtensionType],
    cn: str = BOJ,
    path_length: int | None = None,
    key_usage: x509.Extension[x509.ExtensionType] | None = _SIGNS_CERTIFICATES,
) -> Identity:
    """Issue a CA that keeps every clause, but for what is asked."""
    usage = [key_usage] if key_usage else []
    return mint_ca(issuer, cn=cn, path_length=path_length, extensions=[*usage, *extensions])


def issue_holder(
    issuer: Identity = ROOT,
    *extensions: x509.Extension[x509.ExtensionType],
    key_usage: x509.Extension[x509.ExtensionType] = _SIGNS,
) -> Identity:
    """Issue a holder's certificate that keeps every clause, but for what is asked."""
    return mint(issuer, extensions=[key_usage, *extensions])


def draw(drawing: str, *path: Identity | bytes, code: str | None = None) -> Case:
    """Return a case of identities, or of certificates in DER."""
    encoded = (member if isinstance(member, bytes) else encode_der(member) for member in path)
    return Case(drawing, tuple(encoded), code)
