"""Every file of cryptography's test vectors gives what the table says: a report, or one of our errors."""

from __future__ import annotations

from tests.certcheck import vectors
from tests.support.slices import take_slice


def test_the_table_names_every_file() -> None:
    """No file is left out, and none is there that is not."""
    assert list(vectors.golden()) == [path.relative_to(vectors.ROOT).as_posix() for path in vectors.files()]


def test_what_is_said_of_each() -> None:
    """NIST's files are many of a kind: of those each 20th, of the whole in scripts/prove."""
    nist = {path for path in vectors.files() if "PKITS_data" in path.parts}
    found = vectors.table([*(set(vectors.files()) - nist), *take_slice(sorted(nist), 20)])
    expected = vectors.golden()
    assert vectors.differences(found, {name: expected[name] for name in found}) == []


def test_nothing_is_unforeseen() -> None:
    """No file makes the library throw what nobody foresaw."""
    assert not [name for name, said in vectors.golden().items() if "where=library" in said]
