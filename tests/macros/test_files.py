"""What the build writes is whole, and made once for the same inputs."""

import pickle
from functools import partial
from pathlib import Path

import pytest

from macros.files import make_once, read_cache, write_atomically, write_cache, write_if_changed


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """Whoever has the old file open goes on reading it, and nothing unfinished stays beside the new one."""
    path = tmp_path / "folder" / "file"
    write_atomically(path, b"old")
    with path.open("rb") as reader:
        write_atomically(path, b"new")
        assert reader.read() == b"old"
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


def test_a_failed_write_leaves_what_was_there(tmp_path: Path) -> None:
    """And nothing unfinished: here a folder stands in the place of the file."""
    (tmp_path / "file/inside").mkdir(parents=True)
    with pytest.raises(OSError, match="file"):
        write_atomically(tmp_path / "file", b"new")
    assert [path.name for path in tmp_path.rglob("*")] == ["file", "inside"]


def test_the_same_content_leaves_a_file_alone(tmp_path: Path) -> None:
    """Its time of change is that of the last difference."""
    path = tmp_path / "file"
    assert write_if_changed(path, b"text")
    before = path.stat()
    assert not write_if_changed(path, b"text")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert write_if_changed(path, b"other")


def test_the_same_inputs_are_not_worked_on_again(tmp_path: Path) -> None:
    """Other inputs are, also those that were there before the last ones: one result is kept."""
    calls: list[bytes] = []

    def make(inputs: bytes) -> bytes:
        calls.append(inputs)
        return inputs.upper()

    for inputs in (b"a", b"a", b"b", b"a"):
        assert make_once(tmp_path / "cache", inputs, partial(make, inputs)) == inputs.upper()
    assert calls == [b"a", b"b", b"a"]


@pytest.mark.parametrize(
    "content",
    [b"", b"garbage", pickle.dumps("of an older version"), b"\0" * 32 + b"data"],
    ids=["empty", "garbage", "unsealed", "foreign seal"],
)
def test_a_foreign_file_in_the_cache_is_ignored(tmp_path: Path, content: bytes) -> None:
    """A stale or foreign cache never breaks a build: the data are made again."""
    path = tmp_path / "cache"
    path.write_bytes(content)
    assert read_cache(path, b"inputs") is None
    assert make_once(path, b"inputs", lambda: b"data") == b"data"
    assert read_cache(path, b"inputs") == b"data"


def test_a_cut_file_in_the_cache_is_ignored(tmp_path: Path) -> None:
    """As an interrupted copy of the folder leaves it, say."""
    path = tmp_path / "cache"
    write_cache(path, b"inputs", b"a long content")
    path.write_bytes(path.read_bytes()[:-1])
    assert read_cache(path, b"inputs") is None
