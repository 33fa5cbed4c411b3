"""The part of a large set that every run tests; scripts/prove tests the whole."""

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
WHOLE = "CERT_GUIDES_WHOLE"
"""The environment variable that asks for the whole."""


def take_slice(items: Sequence[T], step: int) -> Sequence[T]:
    """Return each step-th of the items, always the same ones; all of them where WHOLE is set."""
    return items if os.environ.get(WHOLE) else items[::step]
