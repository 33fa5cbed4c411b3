"""What a run of every commit looks at, of what scripts/prove looks at as a whole."""

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
WHOLE = "CERT_GUIDES_WHOLE"


def sliced(items: Sequence[T], every: int) -> Sequence[T]:
    """One of so many, always the same ones; all of them where the variable CERT_GUIDES_WHOLE is set."""
    return items if os.environ.get(WHOLE) else items[::every]
