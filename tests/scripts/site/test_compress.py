"""The compressed copies that servers send."""

import gzip
from pathlib import Path

import brotli

from scripts.site.compress import SMALLEST, compress, is_copy

TEXT = "<p>証明書</p>" * SMALLEST


def test_a_copy_lies_beside_what_gains_from_one(tmp_path: Path) -> None:
    """It holds the same bytes and has the file's time; small files and packed ones have none."""
    site = tmp_path / "site"
    (site / "boj").mkdir(parents=True)
    page = site / "boj/index.html"
    page.write_text(TEXT)
    (site / "small.html").write_text("x")
    (site / "packed.zip").write_bytes(bytes(SMALLEST))
    compress(site, tmp_path / "cache")
    copies = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if is_copy(path)}
    assert copies.keys() == {"boj/index.html.br", "boj/index.html.gz"}
    assert brotli.decompress(copies["boj/index.html.br"].read_bytes()) == page.read_bytes()
    assert gzip.decompress(copies["boj/index.html.gz"].read_bytes()) == page.read_bytes()
    assert {path.stat().st_mtime_ns for path in copies.values()} == {page.stat().st_mtime_ns}


def test_the_same_content_is_compressed_once(tmp_path: Path) -> None:
    """Another build takes the copy from the cache; one that nothing needs any more is removed."""
    site, cache = tmp_path / "site", tmp_path / "cache"
    site.mkdir()
    page = site / "index.html"
    page.write_text(TEXT)
    compress(site, cache)
    times = {path: path.stat().st_mtime_ns for path in cache.iterdir()}
    compress(site, cache)
    assert {path: path.stat().st_mtime_ns for path in cache.iterdir()} == times
    page.write_text(TEXT + "changed")
    compress(site, cache)
    assert not times.keys() & set(cache.iterdir())
    copy = site / "index.html.br"
    assert brotli.decompress(copy.read_bytes()) == page.read_bytes()
