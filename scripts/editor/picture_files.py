"""Pictures that are chosen in the form: a step's, encoded anew without metadata, or the site's logo."""

import base64
import binascii
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from macros.files import write_atomically
from macros.loading.pictures import FOLDER
from scripts.editing.add_picture import RefusedPictureError, encode_picture
from scripts.editor.documents import Document

MOST_LOGO_BYTES = 100_000
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<svg[\s>]", re.DOTALL)
# By the field's keyword "x-file" in the form's schema.
STEP_PICTURE, LOGO = "picture", "logo"


def write_picture(document: Document, purpose: str, name: str, encoded: str, root: Path) -> str:
    """Write a picture where a document can name it, and return the value of its field.

    Args:
        document: whose field it is.
        purpose: ``picture`` or ``logo``.
        name: of the file as it was chosen.
        encoded: the file in Base64.
        root: the repository.

    Raises:
        RefusedPictureError: it is no such picture, or too long, or there is another of that name.
    """
    try:
        data = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise RefusedPictureError(name) from error
    stem = re.sub(r"[^a-z0-9]+", "-", Path(name).stem.lower()).strip("-") or purpose
    if purpose == LOGO:
        value = f"{stem}{_find_logo_ending(name, data)}"
    else:
        value, data = f"{document.folder}/{FOLDER}/{stem}.webp", _encode(name, data)
    path = root / "docs" / value
    if path.is_symlink() or path.parent.is_symlink() or (path.exists() and path.read_bytes() != data):
        raise RefusedPictureError(value)
    write_atomically(path, data)
    return value


def _find_logo_ending(name: str, data: bytes) -> str:
    """Find the ending by what the file holds: browsers show an SVG picture of a page without its scripts."""
    if len(data) <= MOST_LOGO_BYTES:
        if data.startswith(_PNG):
            return ".png"
        if _SVG.match(data):
            return ".svg"
    raise RefusedPictureError(name)


def _encode(name: str, data: bytes) -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder, f"picture{Path(name).suffix}")
        file.write_bytes(data)
        return encode_picture(file)
