"""Encode a picture anew, without metadata, and put it where steps find it: ``docs/boj/pictures/``."""

import argparse
import functools
import io
import os
import re
import sys
import warnings
from pathlib import Path

from PIL import Image, ImageOps

from macros.files import write_atomically
from macros.loading.pictures import FOLDER, MOST_BYTES, MOST_PIXELS, measure_picture
from macros.model.evidence import SLUG
from macros.model.facts import LANGUAGES
from macros.model.language import LANGUAGE_VARIABLE, choose_language
from scripts import ROOT
from scripts.editing.command_words import format_words

_say = functools.partial(format_words, "picture")
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
# Of WebP's lossy encoder, from 0 to 100: words in a window stay sharp.
_QUALITY = 85
# Of WebP's encoders, from 0 to 6: the smallest file.
_METHOD = 6


class RefusedPictureError(Exception):
    """A picture cannot be added; says why, in the language of messages."""


def main() -> int:
    """Write the file and show what the step needs; 1 when it cannot be written."""
    options = argparse.ArgumentParser(prog="scripts/add-picture", description=__doc__)
    options.add_argument("file", metavar="FILE", type=Path, help="PNG, JPEG, WebP, GIF or BMP")
    options.add_argument("name", metavar="NAME", help="folder and name, e.g. boj/export")
    options.add_argument("--lang", choices=LANGUAGES, help="of messages")
    chosen = options.parse_args()
    os.environ[LANGUAGE_VARIABLE] = chosen.lang or choose_language()
    try:
        target = _locate_target(chosen.name)
        data = encode_picture(chosen.file)
    except RefusedPictureError as error:
        print(error, file=sys.stderr)
        return 1
    write_atomically(target, data)
    size, file = measure_picture(target), target.relative_to(ROOT / "docs").as_posix()
    print(_say("written", file=f"docs/{file}", width=size.width, height=size.height, bytes=len(data)))
    print(_say("next"))
    print(f"    picture:\n      file: {file}\n      alt:")
    for language in LANGUAGES:
        print(f"        {language}:  # {_say(f'alt.{language}')}")
    return 0


def _locate_target(name: str) -> Path:
    """Return the path of the file to write.

    Raises:
        RefusedPictureError: there is no such folder, or the name is none.
    """
    folder, _, picture = name.partition("/")
    if not (re.match(SLUG, folder) and re.match(SLUG, picture) and (ROOT / "docs" / folder).is_dir()):
        raise RefusedPictureError(_say("name", name=name))
    return ROOT / "docs" / folder / FOLDER / f"{picture}.webp"


def encode_picture(path: Path) -> bytes:
    """Encode the pixels of a picture as WebP, and nothing else that its file holds.

    1. Read it; a camera's rotation is applied, since only metadata tell of it.
    2. Make it smaller where it is too wide or high.
    3. Copy the pixels, onto white, into a picture that knows no metadata.
    4. Encode without loss, or with some where that is too long.

    Args:
        path: of the picture.

    Raises:
        RefusedPictureError: it cannot be read, or becomes too long.
    """
    if not path.is_file():
        raise RefusedPictureError(_say("no-file", file=path))
    try:
        with warnings.catch_warnings(action="error"), Image.open(path, formats=_FORMATS) as source:
            picture = ImageOps.exif_transpose(source).convert("RGBA")  # 1
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning) as error:
        raise RefusedPictureError(_say("unreadable", file=path)) from error
    picture.thumbnail((MOST_PIXELS, MOST_PIXELS), Image.Resampling.LANCZOS)  # 2
    pixels = Image.new("RGB", picture.size, "white")  # 3
    pixels.paste(picture, mask=picture)
    data = _encode(pixels, is_lossless=True)  # 4
    if len(data) > MOST_BYTES:
        data = _encode(pixels, is_lossless=False)
    if len(data) > MOST_BYTES:
        raise RefusedPictureError(_say("too-large", file=path, bytes=len(data), most=MOST_BYTES))
    return data


def _encode(picture: Image.Image, *, is_lossless: bool) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", lossless=is_lossless, quality=_QUALITY, method=_METHOD)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
