"""A stand-in for the build backends of cryptography and cffi, used only while their sdists are downloaded.

``pip download`` asks an sdist's backend for metadata even if only the file is wanted, and the real backends
want Rust or a C compiler for that. The sdist already carries the answer in ``PKG-INFO``; this hands it out.
"""

from email import message_from_bytes
from pathlib import Path


def prepare_metadata_for_build_wheel(metadata_directory: str, _config_settings: object = None) -> str:
    """Lay out a ``.dist-info`` whose METADATA is the sdist's own PKG-INFO (PEP 517)."""
    content = Path("PKG-INFO").read_bytes()
    fields = message_from_bytes(content)
    dist_info = Path(metadata_directory) / f"{fields['Name']}-{fields['Version']}.dist-info"
    dist_info.mkdir()
    (dist_info / "METADATA").write_bytes(content)
    return dist_info.name
