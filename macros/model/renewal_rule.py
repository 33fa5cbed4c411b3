"""An authority's renewal rule as types: days counted from the day on which a certificate expires, in Japan.

``certcheck.rules.renewal`` does the arithmetic, ``macros.pages.rule_sentences`` says the rule in a sentence,
and ``macros.pages.timeline`` draws it. The rule leaves for certcheck as JSON, whose types are:

    here                        certcheck.rules.terms
    Renewal                     RenewalTerms
    RenewalWindow, Change       RenewalWindow, or RenewalByApplication without a window
    Opens, Deadline             DayBefore
    Closes                      WindowEnd: DayBefore, DayAfter, TimeOfDay or None
"""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator
from typing_extensions import override

from macros.model.constraint_error import ConstraintError
from macros.model.evidence import Basis, Evidence, Fact, Text, fold_width, hand_down_evidence

TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
Unit = Literal["days", "months", "business_days"]
# Calendar days of one unit, at least and at most: there have been ten holidays in a row (May 2019).
_SPANS: dict[Unit, tuple[int, int]] = {"days": (1, 1), "months": (28, 31), "business_days": (1, 11)}


@dataclass(frozen=True)
class RenewalWindow:
    """The days from ``opens`` to ``closes``, for certificates issued from a day on; None: for all before."""

    opens: "Opens"
    closes: "Closes"
    since: dt.date | None = None


class DayBeforeExpiry(Fact):
    """A day before the day of expiry: exactly one of the three, by which it is counted.

    A business day in Japan is no Saturday, Sunday or public holiday, and none of 29 December to 3 January.

    Attributes:
        day_of_month: with ``months_before``: that day of that month, or the month's last, instead of the day
            that expiry has.
        if_closed: the business day before or after takes the place of a day that is none.
    """

    days_before: int | None = Field(default=None, ge=0, le=366, examples=[30])
    months_before: int | None = Field(default=None, ge=1, le=36, examples=[2])
    business_days_before: int | None = Field(default=None, ge=1, le=260, examples=[7])
    day_of_month: int | None = Field(default=None, ge=1, le=31, examples=[20])
    if_closed: Literal["earlier", "later"] | None = Field(default=None, examples=["earlier"])

    @property
    def interval(self) -> tuple[int, Unit] | None:
        """The number of units before expiry, and the unit; None where the day is not counted back from it."""
        units: tuple[Unit, ...] = ("days", "months", "business_days")
        counts = ((getattr(self, f"{unit}_before"), unit) for unit in units)
        return next(((count, unit) for count, unit in counts if count is not None), None)

    @model_validator(mode="after")
    def _require_one_day(self) -> Self:
        if self.day_of_month is not None and self.months_before is None:
            raise ConstraintError("renewal.day-of-month")
        kinds = [name for name in type(self).model_fields if name not in _OTHER_FIELDS]
        if sum(getattr(self, kind) is not None for kind in kinds) not in self._allowed_kinds:
            known = ", ".join(name for name in type(self).model_fields if name in {*kinds, "time"})
            raise ConstraintError("renewal.one-day", known=known)
        if self.if_closed is not None and self.days_before is None and self.months_before is None:
            raise ConstraintError("renewal.if-closed")
        return self

    @property
    def _allowed_kinds(self) -> range:
        """How many ways to count the day may be given."""
        return range(1, 2)

    @property
    def needs_business_days(self) -> bool:
        """Whether the day depends on which days are business days."""
        return self.business_days_before is not None or self.if_closed is not None

    @property
    def is_of_first_edition(self) -> bool:
        """Whether readers of the public index from before 2027 understand it."""
        return self.day_of_month is None and self.if_closed is None


# Fields of subclasses that do not say how the day is counted.
_OTHER_FIELDS = {"basis", "sources", "what", "day_of_month", "if_closed", "time"}


class Opens(DayBeforeExpiry):
    """The first day on which renewing is possible."""


class Closes(DayBeforeExpiry):
    """The end of the window. A manual may leave it out; then it is derived, and says so.

    A counted day is the last one, itself included; what comes at ``time`` of that day, or of the expiry day
    where no other is counted, is too late.
    """

    at: Literal["expiry", "end_of_day_before", "never"] | None = Field(default=None, examples=["expiry"])
    time: Annotated[str, StringConstraints(pattern=TIME), BeforeValidator(fold_width)] | None = Field(
        default=None, examples=["17:00"]
    )
    days_after: int | None = Field(default=None, ge=1, le=3660, examples=[30])
    basis: Basis = Field(default="manual", examples=["derived"])

    @property
    @override
    def _allowed_kinds(self) -> range:
        return range(0 if self.time else 1, 2)

    @property
    @override
    def is_of_first_edition(self) -> bool:
        is_plain = self.time is None or (self.interval is None and self.days_after is None)
        return is_plain and super().is_of_first_edition

    @model_validator(mode="after")
    def _require_countable_time(self) -> Self:
        if self.time is not None and self.at is not None:
            raise ConstraintError("renewal.time")
        return self


def require_order(opens: Opens, closes: Closes) -> None:
    """Refuse a window that ends before it begins, whatever the day of expiry.

    Raises:
        ConstraintError: it ends before it begins.
    """
    first = _measure_distance(opens)
    last = (1, 1) if closes.at == "end_of_day_before" else _measure_distance(closes)
    if first[1] < last[0]:
        raise ConstraintError("renewal.order")


def _measure_distance(day: DayBeforeExpiry) -> tuple[int, int]:
    """Return how many calendar days before expiry a day is, at least and at most."""
    count, unit = day.interval or (0, "days")
    least, most = (count * span for span in _SPANS[unit])
    if day.day_of_month is not None:  # expiry may be on any day of its month
        least, most = least + 1 - day.day_of_month, most + 31 - day.day_of_month
    if day.if_closed == "earlier":
        return least, most + _SPANS["business_days"][1]
    return (least - _SPANS["business_days"][1], most) if day.if_closed else (least, most)


class Deadline(DayBeforeExpiry, Evidence):
    """Another day to keep, such as the last one on which a form is taken."""

    what: Text


class Change(Evidence):
    """Another window, for certificates that were issued on a day or later."""

    issued_from: dt.date = Field(examples=[dt.date(2026, 4, 1)])
    opens: Opens
    closes: Closes

    @model_validator(mode="after")
    def _require_order(self) -> Self:
        require_order(self.opens, self.closes)
        return self


class After(Fact):
    """What to do when renewing is no longer possible.

    ``between`` says it for the time between the end of the window and that of the certificate, whichever is
    first; the checker fills ``{opens}`` and ``{day_after}`` (the day after expiry) in. ``contact`` is the id
    of the authority's contact to ask then.
    """

    text: Text
    between: Text | None = Field(
        default=None,
        examples=[{"ja": "{day_after}以降に、新規に申し込みます。", "en": "Apply anew from {day_after} on."}],
    )
    guide: str | None = Field(default=None, examples=["tse/issue"])
    contact: str | None = Field(default=None, examples=["helpdesk"])


_CHANGE = {
    "issued_from": dt.date(2026, 4, 1),
    "opens": {"months_before": 2},
    "closes": {"days_after": 30},
}
_DEADLINE = {"what": {"ja": "更新申請書の締切", "en": "Forms are due"}, "business_days_before": 7}


class Renewal(Evidence):
    """The authority's rule. ``window`` opens and closes by the calendar; ``application`` asks for a form.

    ``closes`` of an application is the last day for applying, where the manual names one.
    """

    kind: Literal["window", "application"] = Field(examples=["window"])
    opens: Opens | None = None
    closes: Closes | None = None
    changes: list[Change] = Field(default=[], examples=[[_CHANGE]])
    deadlines: list[Deadline] = Field(default=[], examples=[[_DEADLINE]])
    reminders_days_before: list[int] = Field(default=[], examples=[[30, 7]])
    how: Text
    after: After

    @property
    def windows(self) -> list[RenewalWindow]:
        """The window that always was, then those of later certificates; none where one has to apply."""
        if self.opens is None or self.closes is None:
            return []
        later = sorted(self.changes, key=lambda change: change.issued_from)
        changed = (RenewalWindow(change.opens, change.closes, change.issued_from) for change in later)
        return [RenewalWindow(self.opens, self.closes), *changed]

    @property
    def counted_days(self) -> list[DayBeforeExpiry]:
        """Every day that the rule counts: of the windows, then of the deadlines."""
        days: list[DayBeforeExpiry] = []
        for window in self.windows:
            days += (window.opens, window.closes)
        if self.last_application:
            days.append(self.last_application)
        return [*days, *self.deadlines]

    @property
    def last_application(self) -> Closes | None:
        """The last day for applying; None where one need not apply, and where no such day is named."""
        return self.closes if self.kind == "application" else None

    @property
    def is_of_first_edition(self) -> bool:
        """Whether readers of the public index from before 2027 understand all of its days."""
        return self.last_application is None and all(day.is_of_first_edition for day in self.counted_days)

    @model_validator(mode="before")
    @classmethod
    def _hand_down_evidence(cls, data: Any) -> Any:  # noqa: ANN401 - whatever YAML held
        return hand_down_evidence(data, ("changes", "deadlines"))

    @model_validator(mode="after")
    def _require_window(self) -> Self:
        has_window = self.opens is not None and self.closes is not None
        if has_window != (self.kind == "window") or (self.opens and not has_window):
            raise ConstraintError("renewal.ends")
        if self.last_application and self.last_application.at == "never":
            raise ConstraintError("renewal.ends")
        if self.kind == "application" and self.changes:
            raise ConstraintError("renewal.no-changes")
        if self.opens and self.closes:
            require_order(self.opens, self.closes)
        if len({change.issued_from for change in self.changes}) < len(self.changes):
            raise ConstraintError("renewal.same-day")
        return self
