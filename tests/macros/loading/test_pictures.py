"""A step's picture is a small file of pixels alone; any other is refused at its place, with what to do."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from macros.loading.load import load_facts
from macros.loading.pictures import measure_picture
from macros.model.facts import PictureSize
from scripts.editing.add_picture import encode_picture
from tests.macros.conftest import HERE, list_errors

PICTURE = "abc/pictures/window.webp"
GOOD = (HERE / "synthetic" / PICTURE).read_bytes()


def encode_image(size: tuple[int, int], form: str = "WEBP", **options: object) -> bytes:
    """Encode a picture as any program would."""
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, form, **options)
    return out.getvalue()


def encode_with_metadata() -> bytes:
    """Encode a picture that says where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = "the desk of somebody"
    return encode_image((8, 8), lossless=True, exif=exif)


def compose_broken_webp() -> bytes:
    """Compose a file whose lengths are right and whose pixels are missing."""
    chunk = GOOD[20:40]
    lengths = [(len(chunk) + 12).to_bytes(4, "little"), len(chunk).to_bytes(4, "little")]
    return b"RIFF" + lengths[0] + b"WEBPVP8L" + lengths[1] + chunk


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "metadata": (encode_with_metadata, "is not the file as scripts/add-picture wrote it"),
    "profile": (lambda: encode_image((8, 8), icc_profile=b"x" * 9), "is not the file as"),
    "something behind it": (lambda: GOOD + b"PK", "is not the file as"),
    "another format": (lambda: encode_image((8, 8), "PNG"), "is not the file as"),
    "broken": (compose_broken_webp, "is not the file as"),
    "empty": (bytes, "is not the file as"),
    "wide": (lambda: encode_image((1601, 8)), "too large (1601×8 pixels, 1600 at most each way)"),
    "long": (lambda: GOOD + bytes(200_000), f"too large ({len(GOOD) + 200_000} bytes, 200000 at most)"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_nobody_should_publish_is_refused(synthetic_root: Path, kind: str) -> None:
    """Metadata, other formats, what stands behind the pixels, what is too large or cannot be decoded."""
    make, message = BAD[kind]
    (synthetic_root / "docs" / PICTURE).write_bytes(make())
    text = (synthetic_root / "docs/abc/renew.yaml").read_text(encoding="utf-8").splitlines()
    number = next(number for number, content in enumerate(text, 1) if PICTURE in content)
    (line,) = list_errors(synthetic_root)
    assert line.startswith(f"docs/abc/renew.yaml:{number}: steps.5(type).picture.file: {message}")


def test_a_picture_in_order_has_its_size(synthetic_root: Path) -> None:
    """Pages give it before the file arrives; what no step shows is not read."""
    shutil.copy(synthetic_root / "docs" / PICTURE, synthetic_root / "docs/abc/pictures/other.webp")
    assert load_facts(synthetic_root).pictures == {PICTURE: PictureSize(120, 80)}


@pytest.mark.parametrize("folder", ["abc", "abc/parts"])
def test_a_picture_beside_the_facts_is_named(synthetic_root: Path, folder: str) -> None:
    """Whoever puts one there is told by which command it is added."""
    (synthetic_root / "docs" / folder / "Screen 1.PNG").write_bytes(encode_image((8, 8), "PNG"))
    (line,) = list_errors(synthetic_root)
    assert line.startswith(f'docs/{folder}/Screen 1.PNG: "Screen 1.PNG" would not be shown; add the picture')


def test_what_the_command_writes_is_in_order(tmp_path: Path) -> None:
    """Also what it had to make smaller, and what is small with some loss only."""
    source = tmp_path / "wide.png"
    Image.effect_noise((3200, 1200), 9).convert("RGB").save(source)
    data = encode_picture(source)
    assert data[12:16] == b"VP8 "
    (tmp_path / "wide.webp").write_bytes(data)
    assert measure_picture(tmp_path / "wide.webp") == PictureSize(1600, 600)
