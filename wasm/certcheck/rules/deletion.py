"""What an authority's manual says of deleting a holder's older certificates, as typed values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

from certcheck.rules import json_fields

SameHolder = Literal["user_id", "beginning_of_user_id", "subject"]
Newest = Literal["ends_last", "starts_last"]
After = Literal["login", "revocation_mail", "none"]
_Choice = TypeVar("_Choice", bound=str)


@dataclass(frozen=True, slots=True)
class Deleting:
    """An authority's rule.

    Attributes:
        same_holder: what two certificates must have in common to be one holder's.
        newest: which of them is the current one: the one that ends last, or the one that starts last.
        after: what must be seen before an older one may go; none, where the manual gives no rule.
    """

    same_holder: SameHolder = "user_id"
    newest: Newest = "ends_last"
    after: After = "none"


def parse(data: object, where: str) -> Deleting:
    """Read a rule from the rules' JSON.

    Raises:
        RulesError: a value is missing or of the wrong kind.
    """
    given = json_fields.mapping(data, where)
    return Deleting(
        _one_of(get_args(SameHolder), given.get("same_holder"), f"{where}.same_holder"),
        _one_of(get_args(Newest), given.get("newest"), f"{where}.newest"),
        _one_of(get_args(After), given.get("after"), f"{where}.after"),
    )


def _one_of(choices: tuple[_Choice, ...], value: object, where: str) -> _Choice:
    if value not in choices:
        json_fields.refuse(where, value, f"one of {', '.join(choices)}")
    return value
