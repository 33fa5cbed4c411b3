"""What certcheck remembers for the checker's page between two verdicts."""

import gc
import json
from collections.abc import Sequence
from typing import Any

import pytest

from certcheck.browser import Desk, report_json
from tests.support import mint

AT = "2027-03-10T00:00:00+09:00"
SECRET = "a password of this test alone"


def held_by(desk: Desk) -> list[object]:
    """Everything that can be reached from it, but not code: modules, classes and functions."""
    found: dict[int, object] = {}
    waiting: list[object] = [desk]
    while waiting:
        one = waiting.pop()
        if id(one) not in found and not isinstance(one, type | type(gc) | type(held_by)):
            found[id(one)] = one
            waiting += gc.get_referents(one)
    return list(found.values())


@pytest.mark.parametrize("password", [SECRET, "wrong", None])
def test_it_holds_no_file_and_no_password(password: str | None) -> None:
    """Neither a verdict nor an error keeps the file's bytes, its password, or a frame that has them."""
    desk, data = Desk(), mint.pfx(password=SECRET)
    desk.read(1, "x.pfx", data, password)
    desk.report_json([1], AT)
    held = held_by(desk)
    assert "x.pfx" in held
    assert not any(isinstance(one, bytes) and one == data for one in held)
    assert not any(isinstance(one, str) and one == password for one in held)
    assert not any(type(one).__name__ in ("frame", "traceback") for one in held)


def judged(desk: Desk, numbers: list[int], authorities: Sequence[str] = ()) -> Any:  # noqa: ANN401 - JSON
    """Return its report without the pictures, which are the page's alone."""
    report = json.loads(desk.report_json(numbers, AT, authorities))
    for file in report["files"]:
        for certificate in file.get("certificates", ()):
            assert certificate.pop("picture")
    return report


def test_it_judges_as_if_it_read_again() -> None:
    """What is remembered gives the report that the files themselves give, in the order asked for."""
    desk = Desk()
    files = [("x.pfx", mint.pfx(), mint.PASSWORD), ("n.txt", b"no", None), ("y.pfx", mint.pfx(), None)]
    for number, (name, data, password) in enumerate(files):
        desk.read(number, name, data, password)
    assert judged(desk, [2, 0, 1]) == json.loads(report_json([files[2], files[0], files[1]], AT))
    assert judged(desk, [2], ["boj"]) == json.loads(report_json(files[2:], AT, "boj"))


def test_it_forgets_what_is_not_asked_for() -> None:
    """A file that was replaced by another is not kept until the worker ends."""
    desk = Desk()
    desk.read(1, "x.pfx", mint.pfx(), mint.PASSWORD)
    desk.report_json([], AT)
    with pytest.raises(KeyError):
        desk.report_json([1], AT)
