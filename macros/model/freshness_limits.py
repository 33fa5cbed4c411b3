"""How long facts count as checked, and when the support of what pages name ends.

The file is ``docs/shared/freshness.yaml``.
"""

import datetime as dt

from pydantic import Field

from macros.model.evidence import Fact, Slug, Words


class Support(Fact):
    """An operating system or a browser whose maker ends its support on a day that is known."""

    id: Slug = Field(examples=["windows-10"])
    name: Words = Field(examples=["Windows 10"])
    ends: dt.date = Field(examples=[dt.date(2025, 10, 14)])
    source: Words = Field(examples=["Microsoft's policy for Windows 10, version 22H2"])
    checked: dt.date = Field(examples=[dt.date(2026, 11, 21)])


class FreshnessLimits(Fact):
    """The whole file; days are counted from the day on which a fact was checked."""

    stale_after_days: int = Field(ge=1, examples=[365])
    soon_days: int = Field(ge=0, examples=[60])
    supports: list[Support] = Field(default=[])
