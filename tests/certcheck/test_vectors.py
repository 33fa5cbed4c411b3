"""Every file of cryptography's test vectors gives what the table says: a report, or a failure."""

from __future__ import annotations

from tests.certcheck import vectors
from tests.support.slices import take_slice


def test_the_table_names_every_file() -> None:
    """No file is left out, and none is there that is not."""
    assert list(vectors.read_table()) == [
        path.relative_to(vectors.ROOT).as_posix() for path in vectors.list_files()
    ]


def test_every_file_is_as_the_table_says() -> None:
    """NIST's files are many of a kind: every 20th of them, all in scripts/prove."""
    nist = {path for path in vectors.list_files() if "PKITS_data" in path.parts}
    table = vectors.describe_files([*(set(vectors.list_files()) - nist), *take_slice(sorted(nist), 20)])
    expected = vectors.read_table()
    assert vectors.compare(table, {name: expected[name] for name in table}) == []


def test_no_error_is_unexpected() -> None:
    """No file makes the library raise what it is not known to raise."""
    assert not [name for name, line in vectors.read_table().items() if "where=library" in line]
