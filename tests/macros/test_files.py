"""What the build writes is whole, and made once for the same inputs."""

from functools import partial
from pathlib import Path

from macros.files import cached, write_atomically, write_if_changed


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """Whoever has the old file open goes on reading it, and nothing unfinished stays beside the new one."""
    path = tmp_path / "folder" / "file"
    write_atomically(path, b"old")
    with path.open("rb") as reader:
        write_atomically(path, b"new")
        assert reader.read() == b"old"
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


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
        assert cached(tmp_path / "cache", inputs, partial(make, inputs)) == inputs.upper()
    assert calls == [b"a", b"b", b"a"]
