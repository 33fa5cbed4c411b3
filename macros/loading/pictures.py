"""Pictures of steps: checked here, encoded when they are added (``scripts/editing/add_picture``)."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from macros.loading.problems import Problem, format_message
from macros.model.facts import GuidePage, PictureSize
from macros.model.language import Message

FOLDER = "pictures"
"""Of an authority's folder, or of ``shared``."""
MOST_BYTES = 200_000
MOST_PIXELS = 1600
"""Of its width and of its height."""
SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp"})
"""Of files that are pictures, whatever they hold."""
# RFC 9649, 2.4 to 2.6: RIFF, the length of what follows, WEBP, then one chunk with its length.
_HEADER_LENGTH = 20
_CHUNKS = (b"VP8 ", b"VP8L")


class PictureError(Exception):
    """A file is no picture for a step.

    Attributes:
        explanation: why, and what to do.
    """

    def __init__(self, explanation: Message) -> None:
        """Keep the explanation."""
        self.explanation = explanation
        super().__init__(explanation.en)


@dataclass
class Pictures:
    """The pictures of some guides.

    Attributes:
        sizes: of those that are in order, by path below ``docs/``.
        problems: with the others.
    """

    sizes: dict[str, PictureSize]
    problems: list[Problem]


def read_pictures(docs: Path, pages: list[GuidePage]) -> Pictures:
    """Read the pictures of all steps.

    Args:
        docs: the folder of the facts.
        pages: the guides.
    """
    pictures = Pictures({}, [])
    for page, index, file in _list_files(pages):
        try:
            pictures.sizes[file] = measure_picture(docs / file)
        except PictureError as error:
            location = ("steps", index, "picture", "file")
            place, field = page.locate(location), ".".join(map(str, location))
            pictures.problems.append(Problem(*place, field, error.explanation))
    return pictures


def _list_files(pages: list[GuidePage]) -> Iterator[tuple[GuidePage, int, str]]:
    for page in pages:
        for index, step in enumerate(page.guide.steps):
            if step.picture:
                yield page, index, step.picture.file


def measure_picture(path: Path) -> PictureSize:
    """Require that a file is what ``scripts/add-picture`` writes, and return its size.

    1. It is there, and not too long.
    2. It is WebP in its simple format: one chunk, so that nothing but the picture is in it.
    3. It is not too wide or high.
    4. It can be decoded.

    Raises:
        PictureError: it is not.
    """
    if not path.is_file():  # 1
        raise PictureError(format_message("picture.missing", file=f"docs/{'/'.join(path.parts[-3:])}"))
    data = path.read_bytes()
    if len(data) > MOST_BYTES:
        raise PictureError(format_message("picture.bytes", bytes=len(data), most=MOST_BYTES))
    if not _is_simple_webp(data):  # 2
        raise PictureError(format_message("picture.format"))
    try:
        with warnings.catch_warnings(action="error"), Image.open(path, formats=["WEBP"]) as image:
            size = PictureSize(*image.size)
            if max(size) > MOST_PIXELS:  # 3
                raise PictureError(format_message("picture.pixels", most=MOST_PIXELS, **size._asdict()))
            image.load()  # 4
    except (OSError, Image.DecompressionBombError, Warning) as error:
        raise PictureError(format_message("picture.format")) from error
    return size


def _is_simple_webp(data: bytes) -> bool:
    """Tell whether a file has one chunk of pixels, without room for metadata (RFC 9649, 2.5 and 2.6)."""
    length, chunk_length = (int.from_bytes(data[start : start + 4], "little") for start in (4, 16))
    return (
        (data[:4], data[8:12]) == (b"RIFF", b"WEBP")
        and data[12:16] in _CHUNKS
        and length + 8 == len(data)
        and _HEADER_LENGTH + chunk_length + chunk_length % 2 == len(data)
    )
