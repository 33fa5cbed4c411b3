"""Pictures that are chosen in the form: encoded anew, or refused; never over another file."""

import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from macros.loading.pictures import measure_picture
from scripts.editing.add_picture import RefusedPictureError
from scripts.editor.documents import Document, find_document
from scripts.editor.picture_files import LOGO, STEP_PICTURE, write_picture

SVG = b'<?xml version="1.0"?>\n<!-- ours -->\n<svg xmlns="http://www.w3.org/2000/svg" width="7" height="5"/>'


def encode(data: bytes) -> str:
    """Return what the page sends of a file."""
    return base64.b64encode(data).decode()


def draw_png(colour: str) -> bytes:
    """Return a picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def document(synthetic_root: Path) -> Document:
    """Return a guide of the invented authority."""
    return find_document("abc/renew.yaml", synthetic_root)


def test_a_steps_picture_is_encoded_anew(document: Document, synthetic_root: Path) -> None:
    """As scripts/add-picture does, under a name for addresses."""
    value = write_picture(
        document, STEP_PICTURE, "Übersicht 画面 (1).PNG", encode(draw_png("red")), synthetic_root
    )
    assert value == "abc/pictures/bersicht-1.webp"
    assert measure_picture(synthetic_root / "docs" / value).width == 40


@pytest.mark.parametrize(("data", "value"), [(SVG, "our-logo.svg"), (draw_png("blue"), "our-logo.png")])
def test_a_logo_stands_beside_the_sites_file(
    document: Document, synthetic_root: Path, data: bytes, value: str
) -> None:
    """Its ending is what the file holds, whatever it was called."""
    assert write_picture(document, LOGO, "Our logo.xyz", encode(data), synthetic_root) == value
    assert (synthetic_root / "docs" / value).read_bytes() == data


@pytest.mark.parametrize("purpose", [LOGO, STEP_PICTURE])
@pytest.mark.parametrize("data", [b"", b"<!doctype html><svg>", b"#!/bin/sh\n", SVG[:20] + b"x" * 200_000])
def test_other_files_are_refused(document: Document, synthetic_root: Path, purpose: str, data: bytes) -> None:
    """Nothing is written then."""
    before = sorted(synthetic_root.rglob("*"))
    with pytest.raises(RefusedPictureError):
        write_picture(document, purpose, "logo.svg", encode(data), synthetic_root)
    assert sorted(synthetic_root.rglob("*")) == before


def test_no_file_is_replaced(document: Document, synthetic_root: Path) -> None:
    """The same picture may come again; another of its name, or a link, is refused."""
    for _ in range(2):
        write_picture(document, LOGO, "logo.svg", encode(SVG), synthetic_root)
    with pytest.raises(RefusedPictureError):
        write_picture(document, LOGO, "logo.svg", encode(SVG + b"\n"), synthetic_root)
    (synthetic_root / "docs/link.svg").symlink_to(synthetic_root / "elsewhere.svg")
    with pytest.raises(RefusedPictureError):
        write_picture(document, LOGO, "link.svg", encode(SVG), synthetic_root)
    with pytest.raises(RefusedPictureError):
        write_picture(document, LOGO, "logo.svg", "not Base64!", synthetic_root)
