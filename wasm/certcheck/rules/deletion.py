"""What an authority's manual says of deleting a holder's older certificates, as typed values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

from certcheck.rules import json_fields

SameHolder = Literal["user_id", "beginning_of_user_id", "subject"]
Newest = Literal["ends_last", "starts_last"]
Precondition = Literal["login", "revocation_mail", "none"]
_Choice = TypeVar("_Choice", bound=str)


@dataclass(frozen=True, slots=True)
class DeletionRule:
    """An authority's rule; the fields' names are those of the rules' JSON.

    Attributes:
        same_holder: the field that the certificates of one holder have in common.
        newest: which of them is the current one: the one that ends last, or the one that starts last.
        same_fields: instead, fields of the subject, such as ``subject.O``, that all have to be the same.
        after: what must happen before an older one may be deleted; none, where the manual gives no rule.
    """

    same_holder: SameHolder = "user_id"
    newest: Newest = "ends_last"
    after: Precondition = "none"
    same_fields: tuple[str, ...] = ()


def parse_deletion(data: object, where: str) -> DeletionRule:
    """Read a rule from the rules' JSON.

    Raises:
        RulesError: a value is missing or of the wrong kind.
    """
    fields = json_fields.require_mapping(data, where)
    same = json_fields.require_items(fields, "same_holder_by", where) if "same_holder_by" in fields else []
    return DeletionRule(
        _require_choice(get_args(SameHolder), fields.get("same_holder"), f"{where}.same_holder"),
        _require_choice(get_args(Newest), fields.get("newest"), f"{where}.newest"),
        _require_choice(get_args(Precondition), fields.get("after"), f"{where}.after"),
        tuple(json_fields.require_text(field, place, "subject.CN") for field, place in same),
    )


def _require_choice(choices: tuple[_Choice, ...], value: object, where: str) -> _Choice:
    if value not in choices:
        json_fields.refuse(where, value, f"one of {', '.join(choices)}")
    return value
