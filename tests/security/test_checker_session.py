"""A checker session keeps certificates between two verdicts: no file, no password, no private key."""

import gc
import json
from collections.abc import Sequence
from typing import Any

import pytest

from certcheck.browser import Session, inspect_files
from tests.support import mint

AT = "2027-03-10T00:00:00+09:00"
SECRET = "a password of this test alone"


def find_reachable_objects(session: Session) -> list[object]:
    """Return all that can be reached from a session, but not code: modules, classes and functions."""
    reachable: dict[int, object] = {}
    waiting: list[object] = [session]
    while waiting:
        value = waiting.pop()
        if id(value) not in reachable and not isinstance(
            value, type | type(gc) | type(find_reachable_objects)
        ):
            reachable[id(value)] = value
            waiting += gc.get_referents(value)
    return list(reachable.values())


@pytest.mark.parametrize("password", [SECRET, "wrong", None])
def test_it_holds_no_file_and_no_password(password: str | None) -> None:
    """Neither a verdict nor an error keeps the file's bytes, its password, or a frame that has them."""
    session, data = Session(), mint.build_pfx(password=SECRET)
    session.read_file(1, "x.pfx", data, password)
    session.judge_files([1], AT)
    values = find_reachable_objects(session)
    assert "x.pfx" in values
    assert not any(isinstance(value, bytes) and value == data for value in values)
    assert not any(isinstance(value, str) and value == password for value in values)
    assert not any(type(value).__name__ in ("frame", "traceback") for value in values)


def judge(session: Session, numbers: list[int], authorities: Sequence[str] = ()) -> Any:  # noqa: ANN401 - JSON
    """Return a session's report without the pictures, which are the page's alone."""
    report = json.loads(session.judge_files(numbers, AT, authorities))
    for file in report["files"]:
        for certificate in file.get("certificates", ()):
            assert certificate.pop("picture")
    return report


def test_it_judges_as_if_it_read_again() -> None:
    """What is kept gives the report that the files themselves give, in the order of the numbers."""
    session = Session()
    files = [
        ("x.pfx", mint.build_pfx(), mint.PASSWORD),
        ("n.txt", b"no", None),
        ("y.pfx", mint.build_pfx(), None),
    ]
    for number, (name, data, password) in enumerate(files):
        session.read_file(number, name, data, password)
    in_order = [files[2], files[0], files[1]]
    assert judge(session, [2, 0, 1]) == json.loads(inspect_files(in_order, AT))
    assert judge(session, [2], ["boj"]) == json.loads(inspect_files(files[2:], AT, "boj"))


def test_another_session_takes_over() -> None:
    """What a session hands out of a file is enough for the same report in another one."""
    first, second = Session(), Session()
    for number, data in enumerate((mint.build_pfx(), b"no")):
        second.restore_file(number, first.read_file(number, "x", data, mint.PASSWORD))
    assert judge(second, [0, 1]) == judge(first, [0, 1])


def test_it_forgets_files_that_are_not_judged() -> None:
    """A file that was replaced by another is not kept until the worker ends."""
    session = Session()
    session.read_file(1, "x.pfx", mint.build_pfx(), mint.PASSWORD)
    session.judge_files([], AT)
    with pytest.raises(KeyError):
        session.judge_files([1], AT)
