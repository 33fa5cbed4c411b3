"""The one error of the package: input that cannot be used, with a code instead of words."""

from __future__ import annotations

from typing import Literal

Code = Literal[
    "empty_file",
    "too_large",
    "not_a_certificate",
    "damaged",
    "password_required",
    "wrong_password",
    "unsupported_algorithm",
    "no_certificate",
]


class UnusableInput(Exception):  # noqa: N818 - it reads as what happened; it is input, not the program, that failed
    """A file that no certificate can be read from.

    Attributes:
        code: why, one of `Code`.
        detail: what else the bytes tell, for example ``{"algorithm": "…"}``; plain values by name.
    """

    def __init__(self, code: Code, **detail: str | int) -> None:
        """Name the reason."""
        super().__init__(code, detail)
        self.code: Code = code
        self.detail: dict[str, str | int] = detail
