"""scripts/add-picture writes pixels alone, small enough, and says what the step needs."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from macros.loading.pictures import MOST_BYTES, measure_picture
from scripts.editing.add_picture import RefusedPictureError, encode_picture
from tests.support.copies import copy_project, run_module

SECRET = "somebody@example.jp"


def encode_with_metadata(form: str) -> bytes:
    """Encode a red picture, twice as wide as high, that says much besides."""
    exif = Image.Exif()
    exif[0x010E] = SECRET
    exif[0x0112] = 6  # to be turned by 90 degrees
    text = PngInfo()
    text.add_text("Author", SECRET)
    text.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{SECRET}</x:xmpmeta>")
    out = io.BytesIO()
    image = Image.new("RGB", (40, 20), "red")
    image.save(out, form, exif=exif, pnginfo=text, comment=SECRET.encode(), icc_profile=SECRET.encode())
    return out.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_nothing_but_pixels_is_written(tmp_path: Path, form: str) -> None:
    """No author, place, comment or profile; the rotation that a camera's metadata ask for is done."""
    source = tmp_path / "source"
    source.write_bytes(encode_with_metadata(form))
    assert SECRET.encode() in source.read_bytes()
    written = tmp_path / "written.webp"
    written.write_bytes(encode_picture(source))
    assert SECRET.encode() not in written.read_bytes()
    assert measure_picture(written) == (20, 40)
    with Image.open(written) as image:
        assert not {"exif", "xmp", "icc_profile"} & image.info.keys()
        assert image.convert("RGB").getpixel((10, 20)) == pytest.approx((255, 0, 0), abs=2)


def test_what_is_transparent_becomes_white(tmp_path: Path) -> None:
    """Black words on a page with a dark ground would vanish."""
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(tmp_path / "a.png")
    with Image.open(io.BytesIO(encode_picture(tmp_path / "a.png"))) as image:
        assert image.convert("RGB").getpixel((1, 1)) == (255, 255, 255)


def test_the_same_picture_is_the_same_bytes(tmp_path: Path) -> None:
    """Adding it again changes nothing in git."""
    Image.effect_noise((50, 50), 40).save(tmp_path / "a.png")
    assert encode_picture(tmp_path / "a.png") == encode_picture(tmp_path / "a.png")


def test_what_cannot_be_small_is_refused(tmp_path: Path) -> None:
    """With the bound: whoever adds it cuts out what matters."""
    Image.effect_noise((1600, 1600), 90).convert("RGB").save(tmp_path / "a.png")
    with pytest.raises(RefusedPictureError, match=str(MOST_BYTES)):
        encode_picture(tmp_path / "a.png")


@pytest.mark.parametrize("content", [b"", b"text", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"<svg/>"])
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    """In one sentence."""
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(RefusedPictureError, match="PNG"):
        encode_picture(tmp_path / "a.png")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the project."""
    return copy_project(tmp_path_factory.mktemp("project"))


def test_the_command_shows_what_the_step_needs(tmp_path: Path, project: Path) -> None:
    """Lines to copy into the step, whose empty description is a mistake until somebody writes it."""
    source = tmp_path / "画面 1.png"
    source.write_bytes(encode_with_metadata("PNG"))
    done = run_module(project, "scripts.editing.add_picture", source, "boj/export", "--lang", "ja")
    assert (done.returncode, done.stderr) == (0, "")
    assert measure_picture(project / "docs/boj/pictures/export.webp") == (20, 40)
    lines = done.stdout.splitlines()
    step = "\n".join(lines[lines.index("    picture:") :])
    guide = project / "docs/boj/renew.yaml"
    text = guide.read_text(encoding="utf-8")
    guide.write_text(text.replace("\nchecked:", f"\n{step}\nchecked:"), encoding="utf-8")
    built = run_module(project, "scripts.editing.ledger_update")
    assert built.returncode == 2
    assert "picture.alt.ja" in built.stderr
    assert "picture.file" not in built.stderr


@pytest.mark.parametrize("name", ["export", "gone/export", "boj/Export 1", "boj/../../x", "boj/"])
def test_a_name_that_is_no_address_is_refused(tmp_path: Path, project: Path, name: str) -> None:
    """Nothing is written outside of an authority's folder."""
    source = tmp_path / "a.png"
    source.write_bytes(encode_with_metadata("PNG"))
    done = run_module(project, "scripts.editing.add_picture", source, name, "--lang", "en")
    assert done.returncode == 1
    assert f'got "{name}", expected an authority\'s folder and a name' in done.stderr
